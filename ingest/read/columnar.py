"""Parquet: batch by batch, typed cells written as the text an office would have typed."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from ingest.kinds.moment import ZONE
from ingest.read.bytestream import MOST_RATIO, MOST_UNPACKED
from ingest.read.table import MOST_COLUMNS, Batch, names, without_blank_rows
from ingest.refusal import Code, RefusedError

_BATCH = 1 << 17
_EXACT = 2**53
_SIGNIFICANT = 15
_LONG = 17


@dataclass(frozen=True, slots=True)
class ColumnarTable:
    """A Parquet file; its rows are numbered as if a header stood in row 1."""

    path: Path
    preview: tuple[tuple[str, ...], ...]
    sheet: None = None

    def batches(self, header: int) -> Iterator[Batch]:
        """Read all rows; one batch in memory."""
        head = self.preview[header]
        row = 1
        try:
            with pq.ParquetFile(self.path) as file:
                total = max(file.metadata.num_rows, 1)
                for part in file.iter_batches(batch_size=_BATCH):
                    cells = _texts(part)
                    numbers = pl.Series(range(row + 1, row + 1 + len(cells)), dtype=pl.UInt32)
                    row += len(cells)
                    kept, rows = without_blank_rows(cells, numbers)
                    yield Batch(head, kept, rows, (), min((row - 1) / total, 1.0))
        except (pa.ArrowInvalid, OSError):
            raise RefusedError(Code.FILE_TRUNCATED) from None


def columnar_table(path: Path) -> ColumnarTable:
    """Read the names of a Parquet file's columns."""
    try:
        with pq.ParquetFile(path) as file:
            head = tuple(file.schema_arrow.names)
            _require_sane(path, file.metadata)
    except (pa.ArrowInvalid, OSError):
        raise RefusedError(Code.FILE_TRUNCATED) from None
    if len(head) > MOST_COLUMNS:
        raise RefusedError(Code.COLUMNS_TOO_MANY, found=len(head), limit=MOST_COLUMNS)
    return ColumnarTable(path, (head,))


def _require_sane(path: Path, metadata: pq.FileMetaData) -> None:
    """Raise RefusedError where the row groups unpack to absurd sizes."""
    groups = range(metadata.num_row_groups)
    unpacked = sum(metadata.row_group(group).total_byte_size for group in groups)
    ratio = unpacked // max(path.stat().st_size, 1)
    if unpacked > MOST_UNPACKED and ratio > MOST_RATIO:
        raise RefusedError(Code.FILE_BOMB, size=unpacked, ratio=ratio)


def _texts(part: pa.RecordBatch) -> pl.DataFrame:
    places = names(part.num_columns)
    frame = pl.DataFrame(part.rename_columns(places))
    return frame.select(text_of(frame[name]) for name in places)


def text_of(series: pl.Series) -> pl.Series:
    """Write the cells of any type as text; whole floating-point numbers without a point."""
    kind = series.dtype
    if kind == pl.String:
        return series.set(series == "", None) if (series == "").any() else series
    if kind.is_float():
        return _number_text(series.cast(pl.Float64))
    if isinstance(kind, pl.Datetime):
        local = series.dt.convert_time_zone(ZONE) if kind.time_zone else series
        return local.dt.strftime("%Y-%m-%d %H:%M:%S%.f")
    if kind == pl.Binary:
        return pl.Series(
            [b and b.decode("utf-8", "backslashreplace") for b in series], dtype=pl.String
        )
    if kind.is_nested():
        return series.to_frame("v").select(pl.struct("v").struct.json_encode()).to_series()
    return series.cast(pl.String).rename(series.name)


def _number_text(series: pl.Series) -> pl.Series:
    """Write floats as a spreadsheet shows them: 15 significant digits, whole ones without point."""
    series = series.fill_nan(None)
    text = series.cast(pl.String)
    long = text.str.len_chars() >= _LONG
    if long.any():
        shown = series.filter(long.fill_null(value=False))
        rounded = pl.Series([f"{value:.{_SIGNIFICANT}g}" for value in shown], dtype=pl.String)
        text = text.scatter(long.arg_true(), rounded)
    whole = (series == series.round()) & (series.abs() < _EXACT)
    if not whole.any():
        return text
    integers = series.set(~whole.fill_null(value=False), None).cast(pl.Int64).cast(pl.String)
    return integers.fill_null(text).rename(series.name)
