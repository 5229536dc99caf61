"""The strip of days: it fits every width, and a column of it is a day."""

from __future__ import annotations

import datetime

import pytest

from natoagenda.browse import places
from natoagenda.browse.timeline import cell_width, strip
from natoagenda.model import Agenda

FIRST = datetime.date(2024, 11, 11)


def days(number: int) -> dict[datetime.date | None, int]:
    return {FIRST + datetime.timedelta(days=n): n % 3 for n in range(number)}


def test_the_meeting_in_washington(washington: Agenda) -> None:
    line, names = strip(places.days(washington), datetime.date(2024, 7, 10), 78).plain.split("\n")
    assert line.count("●") == 8
    assert names.split("  ")[0] == "Tuesday 9 July"
    assert names.rstrip().endswith("No day given")
    assert line.index("●●●●") == names.index("Wednesday") + 1


@pytest.mark.parametrize("width", [20, 40, 58, 78, 98, 198])
@pytest.mark.parametrize("number", [1, 2, 3, 5, 8, 12, 20, 40])
def test_it_fits(number: int, width: int) -> None:
    shown = strip(days(number), FIRST, width).plain
    each = cell_width(days(number), width)
    if each:
        assert max(map(len, shown.split("\n"))) <= width
        names = shown.split("\n")[1]
        for place, date in enumerate(days(number)):
            assert date
            assert str(date.day) in names[place * each : (place + 1) * each]
    else:
        dots = sum(days(number).values())
        assert f": {dots} on the programme, on " in shown
        assert "11" in shown


def test_entries_without_a_day_have_a_name_of_their_own() -> None:
    assert strip({None: 2}, "", 40).plain.split("\n")[1].strip() == "No day given"
    assert "?" in strip({**days(12), None: 1}, "", 56).plain
    assert strip({None: 2}, "", 2).plain == ""
    assert strip({}, "", 40).plain == ""
