"""What can be found in an agenda: everything that has a text of its own, and where it stands."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from enum import StrEnum
from functools import partial

import msgspec

from natoagenda.model import Agenda, Footnote, Reference, Role, Section, Session, Statement


class Kind(StrEnum):
    """What a hit is."""

    SESSION = "session"
    SECTION = "section"
    STATEMENT = "statement"
    FOOTNOTE = "footnote"
    REFERENCE = "reference"


class Document(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Something that can be found, with its text by language and the sections it belongs to."""

    kind: Kind
    id: str
    agenda: str
    sections: tuple[str, ...]
    page: int
    title: str
    role: Role | None = None
    texts: tuple[tuple[str, str], ...]


def documents(agenda: Agenda, only: Container[int] | None = None) -> Iterator[Document]:
    """Everything of an agenda that can be found, in an order that depends on the agenda alone.

    Args:
        agenda: the agenda.
        only: the places, from 0, of those that are wanted; None wants all.
    """
    return (make() for at, make in enumerate(_makers(agenda)) if only is None or at in only)


def _makers(agenda: Agenda) -> Iterator[Callable[[], Document]]:
    """What makes each document, which takes longer than finding out what there is."""
    pages = {statement.id: statement.page for statement in agenda.statements()}
    homes: dict[str, str] = {}
    titles: dict[str, str] = {}
    for section in agenda.sections:
        pages[section.id] = section.page
        homes[section.id] = section.id
        titles[section.id] = section.title or section.id
        homes.update((f"footnote:{number}", section.id) for number in section.footnotes)
        homes.update((statement.id, section.id) for statement in section.statements)
    pages.update((f"footnote:{note.number}", note.page) for note in agenda.footnotes)
    for session in agenda.sessions:
        yield partial(_session, agenda.id, session, pages[session.quotes[0]])
    for section in agenda.sections:
        if section.title:
            yield partial(_section, agenda.id, section, section.title)
        for statement in section.statements:
            yield partial(_statement, agenda.id, section.id, titles[section.id], statement)
    for footnote in agenda.footnotes:
        home = homes[f"footnote:{footnote.number}"]
        yield partial(_footnote, agenda.id, home, titles[home], footnote)
    for reference in agenda.references:
        sections = dict.fromkeys(homes[place] for place in reference.cited_from)
        yield partial(
            _reference, agenda.id, tuple(sections), pages[reference.cited_from[0]], reference
        )


def _session(agenda: str, session: Session, page: int) -> Document:
    nl = [name.nl for name in session.participants]
    en = [name.en or name.nl for name in session.participants]
    return Document(
        kind=Kind.SESSION,
        id=session.id,
        agenda=agenda,
        sections=session.topics,
        page=page,
        title=session.title.nl,
        texts=_texts(
            _listed(session.title.nl, nl), session.title.en and _listed(session.title.en, en)
        ),
    )


def _section(agenda: str, section: Section, title: str) -> Document:
    return Document(
        kind=Kind.SECTION,
        id=section.id,
        agenda=agenda,
        sections=(section.id,),
        page=section.page,
        title=title,
        texts=_texts(title, section.title_en),
    )


def _statement(agenda: str, home: str, title: str, statement: Statement) -> Document:
    return Document(
        kind=Kind.STATEMENT,
        id=statement.id,
        agenda=agenda,
        sections=(home,),
        page=statement.page,
        title=title,
        role=statement.role,
        texts=_texts(statement.text, statement.text_en),
    )


def _footnote(agenda: str, home: str, title: str, footnote: Footnote) -> Document:
    return Document(
        kind=Kind.FOOTNOTE,
        id=str(footnote.number),
        agenda=agenda,
        sections=(home,),
        page=footnote.page,
        title=title,
        texts=_texts(footnote.text, footnote.text_en),
    )


def _reference(agenda: str, sections: tuple[str, ...], page: int, reference: Reference) -> Document:
    printed = [reference.citation] if reference.citation else []
    return Document(
        kind=Kind.REFERENCE,
        id=reference.id,
        agenda=agenda,
        sections=sections,
        page=page,
        title=reference.title.nl,
        texts=_texts(
            ", ".join([reference.title.nl, *printed]),
            reference.title.en and ", ".join([reference.title.en, *printed]),
        ),
    )


def _listed(title: str, names: Sequence[str]) -> str:
    return f"{title}: {', '.join(names)}" if names else title


def _texts(nl: str, en: str | None) -> tuple[tuple[str, str], ...]:
    return (("nl", nl), ("en", en)) if en else (("nl", nl),)
