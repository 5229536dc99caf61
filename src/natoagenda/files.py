"""Files are read here: of bounded size, with every failure as one data error."""

from __future__ import annotations

from pathlib import Path

from natoagenda.errors import DataError

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
