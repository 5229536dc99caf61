"""Folders that others write to, a few rounds; `python -m attacks.places` has many."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from attacks import places
from natoagenda import files, opened, placing
from natoagenda.errors import DataError, UsageError
from tests.cli.program import PATIENCE, environment


@pytest.fixture
def place(tmp_path: Path) -> places.Place:
    return places.Place(tmp_path)


@pytest.fixture(autouse=True)
def usual_umask() -> Any:
    before = os.umask(0o022)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("kind", places.SWAPS)
def test_names_that_are_swapped_all_the_time(kind: str, force: bool, tmp_path: Path) -> None:
    counts = places.race(tmp_path, kind, force=force, rounds=25)
    assert sum(counts.values()) == 25
    assert all(what == "written" or what.startswith("refused: ") for what in counts)


def swap(place: places.Place, kind: str) -> None:
    for name in os.listdir(place.folder):
        if name.startswith(".natoagenda-"):
            (place.folder / name).unlink()
            if kind == "link":
                (place.folder / name).symlink_to(place.victim)
            elif kind == "hard link":
                os.link(place.victim, place.folder / name)
            elif kind == "other file":
                (place.folder / name).write_text("another's", encoding="utf-8")


@pytest.mark.parametrize("known", [True, False], ids=["by descriptor", "by path"])
@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("kind", ["link", "hard link", "other file", "nothing"])
@pytest.mark.parametrize(
    "call", ["fsync", "fchmod", "fchown", "stat", "link", "rename", "replace", "unlink", "umask"]
)
def test_a_swap_before_or_after_any_call(
    call: str, kind: str, force: bool, known: bool, place: places.Place,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    real: Callable[..., Any] = getattr(os, call)
    for late in (False, True):
        busy = False

        def hooked(*words: Any, late: bool = late, **options: Any) -> Any:
            nonlocal busy
            if busy:  # what the attacker calls itself
                return real(*words, **options)
            busy = True
            try:
                if not late:
                    swap(place, kind)
                done = real(*words, **options)
                if late:
                    swap(place, kind)
                return done
            finally:
                busy = False

        with monkeypatch.context() as patched:
            patched.setattr(os, call, hooked)
            if known and real in os.supports_dir_fd:
                patched.setattr(os, "supports_dir_fd", os.supports_dir_fd | {hooked})
            try:
                files.write_new(prepared(place, force), places.TEXT, force=force)
                refused = False
            except DataError:
                refused = True
        place.prove()
        if not refused:
            assert place.file.read_text(encoding="utf-8") == places.TEXT


def prepared(place: places.Place, force: bool) -> Path:
    for left in place.folder.iterdir():
        left.unlink()
    if force:
        place.file.write_text("old", encoding="utf-8")
    return place.file


def test_what_the_attacker_put_there_is_left_alone(
    place: places.Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def sync(_descriptor: int) -> None:
        swap(place, "other file")

    monkeypatch.setattr(os, "fsync", sync)
    with pytest.raises(DataError, match="another program put something else in its place"):
        files.write_new(place.file, "x")
    (left,) = place.folder.iterdir()
    assert left.read_text(encoding="utf-8") == "another's"


@pytest.mark.parametrize("rights", [0o600, 0o640, 0o444, 0o755, 0o664, 0o4755])
def test_a_file_that_is_replaced_keeps_its_rights(
    rights: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("old", encoding="utf-8")
    path.chmod(rights)
    seen: list[int] = []
    real = os.fsync

    def sync(descriptor: int) -> None:
        seen.extend(mode(each) for each in tmp_path.glob(".natoagenda-*"))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", sync)
    files.write_new(path, "new", force=True)
    assert (path.read_text(encoding="utf-8"), mode(path)) == ("new", rights & 0o777)
    assert seen
    assert all(each & ~rights & 0o077 == 0 for each in seen)


def test_rights_for_a_group_go_to_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o664)
    old = path.stat()
    monkeypatch.setattr(os, "fchown", lambda *_: None)
    other = os.stat_result((old.st_mode, *old[1:5], old.st_gid + 1, *old[6:]))
    descriptor = os.open(path, os.O_RDONLY)
    placing._take_rights(descriptor, other)
    os.close(descriptor)
    assert mode(path) == 0o644


@pytest.mark.parametrize("umask", [0o000, 0o002, 0o022, 0o077])
@pytest.mark.parametrize("own", [False, True])
def test_new_folders_are_open_to_nobody_s_writing(umask: int, own: bool, tmp_path: Path) -> None:
    os.umask(umask)
    path = tmp_path / "a" / "b" / "c" / "d.yaml"
    files.write_new(path, "x", own=own)
    for folder in (path.parent, path.parents[1], path.parents[2]):
        assert mode(folder) == (0o700 if own else 0o755 & ~umask)
    assert mode(path) == 0o666 & ~umask
    assert os.umask(umask) == umask


def test_the_library_that_import_makes_is_the_user_s_alone(tmp_path: Path, letter: Path) -> None:
    line = f"umask 0; {sys.executable} -m natoagenda import {letter}"
    env = environment(XDG_DATA_HOME=str(tmp_path / "data"))
    subprocess.run(["sh", "-c", line], env=env, check=True, capture_output=True, timeout=PATIENCE)
    assert mode(tmp_path / "data" / "natoagenda") == 0o700


@pytest.mark.parametrize("late", [False, True])
def test_a_folder_that_is_swapped_for_a_link_is_not_followed(
    late: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    real = os.mkdir

    def make(*words: Any, **options: Any) -> None:
        if late:
            real(*words, **options)
            (tmp_path / "new").rmdir()
        (tmp_path / "new").symlink_to(elsewhere)
        if not late:
            real(*words, **options)

    monkeypatch.setattr(os, "mkdir", make)
    with pytest.raises(DataError):
        files.write_new(tmp_path / "new" / "a.yaml", "x")
    assert list(elsewhere.iterdir()) == []


def test_a_folder_that_is_moved_meanwhile_is_still_the_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, elsewhere = tmp_path / "a", tmp_path / "elsewhere"
    folder.mkdir()
    elsewhere.mkdir()
    real = os.fsync

    def move(descriptor: int) -> None:
        if folder.is_dir() and not folder.is_symlink():
            folder.rename(tmp_path / "moved")
            folder.symlink_to(elsewhere)
        real(descriptor)

    monkeypatch.setattr(os, "fsync", move)
    files.write_new(folder / "a.yaml", "x")
    assert list(elsewhere.iterdir()) == []
    assert (tmp_path / "moved" / "a.yaml").read_text(encoding="utf-8") == "x"


@pytest.mark.parametrize(
    ("rights", "allowed"), [(0o755, True), (0o700, True), (0o1777, True), (0o777, False),
                            (0o775, False)],
)  # fmt: skip
def test_a_link_is_followed_where_nobody_else_can_have_put_it(
    rights: int, allowed: bool, tmp_path: Path
) -> None:
    target = tmp_path / "target.yaml"
    target.write_text("old", encoding="utf-8")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.yaml").symlink_to("../target.yaml")
    folder.chmod(rights)
    with pytest.raises(UsageError, match="exists"):
        files.write_new(folder / "a.yaml", "new")
    if allowed:
        files.write_new(folder / "a.yaml", "new", force=True)
    else:
        with pytest.raises(DataError, match="this is a link in a folder that others can write to"):
            files.write_new(folder / "a.yaml", "new", force=True)
    assert target.read_text(encoding="utf-8") == ("new" if allowed else "old")
    assert (folder / "a.yaml").is_symlink()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs another user")
@pytest.mark.parametrize("sticky", [False, True])
def test_a_link_of_another_user_is_not_followed(sticky: bool, tmp_path: Path) -> None:
    target = tmp_path / "target.yaml"
    target.write_text("old", encoding="utf-8")
    folder = tmp_path / "folder"
    folder.mkdir()
    link = folder / "a.yaml"
    link.symlink_to(target)
    os.chown(link, 1234, 1234, follow_symlinks=False)
    if sticky:
        folder.chmod(0o1777)
    else:  # the folder is his, and so is what stands in it
        os.chown(folder, 1234, 1234)
    with pytest.raises(DataError, match="this is a link in a folder that others can write to"):
        files.write_new(link, "new", force=True)
    assert target.read_text(encoding="utf-8") == "old"


def test_links_in_a_ring(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    for force in (False, True):
        with pytest.raises(DataError):
            files.write_new(tmp_path / "a", "x", force=force)


def test_what_is_swept_is_ours_and_a_file(place: places.Place) -> None:
    names = {what: place.folder / f".natoagenda-{what}.new" for what in ("link", "folder", "file")}
    names["link"].symlink_to(place.victim)
    names["folder"].mkdir()
    names["file"].write_text("half", encoding="utf-8")
    old = time.time() - 7200
    os.utime(place.victim, (old, old))
    for path in names.values():
        os.utime(path, (old, old), follow_symlinks=False)
    files.write_new(place.file, "x")
    place.prove()
    assert (names["link"].is_symlink(), names["folder"].is_dir()) == (True, True)
    assert not names["file"].exists()


def test_the_file_that_is_judged_is_the_one_that_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("old", encoding="utf-8")
    judged: list[bytes] = []

    def spare(data: bytes) -> None:
        judged.append(data)
        if len(judged) == 1:
            path.write_text("reviewed", encoding="utf-8")
        elif data == b"reviewed":
            raise UsageError("it is reviewed")

    with pytest.raises(UsageError, match="it is reviewed"):
        files.write_new(path, "new", force=True, spare=spare)
    assert path.read_text(encoding="utf-8") == "reviewed"
    assert judged == [b"old", b"reviewed"]


def test_a_file_that_never_stays_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("0", encoding="utf-8")

    def spare(data: bytes) -> None:
        path.write_text(str(int(data) + 1), encoding="utf-8")

    with pytest.raises(DataError, match="another program keeps changing this file"):
        files.write_new(path, "new", force=True, spare=spare)
    assert [each.name for each in tmp_path.iterdir()] == ["a.yaml"]


def test_a_lock_that_somebody_keeps_is_not_waited_for_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl

    monkeypatch.setattr(opened, "_PATIENCE", 0.05)
    held = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    files.write_new(tmp_path / "a.yaml", "x")
    os.close(held)
    assert (tmp_path / "a.yaml").read_text(encoding="utf-8") == "x"


def test_a_system_without_such_calls_gets_the_plain_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("supports_dir_fd", "supports_fd"):
        monkeypatch.setattr(os, name, set())
    monkeypatch.delattr(os, "fchown")
    path = tmp_path / "deep" / "a.yaml"
    files.write_new(path, "x")
    with pytest.raises(UsageError, match="exists"):
        files.write_new(path, "y")
    files.write_new(path, "z", force=True)
    assert path.read_text(encoding="utf-8") == "z"
    seen, _ = placing.look(path)
    placing.remove(path, seen)
    assert list(path.parent.iterdir()) == []


@pytest.mark.parametrize("kind", ["content", "other file", "link", "gone"])
def test_what_was_looked_at_is_what_is_removed(kind: str, place: places.Place) -> None:
    place.file.write_text("mine", encoding="utf-8")
    seen, data = placing.look(place.file)
    assert data == b"mine"
    if kind == "content":
        place.file.write_text("more", encoding="utf-8")
    elif kind == "other file":
        other = place.folder / "other"
        other.write_text("mine", encoding="utf-8")
        other.replace(place.file)
    else:
        place.file.unlink()
    if kind == "link":
        place.file.symlink_to(place.victim)
    with pytest.raises(placing.ChangedError, match="nothing was removed"):
        placing.remove(place.file, seen)
    assert os.path.lexists(place.file) == (kind != "gone")
    assert place.victim.exists()


def test_a_link_is_removed_and_what_it_leads_to_is_compared(place: places.Place) -> None:
    place.file.symlink_to(place.victim)
    seen, data = placing.look(place.file)
    assert data.decode() == places.SECRET
    place.victim.write_text("changed", encoding="utf-8")
    with pytest.raises(placing.ChangedError):
        placing.remove(place.file, seen)
    placing.remove(place.file, placing.look(place.file)[0])
    assert not os.path.lexists(place.file)
    assert place.victim.exists()
