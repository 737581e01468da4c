"""The process in which queries run: `python -m graphbuild.query_worker STORE`, one request and one answer at a time.

Oxigraph has no time limit and no way to cancel, so a query runs where it can be killed. A message is its length in four
bytes, then JSON; an answer is followed by its body. The process opens the store read-only, anew whenever a writer has
changed it, and cannot open an internet socket where the system allows to forbid that.
"""

import ctypes
import itertools
import json
import os
import struct
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any

import pyoxigraph as ox

LENGTH = struct.Struct(">I")
RESULTS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
GRAPHS = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}


class _Refused(Exception):
    """An answer over a limit; the message is for the user."""


class _CappedWriter:
    """Collects bytes up to a limit, so that a huge answer stops while it is written."""

    def __init__(self, limit: int) -> None:
        self.data = bytearray()
        self.limit = limit

    def write(self, chunk: bytes) -> int:
        if len(self.data) + len(chunk) > self.limit:
            raise _Refused(f"query: the answer is over {self.limit} bytes; add LIMIT or ask for less")
        self.data += chunk
        return len(chunk)

    def flush(self) -> None:
        """Nothing is buffered elsewhere."""


def read_message(stream: IO[bytes]) -> bytes | None:
    """The next message of a pipe; None at its end."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    return stream.read(LENGTH.unpack(head)[0])


def write_message(stream: IO[bytes], message: bytes) -> None:
    """Write one message to a pipe and flush it."""
    stream.write(LENGTH.pack(len(message)) + message)
    stream.flush()


def _count_csv(body: bytes) -> int:
    # A quoted field may hold line ends; between quotes is every second part.
    return sum(part.count(b"\r\n") for part in body.split(b'"')[::2]) - 1


def _count_rows(body: bytes, name: str) -> int:
    if name == "csv":
        return _count_csv(body)
    solutions: Any = ox.parse_query_results(body, format=RESULTS[name])
    return sum(1 for _ in solutions)


def _solutions(result: Any, request: dict[str, Any]) -> tuple[str, bytes]:
    name = request["rows"]
    writer = _CappedWriter(request["max_bytes"])
    result.serialize(writer, format=RESULTS[name])
    body = bytes(writer.data)
    # Counting parses the answer again, so only where a row of one byte could exceed the limit.
    if len(body) > request["max_rows"] and _count_rows(body, name) > request["max_rows"]:
        raise _Refused(f"query: the answer has more than {request['max_rows']} rows; add LIMIT or ask for less")
    return name, body


def _triples(result: Iterable[ox.Triple], request: dict[str, Any]) -> tuple[str, bytes]:
    triples = list(itertools.islice(result, request["max_rows"] + 1))
    if len(triples) > request["max_rows"]:
        raise _Refused(f"query: the answer has more than {request['max_rows']} triples; add LIMIT or ask for less")
    writer = _CappedWriter(request["max_bytes"])
    name = request["graph"]
    prefixes = request["prefixes"] if name == "turtle" else None
    # Sorted and without repeats, so that equal graphs give equal bytes.
    ordered = sorted(set(triples), key=lambda t: (str(t.subject), str(t.predicate) != _TYPE, str(t)))
    ox.serialize(ordered, writer, format=GRAPHS[name], prefixes=prefixes)  # type: ignore[arg-type]
    body = bytes(writer.data)
    return name, _sort_prefixes(body) if prefixes else body


def _sort_prefixes(turtle: bytes) -> bytes:
    """Prefix lines in order and only those in use; the engine writes all, in an order that changes from run to run."""
    lines = turtle.split(b"\n")
    count = next((i for i, line in enumerate(lines) if not line.startswith(b"@prefix ")), len(lines))
    rest = b"\n".join(lines[count:])
    head = b"\n".join(sorted(line for line in lines[:count] if line.split(b" ")[1] in rest))
    return head + b"\n" + rest if head else rest


_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"


def answer(store: ox.Store, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Run one request: ({"kind", "format"} or {"error", "problem"}, body).

    Request keys: query, prefixes, rows (json, xml, csv, tsv), graph (turtle, ntriples, jsonld, rdfxml), max_rows,
    max_bytes.
    """
    try:
        result = store.query(request["query"], prefixes=request["prefixes"])
        if isinstance(result, ox.QueryTriples):
            name, body = _triples(result, request)
            return {"kind": "graph", "format": name}, body
        if isinstance(result, ox.QueryBoolean) and request["rows"] in ("csv", "tsv"):
            return {"kind": "boolean", "format": "text"}, str(bool(result)).lower().encode()
        name, body = _solutions(result, request) if isinstance(result, ox.QuerySolutions) else _boolean(result, request)
        return {"kind": "boolean" if isinstance(result, ox.QueryBoolean) else "rows", "format": name}, body
    except SyntaxError as error:
        return {"error": "syntax", "problem": str(error)}, b""
    except _Refused as error:
        return {"error": "limit", "problem": str(error)}, b""
    except MemoryError:
        return {"error": "limit", "problem": "query: the answer needs more memory than a query may use"}, b""
    except (RuntimeError, OSError, ValueError) as error:
        return {"error": "engine", "problem": f"query: the engine could not answer: {error}"}, b""


def _boolean(result: Any, request: dict[str, Any]) -> tuple[str, bytes]:
    return request["rows"], result.serialize(format=RESULTS[request["rows"]])


def state(path: Path) -> tuple[Any, ...]:
    """What changes whenever a writer changed the store: its folder and the size and time of every data file."""
    files = sorted((e.name, e.stat().st_size, e.stat().st_mtime_ns) for e in os.scandir(path) if e.name[:3] != "LOG")
    return path.stat().st_ino, *files


def forbid_network() -> bool:
    """Forbid this process every socket but local ones, for good. True where the system supports it (Linux, seccomp).

    The guard already refuses SERVICE; this holds even if a query slipped past it.
    """
    # socket(2) by machine: number of the call and the audit code of the architecture (linux/audit.h).
    known = {"x86_64": (41, 0xC000003E), "aarch64": (198, 0xC00000B7)}
    if not sys.platform.startswith("linux") or os.uname().machine not in known:
        return False
    call, machine = known[os.uname().machine]
    deny = 0x00050000 | 13  # SECCOMP_RET_ERRNO with EACCES
    allow = 0x7FFF0000
    program = [
        (0x20, 0, 0, 4),  # load the architecture
        (0x15, 0, 5, machine),  # another one: deny nothing here, this process has only one
        (0x20, 0, 0, 0),  # load the number of the call
        (0x15, 0, 3, call),  # not socket(): allow
        (0x20, 0, 0, 16),  # load its first argument, the family
        (0x15, 1, 0, 1),  # AF_UNIX: allow
        (0x06, 0, 0, deny),
        (0x06, 0, 0, allow),
    ]
    code = b"".join(struct.pack("=HBBI", *line) for line in program)
    buffer = ctypes.create_string_buffer(code, len(code))

    class Program(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]

    libc = ctypes.CDLL(None, use_errno=True)
    filters = Program(len(program), ctypes.cast(buffer, ctypes.c_void_p))
    no_new_privileges, set_seccomp, by_filter = 38, 22, 2
    if libc.prctl(no_new_privileges, 1, 0, 0, 0) != 0:
        return False
    return bool(libc.prctl(set_seccomp, by_filter, ctypes.byref(filters), 0, 0) == 0)


def limit_memory(size: int) -> None:
    """Let this process allocate at most ``size`` bytes; a query that needs more ends the process, not the machine."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    resource.setrlimit(resource.RLIMIT_DATA, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(path: Path, memory: int) -> None:
    """Answer requests from stdin until it closes."""
    forbid_network()
    limit_memory(memory)
    write_message(sys.stdout.buffer, b"ready")
    opened: tuple[Any, ...] | None = None
    store: ox.Store | None = None
    while (message := read_message(sys.stdin.buffer)) is not None:
        try:
            if (now := state(path)) != opened or store is None:
                store, opened = ox.Store.read_only(str(path)), now
            head, body = answer(store, json.loads(message))
        except OSError as error:
            head, body = {"error": "store", "problem": f"query: cannot open the store {path}: {error}"}, b""
        write_message(sys.stdout.buffer, json.dumps(head).encode())
        write_message(sys.stdout.buffer, body)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
