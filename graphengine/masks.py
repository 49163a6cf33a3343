"""What a pseudonymous view shows of a node or relation: masked labels, no protected property.

Free text of registers may hold names: every name of a person of the graph is masked inside it too.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graphengine.identifiers import masked_name, masked_number, without_numbers
from graphengine.tables.graph import Graph
from graphengine.vocabulary import NODES, RELATIONS, Property

Value = str | int | float | bool | date | datetime | tuple[str, ...]
_SHORT = 6
_LAST = 4
_PUBLIC_NAMES = frozenset({"Company", "PublicBody", "Programme"})
DIFFERENT_NAMES = "SELECT DISTINCT name FROM Person WHERE length(name) > 1"
"""The names that masks look for, as a query."""

NODE_ID = re.compile(r"[a-z]+:[0-9a-f]+")


class _Begun(NamedTuple):
    """The names that begin with one character, and how long they are, longest first."""

    names: frozenset[str]
    lengths: tuple[int, ...]


def _begun(names: Iterable[str]) -> _Begun:
    known = frozenset(names)
    return _Begun(known, tuple(sorted({len(name) for name in known}, reverse=True)))


_NO_NAMES = _begun(())


class Names:
    """The names of all persons of one graph version, for finding them inside free text."""

    def __init__(self, names: Iterable[str] | pa.Array) -> None:
        """Take names, or an ascending Arrow array of different ones, which is not copied.

        Names of one character are left out: they are not to be told from other words.
        """
        if not isinstance(names, pa.Array):
            names = pa.array(sorted({name for name in names if len(name) > 1}), pa.string())
        begins = pc.utf8_slice_codeunits(names, 0, 1).dictionary_encode()
        where = np.flatnonzero(np.diff(begins.indices.to_numpy(), prepend=-1)).tolist()
        ends = [*where[1:], len(names)] if where else []
        self._names = names
        self._spans = dict(
            zip(begins.dictionary.to_pylist(), zip(where, ends, strict=True), strict=True)
        )
        self._read: dict[str, _Begun] = {}

    def hidden(self, text: str) -> str:
        """Return the text with names and identity numbers masked; cost: its length times few.

        >>> Names({"陈志远", "陈志"}).hidden("付陈志远工程款")
        '付陈**工程款'
        """
        text = without_numbers(text)
        parts: list[str] = []
        at = 0
        while at < len(text):
            length = self._length(text, at)
            parts.append(masked_name(text[at : at + length]) if length else text[at])
            at += length or 1
        return "".join(parts)

    def _length(self, text: str, at: int) -> int:
        """Return the length of the longest name that stands at a place of a text, or 0."""
        begun = self._begun(text[at])
        for length in begun.lengths:
            if text[at : at + length] in begun.names:
                return length
        return 0

    def _begun(self, character: str) -> "_Begun":
        """Return the names that begin so; they are read when the character is first met."""
        if character not in self._spans:
            return _NO_NAMES
        if character not in self._read:
            low, high = self._spans[character]
            self._read[character] = _begun(self._names[low:high].to_pylist())
        return self._read[character]

    def begins(self) -> frozenset[str]:
        """Return the characters that names begin with; a text without any of them holds none."""
        return frozenset(self._spans)

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
        found = graph.stream(f"{DIFFERENT_NAMES} ORDER BY name").read_all()
    return Names(found["name"].combine_chunks())


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
