"""Rows: what commands answer with, as types whose fields are the published keys in order.

`Rows` makes them from one agenda. Nothing here chooses, sorts or prints.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from enum import StrEnum

import msgspec

from natoagenda.model import (
    Agenda,
    Call,
    Document,
    Footnote,
    Name,
    PartOfDay,
    Reference,
    ReferenceKind,
    Role,
    Section,
    SectionKind,
    Session,
    SessionKind,
    Statement,
)
from natoagenda.schema import VERSION


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """The letter's words with their place; `page` is the page on which they begin."""

    id: str
    text: str
    text_en: str | None
    page: int


class SessionRow(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of a programme. `page` is that of its first quote."""

    id: str
    agenda: str
    date: datetime.date | None
    part_of_day: PartOfDay | None
    kind: SessionKind
    title: str
    title_en: str | None
    participants: tuple[str, ...]
    participants_en: tuple[str | None, ...]
    topics: tuple[str, ...]
    page: int
    quotes: tuple[Quote, ...]


class AgendaRow(msgspec.Struct, frozen=True, kw_only=True):
    """An agenda in a list: its meeting, what is counted in it, and its file."""

    id: str
    title: str
    title_en: str | None
    organisation: str
    starts: datetime.date
    ends: datetime.date
    sections: int
    topics: int
    stances: int
    path: str
    reviewed: bool


class Removal(msgspec.Struct, frozen=True, kw_only=True):
    """A file that was taken out of a library."""

    path: str


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """Anything of a letter that has a text of its own, for other programs to index.

    Attributes:
        key: `AGENDA/KIND/ID`, which no other passage has.
        kind: session, section, statement, footnote or reference.
        sections: ids of the sections it belongs to.
        title: its own, or that of the section it stands in.
        citation: the letter's own, with its official address in `url`, where they are known.
    """

    key: str
    agenda: str
    organisation: str
    starts: datetime.date
    ends: datetime.date
    kind: str
    id: str
    sections: tuple[str, ...]
    page: int
    title: str
    role: Role | None
    text: str
    text_en: str | None
    citation: str | None
    url: str | None
    reviewed: bool


class TopicRow(msgspec.Struct, frozen=True, kw_only=True):
    """A topic in a list: how many statements of each role, and which footnotes."""

    id: str
    agenda: str
    title: str
    title_en: str | None
    pages: tuple[int, ...]
    statements: int
    stances: int
    expectations: int
    commitments: int
    footnotes: tuple[int, ...]


class StatementRow(msgspec.Struct, frozen=True, kw_only=True):
    """A statement with what it is about and the footnotes that it calls."""

    id: str
    agenda: str
    section: str
    section_title: str | None
    section_title_en: str | None
    role: Role
    text: str
    text_en: str | None
    page: int
    pages: tuple[int, ...]
    about: tuple[Quote, ...]
    footnotes: tuple[Call, ...]


class Change(StrEnum):
    """What became of a stance since the letter before."""

    SAME = "same"
    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"


class ComparedStance(StatementRow, frozen=True, kw_only=True):
    """A stance beside the letter before.

    Attributes:
        change: None in the first letter.
        before: the id of the stance that it was then, or None.
        similarity: how much of their words the two share, from 0 to 1, or None.
    """

    change: Change | None
    before: str | None
    similarity: float | None


class ComparedTopic(msgspec.Struct, frozen=True, kw_only=True):
    """A topic that is the one asked for; `match` says by what: title, stem, words or text."""

    id: str
    title: str
    title_en: str | None
    match: str


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """A topic in one of several letters.

    Attributes:
        before: the id of the agenda that it is compared with, or None for the first.
        gone: the stances of that agenda, in its words, that this one no longer takes.
    """

    agenda: str
    starts: datetime.date
    ends: datetime.date
    organisation: str
    topic: ComparedTopic
    before: str | None
    stances: tuple[ComparedStance, ...]
    gone: tuple[ComparedStance, ...]


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """Where a later letter speaks of what a promise was about.

    Attributes:
        by: `reference` or `topic`, whichever the two letters share.
        id: the reference's, or that of the topic in the later letter.
        places: ids of statements and `footnote:N`; of a topic, of its promises and stances.
    """

    agenda: str
    starts: datetime.date
    by: str
    id: str
    title: str
    places: tuple[str, ...]


class PromiseRow(StatementRow, frozen=True, kw_only=True):
    """What the cabinet promises; `later` is None where later letters were not asked for."""

    later: tuple[Mention, ...] | None = None


class ReferenceRow(msgspec.Struct, frozen=True, kw_only=True):
    """A document that a letter leans on, and where."""

    id: str
    agenda: str
    kind: ReferenceKind
    title: str
    title_en: str | None
    citation: str | None
    date: datetime.date | None
    other_dates: tuple[datetime.date, ...]
    url: str | None
    confidential: bool
    note: str | None
    cited_from: tuple[str, ...]


class FootnoteRow(msgspec.Struct, frozen=True, kw_only=True):
    """A footnote, where it is called from, and the documents it cites."""

    number: int
    agenda: str
    text: str
    text_en: str | None
    page: int
    called_from: Quote
    references: tuple[ReferenceRow, ...]


class Topic(msgspec.Struct, frozen=True, kw_only=True):
    """All that a letter says on a topic; `statements` is the whole section in reading order."""

    id: str
    agenda: str
    title: str
    title_en: str | None
    pages: tuple[int, ...]
    stances: tuple[StatementRow, ...]
    expectations: tuple[StatementRow, ...]
    commitments: tuple[StatementRow, ...]
    statements: tuple[StatementRow, ...]
    footnotes: tuple[FootnoteRow, ...]
    references: tuple[ReferenceRow, ...]
    sessions: tuple[SessionRow, ...]


class AgendaEntry(msgspec.Struct, frozen=True, kw_only=True):
    """The meeting and its letter, in `show`."""

    id: str
    title: str
    title_en: str | None
    organisation: str
    venue: str | None
    starts: datetime.date
    ends: datetime.date
    delegation: tuple[str, ...]
    delegation_en: tuple[str | None, ...]
    document: Document
    reviewed: bool


class Paragraph(msgspec.Struct, frozen=True, kw_only=True):
    """The statements of one paragraph."""

    statements: tuple[StatementRow, ...]


class SectionEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A section with its paragraphs, in `show`."""

    id: str
    kind: SectionKind
    title: str | None
    title_en: str | None
    pages: tuple[int, ...]
    paragraphs: tuple[Paragraph, ...]


class Whole(msgspec.Struct, frozen=True, kw_only=True):
    """A whole agenda, as `show` gives it."""

    schema: int
    agenda: AgendaEntry
    sessions: tuple[SessionRow, ...]
    sections: tuple[SectionEntry, ...]
    footnotes: tuple[FootnoteRow, ...]
    references: tuple[ReferenceRow, ...]


class Rows:
    """Makes the rows of one agenda; holds only indexes of it by id."""

    def __init__(self, agenda: Agenda) -> None:
        """Index the agenda."""
        self.agenda = agenda
        self._statements = {statement.id: statement for statement in agenda.statements()}
        self._sections = {section.id: section for section in agenda.sections}

    def quote(self, identifier: str) -> Quote:
        """Quote a statement, or a section's heading, by id."""
        if statement := self._statements.get(identifier):
            return Quote(
                id=statement.id,
                text=statement.text,
                text_en=statement.text_en,
                page=statement.page,
            )
        section = self._sections[identifier]
        return Quote(
            id=section.id, text=section.title or "", text_en=section.title_en, page=section.page
        )

    def session(self, session: Session) -> SessionRow:
        """Make the row of a session."""
        quotes = tuple(map(self.quote, session.quotes))
        return SessionRow(
            id=session.id,
            agenda=self.agenda.id,
            date=session.date,
            part_of_day=session.part_of_day,
            kind=session.kind,
            title=session.title.nl,
            title_en=session.title.en,
            participants=_dutch(session.participants),
            participants_en=_english(session.participants),
            topics=session.topics,
            page=quotes[0].page,
            quotes=quotes,
        )

    def statement(self, statement: Statement) -> StatementRow:
        """Make the row of a statement."""
        section = self._sections[statement.section]
        return StatementRow(
            id=statement.id,
            agenda=self.agenda.id,
            section=section.id,
            section_title=section.title,
            section_title_en=section.title_en,
            role=statement.role,
            text=statement.text,
            text_en=statement.text_en,
            page=statement.page,
            pages=statement.pages,
            about=tuple(map(self.quote, statement.about)),
            footnotes=statement.calls,
        )

    def reference(self, reference: Reference) -> ReferenceRow:
        """Make the row of a reference."""
        return ReferenceRow(
            id=reference.id,
            agenda=self.agenda.id,
            kind=reference.kind,
            title=reference.title.nl,
            title_en=reference.title.en,
            citation=reference.citation,
            date=reference.date,
            other_dates=reference.other_dates,
            url=reference.url,
            confidential=reference.confidential,
            note=reference.note,
            cited_from=reference.cited_from,
        )

    def footnote(self, footnote: Footnote) -> FootnoteRow:
        """Make the row of a footnote."""
        name = f"footnote:{footnote.number}"
        return FootnoteRow(
            number=footnote.number,
            agenda=self.agenda.id,
            text=footnote.text,
            text_en=footnote.text_en,
            page=footnote.page,
            called_from=self.quote(footnote.called_from),
            references=self.references(lambda reference: name in reference.cited_from),
        )

    def references(self, wanted: Callable[[Reference], bool]) -> tuple[ReferenceRow, ...]:
        """Make the rows of the references that are wanted."""
        return tuple(map(self.reference, filter(wanted, self.agenda.references)))

    def statements(self, section: Section, role: Role | None = None) -> tuple[StatementRow, ...]:
        """Make the rows of a section's statements, of one role or of all."""
        chosen = section.statements if role is None else section.with_role(role)
        return tuple(map(self.statement, chosen))

    def topic(self, section: Section) -> Topic:
        """Gather all that the letter says on a topic."""
        numbers = section.footnotes
        here = {statement.id for statement in section.statements} | {section.id}
        here |= {f"footnote:{number}" for number in numbers}
        agenda = self.agenda
        return Topic(
            id=section.id,
            agenda=agenda.id,
            title=section.title or section.id,
            title_en=section.title_en,
            pages=section.pages,
            stances=self.statements(section, Role.STANCE),
            expectations=self.statements(section, Role.EXPECTATION),
            commitments=self.statements(section, Role.COMMITMENT),
            statements=self.statements(section),
            footnotes=tuple(self.footnote(f) for f in agenda.footnotes if f.number in numbers),
            references=self.references(lambda reference: not here.isdisjoint(reference.cited_from)),
            sessions=tuple(
                self.session(session)
                for session in agenda.sessions
                if section.id in session.topics or not here.isdisjoint(session.quotes)
            ),
        )

    def whole(self) -> Whole:
        """Make the document of everything, in reading order."""
        agenda = self.agenda
        return Whole(
            schema=VERSION,
            agenda=AgendaEntry(
                id=agenda.id,
                title=agenda.title,
                title_en=agenda.title_en,
                organisation=agenda.organisation,
                venue=agenda.venue,
                starts=agenda.starts,
                ends=agenda.ends,
                delegation=_dutch(agenda.delegation),
                delegation_en=_english(agenda.delegation),
                document=agenda.document,
                reviewed=agenda.reviewed,
            ),
            sessions=tuple(map(self.session, agenda.sessions)),
            sections=tuple(
                SectionEntry(
                    id=section.id,
                    kind=section.kind,
                    title=section.title,
                    title_en=section.title_en,
                    pages=section.pages,
                    paragraphs=tuple(
                        Paragraph(statements=tuple(map(self.statement, paragraph)))
                        for paragraph in section.paragraphs
                    ),
                )
                for section in agenda.sections
            ),
            footnotes=tuple(map(self.footnote, agenda.footnotes)),
            references=self.references(lambda _: True),
        )


def _dutch(names: Sequence[Name]) -> tuple[str, ...]:
    return tuple(name.nl for name in names)


def _english(names: Sequence[Name]) -> tuple[str | None, ...]:
    return tuple(name.en for name in names)
