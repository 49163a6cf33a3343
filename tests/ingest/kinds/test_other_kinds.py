"""Divisions, accounts, phones, choices, shares, names."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphengine.household_relation import CODE_OF
from ingest.kinds import (
    ACCOUNT,
    DIVISION,
    FLAG,
    HOUSEHOLD_RELATION,
    NAME,
    NUMBER,
    PHONE,
    SHARE,
    TEXT,
    TEXTS,
    WHOLE,
    Kind,
    choice,
)
from tests.ingest.kinds.judged import judged

STATUS = choice("active 正常; moved 迁出")


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (DIVISION, "36", "360000000000"),
        (DIVISION, "361025", "361025000000"),
        (DIVISION, "361025101", "361025101000"),
        (DIVISION, "３６１０２５１０１２０１", "361025101201"),
        (DIVISION, "361025101201.0", "361025101201"),
        (ACCOUNT, "6228 4800 0012 3456", "6228480000123456"),
        (ACCOUNT, "6228-4800-0012-3456", "6228480000123456"),
        (ACCOUNT, "6230590000000002000", "6230590000000002000"),
        (PHONE, "+86 139-0000-1000", "13900001000"),
        (PHONE, "(0794)123 4567", "07941234567"),
        (PHONE, "12388", "12388"),
        (FLAG, "是", True),
        (FLAG, "N", False),
        (FLAG, "0", False),
        (STATUS, " 正常", "active"),
        (STATUS, "Moved", "moved"),
        (SHARE, "40%", 0.4),
        (SHARE, "４０％", 0.4),
        (SHARE, ".6", 0.6),
        (SHARE, "1", 1.0),
        (NUMBER, "1,234.5亩", 1234.5),
        (WHOLE, "1,000", 1000),
        (WHOLE, "8.0", 8),
        (NAME, "周\u3000敏", "周敏"),
        (NAME, "王 小 明", "王小明"),
        (NAME, "Anna  Maria Li", "Anna Maria Li"),
        (NAME, "阿依古丽•买买提", "阿依古丽·买买提"),
        (TEXT, "\u200b 修路 二期\u3000", "修路 二期"),
        (TEXT, "Ａ１栋", "A1栋"),
        (TEXTS, "低保申请； 危房改造;", "低保申请;危房改造"),
    ],
)
def test_values(kind: Kind, text: str, value: object) -> None:
    found = judged(kind, text)
    assert (found.value, found.broken) == (value, ())


@pytest.mark.parametrize(
    ("kind", "text", "problem"),
    [
        (DIVISION, "36102510", "division.length"),
        (DIVISION, "36102A", "division.characters"),
        (ACCOUNT, "6.22848E+15", "account.damaged"),
        (ACCOUNT, "622848000012.0", "account.damaged"),
        (ACCOUNT, "6228****3456", "account.invalid"),
        (PHONE, "无", "phone.invalid"),
        (PHONE, "13900001000/13900001001", "phone.invalid"),
        (FLAG, "也许", "choice.unknown"),
        (STATUS, "归档", "choice.unknown"),
        (SHARE, "140%", "share.range"),
        (SHARE, "40", "share.range"),
        (SHARE, "一半", "number.invalid"),
        (NUMBER, "1e3", "number.invalid"),
        (WHOLE, "1.5", "number.invalid"),
        (HOUSEHOLD_RELATION, "邻居的朋友", "relation.unknown"),
    ],
)
def test_broken_values(kind: Kind, text: str, problem: str) -> None:
    assert judged(kind, text).broken == (problem,)


@pytest.mark.parametrize("term", sorted(CODE_OF))
def test_every_term_of_the_standard_is_its_code(term: str) -> None:
    assert judged(HOUSEHOLD_RELATION, f" {term} ").value == CODE_OF[term]


@given(st.decimals(min_value=0, max_value=100, places=4))
def test_a_percentage_and_its_share_are_the_same(percent: Decimal) -> None:
    as_percent = judged(SHARE, f"{percent}%").value
    assert as_percent == judged(SHARE, str(percent.scaleb(-2))).value == float(percent.scaleb(-2))
