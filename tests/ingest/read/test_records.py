"""Cutting delimited text: equal to the csv module, whatever the blocks."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from ingest.read.records import cut

CELLS = st.text(alphabet='ab中",\n', max_size=6)


def _blocks(text: bytes, size: int) -> list[bytes]:
    return [text[start : start + size] for start in range(0, len(text), size)]


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=8), st.integers(1, 9))
def test_records_and_fields_are_those_of_csv(rows: list[list[str]], size: int) -> None:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(rows)
    pieces = list(cut(_blocks(written.getvalue().encode(), size), b","))
    assert all(piece.regular for piece in pieces)
    found = [
        next(csv.reader([piece.text[start:end].decode()], strict=True), [])
        if b"\n" not in piece.text[start:end]
        else next(csv.reader(io.StringIO(piece.text[start:end].decode(), newline="")))
        for piece in pieces
        for start, end in zip(piece.starts, piece.ends, strict=True)
    ]
    assert found == rows
    assert [int(n) for piece in pieces for n in piece.fields] == [len(row) for row in rows]


@given(st.text(alphabet='ab",\n', max_size=40), st.integers(1, 9))
def test_no_byte_is_lost(text: str, size: int) -> None:
    if text.count('"') % 2 == 0:
        pieces = list(cut(_blocks(text.encode(), size), b","))
        assert b"".join(piece.text for piece in pieces).rstrip(b"\n") == text.encode().rstrip(b"\n")
