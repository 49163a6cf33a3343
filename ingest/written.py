"""Typed records written back as the text that a register file would hold."""

import polars as pl

from ingest.register import Register


def written(register: type[Register], records: pl.DataFrame) -> pl.DataFrame:
    """Return a register's columns of some records as canonical text."""
    return records.select(
        _text(records[name], money=column.is_money).alias(name)
        for name, column in register.columns().items()
    )


def _text(series: pl.Series, *, money: bool) -> pl.Series:
    if money:
        return _yuan(series)
    if isinstance(series.dtype, pl.Datetime):
        return series.dt.strftime("%Y-%m-%d %H:%M:%S%.f")
    return series.cast(pl.String)


def _yuan(fen: pl.Series) -> pl.Series:
    digits = fen.abs().cast(pl.String).str.zfill(3)
    amount = digits.str.head(-2) + "." + digits.str.tail(2)
    return ("-" + amount).zip_with(fen < 0, amount)
