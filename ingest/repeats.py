"""Rows that stand in the register already: in the same file, or in one loaded before.

Hashes of the unique column narrow the search within one run; what is decided is decided on the
texts themselves. Where two files give one number to different rows, the row that was loaded first
stays: the only point where the order of two runs matters. Within one run files come sorted.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import polars as pl

from ingest.loaded import LoadedTable
from ingest.record_ids import Ids
from ingest.staging import frames

_SEED = 20_240_601
DROPPED = {
    "source_row": pl.UInt32(),
    "first_file": pl.String(),
    "first_row": pl.UInt32(),
}


def hashes_of(keys: pl.Series) -> Ids:
    """Return hashes that hold within this process."""
    return keys.hash(_SEED).to_numpy()


def repeated_within(path: Path, unique: str, hashes: Ids, file: str) -> pl.DataFrame:
    """Return the rows (see DROPPED) whose unique value stands further up in the staged file."""
    values, counts = np.unique(hashes, return_counts=True)
    suspects = values[counts > 1]
    if not len(suspects):
        return pl.DataFrame(schema=DROPPED)
    held = _suspected(path, unique, suspects, ["source_row", unique])
    first = pl.col("source_row").min().over(unique)
    return (
        held.with_columns(first_row=first, first_file=pl.lit(file))
        .filter(pl.col("source_row") > pl.col("first_row"))
        .select(list(DROPPED))
        .sort("source_row")
    )


def _suspected(path: Path, unique: str, suspects: Ids, columns: list[str]) -> pl.DataFrame:
    """Return the rows whose unique value has one of the hashes."""
    parts = []
    for frame in frames(path, columns):
        chosen = np.isin(hashes_of(frame[unique]), suspects)
        parts.append(frame.filter(pl.Series(chosen)))
    return pl.concat(parts)


@dataclass(slots=True)
class Neighbours:
    """The loaded files of one register: their record ids, and hashes of the unique column."""

    unique: str | None
    tables: list[LoadedTable] = field(default_factory=list)
    records: Ids = field(default_factory=lambda: np.zeros(0, dtype=np.uint64))
    hashes: Ids = field(default_factory=lambda: np.zeros(0, dtype=np.uint64))

    @classmethod
    def of(cls, tables: Iterable[LoadedTable], unique: str | None) -> "Neighbours":
        """Read the record ids (and unique columns) of loaded tables; 16 bytes a row stay held."""
        known = cls(unique)
        for table in tables:
            if table.records is None:
                continue
            columns = ["record", *([unique] if unique else [])]
            parts = list(frames(table.records, columns))
            records = [part["record"].to_numpy() for part in parts]
            known.add(
                table,
                np.concatenate(records),
                np.concatenate([hashes_of(p[unique]) for p in parts]) if unique else None,
            )
        return known

    def add(self, table: LoadedTable, records: Ids, hashes: Ids | None) -> None:
        """Know one more loaded table."""
        self.tables.append(table)
        self.records = np.concatenate((self.records, records))
        if hashes is not None:
            self.hashes = np.concatenate((self.hashes, hashes))

    def already(self, records: Ids) -> int:
        """Count the records that another file holds."""
        return int(np.isin(records, self.records).sum()) if len(self.records) else 0

    def conflicting(self, path: Path, hashes: Ids) -> pl.DataFrame:
        """Return the staged rows (see DROPPED) whose unique value another file gives otherwise."""
        if self.unique is None or not len(self.hashes):
            return pl.DataFrame(schema=DROPPED)
        suspects = np.intersect1d(hashes, self.hashes)
        if not len(suspects):
            return pl.DataFrame(schema=DROPPED)
        columns = ["source_row", "record", self.unique]
        mine = _suspected(path, self.unique, suspects, columns)
        others = pl.concat(
            _suspected(table.records, self.unique, suspects, columns).select(
                self.unique,
                pl.col("record").alias("other"),
                pl.lit(table.file).alias("first_file"),
                pl.col("source_row").alias("first_row"),
            )
            for table in self.tables
            if table.records is not None
        )
        first = others.sort("first_file", "first_row").unique(
            self.unique, keep="first", maintain_order=True
        )
        return (
            mine.join(first, on=self.unique)
            .filter(pl.col("record") != pl.col("other"))
            .select(list(DROPPED))
            .sort("source_row")
        )
