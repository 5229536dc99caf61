"""The library from the shell: list it, narrow it, take out of it, give it to other programs."""

from __future__ import annotations

import json
import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.program import Done, environment, one_message, run
from tests.conftest import ROOT

IDS = ["verzonnen-top-2022", "verzonnen-top-2023", "verzonnen-raad-2023", "verzonnen-top-2024"]


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    folder = tmp_path / "letters"
    shutil.copytree(ROOT / "tests" / "library", folder)
    return folder


def agendas(done: Done) -> list[str]:
    assert done.code == 0
    return list(dict.fromkeys(row["agenda"] for row in done.json))


def test_the_list_is_by_date(letters: Path) -> None:
    done = run("agendas", "--data", str(letters), "--json")
    assert [row["id"] for row in done.json] == IDS
    assert [row["reviewed"] for row in done.json] == [True, True, False, True]
    assert [(row["topics"], row["stances"]) for row in done.json] == [
        (2, 5),
        (3, 6),
        (2, 4),
        (2, 3),
    ]
    assert done.json[0]["path"] == str(letters / "verzonnen-top-2022.yaml")


def test_look_ups_are_latest_first(letters: Path) -> None:
    for words in (["stances"], ["references"], ["topics"], ["footnotes"], ["commitments"]):
        found = agendas(run(*words, "--data", str(letters), "--json"))
        assert len(found) > 1
        assert found == [each for each in reversed(IDS) if each in found]


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (["--organisation", "EU"], IDS[2:3]),
        (["--organisation", "nato"], [IDS[0], IDS[1], IDS[3]]),
        (["--since", "2023"], IDS[1:]),
        (["--since", "2023-07-12", "--until", "2023"], IDS[1:3]),
        (["--until", "juni 2022"], IDS[:1]),
        (["--until", "2022-06-27"], []),
        (["--agenda", IDS[2], "--since", "2024"], []),
    ],
)
def test_narrowing(letters: Path, options: list[str], found: list[str]) -> None:
    for words in (["agendas", *options], [*options, "agendas"]):
        done = run(*words, "--data", str(letters), "--json")
        assert [row["id"] for row in done.json] == found
        assert ("no meeting is in that period" in done.err) is (not found)
    hits = run("search", "steunen OR visie", *options, "--data", str(letters), "--json")
    assert {row["agenda"] for row in hits.json} <= set(found)
    assert (hits.code == 0) is bool(found)


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["agendas", "--organisation", "OVSE"], 1, "there are Europese Unie, NAVO"),
        (["agendas", "--agenda", "verzonnen-top-2021"], 1, "did you mean verzonnen-top-202"),
        (["agendas", "--since", "soon"], 2, "'soon' is not a period; type one such as 2023"),
        (["schedule", "--from", "10 juli"], 2, "'10 juli' is not a period"),
        (["schedule", "--to", "2023-13"], 2, "'2023-13' is not a period"),
        (["compare", "klimaat"], 1, "no topic is called 'klimaat'; there are oekraine"),
        (["references", "kst-1-1"], 1, "no letter leans on 'kst-1-1'"),
        (["agendas", "remove", "nothing"], 1, "there is no agenda 'nothing'"),
        (["agendas", "remove", IDS[0]], 2, "--yes removes .*; without it"),
        (["agendas", "list"], 2, "No such command 'list'"),
        (["export"], 2, "export needs a form: natoagenda export jsonl"),
        (["export", "jsonl", "--json"], 2, "export has no format json; it has jsonl"),
    ],
)
def test_what_cannot_be_is_one_sentence(
    letters: Path, words: list[str], code: int, message: str
) -> None:
    done = run(*words, "--data", str(letters))
    assert (done.code, done.err.count("\n")) == (code, 1)
    import re

    assert re.search(message, done.err)
    assert len(list(letters.iterdir())) == 4


def test_which_letters_cite_a_paper(letters: Path) -> None:
    for typed in (
        "kst-36045-90",
        "36045",
        "36 045 nr. 90",
        "Kamerstuk 36045, nr. 90",
        "leveringen",
    ):
        done = run("references", typed, "--data", str(letters), "--json")
        assert agendas(done) == ["verzonnen-top-2023", "verzonnen-top-2022"]
    assert run("references", "36045-91", "--data", str(letters)).code == 1


def test_the_programme_of_a_period(letters: Path) -> None:
    def sessions(*options: str) -> list[str]:
        done = run("schedule", "--data", str(letters), *options, "--json")
        assert done.code == 0
        return [row["id"] for row in done.json]

    assert sessions("--from", "2022", "--to", "2022-06") == ["werksessie"]
    assert sessions("--from", "2022-06-30") == []
    assert sessions("--to", "2022-06-28") == []
    assert sessions() == ["werksessie"]
    built_in = run("schedule", "--from", "2024-07-11", "--json").json
    assert {row["date"] for row in built_in} == {"2024-07-11"}


def test_removing_takes_one_file(letters: Path) -> None:
    wide = {"COLUMNS": "1000"}  # so that no path is wrapped, however long
    done = run("agendas", "remove", IDS[0], "--yes", "--data", str(letters), env=wide)
    file = letters / f"{IDS[0]}.yaml"
    assert (done.code, done.out, done.err) == (0, f"{file}\n", f"removed {file}\n")
    assert sorted(each.stem for each in letters.iterdir()) == sorted(IDS[1:])
    done = run("--json", "agendas", "remove", IDS[1], "--yes", "--data", str(letters))
    assert done.json == [{"path": str(letters / f"{IDS[1]}.yaml")}]
    assert [row["id"] for row in run("agendas", "--data", str(letters), "--json").json] == IDS[2:]


def test_the_built_in_agenda_is_not_removed() -> None:
    done = run("agendas", "remove", "washington-2024", "--yes")
    assert (done.code, done.out) == (2, "")
    assert "washington-2024 is built in" in done.err


def test_a_file_that_does_not_hold_is_removed_by_its_name(letters: Path) -> None:
    (letters / "broken.yaml").write_text("schema: 1\n")
    listed = run("agendas", "--data", str(letters), "--json")
    assert [row["id"] for row in listed.json] == IDS
    assert "left out: " in listed.err
    assert run("agendas", "remove", "broken", "--yes", "--data", str(letters)).code == 0
    assert not (letters / "broken.yaml").exists()
    assert run("agendas", "--data", str(letters)).err == ""


@pytest.mark.parametrize(("typed", "gone"), [("y", True), ("ja", True), ("n", False), ("", False)])
def test_removing_asks_on_a_terminal(letters: Path, typed: str, gone: bool) -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "natoagenda", "agendas", "remove", IDS[0], "--data", str(letters)],
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    ) as process:
        os.write(ours, f"{typed}\n".encode())
        out, said = process.communicate(timeout=60)
    os.close(ours)
    os.close(theirs)
    file = letters / f"{IDS[0]}.yaml"
    assert said.decode().startswith(f"remove {file}? [y/N] ")
    assert (process.returncode, file.exists(), bool(out)) == (
        (0, False, True) if gone else (1, True, False)
    )


def test_export_has_everything_once(letters: Path) -> None:
    done = run("export", "jsonl", "--data", str(letters))
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert done.code == 0
    assert "verzonnen-raad-2023 is not reviewed" in done.err
    assert len({row["key"] for row in rows}) == len(rows)
    statements = {
        row["text"]
        for agenda in IDS
        for section in run("show", "--agenda", agenda, "--data", str(letters), "--json").json[
            "sections"
        ]
        for paragraph in section["paragraphs"]
        for row in paragraph["statements"]
    }
    assert {row["text"] for row in rows if row["kind"] == "statement"} == statements
    assert {row["kind"] for row in rows} == {
        "session",
        "section",
        "statement",
        "footnote",
        "reference",
    }
    assert all(row["starts"][:4] == row["agenda"][-4:] for row in rows)


def test_export_stops_when_nobody_reads_on() -> None:
    line = f"{sys.executable} -m natoagenda export jsonl | head -1 | wc -l; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", line], capture_output=True, env=environment(), check=True)
    assert done.stdout.split() == [b"1", b"0"]
    assert done.stderr == b""


def test_a_screen_shows_the_best_hits_and_a_pipe_gets_all(
    tmp_path: Path, washington_file: Path
) -> None:
    text = washington_file.read_text("utf-8")
    for number in range(8):
        (tmp_path / f"{number}.yaml").write_text(
            text.replace("id: washington-2024", f"id: m-{number}", 1), "utf-8"
        )
    words = ("search", "navo", "--data", str(tmp_path))
    assert len(run(*words, "--json").json) > 200
    assert "200 places, and there are more" in run(*words).out
    assert run(*words, "--format", "markdown").out.count("\n> — ") == 200
    assert len(run(*words, "--json", "--limit", "7").json) == 7


@pytest.mark.parametrize("words", ["show", "topic oekraïne", "compare oekraïne", "export html"])
def test_what_shows_one_letter_needs_one(words: str, letters: Path) -> None:
    done = run(*words.split(), "--since", "2030", "--data", str(letters))
    assert (done.code, done.stdout) == (1, b"")
    assert one_message(done) == (
        "no meeting is in that period; the first is on 2022-06-28, the last on 2024-10-03"
    )


@pytest.mark.parametrize("words", ["stances", "topics", "schedule --day 10", "references", "check"])
def test_what_lists_lists_nothing(words: str) -> None:
    done = run(*words.split(), "--since", "2030")
    assert (done.code, done.stdout) == (0, b"")
    assert one_message(done) == ("no meeting is in that period; the only one is on 2024-07-09")
    assert run(*words.split(), "--since", "2030", "--json").json == []


def test_compare_takes_a_misspelling_for_what_it_nearly_is(letters: Path) -> None:
    done = run("compare", "oekrane", "--data", str(letters), "--json")
    assert done.code == 0
    assert len(done.json) == 4
    assert done.err.splitlines()[0] == (
        "natoagenda: no topic is called 'oekrane'; this is 'oekraine'"
    )
    done = run("compare", "kwijbes", "--data", str(letters))
    assert (done.code, done.stdout) == (1, b"")
    assert one_message(done).startswith("no topic is called 'kwijbes'; there are ")


@pytest.mark.parametrize(
    "words", ["stances --since 2024 --until 2022", "schedule --from 2024-07-11 --to 2024-07-10"]
)
def test_a_period_that_ends_before_it_begins(words: str) -> None:
    done = run(*words.split())
    assert (done.code, done.stdout) == (2, b"")
    assert re.fullmatch(r"'[\d-]+' is after '[\d-]+'", one_message(done))


def test_remove_takes_out_only_what_the_options_choose(tmp_path: Path, letters: Path) -> None:
    shutil.copytree(letters, tmp_path / "own")
    words = ("agendas", "remove", "verzonnen-top-2022", "--yes", "--data", str(tmp_path / "own"))
    done = run(*words, "--since", "2023")
    assert done.code == 1
    assert one_message(done) == (
        "verzonnen-top-2022 is not among the meetings that the options choose"
    )
    assert (tmp_path / "own" / "verzonnen-top-2022.yaml").exists()
    assert run(*words, "--until", "2023").code == 0
    assert not (tmp_path / "own" / "verzonnen-top-2022.yaml").exists()
