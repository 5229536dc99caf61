"""The strip along the top: the meeting by day, with a dot for each entry of the programme."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import ClassVar

from rich.text import Text
from textual.events import Click
from textual.message import Message
from textual.widgets import Static

from natoagenda.output import date_words, days_words
from natoagenda.output.pieces import count_of

Days = Mapping[datetime.date | None, int]
"""How many entries each day has, in order; None is what has no day."""

_GAP = 2
"""Columns between the names of two days."""


class Timeline(Static):
    """The days of a meeting; a click on one says which."""

    DEFAULT_CSS: ClassVar[str] = "Timeline { height: 2; }"

    class Chosen(Message):
        """A day was clicked; None is what has no day."""

        def __init__(self, date: datetime.date | None) -> None:
            """Remember which."""
            super().__init__()
            self.date = date

    def __init__(self) -> None:
        """Begin without days."""
        super().__init__()
        self._days: Days = {}
        self._chosen: datetime.date | str | None = ""

    def show(self, days: Days, chosen: datetime.date | str | None) -> None:
        """Show days with one of them marked; an empty string marks none."""
        self._days, self._chosen = days, chosen
        self.refresh()

    def render(self) -> Text:
        """Draw the strip for the width there is."""
        return strip(self._days, self._chosen, self.size.width)

    def on_click(self, event: Click) -> None:
        """Find the day under the mouse."""
        width = cell_width(self._days, self.size.width)
        at = event.x // width if width else len(self._days)
        if at < len(self._days):
            self.post_message(self.Chosen(list(self._days)[at]))


def cell_width(days: Days, width: int) -> int:
    """The columns of one day; 0 where the days do not fit beside each other."""
    shortest = max((len(_names(date)[-1]) for date in days), default=0)
    each = width // len(days) if days else 0
    longest = max((len(_names(date)[0]) for date in days), default=0)
    return min(each, longest + 4 * _GAP) if each >= shortest + _GAP else 0


def strip(days: Days, chosen: datetime.date | str | None, width: int) -> Text:
    """Two lines: a line with dots, and the names of the days under it.

    Args:
        days: the days with their entries.
        chosen: which is marked; an empty string marks none.
        width: columns.
    """
    each = cell_width(days, width)
    if not each:
        return _in_words(days)
    line, names = Text(no_wrap=True), Text(no_wrap=True)
    length = next(
        at for at in range(4) if all(len(_names(d)[min(at, 3)]) + _GAP <= each for d in days)
    )
    for date, entries in days.items():
        mark = "bold reverse" if date == chosen else "bold" if entries else "dim"
        dots = "●" * min(entries, each - 2)
        rail = "╌" if date is None else "━"
        line.append(rail, "dim").append(dots, "bold").append(rail * (each - 1 - len(dots)), "dim")
        name = _names(date)[length]
        names.append(name, mark).append(" " * (each - len(name)))
    return Text("\n").join([line, names])


def _in_words(days: Days) -> Text:
    """What is said where the days do not fit."""
    dated = [date for date in days if date]
    if not dated:
        return Text()
    busy = sum(bool(entries) for entries in days.values())
    words = f"{days_words(dated[0], dated[-1])}: {sum(days.values())} on the programme"
    return Text(f"{words}, on {count_of(busy, 'day')}")


def _names(date: datetime.date | None) -> tuple[str, str, str, str]:
    """What a day is called, the longest name first."""
    if date is None:
        return "No day given", "No day", "No day", "?"
    full = date_words(date, weekday=True).rsplit(" ", 1)[0]
    return full, f"{date:%a} {date.day} {date:%b}", f"{date:%a} {date.day}", str(date.day)
