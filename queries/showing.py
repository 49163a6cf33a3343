"""What an answer shows of nodes, from the workspace's own tables, whichever engine found them."""

from collections.abc import Mapping, Sequence

import numpy as np

from graphengine.identifiers import NodeId
from graphengine.store.adjacency import Adjacency
from graphengine.store.among import outside
from graphengine.store.lookup import SnapshotRows
from graphengine.subgraph import Selection, Subgraph, no_such_node, read_subgraph
from graphengine.tables.graph import Graph
from graphengine.workspace import Workspace


def arrays_of(workspace: Workspace, graph: Graph) -> Adjacency:
    """Return the arrays of a graph version; built where they are missing."""
    return Adjacency.of(graph, workspace.root / "snapshot" / graph.folder.name)


def rows_at_hand(workspace: Workspace, graph: Graph) -> SnapshotRows | None:
    """Return the rows of a version's snapshot where it is built already; it is not built for it."""
    arrays = Adjacency.standing(graph, workspace.root / "snapshot" / graph.folder.name)
    return SnapshotRows(arrays) if arrays else None


def hidden(arrays: Adjacency, nodes: Sequence[NodeId]) -> Mapping[NodeId, int]:
    """Return how many neighbours of each node are not among the nodes."""
    known = {at: node for node in nodes if (at := arrays.index(node)) is not None}
    shown = np.array(sorted(known), dtype=np.int32)
    counts = outside(arrays.network, shown).tolist()
    return {known[at]: count for at, count in zip(shown.tolist(), counts, strict=True)}


def one_node(workspace: Workspace, graph: Graph, node: NodeId, *, reveal: bool = False) -> Subgraph:
    """Return one node alone and how many neighbours it has; raise NotFoundError."""
    arrays = arrays_of(workspace, graph)
    around = hidden(arrays, (node,))
    if node not in around:
        raise no_such_node()
    selection = Selection((node,), hidden=around)
    return read_subgraph(graph, selection, reveal=reveal, rows=SnapshotRows(arrays))
