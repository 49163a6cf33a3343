"""Answers as networkx graphs, and networkx graphs as a subgraph."""

from collections.abc import Iterator
from typing import Any

import networkx as nx

from graphengine.exchange.about import About, Answer, subgraph_of
from graphengine.exchange.rows import Row, edge_row, node_row, subgraph_of_rows
from graphengine.subgraph import Subgraph


def to_networkx(answer: Answer) -> "nx.MultiDiGraph[str]":
    """Return nodes and edges with their attributes; what is null is left out.

    Attributes bear the names of the columns (see `graphengine.exchange.columns`); money is in fen,
    evidence a tuple of `Source`s, and an edge's key its place among the answer's edges.
    """
    subgraph = subgraph_of(answer)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(about=About.of(subgraph))
    for node in subgraph.nodes:
        row = node_row(node)
        graph.add_node(row.pop("id"), **row)
    for number, edge in enumerate(subgraph.edges):
        said = {name: value for name, value in edge_row(edge).items() if value is not None}
        graph.add_edge(said.pop("source"), said.pop("target"), key=number, **said)
    return graph


def from_networkx(graph: "nx.Graph[Any]") -> Subgraph:
    """Return the subgraph of any networkx graph whose nodes say their `kind`.

    An edge says its kind as `relation` or `kind`; in an undirected graph it leads from the node
    that was named first. A node's id and label are the text of what stands for it in the graph.
    Raises ExchangeError for what does not fit the vocabulary.
    """
    about = graph.graph.get("about")
    return subgraph_of_rows(
        ({**data, "id": str(node)} for node, data in graph.nodes(data=True)),
        _edges(graph),
        about if isinstance(about, About) else About(),
    )


def _edges(graph: "nx.Graph[Any]") -> Iterator[Row]:
    for source, target, data in graph.edges(data=True):
        said = dict(data)
        if "relation" not in said and "kind" in said:
            said["relation"] = said.pop("kind")
        yield {**said, "source": str(source), "target": str(target)}
