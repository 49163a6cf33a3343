"""From the engine's own values to ours."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

import ladybug

from graphengine.identifiers import NodeId
from graphengine.store.ladybug.values import NodeValue, RelationValue, Rows, Value, WalkValue

_Place = tuple[int, int]


def rows_of(connection: ladybug.Connection, result: ladybug.QueryResult, most: int) -> Rows:
    """Return at most so many rows of a result.

    Ends of relations that are not among the returned nodes are looked up: one scan of the ids of
    each kind concerned.
    """
    raw: list[Sequence[Any]] = []
    while len(raw) <= most and result.has_next():
        raw.append(cast("Sequence[Any]", result.get_next()))
    cut = len(raw) > most
    del raw[most:]
    known = _Known(connection)
    for row in raw:
        for value in row:
            known.note(value)
    known.look_up()
    rows = tuple(tuple(known.said(value) for value in row) for row in raw)
    return Rows(tuple(result.get_column_names()), rows, cut)


@dataclass(slots=True)
class _Known:
    """The nodes by their places in the engine's tables."""

    connection: ladybug.Connection
    ids: dict[_Place, NodeId] = field(default_factory=dict)
    wanted: set[_Place] = field(default_factory=set)

    def note(self, value: object) -> None:
        """Remember the nodes in a value, and the ends of relations."""
        if isinstance(value, dict):
            if "_SRC" in value and "_DST" in value:
                self.wanted |= {_place(value["_SRC"]), _place(value["_DST"])}
            elif "_LABEL" in value and "_ID" in value:
                self.ids[_place(value["_ID"])] = NodeId(value["id"])
            for inner in value.values():
                self.note(inner)
        elif isinstance(value, list):
            for inner in value:
                self.note(inner)

    def look_up(self) -> None:
        """Find the ids of the ends that are not known yet."""
        missing: dict[int, list[int]] = {}
        for table, offset in sorted(self.wanted - self.ids.keys()):
            missing.setdefault(table, []).append(offset)
        if not missing:
            return
        tables = self.connection.execute("CALL show_tables() RETURN id, name")
        assert not isinstance(tables, list)  # noqa: S101 - one statement, one result
        names = {int(number): str(name) for number, name in tables.get_all()}
        for table, offsets in missing.items():
            found = self.connection.execute(
                f"MATCH (n:`{names[table]}`) WHERE offset(id(n)) IN $offsets "
                "RETURN offset(id(n)), n.id",
                {"offsets": offsets},
            )
            assert not isinstance(found, list)  # noqa: S101 - one statement, one result
            self.ids |= {(table, int(at)): NodeId(node) for at, node in found.get_all()}

    def said(self, value: object) -> Value:
        """Return a value as ours."""
        if isinstance(value, dict):
            return self._structure(value)
        if isinstance(value, list):
            return tuple(self.said(inner) for inner in value)
        if isinstance(value, Decimal):
            return int(value) if value == value.to_integral_value() else float(value)
        if isinstance(value, UUID):
            return str(value)
        return value  # type: ignore[return-value]  # the engine's scalars are Python's

    def _structure(self, value: Mapping[str, Any]) -> Value:
        if "_NODES" in value and "_RELS" in value:
            nodes = tuple(_node(n) for n in value["_NODES"])
            return WalkValue(nodes, tuple(self._relation(r) for r in value["_RELS"]))
        if "_SRC" in value and "_DST" in value:
            return self._relation(value)
        if "_LABEL" in value and "_ID" in value:
            return _node(value)
        return {str(name): self.said(inner) for name, inner in value.items()}

    def _relation(self, value: Mapping[str, Any]) -> RelationValue:
        source, target = (self.ids[_place(value[end])] for end in ("_SRC", "_DST"))
        return RelationValue(str(value["_LABEL"]), int(value["key"]), source, target)


def _node(value: Mapping[str, Any]) -> NodeValue:
    return NodeValue(str(value["_LABEL"]), NodeId(value["id"]))


def _place(value: Mapping[str, int]) -> _Place:
    return value["table"], value["offset"]
