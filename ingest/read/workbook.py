"""XLSX workbooks: every sheet's cells as text, typed cells as an office would have typed them."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import fastexcel
import polars as pl

from ingest.read.bytestream import MOST_RATIO, MOST_UNPACKED
from ingest.read.table import BATCH_ROWS, MOST_COLUMNS, PREVIEW, Batch, names, without_blank_rows
from ingest.refusal import Code, RefusedError

MOST_SHEET_BYTES = 1 << 32
"""4 GiB of XML: four times a full sheet; the reader holds a sheet in memory."""
_MIDNIGHT = r"^([0-9]{4}-[0-9]{2}-[0-9]{2}) 00:00:00$"


@dataclass(frozen=True, slots=True)
class SheetTable:
    """One sheet; `first_row` is the row of its first line of cells, 1 for the top."""

    cells: pl.DataFrame
    sheet: str
    first_row: int
    preview: tuple[tuple[str, ...], ...]
    places: tuple[int, ...]

    def batches(self, header: int) -> Iterator[Batch]:
        """Cut the sheet below its header into batches."""
        head = self.preview[header]
        start = self.places[header] - self.first_row + 1
        for begin in range(start, len(self.cells), BATCH_ROWS):
            part = self.cells.slice(begin, BATCH_ROWS)
            first = self.first_row + begin
            rows = pl.Series(range(first, first + len(part)), dtype=pl.UInt32)
            kept, numbers = without_blank_rows(part, rows)
            yield Batch(head, kept, numbers, (), (begin + len(part)) / len(self.cells))


def sheet_tables(path: Path) -> tuple[SheetTable, ...]:
    """Read the sheets that hold any cell, in the workbook's order."""
    _require_sane_zip(path)
    try:
        book = fastexcel.read_excel(path)
        tables = [_sheet(book, place, name) for place, name in enumerate(book.sheet_names)]
    except fastexcel.FastExcelError:
        raise RefusedError(Code.FILE_TRUNCATED) from None
    return tuple(table for table in tables if table is not None)


def _require_sane_zip(path: Path) -> None:
    """Sum up what a workbook unpacks to before any of it is unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError):
        raise RefusedError(Code.FILE_TRUNCATED) from None
    unpacked = sum(entry.file_size for entry in entries)
    ratio = unpacked // max(path.stat().st_size, 1)
    if unpacked > MOST_UNPACKED and ratio > MOST_RATIO:
        raise RefusedError(Code.FILE_BOMB, size=unpacked, ratio=ratio)
    if unpacked > MOST_SHEET_BYTES:
        raise RefusedError(Code.FILE_TOO_LARGE, size=unpacked, limit=MOST_SHEET_BYTES)


def _sheet(book: fastexcel.ExcelReader, place: int, name: str) -> SheetTable | None:
    sheet = book.load_sheet(place, header_row=None, skip_rows=0, dtypes="string")
    if not sheet.width or not sheet.height:
        return None
    if sheet.width > MOST_COLUMNS:
        raise RefusedError(Code.COLUMNS_TOO_MANY, found=sheet.width, limit=MOST_COLUMNS)
    batch, errors = sheet.to_arrow_with_errors()
    cells = pl.DataFrame(batch.rename_columns(names(batch.num_columns)))
    cells = cells.with_columns(pl.all().str.replace(_MIDNIGHT, "$1").replace("", None))
    for error in errors.errors if errors else ():
        row, column = error.offset_position
        cells[row, column] = "#" + error.detail.rpartition("Error(")[2].rstrip(")'\"") + "!"
    filled = (
        cells.head(1000)
        .with_row_index("row")
        .filter(pl.any_horizontal(pl.exclude("row").str.contains(r"\S")))
    )
    found = filled.head(PREVIEW).rows()
    return SheetTable(
        cells,
        name,
        1,
        tuple(tuple((cell or "").strip() for cell in record[1:]) for record in found),
        tuple(record[0] + 1 for record in found),
    )
