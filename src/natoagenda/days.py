"""A day as people type it: `10`, `2024-07-10`, `10 juli`, `July 10`, `woensdag`, `wed`.

`parse_day` reads a question such as these, in Dutch or English, and `Day.matches` answers it
for a date. Which days a meeting has is not known here.
"""

from __future__ import annotations

import datetime
import re

import msgspec

from natoagenda.errors import UsageError, shown
from natoagenda.text import fold

WEEKDAYS: tuple[tuple[str, ...], ...] = (
    ("maandag", "monday"), ("dinsdag", "tuesday"), ("woensdag", "wednesday"),
    ("donderdag", "thursday"), ("vrijdag", "friday"), ("zaterdag", "saturday"),
    ("zondag", "sunday"),
)  # fmt: skip
"""Dutch and English, from Monday."""
MONTHS: tuple[tuple[str, ...], ...] = (
    ("januari", "january"), ("februari", "february"), ("maart", "march", "mrt"),
    ("april",), ("mei", "may"), ("juni", "june"), ("juli", "july"), ("augustus", "august"),
    ("september", "sept"), ("oktober", "october"), ("november",), ("december",),
)  # fmt: skip
"""Dutch, English, and short forms that are no beginning of either."""
_SHORTEST_MONTH = 3
"""`jul` and `mei`; two letters (`ma`, `ju`) would be a weekday or ambiguous."""
_SHORTEST_WEEKDAY = 2
"""`wo` and `wed`; Dutch calendars print two letters."""

_FORMS: tuple[str, ...] = (
    r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})",  # 2024-07-10, 2024/7/10
    r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",  # 20240710
    r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})(?:[-/.](?P<year>\d{4}))?",  # 10-7-2024, 10/7
    r"(?:(?P<weekday>[a-z]+)\.? )?(?P<day>\d{1,2})(?:e|de|ste|st|nd|rd|th)?"
    r"(?: (?:of )?(?P<name>[a-z]+)\.?(?: (?P<year>\d{4}))?)?",  # wo 10 juli 2024, 10e
    r"(?:(?P<weekday>[a-z]+)\.? )?(?P<name>[a-z]+)\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?"
    r"(?: (?P<year>\d{4}))?",  # July 10, 2024 (the comma goes before)
    r"(?P<weekday>[a-z]+)\.?",  # woensdag
)


class Day(msgspec.Struct, frozen=True):
    """What a typed day says; None where it says nothing. `weekday` is 0 for Monday."""

    day: int | None = None
    month: int | None = None
    year: int | None = None
    weekday: int | None = None

    def matches(self, date: datetime.date) -> bool:
        """Whether `date` is such a day."""
        pairs = (
            (self.day, date.day),
            (self.month, date.month),
            (self.year, date.year),
            (self.weekday, date.weekday()),
        )
        return all(asked is None or asked == given for asked, given in pairs)


def parse_day(typed: str) -> Day:
    """Read a day as people type it.

    Raises:
        UsageError: where it is no day of the calendar.
    """
    text = " ".join(fold(typed).replace(",", " ").split()).removeprefix("the ")
    for form in _FORMS:
        match = re.fullmatch(form, text)
        day = _day_of(match.groupdict()) if match else None
        if day:
            return day
    forms = "10, 2024-07-10, '10 juli', 'July 10' or woensdag"
    raise UsageError(f"{shown(typed)} is not a day; type one such as {forms}")


_PERIODS: tuple[str, ...] = (
    r"(?P<year>\d{4})",  # 2023
    r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})",  # 2023-06
    r"(?P<month>\d{1,2})[-/.](?P<year>\d{4})",  # 6-2023
    r"(?P<name>[a-z]+)\.? (?P<year>\d{4})",  # juni 2023
)


def parse_period(typed: str) -> tuple[datetime.date, datetime.date]:
    """Read a year, a month of a year, or a day, as people type it.

    Returns:
        Its first and its last day.

    Raises:
        UsageError: where it is none of these, or its year is not given.
    """
    text = " ".join(fold(typed).replace(",", " ").split())
    for form in _PERIODS:
        match = re.fullmatch(form, text)
        period = _period_of(match.groupdict()) if match else None
        if period:
            return period
    try:
        day = parse_day(typed)
        date = datetime.date(day.year or 0, day.month or 0, day.day or 0)
    except (UsageError, ValueError) as error:
        forms = "2023, 2023-06, 'juni 2023' or 2023-06-30"
        raise UsageError(f"{shown(typed)} is not a period; type one such as {forms}") from error
    return date, date


def _period_of(found: dict[str, str | None]) -> tuple[datetime.date, datetime.date] | None:
    """Turn the parts that a form found into first and last day, or None where they are none."""
    year, month = _number(found.get("year")), _number(found.get("month"))
    if name := found.get("name"):
        month = month_number(name)
        if month is None:
            return None
    assert year is not None
    try:
        first = datetime.date(year, month or 1, 1)
        if month in (None, 12):
            return first, datetime.date(year, 12, 31)
        return first, first.replace(month=first.month + 1) - datetime.timedelta(days=1)
    except ValueError:
        return None


def _day_of(found: dict[str, str | None]) -> Day | None:
    """Turn the parts that a form found into a day, or None where they are none."""
    month = _number(found.get("month"))
    if name := found.get("name"):
        month = month_number(name)
        if month is None:
            return None
    weekday = None
    if name := found.get("weekday"):
        weekday = _index(name, WEEKDAYS, _SHORTEST_WEEKDAY)
        if weekday is None:
            return None
    day, year = _number(found.get("day")), _number(found.get("year"))
    if day is not None:
        try:
            # A leap year and a month of 31 days where none is given: 29 and 31 are days.
            datetime.date(2024 if year is None else year, 1 if month is None else month, day)
        except ValueError:
            return None
    return Day(day, month, year, weekday)


def month_number(name: str) -> int | None:
    """The number of a month, from 1, by its folded name or the beginning of it."""
    at = _index(name, MONTHS, _SHORTEST_MONTH)
    return None if at is None else at + 1


def _number(digits: str | None) -> int | None:
    return None if digits is None else int(digits)


def _index(name: str, names: tuple[tuple[str, ...], ...], shortest: int) -> int | None:
    """Which of `names` begins with `name`; None where none does or several do."""
    if len(name) < shortest:
        return None
    found = [i for i, known in enumerate(names) if any(word.startswith(name) for word in known)]
    return found[0] if len(found) == 1 else None
