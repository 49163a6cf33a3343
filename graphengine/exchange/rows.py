"""A subgraph as rows of the exchanged columns, and rows as a subgraph; money is in fen throughout.

What a row leaves out is null, or the default of `SubgraphNode` and `SubgraphEdge`.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

from graphengine.errors import ExchangeError
from graphengine.exchange.about import About
from graphengine.exchange.columns import SCHEMAS, Part, columns_of
from graphengine.exchange.values import Place, is_missing, read_evidence, read_value
from graphengine.identifiers import NodeId
from graphengine.kinds import PropertyType
from graphengine.language import Text
from graphengine.masks import Value
from graphengine.subgraph import Subgraph, SubgraphEdge, SubgraphNode
from graphengine.vocabulary import NODES, RELATIONS

Row = Mapping[str, object]

_WORDS: Mapping[Part, tuple[str, Iterable[str]]] = {
    "nodes": ("kind", NODES),
    "edges": ("relation", RELATIONS),
}
_OWN: Mapping[Part, frozenset[str]] = {
    "nodes": frozenset({"id", "kind", "label", "hidden", "evidence"}),
    "edges": frozenset(
        {"source", "target", "relation", "valid_from", "valid_to", "count", "unlisted", "evidence"}
    ),
}


def node_row(node: SubgraphNode) -> dict[str, Any]:
    """Return a node's row; its evidence are `Source`s."""
    return {
        "id": node.id,
        "kind": node.kind,
        "label": node.label,
        **_held(node.kind, node.properties),
        "hidden": node.hidden,
        "evidence": node.evidence,
    }


def edge_row(edge: SubgraphEdge) -> dict[str, Any]:
    """Return an edge's row; its evidence are `Source`s."""
    return {
        "source": edge.source,
        "target": edge.target,
        "relation": edge.relation,
        "valid_from": edge.valid_from,
        "valid_to": edge.valid_to,
        "count": edge.count,
        **_held(edge.relation, edge.properties),
        "unlisted": edge.unlisted,
        "evidence": edge.evidence,
    }


def _held(kind: str, properties: Mapping[str, Value]) -> dict[str, Value]:
    columns = _column_by_name(kind)
    return {columns[name]: value for name, value in properties.items()}


@cache
def _column_by_name(kind: str) -> Mapping[str, str]:
    return {prop.name: column for column, prop in columns_of(kind).items()}


def subgraph_of_rows(nodes: Iterable[Row], edges: Iterable[Row], about: About) -> Subgraph:
    """Return the subgraph of rows in any order: nodes by id, edges by ends, kind and beginning.

    Raises ExchangeError, naming table, row and column, where something is missing, of a wrong type
    or unknown, where an id stands twice, and where an edge leads to no node.
    """
    found: dict[NodeId, SubgraphNode] = {}
    for number, row in enumerate(nodes):
        node, place = _node(row, Place("nodes", number)), Place("nodes", number)
        if node.id in found:
            raise place.wrong(
                Text("编号重复", "this id stands in a row before"),
                Text("每个节点只列一行", "give each node one row"),
                column="id",
            )
        found[node.id] = node
    ordered = sorted(
        (_edge(row, Place("edges", number), found) for number, row in enumerate(edges)), key=_order
    )
    return Subgraph(
        nodes=tuple(found[node] for node in sorted(found)),
        edges=tuple(ordered),
        omitted=about.omitted,
        routes=about.routes,
        revealed=about.revealed,
        version=about.version,
    )


def _order(edge: SubgraphEdge) -> tuple[object, ...]:
    """Return what `read_subgraph` orders edges by; edges alike in it stay as they were given."""
    begun = edge.valid_from or date.min
    ends = (edge.source, edge.target, edge.relation)
    return (*ends, begun, [s.record for s in edge.evidence], str(edge.properties))


def _node(row: Row, place: Place) -> SubgraphNode:
    node = NodeId(_required(row, "id", place))
    kind = _kind(row, place)
    label = _optional(row, "label", "text", place)
    return SubgraphNode(
        id=node,
        kind=kind,
        label=node if label is None else str(label),
        properties=_properties(row, kind, place),
        evidence=read_evidence(row.get("evidence"), place),
        hidden=_count(row, "hidden", 0, place),
    )


def _edge(row: Row, place: Place, known: Mapping[NodeId, SubgraphNode]) -> SubgraphEdge:
    ends = [NodeId(_required(row, column, place)) for column in ("source", "target")]
    for column, end in zip(("source", "target"), ends, strict=True):
        if end not in known:
            raise place.wrong(
                Text("没有这个节点", "there is no such node"),
                Text("边的两端都应在 nodes 中", "list both ends of every edge among the nodes"),
                column=column,
            )
    relation = _kind(row, place)
    return SubgraphEdge(
        source=ends[0],
        target=ends[1],
        relation=relation,
        properties=_properties(row, relation, place),
        valid_from=_day(row, "valid_from", place),
        valid_to=_day(row, "valid_to", place),
        evidence=read_evidence(row.get("evidence"), place),
        count=_count(row, "count", 1, place),
        unlisted=_count(row, "unlisted", 0, place),
    )


def _optional(row: Row, column: str, expected: PropertyType, place: Place) -> Value | None:
    value = row.get(column)
    return None if is_missing(value) else read_value(value, expected, place, column)


def _required(row: Row, column: str, place: Place) -> str:
    value = _optional(row, column, "text", place)
    if not value:
        raise place.wrong(
            Text("没有值", "no value"),
            Text(f"每一行都要有 {column}", f"give every row its {column}"),
            column=column,
        )
    return str(value)


def _day(row: Row, column: str, place: Place) -> date | None:
    value = _optional(row, column, "date", place)
    return value if isinstance(value, date) else None


def _count(row: Row, column: str, otherwise: int, place: Place) -> int:
    value = _optional(row, column, "whole", place)
    return value if isinstance(value, int) else otherwise


def _kind(row: Row, place: Place) -> str:
    column, words = _WORDS[place.part]
    kind = _required(row, column, place)
    if kind not in words:
        known = sorted(words)
        raise place.wrong(
            Text("词汇表中没有这一种类", "the vocabulary has no such kind"),
            Text(f"可用：{'、'.join(known)}", f"known: {', '.join(known)}"),
            column=column,
        )
    return kind


def _properties(row: Row, kind: str, place: Place) -> dict[str, Value]:
    held = columns_of(kind)
    for column in sorted(row.keys() - held.keys() - _OWN[place.part]):
        if is_missing(row[column]):
            continue
        if column not in SCHEMAS[place.part].names:
            raise unknown_column(place.part, column)
        raise place.wrong(
            Text(f"{kind} 没有这一属性", f"{kind} has no such property"),
            Text(f"可用：{'、'.join(held)}", f"its properties: {', '.join(held)}"),
            column=column,
        )
    return {
        prop.name: read_value(row[column], prop.type, place, column)
        for column, prop in held.items()
        if column in row and not is_missing(row[column])
    }


def unknown_column(part: Part, column: str) -> ExchangeError:
    """Return the error for a column that no kind has."""
    known = SCHEMAS[part].names
    return ExchangeError(
        Text(f"{part} 有未知的列 {column}", f"{part}: unknown column {column}"),
        Text(
            f"请去掉或改名；可用：{'、'.join(known)}",
            f"drop or rename it; known: {', '.join(known)}",
        ),
    )


def missing_column(part: Part, column: str) -> ExchangeError:
    """Return the error for a table without a column that it needs."""
    return ExchangeError(
        Text(f"{part} 缺少列 {column}", f"{part}: the column {column} is missing"),
        Text(f"请加上 {column} 列", f"add the column {column}"),
    )
