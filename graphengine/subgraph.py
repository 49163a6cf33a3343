"""A subgraph: the nodes and relations that answer one question, and the register rows behind them.

Whatever leaves the graph for a page, a picture, an export or the API leaves it in this form.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from graphengine.identifiers import NodeId, RecordId
from graphengine.tables.graph import Source
from graphengine.vocabulary import NODES, RELATIONS, Property

Value = str | int | float | bool | date | datetime | tuple[str, ...]
_FEN = 100


@dataclass(frozen=True, slots=True)
class SubgraphNode:
    """One node; `hidden` is how many of its neighbours the subgraph leaves out.

    Money among the properties is in fen; what is null or protected is not among them.
    """

    id: NodeId
    kind: str
    label: str
    properties: Mapping[str, Value] = field(default_factory=dict)
    records: tuple[RecordId, ...] = ()
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class SubgraphEdge:
    """One relation, or several of a kind between two nodes taken together.

    `count` is how many rows of the graph it stands for; then `amount` is their sum and the dates
    span them all. `unnamed` is how many of their records are not listed.
    """

    source: NodeId
    target: NodeId
    relation: str
    properties: Mapping[str, Value] = field(default_factory=dict)
    valid_from: date | None = None
    valid_to: date | None = None
    records: tuple[RecordId, ...] = ()
    count: int = 1
    unnamed: int = 0

    @property
    def order(self) -> tuple[str, str, str, date, tuple[RecordId, ...]]:
        """Return what edges are sorted by."""
        return (
            self.source,
            self.target,
            self.relation,
            self.valid_from or date.min,
            self.records,
        )


@dataclass(frozen=True, slots=True)
class Subgraph:
    """Nodes by id, edges by ends and kind, sources by record; the same question, the same answer.

    `omitted` counts by kind what was cut; `truncated` says that something was.
    """

    nodes: tuple[SubgraphNode, ...]
    edges: tuple[SubgraphEdge, ...]
    sources: Mapping[RecordId, Source] = field(default_factory=dict)
    omitted: Mapping[str, int] = field(default_factory=dict)
    revealed: bool = False

    @property
    def truncated(self) -> bool:
        """Tell whether something was cut."""
        return any(self.omitted.values())

    def evidence(self, records: tuple[RecordId, ...]) -> tuple[Source, ...]:
        """Return the register rows of these records that are known, by register, file and row."""
        known = [self.sources[r] for r in records if r in self.sources]
        return tuple(sorted(known, key=lambda s: (s.register, s.file, s.row)))


def yuan(fen: int) -> str:
    """Return an amount as interfaces say it: exact yuan with two places.

    >>> yuan(43400005), yuan(-5)
    ('434000.05', '-0.05')
    """
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // _FEN}.{abs(fen) % _FEN:02d}"


def declared(kind: str) -> Mapping[str, Property]:
    """Return the properties that the vocabulary declares for a node or relation kind, by name."""
    return {p.name: p for p in (NODES.get(kind) or RELATIONS[kind]).properties}


def wire(kind: str, properties: Mapping[str, Value]) -> dict[str, Any]:
    """Return properties as JSON carries them: yuan as text, dates in ISO form, tuples as lists."""
    known = declared(kind)
    result: dict[str, Any] = {}
    for name, value in properties.items():
        if isinstance(value, tuple):
            result[name] = list(value)
        elif isinstance(value, date):
            result[name] = value.isoformat()
        elif name in known and known[name].type == "money" and isinstance(value, int):
            result[name] = yuan(value)
        else:
            result[name] = value
    return result


def as_json(subgraph: Subgraph) -> dict[str, Any]:
    """Return the form of `application/json`: nodes and edges with the rows that prove them."""
    return {
        "schema": "shunteng.subgraph/1",
        "nodes": [
            {
                "id": n.id,
                "kind": n.kind,
                "label": n.label,
                "properties": wire(n.kind, n.properties),
                "evidence": _evidence(subgraph, n.records),
                "hidden": n.hidden,
            }
            for n in subgraph.nodes
        ],
        "edges": [
            {
                "source": e.source,
                "target": e.target,
                "relation": e.relation,
                "properties": wire(e.relation, e.properties),
                "valid_from": e.valid_from and e.valid_from.isoformat(),
                "valid_to": e.valid_to and e.valid_to.isoformat(),
                "count": e.count,
                "evidence": _evidence(subgraph, e.records),
                "evidence_omitted": e.unnamed,
            }
            for e in subgraph.edges
        ],
        "truncated": subgraph.truncated,
        "omitted": dict(sorted(subgraph.omitted.items())),
        "revealed": subgraph.revealed,
    }


def _evidence(subgraph: Subgraph, records: tuple[RecordId, ...]) -> list[dict[str, Any]]:
    return [
        {
            "register": s.register,
            "record_id": s.key,
            "file": s.file,
            "row": s.row,
            "date": s.date and s.date.isoformat(),
        }
        for s in subgraph.evidence(records)
    ]
