"""Drawn multigraphs with self-loops, parallel edges, isolated nodes and dates."""

from dataclasses import dataclass

import networkx as nx
import numpy as np
from hypothesis import settings
from hypothesis import strategies as st

from graphengine.store.compress import network
from graphengine.store.network import OPEN_SINCE, OPEN_UNTIL, Network, Sieve, is_shut

NODES = 9
KINDS = 3
DAYS = 6
PATIENT = settings(deadline=None)
"""The first example waits for the compiler."""
_END = st.integers(0, NODES - 2)


@dataclass(frozen=True, slots=True)
class Edge:
    source: int
    target: int
    kind: int
    since: int
    until: int


def _dates() -> st.SearchStrategy[tuple[int, int]]:
    day = st.integers(0, DAYS)
    return st.tuples(st.one_of(st.just(OPEN_SINCE), day), st.one_of(st.just(OPEN_UNTIL), day))


EDGES = st.lists(
    st.builds(
        lambda a, b, kind, dates: Edge(a, b, kind, *dates),
        _END, _END, st.integers(0, KINDS - 1), _dates(),
    ),
    max_size=26,
)  # fmt: skip


def _two_ways(out: int, back: int) -> Sieve:
    return Sieve(out, back)


def _limited(*limits: int) -> Sieve:
    out, back, since, until, hub = limits
    return Sieve(out, back, since, until, hub)


def _in_sight(sieve: Sieve, shut: set[int]) -> Sieve:
    mask = np.isin(np.arange(NODES), sorted(shut))
    mask.flags.writeable = False
    return sieve._replace(shut=mask)


_MASK = st.sampled_from([0xFFFFFFFF, 0b001, 0b011, 0b110, 0])
_SIEVES = st.one_of(
    st.just(Sieve()),
    st.builds(_two_ways, _MASK, _MASK),
    st.builds(
        _limited,
        _MASK,
        _MASK,
        st.one_of(st.just(OPEN_SINCE), st.integers(0, DAYS)),
        st.one_of(st.just(OPEN_UNTIL), st.integers(0, DAYS)),
        st.one_of(st.just(2**62), st.integers(1, 5)),
    ),
)
SIEVES = st.one_of(
    _SIEVES, st.builds(_in_sight, _SIEVES, st.sets(st.integers(0, NODES - 1), max_size=4))
)
ENDS = st.integers(0, NODES - 1)


def packed(edges: list[Edge]) -> Network:
    column = {
        name: np.array([getattr(e, name) for e in edges], dtype=np.int32)
        for name in ("source", "target", "since", "until")
    }
    return network(
        column["source"],
        column["target"],
        np.array([e.kind for e in edges], dtype=np.uint8),
        nodes=NODES,
        since=column["since"],
        until=column["until"],
    )


def hubs(edges: list[Edge], sieve: Sieve) -> set[int]:
    near: dict[int, set[int]] = {n: set() for n in range(NODES)}
    for e in edges:
        if e.source != e.target:
            near[e.source].add(e.target)
            near[e.target].add(e.source)
    return {n for n, others in near.items() if len(others) > sieve.hub}


def allowed(edges: list[Edge], sieve: Sieve) -> "nx.DiGraph[int]":
    """Return the steps that a sieve lets pass, hubs included; nodes out of sight take none."""
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(NODES))
    for e in edges:
        if e.since <= sieve.until and e.until >= sieve.since:
            if sieve.out >> e.kind & 1:
                graph.add_edge(e.source, e.target)
            if sieve.back >> e.kind & 1:
                graph.add_edge(e.target, e.source)
    graph.remove_edges_from([(x, y) for x, y in graph.edges if is_shut(sieve.shut, x, y)])
    return graph


def routes(edges: list[Edge], sieve: Sieve, a: int, b: int, hops: int) -> list[tuple[int, ...]]:
    """Return all simple routes, by length and then by nodes."""
    if is_shut(sieve.shut, a, b):
        return []
    if a == b:
        return [(a,)]
    graph = allowed(edges, sieve)
    graph.remove_nodes_from(hubs(edges, sieve) - {a, b})
    found = nx.all_simple_paths(graph, a, b, cutoff=hops) if hops else []
    return sorted({tuple(p) for p in found}, key=lambda r: (len(r), r))
