"""Writing graph tables so that the same content is always the same bytes."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from graphengine.tables.schema import schema_of
from graphengine.vocabulary import NODES, RELATIONS

_ROW_GROUP = 1 << 17
_DICTIONARY_PAGE = 1 << 24


def write_parquet(table: pa.Table, path: Path) -> None:
    """Write one table: fixed row groups, zstd, dictionaries; no time or machine in the file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(
        table,
        path,
        row_group_size=_ROW_GROUP,
        compression="zstd",
        dictionary_pagesize_limit=_DICTIONARY_PAGE,
        write_statistics=True,
    )


def write_kind(folder: Path, kind: str, table: pa.Table) -> None:
    """Write a kind's table; the rows come sorted, columns are brought to the kind's schema."""
    schema = schema_of(kind)
    part = "nodes" if kind in NODES else "relations"
    write_parquet(table.select(schema.names).cast(schema), folder / part / f"{kind}.parquet")


def write_batches(folder: Path, kind: str, batches: pa.RecordBatchReader) -> int:
    """Write a kind's table from a stream, never holding more than a row group; return the rows."""
    path = folder / ("nodes" if kind in NODES else "relations") / f"{kind}.parquet"
    return write_stream(path, schema_of(kind), batches)


def write_stream(path: Path, schema: pa.Schema, batches: pa.RecordBatchReader) -> int:
    """Write one table of a given schema from a stream; return the rows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = 0
    with pq.ParquetWriter(
        path, schema, compression="zstd", dictionary_pagesize_limit=_DICTIONARY_PAGE
    ) as writer:
        for table in equal_pieces(batches):
            writer.write_table(table.select(schema.names).cast(schema))
            rows += table.num_rows
    return rows


def equal_pieces(batches: pa.RecordBatchReader, rows: int = _ROW_GROUP) -> Iterator[pa.Table]:
    """Cut a stream into tables of so many rows each, whatever the size of its batches."""
    held: list[pa.RecordBatch] = []
    count = 0
    for batch in batches:
        held.append(batch)
        count += batch.num_rows
        while count >= rows:
            whole = pa.Table.from_batches(held)
            yield whole.slice(0, rows)
            held = whole.slice(rows).to_batches()
            count -= rows
    if count:
        yield pa.Table.from_batches(held)


def write_missing(folder: Path) -> None:
    """Write an empty table for every kind that has none, so that queries need not ask."""
    for kind in (*NODES, *RELATIONS):
        part = "nodes" if kind in NODES else "relations"
        if not (folder / part / f"{kind}.parquet").exists():
            write_kind(folder, kind, schema_of(kind).empty_table())


def write_meta(folder: Path, meta: Mapping[str, Any]) -> None:
    """Write what the version says of itself; canonical JSON."""
    text = json.dumps(meta, ensure_ascii=False, sort_keys=True, indent=1)
    (folder / "meta.json").write_text(text + "\n", "utf-8")
