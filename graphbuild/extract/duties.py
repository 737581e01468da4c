"""Posts told by what their holder does: "who sits for Macclesfield", "whose
Morecambe and Lunesdale seat", "his deputy, X"."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from graphbuild.extract.roles_text import Fact, Names, past_bracket, post_entity
from graphbuild.model import Entity

_SEATS = frozenset("seat constituency riding electorate".split())
_DEPUTIES = frozenset(
    """leader governor mayor president premier chairman chairwoman chair first-minister prime-minister chief-minister
    speaker""".split()
)


_CUES = frozenset({"represents", "represented", "sits", "sat", "whose", "deputy"})


def duties(names: Names, roles: Sequence[Fact]) -> Iterator[Fact]:
    """Facts of holds_role told by verbs, by a seat that is somebody's, and by whose deputy somebody is."""
    seats = {f.person.id: f.post for f in roles if f.post in names.words.data["posts"]["seat"]}
    american = "representative" in seats.values() or "senator" in seats.values()
    usual = next(iter(seats.values())) if len(set(seats.values())) == 1 else "MP"
    for index, word in enumerate(names.lowers):
        if word not in _CUES:
            continue
        token = names.doc[index]
        if word in ("represents", "represented", "sits", "sat") and token.pos_ == "VERB" and token.dep_ == "relcl":
            place = _place_of(names, token)
            person = _doer(names, token)
            post = seats.get(person.id, "" if american else usual) if person is not None else ""
            if place and person is not None and post:
                label = f"{post} for {place}"
                yield Fact(person, "holds_role", post_entity(label), index, "predicate", post, label)
        elif word == "whose" and not american:
            end = token.i + 1
            while end + 1 < len(names.doc) and (names.doc[end].is_title or names.lowers[end] in ("and", "-", "–")):
                end += 1
            person = _before_relative(names, token) if names.lowers[end] in _SEATS and end > token.i + 1 else None
            if person is not None and names.party_at(end - 1) is None:
                label = f"{usual} for {names.doc[token.i + 1 : end].text}"
                yield Fact(person, "holds_role", post_entity(label), index, "predicate", usual, label)
        elif word == "deputy" and index and token.nbor(-1).tag_ == "PRP$":
            yield from _deputy(names, token, roles)


def _before_relative(names: Names, token: Token) -> Entity | None:
    """The person whom a relative pronoun takes up: the name right before it and its comma."""
    index = token.i - 1
    if index > 0 and names.doc[index].text == ",":
        index -= 1
    mention = names.people.get(index)
    return mention.entity if mention is not None else None


def _doer(names: Names, verb: Token) -> Entity | None:
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if subject is None:
        return None
    if subject.lower_ == "who":
        person = _before_relative(names, subject)
        if person is None:
            head = verb.head.head if verb.head.dep_ == "appos" else verb.head
            mention = names.people.get(head.i)
            person = mention.entity if mention is not None else None
        return person
    mention = names.people.get(subject.i)
    return mention.entity if mention is not None else names.owner(subject)


def _place_of(names: Names, verb: Token) -> str:
    """The seat in "represents Derby North", "sits for Macclesfield", "represents the Ontario riding of Hastings"."""
    sits = verb.lemma_ == "sit"
    heads = [g for c in verb.children if c.lower_ == "for" for g in c.children if g.dep_ == "pobj"] if sits else []
    heads = heads or ([] if sits else [c for c in verb.children if c.dep_ == "dobj"])
    for head in heads:
        if head.lemma_.lower() in _SEATS:
            inner = [g for c in head.children if c.lower_ == "of" for g in c.children if g.dep_ == "pobj"]
            head = inner[0] if inner else head
        if (
            any(c.lower_ == "of" for c in head.children)
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


def _deputy(names: Names, token: Token, roles: Sequence[Fact]) -> Iterator[Fact]:
    """ "His deputy, X": the deputy of what he is."""
    after = token.i + 2 if token.i + 1 < len(names.doc) and token.nbor().text == "," else token.i + 1
    mention = names.people.get(past_bracket(names, after))
    whose = names.owner(token.nbor(-1))
    if mention is None or mention.entity is None or whose is None or whose.id == mention.entity.id:
        return
    posts = [f for f in roles if f.person.id == whose.id and f.post.replace(" ", "-") in _DEPUTIES]
    if posts and len({f.post for f in posts}) == 1:
        label = f"deputy {max((f.label for f in posts), key=len)}"
        yield Fact(
            mention.entity, "holds_role", post_entity(label), token.i, "apposition", f"deputy {posts[0].post}", label
        )
