"""Files are read here, of bounded size, and written whole or not at all.

Every failure is one of our errors.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from natoagenda.errors import DataError, UsageError

MAX_BYTES = 32 * 1024 * 1024
"""The longest letters make files of well under one megabyte."""


def read_bytes(path: Path, name: str) -> bytes:
    """Read a whole file.

    Args:
        path: the file.
        name: what to call it in messages.

    Raises:
        DataError: where it is no file, cannot be read, or is larger than `MAX_BYTES`.
    """
    try:
        if not path.is_file():
            raise DataError(
                name, "this is not a file" if path.exists() else "there is no such file"
            )
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise DataError(name, f"it cannot be read: {reason}") from error
    if len(data) > MAX_BYTES:
        raise DataError(name, f"it is larger than {MAX_BYTES // 1024**2} MB")
    return data


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
    temporary = None
    try:
        if path.exists() or path.is_symlink():
            if not path.is_file():
                raise DataError(str(path), "this is not a file")
            if not force:
                raise taken
            path = path.resolve()
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".new")
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
    except FileExistsError as error:
        raise taken from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise DataError(str(path), f"it cannot be written: {reason}") from error
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                os.unlink(temporary)


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
        before = data[: error.start]
        raise DataError(
            name,
            f"found the byte 0x{data[error.start]:02x}, expected UTF-8 text",
            line=before.count(b"\n") + 1,
            column=len(before) - before.rfind(b"\n"),
        ) from error
