"""What a shell and a script see: streams, formats, exit codes, options and variables."""

from __future__ import annotations

import fcntl
import json
import os
import re
import shlex
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest

from natoagenda import __version__, dataset, rows
from natoagenda.citations import Citation
from natoagenda.cli import main as cli
from natoagenda.cli.app import COMMANDS, build
from natoagenda.cli.main import ExitCode
from natoagenda.errors import NatoagendaError
from natoagenda.search import Hit
from tests.browse.terminal import Terminal
from tests.cli.program import PATIENCE, PROGRAM, Done, environment, one_message, run
from tests.conftest import LETTER, ROOT, SCRATCH
from tests.importing import letters

# -- JSON: the published keys, in order (DESIGN.md, section 4) -----------------------------

KEYS: dict[str, str] = {
    "schedule": "id agenda date part_of_day kind title title_en participants topics page quotes",
    "topics": "id agenda title title_en pages statements stances expectations commitments "
    "footnotes",
    "topic": "id agenda title title_en pages stances expectations commitments statements "
    "footnotes references sessions",
    "stances": "id agenda section section_title role text text_en page pages about footnotes",
    "expectations": "id agenda section section_title role text text_en page pages about footnotes",
    "commitments": "id agenda section section_title role text text_en page pages about footnotes "
    "later",
    "compare": "agenda starts topic stances gone",
    "agendas": "id title title_en organisation starts ends sections stances path reviewed",
    "footnotes": "number agenda text text_en page called_from references",
    "references": "id agenda kind title citation date url confidential cited_from",
    "search": "kind id agenda section page title text lang matches match score",
    "cite": "citation start end id kind url",
    "show": "schema agenda sessions sections footnotes references",
    "import": "agenda path title starts ends pages sections statements stances expectations "
    "commitments sessions footnotes called citations words accounted left_out doubts",
    "check": "agenda sound sha256 findings source identical differences",
}
"""`import` and `check` have no row in the design; the guide's readers rely on these keys."""

ARGUMENTS: dict[str, tuple[str, ...]] = {
    "topic": ("oekraïne",),
    "search": ("oekraïne",),
    "compare": ("oekraïne", "--data", str(ROOT / "tests" / "library"), "--organisation", "nato"),
    "cite": ("Kamerstuk 36410-X, nr. 93; Kamerstuk 35 405",),
    "import": (str(LETTER), "-o", str(SCRATCH / "streams.yaml"), "--force"),
}


def in_order(published: str, keys: Any) -> None:
    """The published keys stand in their order; others may stand among them."""
    wanted = published.split()
    assert [key for key in keys if key in wanted] == wanted


@pytest.fixture(scope="module")
def documents() -> dict[str, Done]:
    return {name: run(name, *ARGUMENTS.get(name, ()), "--json") for name in KEYS}


@pytest.mark.parametrize("command", list(KEYS))
def test_json_is_one_document_and_stderr_is_empty(command: str, documents: dict[str, Done]) -> None:
    done = documents[command]
    assert done.code == 0
    assert done.stderr == b""
    document = done.json
    assert isinstance(document, dict if command in ("topic", "show") else list)
    for row in document if isinstance(document, list) else [document]:
        in_order(KEYS[command], row)
        assert list(row) == list(document[0] if isinstance(document, list) else document)


@pytest.mark.parametrize("command", list(KEYS))
def test_json_is_utf_8_and_not_escaped(command: str, documents: dict[str, Done]) -> None:
    text = documents[command].out
    assert "\\u" not in text
    assert "\x1b" not in text
    assert text.endswith("\n")
    assert not text.startswith("\ufeff")


def test_json_has_the_letter_s_own_letters(documents: dict[str, Done]) -> None:
    assert "Steun aan Oekraïne" in documents["topic"].out
    assert "– ook buiten het bondgenootschap –" in documents["show"].out


def test_every_command_has_its_keys_here() -> None:
    assert set(KEYS) == set(COMMANDS) - {"schema", "export", "browse"}


def test_keys_within_rows(documents: dict[str, Done]) -> None:
    topic = documents["topic"].json
    statement = topic["stances"][0]
    in_order(KEYS["stances"], statement)
    in_order("id text page", statement["about"][0])
    in_order(KEYS["schedule"], topic["sessions"][0])
    in_order(KEYS["references"], topic["references"][0])
    in_order("id text page", topic["sessions"][0]["quotes"][0])

    note = documents["footnotes"].json[1]
    in_order("id text page", note["called_from"])
    [called] = [
        mark
        for section in documents["show"].json["sections"]
        for paragraph in section["paragraphs"]
        for row in paragraph["statements"]
        if row["id"] == note["called_from"]["id"]
        for mark in row["footnotes"]
    ]
    assert list(called) == ["number", "offset"]
    assert called == {"number": 2, "offset": len("Nederland hoort daarbij.")}

    whole = documents["show"].json
    in_order(
        "id title title_en organisation venue starts ends delegation document reviewed",
        whole["agenda"],
    )
    in_order("citation id date pages sha256", whole["agenda"]["document"])
    in_order("id kind title title_en pages paragraphs", whole["sections"][0])
    in_order(KEYS["stances"], whole["sections"][0]["paragraphs"][0]["statements"][0])
    in_order(KEYS["schedule"], whole["sessions"][0])
    in_order(KEYS["footnotes"], whole["footnotes"][0])
    in_order(KEYS["references"], whole["references"][0])


def test_the_figures_of_this_letter(documents: dict[str, Done]) -> None:
    whole = documents["show"].json
    statements = [
        row
        for section in whole["sections"]
        for paragraph in section["paragraphs"]
        for row in paragraph["statements"]
    ]
    assert (len(statements), len(whole["sections"]), len(whole["sessions"])) == (87, 7, 8)
    assert len(documents["topics"].json) == 5
    assert len(documents["footnotes"].json) == 5
    dates = [row["date"] for row in documents["schedule"].json]
    assert dates == ["2024-07-09"] + ["2024-07-10"] * 4 + ["2024-07-11"] * 2 + [None]
    assert documents["schedule"].json[2]["part_of_day"] == "evening"
    stances = [row for row in statements if row["role"] == "stance"]
    assert stances == documents["stances"].json


@pytest.mark.usefixtures("uncounted_children")
@pytest.mark.parametrize("command", list(KEYS))
def test_the_installed_program_gives_every_format(command: str, documents: dict[str, Done]) -> None:
    arguments = ARGUMENTS.get(command, ())
    rows = documents[command].json
    rows = rows if isinstance(rows, list) else [rows]
    lines = run(command, *arguments, "--format", "jsonl")
    assert [json.loads(line) for line in lines.out.splitlines()] == rows
    for chosen in ("csv", "tsv", "markdown"):
        done = run("--format", chosen, command, *arguments)
        assert (done.code, done.stderr) == (0, b"")
        assert b"\x1b" not in done.stdout
    done = run(command, *arguments, env={"NATOAGENDA_FORMAT": "ics"})
    if command == "schedule":
        assert done.stdout.count(b"\r\n") == done.stdout.count(b"\n") > 50
        assert "1 entry of the programme without a day" in one_message(done)
    else:
        answered(done, 2, f"{command} has no format ics; it has table, json, jsonl, csv, tsv, mark")


def test_what_was_not_found_is_said_on_stderr_only() -> None:
    for chosen in ("table", "markdown"):
        answered(run("footnotes", "9", "--format", chosen), 1, "there is no footnote 9")
    done = run("schedule", "--day", "12", "--format", "ics")
    assert (done.code, done.out) == (0, "")


def test_no_commitment_on_a_topic_is_not_none_at_all() -> None:
    assert "the letter has none on this topic" in run("commitments", "--topic", "hybrid").out
    page = run("commitments", "--topic", "hybrid", "--format", "markdown").out
    assert page == "The letter has none on this topic.\n"


def test_help_of_search_by_its_short_name() -> None:
    assert run("search", "-h") == run("search", "--help")


def test_the_same_data_twice_is_read_once(washington_file: Path) -> None:
    twice = ("--data", str(washington_file)) * 2
    assert run("topics", "--json", *twice).json == run("topics", "--json").json


def test_the_schema_of_a_command() -> None:
    assert run("schema", "search").json["title"] == "The answer of natoagenda search"
    assert run("schema", "--json") == run("schema")
    answered(run("schema", "nothing"), 1, "no schema is called 'nothing'; there are schedule, ")
    answered(run("schema", "--format", "csv"), 2, "schema has no format csv; it has json")


def test_offsets_count_characters_of_the_text(documents: dict[str, Done]) -> None:
    for hit in documents["search"].json:
        assert hit["matches"]
        for start, end in hit["matches"]:
            assert hit["text"][start:end].lower() in ("oekraïne", "ukraine")
    text = ARGUMENTS["cite"][0]
    for found in documents["cite"].json:
        assert text[found["start"] : found["end"]] == found["citation"]
    full, dossier = documents["cite"].json
    assert (full["id"], full["url"]) == (
        "kst-36410-X-93", "https://zoek.officielebekendmakingen.nl/kst-36410-X-93.html",
    )  # fmt: skip
    assert dossier["url"] is None


def test_the_types_have_the_keys_that_json_has() -> None:
    for command, struct_type in {
        "schedule": rows.SessionRow, "topics": rows.TopicRow, "topic": rows.Topic,
        "stances": rows.StatementRow, "footnotes": rows.FootnoteRow,
        "references": rows.ReferenceRow, "search": Hit, "cite": Citation, "show": rows.Whole,
    }.items():  # fmt: skip
        in_order(KEYS[command], struct_type.__struct_fields__)


# -- exit codes and messages ---------------------------------------------------------------


def answered(done: Done, code: int, message: str, out: str = "") -> None:
    assert done.code == code, done.err
    assert re.search(message, one_message(done)), done.err
    assert done.out == out
    assert "Traceback" not in done.err


def test_a_day_outside_the_meeting_is_an_empty_answer() -> None:
    done = run("schedule", "--day", "12", "--json")
    answered(done, 0, "'12'.*Tuesday 9 July 2024", "[]\n")
    done = run("schedule", "--day", "12")
    assert done.code == 0
    assert "12" in one_message(done)


def test_a_day_of_the_meeting_without_entries_is_an_empty_answer(
    tmp_path: Path, washington_file: Path
) -> None:
    text = washington_file.read_text(encoding="utf-8")
    longer = tmp_path / "agenda.yaml"
    longer.write_text(text.replace("ends: 2024-07-11", "ends: 2024-07-12"), encoding="utf-8")
    answered(
        run("schedule", "--day", "12", "--json", "--data", str(longer)), 0, "nothing on", "[]\n"
    )


@pytest.mark.parametrize("day", ["10", "2024-07-10", "10 juli", "July 10", "woensdag", "wed"])
def test_days_as_people_type_them(day: str) -> None:
    done = run("schedule", "--day", day, "--json")
    assert (done.code, done.stderr) == (0, b"")
    assert [row["date"] for row in done.json] == ["2024-07-10"] * 4


@pytest.mark.parametrize(
    ("arguments", "code", "message", "out"),
    [
        (("topic", "zzz"), 1, "no topic is called 'zzz'", ""),
        (("topic", "zzz", "--json"), 1, "no topic is called 'zzz'", ""),
        (("footnotes", "9", "--json"), 1, "there is no footnote 9; there are 1 to 5", "[]\n"),
        (("footnotes", "99999999999999999999", "--json"), 1, "no footnote", "[]\n"),
        (("footnotes", "twee"), 2, "'twee' is not the number of a footnote", ""),
        (("--agenda", "nix", "topics"), 1, "no agenda 'nix'; there is washington-2024", ""),
        (("search", "xyzzyq", "--json"), 1, "nothing matches 'xyzzyq'", "[]\n"),
        (("search", "oekrainne", "--json"), 1, "these words would: Oekraïne", "[]\n"),
        (("search", "--json", "--", "-x"), 1, "'-x'", "[]\n"),
        (("search", "", "--json"), 1, "''", "[]\n"),
        (("search", "x" * 1000, "--json"), 1, r"nothing matches 'x+\.\.\.'$", "[]\n"),
        (("search", "x" * 1001, "--json"), 2, "1,001 signs long; a question has at most 1,000", ""),
        (("search", "28 676", "--json"), 1, "nr. 462 is washington-2024 itself", "[]\n"),
        (("search", "28676", "zee", "--json"), 1, "nothing matches", "[]\n"),
        (("search", "--nope"), 2, "no option --nope", ""),
        (("search", "china", "--nope"), 2, "no option --nope", ""),
        (("search", "china", "--in", "boeken"), 2, "'boeken'.*sessions", ""),
        (("search", "china", "--role", "mening"), 2, "mening", ""),
        (("search", "china", "--limit", "0"), 2, "--limit", ""),
        (("search", "china", "--topic", "zzz"), 1, "no topic is called 'zzz'", ""),
        (("search",), 2, "(?i)missing argument", ""),
        (("cite", "geen enkele verwijzing", "--json"), 1, "no citation", "[]\n"),
        (("cite", "--json"), 1, "no citation", "[]\n"),
        (("topic",), 2, "(?i)missing argument", ""),
        (("schedule", "--nope"), 2, "(?i)no such option.*--nope", ""),
        (("schedule", "10"), 2, "(?i)unexpected extra argument", ""),
        (("schedule", "--day", "32"), 2, "'32' is not a day", ""),
        (("schedule", "--day", "30 februari"), 2, "is not a day", ""),
        (("schedule", "--day"), 2, "--day", ""),
        (("schedule", "--format", "pdf"), 2, "pdf", ""),
        (("schedule", "--lang", "fr"), 2, "'fr' is not one of nl, en", ""),
        (("--color", "pink", "schedule"), 2, "'pink' is not one of auto, always, never", ""),
        (("shcedule",), 2, "(?i)no such command 'shcedule'.*schedule", ""),
        (("zzzzzz",), 2, "(?i)no such command 'zzzzzz'", ""),
        (("topics", "--data", "nowhere.yaml"), 3, "nowhere.yaml: there is no such file", ""),
        (("topics", "--data", "x" * 5000), 3, "(?i)name too long", ""),
        (("check", "--source", "nowhere.txt"), 3, "nowhere.txt: there is no such file", ""),
    ],
)  # fmt: skip
def test_what_goes_wrong_is_one_sentence_and_a_code(
    arguments: tuple[str, ...], code: int, message: str, out: str
) -> None:
    answered(run(*arguments), code, message, out)


def test_a_footnote_that_is_not_there_says_nothing_false_of_the_letter() -> None:
    done = run("footnotes", "9")
    assert done.code == 1
    assert one_message(done) == "there is no footnote 9; there are 1 to 5"
    assert "the letter has no footnotes" not in done.out


def test_a_near_miss_answers_and_says_what_it_took() -> None:
    done = run("topic", "oekrainne", "--json")
    assert (done.code, done.json["id"]) == (0, "steun-aan-oekraine")
    assert re.search("'oekrainne'.*steun-aan-oekraine", one_message(done))


def test_a_weekday_that_the_date_is_not() -> None:
    done = run("schedule", "--day", "dinsdag 10 juli", "--json")
    answered(done, 0, r"'dinsdag 10 juli'.*10 July 2024 is a Wednesday", "[]\n")


def test_several_topics_that_fit_are_listed() -> None:
    done = run("topic", "e")
    answered(done, 2, "afschrikking-en-verdediging.*navo-eu-samenwerking")


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        ("reviewed: true", "reviewed: misschien", "reviewed", "misschien"),
        ("schema: 1", "schema: 1\nkleur: rood", "kleur", "kleur"),
        ("starts: 2024-07-09", "starts: 2024-02-30", "starts", "2024-02-30"),
        ("quotes: [programme.1.1]", "quotes: [programme.9.9]", "quotes", "programme.9.9"),
        ("schema: 1", "schema: [1", None, ""),
    ],
)  # fmt: skip
def test_broken_data_is_named_with_line_and_column(
    tmp_path: Path, washington_file: Path, old: str, new: str, place: str | None, message: str
) -> None:
    broken = tmp_path / "agenda.yaml"
    text = washington_file.read_text(encoding="utf-8").replace(old, new, 1)
    broken.write_text(text, encoding="utf-8")
    done = run("topics", "--data", str(broken))
    answered(done, 3, rf"^{re.escape(str(broken))}:\d+:\d+: .*{re.escape(message)}")
    if place is not None:
        found = re.search(r"yaml:(\d+):", done.err)
        assert found
        assert place in text.split("\n")[int(found[1]) - 1]


def test_a_folder_without_agendas(tmp_path: Path) -> None:
    answered(run("topics", "--data", str(tmp_path)), 3, "holds no agenda file")


def test_a_broken_file_in_a_folder_is_left_out(tmp_path: Path, washington_file: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(washington_file.read_bytes())
    (tmp_path / "b.yaml").write_text("schema: 1\n")
    done = run("topics", "--json", "--data", str(tmp_path))
    assert done.code == 0
    assert one_message(done).startswith(f"left out: {tmp_path / 'b.yaml'}:")
    assert len(done.json) == 5


def test_two_agendas_of_one_id(tmp_path: Path, washington_file: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_bytes(washington_file.read_bytes())
    done = run("topics", "--data", str(tmp_path))
    assert done.code == 0
    assert re.search("left out: .*b.yaml: .*washington-2024.*a.yaml", one_message(done))
    named = ("--data", str(tmp_path / "a.yaml"), "--data", str(tmp_path / "b.yaml"))
    answered(run("topics", *named), 3, "b.yaml: .*washington-2024.*a.yaml")


@pytest.fixture
def two_meetings(tmp_path: Path, washington_file: Path) -> Path:
    text = washington_file.read_text(encoding="utf-8")
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    later = text.replace("id: washington-2024", "id: den-haag-2025", 1)
    later = re.sub(r"2024-07-(?=09|10|11)", "2025-07-", later)
    (tmp_path / "b.yaml").write_text(later, encoding="utf-8")
    return tmp_path


def test_several_agendas(two_meetings: Path) -> None:
    data = ("--data", str(two_meetings))
    done = run("topics", "--json", *data)
    assert done.stderr == b""
    assert [row["agenda"] for row in done.json] == ["den-haag-2025"] * 5 + ["washington-2024"] * 5

    done = run("topic", "oekraïne", "--json", *data)
    assert done.json["agenda"] == "den-haag-2025"
    assert "also washington-2024" in one_message(done)

    done = run("show", "--json", *data)
    assert done.json["agenda"]["id"] == "den-haag-2025"
    assert "washington-2024" in one_message(done)

    for words in (("--agenda", "washington-2024", "topic", "oekraïne"),
                  ("topic", "oekraïne", "--agenda", "washington-2024")):  # fmt: skip
        done = run(*words, "--json", *data)
        assert (done.json["agenda"], done.stderr) == ("washington-2024", b"")

    answered(run("check", "--source", "x", *data), 2, "--agenda: washington-2024, den-haag-2025")

    done = run("stances", "--topic", "hybride", "--json", *data)
    assert [row["agenda"] for row in done.json] == ["den-haag-2025", "washington-2024"]
    done = run("search", "dassen", "--topic", "afschrikking", "--json", *data)
    assert {row["agenda"] for row in done.json} == {"washington-2024", "den-haag-2025"}


def test_data_may_be_repeated(two_meetings: Path) -> None:
    a, b = (str(two_meetings / name) for name in ("a.yaml", "b.yaml"))
    done = run("--data", a, "--data", b, "topics", "--json")
    assert len(done.json) == 10
    done = run("--data", a, "topics", "--json", "--data", b)
    assert {row["agenda"] for row in done.json} == {"den-haag-2025"}


# -- check ---------------------------------------------------------------------------------


def test_check_of_the_letter(letter: Path) -> None:
    done = run("check", "--source", str(letter))
    assert (done.code, done.stderr) == (0, b"")
    assert "identical" in done.out


def test_check_of_a_changed_letter(letter: Path, tmp_path: Path) -> None:
    copy = tmp_path / "letter.txt"
    copy.write_bytes(letter.read_bytes().replace(b"ondersteunt dit", b"steunt dit"))
    done = run("check", "--source", str(copy), "--json")
    assert (done.code, done.stderr) == (1, b"")
    [proof] = done.json
    assert proof["sound"] is True
    assert proof["identical"] is False
    assert proof["differences"] == [
        {
            "kind": "words",
            "place": "hybride-dreigingen.1.7",
            "page": 5,
            "letter": "steunt",
            "data": "ondersteunt",
        }
    ]


def test_check_of_a_changed_data_set(washington_file: Path, tmp_path: Path) -> None:
    changed = tmp_path / "agenda.yaml"
    text = washington_file.read_text(encoding="utf-8")
    changed.write_text(text.replace("kabinet ondersteunt dit", "kabinet steunt dit"), "utf-8")
    done = run("check", "--json", "--data", str(changed))
    assert (done.code, done.stderr) == (1, b"")
    [proof] = done.json
    assert proof["sound"] is False
    assert "SHA-256" in proof["findings"][0]


# -- shared options and variables ----------------------------------------------------------


def test_shared_options_stand_before_and_after_the_command(washington_file: Path) -> None:
    assert run("--json", "schedule").stdout == run("schedule", "--json").stdout
    before = run("--agenda", "washington-2024", "--data", str(washington_file), "topics")
    after = run("topics", "--agenda", "washington-2024", "--data", str(washington_file))
    assert before == after
    assert run("--format", "json", "topics").stdout == run("topics", "--json").stdout
    assert run("--lang", "en", "topics") == run("topics", "--lang", "en")


def test_what_stands_after_the_command_overrules_what_stands_before() -> None:
    assert run("--json", "topics", "--format", "table") == run("topics")
    assert run("--lang", "en", "topics", "--lang", "nl") == run("topics")


@pytest.mark.parametrize(
    ("variable", "value", "same_as"),
    [
        ("NATOAGENDA_FORMAT", "json", ("--format", "json")),
        ("NATOAGENDA_LANG", "en", ("--lang", "en")),
        ("NATOAGENDA_FORMAT", "", ()),
        ("NATOAGENDA_LANG", "", ()),
        ("NATOAGENDA_DATA", "", ()),
    ],
)
def test_variables_set_the_default(variable: str, value: str, same_as: tuple[str, ...]) -> None:
    done = run("topics", env={variable: value})
    assert done.code == 0, done.err
    assert done == run("topics", *same_as)


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize(
    ("variable", "value", "option"),
    [
        ("NATOAGENDA_FORMAT", "json", ("--format", "table")),
        ("NATOAGENDA_LANG", "en", ("--lang", "nl")),
        ("NATOAGENDA_DATA", "nowhere.yaml", ("--data", str(ROOT / "data" / "agenda.yaml"))),
    ],
)
def test_the_command_line_overrules_variables(
    variable: str, value: str, option: tuple[str, ...], before: bool
) -> None:
    arguments = (*option, "topics") if before else ("topics", *option)
    done = run(*arguments, env={variable: value})
    assert (done.code, done.stderr) == (0, b"")
    assert done.out == run("topics").out


def test_data_of_a_variable(two_meetings: Path) -> None:
    done = run("topics", "--json", env={"NATOAGENDA_DATA": str(two_meetings)})
    assert len(done.json) == 10
    answered(run("topics", env={"NATOAGENDA_DATA": "nowhere"}), 3, "nowhere: there is no such file")


def test_a_folder_with_a_space_in_a_variable(tmp_path: Path, washington_file: Path) -> None:
    folder = tmp_path / "brieven aan de Kamer"
    folder.mkdir()
    (folder / "a.yaml").write_bytes(washington_file.read_bytes())
    done = run("topics", "--json", env={"NATOAGENDA_DATA": str(folder)})
    assert (done.code, done.stderr) == (0, b"")
    assert len(done.json) == 5


@pytest.mark.parametrize("variable", ["NATOAGENDA_FORMAT", "NATOAGENDA_LANG"])
def test_a_variable_that_means_nothing_is_wrong_usage(variable: str) -> None:
    answered(run("topics", env={variable: "klingon"}), 2, "klingon")


# -- search and cite as they are typed -----------------------------------------------------


def test_a_word_to_leave_out_needs_no_ado() -> None:
    done = run("search", "china", "-rusland", "--json")
    assert (done.code, done.stderr) == (0, b"")
    assert done.json
    assert all("rusland" not in hit["text"].lower() for hit in done.json)
    assert len(done.json) < len(run("search", "china", "--json").json)
    assert run("search", "china", "-rusland", "--json") == run("--json", "search", "china -rusland")


def test_words_after_two_hyphens_are_words() -> None:
    done = run("search", "--json", "--", "china", "-rusland")
    assert done.json == run("search", "china", "-rusland", "--json").json


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (("dassen", "--in", "references"), {"reference"}),
        (("dassen", "--in", "statements, reference"), {"statement", "reference"}),
        (("oekraïne", "--role", "stance"), {"statement"}),
        (("oekraïne", "--topic", "ukraine", "--in", "section"), {"section"}),
    ],
)
def test_search_is_narrowed(arguments: tuple[str, ...], found: set[str]) -> None:
    done = run("search", *arguments, "--json")
    assert {hit["kind"] for hit in done.json} == found


def test_search_is_limited() -> None:
    assert len(run("search", "oekraïne", "--limit", "2", "--json").json) == 2
    assert "\n2 places, and there are more\n" in run("search", "oekraïne", "--limit", "2").out
    assert "\n2 places\n" in run("search", "dassen", "--limit", "2").out
    assert "\n1 place, and there are more\n" in run("search", "dassen", "--limit", "1").out


@pytest.mark.parametrize("typed", ['"unclosed', "2%-norm", "c.s.", "🙂", "'", "*", "(", "a OR"])
def test_nothing_typed_is_a_syntax_error(typed: str) -> None:
    done = run("search", typed, "--json")
    assert done.code in (0, 1)
    assert (done.json == []) == (done.code == 1)
    assert "fault" not in done.err


NO_UTF_8 = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


@pytest.mark.parametrize("env", [NO_UTF_8, {"PYTHONIOENCODING": "latin-1:strict"}])
def test_the_answer_is_utf_8_whatever_python_is_told(env: Mapping[str, str]) -> None:
    done = run("topic", "ukraine", env=env)
    assert done.out.startswith("Steun aan Oekraïne\n")
    assert run("show", "--json", env=env) == run("show", "--json")
    text = "„café” Kamerstuk 36410-X, nr.\u00a093"
    [found] = run("cite", "--json", stdin=text.encode(), env=env).json
    assert text[found["start"] : found["end"]] == found["citation"]


@pytest.mark.parametrize("locale", ["C", "POSIX", "nl_NL.ISO-8859-1", "C.UTF-8"])
def test_everything_is_utf_8_whatever_the_locale_says(locale: str) -> None:
    env = {"LC_ALL": locale, "LANG": locale}
    done = run("topic", "oekraïne", env=env)
    assert done.out.startswith("Steun aan Oekraïne\n")
    done = run("search", "oekraïne", "--json", env=env)
    assert "Steun aan Oekraïne" in {hit["text"] for hit in done.json}
    answered(run("search", "zzïzz€", env=env), 1, "nothing matches 'zzïzz€'")
    text = "zie „café” Kamerstuk 36410-X, nr.\u00a093"
    done = run("cite", "--json", stdin=text.encode(), env=env)
    assert (done.code, done.stderr) == (0, b"")
    [found] = done.json
    assert text[found["start"] : found["end"]] == found["citation"]
    assert done == run("cite", text, "--json", env=env)


def test_cite_reads_bytes_that_are_no_utf_8() -> None:
    done = run("cite", "--json", stdin=b"caf\xe9 Kamerstuk 36410-X, nr. 93")
    assert [found["id"] for found in done.json] == ["kst-36410-X-93"]
    assert done.json[0]["start"] == len("café ")


def test_a_topic_of_several_words_needs_no_quotes() -> None:
    assert run("topic", "hybride", "dreigingen", "--json").json["id"] == "hybride-dreigingen"


def test_cite_joins_its_arguments() -> None:
    done = run("cite", "Kamerstuk", "36410-X,", "nr.", "93", "--json")
    assert [found["citation"] for found in done.json] == ["Kamerstuk 36410-X, nr. 93"]


def test_cite_without_standard_input() -> None:
    done = run(program=("sh", "-c", f"{shlex.join(PROGRAM)} cite <&-"))
    assert done.code in (1, 2)
    one_message(done)


def test_cite_with_a_bad_byte_in_an_argument() -> None:
    done = subprocess.run(
        [*map(os.fsencode, PROGRAM), b"cite", b"Kamerstuk 36410-X, nr. 93 \xff", b"--json"],
        capture_output=True,
        env=environment(),
        timeout=PATIENCE,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert [found["id"] for found in json.loads(done.stdout)] == ["kst-36410-X-93"]


def test_a_bad_byte_in_a_message() -> None:
    done = subprocess.run(
        [*map(os.fsencode, PROGRAM), b"topic", b"zz\xffz"],
        capture_output=True,
        env=environment(),
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.decode("utf-8").count("\n") == 1


# -- faults --------------------------------------------------------------------------------


@pytest.fixture
def faulty(monkeypatch: pytest.MonkeyPatch) -> None:
    def fault(*_: object) -> None:
        raise ZeroDivisionError("deling door nul")

    monkeypatch.setattr("natoagenda.answers.topics", fault)


@pytest.mark.usefixtures("faulty")
def test_a_fault_of_the_program_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["topics"]) == 70
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert err.startswith("natoagenda: ")
    assert "deling door nul" in err
    assert "--debug" in err


@pytest.mark.usefixtures("faulty")
def test_debug_shows_the_traceback_of_a_fault(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["topics", "--debug"]) == 70
    out, err = capsys.readouterr()
    assert out == ""
    assert "Traceback (most recent call last)" in err
    assert "ZeroDivisionError: deling door nul" in err


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(("topic", "zzz"), 1), (("schedule", "--day", "32"), 2), (("topics", "--data", "x"), 3)],
)
def test_debug_shows_where_and_keeps_the_exit_code(arguments: tuple[str, ...], code: int) -> None:
    done = run(*arguments, "--debug")
    assert "Traceback" in done.err
    assert done.stdout == b""
    assert done.code == code


def test_every_error_has_an_exit_code() -> None:
    kinds = set(NatoagendaError.__subclasses__())
    assert kinds
    assert kinds <= set(cli._CODES)
    assert {int(code) for code in ExitCode} == {0, 1, 2, 3, 70, 130}


def test_sqlite_without_fts5_is_one_message(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from natoagenda.errors import DependencyError

    def missing(*_: object) -> None:
        raise DependencyError("search needs SQLite with FTS5")

    monkeypatch.setattr("natoagenda.library.Library.index", missing)
    assert cli.main(["search", "china"]) == 70
    assert capsys.readouterr().err == "natoagenda: search needs SQLite with FTS5\n"


def test_an_interrupt_in_a_command_is_silent(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("natoagenda.answers.topics", interrupted)
    assert cli.main(["topics"]) == 130
    assert capsys.readouterr() == ("", "")
    monkeypatch.setattr("natoagenda.output.render", interrupted)
    assert cli.main(["schedule"]) == 130
    assert capsys.readouterr() == ("", "")


def test_a_command_is_built_once() -> None:
    group = build()
    assert group.get_command(None, "topics") is group.get_command(None, "topics")
    assert group.get_command(None, "zzz") is None


def test_help_and_version_in_process(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--version"]) == 0
    assert capsys.readouterr() == (f"natoagenda {__version__}\n", "")
    assert cli.main([]) == 0
    assert "Usage: natoagenda" in capsys.readouterr().out


# -- pipes and signals ---------------------------------------------------------------------


@pytest.mark.parametrize("words", ["show --json", "show", "--help", "search navo --full"])
def test_a_reader_that_leaves_is_no_error(words: str) -> None:
    command = shlex.join([*PROGRAM, *words.split()])
    script = f"{{ {command}; echo $? >&3; }} 3>&2 2>&4 | head -1"
    done = subprocess.run(
        ["bash", "-c", f"exec 4>&2; {script}"],
        capture_output=True,
        env=environment(),
        timeout=PATIENCE,
        check=False,
    )
    assert done.stdout.count(b"\n") == 1
    assert done.stderr == b"0\n"


@pytest.mark.parametrize("words", ["show --json", "show", "--help", "--version", "topics"])
def test_a_reader_that_has_left_before_anything_is_written(words: str) -> None:
    read, write = os.pipe()
    os.close(read)
    try:
        done = subprocess.run(
            [*PROGRAM, *words.split()],
            stdout=write,
            stderr=subprocess.PIPE,
            env=environment(),
            timeout=PATIENCE,
            check=False,
        )
    finally:
        os.close(write)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("words", ["show --json", "topics", "--version"])
def test_a_full_disk_is_one_line_and_not_nothing_found(words: str) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [*PROGRAM, *words.split()],
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment(),
            timeout=PATIENCE,
            check=False,
        )
    assert done.returncode not in (0, 1, 2, 3)
    assert done.stderr.startswith(b"natoagenda: ")
    assert done.stderr.count(b"\n") == 1
    assert b"No space left" in done.stderr


def test_messages_that_nobody_can_read_do_not_matter() -> None:
    done = subprocess.run(
        ["sh", "-c", f"{shlex.join(PROGRAM)} schedule --day 12 --json 2>/dev/full"],
        stdout=subprocess.PIPE,
        env=environment(),
        timeout=PATIENCE,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, b"[]\n")


@pytest.mark.parametrize("closed", ["2>&-", ">&-"])
def test_a_closed_stream_is_no_traceback(closed: str) -> None:
    done = run(program=("sh", "-c", f"{shlex.join(PROGRAM)} schedule --day 12 --json {closed}"))
    assert "Traceback" not in done.err
    assert done.code == 0
    assert done.out == ("[]\n" if closed == "2>&-" else "")
    assert done.err.count("\n") == (closed == ">&-")


def waiting(pipe: int) -> bool:
    """Whether the reader of a pipe has taken all that was written."""
    [unread] = struct.unpack("i", fcntl.ioctl(pipe, termios.FIONREAD, bytes(4)))
    return bool(unread == 0)


def test_an_interrupt_is_silent() -> None:
    read, write = os.pipe()
    child = subprocess.Popen(
        [*PROGRAM, "cite"],
        stdin=read,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
        # A shell lets what it runs in the background ignore interrupts, and children inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    try:
        os.write(write, b"Kamerstuk")
        limit = time.monotonic() + PATIENCE
        while not waiting(read) and time.monotonic() < limit:
            time.sleep(0.005)
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=PATIENCE)
    finally:
        child.kill()
        os.close(read)
        os.close(write)
    assert (child.returncode, out, err) == (130, b"", b"")


INTERRUPTED_IMPORT = """
import sys
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == {name!r}:
            raise KeyboardInterrupt
sys.meta_path.insert(0, Finder())
"""


@pytest.mark.parametrize("module", ["typer", "natoagenda.cli.app", "rich.console"])
def test_an_interrupt_while_the_program_loads_is_silent(tmp_path: Path, module: str) -> None:
    (tmp_path / "sitecustomize.py").write_text(INTERRUPTED_IMPORT.format(name=module))
    path = os.pathsep.join(filter(None, [str(tmp_path), os.environ.get("PYTHONPATH")]))
    done = run("topics", env={"PYTHONPATH": path})
    assert (done.code, done.stdout, done.stderr) == (130, b"", b"")


# -- colour and width in a pipe ------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "env", "colour"),
    [
        ((), {}, False),
        ((), {"TERM": "xterm-256color", "COLORTERM": "truecolor"}, False),
        ((), {"FORCE_COLOR": "1"}, True),
        ((), {"FORCE_COLOR": "0"}, False),
        ((), {"FORCE_COLOR": ""}, False),
        ((), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ((), {"FORCE_COLOR": "1", "NO_COLOR": ""}, True),
        (("--color", "always"), {}, True),
        (("--color", "always"), {"NO_COLOR": "1"}, True),
        (("--color", "always"), {"TERM": "dumb"}, True),
        (("--color", "never"), {"FORCE_COLOR": "1"}, False),
        (("--color", "auto"), {"FORCE_COLOR": "1"}, True),
    ],
)
def test_colour_in_a_pipe(arguments: tuple[str, ...], env: Mapping[str, str], colour: bool) -> None:
    done = run("references", *arguments, env={"TERM": "xterm", **env})
    assert done.code == 0
    assert ("\x1b[" in done.out) is colour
    assert "\x1b]8;" not in done.out


@pytest.mark.parametrize("arguments", [("--color", "always"), ()])
def test_json_has_no_colour(arguments: tuple[str, ...]) -> None:
    done = run("topics", "--json", *arguments, env={"FORCE_COLOR": "1"})
    assert "\x1b" not in done.out
    assert len(done.json) == 5


@pytest.mark.parametrize("command", ["--help", "--version", "zzz"])
def test_help_and_messages_have_no_colour_in_a_pipe(command: str) -> None:
    done = run(command, env={"FORCE_COLOR": "1", "TERM": "xterm"})
    assert "\x1b" not in done.out + done.err


@pytest.mark.parametrize(
    ("columns", "width"),
    [(None, 100), ("60", 60), ("160", 160), ("10", 40), ("0", 100), ("-5", 100), ("x", 100),
     ("", 100), ("9" * 30, None)],
)  # fmt: skip
def test_the_width_in_a_pipe(columns: str | None, width: int | None) -> None:
    done = run("schedule", env={"COLUMNS": columns})
    assert (done.code, done.stderr) == (0, b"")
    longest = max(map(len, done.out.split("\n")))
    if width is not None:
        assert longest <= width
        # Pages stand at the right edge, so the longest line shows the width.
        assert longest >= width - 3


# -- help ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def helps() -> dict[str, str]:
    # No help needs data.
    env = {"COLUMNS": "100", "NATOAGENDA_DATA": "nowhere"}
    done = {name: run(*filter(None, [name]), "--help", env=env) for name in ("", *COMMANDS)}
    assert {(each.code, each.stderr) for each in done.values()} == {(0, b"")}
    return {name: each.out for name, each in done.items()}


def examples(help_text: str) -> Iterator[list[str]]:
    """The commands that a help text shows, without what they are for."""
    for line in help_text.split("\n"):
        if line.startswith("  natoagenda "):
            yield shlex.split(re.split(r"\s{3,}| > ", line.strip())[0])[1:]


def test_the_help_lists_all_commands(helps: dict[str, str]) -> None:
    for name in COMMANDS:
        assert re.search(rf"(?m)^  {name}  +[A-Z].*\.$", helps[""]), name
    for option in ("--data", "--agenda", "--format", "--json", "--lang", "--color", "--version"):
        assert option in helps[""]


def test_no_arguments_show_the_help(helps: dict[str, str]) -> None:
    done = run(env={"COLUMNS": "100"})
    assert (done.code, done.stderr) == (0, b"")
    assert done.out == helps[""]


@pytest.mark.parametrize("command", list(COMMANDS))
def test_the_help_of_a_command_opens_with_what_it_does_and_an_example(
    command: str, helps: dict[str, str]
) -> None:
    usage, what, rest = helps[command].split("\n\n", 2)
    assert usage.startswith(f"Usage: natoagenda {command}")
    assert re.fullmatch(r"  [A-Z][^\n]*\.", what)
    assert "  natoagenda " in rest.split("\nOptions:")[0]
    assert any(words[0] == command for words in examples(helps[command]))
    for option in ("--data", "--agenda", "--format", "--json", "--lang", "--color", "--debug"):
        assert option in helps[command]


@pytest.mark.usefixtures("uncounted_children")
def test_every_example_runs(helps: dict[str, str], tmp_path: Path) -> None:
    letters.as_pdf(letters.every()[0], letters.PRESSES[0], tmp_path / "brief.pdf")
    shown = [words for text in helps.values() for words in examples(text)]
    assert len(shown) >= len(COMMANDS) + 3
    for words in {tuple(words) for words in shown}:
        if words[0] == "browse":
            with Terminal([*PROGRAM, *words]) as terminal:
                terminal.wait_for("q quit")
            continue
        done = run(*words, cwd=tmp_path, env={"XDG_DATA_HOME": str(tmp_path / words[0])})
        assert done.code == 0, words
        assert done.stdout
        assert (done.err == "") is (words[0] not in ("import", "compare")), words


# -- the program ---------------------------------------------------------------------------


def test_the_version() -> None:
    done = run("--version")
    assert done == Done(0, f"natoagenda {__version__}\n".encode(), b"")


def test_the_console_script_is_the_same_program() -> None:
    script = Path(sys.executable).parent / "natoagenda"
    assert script.is_file()
    for arguments in (("--version",), ("topics", "--json"), ("topic", "zzz"), ("--help",)):
        assert run(*arguments, program=(str(script),)) == run(*arguments)


def test_it_works_from_any_folder(tmp_path: Path) -> None:
    assert run("topics", "--json", cwd=tmp_path) == run("topics", "--json")


def test_it_works_without_a_cache(tmp_path: Path) -> None:
    expected = run("search", "dassen", "--json")
    file = tmp_path / "file"
    file.write_text("no folder")
    for folder in (tmp_path / "new", file):
        for _ in range(2):
            assert run("search", "dassen", "--json", env={"XDG_CACHE_HOME": str(folder)}) == (
                expected
            )


def test_the_reply_of_json_is_what_the_data_set_holds(washington_file: Path) -> None:
    agenda = dataset.load(washington_file)
    whole = run("show", "--json").json
    texts = [
        row["text"]
        for section in whole["sections"]
        for paragraph in section["paragraphs"]
        for row in paragraph["statements"]
    ]
    assert texts == [statement.text for statement in agenda.statements()]
    built = msgspec.to_builtins(agenda.document)
    assert whole["agenda"]["document"] == built


def test_a_usual_format_does_not_keep_from_what_has_one_way_only() -> None:
    env = {"NATOAGENDA_FORMAT": "csv"}
    for form in ("html", "jsonl"):
        done = run("export", form, env=env)
        assert (done.code, done.err) == (0, "")
        assert done.stdout == run("export", form).stdout
        assert run("export", form, "--format", "csv").code == 2
        assert run("--json", "export", "html", env=env).code == 2
    assert run("--json", "topics", env=env).stdout == run("topics", "--json").stdout
    with Terminal([*PROGRAM, "browse"], NATOAGENDA_FORMAT="csv") as terminal:
        terminal.wait_for("q quit")
