"""The graph as a networkx MultiDiGraph, and the files that Gephi, visone and igraph read."""

from collections.abc import Sequence
from pathlib import Path

import networkx as nx

from graphbuild.model import Article, Statement


def to_network(build: Sequence[tuple[Article, Sequence[Statement]]], *, asserted_only: bool = True) -> nx.MultiDiGraph:
    """Nodes are entities; an edge is a statement (keyed by its id) with relation, polarity, modality, date, articles.

    ``asserted_only`` leaves out what no article asserts in its own voice.
    """
    graph = nx.MultiDiGraph()
    for article, statements in sorted(build, key=lambda pair: pair[0].id):
        for s in sorted(statements, key=lambda s: (s.id, s.evidence.start)):
            if s.object is None or (asserted_only and not s.direct):
                continue
            for entity in (s.subject, s.object):
                graph.add_node(entity.id, label=entity.name, type=entity.type)
            date = s.date or article.date
            if graph.has_edge(s.subject.id, s.object.id, s.id):
                data = graph[s.subject.id][s.object.id][s.id]
                data["weight"] += article.id not in data["articles"].split("|")
                data["articles"] = "|".join(sorted({*data["articles"].split("|"), article.id}))
                data["date"] = min(filter(None, (data["date"], date)), default="")
                continue
            graph.add_edge(
                s.subject.id, s.object.id, s.id, relation=s.relation, polarity=s.polarity, modality=s.modality, date=date,
                source=s.source.name if s.source else "", articles=article.id, weight=1, sentence=s.evidence.text,
            )  # fmt: skip
    return graph


def write_graphml(build: Sequence[tuple[Article, Sequence[Statement]]], path: Path) -> None:
    """GraphML of what the articles assert, for visone, igraph and yEd."""
    _replace(path, lambda target: nx.write_graphml(to_network(build), target))


def write_gexf(build: Sequence[tuple[Article, Sequence[Statement]]], path: Path) -> None:
    """GEXF of what the articles assert, for Gephi, with dates."""
    graph = to_network(build)
    for _, _, data in graph.edges(data=True):
        if data["date"]:
            data["start"] = data["date"]
    _replace(path, lambda target: nx.write_gexf(graph, target))


def _replace(path: Path, write: "object") -> None:
    temporary = path.with_name(f".{path.name}.new")
    write(temporary)  # type: ignore[operator]
    temporary.replace(path)
