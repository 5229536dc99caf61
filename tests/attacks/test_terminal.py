"""Text from strangers comes out visible and harmless, in every format and wherever it stands."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import re
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len

from attacks import children
from natoagenda import dump
from natoagenda.cli.main import _plain, main
from natoagenda.model import Agenda
from natoagenda.output import Format, formats
from natoagenda.visible import visible
from tests.test_output import HOSTILE, hostile

FORMULAS = ["=1+1", "+31", "-x", "@sum", "＝1", '"=1', " =1", "Kamer;=1+1"]
WORDS = [
    *(words for words in HOSTILE if not re.search("[\t\n\r\x85\u2028\u2029]", words)),
    "<script>alert(1)</script>", "<!--", "]]>", "&lt;b&gt;", "`rm`", "![x](http://evil.example)",
    "| a | b |", "\\x1b[31m", "%s{0}", "BEGIN:VEVENT", "\U0001f469\u200d\U0001f680",
    "zalgo\u0301\u0301", "\ufeffmerk", "\U000e0041\U000e0042", "\u115f\u3164", "\uffff",
    "a\u00a0b", *FORMULAS,
]  # fmt: skip
TOGETHER = [" ".join(words.strip() for words in WORDS[i::4]) for i in range(4)]
COMMANDS = [
    "schedule", "topics", "topic steun-aan-oekraine", "search steun", "search 21501-02", "stances",
    "expectations", "commitments", "show", "compare steun-aan-oekraine", "footnotes", "references",
    "agendas", "check", "export jsonl", "export html",
]  # fmt: skip
OWN = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;(?:id=\d+)?;(?:https://zoek\.[\x21-\x7e]*)?\x1b\\")
"""What the program itself writes on a terminal: colours, and links to official addresses."""


def said(*arguments: str) -> tuple[int, str, str]:
    """Run the program in-process; its exit code, and what it wrote."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(arguments)
    return code, out.getvalue(), err.getvalue()


def hidden(text: str, but: str = "\n") -> list[str]:
    return sorted({c for c in text if c not in but and visible(c) != c})


@pytest.mark.parametrize("words", TOGETHER, ids=range(4))
def test_hostile_words_of_a_data_file(words: str, washington: Agenda, tmp_path: Path) -> None:
    agenda = hostile(washington, words.strip())
    path = tmp_path / "letter.yaml"
    path.write_text(dump.dump(agenda), "utf-8")
    assert hidden(path.read_text("utf-8")) == []
    for command in COMMANDS:
        name = command.split()[0]
        forms = ["--color=never", "--color=always"]
        if name != "export":
            forms += [f"--format={form}" for form in formats(name) if form is not Format.TABLE]
        for form in forms:
            if name == "export" and form == "--color=always":
                continue
            code, out, err = said(*command.split(), form, "--data", str(path))
            assert code in (0, 1), (command, form, err)
            plain = OWN.sub("", out) if form == "--color=always" else out
            # Cells of TSV are apart by tabs; a calendar's lines end in CR LF.
            but = {"--format=tsv": "\n\t", "--format=ics": "\n\r"}.get(form, "\n")
            assert hidden(plain, but) == [], (command, form)
            assert hidden(err) == [], (command, form)
            assert "a fault of the program" not in err


@pytest.mark.parametrize("words", TOGETHER, ids=range(4))
def test_json_is_exact(words: str, washington: Agenda, tmp_path: Path) -> None:
    agenda = hostile(washington, words.strip())
    path = tmp_path / "letter.yaml"
    path.write_text(dump.dump(agenda), "utf-8")
    rows = json.loads(said("topics", "--json", "--data", str(path))[1])
    assert [row["title"] for row in rows] == [topic.title for topic in agenda.topics]
    lines = said("footnotes", "--format", "jsonl", "--data", str(path))[1].splitlines()
    assert [json.loads(line)["text"] for line in lines] == [f.text for f in agenda.footnotes]


@pytest.mark.parametrize("words", FORMULAS)
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_spreadsheet_runs_no_formula(
    words: str, delimiter: str, washington: Agenda, tmp_path: Path
) -> None:
    """Set to English or to Dutch, where cells are apart by semicolons."""
    path = tmp_path / "letter.yaml"
    path.write_text(dump.dump(hostile(washington, words.strip())), "utf-8")
    for command in COMMANDS:
        if command.split()[0] in ("check", "export"):
            continue
        _, out, _ = said(*command.split(), "--format", "csv", "--data", str(path))
        for row in csv.reader(io.StringIO(out), delimiter=delimiter):
            assert [cell for cell in row if cell.strip(" \"'")[:1] in "=+@＝" and cell
                    and not re.match(r"""["' ]*'""", cell)] == []  # fmt: skip


def test_a_page_of_html_runs_nothing(washington: Agenda, tmp_path: Path) -> None:
    path = tmp_path / "letter.yaml"
    words = '<script>alert(1)</script><img src=x onerror=alert(1)>" onmouseover="alert(1)'
    path.write_text(dump.dump(hostile(washington, words)), "utf-8")
    _, page, _ = said("export", "html", "--data", str(path))
    assert "&lt;script&gt;alert(1)" in page
    assert page.count("<script") == 1
    assert "<img" not in page
    assert not re.search(r"<[^>]*\sonmouseover=", page)


NAMES = ["\x1b]0;titel\x07\x9b31m", "om\u202egekeerd[bold]nul\u200bbreed", "=1\nb"]


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_a_hostile_name_of_a_file(
    name: str,
    tmp_path: Path,
    washington_file: Path,
    letter: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))  # imports go there
    good, bad = tmp_path / f"{name}.yaml", tmp_path / f"{name}-bad.yaml"
    good.write_bytes(washington_file.read_bytes())
    bad.write_bytes(b"a: b\n")
    named = tmp_path / f"{name}.txt"
    named.write_bytes(letter.read_bytes())
    for arguments in (
        ["agendas", "--data", str(tmp_path)], ["agendas", "--data", str(good), "--json"],
        ["agendas", "--data", str(good), "--format", "csv"], ["topics", "--data", str(bad)],
        ["topics", "--data", f"{good}.gone"], ["check", "--data", str(good)],
        ["check", "--data", str(good), "--source", str(named)], ["import", str(good)],
        ["import", str(named), "-o", str(good)], ["import", f"{named}.gone"],
        ["import", str(named), "--json", "--force", "-o", str(tmp_path / f"{name}-new.yaml")],
        ["agendas", "remove", name], ["topic", name], ["search", name], ["cite", name],
    ):  # fmt: skip
        code, out, err = said(*arguments)
        assert code in (0, 1, 2, 3), err
        assert hidden(out) == [], arguments
        assert hidden(err) == [], arguments
        assert err.count("\n") <= 2 or "import" in arguments, err


def test_the_path_of_an_import_is_exact_in_a_pipe(tmp_path: Path, letter: Path) -> None:
    target = tmp_path / "om\u202egekeerd.yaml"
    ended = children.run(["import", letter, "-o", target], tmp_path)
    assert ended.out == os.fsencode(f"{target}\n")
    assert hidden(ended.err) == []


def test_wide_signs_take_their_width(washington: Agenda, tmp_path: Path) -> None:
    path = tmp_path / "letter.yaml"
    path.write_text(dump.dump(hostile(washington, "\u9b5a\uff21\U0001f680" * 20)), "utf-8")
    for width in ("60", "80", "100", "160"):
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("COLUMNS", width)
            for command in ("schedule", "topic steun-aan-oekraine", "references", "footnotes"):
                _, out, _ = said(*command.split(), "--data", str(path))
                assert max(map(cell_len, out.split("\n"))) <= int(width)


def test_a_calendar_has_no_line_of_a_stranger(washington: Agenda, tmp_path: Path) -> None:
    path = tmp_path / "letter.yaml"
    path.write_text(dump.dump(hostile(washington, "x\\r\\nBEGIN:VALARM\\nEND:VALARM")), "utf-8")
    code, out, err = said("schedule", "--format", "ics", "--data", str(path))
    assert (code, "BEGIN:VALARM" in re.split(r"\r\n(?! )", out)) == (0, False), err


def test_signs_that_xml_does_not_allow_are_shown(washington: Agenda, tmp_path: Path) -> None:
    path = tmp_path / "letter.yaml"
    path.write_text(dump.dump(hostile(washington, "<b>&amp;\ufffe\x07")), "utf-8")
    code, page, err = said("export", "html", "--data", str(path))
    assert code == 0, err
    assert "&lt;b&gt;&amp;amp;⟨U+FFFE⟩␇" in page


def test_the_path_of_an_import_is_shown_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdout", Terminal())
    assert _plain("a\u202eb.yaml\nc.yaml\n") == "a⟨U+202E⟩b.yaml\nc.yaml\n"
    monkeypatch.setattr(sys, "stdout", None)
    assert _plain("a\u202eb.yaml\n") == "a\u202eb.yaml\n"
