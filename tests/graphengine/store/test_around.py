import networkx as nx
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graphengine.store.around import Journey, flow, reach, trails
from graphengine.store.compress import network
from graphengine.store.network import NO_HUB, OPEN_SINCE, OPEN_UNTIL, Sieve, is_shut, scratch
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
    if is_shut(sieve.shut, start):
        assert not len(reach(packed(edges), scratch(NODES), start, hops, limit, sieve=sieve).found)
        return
    lengths = nx.single_source_shortest_path_length(graph, start, cutoff=hops)
    expected = sorted(lengths, key=lambda n: (lengths[n], n))
    found = reach(packed(edges), scratch(NODES), start, hops, limit, sieve=sieve)
    assert found.found.tolist() == expected[:limit]
    assert found.hops.tolist() == [lengths[n] for n in expected[:limit]]
    assert found.cut.tolist() == expected[limit:]
    assert found.hubs.tolist() == [n for n in expected if n in shut and lengths[n] < hops]


_DAY = st.integers(0, 3)
_PAYMENTS = st.lists(st.tuples(ENDS, ENDS, st.integers(0, 8), _DAY, _DAY), max_size=18)
Payment = tuple[int, int, int, int, int]


def _journey(*limits: int) -> Journey:
    start, hops, window, hub, since, until = limits
    return Journey(start, hops, window, hub, since=since, until=until)


_JOURNEYS = st.builds(
    _journey,
    ENDS,
    st.integers(0, 5),
    st.integers(0, 8),
    st.one_of(st.just(NO_HUB), st.integers(0, 3)),
    st.one_of(st.just(OPEN_SINCE), _DAY),
    st.one_of(st.just(OPEN_UNTIL), _DAY),
)


def _expected(payments: list[Payment], journey: Journey, shut: set[int]) -> list[tuple[int, ...]]:
    """Walk by plain recursion; payments are (from, to, time, since, until)."""
    found: list[tuple[int, ...]] = []

    def near(node: int) -> set[int]:
        return {n for a, b, *_ in payments for n in (a, b) if node in (a, b) and a != b} - {node}

    def onward(node: int) -> list[tuple[int, int]]:
        return sorted((t, e) for e, (a, _, t, *_) in enumerate(payments) if a == node)

    def counts(edge: int) -> bool:
        *_, since, until = payments[edge]
        return since <= journey.until and until >= journey.since

    def walk(node: int, seen: tuple[int, ...], trail: tuple[int, ...]) -> None:
        if len(trail) == journey.max_hops or (trail and len(near(node)) > journey.hub):
            return
        for time, edge in onward(node):
            on = payments[edge][1]
            if trail and not (
                payments[trail[-1]][2] < time <= payments[trail[0]][2] + journey.window
            ):
                continue
            if on not in seen and on not in shut and counts(edge):
                found.append((*trail, edge))
                walk(on, (*seen, on), (*trail, edge))

    if journey.start not in shut:
        walk(journey.start, (journey.start,), ())
    return found


@PATIENT
@given(_PAYMENTS, _JOURNEYS, st.sets(ENDS, max_size=2), st.integers(1, 90))
def test_trails_respect_time_both_ways(
    payments: list[Payment], journey: Journey, shut: set[int], most: int
) -> None:
    source, target, _, since, until = (
        np.array([p[i] for p in payments], dtype=np.int32) for i in range(5)
    )
    moment = np.array([p[2] for p in payments], dtype=np.int64)
    edge = np.arange(len(payments), dtype=np.int32)
    kinds = np.zeros(len(payments), dtype=np.uint8)
    net = network(source, target, kinds, nodes=NODES, since=since, until=until)
    forward, backward = flow(source, target, moment, edge, nodes=NODES)
    hidden = np.array([n in shut for n in range(NODES)])
    hidden.flags.writeable = False
    seeing = journey._replace(shut=hidden)
    for along, seen in (
        (forward, payments),
        (backward, [(b, a, -t, since, until) for a, b, t, since, until in payments]),
    ):
        expected = _expected(seen, journey, shut)
        found = trails(along, net, seeing, most)
        assert found.trails == expected[:most]
        assert found.cut == (len(expected) > most)
