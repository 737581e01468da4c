"""A read-only SPARQL 1.1 Protocol endpoint over a built graph, with a query page and a page for every entity.

serve(directory, *, host="127.0.0.1", port=8000, timeout=30.0, workers=2, cors=(), ...) -> None   until interrupted
make_app(directory, ...) -> Starlette                                                           for other servers

/sparql           the endpoint: GET, POST of a form, POST of application/sparql-query; its service description
/                 the query page, offline; /queries/NAME.rq?person=... a shipped query with its parameters bound
/id/KIND/NAME     the page of an entity, statement, evidence or article: HTML, Turtle, N-Triples, JSON-LD, RDF/XML
"""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from graphbuild.errors import GraphbuildError, QueryError, StoreError
from graphbuild.query import MAX_ROWS, MEMORY, TIMEOUT, QueryPool
from graphbuild.query_library import find_base

try:
    from starlette.applications import Starlette
    from starlette.middleware import Middleware
    from starlette.middleware.cors import CORSMiddleware
    from starlette.middleware.trustedhost import TrustedHostMiddleware
    from starlette.requests import ClientDisconnect, Request
    from starlette.responses import PlainTextResponse, Response
    from starlette.routing import Mount, Route
    from starlette.staticfiles import StaticFiles
except ImportError as error:
    raise GraphbuildError("serve: needs Starlette and uvicorn: pip install graphbuild[serve]") from error

from graphbuild.serve_pages import PAGES, entity_page, find_page, query_answer, query_page, query_text
from graphbuild.serve_protocol import MAX_BODY, Refusal, Service, refuse, sparql

LOCAL_HOSTS = ("127.0.0.1", "localhost")
_HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (
        b"content-security-policy",
        b"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
        b"form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
]


async def _gone(request: Request, error: Exception) -> Response:
    return PlainTextResponse("the client went away\n", 400)


class _SafeHeaders:
    """Adds the headers that keep pages from loading or running anything from elsewhere."""

    def __init__(self, app: Callable[..., Awaitable[None]]) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        async def send_with_headers(message: Any) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *_HEADERS]
            await send(message)

        await self.app(scope, receive, send_with_headers)


def make_app(
    directory: Path | str,
    *,
    timeout: float = TIMEOUT,
    workers: int = 2,
    max_rows: int = MAX_ROWS,
    max_body: int = MAX_BODY,
    memory: int = MEMORY,
    cors: Sequence[str] = (),
    hosts: Sequence[str] = LOCAL_HOSTS,
    base: str = "",
) -> Starlette:
    """The ASGI application over a build folder or store.

    ``cors`` lists origins that may read answers from other pages (none by default; "*" is everyone). ``hosts`` lists
    the Host names answered to, which keeps foreign pages from reaching a local server under a name of their own.
    ``base`` is the base IRI of entities, by default the one found in the graph. Raises StoreError.
    """
    queries = QueryPool(directory, workers=workers, timeout=timeout, memory=memory, base=base)
    pages = QueryPool(directory, workers=1, timeout=timeout, memory=memory, base=base)
    queries.base = pages.base = base or find_base(pages)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        yield
        queries.close()
        pages.close()

    middleware = [Middleware(_SafeHeaders), Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts) or ["*"])]
    if cors:
        middleware.append(Middleware(CORSMiddleware, allow_origins=list(cors), allow_methods=["GET", "POST"]))
    app = Starlette(
        routes=[
            Route("/sparql", sparql, methods=["GET", "POST"]),
            Route("/", query_page),
            Route("/find", find_page),
            Route("/queries/{name}.rq", query_text),
            Route("/queries/{name}", query_answer),
            Route("/id/{kind}/{name}", entity_page),
            Mount("/static", StaticFiles(directory=PAGES / "static")),
        ],
        middleware=middleware,
        exception_handlers={Refusal: refuse, QueryError: refuse, StoreError: refuse, ClientDisconnect: _gone},
        lifespan=lifespan,
    )
    app.state.service = Service(queries, pages, asyncio.Semaphore(workers), pages.base, max_rows, max_body)
    return app


def serve(
    directory: Path | str,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    timeout: float = TIMEOUT,
    workers: int = 2,
    max_rows: int = MAX_ROWS,
    cors: Sequence[str] = (),
    base: str = "",
    started: Callable[[str], None] = lambda address: None,
) -> None:
    """Serve a build folder until interrupted; only this machine is answered unless ``host`` says otherwise.

    Raises StoreError when ``directory`` holds no store, GraphbuildError when the port is not to be had.
    """
    try:
        import uvicorn
    except ImportError as error:
        raise GraphbuildError("serve: needs uvicorn: pip install graphbuild[serve]") from error

    hosts = LOCAL_HOSTS if host in LOCAL_HOSTS else ()
    app = make_app(directory, timeout=timeout, workers=workers, max_rows=max_rows, cors=cors, hosts=hosts, base=base)
    try:
        # Tried beforehand, since uvicorn ends the program where it cannot listen.
        with socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET):
            pass
    except (OSError, OverflowError) as error:
        raise GraphbuildError(
            f"serve: cannot listen on {host}, port {port}: {error}; another program may use it, --port takes another"
        ) from error
    started(f"http://{host}:{port}/")
    uvicorn.run(
        app,
        host=host,
        port=port,
        log_level="warning",
        server_header=False,
        limit_concurrency=500,
        timeout_keep_alive=10,
    )
