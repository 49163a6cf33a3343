"""A workspace's whole graph as tables, and a graph of one's own as a workspace."""

from pathlib import Path

import networkx as nx
import pyarrow as pa
import pytest

import graphengine
from graphengine.errors import ExchangeError, NotFoundError, WorkspaceError
from graphengine.masks import declared
from graphengine.subgraph import Selection, Subgraph, read_subgraph
from graphengine.tables.graph import Graph
from graphengine.tables.schema import schema_of
from graphengine.vocabulary import NODES, RELATIONS
from graphengine.workspace import Workspace, init_workspace
from queries.notebook import ask
from tests.village import willow

SECRETS = ("陈志远", "陈浩", "林秀珍", "王伟", "13900001001", "6228480", "11010519491231002X")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    made = init_workspace(tmp_path_factory.mktemp("w"))
    version = willow().write(made.tables / "v1")
    with made.writing():
        made.commit("build", inputs={}, outputs=(version,), detail={"version": "v1"})
    return made


def test_tables_are_pseudonymous(workspace: Workspace) -> None:
    opened = graphengine.open_graph(workspace.root)
    assert opened.version == "v1"
    for kind in (*NODES, *RELATIONS):
        table = opened.table(kind)
        protected = {name for name, prop in declared(kind).items() if prop.protected}
        assert set(table.column_names) == set(schema_of(kind).names) - protected
        assert not [secret for secret in SECRETS if secret in str(table.to_pylist())]
    purposes = set(opened.table("PAID")["purpose"].to_pylist())
    assert purposes == {"付陈**工程款 ******"}
    assert opened.table("Company")["name"].to_pylist() == ["恒拓建筑有限公司"]
    assert workspace.last("disclose") is None


def test_revealed_tables_are_the_tables_and_are_on_record(workspace: Workspace) -> None:
    opened = graphengine.open_graph(str(workspace.root), reveal=True)
    said = workspace.last("disclose")
    assert said is not None
    assert (said.detail["command"], said.detail["about"]) == ("open_graph", "*")
    assert "陈志远" in opened.table("Person")["name"].to_pylist()
    assert opened.table("Person").schema.equals(schema_of("Person"))


def test_sources_are_a_table_too(workspace: Workspace) -> None:
    opened = graphengine.open_graph(workspace.root)
    records = opened.table("OWNS")["records"].combine_chunks().flatten()
    rows = opened.table("sources").filter(pa.compute.field("record").isin(records))
    assert rows["file"].to_pylist() == ["shareholders.csv"]


def test_no_such_table_workspace_or_graph(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="no such table"):
        graphengine.open_graph(workspace.root).table("../Person")
    with pytest.raises(WorkspaceError):
        graphengine.open_graph(tmp_path / "none")
    with pytest.raises(NotFoundError, match="no graph"):
        graphengine.open_graph(init_workspace(tmp_path / "empty").root)


def test_an_answer_becomes_a_workspace_that_gives_the_same_answer(
    village: Subgraph, tmp_path: Path
) -> None:
    own = graphengine.to_workspace(village, tmp_path / "own")
    version = graphengine.open_graph(own.root).folder
    with Graph(version) as graph:
        again = read_subgraph(graph, Selection(tuple(n.id for n in village.nodes)), reveal=True)
    assert [(n.id, n.label, n.properties) for n in again.nodes] == [
        (n.id, n.label, n.properties) for n in village.nodes
    ]
    assert [e.evidence for e in again.edges] == [e.evidence for e in village.edges]


def _circle() -> "nx.Graph[str]":
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(("阿明", "Beth", "Carl"), kind="Person")
    graph.add_edges_from((("阿明", "Beth"), ("Beth", "Carl")), kind="KIN")
    return graph


def test_a_graph_of_ones_own_can_be_asked(tmp_path: Path) -> None:
    own = graphengine.to_workspace(graphengine.from_networkx(_circle()), tmp_path / "own")
    answer = ask(own.root, "kin-path", {"a": "阿明", "b": "Carl"}, reveal=True)
    (way,) = answer.ways
    assert way.nodes[0] == graphengine.node_id_of("Person", "阿明")
    labels = {node.id: node.label for node in answer.subgraph.nodes}
    assert [labels[node] for node in way.nodes] == ["阿明", "Beth", "Carl"]
    assert own.entries("disclose")[-1].detail["command"] == "kin-path"
    masked = ask(own.root, "kin-path", {"a": way.nodes[0], "b": "Carl"})
    assert {node.label for node in masked.subgraph.nodes} == {"阿*", "B***", "C***"}
    assert len(own.entries("disclose")) == 1


def test_joints_of_a_graph_of_ones_own(tmp_path: Path) -> None:
    graph = _circle()
    graph.add_nodes_from(("Dora", "Emil"), kind="Person")
    ties = (("阿明", "Carl"), ("Carl", "Dora"), ("Carl", "Emil"), ("Dora", "Emil"))
    graph.add_edges_from(ties, kind="KIN")
    own = graphengine.to_workspace(graphengine.from_networkx(graph), tmp_path / "own")
    said = {"a": ["阿明", "Beth"], "b": ["Dora", "Emil"]}
    answer = ask(own.root, "joints", said, reveal=True)
    assert answer.joints is not None
    assert answer.joints.nodes == (graphengine.node_id_of("Person", "Carl"),)


def test_written_again_it_is_the_same_version(tmp_path: Path) -> None:
    subgraph = graphengine.from_networkx(_circle())
    versions = [
        graphengine.open_graph(graphengine.to_workspace(subgraph, tmp_path / folder).root).version
        for folder in ("a", "b", "a")
    ]
    assert len(set(versions)) == 1
    assert len(list((tmp_path / "a" / "tables").iterdir())) == 1


def test_a_workspace_with_registers_is_left_alone(village: Subgraph, tmp_path: Path) -> None:
    made = init_workspace(tmp_path / "w")
    with made.writing():
        made.commit("ingest", inputs={}, outputs=(), detail={})
    with pytest.raises(ExchangeError, match="holds registers"):
        graphengine.to_workspace(village, made.root)
    assert not made.tables.exists()
