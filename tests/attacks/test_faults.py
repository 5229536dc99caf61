"""Faults of the machine, a few of each; `python -m attacks.faults` has many."""

from __future__ import annotations

import contextlib
import os
import re
import sys
import time
from pathlib import Path

import pytest

from attacks import children, faults
from natoagenda import cache, files, library
from natoagenda.cli import options
from natoagenda.errors import DataError
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> faults.Home:
    return faults.Home(tmp_path_factory.mktemp("home"), many=8)


def test_a_command_that_is_killed_leaves_whole_files(home: faults.Home) -> None:
    counts = faults.killed(home, kills=4, seed=5)
    assert sum(counts.values()) == 12
    assert sum(number for what, number in counts.items() if "killed" in what) >= 4
    assert sum(faults.leftovers(home).values()) <= 1


def test_a_full_disk_costs_nothing_but_what_was_asked(home: faults.Home) -> None:
    counts = faults.full_disk(home, sizes=(4, 60, 250))
    assert sum(counts.values()) >= 1


def test_where_nothing_can_be_written_look_ups_answer(home: faults.Home) -> None:
    assert sum(faults.read_only(home).values()) >= 1


def test_a_clock_that_is_set_back_hides_nothing(home: faults.Home) -> None:
    assert sum(faults.clock(home, times=faults.TIMES[:1]).values()) >= 1


def test_two_versions_share_a_user(home: faults.Home) -> None:
    assert sum(faults.versions(home, rounds=2).values()) >= 1


def test_eight_processes_at_once(home: faults.Home) -> None:
    assert sum(faults.together(home, rounds=1).values()) == 1


# -- each alone, on any machine ------------------------------------------------------------


def test_unfinished_files_go_with_the_next_write(tmp_path: Path) -> None:
    stale, fresh, other = (tmp_path / name for name in (
        ".natoagenda-a.new", ".natoagenda-b.new", ".somebody-else.new"))  # fmt: skip
    for path in (stale, fresh, other):
        path.write_text("half")
    for path in (stale, other):
        os.utime(path, (time.time() - 7200, time.time() - 7200))
    files.write_new(tmp_path / "a.yaml", "whole")
    assert sorted(path.name for path in tmp_path.iterdir()) == [fresh.name, other.name, "a.yaml"]


def test_a_write_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.yaml"
    files.write_new(path, "old")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DataError, match="it cannot be written: No space left on device"):
        files.write_new(path, "new", force=True)
    assert path.read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["a.yaml"]


def test_the_cache_of_another_installation_is_left_alone_until_it_is_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(cache, "_given_up", False)
    folder = tmp_path / "natoagenda"
    folder.mkdir()
    used, unused, foreign = (folder / name for name in (
        "cache-12345678.sqlite3", "cache.sqlite3", "letters.yaml"))  # fmt: skip
    for path in (used, unused, foreign):
        path.write_bytes(b"x")
    for path in (unused, foreign):
        os.utime(path, (0, 0))
    cache.connect().close()
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        [used.name, foreign.name, cache.NAME]
    )
    old = time.time() - 5 * 24 * 3600
    os.utime(folder / cache.NAME, (old, old))
    cache.connect().close()
    assert (folder / cache.NAME).stat().st_mtime > old + 3600


def test_a_cache_that_another_version_took_over_is_not_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(cache, "_given_up", False)
    ours = cache.connect()
    with monkeypatch.context() as newer:
        newer.setattr(cache, "__version__", "99.0.0")
        theirs = cache.connect()
    with pytest.raises(cache.ReplacedError) as caught, cache.writing(ours):
        ours.execute("DELETE FROM maker")
    assert cache.give_up(caught.value)
    assert theirs.execute("SELECT count(*) FROM maker").fetchone() == (1,)
    assert (tmp_path / "natoagenda" / cache.NAME).exists()
    for database in (ours, theirs):
        database.close()


def test_a_name_that_is_no_text_disables_no_library(tmp_path: Path) -> None:
    letters = tmp_path / "letters"
    letters.mkdir()
    real = library.builtin_path().read_bytes()
    (letters / "good.yaml").write_bytes(real)
    bad = f"{letters}/bad\udcff.yaml"
    with contextlib.suppress(OSError, UnicodeError):  # macOS and Windows take no such name
        Path(bad).write_bytes(real)
    left_out = len(os.listdir(letters)) - 1
    assert left_out == (sys.platform == "linux")
    ended = children.run(["agendas", "--json", "--data", letters], tmp_path)
    assert ended.code == 0
    assert b"good.yaml" in ended.out
    said = r"natoagenda: left out: .*bad⟨U\+DCFF⟩\.yaml: its name is not UTF-8 text\n"
    assert re.fullmatch(said * left_out, ended.err)
    ended = children.run(["topics", "--data", bad], tmp_path)
    assert ended.code == 3
    assert ended.err.endswith("its name is not UTF-8 text\n")
    ended = children.run(
        ["import", ROOT / "tests/fixtures/washington-2024.txt", "-o", bad], tmp_path
    )
    assert ended.code == 3
    assert ended.err.endswith("its name is not UTF-8 text\n")


def test_a_letter_is_never_written_over(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    words = (ROOT / "tests" / "fixtures" / "washington-2024.txt").read_bytes()
    letter.write_bytes(words)
    ended = children.run(["import", letter, "-o", letter, "--force"], tmp_path)
    assert ended.code == 2
    assert ended.err.endswith("is the letter itself; -o names the agenda file\n")
    assert letter.read_bytes() == words


def test_a_width_that_no_screen_has_takes_no_memory(tmp_path: Path) -> None:
    for columns in ("99999999", "9" * 5000):
        ended = children.run(["topics"], tmp_path, COLUMNS=columns)
        assert ended.code == 0
        assert max(map(len, ended.out.decode().splitlines())) <= 1000


def test_a_file_in_place_of_a_folder_is_not_called_an_agenda_that_exists(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DataError, match="file is not a folder"):
        files.write_new(tmp_path / "file" / "a.yaml", "x", force=True)


def test_a_terminal_as_wide_as_the_system_allows_takes_no_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.setattr(os, "get_terminal_size", lambda _: os.terminal_size((65535, 24)))
    assert options._columns(sys.stderr) == options.MOST_COLUMNS
