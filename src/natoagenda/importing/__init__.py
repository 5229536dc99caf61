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

MOST_TEXT = 300_000
"""Characters; the longest letters have half of that."""

TOO_MUCH_TEXT = f"this has more text than a letter: over {MOST_TEXT:,} characters"

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
_AGENDA = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:#[^\r\n]*[\r\n]\s*|---\s+)*schema:\s*\d")
_FEW = 0.002
"""Of the bytes of a text: control characters that a PDF tool may have left in it."""


def read(path: Path, progress: Progress | None = None) -> Letter:
    """Read a letter: text, PDF, Word (.docx) or official publication XML, whatever its name.

    Files from strangers are read by `natoagenda.importing.apart`, within limits.

    Args:
        path: the file.
        progress: told of the pages that are done, where that takes a while.

    Raises:
        DataError: where the file is none of these, is damaged, encrypted, too large, or empty.
        DependencyError: where the library that reads its format is not installed.
    """
    name = str(path)
    return reader(files.read_bytes(path, name, files.MAX_LETTER), name)(progress)


Reader = Callable[["Progress | None"], "Letter"]


def reader(data: bytes, name: str) -> Reader:
    """Find what reads a file, and import all that it needs.

    Args:
        data: the file.
        name: what to call it in messages.

    Raises:
        DataError: where nothing does.
        DependencyError: where the library that reads its format is not installed.
    """
    try:
        return _reader(data, name)
    except ImportError as error:
        package = {"docx": "python-docx"}.get(str(error.name), str(error.name))
        raise DependencyError(
            f"{name}: reading it needs {package}; install it with: pip install {package}"
        ) from error


def _reader(data: bytes, name: str) -> Reader:
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n\f")
    if not data.strip(b"\xef\xbb\xbf \t\r\n\f\0"):
        raise DataError(name, "this is empty")
    for begin, problem in _OTHERS:
        if head.startswith(begin):
            raise DataError(name, problem)
    if b"%PDF-" in data[:1024]:
        import pypdfium2.raw  # noqa: F401

        from natoagenda.importing import pdf

        return lambda progress: pdf.read(data, name, progress)
    if head.startswith(b"PK"):
        if b"mimetypeapplication/vnd.oasis" in data[:200]:
            raise DataError(name, "this is an OpenDocument file; save it as .docx or PDF")
        import docx  # noqa: F401

        from natoagenda.importing import word

        return lambda _progress: word.read(data, name)
    if data.startswith(_UTF16):
        try:
            data = data.decode("utf-16").encode()
        except UnicodeDecodeError as error:
            raise DataError(name, _UNREADABLE) from error
        head = data[:1024].lstrip()
    if re.match(rb"<(?:\?xml|!doctype|!--|[a-z])", head, re.IGNORECASE):
        if re.search(rb"<!doctype\s+html|<html", data[:4096], re.IGNORECASE):
            raise DataError(name, "this is a web page; import the letter's PDF or XML")
        import lxml.etree  # noqa: F401

        from natoagenda.importing import official

        return lambda _progress: official.read(data, name)
    if _AGENDA.match(data):
        raise DataError(name, "this is an agenda file, and no letter; --data answers from it")
    if len(_CONTROLS.findall(data)) > _FEW * len(data):
        raise DataError(name, _UNREADABLE)
    if len(data) > MOST_TEXT:
        raise DataError(name, TOO_MUCH_TEXT)
    from natoagenda.importing import plaintext

    return lambda progress: plaintext.read(data, progress)
