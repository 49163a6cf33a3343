"""Identity numbers made by the million agree with the check digits of one at a time."""

import numpy as np
import pytest

from graphengine.identifiers import resident_check_digit, uscc_check_character
from ingest.demo.calendar import day
from ingest.demo.numbers import account_numbers, company_codes, phone_numbers, resident_ids


def test_resident_ids_carry_area_birthday_and_sex() -> None:
    born = np.array([day(1966, 3, 12), day(1966, 3, 12), day(2004, 2, 29)])
    male = np.array([True, True, False])
    numbers = resident_ids(np.array([361025, 361025, 350428]), born, male).to_list()
    assert [n[:14] for n in numbers] == ["36102519660312"] * 2 + ["35042820040229"]
    assert [int(n[16]) % 2 for n in numbers] == [1, 1, 0]
    assert len(set(numbers)) == 3
    assert all(resident_check_digit(n[:17]) == n[17] for n in numbers)


def test_a_birthday_holds_five_hundred_of_one_sex() -> None:
    def made(count: int) -> int:
        area, born = np.full(count, 361025), np.full(count, day(1970))
        return resident_ids(area, born, np.ones(count, dtype=bool)).n_unique()

    assert made(500) == 500
    with pytest.raises(ValueError, match="share one birthday"):
        made(501)


def test_credit_codes_are_distinct_and_valid() -> None:
    codes = company_codes(5000, 361025, 17).to_list()
    assert len(set(codes)) == 5000
    assert all(uscc_check_character(c[:17]) == c[17] for c in codes)


@pytest.mark.parametrize(("maker", "width"), [(phone_numbers, 11), (account_numbers, 19)])
def test_phones_and_accounts_are_distinct(maker: object, width: int) -> None:
    assert callable(maker)
    numbers = maker(200_000, 123_456_789_012).to_list()
    assert len(set(numbers)) == 200_000
    assert {len(n) for n in numbers} == {width}
