"""What can be looked at in an agenda: the list on the left, and where a hit or a link leads."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum

import msgspec

from natoagenda.documents import Kind
from natoagenda.model import Agenda, Role, SectionKind
from natoagenda.output import date_words
from natoagenda.search import Hit


class Page(StrEnum):
    """What the right-hand side can show."""

    DAY = "day"
    SESSION = "session"
    SECTION = "section"
    ROLE = "role"
    FOOTNOTES = "footnotes"
    REFERENCES = "references"


class Place(msgspec.Struct, frozen=True):
    """A page, and the thing on it that is chosen.

    Attributes:
        agenda: an agenda's id.
        page: which sort of page.
        id: the day (ISO 8601, empty for no day), or the id of the session, section or role.
        item: what is chosen on it: a statement's or session's id, `footnote:N`, a reference's
            id; empty for the first.
    """

    agenda: str
    page: Page
    id: str = ""
    item: str = ""


class Entry(msgspec.Struct, frozen=True):
    """A line of the list on the left: a heading where `place` is None.

    `title_en` and `count` are None where there is none; of a heading `unit` says what the lines
    under it count.
    """

    title: str
    place: Place | None = None
    title_en: str | None = None
    count: int | None = None
    unit: str = ""


ROLES = {
    Role.STANCE: "All Dutch stances",
    Role.EXPECTATION: "All that is expected of allies",
    Role.COMMITMENT: "All promises to parliament",
}
"""The entries that gather the statements of a role."""

_UNTITLED = {
    SectionKind.LETTER: "Before the agenda",
    SectionKind.INTRODUCTION: "Introduction",
    SectionKind.PROGRAMME: "Programme",
    SectionKind.TOPIC: "Topic",
}
"""What sections without a heading are called."""


def days(agenda: Agenda) -> dict[datetime.date | None, int]:
    """The days of a meeting and of its programme, rising, with the entries on each; None last."""
    counted = Counter(session.date for session in agenda.sessions)
    held = (agenda.ends - agenda.starts).days + 1
    every = {agenda.starts + datetime.timedelta(days=number) for number in range(held)}
    found: dict[datetime.date | None, int] = {
        date: counted[date] for date in sorted(every | {date for date in counted if date})
    }
    if counted[None]:
        found[None] = counted[None]
    return found


def day_place(agenda: Agenda, date: datetime.date | None) -> Place:
    """The page of a day."""
    return Place(agenda.id, Page.DAY, date.isoformat() if date else "")


def outline(agenda: Agenda, *, stances_only: bool = False) -> Iterator[Entry]:
    """The list on the left.

    Args:
        agenda: the agenda.
        stances_only: leaves out what has no Dutch stances.
    """
    counts = {
        role: sum(len(section.with_role(role)) for section in agenda.sections) for role in ROLES
    }
    if not stances_only and agenda.sessions:
        yield Entry("Programme", unit="entries")
        for date, entries in days(agenda).items():
            if entries:
                name = date_words(date, weekday=True).rsplit(" ", 1)[0] if date else "No day given"
                yield Entry(name, day_place(agenda, date), None, entries)
    if agenda.topics:
        yield Entry("Topics", unit="stances")
    for section in agenda.topics:
        stances = len(section.with_role(Role.STANCE))
        if stances or not stances_only:
            place = Place(agenda.id, Page.SECTION, section.id)
            yield Entry(name_of(agenda, section.id), place, section.title_en, stances)
    yield Entry("The whole letter")
    for role, title in ROLES.items():
        if role is Role.STANCE or (counts[role] and not stances_only):
            yield Entry(title, Place(agenda.id, Page.ROLE, role.value), None, counts[role])
    if stances_only:
        return
    for section in agenda.sections:
        if section.kind is not SectionKind.TOPIC:
            place = Place(agenda.id, Page.SECTION, section.id)
            yield Entry(name_of(agenda, section.id), place, section.title_en)
    if agenda.footnotes:
        yield Entry("Footnotes", Place(agenda.id, Page.FOOTNOTES), None, len(agenda.footnotes))
    if agenda.references:
        yield Entry("References", Place(agenda.id, Page.REFERENCES), None, len(agenda.references))


def name_of(agenda: Agenda, section: str) -> str:
    """The title of a section, or what it is where it has none."""
    found = next(each for each in agenda.sections if each.id == section)
    return found.title or _UNTITLED[found.kind]


def place_of(hit: Hit) -> Place:
    """Where a hit of the search stands."""
    match hit.kind:
        case Kind.SESSION:
            return Place(hit.agenda, Page.SESSION, hit.id)
        case Kind.SECTION:
            return Place(hit.agenda, Page.SECTION, hit.id)
        case Kind.STATEMENT:
            return Place(hit.agenda, Page.SECTION, hit.section or "", hit.id)
        case Kind.FOOTNOTE:
            return Place(hit.agenda, Page.FOOTNOTES, item=f"footnote:{hit.id}")
        case Kind.REFERENCE:
            return Place(hit.agenda, Page.REFERENCES, item=hit.id)


def place_of_id(agenda: Agenda, identifier: str) -> Place:
    """Where a statement, a footnote (`footnote:N`) or a section's heading stands."""
    if identifier.startswith("footnote:"):
        return Place(agenda.id, Page.FOOTNOTES, item=identifier)
    if any(section.id == identifier for section in agenda.sections):
        return Place(agenda.id, Page.SECTION, identifier)
    return Place(agenda.id, Page.SECTION, identifier.rsplit(".", 2)[0], identifier)
