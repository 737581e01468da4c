"""Namesakes over a corpus: told apart where articles give them other parties or seats, one otherwise."""

import random
from collections.abc import Sequence

import pytest

from graphbuild.link.gazetteer import Gazetteer, load_gazetteer
from graphbuild.link.identity import Namesakes, widened
from graphbuild.model import ORGANISATION, PERSON, PHRASE, Article, Entity, Evidence, Statement

PARTIES = {"Labour Party": "labour-party", "Conservative Party": "conservative-party", "Reform UK": "reform-uk"}
Told = tuple[str, str, Sequence[str], str]  # article, date, parties, seat


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


def ids(gazetteer: Gazetteer, told: Sequence[Told], name: str = "Jane Doe", again: int = 1) -> dict[str, str]:
    """Article -> id of the person whom it names."""
    person = Entity("person/" + name.lower().replace(" ", "-"), name, PERSON)
    other = Entity("person/tony-blair", "Tony Blair", PERSON)
    readings = []
    for given, date, parties, seat in told:
        evidence = Evidence(given, 0, 1, "x")
        found = [Statement(person, "supports", other, evidence)]
        for party in parties:
            body = Entity(f"organisation/{PARTIES[party]}", party, ORGANISATION)
            found.append(Statement(person, "member_of", body, evidence))
        if seat:
            found.append(Statement(person, "holds_role", Entity("phrase/x", f"MP for {seat}", PHRASE), evidence))
        readings.append((Article(given, "x", date=date), found))
    for _ in range(again):
        namesakes = Namesakes(gazetteer)
        for article, found in readings:
            namesakes.add(article, found)
        readings = [(article, namesakes.told_apart(article, found)) for article, found in readings]
    for _, found in readings:
        assert len({s.subject.id for s in found}) == 1
    return {article.id: found[0].subject.id.removeprefix("person/") for article, found in readings}


def test_one_full_name_is_one_person_while_nothing_speaks_against_it(gazetteer: Gazetteer) -> None:
    told = [("a", "2016", [], ""), ("b", "2017", ["Labour Party"], ""), ("c", "2017", ["Labour Party"], "Bolton West")]
    assert set(ids(gazetteer, told).values()) == {"jane-doe"}


def test_other_parties_are_other_people_and_who_has_none_stays_by_himself(gazetteer: Gazetteer) -> None:
    told = [("a", "2016", [], ""), ("b", "2017", ["Labour Party"], ""), ("c", "2017", ["Conservative Party"], "")]
    assert ids(gazetteer, told) == {
        "a": "jane-doe", "b": "jane-doe--of-labour-party", "c": "jane-doe--of-conservative-party",
    }  # fmt: skip


def test_who_changed_parties_in_one_article_is_one(gazetteer: Gazetteer) -> None:
    told = [
        ("a", "2016", ["Labour Party"], ""), ("b", "2024", ["Labour Party", "Reform UK"], ""), ("c", "2025", ["Reform UK"], ""),
    ]  # fmt: skip
    assert set(ids(gazetteer, told).values()) == {"jane-doe"}


def test_other_seats_at_one_time_are_other_people(gazetteer: Gazetteer) -> None:
    told = [("a", "2016-01", [], "Stoke"), ("b", "2016-05", [], "Bolton West"), ("c", "2016-07", [], "Bolton")]
    found = ids(gazetteer, told)
    assert found["b"] == found["c"] != found["a"]
    told = [("a", "2001", [], "Stoke"), ("b", "2016", [], "Bolton West")]
    assert len(set(ids(gazetteer, told).values())) == 1


def test_somebody_known_is_never_split(gazetteer: Gazetteer) -> None:
    told = [("a", "2016", ["Labour Party"], ""), ("b", "2017", ["Conservative Party"], "")]
    assert set(ids(gazetteer, told, name="Tom Watson").values()) == {"tom-watson"}


def test_neither_order_nor_repetition_changes_anything(gazetteer: Gazetteer) -> None:
    rng = random.Random(7)
    for _ in range(40):
        told = [
            (
                str(i), rng.choice(["2016", "2017", ""]), rng.sample(sorted(PARTIES), rng.choice([0, 0, 1, 1, 2])),
                rng.choice(["", "", "Stoke", "Bolton", "Bolton West"]),
            )
            for i in range(6)
        ]  # fmt: skip
        expected = ids(gazetteer, told)
        assert ids(gazetteer, told, again=2) == expected
        assert ids(gazetteer, rng.sample(told, len(told))) == expected


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ([], ("", "")),
        (["2016-06-26"], ("2016-06-26", "2016-06-26")),
        (["2016-06-26", "2016"], ("2016-01-01", "2016-12-31")),
        (["2016-07", "2015-02-03"], ("2015-02-03", "2016-07-31")),
        (["nonsense", "2016"], ("2016-01-01", "2016-12-31")),
    ],
)
def test_the_time_of_a_corpus(dates: list[str], expected: tuple[str, str]) -> None:
    span = ("", "")
    for date in dates:
        span = widened(span, date)
    assert span == expected
