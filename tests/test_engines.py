"""The shipped queries give the same answers on other engines: rdflib's own, Virtuoso's and Jena's.

Each is loaded with graph.ttl. The last two run where Debian's packages virtuoso-opensource and libapache-jena-java are installed.
"""

import json
import shutil
import subprocess
import time
import urllib.parse
import urllib.request
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from queries.cases import CASES
from queries.hand_made import write_store
from queries.running import free_port
from rdflib.plugins import sparql

from graphbuild.query import QueryPool
from graphbuild.query_library import bind_parameters, shipped_queries, shipped_query

Rows = Counter[tuple[Any, ...]]
JARS = Path("/usr/share/java")
FIRST_CASES = [next(case for case in CASES if case[0] == name) for name in dict.fromkeys(case[0] for case in CASES)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_store(tmp_path_factory.mktemp("engines") / "out")


@pytest.fixture(scope="module")
def pool(folder: Path) -> Iterator[QueryPool]:
    with QueryPool(folder) as opened:
        yield opened


def normal(data: Mapping[str, Any]) -> Rows:
    """Rows of a SPARQL JSON answer: numbers by value, joined names in any order, no order of rows."""
    out: Rows = Counter()
    for row in data["results"]["bindings"]:
        cells: list[Any] = []
        for name in data["head"]["vars"]:
            value = row.get(name, {}).get("value")
            if row.get(name, {}).get("datatype", "").rpartition("#")[2] in ("integer", "decimal", "double", "int"):
                value = float(value)
            cells.append("; ".join(sorted(value.split("; "))) if name == "names" and value else value)
        out[tuple(cells)] += 1
    return out


def ours(pool: QueryPool, name: str, params: Mapping[str, str]) -> tuple[str, Rows]:
    """The bound text of a shipped query and its rows on our store (for allies: the edges before hops are counted)."""
    text = bind_parameters(pool, shipped_query(name), params)
    return text, normal(json.loads(pool.ask(text).body))


@pytest.fixture(scope="module")
def rdflib_graph(folder: Path) -> rdflib.Graph:
    sparql.SPARQL_LOAD_GRAPHS = False
    return rdflib.Graph().parse(folder / "graph.ttl")


@pytest.mark.parametrize(("name", "params"), [case[:2] for case in CASES])
def test_rdflib_agrees(pool: QueryPool, rdflib_graph: rdflib.Graph, name: str, params: dict[str, str]) -> None:
    text, rows = ours(pool, name, params)
    theirs = rdflib_graph.query(text).serialize(format="json")
    assert theirs is not None
    assert normal(json.loads(theirs)) == rows


def test_rdflib_agrees_on_a_graph(pool: QueryPool, rdflib_graph: rdflib.Graph) -> None:
    text = bind_parameters(pool, shipped_query("neighbourhood"), {"person": "Theresa May"})
    body = pool.ask(text, graph="ntriples").body
    assert body
    assert set(rdflib.Graph().parse(data=body, format="nt")) == set(rdflib_graph.query(text).graph or ())


@pytest.fixture(scope="module")
def virtuoso(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if not shutil.which("virtuoso-t") or not shutil.which("isql-vt"):
        pytest.skip("Virtuoso is not installed (Debian: virtuoso-opensource)")
    home = tmp_path_factory.mktemp("virtuoso")
    port, web = free_port(), free_port()
    (home / "v.ini").write_text(
        f"[Database]\nDatabaseFile={home}/v.db\nErrorLogFile={home}/v.log\nLockFile={home}/v.lck\n"
        f"TransactionFile={home}/v.trx\nxa_persistent_file={home}/v.pxa\n"
        f"[TempDatabase]\nDatabaseFile={home}/t.db\nTransactionFile={home}/t.trx\n"
        f"[Parameters]\nServerPort=127.0.0.1:{port}\nDirsAllowed={folder}\nNumberOfBuffers=10000\n"
        f"[HTTPServer]\nServerPort=127.0.0.1:{web}\nServerThreads=4\n[SPARQL]\nResultSetMaxRows=100000\n"
    )
    load = f"DB.DBA.TTLP(file_to_string_output('{folder}/graph.ttl'),'','http://example.org/graph',0);\n"
    (home / "load.sql").write_text(load)
    command = ["virtuoso-t", "+foreground", "+configfile", str(home / "v.ini")]
    process = subprocess.Popen(command, cwd=home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        isql = ["isql-vt", f"127.0.0.1:{port}", "dba", "dba", str(home / "load.sql")]
        for _ in range(120):
            done = subprocess.run(isql, capture_output=True, text=True, check=False)
            if "Done." in done.stdout:
                break
            assert process.poll() is None, "Virtuoso did not start"
            time.sleep(0.5)
        assert "Done." in done.stdout, done.stderr
        yield f"http://127.0.0.1:{web}/sparql"
    finally:
        process.terminate()
        process.wait(timeout=30)


@pytest.mark.parametrize(("name", "params"), [case[:2] for case in CASES])
def test_virtuoso_agrees(pool: QueryPool, virtuoso: str, name: str, params: dict[str, str]) -> None:
    text, rows = ours(pool, name, params)
    form = urllib.parse.urlencode({"query": text, "default-graph-uri": "http://example.org/graph"}).encode()
    request = urllib.request.Request(virtuoso, form, {"Accept": "application/sparql-results+json"})
    with urllib.request.urlopen(request, timeout=60) as response:
        assert normal(json.load(response)) == rows


@pytest.fixture(scope="module")
def jena(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The command that runs a query with Jena, class path and all."""
    names = [
        "arq",
        "base",
        "cmds",
        "core",
        "iri",
        "shacl",
        "shex",
        "tdb",
        "tdb2",
        "dboe-base",
        "dboe-index",
        "dboe-storage",
        "dboe-trans-data",
    ]
    needed = [JARS / f"jena-{name}.jar" for name in [*names, "dboe-transaction", "rdfconnection"]]
    if not shutil.which("java") or not all(jar.exists() for jar in needed):
        pytest.skip("Jena is not installed (Debian: libapache-jena-java)")
    others = "guava commons-codec commons-compress commons-csv commons-io commons-lang3 commons-cli dexx.collection"
    others += " jackson-annotations jackson-core jackson-databind jsonld-java protobuf slf4j-api slf4j-nop thrift"
    others += " titanium-json-ld libthrift httpclient httpcore xercesImpl xml-apis gson RoaringBitmap"
    needed += [JARS / f"{name}.jar" for name in others.split()]
    # Debian's jar holds the messages of its XML parser where the parser does not look for them.
    messages = tmp_path_factory.mktemp("jena")
    with zipfile.ZipFile(JARS / "jena-core.jar") as jar:
        for member in jar.namelist():
            if "ext/xerces" in member and member.endswith(".properties"):
                target = messages / member.replace("org/apache/jena/ext/xerces/", "xerces/")
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(jar.read(member))
    return ["java", "-cp", ":".join(map(str, [messages, *needed])), "arq.arq"]


# A start of Java takes more than a second, so one case a query.
@pytest.mark.parametrize(("name", "params"), [case[:2] for case in FIRST_CASES])
def test_jena_agrees(
    pool: QueryPool, folder: Path, jena: list[str], tmp_path: Path, name: str, params: dict[str, str]
) -> None:
    text, rows = ours(pool, name, params)
    (tmp_path / "query.rq").write_text(text, "utf-8")
    options = ["--data", str(folder / "graph.ttl"), "--query", str(tmp_path / "query.rq"), "--results", "json"]
    done = subprocess.run([*jena, *options], capture_output=True, text=True, check=True, timeout=120)
    assert normal(json.loads(done.stdout)) == rows


def test_oxigraph_used_directly_agrees(pool: QueryPool, folder: Path) -> None:
    store = ox.Store.read_only(str(folder / "store"))
    for name in shipped_queries():
        text = shipped_queries()[name].text
        if "CONSTRUCT" in text:
            continue
        body = store.query(text).serialize(format=ox.QueryResultsFormat.JSON)  # type: ignore[union-attr]
        assert normal(json.loads(body or b"")) == normal(json.loads(pool.ask(text).body))
