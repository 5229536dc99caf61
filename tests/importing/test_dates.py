"""Days in Dutch texts, as spans and lists, with and without a year."""

from __future__ import annotations

import datetime

import pytest

from natoagenda.importing import dates

D = datetime.date


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("VAN 9 TOT 11 JULI 2024", D(2024, 7, 9), D(2024, 7, 11)),
        ("11 en 12 juli", D(2024, 7, 11), D(2024, 7, 12)),
        ("14–15 september", D(2024, 9, 14), D(2024, 9, 15)),
        ("26/27 april", D(2024, 4, 26), D(2024, 4, 27)),
        ("17 t/m 20 mei", D(2024, 5, 17), D(2024, 5, 20)),
        ("31 oktober tot en met 12 november 2021", D(2021, 10, 31), D(2021, 11, 12)),
        ("donderdag 29 en vrijdag 30 juni a.s.", D(2024, 6, 29), D(2024, 6, 30)),
        ("9, 10 en 11 juli 2023", D(2023, 7, 9), D(2023, 7, 11)),
        ("30 december tot 2 januari 2025", D(2024, 12, 30), D(2025, 1, 2)),
        ("d.d. 7 mei jl.", D(2024, 5, 7), D(2024, 5, 7)),
        ("1 mrt. 2022", D(2022, 3, 1), D(2022, 3, 1)),
        ("12-07-2023", D(2023, 7, 12), D(2023, 7, 12)),
        ("11-12 juli 2018", D(2018, 7, 11), D(2018, 7, 12)),
    ],
)
def test_days(text: str, first: datetime.date, last: datetime.date) -> None:
    [found] = dates.days(text)
    assert found.dates(2024) == (first, last)


@pytest.mark.parametrize(
    "text",
    ["2014-2024", "21501-02", "15 000 3 procent", "juli 2024", "10 uur", "40 mei 2024", "3,5 mei"],
)
def test_no_days(text: str) -> None:
    assert dates.days(text) == ()


def test_days_outside_the_calendar() -> None:
    [found] = dates.days("30 februari 2024")
    assert found.dates(2024) is None
    [found] = dates.days("12 tot 9 juli 2024")
    assert found.dates(2024) is None


def test_a_weekday_that_the_calendar_contradicts() -> None:
    [found] = dates.days("dinsdag 10 juli 2024")
    pair = found.dates(2024)
    assert pair
    assert dates.wrong_weekdays(found, *pair) == ["dinsdag 10 juli 2024 is a woensdag"]
    [found] = dates.days("woensdag 10 en donderdag 11 juli 2024")
    assert dates.wrong_weekdays(found, D(2024, 7, 10), D(2024, 7, 11)) == []


def test_years() -> None:
    assert dates.years("TOP 2024 (2014-2016) en 2025") == (2024, 2025)
    assert dates.last_end("van 3 mei 2024 te Brussel") == len("van 3 mei 2024")
    assert dates.last_end("van 3 mei") is None
