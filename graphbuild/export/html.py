"""graph.html: one self-contained page made with pyvis and a template of our own.

Nothing is fetched from a network: the vis-network that pyvis carries is written into the page, under a
Content-Security-Policy that forbids everything else. Positions are computed beforehand, physics is off.
"""

import hashlib
import json
import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import networkx as nx
import pyvis
from jinja2 import Environment, FileSystemLoader
from pyvis.network import Network

from graphbuild.model import PHRASE, Article, Statement

MAX_NODES = 1_500
_SHAPES = {"person": "dot", "organisation": "square", "group": "triangle", "place": "diamond", "phrase": "text"}
# Okabe-Ito, told apart by colour-blind readers.
_FAMILY_COLOURS = {-1: "#D55E00", 0: "#777777", 1: "#0072B2"}


class RelationInfo(Protocol):
    """What the page needs of a relation."""

    @property
    def label(self) -> str: ...
    @property
    def sign(self) -> int: ...


def write_html(
    path: Path,
    articles: Iterable[Article],
    statements: Iterable[Statement],
    relations: Mapping[str, RelationInfo],
    *,
    title: str = "graphbuild",
    focus: str = "",
    hops: int = 2,
    since: str = "",
    until: str = "",
    relation: Sequence[str] = (),
) -> int:
    """Write the page and return how many nodes it shows; ``focus`` with ``hops``, dates and relations narrow it.

    Statements with phrases as objects (posts, policies) go into the cards of their subjects, not into the picture.
    """
    dated = {a.id: a for a in articles}
    kept = [
        s for s in statements
        if (not relation or s.relation in relation) and _within(_date(s, dated), since, until)
    ]  # fmt: skip
    graph, facts = _graph(kept)
    graph = _narrowed(graph, focus, hops)
    network = Network(directed=True, height="100%", width="100%", cdn_resources="local")
    for node, (x, y) in sorted(_layout(graph).items()):
        data = graph.nodes[node]
        network.add_node(
            node,
            label=data["label"],
            shape=_SHAPES[data["type"]],
            x=x,
            y=y,
            physics=False,
            size=10 + 3 * min(graph.degree(node), 12),
        )
    edges = []
    for source, target, key, data in sorted(graph.edges(keys=True, data=True), key=lambda e: e[:3]):
        name, polarity, modality = key.split("|")
        info = relations[name]
        label = ("not: " if polarity == "negative" else "") + info.label
        edges.append({
            "id": hashlib.sha256(f"{source}{target}{key}".encode("utf-8", "surrogatepass")).hexdigest()[:12], "from": source, "to": target, "label": label,
            "relation": name, "polarity": polarity, "modality": modality, "sign": info.sign * (-1 if polarity == "negative" else 1),
            "colour": _FAMILY_COLOURS[info.sign], "evidence": [_evidence(s, dated) for s in data["statements"]],
        })  # fmt: skip
    shown = {node["id"] for node in network.nodes}
    page = {
        "nodes": network.nodes, "edges": edges, "title": title,
        "facts": {k: v for k, v in facts.items() if k in shown}, "types": {n: graph.nodes[n]["type"] for n in shown},
        "total": graph.number_of_nodes(),
    }  # fmt: skip
    _write(path, page)
    return len(shown)


def _date(statement: Statement, articles: Mapping[str, Article]) -> str:
    article = articles.get(statement.evidence.article)
    return statement.date or (article.date if article else "")


def _within(date: str, since: str, until: str) -> bool:
    return (not since or (bool(date) and date >= since[: len(date)])) and (
        not until or (bool(date) and date[: len(until)] <= until)
    )


def _graph(statements: Sequence[Statement]) -> tuple[nx.MultiDiGraph, dict[str, list[str]]]:
    graph = nx.MultiDiGraph()
    facts: dict[str, Counter[str]] = defaultdict(Counter)
    for s in sorted(statements, key=lambda s: (s.subject.id, s.relation, s.id, s.evidence.article, s.evidence.start)):
        graph.add_node(s.subject.id, label=s.subject.name, type=s.subject.type)
        if s.object is None or s.object.type == PHRASE or s.relation in ("holds_role", "member_of"):
            if s.polarity == "positive" and s.object is not None:
                facts[s.subject.id][f"{s.relation.replace('_', ' ')}: {s.object.name}"] += 1
            continue
        graph.add_node(s.object.id, label=s.object.name, type=s.object.type)
        key = f"{s.relation}|{s.polarity}|{s.modality if s.source is None or s.modality != 'actual' else 'alleged'}"
        if not graph.has_edge(s.subject.id, s.object.id, key):
            graph.add_edge(s.subject.id, s.object.id, key, statements=[])
        graph[s.subject.id][s.object.id][key]["statements"].append(s)
    graph.remove_nodes_from([n for n in list(graph) if graph.degree(n) == 0])
    return graph, {k: [t for t, _ in c.most_common(12)] for k, c in facts.items()}


def _narrowed(graph: nx.MultiDiGraph, focus: str, hops: int) -> nx.MultiDiGraph:
    if focus:
        found = [n for n, d in graph.nodes(data=True) if d["label"].casefold() == focus.casefold()]
        near = nx.ego_graph(graph.to_undirected(as_view=True), found[0], hops).nodes if found else []
        return graph.subgraph(near).copy()
    if graph.number_of_nodes() > MAX_NODES:
        best = sorted(graph, key=lambda n: (-graph.degree(n), n))[:MAX_NODES]
        return graph.subgraph(best).copy()
    return graph


def _layout(graph: nx.MultiDiGraph) -> dict[str, tuple[float, float]]:
    """Positions in pixels, the same for the same graph: each connected part is laid out alone, the largest first,
    and the parts are set in rows."""
    plain = nx.Graph()
    plain.add_nodes_from(sorted(graph))
    plain.add_edges_from(sorted((a, b) for a, b in graph.to_undirected().edges() if a != b))
    parts = sorted((sorted(part) for part in nx.connected_components(plain)), key=lambda part: (-len(part), part[0]))
    width = 1.5 * sum(_side(len(part)) ** 2 for part in parts) ** 0.5
    places: dict[str, tuple[float, float]] = {}
    x = y = row = 0.0
    for part in parts:
        side = _side(len(part))
        if x and x + side > width:
            x, y, row = 0.0, y + row, 0.0
        count = len(part)
        spread = nx.spring_layout(
            plain.subgraph(part), seed=7, k=2.5 / count**0.5, iterations=150 if count < 300 else 40
        )
        for node in part:
            dx, dy = spread[node]
            places[node] = (
                round(x + side / 2 + float(dx) * side * 0.42, 1),
                round(y + side / 2 + float(dy) * side * 0.38, 1),
            )
        x, row = x + side, max(row, side)
    return places


def _side(count: int) -> float:
    """Pixels that a part of so many nodes is given each way."""
    return float(150 + 135 * count**0.5)


def _evidence(s: Statement, articles: Mapping[str, Article]) -> dict[str, Any]:
    article = articles.get(s.evidence.article)
    return {
        "text": s.evidence.text, "trigger": s.evidence.trigger, "article": s.evidence.article, "outlet": article.source if article else "",
        "date": article.date if article else "", "url": article.url if article and article.url.startswith(("http://", "https://")) else "",
        "title": article.title if article else "", "event": s.date, "source": s.source.name if s.source else "", "topic": s.topic,
        "confidence": s.evidence.confidence,
    }  # fmt: skip


def _write(path: Path, page: Mapping[str, Any]) -> None:
    library = (Path(pyvis.__file__).parent / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js").read_text(
        "utf-8"
    )
    styles = (Path(pyvis.__file__).parent / "templates" / "lib" / "vis-9.1.2" / "vis-network.css").read_text("utf-8")
    environment = Environment(loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True)
    data = (
        json.dumps(page, ensure_ascii=True, sort_keys=True)
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
    )
    html = environment.get_template("graph.html").render(title=page["title"], data=data, library=library, styles=styles)
    temporary = path.with_name(f".{path.name}.new")
    temporary.write_text(html, "utf-8", errors="replace", newline="\n")
    os.replace(temporary, path)
