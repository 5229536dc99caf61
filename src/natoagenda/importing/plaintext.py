"""A letter as plain text, the way PDF tools give it: hard-wrapped lines and page seams.

A form feed is a page seam; in a text without any, a run of blank lines is, or else a line such
as `Pagina 2 van 4`.
"""

from __future__ import annotations

import re
from collections import Counter

from natoagenda import files
from natoagenda.importing import Progress, layout
from natoagenda.importing.layout import Line
from natoagenda.importing.source import Letter

_BLANK_SEAM = re.compile(r"\n(?:[^\S\n]*\n){3,}")
"""Three blank lines and more; paragraphs are one or two apart."""
_FEW_LINES = 15
"""Lines; notes that stand alone after a gap are no more."""
_NUMBERED = re.compile(
    r"^[^\S\n]*(?:pagina[^\S\n]+(?P<page>\d+)[^\S\n]+van[^\S\n]+\d+"
    r"|(?:.*[^\S\n])?(?:Tweede|Eerste)[^\S\n]+Kamer,[^\S\n]+vergaderjaar[^\S\n]+\d{4}[–-]\d{4},"
    r".{3,80}?[^\S\n](?P<foot>\d{1,4}))[^\S\n]*$",
    re.IGNORECASE | re.MULTILINE,
)


def read(data: bytes, progress: Progress | None = None) -> Letter:
    """Read a letter from the bytes of a text in UTF-8 or, where they are not that, Latin-1."""
    return parse(files.decode_any(data), progress)


def parse(text: str, progress: Progress | None = None) -> Letter:
    """Take a letter's text apart.

    Args:
        text: the whole letter.
        progress: told of the pages that are done.

    Returns:
        Its blocks and its notes; hyphens at line ends are not decided yet.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n")
    pages = [page for page in map(_lines, _split(text)) if page]
    edge = Counter(line.indent for page in pages for line in page)
    usual = edge.most_common(1)[0][0] if edge else 0
    moved = [[_moved(line, usual) for line in page] for page in pages]
    return layout.read(moved, progress=progress)


def _split(text: str) -> list[str]:
    """The pages of a text."""
    fed = "\f" in text.strip("\f\n ")
    pages = text.split("\f") if fed else _BLANK_SEAM.split(text.strip("\n"))
    if len(pages) == 1:
        return _split_at_numbers(text)
    # A gap before the notes of a page looks like a seam and is none.
    joined = pages[:1]
    for page in pages[1:]:
        head, *more = page.strip().split("\n")
        if len(more) < _FEW_LINES and layout.begins_notes(head, joined[-1], "\n".join(joined)):
            joined[-1] += "\n\n" + page
        else:
            joined.append(page)
    return joined


def _split_at_numbers(text: str) -> list[str]:
    """Split where the pages are numbered, at the foot or at the head of each."""
    marks = list(_NUMBERED.finditer(text))
    if len(marks) < 2:
        return [text]
    head = int(marks[0]["page"] or 1) > 1 or not text[: marks[0].start()].strip()
    cuts = [mark.start() if head else mark.end() for mark in marks]
    return [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]


def _lines(page: str) -> list[Line]:
    """The lines of a page that are not blank."""
    lines: list[Line] = []
    blank = 0
    for raw in page.split("\n"):
        text = layout.printed(raw)
        if not text:
            blank += 1
            continue
        indent = len(raw) - len(raw.lstrip())
        lines.append(Line(text=text, above=blank if lines else 0, indent=indent))
        blank = 0
    return lines


def _moved(line: Line, usual: float) -> Line:
    """A line with its indent counted from the usual one; one space more is none."""
    indent = line.indent - usual
    return Line(text=line.text, above=line.above, indent=indent if indent > 1 else 0)
