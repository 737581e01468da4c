"""The shipped queries: what they are, their parameters, and how names given by people are bound to them.

    shipped_queries() -> {name: ShippedQuery}
    ask_shipped(pool, name, params, rows=..., graph=..., max_rows=...) -> Answer
    bind(shipped, {"person": "<iri>", ...}) -> SPARQL text          find_entities(pool, name, kinds) -> IRIs

A query is a file of graphbuild/queries/ that any SPARQL engine runs as it stands:

    # Who called on whom to resign, oldest first.
    # param person: entity, optional; the one who should go
    # param from: date, optional; first day

Each parameter has a line `VALUES ?person { UNDEF }` (any value) or with a default in it. Binding replaces what is
between the braces by a serialised term, never by text; a line with UNDEF whose parameter is not given is left out.
"""

import functools
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

import pyoxigraph as ox
from rapidfuzz import fuzz, process

from graphbuild.errors import QueryError
from graphbuild.query import MAX_ROWS, Answer, QueryPool
from graphbuild.vocab import KINDS, POL, expand, iri

KINDS_OF_PARAMETER = ("person", "party", "entity", "relation", "date", "article", "text", "number")
_ENTITY_KINDS = {
    "person": ("person",),
    "party": ("organisation",),
    "entity": ("person", "organisation", "group", "place", "phrase"),
}
_PARAM = re.compile(r"# param (?P<name>\w+): (?P<kind>\w+), (?P<need>optional|required); (?P<help>.+)")
_STEP = re.compile(r"# then (?P<step>\w+)")
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_NAMES = """PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?entity ?name ?alias WHERE {
  { ?entity rdfs:label ?name . BIND(false AS ?alias) } UNION { ?entity skos:altLabel ?name . BIND(true AS ?alias) }
}"""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: ``kind`` is one of KINDS_OF_PARAMETER."""

    name: str
    kind: str
    required: bool
    help: str


@dataclass(frozen=True, slots=True)
class ShippedQuery:
    """A query file: ``step`` names what query_hops.py does with the rows, "" when they are the answer."""

    name: str
    description: str
    parameters: tuple[Parameter, ...]
    text: str
    step: str = ""


def is_name(query: str) -> bool:
    """Whether ``query`` is meant as the name of a shipped query; SPARQL always has a blank, a brace or a line end."""
    return re.fullmatch(r"[\w\-.]+", query.strip()) is not None


def parse_query(name: str, text: str) -> ShippedQuery:
    """Read the header of a query file. Raises QueryError naming the file and the line that is wrong."""
    lines = text.splitlines()
    if not lines or not lines[0].startswith("# "):
        raise QueryError(f"{name}.rq: line 1: no description; allowed is a comment of one sentence")
    parameters, step = [], ""
    for number, line in enumerate(lines, 1):
        if line.startswith("# param"):
            match = _PARAM.fullmatch(line.strip())
            if match is None or match["kind"] not in KINDS_OF_PARAMETER:
                raise QueryError(
                    f"{name}.rq: line {number}: {line!r}; allowed is '# param NAME: KIND, optional|required; help' "
                    f"with KIND one of {', '.join(KINDS_OF_PARAMETER)}"
                )
            if f"VALUES ?{match['name']} {{" not in text:
                raise QueryError(f"{name}.rq: line {number}: no 'VALUES ?{match['name']} {{ UNDEF }}' in the query")
            parameters.append(Parameter(match["name"], match["kind"], match["need"] == "required", match["help"]))
        elif found := _STEP.match(line):
            step = found["step"]
    return ShippedQuery(name, lines[0][2:].strip(), tuple(parameters), text, step)


@functools.cache
def shipped_queries() -> Mapping[str, ShippedQuery]:
    """All shipped queries by name, sorted."""
    folder = resources.files("graphbuild") / "queries"
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".rq")), key=lambda f: f.name)
    return {f.name[:-3]: parse_query(f.name[:-3], f.read_text("utf-8")) for f in files}


def shipped_query(name: str) -> ShippedQuery:
    """One shipped query. Raises QueryError with near names for an unknown one."""
    queries = shipped_queries()
    name = name.removesuffix(".rq").replace("_", "-")
    if name not in queries:
        near = _near(name, list(queries)) or list(queries)
        raise QueryError(f"query: there is no shipped query {name!r}; did you mean {', '.join(near)}?")
    return queries[name]


def bind(shipped: ShippedQuery, terms: Mapping[str, str]) -> str:
    """The query's text with parameters bound to serialised terms ("<iri>", '"text"')."""

    def replace(match: re.Match[str]) -> str:
        indent, name, inside = match["indent"], match["name"], match["inside"]
        if name in terms:
            return f"{indent}VALUES ?{name} {{ {terms[name]} }}"
        return "" if inside == "UNDEF" and name in declared else match[0]

    declared = {p.name for p in shipped.parameters}
    pattern = r"(?P<indent>[ \t]*)VALUES \?(?P<name>\w+) \{ (?P<inside>UNDEF|\"[^\"]*\"|\d+) \}"
    return re.sub(pattern, replace, shipped.text)


def fold(name: str) -> str:
    """A name without case, accents and punctuation.

    >>> fold("Sinn  Féin"), fold("O’Brien")
    ('sinn fein', 'o brien')
    """
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return " ".join(re.findall(r"\w+", plain))


def _near(name: str, names: Iterable[str], limit: int = 5) -> list[str]:
    """Names that are spelt like ``name``, and for one word also those that hold a word spelt like it; nearest first."""
    wanted = fold(name)

    def nearness(one: str, other: str, **_: object) -> float:
        words = [fuzz.ratio(one, word) - 1 for word in other.split()] if " " not in one else []
        return max(fuzz.WRatio(one, other), *words, 0)

    found = process.extract(wanted, sorted(names), scorer=nearness, processor=fold, limit=limit, score_cutoff=70)
    return [str(match[0]) for match in found]


def _kind(entity: str) -> str:
    """Kind of a minted IRI, by its last folder; "" for any other IRI."""
    kind = entity.rpartition("/")[0].rpartition("/")[2]
    return kind if kind in KINDS else ""


def _named(pool: QueryPool, kinds: Iterable[str]) -> list[dict[str, Any]]:
    wanted = frozenset(kinds)
    return [r for r in pool.ask(_NAMES, max_rows=5_000_000).rows() if _kind(r["entity"]) in wanted]


def find_entities(pool: QueryPool, name: str, kinds: Iterable[str]) -> list[str]:
    """IRIs of the entities of these kinds whose label is ``name``, or else those with such an alias, sorted.

    Case, accents and punctuation do not count. Raises QueryError with near names when there is none.
    """
    wanted = frozenset(kinds)
    names = _named(pool, wanted)
    for alias in ("false", "true"):
        if hits := {r["entity"] for r in names if r["alias"] == alias and fold(r["name"]) == fold(name)}:
            return sorted(hits)
    near = _near(name, {r["name"] for r in names})
    hint = f"; did you mean {', '.join(near)}?" if near else ""
    what = next(iter(wanted)) if len(wanted) == 1 else "entity"
    raise QueryError(f"query: the graph has no {what} named {name!r}{hint}")


def near_entities(pool: QueryPool, name: str, kinds: Iterable[str], limit: int = 20) -> list[tuple[str, str]]:
    """(IRI, name) of the entities whose name is nearest to ``name`` or holds it, nearest first; each entity once."""
    rows = _named(pool, kinds)
    names = {r["name"] for r in rows}
    near = _near(name, names, limit)
    holding = sorted(n for n in names if fold(name) in fold(n))
    rank = {n: i for i, n in enumerate(dict.fromkeys([*near, *holding]))}
    found: dict[str, str] = {}
    for row in sorted((r for r in rows if r["name"] in rank), key=lambda r: (rank[r["name"]], r["entity"])):
        found.setdefault(row["entity"], row["name"])
    return list(found.items())[:limit]


def _entity_term(pool: QueryPool, parameter: Parameter, value: str) -> str:
    if re.fullmatch(r"https?://[^\s<>\"{}|^`\\]+", value):
        return f"<{value}>"
    if re.fullmatch(rf"({'|'.join(KINDS)})[/:][\w\-]+", value):
        return f"<{iri(value.replace(':', '/', 1), pool.base)}>"
    found = find_entities(pool, value, _ENTITY_KINDS[parameter.kind])
    if len(found) > 1:
        raise QueryError(
            f"query: parameter {parameter.name}: {value!r} names {len(found)} entities; give one of {', '.join(found)}"
        )
    return f"<{found[0]}>"


def _relation_term(pool: QueryPool, parameter: Parameter, value: str) -> str:
    full = value if value.startswith("http") else expand(value) if value.startswith("pol:") else POL + value
    known = [r["relation"] for r in pool.ask(_RELATIONS).rows()]
    if full not in known:
        names = sorted(k.removeprefix(POL) for k in known)
        near = _near(value, names) or names
        raise QueryError(
            f"query: parameter {parameter.name}: unknown relation {value!r}; did you mean {', '.join(near)}?"
        )
    return f"<{full}>"


_RELATIONS = "SELECT ?relation WHERE { ?relation a <" + POL + "Relation> }"


def _term(pool: QueryPool, parameter: Parameter, value: str) -> str:
    """A value that a person wrote as a serialised RDF term; pyoxigraph does the escaping."""
    where = f"query: parameter {parameter.name}"
    if not value.strip():
        raise QueryError(f"{where}: empty; allowed is a {parameter.kind}")
    value = value.strip()
    if parameter.kind == "relation":
        return _relation_term(pool, parameter, value)
    if parameter.kind == "article":
        return str(ox.Literal(value))
    if parameter.kind == "date":
        if not _DATE.fullmatch(value):
            raise QueryError(f"{where}: {value!r} is not a date; allowed are 2024, 2024-05 and 2024-05-31")
        return str(ox.Literal(value))
    if parameter.kind == "number":
        if not re.fullmatch(r"\d{1,9}", value):
            raise QueryError(f"{where}: {value!r} is not a whole number")
        return value
    if parameter.kind == "text":
        return str(ox.Literal(value.lower()))
    return _entity_term(pool, parameter, value)


def bind_parameters(pool: QueryPool, shipped: ShippedQuery, params: Mapping[str, str]) -> str:
    """The query's text with ``params`` checked, resolved and bound. Raises QueryError naming parameter and value."""
    known = {p.name: p for p in shipped.parameters}
    if unknown := sorted(set(params) - set(known)):
        allowed = ", ".join(known) or "none"
        raise QueryError(f"query {shipped.name}: unknown parameter {unknown[0]!r}; allowed are {allowed}")
    missing = [p for p in shipped.parameters if p.required and p.name not in params]
    if missing:
        raise QueryError(f"query {shipped.name}: needs the parameter {missing[0].name}: {missing[0].help}")
    return bind(shipped, {name: _term(pool, known[name], str(value)) for name, value in params.items()})


def ask_shipped(
    pool: QueryPool,
    name: str,
    params: Mapping[str, str],
    *,
    rows: str = "json",
    graph: str = "turtle",
    max_rows: int = MAX_ROWS,
) -> Answer:
    """Run a shipped query with parameters as people write them."""
    shipped = shipped_query(name)
    text = bind_parameters(pool, shipped, params)
    if shipped.step:
        from graphbuild.query_hops import answer_hops

        return answer_hops(pool, text, rows=rows)
    return pool.ask(text, rows=rows, graph=graph, max_rows=max_rows)


def find_base(pool: QueryPool) -> str:
    """The base IRI of the entities in a store, read off one of its articles; the pool's own where there is none."""
    rows = pool.ask("SELECT ?article WHERE { ?evidence prov:wasQuotedFrom ?article } LIMIT 1").rows()
    head, found, _ = str(rows[0]["article"]).rpartition("article/") if rows else ("", "", "")
    return head if found else pool.base
