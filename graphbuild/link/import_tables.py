"""Collects what an authority file says about people, parties and posts into the tables of a gazetteer.

People keep the source's identity: two entries of one name stay two people. Parties that the shipped gazetteer knows
get its ids, so that "Labour" in an imported file is the shipped Labour Party.
"""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from graphbuild.link.gazetteer import Gazetteer
from graphbuild.link.gazetteer_files import Row, fold
from graphbuild.vocab import slug

Tables = dict[str, list[Row]]

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_WIKIDATA = re.compile(r"Q[1-9]\d*$")
_NO_PARTY = frozenset(
    "crossbench|non affiliated|non attached|none|other|unknown|nonpartisan|no party|speaker|deputy speaker|bishop|judge"
    "|initial presiding officer".split("|")
)
_GENDERS = {"m": "m", "male": "m", "man": "m", "f": "f", "female": "f", "woman": "f"}
# Places in a parliament are not offices that one person holds.
_SEATS = re.compile(r"^$|^(member|mp|msp|mep|mla|ms|peer|representative|senator|representante)\b", re.IGNORECASE)
# Below every shipped office, so that an imported one never takes its wording away.
_RANK = "5"


def text(value: object) -> str:
    """A cell or JSON value as text on one line; "" for null, NaN and anything that is not text or a number."""
    if isinstance(value, bool) or (isinstance(value, float) and value != value):
        return ""
    return " ".join(str(value).replace("|", " ").split()) if isinstance(value, str | int | float) else ""


def iso(value: object) -> str:
    """An ISO date at the precision given ("2019-07-24T00:00:00Z" is its day); "" for anything else."""
    match = _DATE.match(text(value))
    return match.group() if match else ""


def wikidata(value: object) -> str:
    """The Q-number at the end of an id or IRI; "" when there is none."""
    match = _WIKIDATA.search(text(value))
    return match.group() if match else ""


@dataclass(slots=True)
class Collector:
    """What has been read so far, by the source's own ids. ``skipped`` names what could not be used and why."""

    known: Gazetteer
    people: dict[str, Row] = field(default_factory=dict)
    aliases: dict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    parties: dict[str, Row] = field(default_factory=dict)
    memberships: list[tuple[str, str, str, str]] = field(default_factory=list)
    terms: list[tuple[str, str, str, str]] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)

    def add_person(
        self, key: str, name: str, aliases: list[str], gender: str = "", country: str = "", wikidata_id: str = ""
    ) -> None:
        """A person, or more about one that is known by this key."""
        if not name:
            self.skipped.append(f"person {key!r}: there is no name")
            return
        row = self.people.setdefault(key, {"name": name, "gender": "", "country": "", "wikidata": "", "party": ""})
        row["gender"] = row["gender"] or _GENDERS.get(gender.casefold(), "")
        row["country"] = row["country"] or (country.upper() if len(country) == 2 else "")
        row["wikidata"] = row["wikidata"] or wikidata_id
        self.aliases[key].update(dict.fromkeys(a for a in (name, *aliases) if a and a != row["name"]))

    def add_party(self, key: str, name: str, aliases: list[str], wikidata_id: str = "") -> None:
        """A party's name for the key that memberships use."""
        self.parties[key] = {"name": name or key, "aliases": "|".join(dict.fromkeys(aliases)), "wikidata": wikidata_id}

    def add_membership(self, person: str, party: str, start: object = "", end: object = "") -> None:
        """``person`` belonged to ``party`` (a key of add_party, or its name)."""
        name = fold(party)
        if name and name not in _NO_PARTY and not name.startswith("independent"):
            self.memberships.append((person, party, iso(start), iso(end)))

    def add_term(self, person: str, role: str, start: object = "", end: object = "") -> None:
        """``person`` held a post; seats in a parliament are left out."""
        if not _SEATS.search(role):
            self.terms.append((person, role, iso(start), iso(end)))

    def tables(self) -> Tables:
        """The tables, with ids; people without a name and terms that end before they start are skipped."""
        party_ids, country = self._party_ids()
        memberships = self._checked(self.memberships, "membership")
        usual: dict[str, str] = {}
        for person, party, _, _ in sorted(memberships, key=lambda m: (m[2], m[3] or "9999")):
            usual[person] = party_ids[party]
        ids = self._person_ids()
        people = []
        for key, row in self.people.items():
            party = usual.get(key, "")
            info = self.known.parties.get(f"organisation/{party}")
            people.append(
                row
                | {"id": ids[key], "party": party, "aliases": "|".join(self.aliases[key])}
                | {"country": row["country"] or (info.country if info else "") or country}
            )
        spans = {(ids[p], party_ids[party], start, end) for p, party, start, end in memberships}
        offices, holders = self._offices(ids, country)
        return {
            "people": people,
            "parties": self._new_parties(party_ids, country),
            "offices": offices,
            "holders": holders,
            "memberships": [
                {"person": p, "party": party, "start": s, "end": e} for p, party, s, e in sorted(spans) if s or e
            ],
        }

    def _checked(self, spans: list[tuple[str, str, str, str]], what: str) -> list[tuple[str, str, str, str]]:
        kept = []
        for person, target, start, end in spans:
            if person not in self.people:
                self.skipped.append(f"{what} of {person!r}: there is no such person in the file")
            elif start and end and end[: len(start)] < start[: len(end)]:
                self.skipped.append(f"{what} of {person!r} in {target!r}: it ends on {end}, before {start}")
            else:
                kept.append((person, target, start, end))
        return kept

    def _party_ids(self) -> tuple[dict[str, str], str]:
        """(key -> party id, the country that most of the parties are of)."""
        found: dict[str, list[str]] = {}
        for _, key, _, _ in self.memberships:
            if key not in found:
                name = self.parties[key]["name"] if key in self.parties else key
                entities = self.known.candidates(name) or self.known.candidates(f"{name}s")
                found[key] = [e.id for e in entities if e.id in self.known.parties]
        single = Counter(self.known.parties[ids[0]].country for ids in found.values() if len(ids) == 1)
        country, count = single.most_common(1)[0] if single else ("", 0)
        country = country if count * 2 > sum(map(bool, found.values())) else ""
        out = {}
        for key, ids in found.items():
            # A name that parties of several countries have is this country's, else a party of its own.
            here = ids if len(ids) == 1 else [i for i in ids if self.known.parties[i].country == country]
            name = self.parties[key]["name"] if key in self.parties else key
            out[key] = here[0].partition("/")[2] if len(here) == 1 else slug(name)
        return out, country

    def _new_parties(self, party_ids: dict[str, str], country: str) -> list[Row]:
        new: dict[str, Row] = {}
        for key, party_id in sorted(party_ids.items()):
            if f"organisation/{party_id}" not in self.known.parties:
                row = self.parties.get(key, {"name": key.replace("-", " "), "aliases": "", "wikidata": ""})
                new.setdefault(party_id, row | {"id": party_id, "country": country})
        return list(new.values())

    def _person_ids(self) -> dict[str, str]:
        """Ids made of the names; namesakes get their Wikidata id or the source's id behind theirs."""
        namesakes = Counter(slug(row["name"]) for row in self.people.values())
        ids: dict[str, str] = {}
        for key, row in self.people.items():
            name = slug(row["name"])
            ids[key] = name if namesakes[name] == 1 else f"{name}--{slug(row['wikidata'] or key)}"
        return ids

    def _offices(self, ids: dict[str, str], country: str) -> tuple[list[Row], list[Row]]:
        spans: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
        labels: dict[str, str] = {}
        for person, role, start, end in self._checked(self.terms, "term"):
            office = f"{country.lower()}-{slug(role)}" if country else slug(role)
            labels.setdefault(office, role)
            spans[office].add((ids[person], start, end))
        offices, holders = [], []
        for office, terms in spans.items():
            seats = str(_most_at_once([(s, e) for _, s, e in terms]))
            offices.append({"id": office, "label": labels[office], "country": country, "rank": _RANK, "seats": seats})
            holders += [{"office": office, "person": p, "start": s, "end": e} for p, s, e in terms]
        return offices, holders


def _most_at_once(spans: list[tuple[str, str]]) -> int:
    """How many of the spans overlap at most; a span that starts on the day another one ends does not."""
    events = sorted([(end or "9999", -1) for _, end in spans] + [(start, 1) for start, _ in spans])
    most = now = 0
    for _, step in events:
        now += step
        most = max(most, now)
    return max(most, 1)
