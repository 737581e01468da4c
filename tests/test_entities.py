"""`graphbuild entities` and `gazetteer judge`: what a reviewer sees, and that a judgement holds in every later build."""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from typer.testing import CliRunner

from graphbuild.cli import app
from graphbuild.entities import candidate_pairs, list_entities
from graphbuild.link.gazetteer import load_gazetteer
from graphbuild.model import ORGANISATION, PERSON, Article, Entity, Evidence, Statement
from graphbuild.pipeline import build
from graphbuild.update import add_articles, remove_articles

ARTICLES = [
    {
        "id": "a",
        "date": "2019-03-01",
        "text": "Councillor Stefan Brzezinski criticised Theresa May in Leeds on Friday.",
    },
    {
        "id": "b",
        "date": "2019-03-02",
        "text": "Councillor Stefan Brzezinsky criticised Theresa May in Leeds on Friday.",
    },
    {"id": "c", "date": "2019-03-03", "text": "Labour councillor Jane Doe criticised Theresa May in Leeds on Friday."},
    {
        "id": "d",
        "date": "2019-03-04",
        "text": "Conservative councillor Jane Doe backed Theresa May in Leeds on Friday.",
    },
]


def source(path: Path, articles: list[dict[str, str]]) -> Path:
    path.write_text("".join(json.dumps(a) + "\n" for a in articles), "utf-8")
    return path


def run(*args: object) -> str:
    result = CliRunner().invoke(app, [str(a) for a in args])
    assert result.exit_code == 0, result.output
    return result.stdout


def subjects(folder: Path, relation: str) -> dict[str, str]:
    """Article -> id of the subject of its statement of a relation."""
    lines = [json.loads(line) for line in (folder / "statements.jsonl").read_text("utf-8").splitlines()]
    return {s["article"]: s["subject"]["iri"].rpartition("/")[2] for s in lines if s["relation"] == relation}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("entities")
    build([source(folder / "articles.jsonl", ARTICLES)], folder / "out")
    return folder


def test_entities_are_listed_with_counts_times_and_aliases(built: Path) -> None:
    rows = list(csv.DictReader(StringIO(run("entities", "--in", built / "out", "--format", "csv", "--type", "person"))))
    may = next(r for r in rows if r["id"] == "person:theresa-may")
    assert (may["name"], may["party"], may["known"]) == ("Theresa May", "Conservative Party", "yes")
    assert (may["articles"], may["first"], may["last"]) == ("4", "2019-03-01", "2019-03-04")
    assert int(may["statements"]) >= 4
    assert "Baroness May" in may["aliases"].split("|")
    assert rows[0]["id"] == "person:theresa-may", "the most spoken of first"
    assert {r["type"] for r in rows} == {"person"}


def test_the_same_as_json_and_as_a_table(built: Path) -> None:
    rows = json.loads(run("entities", "--in", built / "out", "--format", "json", "--name", "brzez"))
    assert sorted(r["name"] for r in rows) == ["Stefan Brzezinski", "Stefan Brzezinsky"]
    assert "2 of" in run("entities", "--in", built / "out", "--top", 2)


def test_a_typing_error_is_a_candidate_and_namesakes_are_shown(built: Path) -> None:
    rows = json.loads(run("entities", "--duplicates", "--in", built / "out", "--format", "json"))
    found = {(frozenset((r["a"], r["b"])), r["reason"]) for r in rows}
    assert (frozenset(("person:stefan-brzezinski", "person:stefan-brzezinsky")), "spelt alike") in found
    jane = frozenset(("person:jane-doe--of-labour-party", "person:jane-doe--of-conservative-party"))
    assert (jane, "one name") in found


def test_a_judgement_holds_in_every_later_build_and_the_pair_is_gone(built: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    a, b = "person:stefan-brzezinski", "person:stefan-brzezinsky"
    assert "--gazetteer" in run("gazetteer", "judge", "same", a, b, "--out", own, "--note", "one man")
    for _ in range(2):
        build([built / "articles.jsonl"], tmp_path / "out", gazetteer=[own])
        found = subjects(tmp_path / "out", "criticises")
        assert found["a"] == found["b"] == "stefan-brzezinski"
    turtle = (tmp_path / "out" / "graph.ttl").read_text("utf-8")
    assert "person:stefan-brzezinsky" not in turtle
    assert '"Stefan Brzezinski"' in turtle
    rows = json.loads(run("entities", "--duplicates", "--in", tmp_path / "out", "--format", "json", "--gazetteer", own))
    assert not any("stefan" in r["a"] for r in rows)


def test_a_pair_judged_different_is_no_candidate_any_more(built: Path, tmp_path: Path) -> None:
    a, b = "person:stefan-brzezinski", "person:stefan-brzezinsky"
    run("gazetteer", "judge", "different", a, b, "--out", tmp_path)
    rows = json.loads(
        run("entities", "--duplicates", "--in", built / "out", "--format", "json", "--gazetteer", tmp_path)
    )
    assert not any("stefan" in r["a"] for r in rows)


def test_namesakes_of_two_parties_are_two_and_may_be_judged_one(built: Path, tmp_path: Path) -> None:
    labour, tory = "jane-doe--of-labour-party", "jane-doe--of-conservative-party"
    found = subjects(built / "out", "member_of")
    assert (found["c"], found["d"]) == (labour, tory)
    run("gazetteer", "judge", "same", f"person:{labour}", f"person:{tory}", "--out", tmp_path / "own")
    build([built / "articles.jsonl"], tmp_path / "out", gazetteer=[tmp_path / "own"])
    found = subjects(tmp_path / "out", "member_of")
    assert found["c"] == found["d"] == labour


def test_an_added_namesake_splits_as_in_a_fresh_build_and_a_removed_one_heals(built: Path, tmp_path: Path) -> None:
    build([source(tmp_path / "first.jsonl", ARTICLES[:3])], tmp_path / "out")
    alone = (tmp_path / "out" / "graph.ttl").read_bytes()
    assert subjects(tmp_path / "out", "member_of")["c"] == "jane-doe"
    add_articles(tmp_path / "out", [source(tmp_path / "more.jsonl", ARTICLES[3:])])
    for name in ("graph.ttl", "statements.jsonl", "graph.html"):
        assert (tmp_path / "out" / name).read_bytes() == (built / "out" / name).read_bytes(), name
    remove_articles(tmp_path / "out", ["d"])
    assert (tmp_path / "out" / "graph.ttl").read_bytes() == alone


def test_an_undated_article_takes_the_time_of_the_others(tmp_path: Path) -> None:
    undated = {"id": "u", "text": "Angela Rayner criticised Labour MPs. The prime minister backed Angela Rayner."}
    dated = {"id": "x", "date": "2025-02-03", "text": "Keir Starmer met Labour MPs."}
    early = {"id": "y", "date": "2021-02-03", "text": "Boris Johnson met Labour MPs."}
    build([source(tmp_path / "a.jsonl", [undated])], tmp_path / "alone")
    assert "u" not in subjects(tmp_path / "alone", "supports")
    build([source(tmp_path / "b.jsonl", [undated, dated])], tmp_path / "one")
    assert subjects(tmp_path / "one", "supports") == {"u": "keir-starmer"}
    build([source(tmp_path / "c.jsonl", [undated, dated, early])], tmp_path / "wide")
    assert "u" not in subjects(tmp_path / "wide", "supports"), "two held the post in that time"
    add_articles(tmp_path / "one", [source(tmp_path / "d.jsonl", [early])])
    assert (tmp_path / "one" / "graph.ttl").read_bytes() == (tmp_path / "wide" / "graph.ttl").read_bytes()
    remove_articles(tmp_path / "one", ["y"])
    assert subjects(tmp_path / "one", "supports") == {"u": "keir-starmer"}


def listed(*names: tuple[str, str]) -> list[tuple[Article, list[Statement]]]:
    """A build that speaks once of everybody named."""
    other = Entity("person/tony-blair", "Tony Blair", PERSON)
    return [
        (
            Article(str(i), "x"),
            [Statement(Entity(f"{t}/n{i}", name, t), "supports", other, Evidence(str(i), 0, 1, "x"))],
        )
        for i, (t, name) in enumerate(names)
    ]


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [
        ("Iain Murrey", "Ian Murrey", "spelt alike"),
        ("J. Qusling", "John Qusling", "an initial"),
        ("John Qusling", "John Percy Qusling", "a middle name"),
        ("Qusling", "John Qusling", "a surname"),
        ("Zoe Qüsling", "Zoe Qusling", "one name"),
        ("Angela Raynor-Smyth", "Angela Eaglet-Smyth", ""),
        ("Anas Qusling", "Anwar Qusling", ""),
        ("K. Qusling", "John Qusling", ""),
        ("John Qusling", "John Quibbler", ""),
    ],
)
def test_candidates(a: str, b: str, reason: str) -> None:
    gazetteer = load_gazetteer()
    found = candidate_pairs(list_entities(listed((PERSON, a), (PERSON, b)), gazetteer), gazetteer)
    assert [p.reason for p in found if "tony" not in p.a.id] == ([reason] if reason else [])


def test_people_and_bodies_are_never_one() -> None:
    gazetteer = load_gazetteer()
    build_ = listed((PERSON, "Zoe Qusling"), (ORGANISATION, "Zoe Qusling"), (ORGANISATION, "Zoe Qusling Trust"))
    assert candidate_pairs(list_entities(build_, gazetteer), gazetteer) == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["entities", "--format", "xml"], "table, csv, json"),
        (["entities", "--type", "people"], "person, organisation"),
        (["entities", "--in", "nowhere"], "no build here"),
        (["gazetteer", "judge", "same", "Ann", "person:b", "--out", "x"], "person:keir-starmer"),
    ],
)
def test_bad_usage_is_one_sentence(arguments: list[str], message: str) -> None:
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code in (1, 2)
    assert message in result.stderr
