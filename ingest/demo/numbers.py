"""Identity numbers by the million: resident IDs, credit codes, phones and accounts, all valid."""

from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from graphengine.identifiers import USCC_ALPHABET
from ingest.demo.calendar import Flags, Ints
from ingest.demo.chance import spread_numbers

Bytes = NDArray[np.uint8]
_RESIDENT_WEIGHTS: Final = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
_RESIDENT_CHECK: Final = np.frombuffer(b"10X98765432", dtype=np.uint8)
_USCC_WEIGHTS: Final = np.array([1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28])
_USCC_CHARACTERS: Final = np.frombuffer(USCC_ALPHABET.encode(), dtype=np.uint8)
_SLOTS: Final = 500
_PHONES: Final = 6 * 10**9
_ACCOUNTS: Final = 10**11
_CODES: Final = 31**7


def _decimal(values: Ints, width: int) -> NDArray[np.int64]:
    """Return the decimal digits of each value as one row of `width` columns."""
    powers = 10 ** np.arange(width - 1, -1, -1, dtype=np.int64)
    return np.asarray(values[:, None] // powers % 10, dtype=np.int64)


def _text(characters: Bytes) -> pl.Series:
    """Join each row of character codes (all of one width) to one string."""
    width = characters.shape[1]
    packed = np.ascontiguousarray(characters).view(f"S{width}").ravel()
    return pl.Series(packed.astype(f"U{width}").tolist(), dtype=pl.String)


def _calendar_digits(born: Ints) -> Ints:
    """Return days since 1970 as yyyymmdd numbers."""
    days = born.astype("datetime64[D]")
    years = days.astype("datetime64[Y]").astype(np.int64) + 1970
    months = days.astype("datetime64[M]").astype(np.int64) % 12 + 1
    of_month = (days - days.astype("datetime64[M]")).astype(np.int64) + 1
    return np.asarray(years * 10_000 + months * 100 + of_month)


def resident_ids(area: Ints, born: Ints, male: Flags) -> pl.Series:
    """Return distinct 18-digit resident IDs; `area` holds six-digit codes, `born` days.

    Raises ValueError when more than 500 persons of one sex share a birthday and an area.
    """
    dates = _calendar_digits(born)
    order = np.lexsort((np.arange(len(area)), male, dates, area))
    same = np.zeros(len(area), dtype=bool)
    same[1:] = (
        (area[order][1:] == area[order][:-1])
        & (dates[order][1:] == dates[order][:-1])
        & (male[order][1:] == male[order][:-1])
    )
    position = np.arange(len(area))
    begin = np.maximum.accumulate(np.where(same, 0, position))
    rank = np.empty(len(area), dtype=np.int64)
    rank[order] = position - begin
    if len(rank) and rank.max() >= _SLOTS:
        message = "too many persons share one birthday; spread the county over more areas"
        raise ValueError(message)
    slot = (rank * 7 + dates * 31 + area * 17) % _SLOTS
    digits = np.concatenate(
        [_decimal(area, 6), _decimal(dates, 8), _decimal(slot * 2 + male, 3)],
        axis=1,
    )
    check = _RESIDENT_CHECK[digits @ _RESIDENT_WEIGHTS % 11]
    return _text(np.concatenate([(digits + 48).astype(np.uint8), check[:, None]], axis=1))


def company_codes(count: int, area: int, start: int) -> pl.Series:
    """Return distinct Unified Social Credit Codes of one registration area."""
    body = spread_numbers(count, _CODES, start % _CODES, 7_368_787_141)
    powers = 31 ** np.arange(6, -1, -1, dtype=np.int64)
    head = [USCC_ALPHABET.index(c) for c in f"91{area:06d}MA"]
    values = np.concatenate(
        [np.tile(np.array(head), (count, 1)), body[:, None] // powers % 31], axis=1
    )
    check = -(values @ _USCC_WEIGHTS) % 31
    return _text(_USCC_CHARACTERS[np.concatenate([values, check[:, None]], axis=1)])


def phone_numbers(count: int, start: int) -> pl.Series:
    """Return distinct mobile numbers."""
    walk = spread_numbers(count, _PHONES, start % _PHONES, 2_654_435_761)
    return _text((_decimal(walk + 13_000_000_000, 11) + 48).astype(np.uint8))


def account_numbers(count: int, start: int) -> pl.Series:
    """Return distinct 19-digit bank account numbers."""
    walk = spread_numbers(count, _ACCOUNTS, start % _ACCOUNTS, 61_803_398_879)
    head = np.tile(np.array([6, 2, 2, 8, 4, 8, 0, 0]), (count, 1))
    return _text((np.concatenate([head, _decimal(walk, 11)], axis=1) + 48).astype(np.uint8))
