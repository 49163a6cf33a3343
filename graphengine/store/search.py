"""Searches between two nodes: shortest routes, all simple routes, the k shortest.

Breadth-first from both ends (Pohl 1971), always on the cheaper side; the k shortest by Yen (1971)
with Lawler's rule. Every answer depends on the graph alone: routes ascend by their nodes.
"""

from heapq import heappop, heappush
from typing import NamedTuple

import numpy as np
from numba import njit

from graphengine.store.network import (
    MOST_LEVELS,
    Indices,
    Network,
    Scratch,
    Sieve,
    begin,
    is_shut,
    level,
    passes,
    place_of,
    praise,
    praised,
    weight,
    widen,
)

Route = tuple[int, ...]
_NONE = np.empty(0, dtype=np.int32)
_ANY = Sieve()
_ROWS = 64
_DETOUR = 2
_ENOUGH = 64


class Question(NamedTuple):
    """Two ends, and how far apart they may be."""

    start: int
    end: int
    max_hops: int


class Routes(NamedTuple):
    """The routes found; `cut` tells whether there are more."""

    routes: list[Route]
    cut: bool = False


def shortest_routes(
    net: Network, work: Scratch, asked: Question, most: int, sieve: Sieve = _ANY
) -> Routes:
    """Return the first `most` of the shortest routes of at most `max_hops` hops, ascending."""
    return _shortest(net, work, asked, sieve, (_NONE, _NONE), most)


def _shortest(  # noqa: PLR0913, PLR0917 - a kernel's arguments, given on as they are
    net: Network,
    work: Scratch,
    asked: Question,
    sieve: Sieve,
    without: tuple[Indices, Indices],
    most: int,
) -> Routes:
    hops = min(asked.max_hops, MOST_LEVELS)
    if hops < 0 or is_shut(sieve.shut, asked.start, asked.end):
        return Routes([])
    if asked.start == asked.end:
        return Routes([(asked.start,)])
    rows = np.empty((min(most, _ROWS) + 1, hops + 1), dtype=np.int32)
    while True:
        question = Question(asked.start, asked.end, hops)
        count, length = _meet(net, work, question, (sieve, sieve.reversed()), without, rows)
        if count < len(rows) or len(rows) > most:
            break
        rows = np.empty((min(most, 4 * len(rows)) + 1, hops + 1), dtype=np.int32)
    found = [tuple(row) for row in rows[: min(count, most), : length + 1].tolist()]
    return Routes(found, count > most)


@njit(cache=True, nogil=True)
def _meet(  # noqa: PLR0913, PLR0917 - a kernel
    net: Network,
    work: Scratch,
    asked: Question,
    sieves: tuple[Sieve, Sieve],
    without: tuple[Indices, Indices],
    rows: Indices,
) -> tuple[int, int]:
    """Write shortest routes into rows; return how many there are (or the rows) and their length."""
    barred, first = without
    begin(work, asked.start, asked.end, barred)
    while work.depth[0] + work.depth[1] < asked.max_hops:
        near, far = weight(net, work, 0), weight(net, work, 1)
        if near == 0 or far == 0:
            return 0, 0
        if near <= far:
            met = widen(net, work, sieves[0], 0, first)
        else:
            met = widen(net, work, sieves[1], 1, first)
        if met:
            _look_back(net, work, sieves[1])
            length = int(work.depth[0] + work.depth[1])
            return _trace(net, work, sieves[0], first, rows), length
    return 0, 0


@njit(cache=True, nogil=True)
def _look_back(net: Network, work: Scratch, back: Sieve) -> None:
    """Mark the near side's nodes from which the other side is met on time."""
    base = work.turn[0] * 256
    depth = work.depth[0]
    for i in range(work.bounds[0, depth], work.bounds[0, depth + 1]):
        node = work.queue[0, i]
        if level(work.marks[node, 1], base) == work.depth[1]:
            praise(work, node)
    for nearer in range(depth - 1, 0, -1):
        for i in range(work.bounds[0, nearer + 1], work.bounds[0, nearer + 2]):
            node = work.queue[0, i]
            if not praised(work.marks[node, 0], base, nearer + 1):
                continue
            for at in range(net.starts[node], net.starts[node + 1]):
                on = net.ends[at]
                if work.marks[on, 0] == base + nearer and passes(net, at, back):
                    praise(work, on)


@njit(cache=True, nogil=True)
def _trace(net: Network, work: Scratch, sieve: Sieve, first: Indices, rows: Indices) -> int:
    """Walk the marked nodes depth first, neighbours ascending; every walk ends at the end."""
    base = work.turn[0] * 256
    near, length = work.depth[0], work.depth[0] + work.depth[1]
    route = np.empty(length + 1, dtype=np.int32)
    tried = np.empty(length + 1, dtype=np.int64)
    route[0], tried[0] = work.queue[0, 0], net.starts[work.queue[0, 0]]
    top, count = 0, 0
    while top >= 0 and count < len(rows):
        if top == length:
            rows[count, : length + 1] = route
            count += 1
            top -= 1
            continue
        at = tried[top]
        if at == net.starts[route[top] + 1]:
            top -= 1
            continue
        tried[top] += 1
        on = net.ends[at]
        if top < near:
            fits = praised(work.marks[on, 0], base, top + 1)
        else:
            fits = level(work.marks[on, 1], base) == length - top - 1
        if fits and passes(net, at, sieve) and not (top == 0 and (first == on).any()):
            top += 1
            route[top], tried[top] = on, net.starts[on]
    return count


def simple_routes(
    net: Network, work: Scratch, asked: Question, most: int, sieve: Sieve = _ANY
) -> Routes:
    """Return all routes of at most `max_hops` hops that visit no node twice, ascending.

    At most `most`; cost: the neighbourhoods of both ends half way, then the routes themselves.
    """
    hops = min(asked.max_hops, MOST_LEVELS)
    if hops < 0 or is_shut(sieve.shut, asked.start, asked.end):
        return Routes([])
    if asked.start == asked.end:
        return Routes([(asked.start,)])
    rows = np.empty((min(most, _ROWS) + 1, hops + 2), dtype=np.int32)
    while True:
        question = Question(asked.start, asked.end, hops)
        count = _all_simple(net, work, question, (sieve, sieve.reversed()), rows)
        if count < len(rows) or len(rows) > most:
            break
        rows = np.empty((min(most, 8 * len(rows)) + 1, hops + 2), dtype=np.int32)
    found = [tuple(row[1 : row[0] + 2]) for row in rows[: min(count, most)].tolist()]
    return Routes(found, count > most)


@njit(cache=True, nogil=True)
def _all_simple(
    net: Network, work: Scratch, asked: Question, sieves: tuple[Sieve, Sieve], rows: Indices
) -> int:
    none = np.empty(0, dtype=np.int32)
    begin(work, asked.start, asked.end, none)
    while work.depth[0] + work.depth[1] < asked.max_hops:
        near, far = weight(net, work, 0), weight(net, work, 1)
        if near == 0 or (far and far < near):
            widen(net, work, sieves[1], 1, none)
        else:
            widen(net, work, sieves[0], 0, none)
    _measure(net, work, sieves[0], asked.max_hops)
    return _walk(net, work, sieves[0], asked, rows)


@njit(cache=True, nogil=True)
def _measure(net: Network, work: Scratch, sieve: Sieve, hops: int) -> None:
    """Give the near side's nodes their distance to the end, as far as a route can use it."""
    base = work.turn[0] * 256
    for away in range(work.depth[1] + 1, hops + 1):
        for i in range(work.bounds[0, hops - away + 1]):
            node = work.queue[0, i]
            if work.marks[node, 1] >= base:
                continue
            for at in range(net.starts[node], net.starts[node + 1]):
                if level(work.marks[net.ends[at], 1], base) == away - 1 and passes(net, at, sieve):
                    work.marks[node, 1] = base + away
                    break


@njit(cache=True, nogil=True)
def _walk(net: Network, work: Scratch, sieve: Sieve, asked: Question, rows: Indices) -> int:
    """Walk depth first wherever the end is still near enough; the first number is the length."""
    base = work.turn[0] * 256
    route = np.full(asked.max_hops + 1, -1, dtype=np.int32)
    tried = np.empty(asked.max_hops + 1, dtype=np.int64)
    route[0], tried[0] = asked.start, net.starts[asked.start]
    top, count = 0, 0
    while top >= 0 and count < len(rows):
        left = asked.max_hops - top
        at = tried[top]
        if left == 1 and at == net.starts[route[top]]:
            found = place_of(net, route[top], asked.end)
            at = found if found >= 0 else net.starts[route[top] + 1]
        if left == 0 or at >= net.starts[route[top] + 1]:
            top -= 1
            continue
        tried[top] = at + 1 if left > 1 else net.starts[route[top] + 1]
        on = net.ends[at]
        away = level(work.marks[on, 1], base)
        if away < 0 or away >= left or (route[: top + 1] == on).any():
            continue
        if not passes(net, at, sieve):
            continue
        route[top + 1] = on
        if on == asked.end:
            rows[count, 0] = top + 1
            rows[count, 1 : top + 3] = route[: top + 2]
            count += 1
        else:
            top += 1
            tried[top] = net.starts[on]
    return count


def k_shortest_routes(
    net: Network, work: Scratch, asked: Question, k: int, sieve: Sieve = _ANY
) -> Routes:
    """Return the k shortest simple routes of at most `max_hops` hops, by length, then ascending.

    Cost: one search where enough routes are of the least or nearly the least length; otherwise one
    for every node of every route found.
    """
    nearest = _shortest(net, work, asked, sieve, (_NONE, _NONE), k)
    if not nearest.routes or nearest.cut:
        return nearest
    ordered = nearest.routes
    least = len(ordered[0]) - 1
    for hops in range(least + 1, least + 1 + _DETOUR):
        if hops > asked.max_hops:
            return Routes(ordered[:k], len(ordered) > k)
        every = simple_routes(net, work, asked._replace(max_hops=hops), _ENOUGH * k, sieve)
        if every.cut:
            break
        ordered = sorted(every.routes, key=lambda route: (len(route), route))
        if len(ordered) > k:
            return Routes(ordered[:k], cut=True)
    return yen(net, work, asked, k, sieve)


def yen(net: Network, work: Scratch, asked: Question, k: int, sieve: Sieve = _ANY) -> Routes:
    """Return the same as `k_shortest_routes`, always by a search per node of every route found."""
    found: list[Route] = []
    waiting: list[tuple[int, Route, int]] = []
    for route in _shortest(net, work, asked, sieve, (_NONE, _NONE), 1).routes:
        heappush(waiting, (len(route), route, 0))
    while waiting and len(found) < k:
        _, route, off = heappop(waiting)
        found.append(route)
        for turn in range(off, len(route) - 1):
            taken = {r[turn + 1] for r in found if r[: turn + 1] == route[: turn + 1]}
            without = (
                np.array(route[:turn], dtype=np.int32),
                np.array(sorted(taken), dtype=np.int32),
            )
            rest = Question(route[turn], asked.end, asked.max_hops - turn)
            for spur in _shortest(net, work, rest, sieve, without, 1).routes:
                heappush(waiting, (turn + len(spur), route[:turn] + spur, turn))
    return Routes(found, bool(waiting))
