"""The graph as a networkx MultiDiGraph, and the files that Gephi, visone and igraph read."""

import re
from collections.abc import Sequence
from pathlib import Path

import networkx as nx

from graphbuild.export.files import replaced
from graphbuild.model import Article, Statement
from graphbuild.records import read_build


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


def write_graphml(folder: Path, target: Path) -> None:
    """GraphML of what the articles assert, for visone, igraph and yEd."""
    with replaced(target) as new:
        nx.write_graphml(to_network(read_build(folder)), new)


def write_gexf(folder: Path, target: Path) -> None:
    """GEXF of what the articles assert, for Gephi, with dates."""
    graph = to_network(read_build(folder))
    for _, _, data in graph.edges(data=True):
        if data["date"]:
            data["start"] = data["date"]
    # networkx writes the day of writing into the file; the same graph shall give the same bytes.
    text = "\n".join(nx.generate_gexf(graph))
    with replaced(target) as new:
        new.write_text(re.sub(r' lastmodifieddate="[^"]*"', "", text) + "\n", "utf-8")
