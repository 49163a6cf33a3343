"""What a pseudonymous view shows of a node or relation: masked labels, no protected property.

Free text of registers may hold names: every name of a person of the graph is masked inside it too.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from graphengine.identifiers import masked_name, masked_number, without_numbers
from graphengine.tables.graph import Graph
from graphengine.vocabulary import NODES, RELATIONS, Property

Value = str | int | float | bool | date | datetime | tuple[str, ...]
_SHORT = 6
_LAST = 4
_PUBLIC_NAMES = frozenset({"Company", "PublicBody", "Programme"})
NODE_ID = re.compile(r"[a-z]+:[0-9a-f]+")


class Names:
    """The names of all persons of one graph version, for finding them inside free text."""

    def __init__(self, names: frozenset[str]) -> None:
        """Keep the names that are long enough to be told from other words."""
        self._names = frozenset(n for n in names if len(n) > 1)
        self._lengths = tuple(sorted({len(n) for n in self._names}, reverse=True))

    def hidden(self, text: str) -> str:
        """Return the text with names and identity numbers masked; cost: its length times few.

        >>> Names(frozenset({"陈志远", "陈志"})).hidden("付陈志远工程款")
        '付陈**工程款'
        """
        text = without_numbers(text)
        parts: list[str] = []
        at = 0
        while at < len(text):
            for length in self._lengths:
                if text[at : at + length] in self._names:
                    parts.append(masked_name(text[at : at + length]))
                    at += length
                    break
            else:
                parts.append(text[at])
                at += 1
        return "".join(parts)

    def begins(self) -> frozenset[str]:
        """Return the characters that names begin with; a text without any of them holds none."""
        return frozenset(name[0] for name in self._names)

    @staticmethod
    def are_public(kind: str, name: str) -> bool:
        """Tell whether a property is the name of a firm, a body or a programme: never masked."""
        return name == "name" and kind in _PUBLIC_NAMES


def names_of(graph: Graph) -> Names:
    """Return the names of a version's persons; read once per version and kept."""
    table = graph.folder / "nodes" / "Person.parquet"
    return _names_in(table, table.stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _names_in(table: Path, _written: int) -> Names:
    with Graph(table.parent.parent) as graph:
        found = graph.sql("SELECT DISTINCT name FROM Person WHERE length(name) > 1")
    return Names(frozenset(found["name"]))


def declared(kind: str) -> Mapping[str, Property]:
    """Return the properties that the vocabulary declares for a node or relation kind, by name."""
    return {p.name: p for p in (NODES.get(kind) or RELATIONS[kind]).properties}


def short_id(node: str) -> str:
    """Return a node id that fits a label.

    >>> short_id("household:9f3c0a7712ab")
    'household:9f3c0a'
    """
    prefix, _, rest = node.partition(":")
    return f"{prefix}:{rest[:_SHORT]}"


def label_of(kind: str, row: Mapping[str, Any], names: Names | None) -> str:
    """Return what a node is called; masked where `names` is given."""
    if kind == "Account" and row.get("number"):
        number = str(row["number"])
        return number if names is None else "****" + masked_number(number)[-_LAST:]
    said = row.get(NODES[kind].label)
    if said is None or NODES[kind].label == "id":
        return short_id(str(row["id"]))
    if names is None or kind in _PUBLIC_NAMES:
        return str(said)
    if kind == "Person":
        return masked_name(str(said))
    return names.hidden(str(said))


def shown(kind: str, row: Mapping[str, Any], names: Names | None) -> dict[str, Value]:
    """Return the properties of a row that may be seen, without nulls; all where `names` is None."""
    result: dict[str, Value] = {}
    for name, prop in declared(kind).items():
        value = row.get(name)
        if value is None or (prop.protected and names is not None):
            continue
        if isinstance(value, list):
            result[name] = tuple(value)
        elif (
            names is not None
            and isinstance(value, str)
            and not (names.are_public(kind, name) or NODE_ID.fullmatch(value))
        ):
            result[name] = names.hidden(value)
        else:
            result[name] = value
    return result
