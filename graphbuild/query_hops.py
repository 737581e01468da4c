"""Who stands how near to whom: hops over friendly and hostile edges, which SPARQL 1.1 cannot count.

A friend's friend is an ally, an enemy's enemy is an ally, a friend's enemy a rival: the sign of a shortest path is the
product of its signs (structural balance: Cartwright and Harary 1956, Psychological Review 63). An entity that shortest
paths reach with both signs is "both".
"""

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from graphbuild.errors import QueryError
from graphbuild.query import Answer, QueryPool
from graphbuild.query_library import ShippedQuery

COLUMNS = ("hops", "standing", "entity", "name", "via")
MAX_EDGES = 1_000_000


def find_hops(edges: Iterable[tuple[str, str, int]], start: str, limit: int) -> list[tuple[int, str, str, str]]:
    """(hops, "ally" | "rival" | "both", entity, the entity one hop nearer) for all within ``limit`` hops of ``start``.

    ``edges`` are (entity, entity, sign), taken in both directions; sign is 1 friendly, -1 hostile. A pair with both
    counts as both. Sorted by hops, standing and entity.
    """
    signs: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for left, right, sign in edges:
        signs[left][right].add(sign)
        signs[right][left].add(sign)
    reached: dict[str, set[int]] = {start: {1}}
    front, out = [start], []
    names = {frozenset((1,)): "ally", frozenset((-1,)): "rival", frozenset((1, -1)): "both"}
    for hops in range(1, limit + 1):
        found: dict[str, set[int]] = defaultdict(set)
        via: dict[str, str] = {}
        for near in front:
            for far in sorted(signs[near]):
                if far not in reached:
                    found[far] |= {a * b for a in reached[near] for b in signs[near][far]}
                    via.setdefault(far, near)
        reached |= found
        front = sorted(found)
        out += [(hops, names[frozenset(found[far])], far, via[far]) for far in front]
    return sorted(out)


def answer_hops(
    pool: QueryPool, shipped: ShippedQuery, text: str, params: Mapping[str, str], start: str, *, rows: str
) -> Answer:
    """The rows of a query with columns left, right, sign, left_name and right_name as allies and rivals by hops."""
    edges = pool.ask(text, max_rows=MAX_EDGES).rows()
    names = {r["left"]: r["left_name"] for r in edges} | {r["right"]: r["right_name"] for r in edges}
    limit = min(int(params.get("hops", "2")), 10)
    found = find_hops(((r["left"], r["right"], int(r["sign"])) for r in edges), start, limit)
    table = [
        {"hops": hops, "standing": standing, "entity": entity, "name": names[entity], "via": names[via]}
        for hops, standing, entity, via in found
    ]
    return Answer("rows", rows, _write(table, rows, shipped.name))


def _write(table: list[dict[str, Any]], rows: str, name: str) -> bytes:
    if rows == "json":
        bindings = [{c: _term(c, row[c]) for c in COLUMNS} for row in table]
        return json.dumps({"head": {"vars": list(COLUMNS)}, "results": {"bindings": bindings}}).encode()
    if rows == "csv":
        stream = io.StringIO()
        writer = csv.writer(stream)
        writer.writerow(COLUMNS)
        writer.writerows([row[c] for c in COLUMNS] for row in table)
        return stream.getvalue().encode()
    raise QueryError(f"query {name}: the answer comes as json or csv, not as {rows}")


def _term(column: str, value: Any) -> dict[str, str]:
    if column == "entity":
        return {"type": "uri", "value": value}
    if column == "hops":
        return {"type": "literal", "value": str(value), "datatype": "http://www.w3.org/2001/XMLSchema#integer"}
    return {"type": "literal", "value": value}
