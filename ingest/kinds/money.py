"""Money in CNY yuan, exact to the fen: digits are moved as text, never through a float.

Understood: `1234.5`, `1,234.50`, `￥1234.50`, `CNY 1234`, `1234元`, `1.2万元`, `0.35亿`, `-12.00`.
More than two decimals after conversion, misplaced separators and figures in brackets are not.
"""

import polars as pl

from graphengine.language import Text
from ingest.cleaning import compact
from ingest.kinds.kind import Demand, Kind, all_match

_CANONICAL = r"-?[0-9]{1,15}\.[0-9]{2}"
_PLAIN = r"(?:0|[1-9][0-9]{0,14})\.[0-9]{2}"
_SIGN = "(?:[¥￥]|RMB|CNY|人民币)?"
_WRITTEN = (
    rf"^{_SIGN}(?P<sign>[+-]?){_SIGN}"
    r"(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]*)(?:\.(?P<part>[0-9]*))?"
    r"(?P<unit>千万|百万|十万|亿|万|千)?(?:元整?|圆整?)?$"
)
_ZEROS = {"": 0, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8}
_BRACKETS = r"\([^()]*[0-9][^()]*\)"


def _fen(parts: pl.DataFrame) -> pl.Expr:
    """Return the digits of the amount in fen: whole part, then the part moved up by its unit."""
    whole = pl.col("whole").str.replace_all(",", "", literal=True)
    part = pl.col("part").fill_null("").str.strip_chars_end("0")
    written = (whole + pl.col("part").fill_null("")).str.len_chars() > 0
    digits: pl.Expr = pl.lit(None, dtype=pl.String)
    for unit in parts["unit"].fill_null("").unique().to_list():
        places = _ZEROS[unit] + 2
        fits = (pl.col("unit").fill_null("") == unit) & (part.str.len_chars() <= places)
        digits = (
            pl.when(fits & written).then(whole + part.str.pad_end(places, "0")).otherwise(digits)
        )
    return digits.str.strip_chars_start("0").str.zfill(3)


def _tidy(series: pl.Series) -> pl.Series:
    if all_match(series, _PLAIN):
        return series
    cells = compact(series)
    parts = cells.str.extract_groups(_WRITTEN).struct.unnest()
    fen = parts.select(_fen(parts).alias("fen"), "sign")
    minus = (pl.col("sign") == "-") & ~pl.col("fen").str.contains("^0+$")
    amount = pl.concat_str(
        pl.when(minus).then(pl.lit("-")).otherwise(pl.lit("")),
        pl.col("fen").str.head(-2),
        pl.lit("."),
        pl.col("fen").str.tail(2),
    )
    return fen.select(amount).to_series().fill_null(cells)


def _typed(series: pl.Series) -> pl.Series:
    return series.str.replace(".", "", literal=True).cast(pl.Int64)


def _no_brackets(text: pl.Expr) -> pl.Expr:
    return ~text.str.contains(f"^{_BRACKETS}$")


def _is_money(text: pl.Expr) -> pl.Expr:
    return text.str.contains(f"^(?:{_CANONICAL}|{_BRACKETS})$")


def _positive(text: pl.Expr) -> pl.Expr:
    return ~text.str.contains(r"^(?:-[[0-9].]+|0*\.00)$")


_DEMANDS = (Demand("money.brackets", _no_brackets), Demand("money.invalid", _is_money))
_TITLE = Text("金额（元）", "amount in yuan")
MONEY = Kind("money", _TITLE, _tidy, _DEMANDS, pl.Int64(), _typed)
POSITIVE_MONEY = Kind(
    "positive_money",
    _TITLE,
    _tidy,
    (*_DEMANDS, Demand("money.not_positive", _positive)),
    pl.Int64(),
    _typed,
)
