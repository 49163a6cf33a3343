"""Graphs that others made: what is accepted, and what is refused in which words."""

import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd  # type: ignore[import-untyped] # it ships no types
import polars as pl
import pyarrow as pa
import pytest

import graphengine
from graphengine.errors import ExchangeError
from graphengine.exchange.columns import columns_of
from graphengine.subgraph import Subgraph

SOMEBODY = "陈志远"
Columns = dict[str, list[Any]]
NODES: Columns = {"id": ["a", "b"], "kind": ["Person", "Company"]}
EDGES: Columns = {"source": ["a"], "target": ["b"], "relation": ["OWNS"]}


def _polars(nodes: Columns, edges: Columns) -> Subgraph:
    return graphengine.from_polars(pl.DataFrame(nodes), pl.DataFrame(edges))


def _pandas(nodes: Columns, edges: Columns) -> Subgraph:
    return graphengine.from_pandas(pd.DataFrame(nodes), pd.DataFrame(edges))


def _arrow(nodes: Columns, edges: Columns) -> Subgraph:
    return graphengine.from_arrow(pa.table(nodes), pa.table(edges))


def _networkx(nodes: Columns, edges: Columns) -> Subgraph:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for row in pd.DataFrame(nodes).to_dict("records"):
        graph.add_node(row.pop("id"), **row)
    for row in pd.DataFrame(edges).to_dict("records"):
        graph.add_edge(row.pop("source"), row.pop("target"), **row)
    return graphengine.from_networkx(graph)


EVERY = pytest.mark.parametrize("read", [_arrow, _polars, _pandas, _networkx])
Read = Callable[[Columns, Columns], Subgraph]


def _refused(read: Read, nodes: Columns, edges: Columns) -> str:
    with pytest.raises(ExchangeError) as caught:
        read(nodes, edges)
    said = caught.value
    for text in (said.message.zh, said.message.en, said.remedy.zh, said.remedy.en):
        assert text
        assert SOMEBODY not in text
    return said.message.en


@EVERY
def test_kinds_are_enough(read: Read) -> None:
    subgraph = read(NODES, EDGES)
    assert [(n.id, n.kind, n.label, n.hidden) for n in subgraph.nodes] == [
        ("a", "Person", "a", 0),
        ("b", "Company", "b", 0),
    ]
    (edge,) = subgraph.edges
    assert (edge.source, edge.target, edge.relation, edge.count) == ("a", "b", "OWNS", 1)
    assert (edge.properties, edge.evidence, subgraph.revealed) == ({}, (), False)


@EVERY
def test_unknown_kind(read: Read) -> None:
    nodes: Columns = {**NODES, "kind": ["Person", SOMEBODY]}
    assert _refused(read, nodes, EDGES).startswith("nodes, row 1, column kind:")
    edges: Columns = {**EDGES, "relation": ["LIKES"]}
    assert _refused(read, NODES, edges).startswith("edges, row 0, column relation:")


@EVERY
def test_missing_kind(read: Read) -> None:
    nodes: Columns = {**NODES, "kind": ["Person", None]}
    assert _refused(read, nodes, EDGES) == "nodes, row 1, column kind: no value"


@EVERY
def test_wrong_type(read: Read) -> None:
    edges: Columns = {**EDGES, "share": [SOMEBODY]}
    assert _refused(read, NODES, edges).startswith("edges, row 0, column share:")
    nodes: Columns = {**NODES, "capital": [None, 1.5]}
    assert _refused(read, nodes, EDGES).startswith("nodes, row 1, column capital:")


@EVERY
def test_a_property_of_another_kind(read: Read) -> None:
    nodes: Columns = {**NODES, "capital": [100, 200]}
    assert _refused(read, nodes, EDGES) == (
        "nodes, row 0, column capital: Person has no such property"
    )


@EVERY
def test_an_unknown_column(read: Read) -> None:
    assert _refused(read, {**NODES, "mood": ["fine", "fine"]}, EDGES) == (
        "nodes: unknown column mood"
    )


@EVERY
def test_whole_numbers_that_became_floats_and_dates_that_became_times(read: Read) -> None:
    nodes: Columns = {
        **NODES,
        "capital": [None, 200.0],
        "registered_on": [None, datetime(2017, 4, 10)],  # noqa: DTZ001 - as frames hold dates
    }
    firm = read(nodes, EDGES).nodes[1]
    assert firm.properties == {"capital": 200, "registered_on": date(2017, 4, 10)}
    assert {name: type(v) for name, v in firm.properties.items()} == {
        "capital": int, "registered_on": date,
    }  # fmt: skip


@pytest.mark.parametrize("read", [_arrow, _polars, _pandas])
def test_a_missing_column(read: Read) -> None:
    assert _refused(read, {"id": ["a"]}, EDGES) == "nodes: the column kind is missing"
    edges = {"source": ["a"], "target": ["b"]}
    assert _refused(read, NODES, edges) == "edges: the column relation is missing"


@pytest.mark.parametrize("read", [_arrow, _polars, _pandas])
def test_an_edge_to_nowhere_and_an_id_twice(read: Read) -> None:
    edges: Columns = {**EDGES, "target": ["c"]}
    assert _refused(read, NODES, edges) == "edges, row 0, column target: there is no such node"
    nodes: Columns = {**NODES, "id": ["a", "a"]}
    assert _refused(read, nodes, EDGES).startswith("nodes, row 1, column id:")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("paid_at", "2023-05-01 09:12"),
        ("paid_at", datetime(2023, 5, 1, tzinfo=UTC)),
        ("amount", Decimal("1.50")),
        ("amount", True),
        ("amount", 2**63),
        ("valid_from", datetime(2023, 5, 1, 9)),  # noqa: DTZ001 - a time is no date
        ("purpose", 7),
        ("purpose", "\ud800"),
        ("evidence", [{"file": SOMEBODY}]),
        ("evidence", SOMEBODY),
        ("evidence", [{"record": -1, "register": "payments", "file": "f", "row": 1}]),
    ],
)
def test_types_are_held_to_the_vocabulary(column: str, value: object) -> None:
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from("ab", kind="Account")
    graph.add_edge("a", "b", kind="PAID", **{column: value})
    with pytest.raises(ExchangeError, match=rf"^edges, row 0, column {column}: the value has"):
        graphengine.from_networkx(graph)


def test_numbers_of_numpy() -> None:
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from((1, 2), kind="Person")
    graph.add_edge(1, 2, kind="KIN", degree=np.int32(1), in_scope=np.bool_(True))  # noqa: FBT003 - numpy's own
    properties = graphengine.from_networkx(graph).edges[0].properties
    assert properties == {"degree": 1, "in_scope": True}
    assert [type(v) for v in properties.values()] == [int, bool]


def test_what_pandas_says_for_none() -> None:
    frames = graphengine.to_pandas(_arrow(NODES, {**EDGES, "share": [0.5]}))
    graph = nx.from_pandas_edgelist(frames.edges, edge_attr=True)
    graph.add_nodes_from(frames.nodes.set_index("id").to_dict("index").items())
    assert graphengine.from_networkx(graph).edges[0].properties == {"share": 0.5}


def test_an_undirected_graph_and_missing_numbers() -> None:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_node("陈志远", kind="Person", label="老陈")
    graph.add_node("b", kind="Person", sex=float("nan"))
    graph.add_edge("陈志远", "b", relation="KIN", degree=float("nan"))
    subgraph = graphengine.from_networkx(graph)
    assert [(n.id, n.label, n.properties) for n in subgraph.nodes] == [
        ("b", "b", {}),
        ("陈志远", "老陈", {}),
    ]
    assert [(e.source, e.target, e.properties) for e in subgraph.edges] == [("陈志远", "b", {})]


def test_columns_whose_name_every_row_has_bear_their_kind() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("house", kind="Asset", asset_kind="house")
    assert graphengine.from_networkx(graph).nodes[0].properties == {"kind": "house"}
    assert columns_of("KIN")["kin_relation"].name == "relation"


def test_frames_of_ordinary_dtypes() -> None:
    nodes = pd.DataFrame(NODES).astype({"kind": "category"}).set_index(pd.Index([7, 9]))
    edges = pd.DataFrame({**EDGES, "share": [np.float32(0.5)], "valid_from": ["2017-04-10"]})
    edges["valid_from"] = pd.to_datetime(edges["valid_from"])
    (edge,) = graphengine.from_pandas(nodes, edges).edges
    assert (edge.properties, edge.valid_from) == ({"share": 0.5}, date(2017, 4, 10))


def test_without_pandas_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    subgraph = _arrow(NODES, EDGES)
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ExchangeError) as caught:
        graphengine.to_pandas(subgraph)
    assert "pip install 'shunteng[pandas]'" in caught.value.remedy.zh
    assert "pip install 'shunteng[pandas]'" in caught.value.remedy.en
