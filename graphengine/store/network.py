"""The arrays that searches walk on, what a search may pass, and the memory it works in.

A *row* lists a node's neighbours, ascending, each once; a *place* is one entry of a row. The edges
of a place are the rows of the graph's tables between its two nodes, out and back.
"""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

Indices = NDArray[np.int32]
Bits = NDArray[np.uint32]
Counts = NDArray[np.int64]

OPEN_SINCE, OPEN_UNTIL = -(2**31), 2**31 - 1
"""Days that stand for an open beginning and an open end."""
MOST_LEVELS = 126
NO_HUB = 2**62
_ALL = 0xFFFFFFFF
_BARRED = 127
_LEVEL, _GOOD, _TURN = 127, 128, 256
_TURNS = 2**22


class Network(NamedTuple):
    """A multigraph as compressed sparse rows; n nodes, m places, e edges.

    `starts` (n + 1, int64), `ends` (m), `out_kinds` and `in_kinds` (m, bit sets of relation codes),
    `edge_starts` (m + 1) and `edges` (edge, or its complement where it runs against the place);
    per edge `relation`, `since` and `until` (days since 1970, inclusive). Self-loops have no place.
    """

    starts: Counts
    ends: Indices
    out_kinds: Bits
    in_kinds: Bits
    edge_starts: Counts
    edges: Indices
    relation: NDArray[np.uint8]
    since: Indices
    until: Indices


Shut = NDArray[np.bool_]
"""Per node whether it is out of sight; empty where everybody is seen."""

EVERYBODY: Shut = np.zeros(0, dtype=np.bool_)
EVERYBODY.flags.writeable = False


class Sieve(NamedTuple):
    """What a search may walk along: relations out and back, days, nodes up to a degree, in sight.

    `shut` is read-only, so that kernels compile once.
    """

    out: int = _ALL
    back: int = _ALL
    since: int = OPEN_SINCE
    until: int = OPEN_UNTIL
    hub: int = NO_HUB
    shut: Shut = EVERYBODY

    def reversed(self) -> "Sieve":
        """Return the same against the direction of edges."""
        return self._replace(out=self.back, back=self.out)


def is_shut(shut: Shut, *nodes: int) -> bool:
    """Tell whether one of some nodes is out of sight."""
    return len(shut) > 0 and any(bool(shut[node]) for node in nodes)


class Scratch(NamedTuple):
    """One search's memory, used again by the next: marks of both sides, queues, level bounds.

    A mark is turn * 256 + 128 if the node is on a shortest route + level; older turns are void.
    """

    marks: Indices
    queue: Indices
    bounds: Counts
    depth: Counts
    turn: Counts


def scratch(nodes: int) -> Scratch:
    """Return fresh memory for searches on so many nodes; 16 bytes a node."""
    return Scratch(
        np.zeros((nodes, 2), dtype=np.int32),
        np.empty((2, nodes), dtype=np.int32),
        np.zeros((2, MOST_LEVELS + 2), dtype=np.int64),
        np.zeros(2, dtype=np.int64),
        np.zeros(1, dtype=np.int64),
    )


@njit(cache=True, nogil=True)
def passes(net: Network, at: int, sieve: Sieve) -> bool:
    """Tell whether some edge of a place may be walked along."""
    if sieve.out == _ALL and sieve.back == _ALL:
        if sieve.since == OPEN_SINCE and sieve.until == OPEN_UNTIL:
            return True
    elif (net.out_kinds[at] & sieve.out) == 0 and (net.in_kinds[at] & sieve.back) == 0:
        return False
    elif sieve.since == OPEN_SINCE and sieve.until == OPEN_UNTIL:
        return True
    for i in range(net.edge_starts[at], net.edge_starts[at + 1]):
        edge = net.edges[i]
        kinds = sieve.out
        if edge < 0:
            edge, kinds = ~edge, sieve.back
        if (
            (kinds >> net.relation[edge]) & 1
            and net.since[edge] <= sieve.until
            and net.until[edge] >= sieve.since
        ):
            return True
    return False


@njit(cache=True, nogil=True)
def place_of(net: Network, a: int, b: int) -> int:
    """Return the place of b in a's row, or -1; cost: log of the row."""
    low, high = net.starts[a], net.starts[a + 1]
    while low < high:
        middle = (low + high) // 2
        if net.ends[middle] < b:
            low = middle + 1
        else:
            high = middle
    return int(low) if low < net.starts[a + 1] and net.ends[low] == b else -1


@njit(cache=True, nogil=True)
def begin(work: Scratch, a: int, b: int, barred: Indices) -> int:
    """Start a turn with two ends and nodes that neither side may enter; return the turn's mark."""
    work.turn[0] += 1
    if work.turn[0] >= _TURNS:
        work.marks[:] = 0
        work.turn[0] = 1
    base = work.turn[0] * _TURN
    for node in barred:
        work.marks[node, 0] = work.marks[node, 1] = base + _BARRED
    for side, node in enumerate((a, b)):
        work.marks[node, side] = base
        work.queue[side, 0] = node
        work.bounds[side, 0] = 0
        work.bounds[side, 1] = 1
        work.depth[side] = 0
    return int(base)


@njit(cache=True, nogil=True)
def level(mark: int, base: int) -> int:
    """Return the level that a mark states in this turn, or -1."""
    return int(mark & _LEVEL) if mark >= base and mark & _LEVEL != _BARRED else -1


@njit(cache=True, nogil=True)
def weight(net: Network, work: Scratch, side: int) -> int:
    """Return how many places widening a side would look at; 0 if its front is empty."""
    total = 0
    depth = work.depth[side]
    for i in range(work.bounds[side, depth], work.bounds[side, depth + 1]):
        node = work.queue[side, i]
        total += net.starts[node + 1] - net.starts[node] + 1
    return total


@njit(cache=True, nogil=True)
def widen(net: Network, work: Scratch, sieve: Sieve, side: int, first: Indices) -> bool:
    """Take one side a level out; return whether it met the other side's outermost level.

    Hubs are not entered unless they are an end, nodes that are shut never. `first` are nodes that
    may not follow the start. `sieve` is as seen from this side.
    """
    base = work.turn[0] * _TURN
    a, b = work.queue[0, 0], work.queue[1, 0]
    depth = work.depth[side]
    tail = work.bounds[side, depth + 1]
    met = False
    for i in range(work.bounds[side, depth], tail):
        node = work.queue[side, i]
        for at in range(net.starts[node], net.starts[node + 1]):
            near = net.ends[at]
            if work.marks[near, side] >= base or not passes(net, at, sieve):
                continue
            if len(sieve.shut) and sieve.shut[near]:
                continue
            if sieve.hub != NO_HUB and _is_shut(net, near, (a, b), sieve.hub):
                continue
            if len(first) and _among(first, node, near, a):
                continue
            work.marks[near, side] = base + depth + 1
            work.queue[side, tail] = near
            tail += 1
            met = met or work.marks[near, 1 - side] >= base
    work.depth[side] = depth + 1
    work.bounds[side, depth + 2] = tail
    return met


@njit(cache=True, nogil=True)
def _is_shut(net: Network, node: int, ends: tuple[int, int], hub: int) -> bool:
    return node not in ends and net.starts[node + 1] - net.starts[node] > hub


@njit(cache=True, nogil=True)
def _among(first: Indices, u: int, v: int, start: int) -> bool:
    """Tell whether a step between u and v is a forbidden first step."""
    other = v if u == start else u
    if start not in (u, v):
        return False
    return bool((first == other).any())


@njit(cache=True, nogil=True)
def praise(work: Scratch, node: int) -> None:
    """Mark a node of the near side as lying on a shortest route."""
    work.marks[node, 0] |= _GOOD


@njit(cache=True, nogil=True)
def praised(mark: int, base: int, depth: int) -> bool:
    """Tell whether a near mark says: on a shortest route, at this level."""
    return bool(mark == base + _GOOD + depth)
