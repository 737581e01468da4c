"""What a possessive tells of a known person: "her predecessor", "Mr Swinney's successor", "his party", by the terms of
office and memberships that the gazetteer knows. Pronouns must have been resolved."""

from dataclasses import replace

from spacy.tokens import Token

from graphbuild.link.mentions import Names
from graphbuild.link.roles import holder, holders, roles_of
from graphbuild.model import ORGANISATION, PERSON, Entity

_STEPS = {"predecessor": -1, "successor": 1}


def find_predecessors(names: Names) -> None:
    """Add a nominal mention for every predecessor, successor and party of a person that the gazetteer tells."""
    found = [i for i, word in enumerate(names.lowers) if (word in _STEPS or word == "party") and i not in names.taken]
    if not found or not names.date:
        return
    people = {m.head: m.entity for m in names.mentions if m.type == PERSON and m.entity is not None}
    for index in found:
        token = names.doc[index]
        owner = next((people[c.i] for c in token.children if c.dep_ == "poss" and c.i in people), None)
        if owner is None or _named_beside(names, token) or index in people:
            continue
        if token.lower_ == "party":
            _add_party(names, token, owner)
            continue
        entity = _next_to(names, owner, _STEPS[token.lower_])
        if entity is not None:
            names.mentions = [m for m in names.mentions if m.head != index or m.kind != "nominal"]
            names.add(token.left_edge.i, index, "nominal", PERSON, entity)
    names.mentions.sort(key=lambda m: (m.first, -m.last))


_PLEDGING = frozenset("pledge promise vow undertake swear commit guarantee".split())


def _add_party(names: Names, token: Token, owner: Entity) -> None:
    """ "his party", of somebody whose party the article names or the gazetteer knows."""
    beside = [c for c in token.children if c.dep_ in ("amod", "compound")]
    party = names.gazetteer.party_of(owner.id, names.date)
    pledged = token.dep_ == "nsubj" and token.head.head.lemma_ in _PLEDGING  # his own promise
    if party is not None and not beside and not pledged and token.dep_ not in ("compound", "poss"):
        names.add(token.left_edge.i, token.i, "nominal", ORGANISATION, party)


def _named_beside(names: Names, token: Token) -> bool:
    """Whether the name stands there: "his predecessor Alex Salmond", "Salmond, her predecessor"."""
    names_it = any(c.dep_ == "appos" and c.i in names.taken for c in token.children) or token.dep_ in ("appos", "attr")
    return names_it or token.i + 1 in names.taken or token.dep_ in ("compound", "nmod")


def _next_to(names: Names, person: Entity, step: int) -> Entity | None:
    """The holder right before or after the person in the highest post that he has at the article's date."""
    offices = [o for o in roles_of(names.gazetteer, person.id, names.date) if o.seats == 1]
    if not offices:
        return None
    terms = sorted((t for t in holders(names.gazetteer, offices[0].id) if t.start), key=lambda t: t.start)
    own = [n for n, term in enumerate(terms) if term.person == person.id and term.start <= (names.until or names.date)]
    at = own[-1] + step if own else -1
    while 0 <= at < len(terms) and terms[at].person == person.id:
        at += step
    if not 0 <= at < len(terms) or terms[at].start > (names.until or names.date):
        return None  # "the race for his successor"
    return names.gazetteer.entities[terms[at].person]


_HOUSES = {"organisation/downing-street": "uk-prime-minister"}


def speak_for(names: Names) -> None:
    """Let the prime minister's office that says or does something be the prime minister whom the article names: an office
    speaks for its principal."""
    for place, mention in enumerate(names.mentions):
        office = _HOUSES.get(mention.entity.id) if mention.entity is not None and mention.kind == "name" else None
        head = names.doc[mention.head]
        if office is None or head.dep_ not in ("nsubj", "nsubjpass", "agent") or not names.date:
            continue
        person = holder(names.gazetteer, office, names.date, names.until)
        named = person is not None and any(m.entity == person and m.kind == "name" for m in names.mentions)
        if named:
            names.mentions[place] = replace(mention, type=PERSON, kind="nominal", entity=person)
