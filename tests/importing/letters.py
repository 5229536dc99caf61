"""Letters for tests: what each says, and how it looks as text, PDF, Word and official XML.

The letters in `tests/letters` are invented. One file says what a letter holds (title, sections,
sentences with their roles, notes, programme); a renderer prints it as some ministry would.
"""

from __future__ import annotations

import datetime
import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parents[1] / "letters"
MARK = re.compile(r"\[\^(\d+)\]")


@dataclass
class Sentence:
    marked: str  # with [^1] where it calls a note
    role: str = "background"

    @property
    def plain(self) -> str:
        return MARK.sub("", self.marked)

    @property
    def calls(self) -> list[tuple[int, int]]:
        found, gone = [], 0
        for match in MARK.finditer(self.marked):
            found.append((int(match[1]), match.start() - gone))
            gone += len(match[0])
        return found


@dataclass
class Part:
    heading: str | None
    kind: str
    paragraphs: list[list[Sentence]]


@dataclass
class Gold:
    name: str
    title: str
    starts: datetime.date
    ends: datetime.date
    before: list[str]
    parts: list[Part]
    notes: dict[int, str]
    sessions: list[dict[str, Any]] = field(default_factory=list)

    def sentences(self) -> Iterator[Sentence]:
        for part in self.parts:
            for paragraph in part.paragraphs:
                yield from paragraph


def load(path: Path) -> Gold:
    tree = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Gold(
        name=path.stem,
        title=tree["title"],
        starts=tree["starts"],
        ends=tree["ends"],
        before=tree["before"],
        parts=[
            Part(
                heading=section["heading"],
                kind=section["kind"],
                paragraphs=[
                    [_sentence(item) for item in paragraph] for paragraph in section["paragraphs"]
                ],
            )
            for section in tree["sections"]
        ],
        notes=tree["notes"],
        sessions=tree.get("sessions") or [],
    )


def _sentence(item: str | dict[str, str]) -> Sentence:
    if isinstance(item, str):
        return Sentence(item)
    ((role, text),) = item.items()
    return Sentence(text, role)


def every() -> list[Gold]:
    return [load(path) for path in sorted(FOLDER.glob("*.yaml"))]


# -- as text -------------------------------------------------------------------------------


@dataclass
class Print:
    """How a text looks."""

    width: int = 76
    height: int = 44
    seam: str = "\n\n\n\n\n"
    gaps: bool = True  # a blank line between paragraphs
    heading_gap: bool = True  # a blank line after a heading
    foot: str = ""  # such as "Pagina {page} van {pages}"
    head: str = ""
    mark: str = "{n}"
    note: str = "{n} {text}"
    break_hyphens: bool = True
    signature_after: bool = False


@dataclass
class Paper:
    """A printed letter: its text, and the page on which each word of it stands."""

    text: str
    pages: int


def as_text(gold: Gold, look: Print) -> Paper:
    """Print a letter on pages of hard-wrapped lines, its notes at their feet."""
    flow: list[tuple[str, list[int]]] = []  # a line, and the notes that it calls
    for block, is_heading in _flow(gold):
        if look.gaps and flow and flow[-1][0]:
            flow.append(("", []))
        wrapped = textwrap.wrap(
            _marked(block), look.width, break_on_hyphens=look.break_hyphens, break_long_words=False
        )
        for line in wrapped:
            numbers = [int(n) for n in re.findall("\ue000(\\d+)\ue001", line)]
            flow.append((_shown(line, look), numbers))
        if is_heading and look.heading_gap:
            flow.append(("", []))
    pages: list[tuple[list[str], list[int]]] = [([], [])]
    for line, numbers in flow:
        lines, called = pages[-1]
        feet = sum(len(_note(gold, n, look)) for n in [*called, *numbers])
        if len(lines) + 1 + feet + (2 if feet else 0) > look.height and lines:
            pages.append(([], []))
            lines, called = pages[-1]
        if line or lines:
            lines.append(line)
        called += numbers
    printed = []
    for number, (lines, called) in enumerate(pages, start=1):
        sheet = list(lines)
        if look.head:
            sheet = [look.head.format(page=number, pages=len(pages)), "", *sheet]
        if called:
            sheet += ["", " "]
            for n in called:
                sheet += _note(gold, n, look)
        if look.foot:
            sheet += ["", look.foot.format(page=number, pages=len(pages))]
        printed.append("\n".join(sheet).strip("\n"))
    return Paper(look.seam.join(printed) + "\n", len(pages))


def _flow(gold: Gold) -> Iterator[tuple[str, bool]]:
    for line in gold.before:
        yield line, False
    yield gold.title, True
    for part in gold.parts:
        if part.heading:
            yield part.heading, True
        for paragraph in part.paragraphs:
            yield " ".join(sentence.marked for sentence in paragraph), False


def _marked(text: str) -> str:
    return MARK.sub("\ue000\\1\ue001", text)


def _shown(line: str, look: Print) -> str:
    return re.sub("\ue000(\\d+)\ue001", lambda m: look.mark.format(n=m[1]), line)


def _note(gold: Gold, number: int, look: Print) -> list[str]:
    return textwrap.wrap(
        look.note.format(n=number, text=gold.notes[number]), look.width + 8,
        break_on_hyphens=False, break_long_words=False,
    )  # fmt: skip


LOOKS: Sequence[Print] = (
    Print(),
    Print(width=68, seam="\f", gaps=False, heading_gap=False),
    Print(width=90, height=50, seam="\f", foot="Pagina {page} van {pages}"),
    Print(width=72, height=38, head="Tweede Kamer, vergaderjaar 2023–2024, 21 501-02", gaps=False,
          foot="h tk 20232024 {page}", heading_gap=True),
)  # fmt: skip
