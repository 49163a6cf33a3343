"""Days as whole numbers since 1970-01-01, moments as whole seconds of local time."""

from datetime import date
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Reals = NDArray[np.float64]
Days = TypeVar("Days", int, Ints)


def day(year: int, month: int = 1, of_month: int = 1) -> int:
    """Return a calendar date as days since 1970-01-01.

    >>> day(2022)
    18993
    """
    return (date(year, month, of_month) - date(1970, 1, 1)).days


YEAR: Final = 365.25
START: Final = day(2022)
END: Final = day(2024, 12, 31)
REGISTER_FROM: Final = day(2008)
"""Deaths and moves before this day have left the household register."""

NEVER: Final = 10**6
_MONTHS: Final = np.array([day(2018 + m // 12, m % 12 + 1) for m in range(100)], dtype=np.int64)
MONTH_ZERO: Final = 48
"""Index of January 2022 among the months counted from January 2018."""


def month_start(index: int | Ints) -> Ints:
    """Return the first day of months counted from January 2022 (0)."""
    place: Ints = np.asarray(index, dtype=np.int64) + MONTH_ZERO
    return np.asarray(_MONTHS[place], dtype=np.int64)


def month_of(when: Ints) -> Ints:
    """Return the month, counted from January 2022 (0), that each day belongs to."""
    return np.asarray(np.searchsorted(_MONTHS, when, side="right") - 1 - MONTH_ZERO, np.int64)


def workday(when: Days) -> Days:
    """Move Saturdays and Sundays to the Monday after."""
    weekday = (when + 3) % 7
    monday: Days = when + (weekday == 5) * 2 + (weekday == 6) * 1  # noqa: PLR2004 -- days of the week
    return monday


def iso(when: int) -> str:
    """Return a day as the registers write it.

    >>> iso(day(2023, 4, 18))
    '2023-04-18'
    """
    return date.fromordinal(date(1970, 1, 1).toordinal() + when).isoformat()


def year_of(when: int) -> int:
    """Return the calendar year of a day."""
    return date.fromordinal(date(1970, 1, 1).toordinal() + when).year
