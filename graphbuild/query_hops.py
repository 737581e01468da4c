"""Who stands how near to whom: hops over friendly and hostile edges, which SPARQL 1.1 cannot count.

A friend's friend is an ally, an enemy's enemy is an ally, a friend's enemy a rival: the sign of a shortest path is the
product of its signs (structural balance: Cartwright and Harary 1956, Psychological Review 63). An entity that shortest
paths reach with both signs is "both".
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import pyoxigraph as ox

from graphbuild import query_worker
from graphbuild.query import Answer, QueryPool
from graphbuild.vocab import PREFIXES

COLUMNS = ["hops", "standing", "name", "via", "entity"]
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


def answer_hops(pool: QueryPool, text: str, *, rows: str) -> Answer:
    """Allies and rivals by hops, from rows of person, hops, and edges: left, sign, right and the names of both ends."""
    edges = pool.ask(text, max_rows=MAX_EDGES).rows()
    names = {r["left"]: r["left_name"] for r in edges} | {r["right"]: r["right_name"] for r in edges}
    found: list[tuple[int, str, str, str]] = []
    if edges:
        signed = ((r["left"], r["right"], int(r["sign"])) for r in edges)
        found = find_hops(signed, edges[0]["person"], edges[0]["hops"])
    bindings = [
        {
            "hops": {"type": "literal", "value": str(hops), "datatype": PREFIXES["xsd"] + "integer"},
            "standing": {"type": "literal", "value": standing},
            "name": {"type": "literal", "value": names[entity]},
            "via": {"type": "literal", "value": names[via]},
            "entity": {"type": "uri", "value": entity},
        }
        for hops, standing, entity, via in found
    ]
    body = json.dumps({"head": {"vars": COLUMNS}, "results": {"bindings": bindings}}).encode()
    if rows != "json":
        solutions: Any = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
        body = solutions.serialize(format=query_worker.RESULTS[rows])
    return Answer("rows", rows, body)
