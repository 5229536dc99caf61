"""Programme entries: a day that the text states, a meeting that it names, and nothing else."""

from __future__ import annotations

import datetime

import pytest

from natoagenda.importing import programme
from natoagenda.model import Role, Section, SectionKind, SessionKind, Statement

STARTS, ENDS = datetime.date(2024, 7, 9), datetime.date(2024, 7, 11)


def found(
    *sentences: str, kind: SectionKind = SectionKind.PROGRAMME, ends: datetime.date = ENDS
) -> programme.Programme:
    statements = tuple(
        Statement(
            id=f"programme.1.{i}", text=text, text_en=None, pages=(1,), role=Role.BACKGROUND,
            about=(), calls=(),
        )
        for i, text in enumerate(sentences, start=1)
    )  # fmt: skip
    section = Section(
        id="programme", kind=kind, title="Programma", title_en=None, calls=(), page=1,
        statements=statements,
    )  # fmt: skip
    return programme.find([section], ends if ends < STARTS else STARTS, ends)


def entries(*sentences: str, **named: object) -> list[tuple[object, ...]]:
    return [
        (s.date and s.date.day, s.part_of_day and s.part_of_day.value, s.kind.value, s.title.nl)
        for s in found(*sentences, **named).sessions  # type: ignore[arg-type]
    ]


@pytest.mark.parametrize(
    ("sentence", "entry"),
    [
        ("Op 10 juli vindt een werklunch plaats.", (10, None, "lunch", "Werklunch")),
        ("In de avond van 10 juli is er een informeel diner op het Witte Huis.",
         (10, "evening", "dinner", "Informeel diner op het Witte Huis")),
        ("Op woensdagochtend vergadert de Noord-Atlantische Raad over hybride dreigingen.",
         (10, "morning", "council", "Noord-Atlantische Raad")),
        ("De Top begint op dinsdagavond 9 juli met een welkomstceremonie.",
         (9, "evening", "ceremony", "Welkomstceremonie")),
        ("De ministers van Defensie komen op dinsdagmiddag 9 juli bijeen.",
         (9, "afternoon", "meeting", "Ministers van Defensie")),
        ("Daarna komt op 11 juli het bestuur van het agentschap (EDA) bijeen.",
         (11, None, "meeting", "Bestuur van het agentschap (EDA)")),
        ("Zij is uitgenodigd voor het werkdiner op woensdagavond 10 juli.",
         (10, "evening", "dinner", "Werkdiner")),
        ("Op 8 juli, de vooravond, is er een ontbijt.", (8, "evening", "breakfast", "Ontbijt")),
    ],
)  # fmt: skip
def test_an_entry(sentence: str, entry: tuple[object, ...]) -> None:
    assert entries(sentence) == [entry]


@pytest.mark.parametrize(
    "sentence",
    [
        "Vorig jaar vond op 10 juli een werklunch plaats.",
        "Op 9 en 10 juli vindt de Top plaats.",
        "Op maandag spreken de ministers elkaar tijdens een lunch.",
        "De ministers lunchen samen.",
        "Op 3 juni is er een bijeenkomst van ambassadeurs.",
        "Over de bijeenkomst is verder niets bekend.",
    ],
)
def test_no_day_stated_no_entry(sentence: str) -> None:
    assert entries(sentence) == []


def test_what_follows_has_the_day_before_it_and_quotes_it() -> None:
    sessions = found(
        "In de avond van 10 juli is er een informeel diner op het Witte Huis.",
        "Tegelijkertijd zijn er informele diners voor de ministers van Defensie en de ministers "
        "van Buitenlandse Zaken.",
        "Voor het diner van de ministers van Buitenlandse Zaken zijn ook alle partnerlanden "
        "uitgenodigd.",
    ).sessions
    assert [s.title.nl for s in sessions] == [
        "Informeel diner op het Witte Huis",
        "Informeel diner voor de ministers van Defensie",
        "Informeel diner voor de ministers van Buitenlandse Zaken",
    ]
    assert {s.date for s in sessions} == {datetime.date(2024, 7, 10)}
    assert sessions[2].quotes == ("programme.1.1", "programme.1.2", "programme.1.3")
    assert [p.nl for p in sessions[2].participants][-1] == "alle partnerlanden"
    assert len({s.id for s in sessions}) == 3


def test_a_meeting_of_one_day_lends_it_to_its_meals() -> None:
    one = datetime.date(2024, 7, 9)
    lunch = "Tijdens de lunch wisselen de ministers van gedachten."
    assert entries(lunch, kind=SectionKind.TOPIC, ends=one) == [(9, None, "lunch", "Lunch")]
    assert entries(lunch, kind=SectionKind.TOPIC) == []


def test_events_around_the_meeting_have_no_day() -> None:
    text = "Rondom de Top organiseren bondgenoten verschillende bijeenkomsten en evenementen."
    [session] = found(text).sessions
    assert (session.date, session.kind) == (None, SessionKind.EVENTS)


def test_a_weekday_that_contradicts_its_date_is_reported_and_kept() -> None:
    result = found("Op dinsdag 10 juli 2024 vindt een werklunch plaats.")
    assert result.doubts == ("programme.1.1: dinsdag 10 juli 2024 is a woensdag",)
    assert [s.date for s in result.sessions] == [datetime.date(2024, 7, 10)]


def test_a_covering_letter_has_no_programme() -> None:
    text = "Op 10 juli vindt een werklunch plaats."
    assert entries(text, kind=SectionKind.LETTER) == []
    assert len(entries(text, kind=SectionKind.TOPIC)) == 1
