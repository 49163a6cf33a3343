"""From batches of a store's content to the columns that travel, and back for comparison."""

from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from graphengine.store.content import Column, Content
from graphengine.vocabulary import NODES, RELATIONS

Columns = dict[str, list[Any]]
"""A statement's parameters: a list for every column, all of one length."""


def read(content: Content, kind: str) -> Iterator[pa.RecordBatch]:
    """Yield a kind's rows as Neo4j holds them: a list that is empty is not held.

    The files of an offline import cannot say it, and both ways must give the same store.
    """
    for batch in (content.nodes if kind in NODES else content.relations)(kind):
        columns = [
            _unless_empty(batch[field.name]) if pa.types.is_list(field.type) else batch[field.name]
            for field in batch.schema
        ]
        yield pa.record_batch(columns, schema=batch.schema)


def filled(batch: pa.RecordBatch, columns: Sequence[Column]) -> tuple[Column, ...]:
    """Return the columns that hold a value somewhere in a batch; the others need not travel."""
    return tuple(c for c in columns if batch[c.name].null_count < batch.num_rows)


def sent(batch: pa.RecordBatch, columns: Sequence[Column]) -> Columns:
    """Return columns as lists: days and times as ISO 8601 text, the rest as it is."""
    return {c.name: as_text(batch[c.name], c).to_pylist() for c in columns}


def pieces(batch: pa.RecordBatch, most: int) -> Iterator[pa.RecordBatch]:
    """Cut a batch into pieces of at most so many rows."""
    for start in range(0, batch.num_rows, most):
        yield batch.slice(start, most)


def by_ends(kind: str, batch: pa.RecordBatch) -> Iterator[tuple[tuple[str, str], pa.RecordBatch]]:
    """Part the relations of a batch by the kinds of their ends, which their ids tell."""
    ends = RELATIONS[kind]
    for source in ends.sources:
        sources = _of(batch, "source", source) if len(ends.sources) > 1 else batch
        for target in ends.targets:
            both = _of(sources, "target", target) if len(ends.targets) > 1 else sources
            if both.num_rows:
                yield (source, target), both


def numbered(batch: pa.RecordBatch, columns: Sequence[Column]) -> pa.RecordBatch:
    """Return a batch with days and times as numbers since 1970, as the server returns them."""
    return pa.record_batch(
        [_number(batch[c.name], c) for c in columns], names=[c.name for c in columns]
    )


def received(rows: Sequence[Sequence[Any]], columns: Sequence[Column]) -> pa.RecordBatch:
    """Return what the server returned as a batch like `numbered`."""
    lists = zip(*rows, strict=True) if rows else ([] for _ in columns)
    return pa.record_batch(
        [
            pa.array(list(values), _NUMBERS.get(c.type, c.arrow))
            for values, c in zip(lists, columns, strict=True)
        ],
        names=[c.name for c in columns],
    )


def _unless_empty(lists: pa.Array) -> pa.Array:
    return pc.if_else(
        pc.greater(pc.list_value_length(lists), 0), lists, pa.scalar(None, lists.type)
    )


_NUMBERS = {"date": pa.int64(), "datetime": pa.int64()}


def _number(values: pa.Array, column: Column) -> pa.Array:
    if column.type == "date":
        return values.cast(pa.int32()).cast(pa.int64())
    return values.cast(pa.int64()) if column.type == "datetime" else values


def as_text(values: pa.Array, column: Column) -> pa.Array:
    """Return days and times as ISO 8601 text, other columns as they are."""
    if column.type == "date":
        return values.cast(pa.string())
    if column.type == "datetime":
        return pc.replace_substring(values.cast(pa.string()), " ", "T")
    return values


def _of(batch: pa.RecordBatch, end: str, kind: str) -> pa.RecordBatch:
    return batch.filter(pc.starts_with(batch[end], f"{NODES[kind].prefix}:"))
