"""The shipped gazetteer is consistent, its lookups fold names, and folders beside it are merged without mixing people."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphbuild.errors import OntologyError
from graphbuild.link.gazetteer import Gazetteer, fold, load_gazetteer
from graphbuild.link.gazetteer_files import TABLES, read_table
from graphbuild.link.roles import terms_at
from graphbuild.ontology import ontologies_dir

SHIPPED = ontologies_dir() / "gazetteer"
DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@pytest.mark.parametrize("table", ["people", "parties", "bodies", "countries", "offices"])
def test_ids_are_unique_and_are_slugs(table: str) -> None:
    ids = [row["id"] for row in read_table(SHIPPED / f"{table}.csv", table)]
    assert len(ids) == len(set(ids))
    assert [i for i in ids if not re.fullmatch(r"[a-z0-9]+(-{1,2}[a-z0-9]+)*", i)] == []


def test_parties_and_bodies_share_no_id() -> None:
    parties = {row["id"] for row in read_table(SHIPPED / "parties.csv", "parties")}
    assert parties & {row["id"] for row in read_table(SHIPPED / "bodies.csv", "bodies")} == set()


@pytest.mark.parametrize("table", sorted(TABLES))
def test_values_are_well_formed(table: str) -> None:
    for row in read_table(SHIPPED / f"{table}.csv", table):
        assert row.get("gender", "") in ("", "m", "f"), row
        assert re.fullmatch(r"(Q[1-9]\d*)?", row.get("wikidata", "")), row
        assert re.fullmatch(r"(#[0-9A-F]{6})?", row.get("colour", "")), row
        assert re.fullmatch(r"([A-Z]{2})?", row.get("country", "")), row
        for key in ("aliases", "adjectives", "members"):
            values = row.get(key, "").split("|") if row.get(key) else []
            assert all(v and v == v.strip() for v in values), row
            assert len(values) == len(set(values)), row


@pytest.mark.parametrize("table", ["holders", "memberships"])
def test_terms_start_before_they_end(table: str) -> None:
    for row in read_table(SHIPPED / f"{table}.csv", table):
        start, end = row["start"], row["end"]
        assert all(not d or DATE.fullmatch(d) for d in (start, end)), row
        assert not (start and end) or start[: len(end)] <= end[: len(start)], row


def test_no_two_people_hold_a_single_seat_at_once(gazetteer: Gazetteer) -> None:
    overlaps = []
    for office in gazetteer.offices.values():
        terms = gazetteer.terms.get(office.id, [])
        for before, after in pairwise(terms):
            if office.seats == 1:
                shorter = min(len(before.end or after.start), len(after.start))
                if not before.end or before.end[:shorter] > after.start[:shorter]:
                    overlaps.append((before, after))
        most = max(
            (len({t.person for t in terms_at(gazetteer, office.id, t.start)}) for t in terms if len(t.start) == 10),
            default=0,
        )
        assert most <= max(office.seats, 2), office.id
    assert overlaps == []


def test_every_office_has_a_holder_and_a_reachable_wording(gazetteer: Gazetteer) -> None:
    assert [o for o in gazetteer.offices if not gazetteer.terms.get(o)] == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Keir Starmer", "Keir Starmer"),
        ("KEIR STARMER", "Keir Starmer"),
        ("Sinn Fein", "Sinn Féin"),
        ("Lord Mandelson", "Peter Mandelson"),
        ("Lord Falconer of Thoroton", "Charles Falconer"),
        ("AOC", "Alexandria Ocasio-Cortez"),
        ("Jacob Rees Mogg", "Jacob Rees-Mogg"),
        ("Michelle O’Neill", "Michelle O'Neill"),
        ("Kim Jong-un", "Kim Jong Un"),
        ("Recep Tayyip Erdogan", "Recep Tayyip Erdoğan"),
        ("Tories", "Conservative Party"),
        ("GOP", "Republican Party"),
        ("Nats", "New Zealand National Party"),
        ("No 10", "Downing Street"),
    ],
)
def test_a_name_or_alias_finds_the_one_it_names(gazetteer: Gazetteer, name: str, expected: str) -> None:
    assert expected in [e.name for e in gazetteer.candidates(name)]


def test_an_ambiguous_name_gives_all_it_may_mean(gazetteer: Gazetteer) -> None:
    countries = {gazetteer.country_of(e.id) for e in gazetteer.candidates("Labour")}
    assert {"GB", "NZ"} <= countries
    assert len(gazetteer.candidates("Angela Smith")) == 2


def test_nobody_is_found_under_an_unknown_name(gazetteer: Gazetteer) -> None:
    assert gazetteer.candidates("Zebedee Quux") == []
    assert gazetteer.surnames("Quux") == []
    assert gazetteer.get("person/zebedee-quux") is None
    assert gazetteer.person_info("person/zebedee-quux") is None


@pytest.mark.parametrize(
    ("word", "first"),
    [
        ("Blair", "Tony Blair"),
        ("De Piero", "Gloria De Piero"),
        ("Piero", "Gloria De Piero"),
        ("von der Leyen", "Ursula von der Leyen"),
        ("Rees-Mogg", "Jacob Rees-Mogg"),
        ("Falconer", "Charles Falconer"),
        ("O'Rourke", "Beto O'Rourke"),
        ("Trump", "Donald Trump"),
    ],
)
def test_a_surname_finds_the_best_known_first(gazetteer: Gazetteer, word: str, first: str) -> None:
    assert gazetteer.surnames(word)[0].name == first


@pytest.mark.parametrize(
    ("person", "date", "party"),
    [
        ("chuka-umunna", "2018-01-01", "Labour Party"),
        ("chuka-umunna", "2019-03-01", "Change UK"),
        ("chuka-umunna", "2019-07", "Liberal Democrats"),
        ("quentin-davies", "2007-06-25", "Conservative Party"),
        ("quentin-davies", "2007-06-26", "Labour Party"),
        ("arlen-specter", "2009", "Democratic Party"),
        ("tony-blair", "2003-01-01", "Labour Party"),
    ],
)
def test_the_party_is_that_of_the_day(gazetteer: Gazetteer, person: str, date: str, party: str) -> None:
    found = gazetteer.party_of(f"person/{person}", date)
    assert found is not None
    assert found.name == party


def test_somebody_between_two_parties_has_none(gazetteer: Gazetteer) -> None:
    assert gazetteer.party_of("person/jane-philpott", "2019-06-01") is None


def test_names_yields_every_kind(gazetteer: Gazetteer) -> None:
    seen = {(surface, kind, entity.name) for surface, entity, kind in gazetteer.names()}
    assert seen >= {
        ("Tory", "party_adjective", "Conservative Party"),
        ("Tories", "party_members", "Conservative Party"),
        ("Tories", "party_members", "Conservative Party of Canada"),
        ("British", "country_adjective", "United Kingdom"),
        ("BBC", "body", "BBC"),
        ("Lord Mandelson", "person", "Peter Mandelson"),
    }
    assert any((surface, kind) == ("prime minister", "office") for surface, kind, _ in seen)


@given(st.text(max_size=30))
def test_folding_twice_is_folding_once(name: str) -> None:
    assert fold(fold(name)) == fold(name)


def write(folder: Path, **tables: str) -> Path:
    folder.mkdir()
    for name, rows in tables.items():
        (folder / f"{name}.csv").write_text(rows, encoding="utf-8")
    return folder


def test_a_folder_beside_adds_people_and_aliases(tmp_path: Path) -> None:
    extra = write(
        tmp_path / "own",
        people="id,name,aliases,party,country\nted-example,Ted Example,Teddy Example,labour-party,GB\n"
        "k,Keir Starmer,Keir Rodney Starmer,labour-party,GB\n",
        offices="id,label,country\nmayor-of-exampleton,mayor of Exampleton,GB\n",
        holders="office,person,start,end\nmayor-of-exampleton,ted-example,2020-01-01,\n",
    )
    gazetteer = load_gazetteer([extra])
    assert gazetteer.candidates("Teddy Example")[0].party == "Labour Party"
    # The same name, country and party is the same person, whatever the file's own id.
    assert [e.id for e in gazetteer.candidates("Keir Rodney Starmer")] == ["person/keir-starmer"]
    assert [t.start for t in gazetteer.terms_of("person/ted-example")] == ["2020-01-01"]


def test_a_namesake_of_another_party_or_wikidata_id_stays_apart(tmp_path: Path) -> None:
    first = write(tmp_path / "first", people="id,name,wikidata\npat-doe,Pat Doe,Q101\n")
    second = write(tmp_path / "second", people="id,name,wikidata\npat-doe,Pat Doe,Q102\n")
    other = write(tmp_path / "other", people="id,name,party,country\nkeir-2,Keir Starmer,conservative-party,GB\n")
    gazetteer = load_gazetteer([first, second, other])
    assert sorted(e.same_as for e in gazetteer.candidates("Pat Doe")) == [("Q101",), ("Q102",)]
    assert len(gazetteer.candidates("Keir Starmer")) == 2


@pytest.mark.parametrize(
    ("table", "rows", "message"),
    [
        ("people", "id,name,shoe\na,b,c\n", "shoe"),
        ("people", "name\nAnn Example\n", "id"),
        ("people", "id,name\na,\n", "line 2: name is empty"),
        ("people", "id,name,party\na,Ann Example,party-of-nobody\n", "party-of-nobody"),
        ("holders", "office,person\nuk-prime-minister,nobody-at-all\n", "nobody-at-all"),
        ("holders", "office,person\nking-of-nowhere,tony-blair\n", "king-of-nowhere"),
        ("memberships", "person,party\ntony-blair,nobodys-party\n", "nobodys-party"),
        ("offices", "id,label,body\nx,x,bodiless\n", "bodiless"),
    ],
)
def test_a_row_that_cannot_be_used_is_named(tmp_path: Path, table: str, rows: str, message: str) -> None:
    folder = write(tmp_path / "own", **{table: rows})
    with pytest.raises(OntologyError, match=re.escape(message)):
        load_gazetteer([folder])


def test_a_folder_that_is_none_is_named(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match="absent"):
        load_gazetteer([tmp_path / "absent"])
    with pytest.raises(OntologyError, match=r"people\.csv"):
        load_gazetteer([tmp_path])


def test_candidates_on_a_day() -> None:
    known = load_gazetteer()
    nomination = "Republican nomination for president"
    may = known.candidates_on("2016-03-01")
    assert {"person/donald-trump", "person/ted-cruz", "person/marco-rubio", "person/john-kasich"} <= may[nomination]
    assert "person/jeb-bush" not in may[nomination]  # withdrew in February
    assert set(may) == {nomination, "Democratic nomination for president"}
    autumn = known.candidates_on("2016-10-01")
    assert {"person/donald-trump", "person/hillary-clinton"} <= autumn["president"]
    assert nomination not in autumn
    assert known.candidates_on("2016-03") == known.candidates_on("") == known.candidates_on("2014-03-01") == {}
