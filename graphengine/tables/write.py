"""Writing graph tables so that the same content is always the same bytes."""

import json
from collections.abc import Mapping
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
