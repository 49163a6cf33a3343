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

from graphengine.masks import Names, declared, names_of
from graphengine.store.adjacency import Adjacency
from graphengine.store.masked import Mask
from graphengine.tables.graph import Graph
from graphengine.tables.schema import TYPES, schema_of
from graphengine.vocabulary import NODES, RELATIONS, Property, PropertyType

OPEN_FIRST, OPEN_LAST = date(1, 1, 1), date(9999, 12, 31)
"""Days that stand for an open beginning and an open end in `first` and `last`."""

_NULL, _BETWEEN = "chr(30)", "chr(31)"
_HELD = {"Division": "n.number", "Account": "held.division"}


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
        self._mask = None if reveal else Mask(names_of(graph))
        places = " UNION ALL ".join(
            f'SELECT id, division FROM "{kind.name}"'
            for kind in NODES.values()
            if _placed(kind.name)
        )
        self._graph.run(f"CREATE TABLE placed AS {places}")
        known = " UNION ALL ".join(f'SELECT id FROM "{kind}"' for kind in NODES)
        self._graph.run(f"CREATE TABLE known AS {known}")

    def nodes(self, kind: str) -> pa.RecordBatchReader:
        """Return a kind's nodes by id, in the columns of `node_schema`."""
        columns = node_schema(kind, reveal=self.reveal)
        scope = _HELD.get(kind, "n.division" if _placed(kind) else "NULL::VARCHAR")
        taken = ", ".join(f'n."{c.name}"' for c in columns if c.name not in ("neighbours", "scope"))
        rows = self._graph.stream(
            f'SELECT {taken}, {scope} AS scope FROM "{kind}" n '
            + ("LEFT JOIN placed held ON held.id = n.holder " if kind == "Account" else "")
            + "ORDER BY n.id"
        )
        return _read(rows, columns, lambda batch: self._node(kind, batch))

    def relations(self, kind: str) -> pa.RecordBatchReader:
        """Return a kind's relations in the order of their table, in `relation_schema`'s columns.

        A relation whose end is no node is not held.
        """
        columns = relation_schema(kind, reveal=self.reveal)
        rows = self._graph.stream(self._related(kind, columns))
        return _read(rows, columns, lambda batch: self._relation(kind, batch))

    def size(self, kind: str) -> int:
        """Return how many rows a kind's table has: as many as are held, or a few more."""
        return int(pq.read_metadata(self._graph.path(kind)).num_rows)

    def keys(self, kind: str) -> npt.NDArray[np.int64]:
        """Return the keys of a kind's relations, ascending; 8 bytes a relation."""
        self._grouped(kind)
        found = self._graph.sql(f'SELECT key FROM "rows {kind}"')["key"].to_numpy()
        return np.sort(found.view(np.int64))

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

    def _related(self, kind: str, columns: Sequence[Column]) -> str:
        rows = self._grouped(kind)
        own = ("key", "follows", "first", "last")
        taken = ", ".join(f'{"g" if c.name in own else "r"}."{c.name}"' for c in columns)
        return (
            f"SELECT {taken} FROM {_numbered(self._graph, kind)} r "
            f"JOIN {rows} g ON r.file_row_number = g.n ORDER BY g.n"
        )

    def _grouped(self, kind: str) -> str:
        """Return the table of the rows that are held, made once: number, key, span of the tie."""
        name = f'"rows {kind}"'
        whole = ", ".join(f'coalesce("{c}"::VARCHAR, {_NULL})' for c in schema_of(kind).names)
        self._graph.run(
            f"CREATE TABLE IF NOT EXISTS {name} AS WITH every AS ("
            "SELECT file_row_number AS n, source, target, valid_from, valid_to, "
            f"md5_number_lower(concat_ws({_BETWEEN}, '{kind}', {whole})) AS key "
            f"FROM {_numbered(self._graph, kind)} "
            "WHERE source IN (SELECT id FROM known) AND target IN (SELECT id FROM known)), "
            "once AS (SELECT key, min(n) AS n, any_value(source) AS source, "
            "any_value(target) AS target, any_value(valid_from) AS since, "
            "any_value(valid_to) AS until FROM every GROUP BY key) "
            "SELECT n, key, CASE WHEN n > min(n) OVER tie THEN true END AS follows, "
            "CASE WHEN count(*) OVER tie > 1 AND n = min(n) OVER tie THEN "
            f"min(coalesce(since, DATE '{OPEN_FIRST}')) OVER tie END AS first, "
            "CASE WHEN count(*) OVER tie > 1 AND n = min(n) OVER tie THEN "
            f"max(coalesce(until, DATE '{OPEN_LAST}')) OVER tie END AS last "
            "FROM once WINDOW tie AS (PARTITION BY source, target)"
        )
        return name

    def _node(self, kind: str, batch: pa.RecordBatch) -> dict[str, pa.Array]:
        ids = np.array(batch["id"].to_pylist(), dtype=np.bytes_)
        at = np.searchsorted(self._arrays.ids, ids)
        starts = self._arrays.network.starts
        degree = (starts[at + 1] - starts[at]).astype(np.int64)
        return {"neighbours": pa.array(degree), **self._shown(kind, batch)}

    def _relation(self, kind: str, batch: pa.RecordBatch) -> dict[str, pa.Array]:
        return {"key": batch["key"].view(pa.int64()), **self._shown(kind, batch)}

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


def _placed(kind: str) -> bool:
    return any(p.name == "division" for p in NODES[kind].properties)


def _numbered(graph: Graph, kind: str) -> str:
    path = str(graph.path(kind)).replace("'", "''")
    return f"read_parquet('{path}', file_row_number=true)"


def _signed(lists: pa.Array) -> pa.Array:
    """Return lists of record ids as lists of signed numbers, the same bits."""
    flat = lists.flatten().view(pa.int64())
    counts = pc.fill_null(pc.list_value_length(lists), 0).to_numpy(zero_copy_only=False)
    offsets = np.concatenate(([0], np.cumsum(counts))).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), flat)


def _read(
    rows: pa.RecordBatchReader,
    columns: Sequence[Column],
    made: Callable[[pa.RecordBatch], dict[str, pa.Array]],
) -> pa.RecordBatchReader:
    """Return a stream in a store's columns; `made` gives those that are not as the tables say."""
    schema = arrow_schema(columns)

    def batches() -> Iterator[pa.RecordBatch]:
        for batch in rows:
            own = made(batch)
            yield pa.record_batch(
                [(own[c.name] if c.name in own else batch[c.name]).cast(c.arrow) for c in columns],
                schema=schema,
            )

    return pa.RecordBatchReader.from_batches(schema, batches())
