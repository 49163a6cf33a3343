"""What lies around a node, hop by hop, and where money went from it, or came from, in time."""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from graphengine.store.network import (
    EVERYBODY,
    MOST_LEVELS,
    NO_HUB,
    OPEN_SINCE,
    OPEN_UNTIL,
    Counts,
    Indices,
    Network,
    Scratch,
    Shut,
    Sieve,
    begin,
    is_shut,
    passes,
)

_ANY = Sieve()
_ROWS = 64


class Reach(NamedTuple):
    """What lies around a node: positions and hops, by hop and then by id; what was left out.

    `cut` are the positions within the hops that the limit left out; `hubs` those that were reached
    but not walked through.
    """

    found: Indices
    hops: NDArray[np.int8]
    cut: Indices
    hubs: Indices


def reach(  # noqa: PLR0913 - where and how far, beside on what and along what
    net: Network, work: Scratch, start: int, hops: int, limit: int, *, sieve: Sieve = _ANY
) -> Reach:
    """Return the first `limit` nodes around one, itself first, by hop and then by id.

    Nodes beyond the sieve's hub degree are reached but, unless one starts there, not walked
    through: whoever is paid by the same village is not thereby near to one another. Nothing is
    around a node that is shut.
    """
    if is_shut(sieve.shut, start):
        none = np.empty(0, dtype=np.int32)
        return Reach(none, none.astype(np.int8), none, none)
    deep, hubs = _spread(net, work, start, min(max(hops, 0), MOST_LEVELS), sieve)
    bounds = work.bounds[0, : deep + 2]
    found = work.queue[0, : bounds[-1]].copy()
    levels = np.repeat(np.arange(deep + 1, dtype=np.int8), np.diff(bounds))
    return Reach(found[:limit], levels[:limit], found[limit:], found[hubs])


@njit(cache=True, nogil=True)
def _spread(
    net: Network, work: Scratch, start: int, hops: int, sieve: Sieve
) -> tuple[int, NDArray[np.bool_]]:
    """Fill the near queue level by level, each ascending; return the last level and the hubs."""
    base = begin(work, start, start, np.empty(0, dtype=np.int32))
    tail = 1
    for depth in range(hops):
        for i in range(work.bounds[0, depth], work.bounds[0, depth + 1]):
            node = work.queue[0, i]
            if _is_hub(net, node, sieve) and node != start:
                continue
            for at in range(net.starts[node], net.starts[node + 1]):
                near = net.ends[at]
                if len(sieve.shut) and sieve.shut[near]:
                    continue
                if work.marks[near, 0] < base and passes(net, at, sieve):
                    work.marks[near, 0] = base
                    work.queue[0, tail] = near
                    tail += 1
        work.bounds[0, depth + 2] = tail
        work.queue[0, work.bounds[0, depth + 1] : tail].sort()
        work.depth[0] = depth + 1
        if work.bounds[0, depth + 1] == tail:
            work.depth[0] = depth
            break
    deep = work.depth[0]
    hubs = np.zeros(tail, dtype=np.bool_)
    walked = tail if deep < hops else work.bounds[0, deep]
    for i in range(1, walked):
        hubs[i] = _is_hub(net, work.queue[0, i], sieve)
    return deep, hubs


@njit(cache=True, nogil=True)
def _is_hub(net: Network, node: int, sieve: Sieve) -> bool:
    return sieve.hub != NO_HUB and net.starts[node + 1] - net.starts[node] > sieve.hub


class Flow(NamedTuple):
    """Dated edges by the node they leave (or, backward, reach), in order of (moment, edge).

    `first` (n + 1); per place `other` (the node at the far end), `moment` (microseconds since 1970,
    negated backward) and `edge`.
    """

    first: Counts
    other: Indices
    moment: Counts
    edge: Indices


class Journey(NamedTuple):
    """How far a trail may go: hops, microseconds from its first to its last edge, hub degree.

    `shut` are nodes out of sight, `since` and `until` days (see Sieve).
    """

    start: int
    max_hops: int
    window: int
    hub: int = NO_HUB
    shut: Shut = EVERYBODY
    since: int = OPEN_SINCE
    until: int = OPEN_UNTIL


class Trails(NamedTuple):
    """Trails as edges, in the order walked; `cut` tells whether there are more."""

    trails: list[tuple[int, ...]]
    cut: bool


def flow(
    source: Indices, target: Indices, moment: Counts, edge: Indices, *, nodes: int
) -> tuple[Flow, Flow]:
    """Index dated edges forward and backward; the columns are of one length."""
    return (
        _flow(source, target, moment, edge, nodes),
        _flow(target, source, -moment, edge, nodes),
    )


def _flow(near: Indices, far: Indices, moment: Counts, edge: Indices, nodes: int) -> Flow:
    order = np.lexsort((edge, moment, near))
    first = np.zeros(nodes + 1, dtype=np.int64)
    np.cumsum(np.bincount(near, minlength=nodes), out=first[1:])
    return Flow(first, far[order], moment[order], edge[order])


def trails(along: Flow, net: Network, journey: Journey, most: int) -> Trails:
    """Return the trails from a node whose moments strictly rise (backward: fall), no node twice.

    Depth first, by moment and edge; every beginning of a trail is a trail. `net` bears the days of
    the edges and tells the neighbours: a node with more than `hub` of them is reached but not
    walked through unless the trail starts there.
    """
    if is_shut(journey.shut, journey.start):
        return Trails([], cut=False)
    rows = np.empty((min(most, _ROWS) + 1, journey.max_hops + 1), dtype=np.int32)
    while True:
        count = _follow(along, net, journey, rows)
        if count < len(rows) or len(rows) > most:
            break
        rows = np.empty((min(most, 8 * len(rows)) + 1, journey.max_hops + 1), dtype=np.int32)
    found = [tuple(row[1 : row[0] + 1]) for row in rows[: min(count, most)].tolist()]
    return Trails(found, count > most)


@njit(cache=True, nogil=True)
def _follow(along: Flow, net: Network, journey: Journey, rows: Indices) -> int:
    """Write trails as rows: length, then edges; return how many there are (or the rows)."""
    hops = journey.max_hops
    nodes = np.empty(hops + 1, dtype=np.int32)
    tried = np.empty(hops + 1, dtype=np.int64)
    edges = np.empty(hops + 1, dtype=np.int32)
    nodes[0], tried[0] = journey.start, along.first[journey.start]
    top, count, began = 0, 0, np.int64(0)
    while top >= 0 and count < len(rows):
        at = tried[top]
        if (
            top == hops
            or at == along.first[nodes[top] + 1]
            or (top > 0 and along.moment[at] - began > journey.window)
        ):
            top -= 1
            continue
        tried[top] += 1
        on, edge = along.other[at], along.edge[at]
        if (nodes[: top + 1] == on).any() or (len(journey.shut) and journey.shut[on]):
            continue
        if net.since[edge] > journey.until or net.until[edge] < journey.since:
            continue
        if top == 0:
            began = along.moment[at]
        edges[top] = edge
        top += 1
        rows[count, 0] = top
        rows[count, 1 : top + 1] = edges[:top]
        count += 1
        nodes[top] = on
        is_wall = net.starts[on + 1] - net.starts[on] > journey.hub
        tried[top] = along.first[on + 1] if is_wall else _later(along, on, along.moment[at])
    return count


@njit(cache=True, nogil=True)
def _later(along: Flow, node: int, moment: int) -> int:
    """Return the place of a node's first edge after a moment."""
    low, high = along.first[node], along.first[node + 1]
    while low < high:
        middle = (low + high) // 2
        if along.moment[middle] <= moment:
            low = middle + 1
        else:
            high = middle
    return int(low)
