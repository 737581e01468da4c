"""Who held a post at a date: "the prime minister", "the Labour leader", "shadow home secretary", "president-elect".

Terms of office are half-open days: on the day of a change the successor holds the post. Dates may be known to the
year or month only; then a holder is returned only when no other one is possible. An office or a holder that the words
do not fix is None, never a guess.
"""

import re
from collections.abc import Iterable

from graphbuild.link.gazetteer import Gazetteer, Office, Term, fold
from graphbuild.model import Entity

_POSSESSIVE = re.compile(r"['’]s(?=\s)|['’](?=\s)")
FORMER = frozenset(["former", "ex", "onetime", "erstwhile"])
_ACTING = frozenset(["acting", "interim", "caretaker", "temporary"])
_ELECT = frozenset(["elect", "designate", "incoming"])
_NOW = frozenset(
    """current incumbent outgoing sitting serving present presumptive presumed new newly elected embattled beleaguered""".split()
)
_THEN = frozenset(["then"])
_LEADING = frozenset(["leader", "party leader", "leader of the party", "leader of party", "the leader"])
# How long before taking office somebody is called "-elect" or "-designate".
_ELECT_MONTHS = 4


def _days(date: str) -> tuple[str, str]:
    """First and last day of an ISO date known to the day, month or year.

    >>> _days("2010-05"), _days("2010")
    (('2010-05-01', '2010-05-31'), ('2010-01-01', '2010-12-31'))
    """
    return (date + "-01-01"[len(date) - 10 :] if len(date) < 10 else date), (
        date + "-12-31"[len(date) - 10 :] if len(date) < 10 else date
    )


def _bounds(term: Term) -> tuple[str, str, str, str]:
    """Earliest and latest first day, earliest and latest last day of a term."""
    start = _days(term.start) if term.start else ("0000", "9999")
    end = _days(term.end) if term.end else ("9999", "9999")
    return (*start, *end)


def holders(gazetteer: Gazetteer, office_id: str) -> list[Term]:
    """All known terms of an office by start; [] for an unknown office."""
    return list(gazetteer.terms.get(office_id, ()))


def terms_at(gazetteer: Gazetteer, office_id: str, date: str, until: str = "") -> list[Term]:
    """The terms that the office may have had at a date, or between ``date`` and ``until``, at known precision.

    A predecessor whose term ends on the day another one surely began is left out: the successor wins.
    """
    if not date:
        return []
    first, last = _days(date)[0], _days(until or date)[1]
    possible = []
    for term in gazetteer.terms.get(office_id, ()):
        start, _, _, end = _bounds(term)
        if start <= last and end >= first:
            possible.append(term)
    office = gazetteer.offices.get(office_id)
    if len(possible) > 1 and office is not None and office.seats == 1:
        possible = [term for term in possible if not any(_supersedes(other, term, first) for other in possible)]
    elif office is not None and len(possible) > office.seats:
        possible = [term for term in possible if _bounds(term)[3] > first]
    return possible


def _supersedes(other: Term, term: Term, first: str) -> bool:
    """Did ``other`` surely begin after ``term`` began, and no later than the day ``first``?"""
    if other.person == term.person:
        return False
    return _bounds(other)[1] <= first and _bounds(other)[0] > _bounds(term)[0]


def holder(gazetteer: Gazetteer, office_id: str, date: str, until: str = "") -> Entity | None:
    """The one person who held the office at the date (or all through ``date`` to ``until``), else None."""
    people = {term.person for term in terms_at(gazetteer, office_id, date, until)}
    return gazetteer.entities[people.pop()] if len(people) == 1 else None


def former_holders(gazetteer: Gazetteer, office_id: str, date: str) -> list[Entity]:
    """Everybody whose term was over at the date and who does not hold the office then, latest first."""
    if not date:
        return []
    first = _days(date)[0]
    now = {term.person for term in terms_at(gazetteer, office_id, date)}
    past = [term for term in gazetteer.terms.get(office_id, ()) if _bounds(term)[3] <= first and term.person not in now]
    return [gazetteer.entities[i] for i in dict.fromkeys(term.person for term in reversed(past))]


def next_holder(gazetteer: Gazetteer, office_id: str, date: str) -> Entity | None:
    """Who takes the office within a few months after the date ("the president-elect"), else None."""
    if len(date) < 7:
        return None
    year, month = int(date[:4]), int(date[5:7]) + _ELECT_MONTHS
    limit = f"{year + (month - 1) // 12}-{(month - 1) % 12 + 1:02}{date[7:]}"
    now = {term.person for term in terms_at(gazetteer, office_id, date)}
    for term in gazetteer.terms.get(office_id, ()):
        if date < term.start <= limit and term.person not in now:
            return gazetteer.entities[term.person]
    return None


def roles_of(gazetteer: Gazetteer, person_id: str, date: str = "") -> list[Office]:
    """The offices of a person at a date, or ever when no date is given, well-known ones first."""
    offices = [
        gazetteer.offices[t.office]
        for t in gazetteer.terms_of(person_id)
        if not date or t in terms_at(gazetteer, t.office, date)
    ]
    return sorted(dict.fromkeys(offices), key=lambda office: (office.rank, office.id))


def find_office(gazetteer: Gazetteer, phrase: str, country: str = "", party: str = "") -> str | None:
    """Id of the office that a phrase names ("PM", "the French president", "leader of the Labour Party").

    ``country`` (ISO code) and ``party`` (entity id) tell offices of one name apart; None when several remain.
    """
    key = _plain(phrase)
    index = _role_index(gazetteer)
    if key in _LEADING and party:
        return _own_office(gazetteer, party)
    found = index.get(key, [])
    if not found:
        rest, place = _place_out(gazetteer, key)
        if place:
            country, found = place, index.get(rest, [])
            found = [i for i in found if gazetteer.offices[i].country == country]
    offices = [gazetteer.offices[i] for i in found]
    for narrower in (
        [o for o in offices if party and o.body == party],
        [o for o in offices if country and o.country == country],
    ):
        if narrower:
            offices = narrower
    best = [o for o in offices if o.rank == min(other.rank for other in offices)]
    if len(best) != 1 or (country and not _reaches(gazetteer, key, best[0], country)):
        return None
    return best[0].id


def offices_of(gazetteer: Gazetteer, phrase: str) -> list[str]:
    """Ids of every office that a phrase may name, whatever its country; [] for none."""
    return list(_role_index(gazetteer).get(_plain(phrase), ()))


def _reaches(gazetteer: Gazetteer, key: str, office: Office, country: str) -> bool:
    """May these words mean this office in an article about ``country``?

    One of another country needs to be named by it ("the French president"), by its party ("SNP leader"), or by a
    well-known title that is its own ("the taoiseach"); "the treasurer" in London is not Australia's.
    """
    if office.country in (country, "") or office.body in gazetteer.parties:
        return True
    own = office.rank == 1 or not office.label.islower()
    return _place_out(gazetteer, key)[1] == office.country or (own and key == _plain(office.label))


def resolve_role(
    gazetteer: Gazetteer,
    phrase: str,
    date: str,
    country: str = "",
    party: str = "",
    *,
    former: bool = False,
    elect: bool = False,
    acting: bool = False,
    until: str = "",
) -> Entity | None:
    """The person whom a role phrase denotes at a date, or None when the words and the date do not fix one.

    "former", "ex-", "acting", "interim", "-elect" and "-designate" are read from the phrase as well. "then" and
    "current" change nothing: pass the date of the event for "then". ``date`` with ``until`` is a range within which
    the one holder must be the same all through.
    """
    words = set(re.findall(r"[a-z]+", phrase.casefold()))
    office_id = find_office(gazetteer, phrase, country, party)
    if office_id is None or not date:
        return None
    if former or words & FORMER:
        past = former_holders(gazetteer, office_id, date)
        return past[0] if len(past) == 1 else None
    if elect or words & _ELECT:
        return next_holder(gazetteer, office_id, date)
    if acting or words & _ACTING:
        people = {term.person for term in terms_at(gazetteer, office_id, date, until) if term.acting}
        return gazetteer.entities[people.pop()] if len(people) == 1 else None
    return holder(gazetteer, office_id, date, until)


def _plain(phrase: str) -> str:
    """A role phrase folded, without article, possessives and words that only say when."""
    words = fold(_POSSESSIVE.sub("", phrase)).split()
    dropped = FORMER | _ACTING | _ELECT | _NOW | _THEN | {"the", "a", "an", "his", "her", "their", "our", "my", "its"}
    while words and words[0] in dropped:
        words.pop(0)
    while words and words[-1] in _ELECT:
        words.pop()
    return " ".join(words)


def _own_office(gazetteer: Gazetteer, party: str) -> str | None:
    """The leadership of a party."""
    name = party.partition("/")[2]
    return next((i for i in (f"{name}-leader", f"{name}-co-leader") if i in gazetteer.offices), None)


def _place_out(gazetteer: Gazetteer, key: str) -> tuple[str, str]:
    """(the phrase without the country or demonym in it, that country's code): "french president" -> president, FR."""
    words = key.split()
    for size in (1, 2, 3):
        for rest, place in ((words[size:], words[:size]), (words[:-size], words[-size:])):
            while rest and rest[-1] in ("of", "the", "for"):
                rest = rest[:-1]
            if rest and (code := _country_index(gazetteer).get(" ".join(place))):
                return " ".join(rest), code
    return key, ""


def _country_index(gazetteer: Gazetteer) -> dict[str, str]:
    if not gazetteer.country_words:
        for body in gazetteer.bodies.values():
            if body.kind == "country":
                for surface in (body.entity.name, *body.entity.aliases, *body.adjectives):
                    gazetteer.country_words[fold(surface)] = body.country
    return gazetteer.country_words


def _role_index(gazetteer: Gazetteer) -> dict[str, list[str]]:
    """Folded wording -> ids of the offices it may name; made once."""
    index = gazetteer.role_index
    if not index:
        for office in gazetteer.offices.values():
            for wording in dict.fromkeys(_plain(w) for w in _wordings(gazetteer, office)):
                index.setdefault(wording, []).append(office.id)
    return index


def _wordings(gazetteer: Gazetteer, office: Office) -> Iterable[str]:
    """The label and aliases of an office, and for a party's office every way of naming the party in them."""
    yield office.label
    yield from office.aliases
    party = gazetteer.parties.get(office.body)
    if party is None:
        return
    post = office.label.partition(" of ")[0]
    for surface in dict.fromkeys((party.entity.name, *party.entity.aliases, *party.adjectives, *party.members)):
        yield f"{surface} {post}"
        yield f"{surface} Party {post}"
        yield f"{post} of {surface}"
        yield f"{post} of the {surface}"
        yield f"{post} of the {surface} Party"
