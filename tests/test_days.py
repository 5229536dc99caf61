"""A day as people type it: which dates it means, and what is no day."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from natoagenda import days
from natoagenda.days import Day, parse_day
from natoagenda.errors import UsageError

SUMMIT = tuple(datetime.date(2024, 7, day) for day in (9, 10, 11))
"""A Tuesday, a Wednesday and a Thursday."""

DUTCH_DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
ENGLISH_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DUTCH_MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september",
    "oktober", "november", "december",
)  # fmt: skip
ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def of_july(typed: str) -> list[int]:
    """The days of the summit that are meant."""
    day = parse_day(typed)
    return [date.day for date in SUMMIT if day.matches(date)]


@pytest.mark.parametrize(
    "typed",
    [
        "10", " 10 ", "10e", "10de", "10th", "10E", "１０",
        "2024/07/10", "20240710", "the 10th",
        "2024-07-10", "2024-7-10", "10-07-2024", "10-7-2024", "10/07/2024", "10.7.2024", "10-7",
        "10/7", "10.07", "2024–07–10",
        "10 juli", "10 juli 2024", "10 jul", "10 jul.", "10 jul. 2024", "10e juli", "10 JULI",
        "10 July", "10th July", "10th of July", "10 of July 2024", "10 july, 2024",
        "July 10", "July 10th", "July 10, 2024", "Jul 10", "Jul. 10", "juli 10",
        "woensdag", "Woensdag", "WOENSDAG", "woensd", "woe", "wo", "wo.", "Wednesday", "wed",
        "Wed.", "we", "wednes",
        "wo 10", "wo. 10", "wed 10", "woensdag 10 juli", "woensdag, 10 juli 2024",
        "wo 10 jul. 2024",
        "Wednesday 10 July 2024", "Wednesday, July 10, 2024", "Wed, Jul 10", "Wed. Jul. 10th, 2024",
    ],
)  # fmt: skip
def test_10_july_2024_in_many_forms(typed: str) -> None:
    assert of_july(typed) == [10]


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("9", [9]),
        ("09", [9]),
        ("11", [11]),
        ("di", [9]),
        ("dinsdag", [9]),
        ("tu", [9]),
        ("Tue", [9]),
        ("do", [11]),
        ("donderdag", [11]),
        ("th", [11]),
        ("Thursday", [11]),
        ("12", []),
        ("ma", []),
        ("10 juni", []),
        ("10-06", []),
        ("10 juli 2023", []),
        ("2023-07-10", []),
        ("do 10", []),
        ("Thursday, July 10", []),
        ("31", []),
    ],
)
def test_other_days_of_the_summit(typed: str, days: list[int]) -> None:
    assert of_july(typed) == days


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("10", Day(day=10)),
        ("31", Day(day=31)),
        ("1ste", Day(day=1)),
        ("1st", Day(day=1)),
        ("2nd", Day(day=2)),
        ("3rd", Day(day=3)),
        ("22ste", Day(day=22)),
        ("wo", Day(weekday=2)),
        ("zo", Day(weekday=6)),
        ("sun", Day(weekday=6)),
        ("za 13", Day(day=13, weekday=5)),
        ("29 feb", Day(day=29, month=2)),
        ("29 februari 2024", Day(day=29, month=2, year=2024)),
        ("1 mrt", Day(day=1, month=3)),
        ("1 maa", Day(day=1, month=3)),
        ("mar 1", Day(day=1, month=3)),
        ("mei 1", Day(day=1, month=5)),
        ("may 1", Day(day=1, month=5)),
        ("1 sept 2025", Day(day=1, month=9, year=2025)),
        ("1 okt", Day(day=1, month=10)),
        ("1 oct", Day(day=1, month=10)),
        ("5-4", Day(day=5, month=4)),
        ("5/4/2023", Day(day=5, month=4, year=2023)),
    ],
)
def test_what_is_typed_says_no_more_than_it_says(typed: str, day: Day) -> None:
    assert parse_day(typed) == day


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", ",", "?", "-", "today", "vandaag", "morgen", "avond", "19:00", "2%",
        "0", "32", "99", "100", "-1", "1.5.6", "10 10", "10-", "-10", "10,7",
        "2024-02-30", "2023-02-29", "2024-13-01", "2024-00-10", "2024-07-00", "0000-07-10",
        "31-6", "30 februari", "29 februari 2023", "31 april", "10-13", "32 juli",
        "juli", "July", "july 2024", "2024", "2024-07", "10 juli 24", "10-7-24",
        "d", "t", "w", "m", "wednesdays", "woensdagen", "wodan", "10 ju", "ju 10", "ma 10 xyz",
        "10 xyz", "xyz 10", "xyz", "xyz 10 juli", "10 juli 2024 woensdag", "10 juli 11",
        "July 32", "July 0", "woensdag juli", "wo wo",
    ],
)  # fmt: skip
def test_what_is_no_day_is_said_to_be_none(typed: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_day(typed)
    assert str(caught.value) == (
        f"{typed!r} is not a day; type one such as 10, 2024-07-10, '10 juli', 'July 10' or woensdag"
    )


@pytest.mark.parametrize("names", [DUTCH_DAYS, ENGLISH_DAYS])
def test_every_weekday_in_full_and_from_two_letters(names: tuple[str, ...]) -> None:
    for index, name in enumerate(names):
        for length in range(2, len(name) + 1):
            assert parse_day(name[:length]) == Day(weekday=index)
            assert parse_day(f"{name[:length]}.") == Day(weekday=index)


@pytest.mark.parametrize("names", [DUTCH_MONTHS, ENGLISH_MONTHS])
def test_every_month_in_full_and_from_three_letters(names: tuple[str, ...]) -> None:
    for month, name in enumerate(names, start=1):
        for length in range(3, len(name) + 1):
            assert parse_day(f"7 {name[:length]}") == Day(day=7, month=month)


FORMS = (
    "{d}", "{d:02}", "{d}e", "{d}ste", "{d}th",
    "{y:04}-{m:02}-{d:02}", "{y:04}-{m}-{d}", "{d:02}-{m:02}-{y:04}", "{d}/{m}/{y:04}",
    "{d}.{m}.{y:04}", "{d}-{m}", "{d}/{m}",
    "{d} {month}", "{d} {month} {y:04}", "{d} {month:.3}", "{d} {month:.3}. {y:04}",
    "{d} {Month}", "{d}th of {Month}, {y:04}", "{Month} {d}", "{Month} {d}, {y:04}",
    "{Month:.3} {d}th", "{Month:.3}. {d}, {y:04}",
    "{weekday}", "{Weekday}", "{weekday:.2}", "{weekday:.2}.", "{Weekday:.3}", "{Weekday:.3}.",
    "{weekday} {d}", "{weekday:.2} {d} {month}", "{weekday}, {d} {month} {y:04}",
    "{Weekday}, {Month} {d}, {y:04}", "{Weekday:.3} {d} {Month:.3} {y:04}",
)  # fmt: skip
"""Ways to write a date; `m`, `month` and `weekday` are Dutch, with a capital English."""


@settings(max_examples=300)
@given(
    date=st.dates(datetime.date(1, 1, 2), datetime.date(9999, 12, 30)),
    form=st.sampled_from(FORMS),
    change=st.sampled_from([str.lower, str.upper, str.title, str]),
)
def test_a_written_date_means_itself_and_not_its_neighbours(
    date: datetime.date, form: str, change: Callable[[str], str]
) -> None:
    typed = form.format(
        d=date.day,
        m=date.month,
        y=date.year,
        month=DUTCH_MONTHS[date.month - 1],
        Month=ENGLISH_MONTHS[date.month - 1],
        weekday=DUTCH_DAYS[date.weekday()],
        Weekday=ENGLISH_DAYS[date.weekday()],
    )
    day = parse_day(change(typed))
    assert day.matches(date)
    for step in (-1, 1):
        assert not day.matches(date + datetime.timedelta(days=step))


def day_or_error(typed: str) -> Day | UsageError:
    try:
        return parse_day(typed)
    except UsageError as error:
        return error


def exists(year: int, month: int, number: int) -> bool:
    try:
        datetime.date(year, month, number)
    except ValueError:
        return False
    return True


@settings(max_examples=300)
@given(
    st.text(max_size=20)
    | st.text(alphabet="0123456789-/. ,ethdjulwoa", max_size=14)
    | st.from_regex(r"\d{1,5}[-/. ]\d{1,3}[-/. ]\d{1,5}", fullmatch=True)
)
def test_arbitrary_text_is_a_day_or_said_to_be_none(typed: str) -> None:
    day = day_or_error(typed)
    if isinstance(day, UsageError):
        assert repr(typed) in str(day)
        return
    assert day != Day()
    # A day of the calendar: some date is meant, unless its weekday falls on no such date.
    years = [day.year] if day.year is not None else range(2000, 2028)
    dates = [
        datetime.date(year, month, number)
        for year in years
        for month in range(1, 13)
        for number in range(1, 32)
        if exists(year, month, number)
    ]
    assert day.weekday is not None or any(map(day.matches, dates))


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2023", "2023-01-01", "2023-12-31"),
        ("2023-06", "2023-06-01", "2023-06-30"),
        ("2024/2", "2024-02-01", "2024-02-29"),
        ("12-2023", "2023-12-01", "2023-12-31"),
        ("juni 2023", "2023-06-01", "2023-06-30"),
        ("Sept. 2023", "2023-09-01", "2023-09-30"),
        ("february 2023", "2023-02-01", "2023-02-28"),
        ("2023-06-30", "2023-06-30", "2023-06-30"),
        ("30 juni 2023", "2023-06-30", "2023-06-30"),
        ("July 10, 2024", "2024-07-10", "2024-07-10"),
        ("20240710", "2024-07-10", "2024-07-10"),
        ("  2023 ", "2023-01-01", "2023-12-31"),
    ],
)
def test_a_period_is_a_year_a_month_or_a_day(typed: str, first: str, last: str) -> None:
    assert [str(date) for date in days.parse_period(typed)] == [first, last]


@pytest.mark.parametrize(
    "typed",
    ["", "10", "10 juli", "woensdag", "0000", "2023-13", "2023-02-30", "ju 2023", "soon", "20233"],
)
def test_what_is_no_period_is_wrong_usage(typed: str) -> None:
    with pytest.raises(UsageError, match="is not a period; type one such as 2023, 2023-06"):
        days.parse_period(typed)


def test_the_last_month_of_all() -> None:
    assert str(days.parse_period("9999-12")[1]) == "9999-12-31"
    assert str(days.parse_period("9999")[1]) == "9999-12-31"
