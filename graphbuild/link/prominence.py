"""Who of several bearers of a surname is meant by it alone: whoever holds or held the highest office near the article's
date."""

import re

from graphbuild.link.gender import gender_of, title_gender
from graphbuild.link.mentions import Names
from graphbuild.model import PERSON, Entity

PEERAGES = frozenset("lord lady baroness baron viscount earl".split())


def famous_bearer(names: Names, surname: str, title: str) -> Entity | None:
    """The one well-known person with a surname, of the article's country and around its date. Of several bearers only
    one of the great offices is meant by the bare name; after "Sen." and the like whoever has the highest."""
    found = [e for e in names.gazetteer.surnames(surname) if e.type == PERSON]
    if gender := title_gender(title):
        found = [e for e in found if gender_of(e, names) in (gender, "")]
    if title in PEERAGES:
        # "Lord Hutton" is who is called so, before anybody who might be; "Lord Hutton of Furness" comes after him
        called = [e for e in found if any(a.lower() == f"{title} {surname}".lower() for a in e.aliases)]
        peers = [e for e in found if any(a.lower().startswith(f"{title} {surname} ".lower()) for a in e.aliases)]
        found = called or peers or found
    if names.country:
        home = [e for e in found if names.gazetteer.country_of(e.id) == names.country]
        # Who is named by the surname alone far from home leads a state: "Collins" in Georgia is not New Zealand's.
        found = home or [e for e in found if (prominence(names, e) or (9,))[0] <= 1]
    if len(found) < 2:
        return found[0] if found else None
    meant = best_known(names, found)
    rank = (prominence(names, meant) if meant is not None else None) or (9, True)
    # "Mr Jones" is hardly ever the first minister.
    great = rank[0] <= 0 or (rank[0] == 1 and len(found) < _COMMON)
    return meant if great or title in _OF_OFFICE else None


# A surname that so many known people of a country bear is a common one.
_COMMON = 8
_OF_OFFICE = frozenset("sen senator rep representative gov governor congressman congresswoman".split())
# Who leads a state or its government is known before whoever leads a party or a department.
_HEADS = re.compile(r"(prime minister|president|taoiseach|chancellor of Germany)\b", re.I)


def best_known(names: Names, people: list[Entity]) -> Entity | None:
    """The one of several who holds or held the highest office near the article's date; who holds it then before others
    and heads of government before their like; None when two are as high."""
    if not names.date and len(people) > 1:
        people = contemporaries(names, people)
    ranked = sorted((rank, e.id) for e in people if (rank := prominence(names, e)) is not None)
    if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    return next(e for e in people if e.id == ranked[0][1])


def contemporaries(names: Names, people: list[Entity]) -> list[Entity]:
    """Of bearers of a name in an undated text those who had a post around the time of most others whom it names: the
    Clinton of Trump's day is Hillary."""
    own = {e.id for e in people}
    surnames = {t.text for t in names.doc if t.pos_ == "PROPN" and t.text.istitle()}
    others = [
        found for surname in sorted(surnames)
        if (found := [e.id for e in names.gazetteer.surnames(surname) if e.type == PERSON and _leads(names, e)])
        and not own & set(found)
    ]  # fmt: skip
    times = {e.id: _years(names, e.id) for e in people}
    met = {
        e.id: sum(any(times[e.id] & _years(names, o) for o in found) for found in others if len(found) < _COMMON)
        for e in people
    }
    best = max(met.values())
    return [e for e in people if met[e.id] == best]


def _leads(names: Names, person: Entity) -> bool:
    return any(names.gazetteer.offices[term.office].rank == 1 for term in names.gazetteer.terms_of(person.id))


def _years(names: Names, person: str) -> set[int]:
    """The years in which somebody held or sought a post, and the one before."""
    found: set[int] = set()
    for term in names.gazetteer.terms_of(person):
        if term.start:
            first = int(term.start[:4])
            found |= set(range(first - 1, int(term.end[:4] or first + 4) + 1))
    return found


def prominence(names: Names, person: Entity) -> tuple[int, bool] | None:
    """(rank, not then in office) of the highest office near the article's date; None without one."""
    date, last = names.date, names.until or names.date
    told = "" if date else names.last_year
    found = []
    for term in names.gazetteer.terms_of(person.id):
        office = names.gazetteer.offices[term.office]
        rank = (
            office.rank - bool(office.rank == 1 and _HEADS.match(office.label)) + 9 * office.id.endswith("first-lady")
        )
        if not date or not term.start:
            # An undated text is no older than a year that it tells of: "Trump's rival in 2016".
            if not told or int(told) <= int(term.end[:4] or 9999) + 6:
                found.append((rank, True))
        elif int(term.start[:4]) - 2 <= int(last[:4]) and int(date[:4]) <= int(term.end[:4] or 9999) + 6:
            found.append((rank, not term.start <= last or bool(term.end and term.end < date)))
    return min(found, default=None)
