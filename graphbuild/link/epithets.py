"""Whom a phrase denotes that tells neither name nor post: "the New York billionaire", "the Turkish leader", "the candidate".

Only people whom the article names are meant, and only where the words fit one of them.
"""

from collections import Counter
from collections.abc import Iterable

from spacy.tokens import Token

from graphbuild.link.gazetteer import fold
from graphbuild.link.mentions import Names
from graphbuild.link.partisans import CONTENDERS
from graphbuild.link.posts import Post
from graphbuild.link.roles import terms_at
from graphbuild.model import PERSON, Entity

# What a politician is called who has held no office.
_OUTSIDERS = frozenset(
    "billionaire millionaire businessman businesswoman mogul tycoon magnate developer entrepreneur star host celebrity neurosurgeon surgeon".split()
)
# How far back, in tokens, somebody must be named to be "the candidate".
_NEAR = 60


def by_epithet(names: Names, token: Token, posts: Iterable[Post]) -> Entity | None:
    """The person whom an epithet denotes, else None."""
    if any(c.lower_ in PUT_OUT for c in token.children):
        return _put_out(names, token)
    if token.lower_ in _OUTSIDERS:
        return _outsider(names, token)
    if token.lower_ == "leader":
        return _national_leader(names, token)
    if token.lower_ == "candidate" and not any(c.dep_ in ("amod", "compound", "poss", "prep") for c in token.children):
        return _candidate(names, token, posts)
    return None


PUT_OUT = frozenset(
    "sacked axed fired ousted dismissed deposed toppled suspended expelled jailed defeated beaten convicted".split()
)
_PUTTING_OUT = frozenset(
    "sack axe fire oust dismiss depose topple boot remove suspend expel jail defeat beat convict dump eject purge".split()
)


def _put_out(names: Names, token: Token) -> Entity | None:
    """ "the sacked minister", "the defeated candidate": the one whom the article before tells to have been put out."""
    doc, found = names.doc, {}
    for mention in names.mentions:
        if mention.type != PERSON or mention.entity is None or mention.first >= token.i or mention.kind == "title":
            continue
        head = doc[mention.head]
        verb = head.head
        if head.dep_ == "poss" or verb.lemma_.lower() not in _PUTTING_OUT:
            continue
        if head.dep_ in ("dobj", "nsubjpass"):
            found[mention.entity.id] = mention.entity
    return next(iter(found.values())) if len(found) == 1 else None


def _named(names: Names, before: int) -> list[Entity]:
    return [
        m.entity for m in names.mentions
        if m.type == PERSON and m.kind == "name" and m.entity is not None and m.first < before
    ]  # fmt: skip


def _outsider(names: Names, token: Token) -> Entity | None:
    """The politician named before who had no office at the date; of several the one named far more often."""
    if not names.date:
        return None
    gazetteer = names.gazetteer
    counts: Counter[str] = Counter()
    known: dict[str, Entity] = {}
    for entity in _named(names, token.i):
        terms = [t for t in gazetteer.terms_of(entity.id) if "nominee" not in gazetteer.offices[t.office].label]
        if terms and all(t.start and t.start[: len(names.date)] > names.date[: len(t.start)] for t in terms):
            counts[entity.id] += 1
            known[entity.id] = entity
    ranked = counts.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] < 3 * ranked[1][1]):
        return None
    return known[ranked[0][0]]


def _national_leader(names: Names, token: Token) -> Entity | None:
    """ "the Turkish leader": the one named head of that country's state or government."""
    gazetteer, doc = names.gazetteer, names.doc
    words = {fold(t.text) for t in doc[token.left_edge.i : token.i]}
    countries = {
        body.country for body in gazetteer.bodies.values()
        if body.kind == "country" and words & {fold(a) for a in body.adjectives}
    }  # fmt: skip
    if len(countries) != 1 or not names.date:
        return None
    country = countries.pop()
    offices = [o.id for o in gazetteer.offices.values() if o.country == country and o.rank == 1]
    holding = {t.person for o in offices for t in terms_at(gazetteer, o, names.date, names.until)}
    found = {m.entity.id: m.entity for m in names.mentions if m.kind == "name" and m.entity and m.entity.id in holding}
    return next(iter(found.values())) if len(found) == 1 else None


def _candidate(names: Names, token: Token, posts: Iterable[Post]) -> Entity | None:
    """The one person named near before whom the article calls a candidate or nominee."""
    called = {p.person.id for p in posts if p.words & CONTENDERS}
    near = {
        m.entity.id: m.entity for m in names.mentions
        if m.kind == "name" and m.entity and m.entity.id in called and 0 < token.i - m.first < _NEAR
    }  # fmt: skip
    return next(iter(near.values())) if len(near) == 1 else None
