"""Shipped queries on a graph whose answers are known, names and parameters, limits, and the pool of processes."""

import csv
import io
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from queries.cases import CASES
from queries.hand_made import PEOPLE, hand_made, write_store

import graphbuild
from graphbuild import query as query_module
from graphbuild.errors import GraphbuildError, QueryError, StoreError
from graphbuild.ontology import load_ontology
from graphbuild.opened import OpenGraph, open_graph
from graphbuild.query import QueryLimit, QueryPool, QueryTimeout, run_query
from graphbuild.query_guard import ForbiddenQuery, check_query
from graphbuild.query_hops import find_hops
from graphbuild.query_library import bind, fold, parse_query, shipped_queries

ENDLESS = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o } ORDER BY ?a ?o"


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_store(tmp_path_factory.mktemp("build") / "out")


@pytest.fixture(scope="session")
def graph(folder: Path) -> Iterator[OpenGraph]:
    with open_graph(folder) as opened:
        yield opened


@pytest.mark.parametrize(("name", "params", "columns", "rows"), CASES)
def test_shipped_query(
    graph: OpenGraph, name: str, params: dict[str, str], columns: tuple[str, ...], rows: list[tuple[object, ...]]
) -> None:
    assert [tuple(row[c] for c in columns) for row in graph.rows(name, **params)] == rows


def test_every_shipped_query_and_parameter_has_a_case() -> None:
    used = {(name, parameter) for name, params, _, _ in CASES for parameter in params}
    missing = {(q.name, p.name) for q in shipped_queries().values() for p in q.parameters if p.kind != "date"} - used
    assert missing == {("neighbourhood", "person")}
    assert set(shipped_queries()) - {name for name, *_ in CASES} == {"neighbourhood"}


def test_neighbourhood_is_a_graph_of_edges_and_labels(graph: OpenGraph) -> None:
    body = graph.query("neighbourhood", person="Keir Starmer", format="ntriples").body
    edges = [line.split(b" ")[1] for line in body.splitlines() if b"ontology#" in line]
    assert [e.rpartition(b"#")[2] for e in edges] == [b"calls_to_resign>", b"praises>", b"calls_to_resign>"]
    turtle = graph.query("neighbourhood", person="Keir Starmer", format="turtle").body
    assert b"person:anas-sarwar" in turtle
    assert turtle.startswith(b"@prefix person:")


@pytest.mark.parametrize("name", sorted(shipped_queries()))
def test_query_files_run_as_they_stand(folder: Path, name: str) -> None:
    query = shipped_queries()[name]
    assert query.description.endswith(".")
    store = ox.Store.read_only(str(folder / "store"))
    result = list(store.query(query.text))  # type: ignore[arg-type]
    needed = any(p.required for p in query.parameters)
    assert result or needed


def test_lists_of_relations_in_queries_agree_with_the_ontology() -> None:
    relations = load_ontology().relations.values()
    hostile = {r.name for r in relations if "hostile_to" in r.super}
    friendly = {r.name for r in relations if "friendly_to" in r.super}
    position = {r.name for r in relations if "takes_position_on" in r.super}
    texts = {name: q.text for name, q in shipped_queries().items()}

    def values(name: str, variable: str) -> set[str]:
        return set(re.findall(r"pol:(\w+)", texts[name].partition(f"VALUES {variable} {{")[2].partition("}")[0]))

    assert values("party-hostility", "?relation") == hostile
    assert values("changed-side", "?hostile") == hostile
    assert values("changed-side", "?friendly") == friendly
    assert values("positions", "?relation") == position
    for name in ("allies", "backs-and-attacks"):
        assert values(name, "(?relation " + ("?sign)" if name == "allies" else "?standing)")) == hostile | friendly


@pytest.mark.parametrize(
    ("name", "params", "message"),
    [
        ("resignation-cals", {}, "did you mean resignation-calls"),
        ("resignation-calls", {"person": "Kier Starmer"}, "did you mean Keir Starmer"),
        ("resignation-calls", {"persn": "x"}, "unknown parameter 'persn'; allowed are person, caller, party, from, to"),
        ("resignation-calls", {"from": "last year"}, "'last year' is not a date; allowed are 2024, 2024-05"),
        ("resignation-calls", {"person": " "}, "parameter person: empty"),
        ("changed-party", {"person": "Labour Party"}, "no person named 'Labour Party'"),
        ("backs-and-attacks", {"relation": "critisises"}, "did you mean criticises"),
        ("edge", {"person": "Tom Watson"}, "needs the parameter object"),
        ("allies", {"person": "Tom Watson", "hops": "many"}, "'many' is not a whole number"),
    ],
)
def test_wrong_names_and_parameters_say_what_is_allowed(
    graph: OpenGraph, name: str, params: dict[str, str], message: str
) -> None:
    with pytest.raises(QueryError) as raised:
        graph.rows(name, **params)
    assert message in str(raised.value)


@pytest.mark.parametrize(
    "value", ["person/keir-starmer", "person:keir-starmer", "https://w3id.org/graphbuild/id/person/keir-starmer"]
)
def test_entities_can_be_given_by_id_curie_or_iri(graph: OpenGraph, value: str) -> None:
    assert len(graph.rows("resignation-calls", person=value)) == 2


@given(st.text())
@settings(max_examples=60, deadline=None)
def test_values_never_change_the_query(value: str) -> None:
    query = shipped_queries()["positions"]
    text = bind(query, {"issue": str(ox.Literal(value))})
    literals = {term.value for term in _values_of(text)}
    assert literals == {value}


def _values_of(text: str) -> list[ox.Literal]:
    """What the engine reads in the VALUES of a bound query."""
    line = next(part for part in text.split("WHERE")[1].splitlines() if "VALUES ?issue" in part)
    start = text.index(line)
    block = text[start : text.index("}\n", start) + 1]
    solutions = ox.Store().query(f"SELECT ?issue {{ {block} }}")
    return [solution["issue"] for solution in solutions]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "value", ['x" } DROP ALL #', "x> } ?a ?b ?c #", "'; SERVICE <http://127.0.0.1/>", "\\u0022", "}"]
)
def test_hostile_values_stay_values(graph: OpenGraph, value: str) -> None:
    assert graph.rows("positions", issue=value) == []
    assert graph.rows("article", article=value) == []
    with pytest.raises(QueryError, match="no entity named"):
        graph.rows("positions", person=value)


def test_formats_of_rows_agree(graph: OpenGraph) -> None:
    rows = graph.rows("backs-and-attacks")
    table = list(csv.DictReader(io.StringIO(graph.query("backs-and-attacks", format="csv").body.decode())))
    assert [r["subject_name"] for r in table] == [r["subject_name"] for r in rows]
    for name, form in (("xml", ox.QueryResultsFormat.XML), ("tsv", ox.QueryResultsFormat.TSV)):
        parsed = ox.parse_query_results(graph.query("backs-and-attacks", format=name).body, format=form)
        assert [s["articles"].value for s in parsed] == [str(r["articles"]) for r in rows]  # type: ignore[union-attr]
    hops = graph.query("allies", person="Theresa May", format="csv").body.decode().splitlines()
    assert hops[1].startswith("1,rival,Boris Johnson,Theresa May,")


def test_run_query_by_name_and_by_text(folder: Path) -> None:
    assert run_query(folder, "changed-side").rows() == run_query(folder / "store", "changed-side").rows()
    assert bool(run_query(folder, "ASK { person:keir-starmer a pol:Person }")) is True
    assert bool(run_query(folder, "ASK { person:keir-starmer a pol:Group }")) is False
    assert run_query(folder, "SELECT ?x { VALUES ?x { 1 2.5 <http://e/> 'a' UNDEF } }").rows() == [
        {"x": 1},
        {"x": 2.5},
        {"x": "http://e/"},
        {"x": "a"},
        {"x": None},
    ]
    with pytest.raises(QueryError, match="parameters go with a shipped query"):
        run_query(folder, "SELECT * {}", {"person": "x"})
    with pytest.raises(QueryError, match="unknown format 'pdf'"):
        run_query(folder, "changed-side", format="pdf")
    with pytest.raises(QueryError, match="rows need a SELECT query"):
        run_query(folder, "ASK {}").rows()


def test_syntax_errors_name_the_place(folder: Path) -> None:
    with pytest.raises(QueryError, match="line 2, column 8: syntax error"):
        run_query(folder, "SELECT *\n{ ?s ?}")


def test_missing_store_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store here"):
        run_query(tmp_path, "ASK {}")


def test_limits_stop_a_query_and_the_next_one_runs(folder: Path) -> None:
    with QueryPool(folder, timeout=30) as pool:
        with pytest.raises(QueryTimeout, match=r"time limit of 0\.5 s"):
            pool.ask(ENDLESS, timeout=0.5)
        with pytest.raises(QueryLimit, match="more than 3 rows"):
            pool.ask("SELECT * { ?s ?p ?o }", max_rows=3)
        with pytest.raises(QueryLimit, match="more than 3 triples"):
            pool.ask("CONSTRUCT WHERE { ?s ?p ?o }", max_rows=3)
        with pytest.raises(QueryLimit, match="over 500 bytes"):
            pool.ask("SELECT * { ?s ?p ?o }", max_bytes=500)
        with pytest.raises(QueryError, match="nested too deeply"):
            pool.ask("ASK " + "{" * 20_000 + "}" * 20_000)
        assert len(pool.ask("SELECT * { ?s ?p ?o } LIMIT 3", max_rows=3).rows()) == 3


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "xml"])
def test_row_limit_is_exact_in_every_format(folder: Path, form: str) -> None:
    text = 'SELECT ?x ?y { VALUES (?x ?y) { ("a,\\r\\n\\"b\\"" "{") ("c" 1) (UNDEF UNDEF) } }'
    with QueryPool(folder) as pool:
        assert pool.ask(text, rows=form, max_rows=3).body
        with pytest.raises(QueryLimit):
            pool.ask(text, rows=form, max_rows=2)


def test_memory_limit_ends_the_process_only(folder: Path) -> None:
    with QueryPool(folder, memory=200 * 2**20, timeout=60) as pool:
        with pytest.raises(QueryError, match="memory"):
            pool.ask(ENDLESS)
        assert pool.ask("ASK {}")


def test_a_killed_process_is_replaced(folder: Path) -> None:
    with QueryPool(folder) as pool:
        pool.ask("ASK {}")
        process = pool._free.get()
        pool._free.put(process)
        assert process is not None
        os.kill(process.process.pid, signal.SIGKILL)
        process.process.wait()
        assert pool.ask("ASK {}")


def test_busy_processes_are_waited_for_and_then_given_up(folder: Path) -> None:
    with QueryPool(folder, timeout=2) as pool:

        def ask_slowly() -> None:
            with pytest.raises(QueryTimeout):
                pool.ask(ENDLESS)

        slow = threading.Thread(target=ask_slowly)
        slow.start()
        while not pool._free.empty():
            pass
        with pytest.raises(QueryTimeout, match="busy"):
            pool.ask("ASK {}", timeout=0.1)
        slow.join()
        assert pool.ask("ASK {}")


def test_queries_see_what_a_writer_added(tmp_path: Path) -> None:
    folder = write_store(tmp_path / "out")
    with QueryPool(folder) as pool:
        text = "ASK { <http://e/a> <http://e/b> <http://e/c> }"
        assert not pool.ask(text)
        store = ox.Store(str(folder / "store"))
        nodes = [ox.NamedNode(f"http://e/{c}") for c in "abc"]
        store.add(ox.Quad(*nodes))  # type: ignore[arg-type]
        store.flush()
        del store
        assert pool.ask(text)


def test_equal_graphs_give_equal_bytes(folder: Path) -> None:
    text = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"
    first = run_query(folder, text, format="turtle").body
    assert run_query(folder, text, format="turtle").body == first
    parsed = {str(q.triple) for q in ox.parse(first, format=ox.RdfFormat.TURTLE)}
    assert parsed == {str(q.triple) for q in ox.Store.read_only(str(folder / "store"))}


FORBIDDEN = [
    "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p 1SERVICE<http://127.0.0.1:1/>{} }",
    "SELECT * { ?s ?p trueSERVICE<http://127.0.0.1:1/>{} }",
    "PREFIX e: <http://127.0.0.1:1/> SELECT * { ?s ?p e:a.b.SERVICEe:c{} }",
    "PREFIX SERVICE: <http://127.0.0.1:1/> SELECT * {SERVICE:a{}}",
    "SELECT * { sErViCe silent <http://127.0.0.1:1/> {} }",
    "SELECT * { VALUES ?v { <http://127.0.0.1:1/> } FILTER(1<2)SERVICE?v#>\n{} }",
    'SELECT * { FILTER(1<2#>"""\n) SERVICE <http://127.0.0.1:1/> {} #"""\n}',
    "SELECT * { \\u0053ERVICE <http://127.0.0.1:1/> {} }",
    'SELECT * { ?s ?p "\\u0022 . SERVICE <http://127.0.0.1:1/> {} #" }',
    "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "SELECT * FROM NAMED <http://127.0.0.1:1/> { ?s ?p ?o }",
    "LOAD <http://127.0.0.1:1/>",
    "LOAD <file:///etc/passwd> INTO GRAPH <http://e/>",
    "INSERT DATA { <a:a> <a:b> <a:c> }",
    "PREFIX a: <http://e/> DELETE WHERE { ?s ?p ?o }",
    "WITH <http://e/> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "CLEAR ALL",
    "DROP ALL",
    "COPY DEFAULT TO <http://e/>",
]


@pytest.mark.parametrize("text", FORBIDDEN)
def test_forbidden_queries_are_refused_before_the_engine(text: str) -> None:
    with pytest.raises(QueryError):
        check_query(text)


@pytest.mark.parametrize(
    "text",
    [
        'SELECT ?service { ?service ?from "SERVICE <x> FROM LOAD" . } # SERVICE <x>',
        "SELECT * { ?s <http://example.org/service#from> phrase:national-health-service }",
        "SELECT * { ?s ?p <http://dbpedia.org/resource/Labour_Party_(UK)> FILTER(?a < 3 && ?b > 4) }",
        "SELECT * { ?s ?p '''it's a SERVICE''' , \"say \\\"SERVICE\\\"\", 'LOAD'@en }",
    ],
)
def test_harmless_queries_pass(text: str) -> None:
    assert check_query(text) == "select"


@given(st.text(alphabet="SERVICEservice<>#\"'\\:.?{}() \n1ab@", max_size=60))
@settings(max_examples=300, deadline=None)
def test_no_text_the_engine_accepts_hides_a_call(text: str) -> None:
    """Whatever the guard lets through, the engine reads without a call to another server."""
    query = f"PREFIX : <http://127.0.0.1:1/> SELECT * {{ ?s ?p 1 {text} }}"
    try:
        check_query(query)
    except QueryError:
        return
    try:
        list(ox.Store().query(query))  # type: ignore[arg-type]
    except SyntaxError:
        return
    except (OSError, RuntimeError) as error:
        pytest.fail(f"{query!r} reached out: {error}")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="sockets are forbidden by seccomp, a feature of Linux")
def test_the_process_cannot_connect_even_if_the_guard_fails(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(query_module, "check_query", lambda *_, **__: "select")
    with socket.create_server(("127.0.0.1", 0)) as listener, QueryPool(folder) as pool:
        listener.setblocking(False)
        port = listener.getsockname()[1]
        with pytest.raises(QueryError, match="Permission denied"):
            pool.ask(f"SELECT * {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}")
        with pytest.raises(BlockingIOError):
            listener.accept()


def test_the_guard_counts_lines_and_columns() -> None:
    with pytest.raises(ForbiddenQuery, match="line 2, column 3: SERVICE"):
        check_query("SELECT * {\n  SERVICE <http://e/> {} }")
    with pytest.raises(QueryError, match="allowed are 10"):
        check_query("ASK { ?s ?p ?o }", max_length=10)


@pytest.mark.parametrize("part", ["a.", '"""', "<", "a:", "'", "(", "<a", "a-", '"""\\"', "\\u0041", "#"])
def test_long_input_is_read_once(part: str) -> None:
    """Backtracking over 100,000 characters would not end within the test run."""
    with suppress(QueryError):
        check_query((part * 100_000)[:100_000])


def test_signs_multiply_along_shortest_paths() -> None:
    edges = [("a", "b", 1), ("b", "c", -1), ("c", "d", -1), ("a", "e", -1), ("e", "d", 1), ("x", "y", 1)]
    assert find_hops(edges, "a", 3) == [
        (1, "ally", "b", "a"),
        (1, "rival", "e", "a"),
        (2, "rival", "c", "b"),
        (2, "rival", "d", "e"),
    ]
    assert find_hops(edges, "nobody", 3) == []


_EDGES = st.tuples(st.sampled_from("abcdefg"), st.sampled_from("abcdefg"), st.sampled_from([1, -1]))


@given(st.lists(_EDGES, max_size=25))
@settings(deadline=None)
def test_hops_are_shortest_paths(edges: list[tuple[str, str, int]]) -> None:
    import networkx

    plain = networkx.Graph([(left, right) for left, right, _ in edges] + [("a", "a")])
    lengths = networkx.single_source_shortest_path_length(plain, "a", cutoff=4)
    assert {e: h for h, _, e, _ in find_hops(edges, "a", 4)} == {e: n for e, n in lengths.items() if e != "a"}


def test_headers_of_query_files_are_checked() -> None:
    with pytest.raises(QueryError, match="line 1: no description"):
        parse_query("x", "SELECT * {}")
    with pytest.raises(QueryError, match="line 2"):
        parse_query("x", "# Text.\n# param a: colour, optional; b\nSELECT * {}")
    with pytest.raises(QueryError, match="no 'VALUES"):
        parse_query("x", "# Text.\n# param a: person, optional; b\nSELECT * {}")


def test_names_fold() -> None:
    assert fold("Siân  BERRY") == fold("sian berry")


def test_open_graph_gives_rdflib_pandas_and_networkx(graph: OpenGraph) -> None:
    pytest.importorskip("oxrdflib", reason="needs graphbuild[rdf]")
    rdf = graph.graph()
    assert {
        str(row[0]) for row in rdf.query("SELECT ?n { ?p a pol:Person ; rdfs:label ?n }", initNs=_namespaces())
    } == set(PEOPLE)
    assert len(graph.dataset().default_graph) == len(rdf) > 100
    with pytest.raises(QueryError, match="FROM is refused"):
        graph.dataset().query("SELECT * FROM <file:///etc/hostname> { ?s ?p ?o }")
    with pytest.raises(ForbiddenQuery):
        rdf.query("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }")
    pandas = pytest.importorskip("pandas", reason="needs graphbuild[tables]")
    frame = pandas.DataFrame(graph.rows("backs-and-attacks"))
    assert frame["articles"].sum() == 11


def _namespaces() -> dict[str, str]:
    from graphbuild.vocab import PREFIXES

    return {name: PREFIXES[name] for name in ("pol", "rdfs")}


def test_import_is_light() -> None:
    """Importing the package must not load an engine; a user of one part pays for that part."""
    code = (
        "import sys, graphbuild; print([m for m in ('rdflib', 'pyoxigraph', 'spacy', 'starlette') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
    assert set(graphbuild.__all__) <= set(dir(graphbuild))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = graphbuild.nothing


def test_the_hand_made_quotes_stand_in_their_articles() -> None:
    quotes = [(a.text[s.evidence.start : s.evidence.end], s.evidence.text) for a, found in hand_made() for s in found]
    assert quotes
    assert all(left == right for left, right in quotes)
    assert json.dumps(quotes)


def test_starlette_is_named_when_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [m for m in sys.modules if m.startswith(("starlette", "graphbuild.serve"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "starlette.applications", None)
    with pytest.raises(GraphbuildError, match=r"pip install graphbuild\[serve\]"):
        __import__("graphbuild.serve")
