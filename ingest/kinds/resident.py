"""Resident IDs (GB 11643-1999): length, characters, birth date, check digit; 15 digits to 18."""

from datetime import UTC, datetime

import numpy as np
import polars as pl

from graphengine.language import Text
from ingest.cleaning import compact
from ingest.kinds.kind import Demand, Kind, all_match
from ingest.kinds.shape import (
    DAMAGED,
    WIDTH,
    Characters,
    Shape,
    Verdicts,
    allowed,
    character_table,
    undamaged,
    whole_length,
)

SHAPE = r"[0-9]{17}[0-9X]"
_OLD_SHAPE = r"[0-9]{15}"
_WEIGHTS = np.array((7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), dtype=np.int32)
_CHECK = np.frombuffer(b"10X98765432", dtype=np.uint8)
_MONTH_DAYS = np.array((0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 0, 0, 0), dtype=np.int32)
_FIRST_YEAR = 1880
_DECEMBER = 12

RESIDENT = Shape(allowed("0123456789"), allowed("0123456789X"))


def _check_characters(characters: Characters) -> Characters:
    digits = characters[:, :17].astype(np.int32) - ord("0")
    found: Characters = _CHECK[(digits @ _WEIGHTS) % 11]
    return found


def check_digit_holds(characters: Characters) -> Verdicts:
    """Tell which numbers end in their check digit (ISO 7064 MOD 11-2)."""
    held: Verdicts = characters[:, 17] == _check_characters(characters)
    return held


def birth_date_exists(characters: Characters) -> Verdicts:
    """Tell which numbers hold a day that was: from 1880 on, not in the future."""
    digits = characters[:, 6:14].astype(np.int32) - ord("0")
    date = digits @ (10 ** np.arange(7, -1, -1, dtype=np.int32))
    year, month, day = date // 10_000, date // 100 % 100, date % 100
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    last = _MONTH_DAYS[np.minimum(month, _DECEMBER + 1)] - ((month == 2) & ~leap)  # noqa: PLR2004 February
    today = int(datetime.now(UTC).strftime("%Y%m%d"))
    real: Verdicts = (
        (year >= _FIRST_YEAR) & (month >= 1) & (day >= 1) & (day <= last) & (date <= today)
    )
    return real


def _cut_by_a_spreadsheet(characters: Characters) -> Verdicts:
    """Tell which numbers end in 000 and break their check digit: 15 digits of them were kept."""
    zeros: Verdicts = (characters[:, 15:] == ord("0")).all(axis=1)
    return zeros & ~check_digit_holds(characters)


def upgraded(series: pl.Series, *, only_born: bool = False) -> pl.Series:
    """Bring 15-digit numbers (issued until 1999, born 19xx) to 18 digits with check digit.

    With `only_born`, numbers without a day of birth stay: other offices' can have 15 digits.
    """
    old = series.str.contains(f"^{_OLD_SHAPE}$").fill_null(value=False)
    chosen = series.filter(old)
    if not len(chosen):
        return series
    first17 = chosen.str.slice(0, 6) + "19" + chosen.str.slice(6)
    table = character_table(first17 + "0")
    full = first17 + pl.Series([chr(d) for d in _check_characters(table)], dtype=pl.String)
    if only_born:
        full = full.zip_with(pl.Series(birth_date_exists(table)), chosen)
    return series.scatter(old.arg_true(), full)


def _tidy(series: pl.Series) -> pl.Series:
    if all_match(series, SHAPE):
        return series
    return upgraded(compact(series).str.to_uppercase())


def _undamaged(text: pl.Expr) -> pl.Expr:
    kept = RESIDENT.where(lambda rows: ~_cut_by_a_spreadsheet(rows))(text)
    return undamaged(text) & kept.fill_null(value=True)


def _characters(text: pl.Expr) -> pl.Expr:
    long = text.str.len_chars() == WIDTH
    return ~long | text.str.contains(f"^(?:{SHAPE}|{DAMAGED})$")


_DEMANDS = (
    Demand("resident_id.damaged", _undamaged),
    Demand("resident_id.length", whole_length),
    Demand("resident_id.characters", _characters),
    Demand("resident_id.birth_date", RESIDENT.where(birth_date_exists)),
    Demand("resident_id.check_digit", RESIDENT.where(check_digit_holds)),
)
RESIDENT_ID = Kind(
    "resident_id", Text("公民身份号码", "resident ID"), _tidy, _DEMANDS, personal=True
)
