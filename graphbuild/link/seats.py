"""Whom a phrase denotes by an office that the gazetteer knows and a name in the article: "the former secretary of state",
"the Vermont senator", "the South Carolina Republican".

Only people whom the article names are considered, so that an office held by many still denotes one of them.
"""

import re
from collections.abc import Iterable

from spacy.tokens import Token

from graphbuild.link.gazetteer import Gazetteer, fold
from graphbuild.link.mentions import Names
from graphbuild.link.roles import FORMER, find_office, former_holders, offices_of, terms_at
from graphbuild.model import PERSON, Entity

_SEAT = re.compile(r"^(senator|governor|representative|mayor) (?:for|of) (.+)$")
_HEADS = {
    "senator": ("senator",),
    "governor": ("governor",),
    "mayor": ("mayor",),
    "congressman": ("representative",),
    "congresswoman": ("representative",),
    "representative": ("representative",),
    "lawmaker": ("senator", "representative"),
    "legislator": ("senator", "representative"),
    "democrat": ("senator", "governor", "representative", "mayor"),
    "republican": ("senator", "governor", "representative", "mayor"),
}
# How far back, in tokens, one of several former holders must be the only one named.
_NEAR = 120
_INDEX: dict[int, tuple[Gazetteer, dict[tuple[str, str], str]]] = {}


def _seats(gazetteer: Gazetteer) -> dict[tuple[str, str], str]:
    """(post, folded place) -> office id, of every seat that a place tells; made once for a gazetteer."""
    known = _INDEX.get(id(gazetteer))
    if known is not None and known[0] is gazetteer:
        return known[1]
    found = {
        (match[1], fold(match[2])): office.id
        for office in gazetteer.offices.values()
        if (match := _SEAT.match(office.label))
    }
    _INDEX.clear()
    _INDEX[id(gazetteer)] = (gazetteer, found)
    return found


def seat_holder(names: Names, token: Token) -> Entity | None:
    """The one person named in the article who holds the seat that a place beside the noun tells, else None."""
    posts = _HEADS.get(token.lower_)
    if posts is None:
        return None
    doc, seats = names.doc, _seats(names.gazetteer)
    before = [t for t in doc[max(token.left_edge.i, token.i - 6) : token.i] if t.pos_ != "DET"]
    words = [w for t in before for w in fold(t.text).split()]
    texts = {" ".join(words[i:j]) for i in range(len(words)) for j in range(i + 1, len(words) + 1)}
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in ("from", "for", "of"):
            texts |= {fold(doc[g.left_edge.i : g.i + 1].text) for g in child.children if g.dep_ == "pobj"}
    bare = not before and token.lower_ in ("congressman", "congresswoman", "senator") and not texts
    offices = [office for (post, place), office in seats.items() if post in posts and (bare or place in texts)]
    past = bool(FORMER & set(words))
    people = {i for office in offices for i in _people(names, office, past)}
    if token.lower_ in ("congressman", "congresswoman"):
        sex = "m" if token.lower_ == "congressman" else "f"
        people = {i for i in people if names.gazetteer.people[i].gender in (sex, "")}
    if token.lower_ in ("democrat", "republican"):
        people = {i for i in people if _is_of(names, i, token.lower_)}
    if bare:
        return _named_last(names, people, token)
    return _only_named(names, people, token)


def seats_held(names: Names) -> dict[str, dict[str, str]]:
    """Person -> place -> post of every seat that people whom the article names hold or held until then."""
    held: dict[str, dict[str, str]] = {}
    for mention in names.mentions:
        if mention.type != PERSON or mention.entity is None or mention.entity.id in held:
            continue
        seats = held[mention.entity.id] = {}
        for term in names.gazetteer.terms_of(mention.entity.id):
            match = _SEAT.match(names.gazetteer.offices[term.office].label)
            if match and names.date and term.start[: len(names.date)] <= names.date:
                seats[match[2]] = match[1]
    return held


def _named_last(names: Names, people: set[str], token: Token) -> Entity | None:
    """The person named last before a bare "the congressman", where he is one."""
    before = [
        m.entity for m in names.mentions if m.type == PERSON and m.kind == "name" and m.entity and m.first < token.i
    ]
    return before[-1] if before and before[-1].id in people else None


def _people(names: Names, office: str, past: bool) -> Iterable[str]:
    gazetteer, date = names.gazetteer, names.date
    if past and date:
        return [e.id for e in former_holders(gazetteer, office, date)]
    # Over a longer time whoever held it then.
    terms = terms_at(gazetteer, office, date, names.until) if date else gazetteer.terms.get(office, [])
    return [term.person for term in terms]


def _is_of(names: Names, person: str, word: str) -> bool:
    party = names.gazetteer.party_of(person, names.date)
    return party is not None and fold(party.name).startswith(word[:7])


def former_holder(names: Names, phrase: str, token: Token, party: str = "") -> Entity | None:
    """Which former holder of an office the article means: the one that it names, or of several the one just named."""
    office = find_office(names.gazetteer, phrase, names.country, party)
    offices = [office] if office else [
        o for o in offices_of(names.gazetteer, phrase)
        if not names.country or names.gazetteer.offices[o].country == names.country
    ]  # fmt: skip
    people = {i for o in offices for i in _people(names, o, past=True)}
    return _only_named(names, people, token)


def _only_named(names: Names, people: set[str], token: Token) -> Entity | None:
    """The one of these whom the article names; of several the only one named near before the token."""
    named = [
        m for m in names.mentions
        if m.type == PERSON and m.kind == "name" and m.entity is not None and m.entity.id in people
    ]  # fmt: skip
    found = {m.entity.id: m.entity for m in named if m.entity is not None}
    if len(found) > 1:
        found = {m.entity.id: m.entity for m in named if m.entity is not None and 0 < token.i - m.first < _NEAR}
    return next(iter(found.values())) if len(found) == 1 else None
