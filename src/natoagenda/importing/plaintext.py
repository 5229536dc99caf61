"""A letter as plain text, the way PDF tools give it: hard-wrapped lines and page seams.

A form feed or a run of blank lines is a page seam; footnotes stand before it, even in the
middle of a sentence, and are taken out of the running text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from natoagenda import files
from natoagenda.errors import DataError
from natoagenda.importing.source import LINE_HYPHEN, Source, SourceWord

_SEAM = re.compile(r"\f|\n(?:[^\S\n]*\n){3,}")
"""Three blank lines and more; paragraphs are one or two apart."""

_NOTE = re.compile(r"\s*(\d{1,3})\.?\s+(\S.*)")
"""The first line of a note: `1 Defence Expenditure of NATO Countries`."""

_DASHES = "-‐‑\u00ad"
"""Hyphens at a line's end, soft ones too: PDF tools give both."""


def read(path: Path) -> Source:
    """Read a letter from a text file in UTF-8 or, where it is not that, Windows Latin-1.

    Raises:
        DataError: where the file cannot be read.
    """
    data = files.read_bytes(path, str(path))
    if b"\0" in data or data.startswith(b"%PDF") or not data.strip():
        raise DataError(str(path), "this is not a text file")
    return parse(files.decode_any(data))


def parse(text: str) -> Source:
    """Take a letter's text apart.

    Args:
        text: the whole letter.

    Returns:
        Its words by page, and its footnotes.
    """
    text = unicodedata.normalize("NFKC", text.replace("\r\n", "\n").replace("\r", "\n"))
    body: list[SourceWord] = []
    notes: dict[int, list[SourceWord]] = {}
    pages = 0
    for fragment in _SEAM.split(text):
        if not fragment.strip():
            continue
        due = max(notes, default=0) + 1
        # A gap before the notes of a short last page looks like a seam and is none.
        only_notes = pages and _begins(fragment.strip().split("\n")[0], due) and _calls(body, due)
        pages += 0 if only_notes else 1
        _read_page(fragment.split("\n"), pages, body, notes)
    return Source(
        body=tuple(body), notes={n: tuple(words) for n, words in notes.items()}, pages=pages
    )


def _read_page(
    lines: list[str], page: int, body: list[SourceWord], notes: dict[int, list[SourceWord]]
) -> None:
    """Append a page's running text to `body` and the notes at its foot to `notes`."""
    due = max(notes, default=0) + 1
    start = None
    for at, line in enumerate(lines):
        if _begins(line, due) and not "".join(lines[:at][-1:]).strip():
            words = list(body)
            _append(words, lines[:at], page)
            if _calls(words, due):
                start = at  # of several such lines the last: notes stand at the foot
    _append(body, lines[:start], page)
    if start is None:
        return
    for line in lines[start:]:
        match = _NOTE.match(line)
        if match and int(match[1]) == due:
            notes[due] = []
            due += 1
            line = match[2]
        _append(notes[due - 1], [line], page)


def _begins(line: str, number: int) -> bool:
    match = _NOTE.match(line)
    return match is not None and int(match[1]) == number


def _calls(words: Iterable[SourceWord], number: int) -> bool:
    """Whether a word has the mark of a note glued to it: `rapport1`, `daarbij.2`, `20212`."""
    mark = re.compile(rf"(?:[^\W\d]\W*|\b(?:19|20)\d\d){number}\W*$")
    return any(mark.search(word.text) for word in words)


def _append(words: list[SourceWord], lines: Iterable[str], page: int) -> None:
    """Append the words of some lines, joined where a hyphen ends a line."""
    for line in lines:
        for i, text in enumerate(line.split()):
            if i == 0 and words and words[-1].text.endswith(LINE_HYPHEN):
                before = words.pop()
                words.append(SourceWord(before.text + text, before.page))
            else:
                words.append(SourceWord(text, page))
        if words and words[-1].text[-1] in _DASHES and line.strip():
            last = words.pop()
            words.append(SourceWord(last.text[:-1] + LINE_HYPHEN, last.page))
