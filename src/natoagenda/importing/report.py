"""What an import found and what it could not place, for people and programs."""

from __future__ import annotations

import datetime

import msgspec


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
