"""Posts told by what their holder does or has: "who sits for Macclesfield", "her Dover seat", "his deputy, X", "her
opposite number, Y"."""

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from graphbuild.extract.posts.roles_text import Fact, Names, past_bracket, post_entity, same_sentence, with_article
from graphbuild.extract.syntax.grammar import children
from graphbuild.model import Entity

_SEATS = frozenset("seat constituency riding electorate".split())
_DEPUTIES = frozenset(
    """leader governor mayor president premier chairman chairwoman chair first-minister prime-minister chief-minister
    speaker""".split()
)


_CUES = _SEATS | frozenset(
    "represents represented sits sat deputy counterpart number shadow shadows shadowed shadowing".split()
)
# Before "seat": a parliament or a kind of seat.
_NO_PLACES = frozenset(
    "westminster holyrood stormont senedd dáil parliament parliamentary commons lords house senate european wall cabinet".split()
)


def duties(names: Names, roles: Sequence[Fact]) -> Iterator[Fact]:
    """Facts of holds_role told by verbs, by a seat that is somebody's, and by whose deputy somebody is."""
    seats = {f.person.id: f.post for f in roles if f.post in names.words.data["posts"]["seat"]}
    american = "representative" in seats.values() or "senator" in seats.values()
    usual = next(iter(seats.values())) if len(set(seats.values())) == 1 else "MP"
    for index, word in enumerate(names.lowers):
        if word not in _CUES:
            continue
        token = names.doc[index]
        if word in ("represents", "represented", "sits", "sat") and token.pos_ == "VERB":
            place = _place_of(names, token)
            person = _doer(names, token)
            if person is not None and (party := _party_of(names, token)) is not None:
                yield Fact(person, "member_of", party, index, "predicate")  # "who sits for the Greens"
            unknown = "" if american or token.dep_ != "relcl" else usual  # "he represented Bristol East" of an MP only
            post = seats.get(person.id, unknown) if person is not None else ""
            if place and person is not None and post:
                label = f"{post} for {place}"
                yield Fact(person, "holds_role", post_entity(label), index, "predicate", post, label)
        elif word in _SEATS and not american:
            place, person = _own_seat(names, index)
            if place and person is not None:
                label = f"{usual} for {place}"
                yield Fact(person, "holds_role", post_entity(label), index, "predicate", usual, label)
        elif token.pos_ == "VERB" and token.lemma_ == "shadow":
            yield from _shadowing(names, token, roles)
        elif word in ("deputy", "counterpart", "number", "shadow"):
            yield from _beside(names, token, roles)


def _shadowing(names: Names, verb: Token, roles: Sequence[Fact]) -> Iterator[Fact]:
    """ "X, who shadows Y", "X was shadowing the chancellor": the opposition's post beside Y's."""
    whom = next((c for c in children(verb) if c.dep_ == "dobj"), None)
    person = _doer(names, verb)
    if whom is None or person is None or any(c.dep_ == "neg" or c.tag_ == "MD" for c in children(verb)):
        return
    other = names.person(whom)
    labels = {_shadowed(f.label, f.post): f for f in roles if other is not None and f.person.id == other.id}
    labels.pop("", None)
    if len(labels) == 1:
        ((label, fact),) = labels.items()
        yield Fact(person, "holds_role", post_entity(label), verb.i, "predicate", f"shadow {fact.post}", label)


def _party_of(names: Names, verb: Token) -> Entity | None:
    heads = [g for c in children(verb) if c.lower_ == "for" for g in children(c) if g.dep_ == "pobj"]
    return next((p for h in heads if verb.lemma_ == "sit" and (p := names.party_at(h.i)) is not None), None)


def _own_seat(names: Names, index: int) -> tuple[str, Entity | None]:
    """The place and whose it is in "her Dover seat", "Zac Goldsmith's Richmond Park constituency", "X, whose Y seat"."""
    doc, first = names.doc, index
    while first > 1 and (
        doc[first - 1].is_title or names.lowers[first - 1] in ("and", "-", "–", "on", "upon", "under")
    ):
        first -= 1
    words = {w.rstrip("s") for w in names.lowers[first:index]}
    if first == index or not doc[first].is_title or any(names.party_at(i) for i in range(first, index)):
        return "", None
    if words & _NO_PLACES or any(names.words.has("demonyms", w) for w in words):
        return "", None
    return doc[first:index].text, _owner(names, first - 1)


def _owner(names: Names, index: int) -> Entity | None:
    """Whom a possessive at a token denotes: "his", "X's", "X, whose"."""
    token = names.doc[index]
    if token.lower_ == "whose":
        return _before_relative(names, token)
    if token.tag_ == "PRP$":
        return names.owner(token)
    if token.tag_ != "POS":
        return None
    mention = names.people.get(index - 1)
    return mention.entity if mention is not None else names.owner(token.nbor(-1))


def _before_relative(names: Names, token: Token) -> Entity | None:
    """The person whom a relative pronoun takes up: the name right before it and its comma."""
    index = token.i - 1
    if index > 0 and names.doc[index].text == ",":
        index -= 1
    mention = names.people.get(index)
    return mention.entity if mention is not None else None


def _doer(names: Names, verb: Token) -> Entity | None:
    subject = next((c for c in children(verb) if c.dep_ == "nsubj"), None)
    if subject is None:
        return None
    if subject.lower_ == "who":
        person = _before_relative(names, subject)
        if person is None:
            head = verb.head.head if verb.head.dep_ == "appos" else verb.head
            mention = names.people.get(head.i)
            person = mention.entity if mention is not None else None
        return person
    return names.person(subject)


def _place_of(names: Names, verb: Token) -> str:
    """The seat in "represents Derby North", "sits for Macclesfield", "represents the Ontario riding of Hastings"."""
    sits = verb.lemma_ == "sit"
    heads = [g for c in children(verb) if c.lower_ == "for" for g in children(c) if g.dep_ == "pobj"] if sits else []
    heads = heads or ([] if sits else [c for c in children(verb) if c.dep_ == "dobj"])
    for head in heads:
        if head.lemma_.lower() in _SEATS:
            inner = [g for c in children(head) if c.lower_ == "of" for g in children(c) if g.dep_ == "pobj"]
            head = inner[0] if inner else head
        if (
            any(c.lower_ == "of" for c in children(head))
            or head.pos_ != "PROPN"
            or head.i in names.people
            or names.party_at(head.i)
        ):
            continue
        start = head.i
        while start > verb.i + 1 and (names.doc[start - 1].is_title or names.doc[start - 1].text in ("-", "–", "and")):
            start -= 1
        end = head.i
        while end + 2 < len(names.doc) and names.doc[end + 1].text in ("-", "–", "and") and names.doc[end + 2].is_title:
            end += 2
        return str(names.doc[start : end + 1].text)
    return ""


def _beside(names: Names, token: Token, roles: Sequence[Fact]) -> Iterator[Fact]:
    """ "His deputy, X", "her opposite number Y", "his Republican counterpart, Z": a post beside somebody else's."""
    first = token.i - (names.lowers[token.i - 1] == "opposite")
    if token.lower_ == "number" and first == token.i:
        return
    doc, after = names.doc, token.i + 1
    body = None
    if names.lowers[after : after + 1] in (["at"], ["in"]):  # "his opposite number at Aslef, Mick Whelan"
        body = names.bodies.get(after + 1 + (names.lowers[after + 1 : after + 2] == ["the"]))
        after = body.last + 1 if body is not None else after
    after += names.lowers[after : after + 1] == [","]
    mention = names.people.get(past_bracket(names, after))
    start = first
    while (
        start > 1
        and first - start < 3
        and (doc[start - 1].pos_ in ("ADJ", "PROPN", "ADV"))
        and start - 1 not in names.people
    ):
        start -= 1
    whose = _owner(names, start - 1) if start else None
    if mention is None and body is not None and start > 2 and doc[start - 2].text == ",":
        mention = names.people.get(start - 3)  # "Mary Bousted, their counterpart at the ATL"
    if mention is None or mention.entity is None or whose is None or whose.id == mention.entity.id:
        return
    his = [f for f in roles if f.person.id == whose.id and f.relation == "holds_role"]
    here = [f for f in his if same_sentence(doc, f.token, token.i)] or his
    if token.lower_ == "deputy":
        here = [f for f in his if f.post.replace(" ", "-") in _DEPUTIES or (" " in f.label and f.post == "minister")]
    if not here or len({f.post for f in here}) != 1:
        return
    label = max((f.label for f in here), key=len)
    post = here[0].post
    if body is not None and body.entity is not None:
        label = f"{label.partition(' of ')[0]} of {with_article(names.words, body.entity.name)}"
        yield Fact(mention.entity, "holds_role", post_entity(label), token.i, "apposition", post, label)
        return
    if token.lower_ == "deputy":
        label, post = f"deputy {label}", f"deputy {post}"
    else:
        label = _counterpart(names, label, post, start, first, token.lower_)
    if label:
        yield Fact(mention.entity, "holds_role", post_entity(label), token.i, "apposition", post, label)


def _counterpart(names: Names, label: str, post: str, start: int, first: int, word: str) -> str:
    """The post of somebody's counterpart, from his own: the other side's, another party's or another place's."""
    beside = names.doc[start:first].text
    if word != "counterpart" and not beside:
        return _shadowed(label, post)
    party = names.party_at(first - 1)
    if party is not None:
        side = next((w for w in ("majority", "minority") if f" {w} " in f" {label} "), "")
        return label.replace(side, names.doc[first - 1].text) if side else ""
    nation = names.words.data["nationalities"].get(beside)
    stem, joint, _ = label.rpartition(" of ") if " of " in label else label.rpartition(" for ")
    if nation is not None and (post in ("prime minister", "president") or _IN_CABINET.search(post)):
        abroad = names.words.data["abroad"]
        stem = post if post == "secretary of state" else stem or label
        kind = abroad["titles"].get(nation, abroad["titles"]["elsewhere"])
        return f"{kind.get(stem) or stem.replace(' secretary', ' ' + kind.get('secretary', 'secretary'))} of {nation}"
    place = names.doc[first - 1]
    return f"{stem}{joint}{beside}" if stem and beside and place.pos_ == "PROPN" and post in _GOVERNING else ""


_IN_CABINET = re.compile(r"\b(?:secretary|minister|chancellor)\b")


def _shadowed(label: str, post: str) -> str:
    """The post of whoever faces somebody across the House: "shadow chancellor"; "" where none does."""
    if label.startswith("shadow "):
        return label.removeprefix("shadow ")
    return f"shadow {label}" if _IN_CABINET.search(post) and "prime" not in post else ""


_GOVERNING = frozenset("governor mayor premier senator MP senator representative".split())
