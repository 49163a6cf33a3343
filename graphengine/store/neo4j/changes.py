"""What has to change in a store: two sides of a kind compared by id or key and by content."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from graphengine.errors import StoreError
from graphengine.language import Text
from graphengine.masks import Names, declared
from graphengine.store.content import Column, Content, arrow_schema, node_schema, relation_schema
from graphengine.store.neo4j.connection import Connection
from graphengine.store.neo4j.driver import neo4j
from graphengine.store.neo4j.rows import numbered, read, received
from graphengine.store.neo4j.statements import all_nodes, all_relations, relations_by_key
from graphengine.vocabulary import NODES

_READ_SECONDS = 3600.0
_BATCH = 20_000
_SETTINGS = "SET threads=2; SET memory_limit='2GB'; SET enable_progress_bar=false"
_ENDS = (Column("source", "text"), Column("target", "text"), Column("key", "whole"))


@dataclass(frozen=True, slots=True)
class Difference:
    """Ids (nodes) or keys (relations): to create, to give other properties, to delete; ascending.

    A relation that changes is deleted and created again. `rows` is how many there are then.
    """

    missing: pa.Array
    changed: pa.Array
    surplus: pa.Array
    rows: int

    @property
    def size(self) -> int:
        """Return how many rows are to be written."""
        return len(self.missing) + len(self.changed) + len(self.surplus)


class Side(Protocol):
    """What there is of a kind: on the server, or in the tables that it was loaded from."""

    def rows(self, kind: str) -> Iterable[pa.RecordBatch]:
        """Return a kind's rows in the columns of `compared`, days and times as numbers."""
        ...

    def ends(self, kind: str, keys: pa.Array) -> Iterator[pa.RecordBatch]:
        """Return the relations of these keys as source, target and key."""
        ...


def compared(kind: str, *, reveal: bool) -> tuple[Column, ...]:
    """Return the columns that tell whether a row is as it should be.

    A relation's key covers its register's content, but not what its neighbours in the table and the
    names to mask make of it.
    """
    if kind in NODES:
        return node_schema(kind, reveal=reveal)
    own = ("key", "follows", "first", "last")
    masked = {
        name
        for name, prop in declared(kind).items()
        if prop.type == "text" and not Names.are_public(kind, name)
    }
    return tuple(
        c for c in relation_schema(kind, reveal=reveal) if c.name in own or c.name in masked
    )


class TablesSide:
    """The content of a version whose tables are still in the workspace."""

    def __init__(self, content: Content) -> None:
        """Take the content; the caller closes it."""
        self._content = content

    def rows(self, kind: str) -> Iterator[pa.RecordBatch]:
        """Return a kind's rows in the columns of `compared`."""
        columns = compared(kind, reveal=self._content.reveal)
        for batch in read(self._content, kind):
            yield numbered(batch, columns)

    def ends(self, kind: str, keys: pa.Array) -> Iterator[pa.RecordBatch]:
        """Return the relations of these keys."""
        for batch in read(self._content, kind):
            yield numbered(chosen(batch, "key", keys), _ENDS)


class ServerSide:
    """What the server holds; every row is fetched."""

    def __init__(self, connection: Connection, *, reveal: bool) -> None:
        """Take the connection; the caller closes it."""
        self._connection = connection
        self._reveal = reveal

    def rows(self, kind: str) -> Iterable[pa.RecordBatch]:
        """Return a kind's rows in the columns of `compared`; held in memory."""
        columns = compared(kind, reveal=self._reveal)
        query = all_nodes(kind, columns) if kind in NODES else all_relations(kind, columns)
        found = self._fetched(query, columns)
        if any(batch["id" if kind in NODES else "key"].null_count for batch in found):
            raise not_ours(kind)
        return found

    def ends(self, kind: str, keys: pa.Array) -> Iterator[pa.RecordBatch]:
        """Return the relations of these keys; cost: a look at every relation of the kind."""
        for start in range(0, len(keys), _BATCH):
            asked = keys.slice(start, _BATCH).to_pylist()
            yield from self._fetched(relations_by_key(kind), _ENDS, keys=asked)

    def _fetched(
        self, query: str, columns: Sequence[Column], **parameters: object
    ) -> list[pa.RecordBatch]:
        return self._connection.read(
            lambda tx: [received(rows, columns) for rows in _in_batches(tx.run(query, parameters))],
            seconds=_READ_SECONDS,
        )


def not_ours(kind: str) -> StoreError:
    """Return the error of a database with nodes or relations of ours that we did not write."""
    return StoreError(
        Text(
            f"数据库中有不是顺藤写入的 {kind}，未作改动",
            f"the database holds {kind} that Shunteng did not write; they were left alone",
        ),
        Text(
            "请用一个空的数据库，或先自行移走这些数据",
            "use an empty database, or move those data away yourself",
        ),
    )


def _in_batches(result: neo4j.Result) -> Iterator[list[neo4j.Record]]:
    while rows := result.fetch(_BATCH):
        yield rows


def chosen(batch: pa.RecordBatch, name: str, values: pa.Array) -> pa.RecordBatch:
    """Return the rows of a batch whose id or key is one of these."""
    return batch.filter(pc.is_in(batch[name], values))


def difference(kind: str, old: Side, new: Side, *, reveal: bool) -> Difference:
    """Compare two sides of a kind; cost: one pass over each, 16 bytes a relation."""
    columns = compared(kind, reveal=reveal)
    name = "id" if kind in NODES else "key"
    with duckdb.connect(":memory:") as own:
        own.execute(_SETTINGS)
        for side, table in ((old, "old"), (new, "new")):
            _digested(own, table, name, columns, side.rows(kind))
        rows = len(_column(own, f"SELECT {name} FROM new"))
        if kind in NODES:
            return Difference(
                _column(own, "SELECT id FROM new ANTI JOIN old USING (id)"),
                _column(own, "SELECT id FROM new JOIN old USING (id) WHERE new.h <> old.h"),
                _column(own, "SELECT id FROM old ANTI JOIN new USING (id)"),
                rows,
            )
        once = "(SELECT key, any_value(h) AS h FROM old GROUP BY key HAVING count(*) = 1)"
        same = f"SELECT key FROM new JOIN {once} o USING (key) WHERE new.h = o.h"
        return Difference(
            _column(own, f"SELECT key FROM new WHERE key NOT IN ({same})"),
            pa.array([], pa.int64()),
            _column(own, f"SELECT DISTINCT key FROM old WHERE key NOT IN ({same})"),
            rows,
        )


def _digested(
    own: duckdb.DuckDBPyConnection,
    table: str,
    name: str,
    columns: Sequence[Column],
    batches: Iterable[pa.RecordBatch],
) -> None:
    empty = pa.RecordBatch.from_pylist([], arrow_schema(columns))
    schema = numbered(empty, columns).schema
    own.register("side", pa.RecordBatchReader.from_batches(schema, iter(batches)))
    every = ", ".join(f'"{c.name}"' for c in columns)
    own.execute(f'CREATE TABLE {table} AS SELECT "{name}", hash({every}) AS h FROM side')
    own.unregister("side")


def _column(own: duckdb.DuckDBPyConnection, query: str) -> pa.Array:
    return own.sql(f"{query} ORDER BY 1").to_arrow_table().column(0).combine_chunks()
