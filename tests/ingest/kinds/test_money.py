"""Money is exact to the fen, however it is written."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.kinds import MONEY, POSITIVE_MONEY
from tests.ingest.kinds.judged import judged, judged_all

FEN = st.integers(min_value=-(10**14), max_value=10**14)


def yuan(fen: int) -> str:
    return str(Decimal(fen).scaleb(-2).quantize(Decimal("0.01")))


@given(st.lists(FEN, min_size=1, max_size=20))
def test_every_way_of_writing_gives_the_same_fen(amounts: list[int]) -> None:
    for written in (
        yuan,
        lambda fen: f"{Decimal(fen).scaleb(-2):,.2f}",
        lambda fen: f" ￥{yuan(fen)}元 ",
        lambda fen: yuan(fen).translate(str.maketrans("0123456789.-", "０１２３４５６７８９．－")),
        lambda fen: f"{Decimal(fen).scaleb(-6):.6f}万元",
        lambda fen: f"{Decimal(fen).scaleb(-10):.10f}亿",
    ):
        found = judged_all(MONEY, [written(fen) for fen in amounts])
        assert [f.value for f in found] == amounts
        assert all(not f.broken for f in found)


@given(st.text(alphabet="0123456789.,-+ ¥元万亿()eE", max_size=12))
def test_what_is_accepted_is_what_a_decimal_says(text: str) -> None:
    found = judged(MONEY, text)
    if found.value is not None and not set(text) & set("¥元万亿"):
        plain = "".join(text.split()).replace(",", "")
        assert Decimal(plain) * 100 == found.value


@pytest.mark.parametrize(
    "text",
    [
        "三百元整",
        "12.345",
        "1.2345678万",
        "1,23.50",
        "12,34",
        "1e5",
        ".",
        "-",
        "1.2.3",
        "9" * 17,
        "万",
    ],
)
def test_unclear_amounts_are_refused(text: str) -> None:
    assert judged(MONEY, text).broken == ("money.invalid",)


def test_trailing_zeros_are_no_third_decimal() -> None:
    assert judged(MONEY, "12.3400").value == 1234


def test_brackets_have_their_own_remedy() -> None:
    assert judged(MONEY, "（500.00）").broken == ("money.brackets",)


@pytest.mark.parametrize("text", ["0", "0.00", "-500", "￥-0.01"])
def test_payments_are_above_zero(text: str) -> None:
    assert judged(MONEY, text).broken == ()
    assert judged(POSITIVE_MONEY, text).broken == ("money.not_positive",)


def test_minus_zero_is_zero() -> None:
    assert judged(MONEY, "-0.00").tidy == "0.00"


def test_empty_is_empty() -> None:
    assert judged(MONEY, " \u3000").tidy is None
