"""The merged graph in the RDF formats of other tools, made from DIR/graph.ttl.

Triples are written in the order of their N-Triples text, so that the same graph gives the same bytes. N-Quads and TriG
are an archive: each article has a named graph with itself, its evidence, its mentions and the statements it supports
(a statement of two articles stands in both); what belongs to no article is in the default graph. ``rdf12`` tells each
edge's statements with RDF 1.2 triple terms (https://www.w3.org/TR/rdf12-n-triples/).
"""

import io
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from graphbuild.errors import GraphbuildError
from graphbuild.export.files import replaced
from graphbuild.rdf import term
from graphbuild.vocab import PREFIXES

_REIFIES = ox.NamedNode(PREFIXES["rdf"] + "reifies")
_OF_ARTICLE = {term("prov:wasQuotedFrom"), term("pol:article")}


def _triples(folder: Path) -> list[ox.Triple]:
    path = folder / "graph.ttl"
    if not path.is_file():
        raise GraphbuildError(f"{folder}: no build here; give the folder that `graphbuild build --out` wrote")
    found = {quad.triple for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)}
    return sorted(found, key=str)


def write_turtle_copy(folder: Path, target: Path) -> None:
    """Turtle: the merged graph, as the build wrote it."""
    _triples(folder)
    with replaced(target) as new:
        new.write_bytes((folder / "graph.ttl").read_bytes())


def write_ntriples(folder: Path, target: Path) -> None:
    """N-Triples: the merged graph, one triple a line."""
    with replaced(target) as new, new.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{triple} .\n" for triple in _triples(folder))


def write_jsonld(folder: Path, target: Path) -> None:
    """JSON-LD: the merged graph, streamed node by node."""
    _serialize(_triples(folder), target, ox.RdfFormat.JSON_LD)


def write_rdfxml(folder: Path, target: Path) -> None:
    """RDF/XML: the merged graph."""
    _serialize(_triples(folder), target, ox.RdfFormat.RDF_XML)


def write_nquads(folder: Path, target: Path) -> None:
    """N-Quads: an archive with a named graph for each article."""
    with replaced(target) as new, new.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in sorted(f"{quad} ." for quad in _archive(_triples(folder))))


def write_trig(folder: Path, target: Path) -> None:
    """TriG: an archive with a named graph for each article."""
    quads = sorted(_archive(_triples(folder)), key=lambda q: (str(q.graph_name), str(q.triple)))
    with replaced(target) as new:
        buffer = io.BytesIO()
        ox.serialize(quads, buffer, ox.RdfFormat.TRIG, prefixes=dict(sorted(PREFIXES.items())))
        new.write_bytes(buffer.getvalue())


def write_rdf12(folder: Path, target: Path) -> None:
    """N-Triples 1.2: the merged graph, each statement tied to its triple by rdf:reifies and a triple term."""
    triples = _triples(folder)
    parts: dict[object, dict[ox.NamedNode, object]] = defaultdict(dict)
    subject, predicate, obj = term("rdf:subject"), term("rdf:predicate"), term("rdf:object")
    for triple in triples:
        if triple.predicate in (subject, predicate, obj):
            parts[triple.subject][triple.predicate] = triple.object
    with replaced(target) as new, new.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{triple} .\n" for triple in triples)
        for node, part in sorted(parts.items(), key=lambda item: str(item[0])):
            if len(part) == 3:
                file.write(f"{node} {_REIFIES} <<( {part[subject]} {part[predicate]} {part[obj]} )>> .\n")


def _serialize(triples: list[ox.Triple], target: Path, format_: ox.RdfFormat) -> None:
    with replaced(target) as new:
        buffer = io.BytesIO()
        ox.serialize(triples, buffer, format_, prefixes=dict(sorted(PREFIXES.items())))
        new.write_bytes(buffer.getvalue())


def _archive(triples: list[ox.Triple]) -> Iterator[ox.Quad]:
    """The triples in the named graphs of the articles that they belong to."""
    owners: dict[object, set[ox.NamedNode]] = defaultdict(set)
    for triple in triples:
        if triple.predicate in _OF_ARTICLE and isinstance(triple.object, ox.NamedNode):
            owners[triple.subject].add(triple.object)
            owners[triple.object].add(triple.object)
    edges: dict[tuple[object, object, object], set[ox.NamedNode]] = defaultdict(set)
    told: dict[object, dict[object, object]] = defaultdict(dict)
    for triple in triples:
        if triple.predicate == term("pol:evidence"):
            owners[triple.subject] |= owners[triple.object]
        elif str(triple.predicate) in _SPO:
            told[triple.subject][str(triple.predicate)] = triple.object
    for node, parts in told.items():
        edges[tuple(parts.get(p) for p in _SPO)] |= owners[node]  # type: ignore[index]
    for triple in triples:
        spo = (triple.subject, triple.predicate, triple.object)
        # Another article's quotations of the same statement stay in its own graph.
        owner = triple.object if triple.predicate == term("pol:evidence") else triple.subject
        named = owners.get(owner) or edges.get(spo) or set()
        for graph in sorted(named, key=str):
            yield ox.Quad(triple.subject, triple.predicate, triple.object, graph)
        if not named:
            yield ox.Quad(triple.subject, triple.predicate, triple.object, ox.DefaultGraph())


_SPO = tuple(str(term(name)) for name in ("rdf:subject", "rdf:predicate", "rdf:object"))
