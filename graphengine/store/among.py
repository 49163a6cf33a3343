"""Which edges run among some nodes, and how many neighbours lie outside them, compiled."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from graphengine.store.network import Indices, Network, place_of

_SEARCH = 8


def edges_among(net: Network, chosen: Indices) -> Indices:
    """Return the edges between different nodes of some, ascending; `chosen` ascend, each once."""
    return np.sort(_among(net, chosen, _marked(net, chosen)))


def edges_between(net: Network, source: Indices, target: Indices) -> Indices:
    """Return the edges between ends given as two columns, either way, ascending, each once."""
    return np.unique(_between(net, source, target))


def outside(net: Network, chosen: Indices) -> Indices:
    """Return of each of some nodes how many of its neighbours are not among them."""
    return _outside(net, chosen, _marked(net, chosen))


def _marked(net: Network, chosen: Indices) -> NDArray[np.bool_]:
    marks = np.zeros(len(net.starts) - 1, dtype=np.bool_)
    marks[chosen] = True
    return marks


@njit(cache=True, nogil=True)
def _among(net: Network, chosen: Indices, marks: NDArray[np.bool_]) -> Indices:
    """Look from the lower of two nodes; along its row, or for each of the few above it."""
    found = np.empty(64, dtype=np.int32)
    count = 0
    for i in range(len(chosen)):
        node = chosen[i]
        begin, end = net.starts[node], net.starts[node + 1]
        above = len(chosen) - i - 1
        if end - begin > _SEARCH * above:
            for j in range(i + 1, len(chosen)):
                at = place_of(net, node, chosen[j])
                if at >= 0:
                    found, count = _taken(net, at, found, count)
        else:
            for at in range(begin, end):
                if net.ends[at] > node and marks[net.ends[at]]:
                    found, count = _taken(net, at, found, count)
    return found[:count]


@njit(cache=True, nogil=True)
def _between(net: Network, source: Indices, target: Indices) -> Indices:
    found = np.empty(64, dtype=np.int32)
    count = 0
    for i in range(len(source)):
        at = place_of(net, source[i], target[i])
        if at >= 0:
            found, count = _taken(net, at, found, count)
    return found[:count]


@njit(cache=True, nogil=True)
def _taken(net: Network, at: int, found: Indices, count: int) -> tuple[Indices, int]:
    """Add the edges of a place, doubling the memory where it does not suffice."""
    begin, end = net.edge_starts[at], net.edge_starts[at + 1]
    while count + end - begin > len(found):
        more = np.empty(2 * len(found), dtype=np.int32)
        more[:count] = found[:count]
        found = more
    for i in range(begin, end):
        edge = net.edges[i]
        found[count] = edge if edge >= 0 else ~edge
        count += 1
    return found, count


@njit(cache=True, nogil=True)
def _outside(net: Network, chosen: Indices, marks: NDArray[np.bool_]) -> Indices:
    counts = np.zeros(len(chosen), dtype=np.int32)
    for i in range(len(chosen)):
        for at in range(net.starts[chosen[i]], net.starts[chosen[i] + 1]):
            if not marks[net.ends[at]]:
                counts[i] += 1
    return counts
