"""The days that a Dutch text gives: `9 tot 11 juli 2024`, `14–15 september`, `26/27 april`.

A day is found as printed; its year comes from the text, or from who asks.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

import msgspec

from natoagenda import bounds
from natoagenda import days as days_typed
from natoagenda.days import WEEKDAYS
from natoagenda.text import fold

MONTHS = tuple(names[0] for names in days_typed.MONTHS)
"""Dutch, from January."""
_SHORT = "febr sept jan feb mrt apr jun jul aug sep okt nov dec".split()

_WEEKDAY = "|".join(names[0] for names in WEEKDAYS)
_MONTH = "|".join((*MONTHS, *_SHORT))
_ONE = rf"(?:(?P<w{{0}}>{_WEEKDAY})\s+)?(?P<d{{0}}>\d{{{{1,2}}}})(?:e|ste|de)?(?![\d:])"
_NAME = rf"(?:\s+(?P<m{{0}}>{_MONTH})\b\.?(?:\s+(?P<y{{0}}>(?:19|20)\d\d))?)"
_JOINS = r"\s*(?P<join>t/m|tot\s+en\s+met|tot|en|-|–|—|/|,(?=\s))\s*"
_SPAN = re.compile(
    r"(?<![\d,.%-])"
    + _ONE.format("a")
    + _NAME.format("a")
    + r"?(?:"
    + _JOINS
    + _ONE.format("b")
    + r"(?:\s*(?:en|,)\s*(?P<dc>\d{1,2}))?"
    + _NAME.format("b")
    + r")?",
    re.IGNORECASE,
)
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})[-./](\d{1,2})[-./]((?:19|20)\d\d)(?!\d)")
_YEAR = re.compile(r"(?<![\d-])(?:19|20)\d\d(?![\d-])")


class Days(msgspec.Struct, frozen=True, kw_only=True):
    """A day or a span of days in a text.

    Attributes:
        start: offset of its first character.
        end: offset after its last.
        first: (year or None, month, day).
        last: the same, equal to `first` for one day.
        weekdays: of the first and of the last day where printed, 0 for Monday.
    """

    start: int
    end: int
    first: tuple[int | None, int, int]
    last: tuple[int | None, int, int]
    weekdays: tuple[int | None, int | None]

    @property
    def year(self) -> int | None:
        """The year that is printed, or None."""
        return self.last[0] or self.first[0]

    def dates(self, year: int) -> tuple[datetime.date, datetime.date] | None:
        """First and last day, `year` standing in; None where no meeting can have such days."""
        own = self.year or year
        try:
            last = datetime.date(self.last[0] or own, *self.last[1:])
            first = datetime.date(self.first[0] or last.year, *self.first[1:])
        except ValueError:
            return None
        if first.month > last.month and first > last and self.first[0] is None:
            first = first.replace(year=first.year - 1)  # 30 december tot 2 januari 2025
        return (first, last) if first <= last and bounds.has(first) and bounds.has(last) else None


def days(text: str) -> tuple[Days, ...]:
    """All days and spans of days in a text, in reading order."""
    found = []
    for match in _SPAN.finditer(text):
        if not (match["ma"] or match["mb"]):
            continue
        # "10 juli": where only the second day has a month, it is the first one's too
        second = match["db"] if match["mb"] else None
        month = _month(match["ma"] or match["mb"])
        later = _month(match["mb"] or match["ma"])
        year = _number(match["ya"])
        end = match.end() if second else match.end("ya") if match["ya"] else match.end("ma")
        if second is None and match["ma"] is None:
            continue
        first = (year, month, int(match["da"]))
        last_year = _number(match["yb"]) if second else year
        last = (last_year, later, int(match["dc"] or second)) if second else first
        if not all(1 <= day <= 31 for day in (first[2], last[2])):
            continue
        weekdays = (_weekday(match["wa"]), _weekday(match["wb"]) if second else None)
        found.append(
            Days(
                start=match.start(), end=end, first=first, last=last, weekdays=weekdays,
            )
        )  # fmt: skip
    for match in _NUMERIC.finditer(text):
        day, month, year = (int(part) for part in match.groups())
        if 1 <= month <= 12 and 1 <= day <= 31:
            one = (year, month, day)
            found.append(
                Days(start=match.start(), end=match.end(), first=one, last=one,
                     weekdays=(None, None))
            )  # fmt: skip
    return tuple(sorted(found, key=lambda item: item.start))


def last_end(text: str) -> int | None:
    """Where the last day with a year ends in a text; None where there is none."""
    ends = [item.end for item in days(text) if item.year]
    return ends[-1] if ends else None


def years(text: str) -> tuple[int, ...]:
    """The years that a text prints, in reading order."""
    return tuple(int(match[0]) for match in _YEAR.finditer(text))


def wrong_weekdays(item: Days, first: datetime.date, last: datetime.date) -> Sequence[str]:
    """What a text says of a weekday that the calendar does not: a sentence for each."""
    found = []
    for printed, date in zip(item.weekdays, (first, last), strict=True):
        if printed is not None and printed != date.weekday():
            named, real = WEEKDAYS[printed][0], WEEKDAYS[date.weekday()][0]
            month = MONTHS[date.month - 1]
            found.append(f"{named} {date.day} {month} {date.year} is a {real}")
    return found


def _month(name: str) -> int:
    number = days_typed.month_number(fold(name).rstrip("."))
    assert number is not None
    return number


def _weekday(name: str | None) -> int | None:
    if name is None:
        return None
    return next(i for i, names in enumerate(WEEKDAYS) if names[0] == name.casefold())


def _number(digits: str | None) -> int | None:
    return None if digits is None else int(digits)
