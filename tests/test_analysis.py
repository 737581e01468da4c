"""Signed networks, balance, matrices and counts over small builds written by hand."""

from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphbuild import analysis
from graphbuild.model import Article, Entity, Evidence, Statement
from graphbuild.records import read_build


def person(name: str, party: str = "") -> Entity:
    return Entity(f"person/{name.lower()}", name, "person", party=party)


A, B, C, D = person("A", "Red"), person("B", "Red"), person("C", "Blue"), person("D", "Blue")
RED = Entity("organisation/red", "Red", "organisation", kind="party")


def said(article: str, subject: Entity, relation: str, obj: Entity | None, **parts: str) -> Statement:
    return Statement(subject, relation, obj, Evidence(article, 0, 1, "x"), **parts)  # type: ignore[arg-type]


BUILD = [
    (
        Article("one", "x", date="2016-06-20"),
        [said("one", A, "supports", B), said("one", C, "criticises", A), said("one", C, "criticises", B, polarity="negative")],
    ),
    (
        Article("two", "x", date="2016-07-01"),
        [said("two", C, "criticises", A), said("two", C, "criticises", B), said("two", D, "praises", A, modality="alleged"),
         said("two", A, "resigns_from", None, date="2016-06-30"), said("two", D, "calls_to_resign", RED)],
    ),
]  # fmt: skip


def test_signs_are_friendly_and_hostile_acts() -> None:
    signs = analysis.signs()
    assert signs["supports"] == signs["praises"] == 1
    assert signs["criticises"] == signs["calls_to_resign"] == -1
    assert not {"meets", "resigns_from", "member_of", "holds_role"} & set(signs)


def test_only_what_is_asserted_makes_an_edge() -> None:
    graph = analysis.signed_network(BUILD)
    assert sorted((a[-1], b[-1], d["sign"]) for a, b, d in graph.edges(data=True)) == [
        ("a", "b", 1), ("c", "a", -1), ("c", "a", -1), ("c", "b", -1), ("d", "d", -1),
    ]  # fmt: skip


def test_a_period_takes_what_lies_in_it_at_any_precision() -> None:
    assert analysis.signed_network(BUILD, since="2016-07").number_of_edges() == 3
    assert analysis.signed_network(BUILD, until="2016-06-30").number_of_edges() == 2
    assert analysis.signed_network(BUILD, since="2017").number_of_edges() == 0
    assert analysis.signed_network(BUILD, since="2016", until="2016").number_of_edges() == 5


def test_balance_counts_triangles() -> None:
    assert analysis.balance(analysis.signed_network(BUILD)) == {"triangles": 1, "balanced": 1, "share": 1.0}
    torn = [*BUILD, (Article("three", "x"), [said("three", C, "supports", B)] * 3)]
    graph = analysis.signed_network(torn)
    graph.add_edge(C.id, B.id, "more", relation="supports", sign=1, date="", article="x")
    assert analysis.balance(graph)["share"] == 0.0


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.sampled_from([-1, 1])), max_size=25))
def test_balance_is_that_of_every_triple(edges: list[tuple[int, int, int]]) -> None:
    graph = nx.MultiDiGraph()
    for number, (a, b, sign) in enumerate(edges):
        graph.add_edge(str(a), str(b), number, sign=sign)
    signed = analysis.ties(graph)
    triangles = [t for t in nx.enumerate_all_cliques(signed) if len(t) == 3]
    good = [
        t for t in triangles if signed[t[0]][t[1]]["sign"] * signed[t[0]][t[2]]["sign"] * signed[t[1]][t[2]]["sign"] > 0
    ]
    found = analysis.balance(graph)
    assert (found["triangles"], found["balanced"]) == (len(triangles), len(good))


def test_rows_say_who_is_attacked_and_supported() -> None:
    rows = {row["label"]: row for row in analysis.centralities(analysis.signed_network(BUILD))}
    assert rows["A"]["attacks received"] == 2
    assert rows["B"]["support received"] == 1
    assert rows["C"]["attacks given"] == 3
    assert sum(row["pagerank"] for row in rows.values()) == pytest.approx(1, abs=0.001)


def test_friends_make_communities_and_parties_a_matrix() -> None:
    assert analysis.communities(analysis.signed_network(BUILD)) == [["person/a", "person/b"]]
    assert analysis.party_matrix(BUILD, -1) == {("Blue", "Red"): 4}
    assert analysis.party_matrix(BUILD, 1) == {("Red", "Red"): 1}


def test_counts_over_time_take_each_statement_once() -> None:
    assert analysis.over_time(BUILD, ["criticises"]) == {"2016-06": 1, "2016-07": 2}
    assert analysis.over_time(BUILD, ["resigns_from"], "day") == {"2016-06-30": 1}
    assert analysis.over_time(BUILD, period="year") == {"2016": 3}


def test_an_empty_build_has_an_empty_summary() -> None:
    found = analysis.summary([])
    assert (found["articles"], found["statements"], found["balance"]["share"]) == (0, 0, 0.0)


def test_the_sample_has_a_network(sample_build: Path) -> None:
    found = analysis.summary(read_build(sample_build))
    assert ("Labour Party", "Labour Party") in analysis.party_matrix(read_build(sample_build), -1)
    assert found["articles"] == 14
    assert found["attacked"]
    pytest.importorskip("matplotlib", reason="matplotlib is not installed")
    figure = analysis.plot_over_time(analysis.over_time(read_build(sample_build), ["resigns_from"]), "Resignations")
    assert figure.axes[0].patches
