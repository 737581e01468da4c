"""The words beside a post noun, read from the noun outwards.

They are read without the parser's help, because a title before a name is a plain run of nouns that parsers often break:
"Tory shadow work and pensions secretary X". What each word means for which kind of post is data (roles.yaml).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from graphbuild.extract.posts.roles_text import HONORIFICS, Names, Post, RoleWords, with_article
from graphbuild.model import PERSON, Entity, Mention

SPOKES = ("spokesman", "spokeswoman", "spokesperson", "agent", "critic")
UK_PARTS = ("Scotland", "Wales", "Ireland", "England")
_FORMER = ("ex", "former", "then", "now")


@dataclass
class Left:
    """What stands before a post noun, in text order: ``words`` ("@party" where a party stands) and what they mean."""

    first: int
    words: list[str] = field(default_factory=list)
    parties: list[tuple[Entity, str]] = field(default_factory=list)
    party_body: str = ""
    region: str = ""
    owner: Entity | None = None
    place_owner: str = ""
    determiner: str = ""
    party_word: bool = False
    past_party: bool = False
    company: bool = False
    public: bool = False
    former: bool = False

    def add(self, first: int, word: str = "") -> int:
        """Take in the tokens from ``first`` on; returns the next token to read."""
        self.first = first
        if word:
            self.words.insert(0, word)
        return first - 1


# Kinds of body in the gazetteer whose posts are public or party ones.
_PUBLIC_KINDS = frozenset(
    "union campaign committee agency office government parliament police court council chamber cabinet".split()
)


def public_body(entity: Entity | None) -> bool:
    return entity is not None and entity.kind in _PUBLIC_KINDS


def read_left(names: Names, first: int, post: Post) -> Left:
    """Read from the post noun at token ``first`` back to the start of its noun phrase."""
    doc = names.doc
    left = Left(first)
    start = doc[first].sent.start
    index = first - 1
    while index >= start:
        token = doc[index]
        if token.tag_ == "POS" or (token.lower_ in ("'s", "'") and token.whitespace_):
            if index > start:
                _read_owner(names, left, index - 1)
            break
        if index in names.people:
            mention = names.people[index]
            if (post.kind == "staff" or post.name in SPOKES) and mention.last == index:
                left.owner, left.first = mention.entity, mention.first
            break
        if index == start and token.text.isupper() and len(token) > 4:
            break  # a dateline: "WASHINGTON U.S. President"
        if index in names.joined_places:
            place = names.joined_places[index]
            index = left.add(place.first, place.text.removeprefix("the ").removeprefix("The "))
            continue
        step = _read_body(names, left, index) if index in names.bodies else _read_word(names, left, index, post, start)
        if step == index:
            break
        index = step
    return left


def _read_body(names: Names, left: Left, index: int) -> int:
    mention = names.bodies[index]
    if mention.entity is not None and names.is_party(mention.entity):
        left.parties.insert(0, (mention.entity, mention.text))
        return left.add(mention.first, "@party")
    inside = mention.text.lower().split()
    known = all(names.words.has("portfolio", w) or w in ("and", "&", ",") for w in inside)
    left.public = public_body(mention.entity)
    left.company = not known and not left.public and not any(names.words.has("public_words", w) for w in inside)
    return left.add(mention.first, names.doc[mention.first : min(mention.last, index) + 1].text.removeprefix("the "))


def _read_word(names: Names, left: Left, index: int, post: Post, start: int) -> int:
    """Take in one word or none; returns the next token to read, the same one where the phrase starts after it."""
    doc, words = names.doc, names.words
    token = doc[index]
    lower = token.lower_
    if token.ent_type_ in ("DATE", "TIME"):
        year = len(token) == 4 and token.is_digit and doc[index - 1].lower_ in ("the", "a", "its", "their")
        return left.add(index) if year else index  # "the 2012 Republican nominee"
    if lower in ("and", "&", ","):
        if (
            post.kind == "seat"
            and lower == "and"
            and left.words
            and index > start
            and index - 1 not in names.people
            and _pair(doc[index - 1], left.words[0])
        ):
            return left.add(index, "and")  # "the Hastings and Rye MP"
        both = index > start and words.has("portfolio", doc[index - 1].lower_) and left.words
        if both and words.has("portfolio", doc[index + 1].lower_):
            return left.add(index, "," if lower == "," else "and")
        return index
    if token.text == "-" and index > start:
        return _read_hyphen(names, left, index)
    if index > start + 1 and doc[index - 1].text == "-" and _describes(words, token):
        return left.add(index - 2)  # "longest-serving", "Oxford-educated"
    if lower == "whose" and index > 1:
        left.determiner, left.first = "poss", index
        before = index - 1 - (doc[index - 1].text == ",")
        _own(names, left, before)  # "Better Together, whose chairman, X, was"
        return index
    if token.pos_ == "DET" or lower in ("the", "a", "an"):
        left.determiner = "a" if lower in ("a", "an", "another", "one") else "the"
        left.first = index
        return index
    if token.tag_ == "PRP$":
        left.determiner, left.owner, left.first = "poss", names.owner(token), index
        body = names.body_owner(token)
        if body is not None and names.is_party(body):
            left.parties.insert(0, (body, body.name))
            left.words.insert(0, "@party")
        elif body is not None:
            left.place_owner = body.name
        elif (
            left.owner is None
            and lower in ("its", "their")
            and (post.kind == "head" or post.name == "president")
            and (party := _party_just_named(names, index))
        ):
            left.parties.insert(0, (party, party.name))
            left.words.insert(0, "@party")
        elif left.owner is None and lower in ("its", "their") and (body := taken_up(names, token)) is not None:
            left.place_owner, left.public = body.name, True
        return index
    if token.pos_ == "NUM" or _passing(words, token):
        left.former = left.former or lower in _FORMER
        return left.add(index)
    pair = f"{doc[index - 1].text} {token.text}" if index > start else ""
    nations = words.data["nationalities"]
    nation = nations.get(pair) or nations.get(token.text)
    if nation and not (words.has("portfolio", lower) and post.kind == "ministry" and not left.words):
        left.region = left.region or nation
        if left.words and left.words[0] == "@party" and nation in UK_PARTS:
            left.party_body = f"{token.text} {left.parties[0][1]}"
        return left.add(index - (pair in nations))
    return left.add(index, token.text) if _joins(words, token) else index


def _own(names: Names, left: Left, index: int) -> None:
    """Note the person, party or body named at a token as the one whose post it is."""
    if index in names.people:
        left.owner = names.people[index].entity
    elif index in names.bodies:
        mention = names.bodies[index]
        if mention.entity is not None and names.is_party(mention.entity):
            left.parties.insert(0, (mention.entity, mention.text))
            left.words.insert(0, "@party")
        else:
            left.place_owner = mention.text
            left.public = public_body(mention.entity)


def _describes(words: RoleWords, token: Token) -> bool:
    """Is this the end of a compound adjective that says nothing about the post?"""
    known = any(words.has(name, token.lower_) for name in ("forming", "portfolio", "public_words", "passing"))
    return token.text.islower() and not known and (token.tag_ in ("VBG", "VBN", "VBD", "JJ") or token.lower_ == "old")


def _pair(before: Token, after: str) -> bool:
    return before.pos_ == "PROPN" and before.text.istitle() and after[:1].isupper()


def _read_hyphen(names: Names, left: Left, index: int) -> int:
    """The part before the hyphen at token ``index``: "ex-minister", "far-left", "co-chairman", "ex-UKIP"."""
    doc = names.doc
    prefix = doc[index - 1].lower_
    joined = left.first == index + 1
    if prefix in _FORMER:
        left.former = True
        left.past_party = left.past_party or bool(left.words and left.words[0] == "@party")
        return left.add(index - 1)
    if left.words and joined and names.words.has("passing", f"{prefix}-{left.words[0]}"):
        left.words.pop(0)  # "Left-wing Labour MP"
        return left.add(index - 1)
    if left.words and joined and left.words[0] != "@party":
        left.words[0] = f"{doc[index - 1].text}-{left.words[0]}"
        return left.add(index - 1)
    if not left.words and joined and names.words.has("forming", prefix):
        return left.add(index - 1, f"{doc[index - 1].text}-")
    return left.add(index - 1)


def _passing(words: RoleWords, token: Token) -> bool:
    """Does the word say when or how somebody held a post, and not which ("former", "veteran", "controversial")?"""
    if token.pos_ in ("VERB", "AUX") and token.dep_ != "amod":
        return False
    if token.lower_ == "opposition" and token.i + 1 < len(token.doc) and words.in_post(token.nbor().lower_):
        return False
    if words.has("passing", token.lower_):
        name = token.pos_ == "PROPN" and token.text[0].isupper() and token.i + 1 < len(token.doc)
        # "New York Mayor": part of a name
        return not (name and token.lower_ in ("new", "old", "top", "young", "black") and token.nbor().pos_ == "PROPN")
    known = any(words.has(name, token.lower_) for name in ("forming", "portfolio", "public_words"))
    return (
        token.pos_ == "ADJ" and token.text[0].islower() and not known and not words.has("contest_words", token.lower_)
    )


def _joins(words: RoleWords, token: Token) -> bool:
    """May this word stand before a post noun as part of its phrase?"""
    lower = token.lower_
    if words.has("forming", lower):
        return token.pos_ != "ADP"
    if words.has("portfolio", lower) or words.has("public_words", lower) or words.has("contest_words", lower):
        # "the policing minister"
        described = token.tag_ == "VBG" and token.i > 0 and token.nbor(-1).tag_ in ("DT", "PRP$", "POS", "NNP")
        return token.pos_ not in ("VERB", "AUX", "ADP") or token.text[0].isupper() or described
    return token.pos_ in ("PROPN", "ADJ") or (
        token.tag_ in ("NN", "NNS") and token.dep_ in ("compound", "nmod", "amod", "npadvmod")
    )


def _read_owner(names: Names, left: Left, index: int) -> None:
    """What a possessive before the post denotes: a person served, a party, a body or a place."""
    token = names.doc[index]
    left.determiner = "poss"
    left.first = index
    if index in names.people:
        left.owner, left.first = names.people[index].entity, names.people[index].first
        while left.first > 0 and names.lowers[left.first - 1] in HONORIFICS:
            left.first -= 1  # "X, Mr. Trudeau's principal secretary"
    elif index in names.bodies:
        left.first = names.bodies[index].first
        _own(names, left, index)
    elif token.lower_ in ("party", "rty"):
        left.party_word = True
    elif token.pos_ == "PROPN":
        start = index
        while (
            start > token.sent.start
            and names.doc[start - 1].pos_ == "PROPN"
            and names.doc[start - 1].dep_ == "compound"
        ):
            start -= 1
        text, left.first = names.doc[start : index + 1].text, start
        left.region = left.region or names.words.data["nationalities"].get(text, "")  # "the U.K.'s foreign secretary"
        left.place_owner = "" if left.region else text
    elif owner := names.owner(token):
        left.owner = owner  # "X, the prime minister's chief of staff"
        left.first = min([index, *(m.first for m in names.others.get(index, ()) if m.type == PERSON)])
    elif token.lower_ in _COLLECTIVES and (body := taken_up(names, token)) is not None:
        left.place_owner, left.public = body.name, True
        left.first = token.left_edge.i
    elif token.lower_ == "council" and left.words == ["@party"]:
        left.place_owner, left.first = "the council", token.left_edge.i  # "the council's Tory leader"
    if left.first > 0 and names.doc[left.first - 1].lower_ == "the":
        left.first -= 1  # "X, the NLD's spokesman"


# What a body is called that has been named before: "the alliance's chairman".
_COLLECTIVES = frozenset(
    """panel alliance group union charity organisation organization federation association council committee commission institute
    trust board society coalition foundation network league think-tank thinktank tank body lobby watchdog agency authority
    caucus movement campaign forum congress conference department ministry corporation broadcaster company firm""".split()
)
# Nobody's chairman or president is meant by "its" after these.
_NO_OWNERS = frozenset("government country chamber outlet newspaper broadcaster parliament".split())


def _party_just_named(names: Names, index: int) -> Entity | None:
    """The party named last in the same sentence before a token, for "its leader, X"; None where a country or another
    body stands between, or the party's name only describes ("the Republican nominee")."""
    doc = names.doc
    for at in range(index - 1, doc[index].sent.start - 1, -1):
        if doc[at].ent_type_ == "GPE" and at not in names.bodies:
            return None
        if at in names.bodies:
            return None if doc[names.bodies[at].head].dep_ in ("amod", "compound", "nmod") else names.party_at(at)
    return None


def taken_up(names: Names, token: Token) -> Entity | None:
    """The body that "its" or "the alliance" takes up: the one named last, within two sentences, that the word fits; a
    party or a paper only where the word says so."""
    start, sentences = token.sent.start, 0
    for index in range(token.i - 1, -1, -1):
        if index < start:
            start, sentences = names.doc[index].sent.start, sentences + 1
        if sentences > 2:
            return None
        mention = names.bodies.get(index)
        if mention is None or mention.entity is None or mention.entity.kind in _NO_OWNERS or mention.kind != "name":
            continue
        own = token.lower_ in (words := mention.entity.name.casefold().split())
        own = own or (token.lower_ == "panel" and words[-1] in ("committee", "commission", "subcommittee"))
        told = names.doc[mention.head].dep_
        if token.lower_ == "its" and _is_party(names, mention):
            # "The SACP agreed. Its deputy leader, X, said": the subject of the sentence before, with no other party there
            alone = {
                m.entity for m in names.bodies.values() if start <= m.first < token.sent.start and _is_party(names, m)
            }
            own = told in ("nsubj", "nsubjpass") and sentences == 1 and len(alone) == 1 and mention.text[0].isupper()
        if own or (told in ("nsubj", "nsubjpass", "poss", "dobj") and not _is_party(names, mention)):
            return mention.entity
    return None


def _is_party(names: Names, mention: Mention) -> bool:
    return mention.entity is not None and names.is_party(mention.entity)


_COMPLEMENT = {
    "seat": ("for", "from", "of"), "office": ("of", "for", "to"), "ministry": ("for", "of", "to", "at"), "bench":
    ("for",), "head": ("of", "to", "on", "at", "for"), "staff": ("to", "for", "of", "on", "at"), "law": ("of", "for",
    "at", "on"), "contest": ("for", "in"),
}  # fmt: skip


def read_right(names: Names, last: int, post: Post) -> tuple[int, str, Entity | None, Entity | None]:
    """(last token, text with its preposition, party inside, person served) of "of ...", "for ..." after the noun."""
    doc = names.doc
    text: list[str] = []
    party: Entity | None = None
    index = last + 1
    end, length = last, 0
    stop = doc[last].sent.end
    while index < stop and len(text) < 14:
        token = doc[index]
        lower = token.lower_
        if lower in (_prepositions(post) if not text else ("of", "for")):
            if not _opens(names, index + 1, stop):
                break
            text.append(lower)
            index += 1
            if doc[index].lower_ in ("the", "a", "an"):
                text.append(doc[index].lower_)
                index += 1
            serves = post.kind == "staff" or post.name in SPOKES
            if serves:
                index = _past_titles(names, index)
            if index in names.people:
                if serves and names.people[index].first == index and len(text) <= 2:
                    mention = names.people[index]
                    return mention.last, "", None, mention.entity
                owned = names.people[index].last + 2
                if len(text) == 1 and owned < stop and doc[owned - 1].tag_ == "POS":
                    if names.party_at(owned):
                        index = owned  # "a member of parliament for Cameron's Conservative Party"
                        continue
                    named = names.people[index].entity
                    if named is not None and any(w in _OWN_BODIES for w in names.lowers[owned : owned + 3]):
                        text.append(f"{named.name}'s")  # "vice chairwoman of Clinton's presidential campaign"
                        index = owned
                        continue
                break
            continue
        if not text:
            break
        if index in names.people:
            mention = names.people[index]
            if post.kind == "seat" and text == ["for"] and mention.first == mention.last and doc[index].is_title:
                end, length = index, 2  # "the member for Cook" is no Mr Cook's
                text.append(doc[index].text)
            break
        if index in names.bodies:
            mention = names.bodies[index]
            index = end = mention.last
            index += 1
            if mention.entity is not None and names.is_party(mention.entity) and _whole(names, text, index):
                party = mention.entity
                text = [text[0], with_article(names.words, mention.entity.name)]
            else:
                text.append(mention.text)
            length = len(text)
            continue
        if lower in ("and", "&", ",") and _continues(names, index, stop):
            text.append("," if lower == "," else "and")
        elif _completes(names, token):
            text.append(token.text)
            if token.pos_ in ("NOUN", "PROPN"):
                end, length = index, len(text)
        else:
            break
        index += 1
    text = text[:length]
    if index < stop and doc[index].text == "-" and index == end + 1:
        return end, "", None, None  # "chairman of state-owned ...": half a word
    if len(text) < 2:
        return last, "", None, None
    if " ".join(text[1:]).lower() in _WHEN:
        return last, "", None, None
    if " ".join(text[1:]).lower() in _VAGUE:
        return end, "", None, None
    return end, join(text), party, None


# What is somebody's own and has posts.
_OWN_BODIES = frozenset("campaign cabinet administration government transition office team staff committee".split())


# "the chairman of the committee" says less than nothing about which.
_VAGUE = frozenset(
    {"the committee", "the council", "the group", "the body", "the panel", "the organisation", "the union", "comment"}
)


# "the Labour leader at the time", "brought his time as leader to an end"
_WHEN = frozenset({"the time", "the moment", "present", "an end", "the end", "the top", "the age", "the heart"})


def _whole(names: Names, text: Sequence[str], after: int) -> bool:
    """Is a party inside a complement all of it ("leader of the Tories"), not a part ("of the Tory group")?"""
    bare = all(word in ("the", "a") or names.words.has("passing", word) for word in text[1:])
    return bare and not (after < len(names.doc) and names.doc[after].pos_ in ("NOUN", "PROPN"))


def _prepositions(post: Post) -> tuple[str, ...]:
    if post.kind == "head" and not (post.name in SPOKES or post.name.endswith(("general", "commissioner"))):
        return ("of", "to", "on", "at", "for") if "chair" in post.name else ("of", "to", "on", "at")
    return _COMPLEMENT[post.kind]


_BEFORE_NAMES = HONORIFICS | {"house", "senate", "candidate", "nominee"}


def _past_titles(names: Names, index: int) -> int:
    """The name that titles lead to ("of former Vice President Joe Biden"), else the same place."""
    for ahead in range(index, min(index + 5, len(names.doc))):
        if ahead in names.people:
            return names.people[ahead].first
        lower = names.doc[ahead].lower_
        if not (names.words.has("passing", lower) or names.words.in_post(lower) or lower in _BEFORE_NAMES):
            break
    return index


def _opens(names: Names, index: int, stop: int) -> bool:
    """Does a noun phrase that may complete a post start here?"""
    if index >= stop:
        return False
    token = names.doc[index]
    if token.lower_ in ("the", "a", "an"):
        return index + 1 < stop and names.doc[index + 1].pos_ in ("NOUN", "PROPN", "ADJ", "NUM")
    if names.words.has("forming", token.lower_) or names.words.in_post(token.lower_):
        return True
    return token.pos_ in ("NOUN", "PROPN", "ADJ") and token.ent_type_ not in ("DATE", "TIME", "PERCENT", "MONEY")


def _completes(names: Names, token: Token) -> bool:
    """May this word stand inside the noun phrase that completes a post?"""
    if token.ent_type_ in ("DATE", "TIME"):
        return False
    if token.pos_ in ("PROPN", "NOUN", "ADJ", "NUM") or token.text in ("'s", "'", "-"):
        return True
    return names.words.has("forming", token.lower_) and token.pos_ != "ADP"


def _continues(names: Names, index: int, stop: int) -> bool:
    """Does "and" or a comma join two parts of one body ("Arundel and South Downs", "culture, media and sport")?"""
    doc, words = names.doc, names.words
    if index + 1 >= stop or index + 1 in names.people:
        return False
    before, after = doc[index - 1], doc[index + 1]
    if words.has("portfolio", before.lower_) and words.has("portfolio", after.lower_):
        return True
    if doc[index].lower_ == ",":
        return False
    both = before.pos_ == after.pos_ == "PROPN" and before.text[0].isupper() and after.text[0].isupper()
    return both and after.lower_ not in words.forms and index + 2 not in names.people


def join(parts: Sequence[str]) -> str:
    text = " ".join(parts).replace("the the ", "the ")
    for before, after in ((" ,", ","), (" 's", "'s"), (" - ", "-"), ("- ", "-")):
        text = text.replace(before, after)
    return text
