"""Dates and times in all the forms of the contract."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.kinds import DATE, MOMENT, PERIOD
from tests.ingest.kinds.judged import judged, judged_all

DAYS = st.dates(min_value=date(1800, 1, 1), max_value=date(2199, 12, 31))
MOMENTS = st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2100, 1, 1)).map(  # noqa: DTZ001 local
    lambda moment: moment.replace(microsecond=0)
)


@given(st.lists(DAYS, min_size=1, max_size=10))
def test_every_form_of_a_day_is_that_day(days: list[date]) -> None:
    for form in (
        "{:%Y-%m-%d}",
        "{0.year:04}/{0.month}/{0.day}",
        "{0:%Y%m%d}",
        "{0.year:04}年{0.month}月{0.day}日",
        "{0.year:04}.{0.month:02}.{0.day:02}",
        " {0:%Y-%m-%d} 00:00:00",
    ):
        found = judged_all(DATE, [form.format(day) for day in days])
        assert [f.value for f in found] == days


@given(st.dates(min_value=date(1927, 5, 18), max_value=date(2173, 10, 13)))
def test_a_spreadsheets_serial_is_its_day(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    assert judged(DATE, str(serial)).value == day


@given(st.lists(MOMENTS, min_size=1, max_size=10))
def test_every_form_of_a_moment_is_that_moment(moments: list[datetime]) -> None:
    for form in (
        "%Y-%m-%d %H:%M:%S",
        "%Y/%m/%d %H:%M:%S",
        "%Y年%m月%d日 %H:%M:%S",
        "%Y%m%d %H:%M:%S",
        "%Y%m%d%H%M%S",
        "%Y-%m-%dT%H:%M:%S",
        "%Y年%m月%d日%H时%M分%S秒",
    ):
        found = judged_all(MOMENT, [m.strftime(form) for m in moments])
        assert [f.value for f in found] == moments


@given(MOMENTS, st.integers(-12 * 4, 14 * 4))
def test_a_zone_is_brought_to_local_time(moment: datetime, quarters: int) -> None:
    zone = timedelta(minutes=15 * quarters)
    sign = "-" if quarters < 0 else "+"
    minutes = abs(15 * quarters)
    text = f"{moment.isoformat()}{sign}{minutes // 60:02}:{minutes % 60:02}"
    local = (moment - zone).replace(tzinfo=UTC).astimezone(ZoneInfo("Asia/Shanghai"))
    assert judged(MOMENT, text).value == local.replace(tzinfo=None)


@given(st.integers(1800, 2199), st.integers(0, 19), st.integers(0, 39))
def test_days_that_never_were_are_refused(year: int, month: int, day: int) -> None:
    try:
        real: date | None = date(year, month, day)
    except ValueError:
        real = None
    found = judged(DATE, f"{year}-{month}-{day}")
    assert found.value == real
    assert found.broken == (() if real else ("date.invalid",))


@pytest.mark.parametrize(
    "text", ["24-3-5", "2024", "2024-03/05", "昨天", "2024-03-05 25:00:00", "1234", "2024-3-5-1"]
)
def test_unclear_days_are_refused(text: str) -> None:
    assert judged(DATE, text).broken == ("date.invalid",)


@pytest.mark.parametrize("text", ["2024-03-05 24:00:00", "2024-03-05 9:60", "2024-03-05 23:59:60"])
def test_times_that_no_clock_shows_are_refused(text: str) -> None:
    assert judged(MOMENT, text).broken == ("date.invalid",)


def test_fractions_of_a_second_are_kept() -> None:
    found = judged(MOMENT, "2024-03-05T09:30:00.25Z")
    assert found.value == datetime(2024, 3, 5, 17, 30, 0, 250_000)  # noqa: DTZ001 local
    assert judged(MOMENT, "2024-03-05 17:30:00.250").tidy == found.tidy


def test_half_a_serial_day_is_noon() -> None:
    assert judged(MOMENT, "45021.5").value == datetime(2023, 4, 5, 12)  # noqa: DTZ001 local


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2024", "2024"),
        ("2024年", "2024"),
        ("2024-3", "2024-03"),
        ("2024年03月", "2024-03"),
        ("202403", "2024-03"),
        ("2024.3", "2024-03"),
        ("2024-03-01 00:00:00", "2024-03"),
    ],
)
def test_periods(text: str, period: str) -> None:
    assert judged(PERIOD, text).value == period


@pytest.mark.parametrize("text", ["2024-13", "2024-00", "24-03", "三月", "2024-03-02"])
def test_unclear_periods_are_refused(text: str) -> None:
    assert judged(PERIOD, text).broken == ("period.invalid",)
