"""py2neo on a real Neo4j: merged, merged again, read by id."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import py2neo  # type: ignore[import-untyped] # it states no types
import pytest
from hypothesis import HealthCheck, given, settings

from graphengine.exchange.about import About
from graphengine.exchange.py2neo import from_py2neo, merge_py2neo, read_py2neo, to_py2neo
from graphengine.subgraph import Subgraph, SubgraphEdge
from tests.graphengine.exchange.subgraphs import subgraphs, unordered
from tests.neo4j_server import Neo4jServer

Server = Any  # py2neo states no types


@pytest.fixture
def server(neo4j_database: Neo4jServer) -> Iterator[Server]:
    opened = py2neo.Graph(neo4j_database.uri, auth=("neo4j", neo4j_database.password))
    try:
        opened.delete_all()
        yield opened
        opened.delete_all()
    finally:
        opened.service.connector.close()


def _counted(server: Server) -> tuple[int, int]:
    nodes = server.evaluate("MATCH (n) RETURN count(n)")
    return nodes, server.evaluate("MATCH ()-[r]->() RETURN count(r)")


def _read(server: Server, like: Subgraph) -> Subgraph:
    return read_py2neo(server, [node.id for node in like.nodes], About.of(like))


def test_merged_and_read(server: Server, village: Subgraph) -> None:
    merge_py2neo(server, village)
    assert _read(server, village) == village


def test_merging_again_changes_nothing(server: Server, village: Subgraph) -> None:
    for _ in range(2):
        merge_py2neo(server, village)
        assert _counted(server) == (len(village.nodes), len(village.edges))
    assert _read(server, village) == village


def test_what_others_said_of_a_node_stays(server: Server, village: Subgraph) -> None:
    node = village.nodes[0]
    server.run(f"CREATE (n:{node.kind} {{id: $id, mood: 'calm', label: 'old'}})", id=node.id)
    merge_py2neo(server, village)
    assert server.evaluate("MATCH (n {mood: 'calm'}) RETURN n.label") == node.label


def test_what_fails_is_not_half_there(server: Server, village: Subgraph) -> None:
    too_large = SubgraphEdge(village.nodes[0].id, village.nodes[0].id, "PAID", {"amount": 2**63})
    broken = replace(village, edges=(*village.edges, too_large))
    with pytest.raises(ValueError, match="out of range"):
        merge_py2neo(server, broken)
    assert _counted(server) == (0, 0)


def test_its_own_objects(server: Server, village: Subgraph) -> None:
    server.create(to_py2neo(village))
    held = py2neo.Subgraph(server.nodes.match(), server.relationships.match())
    assert from_py2neo(held, About.of(village)) == village


@settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(subgraph=subgraphs())
def test_every_kind_and_type(server: Server, subgraph: Subgraph) -> None:
    server.delete_all()
    merge_py2neo(server, subgraph)
    assert unordered(_read(server, subgraph)) == unordered(subgraph)
