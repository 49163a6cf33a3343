"""Searches on the adjacency arrays: shortest routes between two nodes, what lies around one.

Breadth-first from both ends (Pohl 1971), level by level on whole arrays; the answer depends on
the graph alone: nodes are taken by their ids, routes in the order of their nodes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
import numpy.typing as npt

from graphengine.store.adjacency import Adjacency, Indices

_UNSEEN = -1
_MANY = 32
"""From a 32nd of all nodes on, looking at every level is cheaper than sorting what was met."""

Levels = npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Reach:
    """What lies around a node: positions and hops, by hop and then by id; what was left out.

    `cut` are the positions within the hops that the limit left out; `hubs` those that were reached
    but not walked through.
    """

    found: Indices
    hops: Levels
    cut: Indices
    hubs: Indices


@dataclass(slots=True)
class _Side:
    """One end's search: the level of each node seen, the last level, how far it is out."""

    levels: Levels
    front: Indices
    depth: int = 0

    @classmethod
    def at(cls, size: int, start: int) -> "_Side":
        levels = np.full(size, _UNSEEN, dtype=np.int8)
        levels[start] = 0
        return cls(levels, np.array([start], dtype=np.int32))

    def widen(self, graph: Adjacency) -> None:
        near = graph.around(self.front)
        near = near[self.levels[near] == _UNSEEN]
        self.depth += 1
        self.levels[near] = self.depth
        if len(near) < len(self.levels) // _MANY:
            self.front = np.unique(near)
        else:
            self.front = np.flatnonzero(self.levels == self.depth).astype(np.int32)


def shortest_routes(
    graph: Adjacency, start: int, end: int, max_hops: int, most: int
) -> list[tuple[int, ...]]:
    """Return the shortest routes of at most `max_hops` hops, ascending, the first `most` of them.

    >>> from graphengine.store.adjacency import Adjacency
    >>> square = Adjacency(np.array([b"a", b"b", b"c", b"d"]), np.array([0, 2, 4, 6, 8]),
    ...                    np.array([1, 3, 0, 2, 1, 3, 0, 2], dtype=np.int32))
    >>> shortest_routes(square, 0, 2, 4, 10)
    [(0, 1, 2), (0, 3, 2)]
    """
    if start == end:
        return [(start,)]
    near, far = _Side.at(len(graph.ids), start), _Side.at(len(graph.ids), end)
    while near.depth + far.depth < max_hops:
        side, other = (near, far) if len(near.front) <= len(far.front) else (far, near)
        side.widen(graph)
        if len(side.front) == 0:
            return []
        met = side.front[other.levels[side.front] == other.depth]
        if len(met):
            allowed = _between(graph, near, far, met)
            return list(islice(_routes(graph, start, end, allowed), most))
    return []


def _between(graph: Adjacency, near: _Side, far: _Side, met: Indices) -> list[Indices]:
    """Return, hop by hop from the start, the positions that lie on some shortest route."""
    before: list[Indices] = []
    layer = met
    for depth in range(near.depth - 1, -1, -1):
        around = graph.around(layer)
        layer = np.unique(around[near.levels[around] == depth])
        before.insert(0, layer)
    after: list[Indices] = []
    layer = met
    for depth in range(far.depth - 1, -1, -1):
        around = graph.around(layer)
        layer = np.unique(around[far.levels[around] == depth])
        after.append(layer)
    return [*before, met, *after]


def _routes(
    graph: Adjacency, start: int, end: int, layers: list[Indices]
) -> Iterator[tuple[int, ...]]:
    """Walk the layers depth first, neighbours ascending; every walk ends at the end."""
    stack: list[tuple[int, ...]] = [(start,)]
    while stack:
        route = stack.pop()
        if route[-1] == end:
            yield route
            continue
        onward = np.intersect1d(graph.neighbours(route[-1]), layers[len(route)])
        stack.extend((*route, int(at)) for at in onward[::-1])


def reach(graph: Adjacency, start: int, hops: int, limit: int, hub: int) -> Reach:
    """Return the first `limit` nodes around one, itself first, by hop and then by id.

    Nodes with more than `hub` neighbours are reached but, unless one starts there, not walked
    through: whoever is paid by the same village is not thereby near to one another.
    """
    side = _Side.at(len(graph.ids), start)
    layers: list[Indices] = [side.front]
    hubs: list[Indices] = []
    for _ in range(hops):
        degrees = graph.starts[side.front + 1] - graph.starts[side.front]
        passable = (degrees <= hub) | (side.front == start)
        hubs.append(side.front[~passable])
        side.front = side.front[passable]
        if len(side.front) == 0:
            break
        side.widen(graph)
        layers.append(side.front)
    found = np.concatenate(layers)
    depths = np.concatenate(
        [np.full(len(layer), depth, dtype=np.int8) for depth, layer in enumerate(layers)]
    )
    return Reach(found[:limit], depths[:limit], found[limit:], np.concatenate(hubs or [found[:0]]))
