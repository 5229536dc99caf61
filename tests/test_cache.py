"""Agendas that were read before: the same answer, only faster, whatever is wrong with the cache."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from natoagenda import cache, dataset, library
from natoagenda.errors import DataError
from natoagenda.model import Agenda

REAL = library.builtin_path().read_bytes()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that holds this test's cache, which is not there yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "natoagenda"


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
    (agenda,) = library.load([path]).agendas
    return agenda


def test_cold_and_warm_give_the_same_agenda(
    washington: Agenda, washington_file: Path, home: Path, reads: list[str]
) -> None:
    cold, warm = load(washington_file), load(washington_file)
    assert cold == warm == washington
    assert reads == [str(washington_file)]
    assert [file.suffix for file in home.iterdir()] == [".agenda"]


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


def test_a_file_that_broke_is_not_answered_from_the_cache(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(REAL)
    load(path)
    path.write_bytes(REAL[:-200])
    with pytest.raises(DataError):
        load(path)


SPOILT = [
    pytest.param(b"", id="empty"),
    pytest.param(b"\n", id="line"),
    pytest.param(b"\x92\xa1x", id="cut"),
    pytest.param(b"\xdd\xff\xff\xff\xff", id="immense"),
    pytest.param(b"\x91" * 5000, id="deep"),
    pytest.param(b"schema: 1\n", id="text"),
]


@pytest.mark.parametrize("spoilt", SPOILT)
def test_a_spoilt_cache_file_only_costs_time(
    washington: Agenda, washington_file: Path, home: Path, reads: list[str], spoilt: bytes
) -> None:
    load(washington_file)
    (file,) = home.iterdir()
    file.write_bytes(spoilt)
    assert load(washington_file) == washington
    assert load(washington_file) == washington
    assert len(reads) == 2


@pytest.mark.parametrize("spoilt", SPOILT)
def test_what_was_kept_well_but_is_no_agenda_only_costs_time(
    washington: Agenda, washington_file: Path, reads: list[str], spoilt: bytes
) -> None:
    key = cache.fingerprint(REAL)
    cache.put("agenda", key, spoilt)
    assert cache.get("agenda", key) == spoilt
    assert load(washington_file) == washington
    assert load(washington_file) == washington
    assert len(reads) == 1


@settings(max_examples=150)
@given(
    content=st.binary(min_size=1, max_size=60),
    at=st.integers(0, 10_000),
    change=st.sampled_from(["cut", "flip", "double"]),
)
def test_a_kept_file_that_is_changed_in_one_place_is_not_used(
    content: bytes, at: int, change: str
) -> None:
    # The examples share one folder; each writes its file anew.
    cache.put("agenda", "name", content)
    assert cache.get("agenda", "name") == content
    file = cache.folder() / "name.agenda"
    kept = file.read_bytes()
    at %= len(kept)
    middle = {"cut": b"", "flip": bytes([kept[at] ^ 1]), "double": kept[at : at + 1] * 2}[change]
    file.write_bytes(kept[:at] + middle + kept[at + 1 :])
    assert cache.get("agenda", "name") is None


def test_each_kind_and_name_has_its_own_content() -> None:
    cache.put("agenda", "a", b"1")
    cache.put("agenda", "b", b"2")
    cache.put("index", "a", b"3\n4\n")
    assert cache.get("agenda", "a") == b"1"
    assert cache.get("agenda", "b") == b"2"
    assert cache.get("index", "a") == b"3\n4\n"
    assert cache.get("index", "b") is None


def test_what_was_kept_under_another_name_is_not_used(home: Path) -> None:
    cache.put("agenda", "a", b"1")
    (home / "a.agenda").replace(home / "b.agenda")
    assert cache.get("agenda", "b") is None


@settings(max_examples=100)
@given(st.binary(max_size=40), st.binary(max_size=40))
def test_different_bytes_have_different_fingerprints(one: bytes, other: bytes) -> None:
    assert (cache.fingerprint(one) == cache.fingerprint(other)) is (one == other)


def test_a_folder_in_the_place_of_a_cache_file_only_costs_time(
    washington: Agenda, washington_file: Path, home: Path
) -> None:
    load(washington_file)
    (file,) = home.iterdir()
    file.unlink()
    file.mkdir()
    assert load(washington_file) == washington
    assert list(home.iterdir()) == [file]


def test_what_another_version_kept_is_not_used(
    washington: Agenda, washington_file: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as older:
        older.setattr(cache, "__version__", "0.0.0")
        load(washington_file)
    assert load(washington_file) == washington
    assert len(reads) == 2


def test_a_program_whose_own_age_is_unknown_keeps_nothing_and_answers(
    washington: Agenda, washington_file: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    load(washington_file)
    monkeypatch.setattr(cache, "_MAKERS", ("gone.py",))
    assert load(washington_file) == washington
    assert len(reads) == 2


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
    washington: Agenda, washington_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr(Path, "home", homeless)
    assert load(washington_file) == washington


def test_a_write_that_fails_leaves_nothing_behind(
    washington: Agenda, washington_file: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert load(washington_file) == washington
    assert list(home.iterdir()) == []


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


@pytest.mark.parametrize(
    ("platform", "settings_of_user", "folder"),
    [
        ("linux", {}, "home/.cache/natoagenda"),
        ("freebsd14", {}, "home/.cache/natoagenda"),
        ("darwin", {}, "home/Library/Caches/natoagenda"),
        ("win32", {}, "home/AppData/Local/natoagenda/Cache"),
        ("win32", {"LOCALAPPDATA": "local"}, "local/natoagenda/Cache"),
        ("linux", {"LOCALAPPDATA": "local"}, "home/.cache/natoagenda"),
        ("linux", {"XDG_CACHE_HOME": "xdg"}, "xdg/natoagenda"),
        ("darwin", {"XDG_CACHE_HOME": "xdg"}, "xdg/natoagenda"),
        ("win32", {"XDG_CACHE_HOME": "xdg", "LOCALAPPDATA": "local"}, "xdg/natoagenda"),
        ("linux", {"XDG_CACHE_HOME": ""}, "home/.cache/natoagenda"),
    ],
)
def test_the_folder_is_the_platforms_own(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    platform: str,
    settings_of_user: dict[str, str],
    folder: str,
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in settings_of_user.items():
        monkeypatch.setenv(name, str(tmp_path / value) if value else "")
    assert cache.folder() == tmp_path / folder
