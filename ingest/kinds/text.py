"""Free text, lists of text, codes of a register's own, and names."""

import polars as pl

from graphengine.language import Text
from ingest.cleaning import compact, trimmed
from ingest.kinds.kind import Kind


def _listed(series: pl.Series) -> pl.Series:
    return _edges(trimmed(series).str.replace_all(r"\s*[;；]\s*", ";"))


def _edges(series: pl.Series) -> pl.Series:
    bare = series.str.strip_chars(";")
    return bare.set(bare.str.len_bytes() == 0, None)


def _named(series: pl.Series) -> pl.Series:
    """Drop the blanks that pad Chinese names; keep one between words of Latin letters."""
    series = trimmed(series)
    if not series.str.contains(r"[\s•・．‧]").any():
        return series
    latin = series.str.contains("[A-Za-z]")
    spaced = series.str.replace_all(r"\s+", " ")
    bare = series.str.replace_all(r"\s+", "").str.replace_all("[•・．‧]", "·")
    return spaced.zip_with(latin.fill_null(value=False), bare)


TEXT = Kind("text", Text("文本", "text"), trimmed)
TEXTS = Kind("texts", Text("以分号分隔的文本", "texts separated by semicolons"), _listed)
CODE = Kind("code", Text("编号", "number or code"), compact)
NAME = Kind("name", Text("姓名或名称", "name"), _named, personal=True)
