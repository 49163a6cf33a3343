"""A subgraph: the nodes and relations that answer one question, and the register rows behind them.

Whatever leaves the graph for a page, a picture, an export or the API leaves it in this form.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain
from typing import Any

from graphengine.clue import Clue
from graphengine.errors import NotFoundError
from graphengine.identifiers import NodeId, RecordId
from graphengine.language import Text
from graphengine.masks import Names, Value, label_of, names_of, shown
from graphengine.tables.graph import Graph, Source
from graphengine.vocabulary import KIND_BY_PREFIX, RELATIONS

TAKEN_TOGETHER = ("PAID", "BENEFITS")
"""Relations that recur by the month: rows between the same two nodes become one edge."""

MOST_NODES = 1500
"""More than anybody can look at, and more than a browser draws smoothly."""

_RECORDS = 20
_BETWEEN = (
    "source IN (SELECT unnest($nodes::VARCHAR[])) AND target IN (SELECT unnest($nodes::VARCHAR[]))"
)


@dataclass(frozen=True, slots=True)
class SubgraphNode:
    """One node; `hidden` is how many of its neighbours the subgraph leaves out.

    Money among the properties is in fen; what is null or protected is not among them.
    """

    id: NodeId
    kind: str
    label: str
    properties: Mapping[str, Value] = field(default_factory=dict)
    evidence: tuple[Source, ...] = ()
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class SubgraphEdge:
    """One relation, or several of a kind between two nodes taken together.

    `count` is how many rows of the graph it stands for; of several, `amount` is their sum and the
    dates span them all. `unlisted` is how many register rows are not among the evidence.
    """

    source: NodeId
    target: NodeId
    relation: str
    properties: Mapping[str, Value] = field(default_factory=dict)
    valid_from: date | None = None
    valid_to: date | None = None
    evidence: tuple[Source, ...] = ()
    count: int = 1
    unlisted: int = 0


@dataclass(frozen=True, slots=True)
class Subgraph:
    """Nodes by id, edges by ends and kind; the same question gives the same answer.

    `omitted` counts by kind what was cut; `routes` are the ways from one node to another where
    that was the question; `version` names the graph version they were read from.
    """

    nodes: tuple[SubgraphNode, ...]
    edges: tuple[SubgraphEdge, ...]
    omitted: Mapping[str, int] = field(default_factory=dict)
    routes: tuple[tuple[NodeId, ...], ...] = ()
    revealed: bool = False
    version: str = ""

    @property
    def truncated(self) -> bool:
        """Tell whether something was cut."""
        return any(self.omitted.values())


@dataclass(frozen=True, slots=True)
class Selection:
    """Which nodes to read; every relation between them is read too.

    Rows of the records in `singled` stay edges of their own where others are taken together.
    `hidden` and `omitted` are what whoever chose the nodes left out (see Subgraph).
    """

    nodes: tuple[NodeId, ...]
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
    nodes = list(_nodes(graph, selection, names))
    edges = list(_edges(graph, [n for n, _ in nodes], selection, names))
    records = chain.from_iterable(named for _, named in (*nodes, *edges))
    sources = graph.sources(records)
    proved = [replace(edge, evidence=_evidence(sources, named)) for edge, named in edges]
    return Subgraph(
        nodes=tuple(
            sorted(
                (replace(node, evidence=_evidence(sources, named)) for node, named in nodes),
                key=lambda n: n.id,
            )
        ),
        edges=tuple(sorted(proved, key=_order)),
        omitted=dict(selection.omitted),
        revealed=reveal,
        version=graph.folder.name,
    )


def of_clue(clue: Clue, graph: Graph, *, reveal: bool = False, most: int = MOST_NODES) -> Subgraph:
    """Return a clue's subjects, the nodes on its path and all relations between them.

    Of more than `most` nodes those farther along the path are left out.
    """
    finding = clue.finding
    on_path = chain.from_iterable((s.source, s.target) for s in finding.path)
    nodes = tuple(dict.fromkeys([*(s.node for s in finding.subjects), *on_path]))
    selection = Selection(
        nodes=nodes[:most],
        singled=frozenset(f.record for f in finding.facts),
        omitted=dict(sorted(Counter(kind_of(n) for n in nodes[most:]).items())),
    )
    return read_subgraph(graph, selection, reveal=reveal)


def _evidence(
    sources: Mapping[RecordId, Source], records: Sequence[RecordId]
) -> tuple[Source, ...]:
    known = [sources[r] for r in records if r in sources]
    return tuple(sorted(known, key=lambda s: (s.register, s.file, s.row)))


def _order(edge: SubgraphEdge) -> tuple[str, str, str, date, list[int]]:
    return (
        edge.source,
        edge.target,
        edge.relation,
        edge.valid_from or date.min,
        [s.record for s in edge.evidence],
    )


def _nodes(
    graph: Graph, selection: Selection, names: Names | None
) -> Iterable[tuple[SubgraphNode, Sequence[RecordId]]]:
    by_kind: dict[str, list[NodeId]] = {}
    for node in selection.nodes:
        by_kind.setdefault(kind_of(node), []).append(node)
    for kind, ids in by_kind.items():
        rows = graph.sql(
            f'SELECT * FROM "{kind}" WHERE id IN (SELECT unnest($ids::VARCHAR[]))', ids=ids
        )
        for row in rows.iter_rows(named=True):
            node = NodeId(row["id"])
            made = SubgraphNode(
                id=node,
                kind=kind,
                label=label_of(kind, row, names),
                properties=shown(kind, row, names),
                hidden=selection.hidden.get(node, 0),
            )
            yield made, (row["records"] or [])[:_RECORDS]


def _edges(
    graph: Graph, nodes: list[SubgraphNode], selection: Selection, names: Names | None
) -> Iterable[tuple[SubgraphEdge, Sequence[RecordId]]]:
    kinds = {n.kind for n in nodes}
    ids = [n.id for n in nodes]
    singled = sorted(selection.singled)
    for name, relation in RELATIONS.items():
        if not kinds.intersection(relation.sources) or not kinds.intersection(relation.targets):
            continue
        queries = [f'SELECT *, 1 AS rows, len(records) AS named FROM "{name}" WHERE {_BETWEEN}']
        parameters: dict[str, object] = {"nodes": ids}
        if name in TAKEN_TOGETHER:
            apart = f"{queries[0]} AND list_has_any(records, $singled::UBIGINT[])"
            queries = [_together(name), *([apart] if singled else [])]
            parameters["singled"] = singled
        for query in queries:
            for row in graph.sql(query, **parameters).iter_rows(named=True):
                yield _edge(name, row, names)


def _together(relation: str) -> str:
    return (
        "SELECT source, target, count(*) AS rows, sum(amount)::BIGINT AS amount, "
        "min(valid_from) AS valid_from, max(valid_to) AS valid_to, sum(len(records))::BIGINT "
        f"AS named, list_slice(list_sort(flatten(list(records))), 1, {_RECORDS}) AS records "
        f'FROM "{relation}" WHERE {_BETWEEN} '
        "AND NOT list_has_any(records, $singled::UBIGINT[]) GROUP BY source, target"
    )


def _edge(
    relation: str, row: Mapping[str, Any], names: Names | None
) -> tuple[SubgraphEdge, Sequence[RecordId]]:
    records: Sequence[RecordId] = (row["records"] or [])[:_RECORDS]
    made = SubgraphEdge(
        source=NodeId(row["source"]),
        target=NodeId(row["target"]),
        relation=relation,
        properties=shown(relation, row, names),
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
        count=row["rows"],
        unlisted=max((row["named"] or 0) - _RECORDS, 0),
    )
    return made, records
