from itertools import pairwise

import networkx as nx
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graphengine.store.adjacency import Adjacency
from graphengine.store.search import reach, shortest_routes

_NODES = 12
_EDGES = st.sets(
    st.tuples(st.integers(0, _NODES - 1), st.integers(0, _NODES - 1)).filter(lambda e: e[0] < e[1]),
    max_size=30,
)


def arrays(edges: set[tuple[int, int]]) -> Adjacency:
    near: list[list[int]] = [[] for _ in range(_NODES)]
    for a, b in sorted(edges):
        near[a].append(b)
        near[b].append(a)
    starts = np.cumsum([0, *(len(n) for n in near)]).astype(np.int64)
    ends = np.array([b for n in near for b in sorted(n)], dtype=np.int32)
    return Adjacency(np.array([b"n%02d" % i for i in range(_NODES)]), starts, ends)


def drawn(edges: set[tuple[int, int]]) -> "nx.Graph[int]":
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(_NODES))
    graph.add_edges_from(edges)
    return graph


@given(edges=_EDGES, start=st.integers(0, 11), end=st.integers(0, 11), hops=st.integers(0, 6))
def test_routes_are_all_the_shortest(
    edges: set[tuple[int, int]], start: int, end: int, hops: int
) -> None:
    graph = drawn(edges)
    expected: list[tuple[int, ...]] = []
    if nx.has_path(graph, start, end) and nx.shortest_path_length(graph, start, end) <= hops:
        expected = sorted(tuple(p) for p in nx.all_shortest_paths(graph, start, end))
    assert shortest_routes(arrays(edges), start, end, hops, 1000) == expected
    assert shortest_routes(arrays(edges), start, end, hops, 2) == expected[:2]


@given(edges=_EDGES, start=st.integers(0, 11), hops=st.integers(0, 5), limit=st.integers(1, 12))
def test_reach_is_by_hop_then_by_id(
    edges: set[tuple[int, int]], start: int, hops: int, limit: int
) -> None:
    lengths = nx.single_source_shortest_path_length(drawn(edges), start, cutoff=hops)
    expected = sorted(lengths, key=lambda n: (lengths[n], n))
    found = reach(arrays(edges), start, hops, limit, hub=_NODES)
    assert [int(n) for n in found.found] == expected[:limit]
    assert [int(h) for h in found.hops] == [lengths[n] for n in expected[:limit]]
    assert [int(n) for n in found.cut] == expected[limit:]
    assert len(found.hubs) == 0


def test_a_hub_is_reached_and_not_walked_through() -> None:
    spokes = {(0, 1), *((1, n) for n in range(2, _NODES))}
    found = reach(arrays(spokes), 0, 3, 100, hub=5)
    assert [int(n) for n in found.found] == [0, 1]
    assert [int(n) for n in found.hubs] == [1]
    assert len(reach(arrays(spokes), 1, 1, 100, hub=5).found) == _NODES


def test_a_route_through_a_long_chain() -> None:
    chain = set(pairwise(range(_NODES)))
    assert shortest_routes(arrays(chain), 0, 11, 11, 5) == [tuple(range(_NODES))]
    assert shortest_routes(arrays(chain), 0, 11, 10, 5) == []
