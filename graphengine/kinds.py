"""What a kind of node or relation is: its name, its properties, its labels."""

from dataclasses import dataclass
from typing import Literal

from graphengine.language import Text

PropertyType = Literal["text", "date", "datetime", "money", "number", "whole", "flag", "texts"]


@dataclass(frozen=True, slots=True)
class Property:
    """One property of a node or relation; a protected one is shown only when revealed on record.

    Types: money is CNY fen (int64), number is float64, datetime is local time (Asia/Shanghai).
    """

    name: str
    type: PropertyType
    title: Text
    protected: bool = False


@dataclass(frozen=True, slots=True)
class NodeKind:
    """A kind of node; `prefix` starts its ids, `label` names the property people call it by."""

    name: str
    prefix: str
    title: Text
    label: str
    properties: tuple[Property, ...]


@dataclass(frozen=True, slots=True)
class RelationKind:
    """A kind of relation from the `sources` kinds to the `targets` kinds."""

    name: str
    title: Text
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    properties: tuple[Property, ...] = ()


def prop(name: str, kind: PropertyType, zh: str, en: str, *, protected: bool = False) -> Property:
    """Declare a property in one line."""
    return Property(name, kind, Text(zh, en), protected)
