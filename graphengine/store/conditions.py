"""Conditions of a path pattern over whole columns of values, as Cypher means them.

A comparison with null fails; so does an order between values of different types, which are unequal.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, Literal, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from graphengine.store.pattern import Operator

Scalar = str | int | float | bool | date | datetime | timedelta
Operand: TypeAlias = pa.Array | Scalar | tuple[Scalar, ...]
"""One value per row (an Arrow array with nulls), or one value, or one list, for all."""
Holds = NDArray[np.bool_]

Family = Literal["text", "number", "flag", "date", "moment", "list", "other"]
_FAMILIES: tuple[tuple[Callable[[pa.DataType], bool], Family], ...] = (
    (pa.types.is_string, "text"),
    (pa.types.is_boolean, "flag"),
    (pa.types.is_integer, "number"),
    (pa.types.is_floating, "number"),
    (pa.types.is_date, "date"),
    (pa.types.is_timestamp, "moment"),
    (pa.types.is_list, "list"),
)
_ORDERS: dict[Operator, Callable[[Any, Any], pa.Array]] = {
    "=": pc.equal,
    "<>": pc.not_equal,
    "<": pc.less,
    "<=": pc.less_equal,
    ">": pc.greater,
    ">=": pc.greater_equal,
}


def holds(left: Operand, operator: Operator, right: Operand, rows: int) -> Holds:
    """Return per row whether a comparison holds.

    >>> holds(pa.array([1, None, 3]), ">=", 2, 3).tolist()
    [False, False, True]
    """
    if operator == "IN":
        return _among(_column(left, rows), right, rows)
    if operator == "STARTS WITH":
        return _begins(_column(left, rows), right, rows)
    return _compared(_column(left, rows), operator, _column(right, rows))


def _compared(left: pa.Array, operator: Operator, right: pa.Array) -> Holds:
    if _family(left) == _family(right) not in {"list", "other"}:
        return _true(_ORDERS[operator](left, right))
    if operator not in {"=", "<>"}:
        return np.zeros(len(left), dtype=np.bool_)
    pairs = zip(left.to_pylist(), right.to_pylist(), strict=True)
    equal = operator == "="
    said = (None not in {_is(a), _is(b)} and (a == b) == equal for a, b in pairs)
    return np.fromiter(said, np.bool_, len(left))


def _is(value: object) -> bool | None:
    return None if value is None else True


def _among(left: pa.Array, right: Operand, rows: int) -> Holds:
    if isinstance(right, tuple):
        fits = [v for v in right if _family(_scalar(v)) == _family(left)]
        return _true(pc.is_in(left, value_set=pa.array(fits, left.type)) if fits else _no(rows))
    lists = _column(right, rows)
    if _family(lists) != "list":
        return _true(_no(rows))
    of = pc.list_parent_indices(lists)
    same = _compared(left.take(of), "=", pc.list_flatten(lists))
    found = np.zeros(rows, dtype=np.bool_)
    found[of.to_numpy()[same]] = True
    return found


def _begins(left: pa.Array, right: Operand, rows: int) -> Holds:
    if _family(left) != "text":
        return _true(_no(rows))
    if isinstance(right, str):
        return _true(pc.starts_with(left, pattern=right))
    begins = _column(right, rows)
    if _family(begins) != "text":
        return _true(_no(rows))
    pairs = zip(left.to_pylist(), begins.to_pylist(), strict=True)
    said = (a is not None and b is not None and a.startswith(b) for a, b in pairs)
    return np.fromiter(said, np.bool_, rows)


def _column(said: Operand, rows: int) -> pa.Array:
    if isinstance(said, pa.Array):
        return said
    if isinstance(said, tuple):
        return pa.array([list(said)] * rows)
    return pa.repeat(_scalar(said), rows)


def _scalar(value: Scalar) -> pa.Scalar:
    return pa.scalar(value)


def _family(said: pa.Array | pa.Scalar) -> Family:
    return next((name for test, name in _FAMILIES if test(said.type)), "other")


def _no(rows: int) -> pa.Array:
    return pa.repeat(pa.scalar(value=False), rows)


def _true(said: pa.Array) -> Holds:
    return np.asarray(
        pc.fill_null(said, pa.scalar(value=False)).to_numpy(zero_copy_only=False), np.bool_
    )
