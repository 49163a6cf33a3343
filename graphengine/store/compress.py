"""Edges in, compressed sparse rows out: two counting sorts and one sweep, linear in the edges."""

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from graphengine.store.network import Bits, Counts, Indices, Network

Codes = NDArray[np.uint8]


def network(  # noqa: PLR0913 - the columns of one table
    source: Indices,
    target: Indices,
    relation: Codes,
    *,
    nodes: int,
    since: Indices,
    until: Indices,
) -> Network:
    """Return the network of edges given as columns of one length; nodes are numbered from 0.

    Edges with an end below 0 are kept as numbers and lead nowhere, as self-loops do.
    """
    near, far, edge = _both_ways(source, target)
    by_far = _counted(far, np.arange(len(far), dtype=np.int32), nodes)
    order = _counted(near, by_far, nodes)
    near, far, edge = near[order], far[order], edge[order]
    fresh = np.ones(len(near), dtype=np.bool_)
    fresh[1:] = (near[1:] != near[:-1]) | (far[1:] != far[:-1])
    edge_starts = np.append(np.flatnonzero(fresh), len(near)).astype(np.int64)
    starts = np.zeros(nodes + 1, dtype=np.int64)
    np.cumsum(np.bincount(near[fresh], minlength=nodes), out=starts[1:])
    out, into = _kinds(edge_starts, edge, relation)
    return frozen(Network(starts, far[fresh], out, into, edge_starts, edge, relation, since, until))


def frozen(net: Network) -> Network:
    """Return the same arrays as plain read-only ones, so that kernels compile once."""
    return Network(*(_frozen(column) for column in net))


def _frozen(column: NDArray[Any]) -> NDArray[Any]:
    plain = np.ascontiguousarray(np.asarray(column)).view()
    plain.flags.writeable = False
    return plain


@njit(cache=True, nogil=True)
def _both_ways(source: Indices, target: Indices) -> tuple[Indices, Indices, Indices]:
    """Return every edge from both ends; seen from its target it is its number's complement."""
    near = np.empty(2 * len(source), dtype=np.int32)
    far = np.empty_like(near)
    edges = np.empty_like(near)
    count = 0
    for edge in range(len(source)):
        a, b = source[edge], target[edge]
        if a == b or a < 0 or b < 0:
            continue
        near[count], far[count], edges[count] = a, b, edge
        near[count + 1], far[count + 1], edges[count + 1] = b, a, ~edge
        count += 2
    return near[:count].copy(), far[:count].copy(), edges[:count].copy()


@njit(cache=True, nogil=True)
def _counted(key: Indices, order: Indices, size: int) -> Indices:
    """Return the order sorted by key, stably."""
    first = np.zeros(size + 1, dtype=np.int64)
    for value in key:
        first[value + 1] += 1
    for value in range(size):
        first[value + 1] += first[value]
    result = np.empty_like(order)
    for at in order:
        result[first[key[at]]] = at
        first[key[at]] += 1
    return result


@njit(cache=True, nogil=True)
def _kinds(edge_starts: Counts, edges: Indices, relation: Codes) -> tuple[Bits, Bits]:
    """Return the relations that lead out and back at every place, as bit sets."""
    out = np.zeros(len(edge_starts) - 1, dtype=np.uint32)
    into = np.zeros(len(edge_starts) - 1, dtype=np.uint32)
    for at in range(len(out)):
        for i in range(edge_starts[at], edge_starts[at + 1]):
            edge = edges[i]
            if edge >= 0:
                out[at] |= np.uint32(1) << relation[edge]
            else:
                into[at] |= np.uint32(1) << relation[~edge]
    return out, into
