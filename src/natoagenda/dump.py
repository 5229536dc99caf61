"""An agenda as the text of its data file, laid out for a person who will review it by hand.

What `natoagenda.dataset` reads from this text is the same agenda.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence

from natoagenda import schema
from natoagenda.model import Agenda, Call, Name, Reference, Role, Section, Session, Statement
from natoagenda.visible import rewritten, visible

_WIDTH = 100
_PLAIN = re.compile(r"[^\W_](?:[^\n:#\[\]{}]|:(?=\S)|(?<=\S)#)*(?<![\s:])")
"""Text that YAML reads as it stands: no sign that means something to it."""
_ID = re.compile(r"\w(?:[\w.:-]*\w)?")
_KEYS = 4
"""Columns of an entry's keys in `sections` and the like: after two spaces and a dash."""


def dump(agenda: Agenda) -> str:
    """Write an agenda as YAML.

    Args:
        agenda: any agenda that `natoagenda.dataset` would load.

    Returns:
        The file's text, ending with a line break.
    """
    return "\n".join(_file(agenda)) + "\n"


def _file(agenda: Agenda) -> Iterator[str]:
    state = "" if agenda.reviewed else " Proposed by rules; set `reviewed: true` once checked."
    yield from textwrap.wrap(
        f"{visible(agenda.title)}, word for word.{state}",
        98,
        initial_indent="# ",
        subsequent_indent="# ",
    )
    yield "#"
    yield "# A statement is one sentence; its id is SECTION.PARAGRAPH.SENTENCE, counting from 1."
    yield "# role: stance, expectation or commitment; one without a role is background."
    yield "# about: the statements that it cannot be understood without."
    yield "# [^1] marks the place where the letter calls footnote 1."
    yield f"schema: {schema.VERSION}"
    yield ""
    yield from _head(agenda)
    for name, entries in (
        ("sessions", [list(_session(session)) for session in agenda.sessions]),
        ("sections", [list(_section(section)) for section in agenda.sections]),
        ("footnotes", [list(_note(agenda, i)) for i in range(len(agenda.footnotes))]),
        ("references", [list(_reference(reference)) for reference in agenda.references]),
    ):
        yield ""
        yield f"{name}:" if entries else f"{name}: []"
        for i, lines in enumerate(entries):
            if i:
                yield ""
            yield from _item(lines, 2)


def _head(agenda: Agenda) -> Iterator[str]:
    document = agenda.document
    yield "agenda:"
    lines = [
        f"id: {agenda.id}",
        *_name("title", agenda.title, agenda.title_en),
        *_text("organisation", agenda.organisation, 2),
        *_text("venue", agenda.venue, 2),
        f"starts: {agenda.starts}",
        f"ends: {agenda.ends}",
        *_names("delegation", agenda.delegation),
        "document:",
    ]
    paper = [
        *_text("citation", document.citation, 4),
        *_text("id", document.id, 4),
        *([f"date: {document.date}"] if document.date else []),
        f"pages: {document.pages}",
        f"sha256: {document.sha256}",
    ]
    lines += [f"  {line}" for line in paper]
    lines.append(f"reviewed: {str(agenda.reviewed).lower()}")
    yield from (f"  {line}" for line in lines)


def _session(session: Session) -> Iterator[str]:
    yield f"id: {session.id}"
    if session.date:
        yield f"date: {session.date}"
    if session.part_of_day:
        yield f"part_of_day: {session.part_of_day}"
    yield f"kind: {session.kind}"
    yield from _name("title", session.title.nl, session.title.en)
    yield from _names("participants", session.participants)
    yield from _ids("topics", session.topics)
    yield from _ids("quotes", session.quotes)


def _section(section: Section) -> Iterator[str]:
    yield f"id: {section.id}"
    yield f"kind: {section.kind}"
    if section.title is not None:
        yield from _name("title", marked(section.title, section.calls), section.title_en)
    yield f"page: {section.page}"
    if not section.statements:
        yield "statements: []"
        return
    yield "statements:"
    for i, statement in enumerate(section.statements):
        if i:
            yield ""
        yield from _item(list(_statement(statement)), 2)


def _statement(statement: Statement) -> Iterator[str]:
    yield f"id: {statement.id}"
    first, last = statement.pages[0], statement.pages[-1]
    yield f"page: {first}" if first == last else f"page: {first}-{last}"
    if statement.role is not Role.BACKGROUND:
        yield f"role: {statement.role}"
    yield from _ids("about", statement.about)
    yield from _text("nl", marked(statement.text, statement.calls), 8)
    yield from _text("en", statement.text_en, 8)


def _note(agenda: Agenda, index: int) -> Iterator[str]:
    note = agenda.footnotes[index]
    yield f"number: {note.number}"
    yield f"page: {note.page}"
    yield from _text("nl", note.text, _KEYS)
    yield from _text("en", note.text_en, _KEYS)


def _reference(reference: Reference) -> Iterator[str]:
    yield from _text("id", reference.id, _KEYS)
    yield f"kind: {reference.kind}"
    yield from _name("title", reference.title.nl, reference.title.en)
    yield from _text("citation", reference.citation, _KEYS)
    if reference.date:
        yield f"date: {reference.date}"
    yield from _ids("other_dates", [str(date) for date in reference.other_dates])
    if reference.confidential:
        yield "confidential: true"
    yield from _text("note", reference.note, _KEYS)
    yield from _ids("cited_from", reference.cited_from)


# -- pieces --------------------------------------------------------------------------------


def marked(text: str, calls: Iterable[Call]) -> str:
    """A text with the marks of its footnotes put back: `rapport[^1] waaruit`."""
    pieces, done = [], 0
    for call in calls:
        pieces += [text[done : call.offset], f"[^{call.number}]"]
        done = call.offset
    return "".join([*pieces, text[done:]])


def _item(lines: Sequence[str], indent: int) -> Iterator[str]:
    """The lines of a mapping as an item of a list."""
    pad = " " * indent
    for i, line in enumerate(lines):
        yield f"{pad}- {line}" if i == 0 else f"{pad}  {line}" if line else ""


def _name(key: str, nl: str, en: str | None) -> Iterator[str]:
    yield f"{key}:"
    for language, text in (("nl", nl), ("en", en)):
        yield from (f"  {line}" for line in _text(language, text, _KEYS + 2))


def _names(key: str, names: Sequence[Name]) -> Iterator[str]:
    if not names:
        return
    yield f"{key}:"
    for name in names:
        entry = [*_text("nl", name.nl, _KEYS + 4), *_text("en", name.en, _KEYS + 4)]
        yield from _item(entry, 2)


def _ids(key: str, ids: Sequence[str]) -> Iterator[str]:
    """A list of ids, on one line where they fit."""
    if not ids:
        return
    line = f"{key}: [{', '.join(ids)}]"
    if len(line) <= _WIDTH - 8 and all(map(_ID.fullmatch, ids)):
        yield line
        return
    yield f"{key}:"
    for name in ids:
        yield from _item(list(_scalar(name, _KEYS)), 2)


def _text(key: str, text: str | None, column: int) -> Iterator[str]:
    """A key with a text; nothing where there is none."""
    if text is None:
        return
    lines = list(_scalar(text, column + len(key) + 2))
    yield f"{key}: {lines[0]}"
    yield from lines[1:]


def _scalar(text: str, column: int) -> Iterator[str]:
    """A text as YAML: as it stands where it is short and plain, else folded over lines.

    One with hidden signs is quoted, and these are escaped.
    """
    if visible(text) != text:
        quoted = re.sub(r'[\\"]', r"\\\g<0>", text)
        yield f'"{rewritten(quoted, _escape)}"'
        return
    if len(text) <= _WIDTH - column and _PLAIN.fullmatch(text) and not text.endswith(" "):
        yield text
        return
    yield ">-"
    yield from (f"  {line}" for line in _folded(text))


def _escape(code: int) -> str:
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def _folded(text: str) -> list[str]:
    """Break a text at single spaces; what YAML reads back is the text."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and len(lines[-1]) + 1 + len(word) <= _WIDTH - 12:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
