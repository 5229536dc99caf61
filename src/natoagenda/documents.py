"""What can be found in an agenda: everything that has a text of its own, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum

import msgspec

from natoagenda.model import Agenda, Role


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


def documents(agenda: Agenda) -> Iterator[Document]:
    """Everything of an agenda that can be found."""
    pages = {statement.id: statement.page for statement in agenda.statements()}
    homes: dict[str, str] = {}
    titles: dict[str, str] = {}
    for section in agenda.sections:
        pages[section.id] = section.page
        homes[section.id] = section.id
        titles[section.id] = section.title or section.id
    for session in agenda.sessions:
        yield Document(
            kind=Kind.SESSION,
            id=session.id,
            agenda=agenda.id,
            sections=session.topics,
            page=pages[session.quotes[0]],
            title=session.title.nl,
            texts=_texts(
                _listed(session.title.nl, [name.nl for name in session.participants]),
                session.title.en
                and _listed(
                    session.title.en, [name.en or name.nl for name in session.participants]
                ),
            ),
        )
    for section in agenda.sections:
        if section.title:
            yield Document(
                kind=Kind.SECTION,
                id=section.id,
                agenda=agenda.id,
                sections=(section.id,),
                page=section.page,
                title=section.title,
                texts=_texts(section.title, section.title_en),
            )
        for number in section.footnotes:
            homes[f"footnote:{number}"] = section.id
        home, title = (section.id,), titles[section.id]
        for statement in section.statements:
            homes[statement.id] = section.id
            yield Document(
                kind=Kind.STATEMENT,
                id=statement.id,
                agenda=agenda.id,
                sections=home,
                page=statement.page,
                title=title,
                role=statement.role,
                texts=_texts(statement.text, statement.text_en),
            )
    for footnote in agenda.footnotes:
        name = f"footnote:{footnote.number}"
        pages[name] = footnote.page
        yield Document(
            kind=Kind.FOOTNOTE,
            id=str(footnote.number),
            agenda=agenda.id,
            sections=(homes[name],),
            page=footnote.page,
            title=titles[homes[name]],
            texts=_texts(footnote.text, footnote.text_en),
        )
    for reference in agenda.references:
        printed = [reference.citation] if reference.citation else []
        yield Document(
            kind=Kind.REFERENCE,
            id=reference.id,
            agenda=agenda.id,
            sections=tuple(dict.fromkeys(homes[place] for place in reference.cited_from)),
            page=pages[reference.cited_from[0]],
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
