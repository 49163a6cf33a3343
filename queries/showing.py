"""What an answer shows of nodes, from the workspace's own tables, whichever engine found them."""

from collections.abc import Mapping, Sequence

import numpy as np

from graphengine.identifiers import NodeId
from graphengine.store.adjacency import Adjacency
from graphengine.subgraph import Selection, Subgraph, no_such_node, read_subgraph
from graphengine.tables.graph import Graph
from graphengine.workspace import Workspace


def arrays_of(workspace: Workspace, graph: Graph) -> Adjacency:
    """Return the arrays of a graph version; built where they are missing."""
    return Adjacency.of(graph, workspace.root / "snapshot" / graph.folder.name)


def hidden(arrays: Adjacency, nodes: Sequence[NodeId]) -> Mapping[NodeId, int]:
    """Return how many neighbours of each node are not among the nodes."""
    known = {node: at for node in nodes if (at := arrays.index(node)) is not None}
    shown = np.array(sorted(known.values()), dtype=np.int32)
    return {
        node: int(np.isin(arrays.neighbours(at), shown, invert=True).sum())
        for node, at in known.items()
    }


def one_node(workspace: Workspace, graph: Graph, node: NodeId, *, reveal: bool = False) -> Subgraph:
    """Return one node alone and how many neighbours it has; raise NotFoundError."""
    around = hidden(arrays_of(workspace, graph), (node,))
    if node not in around:
        raise no_such_node()
    return read_subgraph(graph, Selection((node,), hidden=around), reveal=reveal)
