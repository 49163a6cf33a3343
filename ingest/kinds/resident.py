"""Resident IDs (GB 11643-1999): length, characters, birth date, check digit; 15 digits to 18."""

from collections.abc import Callable
from datetime import UTC, datetime

import numpy as np
import numpy.typing as npt
import polars as pl

from graphengine.language import Text
from ingest.cleaning import compact
from ingest.kinds.kind import Demand, Kind, all_match

SHAPE = r"[0-9]{17}[0-9X]"
DAMAGED = r"[0-9](?:\.[0-9]+)?E\+?[0-9]+|[0-9]+\.0*"
_OLD_SHAPE = r"[0-9]{15}"
_WEIGHTS = np.array((7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), dtype=np.int32)
_CHECK = np.frombuffer(b"10X98765432", dtype=np.uint8)
_MONTH_DAYS = np.array((0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 0, 0, 0), dtype=np.int32)
_FIRST_YEAR = 1880
_DECEMBER = 12

Characters = npt.NDArray[np.uint8]
Verdicts = npt.NDArray[np.bool_]


def character_table(series: pl.Series, width: int) -> Characters:
    """Return one row of bytes per text; every text is ASCII of exactly this width."""
    joined = "".join(series.to_list())
    return np.frombuffer(joined.encode("ascii"), dtype=np.uint8).reshape(-1, width)


def where_shaped(
    shape: str, width: int, verdict: Callable[[Characters], Verdicts]
) -> Callable[[pl.Expr], pl.Expr]:
    """Return a test that judges texts of the shape; others pass, they fail an earlier demand."""

    def judged(series: pl.Series) -> pl.Series:
        shaped = series.str.contains(f"^(?:{shape})$").fill_null(value=False)
        met = np.ones(len(series), dtype=np.bool_)
        chosen = series.filter(shaped)
        if len(chosen):
            met[shaped.to_numpy()] = verdict(character_table(chosen, width))
        return pl.Series(met)

    return lambda text: text.map_batches(judged, return_dtype=pl.Boolean(), is_elementwise=True)


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
    table = character_table(first17 + "0", 18)
    full = first17 + pl.Series([chr(d) for d in _check_characters(table)], dtype=pl.String)
    if only_born:
        full = full.zip_with(pl.Series(birth_date_exists(table)), chosen)
    return series.scatter(old.arg_true(), full)


def _tidy(series: pl.Series) -> pl.Series:
    if all_match(series, SHAPE):
        return series
    return upgraded(compact(series).str.to_uppercase())


def not_damaged(text: pl.Expr) -> pl.Expr:
    """Test that no spreadsheet turned the number into a floating-point figure."""
    figure = ~text.str.contains(f"^(?:{DAMAGED})$")
    return figure & where_shaped(SHAPE, 18, lambda c: ~_cut_by_a_spreadsheet(c))(text)


def _whole_length(text: pl.Expr) -> pl.Expr:
    return (text.str.len_chars() == 18) | text.str.contains(f"^(?:{DAMAGED})$")  # noqa: PLR2004 GB 11643


def _characters(text: pl.Expr) -> pl.Expr:
    long = text.str.len_chars() == 18  # noqa: PLR2004 GB 11643
    return ~long | text.str.contains(f"^(?:{SHAPE}|{DAMAGED})$")


RESIDENT_DEMANDS = (
    Demand("resident_id.damaged", not_damaged),
    Demand("resident_id.length", _whole_length),
    Demand("resident_id.characters", _characters),
    Demand("resident_id.birth_date", where_shaped(SHAPE, 18, birth_date_exists)),
    Demand("resident_id.check_digit", where_shaped(SHAPE, 18, check_digit_holds)),
)
RESIDENT_ID = Kind(
    "resident_id", Text("公民身份号码", "resident ID"), _tidy, RESIDENT_DEMANDS, personal=True
)
