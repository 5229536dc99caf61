"""What every reader of letters gives: blocks of text in reading order, and the notes.

A block is what the source holds together: a paragraph, a heading, an item of a list. All that
follows (title, sections, sentences, roles) is the same for every source format.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable, Sequence
from enum import StrEnum

import msgspec

from natoagenda.model import Call

ANNOTATED_AGENDA = (
    r"(?:bijlage(?:\s+\w{1,3})?\W+)?(?:de\s+|concept\W*)?geannoteerde\s+agenda(?:’s|'s)?"
)
"""How the title of a letter begins, as a pattern; in capitals or not."""

LINE_HYPHEN = "\ufdd0"
"""Stands for a hyphen at the end of a line: `NAVO-⏎Top` keeps it, `verde-⏎diging` does not."""


class Form(StrEnum):
    """What the source says a block is; plain text and PDF often say nothing."""

    HEADING = "heading"
    TEXT = "text"
    ITEM = "item"
    UNKNOWN = "unknown"


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """A slice of a block that the source itself ties to a document's official id."""

    start: int
    end: int
    id: str


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of text that the source holds together.

    Attributes:
        text: white space is single spaces; footnote marks are taken out.
        pages: pairs of offset and page, rising, the first at 0: where each page begins.
        calls: the footnotes called, by offset in `text`.
        form: what the source says it is.
        links: slices with the official ids that the source gives them.
        lines: how many lines it took where the source has lines, else 0.
        gap: whether blank space stands before it where the source shows that, else False.
    """

    text: str
    pages: tuple[tuple[int, int], ...] = ((0, 1),)
    calls: tuple[Call, ...] = ()
    links: tuple[Link, ...] = ()
    form: Form = Form.UNKNOWN
    lines: int = 0
    gap: bool = False

    def pages_of(self, start: int, end: int) -> tuple[int, ...]:
        """The pages on which a slice of the text stands, rising."""
        first = max(page for offset, page in self.pages if offset <= start)
        return (first, *(page for offset, page in self.pages if start < offset < end))


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """A footnote: its number, its text on one line, and the page on which it begins."""

    number: int
    text: str
    page: int


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """A letter as its file gives it.

    Attributes:
        blocks: the running text, in reading order.
        notes: the footnotes, by number.
        pages: how many pages the file has; 1 where its format has none.
        left_out: what is no part of the letter's text, as printed: running heads and feet.
        unplaced: sentences on what could not be placed and was kept in the text.
        citation: the paper's own citation where the format states it, or None.
        date: the paper's date where the format states it, or None.
    """

    blocks: tuple[Block, ...]
    notes: tuple[Note, ...]
    pages: int
    left_out: tuple[str, ...] = ()
    unplaced: tuple[str, ...] = ()
    citation: str | None = None
    date: datetime.date | None = None


class SourceWord(msgspec.Struct, frozen=True):
    """A word of the letter with the marks of footnotes glued to it, and its page, from 1."""

    text: str
    page: int


def words(block: Block) -> list[SourceWord]:
    """The words of a block as printed, with the marks of its footnotes as digits."""
    found = []
    calls = list(block.calls)
    for match in re.finditer(r"\S+", block.text):
        pieces, done = [], match.start()
        while calls and calls[0].offset <= match.end():
            call = calls.pop(0)
            pieces += [block.text[done : max(done, call.offset)], str(call.number)]
            done = max(done, call.offset)
        pieces.append(block.text[done : match.end()])
        found.append(SourceWord("".join(pieces), block.pages_of(match.start(), match.end())[0]))
    return found


_PRINTED = {"ĳ": "ij", "Ĳ": "IJ", "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"}
_MENDED = str.maketrans(_PRINTED)


def clean(text: str) -> str:
    """A text as printed, without what only typesetting put there.

    Ligatures are spelt out, accents composed, kinds of white space a space; characters that
    show nothing, soft hyphens among them, are left out. Line breaks and form feeds stay.
    """
    composed = unicodedata.normalize("NFC", text.translate(_MENDED))
    kept = []
    for character in composed:
        if character in "\n\f" or character == LINE_HYPHEN:
            kept.append(character)
        elif character.isspace():
            kept.append(" ")
        elif unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Cn"):
            kept.append(character)
    return "".join(kept)


def single(text: str) -> str:
    """A text with single spaces and none at its ends."""
    return " ".join(text.split())


def single_with_places(text: str) -> tuple[str, list[int]]:
    """A text cleaned and with single spaces, and where each offset of it went."""
    out: list[str] = []
    places = []
    for character in text:
        places.append(len(out))
        for piece in clean(character):
            if piece in " \n\f":
                if out and out[-1] != " ":
                    out.append(" ")
            else:
                out.append(piece)
    while out and out[-1] == " ":
        out.pop()
    places.append(len(out))
    return "".join(out), [min(place, len(out)) for place in places]


def without(block: Block, spans: Sequence[tuple[int, int, str]]) -> Block:
    """A block with slices of its text replaced, and all its places moved along.

    Args:
        block: the block.
        spans: start, end and what stands there instead, in order, not overlapping.
    """
    pieces, done = [], 0
    for start, end, instead in spans:
        pieces += [block.text[done:start], instead]
        done = end
    pieces.append(block.text[done:])

    def moved(offset: int) -> int:
        shift = 0
        for start, end, instead in spans:
            if offset >= end:
                shift += len(instead) - (end - start)
            elif offset > start:
                return start + shift + len(instead)
        return offset + shift

    return msgspec.structs.replace(
        block,
        text="".join(pieces),
        pages=tuple({moved(offset): page for offset, page in block.pages}.items()),
        calls=tuple(Call(call.number, moved(call.offset)) for call in block.calls),
        links=tuple(
            Link(start=moved(link.start), end=moved(link.end), id=link.id) for link in block.links
        ),
    )


def joined(blocks: Iterable[Block]) -> Block:
    """Several blocks as one, a space between their texts."""
    first, *rest = blocks
    text, pages, calls, lines = first.text, list(first.pages), list(first.calls), first.lines
    links = list(first.links)
    for block in rest:
        shift = len(text) + 1
        text = f"{text} {block.text}"
        for offset, page in block.pages:
            if page != pages[-1][1]:
                pages.append((offset + shift, page))
        calls += [Call(call.number, call.offset + shift) for call in block.calls]
        links += [
            Link(start=link.start + shift, end=link.end + shift, id=link.id) for link in block.links
        ]
        lines += block.lines
    return msgspec.structs.replace(
        first, text=text, pages=tuple(pages), calls=tuple(calls), links=tuple(links), lines=lines
    )
