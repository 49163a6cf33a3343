"""The same subgraph from a snapshot's rows as from a scan of the tables."""

from collections.abc import Iterator
from datetime import date

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphengine.identifiers import NodeId, RecordId
from graphengine.store.adjacency import Adjacency
from graphengine.store.among import edges_among, edges_between, outside
from graphengine.store.edges import STEPPING
from graphengine.store.lookup import SnapshotRows
from graphengine.subgraph import Selection, Subgraph, read_subgraph
from graphengine.tables.graph import Graph
from tests.graphengine.store.graphs import EDGES, NODES, PATIENT, Edge, packed
from tests.graphengine.store.test_content import with_odd_rows
from tests.village import account, company, person

DRAWN = settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60
)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    folder = tmp_path_factory.mktemp("village")
    with Graph(with_odd_rows().write(folder / "tables" / "v")) as graph:
        yield graph


@pytest.fixture(scope="module")
def arrays(graph: Graph) -> Adjacency:
    return Adjacency.of(graph, graph.folder.parent.parent / "snapshot" / "v")


def _both(graph: Graph, arrays: Adjacency, selection: Selection, *, reveal: bool) -> Subgraph:
    scanned = read_subgraph(graph, selection, reveal=reveal)
    looked_up = read_subgraph(graph, selection, reveal=reveal, rows=SnapshotRows(arrays))
    assert looked_up == scanned
    return looked_up


def _keys(arrays: Adjacency) -> list[tuple[str, int]]:
    edges = arrays.edges
    return [
        (STEPPING[code], key)
        for code, key in zip(edges.relation.tolist(), edges.key.tolist(), strict=True)
    ]


@DRAWN
@given(data=st.data(), reveal=st.booleans())
def test_both_ways_give_the_same(
    graph: Graph, arrays: Adjacency, data: st.DataObject, *, reveal: bool
) -> None:
    ids = [arrays.node(at) for at in range(len(arrays.ids))] + [NodeId("person:none")]
    some = data.draw(st.lists(st.sampled_from(ids), unique=True))
    pair = st.tuples(st.sampled_from(ids), st.sampled_from(ids))
    day = st.one_of(st.none(), st.dates(date(2017, 1, 1), date(2025, 1, 1)))
    records = st.sampled_from(range(1, 30)).map(RecordId)
    selection = Selection(
        nodes=tuple(some),
        singled=data.draw(st.frozensets(records)),
        pairs=data.draw(st.one_of(st.none(), st.lists(pair).map(tuple))),
        edges=data.draw(st.one_of(st.none(), st.lists(st.sampled_from(_keys(arrays))).map(tuple))),
        since=data.draw(day),
        until=data.draw(day),
    )
    _both(graph, arrays, selection, reveal=reveal)


def test_nothing_but_the_pairs_and_the_edges_that_were_asked_for(
    graph: Graph, arrays: Adjacency
) -> None:
    everybody = tuple(arrays.node(at) for at in range(len(arrays.ids)))
    pairs = ((account("lin"), account("wang")), (company("firm"), person("hao")))
    found = _both(graph, arrays, Selection(everybody, pairs=pairs), reveal=False)
    assert {(e.source, e.target, e.count) for e in found.edges} == {
        (account("wang"), account("lin"), 4), (person("hao"), company("firm"), 1),
    }  # fmt: skip
    later = Selection(everybody, pairs=pairs[:1], since=date(2024, 1, 3))
    assert [e.count for e in _both(graph, arrays, later, reveal=False).edges] == [1]
    paid = [key for key in _keys(arrays) if key[0] == "PAID"]
    one = _both(graph, arrays, Selection(everybody, edges=(paid[0],)), reveal=False)
    assert [(e.relation, e.count) for e in one.edges] == [("PAID", 1)]
    assert "paid_at" in one.edges[0].properties
    none = _both(graph, arrays, Selection(everybody, edges=()), reveal=False)
    assert none.edges == ()
    assert len(none.nodes) == len(everybody)


def test_an_edge_among_others_is_not_counted_again(graph: Graph, arrays: Adjacency) -> None:
    ends = (account("wang"), account("lin"))
    edge = next(
        key
        for key, source in zip(_keys(arrays), arrays.edges.source.tolist(), strict=True)
        if key[0] == "PAID" and arrays.node(source) == ends[0]
    )
    found = _both(graph, arrays, Selection(ends, pairs=(ends,), edges=(edge,)), reveal=False)
    assert sorted(e.count for e in found.edges) == [1, 3]


@PATIENT
@given(EDGES, st.sets(st.integers(0, NODES - 1)))
def test_edges_among_nodes(edges: list[Edge], some: set[int]) -> None:
    net = packed(edges)
    chosen = np.array(sorted(some), dtype=np.int32)
    inside = [
        n
        for n, e in enumerate(edges)
        if e.source != e.target and e.source in some and e.target in some
    ]
    assert edges_among(net, chosen).tolist() == inside
    near: dict[int, set[int]] = {n: set() for n in some}
    for e in edges:
        if e.source != e.target:
            for a, b in ((e.source, e.target), (e.target, e.source)):
                if a in some and b not in some:
                    near[a].add(b)
    assert outside(net, chosen).tolist() == [len(near[n]) for n in chosen.tolist()]


@PATIENT
@given(EDGES, st.lists(st.tuples(st.integers(0, NODES - 1), st.integers(0, NODES - 1))))
def test_edges_between_ends(edges: list[Edge], pairs: list[tuple[int, int]]) -> None:
    ends = np.array(pairs, dtype=np.int32).reshape(-1, 2)
    either = {*pairs, *((b, a) for a, b in pairs)}
    expected = [
        n for n, e in enumerate(edges) if e.source != e.target and (e.source, e.target) in either
    ]
    assert edges_between(packed(edges), ends[:, 0], ends[:, 1]).tolist() == expected
