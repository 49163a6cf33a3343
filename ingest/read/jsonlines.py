"""JSON Lines: an object a line; numbers keep the digits they were written with."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

import polars as pl

from ingest.read.bytestream import Stream, opened
from ingest.read.encoding import Encoding, utf8_blocks
from ingest.read.records import LONGEST_RECORD
from ingest.read.table import MOST_COLUMNS, Batch, Ragged, names, without_blank_rows
from ingest.refusal import Code, RefusedError

_BATCH = 1 << 16
_SAMPLE = 100
_LITERAL = {True: "true", False: "false"}


@dataclass(frozen=True, slots=True)
class JsonLinesTable:
    """A JSON Lines file; its lines are numbered as if a header stood in row 1."""

    stream: Stream
    encoding: Encoding
    preview: tuple[tuple[str, ...], ...]
    sheet: None = None

    def batches(self, header: int) -> Iterator[Batch]:
        """Read all lines; names that first occur further down widen the header of their batch."""
        stream = opened(self.stream.path)
        head = self.preview[header]
        held: list[tuple[int, bytes]] = []
        for row, line in enumerate(_lines(utf8_blocks(stream, self.encoding)), 2):
            held.append((row, line))
            if len(held) == _BATCH:
                yield _batch(held, head, stream.done)
                held = []
        if held:
            yield _batch(held, head, stream.done)


def json_lines_table(stream: Stream, encoding: Encoding) -> JsonLinesTable:
    """Collect the names of the first lines."""
    head: dict[str, None] = {}
    seen = 0
    for line in _lines(utf8_blocks(opened(stream.path), encoding)):
        if line.strip():
            seen += 1
            head |= dict.fromkeys(_object(line) or {})
        if seen >= _SAMPLE:
            break
    if not seen:
        raise RefusedError(Code.FILE_EMPTY)
    if not head:
        raise RefusedError(Code.FILE_UNREADABLE, why="no JSON object in its first lines")
    if len(head) > MOST_COLUMNS:
        raise RefusedError(Code.COLUMNS_TOO_MANY, found=len(head), limit=MOST_COLUMNS)
    return JsonLinesTable(stream, encoding, (tuple(head),))


def _lines(blocks: Iterable[bytes]) -> Iterator[bytes]:
    held = b""
    count = 0
    for block in chain(blocks, (b"\n",)):
        *whole, held = (held + block).split(b"\n")
        count += len(whole)
        yield from whole
        if len(held) > LONGEST_RECORD:
            raise RefusedError(Code.FILE_RECORD_TOO_LONG, row=count + 2)


def _object(line: bytes) -> dict[str, Any] | None:
    """Return a line's object; None where it is none, or where an escape is half a character."""
    try:
        found = json.loads(line, parse_int=str, parse_float=str, parse_constant=str)
        if b"\\u" in line:
            json.dumps(found, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value or None
    if isinstance(value, bool):
        return _LITERAL[value]
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _batch(lines: list[tuple[int, bytes]], head: tuple[str, ...], done: float) -> Batch:
    rows: list[int] = []
    objects: list[dict[str, Any]] = []
    ragged: list[Ragged] = []
    for row, line in lines:
        found = _object(line)
        if found is not None:
            rows.append(row)
            objects.append(found)
        elif line.strip():
            ragged.append(Ragged(row, line.decode()))
    wide = tuple({name: None for found in ({}.fromkeys(head), *objects) for name in found})
    columns = {
        place: pl.Series([_text(found.get(name)) for found in objects], dtype=pl.String)
        for place, name in zip(names(len(wide)), wide, strict=True)
    }
    kept, numbers = without_blank_rows(pl.DataFrame(columns), pl.Series(rows, dtype=pl.UInt32))
    return Batch(wide, kept, numbers, tuple(ragged), done)
