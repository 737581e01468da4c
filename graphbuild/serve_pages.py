"""The pages of the server: the query page, bound query texts, and one page for every IRI the build minted."""

from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from graphbuild.errors import QueryError
from graphbuild.ontology import load_ontology
from graphbuild.query import QueryPool
from graphbuild.query_library import (
    ask_shipped,
    bind_parameters,
    find_entities,
    near_entities,
    shipped_queries,
    shipped_query,
)
from graphbuild.serve_protocol import GRAPH_TYPES, ROW_TYPES, Refusal, Service, answer_response, negotiate
from graphbuild.vocab import KINDS, PREFIXES, iri

PAGES = Path(__file__).parent / "pages"
PAGE_SIZE = 100
MAX_TRIPLES = 10_000
_USED = ("pol", "rdf", "rdfs", "prov", "oa", "schema", "skos")
_HEAD = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in _USED)
_OFFERED = {"text/html": "html", "application/xhtml+xml": "html"} | {
    media: form for media, form in GRAPH_TYPES.items() if media != "application/xml"
}
# How the statements that a node's page lists are found, by kind of node.
_STATEMENTS = {
    "statement": "VALUES ?statement {{ <{iri}> }}",
    "evidence": "?statement pol:evidence <{iri}> .",
    "article": "?evidence prov:wasQuotedFrom <{iri}> . ?statement pol:evidence ?evidence .",
}
_ABOUT = (
    "{{ ?statement rdf:subject <{iri}> }} UNION {{ ?statement rdf:object <{iri}> }} "
    "UNION {{ ?statement pol:source <{iri}> }}"
)
_LIST = """SELECT DISTINCT ?statement ?date WHERE {{ {pattern} ?statement a pol:Statement .
  OPTIONAL {{ ?statement pol:date ?date }} }}
ORDER BY DESC(STR(?date)) ?statement LIMIT {limit} OFFSET {offset}"""
_DETAILS = """SELECT ?statement ?subject ?relation ?object ?polarity ?modality ?source ?date ?topic ?role
  ?evidence ?quote ?article ?headline ?published WHERE {{
  VALUES ?statement {{ {statements} }}
  ?statement rdf:subject ?subject_iri ; rdf:predicate ?relation ; pol:polarity ?polarity ; pol:modality ?modality .
  OPTIONAL {{ ?subject_iri rdfs:label ?subject }}
  OPTIONAL {{ ?statement rdf:object ?object_iri . ?object_iri rdfs:label ?object }}
  OPTIONAL {{ ?statement pol:source ?source_iri . ?source_iri rdfs:label ?source }}
  OPTIONAL {{ ?statement pol:date ?date }}
  OPTIONAL {{ ?statement pol:topic ?topic }}
  OPTIONAL {{ ?statement pol:role ?role }}
  OPTIONAL {{ ?statement pol:evidence ?evidence .
    OPTIONAL {{ ?evidence oa:exact ?quote }}
    OPTIONAL {{ ?evidence prov:wasQuotedFrom ?article . OPTIONAL {{ ?article schema:headline ?headline }}
      OPTIONAL {{ ?article schema:datePublished ?published }} }} }}
}} ORDER BY ?statement ?published ?evidence"""
_PROPERTIES = """SELECT ?property ?value ?label WHERE {{ <{iri}> ?property ?value .
  OPTIONAL {{ ?value rdfs:label ?label }} }} ORDER BY ?property ?value LIMIT 1000"""
_TRIPLES = """CONSTRUCT {{ <{iri}> ?p ?o . ?s ?q <{iri}> }} WHERE {{
  {{ <{iri}> ?p ?o }} UNION {{ SELECT ?s ?q WHERE {{ ?s ?q <{iri}> }} LIMIT 5000 }} }}"""


_NAMED = ("person", "organisation", "group", "place", "phrase")


@cache
def _words() -> dict[str, tuple[str, bool]]:
    """What a relation's IRI says in words, and whether only rules write it."""
    ontology = load_ontology()
    return {r.iri: (r.label, r.inferred) for r in (*ontology.relations.values(), *ontology.inferred.values())}


@cache
def _templates() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(PAGES), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )


def _page(template: str, **values: Any) -> HTMLResponse:
    return HTMLResponse(_templates().get_template(template).render(**values))


async def query_page(request: Request) -> Response:
    """The page on which a person writes a query, or starts from a shipped one."""
    return _page("query.html", queries=shipped_queries().values())


def _asked(request: Request) -> tuple[str, dict[str, str]]:
    """Name and parameters of the shipped query that an address names; empty parameters count as not given."""
    name = request.path_params["name"]
    if name not in shipped_queries():
        raise Refusal(404, f"no such query; there are {', '.join(shipped_queries())}")
    return name, {key: value for key, value in request.query_params.items() if value.strip()}


async def query_text(request: Request) -> Response:
    """A shipped query's text with the parameters of the URL bound."""
    service: Service = request.app.state.service
    name, params = _asked(request)

    def bound() -> str:
        return bind_parameters(service.pages, shipped_query(name), params)

    return PlainTextResponse(await run_in_threadpool(bound))


async def query_answer(request: Request) -> Response:
    """The rows of a shipped query with the parameters of the URL, also where SPARQL alone cannot give them."""
    service: Service = request.app.state.service
    name, params = _asked(request)
    rows = negotiate(",".join(request.headers.getlist("accept")), ROW_TYPES)
    if rows is None:
        raise Refusal(406, f"none of the accepted types fits this query; available are {', '.join(ROW_TYPES)}")
    answer = await service.run(ask_shipped, service.queries, name, params, rows=rows, max_rows=service.max_rows)
    return answer_response(answer)


async def find_page(request: Request) -> Response:
    """To the page of the entity named in ?name=, or a list of what may have been meant."""
    service: Service = request.app.state.service
    name = " ".join(request.query_params.get("name", "").split())[:200]

    def found() -> list[tuple[str, str]]:
        try:
            exact = find_entities(service.pages, name, _NAMED)
        except QueryError:
            return near_entities(service.pages, name, _NAMED)
        return [(entity, "") for entity in exact]

    hits = await run_in_threadpool(found) if name else []
    if len(hits) == 1 and not hits[0][1]:
        return RedirectResponse(_local(hits[0][0], service.base))
    listed = [{"page": _local(entity, service.base), "text": label or _short(entity)} for entity, label in hits]
    return _page("find.html", name=name, hits=listed)


def _short(full: str) -> str:
    """An IRI as a CURIE where a prefix is known."""
    for name, namespace in PREFIXES.items():
        if full.startswith(namespace):
            return f"{name}:{full[len(namespace) :]}"
    return full


def _local(full: str | None, base: str) -> str:
    """Address of an IRI's page here; the IRI itself when it is of the web; "" when it cannot be followed."""
    if full and full.startswith(base):
        return "/id/" + full[len(base) :]
    return full if full and full.startswith(("http://", "https://")) else ""


def _statements(pool: QueryPool, kind: str, node: str, page: int) -> tuple[list[dict[str, Any]], bool]:
    """One page of the statements around a node, each with its evidence, and whether there are more."""
    pattern = _STATEMENTS.get(kind, _ABOUT).format(iri=node)
    text = _LIST.format(pattern=pattern, limit=PAGE_SIZE + 1, offset=page * PAGE_SIZE)
    found = list(dict.fromkeys(row["statement"] for row in pool.ask(_HEAD + text).rows()))
    shown = {statement: {"iri": statement, "evidence": []} for statement in found[:PAGE_SIZE]}
    if shown:
        details = _DETAILS.format(statements=" ".join(f"<{s}>" for s in shown))
        for row in pool.ask(_HEAD + details).rows():
            entry: dict[str, Any] = shown[row["statement"]]
            entry.update({k: v for k, v in row.items() if k not in ("evidence", "quote", "article")})
            entry["relation"] = _words().get(row["relation"], (_short(row["relation"]), False))[0]
            entry["page"] = _local(row["statement"], pool.base)
            entry["evidence"].append(row | {"page": _local(row["article"], pool.base)})
    return list(shown.values()), len(found) > PAGE_SIZE


def _entity_html(pool: QueryPool, kind: str, node: str, page: int) -> Response:
    rows = pool.ask(_HEAD + _PROPERTIES.format(iri=node)).rows()
    if not rows:
        raise Refusal(404, f"the graph has nothing about {node}")
    properties: dict[str, dict[str, Any]] = {}
    for row in rows:
        if kind == "article" and row["property"] == PREFIXES["schema"] + "articleBody":
            continue
        words, inferred = _words().get(row["property"], ("", False))
        entry = properties.setdefault(
            row["property"], {"property": _short(row["property"]), "words": words, "inferred": inferred, "values": []}
        )
        page_of = _local(row["value"], pool.base) if isinstance(row["value"], str) else ""
        entry["values"].append({"text": row["label"] or _short(str(row["value"])), "page": page_of})
    names = {row["property"]: row["value"] for row in rows}
    title = names.get(PREFIXES["rdfs"] + "label") or names.get(PREFIXES["schema"] + "headline") or _short(node)
    statements, more = _statements(pool, kind, node, page)
    return _page(
        "entity.html",
        title=title,
        iri=node,
        kind=kind,
        properties=list(properties.values()),
        statements=statements,
        page=page,
        has_more=more,
    )


def _respond(pool: QueryPool, request: Request, form: str) -> Response:
    kind, name = request.path_params["kind"], request.path_params["name"]
    if kind not in KINDS or any(c in '<>"{}|^`\\ ' or ord(c) < 0x21 for c in name):
        raise Refusal(404, f"no such page; pages are /id/KIND/NAME with KIND one of {', '.join(KINDS)}")
    node = iri(f"{kind}/{name}", pool.base)
    if form == "html":
        number = request.query_params.get("page", "0")
        return _entity_html(pool, kind, node, int(number) if number.isdecimal() and len(number) < 7 else 0)
    answer = pool.ask(_TRIPLES.format(iri=node), graph=form, max_rows=MAX_TRIPLES)
    if pool.ask(f"ASK {{ <{node}> ?p ?o }}"):
        return answer_response(answer)
    raise Refusal(404, f"the graph has nothing about {node}")


async def entity_page(request: Request) -> Response:
    """What the graph says about one of its IRIs, as HTML or RDF by the Accept header or ?format=turtle."""
    service: Service = request.app.state.service
    wanted = request.query_params.get("format", "")
    form = wanted if wanted in _OFFERED.values() else negotiate(request.headers.get("accept", ""), _OFFERED)
    if form is None:
        raise Refusal(406, f"available are {', '.join(_OFFERED)}")
    return await run_in_threadpool(_respond, service.pages, request, form)
