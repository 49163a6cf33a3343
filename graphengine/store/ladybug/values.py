"""What a text returns: plain values, and nodes, relations and walks by what names them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from graphengine.identifiers import NodeId


@dataclass(frozen=True, slots=True)
class NodeValue:
    """A node that a text returned; what it is called is read from the graph tables."""

    kind: str
    id: NodeId


@dataclass(frozen=True, slots=True)
class RelationValue:
    """A relation that a text returned; `key` is the number of its row's content."""

    relation: str
    key: int
    source: NodeId
    target: NodeId


@dataclass(frozen=True, slots=True)
class WalkValue:
    """A path that a text returned, in the order walked."""

    nodes: tuple[NodeValue, ...]
    relations: tuple[RelationValue, ...]


Scalar = str | int | float | bool | date | datetime | timedelta | None
Value = Scalar | NodeValue | RelationValue | WalkValue | tuple["Value", ...] | dict[str, "Value"]


@dataclass(frozen=True, slots=True)
class Rows:
    """The result of a text; `cut` tells that there were more rows than were wanted."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    cut: bool
