"""Division codes: 12 digits; shorter codes are the level above, padded with zeros."""

import polars as pl

from graphengine.language import Text
from ingest.cleaning import compact
from ingest.kinds.kind import Demand, Kind, all_match

_CANONICAL = r"[0-9]{12}"
_LEVELS = r"[0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12}"


def _tidy(series: pl.Series) -> pl.Series:
    if all_match(series, _CANONICAL):
        return series
    series = compact(series).str.replace(r"^([0-9]+)\.0$", "$1")
    short = series.str.contains(f"^(?:{_LEVELS})$")
    return series.str.pad_end(12, "0").zip_with(short.fill_null(value=False), series)


DIVISION = Kind(
    "division",
    Text("行政区划代码", "division code"),
    _tidy,
    (
        Demand("division.characters", lambda text: text.str.contains(r"^[0-9]+$")),
        Demand(
            "division.length",
            lambda text: text.str.contains(rf"^(?:{_CANONICAL}|.*[^0-9].*)$"),
        ),
    ),
)
