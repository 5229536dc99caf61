"""What an import found and what it could not place, for people and programs."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import msgspec

from natoagenda.model import Agenda, Role


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What an import found.

    Attributes:
        agenda: the agenda's id.
        path: the file that was written, or None.
        pages: how many the letter has.
        sections: how many, with what stands before the agenda.
        statements: all of them, and by role.
        sessions: entries of the programme.
        footnotes: notes that were found.
        called: of these, those whose place in the text was found.
        citations: papers cited, with an official id.
        words: of the letter, and how many of them are in the agenda.
        left_out: running heads, feet and page numbers, as printed, each once.
        doubts: sentences on what could not be placed or contradicts itself.
    """

    agenda: str
    path: str | None
    title: str
    starts: datetime.date
    ends: datetime.date
    pages: int
    sections: int
    statements: int
    stances: int
    expectations: int
    commitments: int
    sessions: int
    footnotes: int
    called: int
    citations: int
    words: int
    accounted: int
    left_out: tuple[str, ...]
    doubts: tuple[str, ...]


def of(
    agenda: Agenda,
    *,
    footnotes: int,
    words: int,
    accounted: int,
    left_out: Sequence[str],
    doubts: Sequence[str],
) -> Report:
    """Report on an agenda: what it has is counted, only what it does not show is given."""
    count = dict.fromkeys(Role, 0)
    for statement in agenda.statements():
        count[statement.role] += 1
    return Report(
        agenda=agenda.id,
        path=None,
        title=agenda.title,
        starts=agenda.starts,
        ends=agenda.ends,
        pages=agenda.document.pages,
        sections=len(agenda.sections),
        statements=sum(count.values()),
        stances=count[Role.STANCE],
        expectations=count[Role.EXPECTATION],
        commitments=count[Role.COMMITMENT],
        sessions=len(agenda.sessions),
        footnotes=footnotes,
        called=len(agenda.footnotes),
        citations=len(agenda.references),
        words=words,
        accounted=accounted,
        left_out=tuple(left_out),
        doubts=tuple(doubts),
    )
