from datetime import date, datetime

import pyarrow as pa
import pytest

from graphengine.store.conditions import Operand, holds
from graphengine.store.pattern import Operator

_TEXTS = pa.array(["甲", "乙", None])
_LISTS = pa.array([["甲", "丙"], ["甲"], ["乙"]], pa.list_(pa.string()))
_DAYS = pa.array([date(2024, 1, 1), date(2024, 1, 2), None])
_TIMES = pa.array([datetime(2024, 1, 1), datetime(2024, 1, 2, 9), None])  # noqa: DTZ001 - registers state local time
_WHOLES = pa.array([1, 2, None])


@pytest.mark.parametrize(
    ("left", "operator", "right", "expected"),
    [
        (_WHOLES, "<>", 1, [False, True, False]),
        (_WHOLES, "<=", 1.5, [True, False, False]),
        (2, ">", _WHOLES, [True, False, False]),
        (_WHOLES, "=", "1", [False, False, False]),
        (_WHOLES, "<>", "1", [True, True, False]),
        (_WHOLES, "<", "5", [False, False, False]),
        (_TEXTS, "IN", _LISTS, [True, False, False]),
        ("甲", "IN", _LISTS, [True, True, False]),
        (_TEXTS, "IN", ("乙", "丁"), [False, True, False]),
        (_TEXTS, "IN", (1, 2), [False, False, False]),
        (_TEXTS, "IN", "甲", [False, False, False]),
        (_TEXTS, "STARTS WITH", "甲", [True, False, False]),
        (_TEXTS, "STARTS WITH", pa.array(["甲", "甲", "甲"]), [True, False, False]),
        (_WHOLES, "STARTS WITH", "1", [False, False, False]),
        (_DAYS, ">=", date(2024, 1, 2), [False, True, False]),
        (_TIMES, ">=", datetime(2024, 1, 2, 9), [False, True, False]),  # noqa: DTZ001 - local
        (_TIMES, ">=", date(2024, 1, 1), [False, False, False]),
        (_LISTS, "=", ("甲", "丙"), [True, False, False]),
        (pa.nulls(3), "<>", 1, [False, False, False]),
        (pa.nulls(3), "=", pa.nulls(3), [False, False, False]),
        (1, "=", 1, [True, True, True]),
    ],
)
def test_comparisons_are_those_of_cypher(
    left: Operand, operator: Operator, right: Operand, expected: list[bool]
) -> None:
    assert holds(left, operator, right, 3).tolist() == expected
