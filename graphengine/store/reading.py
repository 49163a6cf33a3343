"""Reading subgraphs out of the graph tables: chosen nodes and the relations between them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from graphengine.errors import NotFoundError
from graphengine.finding import Fact, Step, Subject
from graphengine.identifiers import NodeId, RecordId
from graphengine.language import Text
from graphengine.store.masks import Names, label_of, names_of, shown
from graphengine.subgraph import Subgraph, SubgraphEdge, SubgraphNode
from graphengine.tables.graph import Graph
from graphengine.vocabulary import KIND_BY_PREFIX, RELATIONS

TAKEN_TOGETHER = ("PAID", "BENEFITS")
"""Relations that recur by the month: rows between the same two nodes become one edge."""

_RECORDS = 20
_BETWEEN = (
    "source IN (SELECT unnest($nodes::VARCHAR[])) AND target IN (SELECT unnest($nodes::VARCHAR[]))"
)


@dataclass(frozen=True, slots=True)
class Selection:
    """Which nodes to read; every relation between them is read too.

    Rows of the records in `singled` stay edges of their own where others are taken together.
    `hidden` and `omitted` are what whoever chose the nodes left out (see Subgraph).
    """

    nodes: tuple[NodeId, ...]
    relations: tuple[str, ...] = tuple(RELATIONS)
    singled: frozenset[RecordId] = frozenset()
    hidden: Mapping[NodeId, int] = field(default_factory=dict)
    omitted: Mapping[str, int] = field(default_factory=dict)


def kind_of(node: str) -> str:
    """Return the kind of a node id; raise NotFoundError where no kind has its prefix.

    >>> kind_of("body:00")
    'PublicBody'
    """
    kind = KIND_BY_PREFIX.get(node.partition(":")[0])
    if kind is None:
        raise no_such_node()
    return kind.name


def no_such_node() -> NotFoundError:
    """Return the error for a node that is not in the graph; it never repeats what was asked."""
    return NotFoundError(
        Text("图中没有这个节点", "the graph has no such node"),
        Text("请核对节点编号，或按名称查找", "check the node's id, or look it up by name"),
    )


def read_subgraph(graph: Graph, selection: Selection, *, reveal: bool = False) -> Subgraph:
    """Return the selected nodes that exist and the relations between them.

    Cost: one scan per kind of node and relation that can occur among them.
    """
    names = None if reveal else names_of(graph)
    nodes = _nodes(graph, selection, names)
    edges = _edges(graph, nodes, selection, names)
    records = chain((r for n in nodes for r in n.records), (r for e in edges for r in e.records))
    return Subgraph(
        nodes=nodes,
        edges=edges,
        sources=graph.sources(records),
        omitted=dict(selection.omitted),
        revealed=reveal,
    )


def clue_subgraph(
    graph: Graph,
    subjects: Iterable[Subject],
    path: Iterable[Step],
    facts: Iterable[Fact],
    *,
    reveal: bool = False,
) -> Subgraph:
    """Return the nodes on a clue's path, its subjects and all relations between them."""
    on_path = chain.from_iterable((s.source, s.target) for s in path)
    nodes = {*on_path, *(s.node for s in subjects)}
    singled = frozenset(f.record for f in facts)
    return read_subgraph(graph, Selection(tuple(sorted(nodes)), singled=singled), reveal=reveal)


def _nodes(graph: Graph, selection: Selection, names: Names | None) -> tuple[SubgraphNode, ...]:
    by_kind: dict[str, list[NodeId]] = {}
    for node in sorted(set(selection.nodes)):
        by_kind.setdefault(kind_of(node), []).append(node)
    found: list[SubgraphNode] = []
    for kind, ids in by_kind.items():
        rows = graph.sql(
            f'SELECT * FROM "{kind}" WHERE id IN (SELECT unnest($ids::VARCHAR[])) ORDER BY id',
            ids=ids,
        )
        for row in rows.iter_rows(named=True):
            node = NodeId(row["id"])
            found.append(
                SubgraphNode(
                    id=node,
                    kind=kind,
                    label=label_of(kind, row, names),
                    properties=shown(kind, row, names),
                    records=_listed(row["records"]),
                    hidden=selection.hidden.get(node, 0),
                )
            )
    return tuple(sorted(found, key=lambda n: n.id))


def _listed(records: Sequence[int] | None) -> tuple[RecordId, ...]:
    return tuple(RecordId(r) for r in (records or ())[:_RECORDS])


def _edges(
    graph: Graph, nodes: tuple[SubgraphNode, ...], selection: Selection, names: Names | None
) -> tuple[SubgraphEdge, ...]:
    kinds = {n.kind for n in nodes}
    ids = [n.id for n in nodes]
    found: list[SubgraphEdge] = []
    for name in selection.relations:
        relation = RELATIONS[name]
        if not kinds.intersection(relation.sources) or not kinds.intersection(relation.targets):
            continue
        apart = ""
        if name in TAKEN_TOGETHER:
            apart = " AND list_has_any(records, $singled::UBIGINT[])"
            found += _together(graph, name, ids, selection.singled)
        parameters: dict[str, Any] = {"nodes": ids}
        if apart:
            parameters["singled"] = sorted(selection.singled)
        rows = graph.sql(f'SELECT * FROM "{name}" WHERE {_BETWEEN}{apart}', **parameters)
        found += [_edge(name, row, names) for row in rows.iter_rows(named=True)]
    return tuple(sorted(found, key=lambda e: e.order))


def _edge(relation: str, row: Mapping[str, Any], names: Names | None) -> SubgraphEdge:
    return SubgraphEdge(
        source=NodeId(row["source"]),
        target=NodeId(row["target"]),
        relation=relation,
        properties=shown(relation, row, names),
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
        records=_listed(row["records"]),
        unnamed=max(len(row["records"] or ()) - _RECORDS, 0),
    )


def _together(
    graph: Graph, relation: str, nodes: list[NodeId], singled: frozenset[RecordId]
) -> list[SubgraphEdge]:
    rows = graph.sql(
        "SELECT source, target, count(*) AS rows, sum(amount)::BIGINT AS amount, "
        "min(valid_from) AS valid_from, max(valid_to) AS valid_to, "
        f"list_slice(list_sort(flatten(list(records))), 1, {_RECORDS}) AS records "
        f'FROM "{relation}" WHERE {_BETWEEN} '
        "AND NOT list_has_any(records, $singled::UBIGINT[]) GROUP BY source, target",
        nodes=nodes,
        singled=sorted(singled),
    )
    return [
        SubgraphEdge(
            source=NodeId(row["source"]),
            target=NodeId(row["target"]),
            relation=relation,
            properties={"amount": row["amount"]},
            valid_from=row["valid_from"],
            valid_to=row["valid_to"],
            records=_listed(row["records"]),
            count=row["rows"],
            unnamed=max(row["rows"] - _RECORDS, 0),
        )
        for row in rows.iter_rows(named=True)
    ]
