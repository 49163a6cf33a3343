"""Building a snapshot, in a process of its own: `python -m graphengine.store.ladybug.building`.

The tables go through Parquet files beside the snapshot, a batch at a time, so that a county takes
no more memory than the engine's buffer pool and the largest register's keys.
"""

import errno
import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import ladybug
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from graphengine.store.adjacency import Adjacency
from graphengine.store.content import Content, arrow_schema, node_schema, relation_schema
from graphengine.store.ladybug.failures import NO_DISK, NO_MEMORY, failure
from graphengine.store.ladybug.tables import definitions, pairs
from graphengine.tables.graph import Graph
from graphengine.vocabulary import KIND_BY_PREFIX, NODES, RELATIONS

_LEAST_BYTES = 1 << 30
_BYTES_PER_ROW = 600
"""A copy holds the whole relation in the buffer pool; 4 million payments took more than 400."""

_PREFIX = {kind.name: prefix for prefix, kind in KIND_BY_PREFIX.items()}


@dataclass(frozen=True, slots=True)
class Order:
    """What to build from what; `division` limits the nodes to a part of the county."""

    tables: Path
    arrays: Path
    database: Path
    division: str
    reveal: bool


def build(order: Order) -> None:
    """Write a database of one graph version; cost: one pass over the tables."""
    threads = 2
    database = ladybug.Database(
        order.database,
        buffer_pool_size=_pool(order.tables),
        max_num_threads=threads,
        auto_checkpoint=False,
    )
    with ExitStack() as stack:
        stack.enter_context(database)
        connection = stack.enter_context(ladybug.Connection(database))
        graph = stack.enter_context(Graph(order.tables, memory="1GB", threads=threads))
        arrays = Adjacency.opened(order.arrays)
        content = stack.enter_context(Content(graph, arrays, reveal=order.reveal))
        for statement in definitions(reveal=order.reveal):
            _run(connection, statement)
        loading = _Loading(connection, content, order)
        held = [loading.nodes(kind) for kind in NODES]
        known = pa.concat_arrays(held) if order.division else None
        for kind in RELATIONS:
            loading.relations(kind, known)
        _run(connection, "CHECKPOINT")
    _open_again(order.database)


def _pool(tables: Path) -> int:
    files = (tables / "relations").glob("*.parquet")
    largest = max((pq.read_metadata(path).num_rows for path in files), default=0)
    return max(_LEAST_BYTES, largest * _BYTES_PER_ROW)


@dataclass(frozen=True, slots=True)
class _Loading:
    connection: ladybug.Connection
    content: Content
    order: Order

    def nodes(self, kind: str) -> pa.Array:
        """Load a kind of node; return the ids of those that are held, if only a part is."""
        schema = arrow_schema(node_schema(kind, reveal=self.order.reveal))
        ids = [pa.array([], pa.string())]
        rows = self._rows(kind, schema)
        for batch in self.content.nodes(kind):
            seen = batch.filter(_visible(batch["scope"], self.order.division))
            if self.order.division:
                ids.append(seen["id"])
            rows.add(seen)
        rows.close()
        return pa.concat_arrays(ids)

    def relations(self, kind: str, known: pa.Array | None) -> None:
        """Load a kind of relation, apart for each pair of kinds that it joins."""
        schema = arrow_schema(relation_schema(kind, reveal=self.order.reveal))
        several = len(pairs(kind)) > 1
        rows = {pair: self._rows(kind, schema, pair if several else None) for pair in pairs(kind)}
        for batch in self.content.relations(kind):
            for pair, part in _parts(kind, batch, known):
                rows[pair].add(part)
        for rest in rows.values():
            rest.close()

    def _rows(self, kind: str, schema: pa.Schema, pair: tuple[str, str] | None = None) -> "_Rows":
        path = self.order.database.with_name("-".join((kind, *(pair or ()))) + ".parquet")
        said = str(path).replace("\\", "\\\\").replace("'", "\\'")
        options = f" (from='{pair[0]}', to='{pair[1]}')" if pair else ""
        copy = f"COPY `{kind}` FROM '{said}'{options}"
        return _Rows(self.connection, copy, path, pq.ParquetWriter(path, schema, compression="lz4"))


@dataclass(slots=True)
class _Rows:
    """Rows on their way into one table, through a file beside the database."""

    connection: ladybug.Connection
    copy: str
    path: Path
    writer: pq.ParquetWriter
    count: int = 0

    def add(self, batch: pa.RecordBatch) -> None:
        """Take some rows."""
        if batch.num_rows:
            self.writer.write_batch(batch)
            self.count += batch.num_rows

    def close(self) -> None:
        """Copy what came."""
        self.writer.close()
        if self.count:
            _run(self.connection, self.copy)
        self.path.unlink()


def _visible(scope: pa.Array, division: str) -> pa.Array:
    return pc.or_kleene(pc.is_null(scope), pc.starts_with(scope, division))


def _parts(
    kind: str, batch: pa.RecordBatch, known: pa.Array | None
) -> Iterator[tuple[tuple[str, str], pa.RecordBatch]]:
    """Split relations by the kinds that they join; leave out those with an end that is not held."""
    if known is not None:
        ends = (pc.is_in(batch[end], value_set=known) for end in ("source", "target"))
        batch = batch.filter(pc.and_(*ends))
    every = pairs(kind)
    if len(every) == 1:
        yield every[0], batch
        return
    for source, target in every:
        fits = pc.and_(
            pc.starts_with(batch["source"], f"{_PREFIX[source]}:"),
            pc.starts_with(batch["target"], f"{_PREFIX[target]}:"),
        )
        yield (source, target), batch.filter(fits)


def _open_again(path: Path) -> None:
    """Open what was built as it will be served; raise RuntimeError where that fails."""
    with (
        ladybug.Database(path, buffer_pool_size=_LEAST_BYTES, read_only=True) as database,
        ladybug.Connection(database) as connection,
    ):
        _run(connection, "MATCH (n) RETURN count(*)")


def _run(connection: ladybug.Connection, statement: str) -> None:
    result = connection.execute(statement)
    for one in result if isinstance(result, list) else [result]:
        one.close()


def main() -> None:
    """Build what the first argument orders, as JSON; the status tells why it could not be."""
    said = json.loads(sys.argv[1])
    tables, arrays, database = (Path(said[name]) for name in ("tables", "arrays", "database"))
    try:
        build(Order(tables, arrays, database, said["division"], said["reveal"]))
    except (RuntimeError, MemoryError) as error:
        if isinstance(error, MemoryError) or failure(str(error)).kind == "memory":
            sys.exit(NO_MEMORY)
        raise
    except OSError as error:
        if error.errno == errno.ENOSPC:
            sys.exit(NO_DISK)
        raise


if __name__ == "__main__":
    main()
