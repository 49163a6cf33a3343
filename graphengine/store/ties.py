"""Ties: what several rows of one kind between the same two nodes are together.

Three hundred payments between two accounts are one tie that lasts from the first to the last.
"""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from graphengine.store.network import Indices, Network

ALONE, HEAD, FOLLOWS, EQUAL, NOWHERE = range(5)
"""How a row stands among those of its ends and kind: the only one, the first of several, a later
one, one that an earlier row equals in everything, or a row whose end is no node."""

_KINDS = 32


class Ties(NamedTuple):
    """Per edge how it stands, and the days (since, until) that its tie spans."""

    standing: NDArray[np.uint8]
    since: Indices
    until: Indices


def ties(net: Network, source: Indices, target: Indices, equal: NDArray[np.bool_]) -> Ties:
    """Return the ties of a network's edges; `equal` marks those that an earlier one equals."""
    standing = np.where(equal, np.uint8(EQUAL), np.uint8(ALONE))
    standing[(source < 0) | (target < 0)] = NOWHERE
    since, until = net.since.copy(), net.until.copy()
    _join(net, standing, since, until)
    loops = np.flatnonzero((source == target) & (standing == ALONE))
    order = np.lexsort((loops, net.relation[loops], source[loops]))
    _join_loops(loops[order].astype(np.int32), source, net.relation, Ties(standing, since, until))
    return Ties(standing, since, until)


@njit(cache=True, nogil=True)
def _join(net: Network, standing: NDArray[np.uint8], since: Indices, until: Indices) -> None:
    """Join the edges of every place that run along it, kind by kind; rows ascend in a place."""
    head = np.full(_KINDS, -1, dtype=np.int64)
    low = np.empty(_KINDS, dtype=np.int32)
    high = np.empty(_KINDS, dtype=np.int32)
    for at in range(len(net.ends)):
        begin, end = net.edge_starts[at], net.edge_starts[at + 1]
        if end - begin == 1:
            continue
        head[:] = -1
        for i in range(begin, end):
            edge = net.edges[i]
            if edge < 0 or standing[edge] == EQUAL:
                continue
            kind = net.relation[edge]
            if head[kind] < 0:
                head[kind], low[kind], high[kind] = edge, net.since[edge], net.until[edge]
            else:
                standing[head[kind]], standing[edge] = HEAD, FOLLOWS
                low[kind] = min(low[kind], net.since[edge])
                high[kind] = max(high[kind], net.until[edge])
        for i in range(begin, end):
            edge = net.edges[i]
            if edge >= 0:
                since[edge], until[edge] = low[net.relation[edge]], high[net.relation[edge]]


def _join_loops(loops: Indices, node: Indices, relation: NDArray[np.uint8], made: Ties) -> None:
    """Join self-loops, which have no place; they come by node, kind and number."""
    head = -1
    for edge in loops.tolist():
        if head < 0 or node[head] != node[edge] or relation[head] != relation[edge]:
            head = edge
            continue
        made.standing[head], made.standing[edge] = HEAD, FOLLOWS
        made.since[head] = min(made.since[head], made.since[edge])
        made.until[head] = max(made.until[head], made.until[edge])
