"""Texts of 18 characters as rows of bytes, so that check digits are computed for all at once."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

WIDTH = 18
DAMAGED = r"[0-9](?:\.[0-9]+)?E\+?[0-9]+|[0-9]+\.0*"
"""What a spreadsheet makes of a long number that it takes for a figure."""

Characters = npt.NDArray[np.uint8]
Verdicts = npt.NDArray[np.bool_]


def allowed(characters: str) -> Verdicts:
    """Return a table of the bytes that are one of these characters."""
    table = np.zeros(256, dtype=np.bool_)
    table[np.frombuffer(characters.encode("ascii"), dtype=np.uint8)] = True
    return table


def character_table(series: pl.Series) -> Characters:
    """Return one row of bytes per text; every text has exactly WIDTH bytes."""
    arrow = pa.array(series.to_arrow(), type=pa.large_string())
    offsets = np.frombuffer(arrow.buffers()[1], dtype=np.int64)
    start, count = int(offsets[arrow.offset]), len(arrow)
    text = np.frombuffer(arrow.buffers()[2] or b"", dtype=np.uint8)
    return text[start : start + count * WIDTH].reshape(-1, WIDTH)


@dataclass(frozen=True, slots=True)
class Shape:
    """Texts of WIDTH characters: which may stand before the last place, and which there."""

    first: Verdicts
    last: Verdicts

    def has(self, characters: Characters) -> Verdicts:
        """Tell which rows have the shape."""
        held: Verdicts = self.first[characters[:, :-1]].all(axis=1) & self.last[characters[:, -1]]
        return held

    def where(self, verdict: Callable[[Characters], Verdicts]) -> Callable[[pl.Expr], pl.Expr]:
        """Return a test that judges texts of the shape and is null for all others."""

        def judged(series: pl.Series) -> pl.Series:
            wide = (series.str.len_bytes() == WIDTH).fill_null(value=False).to_numpy()
            met = np.zeros(len(series), dtype=np.bool_)
            if not wide.any():
                return pl.Series([None] * len(series), dtype=pl.Boolean)
            chosen = series if wide.all() else series.filter(pl.Series(wide))
            characters = character_table(chosen)
            shaped = self.has(characters)
            wide[wide] = shaped
            met[wide] = verdict(characters if shaped.all() else characters[shaped])
            found = pl.Series(met)
            return found if wide.all() else found.set(pl.Series(~wide), None)

        return lambda text: text.map_batches(judged, return_dtype=pl.Boolean(), is_elementwise=True)


def all_of(characters: Characters) -> Verdicts:
    """Judge nothing beyond the shape."""
    return np.ones(len(characters), dtype=np.bool_)


def damaged(text: pl.Expr) -> pl.Expr:
    """Test that a spreadsheet turned a number into a floating-point figure."""
    return text.str.contains(f"^(?:{DAMAGED})$")


def undamaged(text: pl.Expr) -> pl.Expr:
    """Test that no spreadsheet turned a number into a floating-point figure."""
    return ~damaged(text)


def whole_length(text: pl.Expr) -> pl.Expr:
    """Test the number of characters; damaged numbers fail another test."""
    return (text.str.len_chars() == WIDTH) | damaged(text)
