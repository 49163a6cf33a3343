"""CSV and TSV, plain or gzip: delimiter sniffed, quoted line ends, ragged rows set aside."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
import polars as pl

from ingest.read.bytestream import Stream, opened
from ingest.read.encoding import Encoding, utf8_blocks
from ingest.read.records import LONGEST_RECORD, Piece, cut
from ingest.read.table import (
    BATCH_ROWS,
    MOST_COLUMNS,
    PREVIEW,
    Batch,
    Ragged,
    names,
    without_blank_rows,
)
from ingest.refusal import Code, RefusedError

_DELIMITERS = ",\t;|"
_SNIFFED_LINES = 50
_SNIFFED_BYTES = 1 << 20
csv.field_size_limit(LONGEST_RECORD)


@dataclass(frozen=True, slots=True)
class DelimitedTable:
    """A delimited text file; `places` are the record numbers of the preview."""

    stream: Stream
    encoding: Encoding
    delimiter: str
    preview: tuple[tuple[str, ...], ...]
    places: tuple[int, ...]
    sheet: None = None

    def batches(self, header: int) -> Iterator[Batch]:
        """Read the rows below the header; one pass, a block of the file in memory."""
        stream = opened(self.stream.path)
        head = self.preview[header]
        reading = _Reading(head, self.places[header], self.delimiter)
        pieces = cut(utf8_blocks(stream, self.encoding), self.delimiter.encode())
        for piece in pieces:
            if piece.regular:
                yield reading.batch(piece, stream.done)
            else:
                yield from reading.slow_batches(_lines(piece, pieces), stream)


def delimited_table(stream: Stream, encoding: Encoding) -> DelimitedTable:
    """Look at the beginning of a text file and find its delimiter and first records."""
    start = _beginning(stream, encoding)
    delimiter = _sniffed(start)
    found = [
        (place, tuple(cell.strip() for cell in record))
        for place, record in enumerate(csv.reader(io.StringIO(start), delimiter=delimiter), 1)
        if any(cell.strip() for cell in record)
    ][:PREVIEW]
    if not found:
        raise RefusedError(Code.FILE_EMPTY)
    widest = max(len(record) for _, record in found)
    if widest > MOST_COLUMNS:
        raise RefusedError(Code.COLUMNS_TOO_MANY, found=widest, limit=MOST_COLUMNS)
    return DelimitedTable(
        stream, encoding, delimiter, tuple(r for _, r in found), tuple(p for p, _ in found)
    )


def _beginning(stream: Stream, encoding: Encoding) -> str:
    """Return the first lines, whole; a first line longer than a block is read to its end."""
    text = b""
    for block in utf8_blocks(opened(stream.path), encoding):
        text += block
        if b"\n" in text or len(text) > LONGEST_RECORD:
            break
    if len(text) > _SNIFFED_BYTES:
        stop = text.find(b"\n", _SNIFFED_BYTES)
        text = text[: stop + 1] if stop >= 0 else text
    return text.decode("utf-8", errors="ignore")


def _sniffed(start: str) -> str:
    """Return the delimiter that the first lines hold most evenly; a comma where none does."""
    lines = [line for line in start.splitlines()[:_SNIFFED_LINES] if line.strip()]
    best, score = ",", 0
    for delimiter in _DELIMITERS:
        widths = [len(record) for record in csv.reader(lines, delimiter=delimiter)]
        common = max(widths.count(w) * (w - 1) for w in widths) if widths else 0
        if common > score:
            best, score = delimiter, common
    return best


def _lines(first: Piece, following: Iterable[Piece]) -> Iterator[str]:
    """Yield the lines of the pieces from an irregular one on."""
    held = first.text
    for piece in following:
        text = held + piece.text
        stop = text.rfind(b"\n") + 1
        held = text[stop:]
        yield from io.StringIO(text[:stop].decode(), newline="")
    yield from io.StringIO(held.decode(), newline="")


class _Reading:
    """The rows below one header, numbered as a spreadsheet shows them."""

    def __init__(self, head: tuple[str, ...], header_row: int, delimiter: str) -> None:
        self._head = head
        self._header_row = header_row
        self._delimiter = delimiter
        self._row = 0

    def batch(self, piece: Piece, done: float) -> Batch:
        """Read a piece of well-quoted records."""
        count = len(piece.starts)
        rows = np.arange(self._row + 1, self._row + count + 1, dtype=np.uint32)
        self._row += count
        wanted = (piece.ends > piece.starts) & (rows > self._header_row)
        good = wanted & (piece.fields == len(self._head))
        ragged = tuple(
            Ragged(int(rows[i]), text)
            for i in np.flatnonzero(wanted & ~good)
            if (text := self._record_text(piece, int(i)))
        )
        cells = self._cells(_chosen(piece, good), int(good.sum()))
        kept, numbers = without_blank_rows(cells, pl.Series(rows[good]))
        return Batch(self._head, kept, numbers, ragged, done)

    def _record_text(self, piece: Piece, place: int) -> str:
        """Return the text of a ragged record; nothing but delimiters and blanks is nothing."""
        text = piece.text[piece.starts[place] : piece.ends[place]].decode()
        return text if text.strip(" \t\u3000" + self._delimiter) else ""

    def _cells(self, text: bytes, count: int) -> pl.DataFrame:
        columns = names(len(self._head))
        if not count:
            return pl.DataFrame(schema=dict.fromkeys(columns, pl.String))
        return pl.read_csv(
            text,
            has_header=False,
            separator=self._delimiter,
            quote_char='"' if b'"' in text else None,
            schema=dict.fromkeys(columns, pl.String),
        )

    def slow_batches(self, lines: Iterator[str], stream: Stream) -> Iterator[Batch]:
        """Read text whose quotes are irregular, record by record."""
        records = csv.reader(lines, delimiter=self._delimiter)
        try:
            while taken := list(islice(records, BATCH_ROWS)):
                yield self._slow_batch(taken, stream.done)
        except csv.Error:
            raise RefusedError(Code.FILE_RECORD_TOO_LONG, row=self._row + 1) from None

    def _slow_batch(self, records: list[list[str]], done: float) -> Batch:
        width = len(self._head)
        rows: list[int] = []
        good: list[list[str]] = []
        ragged: list[Ragged] = []
        for record in records:
            self._row += 1
            if self._row <= self._header_row or not any(cell.strip() for cell in record):
                continue
            if len(record) == width:
                rows.append(self._row)
                good.append(record)
            else:
                ragged.append(Ragged(self._row, self._delimiter.join(record)))
        cells = pl.DataFrame(
            good, schema=dict.fromkeys(names(width), pl.String), orient="row"
        ).select(pl.all().replace("", None))
        return Batch(self._head, cells, pl.Series(rows, dtype=pl.UInt32), tuple(ragged), done)


def _chosen(piece: Piece, good: "np.ndarray[tuple[int], np.dtype[np.bool_]]") -> bytes:
    """Return the bytes of the chosen records."""
    if good.all():
        return piece.text
    lengths = np.diff(piece.starts, append=len(piece.text))
    return np.frombuffer(piece.text, dtype=np.uint8)[np.repeat(good, lengths)].tobytes()
