import networkx as nx
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graphengine.store.around import Journey, flow, reach, trails
from graphengine.store.network import NO_HUB, Sieve, scratch
from tests.graphengine.store.graphs import (
    EDGES,
    ENDS,
    NODES,
    PATIENT,
    SIEVES,
    Edge,
    allowed,
    hubs,
    packed,
)


@PATIENT
@given(EDGES, SIEVES, ENDS, st.integers(0, 5), st.integers(1, NODES))
def test_reach_is_by_hop_then_by_id(
    edges: list[Edge], sieve: Sieve, start: int, hops: int, limit: int
) -> None:
    graph = allowed(edges, sieve)
    shut = hubs(edges, sieve) - {start}
    graph.remove_edges_from([(a, b) for a, b in graph.edges if a in shut])
    lengths = nx.single_source_shortest_path_length(graph, start, cutoff=hops)
    expected = sorted(lengths, key=lambda n: (lengths[n], n))
    found = reach(packed(edges), scratch(NODES), start, hops, limit, sieve=sieve)
    assert found.found.tolist() == expected[:limit]
    assert found.hops.tolist() == [lengths[n] for n in expected[:limit]]
    assert found.cut.tolist() == expected[limit:]
    assert found.hubs.tolist() == [n for n in expected if n in shut and lengths[n] < hops]


_PAYMENTS = st.lists(st.tuples(ENDS, ENDS, st.integers(0, 8)), max_size=18)


def _journey(*limits: int) -> Journey:
    return Journey(*limits)


_JOURNEYS = st.builds(
    _journey,
    ENDS,
    st.integers(0, 5),
    st.integers(0, 8),
    st.one_of(st.just(NO_HUB), st.integers(0, 3)),
)


def _expected(payments: list[tuple[int, int, int]], journey: Journey) -> list[tuple[int, ...]]:
    """Walk by plain recursion; payments are (from, to, time)."""
    found: list[tuple[int, ...]] = []

    def onward(node: int) -> list[tuple[int, int]]:
        return sorted((t, e) for e, (a, _, t) in enumerate(payments) if a == node)

    def walk(node: int, seen: tuple[int, ...], trail: tuple[int, ...]) -> None:
        ways = onward(node)
        if len(trail) == journey.max_hops or (trail and len(ways) > journey.hub):
            return
        for time, edge in ways:
            on = payments[edge][1]
            if trail and not (
                payments[trail[-1]][2] < time <= payments[trail[0]][2] + journey.window
            ):
                continue
            if on not in seen:
                found.append((*trail, edge))
                walk(on, (*seen, on), (*trail, edge))

    walk(journey.start, (journey.start,), ())
    return found


@PATIENT
@given(_PAYMENTS, _JOURNEYS, st.integers(1, 90))
def test_trails_respect_time_both_ways(
    payments: list[tuple[int, int, int]], journey: Journey, most: int
) -> None:
    source, target = (np.array([p[i] for p in payments], dtype=np.int32) for i in (0, 1))
    moment = np.array([p[2] for p in payments], dtype=np.int64)
    edge = np.arange(len(payments), dtype=np.int32)
    forward, backward = flow(source, target, moment, edge, nodes=NODES)
    for along, seen in (
        (forward, payments),
        (backward, [(b, a, -t) for a, b, t in payments]),
    ):
        expected = _expected(seen, journey)
        found = trails(along, journey, most)
        assert found.trails == expected[:most]
        assert found.cut == (len(expected) > most)
