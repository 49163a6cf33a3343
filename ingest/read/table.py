"""What every form of file is read into: tables of text cells, in batches, with row numbers."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import polars as pl

PREVIEW = 11
"""Records in which the header is looked for: up to ten title rows may stand above it."""
MOST_COLUMNS = 16_384
"""A spreadsheet's own limit; more means that no delimiter or no line end was understood."""
BATCH_ROWS = 1 << 17


@dataclass(frozen=True, slots=True)
class Ragged:
    """A record with other columns than the header: its row and its text."""

    row: int
    text: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of one table.

    `cells` has one text column per header name, called `0`, `1` ...; null is an empty cell. `rows`
    are the rows a spreadsheet shows (UInt32). `done` is how much of the file was read, 0 to 1.
    """

    header: tuple[str, ...]
    cells: pl.DataFrame
    rows: pl.Series
    ragged: tuple[Ragged, ...]
    done: float


class Table(Protocol):
    """One table of a file; a workbook has one per sheet."""

    @property
    def sheet(self) -> str | None:
        """Return the sheet's name; None where the file is the table."""

    @property
    def preview(self) -> tuple[tuple[str, ...], ...]:
        """Return the first records with anything in them, at most PREVIEW."""

    def batches(self, header: int) -> Iterator[Batch]:
        """Read the rows below the preview's record number `header`."""


def names(width: int) -> list[str]:
    """Return the column names of a batch's cells."""
    return [str(place) for place in range(width)]


def without_blank_rows(cells: pl.DataFrame, rows: pl.Series) -> tuple[pl.DataFrame, pl.Series]:
    """Drop the rows without any text; they count as lines, not as records."""
    first = cells.get_columns()[0]
    if not first.is_null().any() and not first.str.contains(r"^\s*$").any():
        return cells, rows
    blank = cells.select(
        pl.all_horizontal(pl.all().is_null() | pl.all().str.contains(r"^[\s\x{FEFF}]*$"))
    ).to_series()
    return (cells.filter(~blank), rows.filter(~blank)) if blank.any() else (cells, rows)
