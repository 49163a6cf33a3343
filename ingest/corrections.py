"""Correction sheets on their way back in: tokens resolved, settled entries taken off the list.

What a sheet settles is written beside its quarantine as `<source>.corrects.parquet`: for each of
its rows the entry it refers to, the first entry of that chain (the root), and whether the row was
loaded. An entry is settled when any row with its root was loaded, and replaced when any row refers
to it; both are unions over all sheets, whatever their order.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from ingest.loaded import LoadedTable
from ingest.read.table import Batch, Ragged, Table, names
from ingest.registers import registers

EXTRAS = "extras"
"""The sheet's column of tokens that stand for a row's unknown columns."""
META = ("file", "row", "column", "problem", "reason", "remedy", "register")
_REFERENCE = r"^'?@([0-9a-f]{16}[^:]*):([0-9]+)$"
_CARRIED = r'^\{"extras":"\'?@[0-9a-f]{16}[^:]*:[0-9]+"\}$'
_MARKED = r"^'([=+\-@\t\r])"
CORRECTS = {
    "row": pl.UInt32(),
    "source": pl.String(),
    "source_row": pl.UInt32(),
    "root": pl.String(),
    "root_row": pl.UInt32(),
    "loaded": pl.Boolean(),
}


@dataclass(frozen=True, slots=True)
class CorrectionTable:
    """The rows of a correction sheet that belong to one register, and the entries they refer to."""

    register: str
    cells: pl.DataFrame
    rows: pl.Series
    ragged: tuple[Ragged, ...]
    refers: pl.DataFrame
    preview: tuple[tuple[str, ...], ...]
    sheet: None = None

    def batches(self, header: int) -> Iterator[Batch]:
        """Give all rows at once: a sheet that people correct is small."""
        yield Batch(self.preview[header], self.cells, self.rows, self.ragged, 1.0)


def is_correction_sheet(header: Sequence[str]) -> bool:
    """Tell a correction sheet by its first columns."""
    return tuple(cell.strip().lower() for cell in header[: len(META)]) == META


def correction_tables(table: Table) -> tuple[CorrectionTable, ...]:
    """Split a correction sheet by register; rows of no register go with the first, as ragged."""
    header = table.preview[0]
    batches = list(table.batches(0))
    cells = pl.concat([b.cells for b in batches]).with_columns(pl.all().str.replace(_MARKED, "$1"))
    rows = pl.concat([b.rows for b in batches])
    ragged = [r for b in batches for r in b.ragged]
    word = cells[str(META.index("register"))].str.strip_chars().str.to_lowercase()
    known = word.is_in(list(registers())).fill_null(value=False)
    ragged += [Ragged(row, "") for row in rows.filter(~known)]
    found = [name for name in registers() if name in set(word)] or list(registers())[:1]
    return tuple(
        _part(name, header, cells.filter(word == name), rows.filter(word == name), part)
        for name, part in zip(found, [tuple(ragged), *[()] * len(found)], strict=False)
    )


def _part(
    register: str,
    header: Sequence[str],
    cells: pl.DataFrame,
    rows: pl.Series,
    ragged: tuple[Ragged, ...],
) -> CorrectionTable:
    own = registers()[register].columns()
    wanted = {*own, EXTRAS}
    places = [place for place, cell in enumerate(header) if place >= len(META) and cell in wanted]
    refers = cells.select(
        rows.rename("row"),
        pl.col("0").str.strip_chars().alias("label"),
        pl.col("1").str.strip_chars().cast(pl.UInt32, strict=False).alias("source_row"),
    )
    kept = cells.select(str(place) for place in places)
    kept.columns = names(len(places))
    return CorrectionTable(
        register, kept, rows, ragged, refers, (tuple(header[place] for place in places),)
    )


class OriginalCells:
    """The original texts of quarantined rows, looked up by token."""

    def __init__(self, tables: Sequence[LoadedTable]) -> None:
        """Know where each source's entries lie."""
        self._paths = {t.source: t.quarantine for t in tables if t.quarantine is not None}
        self._held: dict[str, dict[int, dict[str, Any]]] = {}

    def resolved(self, cells: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Replace tokens by what they stand for; return also (place, column) of those unknown."""
        unknown: list[tuple[int, str]] = []
        changed = []
        for name in cells.columns:
            series = cells[name]
            if not series.str.contains("^'?@").any():
                continue
            places = series.str.contains(_REFERENCE).fill_null(value=False).arg_true()
            found = [self._cell(series[place], name) for place in places]
            unknown += [(p, name) for p, text in zip(places, found, strict=True) if text is None]
            texts = pl.Series([text or "" for text in found], dtype=pl.String)
            changed.append(series.scatter(places, texts.replace("", None)))
        frame = pl.DataFrame(
            unknown, schema={"place": pl.UInt32, "column": pl.String}, orient="row"
        )
        return cells.with_columns(changed), frame

    def carried(self, extras: pl.Series) -> pl.Series:
        """Replace the token of a sheet's `extras` column by the unknown columns it stands for."""
        places = extras.str.contains(_CARRIED).fill_null(value=False).arg_true()
        if not len(places):
            return extras
        tokens = [json.loads(extras[place])[EXTRAS] for place in places]
        found = [self._original(token).get(EXTRAS) for token in tokens]
        texts = [
            json.dumps(own, ensure_ascii=False, separators=(",", ":")) if own else ""
            for own in found
        ]
        return extras.scatter(places, pl.Series(texts, dtype=pl.String).replace("", None))

    def _cell(self, token: str, column: str) -> str | None:
        return self._original(token).get(column)

    def _original(self, token: str) -> dict[str, Any]:
        source, _, row = token.lstrip("'@").rpartition(":")
        return self._rows(source).get(int(row), {})

    def _rows(self, source: str) -> dict[int, dict[str, Any]]:
        if source not in self._held:
            path = self._paths.get(source)
            entries = pl.read_parquet(path) if path else pl.DataFrame()
            self._held[source] = (
                {
                    row: json.loads(cells)
                    for row, cells in entries.select("source_row", "cells").drop_nulls().iter_rows()
                }
                if path
                else {}
            )
        return self._held[source]


def corrects(
    refers: pl.DataFrame, refused: set[int], entries: pl.DataFrame, known: pl.DataFrame
) -> pl.DataFrame:
    """Return what a sheet's rows settle (see CORRECTS).

    `refers` are its references, `refused` its rows that failed again, `entries` the workspace's
    quarantine, `known` the corrections so far.
    """
    label = (
        pl.when(pl.col("sheet").is_null())
        .then(pl.col("file"))
        .otherwise(pl.concat_str("file", pl.lit("#"), "sheet"))
    )
    plain = entries.select(label.alias("label"), "source_row", "source")
    exact = plain.with_columns(pl.concat_str("label", pl.lit("@"), "source"))
    targets = pl.concat([plain, exact])
    roots = known.select(
        pl.col("sheet_source").alias("source"),
        pl.col("row").alias("source_row"),
        "root",
        "root_row",
    ).unique()
    return (
        refers.join(targets, on=["label", "source_row"])
        .join(roots, on=["source", "source_row"], how="left")
        .with_columns(
            pl.col("root").fill_null(pl.col("source")),
            pl.col("root_row").fill_null(pl.col("source_row")),
            pl.col("row").is_in(list(refused)).not_().alias("loaded"),
        )
        .select(list(CORRECTS))
        .unique()
        .sort(list(CORRECTS))
    )


def known_corrections(tables: Sequence[LoadedTable]) -> pl.DataFrame:
    """Return all corrections in force, with the source of the sheet they came from."""
    parts = [_corrections_of(t.corrections, t.source) for t in tables if t.corrections is not None]
    schema = {**CORRECTS, "sheet_source": pl.String()}
    return pl.concat(parts) if parts else pl.DataFrame(schema=schema)


def _corrections_of(path: Path, source: str) -> pl.DataFrame:
    return pl.read_parquet(path).with_columns(pl.lit(source).alias("sheet_source"))


def still_open(entries: pl.DataFrame, tables: Sequence[LoadedTable]) -> pl.DataFrame:
    """Leave out the entries that a correction has settled or replaced."""
    known = known_corrections(tables)
    if known.is_empty():
        return entries
    own = known.select(
        pl.col("sheet_source").alias("source"),
        pl.col("row").alias("source_row"),
        "root",
        "root_row",
    ).unique(["source", "source_row"])
    rooted = entries.join(own, on=["source", "source_row"], how="left").with_columns(
        pl.col("root").fill_null(pl.col("source")),
        pl.col("root_row").fill_null(pl.col("source_row")),
    )
    settled = known.filter("loaded").select("root", "root_row").unique()
    replaced = known.select("source", "source_row").unique()
    return (
        rooted.join(settled, on=["root", "root_row"], how="anti")
        .join(replaced, on=["source", "source_row"], how="anti")
        .select(entries.columns)
    )
