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
from graphengine.masks import Names, Value, label_of, shown
from graphengine.rows import MOST_RECORDS, RowReader, Span, TableRows
from graphengine.tables.graph import Graph, Source
from graphengine.vocabulary import KIND_BY_PREFIX

MOST_NODES = 1500
"""More than anybody can look at, and more than a browser draws smoothly."""


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
    """Which nodes to read, and which relations between them.

    Every one, unless `pairs` (ends, in either direction) or `edges` (relation, key of the row, see
    `tables.keys`) are given: then those between these ends, and these. All but `edges` count only
    where they overlap `since` to `until`. `edges` and rows of the records in `singled` stay edges
    of their own where others are taken together. `hidden` and `omitted` are what whoever chose the
    nodes left out (see Subgraph).
    """

    nodes: tuple[NodeId, ...]
    singled: frozenset[RecordId] = frozenset()
    hidden: Mapping[NodeId, int] = field(default_factory=dict)
    omitted: Mapping[str, int] = field(default_factory=dict)
    pairs: tuple[tuple[NodeId, NodeId], ...] | None = None
    edges: tuple[tuple[str, int], ...] | None = None
    since: date | None = None
    until: date | None = None


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


def read_subgraph(
    graph: Graph, selection: Selection, *, reveal: bool = False, rows: RowReader | None = None
) -> Subgraph:
    """Return the selected nodes that exist and the relations between them.

    Cost: as `rows` reads them; without it one scan per kind that can occur among them.
    """
    rows = rows or TableRows(graph)
    names = None if reveal else rows.names
    nodes = list(_nodes(rows, selection, names))
    edges = [_edge(kind, row, names) for kind, row in rows.relations(_span(nodes, selection))]
    records = chain.from_iterable(named for _, named in (*nodes, *edges))
    sources = rows.sources(records)
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


def _span(nodes: Iterable[tuple[SubgraphNode, Sequence[RecordId]]], selection: Selection) -> Span:
    pairs = selection.pairs
    if pairs is None and selection.edges is not None:
        pairs = ()
    return Span(
        nodes=tuple(node.id for node, _ in nodes),
        pairs=pairs,
        edges=selection.edges or (),
        since=selection.since,
        until=selection.until,
        singled=selection.singled,
    )


def of_clue(
    clue: Clue,
    graph: Graph,
    *,
    reveal: bool = False,
    most: int = MOST_NODES,
    rows: RowReader | None = None,
) -> Subgraph:
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
    return read_subgraph(graph, selection, reveal=reveal, rows=rows)


def _evidence(
    sources: Mapping[RecordId, Source], records: Sequence[RecordId]
) -> tuple[Source, ...]:
    known = [sources[r] for r in records if r in sources]
    return tuple(sorted(known, key=lambda s: (s.register, s.file, s.row)))


def _order(edge: SubgraphEdge) -> tuple[object, ...]:
    return (
        edge.source,
        edge.target,
        edge.relation,
        edge.valid_from or date.min,
        [s.record for s in edge.evidence],
        str(edge.properties),
    )


def _nodes(
    rows: RowReader, selection: Selection, names: Names | None
) -> Iterable[tuple[SubgraphNode, Sequence[RecordId]]]:
    by_kind: dict[str, list[NodeId]] = {}
    for node in selection.nodes:
        by_kind.setdefault(kind_of(node), []).append(node)
    for kind, ids in by_kind.items():
        for row in rows.nodes(kind, ids):
            node = NodeId(row["id"])
            made = SubgraphNode(
                id=node,
                kind=kind,
                label=label_of(kind, row, names),
                properties=shown(kind, row, names),
                hidden=selection.hidden.get(node, 0),
            )
            yield made, (row["records"] or [])[:MOST_RECORDS]


def _edge(
    relation: str, row: Mapping[str, Any], names: Names | None
) -> tuple[SubgraphEdge, Sequence[RecordId]]:
    records: Sequence[RecordId] = (row["records"] or [])[:MOST_RECORDS]
    made = SubgraphEdge(
        source=NodeId(row["source"]),
        target=NodeId(row["target"]),
        relation=relation,
        properties=shown(relation, row, names),
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
        count=row["rows"],
        unlisted=max((row["named"] or 0) - MOST_RECORDS, 0),
    )
    return made, records
