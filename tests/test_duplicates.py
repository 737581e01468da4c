"""Copies of one text make a family, independent reports do not; support counts families and outlets apart."""

import json
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphbuild.duplicates import families
from graphbuild.model import Article, Dropped
from graphbuild.pipeline import build
from graphbuild.store import open_store
from graphbuild.update import add_articles, remove_articles

WIRE = (
    "Boris Johnson sacked Gavin Williamson as education secretary on Wednesday in a reshuffle of the cabinet that had "
    "been expected for weeks. Nadhim Zahawi was appointed in his place. Keir Starmer said that the prime minister had "
    "been far too slow to act, and that pupils and parents had paid the price for a year of confusion over exams."
)
OWN = (
    "The education secretary lost his job when Boris Johnson reshuffled his ministers yesterday. Mr Williamson, who had "
    "been in charge of schools through the pandemic, leaves the government. Labour called the change long overdue, and "
    "teaching unions hoped that his successor would listen to heads before he announced new rules for next summer."
)


def test_copies_are_found_through_edits_and_boilerplate() -> None:
    edited = WIRE.replace("on Wednesday", "yesterday").replace("far too slow", "too slow")
    framed = "Sign up for our newsletter\n" + WIRE + "\nMore from the Echo"
    marked = (Dropped(0, 27, "sign-up"), Dropped(len(framed) - 19, len(framed), "links"))
    articles = [
        Article("c", WIRE, date="2021-09-16"), Article("b", edited, date="2021-09-15"),
        Article("d", framed, dropped=marked), Article("own", OWN, date="2021-09-14"),
    ]  # fmt: skip
    assert families(articles) == {"b": "b", "c": "b", "d": "b"}


def test_short_texts_are_copies_only_when_they_are_the_same() -> None:
    same = [Article("a", "Truss resigns."), Article("b", "TRUSS resigns!"), Article("c", "Truss resigns at last.")]
    assert families(same) == {"a": "a", "b": "a"}
    assert families([Article("x", ""), Article("y", "")]) == {}


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from([WIRE, OWN, WIRE + " More follows.", "Short."]), max_size=8), st.randoms())
def test_the_order_of_the_articles_does_not_matter(texts: list[str], rng: random.Random) -> None:
    articles = [Article(f"a{i}", text, date=f"2021-09-{10 + i}") for i, text in enumerate(texts)]
    found = families(articles)
    shuffled = list(articles)
    rng.shuffle(shuffled)
    assert families(shuffled) == found
    assert all(found[leader] == leader for leader in found.values())


def support(folder: Path) -> tuple[int, int]:
    """(outlets, families) of the sacking."""
    query = """PREFIX pol: <https://w3id.org/graphbuild/ontology#>
    PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
    SELECT ?o ?f { ?s rdf:predicate pol:sacked_by ; pol:outlets ?o ; pol:families ?f }"""
    found = [(int(row["o"].value), int(row["f"].value)) for row in open_store(folder / "store").query(query)]  # type: ignore[union-attr]
    return max(found)


@pytest.fixture
def reports(tmp_path: Path) -> dict[str, Path]:
    paths = {}
    for name, text, outlet in (("echo", WIRE, "Echo"), ("star", WIRE + " (PA)", "Star"), ("own", OWN + " Boris Johnson sacked Gavin Williamson as education secretary on Wednesday.", "Post")):  # fmt: skip
        paths[name] = tmp_path / f"{name}.jsonl"
        paths[name].write_text(json.dumps({"id": name, "text": text, "source": outlet, "date": "2021-09-15"}), "utf-8")
    return paths


def test_support_tells_outlets_from_families(reports: dict[str, Path], tmp_path: Path) -> None:
    report = build(list(reports.values()), tmp_path / "out")
    assert report.copies == 1
    assert support(tmp_path / "out") == (3, 2)


def test_families_hold_when_a_build_is_changed(reports: dict[str, Path], tmp_path: Path) -> None:
    build([reports["star"]], tmp_path / "grown")
    add_articles(tmp_path / "grown", [reports["echo"], reports["own"]])
    build(list(reports.values()), tmp_path / "fresh")
    for name in ("graph.ttl", "statements.jsonl", "articles.jsonl", "graph.html"):
        assert (tmp_path / "grown" / name).read_bytes() == (tmp_path / "fresh" / name).read_bytes(), name
    # The first member goes: the other is a text of its own again.
    remove_articles(tmp_path / "grown", ["echo"])
    build([reports["star"], reports["own"]], tmp_path / "two")
    for name in ("graph.ttl", "articles.jsonl"):
        assert (tmp_path / "grown" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name
