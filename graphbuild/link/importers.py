"""Authority files that users have, turned into a gazetteer folder that is read beside the shipped one.

Popolo JSON (parlparse, EveryPolitician), one person a line as JSONL, congress-legislators YAML or JSON, results of the
Wikidata query service as CSV or JSON, and plain CSV. A folder of such files is read as one: the people of one file
and the posts of another meet by the source's ids.
"""

import csv
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from graphbuild.errors import OntologyError
from graphbuild.link.gazetteer import load_gazetteer
from graphbuild.link.gazetteer_files import write_tables
from graphbuild.link.import_tables import Collector, Tables, text, wikidata

Record = dict[str, Any]
SUFFIXES = (".json", ".jsonl", ".yaml", ".yml", ".csv")
# Column of a plain or Wikidata CSV, folded to letters -> what it is.
_COLUMNS = {
    "id": ("id", "personid", "item", "person", "politician", "human", "wikidataid", "qid", "uri"),
    "name": ("name", "itemlabel", "personlabel", "politicianlabel", "humanlabel", "label", "fullname"),
    "aliases": ("aliases", "alias", "othernames", "itemaltlabel", "personaltlabel", "altlabel", "nickname"),
    "gender": ("gender", "sex", "genderlabel", "sexlabel", "sexorgenderlabel"),
    "party": ("party", "partylabel", "group", "grouplabel", "parlparty", "politicalparty", "toparty"),
    "country": ("country", "countrycode", "iso", "iso2"),
    "wikidata": ("wikidata", "wikidataid", "qid", "item", "person", "politician", "human", "uri"),
    "role": ("role", "office", "position", "post", "positionlabel", "officelabel", "rolelabel", "postlabel"),
    "start": ("start", "startdate", "from", "starttime", "date"),
    "end": ("end", "enddate", "to", "until", "endtime"),
}


def import_gazetteer(path: Path, out: Path) -> dict[str, int]:
    """Read an authority file, or a folder of them, and write the gazetteer folder ``out``.

    Returns how many rows each table has and how many entries were skipped. Raises OntologyError when the file is of
    no known format or has no people.
    """
    tables, skipped = read_authority(path)
    write_tables(tables, out)
    return {name: len(rows) for name, rows in tables.items()} | {"skipped": len(skipped)}


def read_authority(path: Path) -> tuple[Tables, list[str]]:
    """(tables, sentences on what was skipped)."""
    if path.is_dir():
        files = sorted(p for p in path.iterdir() if p.suffix.lower() in SUFFIXES)
    elif path.is_file():
        files = [path]
    else:
        raise OntologyError(f"gazetteer import: {path} does not exist")
    collector = Collector(load_gazetteer())
    for file in files:
        _read_file(file, collector, alone=len(files) == 1)
    if not collector.people:
        raise OntologyError(
            f"gazetteer import: {path} has no people with names; give the folder when its people are in another file"
        )
    tables = collector.tables()
    return tables, collector.skipped


def _read_file(file: Path, collector: Collector, alone: bool) -> None:
    suffix = file.suffix.lower()
    try:
        if suffix == ".csv":
            with file.open(encoding="utf-8-sig", newline="") as stream:
                reader = csv.DictReader(stream)
                _read_rows(file, reader, reader.fieldnames or (), collector)
            return
        if suffix == ".jsonl":
            lines = file.read_text(encoding="utf-8-sig").splitlines()
            data: Any = [json.loads(line) for line in lines if line.strip()]
        elif suffix == ".json":
            data = json.loads(file.read_text(encoding="utf-8-sig"))
        elif suffix in (".yaml", ".yml"):
            loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
            data = yaml.load(file.read_text(encoding="utf-8-sig"), Loader=loader)
        else:
            raise OntologyError(f"gazetteer import: {file.name} ends in {suffix!r}; allowed are {', '.join(SUFFIXES)}")
    except (UnicodeDecodeError, ValueError, yaml.YAMLError, csv.Error) as error:
        raise OntologyError(f"gazetteer import: {file.name} cannot be read as {suffix[1:]}: {error}") from error
    if not _read_data(file, data, collector):
        problem = f"{file.name} is neither Popolo, congress-legislators nor Wikidata query results"
        if alone:
            raise OntologyError(f"gazetteer import: {problem}")
        collector.skipped.append(problem)


def _read_data(file: Path, data: Any, collector: Collector) -> bool:
    """Read parsed JSON or YAML; False when it is of no known format."""
    if isinstance(data, dict) and "results" in data and isinstance(data["results"], dict):
        bindings = data["results"].get("bindings", [])
        rows = [{key: cell.get("value", "") for key, cell in row.items()} for row in bindings]
        _read_rows(file, rows, dict.fromkeys(key for row in rows for key in row), collector)
    elif isinstance(data, dict) and ("persons" in data or "memberships" in data):
        read_popolo(data, collector)
    elif isinstance(data, list) and data and all(isinstance(entry, dict) for entry in data):
        first = data[0]
        if isinstance(first.get("name"), dict) and "terms" in first:
            read_legislators(data, collector)
        elif "person_id" in first:
            read_popolo({"memberships": data}, collector)
        elif "names" in first or "other_names" in first or "memberships" in first:
            nested = [m | {"person_id": p.get("id")} for p in data for m in p.get("memberships", ())]
            read_popolo({"persons": data, "memberships": nested}, collector)
        elif "name" in first and "partyfacts_id" not in first:
            _read_rows(file, data, dict.fromkeys(key for row in data for key in row), collector)
        else:
            return False
    else:
        return False
    return True


def read_popolo(data: Record, collector: Collector) -> None:
    """People, parties and memberships of a Popolo file (https://www.popoloproject.com/specs/)."""
    organisations = {text(o.get("id")): o for o in data.get("organizations", ())}
    posts = {text(p.get("id")): p for p in data.get("posts", ())}
    for key, organisation in organisations.items():
        if organisation.get("classification") == "party":
            other = [text(n.get("name")) for n in organisation.get("other_names", ())]
            collector.add_party(key, text(organisation.get("name")), other, _identifier(organisation))
    for person in data.get("persons", ()):
        names = list(_popolo_names(person))
        gender = text(person.get("gender"))
        if names:
            collector.add_person(text(person.get("id")), names[0], names[1:], gender, "", _identifier(person))
        else:
            collector.skipped.append(f"person {person.get('id')!r}: there is no name")
    for membership in data.get("memberships", ()):
        people = membership.get("person_id")
        post = posts.get(text(membership.get("post_id")), {})
        organisation_id = text(membership.get("organization_id"))
        party = text(membership.get("on_behalf_of_id")) or text(membership.get("party"))
        if not party and organisations.get(organisation_id, {}).get("classification") == "party":
            party = organisation_id
        role = text(membership.get("role")) or text(post.get("role")) or ""
        role = role.removeprefix("The ").removeprefix("the ")
        dates = membership.get("start_date"), membership.get("end_date")
        body = text(organisations.get(organisation_id, {}).get("name")) or organisation_id.replace("-", " ")
        # "Secretary of State" or "Chair" alone is a post only together with its department or committee.
        named = f"{role} ({body})" if role in _INCOMPLETE and body else role
        for person_id in people if isinstance(people, list) else [people]:
            key = text(person_id)
            if party:
                collector.add_membership(key, party, *dates)
            if named:
                collector.add_term(key, named, *dates)


_INCOMPLETE = frozenset(
    "Secretary of State|Shadow Secretary of State|Chair|Chairman|Leader|Minister|Shadow Minister|Minister of State"
    "|Chief Whip|Deputy Leader|Spokesperson|Deputy Chief Whip|Parliamentary Under-Secretary|Whip".split("|")
)


def _popolo_names(person: Record) -> Iterator[str]:
    """Names of a Popolo person, the main one first: whole names, or given and family name, or a peer's title."""
    plain = re.sub(r"\s*\([^)]*\)$", "", text(person.get("name")))
    if plain:
        yield plain
    for part in (*person.get("other_names", ()), *person.get("names", ()), person):
        given, family = text(part.get("given_name")), text(part.get("family_name"))
        lord, of = text(part.get("lordname")), text(part.get("lordofname"))
        if text(part.get("name")) and part is not person:
            yield text(part.get("name"))
        if given and family:
            yield f"{given} {family}"
            if " " in given:
                yield f"{given.split()[0]} {family}"
        elif given and lord and not plain:
            yield f"{given.split()[0]} {lord}"
        prefix = text(part.get("honorific_prefix")) or "Lord"
        if lord:
            yield f"{prefix} {lord}"
        if of:
            yield f"{prefix} {lord} of {of}".replace("  ", " ")


def _identifier(thing: Record) -> str:
    """The Wikidata id among a Popolo object's identifiers (a list of schemes, or a mapping)."""
    identifiers = thing.get("identifiers") or ()
    pairs = (
        identifiers.items()
        if isinstance(identifiers, dict)
        else ((i.get("scheme"), i.get("identifier")) for i in identifiers)
    )
    return next((wikidata(v) for k, v in pairs if k == "wikidata"), "") or wikidata(thing.get("wikidata"))


_CHAMBERS = {"prez": "president of the United States", "viceprez": "vice president of the United States"}


def read_legislators(data: list[Record], collector: Collector) -> None:
    """Members of congress, presidents and vice presidents (https://github.com/unitedstates/congress-legislators)."""
    for entry in data:
        name, ids, bio = entry.get("name", {}), entry.get("id", {}), entry.get("bio", {})
        first, last = text(name.get("first")), text(name.get("last"))
        key = text(ids.get("bioguide")) or text(ids.get("govtrack")) or f"{first} {last}"
        whole, suffix = text(name.get("official_full")), text(name.get("suffix"))
        usual = f"{text(name.get('nickname')) or first} {last}".strip()
        aliases = [f"{first} {last}", usual, whole, f"{first} {last} {suffix}" if suffix else ""]
        best = f"{usual} {suffix}" if suffix else usual
        collector.add_person(key, best, aliases, text(bio.get("gender")), "US", wikidata(ids.get("wikidata")))
        for term in entry.get("terms", ()):
            if party := text(term.get("party")):
                collector.add_membership(key, f"{party} Party", term.get("start"), term.get("end"))
            if role := _CHAMBERS.get(text(term.get("type"))):
                collector.add_term(key, role, term.get("start"), term.get("end"))
        for role in entry.get("leadership_roles", ()):
            chamber = text(role.get("chamber")).capitalize()
            collector.add_term(key, f"{chamber} {text(role.get('title'))}", role.get("start"), role.get("end"))


def _read_rows(file: Path, rows: Iterable[Record], header: Iterable[str], collector: Collector) -> None:
    """Rows of a CSV table or of Wikidata query results: one person, membership or post a row."""
    folded = {re.sub(r"[^a-z0-9]", "", column.casefold()): column for column in header if column}
    columns = {what: [folded[name] for name in names if name in folded] for what, names in _COLUMNS.items()}
    if not columns["name"]:
        raise OntologyError(
            f"gazetteer import: {file.name} has the columns {', '.join(folded.values())}; one must be a name, such as "
            "name or personLabel"
        )
    for number, row in enumerate(rows, start=2):
        cell = {
            what: next((text(row.get(c)) for c in found if text(row.get(c))), "") for what, found in columns.items()
        }
        name = re.sub(r"\s*\([^)]*\)$", "", cell["name"])
        if not name or wikidata(name) == name:
            collector.skipped.append(f"{file.name}, line {number}: there is no name")
            continue
        raw = next((str(row[c]) for c in columns["aliases"] if row.get(c)), "")
        aliases = [part for part in (text(a) for a in re.split(r"[|;]", raw)) if part]
        key = cell["id"] or name
        collector.add_person(key, name, aliases, cell["gender"], cell["country"], wikidata(cell["wikidata"]))
        collector.add_membership(key, cell["party"], cell["start"], cell["end"])
        if cell["role"]:
            collector.add_term(key, cell["role"], cell["start"], cell["end"])
