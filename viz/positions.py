"""Where nodes lie: left to right as the clue's path goes, or around where its money comes back.

Computed once, the same for everybody; nothing moves afterwards. Coordinates are whole pixels.
"""

import math
from collections.abc import Iterable, Mapping, Sequence

import networkx as nx

COLUMN = 230
ROW = 135
_IN_A_COLUMN = 12
_SWEEPS = 4
_LEAST = 2
_SPREAD = 65
_LEAST_RADIUS = 190
_OUTWARD = 150
_PROPORTION = 1.6

Link = tuple[str, str]
Positions = Mapping[str, tuple[int, int]]


def place(nodes: Sequence[str], path: Sequence[Link], others: Iterable[Link]) -> Positions:
    """Return a position for every node; `path` are the clue's steps in their order.

    A path that closes (length ≥ 3) is laid on an ellipse, everything else in columns by distance
    from the path's first node; within a column by the mean place of the neighbours (Sugiyama 1981).

    >>> place(["a", "b", "c"], [("a", "b"), ("b", "c")], [])
    {'a': (0, 0), 'b': (230, 0), 'c': (460, 0)}
    """
    spine: nx.Graph[str] = nx.Graph()
    spine.add_nodes_from(sorted(nodes))
    spine.add_edges_from(path)
    graph = spine.copy()
    graph.add_edges_from(others)
    ring = _ring(path)
    if ring:
        return _around(graph, ring)
    parts = [
        _columns(graph.subgraph(part), _layers(spine, graph, part)) for part in _parts(graph, path)
    ]
    return _shelved(parts)


def _ring(path: Sequence[Link]) -> list[str]:
    """Return the nodes of the first run of steps that ends where it began, at least three."""
    links = list(dict.fromkeys(path))
    runs = (_run(links[first:]) for first in range(len(links)))
    return next((run for run in runs if len(run) > _LEAST), [])


def _run(links: Sequence[Link]) -> list[str]:
    """Return the nodes of a run of steps back to its start, or none."""
    start = at = links[0][0]
    nodes: list[str] = []
    for source, target in links:
        if source != at:
            break
        nodes.append(source)
        at = target
        if at == start:
            return nodes
    return []


def _around(graph: "nx.Graph[str]", ring: list[str]) -> Positions:
    """Lay the ring clockwise from the left; what hangs on it goes outward."""
    size = max(len(ring) * _SPREAD, _LEAST_RADIUS)
    angle = {node: math.pi + math.tau * i / len(ring) for i, node in enumerate(ring)}
    placed = {node: _polar(size, angle[node]) for node in ring}
    distance = nx.multi_source_dijkstra_path(graph, ring)
    hanging = sorted(
        (node for node in graph if node not in placed),
        key=lambda n: (len(distance.get(n, ())), distance.get(n, [n])[0], n),
    )
    beside: dict[str, int] = {}
    for node in hanging:
        way = distance.get(node, [ring[0], node])
        nth = beside[way[0]] = beside.get(way[0], -1) + 1
        spread = (nth + 1) // 2 * (1 if nth % 2 else -1) * 0.32
        placed[node] = _polar(size + _OUTWARD * (len(way) - 1), angle[way[0]] + spread)
    return {node: placed[node] for node in sorted(placed)}


def _polar(radius: float, angle: float) -> tuple[int, int]:
    return round(radius * 1.25 * math.cos(angle)), round(radius * 0.8 * math.sin(angle))


def _parts(graph: "nx.Graph[str]", path: Sequence[Link]) -> list[list[str]]:
    """Return the nodes of each connected part, in the order in which the path meets them."""
    parts: list[list[str]] = []
    seen: set[str] = set()
    ordered = list(dict.fromkeys([*(n for step in path for n in step), *graph]))
    for node in ordered:
        if node not in seen:
            part = set(nx.node_connected_component(graph, node))
            seen |= part
            parts.append([n for n in ordered if n in part])
    return parts


def _layers(spine: "nx.Graph[str]", graph: "nx.Graph[str]", part: Sequence[str]) -> list[list[str]]:
    """Return a part's nodes by their distance, along the path, from where it starts there.

    What the path does not reach comes just right of the leftmost node it is tied to.
    """
    layer: dict[str, int] = {}
    for start in part:
        if start in layer:
            continue
        near = nx.single_source_shortest_path_length(spine, start)
        beside = [layer[m] + 1 - near[n] for n in near for m in graph[n] if m in layer]
        base = max(min(beside), 0) if beside else 0
        layer.update({node: base + hops for node, hops in near.items()})
    rows: list[list[str]] = [[] for _ in range(max(layer.values(), default=-1) + 1)]
    for node in part:
        rows[layer[node]].append(node)
    return rows


def _shelved(parts: Sequence[Positions]) -> Positions:
    """Put parts side by side in rows about as wide as the whole is high, the first one first."""
    boxes = [
        (
            max(x for x, _ in part.values()) + COLUMN,
            max(y for _, y in part.values()) - min(y for _, y in part.values()) + ROW,
        )
        for part in parts
    ]
    area = sum(width * height for width, height in boxes)
    most = max(_PROPORTION * math.sqrt(area), *(width for width, _ in boxes), 0)
    placed: dict[str, tuple[int, int]] = {}
    x = y = shelf = 0
    for part, (width, height) in zip(parts, boxes, strict=True):
        if x and x + width > most:
            x, y, shelf = 0, y + shelf, 0
        top = min(at for _, at in part.values())
        placed.update({n: (x + px, y + py - top) for n, (px, py) in part.items()})
        x, shelf = x + width, max(shelf, height)
    return {node: placed[node] for node in sorted(placed)}


def _columns(graph: "nx.Graph[str]", layers: list[list[str]]) -> Positions:
    height = {node: float(i) - (len(row) - 1) / 2 for row in layers for i, node in enumerate(row)}
    for _ in range(_SWEEPS):
        for row in layers:
            mean = {n: _mean([height[m] for m in graph[n]], height[n]) for n in row}
            row.sort(key=lambda n: mean[n])
            height.update({n: i - (len(row) - 1) / 2 for i, n in enumerate(row)})
    placed: dict[str, tuple[int, int]] = {}
    x = 0
    for row in layers:
        for start in range(0, len(row), _IN_A_COLUMN):
            part = row[start : start + _IN_A_COLUMN]
            for i, node in enumerate(part):
                placed[node] = (x, round((i - (len(part) - 1) / 2) * ROW))
            x += COLUMN
    return {node: placed[node] for node in sorted(placed)}


def _mean(values: list[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def passes_through(positions: Positions, source: str, target: str) -> bool:
    """Tell whether the straight line between two nodes runs over a third one."""
    (x1, y1), (x2, y2) = positions[source], positions[target]
    length = math.hypot(x2 - x1, y2 - y1) or 1.0
    for node, (x, y) in positions.items():
        if node in (source, target):
            continue
        along = ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length
        aside = abs((x - x1) * (y2 - y1) - (y - y1) * (x2 - x1)) / length
        if 0 < along < length and aside < ROW / 4:
            return True
    return False
