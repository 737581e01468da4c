"""Judgements of people on identity: files that survive every reading, later folders over earlier ones, no contradiction."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphbuild.errors import OntologyError
from graphbuild.link.gazetteer import load_gazetteer
from graphbuild.link.judgements import Judgements, record_judgement
from graphbuild.link.roles import holder
from graphbuild.model import PERSON, Entity


def row(a: str, b: str, name: str = "") -> dict[str, str]:
    return {"a": a, "b": b, "name": name, "note": "", "line": "2"}


def test_a_judgement_is_written_down_once_and_a_later_one_takes_its_place(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    path = record_judgement(folder, "same", "person:ann-example", "person/anne-example", note="byline")
    assert path.read_text("utf-8") == "a,b,name,note\nperson:ann-example,person:anne-example,,byline\n"
    record_judgement(folder, "same", "person:anne-example", "person:ann-example", name="Anne Example")
    assert path.read_text("utf-8") == "a,b,name,note\nperson:anne-example,person:ann-example,Anne Example,\n"
    other = record_judgement(folder, "different", "person:ann-example", "person:anne-example")
    assert other.name == "different_from.csv"
    assert path.read_text("utf-8") == "a,b,name,note\n"


@pytest.mark.parametrize(
    ("verdict", "a", "b", "message"),
    [
        ("alike", "person:a", "person:b", "same, different"),
        ("same", "Ann Example", "person:b", "person:keir-starmer"),
        ("same", "person:a", "organisation:a", "one kind"),
        ("same", "person:a", "person:a", "two nodes"),
    ],
)
def test_what_is_no_judgement_is_refused_and_nothing_is_written(
    tmp_path: Path, verdict: str, a: str, b: str, message: str
) -> None:
    with pytest.raises(OntologyError, match=message):
        record_judgement(tmp_path / "mine", verdict, a, b)
    assert not (tmp_path / "mine").exists()


def test_a_chain_that_contradicts_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    record_judgement(folder, "same", "person:a", "person:b")
    record_judgement(folder, "different", "person:a", "person:c")
    before = {p.name: p.read_bytes() for p in folder.iterdir()}
    with pytest.raises(OntologyError, match=r"same_as\.csv makes"):
        record_judgement(folder, "same", "person:b", "person:c")
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == before


def test_two_known_people_become_one_with_what_is_known_of_both(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "people.csv").write_text(
        "id,name,aliases,gender\nanthony-lynton-blair,Anthony Lynton Blair,ALB,m\n", "utf-8"
    )
    (own / "offices.csv").write_text("id,label\nquartet-envoy,Quartet envoy\n", "utf-8")
    (own / "holders.csv").write_text("office,person,start,end\nquartet-envoy,anthony-lynton-blair,2007-06-27,2015-05-27\n", "utf-8")  # fmt: skip
    record_judgement(own, "same", "person:tony-blair", "person:anthony-lynton-blair")
    gazetteer = load_gazetteer([own])
    assert [e.id for e in gazetteer.candidates("ALB")] == ["person/tony-blair"]
    envoy, minister = holder(gazetteer, "quartet-envoy", "2010"), holder(gazetteer, "uk-prime-minister", "2005")
    assert envoy == minister == gazetteer.get("person/tony-blair")
    assert gazetteer.get("person/anthony-lynton-blair") is None


def test_two_parties_become_one(tmp_path: Path) -> None:
    own = tmp_path / "own"
    record_judgement(own, "same", "organisation:reform-uk", "organisation:brexit-party")
    gazetteer = load_gazetteer([own])
    assert {e.id for e in gazetteer.candidates("the Brexit Party")} == {"organisation/reform-uk"}
    parties = {info.party for info in gazetteer.people.values()}
    assert "organisation/brexit-party" not in parties | {o.body for o in gazetteer.offices.values()}


def test_people_told_apart_are_not_merged_by_name(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "people.csv").write_text("id,name,gender\np1,Tony Blair,m\n", "utf-8")
    assert len(load_gazetteer([own]).candidates("Tony Blair")) == 1
    record_judgement(own, "different", "person:tony-blair", "person:p1")
    assert len(load_gazetteer([own]).candidates("Tony Blair")) == 2


def test_what_a_later_folder_says_counts(tmp_path: Path) -> None:
    shipped, own = tmp_path / "shipped", tmp_path / "own"
    shipped.mkdir()
    (shipped / "people.csv").write_text("id,name\na,Ann A\nb,Bea B\n", "utf-8")
    record_judgement(shipped, "same", "person:a", "person:b")
    assert [e.id for e in load_gazetteer(directory=shipped).candidates("Bea B")] == ["person/a"]
    record_judgement(own, "different", "person:a", "person:b")
    assert [e.id for e in load_gazetteer([own], directory=shipped).candidates("Bea B")] == ["person/b"]


def test_an_unknown_entity_is_renamed_and_a_known_one_is_the_gazetteers(tmp_path: Path) -> None:
    record_judgement(tmp_path, "same", "person:tony-blair", "person:tonny-blair")
    record_judgement(tmp_path, "same", "person:jane-q-doe", "person:jane-doe", name="Jane Q. Doe")
    gazetteer = load_gazetteer([tmp_path])
    judged = gazetteer.judged(Entity("person/tonny-blair", "Tonny Blair", PERSON))
    assert (judged.id, judged.name, judged.kind) == ("person/tony-blair", "Tony Blair", "politician")
    judged = gazetteer.judged(Entity("person/jane-doe", "Jane Doe", PERSON))
    assert (judged.id, judged.name) == ("person/jane-q-doe", "Jane Q. Doe")


_PAIRS = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")).filter(lambda p: p[0] != p[1]), max_size=8
)


@given(_PAIRS)
def test_same_as_is_an_equivalence(pairs: list[tuple[str, str]]) -> None:
    """Whatever the rows: both ends of every row have one node that stays, and it stays for itself."""
    found = Judgements()
    found.add(Path("x"), [row(f"person:{a}", f"person:{b}") for a, b in pairs], [])
    stays, _ = found.stays()
    for a, b in pairs:
        ends = [stays.get(f"person/{x}", f"person/{x}") for x in (a, b)]
        assert ends[0] == ends[1]
    assert all(stays.get(end, end) == end for end in stays.values())
    assert len(set(stays.values()) & set(stays)) == 0
