"""Places for the names in the picture: each connected part is laid out alone, then the parts are set in rows.

The same graph always gets the same places. Up to CORE names are laid out so that distances in the picture follow the
links between them; in a larger part these are the best connected ones, and the others are set one by one on the nearest
free spot beside a neighbour.
"""

import heapq
from collections.abc import Collection, Iterable, Mapping, Sequence

import networkx as nx
import numpy as np

CORE = 300
CELL_WIDTH, CELL_HEIGHT = 170, 84
UNIT_WIDTH, UNIT_HEIGHT = 150, 100
_LETTER = 9.0
Places = dict[str, tuple[float, float]]


def place(labels: Mapping[str, str], pairs: Iterable[tuple[str, str]], first: Collection[str] = frozenset()) -> Places:
    """Pixels (x to the right, y down) for every key of ``labels``; ``pairs`` are the keys that have a link.

    In a part with more than CORE names those in ``first`` are laid out first, where there are any.
    """
    plain = nx.Graph()
    plain.add_nodes_from(sorted(labels))
    plain.add_edges_from(sorted({(min(p), max(p)) for p in pairs if p[0] != p[1]}))
    parts = sorted((sorted(part) for part in nx.connected_components(plain)), key=lambda part: (-len(part), part[0]))
    laid = [_part(plain.subgraph(part), part, labels, first) for part in parts if len(part) > 1]
    # Names without links, which the picture shows only when asked for, come last and close together.
    laid.extend({part[0]: (0.0, 0.0)} for part in parts if len(part) == 1)
    return _rows(laid, labels)


def _part(graph: nx.Graph, names: Sequence[str], labels: Mapping[str, str], first: Collection[str]) -> Places:
    chosen = [n for n in names if n in first] if len(names) > CORE else []
    core = chosen or _best_connected(graph, names)
    count = len(core)
    # A graph of its own, since the order of names in networkx's subgraphs changes from one run to the next.
    dense = nx.Graph()
    dense.add_nodes_from(core)
    dense.add_edges_from(sorted((min(e), max(e)) for e in graph.subgraph(core).edges))
    spread = nx.spring_layout(dense, seed=7, iterations=60)
    points = _even(np.array([spread[n] for n in core]), _lengths(dense, core)) * (UNIT_WIDTH, UNIT_HEIGHT)
    points = _apart(points, np.array([_width(labels[n]) for n in core]))
    places = {n: (float(x), float(y)) for n, (x, y) in zip(core, points, strict=True)}
    if count < len(names):
        _fill(places, graph)
    return places


def _best_connected(graph: nx.Graph, names: Sequence[str]) -> list[str]:
    """At most CORE names that hang together: from the one with most links, always the reachable one with most."""
    if len(names) <= CORE:
        return list(names)
    start = min(names, key=lambda n: (-graph.degree(n), n))
    waiting, seen = [(-graph.degree(start), start)], {start}
    taken: list[str] = []
    while waiting and len(taken) < CORE:
        _, name = heapq.heappop(waiting)
        taken.append(name)
        for other in sorted(set(graph[name]) - seen):
            seen.add(other)
            heapq.heappush(waiting, (-graph.degree(other), other))
    return sorted(taken)


def _lengths(graph: nx.Graph, names: Sequence[str]) -> np.ndarray:
    """How far any two names should lie from each other, in steps: along the shortest way, where the links of a name
    with many are longer, since its neighbours need room around it."""
    number = {n: i for i, n in enumerate(names)}
    step = {n: 1 + 0.06 * graph.degree(n) for n in names}
    found = np.full((len(names), len(names)), 1e6)
    np.fill_diagonal(found, 0)
    for a, b in graph.edges:
        found[number[a], number[b]] = found[number[b], number[a]] = max(step[a], step[b])
    for i in range(len(names)):  # Floyd and Warshall
        np.minimum(found, found[:, i, None] + found[None, i, :], out=found)
    # The chosen ones of a large part may hang together only over others.
    longest: float = found[found < 1e6].max(initial=1)
    return np.asarray(np.minimum(found, 2 * longest))


def _even(points: np.ndarray, lengths: np.ndarray, rounds: int = 100) -> np.ndarray:
    """Move points until their distances come near ``lengths``: stress majorization (Gansner, Koren and North 2004,
    Graph Drawing, 3.2), all points at once and half the way, which keeps it from swinging."""
    wanted = lengths + np.eye(len(points))
    weight = np.where(np.eye(len(points)) > 0, 0.0, wanted**-2.0)
    total = weight.sum(1, keepdims=True)
    points = points * lengths.mean() / max(1e-9, np.abs(points).mean() * 2)
    for _ in range(rounds):
        away = points[:, None, :] - points[None, :, :]
        distance = np.maximum(np.hypot(away[..., 0], away[..., 1]), 1e-6)
        pull = weight * wanted / distance
        target = (weight[..., None] * points[None, :, :] + pull[..., None] * away).sum(1) / total
        points = (points + target) / 2
    return _level(points)


def _level(points: np.ndarray) -> np.ndarray:
    """Turned so that the longer way lies across, as screens do."""
    points = points - points.mean(0)
    x, y = points.T
    angle = np.arctan2(2 * (x * y).sum(), (x * x).sum() - (y * y).sum()) / 2
    return np.asarray(points @ np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]))


def _apart(points: np.ndarray, widths: np.ndarray, rounds: int = 200) -> np.ndarray:
    """Push names whose boxes overlap away from each other, along the axis on which they overlap less of their size."""
    across = (widths[:, None] + widths[None, :]) / 2
    for _ in range(rounds):
        dx = points[:, None, 0] - points[None, :, 0]
        dy = points[:, None, 1] - points[None, :, 1]
        lack_x, lack_y = across - np.abs(dx), CELL_HEIGHT - np.abs(dy)
        overlap = (lack_x > 0) & (lack_y > 0)
        np.fill_diagonal(overlap, False)
        if not overlap.any():
            break
        # Names on one spot part by their order.
        order = np.sign(np.arange(len(points))[:, None] - np.arange(len(points))[None, :])
        # Boxes are wide and low: by pixels nearly all would go up or down, and pile up in columns.
        sideways = overlap & (lack_x / across < lack_y / CELL_HEIGHT)
        upright = overlap & ~sideways
        points = points + 0.3 * np.column_stack([
            np.where(sideways, lack_x * np.where(dx == 0, order, np.sign(dx)), 0).sum(1),
            np.where(upright, lack_y * np.where(dy == 0, order, np.sign(dy)), 0).sum(1),
        ])  # fmt: skip
    return points


def _fill(places: Places, graph: nx.Graph) -> None:
    """Set the remaining names of a part, nearest first, on free cells beside their neighbours."""
    taken = {_cell(*spot) for spot in places.values()}
    full: dict[tuple[int, int], int] = {}
    waiting = sorted(n for n in graph if n not in places and any(o in places for o in graph[n]))
    while waiting:
        later: set[str] = set()
        for name in waiting:
            near = [places[o] for o in sorted(graph[name]) if o in places]
            x, y = sum(p[0] for p in near) / len(near), sum(p[1] for p in near) / len(near)
            # Outwards, so that the core stays readable.
            cell = _free(_cell(x * 1.25, y * 1.25), taken, full)
            taken.add(cell)
            places[name] = (cell[0] * CELL_WIDTH + 20.0 * (cell[1] % 2), float(cell[1] * CELL_HEIGHT))
            later.update(o for o in graph[name] if o not in places)
        waiting = sorted(n for n in later if n not in places)


def _cell(x: float, y: float) -> tuple[int, int]:
    return round(x / CELL_WIDTH), round(y / CELL_HEIGHT)


def _free(start: tuple[int, int], taken: set[tuple[int, int]], full: dict[tuple[int, int], int]) -> tuple[int, int]:
    """The free cell nearest to ``start``; ``full`` remembers how far around it all cells are taken."""
    radius = full.get(start, 0)
    while True:
        ring = [
            (start[0] + dx, start[1] + dy)
            for dx in range(-radius, radius + 1)
            for dy in (range(-radius, radius + 1) if abs(dx) == radius else (-radius, radius))
        ]
        found = [cell for cell in ring if cell not in taken]
        if found:
            full[start] = radius
            return min(found, key=lambda c: ((c[0] - start[0]) ** 2 + (c[1] - start[1]) ** 2, c))
        radius += 1


def _rows(parts: Sequence[Places], labels: Mapping[str, str]) -> Places:
    """Set the parts, largest first, in rows of columns: a small part goes below the last one where the row is high
    enough, else beside it, else into a new row. The whole is about as wide as high."""
    boxes = [_box(part, labels) for part in parts]
    widest = max((right - left for left, _, right, _ in boxes), default=0.0)
    limit = max(widest, 1.15 * sum((r - lf) * (b - t) for lf, t, r, b in boxes) ** 0.5)
    places: Places = {}
    top = high = 0.0  # of the row
    side = wide = down = 0.0  # of the column: left edge, width, and how far it is filled
    for part, (x0, y0, x1, y1) in zip(parts, boxes, strict=True):
        width, height = x1 - x0, y1 - y0
        if width > wide or down + height > high:
            side, wide, down = side + wide, width, 0.0
            if side + width > limit or not high:
                top, high, side = top + high, height, 0.0
            # A later part of a row may be higher than its first.
            high = max(high, height)
        for name, (x, y) in part.items():
            places[name] = (round(x - x0 + side, 1), round(y - y0 + top + down, 1))
        down += height
    return places


def _box(part: Places, labels: Mapping[str, str]) -> tuple[float, float, float, float]:
    gap = 24 if len(part) > 1 else 12
    return (
        min(x - _width(labels[n]) / 2 for n, (x, _) in part.items()) - gap,
        min(y for _, y in part.values()) - CELL_HEIGHT / 2 - gap,
        max(x + _width(labels[n]) / 2 for n, (x, _) in part.items()) + gap,
        max(y for _, y in part.values()) + CELL_HEIGHT / 2 + gap,
    )


def _width(label: str) -> float:
    return 44 + _LETTER * min(len(label), 22)
