"""Writing graph.html: what is kept, what is refused, and that the same input gives the same bytes."""

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from graphbuild.cli import app
from graphbuild.errors import GraphbuildError
from graphbuild.export.html import write_html
from graphbuild.export.page_data import tidy
from graphbuild.export.page_layout import CORE, place
from graphbuild.model import Article, Entity, Evidence, Statement, to_dict
from graphbuild.ontology import load_ontology
from graphbuild.records import statement_lines

RELATIONS = load_ontology().relations
PEOPLE = {n: Entity(f"person/{n.lower()}", n, "person") for n in ("Ann", "Bob", "Cat", "Dan", "Eve")}
ARTICLES = [
    Article(f"a{year}", f"Said in {year}.", date=f"{year}-03-01", source="Paper") for year in (2015, 2016, 2017)
]


def said(one: str, relation: str, other: str, year: int, **more: Any) -> Statement:
    return Statement(PEOPLE[one], relation, PEOPLE[other], Evidence(f"a{year}", 0, 13, f"Said in {year}.", "Said"), **more)  # fmt: skip


# A chain Ann - Bob - Cat - Dan - Eve through the years.
CHAIN = [
    said("Ann", "criticises", "Bob", 2015),
    said("Bob", "supports", "Cat", 2016),
    said("Cat", "criticises", "Dan", 2017, date="2016-06"),
    said("Dan", "supports", "Eve", 2017),
]


def written(tmp_path: Path, statements: list[Statement] = CHAIN, **options: Any) -> dict[str, Any]:
    """The data inside the page."""
    file = tmp_path / "graph.html"
    write_html(file, ARTICLES, statements, RELATIONS, **options)
    found = re.search(r'<script id="data" type="application/json">(.*?)</script>', file.read_text("utf-8"), re.DOTALL)
    assert found is not None
    return dict(json.loads(found.group(1)))


def names(page: dict[str, Any]) -> list[str]:
    return sorted(node["label"] for node in page["nodes"])


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, ["Ann", "Bob", "Cat", "Dan", "Eve"]),
        ({"focus": "ann", "hops": 1}, ["Ann", "Bob"]),
        ({"focus": "person/cat", "hops": 1}, ["Bob", "Cat", "Dan"]),
        ({"focus": "Ann", "hops": 3}, ["Ann", "Bob", "Cat", "Dan"]),
        ({"since": "2016"}, ["Bob", "Cat", "Dan", "Eve"]),
        ({"until": "2016-06"}, ["Ann", "Bob", "Cat", "Dan"]),
        ({"since": "2016-01", "until": "2016"}, ["Bob", "Cat", "Dan"]),
        ({"relation": ["supports"]}, ["Bob", "Cat", "Dan", "Eve"]),
        ({"relation": ["supports"], "focus": "Eve"}, ["Dan", "Eve"]),
    ],
)
def test_focus_time_and_relations_narrow_the_page(tmp_path: Path, options: dict[str, Any], expected: list[str]) -> None:
    assert names(written(tmp_path, **options)) == expected


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"focus": "Anne"}, "focus 'Anne': no such name in this graph; did you mean Ann?"),
        ({"relation": ["sacks_by"]}, "relation 'sacks_by': unknown; did you mean sacked_by?"),
        ({"since": "June 2016"}, "since 'June 2016': not a date; write 2016, 2016-06 or 2016-06-26"),
        ({"since": "2017", "until": "2016-12"}, "since '2017' is later than until '2016-12'"),
        ({"hops": -1}, "hops -1: must be 0 or more"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(tmp_path: Path, options: dict[str, Any], words: str) -> None:
    with pytest.raises(GraphbuildError) as refused:
        written(tmp_path, **options)
    assert str(refused.value) == words
    assert list(tmp_path.iterdir()) == []


def test_same_input_same_bytes_in_any_order(tmp_path: Path) -> None:
    written(tmp_path)
    first = (tmp_path / "graph.html").read_bytes()
    written(tmp_path, CHAIN[::-1])
    assert (tmp_path / "graph.html").read_bytes() == first


def test_an_empty_graph_is_a_page_too(tmp_path: Path) -> None:
    assert names(written(tmp_path, [])) == []


def test_the_policy_admits_the_scripts_of_the_page_and_nothing_else(tmp_path: Path) -> None:
    written(tmp_path)
    html = (tmp_path / "graph.html").read_text("utf-8")
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    assert policy is not None
    assert "unsafe" not in policy.group(1)
    assert policy.group(1).startswith("default-src 'none';")
    code = re.findall(r"<script>(.*?)</script>", html, re.DOTALL) + re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    hashes = {"sha256-" + base64.b64encode(hashlib.sha256(c.encode()).digest()).decode() for c in code}
    assert len(code) == 3
    assert set(re.findall(r"sha256-[^']+", policy.group(1))) == hashes


def test_parties_give_their_colours(tmp_path: Path) -> None:
    labour = Entity("organisation/labour-party", "Labour Party", "organisation", kind="party")
    starmer = Entity("person/keir-starmer", "Keir Starmer", "person")
    evidence = Evidence("a2016", 0, 13, "Said in 2016.", "Said")
    joined = Statement(PEOPLE["Ann"], "member_of", labour, evidence)
    page = written(
        tmp_path, [joined, *(Statement(p, "praises", labour, evidence) for p in (starmer, *PEOPLE.values()))]
    )
    colours = {node["label"]: (node["party"], node["color"]) for node in page["nodes"]}
    red = colours["Labour Party"][1]
    assert re.fullmatch("#[0-9A-Fa-f]{6}", red)
    assert colours["Keir Starmer"] == ("Labour Party", red), "known from the lists"
    assert colours["Ann"] == ("Labour Party", red), "known from the articles"
    assert colours["Bob"][0] == ""
    assert colours["Bob"][1] != red


def test_command_line_narrows_the_page_of_a_build(tmp_path: Path) -> None:
    build = tmp_path / "build"
    build.mkdir()
    lines = [json.dumps(to_dict(article)) + "\n" for article in ARTICLES]
    (build / "articles.jsonl").write_text("".join(lines), "utf-8")
    rows = [line for a in ARTICLES for line in statement_lines(a, [s for s in CHAIN if s.evidence.article == a.id])]
    (build / "statements.jsonl").write_text("".join(rows), "utf-8")

    def run(*options: str) -> Any:
        return CliRunner().invoke(app, ["export", "html", str(tmp_path / "part.html"), "--in", str(build), *options])

    assert run("--focus", "Bob", "--hops", "1", "--relation", "criticises").exit_code == 0
    page = (tmp_path / "part.html").read_text("utf-8")
    assert '"label":"Ann"' in page
    assert '"label":"Cat"' not in page
    refused = run("--focus", "Bobb")
    assert refused.exit_code == 1
    assert "did you mean Bob?" in refused.output
    other = CliRunner().invoke(app, ["export", "csv", str(tmp_path / "t"), "--in", str(build), "--focus", "Bob"])
    assert other.exit_code == 2


@given(st.text())
def test_tidy_names_are_one_harmless_line(text: str) -> None:
    line = tidy(text)
    assert line == tidy(line)
    assert len(line) <= 80
    assert not re.search(
        "[\x00-\x1f\x7f\u2028\u2029\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]", line
    )


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=60))
def test_every_name_has_a_place_of_its_own(pairs: list[tuple[int, int]]) -> None:
    labels = {f"n{i}": f"Name {i}" for i in range(31)}
    links = [(f"n{a}", f"n{b}") for a, b in pairs]
    places = place(labels, links)
    assert set(places) == set(labels)
    assert len(set(places.values())) == len(labels)
    assert place(dict(reversed(labels.items())), links[::-1]) == places


def test_places_are_the_same_in_every_process() -> None:
    """The order of Python's sets changes from process to process; the places must not."""
    code = """
from graphbuild.export.page_layout import place
labels = {f"n{i}": f"Name {i}" for i in range(340)}
links = [(f"n{i}", f"n{i * 7 % 320}") for i in range(320)] + [("n330", "n331"), ("n331", "n332"), ("n333", "n334")]
print(sorted(place(labels, links).items()), sorted(place(labels, [(a, "n0") for a in labels]).items()))
"""
    said = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(said) == 1


def test_names_beyond_the_dense_part_are_placed_apart() -> None:
    labels = {f"n{i}": f"Name {i}" for i in range(CORE + 200)}
    places = place(labels, [("n0", other) for other in labels])
    assert len(set(places.values())) == len(labels)
