"""Files are read here, of bounded size, and written whole or not at all.

Every failure is one of our errors.
"""

from __future__ import annotations

import codecs
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import IO

from natoagenda.errors import DataError, place_after
from natoagenda.visible import visible

_NO_WAIT = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)

MAX_LETTER = 32 * 1024 * 1024
"""With its pictures; the text of the longest is well under one megabyte."""

MAX_AGENDA = 4 * 1024 * 1024
"""The longest letters make files of well under one megabyte."""


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


def write_new(
    path: Path,
    text: str,
    *,
    force: bool = False,
    own: bool = False,
    spare: Callable[[bytes], None] | None = None,
) -> None:
    """Write a whole file or nothing: a run that is killed leaves the old one or the new one.

    Args:
        path: the file; folders above it are made, which nobody else can write to.
        text: its content, written as UTF-8.
        force: whether a file that is there may be replaced; the new one gets its rights.
        own: whether it stands in the user's own library; folders that are made are closed to
            others then.
        spare: is given the content of the very file that would be replaced, and raises where it
            should stay.

    Raises:
        UsageError: where it is there and `force` is not set.
        DataError: where it cannot be written, or another program puts something in its way.
    """
    from natoagenda import placing  # which no look-up needs

    check_name(path)
    try:
        rights = placing.PRIVATE if own else placing.FOLDER
        placing.write(path, text, force=force, rights=rights, spare=spare)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise DataError(str(path), f"it cannot be written: {reason}") from error


def decode_any(data: bytes) -> str:
    """Decode UTF-8 or, where it is not that, Windows' Latin-1, which is what older tools write."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


_CONTINUED = bytes(range(0x80, 0xC0))
"""The bytes of UTF-8 that begin no character."""


def read_text(stream: IO[bytes], most: int) -> tuple[str, bool]:
    """Read so many characters from a stream, as `decode_any` would; of an endless one no more.

    Args:
        stream: any, a pipe or a device too.
        most: how many characters to read.

    Returns:
        The text, and whether there is more of it.
    """
    data = bytearray()
    left = most + 2  # a byte order mark, and one that shows that there is more
    while left > 0 and len(data) < 4 * (most + 2):
        chunk = stream.read(min(left, 65_536))  # no character has less than a byte
        if not chunk:
            text = decode_any(bytes(data))
            return text[:most], len(text) > most
        data += chunk
        left -= len(chunk.translate(None, _CONTINUED))
    try:  # the last character may be cut
        text = codecs.getincrementaldecoder("utf-8-sig")().decode(bytes(data))
    except UnicodeDecodeError:
        text = decode_any(bytes(data))
    return text[:most], True


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
