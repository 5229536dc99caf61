"""The explorer on a real terminal: it opens, answers, leaves the screen as it was, and ends."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from tests.browse.terminal import Terminal
from tests.cli.program import PROGRAM, one_message, run
from tests.conftest import ROOT

BROWSE = [*PROGRAM, "browse"]
LIBRARY = ROOT / "tests" / "library"


def test_find_copy_and_leave() -> None:
    with Terminal(BROWSE) as terminal:
        terminal.wait_for("Ceremonie om het 75-jarig bestaan")
        terminal.send("/china")
        terminal.wait_for("3 found")
        terminal.wait_for("Enter go there")
        terminal.send("\r")
        terminal.wait_for(lambda shown: "Enter go there" not in shown)
        terminal.send("c")
        terminal.wait_for("copied with its source")
        assert terminal.clipboard
        assert terminal.clipboard.startswith("“Het kabinet blijft tegelijkertijd onverminderd")
        assert terminal.clipboard.endswith("kst-28676-462")
        terminal.send("q")
        assert terminal.end() == 0
        assert terminal.raw.rstrip().endswith((b"\x1b[?25h", b"l", b"h", b"m", b"u"))
        assert b"\x1b[?1049l" in terminal.raw, "the screen is given back"
        assert b"Traceback" not in terminal.raw


@pytest.mark.parametrize(("columns", "lines"), [(80, 24), (200, 60)])
def test_sizes(columns: int, lines: int) -> None:
    with Terminal(BROWSE, columns, lines) as terminal:
        terminal.wait_for("Afschrikking en")
        terminal.wait_for("q quit")
        terminal.send("?")
        terminal.wait_for("copy the quote with title, page")
        terminal.send("\x1b")  # and `q` only once it was read: the two together are another key
        terminal.wait_for(lambda shown: "copy the quote with title, page" not in shown)
        terminal.wait_for("Afschrikking en")
        terminal.send("q")
        assert terminal.end() == 0


@pytest.mark.parametrize("how", ["NO_COLOR", "--color"])
def test_without_colour(how: str) -> None:
    asked = [*BROWSE, "--color", "never"] if how == "--color" else ["env", "NO_COLOR=1", *BROWSE]
    with Terminal(asked) as terminal:
        terminal.wait_for("Afschrikking en")
        terminal.wait_for("q quit")
        terminal.wait_for(lambda _: terminal.underlined == "Tuesday 9 July 1")
        terminal.send("\t")
        terminal.wait_for(lambda _: "Ceremonie om het" in terminal.underlined)
        terminal.send("q")
        terminal.end()
    codes = {int(code) for found in terminal.codes for code in found.split(";") if code.isdigit()}
    assert codes & {1, 7}, "bold and reverse are no colours"
    assert not codes & {*range(30, 39), *range(40, 49), *range(90, 108)}


def test_its_own_colours_only() -> None:
    with Terminal(BROWSE) as terminal:
        terminal.wait_for("Afschrikking en")
        terminal.send("q")
        terminal.end()
    assert any("32" in found.split(";") for found in terminal.codes), "headings are green"
    assert not [found for found in terminal.codes if found.startswith(("38;2", "48;2"))]


def test_control_c_ends_it() -> None:
    with Terminal(BROWSE) as terminal:
        terminal.wait_for("q quit")
        terminal.send("\x03")
        time.sleep(0.3)
        if terminal.process.poll() is None:  # Textual says first how one leaves
            terminal.send("q")
        assert terminal.end() in (0, 130)


def test_a_terminal_that_goes_away_takes_it_along() -> None:
    with Terminal(BROWSE) as terminal:
        terminal.wait_for("q quit")
        terminal.hang_up()
        terminal.process.wait(timeout=20)


def test_killed_it_leaves_no_thread_behind() -> None:
    with Terminal(BROWSE) as terminal:
        terminal.wait_for("q quit")
        os.kill(terminal.process.pid, signal.SIGTERM)
        assert terminal.process.wait(timeout=20) != 0


@pytest.mark.parametrize("number", ["SIGTERM", "SIGHUP", "SIGQUIT", "SIGINT"])
@pytest.mark.parametrize("keys", ["", "/oekra", "?"])
def test_a_signal_gives_the_screen_back_first(number: str, keys: str) -> None:
    with Terminal(BROWSE) as terminal:
        assert terminal.cooked
        terminal.wait_for("q quit")
        terminal.send(keys)
        if keys:
            terminal.wait_for("Esc")
        assert not terminal.cooked
        signum = getattr(signal, number)
        os.kill(terminal.process.pid, signum)
        assert terminal.end() == (130 if signum == signal.SIGINT else -signum)
        assert terminal.cooked
        for told in (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1000l", b"\x1b[?2004l"):
            assert told in terminal.raw
        assert b"Traceback" not in terminal.raw


def test_a_screen_that_hangs_is_given_back_all_the_same() -> None:
    hanging = (
        "import time; from natoagenda.browse import app, ending; ending.PATIENCE = 0.5\n"
        "app.Explorer.on_unmount = lambda self: time.sleep(60)\n"
        "from natoagenda.cli.main import run; run()"
    )
    with Terminal([sys.executable, "-c", hanging, "browse"]) as terminal:
        terminal.wait_for("q quit")
        os.kill(terminal.process.pid, signal.SIGTERM)
        assert terminal.end() == 128 + signal.SIGTERM
        assert terminal.cooked
        assert terminal.raw.rstrip().endswith(b"\x1b[?1049l\x1b[?25h\x1b[0m")


def test_a_broken_file_is_named_and_the_others_are_shown(tmp_path: Path) -> None:
    good = LIBRARY / "verzonnen-top-2024.yaml"
    (tmp_path / "a.yaml").write_bytes(good.read_bytes())
    (tmp_path / "b.yaml").write_text("nee", "utf-8")
    with Terminal([*BROWSE, "--data", str(tmp_path)], 120, 40) as terminal:
        terminal.wait_for("left out")
        terminal.wait_for("Veiligheid in het oosten")
        terminal.send("q")
        assert terminal.end() == 0


def test_without_a_terminal_it_says_so() -> None:
    done = run("browse")
    assert done.code == 2
    assert done.stdout == b""
    assert one_message(done) == "browse needs a terminal; in a pipe, natoagenda show has it all"


@pytest.mark.parametrize("words", [["--json"], ["--format", "csv"]])
def test_it_has_no_formats(words: list[str]) -> None:
    done = run("browse", *words)
    assert done.code == 2
    assert "browse has no format" in one_message(done)


def test_a_terminal_that_cannot_place_its_cursor() -> None:
    with Terminal(BROWSE, TERM="dumb") as terminal:
        assert terminal.end() == 2
        assert "browse needs a terminal that can place its cursor" in terminal.shown


def test_no_meeting_in_that_period() -> None:
    with Terminal([*BROWSE, "--since", "2030"], 120) as terminal:
        assert terminal.end() == 1
        assert "no meeting is in that period" in terminal.shown


def test_without_textual_it_names_the_install_command(tmp_path: Path) -> None:
    hidden = "import sys; sys.modules['textual'] = None; from natoagenda.cli.main import run; run()"
    with Terminal([sys.executable, "-c", hidden, "browse"], 200) as terminal:
        assert terminal.end() == 70
        assert "browse needs Textual; install it with: " in terminal.shown
        assert "-m pip install 'natoagenda[browse]'" in terminal.shown


def test_a_fault_is_one_sentence_and_the_screen_is_given_back() -> None:
    broken = (
        "from natoagenda.browse import contents; from natoagenda.cli.main import run; "
        "contents.Writer.page = lambda *_: 1 / 0; run()"
    )
    with Terminal([sys.executable, "-c", broken, "browse"], 200) as terminal:
        assert terminal.end() == 70
        assert "a fault of the program, ZeroDivisionError: division by zero" in terminal.shown
        assert "Traceback" not in terminal.shown
        assert b"\x1b[?1049l" in terminal.raw
