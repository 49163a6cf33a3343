"""What a store of relationships holds of a graph version, column by column, stated in one place.

A node: its kind, `id`, the properties that are not protected, `records`, `neighbours` (how many
different nodes are next to it over all relations but AT) and `scope` (the division it belongs to,
null: visible everywhere). A relation: its kind, ends, such properties, `valid_from`, `valid_to`,
`records` and

- `key`: a number of its whole content; rows that are equal in everything are one relation;
- `follows`: true on every row after the first of the same ends and kind, else null;
- `first`, `last`: on the first row, where others follow, the span of them all; OPEN_FIRST and
  OPEN_LAST where one of them is open.

So a tie of two nodes is a relation with `follows` null that lasts from coalesce(first, valid_from)
to coalesce(last, valid_to). Record ids and keys are written as signed 64-bit numbers (two's
complement). Free text has names and numbers masked unless revealed.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from types import TracebackType
from typing import Literal, Self

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from graphengine.masks import Names, declared
from graphengine.store.adjacency import Adjacency
from graphengine.store.edges import STEPPING
from graphengine.store.masked import Mask
from graphengine.store.network import OPEN_SINCE, OPEN_UNTIL, Indices
from graphengine.store.ties import FOLLOWS, HEAD
from graphengine.tables.graph import Graph
from graphengine.tables.schema import TYPES
from graphengine.vocabulary import NODES, RELATIONS, Property, PropertyType

OPEN_FIRST, OPEN_LAST = date(1, 1, 1), date(9999, 12, 31)
"""Days that stand for an open beginning and an open end in `first` and `last`."""

_EPOCH = date(1970, 1, 1)
_Made = tuple[pa.RecordBatch, dict[str, pa.Array]]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a store: the vocabulary's types, or `wholes`, a list of whole numbers."""

    name: str
    type: PropertyType | Literal["wholes"]

    @property
    def arrow(self) -> pa.DataType:
        """Return the column's Arrow type."""
        return pa.list_(pa.int64()) if self.type == "wholes" else TYPES[self.type]


def node_schema(kind: str, *, reveal: bool = False) -> tuple[Column, ...]:
    """Return what is held of a kind of node, in order; `id` comes first.

    >>> [c.name for c in node_schema("Programme")]
    ['id', 'name', 'records', 'neighbours', 'scope']
    """
    return (
        Column("id", "text"),
        *_properties(NODES[kind].properties, reveal=reveal),
        Column("records", "wholes"),
        Column("neighbours", "whole"),
        Column("scope", "text"),
    )


def relation_schema(kind: str, *, reveal: bool = False) -> tuple[Column, ...]:
    """Return what is held of a kind of relation, in order; `source` and `target` come first.

    >>> [c.name for c in relation_schema("OWNS")][2:6]
    ['share', 'valid_from', 'valid_to', 'records']
    """
    return (
        Column("source", "text"),
        Column("target", "text"),
        *_properties(RELATIONS[kind].properties, reveal=reveal),
        Column("valid_from", "date"),
        Column("valid_to", "date"),
        Column("records", "wholes"),
        Column("key", "whole"),
        Column("follows", "flag"),
        Column("first", "date"),
        Column("last", "date"),
    )


def arrow_schema(columns: Sequence[Column]) -> pa.Schema:
    """Return the Arrow schema of a kind's columns."""
    return pa.schema([pa.field(c.name, c.arrow) for c in columns])


def _properties(properties: tuple[Property, ...], *, reveal: bool) -> Iterator[Column]:
    return (Column(p.name, p.type) for p in properties if reveal or not p.protected)


class Content:
    """The nodes and relations of one graph version as a store holds them; nothing is kept whole."""

    def __init__(self, graph: Graph, arrays: Adjacency, *, reveal: bool = False) -> None:
        """Read a version; protected properties and unmasked text only where revealed, on record."""
        self.version = graph.folder.name
        self.reveal = reveal
        self._graph = graph.again()
        self._arrays = arrays
        self._scopes = pa.array(np.char.decode(arrays.nodes.scopes, "ascii").tolist(), pa.string())
        self._mask = None if reveal else Mask(arrays.columns.names)

    def nodes(self, kind: str) -> pa.RecordBatchReader:
        """Return a kind's nodes by id, in the columns of `node_schema`."""
        columns = node_schema(kind, reveal=self.reveal)
        own = ("neighbours", "scope")
        taken = ", ".join(f'"{c.name}"' for c in columns if c.name not in own)
        rows = self._graph.stream(f'SELECT {taken} FROM "{kind}" ORDER BY id')
        begin = self._arrays.nodes.begin(kind)
        return _read(rows, columns, lambda batch, at: self._node(kind, batch, begin + at))

    def relations(self, kind: str) -> pa.RecordBatchReader:
        """Return a kind's relations in the order of their table, in `relation_schema`'s columns.

        A relation whose end is no node is not held.
        """
        columns = relation_schema(kind, reveal=self.reveal)
        own = ("key", "follows", "first", "last")
        taken = ", ".join(f'"{c.name}"' for c in columns if c.name not in own)
        rows = self._graph.stream(f'SELECT {taken} FROM "{kind}"')
        begin = self._arrays.edge(kind, 0)
        return _read(rows, columns, lambda batch, at: self._relation(kind, batch, begin + at))

    def size(self, kind: str) -> int:
        """Return how many rows a kind's table has: as many as are held, or a few more."""
        return int(pq.read_metadata(self._graph.path(kind)).num_rows)

    def keys(self, kind: str) -> npt.NDArray[np.int64]:
        """Return the keys of a kind's relations, ascending; 8 bytes a relation."""
        code = STEPPING.index(kind)
        edges, some = self._arrays.edges, slice(*self._arrays.first[code : code + 2])
        return np.sort(edges.key[some][edges.standing[some] <= FOLLOWS])

    def close(self) -> None:
        """Free what the streams used."""
        self._graph.close()

    def __enter__(self) -> Self:
        """Return the content itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the content."""
        self.close()

    def _node(self, kind: str, batch: pa.RecordBatch, begin: int) -> _Made:
        """Return a batch and what is held beside it; its nodes stand from a position on."""
        nodes, starts = self._arrays.nodes, self._arrays.network.starts
        here = slice(begin, begin + batch.num_rows)
        scope = pa.array(nodes.scope[here], mask=nodes.scope[here] < 0)
        made = {
            "neighbours": pa.array(np.diff(starts[begin : here.stop + 1])),
            "scope": self._scopes.take(scope),
        }
        return batch, {**made, **self._shown(kind, batch)}

    def _relation(self, kind: str, batch: pa.RecordBatch, begin: int) -> _Made:
        """Return those of a batch that are held; its rows are the edges from a number on."""
        edges = self._arrays.edges
        here = slice(begin, begin + batch.num_rows)
        held = edges.standing[here] <= FOLLOWS
        if not held.all():
            batch = batch.filter(pa.array(held))
        standing = edges.standing[here][held]
        follows = standing == FOLLOWS
        made = {
            "key": pa.array(edges.key[here][held]),
            "follows": pa.array(follows, mask=~follows),
            "first": _day(edges.tie_since[here][held], standing, OPEN_SINCE, OPEN_FIRST),
            "last": _day(edges.tie_until[here][held], standing, OPEN_UNTIL, OPEN_LAST),
        }
        return batch, {**made, **self._shown(kind, batch)}

    def _shown(self, kind: str, batch: pa.RecordBatch) -> dict[str, pa.Array]:
        result = {"records": _signed(batch["records"])}
        if self._mask is not None:
            result |= {
                name: self._mask.column(batch[name])
                for name, prop in declared(kind).items()
                if prop.type == "text"
                and name in batch.schema.names
                and not Names.are_public(kind, name)
            }
        return result


def _day(days: Indices, standing: npt.NDArray[np.uint8], is_open: int, instead: date) -> pa.Array:
    """Return the days that ties begin or end on, of the first of several rows alone."""
    told = np.where(days == is_open, (instead - _EPOCH).days, days).astype(np.int32)
    return pa.array(told, mask=standing != HEAD).view(pa.date32())


def _signed(lists: pa.Array) -> pa.Array:
    """Return lists of record ids as lists of signed numbers, the same bits."""
    flat = lists.flatten().view(pa.int64())
    counts = pc.fill_null(pc.list_value_length(lists), 0).to_numpy(zero_copy_only=False)
    offsets = np.concatenate(([0], np.cumsum(counts))).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), flat)


def _read(
    rows: pa.RecordBatchReader,
    columns: Sequence[Column],
    made: Callable[[pa.RecordBatch, int], _Made],
) -> pa.RecordBatchReader:
    """Return a stream in a store's columns; `made` adds those that are not as the tables say."""
    schema = arrow_schema(columns)

    def batches() -> Iterator[pa.RecordBatch]:
        at = 0
        for read in rows:
            batch, own = made(read, at)
            at += read.num_rows
            yield pa.record_batch(
                [(own[c.name] if c.name in own else batch[c.name]).cast(c.arrow) for c in columns],
                schema=schema,
            )

    return pa.RecordBatchReader.from_batches(schema, batches())
