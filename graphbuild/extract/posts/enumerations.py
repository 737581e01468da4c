"""Names that a plural noun announces: "the Republican senators running for president -- X of Texas, Y of Florida -- ",
"top Democratic brass had endorsed her, including X and Y", "two Democrats lead the field: X and Y"."""

from graphbuild.extract.posts.roles_text import HONORIFICS, Names, name_at, same_sentence
from graphbuild.model import GROUP, Mention

_DASHES = frozenset({"-", "–", "—", "--", ":", "("})
_JOINS = frozenset({",", "and", "&", ";"})
# How far, in tokens, the first name may stand from the noun.
_FAR = 24


def enumerated(names: Names, noun: int) -> list[Mention]:
    """The people of the list that a plural noun at a token leads to, [] where the sentence has none.

    The list opens after "including", "such as", "like" or "among them", or after a dash or colon, then with two names
    or more; the nearest plural noun for people before it is the one that it spells out.
    """
    doc = names.doc
    stop = doc[noun].sent.end
    if stop < len(doc) and doc[stop - 1].text in (":", "—", "–", "--"):
        stop = doc[stop].sent.end  # the list is a paragraph of its own
    comma = next((i for i in range(noun + 1, min(noun + 9, stop)) if names.lowers[i] == ","), 0)
    if comma and not any(i in names.people for i in range(noun, comma)) and (people := listed(names, comma + 1, stop)):
        # "48 Labour MPs, X and Y among them, voted", "two ministers, X and Y, resigned"
        after = past_place(names, people[-1].last + 1)
        told = names.lowers[after : after + 2] in (["among", "them"], ["among", "others"])
        told = told or names.lowers[after : after + 1] in (["included"], ["excepted"])
        if told or _counted(names, noun) == len(people) > 1:
            return people
        if comma == noun + 1:
            return []
    for index in range(noun + 1, min(noun + _FAR, stop)):
        lower = names.lowers[index]
        if lower in ("including", "namely", "notably") or (lower == "like" and doc[index - 1].text == ","):
            return listed(names, index + 1, stop)
        if (lower, *names.lowers[index + 1 : index + 2]) in _OPENS:
            return listed(names, index + 2, stop)
        if lower in _DASHES and (index + 1 >= len(doc) or doc[index].whitespace_ or lower != "-"):
            people = listed(names, index + 1, stop)
            if len(people) > 1:
                return people
        if index in names.people or _plural_people(names, index):
            return []
    return []


_OF = frozenset("of his her their own my our".split())
_OPENS = {("such", "as"), ("among", "them"), ("led", "by"), ("headed", "by")}
COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "both": 2}


def _counted(names: Names, noun: int) -> int:
    """How many the words before a plural noun say: "*three* Labour backbenchers"; 0 for none."""
    for index in range(noun - 1, max(noun - 7, -1), -1):
        if names.lowers[index] in COUNTS:
            return COUNTS[names.lowers[index]]
        word = names.doc[index]
        if word.pos_ not in ("ADJ", "NOUN", "PROPN", "PUNCT", "ADV", "PART") and word.lower_ not in _OF:
            break
        if word.text == ",":
            break
    return 0


def listed_before(names: Names, end: int) -> list[Mention]:
    """The people of the list that ends at a token: "X, Y and *Z* were among"."""
    people: list[Mention] = []
    mention = names.people.get(end)
    while mention is not None and mention.entity is not None and same_sentence(names.doc, mention.first, end):
        people.insert(0, mention)
        index = mention.first - 1
        while index > 0 and (names.lowers[index] in _JOINS or names.lowers[index] in HONORIFICS):
            index -= 1
        joined = any(w in _JOINS for w in names.lowers[index + 1 : mention.first])
        mention = names.people.get(index) if joined else None
    return people


def _plural_people(names: Names, index: int) -> bool:
    token = names.doc[index]
    if token.tag_ not in ("NNS", "NNPS"):
        return False
    singular = token.lemma_.lower()
    post = any(form == (singular,) for form, _ in names.words.forms.get(singular, ()))
    return post or any(m.type == GROUP for m in names.others.get(index, ()))


def listed(names: Names, index: int, stop: int) -> list[Mention]:
    """The people of the list that begins at a token, none past the token ``stop``."""
    doc = names.doc
    people: list[Mention] = []
    mention = name_at(names, past_description(names, index))
    while mention is not None and mention.entity is not None and mention.last < stop:
        after = past_place(names, mention.last + 1)
        if after < len(doc) and doc[after].tag_ == "POS":
            break
        people.append(mention)
        if after >= stop or doc[after].lower_ not in _JOINS:
            break
        while after < stop and doc[after].lower_ in _JOINS:
            after += 1
        mention = name_at(names, past_description(names, after))
    return people


def past_place(names: Names, index: int) -> int:
    """The token after the state or share of one in a list: "X *of New Hampshire*", "Y *(R-Ohio)*", "Z *at 8 percent*"."""
    doc, states = names.doc, names.words.data["states"]
    if index + 1 >= len(doc):
        return index
    if doc[index].lower_ in ("of", "from"):
        size = next((n for n in (2, 1) if doc[index + 1 : index + 1 + n].text in states.values()), 0)
        if size:
            return index + 1 + size
        party = index + 1 + (doc[index + 1].lower_ == "the")
        if names.party_at(party) is not None and names.bodies[party].first == party:
            return names.bodies[party].last + 1  # "Markus Söder *of the CSU*, stayed away"
        place = index + 1
        while place < len(doc) and doc[place].ent_type_ == "GPE" and place not in names.people:
            place += 1
        return place if place > index + 1 else index
    if doc[index].lower_ in ("at", "with") and doc[index + 1].like_num:
        return index + 3 if index + 2 < len(doc) and doc[index + 2].lower_ in ("percent", "%", "points") else index + 2
    if doc[index].text == "(":
        return next((i + 1 for i in range(index, min(index + 9, len(doc))) if doc[i].text == ")"), index)
    if index + 3 < len(doc) and doc[index].text == "," and doc[index + 1].text in names.words.data["party_letters"]:
        # ", R-Texas": to the comma after it
        return next((i for i in range(index + 2, min(index + 8, len(doc))) if doc[i].text in (",", ";", "and")), index)
    return index


def past_description(names: Names, index: int) -> int:
    """The name that a description leads to: "*billionaire environmentalist* Tom Steyer"; else the same place."""
    for ahead in range(index, min(index + 6, len(names.doc))):
        if (ahead in names.people or ahead in names.titled) and same_sentence(names.doc, index, ahead):
            return ahead
        token = names.doc[ahead]
        if (token.pos_ not in ("NOUN", "ADJ", "PROPN") and token.text not in ("-", "and")) or token.tag_ in (
            "NNS",
            "NNPS",
        ):
            break
    return index
