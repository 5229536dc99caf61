"""A data file becomes an agenda, strictly: the real one whole, a faulty one not at all."""

from __future__ import annotations

import datetime
import hashlib
import os
import re
import unicodedata
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from natoagenda import dataset, files, library
from natoagenda.errors import DataError
from natoagenda.model import (
    Agenda,
    Call,
    Name,
    PartOfDay,
    ReferenceKind,
    Role,
    SectionKind,
    SessionKind,
)

SMALL = """\
schema: 1
agenda:
  id: raad-2025
  title:
    nl: Geannoteerde agenda
  organisation: NAVO
  starts: 2025-02-12
  ends: 2025-02-13
  document:
    pages: 3
    sha256: 0000000000000000000000000000000000000000000000000000000000000000
  reviewed: false
sessions:
  - id: raad
    date: 2025-02-12
    kind: council
    title:
      nl: Raad
    topics: [steun]
    quotes: [introduction.1.1]
sections:
  - id: introduction
    kind: introduction
    page: 1
    statements:
      - id: introduction.1.1
        page: 1
        nl: De ministers komen bijeen.
      - id: introduction.1.2
        page: 1-2
        nl: Er is een rapport[^1] verschenen.
  - id: steun
    kind: topic
    title:
      nl: Steun
      en: Support
    page: 2
    statements:
      - id: steun.1.1
        page: 2
        role: expectation
        nl: Bondgenoten spreken over steun.
      - id: steun.2.1
        page: 2-3
        role: stance
        about: [steun.1.1]
        nl: Het kabinet ondersteunt dit.[^2]
        en: The government supports this.
footnotes:
  - number: 1
    page: 2
    nl: Rapport van de Raad
  - number: 2
    page: 3
    nl: Kamerstuk 21501-02, nr. 2794
references:
  - id: kst-21501-02-2794
    kind: parliamentary-paper
    title:
      nl: verslag
    citation: 21501-02, nr. 2794
    cited_from: [steun.2.1, footnote:2]
"""
"""The smallest agenda that has one of everything; faults are made by editing it."""

REAL = library.builtin_path().read_text("utf-8")


def read(text: str) -> Agenda:
    return dataset.parse(text.encode(), "raad.yaml")


def edited(old: str, new: str, text: str = SMALL) -> str:
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    return text.replace(old, new)


def fault(data: bytes) -> DataError:
    with pytest.raises(DataError) as caught:
        dataset.parse(data, "raad.yaml")
    return caught.value


# -- a small agenda, whole ------------------------------------------------------------------


def test_a_small_agenda_is_read() -> None:
    agenda = read(SMALL)
    assert (agenda.id, agenda.title, agenda.title_en) == ("raad-2025", "Geannoteerde agenda", None)
    assert (agenda.organisation, agenda.venue, agenda.delegation) == ("NAVO", None, ())
    assert agenda.starts == datetime.date(2025, 2, 12)
    assert agenda.ends == datetime.date(2025, 2, 13)
    assert (agenda.reviewed, agenda.path) == (False, "raad.yaml")
    document = agenda.document
    assert (document.citation, document.id, document.date) == (None, None, None)
    assert (document.pages, document.sha256) == (3, "0" * 64)
    (session,) = agenda.sessions
    assert (session.date, session.part_of_day) == (datetime.date(2025, 2, 12), None)
    assert (session.kind, session.title) == (SessionKind.COUNCIL, Name("Raad", None))
    assert (session.participants, session.topics) == ((), ("steun",))
    assert session.quotes == ("introduction.1.1",)
    introduction, steun = agenda.sections
    assert (introduction.title, introduction.title_en, introduction.page) == (None, None, 1)
    assert (steun.kind, steun.title, steun.title_en) == (SectionKind.TOPIC, "Steun", "Support")
    first, second = introduction.statements
    assert (first.role, first.pages, first.text_en) == (Role.BACKGROUND, (1,), None)
    assert (second.text, second.pages) == ("Er is een rapport verschenen.", (1, 2))
    assert second.calls == (Call(1, len("Er is een rapport")),)
    stance = steun.statements[1]
    assert (stance.role, stance.about) == (Role.STANCE, ("steun.1.1",))
    assert stance.text_en == "The government supports this."
    assert [(note.number, note.page, note.called_from) for note in agenda.footnotes] == [
        (1, 2, "introduction.1.2"),
        (2, 3, "steun.2.1"),
    ]
    (reference,) = agenda.references
    assert (reference.kind, reference.title.nl) == (ReferenceKind.PARLIAMENTARY_PAPER, "verslag")
    assert (reference.citation, reference.date) == ("21501-02, nr. 2794", None)
    assert (reference.other_dates, reference.confidential, reference.note) == ((), False, None)
    assert reference.url == "https://zoek.officielebekendmakingen.nl/kst-21501-02-2794.html"
    assert reference.cited_from == ("steun.2.1", "footnote:2")


@pytest.mark.parametrize("encoded", [SMALL.encode("utf-8-sig"), SMALL.replace("\n", "\r\n")])
def test_a_byte_order_mark_and_windows_line_ends_change_nothing(encoded: bytes | str) -> None:
    data = encoded if isinstance(encoded, bytes) else encoded.encode()
    assert dataset.parse(data, "raad.yaml") == read(SMALL)


TRAPS = [
    "no", "yes", "on", "off", "true", "null", "~", "21:30", "2024-07-09", "0x1F", "0o17", "1e3",
    ".inf", "-.inf", ".nan", "1_000", "2%", "=",
]  # fmt: skip
"""What YAML 1.1 or 1.2 would turn into something else than text."""


@pytest.mark.parametrize("text", TRAPS)
def test_yamls_traps_stay_text(text: str) -> None:
    agenda = read(
        SMALL.replace("organisation: NAVO", f"organisation: {text}")
        .replace("nl: De ministers komen bijeen.", f"nl: {text}")
        .replace("nl: Rapport van de Raad", f"nl: {text}")
        .replace("nl: Steun", f"nl: {text}")
        .replace("en: Support", f"en: {text}")
        .replace("citation: 21501-02, nr. 2794", f"citation: {text}")
    )
    assert agenda.organisation == text
    assert agenda.sections[0].statements[0].text == text
    assert agenda.footnotes[0].text == text
    assert (agenda.sections[1].title, agenda.sections[1].title_en) == (text, text)
    assert agenda.references[0].citation == text


@pytest.mark.parametrize(
    ("marked", "text", "calls"),
    [
        ("geen merk", "geen merk", ()),
        ("rapport[^1] waaruit", "rapport waaruit", (Call(1, 7),)),
        ("daarbij.[^2]", "daarbij.", (Call(2, 8),)),
        ("a[^1][^2] b[^10]", "a b", (Call(1, 1), Call(2, 1), Call(10, 3))),
        ("[^1]a", "a", (Call(1, 0),)),
        ("[1] ^1 [^x] [^] [ ^1]", "[1] ^1 [^x] [^] [ ^1]", ()),
    ],
)
def test_marks_are_taken_out_and_their_places_kept(
    marked: str, text: str, calls: tuple[Call, ...]
) -> None:
    assert dataset.split_marks(marked) == (text, calls)


@settings(max_examples=100)
@given(st.lists(st.tuples(st.text(alphabet="ab. ï"), st.integers(1, 999)), max_size=5))
def test_marks_put_back_at_their_places_give_the_marked_text(
    pieces: list[tuple[str, int]],
) -> None:
    marked = "".join(f"{piece}[^{number}]" for piece, number in pieces)
    text, calls = dataset.split_marks(marked)
    assert text == "".join(piece for piece, _ in pieces)
    for call in reversed(calls):
        text = f"{text[: call.offset]}[^{call.number}]{text[call.offset :]}"
    assert text == marked


def test_a_heading_can_call_a_footnote() -> None:
    agenda = read(edited("rapport[^1]", "rapport").replace("nl: Steun", "nl: Steun[^1]"))
    section = agenda.sections[1]
    assert (section.title, section.calls) == ("Steun", (Call(1, 5),))
    assert agenda.footnotes[0].called_from == "steun"


def test_a_meeting_may_be_of_one_day() -> None:
    agenda = read(edited("ends: 2025-02-13", "ends: 2025-02-12"))
    assert agenda.starts == agenda.ends == datetime.date(2025, 2, 12)


def test_a_reference_has_its_date() -> None:
    (reference,) = read(
        edited("    citation: 2", "    date: 2023-11-20\n    citation: 2")
    ).references
    assert reference.date == datetime.date(2023, 11, 20)


# -- a faulty agenda, not at all ------------------------------------------------------------


class Edit(NamedTuple):
    """A fault that is made by one edit of SMALL, and what is said of it."""

    name: str
    old: str
    new: str
    line: int
    column: int
    problem: str


DATE = "expected a date of the calendar such as 2024-07-09"
SPACES = "found line breaks, tabs, or spaces that are not single and inside"
EDITS = [
    # keys
    Edit("unknown key", "  organisation: NAVO", "  organization: NAVO\n  organisation: NAVO", 6, 3,
         "found the key 'organization', which is not known here"),
    Edit("unknown key in a list", "    topics: [steun]", "    topics: [steun]\n    time: 19:00", 20,
         5, "found the key 'time', which is not known here"),
    Edit("unknown key at the top", "footnotes:", "notes: []\nfootnotes:", 49, 1,
         "found the key 'notes', which is not known here"),
    Edit("key that looks like a message and its place", "schema: 1\n",
         'schema: 1\n"a` - at `$.b": x\n', 1, 1, "which is not known here"),
    Edit("key that looks like a place", "  organisation: NAVO",
         '  organisation: NAVO\n  "x - at `$.y": 1', 7, 3, "which is not known here"),
    Edit("merge key", "  organisation: NAVO", "  <<: {venue: Brussel}\n  organisation: NAVO", 6, 3,
         "found the key '<<', which is not known here"),
    Edit("missing key", "  organisation: NAVO\n", "", 2, 1, "the key 'organisation' is missing"),
    Edit("missing key in a list", "        page: 1-2\n", "", 29, 9, "the key 'page' is missing"),
    Edit("missing part", "    cited_from: [steun.2.1, footnote:2]\n", "", 57, 5,
         "the key 'cited_from' is missing"),
    Edit("no schema", "schema: 1\n", "", 1, 1, "the key 'schema' is missing"),
    Edit("duplicate key", "  ends: 2025-02-13", "  ends: 2025-02-13\n  ends: 2025-02-14", 9, 3,
         "the key 'ends' stands twice, first in line 8"),
    # types
    Edit("list for text", "organisation: NAVO", "organisation: [NAVO]", 6, 3,
         "found a list, expected text"),
    Edit("mapping for text", "organisation: NAVO", "organisation: {nl: NAVO}", 6, 3,
         "found a mapping, expected text"),
    Edit("text for a list", "topics: [steun]", "topics: steun", 19, 5,
         "found 'steun', expected a list"),
    Edit("mapping for a list", "topics: [steun]", "topics: {steun: steun}", 19, 5,
         "found a mapping, expected a list"),
    Edit("text for a mapping", "    title:\n      nl: Raad", "    title: Raad", 17, 5,
         "found 'Raad', expected a mapping"),
    Edit("list for a mapping", "    title:\n      nl: Raad", "    title: [Raad]", 17, 5,
         "found a list, expected a mapping"),
    Edit("list in a list of text", "topics: [steun]", "topics: [steun, [steun]]", 19, 21,
         "found a list, expected text"),
    Edit("list for a date", "date: 2025-02-12", "date: [2025-02-12]", 15, 5,
         "found a list, expected"),
    Edit("word for a number", "pages: 3", "pages: drie", 10, 5,
         "found 'drie', expected a number"),
    Edit("hexadecimal for a number", "pages: 3", "pages: 0x1F", 10, 5,
         "found '0x1F', expected a number"),
    Edit("list for a number", "pages: 3", "pages: [3]", 10, 5, "found a list, expected a number"),
    Edit("no page at all", "pages: 3", "pages: 0", 10, 5,
         "found '0', expected a number from 1 to 99999"),
    Edit("very many pages", "pages: 3", "pages: 100000", 10, 5,
         "found '100000', expected a number from 1 to 99999"),
    Edit("fraction for a page", "pages: 3", "pages: 3.0", 10, 5, "found '3.0', expected a number"),
    Edit("immense number", "pages: 3", f"pages: {'9' * 5000}", 10, 5, "expected a number"),
    Edit("yes for true", "reviewed: false", "reviewed: yes", 12, 3,
         "found 'yes', expected true or false"),
    Edit("number for a truth", "reviewed: false", "reviewed: 1", 12, 3,
         "found '1', expected true or false"),
    Edit("capital for a truth", "reviewed: false", "reviewed: True", 12, 3,
         "found 'True', expected true or false"),
    Edit("mark with a nought", "dit.[^2]", "dit.[^02]", 47, 9,
         "found '[^02]', expected a footnote mark such as [^2]"),
    Edit("empty text", "organisation: NAVO", "organisation:", 6, 3,
         "found nothing, expected text"),
    Edit("empty quotes", "nl: De ministers komen bijeen.", "nl: ''", 28, 9,
         "found nothing, expected text"),
    Edit("blank text", "nl: De ministers komen bijeen.", "nl: ' '", 28, 9, SPACES),
    Edit("empty date", "date: 2025-02-12", "date:", 15, 5, f"found nothing, {DATE}"),
    Edit("empty list", "quotes: [introduction.1.1]", "quotes: []", 20, 5,
         "found an empty list, expected at least one item"),
    Edit("nothing for a list", "topics: [steun]", "topics:", 19, 5,
         "found nothing, expected a list"),
    Edit("long text in a message", "topics: [steun]", f"topics: {'x' * 99}", 19, 5,
         f"found '{'x' * 57}...', expected a list"),
    # YAML
    Edit("alias", "organisation: NAVO", "organisation: *navo", 6, 17, "found the alias *navo"),
    Edit("merged alias", "  organisation: NAVO", "  <<: *navo", 6, 7, "found the alias *navo"),
    Edit("anchor", "organisation: NAVO", "organisation: &navo NAVO", 6, 17,
         "found the anchor &navo"),
    Edit("object tag", "organisation: NAVO", "organisation: !!python/object:os.system NAVO", 6, 17,
         "found the tag tag:yaml.org,2002:python/object:os.system"),
    Edit("number tag", "pages: 3", "pages: !!int 3", 10, 12,
         "found the tag tag:yaml.org,2002:int"),
    Edit("list as key", "  organisation: NAVO", "  ? [a]\n  : b", 6, 5, "a key must be a word"),
    Edit("two documents", "footnotes:", "---\nfootnotes:", 49, 1, "a second document begins"),
    Edit("tab", "  organisation: NAVO", "\torganisation: NAVO", 6, 1, "this is not YAML"),
    Edit("unfinished quote", "nl: verslag", 'nl: "verslag', 60, 11, "this is not YAML"),
    Edit("control character", "nl: verslag", "nl: ver\x07slag", 60, 14,
         "the character U+0007 may not stand in YAML"),
    Edit("NUL", "nl: verslag", "nl: één\x00", 60, 14,
         "the character U+0000 may not stand in YAML"),
    Edit("too deep", "topics: [steun]", f"topics: {'[' * 50}{']' * 50}", 19, 43,
         "nested deeper than 32 levels"),
    Edit("schema of the future", "schema: 1", "schema: 2", 1, 1, "found format '2', expected 1"),
    Edit("schema in words", "schema: 1", "schema: één", 1, 1, "found format 'één', expected 1"),
    Edit("tag directive", "schema: 1", "%TAG ! a\n---\nschema: 1", 1, 1,
         "found the directive %TAG; tags are not used here"),
    Edit("tag directive after a CR", "schema: 1", "# a\r# b\r\n%TAG ! a\n---\nschema: 1", 3, 1,
         "found the directive %TAG; tags are not used here"),
    # bombs
    Edit("endless text", "organisation: NAVO", f"organisation: {'x' * 100_001}", 6, 3,
         "found a text of more than 100000 signs, expected a sentence"),
    Edit("endless span of pages", "page: 1-2", "page: 1-99999", 30, 9,
         "found page 99999, expected 1 to 3"),
    Edit("hidden sign in an id", "id: kst-21501-02-2794", 'id: "kst\\u202e"', 57, 5,
         "found 'kst\\u202e', expected an id without hidden signs"),
    Edit("hidden sign in the paper's id", "    pages: 3", '    id: "kst\\e[31m"\n    pages: 3', 10,
         5, "found 'kst\\x1b[31m', expected an id without hidden signs"),
    # words
    Edit("unknown role", "role: stance", "role: wens", 45, 9, "found 'wens', expected one of "
         "commitment, stance, expectation, background"),
    Edit("unknown section", "kind: introduction", "kind: intro", 23, 5,
         "found 'intro', expected one of letter, introduction, programme, topic"),
    Edit("unknown session", "kind: council", "kind: raad", 16, 5, "found 'raad', expected one of "
         "ceremony, council, meeting, breakfast, lunch, dinner, events"),
    Edit("unknown part of day", "    kind: council", "    part_of_day: 19:00\n    kind: council",
         16, 5, "found '19:00', expected one of morning, afternoon, evening"),
    Edit("unknown reference", "kind: parliamentary-paper", "kind: paper", 58, 5,
         "found 'paper', expected one of parliamentary-paper, motion, report, press-release, plan, "
         "pledge, treaty, agreement, declaration, non-paper"),
    Edit("word that looks like a place", "role: stance", 'role: "a - at `$.b"', 45, 9,
         "expected one of commitment, stance"),
    Edit("word that looks like a message", "role: stance", "role: RFC3339", 45, 9,
         "found 'RFC3339', expected one of commitment, stance"),
    # dates
    Edit("no such day", "starts: 2025-02-12", "starts: 2024-02-30", 7, 3,
         f"found '2024-02-30', {DATE}"),
    Edit("no such leap day", "starts: 2025-02-12", "starts: 2025-02-29", 7, 3,
         f"found '2025-02-29', {DATE}"),
    Edit("Dutch date", "starts: 2025-02-12", "starts: 12-02-2025", 7, 3,
         f"found '12-02-2025', {DATE}"),
    Edit("clock time", "starts: 2025-02-12", "starts: 2025-02-12T10:00:00", 7, 3, DATE),
    Edit("ends before it starts", "ends: 2025-02-13", "ends: 2025-02-11", 8, 3,
         "found 2025-02-11, before the meeting starts (2025-02-12)"),
    # ids
    Edit("id with capitals", "id: raad-2025", "id: Raad-2025", 3, 3,
         "found 'Raad-2025', expected an id of small letters, digits and hyphens"),
    Edit("id with a path", "id: raad-2025", "id: ../raad", 3, 3, "expected an id of small letters"),
    Edit("id with a line break", "id: raad-2025", 'id: "raad-2025\\n"', 3, 3,
         "expected an id of small letters"),
    Edit("session id with a line break", "  - id: raad\n", '  - id: "raad\\n"\n', 14, 5,
         "expected an id of small letters"),
    Edit("reference id with a space", "id: kst-21501-02-2794", "id: kst-21501-02 2794", 57, 5,
         "found 'kst-21501-02 2794', expected an id without spaces"),
    Edit("reference id with a line break", "id: kst-21501-02-2794", 'id: "kst-21501-02-2794\\n"',
         57, 5, "expected an id without spaces"),
    Edit("SHA-256 too short", f"sha256: {'0' * 64}", "sha256: abc", 11, 5,
         "found 'abc', expected a SHA-256 of 64 small hexadecimal digits"),
    Edit("SHA-256 with a line break", f"sha256: {'0' * 64}", f'sha256: "{"0" * 64}\\n"', 11, 5,
         "expected a SHA-256"),
    Edit("no statement id", "id: introduction.1.2", "id: introduction.2", 29, 9,
         "expected a statement id such as introduction.1.2"),
    Edit("statement counted from 0", "id: introduction.1.2", "id: introduction.1.0", 29, 9,
         "expected a statement id such as introduction.1.2"),
    Edit("statement skipped", "id: introduction.1.2", "id: introduction.1.3", 29, 9,
         "found 'introduction.1.3', expected introduction.1.2 or introduction.2.1"),
    Edit("statement skipped, its id further down", "- id: introduction.1.2\n        page: 1-2\n",
         "- page: 1-2\n        id: introduction.1.3\n", 30, 9, "expected introduction.1.2"),
    Edit("statement repeated", "id: introduction.1.2", "id: introduction.1.1", 29, 9,
         "found 'introduction.1.1', expected introduction.1.2 or introduction.2.1"),
    Edit("paragraph skipped", "id: introduction.1.2", "id: introduction.3.1", 29, 9,
         "found 'introduction.3.1', expected introduction.1.2 or introduction.2.1"),
    Edit("first statement not 1.1", "id: introduction.1.1", "id: introduction.2.1", 26, 9,
         "found 'introduction.2.1', expected introduction.1.1"),
    Edit("statement of another section", "id: introduction.1.2", "id: steun.1.2", 29, 9,
         "found 'steun.1.2', expected introduction.1.2 or introduction.2.1"),
    Edit("immense statement number", "id: introduction.1.2", f"id: introduction.1.{'1' * 5000}", 29,
         9, "expected "),
    Edit("dangling about", "about: [steun.1.1]", "about: [steun.1.7]", 46, 17,
         "found 'steun.1.7', expected the id of a further statement"),
    Edit("about itself", "about: [steun.1.1]", "about: [steun.2.1]", 46, 17,
         "found 'steun.2.1', expected the id of a further statement"),
    Edit("about twice", "about: [steun.1.1]", "about: [steun.1.1, steun.1.1]", 46, 28,
         "found 'steun.1.1' twice"),
    Edit("about on background", "        role: stance\n", "", 45, 9,
         "found `about` on background, expected a stance, an expectation or a commitment"),
    Edit("dangling quote", "quotes: [introduction.1.1]", "quotes: [introduction.1.1, steun.9.9]",
         20, 32, "found 'steun.9.9', expected the id of a statement"),
    Edit("dangling topic", "topics: [steun]", "topics: [steun, klimaat]", 19, 21,
         "found 'klimaat', expected the id of a topic"),
    Edit("section that is no topic", "topics: [steun]", "topics: [introduction]", 19, 14,
         "found 'introduction', expected the id of a topic"),
    Edit("dangling citation", "[steun.2.1, footnote:2]", "[steun.2.1, footnote:3]", 62, 29,
         "found 'footnote:3', expected the id of a statement, section or footnote"),
    Edit("same session twice", "sections:", "  - id: raad\n    kind: dinner\n"
         "    title: {nl: Diner}\n    quotes: [introduction.1.1]\nsections:", 21, 5,
         "found the id 'raad' twice"),
    Edit("same session twice, its id further down", "sections:", "  - kind: dinner\n    id: raad\n"
         "    title: {nl: Diner}\n    quotes: [introduction.1.1]\nsections:", 22, 5,
         "found the id 'raad' twice"),
    # footnotes
    Edit("footnote without a call", "dit.[^2]", "dit.", 53, 5,
         "found footnote 2, which nothing calls"),
    Edit("call without a footnote", "dit.[^2]", "dit.[^2][^3]", 47, 9,
         "found a call of footnote 3, which is missing"),
    Edit("call of footnote 0", "dit.[^2]", "dit.[^2][^0]", 47, 9,
         "found '[^0]', expected a footnote mark such as [^2]"),
    Edit("call without a footnote in a heading", "nl: Steun\n", "nl: Steun[^3]\n", 35, 7,
         "found a call of footnote 3, which is missing"),
    Edit("footnote called twice", "dit.[^2]", "dit.[^2][^1]", 47, 9,
         "found a second call of footnote 1"),
    Edit("footnotes out of order", "- number: 1\n    page: 2\n    nl: Rapport van de Raad\n"
         "  - number: 2", "- number: 2\n    page: 2\n    nl: Rapport van de Raad\n  - number: 1",
         53, 5, "found footnote 1 after 2"),
    Edit("footnotes out of order, their numbers further down", "- number: 2\n    page: 3\n",
         "- page: 3\n    number: 1\n", 54, 5, "found footnote 1 after 1"),
    Edit("footnote without a call, its number further down", "references:",
         "  - page: 3\n    nl: Los\n    number: 3\nreferences:", 58, 5,
         "found footnote 3, which nothing calls"),
    Edit("same footnote twice", "- number: 2", "- number: 1", 53, 5, "found footnote 1 after 1"),
    Edit("call in a footnote", "nl: Rapport van de Raad", "nl: Rapport[^9] van de Raad", 52, 5,
         "found the footnote mark [^9], which stands only in headings and sentences"),
    Edit("call in the title", "nl: Geannoteerde agenda", "nl: Geannoteerde agenda[^9]", 5, 5,
         "[^9]"),
    Edit("call in a session's title", "nl: Raad\n    topics", "nl: Raad[^9]\n    topics", 18, 7,
         "[^9]"),
    Edit("call in a translation", "en: The government supports this.",
         "en: The government supports this.[^2]", 48, 9, "[^2]"),
    Edit("mark alone", "nl: Het kabinet ondersteunt dit.[^2]", "nl: '[^2]'", 47, 9,
         "found a footnote mark alone, expected text around it"),
    Edit("space before a mark", "dit.[^2]", "dit. [^2]", 47, 9, "spaces that are not single"),
    Edit("heading that is a mark", "      nl: Steun\n", "      nl: '[^2]'\n", 35, 7,
         "found a footnote mark alone, expected text around it"),
    # pages
    Edit("pages that fall", "page: 2-3", "page: 4-3", 44, 9,
         "found '4-3', expected pages that rise"),
    Edit("one page as two", "page: 2-3", "page: 3-3", 44, 9,
         "found '3-3', expected pages that rise"),
    Edit("page in words", "page: 2-3", "page: twee", 44, 9,
         "found 'twee', expected a page such as 3, or two such as 3-4"),
    Edit("page with a line break", "page: 2-3", 'page: "2-3\\n"', 44, 9,
         "expected a page such as 3"),
    Edit("page before the last one", "page: 2-3", "page: 1", 44, 9,
         "found page 1, expected 2 to 3"),
    Edit("page beyond the last", "page: 2-3", "page: 3-4", 44, 9, "found page 4, expected 2 to 3"),
    Edit("heading before the text above", "page: 2\n    statements", "page: 1\n    statements", 37,
         5, "found page 1, expected 2 to 3"),
    Edit("footnote beyond the last page", "page: 3\n    nl: Kamerstuk", "page: 4\n    nl: Kamer"
         "stuk", 54, 5, "found page 4, expected 1 to 3"),
    # white space
    Edit("line break in a sentence", "nl: De ministers komen bijeen.",
         "nl: |-\n          De ministers\n          komen bijeen.", 28, 9, SPACES),
    Edit("line break after a sentence", "nl: De ministers komen bijeen.",
         "nl: >\n          De ministers komen bijeen.", 28, 9, SPACES),
    Edit("two spaces in a sentence", "De ministers", "De  ministers", 28, 9, SPACES),
    Edit("tab in a sentence", "nl: De ministers komen bijeen.", 'nl: "De\\tministers"', 28, 9,
         SPACES),
    Edit("space before a sentence", "nl: De ministers komen bijeen.", "nl: ' De ministers'", 28, 9,
         SPACES),
    Edit("two spaces in a translation", "en: The government", "en: The  government", 48, 9, SPACES),
    Edit("two spaces in a heading", "nl: Steun\n", "nl: Steun  aan\n", 35, 7, SPACES),
    Edit("two spaces in a footnote", "Rapport van", "Rapport  van", 52, 5, SPACES),
    Edit("two spaces in the title", "Geannoteerde agenda", "Geannoteerde  agenda", 5, 5, SPACES),
    Edit("two spaces in the title's translation", "  organisation: NAVO",
         "    en: Annotated  Agenda\n  organisation: NAVO", 6, 5, SPACES),
    Edit("line break in the organisation", "organisation: NAVO", 'organisation: "NA\\nVO"', 6, 3,
         SPACES),
    Edit("line break in the venue", "  starts:", '  venue: "Den\\nHaag"\n  starts:', 7, 3, SPACES),
    Edit("two spaces in the delegation", "  starts:",
         "  delegation:\n    - nl: de  minister\n  starts:", 8, 7, SPACES),
    Edit("two spaces in a participant", "    topics:",
         "    participants:\n      - nl: de  leden\n    topics:", 20, 9, SPACES),
    Edit("two spaces in a session's translation", "nl: Raad\n    topics",
         "nl: Raad\n      en: The  Council\n    topics", 19, 7, SPACES),
    Edit("two spaces in a heading's translation", "en: Support\n", "en: Sup  port\n", 36, 7,
         SPACES),
    Edit("two spaces in a footnote's translation", "nl: Rapport van de Raad",
         "nl: Rapport van de Raad\n    en: Report of  it", 53, 5, SPACES),
    Edit("two spaces in a reference's title", "nl: verslag", "nl: het  verslag", 60, 7, SPACES),
    Edit("two spaces in a citation", "citation: 21501-02, nr.", "citation: 21501-02,  nr.", 61, 5,
         SPACES),
    Edit("line break in the letter's citation", "    pages: 3",
         '    citation: "Kamerstuk 28676,\\nnr. 462"\n    pages: 3', 10, 5, SPACES),
    Edit("line break in a note", "    citation: 21501", '    note: "a\\nb"\n    citation: 21501',
         61, 5, SPACES),
]  # fmt: skip


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.name)
def test_a_fault_is_one_error_with_its_place(edit: Edit) -> None:
    error = fault(edited(edit.old, edit.new).encode())
    assert (error.path, error.line, error.column) == ("raad.yaml", edit.line, edit.column)
    assert edit.problem in error.problem
    assert str(error) == f"raad.yaml:{edit.line}:{edit.column}: {error.problem}"


@pytest.mark.parametrize(
    "name",
    [
        "unknown key", "missing key", "duplicate key", "list for text", "alias", "object tag",
        "two documents", "tab", "unfinished quote", "control character", "NUL", "too deep",
        "unknown role", "no such day", "dangling about", "footnote called twice", "pages that fall",
    ],
)  # fmt: skip
def test_the_pure_loader_finds_the_same_faults_in_the_same_places(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(yaml, "CSafeLoader")
    (edit,) = (edit for edit in EDITS if edit.name == name)
    error = fault(edited(edit.old, edit.new).encode())
    assert (error.line, error.column) == (edit.line, edit.column)
    assert edit.problem in error.problem


@pytest.mark.parametrize(
    ("data", "line", "column", "problem"),
    [
        pytest.param(b"", 1, 1, "the file is empty", id="empty"),
        pytest.param(b"# later\n", 1, 1, "the file is empty", id="comment"),
        pytest.param(b"\n---\n", 3, 1, "found nothing, expected a mapping", id="nothing"),
        pytest.param(b"- agenda\n", 1, 1, "found a list, expected a mapping", id="list"),
        pytest.param(b"agenda\n", 1, 1, "found 'agenda', expected a mapping", id="text"),
        pytest.param(b"{}\n", 1, 1, "the key 'schema' is missing", id="empty mapping"),
        pytest.param(b"a: b\nc: \xff\n", 2, 4, "found the byte 0xff, expected UTF-8 text",
                     id="byte"),
        pytest.param(b"a: b\nOekra\xefne\n", 2, 6, "found the byte 0xef", id="Latin-1"),
        pytest.param(b"a: \xc3\xafn\xc3", 1, 6, "found the byte 0xc3", id="cut"),
        pytest.param(b"a: \xed\xa0\x80", 1, 4, "found the byte 0xed", id="surrogate"),
        pytest.param(SMALL.encode("utf-16"), 1, 1, "this is UTF-16, expected UTF-8", id="UTF-16"),
        pytest.param(SMALL.encode("utf-16-be"), 1, 1, "U+0000", id="UTF-16 without a mark"),
        pytest.param(b"%PDF-1.7\n", 1, 7, "this is not YAML", id="PDF"),
    ],
)  # fmt: skip
def test_what_is_no_agenda_at_all_is_one_error_with_its_place(
    data: bytes, line: int, column: int, problem: str
) -> None:
    error = fault(data)
    assert (error.path, error.line, error.column) == ("raad.yaml", line, column)
    assert problem in error.problem


def test_a_format_that_is_named_last_is_still_the_place_of_its_fault() -> None:
    error = fault(f"{SMALL.removeprefix('schema: 1')}schema: 2\n".encode())
    assert (error.line, error.column) == (63, 1)


# -- files ----------------------------------------------------------------------------------


def load_fault(path: Path, shown: str | None = None) -> DataError:
    with pytest.raises(DataError) as caught:
        dataset.load(path, shown=shown)
    return caught.value


def test_a_file_is_named_as_the_user_would_name_it(tmp_path: Path) -> None:
    path = tmp_path / "raad.yaml"
    path.write_text(SMALL, "utf-8")
    assert dataset.load(path).path == str(path)
    assert dataset.load(path, shown="mine/raad.yaml").path == "mine/raad.yaml"
    path.write_text(edited("NAVO", ""), "utf-8")
    assert str(load_fault(path, "mine/raad.yaml")).startswith("mine/raad.yaml:6:3: found nothing")


def test_what_ids_point_at_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers repeat it, so that a small file could make an endless one."""
    texts = [
        "De ministers komen bijeen.", "Er is een rapport verschenen.", "Rapport van de Raad",
        "Kamerstuk 21501-02, nr. 2794", "Het kabinet ondersteunt dit.", "Steun",
    ]  # fmt: skip
    lengths = dict(zip(texts, map(len, texts), strict=True))
    assert sum(lengths.values()) < 1000
    low, high = 1, 1000
    while low < high:  # the least that the small agenda needs
        monkeypatch.setattr(dataset, "MAX_POINTED", (low + high) // 2)
        found = agenda_or_error(SMALL.encode())
        low, high = (low, (low + high) // 2) if isinstance(found, Agenda) else (
            (low + high) // 2 + 1, high)  # fmt: skip
    notes = len(texts[2]) + len(texts[1]) + len(texts[3]) + len(texts[4])
    about = len("Bondgenoten spreken over steun.")
    programme = len(texts[5]) + len(texts[0])
    cited = len(texts[4]) + len(texts[3]) + len(texts[4])
    assert low == notes + about + programme + cited
    monkeypatch.setattr(dataset, "MAX_POINTED", low - 1)
    error = fault(SMALL.encode())
    assert (error.line, error.problem[:24]) == (62, f"found more than {low - 1} sign")


def test_a_missing_file_is_an_error_without_a_line(tmp_path: Path) -> None:
    error = load_fault(tmp_path / "nowhere.yaml")
    assert str(error) == f"{tmp_path / 'nowhere.yaml'}: there is no such file"
    assert (error.line, error.column) == (None, None)


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000])
def test_an_impossible_name_is_an_error(tmp_path: Path, name: str) -> None:
    assert load_fault(tmp_path / name).line is None


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert load_fault(tmp_path).problem == "this is not a file"


def test_a_file_that_is_too_large_is_not_read_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "raad.yaml"
    path.write_text(SMALL, "utf-8")
    monkeypatch.setattr(files, "MAX_AGENDA", len(SMALL))
    assert dataset.load(path).id == "raad-2025"
    monkeypatch.setattr(files, "MAX_AGENDA", len(SMALL) - 1)
    assert load_fault(path).problem == "it is larger than 0 MB"


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (PermissionError(13, "Permission denied"), "it cannot be read: Permission denied"),
        (ValueError("embedded null byte"), "it cannot be read: embedded null byte"),
    ],
)
def test_a_file_that_cannot_be_read_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, problem: str
) -> None:
    path = tmp_path / "raad.yaml"
    path.write_text(SMALL, "utf-8")

    def refuse(*_: object) -> None:
        raise error

    monkeypatch.setattr(os, "open", refuse)
    assert load_fault(path).problem == problem


# -- the letter for Washington --------------------------------------------------------------


def test_the_letter_is_whole(washington: Agenda) -> None:
    assert sum(1 for _ in washington.statements()) == 87
    assert [(section.id, section.kind.value) for section in washington.sections] == [
        ("introduction", "introduction"),
        ("programme", "programme"),
        ("steun-aan-oekraine", "topic"),
        ("afschrikking-en-verdediging", "topic"),
        ("hybride-dreigingen", "topic"),
        ("mondiale-uitdagingen", "topic"),
        ("navo-eu-samenwerking", "topic"),
    ]
    assert len(washington.references) == 16
    assert (washington.starts.isoformat(), washington.ends.isoformat()) == (
        "2024-07-09",
        "2024-07-11",
    )
    assert [name.nl for name in washington.delegation] == [
        "minister-president",
        "minister van Buitenlandse Zaken",
        "minister van Defensie",
    ]
    assert washington.document.citation == "Kamerstuk 28676, nr. 462"
    assert washington.document.id == "kst-28676-462"
    assert washington.document.date == datetime.date(2024, 6, 28)
    assert washington.document.pages == 7
    assert washington.reviewed


def test_each_footnote_is_called_in_its_place(washington: Agenda) -> None:
    statements = {statement.id: statement for statement in washington.statements()}
    found = []
    for footnote in washington.footnotes:
        statement = statements[footnote.called_from]
        (call,) = statement.calls
        assert call.number == footnote.number
        found.append((call.number, statement.id, statement.text[: call.offset].split(" ")[-1]))
    assert found == [
        (1, "afschrikking-en-verdediging.3.4", "rapport"),
        (2, "afschrikking-en-verdediging.3.5", "daarbij."),
        (3, "afschrikking-en-verdediging.5.5", "defensiematerieel."),
        (4, "mondiale-uitdagingen.2.6", "gemaakt"),
        (5, "navo-eu-samenwerking.1.5", "defensieproductiecapaciteit."),
    ]
    assert [footnote.page for footnote in washington.footnotes] == [3, 3, 4, 6, 7]
    assert sum(len(statement.calls) for statement in statements.values()) == 5


def test_no_text_holds_a_mark_or_stray_white_space(washington: Agenda) -> None:
    texts = [statement.text for statement in washington.statements()]
    texts += [statement.text_en or "" for statement in washington.statements()]
    texts += [footnote.text for footnote in washington.footnotes]
    for text in texts:
        assert "[^" not in text
        assert text == " ".join(text.split())


def test_the_programme_has_eight_sessions(washington: Agenda) -> None:
    days = [session.date.day if session.date else None for session in washington.sessions]
    assert days == [9, 10, 10, 10, 10, 11, 11, None]
    evenings = [s.id for s in washington.sessions if s.part_of_day is PartOfDay.EVENING]
    assert evenings == [
        "white-house-dinner",
        "foreign-ministers-dinner",
        "defence-ministers-dinner",
    ]
    assert [s.id for s in washington.sessions if s.part_of_day is None] == [
        "opening-ceremony",
        "council-allies",
        "council-partners",
        "nato-ukraine-council",
        "allied-events",
    ]


def test_the_council_of_11_july_has_seven_participants(washington: Agenda) -> None:
    (council,) = (s for s in washington.sessions if s.id == "council-partners")
    assert council.date == datetime.date(2024, 7, 11)
    assert [name.nl for name in council.participants] == [
        "voorzitter van de Europese Commissie",
        "voorzitter van de Europese Raad",
        "Hoge Vertegenwoordiger van de Europese Unie",
        "regeringsleiders van Australië",
        "regeringsleiders van Japan",
        "regeringsleiders van Nieuw-Zeeland",
        "regeringsleiders van Zuid-Korea",
    ]


def test_four_statements_cross_a_page_seam(washington: Agenda) -> None:
    assert [(s.id, s.pages) for s in washington.statements() if len(s.pages) > 1] == [
        ("programme.2.3", (1, 2)),
        ("afschrikking-en-verdediging.1.1", (2, 3)),
        ("afschrikking-en-verdediging.4.4", (3, 4)),
        ("afschrikking-en-verdediging.6.5", (4, 5)),
    ]


def test_every_topic_has_a_stance_and_the_programme_none(washington: Agenda) -> None:
    stances = {section.id: len(section.with_role(Role.STANCE)) for section in washington.sections}
    assert all(stances[topic.id] for topic in washington.topics)
    assert stances["programme"] == stances["introduction"] == 0


def test_two_commitments_are_made_to_parliament(washington: Agenda) -> None:
    commitments = [s for s in washington.statements() if s.role is Role.COMMITMENT]
    assert [statement.id for statement in commitments] == [
        "afschrikking-en-verdediging.6.6",
        "mondiale-uitdagingen.2.5",
    ]
    assert "informeert uw Kamer na de zomer" in commitments[0].text
    assert "verslag van de Top" in commitments[1].text


def test_parliamentary_papers_have_official_ids_and_addresses(washington: Agenda) -> None:
    urls = {reference.id: reference.url for reference in washington.references if reference.url}
    site = "https://zoek.officielebekendmakingen.nl"
    assert urls == {
        "kst-36410-X-93": f"{site}/kst-36410-X-93.html",
        "kst-21501-02-2825": f"{site}/kst-21501-02-2825.html",
        "kst-21501-02-2794": f"{site}/kst-21501-02-2794.html",
    }
    citations = {reference.id: reference.citation for reference in washington.references}
    assert citations["kst-21501-02-2825"] == "Kamerstuk 21 501-02 nr. 2825"
    assert citations["kst-36410-X-93"] == "36410-X, nr.93"
    assert citations["defence-production-action-plan"] is None


def test_the_burden_sharing_report_has_the_two_dates_of_the_letter(washington: Agenda) -> None:
    (report,) = (r for r in washington.references if "Defence Expenditure" in r.title.nl)
    assert report.date == datetime.date(2024, 6, 18)
    assert report.other_dates == (datetime.date(2024, 6, 17),)
    assert [r.id for r in washington.references if r.other_dates] == [report.id]


def test_only_the_non_paper_is_confidential(washington: Agenda) -> None:
    (secret,) = (reference for reference in washington.references if reference.confidential)
    assert secret.kind is ReferenceKind.NON_PAPER
    assert secret.cited_from == ("navo-eu-samenwerking.1.5", "footnote:5")
    assert secret.url is None


def test_everything_has_a_translation(washington: Agenda) -> None:
    assert washington.title_en
    assert all(statement.text_en for statement in washington.statements())
    assert all(footnote.text_en for footnote in washington.footnotes)
    assert all(reference.title.en for reference in washington.references)
    assert all(session.title.en for session in washington.sessions)


def independent_digest(tree: Any) -> str:
    """DESIGN section 3, straight from the YAML: title, sections, footnotes, without marks."""
    letter = tree["agenda"]["title"]["nl"]
    for section in tree["sections"]:
        letter += section.get("title", {"nl": ""})["nl"]
        for statement in section["statements"]:
            letter += statement["nl"]
    letter = re.sub(r"\[\^[0-9]+\]", "", letter)
    for footnote in tree["footnotes"]:
        letter += footnote["nl"]
    letter = re.sub(r"\s", "", unicodedata.normalize("NFKC", letter)).casefold()
    return hashlib.sha256(letter.encode()).hexdigest()


def test_the_digest_is_that_of_the_letter(washington: Agenda) -> None:
    recorded = washington.document.sha256
    assert dataset.digest(washington) == recorded
    assert independent_digest(yaml.load(REAL, Loader=yaml.BaseLoader)) == recorded


def test_the_digest_sees_each_letter_and_no_white_space() -> None:
    agenda = read(SMALL)
    same = [
        ("De ministers komen bijeen.", "DE MINISTERS KOMENBIJEEN."),
        ("verschenen.", "verschenen．"),
        ("rapport[^1] verschenen.", "rapport verschenen.[^1]"),
        ("organisation: NAVO", "organisation: EU"),
        ("en: Support", "en: Aid"),
    ]
    other = [
        ("komen bijeen.", "komen bijeen"),
        ("nl: Steun\n", "nl: Steunen\n"),
        ("nl: Rapport van de Raad", "nl: Verslag van de Raad"),
        ("Geannoteerde agenda", "Agenda"),
    ]
    for old, new in same:
        assert dataset.digest(read(edited(old, new))) == dataset.digest(agenda)
    for old, new in other:
        assert dataset.digest(read(edited(old, new))) != dataset.digest(agenda)


def test_the_pure_loader_gives_the_same_agenda(
    washington: Agenda, washington_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(yaml, "CSafeLoader")
    assert dataset.load(washington_file) == washington


def test_a_read_agenda_is_the_file_and_nothing_else(washington: Agenda) -> None:
    tree = yaml.load(REAL, Loader=yaml.BaseLoader)
    sentences = [s["nl"] for section in tree["sections"] for s in section["statements"]]
    unmarked = [re.sub(r"\[\^\d+\]", "", sentence) for sentence in sentences]
    assert [statement.text for statement in washington.statements()] == unmarked
    assert [footnote.text for footnote in washington.footnotes] == [
        footnote["nl"] for footnote in tree["footnotes"]
    ]
    assert [name.nl for session in washington.sessions for name in session.participants] == [
        name["nl"] for session in tree["sessions"] for name in session.get("participants", [])
    ]


# -- whatever else a file holds -------------------------------------------------------------


def agenda_or_error(data: bytes) -> Agenda | DataError:
    try:
        return dataset.parse(data, "raad.yaml")
    except DataError as error:
        return error


def check_any(data: bytes) -> None:
    found = agenda_or_error(data)
    if isinstance(found, DataError):
        assert re.fullmatch(r"raad\.yaml:[1-9]\d*:[1-9]\d*: .+", str(found), re.DOTALL)
    else:
        # What loads can be kept, shown and proven.
        assert msgspec.msgpack.decode(msgspec.msgpack.encode(found), type=Agenda) == found
        assert len(dataset.digest(found)) == 64


@settings(max_examples=150)
@given(st.text() | st.text(alphabet="schema: 1\n-[]{}&*!|>'\"%@`#?,\t"))
def test_arbitrary_text_is_an_agenda_or_one_error(text: str) -> None:
    check_any(text.encode())


@settings(max_examples=100)
@given(st.binary())
def test_arbitrary_bytes_are_an_agenda_or_one_error(data: bytes) -> None:
    check_any(data)


LINES = REAL.splitlines()


@settings(max_examples=250)
@given(
    at=st.integers(0, len(LINES) - 1),
    # None stands for the line itself.
    instead=st.sampled_from([[], [None, None]])
    | (st.text(max_size=30) | st.sampled_from(LINES)).map(lambda line: [line]),
)
def test_the_real_file_changed_in_one_place_is_an_agenda_or_one_error(
    at: int, instead: list[str | None]
) -> None:
    lines = [LINES[at] if line is None else line for line in instead]
    check_any("\n".join([*LINES[:at], *lines, *LINES[at + 1 :]]).encode())


@settings(max_examples=250)
@given(
    at=st.integers(0, len(SMALL) - 1),
    length=st.integers(0, 12),
    instead=st.text(max_size=6)
    | st.sampled_from(
        ["- ", ": ", "[^1]", '"', "\\", "'", "[", "{", "&a ", "*a", "!!x ", "`$.a` "]
    ),
)
def test_a_small_file_changed_in_one_place_is_an_agenda_or_one_error(
    at: int, length: int, instead: str
) -> None:
    check_any((SMALL[:at] + instead + SMALL[at + length :]).encode())
