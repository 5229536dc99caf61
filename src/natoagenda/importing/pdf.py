"""A letter as PDF, read with the letters' places and sizes.

Raised small digits are the marks of notes, small print at the foot of a page is a note, bold or
larger lines are headings. Reading order is from top to bottom; a column beside the text, such as
the addresses of a first page, comes before it.
"""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import msgspec

from natoagenda.errors import DataError
from natoagenda.importing import Progress, layout
from natoagenda.importing.layout import Line
from natoagenda.importing.source import LINE_HYPHEN, Letter
from natoagenda.model import Call

_RAISED = 0.12
"""Of the size of the text: how far above its line a mark stands at least."""
_SUPERSCRIPT = 0.82
"""Of the size of the text: how large a mark is at most."""
_MOST_PAGES = 500
_NO_UNICODE = "\ufffd"


class _Glyph(msgspec.Struct):
    char: str
    x: float
    right: float
    y: float  # of the baseline, from the foot of the page
    size: float
    bold: bool


class _Row(msgspec.Struct):
    """A line of glyphs; `finish` works out its measures once all are there."""

    glyphs: list[_Glyph]
    y: float = 0
    size: float = 0
    left: float = 0
    right: float = 0
    high: float = 0  # the largest size so far
    base: float = 0  # the baseline of the last sign of about that size
    seen: float | None = None  # where the last printed sign begins

    def add(self, glyph: _Glyph) -> None:
        """Add a sign."""
        self.glyphs.append(glyph)
        if glyph.char.strip():
            self.high = max(self.high, glyph.size)
            if glyph.size > _SUPERSCRIPT * self.high:
                self.base = glyph.y
            self.seen = glyph.x

    def finish(self) -> None:
        """Work out baseline, size and extent."""
        printed = [glyph for glyph in self.glyphs if glyph.char.strip()]
        sizes = Counter([round(glyph.size, 1) for glyph in printed])
        self.size = sizes.most_common(1)[0][0]
        self.y = Counter([round(glyph.y, 1) for glyph in printed]).most_common(1)[0][0]
        self.left = min(glyph.x for glyph in printed)
        self.right = max(glyph.right for glyph in printed)


def read(data: bytes, name: str, progress: Progress | None = None) -> Letter:
    """Read a letter from the bytes of a PDF.

    Args:
        data: the file.
        name: what to call it in messages.
        progress: told the number of pages done and of all.

    Raises:
        DataError: where it is damaged, encrypted, or has no text.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        reason = "this PDF is encrypted; save it without a password first"
        raise DataError(name, reason if locked else "this PDF is damaged") from error
    try:
        if len(document) > _MOST_PAGES:
            raise DataError(name, f"this PDF has more pages than a letter: {len(document)}")
        pages = []
        doubts: list[str] = []
        for number in range(len(document)):
            pages.append(list(_rows(document, number, name)))
            if progress:
                progress(number + 1, len(document))
    finally:
        document.close()
    if not any(pages):
        raise DataError(name, "this PDF has no text; it is a scan: recognise its text (OCR) first")
    for number, page in enumerate(pages, start=1):
        if not page:
            doubts.append(f"page {number} has no text")
        lost = sum(glyph.char == _NO_UNICODE for row in page for glyph in row.glyphs)
        if lost:
            doubts.append(f"page {number} has {lost} signs that the PDF does not name")
    body = _body_size(pages)
    lines = [_lines(page, body) for page in pages]
    marks = any(line.calls for page in lines for line in page)
    notes = any(line.note is not None for page in lines for line in page)
    certain = marks or notes
    letter = layout.read(lines, certain=certain, progress=progress)
    return msgspec.structs.replace(letter, unplaced=(*letter.unplaced, *doubts))


def _rows(document: Any, number: int, name: str) -> Iterator[_Row]:
    """The lines of a page, each its glyphs from left to right, in reading order."""
    import pypdfium2

    try:
        page = document[number]
        text = page.get_textpage()
    except pypdfium2.PdfiumError as error:
        raise DataError(name, f"page {number + 1} of this PDF is damaged") from error
    rows: list[_Row] = []
    for glyph in _glyphs(text):
        row = rows[-1] if rows else None
        if row is None or not _same_row(row, glyph):
            row = _Row([])
            rows.append(row)
        row.add(glyph)
    width = page.get_width()
    text.close()
    page.close()
    kept = [row for row in rows if row.seen is not None]
    for row in kept:
        row.finish()
    return iter(_ordered(kept, width))


def _glyphs(text: Any) -> Iterator[_Glyph]:
    """The signs of a page in the order of the file, with those that PDFium adds."""
    from pypdfium2 import raw

    handle = text.raw
    x, y = ctypes.c_double(), ctypes.c_double()
    box = raw.FS_RECTF()
    flags = ctypes.c_int()
    font = ctypes.create_string_buffer(128)
    bold_of: dict[tuple[bytes, int], bool] = {}
    before = ""
    bold = False
    for i in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(handle, i)
        char = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else _NO_UNICODE
        if char in "\r\n":
            before = char
            continue
        raw.FPDFText_GetCharOrigin(handle, i, x, y)
        raw.FPDFText_GetLooseCharBox(handle, i, box)
        if not before.strip():  # fonts change between words
            raw.FPDFText_GetFontInfo(handle, i, font, 128, flags)
            key = (font.value, raw.FPDFText_GetFontWeight(handle, i))
            if key not in bold_of:
                heavy = key[1] >= 600 or any(
                    word in key[0].lower() for word in (b"bold", b"black", b"heavy", b"-bd")
                )
                bold_of[key] = heavy
            bold = bold_of[key]
        before = char
        size = abs(box.top - box.bottom)
        yield _Glyph(char, x.value, max(box.right, x.value), y.value, size, bold)


def _same_row(row: _Row, glyph: _Glyph) -> bool:
    """Whether a sign stands on the line of those before it, raised or not."""
    last = row.glyphs[-1]
    if not glyph.char.strip():
        return True
    if row.seen is None:
        return abs(last.y - glyph.y) < 1
    away = glyph.y - row.base
    if glyph.size > row.high / _SUPERSCRIPT:  # after a raised number that begins a note
        return -0.75 * glyph.size < away < 0.1 * glyph.size and glyph.x >= last.x
    return -0.3 * row.high < away < 0.62 * row.high and glyph.x >= row.seen - 0.5 * row.high


def _ordered(rows: Sequence[_Row], width: float) -> list[_Row]:
    """Rows from top to bottom; those of a column beside the text first."""
    if not rows:
        return []
    merged: list[_Row] = []
    for row in sorted(rows, key=lambda row: (-row.y, row.left)):
        old = merged[-1] if merged else None
        if old and abs(old.y - row.y) < 0.25 * row.size and row.left >= old.right - 1:
            gap = row.left - old.right
            if gap < 6 * row.size or len(old.glyphs) < 6:
                space = _Glyph(" ", old.right, row.left, old.y, old.size, False)
                merged[-1] = _Row([*old.glyphs, space, *row.glyphs])
                merged[-1].finish()
                continue
        merged.append(row)
    lefts = Counter(round(row.left / 6) for row in merged)
    main = lefts.most_common(1)[0][0] * 6
    wide = max((row.right for row in merged if abs(row.left - main) < 12), default=width)
    aside = [row for row in merged if row.left > wide + 4 or row.right < main - 4]
    if not 0 < len(aside) < len(merged) / 2:
        return merged
    return aside + [row for row in merged if row not in aside]


def _body_size(pages: Sequence[Sequence[_Row]]) -> float:
    sizes: Counter[float] = Counter()
    for page in pages:
        for row in page:
            sizes[row.size] += len(row.glyphs)
    return sizes.most_common(1)[0][0]


def _lines(rows: Sequence[_Row], body: float) -> list[Line]:
    """The printed lines of a page."""
    steps = sorted(
        round(above.y - row.y, 1)
        for above, row in pairwise(rows)
        if abs(above.size - row.size) < 0.1 * body and 0 < above.y - row.y < 2.4 * row.size
    )
    step = Counter(steps).most_common(1)[0][0] if steps else 1.2 * body
    lefts = Counter(round(row.left) for row in rows if row.size >= 0.93 * body)
    edge = lefts.most_common(1)[0][0] if lefts else 0
    found: list[Line] = []
    for i, row in enumerate(rows):
        text, calls, note = _text(row)
        if not text:
            continue
        above = 0.0
        if i and found:
            away = (rows[i - 1].y - row.y) / (step * max(row.size / body, 0.6))
            above = max(0.0, round(away - 1, 1))
            above = above if above >= 0.3 else 0.0
            if away < 0:
                above = 1.0
        found.append(
            Line(
                text=text,
                above=above,
                indent=max(0.0, round((row.left - edge) / (0.5 * body), 1)),
                size=round(row.size / body, 2),
                bold=all(g.bold for g in row.glyphs if g.char.strip()),
                width=row.right - row.left,
                first=_first_word(row),
                calls=calls,
                note=note,
            )
        )
    return found


def _first_word(row: _Row) -> float:
    """How wide the first word is, up to a hyphen inside it."""
    begin, end = row.left, row.left
    for i, glyph in enumerate(row.glyphs):
        if glyph.char.strip():
            end = glyph.right
        if end > begin and (not glyph.char.strip() or (glyph.char == "-" and i > 1)):
            break
    return end - begin


def _text(row: _Row) -> tuple[str, tuple[Call, ...], int | None]:
    """A row's text without its raised numbers, and these."""
    pieces: list[str] = []
    marks: list[tuple[int, str]] = []  # in pieces, before which it stands
    for glyph in row.glyphs:
        raised = (
            glyph.char.isdigit()
            and glyph.size <= _SUPERSCRIPT * row.size
            and glyph.y > row.y + _RAISED * row.size
        ) or glyph.char in "⁰¹²³⁴⁵⁶⁷⁸⁹"
        if raised and glyph.char in "²³" and "".join(pieces[-2:]).strip()[-1:] == "m":
            raised = False  # m², km²
        if raised:
            digit = str("⁰¹²³⁴⁵⁶⁷⁸⁹".find(glyph.char)) if not glyph.char.isascii() else glyph.char
            if marks and marks[-1][0] == len(pieces):
                marks[-1] = (len(pieces), marks[-1][1] + digit)
            else:
                marks.append((len(pieces), digit))
        else:
            pieces.append(glyph.char)
    note = None
    if marks and not "".join(pieces[: marks[0][0]]).strip():
        note = int(marks.pop(0)[1])
    calls = []
    for at, digits in marks:
        head = layout.printed("".join(pieces[:at]) + "\u2060x")[:-1] if at else ""
        calls.append(Call(int(digits), len(head.replace(LINE_HYPHEN, "-"))))
    text = layout.printed("".join(pieces))
    if not text:  # a number alone on its line is no mark
        alone = "".join(glyph.char for glyph in row.glyphs)
        return layout.printed(alone), (), None
    return text, tuple(Call(c.number, min(c.offset, len(text))) for c in calls), note
