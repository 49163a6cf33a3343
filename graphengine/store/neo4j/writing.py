"""Writing one load's rows in batches, each of them one transaction that holds or fails whole."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import pyarrow as pa

from graphengine.errors import StoreError
from graphengine.language import Text
from graphengine.store.content import Content, node_schema, relation_schema
from graphengine.store.neo4j import statements
from graphengine.store.neo4j.changes import chosen
from graphengine.store.neo4j.connection import Connection
from graphengine.store.neo4j.driver import neo4j
from graphengine.store.neo4j.marker import check_turn, content_id, set_kind
from graphengine.store.neo4j.rows import Columns, by_ends, filled, pieces, read, sent
from graphengine.store.neo4j.spread import spread
from graphengine.vocabulary import NODES

ROWS = 4_000
"""Rows of one transaction: larger ones are slower on the server, smaller ones cost round trips."""

_DELETED_AT_ONCE = 20_000
_SECONDS = 300.0
_CREATED = {True: "nodes_created", False: "relationships_created"}
_DELETED = {True: "nodes_deleted", False: "relationships_deleted"}


@dataclass(frozen=True, slots=True)
class _Piece:
    """What one transaction creates."""

    statement: str
    rows: int
    columns: Columns


class Writer:
    """Writes the rows of one content in one load's turn."""

    def __init__(
        self, connection: Connection, content: Content, turn: str, told: Callable[[str, int], None]
    ) -> None:
        """Write to a connection; `told` hears of every batch: the kind and how many rows."""
        self._connection = connection
        self._content = content
        self._turn = turn
        self._told = told

    def create(self, kind: str, only: pa.Array | None = None) -> int:
        """Create the rows of a kind, or only those of these ids or keys; return how many."""
        made: list[int] = []

        def work(piece: _Piece) -> None:
            self._write(piece.statement, piece.rows, piece.columns, _CREATED[kind in NODES])
            made.append(piece.rows)
            self._told(kind, piece.rows)

        spread(self._created(kind, only), work)
        return sum(made)

    def change(self, kind: str, only: pa.Array) -> int:
        """Give the nodes of these ids the properties of the content; return how many."""
        columns = node_schema(kind, reveal=self._content.reveal)
        for batch in self._batches(kind, only):
            for piece in pieces(batch, ROWS):
                live = filled(piece, columns)
                statement = statements.change_nodes(kind, live)
                self._write(statement, piece.num_rows, sent(piece, live), None)
                self._told(kind, piece.num_rows)
        return len(only)

    def delete_nodes(self, kind: str, ids: pa.Array) -> int:
        """Delete the nodes of these ids; one that still has relations is an error."""
        statement = statements.delete_nodes(kind)
        for start in range(0, len(ids), ROWS):
            some = ids.slice(start, ROWS).to_pylist()
            self._write(statement, len(some), {"id": some}, _DELETED[True])
            self._told(kind, len(some))
        return len(ids)

    def delete_relations(self, kind: str, ends: Iterable[pa.RecordBatch]) -> int:
        """Delete relations told by source, target and key; return how many."""
        gone = 0
        for batch in ends:
            for pair, part in by_ends(kind, batch):
                statement = statements.delete_relations(kind, pair)
                for piece in pieces(part, ROWS):
                    rows = {name: piece[name].to_pylist() for name in piece.schema.names}
                    self._write(statement, piece.num_rows, rows, None)
                    gone += piece.num_rows
                    self._told(kind, piece.num_rows)
        return gone

    def empty(self, kind: str) -> int:
        """Delete everything of a kind; return how many rows there were."""
        nodes = kind in NODES
        statement = (statements.delete_some_nodes if nodes else statements.delete_some_relations)(
            kind
        )
        gone = 0
        while some := self._emptied(statement, _DELETED[nodes]):
            gone += some
        return gone

    def begin(self, kinds: Iterable[str]) -> None:
        """Write down that kinds are being written: of this form, but of no version yet."""
        self.end(content_id("", reveal=self._content.reveal), dict.fromkeys(kinds, 0))

    def end(self, content: str, rows: Mapping[str, int]) -> None:
        """Write down which content kinds hold from now on, and how many rows each."""

        def work(tx: neo4j.ManagedTransaction) -> None:
            check_turn(tx, self._turn)
            for kind, count in rows.items():
                set_kind(tx, kind, content, count)

        self._connection.write(work, seconds=_SECONDS)

    def _batches(self, kind: str, only: pa.Array | None) -> Iterator[pa.RecordBatch]:
        for batch in read(self._content, kind):
            yield batch if only is None else chosen(batch, "id" if kind in NODES else "key", only)

    def _created(self, kind: str, only: pa.Array | None) -> Iterator[_Piece]:
        """Cut what is to be created into transactions."""
        reveal = self._content.reveal
        for batch in self._batches(kind, only):
            if kind in NODES:
                for piece in pieces(batch, ROWS):
                    live = filled(piece, node_schema(kind, reveal=reveal))
                    statement = statements.create_nodes(kind, live)
                    yield _Piece(statement, piece.num_rows, sent(piece, live))
                continue
            for ends, part in by_ends(kind, batch):
                for piece in pieces(part, ROWS):
                    live = filled(piece, relation_schema(kind, reveal=reveal))
                    statement = statements.create_relations(kind, ends, live)
                    yield _Piece(statement, piece.num_rows, sent(piece, live))

    def _write(self, statement: str, rows: int, columns: Columns, counted: str | None) -> None:
        def work(tx: neo4j.ManagedTransaction) -> None:
            check_turn(tx, self._turn)
            counters = tx.run(statement, {**columns, "rows": rows}).consume().counters
            if counted and getattr(counters, counted) != rows:
                raise _incomplete()

        self._connection.write(work, seconds=_SECONDS)

    def _emptied(self, statement: str, counted: str) -> int:
        def work(tx: neo4j.ManagedTransaction) -> int:
            check_turn(tx, self._turn)
            counters = tx.run(statement, most=_DELETED_AT_ONCE).consume().counters
            return int(getattr(counters, counted))

        return self._connection.write(work, seconds=_SECONDS)


def _incomplete() -> StoreError:
    return StoreError(
        Text(
            "数据库在载入时被别的程序改动了，这一批没有写入",
            "another program changed the database during the load; this batch was not written",
        ),
        Text(
            "停止其他写入者，再运行一次 shunteng store load",
            "stop other writers, then run `shunteng store load` again",
        ),
    )
