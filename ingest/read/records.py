"""Cutting delimited text into records: where each begins and ends, and how many fields it has.

RFC 4180: a quote opens a field only at its start and closes it only at its end; inside, quotes are
doubled and line ends are text. One vectorised pass per block finds the line ends outside quotes.
Text that uses quotes in any other way is irregular and read record by record with `csv`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ingest.refusal import Code, RefusedError

LONGEST_RECORD = 1 << 26
"""64 MiB: beyond any document's text; a quote that is never closed swallows the rest of a file."""
_QUOTE, _LINE_END = 0x22, 0x0A

Places = npt.NDArray[np.int64]
_NONE: Places = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Piece:
    """Whole records of a file: their bytes, begins, ends (without line end) and field counts."""

    text: bytes
    starts: Places
    ends: Places
    fields: Places
    regular: bool


def cut(blocks: Iterable[bytes], delimiter: bytes) -> Iterator[Piece]:
    """Cut a stream of UTF-8 blocks into pieces of whole records.

    From the first irregular use of quotes on, pieces carry the text as it is, with `regular` false
    and no records; the caller reads them with `csv`.
    """
    held = b""
    count = 0
    regular = True
    for block in _ended(blocks):
        text = held + block
        if regular:
            piece, held = _whole_records(text, delimiter)
            regular = piece.regular
            count += len(piece.starts)
        else:
            piece, held = _rest(text), b""
        if len(held) > LONGEST_RECORD:
            raise RefusedError(Code.FILE_RECORD_TOO_LONG, row=count + 1)
        if piece.text:
            yield piece
    if held:
        raise RefusedError(Code.FILE_RECORD_TOO_LONG, row=count + 1)


def _ended(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the blocks, the last one with a line end."""
    last = b""
    for block in blocks:
        if last:
            yield last
        last = block
    if last:
        yield last if last.endswith(b"\n") else last + b"\n"


def _rest(text: bytes) -> Piece:
    return Piece(text, _NONE, _NONE, _NONE, regular=False)


def _whole_records(text: bytes, delimiter: bytes) -> tuple[Piece, bytes]:
    """Return the whole records of a text and what is left over."""
    characters = np.frombuffer(text, dtype=np.uint8)
    line_ends = np.flatnonzero(characters == _LINE_END)
    delimiters = np.flatnonzero(characters == delimiter[0])
    quotes = np.flatnonzero(characters == _QUOTE)
    if len(quotes):
        line_ends = line_ends[np.searchsorted(quotes, line_ends) % 2 == 0]
        delimiters = delimiters[np.searchsorted(quotes, delimiters) % 2 == 0]
    if not len(line_ends):
        return Piece(b"", _NONE, _NONE, _NONE, regular=True), text
    stop = int(line_ends[-1]) + 1
    if not _well_quoted(characters, quotes[: np.searchsorted(quotes, stop)], delimiter[0]):
        return _rest(text), b""
    starts = np.concatenate((np.zeros(1, dtype=np.int64), line_ends[:-1] + 1))
    fields = np.diff(np.searchsorted(delimiters, line_ends), prepend=0) + 1
    piece = Piece(text[:stop], starts, line_ends, fields, regular=True)
    return piece, text[stop:]


def _well_quoted(characters: npt.NDArray[np.uint8], quotes: Places, delimiter: int) -> bool:
    """Tell whether every quote opens a field at its start or closes one at its end."""
    if not len(quotes):
        return True
    opening, closing = quotes[::2], quotes[1::2]
    before = characters[np.maximum(opening - 1, 0)]
    opens = (opening == 0) | np.isin(before, (delimiter, _LINE_END))
    after = characters[closing + 1]
    closes = np.isin(after, (delimiter, _LINE_END))
    doubled = closing[:-1] + 1 == opening[1:]
    opens[1:] |= doubled
    closes[:-1] |= doubled
    return bool(opens.all() and closes.all())
