"""Answers become output: one module a format, each with one function `render`.

A `Reply` is all that a format needs to know. Formats give text; who writes it, and where, is
the caller's concern.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from importlib import import_module
from typing import Any, Literal, TypeAlias

import msgspec

from natoagenda.errors import UsageError
from natoagenda.model import Agenda, Role

UNOFFICIAL = "unofficial translation"
"""What is said of English wherever it is shown."""

ROLE_WORDS = {
    Role.STANCE: ("Dutch stance", "the letter states no Dutch stance on this topic"),
    Role.EXPECTATION: ("Expected of allies", "the letter expects nothing in particular"),
    Role.COMMITMENT: ("Promised to parliament", "the letter promises parliament nothing here"),
}
"""The headings of what a letter says on a topic, in order, and what stands where it says none."""


class Format(StrEnum):
    """How an answer can be written; each has a module of its name in this package."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    TSV = "tsv"
    MARKDOWN = "markdown"
    ICS = "ics"


_USUAL = (Format.TABLE, Format.JSON, Format.JSONL, Format.CSV, Format.TSV, Format.MARKDOWN)


def formats(view: str) -> tuple[Format, ...]:
    """The formats that a command can give; the first is what it gives unless told otherwise."""
    if view in ("browse", "html"):  # one way each, which none of these names
        return ()
    if view == "schema":
        return (Format.JSON,)
    if view == "export":
        return (Format.JSONL,)
    if view == "removed":
        return (Format.TABLE, Format.JSON, Format.JSONL)
    return (*_USUAL, Format.ICS) if view == "schedule" else _USUAL


Lang = Literal["nl", "en"]


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """What a command answers.

    Attributes:
        view: which table shows it; the command's name.
        rows: the rows, or the one document.
        agendas: the agendas that it was answered from.
        notes: sentences for stderr.
        exit_code: what the program ends with.
        options: what the table needs beyond the rows, such as `full`.
        plain: what stdout gets where the table is a report for stderr; None where it is not.
        stream: the answer in pieces, where it is too long to be held; None where it is not.
    """

    view: str
    rows: Sequence[msgspec.Struct] | msgspec.Struct | Mapping[str, Any]
    agendas: Sequence[Agenda] = ()
    notes: Sequence[str] = ()
    exit_code: int = 0
    options: Mapping[str, Any] = {}
    plain: str | None = None
    stream: Iterable[str] | None = None


Titles: TypeAlias = Mapping[tuple[str, str], tuple[str, str | None]]
"""Titles of sections, Dutch and English, by agenda id and section id."""


def titles_of(reply: Reply) -> Titles:
    """The titles of all sections that an answer may name; a section without one has its id."""
    return {
        (agenda.id, section.id): (section.title or section.id.capitalize(), section.title_en)
        for agenda in reply.agendas
        for section in agenda.sections
    }


class Screen(msgspec.Struct, frozen=True, kw_only=True):
    """Where a table goes: columns, whether escapes are welcome, and the language of texts."""

    width: int = 100
    color: bool = False
    links: bool = False
    lang: Lang = "nl"


def render(reply: Reply, output_format: Format | None, screen: Screen) -> tuple[str, list[str]]:
    """Write an answer.

    Args:
        reply: the answer.
        output_format: how; None is the command's own way.
        screen: where to.

    Returns:
        Text that ends with a line break, and sentences on what the format has no place for.

    Raises:
        UsageError: where the command cannot give that format.
    """
    chosen = choose(reply, output_format)
    nothing = not reply.rows and (reply.exit_code or not reply.agendas)
    if nothing and chosen in (Format.TABLE, Format.MARKDOWN):
        return "", []  # what was not found is said on stderr
    module = import_module(f"natoagenda.output.{chosen.value}")
    missing = getattr(module, "missing", None)
    notes = missing(reply) if missing else []
    if chosen not in (Format.TABLE, Format.MARKDOWN):  # these say it on the page
        notes = [*proposals(reply), *notes]
    return module.render(reply, screen), notes


def choose(reply: Reply, output_format: Format | None) -> Format:
    """The format asked for, or the command's own.

    Raises:
        UsageError: where the command cannot give that format.
    """
    can = formats(reply.view)
    if not can:
        if output_format is not None:
            raise UsageError(f"{reply.view} has no formats, and takes no --format")
        return Format.TABLE
    chosen = output_format or can[0]
    if chosen not in can:
        raise UsageError(f"{reply.view} has no format {chosen.value}; it has {', '.join(can)}")
    return chosen


def date_words(date: datetime.date, *, weekday: bool = False) -> str:
    """Write a date as `10 July 2024`, or `Wednesday 10 July 2024`."""
    words = f"{date.day} {date:%B %Y}"
    return f"{date:%A} {words}" if weekday else words


def days_words(first: datetime.date, last: datetime.date) -> str:
    """Write the days of a meeting as `9-11 July 2024`, `30 June - 1 July 2024` or one day."""
    if first == last:
        return date_words(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}-{date_words(last)}"
    if first.year == last.year:
        return f"{first.day} {first:%B} - {date_words(last)}"
    return f"{date_words(first)} - {date_words(last)}"


def by_agenda(reply: Reply) -> Iterator[tuple[Agenda, list[Any]]]:
    """The rows of each letter, in the order in which the first of each comes."""
    grouped: dict[str, list[Any]] = {}
    rows: Any = reply.rows
    for row in rows:
        grouped.setdefault(row.agenda, []).append(row)
    order = {name: place for place, name in enumerate(grouped)}
    agendas = [agenda for agenda in reply.agendas if agenda.id in order]
    for agenda in sorted(agendas, key=lambda agenda: order[agenda.id]):
        yield agenda, grouped[agenda.id]


def page_words(pages: Sequence[int]) -> str:
    """Write pages as `p. 2` or `p. 2-3`."""
    return f"p. {pages[0]}" if pages[0] == pages[-1] else f"p. {pages[0]}-{pages[-1]}"


_ADDRESS = r"(?a)https://[a-z0-9.-]+/[\w./~%-]*"


def leads(address: str | None) -> bool:
    """Whether a link may lead to an address: https, without anything that needs escaping.

    Addresses are made from ids, so all are; this holds also where one comes from elsewhere.
    """
    return address is not None and re.fullmatch(_ADDRESS, address) is not None


_NAMED = 4
"""Of more agendas than these the first are named and the others counted."""


def proposals(reply: Reply) -> list[str]:
    """What is said of the agendas in an answer that no person has reviewed: a sentence, or none.

    An answer without rows may be that because rules did not see what is there.
    """
    if reply.view == "agendas":  # each row says it
        return []
    rows: Any = reply.rows if isinstance(reply.rows, Sequence) else ()
    shown = {row.agenda for row in rows if hasattr(row, "agenda")}
    return unreviewed(a for a in reply.agendas if not shown or a.id in shown)


def unreviewed(agendas: Iterable[Agenda]) -> list[str]:
    """What is said of those of some agendas that no person has reviewed: a sentence, or none."""
    names = [agenda.id for agenda in agendas if not agenda.reviewed]
    if not names:
        return []
    if len(names) > _NAMED:
        names = [*names[: _NAMED - 1], f"{len(names) - _NAMED + 1} others"]
    *first, last = names
    who = f"{', '.join(first)} and {last} are" if first else f"{last} is"
    return [
        f"{who} not reviewed: roles and programme are proposals of rules, "
        "no person has checked them"
    ]
