"""Nothing that a file says of itself gives it another's place, and nothing is lost unasked."""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from natoagenda import dataset, files, library
from natoagenda.cli import load
from natoagenda.importing import MOST_TEXT
from tests.cli.program import PATIENCE, Done, environment, one_message, run
from tests.conftest import LETTER

REAL = library.builtin_path().read_text("utf-8")
OTHER = LETTER.read_text("utf-8").replace("28676", "99999").replace("bondgenoten", "vijanden")


class Home:
    """A user's library, and a place to stand in."""

    def __init__(self, top: Path) -> None:
        self.top = top
        self.letters = top / "data" / "natoagenda"
        self.letters.mkdir(parents=True)

    def run(self, *arguments: str, **variables: str) -> Done:
        env = {"XDG_DATA_HOME": str(self.top / "data"), **variables}
        return run(*arguments, cwd=self.top, env=env)

    def at_terminal(self, typed: str, *arguments: str) -> Done:
        """Run with a terminal to ask on, which gives one answer."""
        ours, theirs = pty.openpty()
        os.write(ours, f"{typed}\n".encode())
        done = subprocess.run(
            [sys.executable, "-m", "natoagenda", *arguments],
            stdin=theirs, capture_output=True, cwd=self.top, timeout=PATIENCE, check=False,
            env=environment(XDG_DATA_HOME=str(self.top / "data")),
        )  # fmt: skip
        os.close(ours)
        os.close(theirs)
        return Done(done.returncode, done.stdout, done.stderr)

    def put(self, name: str, text: str) -> Path:
        path = self.letters / name
        path.write_text(text, encoding="utf-8")
        return path


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def renamed(text: str, identifier: str) -> str:
    return text.replace("id: washington-2024", f"id: {identifier}", 1)


# -- removing ------------------------------------------------------------------------------


def test_an_id_goes_before_the_name_of_a_broken_file(home: Home) -> None:
    sound = home.put("sound.yaml", renamed(REAL, "rome-2025"))
    broken = home.put("rome-2025.yaml", "schema: 1\n")
    done = home.run("agendas", "remove", "rome-2025", "--yes")
    assert (done.code, done.out) == (0, f"{sound}\n")
    assert f"{broken} is still there; it is invalid" in done.err
    assert (sound.exists(), broken.exists()) == (False, True)
    assert home.run("agendas", "remove", "rome-2025", "--yes").code == 0
    assert not broken.exists()


def test_the_built_in_agenda_s_id_names_no_broken_file(home: Home) -> None:
    broken = home.put("washington-2024.yaml", "schema: 1\n")
    done = home.run("agendas", "remove", "washington-2024", "--yes")
    assert (done.code, broken.exists()) == (2, True)
    assert "washington-2024.yaml names the invalid file" in one_message(done)
    assert home.run("agendas", "remove", "washington-2024.yaml", "--yes").code == 0
    assert not broken.exists()


def test_a_name_of_two_broken_files_is_no_name(home: Home) -> None:
    for name in ("x.yaml", "x.yml"):
        home.put(name, "schema: 1\n")
    done = home.run("agendas", "remove", "x", "--yes")
    assert done.code == 2
    assert re.match(r"'x' is the name of .*x\.yaml, .*x\.yml$", one_message(done))
    assert home.run("agendas", "remove", str(home.letters / "x.yml"), "--yes").code == 0
    assert [path.name for path in home.letters.iterdir()] == ["x.yaml"]


def test_a_pipe_and_a_link_to_nothing_are_removed_by_their_names(home: Home) -> None:
    os.mkfifo(home.letters / "pipe.yaml")
    (home.letters / "link.yaml").symlink_to("nothing")
    for name in ("pipe", "link"):
        assert home.run("agendas", "remove", name, "--yes").code == 0
    assert list(home.letters.iterdir()) == []


def test_of_two_agendas_with_one_id_the_one_that_answers_is_removed(home: Home) -> None:
    for name in ("a", "b"):
        home.put(f"{name}.yaml", renamed(REAL, "rome-2025"))
    assert home.run("agendas", "remove", "b", "--yes").code == 0  # left out, so by its name
    home.put("b.yaml", renamed(REAL, "rome-2025"))
    done = home.run("agendas", "remove", "rome-2025", "--yes")
    assert (done.code, done.out) == (0, f"{home.letters / 'a.yaml'}\n")
    assert (home.letters / "b.yaml").exists()


def swapped_while_asked(home: Home, words: Sequence[str], swap: str) -> Done:
    """Answer yes to a question after a shell has done something to the files."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "natoagenda", *words], stdin=theirs, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, cwd=home.letters,
        env=environment(XDG_DATA_HOME=str(home.top / "data")),
    ) as process:  # fmt: skip
        assert process.stderr is not None
        said = b""
        while not said.endswith(b"[y/N] "):
            piece = process.stderr.read(1)
            assert piece, said
            said += piece
        subprocess.run(["sh", "-c", swap], cwd=home.letters, check=True)
        os.write(ours, b"y\nn\n")  # should it ask again, then no
        out, rest = process.communicate(timeout=PATIENCE)
    os.close(ours)
    os.close(theirs)
    return Done(process.returncode, out, said + rest)


@pytest.mark.parametrize(
    "swap",
    [
        "mv other.yaml rome.yaml",
        "cp other.yaml new && mv new rome.yaml",
        "cat other.yaml > rome.yaml",
        "printf '\\n' >> rome.yaml",
        "ln -sf other.yaml rome.yaml",
        "rm rome.yaml; ln other.yaml rome.yaml",
        "cp rome.yaml same && mv same rome.yaml",
        "rm rome.yaml; mkdir rome.yaml",
        "rm rome.yaml",
    ],
)
def test_what_is_asked_about_is_what_is_removed(swap: str, home: Home) -> None:
    home.put("rome.yaml", renamed(REAL, "rome-2025"))
    home.put("other.yaml", renamed(REAL, "other-2025"))
    done = swapped_while_asked(home, ["agendas", "remove", "rome-2025"], swap)
    assert (done.code, done.out) == (3, "")
    assert done.err.endswith("rome.yaml: this has changed meanwhile; nothing was removed\n")
    assert any(
        "other-2025" in path.read_text("utf-8") for path in home.letters.iterdir() if path.is_file()
    )


def test_the_cache_does_not_say_what_is_removed(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that has changed under the same size and times, as a restored copy may."""
    path = home.put("rome.yaml", renamed(REAL, "rome-2025"))
    old = time.time() - 3600
    os.utime(path, (old, old))
    assert home.run("agendas", "--json").code == 0
    found = library.load([home.letters])
    path.write_text(renamed(REAL, "oslo-2025"), encoding="utf-8")
    monkeypatch.setattr(library, "load", lambda *_: found)
    from natoagenda.cli.main import main

    assert main(["agendas", "remove", "rome-2025", "--yes"]) == 3
    assert path.exists()


HOSTILE = "a\x1b]0;owned\x07\u202e.yaml"


def test_a_question_shows_a_file_s_name(home: Home) -> None:
    home.put(HOSTILE, renamed(REAL, "rome-2025"))
    done = home.at_terminal("n", "agendas", "remove", "rome-2025")
    assert done.code == 1
    assert "a␛]0;owned␇⟨U+202E⟩.yaml? [y/N] " in done.err
    assert not set(done.err) & {"\x1b", "\x07", "\u202e"}


def test_a_traceback_shows_a_file_s_name(home: Home) -> None:
    home.put(HOSTILE, "schema: 1\n")
    for words in (["topics", "--data", str(home.letters / HOSTILE)], ["import", HOSTILE]):
        done = home.run(*words, "--debug")
        assert done.code == 3
        assert "Traceback (most recent call last):\n" in done.err
        assert not set(done.err) & {"\x1b", "\x07", "\u202e"}


# -- taking a place ------------------------------------------------------------------------


def test_another_paper_takes_no_place_unsaid(home: Home) -> None:
    (home.top / "brief.txt").write_text(OTHER, encoding="utf-8")
    done = home.run("import", "brief.txt")
    assert (done.code, done.out, list(home.letters.iterdir())) == (2, "", [])
    said = one_message(done)
    assert said.startswith("brief.txt: washington-2024 is already the id of Kamerstuk 28676, nr.")
    assert said.endswith("; --force takes its place, -o FILE writes elsewhere")
    for name in (home.letters / "washington-2024.yaml", home.letters / "any.yml"):
        assert home.run("import", "brief.txt", "-o", str(name)).code == 2
    assert home.run("import", "brief.txt", "-o", "elsewhere.yaml").code == 0
    assert home.run("import", "brief.txt", "--force").code == 0


def test_the_built_in_agenda_s_id_is_known() -> None:
    assert dataset.load(library.builtin_path()).id == library.BUILT_IN


def test_a_library_without_a_valid_file_has_no_place_to_take(home: Home) -> None:
    home.put("broken.yaml", "schema: 1\n")
    (home.top / "a.txt").write_text(
        "Geannoteerde agenda Raad van 10 juli 2023\n\nHet kabinet steunt dit.\n", encoding="utf-8"
    )
    assert home.run("import", "a.txt").code == 0


def test_a_library_under_another_name_is_the_library(home: Home) -> None:
    (home.top / "brief.txt").write_text(OTHER, encoding="utf-8")
    (home.top / "alias").symlink_to(home.letters)
    for name in ("alias/a.yaml", "data/../data/natoagenda/a.yaml"):
        assert home.run("import", "brief.txt", "-o", name).code == 2


def test_no_file_of_another_name_takes_a_place_unsaid(home: Home) -> None:
    text = renamed(REAL, "raad-buitenlandse-zaken-2025-01-20")
    home.put("zzz.yaml", text)
    (home.top / "brief.txt").write_text(
        "Geannoteerde agenda Raad Buitenlandse Zaken van 20 januari 2025\n\n"
        "Het kabinet steunt dit.\n", encoding="utf-8",
    )  # fmt: skip
    done = home.run("import", "brief.txt")
    assert done.code == 2, done.err
    assert "is already the id of Kamerstuk 28676, nr. 462" in one_message(done)
    assert home.run("import", "brief.txt", "--force").code == 0


@pytest.mark.parametrize(
    "words",
    [
        "topics", "schedule --json", "search steun --format csv", "topic oekraïne --json",
        "stances --format jsonl", "show --format markdown", "check", "agendas --json",
        "export jsonl", "export html", "schedule --format ics", "references kst-1-1",
        "footnotes 99", "topic kwijbes", "agendas --agenda nothing", "compare oekraïne",
        "commitments --open", "topics --since 2031",
    ],
)  # fmt: skip
def test_what_stands_in_the_built_in_one_s_place_is_said_with_every_answer(
    words: str, home: Home
) -> None:
    path = home.put("copied.yaml", REAL.replace("reviewed: true", "reviewed: false", 1))
    said = f"washington-2024 is {path}, not the built-in agenda, and has not been reviewed; "
    said += "natoagenda agendas remove washington-2024 brings that back"
    assert f"natoagenda: {said}\n" in home.run(*words.split()).err
    home.put("copied.yaml", REAL)
    assert "built-in" not in home.run(*words.split()).err
    path.unlink()
    assert "built-in" not in home.run(*words.split()).err


# -- reviews -------------------------------------------------------------------------------


REVIEWED = [
    REAL,
    "schema: 1\nreviewed: true\n",
    "agenda: {'reviewed': \"true\", id: x}\n",
    "reviewed: true\n\x00",
    REAL + "more: 1\n",
    REAL.replace("reviewed: true", 'reviewed: "true"', 1),
    "\ufeff" + REAL,
]


@pytest.mark.parametrize("text", REVIEWED, ids=range(len(REVIEWED)))
def test_a_review_is_not_lost_unasked(text: str, home: Home) -> None:
    path = home.top / "a.yaml"
    path.write_text(text, encoding="utf-8")
    words = ("import", str(LETTER), "-o", "a.yaml")
    assert home.run(*words).code == 2
    for extra in (["--force"], ["--discard-review"]):
        done = home.run(*words, *extra)
        assert (done.code, done.out) == (2, "")
    assert one_message(home.run(*words, "--force")) == (
        "a.yaml has been reviewed; --discard-review with --force replaces it"
    )
    for answer in ("n", "", "maybe"):
        done = home.at_terminal(answer, *words, "--force")
        assert done.code == 1
        assert "a.yaml has been reviewed; replace it and lose the review? [y/N] " in done.err
        assert done.err.endswith("a.yaml was not replaced\n")
    assert path.read_text("utf-8") == text
    assert home.at_terminal("y", *words, "--force").code == 0
    assert dataset.load(path).reviewed is False
    path.write_text(text, encoding="utf-8")
    assert home.run(*words, "--force", "--discard-review").code == 0
    assert dataset.load(path).reviewed is False


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_a_review_in_another_encoding_is_one(encoding: str, home: Home) -> None:
    path = home.top / "a.yaml"
    path.write_bytes("reviewed: true # été\n".encode(encoding))
    done = home.run("import", str(LETTER), "-o", "a.yaml", "--force")
    assert (done.code, path.read_bytes()) == (2, "reviewed: true # été\n".encode(encoding))


def test_what_no_person_reviewed_is_replaced_as_ever(home: Home) -> None:
    path = home.top / "a.yaml"
    for text in ("", "mine", REAL.replace("reviewed: true", "reviewed: false", 1), "x" * 5_000_000):
        path.write_text(text, encoding="utf-8")
        done = home.run("import", str(LETTER), "-o", "a.yaml", "--force")
        assert done.code == 0, done.err


def test_of_several_letters_each_is_judged_by_itself(home: Home) -> None:
    shutil.copy(LETTER, home.top / "one.txt")
    home.put("washington-2024.yaml", REAL)
    (home.top / "two.txt").write_text(
        "Geannoteerde agenda Raad van 10 juli 2023\n\nHet kabinet steunt dit.\n", encoding="utf-8"
    )
    done = home.run("import", "one.txt", "two.txt", "--force")
    assert done.code == 2
    assert "washington-2024.yaml has been reviewed; --discard-review" in done.err
    assert len(done.out.splitlines()) == 1
    assert (home.letters / "washington-2024.yaml").read_text("utf-8") == REAL
    done = home.at_terminal("n", "import", "one.txt", "two.txt", "--force")
    assert done.code == 1
    assert len(done.out.splitlines()) == 1


def test_a_file_that_is_reviewed_while_it_is_asked_about(home: Home) -> None:
    home.put("rome.yaml", "schema: 1\nreviewed: true\n")
    home.put("other.yaml", "schema: 1\nreviewed: true # by another\n")
    words = ["import", str(LETTER), "-o", "rome.yaml", "--force"]
    done = swapped_while_asked(home, words, "cp other.yaml rome.yaml")
    assert done.err.count("lose the review?") == 2  # once for each file
    assert (home.letters / "rome.yaml").read_text() == "schema: 1\nreviewed: true # by another\n"


# -- empty words ---------------------------------------------------------------------------


@pytest.fixture
def standing(home: Home) -> Home:
    """Where the user stands is an agenda that nobody asked for."""
    (home.top / "trap.yaml").write_text(renamed(REAL, "trap"), encoding="utf-8")
    (home.top / "x").mkdir()
    (home.top / "x" / "x.yaml").write_text(renamed(REAL, "x"), encoding="utf-8")
    return home


@pytest.mark.parametrize(
    ("variable", "options", "ids"),
    [
        ("", [], ["washington-2024"]),
        (":", [], ["washington-2024"]),
        (":::", [], ["washington-2024"]),
        (":x", [], ["x"]),
        ("x::", [], ["x"]),
        ("x::x/x.yaml", ["--agenda", "x"], None),
        (".", [], ["trap"]),
        ("", ["--data", ""], ["washington-2024"]),
        ("", ["--data", "", "--data", "x"], ["x"]),
        ("x", ["--data", ""], ["x"]),
        (":", ["--data", "."], ["trap"]),
    ],
)
@pytest.mark.parametrize("before", [True, False])
def test_empty_parts_are_no_folder(
    variable: str, options: list[str], ids: list[str] | None, before: bool, standing: Home
) -> None:
    words = [*options, "agendas", "--json"] if before else ["agendas", "--json", *options]
    done = standing.run(*words, NATOAGENDA_DATA=variable)
    if ids is not None:
        assert done.code == 0, done.err
        assert [row["id"] for row in done.json] == ids
    assert "trap" not in done.err or ids == ["trap"]


@pytest.mark.parametrize(
    "words", [["import", ""], ["import", str(LETTER), "-o", ""], ["check", "--source", ""],
              ["import", str(LETTER), ""]],
)  # fmt: skip
def test_an_empty_name_is_no_file(words: list[str], standing: Home) -> None:
    before = sorted(standing.top.rglob("*"))
    done = standing.run(*words)
    assert (done.code, done.out) == (2, "")
    assert "a file name must not be empty" in one_message(done)
    assert sorted(standing.top.rglob("*")) == before


# -- broken files --------------------------------------------------------------------------


def test_a_broken_file_that_is_asked_for_is_named(home: Home) -> None:
    home.put("rome-2025.yaml", "schema: 1\nagenda: no\n")
    home.put("oslo-2025.yml", "schema: 2\n")
    for asked in ("rome-2025", "rome-2025.yaml"):
        for words in ("topics", "search x --json", "show", "export html"):
            done = home.run(*words.split(), "--agenda", asked)
            assert (done.code, done.out) == (3, "")
            assert done.err.count("rome-2025.yaml:2:1: found 'no', expected a mapping") == 1
            assert done.err.splitlines()[-1].startswith(f"natoagenda: {home.letters}/rome-2025")
    done = home.run("topics", "--agenda", "oslo-2026")
    assert done.code == 1
    assert "there is no agenda 'oslo-2026'" in done.err
    assert done.err.count("left out: ") == 2
    assert home.run("topics", "--agenda", "washington-2024").code == 0


def test_a_broken_file_that_is_asked_for_is_named_where_all_are_broken(home: Home) -> None:
    for name in ("a", "b", "c"):
        home.put(f"{name}.yaml", f"schema: {name}\n")
    done = home.run("topics", "--data", str(home.letters), "--agenda", "b")
    assert done.code == 3
    assert "b.yaml:1:1: found format 'b', expected 1" in one_message(done)
    done = home.run("topics", "--data", str(home.letters), "--agenda", "x")
    assert "a.yaml:1:1: found format 'a', expected 1" in one_message(done)


@pytest.mark.parametrize(("many", "lines"), [(12, 12), (13, 1), (2500, 1)])
def test_many_broken_files_are_one_line(many: int, lines: int, home: Home) -> None:
    for number in range(many):
        home.put(f"{number:05}.yaml", "schema: 1\n")
    for words in (["topics"], ["topics", "--agenda", "nothing"]):
        done = home.run(*words)
        left_out = [line for line in done.err.splitlines() if "left out: " in line]
        assert len(left_out) == lines
        assert "00000.yaml" in left_out[0]
        if lines == 1:
            assert left_out[0].endswith(f"; and {many - 1:,} more files")
    assert load._NAMED == 12


# -- bounds --------------------------------------------------------------------------------


def edited(home: Home, *changes: tuple[str, str]) -> Path:
    text = REAL
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = home.top / "edited.yaml"
    path.write_text(text, encoding="utf-8")
    return path


STARTS, ENDS = "starts: 2024-07-09", "ends: 2024-07-11"


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ([(STARTS, "starts: 0001-01-01"), (ENDS, "ends: 9999-12-31")],
         "found 0001-01-01, expected a year from 1900 to 2100"),
        ([(ENDS, "ends: 9999-12-31")], "found 9999-12-31, expected a year from 1900 to 2100"),
        ([(STARTS, "starts: 1899-12-31")], "found 1899-12-31, expected a year"),
        ([(STARTS, "starts: 2101-01-01"), (ENDS, "ends: 2101-01-01")], "found 2101-01-01"),
        ([(ENDS, "ends: 2024-09-07")], "found a meeting of 61 days, expected at most 60"),
        ([(STARTS, "starts: 1900-01-01"), (ENDS, "ends: 2100-12-31")],
         "found a meeting of 73,414 days, expected at most 60"),
        ([("date: 2024-06-28", "date: 1000-06-28")], "found 1000-06-28, expected a year"),
        ([("date: 2024-07-09", "date: 9999-12-31")], "found 9999-12-31, expected a year"),
    ],
)  # fmt: skip
def test_a_meeting_has_bounds(changes: list[tuple[str, str]], problem: str, home: Home) -> None:
    path = edited(home, *changes)
    for words in ("topics --json", "schedule --format ics"):
        done = home.run(*words.split(), "--data", str(path))
        assert done.code == 3
        assert re.match(r".*edited\.yaml:\d+:\d+: " + re.escape(problem), one_message(done))


@pytest.mark.parametrize(
    ("starts", "ends", "day"),
    [("1900-01-01", "1900-01-01", "1900-01-01"), ("2100-11-02", "2100-12-31", "2100-12-31")],
)
def test_the_first_and_the_last_day_have_a_calendar(
    starts: str, ends: str, day: str, home: Home
) -> None:
    text = re.sub(r"(?m)^(    date: ).*$", rf"\g<1>{day}", REAL)
    text = text.replace(STARTS, f"starts: {starts}").replace(ENDS, f"ends: {ends}")
    path = home.top / "a.yaml"
    path.write_text(text, encoding="utf-8")
    done = home.run("schedule", "--format", "ics", "--data", str(path))
    assert done.code == 0, done.err
    assert f"DTSTART;VALUE=DATE:{day.replace('-', '')}" in done.out
    for words in ("schedule", "references", "show", "agendas", "check", "export html"):
        assert home.run(*words.split(), "--data", str(path)).code in (0, 1)


def test_a_paper_that_is_cited_may_be_old(home: Home) -> None:
    text = re.sub(r"(?m)(^references:(?:.|\n)*?\n    )(citation: )", r"\1date: 1848-05-30\n    \2",
                  re.sub(r"(?m)^    date: .*\n", "", REAL), count=1)  # fmt: skip
    path = home.top / "a.yaml"
    path.write_text(text, encoding="utf-8")
    done = home.run("references", "--data", str(path))
    assert done.code == 0, done.err
    assert "30 May 1848" in done.out


@pytest.mark.parametrize(
    ("days", "problem"),
    [
        ("0001-01-01..9999-12-31", "expected a year from 1900 to 2100"),
        ("2024-01-01..2024-03-01", "found a meeting of 61 days, expected at most 60"),
        ("1899-12-31", "expected a year from 1900 to 2100"),
        ("2100-12-31..2101-01-01", "expected a year from 1900 to 2100"),
    ],
)
def test_days_that_are_typed_have_the_same_bounds(days: str, problem: str, home: Home) -> None:
    done = home.run("import", str(LETTER), "--days", days, "-o", "a.yaml")
    assert done.code == 2
    assert problem in one_message(done)
    assert not (home.top / "a.yaml").exists()
    assert home.run("import", str(LETTER), "--days", "2100-11-02..2100-12-31", "-o",
                    "b.yaml").code == 0  # fmt: skip


@pytest.mark.parametrize("days", ["30 december tot 2 januari 1900", "1 januari 0001"])
def test_days_out_of_bounds_are_none_of_a_letter_s(days: str, home: Home) -> None:
    (home.top / "a.txt").write_text(
        f"Geannoteerde agenda Raad van {days}\n\nHet kabinet steunt dit.\n", encoding="utf-8"
    )
    done = home.run("import", "a.txt", "-o", "a.yaml")
    assert (done.code, (home.top / "a.yaml").exists()) == (3, False)
    assert "--days" in one_message(done)


# -- cite ----------------------------------------------------------------------------------


def cited(line: str) -> Done:
    done = subprocess.run(
        ["bash", "-c", line.replace("CITE", f"{sys.executable} -m natoagenda cite")],
        capture_output=True, env=environment(), timeout=PATIENCE, check=False,
    )  # fmt: skip
    return Done(done.returncode, done.stdout, done.stderr)


NOTE = "natoagenda: read only the first 300,000 characters\n"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("yes 'Kamerstuk 28676 nr. 462' | CITE --json", 0),
        ("CITE < /dev/zero", 1),
        ("yes $'\\xe9\\x80\\x80' | CITE", 1),
        ("tr '\\0' '\\200' < /dev/zero | CITE", 1),
        ("CITE < /dev/urandom", None),
        ("yes 'één ’ 😀' | CITE", 1),
    ],
)
def test_an_endless_text_is_read_as_far_as_a_letter_goes(line: str, code: int | None) -> None:
    done = cited(line)
    assert done.code == code or (code is None and done.code in (0, 1))
    assert done.err.endswith(NOTE)


def test_what_comes_after_is_not_read() -> None:
    paper = "Kamerstuk 28676, nr. 462"
    for fill in (".", "é", "’", "😀"):
        before = fill * (MOST_TEXT - len(paper) - 1) + " "
        for text, found in ((before + paper, True), (before + " " + paper, False)):
            done = run("cite", "--json", stdin=text.encode())
            cut = len(text) > MOST_TEXT
            assert (NOTE in done.err) is cut, fill
            if found:
                assert [row["id"] for row in done.json] == ["kst-28676-462"]
        done = run("cite", stdin=b"\xef\xbb\xbf" + (before + paper).encode())
        assert NOTE not in done.err


def test_a_stream_is_read_no_further_than_is_needed() -> None:
    import io

    for sign in (b"a", b"\xc3\xa9", b"\xe2\x80\x99", b"\xf0\x9f\x98\x80", b"\x80", b"\xff"):
        stream = io.BytesIO(sign * 5000)
        text, more = files.read_text(stream, 1000)
        assert (len(text), more) == (1000, True)
        assert stream.tell() <= 4 * 1002
        assert files.read_text(io.BytesIO(sign * 1000), 1000)[1] is False


def test_text_that_is_an_argument_has_the_same_bound() -> None:
    done = run("cite", *["Kamerstuk 28676, nr. 462" + "." * 100_000] * 5, "--json")
    assert (done.code, NOTE in done.err) == (0, True)
    assert len(done.json) == 1 or len({row["id"] for row in done.json}) == 1


# -- combining characters, and ids ---------------------------------------------------------


@pytest.mark.parametrize("marks", ["\u0301" * 31, "\u0301\u20dd\u0903" * 11, "\u0301" * 500,
                                   "\u0301" * 20 + "\u00ad" + "\u0301" * 20,
                                   "\u0301" * 20 + "\u200d" + "\u0301" * 20])  # fmt: skip
@pytest.mark.parametrize("key", ["organisation: NAVO", "venue: Washington, D.C.",
                                 "id: kst-28676-462", "id: washington-2024"])  # fmt: skip
def test_a_heap_of_marks_is_an_error_with_a_place(marks: str, key: str, home: Home) -> None:
    path = edited(home, (key, key + marks))
    done = home.run("topics", "--data", str(path))
    assert done.code == 3
    assert re.search(
        r"edited\.yaml:\d+:\d+: found more than 30 combining characters on one$", one_message(done)
    )


def test_thirty_marks_are_not_too_many(home: Home) -> None:
    path = edited(home, ("organisation: NAVO", "organisation: NAVO" + "\u0301" * 30))
    assert home.run("topics", "--data", str(path)).code == 0


def test_scripts_that_need_marks_have_them(home: Home) -> None:
    words = " ".join(["ก็่" * 40, "अनुच्छेद" * 20, "한국어" * 30, "Ελληνικά" * 10, "مُحَمَّد" * 20])
    path = edited(home, ("organisation: NAVO", f"organisation: {words}"))
    done = home.run("agendas", "--data", str(path), "--json")
    assert done.code == 0, done.err
    assert "⟨" not in home.run("agendas", "--data", str(path)).out


def test_a_heap_of_marks_in_a_key_has_a_place_too(home: Home) -> None:
    path = edited(home, ("schema: 1", "schema: 1\nx" + "\u0301" * 40 + ": y"))
    assert "edited.yaml:8:1: found more than 30" in home.run("topics", "--data", str(path)).err


def test_a_letter_with_a_heap_of_marks_is_one_sentence(home: Home) -> None:
    marks = "\u0301" * 40
    (home.top / "a.txt").write_text(
        f"Geannoteerde agenda Raad van 10 juli 2024\n\nHet kabinet steunt{marks} dit.\n",
        encoding="utf-8",
    )
    done = home.run("import", "a.txt", "-o", "a.yaml")
    assert done.code == 3
    assert "found more than 30 combining characters on one" in one_message(done)


def test_a_heap_of_marks_in_a_question_is_shown(home: Home) -> None:
    done = home.run("topic", "x" + "\u0301" * 40)
    assert done.code == 1
    assert "\u0301" * 31 not in done.err
    assert "⟨U+0301⟩" in done.err or "\\u0301" in done.err
    done = home.run("topics", "--data", "x" + "\u0301" * 40)
    assert done.err.count("⟨U+0301⟩") == 10


@pytest.mark.parametrize(
    "sign",
    ["\u00ad", "\u200b", "\u2060", "\u2800", "\u3164", "\U000e0041", "\ue000", "\u0378",
     "\U0001d159", "\ufe0f"],
)  # fmt: skip
def test_no_id_has_what_nobody_sees(sign: str, home: Home) -> None:
    for key in ("id: kst-28676-462", "id: kst-21501-02-2825"):
        assert key in REAL
        escaped = f'"{key[4:12]}\\U{ord(sign):08x}{key[12:]}"'
        path = edited(home, (key, f"id: {escaped}"))
        done = home.run("topics", "--data", str(path))
        assert done.code == 3
        assert "expected an id without hidden signs" in one_message(done)


def test_check_proves_nothing_of_a_file_that_was_left_out(home: Home) -> None:
    folder = home.top / "letters"
    folder.mkdir()
    (folder / "good.yaml").write_text(REAL, "utf-8")
    assert home.run("check", "--data", str(folder)).code == 0
    (folder / "bad.yaml").write_text("schema: 1\n")
    done = home.run("check", "--data", str(folder))
    assert done.code == 3
    assert "bad.yaml:1:1: " in done.err
    assert "sound" in done.out
    assert home.run("check", "--data", str(folder), "--agenda", "washington-2024").code == 0
    assert home.run("schedule", "--data", str(folder)).code == 0


def test_two_letters_of_one_import_do_not_take_each_other_s_place(home: Home) -> None:
    one, two = home.top / "one.txt", home.top / "two.txt"
    for path in (one, two):
        path.write_bytes(LETTER.read_bytes())
    done = home.run("import", str(one), str(two), "--force")
    assert done.code == 2
    assert f"{two}: " in done.err
    assert "was just written for another letter" in done.err
