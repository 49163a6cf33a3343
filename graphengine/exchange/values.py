"""Values from outside, held to the vocabulary's types; no message ever repeats a value."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from numbers import Integral, Real
from typing import Any

import numpy as np

from graphengine.errors import ExchangeError
from graphengine.exchange.columns import Part
from graphengine.identifiers import RecordId
from graphengine.kinds import PropertyType
from graphengine.language import Text
from graphengine.masks import Value
from graphengine.tables.graph import Source

_WHOLE = range(-(2**63), 2**63)
_RECORD = range(2**64)
_ROW = range(2**32)
_NONE_OF_PANDAS = frozenset({"NAType", "NaTType"})
_SHOULD_BE: Mapping[str, Text] = {
    "text": Text("文字", "text"),
    "date": Text("日期（datetime.date）", "a date (datetime.date)"),
    "datetime": Text(
        "不带时区的当地时间（datetime.datetime）", "local time without a zone (datetime.datetime)"
    ),
    "money": Text("整数，单位为分", "a whole number of fen"),
    "number": Text("有限的数", "a finite number"),
    "whole": Text("整数", "a whole number"),
    "flag": Text("真或假", "true or false"),
    "texts": Text("文字列表", "a list of text"),
    "evidence": Text(
        "登记行的列表，每行有 record、register、file、row",
        "a list of register rows, each with record, register, file and row",
    ),
}


@dataclass(frozen=True, slots=True)
class Place:
    """One row of one table; rows count from 0, as frames count them."""

    part: Part
    row: int

    def wrong(self, message: Text, remedy: Text, *, column: str) -> ExchangeError:
        """Return the error that names the place."""
        return ExchangeError(
            Text(
                f"{self.part} 第 {self.row} 行，{column} 列：{message.zh}",
                f"{self.part}, row {self.row}, column {column}: {message.en}",
            ),
            remedy,
        )

    def wrong_type(self, expected: str, *, column: str) -> ExchangeError:
        """Return the error for a value that is not of its column's type."""
        said = _SHOULD_BE[expected]
        return self.wrong(
            Text("值的类型不对", "the value has a wrong type"),
            Text(f"应为{said.zh}", f"give {said.en}"),
            column=column,
        )


def is_missing(value: object) -> bool:
    """Tell whether a value stands for none: None, not a number, or what pandas says for none.

    >>> is_missing(float("nan")), is_missing(0)
    (True, False)
    """
    if isinstance(value, float):
        return math.isnan(value)
    return value is None or type(value).__name__ in _NONE_OF_PANDAS


def read_value(value: object, expected: PropertyType, place: Place, column: str) -> Value:
    """Return a value in its column's type; raise ExchangeError where it is of another."""
    try:
        return _READERS[expected](value)
    except (TypeError, ValueError) as error:
        raise place.wrong_type(expected, column=column) from error


def read_evidence(value: object, place: Place) -> tuple[Source, ...]:
    """Return register rows; raise ExchangeError where they are none."""
    if is_missing(value):
        return ()
    try:
        return tuple(_source(one) for one in _listed(value))
    except (TypeError, ValueError, KeyError) as error:
        raise place.wrong_type(expected="evidence", column="evidence") from error


def _source(said: object) -> Source:
    if isinstance(said, Source):
        return said
    if not isinstance(said, Mapping):
        raise TypeError
    key, at = said.get("key"), said.get("date")
    return Source(
        RecordId(_within(said["record"], _RECORD)),
        _text(said["register"]),
        _text(said["file"]),
        _within(said["row"], _ROW),
        None if key is None else _text(key),
        None if at is None else _date(at),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    value.encode()
    return str(value)


def _date(value: object) -> date:
    if isinstance(value, datetime):
        moment = _moment(value)
        if moment != datetime(moment.year, moment.month, moment.day):  # noqa: DTZ001 - local time
            raise ValueError
        return moment.date()
    if not isinstance(value, date):
        raise TypeError
    return value


def _moment(value: object) -> datetime:
    if not isinstance(value, datetime) or value.tzinfo is not None:
        raise TypeError
    clock = (value.hour, value.minute, value.second, value.microsecond)
    return datetime(value.year, value.month, value.day, *clock)  # noqa: DTZ001 - local time


def _within(value: object, bounds: range) -> int:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, Integral) or int(value) not in bounds:
        raise TypeError
    return int(value)


def _whole(value: object) -> int:
    return _within(value, _WHOLE)


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, Real) or not math.isfinite(value):
        raise TypeError
    return float(value)


def _flag(value: object) -> bool:
    if not isinstance(value, bool | np.bool_):
        raise TypeError
    return bool(value)


def _listed(value: object) -> list[Any]:
    if not isinstance(value, list | tuple | np.ndarray):
        raise TypeError
    return list(value)


def _texts(value: object) -> tuple[str, ...]:
    return tuple(_text(one) for one in _listed(value))


_READERS: Mapping[PropertyType, Callable[[object], Value]] = {
    "text": _text,
    "date": _date,
    "datetime": _moment,
    "money": _whole,
    "number": _number,
    "whole": _whole,
    "flag": _flag,
    "texts": _texts,
}
