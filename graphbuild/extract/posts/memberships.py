"""Who belongs to which party: "Republican X", "Labour's X", "(D-N.Y.)", "X, a Conservative stalwart,", lists."""

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from graphbuild.extract.posts.enumerations import enumerated, listed, past_description, past_place
from graphbuild.extract.posts.roles_text import (
    HONORIFICS,
    Fact,
    Names,
    name_at,
    next_name,
    past_bracket,
    post_entity,
    same_sentence,
    with_article,
)
from graphbuild.extract.syntax.grammar import children
from graphbuild.extract.syntax.participants import surface_subjects
from graphbuild.model import ORGANISATION, Entity, Mention
from graphbuild.vocab import mint_id

# ", R-Ala.," and "(R-Ala.)", "(Lib Dem, Montgomeryshire)", "(Workington, Lab)"
_SUFFIX = re.compile(
    r", ?(?P<letters>[A-Z][A-Za-z ]{0,11}?)(?:\s?[-–—]\s?(?P<seat>[A-Z][\w. ]{0,30}?))?(?:,|(?=[\s\"'”]|$))"
)
_BRACKET = re.compile(
    r"\s?(?:MP|MSP|MEP|TD)?\s?\((?P<letters>[A-Z][\w ]{0,30}?)(?:\s?[-–—,:]\s?(?P<seat>[A-Z][\w.'& -]{0,40}?))?\)"
)


def after_name(names: Names, mention: Mention) -> tuple[str, str]:
    """(party letters, state or seat) in "(D-N.Y.)", ", R-Ala.," or "(Lab)" after a name; ("", "") for none."""
    doc = names.doc
    if mention.last + 1 == len(doc) or doc[mention.last + 1].text[0] not in "(,M":
        return "", ""
    text = doc[mention.last].whitespace_ + doc[mention.last + 1 : mention.last + 14].text
    bracket = _BRACKET.match(text)
    match = bracket or _SUFFIX.match(text)
    if match is None:
        return "", ""
    letters, seat = match["letters"], (match["seat"] or "").strip()
    known = {*names.words.data["party_letters"], "I"}
    if letters not in known and seat in known:
        letters, seat = seat, letters
    if letters not in known:
        return "", ""
    if not seat and len(letters) == 1 and doc[mention.last].sent.root.tag_ in ("VBZ", "VBP", "VBG"):
        return "", ""  # in a caption, told in the present, "(R)" is on the right
    state = names.words.data["states"].get(seat.replace(".", "").replace(" ", ""), "")
    if not bracket and not state:
        return "", ""
    return letters, state or (seat if bracket else "")


def membership_facts(names: Names) -> Iterator[Fact]:
    seen: set[int] = set()
    for index in sorted(names.people):
        mention = names.people[index]
        if mention.first in seen or mention.entity is None:
            continue
        seen.add(mention.first)
        letters, _ = after_name(names, mention)
        independent = letters == "I"  # "Democratic opponent Sen. Bernie Sanders (I-Vt.)"
        name = names.words.data["party_letters"].get(letters)
        party = party_named(names, name) if name else _bracketed(names, mention)
        if party is not None:
            yield Fact(mention.entity, "member_of", party, mention.first, "suffix")
        if not independent and (party_before := _party_beside(names, mention)) is not None:
            yield Fact(mention.entity, "member_of", party_before, mention.first, "adjacent")
            yield from _others_of(names, mention, party_before)
        party_after, _ = apposed_party(names, mention)
        party_after = party_after or _party_of_after(names, mention)
        if party_after is not None:
            yield Fact(mention.entity, "member_of", party_after, mention.first, "apposition")
    yield from _possessed(names)
    yield from _listed(names)
    yield from _nominal_members(names)
    yield from _fellows(names)
    yield from _ranking(names)
    yield from _listed_next(names)


def _others_of(names: Names, mention: Mention, party: Entity) -> Iterator[Fact]:
    """ "Labour's Kevan Jones *and Dame Diana Johnson*": the next of the list, where he is not known to be of another party."""
    owns = names.doc[_back_over(names, mention.first - 1)].tag_ == "POS" and names.is_party(party)
    beside = names.people.get(past_bracket(names, mention.last + 2))
    person = beside.entity if beside is not None and names.lowers[mention.last + 1] == "and" else None
    if owns and beside is not None and person is not None and person.party in ("", party.name):
        yield Fact(person, "member_of", party, beside.first, "adjacent")


def _bracketed(names: Names, mention: Mention) -> Entity | None:
    """The party in "Senator Ali Ndume (APC, Borno South)", "Alan Shatter (FG)"."""
    at = mention.last + 2
    if at >= len(names.doc) or names.lowers[at - 1] != "(" or (party := names.party_at(at)) is None:
        return None
    after = names.bodies[at].last + 1
    return party if names.lowers[after : after + 1] in ([")"], [","], ["-"], ["–"], [";"]) else None


def _party_of_after(names: Names, mention: Mention) -> Entity | None:
    """The party in "Mr Obaseki of the Peoples Democratic Party (PDP)", "Senator X of ODM": of somebody, no post's body."""
    doc, index = names.doc, mention.last + 1
    if index + 1 >= len(doc) or names.lowers[index] != "of":
        return None
    index += 1 + (names.lowers[index + 1] == "the")
    while index + 1 < len(doc) and index not in names.bodies and _describes(names, index):
        index += 1  # "of the far-right Freedom Party"
    body = names.bodies.get(index)
    union = body.entity if body is not None and body.entity is not None and body.entity.kind == "union" else None
    party = names.party_at(index) or union  # "Len McCluskey of Unite"
    if party is None or doc[index].i != names.bodies[index].first:
        return None
    after = names.bodies[index].last + 1
    return (
        party
        if after >= len(doc) or doc[after].pos_ not in ("NOUN", "PROPN", "PART") or doc[after].text == "("
        else None
    )


def _describes(names: Names, index: int) -> bool:
    token = names.doc[index]
    return (
        token.text == "-" or names.words.has("passing", token.lower_) or (token.pos_ == "ADJ" and token.text.islower())
    )


def party_named(names: Names, name: str) -> Entity:
    for _, party in names.parties:
        if party.name == name:
            return party
    return Entity(mint_id("organisation", name), name, ORGANISATION)


def _back_over(names: Names, index: int) -> int:
    """Back over honorifics, passing words and figure nouns: "veteran Tory grandee Sir X"."""
    doc, words = names.doc, names.words
    while index > 0 and index not in names.bodies:
        lower = doc[index].lower_
        passing = words.has("passing", lower) or words.has("figures", lower) or lower in HONORIFICS
        if not (passing or (doc[index].text == "-" and words.has("passing", doc[index - 1].lower_))):
            break
        index -= 1
    return index


def _back_over_honorifics(doc: Doc, index: int) -> int:
    while index > 0 and doc[index].lower_ in HONORIFICS:
        index -= 1
    return index


def _party_beside(names: Names, mention: Mention) -> Entity | None:
    """The party in "Republican X", "veteran Tory Sir X", "Labour's X", "party veteran X", "For the Lib Dems, X"."""
    doc = names.doc
    index = _back_over(names, mention.first - 1)
    if index < 0 or not same_sentence(doc, index, mention.first):
        return None
    if doc[index].text == ",":
        return _fronted(names, index) or _figure_before(names, index, mention)
    figure = mention.first - index > 1 and names.words.has("figures", doc[mention.first - 1].lower_)
    if doc[index].lower_ == "party" and figure:
        return names.party_before(index)
    owns = doc[index].tag_ == "POS" or doc[index].text in ("'s", "'")
    index -= owns
    if names.lowers[index] == "benches" and names.lowers[index - 3 : index - 1] in (["from", "the"], ["on", "the"]):
        index -= 1  # "From the Tory benches X called it spiteful"
    body = names.bodies.get(index)
    noun = _back_over_honorifics(doc, mention.first - 1)
    active = noun > index and doc[noun].lower_ in ("activist", "campaigner", "member", "supporter")
    cabinet = body is not None and body.entity is not None and body.entity.kind == "cabinet"
    active = active or (cabinet and doc[noun].lower_ in ("colleague", "ally", "rival"))  # "his cabinet colleague Sir X"
    if body is not None and active and body.last + 1 == noun:
        # "Vote Leave campaigner X": any body has members, not only a party.
        return body.entity
    union = body.entity if body is not None and body.entity is not None and body.entity.kind == "union" else None
    if union is not None and names.doc[index + 1].tag_ == "POS" and index + 2 == mention.first:
        return union  # "the RMT's Mick Lynch"
    # A list of tags ("Labour Party Theresa May") is no title.
    if body is None or (body.text.lower().endswith("party") and not owns):
        return None
    return names.party_at(index)


def _figure_before(names: Names, comma: int, mention: Mention) -> Entity | None:
    """ "his Democratic rival, X,", "the Republican challenger, X, said", "one Tory, X, said"."""
    doc = names.doc
    one = names.bodies.get(comma - 1)
    if one is not None and names.words.has("demonyms", names.lowers[one.last]) and _closed_noun(doc, mention.last + 1):
        alone = names.lowers[one.first - 1] in ("a", "an", "one", "another", "fellow")
        return names.party_at(comma - 1) if alone else None
    opposite = names.lowers[comma - 2 : comma] == ["opposite", "number"]  # "his Liberal Democrat opposite number, X"
    comma -= opposite
    if not (opposite or names.words.has("figures", names.lowers[comma - 1])) or not (
        _closed_noun(doc, mention.last + 1) or doc[mention.last + 1].pos_ in ("VERB", "AUX")
    ):
        return None
    index = comma - 2
    while index > comma - 5 and names.words.has("contest_words", names.lowers[index]):
        index -= 1
    party = names.party_at(index)
    body = names.bodies.get(index)
    if party is None or body is None:
        return None
    index = body.first - 1
    while index > 0 and (names.words.has("passing", names.lowers[index]) or doc[index].text == "-"):
        index -= 1
    return party if doc[index].tag_ in ("PRP$", "POS") or names.lowers[index] == "the" else None


def _fronted(names: Names, comma: int) -> Entity | None:
    """ "For the Lib Dems, X said"."""
    doc = names.doc
    body = names.bodies.get(comma - 1)
    if body is None:
        return None
    opener = body.first - 1
    if opener >= 0 and doc[opener].lower_ == "the":
        opener -= 1
    opens = opener <= doc[opener].sent.start + 1 or names.lowers[opener - 1] in (",", "and", "but", ";")
    starts = opener >= 0 and doc[opener].lower_ == "for" and opens
    return names.party_at(comma - 1) if starts else None


def apposed_party(names: Names, mention: Mention) -> tuple[Entity | None, str]:
    """The party, and the state told with it, after a name: "X, a close Republican ally", "X, a Florida Democrat"."""
    doc, words = names.doc, names.words
    states = frozenset(words.data["states"].values())
    index = past_place(names, mention.last + 1)
    if index + 3 < len(doc) and doc[index].text == "," and doc[index + 1].like_num and doc[index + 2].text == ",":
        index += 2
    opens = index + 2 < len(doc) and doc[index].text in (",", "-", "–", "—")
    if opens and doc[index + 1].lower_ in ("for", "from", "of"):
        # "Sir Menzies Campbell, for the Liberal Democrats, said", "Mr Benediktsson, from the Independence Party,"
        after = index + 2 + (doc[index + 2].lower_ == "the")
        party = names.party_at(after)
        closed = party is not None and _closed_noun(doc, names.bodies[after].last + 1)
        return (party, "") if closed else (None, "")
    if opens and doc[index + 2].lower_ == "of" and words.has("demonyms", names.lowers[index + 1]):
        seat = next(
            (doc[index + 3 : index + 3 + n].text for n in (2, 1) if doc[index + 3 : index + 3 + n].text in states), ""
        )
        return (names.party_at(index + 1), seat) if seat else (None, "")  # "Tom Lantos, Democrat of California,"
    if not opens or doc[index + 1].lower_ not in ("a", "an", "the", "both"):
        return None, ""
    index = first = index + 2
    while index < len(doc) and index - first < 6 and (index not in names.bodies or _chamber(names, index)):
        token = doc[index]
        described = token.pos_ in ("ADJ", "PROPN") or doc[index - 1].text == "-" or token.tag_ == "POS"
        if not (words.has("passing", token.lower_) or token.text == "-" or described):
            break
        index += 1
    party = names.party_at(index)
    if party is None:
        return None, ""
    between = doc[first:index].text
    state = next((name for name in words.data["states"].values() if between.endswith(name)), "")
    after = names.bodies[index].last + 1
    if after < len(doc) and (words.has("figures", doc[after].lower_) or words.has("demonyms", doc[after].lower_)):
        return party, state
    demonym = words.has("demonyms", doc[names.bodies[index].last].lower_)
    return (party, state) if demonym and _closed_noun(doc, after) else (None, "")


def _chamber(names: Names, index: int) -> bool:
    """ "a conservative *House* Republican", "a *Senate* Democrat"."""
    return names.doc[index].lower_ in ("house", "senate", "congressional", "commons")


def _closed_noun(doc: Doc, index: int) -> bool:
    return (
        index >= len(doc)
        or doc[index].text in (",", ".", ")", "-", "–", ";")
        or doc[index].lower_ in ("who", "from", "and", "in", "on", "with", "at", "whose", "representing", "running")
        or (doc[index].tag_ in ("VBG", "VBN") and doc[index].dep_ == "acl")
    )


def _possessed(names: Names) -> Iterator[Fact]:
    """ "Mr Trudeau's Liberal Party", "her Conservative Party", "X, whose far-left Scottish National Party"."""
    doc, words = names.doc, names.words
    for first, party in names.parties:
        body = names.bodies.get(first)
        if body is None or words.has("demonyms", body.text) or body.text.lower() == "democratic":
            continue
        named = body.text.lower().endswith("party")
        index = first - 1
        while index > 0 and (words.has("passing", doc[index].lower_) or doc[index].lower_ in ("-", "own")):
            index -= 1
        after = doc[body.last + 1] if body.last + 1 < len(doc) else None
        closed = _closed_noun(doc, body.last + 1) or (after is not None and after.pos_ in ("VERB", "AUX", "ADV"))
        if not named and (not (index - 1 in names.people or names.lowers[index] == "whose") or not closed):
            continue  # "Pauline Hanson's One Nation", but "Trump's GOP rivals"
        if index < 1 or not same_sentence(doc, index, first):
            continue
        person = None
        if doc[index].tag_ == "POS" and index - 1 in names.people:
            person = names.people[index - 1].entity
        elif doc[index].tag_ in ("PRP$", "POS"):
            person = names.owner(doc[index - (doc[index].tag_ == "POS")])
        elif doc[index].lower_ == "whose":
            before = names.people.get(index - 2 if doc[index - 1].text == "," else index - 1)
            person = before.entity if before else None
        if person is not None:
            yield Fact(person, "member_of", party, first, "possessive")


_COLLECTIVES = frozenset("brass establishment leadership hierarchy delegation officials officeholders".split())


def _listed(names: Names) -> Iterator[Fact]:
    """ "prominent Democrats including X and Y", "senior Labour figures X, Y and Z"."""
    doc, words = names.doc, names.words
    for first, party in names.parties:
        last = names.bodies[first].last if first in names.bodies else first
        index = last + 1
        plural = doc[last].tag_ in ("NNS", "NNPS") and doc[last].lower_ not in ("greens",)
        if (
            index < len(doc)
            and words.has("figures", names.lowers[index].removesuffix("s"))
            and doc[index].tag_ in ("NNS", "NNPS")
        ):
            plural, index = True, index + 1
        elif index < len(doc) and names.lowers[index] in _COLLECTIVES:
            plural, index = True, index + 1  # "top Democratic brass had endorsed her, including X"
        if not plural:
            continue
        while index < len(doc) and doc[index].ent_type_ in ("DATE", "TIME"):
            index += 1
        if (index < len(doc) and doc[index].text in (",", "-", "–", "—", ":")) or index > last + 1:
            mention = name_at(names, past_description(names, index + (doc[index].text in (",", "-", "–", "—", ":"))))
            if (
                mention is not None
                and doc[index].text == ","
                and doc[min(mention.last + 1, len(doc) - 1)].tag_ in ("VBD", "VBZ")
            ):
                continue  # "Tories, X said, were wrong"
            while mention is not None and mention.entity is not None and same_sentence(doc, first, mention.first):
                yield Fact(mention.entity, "member_of", party, first, "list")
                after = past_place(names, mention.last + 1)  # "Sens. X of Texas and Y of Florida"
                mention = next_name(names, after) or _next_described(names, after)
        elif index in names.people or index in names.titled:
            # "Democrats X, Y and Z": a party told before the next name is that one's own
            for mention in listed(names, index, doc[first].sent.end)[1:]:
                if mention.entity is None or any(i in names.bodies for i in range(mention.first - 2, mention.first)):
                    break
                yield Fact(mention.entity, "member_of", party, first, "list")
        for mention in enumerated(names, index - 1):
            if mention.entity is not None:
                yield Fact(mention.entity, "member_of", party, first, "list")


_THEY_ARE = frozenset("include includes included are were like".split())
_OPEN_LIST = frozenset("they these those others among people list rebels signatories names figures".split())


def _listed_next(names: Names) -> Iterator[Fact]:
    """ "Many members of the GOP object. *They include* X and Y": those of whose party the sentence before speaks."""
    doc = names.doc
    for index, word in enumerate(names.lowers):
        if word not in _THEY_ARE or _OPEN_LIST.isdisjoint(names.lowers[max(0, index - 4) : index]):
            continue
        sent = doc[index].sent
        opening = names.lowers[sent.start : index]
        if not 0 < len(opening) <= 4 or not _OPEN_LIST & set(opening) or sent.start == 0:
            continue
        if word in ("are", "were") and opening[0] != "among":
            continue
        people = listed(names, index + 1, sent.end)
        more = next(
            (
                i
                for i in range(index, sent.end - 1)
                if names.lowers[i] == "as" and names.lowers[i + 1] in ("are", "were", "is")
            ),
            0,
        )
        people += listed(names, more + 2, sent.end) if more and people else []
        party = _people_of(names, doc[sent.start - 1].sent.start, sent.start) if people else None
        if party is not None:
            yield from (Fact(m.entity, "member_of", party, index, "list") for m in people if m.entity is not None)


def singular(plural: str) -> str:
    return f"{plural[:-3]}y" if plural.endswith("ies") else plural.removesuffix("s")


def _people_of(names: Names, start: int, stop: int) -> Entity | None:
    """The one party of whose people some tokens speak: "Republicans", "Tory rebels", "members of the GOP"."""
    doc, words, found = names.doc, names.words, {}
    for first, party in names.parties:
        if not start <= first < stop:
            continue
        last = names.bodies[first].last if first in names.bodies else first
        after = doc[last + 1] if last + 1 < len(doc) else None
        many = doc[last].tag_ in ("NNS", "NNPS") and words.has("demonyms", singular(names.lowers[last]))
        of = doc[first].head if doc[first].dep_ == "pobj" and doc[first].head.lower_ in ("of", "in", "within") else None
        many = many or (of is not None and of.head.tag_ == "NNS")
        if many or (after is not None and after.tag_ == "NNS" and doc[last].dep_ in ("amod", "compound", "nmod")):
            found[party.id] = party
    return next(iter(found.values())) if len(found) == 1 else None


def _next_described(names: Names, index: int) -> Mention | None:
    doc = names.doc
    if index < len(doc) and doc[index].lower_ in (",", "and", "&"):
        return names.people.get(past_description(names, index + 1))
    return None


def _fellows(names: Names) -> Iterator[Fact]:
    """ "Pelosi told her fellow Democrats", "Ryan sold his pact to fellow Republicans", "X was joined by fellow Labour MP Y":
    whose fellows they are is one of them. "Biden and other Democrats"."""
    doc = names.doc
    for index, word in enumerate(names.lowers):
        if word not in ("fellow", "other") or index < 2:
            continue
        ahead = range(index + 1, min(index + 5, len(doc)))
        first = next((i for i in ahead if i in names.bodies), 0)
        party = names.party_at(first)
        if party is None or any(doc[i].is_punct or doc[i].pos_ == "VERB" for i in range(index + 1, first)):
            continue
        last = names.bodies[first].last
        noun = doc[last]
        if not names.words.has("demonyms", singular(noun.lower_)):
            noun = doc[min(last + 1, len(doc) - 1)]
            if not (names.words.in_post(noun.lemma_.lower()) or names.words.has("figures", noun.lemma_.lower())):
                continue
        person = _whose_fellow(names, index, noun)
        if person is not None:
            yield Fact(person, "member_of", party, first, "nominal")


def _whose_fellow(names: Names, index: int, noun: Token) -> Entity | None:
    """Whom "fellow" or "other" at a token makes one of those that follow."""
    doc = names.doc
    before = doc[index - 1]
    mention = names.people.get(index - 2)
    if (
        before.lower_ in ("and", "with", "by")
        and mention is not None
        and (before.lower_ == "and" or doc[index].lower_ == "fellow")
    ):
        return mention.entity
    if doc[index].lower_ == "other":
        return None
    if before.tag_ == "PRP$":
        return names.owner(before)
    if before.tag_ == "POS":
        return mention.entity if mention is not None else None
    verb = next((t for t in noun.ancestors if t.pos_ in ("VERB", "AUX")), None)
    for subject in surface_subjects(verb) if verb is not None else ():
        if subject.i < index:
            return names.person(subject)
    return None


_RANKED = frozenset("top ranking senior leading 2 highest".split())


def _ranking(names: Names) -> Iterator[Fact]:
    """ "Schiff, the top Democrat on the House Intelligence Committee": a post in its committee, and his party."""
    doc = names.doc
    for first, party in names.parties:
        noun = doc[first]
        body = names.bodies.get(first + 3) or names.bodies.get(first + 2)
        if not names.words.has("demonyms", noun.lower_) or noun.tag_ not in ("NN", "NNP") or first < 2:
            continue
        chamber = first - 1 if _chamber(names, first - 1) else first  # "the No. 2 House Republican"
        ranked = doc[chamber - 1].lower_ in _RANKED or doc[chamber - 2].lower_ in ("no.", "number")
        if not ranked or (chamber == first and (body is None or body.entity is None)):
            continue
        if chamber == first and doc[first + 1].lower_ not in ("on", "in", "of"):
            continue
        opening = first - 1
        while opening > 0 and doc[opening].lower_ not in ("the", "a", ","):
            opening -= 1
        if chamber == first and opening < 2:
            continue
        comma = opening - 1 - (doc[opening - 1].lower_ in ("once", "now", "then", "formerly", "currently"))
        before = names.people.get(comma - 1) if opening > 1 and doc[comma].text == "," else None
        if before is None and chamber < first and doc[first + 1].text == ",":
            before = names.people.get(first + 2)
        people = [before.entity] if before is not None and before.entity is not None else []
        if not people and noun.dep_ == "attr" and noun.head.lemma_ == "be":
            people = list(_subjects(names, noun.head))
        label = doc[opening + 1 : first + 1].text
        if chamber == first and body is not None and body.entity is not None:
            label = f"{label} {doc[first + 1].lower_} {with_article(names.words, body.entity.name)}"
        for person in people:
            yield Fact(person, "member_of", party, first, "apposition")
            yield Fact(person, "holds_role", post_entity(label), first, "apposition", "member", label)


def _nominal_members(names: Names) -> Iterator[Fact]:
    """ "the California Democrat" for somebody known, "X is a Democrat", "is now a Democrat", "is no longer a Democrat"."""
    for first, party in names.parties:
        body = names.bodies.get(first)
        token = names.doc[body.last if body else first]
        if token.tag_ not in ("NN", "NNP", "JJ") or not names.words.has("demonyms", token.lower_):
            continue
        person = names.owner(token)
        if person is not None:
            yield Fact(person, "member_of", party, token.i, "nominal")
        elif (apposed := _apposed_later(names, token)) is not None:
            yield Fact(apposed, "member_of", party, token.i, "apposition")
        elif token.dep_ == "attr" and any(c.lower_ in ("a", "an") for c in children(token)):
            verb, beside = token.head, {c.lower_ for c in children(token.head)}
            told = ["leaves"] if "longer" in beside else ["joins"] if verb.lemma_ == "become" else ["member_of"]
            told += ["joins"] if verb.lemma_ == "be" and "now" in beside else []
            if verb.lemma_ in ("be", "become"):
                people = list(_subjects(names, verb))
                yield from (Fact(p, relation, party, token.i, "predicate") for relation in told for p in people)


def _apposed_later(names: Names, token: Token) -> Entity | None:
    """ "X, the foreign minister and *a Free Democrat*", "the congresswoman, *a Democrat*": of whom a party's noun is told
    beside something else."""
    if token.dep_ not in ("appos", "conj") or not any(c.lower_ in ("a", "an") for c in children(token)):
        return None
    above = token.head
    while above.dep_ in ("appos", "conj") and above.i not in names.people and above.head.pos_ in ("NOUN", "PROPN"):
        above = above.head
    mention = names.people.get(above.i)
    if mention is None and token.dep_ == "conj":
        return None
    between = range(above.i + 1, token.i)
    if any(i in names.people and names.people[i] is not mention for i in between):
        return None
    return mention.entity if mention is not None else names.owner(above)


def _subjects(names: Names, verb: Token) -> Iterator[Entity]:
    if any(c.dep_ in ("neg", "aux") for c in children(verb)):
        return
    yield from (person for token in surface_subjects(verb) if (person := names.person(token)) is not None)
