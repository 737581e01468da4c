"""Refuses SPARQL that would leave or change the store: SERVICE, FROM and every update, before an engine sees it.

    check_query(text, max_length=...) -> form, or raises ForbiddenQuery / QueryError naming line and column

Neither Oxigraph nor rdflib can switch SERVICE off, and rdflib reads files named by FROM. Their parsers know no word
boundaries ("1SERVICE<...>" is a call), and "<" is an operator as well as the start of an IRI, so a forbidden word could
hide in what only looks like an IRI or a comment. The reader below therefore accepts less than SPARQL does: what has
two readings is refused with a hint, and a query is let through only when all readings agree.
Grammar: https://www.w3.org/TR/sparql11-query/#sparqlGrammar (terminals 139 to 173).
"""

import re
from collections.abc import Iterator

from graphbuild.errors import QueryError

MAX_LENGTH = 100_000
_UPDATES = frozenset(["insert", "delete", "load", "clear", "drop", "create", "copy", "move", "add", "with"])
_QUERIES = frozenset(["select", "construct", "ask", "describe"])
_WORDS = re.compile(r"service|from|load", re.IGNORECASE)
_NAME = r"[^\W\d]"  # possessive and bounded where it is used below, so that long input costs linear time
_LOCAL = r"(?:[\w\-.:\u00b7\u0300-\u036f\u203f-\u2040]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%])*"
_TOKEN = re.compile(
    rf"""(?P<blank>[ \t\r\n]+)
    |(?P<comment>\#[^\r\n]*)
    |(?P<string>\"\"\"(?:(?:"|"")?(?:[^"\\]|\\.))*\"\"\" | '''(?:(?:'|'')?(?:[^'\\]|\\.))*'''
               |"(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*')
    |(?P<iri><[^<>"{{}}|^`\\\x00-\x20]*>)
    |(?P<variable>[?$]\w+)
    |(?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    |(?P<name>(?:{_NAME}[\w\-.]{{0,200}}+|_)?:{_LOCAL})
    |(?P<word>{_NAME}\w*)
    |(?P<other>[^"'\\])""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


class ForbiddenQuery(QueryError):
    """A query that may not be run here whatever its syntax: SERVICE or an update."""


def position(text: str, offset: int) -> str:
    """Place of an offset as people count it.

    >>> position("ASK {\\n x", 7)
    'line 2, column 2'
    """
    return f"line {text.count(chr(10), 0, offset) + 1}, column {offset - text.rfind(chr(10), 0, offset)}"


def _unescape(text: str) -> str:
    """Resolve codepoint escapes as a SPARQL processor may do before parsing."""

    def character(match: re.Match[str]) -> str:
        code = int(match[1] or match[2], 16)
        return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"

    return _ESCAPE.sub(character, text)


def _tokens(text: str) -> Iterator[re.Match[str]]:
    offset = 0
    while offset < len(text):
        match = _TOKEN.match(text, offset)
        if match is None:
            raise QueryError(
                f"query: {position(text, offset)}: a string that is not closed, or a backslash outside a string; "
                "write IRIs without escapes"
            )
        yield match
        offset = match.end()


def _ambiguous(iri: str) -> bool:
    """Whether "<...>" could also be the operator "<" with code after it.

    Read as code, the text must close a bracket that it did not open, or start a comment, before anything forbidden can
    follow; and "//" never occurs in code, so what follows it is an IRI for certain.
    """
    depth = 0
    for character in iri.partition("//")[0]:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if character == "#" or depth < 0:
            return True
    return False


def _forbid(text: str, offset: int, word: str) -> None:
    where = position(text, offset)
    if word == "service":
        raise ForbiddenQuery(f"query: {where}: SERVICE is refused: a query here never reaches another server")
    if word == "from":
        raise QueryError(
            f"query: {where}: FROM is refused: the store has one default graph and no named ones; leave FROM out"
        )
    raise ForbiddenQuery(f"query: {where}: LOAD is refused: the store is read-only")


def _check_name(text: str, match: re.Match[str]) -> None:
    prefix, _, local = match[0].partition(":")
    if found := _WORDS.search(prefix):
        _forbid(text, match.start() + found.start(), found[0].lower())
    # A parser may end a local name at a full stop; without one the whole name is certain.
    if (found := _WORDS.search(local)) and "." in local[: found.start()]:
        _forbid(text, match.start() + len(prefix) + 1 + found.start(), found[0].lower())


def _check(text: str) -> str:
    form = ""
    for match in _tokens(text):
        kind, value = match.lastgroup, match[0]
        if kind == "iri" and _ambiguous(value):
            raise QueryError(
                f"query: {position(text, match.start())}: {value[:60]!r} can be read as an IRI and as a comparison; "
                "put a blank after '<', or write the IRI in full"
            )
        if kind == "name":
            _check_name(text, match)
        if kind == "word":
            if found := _WORDS.search(value):
                _forbid(text, match.start() + found.start(), found[0].lower())
            if not form and value.lower() in _UPDATES:
                raise ForbiddenQuery(
                    f"query: {position(text, match.start())}: {value.upper()} is refused: the store is read-only; "
                    "allowed are SELECT, ASK, CONSTRUCT and DESCRIBE"
                )
            if not form and value.lower() in _QUERIES:
                form = value.lower()
    return form


def check_query(text: str, *, max_length: int = MAX_LENGTH) -> str:
    """The query's form ("select", "ask", "construct", "describe", "" where none is named).

    Raises ForbiddenQuery for SERVICE and updates, QueryError for FROM, for text with two readings, and for text over
    ``max_length`` characters. Both the text as written and with its codepoint escapes resolved must pass."""
    if len(text) > max_length:
        raise QueryError(f"query: {len(text)} characters; allowed are {max_length}")
    if "\x00" in text:
        raise QueryError(f"query: {position(text, text.index(chr(0)))}: a NUL character; allowed is text")
    form = _check(text)
    if (plain := _unescape(text)) != text:
        _check(plain)
    return form
