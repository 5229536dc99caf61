"""What answers look like: nothing cut at any width, nothing of a file's text obeyed.

Looks are held by golden files in `tests/golden/`; `NATOAGENDA_GOLDEN=1 pytest
tests/test_output.py` rewrites them. What every table must do, whatever it looks like, is tested
as properties over all commands and widths.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest

from natoagenda.cli.app import COMMANDS
from natoagenda.model import Agenda, Name, Reference, Role, Section, Statement
from natoagenda.output import UNOFFICIAL, Format, Reply, Screen, render
from natoagenda.output.views import VIEWS
from natoagenda.visible import visible
from tests.conftest import LETTER, SCRATCH
from tests.pages import against_golden, answering_from, ask, columns, page

replace = msgspec.structs.replace

WIDTHS = (40, 60, 80, 100, 160)

ASKED: dict[str, tuple[str, ...]] = {
    "schedule": ("schedule",),
    "schedule --day": ("schedule", "--day", "10"),
    "topics": ("topics",),
    "topic oekraïne": ("topic", "oekraïne"),
    "topic afschrikking": ("topic", "afschrikking"),
    "topic --full": ("topic", "mondiale", "--full"),
    "stances": ("stances",),
    "expectations": ("expectations",),
    "commitments": ("commitments",),
    "footnotes": ("footnotes",),
    "footnotes 2": ("footnotes", "2"),
    "references": ("references",),
    "show": ("show",),
    "compare": ("compare", "oekraïne"),
    "agendas": ("agendas",),
    "commitments --open": ("commitments", "--open"),
    "search --full": ("search", "oekraïne", "--full"),
    "search several": ("search", "bondgenoot", "--full"),
    "cite": ("cite", "Kamerstuk 36410-X, nr. 93 en Kamerstuk 35 405"),
    "check": ("check",),
    "import": ("import", str(LETTER), "-o", str(SCRATCH / "asked.yaml"), "--force"),
}
"""Questions that between them show every view; each command's name begins some."""

ON_AGENDAS = {name: words for name, words in ASKED.items() if name not in ("cite", "import")}


def pages_of(questions: dict[str, tuple[str, ...]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(
        "words", [pytest.param(words, id=name) for name, words in questions.items()]
    )


# -- every choice has an implementation ----------------------------------------------------


@pytest.mark.parametrize(
    "command", [name for name in COMMANDS if name not in ("schema", "export", "browse")]
)
def test_every_command_has_a_view_of_its_name(command: str) -> None:
    assert command in VIEWS
    words = next(words for words in ASKED.values() if words[0] == command)
    assert ask(*words).view == command


def test_every_view_is_a_command_s() -> None:
    assert set(VIEWS) == set(COMMANDS) - {"schema", "export", "browse"} | {"removed"}


# -- nothing is cut ------------------------------------------------------------------------


def texts(row: object) -> Iterator[str]:
    """Titles, statements, participants and footnotes of a reply, in the letter's words."""
    if isinstance(row, msgspec.Struct):
        for name in ("title", "text", "citation", "url", "section_title"):
            if value := getattr(row, name, None):
                yield value
        yield from getattr(row, "participants", ())
        for name in row.__struct_fields__:
            # Not every view shows these of each row; `shown` adds those that it must.
            if name not in _PARTS:
                yield from texts(getattr(row, name))
    elif isinstance(row, (list, tuple)):
        for part in row:
            yield from texts(part)


_PARTS = ("quotes", "references", "statements", "sessions", "about", "called_from")


def shown(reply: Reply) -> set[str]:
    """What the page of a reply must hold, in whole."""
    rows: Any = reply.rows
    wanted = set(texts(rows))
    if reply.view == "schedule":
        wanted |= {agenda.title for agenda in reply.agendas}
    elif reply.view == "footnotes":
        wanted |= {row.called_from.text for row in rows}
    elif reply.view == "check":
        wanted |= {proof.sha256 for proof in rows}
    elif reply.view == "topic":
        wanted |= {row.title for row in [*rows.references, *rows.sessions]}
        wanted |= {quote.text for row in rows.stances for quote in row.about}
        if reply.options["full"]:
            wanted |= {row.text for row in rows.statements}
    elif reply.view == "show":
        parts = [part for section in rows.sections for part in section.paragraphs]
        wanted |= {row.text for part in parts for row in part.statements}
        wanted |= {row.title for row in [*rows.references, *rows.sessions]}
        wanted |= set(rows.agenda.delegation)
    return wanted


def squeezed(text: str) -> str:
    """Text without white space, footnotes' marks and search's marks, which a page may add."""
    return "".join(re.sub(r"\[\d+\]|[«»]", "", text).split())


@pytest.mark.parametrize("width", WIDTHS)
@pages_of(ASKED)
def test_nothing_is_cut(words: tuple[str, ...], width: int) -> None:
    reply = ask(*words)
    text = page(reply, width)
    found = [squeezed(column) for column in [*columns(text), text]]
    wanted = shown(reply)
    assert wanted
    lost = {each for each in wanted if not any(squeezed(each) in column for column in found)}
    assert lost == set()
    assert "…" not in text


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("lang", ["nl", "en"])
@pages_of(ASKED)
def test_no_line_is_wider_than_the_screen(words: tuple[str, ...], width: int, lang: str) -> None:
    text = page(ask(*words), width, lang=lang)
    assert text.endswith("\n")
    for line in text.split("\n"):
        assert len(line) <= width
        assert line == line.rstrip()


@pages_of(ASKED)
def test_colours_change_no_character(words: tuple[str, ...]) -> None:
    reply = ask(*words)
    plain = page(reply)
    coloured = page(reply, color=True, links=True)
    without = re.sub(r"\x1b\]8;[^\x1b]*\x1b\\|\x1b\[[0-9;]*m", "", coloured)
    assert "\x1b" in coloured
    assert "\x1b" not in without
    if reply.view == "search":  # colour marks what else `«»` do, so lines are filled otherwise
        marks = re.compile(r"[«»\s]")
        assert sorted(marks.sub("", without)) == sorted(marks.sub("", plain))
    else:
        assert [line.rstrip() for line in without.split("\n")] == plain.split("\n")


def test_coloured_lines_have_no_trailing_spaces_either() -> None:
    for line in page(ask("schedule"), color=True, links=True).split("\n"):
        assert not re.search(r" (?:\x1b\[[0-9;]*m)*$", line), repr(line)


def test_links_without_colour_and_colour_without_links() -> None:
    reply = ask("references")
    links = page(reply, links=True)
    assert "\x1b]8;" in links
    assert not re.search(r"\x1b\[[0-9;]*3\d", links)
    colour = page(reply, color=True)
    assert "\x1b]8;" not in colour
    assert re.search(r"\x1b\[", colour)


def test_every_address_can_be_clicked(washington: Agenda) -> None:
    text = page(ask("references"), 60, links=True)
    for reference in washington.references:
        if reference.url:
            assert f";{reference.url}\x1b\\" in text


def test_a_long_hit_shows_the_part_around_the_match() -> None:
    reply = ask("search", "Helsinki")
    rows: Any = reply.rows
    [hit] = rows
    assert len(hit.text) > 320
    text = page(reply)
    assert "… " in text
    assert "«Helsinki»" in text
    assert squeezed(hit.text) not in squeezed(text)
    assert squeezed(hit.text) in columns_squeezed(ask("search", "Helsinki", "--full"))


def columns_squeezed(reply: Reply) -> str:
    return "\n".join(map(squeezed, columns(page(reply))))


def test_a_long_hit_that_matches_at_its_beginning_is_cut_at_its_end_only() -> None:
    text = page(ask("search", '"Daarnaast vindt in toenemende"', "--in", "statements"))
    assert re.search(r"statement  «Daarnaast vindt in toenemende»", text)
    assert " …" in text


def test_a_match_far_from_the_first_is_marked_where_all_is_shown() -> None:
    words = ("search", "daarnaast", "helsinki", "--in", "statements")
    assert "«Helsinki»" not in page(ask(*words))
    assert "«Helsinki»" in page(ask(*words, "--full"))


# -- what a view says ----------------------------------------------------------------------


def test_the_schedule_groups_by_day() -> None:
    text = page(ask("schedule"))
    days = re.findall(r"(?m)^(?:Tuesday|Wednesday|Thursday|No day).*$", text)
    assert days == [
        "Tuesday 9 July 2024", "Wednesday 10 July 2024", "Thursday 11 July 2024", "No day given",
    ]  # fmt: skip
    assert text.count("evening") == 3
    assert ":" not in text.replace("·", "")  # no clock time is invented


def test_an_empty_schedule_says_so() -> None:
    assert page(ask("schedule", "--day", "12")).startswith("nothing on the programme\n")


def test_the_topic_begins_with_the_stance() -> None:
    text = page(ask("topic", "oekraïne"))
    at = [text.index(word) for word in (
        "Dutch stance", "Nederland is hier voorstander van", "on: Ten tweede",
        "Expected of allies", "References", "On the programme", "washington-2024",
    )]  # fmt: skip
    assert at == sorted(at)
    assert "The whole section" not in text


def test_a_statement_that_was_shown_is_pointed_at() -> None:
    assert "on: ¶ 2.1 above" in page(ask("topic", "oekraïne"))


def test_footnotes_stand_where_they_are_called() -> None:
    assert "burden sharing rapport[1] waaruit" in squeeze_lines(
        page(ask("topic", "afschrikking", "--full"))
    )


def squeeze_lines(text: str) -> str:
    return " ".join(text.split())


def without_role(agenda: Agenda, role: Role) -> Agenda:
    """The agenda with no statement of a role."""

    def within(section: Section) -> Section:
        return replace(
            section,
            statements=tuple(
                replace(s, role=Role.BACKGROUND) if s.role is role else s
                for s in section.statements
            ),
        )

    return replace(agenda, sections=tuple(map(within, agenda.sections)))


def test_a_topic_without_a_stance_says_so(washington: Agenda) -> None:
    silent = [without_role(washington, Role.STANCE)]
    text = page(ask("topic", "hybride", agendas=silent))
    assert "Dutch stance" in text
    assert "the letter states no Dutch stance on this topic" in text
    text = page(ask("stances", agendas=silent))
    assert text.startswith("the letter has none\n")


def test_a_topic_without_expectations_is_silent_on_them(washington: Agenda) -> None:
    text = page(ask("topic", "hybride", agendas=[without_role(washington, Role.EXPECTATION)]))
    assert "Expected of allies" not in text


def test_a_letter_without_notes_and_sources(washington: Agenda) -> None:
    bare = replace(
        washington,
        footnotes=(),
        references=(),
        sections=tuple(
            replace(
                section,
                statements=tuple(replace(s, calls=()) for s in section.statements),
            )
            for section in washington.sections
        ),
    )
    assert "the letter has no footnotes" in page(ask("footnotes", agendas=[bare]))
    assert "the letter leans on no documents" in page(ask("references", agendas=[bare]))
    text = page(ask("show", agendas=[bare]))
    assert "Footnotes" not in text
    assert "References" not in text


def test_a_letter_whose_paper_is_not_known_yet_is_named_by_its_title(washington: Agenda) -> None:
    document = replace(washington.document, citation=None, id=None, date=None)
    text = page(ask("topics", agendas=[replace(washington, document=document)]))
    assert f"{washington.title} · washington-2024" in squeeze_lines(text)


def test_search_says_how_many_and_where() -> None:
    text = page(ask("search", "dassen"))
    assert "2 places" in text
    assert "motion" in text or "motie" in text
    one = page(ask("search", "dassen", "--in", "statements"))
    assert "\n1 place\n" in one
    limited = page(ask("search", "oekraïne", "--limit", "2"))
    assert "\n2 places, and there are more\n" in limited


def test_search_without_a_hit_shows_nothing() -> None:
    assert page(ask("search", "xyzzyq")).strip() == ""


def test_search_marks_by_colour_where_there_is_colour() -> None:
    text = page(ask("search", "dassen"), color=True)
    assert "«" not in text
    assert re.search(r"\x1b\[[0-9;]*35m[^\x1b]*Dassen\x1b\[0m", text)


def test_an_incomplete_citation_says_so() -> None:
    text = squeeze_lines(page(ask("cite", "Kamerstuk 35 405")))
    assert "Kamerstuk 35 405" in text
    assert "incomplete" in text
    assert "http" not in text


def test_check_shows_findings_and_differences(washington: Agenda, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("GEANNOTEERDE AGENDA\n")
    changed = replace(washington, document=replace(washington.document, sha256="0" * 64))
    reply = ask("check", "--source", str(letter), agendas=[changed])
    assert reply.exit_code == 1
    text = page(reply)
    assert "1 finding" in text
    assert "0" * 64 in "".join(text.split())
    assert "differences" in text
    assert "(nothing)" in text
    assert "identical" not in text
    assert "whole and sound" not in text


def test_check_says_that_the_letter_is_identical(letter: Path) -> None:
    reply = ask("check", "--source", str(letter))
    assert reply.exit_code == 0
    text = page(reply, 160)
    assert "washington-2024: whole and sound" in text
    proofs: Any = reply.rows
    assert f"{letter}: identical, word for word, all {proofs[0].words} words" in text


def test_one_finding_is_one(washington: Agenda) -> None:
    changed = replace(washington, document=replace(washington.document, sha256="0" * 64))
    assert re.search(r"\b1 finding\b", page(ask("check", agendas=[changed])))


def test_one_difference_is_one(letter: Path, tmp_path: Path) -> None:
    copy = tmp_path / "letter.txt"
    copy.write_text(letter.read_text().replace("ondersteunt dit", "steunt dit"))
    text = page(ask("check", "--source", str(copy)), 160)
    assert ": 1 difference\n" in text
    place = text.index("hybride-dreigingen.1.7")
    assert text.index("steunt", place) < text.index("ondersteunt", place)
    assert "p. 5" in text[place - 30 : place]


# -- languages -----------------------------------------------------------------------------


@pages_of({name: words for name, words in ON_AGENDAS.items() if words[0] != "check"})
def test_translations_are_marked_as_unofficial(words: tuple[str, ...]) -> None:
    assert UNOFFICIAL in squeeze_lines(page(ask(*words), lang="en"))


def test_english_shows_the_translation_and_not_the_letter() -> None:
    text = squeeze_lines(page(ask("topic", "hybride"), lang="en"))
    assert "Het kabinet ondersteunt dit." not in text
    assert re.search(r"The (Dutch )?(government|cabinet) supports this", text)
    assert text.index("Hybrid threats") < text.index("Hybride dreigingen")


def test_both_titles_are_shown(washington: Agenda) -> None:
    for lang in ("nl", "en"):
        for words in (("schedule",), ("topics",), ("stances",), ("show",)):
            text = squeezed(page(ask(*words), 160, lang=lang))
            assert "Hybridedreigingen" in text or words == ("schedule",)
            assert "Hybridthreats" in text or words == ("schedule",)
    text = squeezed(page(ask("schedule"), 160))
    assert squeezed(washington.title) in text
    assert squeezed(washington.title_en or "-") in text


def untranslated(agenda: Agenda) -> Agenda:
    """The agenda as an importer would leave it: no word of English."""

    def name(old: Name) -> Name:
        return Name(old.nl, None)

    def statement(old: Statement) -> Statement:
        return replace(old, text_en=None)

    def section(old: Section) -> Section:
        return replace(old, title_en=None, statements=tuple(map(statement, old.statements)))

    return replace(
        agenda,
        title_en=None,
        delegation=tuple(map(name, agenda.delegation)),
        sections=tuple(map(section, agenda.sections)),
        sessions=tuple(
            replace(s, title=name(s.title), participants=tuple(map(name, s.participants)))
            for s in agenda.sessions
        ),
        footnotes=tuple(replace(f, text_en=None) for f in agenda.footnotes),
        references=tuple(replace(r, title=name(r.title)) for r in agenda.references),
    )


def test_what_has_no_translation_is_shown_in_dutch_and_marked(washington: Agenda) -> None:
    agendas = [untranslated(washington)]
    text = squeeze_lines(page(ask("topic", "hybride", agendas=agendas), 160, lang="en"))
    assert "Het kabinet ondersteunt dit. [Dutch; no translation]" in text
    text = squeeze_lines(page(ask("footnotes", "4", agendas=agendas), 160, lang="en"))
    assert "d.d. 7 mei 2024 [Dutch; no translation]" in text
    text = squeezed(page(ask("schedule", agendas=agendas), 160, lang="en"))
    assert "alleNAVO-partnerlanden[Dutch;notranslation]" in text


@pytest.mark.parametrize("lang", ["nl", "en"])
@pages_of(ON_AGENDAS)
def test_every_view_shows_an_agenda_without_translations(
    washington: Agenda, words: tuple[str, ...], lang: str
) -> None:
    reply = ask(*words, agendas=[untranslated(washington)])
    text = squeezed(page(reply, 160, lang=lang))
    assert "None" not in text
    if reply.view != "check":
        assert squeezed(next(iter(sorted(shown(reply), key=len)))) in text


# -- agendas that nobody has reviewed ------------------------------------------------------


@pytest.mark.parametrize("width", [40, 100])
@pages_of(ON_AGENDAS)
def test_every_view_of_an_unreviewed_agenda_says_so(
    washington: Agenda, words: tuple[str, ...], width: int
) -> None:
    unreviewed = page(ask(*words, agendas=[replace(washington, reviewed=False)]), width)
    said = "NAVO · not reviewed" if words == ("agendas",) else "washington-2024 is not reviewed"
    assert said in squeeze_lines(unreviewed)
    assert "not reviewed" not in squeeze_lines(page(ask(*words), width))


# -- several agendas -----------------------------------------------------------------------


def second(agenda: Agenda) -> Agenda:
    """Another meeting with the same words, a year before."""
    year = datetime.timedelta(days=364)
    return replace(
        agenda,
        id="vilnius-2023",
        title="GEANNOTEERDE AGENDA VOOR DE NAVO-TOP IN VILNIUS",
        title_en="Annotated agenda for Vilnius",
        starts=agenda.starts - year,
        ends=agenda.ends - year,
        sessions=tuple(replace(s, date=s.date and s.date - year) for s in agenda.sessions),
    )


ELSEWHERE = ("topic", "show", "check", "search", "agendas")
"""What answers from one agenda, or is asked about several in a test of its own."""

NAMES = {
    "washington-2024": r"washington-2024|WASHINGTON D\.C\. VAN 9 TOT 11 JULI 2024",
    "vilnius-2023": r"vilnius-2023|NAVO-TOP IN VILNIUS",
}


@pytest.mark.parametrize("width", WIDTHS)
@pages_of({n: w for n, w in ON_AGENDAS.items() if w[0] not in ELSEWHERE})
def test_rows_of_several_agendas_say_which_they_are_from(
    washington: Agenda, words: tuple[str, ...], width: int
) -> None:
    if "--day" in words:
        words = ("schedule", "--day", "dinsdag")
    reply = ask(*words, agendas=[second(washington), washington])
    rows: Any = reply.rows
    assert {row.agenda for row in rows} == set(NAMES)
    text = squeeze_lines(page(reply, width))
    for pattern in NAMES.values():
        assert re.search(pattern, text)


def test_each_hit_of_a_search_says_which_agenda_it_is_from(washington: Agenda) -> None:
    reply = ask("search", "dassen", agendas=[second(washington), washington])
    hits: Any = reply.rows
    text = page(reply, 160)
    for agenda in NAMES:
        assert text.count(agenda) == sum(hit.agenda == agenda for hit in hits) > 0


def test_a_topic_is_answered_from_the_latest_meeting(washington: Agenda) -> None:
    reply = ask("topic", "oekraïne", agendas=[second(washington), washington])
    answer: Any = reply.rows
    assert answer.agenda == "washington-2024"
    assert "vilnius-2023" in " ".join(reply.notes)
    assert "vilnius-2023" not in page(reply)
    reply = ask("show", agendas=[second(washington), washington])
    assert "vilnius-2023" in " ".join(reply.notes)


def test_check_proves_each_agenda(washington: Agenda) -> None:
    reply = ask("check", agendas=[second(washington), washington])
    text = page(reply)
    assert "washington-2024: whole and sound" in text
    assert "vilnius-2023: " in text


# -- hostile data --------------------------------------------------------------------------

HOSTILE = [
    "[bold]x[/bold]",
    "[/]",
    "[link=https://evil.example]hier[/link]",
    "\x1b[31mrood\x1b[0m",
    "\x1b]8;;https://evil.example\x1b\\hier\x1b]8;;\x1b\\",
    "\x1b]0;titel\x07",
    "bel\x07len",
    "om\u202egekeerd",
    "\u2066isolaat\u2069",
    "nul\u200bbreed",
    ":smile:",
    "\u9b5a\u9b5a\u9b5a wijd \uff21",
    "\x9b31m",
    "terug\x08\x08",
    "\x00nul",
    "regel\u2028scheiding",
    "delete\x7f",
]


def hostile(agenda: Agenda, words: str) -> Agenda:
    """The agenda with such words in whatever a file can say."""

    def name(old: Name) -> Name:
        return Name(f"{words} {old.nl}", f"{words} {old.en}")

    def statement(old: Statement) -> Statement:
        calls = tuple(replace(call, offset=call.offset + len(words) + 1) for call in old.calls)
        return replace(old, text=f"{words} {old.text}", text_en=f"{words} {old.text_en}",
                       calls=calls)  # fmt: skip

    def section(old: Section) -> Section:
        title = old.title and f"{words} {old.title}"
        title_en = old.title_en and f"{words} {old.title_en}"
        return replace(old, title=title, title_en=title_en,
                       statements=tuple(map(statement, old.statements)))  # fmt: skip

    def reference(old: Reference) -> Reference:
        return replace(old, title=name(old.title), note=words, citation=words)

    return replace(
        agenda,
        title=f"{words} {agenda.title}",
        title_en=f"{words} {agenda.title_en}",
        organisation=words,
        venue=words,
        delegation=tuple(map(name, agenda.delegation)),
        document=replace(agenda.document, citation=words),
        sections=tuple(map(section, agenda.sections)),
        sessions=tuple(
            replace(s, title=name(s.title), participants=tuple(map(name, s.participants)))
            for s in agenda.sessions
        ),
        footnotes=tuple(
            replace(f, text=f"{words} {f.text}", text_en=words) for f in agenda.footnotes
        ),
        references=tuple(map(reference, agenda.references)),
    )


EACH_VIEW = {words[0]: words for words in ON_AGENDAS.values()}


@pytest.mark.no_cover
@pytest.mark.parametrize("words", HOSTILE, ids=ascii)
def test_text_of_a_file_is_shown_as_it_is(washington: Agenda, words: str) -> None:
    agendas = [hostile(washington, words)]
    for asked in EACH_VIEW.values():
        reply = ask(*asked, agendas=agendas)
        for lang in ("nl", "en"):
            text = page(reply, lang=lang)
            unsafe = [c for c in text if c != "\n" and visible(c) != c]
            assert unsafe == [], asked
            if reply.view != "check":  # which quotes them as Python does
                assert "".join(visible(words).split()) in "".join(text.split()), asked


@pytest.mark.no_cover
@pytest.mark.parametrize("words", HOSTILE, ids=ascii)
def test_text_of_a_file_steers_no_terminal(washington: Agenda, words: str) -> None:
    agendas = [hostile(washington, words)]
    with answering_from(agendas):
        for asked in EACH_VIEW.values():
            text = page(ask(*asked), color=True, links=True)
            # Only what the program itself writes: colours, and links to official addresses.
            own = re.sub(
                r"\x1b\[[0-9;]*m|\x1b\]8;(?:id=\d+)?;(?:https://zoek\.[^\x1b]*)?\x1b\\", "", text
            )
            assert [c for c in own if c != "\n" and visible(c) != c] == []


def test_hostile_text_reaches_json_unharmed(washington: Agenda) -> None:
    words = "".join(HOSTILE)
    reply = ask("topics", agendas=[hostile(washington, words)])
    document = json.loads(render(reply, Format.JSON, Screen())[0])
    assert document[0]["title"] == f"{words} Steun aan Oekraïne"


def test_hostile_words_in_a_letter_are_shown_as_they_are(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("[bold]x[/bold] \x1b[31mrood :smile: \u202e")
    text = page(ask("check", "--source", str(letter)))
    assert "[bold]x[/bold]" in text
    assert ":smile:" in text
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_hostile_words_in_a_citation_are_shown_as_they_are() -> None:
    text = page(ask("cite", "[bold]Kamerstuk 36410-X, nr. 93[/bold] \x1b[31m"))
    assert "Kamerstuk 36410-X, nr. 93" in text
    assert "\x1b" not in text


def test_wide_characters_take_their_width(washington: Agenda) -> None:
    from rich.cells import cell_len

    for width in WIDTHS:
        text = page(ask("schedule", agendas=[hostile(washington, "\u9b5a" * 30)]), width)
        assert max(map(cell_len, text.split("\n"))) <= width
        assert text.count("\u9b5a") >= 30 * 8


def test_visible_leaves_dutch_alone() -> None:
    plain = "Oekraïne – ‘steun’ ij ĳ € co\u00adördinatie"
    assert visible(plain) == plain
    assert visible("a\tb\nc") == "a␉b␊c"


# -- golden files --------------------------------------------------------------------------


def golden() -> Sequence[tuple[str, tuple[str, ...], int, str]]:
    questions = {
        "schedule": ("schedule",),
        "topic": ("topic", "oekraïne"),
        "topics": ("topics",),
        "stances": ("stances",),
        "footnotes": ("footnotes",),
        "references": ("references",),
        "search": ("search", "china", "-rusland"),
        "check": ("check",),
    }
    pages = [(name, words, width, "nl") for name, words in questions.items() for width in (60, 100)]
    for name in ("schedule", "topic"):
        pages += [(name, questions[name], width, "nl") for width in (80, 160)]
        pages.append((name, questions[name], 100, "en"))
    return pages


@pytest.mark.parametrize(
    ("name", "words", "width", "lang"),
    [pytest.param(*each, id=f"{each[0]}-{each[2]}-{each[3]}") for each in golden()],
)
def test_the_page_looks_as_it_was_approved(
    name: str, words: tuple[str, ...], width: int, lang: str
) -> None:
    suffix = "" if lang == "nl" else f"-{lang}"
    against_golden(f"{name}-{width}{suffix}", page(ask(*words), width, lang=lang))
