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
from ingest.register import Register
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


def contradicting_within(path: Path, same: list[str], end: str, file: str) -> pl.DataFrame:
    """Return the rows (see DROPPED) that give another end to what a row further up states.

    Rows are about the same where all columns of `same` are equal. Cost: those columns in memory.
    """
    parts = list(frames(path, ["source_row", *same, end]))
    if not parts:
        return pl.DataFrame(schema=DROPPED)
    held = pl.concat(parts).sort("source_row")
    first = pl.col(end).first().over(same)
    return (
        held.with_columns(
            first_row=pl.col("source_row").first().over(same),
            first_file=pl.lit(file),
            other=pl.col(end).ne_missing(first),
        )
        .filter("other")
        .select(list(DROPPED))
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
    """The loaded files of one register: their record ids, and hashes of the unique column.

    `owners` gives for every hash the place of its table, so that only tables concerned are read.
    """

    unique: str | None
    tables: list[LoadedTable] = field(default_factory=list)
    records: Ids = field(default_factory=lambda: np.zeros(0, dtype=np.uint64))
    hashes: Ids = field(default_factory=lambda: np.zeros(0, dtype=np.uint64))
    owners: Ids = field(default_factory=lambda: np.zeros(0, dtype=np.uint64))

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
        self.records = np.concatenate((self.records, records))
        if hashes is not None:
            own = np.full(len(hashes), len(self.tables), dtype=np.uint64)
            self.hashes = np.concatenate((self.hashes, hashes))
            self.owners = np.concatenate((self.owners, own))
        self.tables.append(table)

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
        holders = np.unique(self.owners[np.isin(self.hashes, suspects)])
        columns = ["source_row", "record", self.unique]
        mine = _suspected(path, self.unique, suspects, columns)
        others = pl.concat(
            _suspected(table.records, self.unique, suspects, columns).select(
                self.unique,
                pl.col("record").alias("other"),
                pl.lit(table.file).alias("first_file"),
                pl.col("source_row").alias("first_row"),
            )
            for table in (self.tables[holder] for holder in holders)
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


@dataclass(frozen=True, slots=True)
class RuledOut:
    """Rows (see DROPPED) that other rows rule out, and the problem with which column."""

    problem: str
    column: str
    rows: pl.DataFrame


def ruled_out(
    path: Path, hashes: Ids | None, register: type[Register], known: Neighbours, file: str
) -> RuledOut:
    """Return the staged rows that repeat a unique value or give a period another end."""
    if known.unique is not None and hashes is not None:
        within = repeated_within(path, known.unique, hashes, file)
        both = pl.concat([within, known.conflicting(path, hashes)])
        rows = both.unique("source_row", keep="first", maintain_order=True)
        return RuledOut("duplicate", known.unique, rows)
    if register.one_end():
        *same, end = register.one_end()
        return RuledOut("period.contradicts", end, contradicting_within(path, same, end, file))
    return RuledOut("", "", pl.DataFrame(schema=DROPPED))
