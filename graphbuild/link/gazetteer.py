"""Who is known: people, parties, bodies, countries, offices and their dated holders, read from CSV files.

The shipped files are in ontologies/gazetteer/; folders in the same format (for example written by
``graphbuild gazetteer import``) are read beside them. Every lookup is by dictionary, so that its cost does not grow
with the number of people. Names are compared folded: without case, accents, apostrophes and hyphens.
"""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from graphbuild.errors import OntologyError
from graphbuild.link.gazetteer_files import TABLES, Row, fold, read_table, split
from graphbuild.link.judgements import Judgements, judged
from graphbuild.model import ORGANISATION, PERSON, PHRASE, PLACE, Entity
from graphbuild.ontology import ontologies_dir
from graphbuild.vocab import slug

__all__ = ["Body", "Gazetteer", "Office", "Party", "PersonInfo", "Term", "fold", "load_gazetteer"]
_PARTICLES = frozenset("de del della di da dos du la le van von der den ter al el bin ap st".split())
_PEERAGES = ("lord ", "lady ", "baron ", "baroness ", "viscount ", "earl ")


@dataclass(frozen=True, slots=True)
class PersonInfo:
    """What is known of a person: gender "m", "f" or "", ISO country code or "", id of the party entity or ""."""

    gender: str
    country: str
    party: str


_NOBODY = PersonInfo("", "", "")


@dataclass(frozen=True, slots=True)
class Party:
    """A party with the words that stand for it: adjectives ("Tory"), nouns for its members ("Tories")."""

    entity: Entity
    adjectives: tuple[str, ...]
    members: tuple[str, ...]
    country: str
    colour: str


@dataclass(frozen=True, slots=True)
class Body:
    """A government, parliament, union, newspaper ...; ``kind`` is one of those in bodies.csv, or "country"."""

    entity: Entity
    kind: str
    country: str
    adjectives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Office:
    """A post that a person holds from a date to a date. ``body`` is the id of the party or body it belongs to;
    ``rank`` tells well-known offices (1) from lesser ones; ``seats`` is how many hold it at once."""

    id: str
    label: str
    aliases: tuple[str, ...]
    country: str
    body: str
    rank: int
    seats: int


@dataclass(frozen=True, slots=True)
class Term:
    """One holder of an office, one membership of a party, or one candidate of a contest: ISO dates at known precision, "" for unknown or open."""

    office: str
    person: str
    start: str
    end: str
    acting: bool = False


@dataclass(slots=True)
class Gazetteer:
    """The tables, indexed. Build it with load_gazetteer; treat it as read-only.

    All ids are entity ids ("person/keir-starmer", "organisation/labour-party") except those of offices.
    """

    entities: dict[str, Entity] = field(default_factory=dict)
    people: dict[str, PersonInfo] = field(default_factory=dict)
    parties: dict[str, Party] = field(default_factory=dict)
    bodies: dict[str, Body] = field(default_factory=dict)
    offices: dict[str, Office] = field(default_factory=dict)
    terms: dict[str, list[Term]] = field(default_factory=dict)
    # Human judgements: id -> the id that stays in its place, what that is called, and pairs that are not one.
    stays: dict[str, str] = field(default_factory=dict)
    called: dict[str, str] = field(default_factory=dict)
    apart: frozenset[frozenset[str]] = frozenset()
    _memberships: dict[str, list[Term]] = field(default_factory=dict)
    _by_person: dict[str, list[Term]] = field(default_factory=dict)
    _candidacies: dict[str, list[Term]] = field(default_factory=dict)
    _names: dict[str, dict[str, None]] = field(default_factory=dict)
    _surnames: dict[str, dict[str, None]] = field(default_factory=dict)
    # Filled on first use by roles.py.
    role_index: dict[str, list[str]] = field(default_factory=dict)
    country_words: dict[str, str] = field(default_factory=dict)

    def candidates(self, name: str) -> list[Entity]:
        """Everybody and everything with this full name or alias, in the order of the files; [] when there is none."""
        return [self.entities[i] for i in self._names.get(fold(name), ())]

    def surnames(self, word: str) -> list[Entity]:
        """People with this surname ("Blair", "De Piero", "Mandelson" for Lord Mandelson), the best-known first."""
        return [self.entities[i] for i in sorted(self._surnames.get(fold(word), ()), key=self._obscurity)]

    def _obscurity(self, person_id: str) -> tuple[int, int, str]:
        """Sorts holders of the great offices before others, and longer lists of offices before shorter ones."""
        terms = self._by_person.get(person_id, ())
        return min((self.offices[t.office].rank for t in terms), default=9), -len(terms), person_id

    def judged(self, entity: Entity) -> Entity:
        """The entity that stays in this one's place by same_as.csv; the same one where nobody judged it."""
        return judged(entity, self.stays, self.called, self.entities)

    def get(self, entity_id: str) -> Entity | None:
        """The entity with this id, or None."""
        return self.entities.get(entity_id)

    def person_info(self, entity_id: str) -> PersonInfo | None:
        """Gender, country and latest known party of a person, or None for an unknown id."""
        return self.people.get(entity_id)

    def country_of(self, entity_id: str) -> str:
        """ISO code of the country of a person, party or body; "" when unknown or international."""
        for table in (self.people, self.parties, self.bodies):
            if entity_id in table:
                return table[entity_id].country
        return ""

    def party_of(self, person_id: str, date: str = "") -> Entity | None:
        """The party of a person at an ISO date; their usual party when no dated membership is known."""
        terms = self._memberships.get(person_id, [])
        if date and terms:
            found = [t for t in terms if t.start[: len(date)] <= date[: len(t.start)] and date[: len(t.end)] <= t.end]
            return self.entities[found[-1].office] if found else None
        info = self.people.get(person_id)
        return self.entities.get(info.party) if info else None

    def memberships_of(self, person_id: str) -> list[Term]:
        """All dated party memberships of a person, by start; ``Term.office`` is the party's id."""
        return list(self._memberships.get(person_id, ()))

    def terms_of(self, person_id: str) -> list[Term]:
        """All terms of office of a person, by start."""
        return list(self._by_person.get(person_id, ()))

    def candidates_on(self, date: str, gone: int = 0) -> dict[str, frozenset[str]]:
        """Contest -> ids of those who stand in it on an ISO day, or with ``gone`` stood in it until so many days before,
        for the contests under way; {} for a date that is not known to the day. A contest is written as a statement
        names it: "leader of the Labour Party"."""
        if len(date) != len("2016-06-26"):
            return {}
        until = (datetime.date.fromisoformat(date) - datetime.timedelta(days=gone)).isoformat()
        return {
            contest: frozenset(t.person for t in terms if t.start <= date and until <= t.end)
            for contest, terms in self._candidacies.items()
            if any(t.start <= date <= t.end for t in terms)
        }

    def names(self) -> Iterator[tuple[str, Entity, str]]:
        """(surface, entity, kind) of every name, for a phrase matcher.

        kind: person, party, party_adjective, party_members, country, country_adjective, office (a post), or body.
        """
        for entity_id in self.people:
            yield from ((s, self.entities[entity_id], "person") for s in _surfaces(self.entities[entity_id]))
        for party in self.parties.values():
            yield from ((s, party.entity, "party") for s in _surfaces(party.entity))
            yield from ((s, party.entity, "party_adjective") for s in party.adjectives)
            yield from ((s, party.entity, "party_members") for s in party.members)
        for body in self.bodies.values():
            kind = "country" if body.kind == "country" else "body"
            yield from ((s, body.entity, kind) for s in _surfaces(body.entity))
            yield from ((s, body.entity, f"{kind}_adjective") for s in body.adjectives)
        for office in self.offices.values():
            entity = Entity(f"phrase/{slug(office.label)}", office.label, PHRASE)
            yield from ((s, entity, "office") for s in (office.label, *office.aliases))


def _surfaces(entity: Entity) -> tuple[str, ...]:
    return (entity.name, *entity.aliases)


def load_gazetteer(paths: Sequence[Path] = (), directory: Path | None = None) -> Gazetteer:
    """The shipped gazetteer and, in order, those in ``paths`` (folders of CSV files in the same format).

    ``directory`` replaces the shipped folder. Raises OntologyError naming file, line, key and value for a row that
    cannot be used.
    """
    gazetteer, judgements = Gazetteer(), Judgements()
    for folder in (directory or ontologies_dir() / "gazetteer", *paths):
        if not folder.is_dir():
            raise OntologyError(f"gazetteer: {folder} is not a folder of CSV files such as people.csv")
        tables = {name: list(read_table(folder / f"{name}.csv", name)) for name in TABLES}
        if not any(tables.values()):
            raise OntologyError(f"gazetteer: {folder} has none of the files {', '.join(f'{n}.csv' for n in TABLES)}")
        judgements.add(folder, tables["same_as"], tables["different_from"])
        gazetteer.apart = judgements.apart()
        _add(gazetteer, folder, tables)
    gazetteer.stays, gazetteer.called = judgements.stays()
    _make_one(gazetteer)
    for terms in (gazetteer.terms, gazetteer._by_person, gazetteer._memberships):
        for found in terms.values():
            found.sort(key=lambda term: (term.start, term.end or "9999"))
    _index_names(gazetteer)
    return gazetteer


def _add(gazetteer: Gazetteer, folder: Path, tables: dict[str, list[Row]]) -> None:
    """Add the tables of one folder. A row of somebody known adds aliases and a Wikidata id to that node."""
    renamed: dict[str, str] = {}
    _add_organisations(gazetteer, tables, renamed)
    known = _people_by_name(gazetteer)
    for row in tables["people"]:
        party = f"organisation/{renamed.get(row['party'], row['party'])}" if row["party"] else ""
        if party and party not in gazetteer.parties:
            raise _unknown(folder, "people", row, "party")
        if known and (same := _same_person(gazetteer, known, row, party)):
            renamed[row["id"]] = same.partition("/")[2]
            row = row | {"id": renamed[row["id"]]}
        name = gazetteer.entities[party].name if party else ""
        entity = _entity(gazetteer, "person", PERSON, row, renamed, party=name, what="politician")
        old = gazetteer.people.get(entity.id, _NOBODY)
        gazetteer.people[entity.id] = PersonInfo(
            old.gender or row["gender"], old.country or row["country"], old.party or party
        )
    for row in tables["offices"]:
        rank, seats = (int(row[key]) if row[key].isdigit() else default for key, default in (("rank", 3), ("seats", 1)))
        body = renamed.get(row["body"], row["body"])
        if body and f"organisation/{body}" not in gazetteer.entities:
            raise _unknown(folder, "offices", row, "body")
        body = f"organisation/{body}" if body else ""
        office = Office(row["id"], row["label"], split(row["aliases"]), row["country"], body, rank, seats)
        gazetteer.offices.setdefault(office.id, office)
    for row in tables["holders"]:
        if row["office"] not in gazetteer.offices:
            raise _unknown(folder, "holders", row, "office")
        term = _term(gazetteer, folder, "holders", row, row["office"], renamed)
        gazetteer.terms.setdefault(term.office, []).append(term)
        gazetteer._by_person.setdefault(term.person, []).append(term)
    for row in tables["memberships"]:
        party = f"organisation/{renamed.get(row['party'], row['party'])}"
        if party not in gazetteer.parties:
            raise _unknown(folder, "memberships", row, "party")
        term = _term(gazetteer, folder, "memberships", row, party, renamed)
        gazetteer._memberships.setdefault(term.person, []).append(term)
    for row in tables["candidacies"]:
        term = _term(gazetteer, folder, "candidacies", row, row["contest"], renamed)
        gazetteer._candidacies.setdefault(term.office, []).append(term)


def _make_one(gazetteer: Gazetteer) -> None:
    """Give what is known of an id that same_as.csv puts another in place of to that other one."""

    def kept(given: str) -> str:
        return gazetteer.stays.get(given, given)

    gone = [given for given in gazetteer.stays if given in gazetteer.entities]
    if not gone:
        return
    for given in gone:
        old = gazetteer.entities.pop(given)
        gazetteer.entities[kept(given)] = _joined(gazetteer, gazetteer.entities.get(kept(given)), old, kept(given))
        if given in gazetteer.people:
            new, info = gazetteer.people.get(kept(given), _NOBODY), gazetteer.people.pop(given)
            gazetteer.people[kept(given)] = PersonInfo(
                new.gender or info.gender, new.country or info.country, new.party or info.party
            )
        if given in gazetteer.parties:
            gazetteer.parties.setdefault(kept(given), gazetteer.parties.pop(given))
        if given in gazetteer.bodies:
            gazetteer.bodies.setdefault(kept(given), gazetteer.bodies.pop(given))
    for person, info in gazetteer.people.items():
        gazetteer.people[person] = replace(info, party=kept(info.party))
    for office in gazetteer.offices.values():
        gazetteer.offices[office.id] = replace(office, body=kept(office.body))
    for table in (gazetteer.terms, gazetteer._by_person, gazetteer._memberships, gazetteer._candidacies):
        moved: dict[str, list[Term]] = {}
        for key, terms in table.items():
            moved.setdefault(kept(key), []).extend(
                replace(t, person=kept(t.person), office=kept(t.office)) for t in terms
            )
        table.clear()
        table.update(moved)


def _joined(gazetteer: Gazetteer, entity: Entity | None, old: Entity, kept: str) -> Entity:
    """One entity of what two rows say."""
    both = [old] if entity is None else [entity, old]
    name = gazetteer.called.get(kept, both[0].name)
    surfaces = dict.fromkeys(s for e in both for s in _surfaces(e))
    return replace(
        both[0], id=kept, name=name, aliases=tuple(s for s in surfaces if s != name),
        same_as=next((e.same_as for e in both if e.same_as), ()), party=next((e.party for e in both if e.party), ""),
    )  # fmt: skip


def _add_organisations(gazetteer: Gazetteer, tables: dict[str, list[Row]], renamed: dict[str, str]) -> None:
    """Add parties, bodies and countries."""
    for row in tables["parties"]:
        entity = _entity(gazetteer, "organisation", ORGANISATION, row, renamed, what="party")
        party = Party(entity, split(row["adjectives"]), split(row["members"]), row["country"], row["colour"])
        gazetteer.parties.setdefault(entity.id, party)
    for row in tables["bodies"]:
        entity = _entity(gazetteer, "organisation", ORGANISATION, row, renamed, what=row["kind"])
        gazetteer.bodies.setdefault(entity.id, Body(entity, row["kind"], row["country"]))
    for row in tables["countries"]:
        entity = _entity(gazetteer, "place", PLACE, row, renamed, what="country")
        gazetteer.bodies.setdefault(entity.id, Body(entity, "country", row["code"], split(row["adjectives"])))


def _people_by_name(gazetteer: Gazetteer) -> dict[str, list[str]]:
    """Full names, without titles and bare surnames, of the people of the folders read so far."""
    known: dict[str, list[str]] = {}
    for entity_id in gazetteer.people:
        for name in _full_names(_surfaces(gazetteer.entities[entity_id])):
            known.setdefault(name, []).append(entity_id)
    return known


def _full_names(surfaces: Iterable[str]) -> list[str]:
    folded = dict.fromkeys(fold(surface) for surface in surfaces)
    return [name for name in folded if " " in name and not name.startswith(_PEERAGES)]


def _same_person(gazetteer: Gazetteer, known: dict[str, list[str]], row: Row, party: str) -> str:
    """The one known person with a name of this row whose country, party and Wikidata id do not contradict it, or ""."""
    found = set()
    for name in _full_names((row["name"], *split(row["aliases"]))):
        for entity_id in known.get(name, ()):
            info, entity = gazetteer.people[entity_id], gazetteer.entities[entity_id]
            pairs = ((info.country, row["country"]), (info.party, party), ("".join(entity.same_as), row["wikidata"]))
            told_apart = frozenset((entity_id, f"person/{row['id']}")) in gazetteer.apart
            if not told_apart and not any(a and b and a != b for a, b in pairs):
                found.add(entity_id)
    return found.pop() if len(found) == 1 else ""


def _unknown(folder: Path, table: str, row: Row, key: str) -> OntologyError:
    return OntologyError(
        f"{folder.name}/{table}.csv, line {row['line']}: {key} {row[key]!r} is not an id of any file read so far"
    )


def _term(gazetteer: Gazetteer, folder: Path, table: str, row: Row, target: str, renamed: dict[str, str]) -> Term:
    person = f"person/{renamed.get(row['person'], row['person'])}"
    if person not in gazetteer.people:
        raise _unknown(folder, table, row, "person")
    return Term(target, person, row["start"], row["end"], row.get("note") == "acting")


def _entity(
    gazetteer: Gazetteer, kind: str, type_: str, row: Row, renamed: dict[str, str], party: str = "", what: str = ""
) -> Entity:
    """The entity of a row: new, or the known one of that id with the row's aliases added."""
    same_as: tuple[str, ...] = (row["wikidata"],) if row.get("wikidata") else ()
    entity_id = f"{kind}/{row['id']}"
    old = gazetteer.entities.get(entity_id)
    aliases = split(row["aliases"])
    if old is not None:
        if old.same_as and same_as and old.same_as != same_as:
            # Two people with one name: the later one keeps its own node.
            renamed[row["id"]] = f"{row['id']}--{same_as[0].lower()}"
            entity_id, old = f"{entity_id}--{same_as[0].lower()}", None
        else:
            name = () if row["name"] == old.name else (row["name"],)
            aliases = tuple(dict.fromkeys((*old.aliases, *name, *aliases)))
            same_as, party = old.same_as or same_as, old.party or party
    entity = Entity(entity_id, old.name if old else row["name"], type_, aliases, same_as, party, what)
    gazetteer.entities[entity_id] = entity
    return entity


def _index_names(gazetteer: Gazetteer) -> None:
    names, surnames = gazetteer._names, gazetteer._surnames
    for entity_id, entity in gazetteer.entities.items():
        folded = [fold(surface) for surface in _surfaces(entity)]
        for key in folded:
            names.setdefault(key, {})[entity_id] = None
        if entity.type == PERSON:
            for surface, key in zip(_surfaces(entity), folded, strict=True):
                for surname in _surnames_of(surface, key):
                    surnames.setdefault(surname, {})[entity_id] = None
    for entity_id, party in gazetteer.parties.items():
        entity = gazetteer.entities[entity_id]
        if entity is not party.entity:
            party = gazetteer.parties[entity_id] = Party(
                entity, party.adjectives, party.members, party.country, party.colour
            )
        for surface in (*party.adjectives, *party.members):
            names.setdefault(fold(surface), {})[entity_id] = None
    for entity_id, body in gazetteer.bodies.items():
        gazetteer.bodies[entity_id] = Body(gazetteer.entities[entity_id], body.kind, body.country, body.adjectives)


def _surnames_of(surface: str, folded: str) -> Iterable[str]:
    """The folded surnames in one name: last word, with its particles, and both forms of a double-barrelled one."""
    for title in _PEERAGES:
        if folded.startswith(title):
            folded, surface = folded.removeprefix(title), surface.partition(" ")[2]
            if " of " in folded:
                yield folded.partition(" of ")[0]
            break
    words = folded.split()
    if not words:
        return
    if words[-1] in ("jr", "sr", "ii", "iii") and len(words) > 2:
        words.pop()
        surface = surface.rpartition(" ")[0]
    last = surface.split()[-1]
    hyphens = len(fold(last).split())
    tail = " ".join(words[-hyphens:])
    yield tail
    first = len(words) - hyphens
    while first > 1 and words[first - 1] in _PARTICLES:
        first -= 1
    if first != len(words) - hyphens:
        yield " ".join(words[first:])
