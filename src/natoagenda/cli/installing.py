"""Completion set up for good: a script in the user's home, and the line that has the shell read it.

All of it is written or nothing: every file is made under another name, flushed, and renamed only
when all of them are there. What stands in the shell's own file is bytes, and kept as it is.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

from natoagenda.cli.scripts import quoted, script
from natoagenda.errors import DependencyError

_LARGEST = 16 * 1024 * 1024
"""Bytes of a shell's own file; none comes near."""

_PREFIX, _SUFFIX = ".natoagenda-", ".new"
_FISH = Path("fish", "completions", "natoagenda.fish")
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def install(shell: str) -> Path:
    """Write the script of a shell, and name it in the shell's own file once.

    Args:
        shell: bash, zsh or fish.

    Returns:
        Where the script is.

    Raises:
        DependencyError: where something cannot be written; then nothing is.
    """
    try:
        home = _home()
        text = os.fsencode(script(shell)) + b"\n"
        if shell == "fish":
            place = _named("XDG_CONFIG_HOME", home / ".config") / _FISH
            _write_all({place: text})
            return place
        if shell == "bash":
            place, rc = home / ".bash_completions" / "natoagenda.sh", home / ".bashrc"
            line = f"source {quoted(str(place), shell)}"
        else:
            place, rc = home / ".zfunc" / "_natoagenda", _named("ZDOTDIR", home) / ".zshrc"
            line = "fpath+=~/.zfunc; autoload -Uz compinit; compinit"
        before = _read(rc)
        after = _with_line(before, os.fsencode(line))
        _write_all({place: text} if after == before else {place: text, rc: after})
    except (OSError, ValueError, RuntimeError) as error:  # RuntimeError: links in a circle
        raise DependencyError(
            f"cannot install completion: {_reason(error)}; nothing was changed"
        ) from error
    return place


def _named(variable: str, usual: Path) -> Path:
    """The folder that a shell looks in for its own files."""
    folder = Path(os.environ.get(variable, ""))
    return folder if folder.is_absolute() else usual


def _reason(error: Exception) -> str:
    """What went wrong, and where; an unfinished file's name tells nobody anything."""
    if not isinstance(error, OSError) or not error.strerror:
        return str(error)
    if not isinstance(error.filename, str | bytes):
        return error.strerror
    path = Path(os.fsdecode(error.filename))
    return f"{path.parent if path.name.startswith(_PREFIX) else path}: {error.strerror}"


def _home() -> Path:
    if os.environ.get("HOME") == "":  # which means the root folder to Python
        raise OSError("HOME is empty")
    home = Path.home()
    if not home.is_absolute() or not home.is_dir():
        raise OSError(f"the home folder {home} does not exist")
    return home


def _read(path: Path) -> bytes:
    """The bytes of a shell's own file; none where it is not there yet."""
    try:
        flags = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        descriptor = os.open(path, os.O_RDONLY | flags)
    except FileNotFoundError:
        return b""
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(f"{path} is not a regular file")
        with open(descriptor, "rb", closefd=False) as stream:
            data = stream.read(_LARGEST + 1)
    finally:
        os.close(descriptor)
    if len(data) > _LARGEST:
        raise OSError(f"{path} is larger than {_LARGEST // 1024**2} MB")
    return data


def _with_line(data: bytes, line: bytes) -> bytes:
    """A file with a line at its end, unless it is in it."""
    if line in (each.strip() for each in data.splitlines()):
        return data
    between = b"" if not data or data.endswith(b"\n") else b"\n"
    return data + between + line + b"\n"


def _write_all(contents: dict[Path, bytes]) -> None:
    """Write every file, or leave all as they were."""
    with contextlib.ExitStack() as undo:
        prepared = []
        for path, data in contents.items():
            _make_folder(path.parent, undo)
            target = Path(os.path.realpath(path))  # a link stays one
            if target.exists() and not target.is_file():
                raise OSError(f"{path} is not a regular file")
            new = _prepare(target, data, undo)
            old = _prepare(target, target.read_bytes(), undo) if target.exists() else None
            prepared.append((target, new, old))
        for target, new, old in prepared:
            os.replace(new, target)
            undo.callback(_put_back, target, old)
        undo.pop_all()
        for _, _, old in prepared:
            if old is not None:
                os.unlink(old)


def _make_folder(folder: Path, undo: contextlib.ExitStack) -> None:
    """Make a folder and those above it, to be removed again where the rest fails."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir(0o755)  # a shell runs what is in it: nobody else may write there
        undo.callback(_without_complaint, os.rmdir, each)


def _prepare(target: Path, data: bytes, undo: contextlib.ExitStack) -> str:
    """Write bytes beside a file, under another name, with that file's mode and owner."""
    is_there = target.exists()
    name = str(target.parent / f"{_PREFIX}{os.urandom(8).hex()}{_SUFFIX}")
    # Whatever the umask, nobody else may write what a shell runs, or read what nobody could.
    descriptor = os.open(name, _NEW, 0o600 if is_there else 0o644)
    undo.callback(_without_complaint, os.unlink, name)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    if is_there:
        had, has = os.stat(target), os.stat(name)
        if hasattr(os, "chown") and (had.st_uid, had.st_gid) != (has.st_uid, has.st_gid):
            os.chown(name, had.st_uid, had.st_gid)
        shutil.copystat(target, name)
        os.utime(name)
    return name


def _put_back(target: Path, old: str | None) -> None:
    """Give a file its old content, or take it away where there was none."""
    with contextlib.suppress(OSError):
        if old is None:
            target.unlink()
        else:
            os.replace(old, target)


def _without_complaint(remove: Callable[[str | Path], None], path: str | Path) -> None:
    with contextlib.suppress(OSError):
        remove(path)
