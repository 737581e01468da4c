"""Whom a phrase denotes by a party in it: "the Democratic president", "his Conservative rival", "the Republican nominee"."""

from collections.abc import Iterable

from spacy.tokens import Token

from graphbuild.link.mentions import Names
from graphbuild.link.posts import ALIKE, Post
from graphbuild.link.roles import find_office, holder
from graphbuild.model import ORGANISATION, PERSON, Entity

# Who stands against somebody or for something: of a party there is one in most articles.
CONTENDERS = frozenset(
    "rival opponent challenger counterpart nominee candidate hopeful contender frontrunner front-runner standard-bearer".split()
)


def _party_in(names: Names, token: Token) -> Entity | None:
    """The one party named between the start of a phrase and its noun."""
    found = {
        m.entity.id: m.entity
        for i in range(max(token.left_edge.i, token.i - 6), token.i)
        if (m := names.taken.get(i)) and m.type == ORGANISATION and m.entity and m.entity.id in names.gazetteer.parties
    }
    return next(iter(found.values())) if len(found) == 1 else None


def of_party(names: Names, token: Token, posts: Iterable[Post]) -> Entity | None:
    """The person of the party in the phrase who has the post by the article or at its date, else None.

    A rival, nominee or candidate is the one person of the party whom the article names, or the one whom it calls so.
    """
    party = _party_in(names, token)
    if party is None or token.lower_ == "leader":
        return None
    word = ALIKE.get(token.lower_, token.lower_).split()[-1]
    if token.lower_ in CONTENDERS:
        named = {
            m.entity.id: m.entity for m in names.mentions
            if m.type == PERSON and m.kind == "name" and m.entity is not None and _is_of(names, m.entity, party)
        }  # fmt: skip
        owners = {t.i for c in token.children if c.dep_ == "poss" for t in c.subtree}
        others = {
            i: e for i, e in named.items() if not any(names.taken.get(o) and names.taken[o].entity == e for o in owners)
        }
        called = {p.person.id: p.person for p in posts if p.person.id in others and p.words & CONTENDERS}
        found = others if len(others) == 1 else called
        return next(iter(found.values())) if len(found) == 1 else None
    told = {p.person.id: p.person for p in posts if word in p.words and not p.past and _is_of(names, p.person, party)}
    if len(told) == 1:
        return next(iter(told.values()))
    if any(c.lower_ in ("former", "ex", "next", "first", "last") for c in token.children):
        return None
    inside = names.doc[token.left_edge.i : token.i + 1]
    plain = " ".join(t.text for t in inside if t.i not in names.taken and t.pos_ not in ("DET", "PRON"))
    office = find_office(names.gazetteer, plain, names.country, "")
    person = holder(names.gazetteer, office, names.date, names.until) if office and names.date else None
    return person if person is not None and _is_of(names, person, party) else None


def _is_of(names: Names, person: Entity, party: Entity) -> bool:
    known = names.gazetteer.party_of(person.id, names.date)
    return known is not None and known.id == party.id
