from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from graphengine.store.network import Network, Scratch, Sieve, scratch
from graphengine.store.search import (
    Question,
    k_shortest_routes,
    shortest_routes,
    simple_routes,
    yen,
)
from tests.graphengine.store.graphs import (
    EDGES,
    ENDS,
    NODES,
    PATIENT,
    SIEVES,
    Edge,
    packed,
    routes,
)

_HOPS = st.integers(0, 7)
_MOST = st.integers(1, 80)


def _chain(length: int) -> tuple[Network, Scratch]:
    edges = [Edge(a, b, 0, 0, 0) for a, b in pairwise(range(length))]
    return packed(edges), scratch(NODES)


@PATIENT
@given(EDGES, SIEVES, ENDS, ENDS, _HOPS, _MOST)
def test_shortest_are_all_and_only_the_shortest(  # noqa: PLR0913, PLR0917 - drawn
    edges: list[Edge], sieve: Sieve, a: int, b: int, hops: int, most: int
) -> None:
    every = routes(edges, sieve, a, b, hops)
    expected = [r for r in every if len(r) == len(every[0])]
    found = shortest_routes(packed(edges), scratch(NODES), Question(a, b, hops), most, sieve)
    assert found.routes == expected[:most]
    assert found.cut == (len(expected) > most)


@PATIENT
@given(EDGES, SIEVES, ENDS, ENDS, _HOPS, _MOST)
def test_simple_are_all_routes_in_order(  # noqa: PLR0913, PLR0917 - drawn
    edges: list[Edge], sieve: Sieve, a: int, b: int, hops: int, most: int
) -> None:
    expected = sorted(routes(edges, sieve, a, b, hops))
    found = simple_routes(packed(edges), scratch(NODES), Question(a, b, hops), most, sieve)
    assert found.routes == expected[:most]
    assert found.cut == (len(expected) > most)


@PATIENT
@given(EDGES, SIEVES, ENDS, ENDS, _HOPS, _MOST)
def test_k_shortest_are_the_first_by_length(  # noqa: PLR0913, PLR0917 - drawn
    edges: list[Edge], sieve: Sieve, a: int, b: int, hops: int, k: int
) -> None:
    expected = routes(edges, sieve, a, b, hops)
    for search in (k_shortest_routes, yen):
        found = search(packed(edges), scratch(NODES), Question(a, b, hops), k, sieve)
        assert found.routes == expected[:k]
        assert found.cut == (len(expected) > k)


@PATIENT
@given(EDGES, st.lists(st.tuples(ENDS, ENDS, SIEVES), min_size=2, max_size=6))
def test_memory_used_again_changes_no_answer(
    edges: list[Edge], asked: list[tuple[int, int, Sieve]]
) -> None:
    net, work = packed(edges), scratch(NODES)
    work.turn[0] = 2**22 - 3
    for a, b, sieve in asked:
        for search in (shortest_routes, simple_routes, k_shortest_routes, yen):
            question = Question(a, b, 5)
            fresh = search(net, scratch(NODES), question, 50, sieve)
            assert search(net, work, question, 50, sieve) == fresh


def test_a_route_through_a_long_chain() -> None:
    net, work = _chain(NODES)
    whole = [tuple(range(NODES))]
    for search in (shortest_routes, simple_routes, k_shortest_routes, yen):
        assert search(net, work, Question(0, NODES - 1, NODES - 1), 5).routes == whole
        assert search(net, work, Question(0, NODES - 1, NODES - 2), 5).routes == []
        assert search(net, work, Question(0, 0, -1), 5).routes == []
