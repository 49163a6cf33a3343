"""Resident IDs, company codes and the numbers of parties; scalar functions are the oracle."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphengine.identifiers import USCC_ALPHABET, resident_check_digit, uscc_check_character
from graphengine.specimen import company_code, resident_id
from ingest.kinds import COMPANY_CODE, PARTY, RESIDENT_ID
from tests.ingest.kinds.judged import judged, judged_all

BORN = st.dates(min_value=date(1880, 1, 1), max_value=datetime.now(UTC).date())
FULL_WIDTH = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")


@st.composite
def numbers(draw: st.DrawFn) -> str:
    area = draw(st.integers(110_000, 659_999))
    order = draw(st.integers(0, 999))
    first = f"{area}{draw(BORN):%Y%m%d}{order:03d}"
    return first + resident_check_digit(first)


@given(st.lists(numbers(), min_size=1, max_size=10))
def test_a_number_is_the_same_in_every_form(made: list[str]) -> None:
    for written in (
        str,
        str.lower,
        lambda n: n.translate(FULL_WIDTH),
        lambda n: f" {n[:6]} {n[6:]}",
        lambda n: f"'{n}",
        lambda n: f'="{n}"',
        lambda n: f"\ufeff{n}\t",
    ):
        found = judged_all(RESIDENT_ID, [written(number) for number in made])
        assert [f.value for f in found] == made


@given(numbers(), st.integers(0, 10))
def test_only_the_right_check_digit_passes(number: str, digit: int) -> None:
    other = number[:17] + "0123456789X"[digit]
    broken = judged(RESIDENT_ID, other).broken
    if other == number:
        assert broken == ()
    else:
        assert broken[0] in ("resident_id.check_digit", "resident_id.damaged")


@given(st.integers(0, 10**17 - 1))
def test_the_birth_date_is_a_real_one(figure: int) -> None:
    first = f"{figure:017d}"
    try:
        born = datetime.strptime(first[6:14], "%Y%m%d").replace(tzinfo=UTC)
        real = born.year >= 1880 and born <= datetime.now(UTC)
    except ValueError:
        real = False
    broken = judged(RESIDENT_ID, first + resident_check_digit(first)).broken
    assert broken == (() if real else ("resident_id.birth_date",))


@given(numbers().filter(lambda n: n[6:8] == "19"))
def test_fifteen_digits_are_brought_to_eighteen(number: str) -> None:
    assert judged(RESIDENT_ID, number[:6] + number[8:17]).value == number


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("3.61025E+17", "resident_id.damaged"),
        ("361025197001010010.0", "resident_id.damaged"),
        ("361025197001020000", "resident_id.damaged"),
        ("36102519700101001", "resident_id.length"),
        ("3610251970010100123", "resident_id.length"),
        ("36102519700101001A", "resident_id.characters"),
        ("X61025197001010012", "resident_id.characters"),
        ("护照", "resident_id.length"),
    ],
)
def test_every_break_has_its_name(text: str, problem: str) -> None:
    assert judged(RESIDENT_ID, text).broken[0] == problem


@given(st.text(alphabet=USCC_ALPHABET, min_size=17, max_size=17), st.sampled_from(USCC_ALPHABET))
def test_only_the_right_check_character_passes(first: str, last: str) -> None:
    broken = judged(COMPANY_CODE, first + last).broken
    right = uscc_check_character(first) == last
    assert broken == (() if right else ("uscc.check_character",))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("9136", "uscc.length"),
        ("91361025MAO0012010", "uscc.characters"),
        ("9.1361E+17", "uscc.damaged"),
    ],
)
def test_broken_company_codes(text: str, problem: str) -> None:
    assert judged(COMPANY_CODE, text).broken == (problem,)


def test_a_party_may_be_anyone() -> None:
    for number in (resident_id("chen"), company_code("firm"), "361025101201-VC"):
        assert judged(PARTY, number.lower()).value == number


@given(numbers())
def test_a_broken_person_is_judged_as_a_person(number: str) -> None:
    wrong = number[:17] + ("0" if number[17] != "0" else "1")
    assert judged(PARTY, wrong).broken in (("resident_id.check_digit",), ())
    assert (judged(PARTY, wrong).broken == ()) == (judged(COMPANY_CODE, wrong).broken == ())


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("E12345678", "party.unknown"),
        ("361025661312011", "party.unknown"),
        ("3.6E+17", "party.damaged"),
        ("91350100M000100Y4X", "uscc.check_character"),
    ],
)
def test_broken_parties(text: str, problem: str) -> None:
    assert judged(PARTY, text).broken == (problem,)
