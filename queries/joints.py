"""Where two groups can be cut apart: articulation points and bridges of the ways between them.

Hopcroft & Tarjan, Algorithm 447: efficient algorithms for graph manipulation, CACM 16(6), 1973.
"""

from collections.abc import Collection, Iterable
from itertools import pairwise

import networkx as nx

from graphengine.answer import Joints
from graphengine.identifiers import NodeId

_FIRST, _SECOND = "first group", "second group"


def joints(
    ways: Iterable[tuple[NodeId, ...]], first: Collection[NodeId], second: Collection[NodeId]
) -> Joints:
    """Return the nodes and ties through which all ways between two groups go, by their ids.

    Each group hangs on a knot of its own, so that cutting off a single member counts for nothing;
    a group's only member is no joint.

    >>> a, m, b, c = NodeId("a"), NodeId("m"), NodeId("b"), NodeId("c")
    >>> joints([(a, m, b), (a, m, c)], [a], [b, c])
    Joints(nodes=('m',), ties=(('a', 'm'),))
    """
    graph: nx.Graph[str] = nx.Graph()
    for way in ways:
        graph.add_edges_from(pairwise(way))
    if not graph:
        return Joints()
    ends = ((_FIRST, set(first)), (_SECOND, set(second)))
    for knot, group in ends:
        graph.add_edges_from((knot, node) for node in sorted(group & set(graph)))
    alone = {node for _, group in ends if len(group) == 1 for node in group}
    knots = {_FIRST, _SECOND}
    nodes = set(nx.articulation_points(graph)) - knots - alone
    ties = [tie for tie in nx.bridges(graph) if not knots.intersection(tie)]
    return Joints(
        tuple(NodeId(node) for node in sorted(nodes)),
        tuple((NodeId(a), NodeId(b)) for a, b in sorted(tuple(sorted(tie)) for tie in ties)),
    )
