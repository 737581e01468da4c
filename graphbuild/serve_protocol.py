"""The SPARQL 1.1 Protocol: reading requests, choosing formats, answering or refusing in plain text.

    sparql(request) -> Response            the endpoint's handler
    negotiate(accept, offered) -> value    content negotiation, also used by the pages

Protocol: https://www.w3.org/TR/sparql11-protocol/. Refused with a reason: updates and SERVICE (403), FROM and
default-graph-uri (400: there is one graph), answers over the row limit (400), what takes too long (503).
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from graphbuild.errors import StoreError
from graphbuild.query import Answer, QueryPool, QueryTimeout
from graphbuild.query_guard import ForbiddenQuery, check_query

MAX_BODY = 2**20
# How many seconds a query waits for a free process at least, however short its own time limit: processes that were
# just killed are started anew meanwhile.
_WAIT = 10.0
BODY_SECONDS = 10.0
ROW_TYPES = {
    "application/sparql-results+json": "json",
    "application/json": "json",
    "application/sparql-results+xml": "xml",
    "application/xml": "xml",
    "text/xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
}
GRAPH_TYPES = {
    "text/turtle": "turtle",
    "application/turtle": "turtle",
    "application/x-turtle": "turtle",
    "application/n-triples": "ntriples",
    "application/ld+json": "jsonld",
    "application/rdf+xml": "rdfxml",
    "application/xml": "rdfxml",
}
_CONTENT_TYPES = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
    "text": "text/plain; charset=utf-8",
    "turtle": "text/turtle; charset=utf-8",
    "ntriples": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdfxml": "application/rdf+xml",
}
_DESCRIPTION = """@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
@prefix formats: <http://www.w3.org/ns/formats/> .

<{url}> a sd:Service ;
    sd:endpoint <{url}> ;
    sd:supportedLanguage sd:SPARQL11Query ;
    sd:resultFormat formats:SPARQL_Results_JSON , formats:SPARQL_Results_XML , formats:SPARQL_Results_CSV ,
        formats:SPARQL_Results_TSV , formats:Turtle , formats:N-Triples , formats:JSON-LD , formats:RDF_XML ;
    sd:defaultDataset <{url}#dataset> .

<{url}#dataset> a sd:Dataset ;
    sd:defaultGraph <{url}#graph> .

<{url}#graph> a sd:Graph .
"""
T = TypeVar("T")


class Refusal(Exception):
    """A request that is answered with a status and a sentence."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


@dataclass(frozen=True)
class Service:
    """What the handlers share. Pages have a process of their own, so that slow queries never keep them waiting."""

    queries: QueryPool
    pages: QueryPool
    slots: asyncio.Semaphore
    base: str
    max_rows: int
    max_body: int

    async def ask(self, text: str, **options: Any) -> Answer:
        """Run a user's query when a process is free."""
        return await self.run(self.queries.ask, text, max_rows=self.max_rows, **options)

    async def run(self, question: Callable[..., Answer], *arguments: Any, **options: Any) -> Answer:
        """Call what asks ``queries`` when one of its processes is free."""
        try:
            async with asyncio.timeout(max(self.queries.timeout, _WAIT)):
                await self.slots.acquire()
        except TimeoutError:
            raise QueryTimeout("query: all query processes are busy; try again later") from None
        try:
            return await run_in_threadpool(question, *arguments, **options)
        finally:
            self.slots.release()


def negotiate(header: str, offered: Mapping[str, T]) -> T | None:
    """The offered value whose media type an Accept header likes best, None when it likes none (RFC 9110, 12.5.1).

    ``offered`` is in the server's order, which decides between equals. An empty header accepts anything.
    """
    wishes: list[tuple[str, float]] = []
    for part in header.split(","):
        media, *parameters = (piece.strip().lower() for piece in part.split(";"))
        quality = next((p[2:] for p in parameters if p.startswith("q=")), "1")
        try:
            wishes.append((media, min(max(float(quality), 0.0), 1.0)))
        except ValueError:
            wishes.append((media, 0.0))
    if not header.strip():
        wishes = [("*/*", 1.0)]

    def liking(media: str) -> tuple[float, int]:
        # The most specific range that fits decides, whatever its quality.
        ranges = ("*/*", f"{media.partition('/')[0]}/*", media)
        fits = [(ranges.index(wish), quality) for wish, quality in wishes if wish in ranges]
        rank, quality = max(fits, default=(0, 0.0))
        return quality, rank

    best = max(offered, key=liking)  # the first of equals
    return offered[best] if liking(best)[0] > 0 else None


async def _body(request: Request, limit: int) -> bytes:
    """The request's body, refused when it is over ``limit`` bytes or trickles in."""
    data = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for chunk in request.stream():
                data += chunk
                if len(data) > limit:
                    raise Refusal(413, f"the request body is over {limit} bytes")
    except TimeoutError:
        raise Refusal(408, f"the request body did not arrive within {BODY_SECONDS:g} s") from None
    return bytes(data)


def _text(data: bytes, what: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refusal(400, f"{what}: byte {error.start} is not UTF-8") from None


def _fields(encoded: bytes, what: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(_text(encoded, what), keep_blank_values=True, errors="strict", max_num_fields=100)
    except UnicodeDecodeError:
        raise Refusal(400, f"{what}: not percent-encoded UTF-8") from None
    except ValueError as error:
        raise Refusal(400, f"{what}: {error}") from None


async def _query_text(request: Request, limit: int) -> str | None:
    """The query of a protocol request; None when a GET asks for the service description."""
    fields = _fields(request.scope["query_string"], "URL")
    posted = None
    if request.method == "POST":
        media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if media == "application/sparql-update":
            raise Refusal(403, "updates are refused: the store is read-only")
        if media not in ("application/x-www-form-urlencoded", "application/sparql-query"):
            raise Refusal(
                415,
                f"content type {media or 'missing'!r}; allowed are application/sparql-query and "
                "application/x-www-form-urlencoded",
            )
        body = await _body(request, limit)
        if media == "application/sparql-query":
            posted = _text(body, "request body")
        else:
            fields += _fields(body, "request body")
    names = [name for name, _ in fields]
    if "update" in names:
        raise Refusal(403, "updates are refused: the store is read-only")
    for name in ("default-graph-uri", "named-graph-uri", "using-graph-uri", "using-named-graph-uri"):
        if name in names:
            raise Refusal(400, f"{name} is refused: the store has one default graph and no named ones; leave it out")
    texts = [value for name, value in fields if name == "query"] + ([posted] if posted is not None else [])
    if not texts and request.method != "POST":
        return None
    if len(texts) != 1:
        raise Refusal(400, f"{len(texts)} queries in the request; allowed is one")
    return texts[0]


def _endpoint_url(request: Request) -> str:
    return str(request.url.replace(query="", fragment=""))


def answer_response(answer: Answer) -> Response:
    """An answer with its media type."""
    return Response(answer.body, headers={"content-type": _CONTENT_TYPES[answer.format], "vary": "accept"})


async def sparql(request: Request) -> Response:
    """The endpoint."""
    service: Service = request.app.state.service
    text = await _query_text(request, service.max_body)
    accept = ",".join(request.headers.getlist("accept"))
    if text is None:
        kind = negotiate(accept, {"text/turtle": "turtle", "text/html": "html"})
        if kind is None:
            raise Refusal(406, "the service description comes as text/turtle")
        if kind == "html":
            return RedirectResponse("/")
        return Response(_DESCRIPTION.format(url=_endpoint_url(request)), media_type="text/turtle")
    offered = GRAPH_TYPES if check_query(text) in ("construct", "describe") else ROW_TYPES
    chosen = negotiate(accept, offered)
    if chosen is None:
        raise Refusal(406, f"none of the accepted types fits this query; available are {', '.join(offered)}")
    option = "graph" if offered is GRAPH_TYPES else "rows"
    return answer_response(await service.ask(text, **{option: chosen}))


def _status(error: Exception) -> int:
    if isinstance(error, Refusal):
        return error.status
    if isinstance(error, ForbiddenQuery):
        return 403
    if isinstance(error, QueryTimeout | StoreError):
        return 503
    return 400


async def refuse(request: Request, error: Exception) -> Response:
    """An error as a sentence with its status."""
    status = _status(error)
    headers = {"retry-after": "5"} if status == 503 else {}
    # After a refused body the connection cannot be reused: unread bytes would be taken for the next request.
    if status in (408, 413):
        headers["connection"] = "close"
    return PlainTextResponse(f"{error}\n", status, headers)
