"""`natoagenda import` as a user runs it: files written whole or not at all, one clear sentence."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from natoagenda import dataset, files
from natoagenda.errors import DataError, UsageError
from tests.cli.program import PATIENCE, PROGRAM, Done, environment, one_message, run
from tests.conftest import LETTER
from tests.importing import letters

GOLD = letters.every()


def imported(tmp_path: Path, *arguments: str) -> Done:
    return run("import", *arguments, cwd=tmp_path, env={"XDG_DATA_HOME": str(tmp_path / "data")})


def test_a_letter_goes_to_the_library_and_every_command_answers_from_it(tmp_path: Path) -> None:
    letters.as_pdf(GOLD[0], letters.PRESSES[0], tmp_path / "brief.pdf")
    done = imported(tmp_path, "brief.pdf")
    path = tmp_path / "data" / "natoagenda" / "raad-buitenlandse-zaken-2024-01-22.yaml"
    assert (done.code, done.out) == (0, f"{path}\n")
    assert "835 of 835 words accounted for" in done.err
    assert "4 called, 4 found" in done.err
    assert "Pagina 1 van 2, and 1 line like it" in done.err
    env = {"XDG_DATA_HOME": str(tmp_path / "data")}
    both = run("stances", "--json", env=env)
    assert {row["agenda"] for row in both.json} == {
        "raad-buitenlandse-zaken-2024-01-22",
        "washington-2024",
    }
    table = run("topic", "midden-oosten", env=env)
    assert "not reviewed" in table.out
    assert "not reviewed" in run("topic", "midden-oosten", "--json", env=env).err
    proved = run("check", "--agenda", "raad-buitenlandse-zaken-2024-01-22", "--source",
                 str(tmp_path / "brief.pdf"), env=env)  # fmt: skip
    assert proved.code == 0
    assert "identical, word for word" in " ".join(proved.out.split())


def test_an_agenda_of_the_library_takes_the_place_of_the_built_in_one(tmp_path: Path) -> None:
    assert imported(tmp_path, str(LETTER)).code == 0
    env = {"XDG_DATA_HOME": str(tmp_path / "data")}
    shown = run("show", "--json", env=env).json
    assert shown["agenda"]["reviewed"] is False
    assert len(run("topics", "--json", env=env).json) == 5


@pytest.mark.parametrize("kind", ["pdf", "docx", "xml", "txt"])
def test_check_source_reads_every_format(kind: str, tmp_path: Path) -> None:
    file = tmp_path / f"brief.{kind}"
    if kind == "pdf":
        letters.as_pdf(GOLD[1], letters.PRESSES[0], file)
    elif kind == "docx":
        letters.as_word(GOLD[1], file)
    elif kind == "xml":
        file.write_bytes(letters.as_xml(GOLD[1]))
    else:
        file.write_text(letters.as_text(GOLD[1], letters.LOOKS[1]).text, encoding="utf-8")
    assert imported(tmp_path, file.name, "-o", "a.yaml").code == 0
    done = run("check", "--data", "a.yaml", "--source", file.name, cwd=tmp_path)
    assert (done.code, "identical" in done.out) == (0, True), done.out


def test_a_file_that_is_there_stays_unless_forced(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("mine", encoding="utf-8")
    done = imported(tmp_path, str(LETTER), "-o", "a.yaml")
    assert (done.code, done.out) == (2, "")
    assert one_message(done) == "a.yaml exists; --force replaces it"
    assert (tmp_path / "a.yaml").read_text(encoding="utf-8") == "mine"
    assert imported(tmp_path, str(LETTER), "-o", "a.yaml", "--force").code == 0
    assert dataset.load(tmp_path / "a.yaml").id == "washington-2024"
    assert os.listdir(tmp_path) == ["a.yaml"]


def test_stdout_gets_the_file_where_it_is_asked_for(tmp_path: Path) -> None:
    done = imported(tmp_path, str(LETTER), "-o", "-")
    assert dataset.parse(done.stdout, "x").id == "washington-2024"
    assert "2185 of 2185 words" in done.err
    refused = imported(tmp_path, str(LETTER), "-o", "-", "--json")
    assert refused.code == 2
    assert refused.out == ""


def test_the_report_as_json(tmp_path: Path) -> None:
    done = imported(tmp_path, str(LETTER), "-o", "a.yaml", "--json")
    [report] = done.json
    assert report["path"] == "a.yaml"
    assert (report["words"], report["accounted"]) == (2185, 2185)
    assert (report["stances"], report["commitments"], report["footnotes"]) == (13, 2, 5)
    assert done.err == ""


def test_several_letters_of_which_one_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "leeg.pdf").write_bytes(b"")
    (tmp_path / "a.xml").write_bytes(letters.as_xml(GOLD[0]))
    (tmp_path / "b.xml").write_bytes(letters.as_xml(GOLD[1]))
    done = imported(tmp_path, "a.xml", "leeg.pdf", "b.xml")
    assert done.code == 3
    assert len(done.out.splitlines()) == 2
    assert "natoagenda: leeg.pdf: this is empty" in done.err
    assert imported(tmp_path, "a.xml", "b.xml").code == 2
    assert imported(tmp_path, "a.xml", "b.xml", "-o", "c.yaml").code == 2


def test_days_that_the_letter_does_not_state(tmp_path: Path) -> None:
    text = "Geannoteerde agenda voor de Raad\n\nDe Raad zal spreken over vis.\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    done = imported(tmp_path, "a.txt")
    assert (done.code, done.out) == (3, "")
    assert "--days" in one_message(done)
    done = imported(tmp_path, "a.txt", "-o", "a.yaml", "--days", "2024-07-09..2024-07-11")
    assert done.code == 0
    agenda = dataset.load(tmp_path / "a.yaml")
    assert (str(agenda.starts), str(agenda.ends)) == ("2024-07-09", "2024-07-11")
    assert imported(tmp_path, "a.txt", "--days", "2024-07-09", "-o", "b.yaml").code == 0
    for wrong in ("morgen", "2024-07-11..2024-07-09", "2024-13-01"):
        assert imported(tmp_path, "a.txt", "--days", wrong).code == 2


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "this is empty"),
        (b"%PDF-1.4", "this PDF is damaged"),
        (b"Een tekst zonder titel.", "found no title with the words 'geannoteerde agenda'"),
    ],
)
def test_a_bad_letter_is_one_sentence_and_nothing_is_written(
    data: bytes, problem: str, tmp_path: Path
) -> None:
    (tmp_path / "brief.pdf").write_bytes(data)
    done = imported(tmp_path, "brief.pdf")
    assert (done.code, done.out) == (3, "")
    assert one_message(done) == f"brief.pdf: {problem}"
    assert os.listdir(tmp_path) == ["brief.pdf"]


def test_a_contradiction_is_reported_and_kept(tmp_path: Path) -> None:
    text = (
        "Geannoteerde agenda Raad van 10 juli 2024\n\nProgramma\n\n"
        "Op dinsdag 10 juli vindt een werklunch plaats voor de ministers.\n"
    )
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    done = imported(tmp_path, "a.txt", "-o", "a.yaml")
    assert done.code == 0
    assert "dinsdag 10 juli 2024 is a woensdag" in " ".join(done.err.split())
    agenda = dataset.load(tmp_path / "a.yaml")
    assert [str(session.date) for session in agenda.sessions] == ["2024-07-10"]


def test_the_library_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file in the way", encoding="utf-8")
    done = imported(tmp_path, str(LETTER))
    assert done.code == 3
    assert "cannot be written" in one_message(done)
    assert imported(tmp_path, str(LETTER), "-o", "/dev/null", "--force").code == 3


# -- writing -------------------------------------------------------------------------------


def test_a_file_is_written_with_the_usual_rights(tmp_path: Path) -> None:
    files.write_new(tmp_path / "deep" / "a", "één")
    assert (tmp_path / "deep" / "a").read_bytes() == "één".encode()
    (tmp_path / "b").write_text("x", encoding="utf-8")
    assert (tmp_path / "deep" / "a").stat().st_mode == (tmp_path / "b").stat().st_mode


def test_a_name_that_is_taken_meanwhile_is_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def link(_source: str, target: Path) -> None:
        Path(target).write_text("another's", encoding="utf-8")
        raise FileExistsError

    monkeypatch.setattr(os, "link", link)
    with pytest.raises(UsageError, match="exists"):
        files.write_new(tmp_path / "a", "mine")
    assert (tmp_path / "a").read_text(encoding="utf-8") == "another's"
    assert os.listdir(tmp_path) == ["a"]


def test_a_file_system_without_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def link(_source: str, target: Path) -> None:
        if target.name == "b":
            target.write_text("another's", encoding="utf-8")
        raise PermissionError

    monkeypatch.setattr(os, "link", link)
    files.write_new(tmp_path / "a", "mine")
    assert (tmp_path / "a").read_text(encoding="utf-8") == "mine"
    with pytest.raises(UsageError, match="exists"):
        files.write_new(tmp_path / "b", "mine")


def test_a_disk_that_is_full_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_text("old", encoding="utf-8")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DataError, match="cannot be written: No space left"):
        files.write_new(tmp_path / "a", "new", force=True)
    assert (tmp_path / "a").read_text(encoding="utf-8") == "old"
    assert os.listdir(tmp_path) == ["a"]
    with pytest.raises(DataError, match="cannot be written"):
        files.write_new(tmp_path / "a\0b", "new")


KILLED = """
import os, signal, sys
from pathlib import Path
from natoagenda import files
os.fsync = lambda descriptor: os.kill(os.getpid(), signal.SIGKILL)
files.write_new(Path(sys.argv[1]), "new", force=True)
"""


def test_a_run_that_is_killed_leaves_the_old_file(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path / "a")],
        env=environment(),
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode < 0
    assert (tmp_path / "a").read_text(encoding="utf-8") == "old"


# -- the bar -------------------------------------------------------------------------------


def test_a_bar_on_a_terminal_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    from natoagenda.output import progress

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(progress, "_SOON", -1)
    screen = Terminal()
    with progress.shown("brief.pdf", screen) as tell:
        tell(1, 2)
        tell(2, 2)
    assert "page 2 of 2" in screen.getvalue()
    pipe = io.StringIO()
    with progress.shown("brief.pdf", pipe) as tell:
        tell(1, 2)
    assert pipe.getvalue() == ""
    assert PROGRAM
