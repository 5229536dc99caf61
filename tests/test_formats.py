"""Every format of every command: what is in it, what it escapes, and that others can read it."""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
from typing import Any

import jsonschema
import msgspec
import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from markdown_it import MarkdownIt
from markdown_it.token import Token

from natoagenda import citations, contract
from natoagenda.cli.app import COMMANDS
from natoagenda.errors import NotFoundError, UsageError
from natoagenda.model import Agenda
from natoagenda.output import Format, Screen, formats, markdown, render
from natoagenda.visible import visible
from tests.pages import ask
from tests.test_output import ASKED, HOSTILE, ON_AGENDAS, hostile

replace = msgspec.structs.replace


def written(chosen: Format, *words: str, agendas: list[Agenda] | None = None, **screen: Any) -> str:
    """What a command writes in a format."""
    return render(ask(*words, agendas=agendas or []), chosen, Screen(**screen))[0]


def records(text: str, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text), delimiter=delimiter, strict=True))


@pytest.fixture(scope="module")
def others(washington: Agenda) -> dict[str, list[Agenda]]:
    """Agendas unlike the built-in one."""
    later = replace(washington, id="den-haag-2025", starts=datetime.date(2025, 6, 24), venue=None)
    bare = replace(
        later,
        id="kaal-2026",
        title_en=None,
        sessions=(),
        references=(),
        footnotes=(),
        sections=tuple(replace(each, title_en=None, calls=()) for each in later.sections[:2]),
        document=replace(later.document, citation=None, id=None, date=None),
        reviewed=False,
    )
    return {
        "built in": [washington],
        "two": [washington, later],
        "bare": [bare],
        "hostile": [hostile(washington, "".join(HOSTILE))],
    }


# -- every choice of every command ---------------------------------------------------------

CHOICES = [
    pytest.param(words, chosen, id=f"{name}-{chosen}")
    for name, words in ASKED.items()
    for chosen in Format
]


@pytest.mark.parametrize(("words", "chosen"), CHOICES)
def test_every_command_gives_a_format_or_says_which_it_can(
    words: tuple[str, ...], chosen: Format
) -> None:
    if chosen in formats(words[0]):
        for lang in ("nl", "en"):
            text = written(chosen, *words, lang=lang)
            assert text.endswith("\n")
            assert text.strip()
            assert "\x1b" not in text
    else:
        with pytest.raises(UsageError, match=f"{words[0]} has no format {chosen}; it has table, "):
            written(chosen, *words)


def test_every_command_has_formats_and_a_type() -> None:
    assert (
        set(contract.COMMANDS) - {"export"}
        == set(COMMANDS) - {"schema", "export", "browse"}
        == {each[0] for each in ASKED.values()}
    )
    assert [name for name in COMMANDS if Format.ICS in formats(name)] == ["schedule"]
    assert [n for n in contract.COMMANDS if formats(n)[0] is not Format.TABLE] == ["export"]
    with pytest.raises(UsageError, match="schema has no format csv; it has json"):
        written(Format.CSV, "schema")


@pytest.mark.parametrize("words", ON_AGENDAS.values(), ids=ON_AGENDAS)
@pytest.mark.parametrize("which", ["two", "bare", "hostile"])
def test_every_agenda_has_every_format(
    words: tuple[str, ...], which: str, others: dict[str, list[Agenda]]
) -> None:
    for chosen in (Format.JSONL, Format.CSV, Format.TSV, Format.MARKDOWN):
        try:
            text = written(chosen, *words, agendas=others[which])
        except NotFoundError:
            assert which == "bare"
            continue
        if chosen is not Format.JSONL:
            assert [c for c in text if c not in "\n\t" and visible(c) != c] == []


# -- lines and records ---------------------------------------------------------------------


@pytest.mark.parametrize("words", ASKED.values(), ids=ASKED)
def test_json_lines_are_the_rows_of_json(words: tuple[str, ...]) -> None:
    whole = json.loads(written(Format.JSON, *words))
    lines = written(Format.JSONL, *words).splitlines()
    assert [json.loads(line) for line in lines] == (whole if isinstance(whole, list) else [whole])


@pytest.mark.parametrize("words", ASKED.values(), ids=ASKED)
def test_csv_and_tsv_have_the_same_records_as_json(words: tuple[str, ...]) -> None:
    reply = ask(*words)
    answer: Any = reply.rows
    rows = [msgspec.to_builtins(row) for row in contract.rows(answer)]
    tsv = records(written(Format.TSV, *words), "\t")
    assert [
        {name: cell.removeprefix("'") for name, cell in record.items()}
        for record in records(written(Format.CSV, *words))
    ] == [{name: cell.removeprefix("'") for name, cell in record.items()} for record in tsv]
    assert len(tsv) == len(rows)
    for record, row in zip(tsv, rows, strict=True):
        for name, value in row.items():
            if isinstance(value, str):
                assert record[name] == value
            elif value is None:
                assert record.get(name, "") == ""
            elif isinstance(value, bool):
                assert record[name] == str(value).lower()
            elif isinstance(value, int):
                assert record[name] == str(value)


def test_lists_and_rows_in_rows_are_joined() -> None:
    [record] = [
        row for row in records(written(Format.CSV, "schedule")) if row["id"] == "council-partners"
    ]
    assert record["date"] == "2024-07-11"
    assert record["participants"].split("; ")[0] == "voorzitter van de Europese Commissie"
    assert len(record["participants"].split("; ")) == 7
    assert record["quotes_id"] == "programme.2.1; programme.2.2; navo-eu-samenwerking.1.1"
    [note] = records(written(Format.CSV, "footnotes", "5"))
    assert note["called_from_id"] == "navo-eu-samenwerking.1.5"
    assert note["references_url"].endswith("kst-21501-02-2794.html")
    hit = records(written(Format.CSV, "search", "dassen"))[0]
    start, end = map(int, hit["matches"].split("-"))
    assert hit["text"][start:end] == "Dassen"


@pytest.mark.parametrize("command", [name for name in contract.COMMANDS if name != "export"])
def test_columns_do_not_depend_on_the_answer(command: str) -> None:
    words = next(words for words in ASKED.values() if words[0] == command)
    reply = ask(*words)
    header = render(reply, Format.CSV, Screen())[0].splitlines()[0]
    assert len(set(header.split(","))) == len(header.split(","))
    if not isinstance(reply.rows, msgspec.Struct):
        empty = render(replace(reply, rows=[]), Format.CSV, Screen())[0]
        assert empty == header + "\n"


def test_a_spreadsheet_runs_no_formula(washington: Agenda) -> None:
    for words in ("=1+1", "+31", "-x", "@sum"):
        agendas = [hostile(washington, words)]
        titles = [row["title"] for row in records(written(Format.CSV, "topics", agendas=agendas))]
        assert all(title.startswith(f"'{words} ") for title in titles)
        exact = records(written(Format.TSV, "topics", agendas=agendas), "\t")
        assert all(row["title"].startswith(f"{words} ") for row in exact)


def test_a_citation_over_two_lines_is_one_cell() -> None:
    text = "(21501-\n02, nr. 2794)"
    [found] = records(written(Format.TSV, "cite", text), "\t")
    assert found["citation"] == text.strip("()")


# -- JSON Schema ---------------------------------------------------------------------------


@pytest.mark.parametrize("which", ["built in", "two", "bare", "hostile"])
@pytest.mark.parametrize("words", ASKED.values(), ids=ASKED)
def test_every_answer_follows_its_schema(
    words: tuple[str, ...], which: str, others: dict[str, list[Agenda]]
) -> None:
    validator = jsonschema.Draft202012Validator
    schema = contract.json_schema(words[0])
    validator.check_schema(schema)
    try:
        document = json.loads(written(Format.JSON, *words, agendas=others[which]))
    except NotFoundError:
        assert which == "bare"
        return
    validator(schema).validate(document)
    validator(contract.json_schema()).validate({words[0]: document})
    with pytest.raises(jsonschema.ValidationError):
        validator(schema).validate({"id": 1} if words[0] in ("topic", "show") else [{"id": 1}])


def test_the_schema_is_for_the_published_keys() -> None:
    schema = json.loads(written(Format.JSON, "schema", "schedule"))
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    row = schema["$defs"]["SessionRow"]
    assert row["required"] == list(row["properties"])
    assert row["properties"]["date"]["anyOf"][0]["format"] == "date"
    whole = json.loads(written(Format.JSON, "schema"))
    assert list(whole["properties"]) == list(contract.COMMANDS)
    with pytest.raises(NotFoundError, match="no schema is called 'x'; there are schedule, "):
        contract.json_schema("x")


# -- Markdown ------------------------------------------------------------------------------

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def plain(tokens: list[Token]) -> str:
    """The text that a reader of Markdown shows."""
    pieces = []
    for token in tokens:
        if token.children:
            pieces.append(plain(token.children))
        elif token.type in ("softbreak", "hardbreak"):
            pieces.append(" ")
        else:
            pieces.append(token.content)
    return "".join(pieces)


@given(st.text() | st.text(alphabet="*_`[]()<>#|\\~$-+=1.) ab\n>!&"))
def test_markdown_shows_a_text_as_it_is(text: str) -> None:
    wanted = visible(" ".join(text.split()))
    for line in (f"> {markdown._text(text)}", f"# {markdown._text(text)}", markdown._text(text)):
        tokens = READER.parse(line)
        assert plain(tokens) == wanted
        kinds = {token.type for token in tokens}
        assert not kinds & {"bullet_list_open", "ordered_list_open", "fence", "code_block", "hr"}


def test_a_quote_has_its_source_under_it() -> None:
    page = written(Format.MARKDOWN, "topic", "hybride")
    assert (
        "> Het kabinet ondersteunt dit.\n>\n> on: “Tijdens de NAVO-Top in Washington zullen "
        "bondgenoten naar verwachting besluiten het bondgenootschap verder te equiperen tegen de "
        "toegenomen hybride dreiging.” (p. 5)\n>\n> — *GEANNOTEERDE AGENDA VOOR DE NAVO-TOP IN "
        "WASHINGTON D.C. VAN 9 TOT 11 JULI 2024*, p. 5, ¶ 1.7, Kamerstuk 28676, nr. 462, "
        "<https://zoek.officielebekendmakingen.nl/kst-28676-462.html>\n"
    ) in page
    english = written(Format.MARKDOWN, "topic", "hybride", lang="en")
    assert "> The government supports this." in english
    assert "kst-28676-462.html>, unofficial translation" in english


@pytest.mark.parametrize("words", ASKED.values(), ids=ASKED)
def test_markdown_loses_no_quote(words: tuple[str, ...]) -> None:
    reply = ask(*words)
    shown = plain(READER.parse(render(reply, Format.MARKDOWN, Screen())[0]))
    answer: Any = reply.rows
    rows: list[Any] = list(contract.rows(answer))
    if words[0] == "topic" and "--full" not in words:
        rows = [row for row in rows if row.role != "background"]
    for row in rows:
        text = " ".join(str(getattr(row, "text", None) or getattr(row, "title", "")).split())
        assert text in re.sub(r"\[\^?\d\]", "", shown)


def test_footnotes_are_those_of_markdown() -> None:
    page = written(Format.MARKDOWN, "show")
    for number in range(1, 6):
        assert len(re.findall(rf"\[\^{number}\](?!:)", page)) == 1
        assert len(re.findall(rf"^\[\^{number}\]: ", page, re.MULTILINE)) == 1


def test_an_agenda_that_nobody_reviewed_says_so(others: dict[str, list[Agenda]]) -> None:
    page = written(Format.MARKDOWN, "stances", agendas=others["bare"])
    assert page.startswith("*kaal-2026 is not reviewed")
    assert "The letter has none." in page


# -- the calendar --------------------------------------------------------------------------


def test_the_calendar_has_every_entry_with_a_day() -> None:
    text, notes = render(ask("schedule"), Format.ICS, Screen())
    assert notes == ["left out: 1 entry of the programme without a day"]
    events = Calendar.from_ical(text).walk("VEVENT")
    rows: Any = ask("schedule").rows
    dated = [row for row in rows if row.date]
    assert [event.decoded("dtstart") for event in events] == [row.date for row in dated]
    assert [event.decoded("dtend") for event in events] == [
        row.date + datetime.timedelta(days=1) for row in dated
    ]
    for event, row in zip(events, dated, strict=True):
        part = f" ({row.part_of_day})" if row.part_of_day else ""
        assert str(event["summary"]) == row.title + part
        for quote in row.quotes:
            assert f"“{quote.text}” (p. {quote.page})" in str(event["description"])
        assert event["url"] == citations.address("kst-28676-462")
    assert "T1" not in re.sub("(?m)^(?!DT).*$", "", text)


def test_another_reader_reads_the_calendar() -> None:
    text = written(Format.ICS, "schedule")
    assert "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    calendar = vobject.readOne(text)
    events = calendar.vevent_list
    assert len(events) == 7
    assert {event.dtstart.value for event in events} == {
        datetime.date(2024, 7, day) for day in (9, 10, 11)
    }
    assert len({event.uid.value for event in events}) == 7
    assert all(event.uid.value.endswith(".washington-2024@natoagenda") for event in events)
    assert "Informeel diner op het Witte Huis (evening)" in {e.summary.value for e in events}


def test_the_same_letter_gives_the_same_calendar() -> None:
    text = written(Format.ICS, "schedule")
    assert text == written(Format.ICS, "schedule")
    assert set(re.findall("DTSTAMP:(.*)\r\n", text)) == {"20240628T000000Z"}


def test_the_calendar_of_other_agendas(others: dict[str, list[Agenda]]) -> None:
    two = written(Format.ICS, "schedule", agendas=others["two"])
    assert len(set(re.findall("UID:(.*)\r\n", two))) == 14
    text, notes = render(ask("schedule", agendas=others["bare"]), Format.ICS, Screen())
    assert text == ""
    assert [note.partition(":")[0] for note in notes] == ["kaal-2026 is not reviewed"]
    evil = written(Format.ICS, "schedule", agendas=others["hostile"])
    assert [c for c in evil if c not in "\r\n" and visible(c) != c] == []
    assert len(Calendar.from_ical(evil).walk("VEVENT")) == 7
    undated = ask("schedule", agendas=[
        replace(others["two"][1], reviewed=False, document=others["bare"][0].document,
                sessions=tuple(replace(each, date=None) for each in others["two"][1].sessions[:7])
                + others["two"][1].sessions[:1])
    ])  # fmt: skip
    text, notes = render(undated, Format.ICS, Screen(lang="en"))
    assert notes[-1:] == ["left out: 7 entries of the programme without a day"]
    [event] = Calendar.from_ical(text).walk("VEVENT")
    assert "Ceremony" in str(event["summary"])
    assert "unofficial translation" in str(event["description"])
    assert "is not reviewed" in str(event["description"])
    assert "url" not in event
