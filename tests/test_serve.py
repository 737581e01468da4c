"""The server as its clients see it: SPARQLWrapper, curl, rdflib's SPARQLStore, a browser, and plain HTTP."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

httpx = pytest.importorskip("httpx", reason="needs httpx")
pytest.importorskip("starlette", reason="needs graphbuild[serve]")
pytest.importorskip("uvicorn", reason="needs graphbuild[serve]")

import pyoxigraph as ox  # noqa: E402  (after the skips: without the extra there is nothing to test)
from queries.hand_made import PEOPLE, write_store  # noqa: E402
from queries.running import running_server  # noqa: E402

from graphbuild.query import run_query  # noqa: E402
from graphbuild.query_library import shipped_queries  # noqa: E402
from graphbuild.serve_protocol import negotiate  # noqa: E402

ENDLESS = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o } ORDER BY ?a ?o"
PEOPLE_QUERY = "SELECT ?name { ?p a pol:Person ; rdfs:label ?name } ORDER BY ?name"
GRAPH_QUERY = "CONSTRUCT { ?p rdfs:label ?name } { ?p a pol:Person ; rdfs:label ?name }"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_store(tmp_path_factory.mktemp("serve") / "out")


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with running_server(folder, timeout=3.0, max_rows=500, cors=("https://example.org",)) as found:
        yield found


@pytest.fixture(scope="module")
def client(address: str) -> Iterator[Any]:
    with httpx.Client(base_url=address, timeout=30) as opened:
        yield opened


def ask(client: Any, query: str, accept: str = "application/sparql-results+json", **options: Any) -> Any:
    return client.get("/sparql", params={"query": query}, headers={"accept": accept}, **options)


@pytest.mark.parametrize("way", ["get", "form", "direct"])
def test_three_ways_to_ask(client: Any, way: str) -> None:
    text = PEOPLE_QUERY + " # é %25 +"
    accept = {"accept": "application/sparql-results+json"}
    if way == "get":
        response = client.get("/sparql", params={"query": text}, headers=accept)
    elif way == "form":
        response = client.post("/sparql", data={"query": text}, headers=accept)
    else:
        media = {"content-type": "application/sparql-query; charset=utf-8"}
        response = client.post("/sparql", content=text.encode(), headers=accept | media)
    assert response.status_code == 200
    names = [row["name"]["value"] for row in response.json()["results"]["bindings"]]
    assert names == sorted(PEOPLE)


def test_text_arrives_as_it_was_sent(client: Any) -> None:
    text = 'SELECT ("100%25 + é & \U0001f600" AS ?x) {}'
    for response in (ask(client, text), client.post("/sparql", data={"query": text})):
        assert response.json()["results"]["bindings"][0]["x"]["value"] == "100%25 + é & \U0001f600"


@pytest.mark.parametrize(
    ("accept", "media", "form"),
    [
        ("application/sparql-results+json", "application/sparql-results+json", ox.QueryResultsFormat.JSON),
        ("application/json", "application/sparql-results+json", ox.QueryResultsFormat.JSON),
        ("application/sparql-results+xml", "application/sparql-results+xml", ox.QueryResultsFormat.XML),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8", ox.QueryResultsFormat.TSV),
        ("text/csv", "text/csv; charset=utf-8", None),
        ("*/*", "application/sparql-results+json", ox.QueryResultsFormat.JSON),
        ("text/csv;q=0.1, application/sparql-results+xml;q=0.5", "application/sparql-results+xml", None),
        ("text/*, application/json;q=0", "text/xml", None),
        ("image/png, */*;q=0.1", "application/sparql-results+json", None),
    ],
)
def test_rows_are_negotiated(client: Any, accept: str, media: str, form: Any) -> None:
    response = ask(client, PEOPLE_QUERY, accept)
    assert response.status_code == 200
    got = response.headers["content-type"]
    assert got == (media if media != "text/xml" else "application/sparql-results+xml")
    assert "accept" in response.headers["vary"].lower()
    if form is not None:
        assert len(list(ox.parse_query_results(response.content, format=form))) == len(PEOPLE)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
        ("", ox.RdfFormat.TURTLE),
    ],
)
def test_graphs_are_negotiated(client: Any, accept: str, form: Any) -> None:
    response = ask(client, GRAPH_QUERY, accept)
    assert response.status_code == 200
    assert len(list(ox.parse(response.content, format=form))) == len(PEOPLE)
    assert ask(client, "DESCRIBE person:keir-starmer", accept).status_code == 200


def test_what_cannot_be_negotiated_is_406(client: Any) -> None:
    for query, accept in ((PEOPLE_QUERY, "image/png"), (PEOPLE_QUERY, "text/turtle"), (GRAPH_QUERY, "text/csv")):
        response = ask(client, query, accept)
        assert response.status_code == 406
        assert "available are" in response.text


def test_ask_in_every_format(client: Any) -> None:
    assert ask(client, "ASK { ?s ?p ?o }").json()["boolean"] is True
    assert b"<boolean>true</boolean>" in ask(client, "ASK {}", "application/sparql-results+xml").content
    assert ask(client, "ASK { <a:a> ?p ?o }", "text/csv").text == "false"


@given(st.text(max_size=60))
def test_negotiation_never_fails(header: str) -> None:
    assert negotiate(header, {"text/csv": 1, "text/html": 2}) in (1, 2, None)


@pytest.mark.parametrize(
    ("header", "chosen"),
    [
        ("", "a"),
        ("text/b", "b"),
        ("text/*;q=0.5, text/a;q=0.1", "b"),
        ("text/a;q=0.5, text/b;q=0.50", "a"),
        ("text/a;q=0", None),
        ("TEXT/B ; Q=0.4", "b"),
        ("text/b;q=nonsense", None),
        ("image/*", None),
    ],
)
def test_negotiation(header: str, chosen: str | None) -> None:
    assert negotiate(header, {"text/a": "a", "text/b": "b"}) == chosen


def test_service_description(client: Any) -> None:
    response = client.get("/sparql")
    assert response.headers["content-type"] == "text/turtle; charset=utf-8"
    triples = [str(quad.predicate) for quad in ox.parse(response.content, format=ox.RdfFormat.TURTLE)]
    assert "<http://www.w3.org/ns/sparql-service-description#endpoint>" in triples
    assert client.get("/sparql", headers={"accept": "text/html"}).headers["location"] == "/"


@pytest.mark.parametrize(
    ("status", "message", "request_"),
    [
        (403, "updates are refused", {"method": "POST", "data": {"update": "DROP ALL"}}),
        (403, "updates are refused", {"method": "GET", "params": {"update": "DROP ALL"}}),
        (
            403,
            "updates are refused",
            {"method": "POST", "content": b"DROP ALL", "headers": {"content-type": "application/sparql-update"}},
        ),
        (403, "DROP is refused", {"method": "POST", "data": {"query": "DROP ALL"}}),
        (403, "SERVICE is refused", {"method": "GET", "params": {"query": "ASK { SERVICE <http://127.0.0.1:1/> {} }"}}),
        (400, "FROM is refused", {"method": "GET", "params": {"query": "SELECT * FROM <http://e/> {}"}}),
        (400, "one default graph", {"method": "GET", "params": {"query": "ASK {}", "default-graph-uri": "http://e/"}}),
        (400, "one default graph", {"method": "POST", "data": {"query": "ASK {}", "named-graph-uri": "http://e/"}}),
        (400, "line 1, column 17: syntax error", {"method": "GET", "params": {"query": "SELECT * { ?s ?p"}}),
        (400, "0 queries", {"method": "POST", "data": {"other": "x"}}),
        (400, "2 queries", {"method": "GET", "params": [("query", "ASK {}"), ("query", "ASK {}")]}),
        (400, "more than 500 rows", {"method": "GET", "params": {"query": "SELECT ?a { ?a ?b ?c }"}}),
        (
            415,
            "content type 'text/plain'",
            {"method": "POST", "content": b"ASK {}", "headers": {"content-type": "text/plain"}},
        ),
        (413, "over 1048576 bytes", {"method": "POST", "data": {"query": "#" * 1_100_000}}),
        (400, "allowed are 100000", {"method": "POST", "data": {"query": "#" * 200_000}}),
        (
            400,
            "not UTF-8",
            {"method": "POST", "content": b"ASK {} # \xff", "headers": {"content-type": "application/sparql-query"}},
        ),
        (405, "Method Not Allowed", {"method": "DELETE"}),
    ],
)
def test_refusals_have_a_status_and_a_sentence(
    client: Any, status: int, message: str, request_: dict[str, Any]
) -> None:
    response = client.request(url="/sparql", **request_)
    assert (response.status_code, response.headers["content-type"]) == (status, "text/plain; charset=utf-8")
    assert message in response.text


def test_a_slow_query_is_503_and_pages_answer_meanwhile(client: Any, address: str) -> None:
    import threading

    seen = []
    threads = [
        threading.Thread(
            target=lambda: seen.append(httpx.get(address + "/sparql", params={"query": ENDLESS}, timeout=30))
        )
        for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    page = client.get("/id/person/keir-starmer")
    for thread in threads:
        thread.join()
    assert page.status_code == 200
    assert [r.status_code for r in seen] == [503, 503]
    assert all("time limit of 3 s" in r.text and r.headers["retry-after"] for r in seen)
    assert ask(client, "ASK {}").status_code == 200


def test_only_listed_origins_may_read(client: Any) -> None:
    assert "access-control-allow-origin" not in ask(client, "ASK {}").headers
    other = client.get("/sparql", params={"query": "ASK {}"}, headers={"origin": "https://other.example"})
    assert "access-control-allow-origin" not in other.headers
    listed = client.get("/sparql", params={"query": "ASK {}"}, headers={"origin": "https://example.org"})
    assert listed.headers["access-control-allow-origin"] == "https://example.org"


def test_foreign_host_names_are_refused(client: Any) -> None:
    assert client.get("/", headers={"host": "attacker.example"}).status_code == 400


def test_sparqlwrapper(address: str) -> None:
    wrapper = pytest.importorskip("SPARQLWrapper", reason="needs SPARQLWrapper")
    for method in (wrapper.GET, wrapper.POST):
        for how in (wrapper.URLENCODED, wrapper.POSTDIRECTLY) if method == wrapper.POST else (wrapper.URLENCODED,):
            client = wrapper.SPARQLWrapper(address + "/sparql")
            client.setMethod(method)
            client.setRequestMethod(how)
            client.setQuery("PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> SELECT ?n { ?p rdfs:label ?n }")
            client.setReturnFormat(wrapper.JSON)
            assert len(client.queryAndConvert()["results"]["bindings"]) > len(PEOPLE)
            client.setReturnFormat(wrapper.XML)
            assert len(client.queryAndConvert().getElementsByTagName("result")) > len(PEOPLE)
            client.setReturnFormat(wrapper.CSV)
            assert client.queryAndConvert().startswith(b"n\r\n")
            client.setQuery(
                "CONSTRUCT { ?p a <http://e/Named> } { ?p <http://www.w3.org/2000/01/rdf-schema#label> ?n }"
            )
            client.setReturnFormat(wrapper.TURTLE)
            assert b"<http://e/Named>" in client.queryAndConvert()


def test_rdflib_sparqlstore(address: str) -> None:
    import rdflib
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    for method in ("GET", "POST", "POST_FORM"):
        graph = rdflib.Graph(store=SPARQLStore(address + "/sparql", method=method))
        rows = graph.query("SELECT ?n { ?p a <https://w3id.org/graphbuild/ontology#Person> ; rdfs:label ?n }")
        assert {str(row[0]) for row in rows} == set(PEOPLE)  # type: ignore[index]
        starmer = rdflib.URIRef("https://w3id.org/graphbuild/id/person/keir-starmer")
        assert str(graph.value(starmer, rdflib.RDFS.label)) == "Keir Starmer"


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_curl(address: str) -> None:
    def curl(*arguments: str) -> str:
        return subprocess.run(
            ["curl", "-sS", "-m", "20", *arguments], capture_output=True, text=True, check=True
        ).stdout

    url = address + "/sparql"
    assert curl("-G", url, "--data-urlencode", f"query={PEOPLE_QUERY}", "-H", "Accept: text/csv").startswith(
        "name\nAnas"
    )
    assert curl(url, "--data-urlencode", "query=ASK {}", "-H", "Accept: text/csv") == "true"
    assert "Keir Starmer" in curl(url, "-H", "Content-Type: application/sparql-query", "--data-binary", PEOPLE_QUERY)
    assert curl(address + "/id/person/keir-starmer", "-H", "Accept: text/turtle").startswith("@prefix")
    assert curl(address + "/id/person/keir-starmer").startswith("<!doctype html>")


def test_every_minted_iri_has_a_page(client: Any) -> None:
    base = "https://w3id.org/graphbuild/id/"
    found = ask(client, f"SELECT DISTINCT ?x {{ ?x ?p ?o FILTER(STRSTARTS(STR(?x), '{base}')) }}").json()
    nodes = [row["x"]["value"] for row in found["results"]["bindings"]]
    assert {n[len(base) :].partition("/")[0] for n in nodes} >= {
        "person",
        "organisation",
        "phrase",
        "statement",
        "evidence",
    }
    for node in nodes:
        path = "/id/" + node[len(base) :]
        page = client.get(path, headers={"accept": "text/html"})
        assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
        turtle = client.get(path, headers={"accept": "text/turtle"})
        assert any(str(q.subject) == f"<{node}>" for q in ox.parse(turtle.content, format=ox.RdfFormat.TURTLE))


def test_the_page_of_a_person_shows_sentences_and_marks_denials(client: Any) -> None:
    page = client.get("/id/person/tom-watson", headers={"accept": "text/html"}).text
    assert "Mr Watson has not backed Mr Corbyn." in page
    assert "denied or negated" in page
    assert "according to Hilary Benn" in page
    assert '<a href="/id/article/coup-2">Report coup-2</a>, 2016-06-28' in page
    assert client.get("/id/person/tom-watson?format=jsonld").headers["content-type"] == "application/ld+json"
    assert client.get("/id/person/nobody").status_code == 404
    assert client.get("/id/person/nobody?format=turtle").status_code == 404
    assert client.get("/id/dragon/smaug").status_code == 404


def test_names_lead_to_pages(client: Any) -> None:
    there = client.get("/find", params={"name": "KEIR  starmer"})
    assert there.status_code == 307
    assert there.headers["location"] == "/id/person/keir-starmer"
    near = client.get("/find", params={"name": "stamer"})
    assert near.status_code == 200
    assert '<a href="/id/person/keir-starmer">' in near.text
    assert "no name like" in client.get("/find", params={"name": "qqqq"}).text
    hostile = client.get("/find", params={"name": '"><script>alert(1)</script>'}).text
    assert "<script>" not in hostile
    assert client.get("/find").status_code == 200


def test_a_question_beyond_sparql_is_answered_by_name(client: Any, folder: Path) -> None:
    answer = client.get("/queries/allies", params={"person": "Keir Starmer"}, headers={"accept": "text/csv"})
    assert answer.text == run_query(folder, "allies", {"person": "Keir Starmer"}, format="csv").body.decode()
    assert answer.text.startswith("hops,standing,name,via,entity")
    assert client.get("/queries/allies").status_code == 400
    assert client.get("/queries/nothing").status_code == 404
    plain = client.get("/queries/resignation-calls", headers={"accept": "application/json"}).json()
    assert plain["results"]["bindings"]


def test_inferred_properties_are_marked(client: Any) -> None:
    page = client.get("/id/person/keir-starmer", headers={"accept": "text/html"}).text
    row = next(part for part in page.split("<tr") if "pol:asked_to_resign_by" in part)
    assert "inferred" in row
    assert "is asked to resign by" in row
    assert "calls for the resignation of" in page


def test_bound_query_texts(client: Any) -> None:
    text = client.get("/queries/resignation-calls.rq", params={"person": "keir starmer", "from": ""}).text
    assert "VALUES ?person { <https://w3id.org/graphbuild/id/person/keir-starmer> }" in text
    assert "UNDEF" not in text
    assert len(ask(client, text).json()["results"]["bindings"]) == 2
    wrong = client.get("/queries/resignation-calls.rq", params={"person": "Kier Starmer"})
    assert wrong.status_code == 400
    assert "did you mean Keir Starmer" in wrong.text
    assert client.get("/queries/nothing-of-the-kind.rq").status_code == 404


def test_pages_load_nothing_from_elsewhere(client: Any) -> None:
    for path in ("/", "/id/person/keir-starmer", "/static/query.js", "/static/style.css"):
        response = client.get(path, headers={"accept": "text/html"})
        policy = response.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self';")
        assert "unsafe" not in policy
        for part in ('src="http', "@import", "url(http", "<script>", "style="):
            assert part not in response.text
    assert client.get("/static/../serve.py").status_code == 404
    assert client.get("/static/%2e%2e/%2e%2e/serve.py").status_code == 404


def test_texts_of_articles_stay_text(tmp_path: Path) -> None:
    folder = write_store(tmp_path / "out")
    store = ox.Store(str(folder / "store"))
    node, label = ox.NamedNode("https://w3id.org/graphbuild/id/person/eve"), "<script>alert(1)</script>"
    store.add(ox.Quad(node, ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label"), ox.Literal(label)))
    store.add(ox.Quad(node, ox.NamedNode("http://schema.org/url"), ox.NamedNode("javascript:alert(1)")))
    store.flush()
    del store
    with running_server(folder) as address:
        page = httpx.get(address + "/id/person/eve", headers={"accept": "text/html"}).text
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>" not in page
    assert 'href="javascript' not in page


def test_the_query_page_in_a_browser(address: str, tmp_path: Path, browser: Any) -> None:
    page = browser.new_page()
    asked: list[str] = []
    problems: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(address + "/")
    page.select_option("#shipped", "resignation-calls")
    page.get_by_label("person", exact=True).locator("visible=true").fill("keir starmer")
    page.keyboard.press("Tab")
    page.wait_for_function("document.getElementById('query').value.includes('person/keir-starmer')")
    page.get_by_role("button", name="Run").click()
    page.wait_for_selector("#result table")
    assert page.locator("#result tbody tr").count() == 2
    assert page.inner_text("#status").startswith("2 rows in ")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download").click()
    path = tmp_path / "saved.csv"
    saved.value.save_as(path)
    assert saved.value.suggested_filename == "resignation-calls.csv"
    assert "Ian Blackford" in path.read_text("utf-8")
    page.click("#result tbody a >> nth=0")
    page.wait_for_selector("h1")
    assert "/id/statement/" in page.url
    assert "should resign" in page.inner_text("blockquote >> nth=0")
    assert problems == []  # the Content-Security-Policy stopped nothing, and no script failed
    page.goto(address + "/")
    page.fill("#query", "SELECT * { ?s ?p")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#problem:not([hidden])")
    assert "line 1, column 17" in page.inner_text("#problem")
    page.close()
    assert asked
    assert all(url.startswith((address, f"blob:{address}")) for url in asked)


def test_the_query_page_lists_every_shipped_query(client: Any) -> None:
    page = client.get("/").text
    assert all(f'value="{name}"' in page for name in shipped_queries())
    assert json.dumps(sorted(shipped_queries()))
