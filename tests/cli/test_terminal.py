"""On a terminal: its width, colours, links that can be clicked, and the pager; and none in a pipe.

The terminal is a pseudo-terminal of the standard library; what the program writes to it is read
as bytes.
"""

from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from natoagenda.cli import options
from tests.browse.terminal import Terminal
from tests.cli.program import PATIENCE, PROGRAM, environment, run
from tests.conftest import ROOT

LIBRARY = ROOT / "tests" / "library"

LINK = re.compile(r"\x1b\]8;(?:id=[^;]*)?;([^\x1b]*)\x1b\\")
STYLE = re.compile(r"\x1b\[([0-9;]*)m")
COLOURS = {str(code) for code in [*range(30, 38), *range(40, 48), *range(90, 98)]}


class Seen(NamedTuple):
    """What a terminal showed, as it came and without escapes, and the program's exit code."""

    code: int
    raw: str
    text: str


def on_terminal(
    *arguments: str,
    columns: int = 100,
    rows: int = 50,
    env: Mapping[str, str | None] | None = None,
    program: tuple[str, ...] = PROGRAM,
) -> Seen:
    """Run the program on a terminal of some size."""
    ours, its = os.openpty()
    try:
        termios.tcsetwinsize(its, (rows, columns))
        child = subprocess.Popen(
            [*program, *arguments],
            stdin=its,
            stdout=its,
            stderr=its,
            env=environment(**{"TERM": "xterm-256color", **(env or {})}),
            start_new_session=True,
        )
        os.close(its)
        its = -1
        shown = _read(ours)
        code = child.wait(timeout=PATIENCE)
    finally:
        os.close(ours)
        if its >= 0:
            os.close(its)
    raw = shown.decode("utf-8").replace("\r\n", "\n")
    return Seen(code, raw, STYLE.sub("", LINK.sub("", raw)))


def _read(terminal: int) -> bytes:
    """Read until the program has closed the terminal."""
    shown = b""
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:  # Linux says so where the other end is closed
            return shown
        if not part:
            return shown
        shown += part


def colours(seen: Seen) -> set[str]:
    return {code for codes in STYLE.findall(seen.raw) for code in codes.split(";")} & COLOURS


@pytest.mark.parametrize("columns", [60, 120])
@pytest.mark.parametrize("words", ["schedule", "topic oekraïne", "references"])
def test_a_table_takes_the_terminal_s_width(words: str, columns: int) -> None:
    seen = on_terminal(*words.split(), columns=columns)
    piped = run(*words.split(), env={"COLUMNS": str(columns)})
    assert seen.code == piped.code == 0
    assert [line.rstrip() for line in seen.text.split("\n")] == piped.out.split("\n")
    assert max(map(len, seen.text.split("\n"))) <= columns


def test_columns_overrules_the_terminal() -> None:
    seen = on_terminal("schedule", columns=120, env={"COLUMNS": "60"})
    assert max(len(line.rstrip()) for line in seen.text.split("\n")) <= 60


def test_a_terminal_that_does_not_say_its_width() -> None:
    seen = on_terminal("schedule", columns=0, rows=0)
    assert seen.code == 0
    assert max(len(line.rstrip()) for line in seen.text.split("\n")) == 100


def test_a_terminal_that_cannot_be_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

        def fileno(self) -> int:
            raise OSError

    monkeypatch.setattr("sys.stdout", Terminal())
    assert options.Settings().screen().width == 100


def test_a_terminal_has_colours_and_links() -> None:
    seen = on_terminal("references")
    assert STYLE.search(seen.raw)
    links = set(LINK.findall(seen.raw)) - {""}
    assert links == {
        "https://zoek.officielebekendmakingen.nl/kst-36410-X-93.html",
        "https://zoek.officielebekendmakingen.nl/kst-21501-02-2825.html",
        "https://zoek.officielebekendmakingen.nl/kst-21501-02-2794.html",
    }
    assert colours(on_terminal("schedule"))
    assert LINK.search(on_terminal("cite", "Kamerstuk 36410-X, nr. 93").raw)
    assert LINK.search(on_terminal("footnotes", "3").raw)


def test_a_link_that_wraps_is_the_whole_address() -> None:
    seen = on_terminal("references", columns=40)
    links = set(LINK.findall(seen.raw)) - {""}
    assert links
    assert all(link.endswith(".html") for link in links)


@pytest.mark.parametrize("words", ["references", "schedule", "topic oekraïne", "search dassen"])
def test_a_pipe_has_no_escapes(words: str) -> None:
    assert "\x1b" not in run(*words.split(), env={"TERM": "xterm-256color"}).out


@pytest.mark.parametrize("term", ["dumb", "unknown"])
def test_a_dumb_terminal_has_no_escapes(term: str) -> None:
    seen = on_terminal("references", env={"TERM": term})
    assert "\x1b" not in seen.raw
    assert "https://zoek.officielebekendmakingen.nl/kst-36410-X-93.html" in seen.text


@pytest.mark.parametrize(
    ("arguments", "env"),
    [((), {"NO_COLOR": "1"}), (("--color", "never"), {})],
)
def test_no_colour_where_none_is_wanted(arguments: tuple[str, ...], env: Mapping[str, str]) -> None:
    for words in ("schedule", "references", "search dassen"):
        seen = on_terminal(*words.split(), *arguments, env=env)
        assert seen.code == 0
        assert colours(seen) == set()
    assert "«Dassen»" in on_terminal("search", "dassen", *arguments, env=env).text


@pytest.mark.parametrize("words", [
    "schedule", "references", "search dassen", "topic oekraïne", "show", "topics", "stances",
    "check", "cite 36410-X-93", "agendas", "compare oekraïne", "footnotes 3", "--help", "topic zzz",
    "search zzz",
])  # fmt: skip
def test_color_never_writes_no_escape_at_all(words: str) -> None:
    for env in ({}, {"FORCE_COLOR": "1"}, {"COLORTERM": "truecolor"}):
        seen = on_terminal(*words.split(), "--color", "never", rows=500, env=env)
        assert seen.raw
        assert "\x1b" not in seen.raw


def slow(seconds: float) -> tuple[str, ...]:
    """The program, which takes so long for each letter that is not in the cache."""
    return (
        sys.executable,
        "-c",
        "import time; from natoagenda import dataset; from natoagenda.cli.main import run\n"
        "old = dataset.parse\n"
        f"def parse(*given):\n    time.sleep({seconds})\n    return old(*given)\n"
        "dataset.parse = parse\nrun()",
    )


def test_color_never_draws_no_bar(tmp_path: Path) -> None:
    """Not even while a library is read, which takes long enough for one."""
    raw = []
    for color in ("never", "auto"):
        env = {"XDG_CACHE_HOME": str(tmp_path / color)}
        words = ("topics", "--color", color, "--data", str(LIBRARY))
        seen = on_terminal(*words, env=env, program=slow(0.7))
        assert seen.code == 0
        raw.append(seen.raw)
    assert "\x1b" not in raw[0]
    assert "reading the library" in raw[1]


def test_an_empty_no_color_means_nothing() -> None:
    assert colours(on_terminal("schedule", env={"NO_COLOR": ""}))


def test_colour_on_a_dumb_terminal_that_is_asked_for() -> None:
    seen = on_terminal("schedule", "--color", "always", env={"TERM": "dumb"})
    assert colours(seen)


@pytest.mark.parametrize("words", [("schedule", "--json"), ("show", "--json")])
def test_json_on_a_terminal_is_json(words: tuple[str, ...]) -> None:
    seen = on_terminal(*words)
    assert "\x1b" not in seen.raw
    assert seen.raw == run(*words).out


def test_a_message_on_a_terminal_is_plain() -> None:
    seen = on_terminal("topic", "zzz")
    assert seen.code == 1
    assert seen.raw.startswith("natoagenda: no topic is called 'zzz'")
    assert "\x1b" not in seen.raw


def test_cite_on_a_terminal_asks_for_a_text() -> None:
    seen = on_terminal("cite")
    assert seen.code == 2
    assert seen.raw.startswith("natoagenda: cite needs a text")


# -- the pager -----------------------------------------------------------------------------

PAGER = {"PAGER": "sed 's/^/paged: /'"}


def test_a_page_that_is_longer_than_the_terminal_goes_through_the_pager() -> None:
    seen = on_terminal("references", rows=20, env=PAGER)
    assert seen.code == 0
    assert all(line.startswith("paged: ") for line in seen.raw.rstrip("\n").split("\n"))


def test_a_pager_that_does_not_know_escapes_is_given_none() -> None:
    for words in ("references", "schedule"):
        assert "\x1b" not in on_terminal(words, rows=10, env=PAGER).raw


@pytest.mark.parametrize(("less", "given"), [(None, "-FX -R"), ("-i", "-i -R")])
def test_less_is_told_to_pass_colours_and_links_on(
    tmp_path: Path, less: str | None, given: str
) -> None:
    pager = tmp_path / "less"
    pager.write_text('#!/bin/sh\necho "options: $LESS"\ncat\n')
    pager.chmod(0o755)
    seen = on_terminal("references", rows=10, env={"PAGER": str(pager), "LESS": less})
    assert seen.raw.startswith(f"options: {given}\n")
    assert STYLE.search(seen.raw)
    assert LINK.search(seen.raw)


def test_a_page_that_fits_does_not() -> None:
    assert "paged" not in on_terminal("references", rows=200, env=PAGER).raw


def test_without_a_pager_the_page_is_written() -> None:
    seen = on_terminal("references", rows=20)
    assert seen.text.startswith("treaty")


@pytest.mark.parametrize("words", [("references",), ("show", "--json")])
def test_a_pipe_has_no_pager(words: tuple[str, ...]) -> None:
    assert "paged" not in run(*words, env=PAGER).out


def test_a_pager_that_is_left_early_is_no_error() -> None:
    seen = on_terminal("show", rows=20, env={"PAGER": "head -1"})
    assert (seen.code, seen.raw.count("\n")) == (0, 1)


def test_a_pager_that_is_not_there_loses_nothing() -> None:
    seen = on_terminal("references", rows=20, env={"PAGER": "no-such-pager-here"})
    assert "Verdrag van Washington" in seen.text


def test_the_exit_code_is_the_answer_s_and_not_the_pager_s() -> None:
    seen = on_terminal("show", rows=20, env={"PAGER": "cat; exit 3"})
    assert seen.code == 0


@pytest.mark.parametrize("pager", ["cat", "/bin/cat", " cat "])
def test_cat_is_no_pager(pager: str) -> None:
    plain = on_terminal("references", rows=20)
    seen = on_terminal("references", rows=20, env={"PAGER": pager})
    assert seen.text == plain.text
    assert STYLE.search(seen.raw)
    assert LINK.search(seen.raw)


def test_cat_with_something_to_do_is_one() -> None:
    seen = on_terminal("references", rows=20, env={"PAGER": "cat -n"})
    assert seen.raw.lstrip().startswith("1")


def test_a_signal_while_a_bar_is_drawn_gives_the_cursor_back(tmp_path: Path) -> None:
    command = [*slow(1), "topics", "--data", str(LIBRARY)]
    with Terminal(command, XDG_CACHE_HOME=str(tmp_path)) as terminal:
        terminal.wait_for("reading the library")
        assert b"\x1b[?25l" in terminal.raw
        os.kill(terminal.process.pid, signal.SIGTERM)
        assert terminal.end() == -signal.SIGTERM
        assert terminal.raw.rindex(b"\x1b[?25h") > terminal.raw.rindex(b"\x1b[?25l")


# -- signals while a pager has the terminal -------------------------------------------------

PATIENT = """\
import os, signal, sys
text = sys.stdin.read()
signal.signal(signal.SIGINT, lambda *_: print("interrupted", flush=True))
signal.signal(signal.SIGTERM, signal.SIG_DFL)
print(f"{text.count(chr(10))} lines", flush=True)
keys = open("/dev/tty")
while (line := keys.readline()) != "q\\n":
    print(f"read {line!r}", flush=True)
print("left", flush=True)
"""
"""A pager that reads all first, then keys until `q`, and goes on after Ctrl-C as less does."""


@pytest.fixture
def pager(tmp_path: Path) -> str:
    file = tmp_path / "pager.py"
    file.write_text(PATIENT)
    return f"{sys.executable} {file}"


def test_control_c_in_the_pager_is_the_pager_s(pager: str) -> None:
    with Terminal([*PROGRAM, "show"], controlling=True, PAGER=pager) as terminal:
        terminal.wait_for("lines")
        terminal.send("\x03")
        terminal.wait_for("interrupted")
        time.sleep(0.5)
        assert terminal.process.poll() is None, "two programs would read the terminal"
        terminal.send("more\n")
        terminal.wait_for("read 'more")
        terminal.send("q\n")
        assert terminal.end() == 130
        assert "left" in terminal.shown
        assert "Traceback" not in terminal.shown


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT])
def test_a_signal_ends_the_program_after_its_pager(pager: str, number: signal.Signals) -> None:
    with Terminal([*PROGRAM, "show"], controlling=True, PAGER=pager) as terminal:
        terminal.wait_for("lines")
        os.kill(terminal.process.pid, number)
        time.sleep(0.5)
        assert terminal.process.poll() is None
        os.kill(terminal.process.pid, number)
        terminal.send("more\n")
        terminal.wait_for("read 'more")
        terminal.send("q\n")
        assert terminal.end() == -number
        assert "Traceback" not in terminal.shown


def test_a_signal_while_the_pager_is_still_fed(tmp_path: Path, pager: str) -> None:
    """A pager that does not read yet: what was not given to it is lost, nothing else."""
    command = f"sh -c 'echo begun; sleep 1; {pager}'"
    with Terminal([*PROGRAM, "show", "--json"], controlling=True, PAGER=command) as terminal:
        terminal.wait_for("begun")
        os.kill(terminal.process.pid, signal.SIGTERM)
        terminal.wait_for("lines")
        terminal.send("q\n")
        assert terminal.end() == -signal.SIGTERM


def test_what_is_told_to_ignore_a_hang_up_ignores_it(pager: str) -> None:
    command = ["sh", "-c", 'trap "" HUP; exec "$@"', "sh", *PROGRAM, "show"]
    with Terminal(command, controlling=True, PAGER=pager) as terminal:
        terminal.wait_for("lines")
        os.kill(terminal.process.pid, signal.SIGHUP)
        terminal.send("more\n")
        terminal.wait_for("read 'more")
        terminal.send("q\n")
        assert terminal.end() == 0
