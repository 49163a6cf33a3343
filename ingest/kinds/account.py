"""Account numbers and telephone numbers."""

import polars as pl

from graphengine.language import Text
from ingest.cleaning import compact
from ingest.kinds.kind import Demand, Kind, all_match, matches
from ingest.kinds.shape import DAMAGED, undamaged

_PLAIN = r"[0-9]{4,40}"
_ACCOUNT = r"[0-9A-Z][0-9A-Z.@_:-]{3,63}"
_MOBILE = r"1[0-9]{10}"


def _account(series: pl.Series) -> pl.Series:
    if all_match(series, _PLAIN):
        return series
    series = compact(series).str.to_uppercase()
    grouped = series.str.contains(r"^[0-9]+(?:-[0-9]+)+$").fill_null(value=False)
    return series.str.replace_all("-", "", literal=True).zip_with(grouped, series)


def _phone(series: pl.Series) -> pl.Series:
    if all_match(series, _MOBILE):
        return series
    return (
        compact(series)
        .str.replace_all(r"^([0-9]+)\.0$", "$1")
        .str.replace_all(r"[-()]", "")
        .str.replace(r"^(?:\+|00)?86(1[0-9]{10}|0[0-9]{9,11})$", "$1")
    )


ACCOUNT = Kind(
    "account",
    Text("账号", "account number"),
    _account,
    (
        Demand("account.damaged", undamaged),
        Demand("account.invalid", lambda text: text.str.contains(f"^(?:{_ACCOUNT}|{DAMAGED})$")),
    ),
    personal=True,
)
PHONE = Kind(
    "phone",
    Text("电话号码", "telephone number"),
    _phone,
    (Demand("phone.invalid", matches(r"[0-9]{5,13}")),),
    personal=True,
)
