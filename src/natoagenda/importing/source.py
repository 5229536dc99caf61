"""What every reader of letters gives: the words of the text and of the notes, with pages.

A word is what stands between white space, as printed, with the marks of footnotes glued to
it as digits. A hyphen that ends a line is `LINE_HYPHEN`, since only a reader of Dutch can say
whether it belongs to the word.
"""

from __future__ import annotations

import msgspec

LINE_HYPHEN = "\u2010"
"""Stands for a hyphen at the end of a line: `NAVO-⏎Top` keeps it, `verde-⏎diging` does not."""


class SourceWord(msgspec.Struct, frozen=True):
    """A word of the letter, as printed, and the page on which it begins, from 1."""

    text: str
    page: int


class Source(msgspec.Struct, frozen=True):
    """A letter as its file gives it: running text and footnotes by number, in reading order."""

    body: tuple[SourceWord, ...]
    notes: dict[int, tuple[SourceWord, ...]]
    pages: int
