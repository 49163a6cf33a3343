"""Plain numbers, whole numbers and shares, exact from their decimal digits."""

import re
from decimal import Decimal

import polars as pl

from graphengine.language import Text
from ingest.cleaning import compact
from ingest.kinds.kind import Demand, Kind, all_match, matches, once

_GROUPED = re.compile(r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)?(?:\.[0-9]*)?")
_WHOLE = r"-?[0-9]{1,18}"
_NUMBER = r"-?[0-9]{1,18}(?:\.[0-9]{1,12})?"
_MOST_DIGITS = 12
_SHARE_PLACES = Decimal(1).scaleb(-12)


def _decimal(text: str) -> Decimal | None:
    """Read digits, a point and thousands separators where they belong."""
    if not _GROUPED.fullmatch(text) or not any(c.isdigit() for c in text):
        return None
    return Decimal(text.replace(",", ""))


def _written(number: Decimal) -> str:
    plain = format(number, "f")
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return "0" if plain in ("-0", "") else plain


def _number_text(text: str) -> str:
    number = _decimal(text.removesuffix("亩"))
    return text if number is None else _written(number)


def share_text(text: str) -> str:
    """Return a share as a decimal between 0 and 1; text that is no share comes back as it is.

    >>> share_text("40%"), share_text(".6"), share_text("1.00"), share_text("most")
    ('0.4', '0.6', '1', 'most')
    """
    number = _decimal(text.removesuffix("%"))
    if number is None or number.adjusted() > _MOST_DIGITS:
        return text
    return _written((number.scaleb(-2) if text.endswith("%") else number).quantize(_SHARE_PLACES))


def _numbers(series: pl.Series) -> pl.Series:
    return once(compact(series), _number_text)


def _wholes(series: pl.Series) -> pl.Series:
    return series if all_match(series, r"[1-9][0-9]{0,17}|0") else _numbers(series)


def _shares(series: pl.Series) -> pl.Series:
    return once(compact(series), share_text)


def _float(series: pl.Series) -> pl.Series:
    return series.cast(pl.Float64)


def _in_range(text: pl.Expr) -> pl.Expr:
    value = text.cast(pl.Float64, strict=False)
    return ~text.str.contains(f"^{_NUMBER}$") | value.is_between(0, 1)


_IS_NUMBER = Demand("number.invalid", matches(_NUMBER))
NUMBER = Kind("number", Text("数字", "number"), _numbers, (_IS_NUMBER,), pl.Float64(), _float)
WHOLE = Kind(
    "whole",
    Text("整数", "whole number"),
    _wholes,
    (Demand("number.invalid", matches(_WHOLE)),),
    pl.Int64(),
    lambda series: series.cast(pl.Int64),
)
SHARE = Kind(
    "share",
    Text("比例（0 至 1 或百分数）", "share (0-1 or a percentage)"),
    _shares,
    (Demand("number.invalid", matches(_NUMBER)), Demand("share.range", _in_range)),
    pl.Float64(),
    _float,
)
