"""How two nodes are connected, what lies around one, and which node a text stands for."""

from collections import Counter
from dataclasses import dataclass, replace

import numpy as np

from graphengine.errors import AmbiguousError
from graphengine.identifiers import NodeId, node_id
from graphengine.language import Text
from graphengine.masks import label_of, names_of
from graphengine.store.adjacency import Adjacency
from graphengine.store.around import Reach, reach
from graphengine.store.network import Sieve
from graphengine.store.search import Question, shortest_routes
from graphengine.subgraph import Selection, Subgraph, kind_of, no_such_node, read_subgraph
from graphengine.tables.graph import Graph
from graphengine.vocabulary import KIND_BY_PREFIX, NODES
from graphengine.workspace import Workspace

MOST_HOPS = 12
MOST_ROUTES = 20
HUB = 200
"""Nodes with more neighbours are shown but not walked through in a neighbourhood."""

_NAMED = ("Person", "Company", "PublicBody", "Contract", "Asset", "Programme")
_PLACELESS = ("Company", "Programme")
_LISTED = 20
_NUMBERED = ("person", "company", "body", "account", "contract", "matter", "report", "document")


@dataclass(frozen=True, slots=True)
class Match:
    """A node that a text may stand for; `label` is masked unless numbers were revealed."""

    node: NodeId
    kind: str
    label: str
    division: str | None


def find_paths(  # noqa: PLR0913 - two ends of a question to one workspace's graph
    workspace: Workspace,
    graph: Graph,
    a: NodeId,
    b: NodeId,
    *,
    max_hops: int = 6,
    reveal: bool = False,
) -> Subgraph:
    """Return the shortest routes between two nodes over all relations but AT.

    At most MOST_ROUTES routes, in the order of their nodes; without a route of at most `max_hops`
    the subgraph holds the two ends. Raises NotFoundError.
    """
    arrays = _arrays(workspace, graph)
    start, end = _position(arrays, a), _position(arrays, b)
    hops = min(max(max_hops, 0), MOST_HOPS)
    with arrays.scratch() as work:
        found = shortest_routes(arrays.network, work, Question(start, end, hops), MOST_ROUTES)
    routes = tuple(tuple(arrays.node(at) for at in route) for route in found.routes)
    selection = Selection(
        nodes=tuple(sorted({a, b, *(n for route in routes for n in route)})),
        omitted={"routes": 1} if found.cut else {},
    )
    return replace(read_subgraph(graph, selection, reveal=reveal), routes=routes)


def neighbourhood(  # noqa: PLR0913 - how far and how much, beside where and of what
    workspace: Workspace,
    graph: Graph,
    node: NodeId,
    *,
    hops: int = 1,
    limit: int = 100,
    reveal: bool = False,
) -> Subgraph:
    """Return what lies within `hops` of a node, nearest first, then by id, `limit` nodes at most.

    Raises NotFoundError. Hubs are shown and not walked through; `hidden` says what is behind.
    """
    arrays = _arrays(workspace, graph)
    start = _position(arrays, node)
    deep = min(max(hops, 0), MOST_HOPS)
    with arrays.scratch() as work:
        found = reach(arrays.network, work, start, deep, max(limit, 1), sieve=Sieve(hub=HUB))
    shown = np.sort(found.found)
    selection = Selection(
        nodes=tuple(arrays.node(at) for at in shown),
        hidden={
            arrays.node(at): int(np.isin(arrays.neighbours(at), shown, invert=True).sum())
            for at in shown
        },
        omitted=_counted(arrays, found),
    )
    return read_subgraph(graph, selection, reveal=reveal)


def _arrays(workspace: Workspace, graph: Graph) -> Adjacency:
    return Adjacency.of(graph, workspace.root / "snapshot" / graph.folder.name)


def _counted(arrays: Adjacency, found: Reach) -> dict[str, int]:
    """Return by kind how many nodes within the hops the limit left out."""
    return dict(sorted(Counter(kind_of(arrays.node(at)) for at in found.cut).items()))


def _position(arrays: Adjacency, node: NodeId) -> int:
    at = arrays.index(node)
    if at is None:
        raise no_such_node()
    return at


def resolve(workspace: Workspace, graph: Graph, text: str, *, reveal: bool = False) -> NodeId:
    """Return the node that a text stands for: its id, its exact name or, revealed, its number.

    Raises NotFoundError, or AmbiguousError with the ids, masked labels and divisions of those that
    bear the name.
    """
    said = text.strip()
    candidates = [NodeId(said)] if said.partition(":")[0] in KIND_BY_PREFIX else []
    if reveal:
        candidates += [node_id(prefix, said, workspace.key()) for prefix in _NUMBERED]
    for node in candidates:
        if len(graph.sql(f'SELECT id FROM "{kind_of(node)}" WHERE id = $id', id=node)):
            return node
    named = search(graph, said, limit=_LISTED + 1, exact=True, reveal=reveal)
    if not named:
        raise no_such_node()
    if len(named) > 1:
        raise _ambiguous(named)
    return named[0].node


def search(
    graph: Graph, text: str, *, limit: int = 20, exact: bool = False, reveal: bool = False
) -> tuple[Match, ...]:
    """Return the nodes that bear a name: exactly first, then those it begins, then contains it.

    Within each by kind and id. Cost: one scan of the named kinds.
    """
    said = text.strip()
    if not said:
        return ()
    names = None if reveal else names_of(graph)
    test = "= $said" if exact else "LIKE '%' || $pattern || '%' ESCAPE '!'"
    every = " UNION ALL ".join(
        f"SELECT {order} AS place, '{kind}' AS kind, id, \"{NODES[kind].label}\" AS said, "
        f"{'NULL' if kind in _PLACELESS else 'division'} AS division "
        f'FROM "{kind}" WHERE "{NODES[kind].label}" {test}'
        for order, kind in enumerate(_NAMED)
    )
    parameters: dict[str, object] = {"said": said, "limit": limit}
    if not exact:
        parameters["pattern"] = _literal(said)
    rows = graph.sql(
        f"SELECT kind, id, said, division FROM ({every}) "
        "ORDER BY CASE WHEN said = $said THEN 0 WHEN starts_with(said, $said) THEN 1 ELSE 2 END, "
        "place, id LIMIT $limit",
        **parameters,
    )
    return tuple(
        Match(
            node=NodeId(row["id"]),
            kind=row["kind"],
            label=label_of(
                row["kind"], {"id": row["id"], NODES[row["kind"]].label: row["said"]}, names
            ),
            division=row["division"],
        )
        for row in rows.iter_rows(named=True)
    )


def _literal(text: str) -> str:
    for special in "!%_":
        text = text.replace(special, "!" + special)
    return text


def _ambiguous(matches: tuple[Match, ...]) -> AmbiguousError:
    lines = [f"{m.node} {m.label} {m.division or ''}".rstrip() for m in matches[:_LISTED]]
    more = len(matches) > _LISTED
    return AmbiguousError(
        Text("这个名称对应多个节点", "several nodes bear this name"),
        Text(
            "请改用节点编号：\n" + "\n".join(lines) + ("\n……" if more else ""),
            "give the id of one of them:\n" + "\n".join(lines) + ("\n..." if more else ""),
        ),
    )
