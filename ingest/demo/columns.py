"""Columns of the registers: sums, days, moments and look-ups as Polars series."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from ingest.demo.calendar import NEVER, Flags, Ints


def yuan(fen: Ints | Sequence[int]) -> pl.Series:
    """Return sums in fen as yuan with two places; negative means none.

    >>> yuan([123405, -1]).to_list()
    ['1234.05', None]
    """
    frame = pl.DataFrame({"fen": pl.Series(fen, dtype=pl.Int64)})
    text = pl.concat_str(
        (pl.col("fen") // 100).cast(pl.String),
        pl.lit("."),
        (pl.col("fen") % 100).cast(pl.String).str.zfill(2),
    )
    return frame.select(pl.when(pl.col("fen") >= 0).then(text).alias("yuan"))["yuan"]


def _known(values: pl.Series, known: Flags) -> pl.Series:
    mask = pl.Series(known, dtype=pl.Boolean)
    frame = pl.DataFrame({"value": values, "known": mask})
    return frame.select(pl.when("known").then("value").alias("value"))["value"]


def days(values: Ints | Sequence[int]) -> pl.Series:
    """Return days as dates; NEVER and what lies beyond stay empty."""
    array = np.asarray(values, dtype=np.int64)
    known = np.abs(array) < NEVER
    return _known(pl.Series(np.where(known, array, 0)).cast(pl.Int32).cast(pl.Date), known)


def moments(seconds: Ints | Sequence[int]) -> pl.Series:
    """Return seconds of local time as date-times."""
    return (pl.Series(np.asarray(seconds, dtype=np.int64)) * 1_000_000).cast(pl.Datetime("us"))


def looked_up(values: pl.Series, index: Ints | Sequence[int]) -> pl.Series:
    """Return values by index, empty where the index is negative."""
    array = np.asarray(index, dtype=np.int64)
    known = array >= 0
    if not len(values):
        return pl.Series([None] * len(array), dtype=values.dtype)
    return _known(values.gather(np.where(known, array, 0)), known)
