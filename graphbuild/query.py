"""Runs SPARQL over a store, in processes that can be stopped: shipped queries by name or given text.

    run_query(store, query, params, *, timeout, max_rows, format) -> Answer      one query, then the process ends
    QueryPool(store, workers=N, timeout=S).ask(text, ...) -> Answer              many queries, processes kept
    Answer.rows() -> list of dicts;  Answer.body -> bytes in Answer.format (json, xml, csv, tsv, turtle, ...)

``store`` is the folder of the Oxigraph store (DIR/store) or the folder of a build (DIR). ``query`` is the name of a
shipped query (query_library.py lists them), or SPARQL text, recognised by its blanks and braces. Every error is a
QueryError whose message is for the user; subclasses tell time limit, refusal and row limit apart.
"""

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graphbuild import query_worker
from graphbuild.errors import QueryError, StoreError
from graphbuild.query_guard import MAX_LENGTH, check_query
from graphbuild.vocab import DEFAULT_BASE, prefixes

ROW_FORMATS = ("json", "xml", "csv", "tsv")
GRAPH_FORMATS = ("turtle", "ntriples", "jsonld", "rdfxml")
TIMEOUT = 30.0
MAX_ROWS = 100_000
MAX_BYTES = 64 * 2**20
MEMORY = 4 * 2**30


class QueryTimeout(QueryError):
    """The time limit passed, or no process came free within it."""


class QueryLimit(QueryError):
    """The answer has more rows, triples or bytes than allowed."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query gave: ``kind`` is "rows", "boolean" or "graph", ``body`` the answer written in ``format``."""

    kind: str
    format: str
    body: bytes

    @property
    def variables(self) -> list[str]:
        """Names of the columns. Raises QueryError unless the answer is rows in JSON."""
        return [str(name) for name in self._json()["head"]["vars"]]

    def rows(self) -> list[dict[str, Any]]:
        """One dict a row, every column present; IRIs and text as str, integers and decimals as numbers, unbound None.

        Raises QueryError unless the answer is rows in JSON (the default format).
        """
        data = self._json()
        columns = data["head"]["vars"]
        return [{c: _value(row.get(c)) for c in columns} for row in data["results"]["bindings"]]

    def __bool__(self) -> bool:
        return self.kind != "boolean" or b"true" in self.body

    def _json(self) -> Any:
        if self.kind != "rows" or self.format != "json":
            raise QueryError(f"query: the answer is {self.kind} in {self.format}; rows need a SELECT query in json")
        return json.loads(self.body)


_NUMBERS = {"integer": int, "decimal": float, "double": float, "float": float}


def _value(term: Mapping[str, str] | None) -> Any:
    if term is None:
        return None
    kind = term.get("datatype", "").rpartition("#")[2]
    return _NUMBERS[kind](term["value"]) if kind in _NUMBERS else term["value"]


# How many seconds a query process may take to start.
_START = 60.0


class _Process:
    """One query process and its pipes."""

    def __init__(self, store: Path, memory: int) -> None:
        # The worker runs as a plain script: it needs nothing of this package, and starts in a tenth of a second.
        command = [sys.executable, "-P", query_worker.__file__, str(store), str(memory)]
        pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
        self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nothing)
        self.late = False
        self._await_ready()

    def _await_ready(self) -> None:
        """Wait until the process reads requests, so that a busy machine's slow start does not count as query time."""
        assert self.process.stdout is not None
        timer = threading.Timer(_START, self._kill_late)
        timer.daemon = True
        timer.start()
        ready = query_worker.read_message(self.process.stdout)
        timer.cancel()
        if ready is None:
            self.close()
            raise QueryError(f"query: no query process came up within {_START:g} s")

    def _kill_late(self) -> None:
        self.late = True
        self.process.kill()

    def ask(self, request: dict[str, Any], timeout: float) -> tuple[dict[str, Any], bytes]:
        """The answer; QueryTimeout or QueryError when the process had to be killed or died (it is gone then)."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        timer = threading.Timer(timeout, self._kill_late)
        timer.daemon = True
        timer.start()
        try:
            query_worker.write_message(self.process.stdin, json.dumps(request).encode())
            head = query_worker.read_message(self.process.stdout)
            body = query_worker.read_message(self.process.stdout) if head is not None else None
        except OSError:
            head = body = None
        finally:
            timer.cancel()
        if head is not None and body is not None and not self.late:
            return json.loads(head), body
        self.close()
        if self.late:
            raise QueryTimeout(f"query: stopped after the time limit of {timeout:g} s; ask for less or raise the limit")
        raise QueryError("query: the engine gave up: the query is nested too deeply or needs too much memory")

    def close(self) -> None:
        """End the process at once."""
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:  # what was buffered for a killed process is of no use to anyone
                    continue


def store_path(path: Path | str) -> Path:
    """The folder of the store, given it or the folder of a build. Raises StoreError when neither is there."""
    path = Path(path)
    found = path / "store" if (path / "store").is_dir() else path
    if not (found / "CURRENT").is_file():
        raise StoreError(f"{path}: no store here; give the folder that `graphbuild build --out` wrote")
    return found.resolve()


class QueryPool:
    """Query processes over one store, started when needed and kept; safe to use from several threads.

    ``timeout`` is seconds a query, the wait for a free process included; ``memory`` bytes a process may allocate.
    """

    def __init__(
        self, store: Path | str, *, workers: int = 1, timeout: float = TIMEOUT, memory: int = MEMORY, base: str = ""
    ) -> None:
        self.store = store_path(store)
        self.timeout = timeout
        self._memory = memory
        self.base = base or DEFAULT_BASE
        self._prefixes = prefixes(self.base)
        self._free: queue.LifoQueue[_Process | None] = queue.LifoQueue()
        for _ in range(workers):
            self._free.put(None)

    def ask(
        self,
        text: str,
        *,
        rows: str = "json",
        graph: str = "turtle",
        timeout: float | None = None,
        max_rows: int = MAX_ROWS,
        max_bytes: int = MAX_BYTES,
        max_length: int = MAX_LENGTH,
    ) -> Answer:
        """Run SPARQL text: SELECT and ASK are answered in format ``rows``, CONSTRUCT and DESCRIBE in ``graph``.

        Raises ForbiddenQuery, QueryTimeout, QueryLimit, or QueryError for anything else wrong with the query.
        """
        _check_format(rows, ROW_FORMATS)
        _check_format(graph, GRAPH_FORMATS)
        check_query(text, max_length=max_length)
        limit = self.timeout if timeout is None else timeout
        request = {"query": text, "prefixes": self._prefixes, "rows": rows, "graph": graph}
        head, body = self._run(request | {"max_rows": max_rows, "max_bytes": max_bytes}, limit)
        problem = head.get("problem", "")
        match head.get("error"):
            case None:
                return Answer(head["kind"], head["format"], body)
            case "syntax":
                raise QueryError(f"query: {_syntax(problem)}")
            case "limit":
                raise QueryLimit(problem)
            case "store":
                raise StoreError(problem)
        raise QueryError(problem)

    def _run(self, request: dict[str, Any], limit: float) -> tuple[dict[str, Any], bytes]:
        try:
            process = self._free.get(timeout=limit)
        except queue.Empty:
            raise QueryTimeout(f"query: all query processes were busy for {limit:g} s; try again") from None
        try:
            if process is None or process.process.poll() is not None:
                process = _Process(self.store, self._memory)
            answer = process.ask(request, limit)
        except BaseException:
            if process is not None:
                process.close()
            process = None
            raise
        finally:
            self._free.put(process)
        return answer

    def close(self) -> None:
        """End the processes; a later query starts new ones."""
        idle: list[None] = []
        while not self._free.empty():
            if (process := self._free.get()) is not None:
                process.close()
            idle.append(None)
        for nothing in idle:
            self._free.put(nothing)

    def __enter__(self) -> "QueryPool":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _check_format(name: str, allowed: tuple[str, ...]) -> None:
    if name not in allowed:
        raise QueryError(f"query: unknown format {name!r}; allowed are {', '.join(allowed)}")


def _syntax(problem: str) -> str:
    """Engine text "error at 2:7: expected ..." as a sentence that names line and column."""
    head, _, rest = problem.partition(": ")
    place = head.rpartition(" ")[2].split(":")
    if len(place) == 2 and all(part.isdigit() for part in place):
        rest = " ".join(rest.split())
        rest = rest if len(rest) <= 200 else rest[:200] + " ..."
        return f"line {place[0]}, column {place[1]}: syntax error: {rest}"
    return f"syntax error: {problem[:400]}"


def run_query(
    store: Path | str,
    query: str,
    params: Mapping[str, str] | None = None,
    *,
    timeout: float = TIMEOUT,
    max_rows: int = MAX_ROWS,
    format: str = "json",
) -> Answer:
    """Run one query and end its process; see the module text for ``store`` and ``query``.

    ``params`` binds the parameters that a shipped query declares: names of people and parties are resolved by label or
    alias. ``format`` is one of ROW_FORMATS for SELECT and ASK, one of GRAPH_FORMATS for CONSTRUCT and DESCRIBE; the
    kind of query that ``format`` does not fit is answered in json or turtle. Raises QueryError, StoreError.
    """
    from graphbuild.query_library import ask_shipped, is_name

    rows = format if format in ROW_FORMATS else "json"
    graph = format if format in GRAPH_FORMATS else "turtle"
    _check_format(format, ROW_FORMATS + GRAPH_FORMATS)
    with QueryPool(store, timeout=timeout) as pool:
        if is_name(query):
            return ask_shipped(pool, query, params or {}, rows=rows, graph=graph, max_rows=max_rows)
        if params:
            raise QueryError("query: parameters go with a shipped query; write values into the text of your own")
        return pool.ask(query, rows=rows, graph=graph, max_rows=max_rows)
