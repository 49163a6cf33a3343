"""What a logical type is: a way to tidy text, demands on the tidy text, and a typed form."""

from collections.abc import Callable
from dataclasses import dataclass, field

import polars as pl

from graphengine.language import Text


def unchanged(series: pl.Series) -> pl.Series:
    """Return the series as it is."""
    return series


@dataclass(frozen=True, slots=True)
class Demand:
    """One demand on tidy text; `met` is true, or null for an empty cell; `code` names the break."""

    code: str
    met: Callable[[pl.Expr], pl.Expr]


@dataclass(frozen=True, slots=True)
class Kind:
    """A logical type.

    `tidy` brings every understood way of writing to one canonical text and leaves the others as
    they are, so that equal values have equal texts; `demands` are met by canonical texts only;
    `typed` turns canonical texts into values. `personal` cells may identify a person.
    """

    name: str
    title: Text
    tidy: Callable[[pl.Series], pl.Series]
    demands: tuple[Demand, ...] = ()
    dtype: pl.DataType = field(default_factory=pl.String)
    typed: Callable[[pl.Series], pl.Series] = unchanged
    personal: bool = False

    def __deepcopy__(self, _memo: object) -> "Kind":
        """Return the kind itself: nothing of it can change, and schemas are copied often."""
        return self


def matches(pattern: str) -> Callable[[pl.Expr], pl.Expr]:
    """Return a demand's test: the whole text matches the pattern."""
    return lambda text: text.str.contains(f"^(?:{pattern})$")


def all_match(series: pl.Series, pattern: str) -> bool:
    """Tell whether every filled cell matches already, which saves the tidying."""
    return bool(series.str.contains(f"^(?:{pattern})$").all())


def once(series: pl.Series, tidied: Callable[[str], str | None]) -> pl.Series:
    """Apply a scalar function to each distinct text; for columns with few of them."""
    distinct = series.drop_nulls().unique()
    if distinct.is_empty():
        return series
    found = pl.Series([tidied(text) for text in distinct], dtype=pl.String)
    return series.replace_strict(distinct, found, default=None, return_dtype=pl.String)
