"""From a letter to an agenda, with a report of what was found and what could not be placed."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence

import msgspec

from natoagenda import citations, dataset, proof
from natoagenda.errors import DataError
from natoagenda.importing import (
    MOST_TEXT,
    TOO_MUCH_TEXT,
    hyphens,
    meeting,
    programme,
    references,
    report,
    roles,
    structure,
)
from natoagenda.importing.report import Report
from natoagenda.importing.source import Block, Form, Letter, without
from natoagenda.model import (
    Agenda,
    Call,
    Document,
    Footnote,
    Role,
    Section,
    SectionKind,
    Statement,
)
from natoagenda.text import sentences

MOST_NOTES = 9_999
"""Footnotes; a data file numbers no more."""


def assemble(
    raw: Letter,
    name: str,
    *,
    days: tuple[datetime.date, datetime.date] | None = None,
    alive: Callable[[], None] = lambda: None,
) -> tuple[Agenda, Report]:
    """Make an agenda of a letter.

    Args:
        raw: the letter as its reader gives it.
        name: what to call its file in messages.
        days: the meeting's first and last day where the letter does not say.
        alive: called at each step, of which a long letter has more.

    Raises:
        DataError: where it has no text, no title or no days.
    """
    if sum(len(block.text) for block in raw.blocks) > MOST_TEXT:
        raise DataError(name, TOO_MUCH_TEXT)
    if len(raw.notes) > MOST_NOTES:
        raise DataError(name, f"this has more footnotes than a letter: over {MOST_NOTES:,}")
    letter = _apart(hyphens.mend(raw))
    if not letter.blocks:
        raise DataError(name, "this has no text")
    outline = structure.outline(letter)
    title = outline.title
    if title is not None and not outline.parts:
        raise DataError(name, "found nothing but a title")
    if title is None:
        raise DataError(name, "found no title with the words 'geannoteerde agenda'")
    links: dict[str, list[tuple[str, str]]] = {}
    outline, letter, noted = _without_calls(outline, letter)
    alive()
    sections = _sections(outline, links, alive)
    texts = [
        paragraph.text
        for part in outline.parts
        for paragraph in ([part.heading] if part.heading else []) + list(part.paragraphs)
    ]
    written = letter.date or meeting.letter_date(
        [
            p.text
            for part in outline.parts
            if part.kind is SectionKind.LETTER
            for p in part.paragraphs
        ]
    )
    about = meeting.read(title.text, texts, written, days)
    if about is None:
        raise DataError(
            name, "found no days of the meeting; state them, such as --days 2024-07-09..2024-07-11"
        )
    doubts = [*letter.unplaced, *noted, *about.doubts]
    alive()
    entries = programme.find(sections, about.starts, about.ends)
    doubts += entries.doubts
    called = {call.number: section.id for section in sections for call in section.calls}
    for section in sections:
        for statement in section.statements:
            called |= {call.number: statement.id for call in statement.calls}
    footnotes = tuple(
        Footnote(
            number=note.number, text=note.text, text_en=None, page=note.page,
            called_from=called[note.number],
        )
        for note in letter.notes
        if note.number in called
    )  # fmt: skip
    citation = letter.citation or _own_citation(outline)
    own = citations.find(f"({citation})") if citation else ()
    agenda = Agenda(
        id=about.id,
        title=title.text,
        title_en=None,
        organisation=about.organisation,
        venue=about.venue,
        starts=about.starts,
        ends=about.ends,
        delegation=about.delegation,
        document=Document(
            citation=citation if own and own[0].id else None,
            id=own[0].id if own else None,
            date=written,
            pages=letter.pages,
            sha256="0" * 64,
        ),
        reviewed=False,
        sessions=entries.sessions,
        sections=sections,
        footnotes=footnotes,
        references=references.find(sections, footnotes, links),
        path=name,
    )
    whole = msgspec.structs.replace(agenda.document, sha256=dataset.digest(agenda))
    agenda = msgspec.structs.replace(agenda, document=whole)
    alive()
    return agenda, _report(agenda, raw, doubts)


def _apart(letter: Letter) -> Letter:
    """A letter in which no text looks like a footnote's mark in a data file (`[^1]`)."""
    marks = [[match.start() for match in re.finditer(r"\[\^", b.text)] for b in letter.blocks]
    if not any(marks) and not any("[^" in note.text for note in letter.notes):
        return letter
    return msgspec.structs.replace(
        letter,
        blocks=tuple(
            without(block, [(at, at + 2, "[ ^") for at in found])
            for block, found in zip(letter.blocks, marks, strict=True)
        ),
        notes=tuple(
            msgspec.structs.replace(note, text=note.text.replace("[^", "[ ^"))
            for note in letter.notes
        ),
    )


def _without_calls(
    outline: structure.Outline, letter: Letter
) -> tuple[structure.Outline, Letter, list[str]]:
    """Take the calls out of the title, which has no place for them, and keep their notes as text.

    Returns:
        The outline, the letter without these notes, and a sentence on each.
    """
    called = {call.number for call in outline.title.calls} if outline.title else set()
    if not called or outline.title is None:
        return outline, letter, []
    moved = [note for note in letter.notes if note.number in called]
    blocks = tuple(
        Block(text=f"{note.number} {note.text}", pages=((0, letter.pages),), form=Form.TEXT)
        for note in moved
    )
    part = structure.Part(kind=SectionKind.LETTER, heading=None, paragraphs=blocks)
    kept = tuple(note for note in letter.notes if note.number not in called)
    return (
        msgspec.structs.replace(outline, parts=(*outline.parts, part)),
        msgspec.structs.replace(letter, notes=kept),
        [
            f"the note {note.number} is called from the title; it is kept as a paragraph at the end"
            for note in moved
        ],
    )


def _report(agenda: Agenda, raw: Letter, doubts: Sequence[str]) -> Report:
    words = proof.words_of(raw)
    unlike = [d for d in proof.differences(agenda, raw) if d.kind == "words"]
    lost = sum(len(difference.letter.split()) for difference in unlike)
    more = [
        f"{difference.place}: the letter has {difference.letter!r}, the agenda {difference.data!r}"
        for difference in unlike
    ]
    return report.of(
        agenda,
        footnotes=len(raw.notes),
        words=words,
        accounted=words - lost,
        left_out=tuple(dict.fromkeys(raw.left_out)),
        doubts=(*doubts, *more),
    )


# -- sections and statements ---------------------------------------------------------------


def _sections(
    outline: structure.Outline,
    links: dict[str, list[tuple[str, str]]],
    alive: Callable[[], None],
) -> tuple[Section, ...]:
    found: list[Section] = []
    seen: dict[str, int] = {}
    for part in outline.parts:
        alive()
        name = _section_id(part, seen)
        statements = _statements(part.paragraphs, name, links)
        heading = part.heading
        found.append(
            Section(
                id=name,
                kind=part.kind,
                title=heading.text if heading else None,
                title_en=None,
                calls=heading.calls if heading else (),
                page=heading.pages[0][1] if heading else statements[0].page,
                statements=statements,
            )
        )
    return tuple(found)


_LONGEST_ID = 48


def _section_id(part: structure.Part, seen: dict[str, int]) -> str:
    """An id of a section: its kind's name, or its heading's words, and a number from the second.

    `seen` has the ids so far with the number that each last got.
    """
    if part.kind is SectionKind.TOPIC and part.heading:
        bare = structure.bare_heading(part.heading.text)
        first = re.split(r",\s", bare, maxsplit=1)[0]
        base = meeting.slug(first if len(first) > 6 else bare)
        if len(base) > _LONGEST_ID:
            base = base[:_LONGEST_ID].rsplit("-", 1)[0]
        base = base or "topic"
    else:
        base = part.kind.value
    name = base
    while name in seen:
        seen[base] += 1
        name = f"{base}-{seen[base]}"
    seen[name] = 1
    return name


def _statements(
    paragraphs: Sequence[Block], section: str, links: dict[str, list[tuple[str, str]]]
) -> tuple[Statement, ...]:
    found: list[Statement] = []
    for i, paragraph in enumerate(paragraphs, start=1):
        before = Role.BACKGROUND
        for j, (start, end) in enumerate(sentences(paragraph.text), start=1):
            text = paragraph.text[start:end]
            role = Role.BACKGROUND
            if section != SectionKind.LETTER.value and not section.startswith("letter-"):
                role, _ = roles.propose(text, before)
            before = role
            pages = paragraph.pages_of(start, end)
            calls = tuple(
                Call(call.number, call.offset - start)
                for call in paragraph.calls
                if start <= call.offset <= end
            )
            statement = Statement(
                id=f"{section}.{i}.{j}",
                text=text,
                text_en=None,
                pages=tuple(range(pages[0], pages[-1] + 1)),
                role=role,
                about=(),
                calls=calls,
            )
            tied = [
                (paragraph.text[link.start : link.end], link.id)
                for link in paragraph.links
                if start <= link.start < end
            ]
            if tied:
                links[statement.id] = tied
            about = roles.about(statement, found)
            found.append(msgspec.structs.replace(statement, about=about))
    return tuple(found)


_DOSSIER = re.compile(r"(?:Kamerstuk\w*\s+)?(\d{2}\s?\d{3}(?:[\s-]+(?:[IVXL]+|\d{2}))?)(?![\d.])\b")


def _own_citation(outline: structure.Outline) -> str | None:
    """The letter's own citation, where a dossier and a number stand above its text."""
    head = [
        block.text
        for part in outline.parts[:1]
        if part.kind is SectionKind.LETTER
        for block in part.paragraphs[:6]
    ]
    for i, text in enumerate(head):
        dossier = _DOSSIER.match(text)
        if dossier is None:
            continue
        for later in [text[dossier.end() :], *head[i + 1 : i + 4]]:
            if number := re.match(r"(?:.{0,80}\s)?Nr\.?\s*(\d{1,4})\b", later, re.IGNORECASE):
                return f"{dossier[1]}, nr. {number[1]}"
    return None
