"""Files are read here, of bounded size, and written whole or not at all.

Every failure is one of our errors.
"""

from __future__ import annotations

import codecs
import contextlib
import os
import stat
import time
from pathlib import Path

from natoagenda.errors import DataError, UsageError, place_after
from natoagenda.visible import visible

_NO_WAIT = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)

MAX_LETTER = 32 * 1024 * 1024
"""With its pictures; the text of the longest is well under one megabyte."""

MAX_AGENDA = 4 * 1024 * 1024
"""The longest letters make files of well under one megabyte."""


_PREFIX, _SUFFIX = ".natoagenda-", ".new"
"""How the name of an unfinished file begins and ends."""

_STALE = 3600
"""Seconds after which nobody works on an unfinished file any more."""


def read_bytes(path: Path, name: str, limit: int) -> bytes:
    """Read a whole file, and nothing but a file: no pipe, no device, which may have no end.

    Args:
        path: the file.
        name: what to call it in messages.
        limit: how many bytes it may have.

    Raises:
        DataError: where it is no file, cannot be read, or is larger than `limit`.
    """
    try:
        # Opening a pipe waits for somebody to write into it, unless told not to.
        descriptor = os.open(path, os.O_RDONLY | _NO_WAIT)
        try:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise DataError(name, "this is not a file")
            with open(descriptor, "rb", closefd=False) as stream:
                data = stream.read(limit + 1) or b""  # None is "nothing yet"
        finally:
            os.close(descriptor)
    except FileNotFoundError as error:
        raise DataError(name, "there is no such file") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise DataError(name, f"it cannot be read: {reason}") from error
    if len(data) > limit:
        raise DataError(name, f"it is larger than {limit // 1024**2} MB")
    return data


NOT_TEXT = "its name is not UTF-8 text"


def spelled(name: str) -> str:
    """A name as text that JSON and the cache can hold: as messages show it, if it is not UTF-8."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return visible(name)
    return name


def check_name(path: Path) -> None:
    """Refuse a name that is not text.

    Raises:
        DataError: where it is not UTF-8.
    """
    name = str(path)
    if spelled(name) != name:
        raise DataError(name, NOT_TEXT)


def write_new(path: Path, text: str, *, force: bool = False) -> None:
    """Write a whole file or nothing: a run that is killed leaves the old one or the new one.

    Args:
        path: the file; folders above it are made.
        text: its content, written as UTF-8.
        force: whether a file that is there may be replaced.

    Raises:
        UsageError: where it is there and `force` is not set.
        DataError: where it cannot be written.
    """
    import tempfile  # with much that no look-up needs

    taken = UsageError(f"{path} exists; --force replaces it")
    check_name(path)
    temporary = None
    try:
        if path.exists() or path.is_symlink():
            if not path.is_file():
                raise DataError(str(path), "this is not a file")
            if not force:
                raise taken
            path = path.resolve()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except FileExistsError as error:
            raise DataError(str(path), f"{path.parent} is not a folder") from error
        _sweep(path.parent)
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=_PREFIX, suffix=_SUFFIX)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(temporary, 0o666 & ~mask)
        if force:
            os.replace(temporary, path)
            temporary = None
        else:
            _place(temporary, path)
        _settle(path.parent)
    except FileExistsError as error:
        raise taken from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise DataError(str(path), f"it cannot be written: {reason}") from error
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                os.unlink(temporary)


def _sweep(folder: Path) -> None:
    """Remove the unfinished files of runs that were killed."""
    with contextlib.suppress(OSError):
        for left in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
            if time.time() - left.stat().st_mtime > _STALE:
                left.unlink()


def _settle(folder: Path) -> None:
    """Have the system write a name down too, where folders can be opened."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _place(temporary: str, path: Path) -> None:
    """Give a file its name unless another took it meanwhile."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        if path.exists():
            raise FileExistsError from None
        os.replace(temporary, path)


def decode_any(data: bytes) -> str:
    """Decode UTF-8 or, where it is not that, Windows' Latin-1, which is what older tools write."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def decode(data: bytes, name: str) -> str:
    """Decode UTF-8, with or without a byte order mark.

    Raises:
        DataError: with line and column where a byte is not UTF-8.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        found = error.object[error.start]
        before = error.object[: error.start].decode("utf-8")
        problem = f"found the byte 0x{found:02x}, expected UTF-8 text"
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            problem = "this is UTF-16, expected UTF-8 text"
        line, column = place_after(before)
        raise DataError(name, problem, line=line, column=column) from error
