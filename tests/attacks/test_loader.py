"""Data files from strangers: an agenda, or one error with file, line and column."""

from __future__ import annotations

import itertools
import re
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings

from attacks import agendas, bombs, children, loader
from natoagenda import dataset, files, library
from natoagenda.errors import DataError
from natoagenda.model import Agenda

REAL = library.builtin_path().read_bytes()
BUSY = 2
"""Times longer than alone, beside other tests; `python -m attacks.bombs` holds to the bound."""

FOUND = sorted((Path(__file__).parent / "found").iterdir())


@settings(max_examples=150)
@given(agendas.files(agendas.valid()))
def test_a_valid_file_is_an_agenda(data: bytes) -> None:
    assert isinstance(loader.check(data), Agenda)


@settings(max_examples=300)
@given(agendas.files(agendas.nearly_valid()))
def test_a_nearly_valid_file_is_an_agenda_or_one_error(data: bytes) -> None:
    loader.check(data)


def test_the_real_file_with_changed_bytes_is_an_agenda_or_one_error() -> None:
    outcomes = {
        type(loader.check(data)) for data in itertools.islice(loader.mutations(REAL, 7), 400)
    }
    assert outcomes == {Agenda, DataError}


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name)
def test_what_attacks_found_stays_mended(path: Path) -> None:
    loader.check(path.read_bytes())


@pytest.mark.parametrize("name", bombs.FILES)
def test_a_bomb_is_one_answer_within_its_limits(name: str, tmp_path: Path) -> None:
    path = bombs.write(name, tmp_path)
    ended = bombs.attempt(path, tmp_path)
    assert ended.cpu < BUSY * bombs.SECONDS
    assert ended.megabytes < bombs.MEGABYTES
    if ended.code == 0:
        assert ended.err == ""
    else:
        assert ended.code == 3, ended.err
        place = r"(:[1-9]\d*:[1-9]\d*)" + ("?" if name == "300 MB" else "")
        line = rf"natoagenda: {re.escape(str(path))}{place}: .{{1,300}}\n"
        assert re.fullmatch(line, ended.err), ended.err
    assert [each.name for each in tmp_path.iterdir() if each.name == "ran"] == []


def test_what_is_no_file_is_one_error_at_once(tmp_path: Path) -> None:
    for name, path in bombs.others(tmp_path):
        ended = bombs.attempt(path, tmp_path)
        assert ended.code == 3, (name, ended.err)
        assert ended.err.startswith(f"natoagenda: {path}:"), name
        assert ended.err.count("\n") == 1, name
        assert ended.cpu < BUSY * bombs.SECONDS, name
        assert ended.megabytes < bombs.MEGABYTES, name
        assert ended.seconds < children.PATIENCE / 2, name


def test_a_bomb_beside_letters_leaves_them(tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "real.yaml").write_bytes(REAL)
    for name in ("billion laughs", "4 MB of items", "UTF-16"):
        bombs.write(name, folder)
    ended = children.run(["topics", "--data", folder, "--json"], tmp_path)
    assert ended.code == 0
    assert ended.err.count("natoagenda: left out: ") == ended.err.count("\n") == 3


def test_a_file_that_shrinks_and_grows_while_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "letter.yaml"
    path.write_bytes(REAL)
    over = threading.Event()

    def shrink() -> None:
        while not over.is_set():
            with path.open("r+b") as stream:
                stream.truncate(len(REAL) // 3)
                stream.seek(0)
                stream.write(REAL)

    thread = threading.Thread(target=shrink)
    thread.start()
    outcomes = set()
    try:
        for _ in range(150):
            try:
                outcomes.add(dataset.load(path).id)
            except DataError as error:
                outcomes.add("an error" if error.line else str(error))
    finally:
        over.set()
        thread.join()
    assert outcomes <= {"washington-2024", "an error"}
    assert dataset.load(path).id == "washington-2024"


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    path = dict(bombs.others(tmp_path))["a FIFO"]
    with pytest.raises(DataError, match="this is not a file"):
        files.read_bytes(path, "x", 10)
