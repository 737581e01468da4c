"""Identity over a corpus: namesakes told apart by party and seat, and the time that the articles span.

People whom the gazetteer does not know are one when their full names are. Where articles give bearers of one name
different parties, or different seats in adjoining years, they are two: person/jane-doe--of-labour-party and
person/jane-doe--of-conservative-party; articles that give neither keep person/jane-doe, since nothing tells whose they
are. Somebody whom one article gives two parties or seats changed them. All of this depends on the set of articles only.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from graphbuild.link.gazetteer import Gazetteer
from graphbuild.model import PERSON, Article, Entity, Statement
from graphbuild.vocab import slug

_SEAT = re.compile(r"(?:MP|MSP|MS|MEP|TD|MLA|MPP|member of parliament|senator|representative|governor|mayor) (?:for|of|from) (.+)", re.I)  # fmt: skip
_PLACELESS = frozenset("the of and for in north south east west central city upon on under".split())
_TOLD_APART = re.compile(r"--of-[a-z0-9-]+$")


_TELLING = frozenset(["member_of", "joins", "leaves", "holds_role"])


@dataclass(slots=True)
class _Told:
    """What one article tells of one person."""

    parties: set[str] = field(default_factory=set)
    seats: set[str] = field(default_factory=set)


def widened(span: tuple[str, str], date: str) -> tuple[str, str]:
    """The first and last day of a time, widened to a date known to the day, month or year; ("", "") is no time.

    >>> widened(widened(("", ""), "2016-06-26"), "2016-07")
    ('2016-06-26', '2016-07-31')
    """
    found = re.match(r"\d{4}(-\d\d){0,2}", date)
    if not found:
        return span
    first, last = (found[0] + rest[len(found[0]) - 4 :] for rest in ("-01-01", "-12-31"))
    return min(span[0] or first, first), max(span[1], last)


class Namesakes:
    """Tells the namesakes of a corpus apart: ``add`` every article, then ``told_apart`` gives their statements.

    Statements in any state will do: what was told apart before is judged anew. Only what the articles say of people
    whom the gazetteer does not know stays in memory.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._told: dict[str, dict[str, _Told]] = defaultdict(lambda: defaultdict(_Told))
        self._years: dict[str, int] = {}
        self._apart: dict[tuple[str, str], str] | None = None

    def add(self, article: Article, statements: Iterable[Statement]) -> None:
        """Note what an article tells of people."""
        self._years[article.id] = int(year[0]) if (year := re.match(r"\d{4}", article.date)) else 0
        for s in statements:
            if s.relation in _TELLING and _unknown(s.subject, self._gazetteer):
                _note(self._told[_plain(s.subject.id)][article.id], s, self._gazetteer)

    def told_apart(self, article: Article, statements: Iterable[Statement]) -> list[Statement]:
        """The statements of one of the articles with the ids of namesakes made different, and people's judgements on
        those ids applied."""
        if self._apart is None:
            self._apart = {
                (given, person): qualifier for person, told_by in self._told.items()
                for given, qualifier in _qualifiers(told_by, self._years).items()
            }  # fmt: skip
        return [_renamed(s, article.id, self._apart, self._gazetteer) for s in statements]


def _unknown(entity: Entity, gazetteer: Gazetteer) -> bool:
    return entity.type == PERSON and " " in entity.name and entity.id not in gazetteer.people


def _plain(entity_id: str) -> str:
    return _TOLD_APART.sub("", entity_id)


def _note(told: _Told, statement: Statement, gazetteer: Gazetteer) -> None:
    if statement.object is None or statement.polarity != "positive" or statement.modality != "actual":
        return
    if statement.relation != "holds_role" and statement.object.id in gazetteer.parties:
        told.parties.add(statement.object.id.partition("/")[2])
    elif statement.relation == "holds_role" and (seat := _SEAT.match(statement.object.name)):
        told.seats.add(slug(seat[1]))


def _qualifiers(told_by: dict[str, _Told], years_of: Mapping[str, int]) -> dict[str, str]:
    """Id of an article -> what tells its bearer of the name apart; {} when all may be one."""
    parties = _groups([told.parties for told in told_by.values()])
    out: dict[str, str] = {}
    buckets: dict[str, list[str]] = defaultdict(list)
    for index, told in told_by.items():
        party = parties[min(told.parties)] if told.parties and len(set(parties.values())) > 1 else ""
        buckets[party].append(index)
        if party:
            out[index] = party
    for party, indexes in buckets.items():
        here = {i: told_by[i].seats for i in indexes if told_by[i].seats}
        seats = _groups([*here.values(), *_one_place(here.values())])
        years: dict[str, set[int]] = defaultdict(set)
        for index, names in here.items():
            years[seats[min(names)]].add(years_of[index])
        at_once = {
            group for group, when in years.items()
            if any(other != group and abs(a - b) < 2 for other, then in years.items() for a in when for b in then)
        }  # fmt: skip
        for index, names in here.items():
            if seats[min(names)] in at_once:
                out[index] = "-".join(part for part in (party, seats[min(names)]) if part)
    return out


def _groups(sets: Iterable[Collection[str]]) -> dict[str, str]:
    """Value -> the first value of its group; values that stand in one set are of one group."""
    first: dict[str, str] = {}
    for values in sets:
        known = {first.get(v, v) for v in values}
        for value in [*values, *(v for v, f in first.items() if f in known)]:
            first[value] = min(known)
    return first


def _one_place(seats: Iterable[Collection[str]]) -> list[set[str]]:
    """Pairs of seats that share a word that names a place: "bolton-north-east" and "bolton"."""
    names = sorted({name for found in seats for name in found})
    words = {name: set(name.split("-")) - _PLACELESS for name in names}
    return [{a, b} for a in names for b in names if a < b and words[a] & words[b]]


def _renamed(statement: Statement, index: str, apart: Mapping[tuple[str, str], str], gazetteer: Gazetteer) -> Statement:
    def one(entity: Entity | None) -> Entity | None:
        if entity is None or not _unknown(entity, gazetteer):
            return entity
        plain = _plain(entity.id)
        qualifier = apart.get((index, plain), "")
        wanted = f"{plain}--of-{qualifier}" if qualifier else plain
        return gazetteer.judged(entity if wanted == entity.id else replace(entity, id=wanted))

    subject, obj, source = one(statement.subject), one(statement.object), one(statement.source)
    if subject is None or (subject is statement.subject and obj is statement.object and source is statement.source):
        return statement
    return replace(statement, subject=subject, object=obj, source=source)
