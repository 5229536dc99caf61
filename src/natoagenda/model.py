"""What an agenda is: one annotated letter with its meeting, as frozen types.

The types hold what a data file says, in the words of the field; they do no I/O and know
nothing of files, tables or commands. `natoagenda.dataset` makes them from YAML and proves
that they hold together; everything else reads them.
"""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Iterator
from enum import StrEnum

import msgspec


class Role(StrEnum):
    """What a statement does; where it does two things the earlier one here is its role."""

    COMMITMENT = "commitment"
    STANCE = "stance"
    EXPECTATION = "expectation"
    BACKGROUND = "background"


class SectionKind(StrEnum):
    """Which part of the letter a section is."""

    LETTER = "letter"
    INTRODUCTION = "introduction"
    PROGRAMME = "programme"
    TOPIC = "topic"


class SessionKind(StrEnum):
    """What sort of entry of the programme a session is."""

    CEREMONY = "ceremony"
    COUNCIL = "council"
    MEETING = "meeting"
    BREAKFAST = "breakfast"
    LUNCH = "lunch"
    DINNER = "dinner"
    EVENTS = "events"


class PartOfDay(StrEnum):
    """The part of a day that a letter gives instead of a clock time, in the day's order."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


class ReferenceKind(StrEnum):
    """What sort of document a reference is."""

    PARLIAMENTARY_PAPER = "parliamentary-paper"
    MOTION = "motion"
    REPORT = "report"
    PRESS_RELEASE = "press-release"
    PLAN = "plan"
    PLEDGE = "pledge"
    TREATY = "treaty"
    AGREEMENT = "agreement"
    DECLARATION = "declaration"
    NON_PAPER = "non-paper"


class Call(msgspec.Struct, frozen=True):
    """The place that calls a footnote: `offset` counts characters of the text without marks."""

    number: int
    offset: int


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence of a section, the smallest thing that is quoted.

    Attributes:
        id: `SECTION.PARAGRAPH.SENTENCE`, the last two counted from 1.
        text: the letter's words, without footnote marks.
        text_en: an unofficial translation, or None.
        pages: the pages it stands on, one or two, rising.
        role: what it does.
        about: ids of the statements without which it cannot be understood.
        calls: the footnotes it calls, by offset.
    """

    id: str
    text: str
    text_en: str | None
    pages: tuple[int, ...]
    role: Role
    about: tuple[str, ...]
    calls: tuple[Call, ...]

    @property
    def page(self) -> int:
        """The page on which the statement begins."""
        return self.pages[0]

    @property
    def section(self) -> str:
        """The id of the section it stands in."""
        return self.id.rsplit(".", 2)[0]

    @property
    def paragraph(self) -> int:
        """The number of its paragraph, from 1."""
        return int(self.id.rsplit(".", 2)[1])


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """One part of the letter: its heading (None where it has none) and its statements.

    `page` is the page of the heading, which can stand on the page before the text.
    """

    id: str
    kind: SectionKind
    title: str | None
    title_en: str | None
    calls: tuple[Call, ...]
    page: int
    statements: tuple[Statement, ...]

    @property
    def pages(self) -> tuple[int, ...]:
        """All pages that the section touches, its heading's too, rising."""
        found = {self.page}.union(*(statement.pages for statement in self.statements))
        return tuple(sorted(found))

    @property
    def paragraphs(self) -> tuple[tuple[Statement, ...], ...]:
        """The statements by paragraph, in reading order."""
        grouped: dict[int, list[Statement]] = {}
        for statement in self.statements:
            grouped.setdefault(statement.paragraph, []).append(statement)
        return tuple(tuple(paragraph) for paragraph in grouped.values())

    @property
    def footnotes(self) -> tuple[int, ...]:
        """The numbers of the footnotes that its heading and statements call, in order."""
        called = [self.calls, *(statement.calls for statement in self.statements)]
        return tuple(call.number for calls in called for call in calls)

    def with_role(self, role: Role) -> tuple[Statement, ...]:
        """The statements that have `role`, in reading order."""
        return tuple(statement for statement in self.statements if statement.role is role)


class Name(msgspec.Struct, frozen=True):
    """A name as the letter gives it, with an unofficial translation or None."""

    nl: str
    en: str | None


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of the meeting's programme.

    Attributes:
        date: the day, or None where the letter gives none.
        part_of_day: only where the letter gives one.
        participants: who takes part or is invited, as the letter names them.
        topics: ids of the sections that the letter says are discussed there.
        quotes: ids of the statements that speak of it, in reading order.
    """

    id: str
    date: datetime.date | None
    part_of_day: PartOfDay | None
    kind: SessionKind
    title: Name
    participants: tuple[Name, ...]
    topics: tuple[str, ...]
    quotes: tuple[str, ...]


class Footnote(msgspec.Struct, frozen=True, kw_only=True):
    """A numbered note; `called_from` is the id of the statement or section that calls it."""

    number: int
    text: str
    text_en: str | None
    page: int
    called_from: str


OFFICIAL_ID = (
    r"(?:kst-(?:(?P<session>[0-9]{8})-)?(?P<base>[1-9][0-9]{4})"
    r"(?:-(?P<suffix>[0-9]{2}|[IVXLC]{1,6}[A-E]?|[A-HJ-T]))?"
    r"-(?P<number>[1-9][0-9]{0,3}(?(session)[a-z]?)|[A-Z]{1,2})"
    r"|(?:(?P<record>h)|ah)-(?P<house>[te]k)-(?P<sitting>[0-9]{8})-(?(record)"
    r"(?P<meeting>[1-9][0-9]{0,4})-(?P<item>[1-9][0-9]{0,4})|(?P<question>[1-9][0-9]{0,3})))"
    r"(?P<version>-[hnb][1-9])?|(?:kst|ah)-[1-9][0-9]{5,6}"
)
"""An id of officielebekendmakingen.nl: `kst-21501-02-2825`, `ah-tk-20212022-2646`."""

ADDRESS = "https://zoek.officielebekendmakingen.nl/{id}.html"

_BEGINNINGS = ("kst-", "h-", "ah-")


def official_parts(official_id: str) -> re.Match[str] | None:
    """The parts of a well-formed id; None for any other text."""
    if not official_id.startswith(_BEGINNINGS):
        return None
    found = _pattern().fullmatch(official_id)
    years = found and (found["session"] or found["sitting"])
    return None if years and not session_years(years[:4], years[4:]) else found


def address(official_id: str) -> str | None:
    """The address of a document at officielebekendmakingen.nl; None where the id is malformed."""
    return ADDRESS.format(id=official_id) if official_parts(official_id) else None


def session_years(first: str, second: str) -> str:
    """``2022`` and ``23`` as ``20222023``; nothing where the years do not follow each other."""
    following = str(int(first) + 1)
    return first + following if following.endswith(second) else ""


@functools.cache
def _pattern() -> re.Pattern[str]:
    return re.compile(OFFICIAL_ID)


class Reference(msgspec.Struct, frozen=True, kw_only=True):
    """A document that the letter leans on.

    Attributes:
        id: the official id (`kst-21501-02-2825`) where one follows from the citation.
        citation: as printed, or None.
        date: the full date that the letter gives it, or None.
        other_dates: where the letter contradicts itself, the dates it gives elsewhere.
        note: an editor's remark in English, or None; not the letter's words.
        cited_from: statement ids and `footnote:N`, in reading order.
    """

    id: str
    kind: ReferenceKind
    title: Name
    citation: str | None
    date: datetime.date | None
    other_dates: tuple[datetime.date, ...]
    confidential: bool
    note: str | None
    cited_from: tuple[str, ...]

    @property
    def url(self) -> str | None:
        """The official address, if the id is official; made from it and never read from data."""
        return address(self.id)


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """The letter as a document.

    Attributes:
        citation: the paper's citation, or None where it is not known.
        id: the official id that follows from it, or None.
        date: the letter's date, or None.
        pages: how many pages it has.
        sha256: over its characters without white space; see `dataset.digest`.
    """

    citation: str | None
    id: str | None
    date: datetime.date | None
    pages: int
    sha256: str


class Agenda(msgspec.Struct, frozen=True, kw_only=True):
    """One letter with its meeting.

    Attributes:
        delegation: who goes there for the Netherlands, in the letter's words.
        reviewed: whether a person has checked roles and programme.
        path: the file it was read from, as the user would name it.
    """

    id: str
    title: str
    title_en: str | None
    organisation: str
    venue: str | None
    starts: datetime.date
    ends: datetime.date
    delegation: tuple[Name, ...]
    document: Document
    reviewed: bool
    sessions: tuple[Session, ...]
    sections: tuple[Section, ...]
    footnotes: tuple[Footnote, ...]
    references: tuple[Reference, ...]
    path: str

    @property
    def topics(self) -> tuple[Section, ...]:
        """The sections of substance, in reading order."""
        return tuple(section for section in self.sections if section.kind is SectionKind.TOPIC)

    def statements(self) -> Iterator[Statement]:
        """Every statement of the letter, in reading order."""
        for section in self.sections:
            yield from section.statements
