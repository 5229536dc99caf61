"""The ways in which a question can go wrong, as typed exceptions.

Core modules raise them and never print or exit; `natoagenda.cli.main` turns each into one
sentence on stderr and an exit code, in one place.
"""

from __future__ import annotations

import re

_LINE_END = re.compile(r"\r\n?|\n")


def short(text: str) -> str:
    """A text, or the beginning of it if it is long."""
    return text if len(text) <= 60 else text[:57] + "..."


def shown(typed: str) -> str:
    """Quote what was typed, the beginning of it if it is long, with controls made visible."""
    return repr(short(typed))


def place_after(text: str) -> tuple[int, int]:
    """Line and column, counted from 1, of what follows a text; lines end as on any system."""
    line = 1
    start = 0
    for match in _LINE_END.finditer(text):
        line += 1
        start = match.end()
    return line, len(text) - start + 1


class NatoagendaError(Exception):
    """Something went wrong that the user can be told in one sentence."""


class NotFoundError(NatoagendaError):
    """Nothing has that name or number."""


class UsageError(NatoagendaError):
    """The question itself cannot be understood, or has more than one answer."""


class DataError(NatoagendaError):
    """A data or letter file cannot be read or does not hold.

    Attributes:
        path: the file, as the user would name it.
        line: counted from 1, or None where the file has no lines to point at.
        column: counted from 1, or None.
        problem: what was found and what was expected.
    """

    def __init__(
        self, path: str, problem: str, *, line: int | None = None, column: int | None = None
    ) -> None:
        """Join the place and the problem into `path:line:column: problem`."""
        place = path if line is None else f"{path}:{line}:{column}"
        super().__init__(f"{place}: {problem}")
        self.path = path
        self.line = line
        self.column = column
        self.problem = problem


class DependencyError(NatoagendaError):
    """Something that the machine should offer is missing, such as SQLite's FTS5."""


LONGEST_QUESTION = 1000
"""Signs; comparing words that are nearly the same takes ever longer with more."""


def question(typed: str) -> str:
    """Give back what was typed.

    Raises:
        UsageError: where it is too long to be a question.
    """
    if len(typed) > LONGEST_QUESTION:
        raise UsageError(
            f"{shown(typed)} is {len(typed):,} signs long; "
            f"a question has at most {LONGEST_QUESTION:,}"
        )
    return typed
