"""Agendas that were read before: the same answer, only faster, whatever is wrong with the cache."""

from __future__ import annotations

import itertools
import os
import random
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from natoagenda import cache, cache_tables, dataset, files, folders, library
from natoagenda.errors import DataError
from natoagenda.model import Agenda, Reference
from natoagenda.query import parse
from tests.cli.program import run

REAL = library.builtin_path().read_bytes()
PATIENCE = cache.PATIENCE


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder that holds this test's cache, which is not there yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(cache, "PATIENCE", 0.2)
    yield tmp_path / "cache" / "natoagenda"
    cache._given_up = False


@pytest.fixture
def file(home: Path) -> Path:
    """The cache."""
    return home / cache.NAME


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were read as YAML, as they are read."""
    names: list[str] = []
    parse = dataset.parse

    def counted(data: bytes, name: str) -> Agenda:
        names.append(name)
        return parse(data, name)

    monkeypatch.setattr(dataset, "parse", counted)
    return names


def load(path: Path) -> Agenda:
    cache._given_up = False  # each load stands for a run of its own
    (agenda,) = library.load([path]).agendas
    return agenda


def settle(path: Path) -> None:
    """Make a file, and its folder's listing of it, look as if written long ago."""
    os.utime(path, (1_700_000_000, 1_700_000_000))


def test_cold_and_warm_give_the_same_agenda(
    washington: Agenda, washington_file: Path, home: Path, reads: list[str]
) -> None:
    cold, warm = load(washington_file), load(washington_file)
    assert cold == warm == washington
    assert reads == [str(washington_file)]
    assert [each.name for each in home.iterdir()] == [cache.NAME]


def test_the_same_letter_elsewhere_is_named_by_its_own_path(
    tmp_path: Path, washington_file: Path, reads: list[str]
) -> None:
    copy = tmp_path / "copy.yaml"
    copy.write_bytes(REAL)
    assert load(washington_file).path == str(washington_file)
    assert load(copy).path == str(copy)
    assert reads == [str(washington_file)]


def test_a_changed_file_is_seen_at_once(tmp_path: Path, reads: list[str]) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(REAL)
    before = path.stat()
    assert load(path).organisation == "NAVO"
    path.write_bytes(REAL.replace(b"organisation: NAVO", b"organisation: NATO"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    after = path.stat()
    assert (after.st_size, after.st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert load(path).organisation == "NATO"
    path.write_bytes(REAL)
    assert load(path).organisation == "NAVO"
    assert reads == [str(path)] * 2


def test_a_file_that_was_long_the_same_is_not_even_opened(
    washington: Agenda, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(REAL)
    monkeypatch.setattr(library, "FRESH", -(10**10))  # as if it were ten seconds later
    first = load(path)
    monkeypatch.setattr(files, "read_bytes", None)
    assert load(path) == first
    path.write_bytes(REAL + b"\n")
    with pytest.raises(TypeError):  # a change is looked at
        load(path)


def test_a_fresh_file_is_looked_at_until_its_times_can_be_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(REAL)
    opened: list[Path] = []
    read_bytes = files.read_bytes

    def counted(path: Path, name: str, limit: int) -> bytes:
        opened.append(path)
        return read_bytes(path, name, limit)

    monkeypatch.setattr(files, "read_bytes", counted)
    for _ in range(3):
        load(path)
    assert len(opened) == 3
    monkeypatch.setattr(library, "FRESH", -(10**10))
    for _ in range(3):
        load(path)
    assert len(opened) == 4


def test_a_file_from_the_future_is_looked_at_each_time(tmp_path: Path, reads: list[str]) -> None:
    """A clock that was set back must not hide a change."""
    path = tmp_path / "a.yaml"
    later = time.time() + 1_000_000
    for name in (b"NAVO", b"NATO", b"OTAN"):
        path.write_bytes(REAL.replace(b"organisation: NAVO", b"organisation: " + name))
        os.utime(path, (later, later))
        assert load(path).organisation == name.decode()


def test_a_file_that_broke_is_not_answered_from_the_cache(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(REAL)
    load(path)
    path.write_bytes(REAL[:-200])
    with pytest.raises(DataError):
        load(path)


def test_a_file_added_and_one_removed_are_seen_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()

    def ids() -> list[str]:
        return [agenda.id for agenda in library.load([folder]).agendas]

    (folder / "a.yaml").write_bytes(REAL)
    assert ids() == ["washington-2024"]
    (folder / "b.yaml").write_bytes(REAL.replace(b"id: washington-2024", b"id: other-2024"))
    assert ids() == ["other-2024", "washington-2024"]
    (folder / "a.yaml").unlink()
    assert ids() == ["other-2024"]


def test_broken_files_are_named_from_the_cache_too(tmp_path: Path, reads: list[str]) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "a.yaml").write_bytes(REAL)
    (folder / "b.yaml").write_bytes(b"schema: 1\nagenda: no\n")
    settle(folder / "b.yaml")
    said = [list(map(str, library.load([folder]).faults)) for _ in range(3)]
    assert said[0] == said[1] == said[2]
    assert said[0][0].startswith(f"{folder / 'b.yaml'}:2:")


# -- what is wrong with the cache ------------------------------------------------------------


def answers(path: Path) -> tuple[Agenda, list[str]]:
    """What a library answers, with all that the cache is for."""
    cache._given_up = False
    for _ in range(2):
        try:
            found = library.load([path])
            hits = found.index().search(parse("bondgenoot"))
            return found.agendas[0], [hit.id for hit in hits]
        except Exception as error:
            if not cache.give_up(error):
                raise
    raise AssertionError


@pytest.fixture
def right(washington_file: Path) -> tuple[Agenda, list[str]]:
    found = answers(washington_file)
    assert len(found[1]) > 3
    return found


SPOILT = [
    pytest.param(b"", id="empty"),
    pytest.param(b"\n", id="line"),
    pytest.param(b"schema: 1\n" * 1000, id="text"),
    pytest.param(b"SQLite format 3\0", id="head"),
    pytest.param(b"SQLite format 3\0" + b"\xff" * 5000, id="nonsense"),
]


@pytest.mark.parametrize("spoilt", SPOILT)
def test_a_spoilt_cache_only_costs_time(
    washington_file: Path, right: tuple[Agenda, list[str]], file: Path, spoilt: bytes
) -> None:
    file.write_bytes(spoilt)
    assert answers(washington_file) == right
    assert answers(washington_file) == right
    assert file.stat().st_size > 100_000, "it was made anew"


@pytest.mark.parametrize("seed", range(25))
def test_a_cache_that_is_changed_anywhere_gives_no_wrong_text(
    washington_file: Path, right: tuple[Agenda, list[str]], file: Path, seed: int
) -> None:
    whole = file.read_bytes()
    rnd = random.Random(seed)
    if seed % 5 == 0:
        spoilt = whole[: rnd.randrange(len(whole))]
    else:
        at = rnd.randrange(len(whole) - 600)
        spoilt = whole[:at] + rnd.randbytes(seed * 24) + whole[at + seed * 24 :]
    file.write_bytes(spoilt)
    agenda, hits = answers(washington_file)
    assert agenda == right[0]
    # Of the search index SQLite knows the build only: a hit may be missing, none is made up.
    assert set(hits) <= {each.id for each in right[0].statements()} | set(right[1])


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE agenda SET content = x'00'",
        "UPDATE agenda SET content = x'91', checksum = 0",
        "UPDATE agenda SET content = replace(content, 'NAVO', 'OTAN')",
        "DELETE FROM agenda",
        "UPDATE library SET listing = x'91'",
        "UPDATE library SET listing = 'text'",
        "UPDATE letter SET agenda = 17",
        "DELETE FROM place",
        "UPDATE place SET last = 0",
        "UPDATE place SET first = first + 400, last = last + 400",
        "DROP TABLE place",
        "DROP TABLE letter",
        "DROP TABLE word1",
        "DROP TABLE body1",
        "DELETE FROM body1",
        "DROP TABLE token1",
        "CREATE TABLE token1 (x)",
        "DROP TABLE maker",
        "DELETE FROM maker",
    ],
)
def test_what_another_hand_wrote_into_it_only_costs_time(
    washington_file: Path, right: tuple[Agenda, list[str]], file: Path, change: str
) -> None:
    database = sqlite3.connect(file)
    with database:
        if change.startswith("CREATE TABLE token1"):
            database.execute("DROP TABLE token1")
        database.execute(change)
    database.close()
    assert answers(washington_file) == right
    assert answers(washington_file) == right


def test_what_another_version_kept_is_not_used(
    washington: Agenda, washington_file: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as older:
        older.setattr(cache, "__version__", "0.0.0")
        right = answers(washington_file)
    assert answers(washington_file) == right
    assert len(reads) == 2
    assert answers(washington_file) == right
    assert len(reads) == 2


def test_a_program_whose_own_age_is_unknown_keeps_nothing_and_answers(
    washington: Agenda, washington_file: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "_maker", lambda: "unknown")
    assert load(washington_file) == washington


def test_an_unwritable_cache_folder_only_costs_time(
    tmp_path: Path, washington: Agenda, washington_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "regular"
    file.write_text("mine")
    monkeypatch.setenv("XDG_CACHE_HOME", str(file))
    assert load(washington_file) == washington
    assert load(washington_file) == washington
    assert file.read_text() == "mine"


def test_without_a_home_there_is_no_cache(
    tmp_path: Path, washington: Agenda, washington_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(folders, "cache", lambda: Path("~/.cache/natoagenda"))
    assert load(washington_file) == washington
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_the_place_of_the_cache_only_costs_time(
    washington_file: Path, right: tuple[Agenda, list[str]], file: Path
) -> None:
    file.unlink()
    file.mkdir()
    assert answers(washington_file) == right
    assert file.is_dir()


class Failing:
    """A database that fails from some statement on, as where the disk is full."""

    def __init__(self, database: sqlite3.Connection, after: int, name: str) -> None:
        self.database = database
        self.left = after
        self.name = name

    def __getattr__(self, name: str) -> object:
        return getattr(self.database, name)

    def _count(self) -> None:
        self.left -= 1
        if self.left < 0:
            error = sqlite3.OperationalError("it fails")
            error.sqlite_errorname = self.name
            raise error

    def execute(self, *arguments: object) -> object:
        self._count()
        return self.database.execute(*arguments)  # type: ignore[arg-type]

    def executemany(self, *arguments: object) -> object:
        self._count()
        return self.database.executemany(*arguments)  # type: ignore[arg-type]


@pytest.mark.no_cover
@pytest.mark.parametrize("name", ["SQLITE_FULL", "SQLITE_READONLY", "SQLITE_BUSY", "SQLITE_IOERR"])
def test_a_cache_that_fails_at_any_moment_only_costs_time(
    tmp_path: Path, home: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(REAL)
    right = answers(path)
    opened = cache._open
    failed = 0
    for after in itertools.chain(range(50), itertools.count(50, 97)):
        (home / cache.NAME).unlink(missing_ok=True)
        made: list[Failing] = []

        def failing(file: Path | None, after: int = after, made: list[Failing] = made) -> object:
            database = opened(file)
            if file is None:
                return database
            made.append(Failing(database, after, name))
            return made[-1]

        with monkeypatch.context() as patched:
            patched.setattr(cache, "_open", failing)
            assert answers(path) == right
        if made[0].left >= 0:
            break
        failed += 1
    assert failed > 55


def test_a_cache_that_is_locked_only_costs_time(
    washington_file: Path, right: tuple[Agenda, list[str]], file: Path
) -> None:
    other = sqlite3.connect(file)
    other.execute("BEGIN EXCLUSIVE")
    try:
        assert answers(washington_file) == right
    finally:
        other.close()
    assert file.exists()
    assert answers(washington_file) == right


def test_a_cache_that_cannot_be_written_is_still_read(
    washington_file: Path, right: tuple[Agenda, list[str]], file: Path, reads: list[str]
) -> None:
    database = sqlite3.connect(f"file:{file}?mode=ro", uri=True, isolation_level=None)
    found = library.Library(
        database, [washington_file], usual=False, tell=lambda _done, _whole: None
    )
    assert (found.agendas[0], len(found.index().search(parse("patriot")))) == (right[0], 1)
    assert reads == []


def test_libraries_that_are_gone_are_forgotten(tmp_path: Path, file: Path) -> None:
    for name in ("a", "b", "c"):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "x.yaml").write_bytes(REAL)
        library.load([folder]).index()
        (folder / "x.yaml").unlink()
        folder.rmdir()
    database = sqlite3.connect(file)
    assert database.execute("SELECT count(*) FROM library").fetchone() == (1,)
    assert database.execute("SELECT count(DISTINCT library) FROM letter").fetchone() == (1,)
    tables = database.execute("SELECT name FROM sqlite_master WHERE name GLOB 'token[0-9]'")
    assert len(tables.fetchall()) == 1
    database.close()


def test_agendas_that_no_library_has_are_dropped_in_time(tmp_path: Path, file: Path) -> None:
    path = tmp_path / "a.yaml"
    for name in (b"NAVO", b"NATO", b"OTAN"):
        path.write_bytes(REAL.replace(b"organisation: NAVO", b"organisation: " + name))
        load(path)
        library.load([path]).index()
    database = sqlite3.connect(file, isolation_level=None)
    assert database.execute("SELECT count(*) FROM agenda").fetchone() == (3,)
    database.execute("UPDATE agenda SET added = 0")
    path.write_bytes(REAL.replace(b"organisation: NAVO", b"organisation: EU"))
    load(path)
    library.load([path]).index()
    # The one that was indexed until now goes with the next change.
    assert database.execute("SELECT count(*) FROM agenda").fetchone() == (2,)
    database.close()


@pytest.mark.usefixtures("uncounted_children")
def test_eight_processes_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    for number in range(30):
        (folder / f"{number}.yaml").write_bytes(
            REAL.replace(b"id: washington-2024", b"id: m-%d" % number)
        )
    answered: list[tuple[int, str, str]] = []

    def ask() -> None:
        done = run("--data", str(folder), "search", "dassen", "--format", "jsonl")
        answered.append((done.code, done.out, done.err))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    (folder / "30.yaml").write_bytes(b"schema: 1\n")  # another one breaks meanwhile
    for thread in threads:
        thread.join()
    assert {code for code, _, _ in answered} == {0}
    assert len({out for _, out, _ in answered}) == 1
    assert answered[0][1].count("\n") == 60


@pytest.mark.usefixtures("uncounted_children")
@pytest.mark.parametrize("moment", [0.02, 0.06, 0.1, 0.14, 0.18, 0.25, 0.35])
def test_a_run_that_is_killed_leaves_the_next_one_right(tmp_path: Path, moment: float) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    for number in range(20):
        (folder / f"{number}.yaml").write_bytes(
            REAL.replace(b"id: washington-2024", b"id: m-%d" % number)
        )
    words = [sys.executable, "-m", "natoagenda", "--data", str(folder), "search", "dassen"]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL) as process:
        time.sleep(moment)
        process.kill()
    done = run("--data", str(folder), "search", "dassen", "--format", "jsonl")
    assert (done.code, done.out.count("\n"), done.err) == (0, 40, "")


def test_the_cache_is_for_its_user_only(washington_file: Path, home: Path) -> None:
    load(washington_file)
    assert home.stat().st_mode & 0o077 == 0


def test_a_warm_look_up_does_not_import_yaml(tmp_path: Path) -> None:
    code = (
        "import sys; from natoagenda import library; a, = library.load().agendas;"
        "print(a.id, *('yaml' in sys.modules, 'natoagenda.schema' in sys.modules))"
    )
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path)}
    said = [
        subprocess.run(
            [sys.executable, "-c", code],
            env=environment,
            check=True,
            capture_output=True,
            encoding="utf-8",
        ).stdout
        for _ in range(2)
    ]
    assert said == ["washington-2024 True True\n", "washington-2024 False False\n"]


def test_a_fault_of_the_program_is_not_taken_for_one_of_the_cache(file: Path) -> None:
    assert not cache.give_up(ValueError("ours"))
    assert not cache._given_up
    assert cache.give_up(cache.SpoiltError("its"))
    assert not cache.give_up(cache.SpoiltError("again")), "it was given up already"


# -- what is believed ------------------------------------------------------------------------


def open_cache(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(file, isolation_level=None)


def test_an_error_that_nobody_foresaw_costs_time_only(
    washington_file: Path, right: tuple[Agenda, list[str]], file: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    for error in (KeyError("x"), UnicodeDecodeError("utf-8", b"", 0, 1, "x"), MemoryError()):

        def failing(*_: object, error: Exception = error, **__: object) -> Agenda:
            if not cache._given_up:
                raise error
            return dataset.load(washington_file)

        with monkeypatch.context() as patched:
            patched.setattr(library.Library, "_read", failing)
            assert answers(washington_file)[0] == right[0]
        assert not file.exists(), "the cache was dropped"
        assert answers(washington_file) == right


def test_an_error_of_a_run_without_a_cache_is_no_fault_of_it(washington_file: Path) -> None:
    library.load([washington_file], afresh=True).close()
    assert not cache.give_up(KeyError("x"))


def test_an_agenda_that_the_cache_lost_comes_from_its_file(
    tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        (tmp_path / f"{number}.yaml").write_bytes(
            REAL.replace(b"id: washington-2024", b"id: m-%d" % number)
        )
    library.load([tmp_path]).close()
    found = library.load([tmp_path])
    stream = iter(found.agendas)
    ids = [next(stream).id]

    def lost(_number: int) -> Agenda:
        raise KeyError("x")

    monkeypatch.setattr(found, "_agenda", lost)
    ids += [agenda.id for agenda in stream]  # more than one is lost
    assert ids == ["m-0", "m-1", "m-2"]
    assert not file.exists()


def test_a_check_reads_the_files(
    tmp_path: Path, home: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.yaml").write_bytes(REAL)
    right = run("check", "--json", "--data", str(tmp_path))
    assert right.code == 0
    wrong = dataset.parse(REAL.replace(b"bondgenoten", b"vijanden"), "x")
    library.load([tmp_path]).close()
    with monkeypatch.context() as falsified:
        falsified.setattr(dataset, "parse", lambda *_: wrong)
        file.unlink()
        library.load([tmp_path]).close()
    assert run("check", "--json", "--data", str(tmp_path)).stdout == right.stdout


def test_a_warm_cache_is_opened_to_be_read(washington_file: Path, file: Path) -> None:
    answers(washington_file)
    database = cache.connect()
    assert file.stat().st_mode & 0o777 == 0o600
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        database.execute("DELETE FROM maker")
    again = cache.writable(database)
    with cache.writing(again):
        pass
    assert cache.writable(again) is again
    for each in (database, again):
        each.close()


def test_a_cache_in_the_place_of_another_is_not_written_to(file: Path) -> None:
    cache.connect().close()
    first = cache.connect()
    file.unlink()
    cache.connect().close()
    with pytest.raises(cache.ReplacedError):
        cache.writable(first)
    first.close()


@pytest.mark.parametrize("name", ["SQLITE_IOERR_LOCK", "SQLITE_PROTOCOL", "SQLITE_BUSY_RECOVERY"])
def test_locks_that_fail_say_nothing_against_the_file(
    washington_file: Path, file: Path, name: str
) -> None:
    answers(washington_file)
    error = sqlite3.OperationalError("locking protocol")
    error.sqlite_errorname = name
    assert cache.give_up(error)
    assert file.exists()


def test_locks_are_waited_for_a_second_in_all(
    washington_file: Path, right: tuple[Agenda, list[str]], file: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    assert PATIENCE <= 1
    monkeypatch.setattr(cache, "PATIENCE", 0.5)
    asked: list[float] = []
    waiting = cache._waiting

    def counted(database: sqlite3.Connection) -> object:
        asked.append(cache._patience)
        return waiting(database)

    monkeypatch.setattr(cache, "_waiting", counted)
    other = open_cache(file)
    other.execute("BEGIN EXCLUSIVE")
    try:
        assert answers(washington_file) == right
        assert (asked[0], sum(asked[1:])) == (0.5, 0)
        assert cache._patience == 0, "all of it was waited"
    finally:
        other.close()
    assert file.exists()


def test_what_is_too_large_for_a_seal_is_looked_at_row_by_row(
    tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache_tables, "LARGEST", 0)
    path = tmp_path / "a.yaml"
    path.write_bytes(REAL)
    right = answers(path)
    assert answers(path) == right
    for change in (
        "UPDATE agenda SET content = replace(content, 'NAVO', 'OTAN')",
        "UPDATE letter SET organisation = 'EU'",
        "UPDATE place SET date = ''",
        "UPDATE body1 SET document = document + 1",
        "UPDATE word1 SET text = text || 'x' WHERE text LIKE 'bondgenoot%'",
    ):
        database = open_cache(file)
        database.execute(change)
        database.close()
        assert answers(path) == right
        assert answers(path) == right


def test_a_harmless_change_of_another_hand_is_no_reason_to_begin_anew(
    washington_file: Path, right: tuple[Agenda, list[str]], file: Path, reads: list[str]
) -> None:
    database = open_cache(file)
    database.execute("UPDATE agenda SET added = added - 1")
    database.close()
    assert answers(washington_file) == right
    assert reads == []


def test_the_tables_of_another_version_of_fts5_are_known_by_making_some(
    washington_file: Path, right: tuple[Agenda, list[str]], reads: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(cache_tables, "_SHADOWS", {"data": "(other)"})
    assert answers(washington_file) == right
    assert reads == []


def test_no_address_stands_among_the_data(washington: Agenda) -> None:
    assert "url" not in Reference.__struct_fields__
    forged = msgspec.structs.replace(washington.references[0], id="https://evil.example/kst-1")
    assert forged.url is None
