"""Every export format: the same bytes twice, the same graph back, read by tools that are not ours."""

import json
import shutil
import subprocess
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib

from graphbuild.errors import GraphbuildError
from graphbuild.export import EXPORTERS
from graphbuild.graph import statements_from_triples
from graphbuild.records import read_build

FOLDERS = {"csv", "parquet"}
RDF = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "nquads": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}


def written(name: str, build: Path, folder: Path) -> Path:
    if name == "parquet":
        pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    EXPORTERS[name](build, folder / name)
    return folder / name


def contents(path: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted(path.iterdir())} if path.is_dir() else {"": path.read_bytes()}


def triples(path: Path, format_: ox.RdfFormat) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(path=str(path), format=format_)}


@pytest.mark.parametrize("name", sorted(EXPORTERS))
def test_the_same_build_gives_the_same_bytes(name: str, sample_build: Path, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    first = contents(written(name, sample_build, tmp_path / "a"))
    assert first == contents(written(name, sample_build, tmp_path / "b"))
    assert all(first.values())
    assert [p.name for p in (tmp_path / "a").rglob("*.new")] == []


@pytest.mark.parametrize("name", sorted(EXPORTERS))
def test_no_build_and_no_place_to_write_are_errors(name: str, sample_build: Path, tmp_path: Path) -> None:
    with pytest.raises(GraphbuildError, match="no build here"):
        written(name, tmp_path / "nothing", tmp_path)
    (tmp_path / "file").write_text("x", "utf-8")
    with pytest.raises((OSError, GraphbuildError)):
        EXPORTERS[name](sample_build, tmp_path / "file" / "inside")


@pytest.mark.parametrize("name", sorted(RDF))
def test_every_rdf_format_holds_the_graph(name: str, sample_build: Path, tmp_path: Path) -> None:
    graph = triples(sample_build / "graph.ttl", ox.RdfFormat.TURTLE)
    assert triples(written(name, sample_build, tmp_path), RDF[name]) == graph


def test_statements_come_back_from_the_graph(sample_build: Path, tmp_path: Path) -> None:
    back = statements_from_triples(triples(written("ntriples", sample_build, tmp_path), ox.RdfFormat.N_TRIPLES))
    told = [s for _, found in read_build(sample_build) for s in found]
    assert {s.id for s in back} == {s.id for s in told}
    assert {s.evidence.text for s in back} == {s.evidence.text for s in told}


def test_an_article_s_named_graph_stands_on_its_own(sample_build: Path, tmp_path: Path) -> None:
    quads = list(ox.parse(path=str(written("nquads", sample_build, tmp_path)), format=ox.RdfFormat.N_QUADS))
    graphs = {q.graph_name for q in quads} - {ox.DefaultGraph()}
    assert len(graphs) == len(read_build(sample_build))
    for article, told in read_build(sample_build):
        graph = next(g for g in graphs if str(g.value).endswith(f"/{article.id}"))
        own = statements_from_triples(q.triple for q in quads if q.graph_name in (graph, ox.DefaultGraph()))
        assert {s.id for s in own} == {s.id for s in told}


def test_rdf_1_2_ties_statements_to_their_triples(sample_build: Path, tmp_path: Path) -> None:
    lines = written("rdf12", sample_build, tmp_path).read_text("utf-8").splitlines()
    reified = [line for line in lines if "#reifies>" in line]
    with_object = {s.id for _, found in read_build(sample_build) for s in found if s.object}
    assert len(reified) == len(with_object)
    assert all("<<( " in line and " )>> ." in line for line in reified)


def test_rdflib_reads_turtle_and_json_ld(sample_build: Path, tmp_path: Path) -> None:
    counts = {
        len(rdflib.Graph().parse(written(name, sample_build, tmp_path), format=format_))
        for name, format_ in (("turtle", "turtle"), ("jsonld", "json-ld"))
    }
    assert counts == {len(triples(sample_build / "graph.ttl", ox.RdfFormat.TURTLE))}


@pytest.mark.parametrize(("name", "format_"), [("turtle", "turtle"), ("ntriples", "ntriples"), ("rdfxml", "rdfxml")])
def test_rapper_counts_the_same(name: str, format_: str, sample_build: Path, tmp_path: Path) -> None:
    if shutil.which("rapper") is None:
        pytest.skip("rapper is not installed (Debian: raptor2-utils)")
    command = ["rapper", "-q", "-i", format_, "-o", "ntriples", str(written(name, sample_build, tmp_path))]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert len(run.stdout.splitlines()) == len(triples(sample_build / "graph.ttl", ox.RdfFormat.TURTLE))


@pytest.mark.parametrize("name", ["turtle", "trig", "nquads"])
def test_serdi_reads_it(name: str, sample_build: Path, tmp_path: Path) -> None:
    if shutil.which("serdi") is None:
        pytest.skip("serdi is not installed (Debian: serdi)")
    command = ["serdi", "-i", name, "-o", "nquads", str(written(name, sample_build, tmp_path))]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert len(run.stdout.splitlines()) >= len(triples(sample_build / "graph.ttl", ox.RdfFormat.TURTLE))


COUNT_WITH_N3 = """
const {Parser} = require("n3"), fs = require("fs"), [file, format] = process.argv.slice(2);
const quads = new Parser({format}).parse(fs.readFileSync(file, "utf8"));
console.log(new Set(quads.map(q => JSON.stringify([q.subject, q.predicate, q.object, q.graph]))).size);
"""


@pytest.mark.parametrize(
    ("name", "media"),
    [
        ("turtle", "text/turtle"),
        ("ntriples", "application/n-triples"),
        ("trig", "application/trig"),
        ("nquads", "application/n-quads"),
    ],
)
def test_n3_counts_the_same(name: str, media: str, sample_build: Path, tmp_path: Path) -> None:
    """n3 is a parser in JavaScript (npm install n3); NODE_PATH tells where it is."""
    node = shutil.which("node")
    found = node and subprocess.run([node, "-e", 'require("n3")'], capture_output=True).returncode == 0
    if not found:
        pytest.skip("n3 is not installed (npm install n3, with NODE_PATH at its node_modules)")
    file = written(name, sample_build, tmp_path)
    (tmp_path / "count.js").write_text(COUNT_WITH_N3, "utf-8")
    run = subprocess.run(
        [str(node), str(tmp_path / "count.js"), str(file), media], capture_output=True, text=True, check=True
    )
    formats = {"turtle": ox.RdfFormat.TURTLE, "ntriples": ox.RdfFormat.N_TRIPLES, "trig": ox.RdfFormat.TRIG}
    expected = set(ox.parse(path=str(file), format=formats.get(name, ox.RdfFormat.N_QUADS)))
    assert int(run.stdout) == len(expected) > 3000


def test_networkx_and_igraph_read_the_networks(sample_build: Path, tmp_path: Path) -> None:
    graphml = written("graphml", sample_build, tmp_path)
    gexf = nx.read_gexf(written("gexf", sample_build, tmp_path))
    back = nx.read_graphml(graphml, force_multigraph=True)
    assert (len(back), back.size()) == (len(gexf), gexf.size())
    assert any(d["relation"] == "sacked_by" and d["sentence"] for _, _, d in back.edges(data=True))
    igraph = pytest.importorskip("igraph", reason="igraph is not installed")
    read = igraph.Graph.Read_GraphML(str(graphml))
    assert (read.vcount(), read.ecount()) == (len(back), back.size())


def test_pandas_reads_the_tables(sample_build: Path, tmp_path: Path) -> None:
    pd = pytest.importorskip("pandas", reason="pandas is not installed")
    folder = written("csv", sample_build, tmp_path)
    nodes, edges, statements, evidence = (
        pd.read_csv(folder / f"{n}.csv") for n in ("nodes", "edges", "statements", "evidence")
    )
    assert set(statements["subject"]) <= set(nodes["id"])
    assert set(evidence["statement"]) == set(statements["id"])
    assert set(edges["subject"]) | set(edges["object"]) <= set(nodes["id"])
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    parquet = written("parquet", sample_build, tmp_path)
    assert len(pd.read_parquet(parquet / "evidence.parquet")) == len(evidence)
    positions = pd.read_csv(written("dna", sample_build, tmp_path))
    assert set(positions["agreement"]) <= {0, 1}


def test_statements_are_those_of_the_build(sample_build: Path, tmp_path: Path) -> None:
    lines = written("statements", sample_build, tmp_path).read_text("utf-8").splitlines()
    assert [json.loads(line) for line in lines]
    assert lines == (sample_build / "statements.jsonl").read_text("utf-8").splitlines()
