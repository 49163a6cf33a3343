"""One step further for a whole table of unfinished ways, compiled."""

from typing import NamedTuple

import numpy as np
from numba import njit

from graphengine.store.network import OPEN_SINCE, OPEN_UNTIL, Indices, Network, Shut, Sieve


class Cursor(NamedTuple):
    """How far a table was gone on with: the way that is next, and the place in its row, or 0."""

    way: int = 0
    place: int = 0


BEGIN = Cursor()


class Steps(NamedTuple):
    """Steps found: the way that each goes on, the node it leads to and the edge it takes."""

    way: Indices
    near: Indices
    edge: Indices
    cursor: Cursor


def steps(  # noqa: PLR0913 - from where, where to, along what and how many
    net: Network,
    ways: Indices,
    column: int,
    goals: Indices,
    *,
    sieve: Sieve,
    most: int,
    cursor: Cursor = BEGIN,
) -> Steps:
    """Return the edges from a column of ways to nodes that are not on the way yet.

    `ways` (n × k nodes). `goals` (m × 2) are ranges of nodes, ascending, where the step may end; a
    range that begins below 0 is the complement of the column whose node it must end on. The search
    goes on at the cursor, until there are `most` steps or, of the edges between two nodes, a few
    more. Self-loops have no place, so none is taken.
    """
    way, near, edge, *stopped = _steps(net, ways, column, goals, sieve, most, cursor)
    return Steps(way, near, edge, Cursor(*stopped))


@njit(cache=True, nogil=True)
def _steps(  # noqa: PLR0913, PLR0917 - a kernel
    net: Network,
    ways: Indices,
    column: int,
    goals: Indices,
    sieve: Sieve,
    most: int,
    cursor: Cursor,
) -> tuple[Indices, Indices, Indices, int, int]:
    found = np.empty((64, 3), dtype=np.int32)
    count, way, place = 0, cursor.way, cursor.place
    while way < len(ways) and count < most:
        end = net.starts[ways[way, column] + 1]
        for goal in range(len(goals)):
            low, high = goals[goal]
            again = low < 0
            if again:
                low = ways[way, ~low]
                high = low + 1
            at = max(place, _first(net, net.starts[ways[way, column]], end, low))
            while at < end and net.ends[at] < high and count < most:
                if again or not _barred(net.ends[at], ways[way], sieve.shut):
                    found, count = _edges(net, at, way, sieve, found, count)
                at += 1
            if count >= most:
                place = at
                break
        if count < most:
            way, place = way + 1, 0
    return found[:count, 0].copy(), found[:count, 1].copy(), found[:count, 2].copy(), way, place


@njit(cache=True, nogil=True)
def _first(net: Network, low: int, high: int, node: int) -> int:
    """Return the first place of a row whose node is not below one."""
    while low < high:
        middle = (low + high) // 2
        if net.ends[middle] < node:
            low = middle + 1
        else:
            high = middle
    return int(low)


@njit(cache=True, nogil=True)
def _barred(node: int, way: Indices, shut: Shut) -> bool:
    return bool((way == node).any()) or (len(shut) > 0 and bool(shut[node]))


@njit(cache=True, nogil=True)
def _edges(  # noqa: PLR0913, PLR0917 - a kernel
    net: Network, at: int, way: int, sieve: Sieve, found: Indices, count: int
) -> tuple[Indices, int]:
    """Write down the edges of a place that may be taken; the table grows as it must."""
    out, back = net.out_kinds[at], net.in_kinds[at]
    if (out & sieve.out) == 0 and (back & sieve.back) == 0:
        return found, count
    all_fit = (
        (out & sieve.out) == out
        and (back & sieve.back) == back
        and sieve.since == OPEN_SINCE
        and sieve.until == OPEN_UNTIL
    )
    for i in range(net.edge_starts[at], net.edge_starts[at + 1]):
        edge, kinds = net.edges[i], sieve.out
        if edge < 0:
            edge, kinds = ~edge, sieve.back
        if not all_fit and not (
            (kinds >> net.relation[edge]) & 1
            and net.since[edge] <= sieve.until
            and net.until[edge] >= sieve.since
        ):
            continue
        if count == len(found):
            wider = np.empty((2 * count, 3), dtype=np.int32)
            wider[:count] = found
            found = wider
        found[count, 0], found[count, 1], found[count, 2] = way, net.ends[at], edge
        count += 1
    return found, count
