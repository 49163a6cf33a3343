"""How a column of rows lies in a snapshot: as it is, as numbers of few words, or as positions.

What the tables hold is decided from the tables: a text column whose values are node ids becomes
positions of nodes, one with few different values becomes a dictionary of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graphengine.store.positions import Positions
from graphengine.tables.graph import Graph
from graphengine.tables.schema import schema_of
from graphengine.vocabulary import KIND_BY_PREFIX

Way = Literal["plain", "words", "ids"]
WAY = b"way"
"""The field's metadata that says how a column lies."""

_FEW_ROWS = 4096
_OFTEN = 8
_POSITION = pa.int32()
_STRANGE = -2


class Layout(Protocol):
    """One column's way of lying in a snapshot."""

    @property
    def type(self) -> pa.DataType:
        """Return the Arrow type that it is written in."""

    @property
    def way(self) -> Way:
        """Return the name of the way, for the reader."""

    def laid(self, values: pa.Array) -> pa.Array:
        """Return a piece of the column as it is written."""


@dataclass(frozen=True, slots=True)
class Plain:
    """Written as it is."""

    type: pa.DataType
    way: Way = "plain"

    def laid(self, values: pa.Array) -> pa.Array:
        """Return the values."""
        return values


@dataclass(frozen=True, slots=True)
class Words:
    """Written as numbers of ascending words."""

    words: pa.Array
    way: Way = "words"

    @property
    def type(self) -> pa.DataType:
        """Return a dictionary of the narrowest numbers that suffice."""
        return pa.dictionary(_narrowest(len(self.words)), pa.string())

    def laid(self, values: pa.Array) -> pa.Array:
        """Return the values as numbers of the words."""
        numbers = pc.fill_null(pc.index_in(values, value_set=self.words), 0).to_numpy()
        missing = pc.is_null(values).to_numpy(zero_copy_only=False)
        narrow = pa.array(numbers, self.type.index_type, mask=missing)
        return pa.DictionaryArray.from_arrays(narrow, self.words)


@dataclass(frozen=True, slots=True)
class Ids:
    """Written as positions of nodes; what is no node gets a number below -1 of its own.

    `strange` collects those values and their numbers, from -2 downward.
    """

    positions: Positions
    listed: bool = False
    strange: dict[str, int] = field(default_factory=dict)
    way: Way = "ids"

    @property
    def type(self) -> pa.DataType:
        """Return 32-bit numbers, or lists of them."""
        return pa.list_(_POSITION) if self.listed else _POSITION

    def laid(self, values: pa.Array) -> pa.Array:
        """Return the positions of the values."""
        if not self.listed:
            return self._found(values)
        offsets = np.concatenate(([0], np.cumsum(_lengths(values)))).astype(np.int32)
        return pa.ListArray.from_arrays(
            pa.array(offsets), self._found(values.flatten()), mask=pc.is_null(values)
        )

    def _found(self, values: pa.Array) -> pa.Array:
        found = self.positions.of(values)
        missing = pc.is_null(values).to_numpy(zero_copy_only=False)
        for row in np.flatnonzero((found < 0) & ~missing).tolist():
            found[row] = self.strange.setdefault(values[row].as_py(), _STRANGE - len(self.strange))
        return pa.array(found, mask=missing)


def strange_number(position: int) -> int:
    """Return which of the strange values a number below -1 stands for.

    >>> [strange_number(-2), strange_number(-3)]
    [0, 1]
    """
    return _STRANGE - position


def _lengths(lists: pa.Array) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    lengths = pc.fill_null(pc.list_value_length(lists), 0).to_numpy(zero_copy_only=False)
    return lengths.astype(np.int64)  # type: ignore[no-any-return]


def _narrowest(count: int) -> pa.DataType:
    for width in (pa.int8(), pa.int16()):
        if count <= 1 << (width.bit_width - 1):
            return width
    return pa.int32()


def layouts(graph: Graph, kind: str, positions: Positions) -> Mapping[str, Layout]:
    """Return how each column of a kind's table is to lie; cost: one scan of its text columns."""
    fields = {f.name: f.type for f in schema_of(kind) if f.name not in ("id", "source", "target")}
    texts = [name for name, kept in fields.items() if pa.types.is_string(kept)]
    few, ids = _seen(graph, kind, texts)
    made: dict[str, Layout] = {}
    for name, kept in fields.items():
        if name in ids or kept == pa.list_(pa.string()):
            made[name] = Ids(positions, listed=name not in ids)
        elif name in few:
            rows = graph.stream(
                f'SELECT DISTINCT "{name}" AS word FROM "{kind}" '
                f'WHERE "{name}" IS NOT NULL ORDER BY word'
            )
            made[name] = Words(rows.read_all()["word"].combine_chunks())
        else:
            made[name] = Plain(kept)
    return made


def _seen(graph: Graph, kind: str, texts: list[str]) -> tuple[set[str], set[str]]:
    """Return the text columns of few different values and those that hold nothing but node ids."""
    if not texts:
        return set(), set()
    prefixes = ", ".join(f"'{prefix}'" for prefix in KIND_BY_PREFIX)
    told = ", ".join(
        f'approx_count_distinct("{c}") AS "few {c}", '
        f"bool_and(contains(\"{c}\", ':') AND split_part(\"{c}\", ':', 1) IN ({prefixes})) "
        f'AS "ids {c}"'
        for c in texts
    )
    said = graph.sql(f'SELECT count(*) AS rows, {told} FROM "{kind}"').row(0, named=True)
    ids = {c for c in texts if said[f"ids {c}"]}
    frequent = said["rows"] >= _FEW_ROWS
    few = {c for c in texts if frequent and said[f"few {c}"] * _OFTEN <= said["rows"]}
    return few - ids, ids
