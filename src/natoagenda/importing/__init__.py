"""From a letter to an agenda: one module a source format, each giving the same `Letter`.

`read` looks at what a file holds, not at its name. `layout` serves the formats that have lines,
`hyphens`, `structure`, `roles` and `programme` all of them; `assemble` puts the agenda together.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from natoagenda import files
from natoagenda.errors import DataError, DependencyError

if TYPE_CHECKING:
    from natoagenda.importing.source import Letter

Progress = Callable[[int, int], None]
"""Told how many pages are done, and of how many."""

_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0", "this is an old Word file (.doc) or an encrypted one; save it as .docx"),
    (b"{\\rtf", "this is an RTF file; save it as .docx or PDF"),
    (b"\x89PNG", "this is a picture; a letter has text"),
    (b"\xff\xd8\xff", "this is a picture; a letter has text"),
    (b"GIF8", "this is a picture; a letter has text"),
)
"""What files of other formats begin with, and what to do."""

_UNREADABLE = "this is neither text, PDF, Word nor official XML"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_FEW = 0.002
"""Of the bytes of a text: control characters that a PDF tool may have left in it."""


def read(path: Path, progress: Progress | None = None) -> Letter:
    """Read a letter: text, PDF, Word (.docx) or official publication XML, whatever its name.

    Args:
        path: the file.
        progress: told of the pages that are done, where that takes a while.

    Raises:
        DataError: where the file is none of these, is damaged, encrypted, too large, or empty.
        DependencyError: where the library that reads its format is not installed.
    """
    name = str(path)
    data = files.read_bytes(path, name, files.MAX_LETTER)
    try:
        return _read(data, name, progress)
    except ImportError as error:
        package = {"docx": "python-docx"}.get(str(error.name), str(error.name))
        raise DependencyError(
            f"{name}: reading it needs {package}; install it with: pip install {package}"
        ) from error


def _read(data: bytes, name: str, progress: Progress | None) -> Letter:
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n\f")
    if not data.strip(b"\xef\xbb\xbf \t\r\n\f\0"):
        raise DataError(name, "this is empty")
    for begin, problem in _OTHERS:
        if head.startswith(begin):
            raise DataError(name, problem)
    if b"%PDF-" in data[:1024]:
        from natoagenda.importing import pdf

        return pdf.read(data, name, progress)
    if head.startswith(b"PK"):
        return _read_zip(data, name)
    if data.startswith(_UTF16):
        try:
            data = data.decode("utf-16").encode()
        except UnicodeDecodeError as error:
            raise DataError(name, _UNREADABLE) from error
        head = data[:1024].lstrip()
    if re.match(rb"<(?:\?xml|!doctype|!--|[a-z])", head, re.IGNORECASE):
        if re.search(rb"<!doctype\s+html|<html", data[:4096], re.IGNORECASE):
            raise DataError(name, "this is a web page; import the letter's PDF or XML")
        from natoagenda.importing import official

        return official.read(data, name)
    if len(_CONTROLS.findall(data)) > _FEW * len(data):
        raise DataError(name, _UNREADABLE)
    from natoagenda.importing import plaintext

    return plaintext.read(data)


def _read_zip(data: bytes, name: str) -> Letter:
    """Read a packed file that is Word; say what other packed files are."""
    if b"mimetypeapplication/vnd.oasis" in data[:200]:
        raise DataError(name, "this is an OpenDocument file; save it as .docx or PDF")
    from natoagenda.importing import word

    return word.read(data, name)
