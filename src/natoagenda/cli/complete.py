"""What a Tab offers for a value: days, topics and footnote numbers of the agendas in play.

Completion must never fail or print: where nothing can be loaded, nothing is offered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from natoagenda import library
    from natoagenda.model import Agenda


_LONGEST = 60
"""Characters of a meaning that are shown beside a word."""

_LATEST = 200
"""Meetings whose days and topics are offered: a Tab must not wait for ten thousand."""


def plain(meaning: str) -> str:
    """A meaning on one line, without what a shell that evaluates it would obey."""
    line = "".join(c if c.isprintable() and c != "\\" else " " for c in meaning)
    line = " ".join(line.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def _load(ctx: typer.Context) -> tuple[library.Library, library.Agendas] | None:
    """What the options typed so far choose."""
    from natoagenda import library
    from natoagenda.cli.load import choice_of
    from natoagenda.cli.options import Settings
    from natoagenda.errors import NatoagendaError

    state = ctx.find_root().obj
    settings = state.settings if state else Settings()
    try:
        found = library.load(settings.data)
        return found, found.choose(choice_of(settings))
    except NatoagendaError:
        return None


def _agendas(ctx: typer.Context) -> Sequence[Agenda]:
    loaded = _load(ctx)
    return loaded[1][-_LATEST:] if loaded else ()


def days(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """The days of the meetings as they may be typed: `10`, `2024-07-10`, `woensdag`."""
    from natoagenda import answers
    from natoagenda.days import WEEKDAYS

    return [
        (form, f"{date:%A} {date.day} {date:%B %Y}")
        for date in answers.meeting_days(_agendas(ctx))
        for form in (str(date.day), str(date), *WEEKDAYS[date.weekday()])
        if form.startswith(incomplete) and (incomplete or form == str(date.day))
    ]


def topics(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """The topics by id or, where that begins otherwise, by a word of their titles."""
    from natoagenda import answers, text

    found = []
    for row in answers.topics(_agendas(ctx)):
        titles = f"{row.title} {row.title_en or ''}"
        typed = text.fold(incomplete)
        for word in (row.id, *text.fold(titles).split()):
            if word.startswith(typed) and (word == row.id or len(word) > 2):
                # Shells want what begins with the very letters that were typed.
                form = word if word.startswith(incomplete) else incomplete + word[len(typed) :]
                found.append((form, plain(row.title)))
                break
    return found


def agendas(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """The agendas by id, with the meeting's day."""
    loaded = _load(ctx)
    letters = loaded[1].letters if loaded else ()
    return [
        (letter.id, f"{letter.organisation}, {letter.starts}")
        for letter in letters
        if letter.id.startswith(incomplete)
    ]


def organisations(ctx: typer.Context, incomplete: str) -> list[str]:
    """The organisations that there are letters on."""
    loaded = _load(ctx)
    names = {letter.organisation for letter in loaded[1].letters} if loaded else set()
    return sorted(name for name in names if name.lower().startswith(incomplete.lower()))


def languages(incomplete: str) -> list[str]:
    """The values of `--lang`."""
    return [name for name in ("nl", "en") if name.startswith(incomplete)]


def colors(incomplete: str) -> list[str]:
    """The values of `--color`."""
    return [name for name in ("auto", "always", "never") if name.startswith(incomplete)]


def footnotes(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """The numbers of footnotes."""
    from natoagenda import answers

    return [
        (str(row.number), plain(row.text))
        for row in answers.footnotes(_agendas(ctx))
        if str(row.number).startswith(incomplete)
    ]


def kinds(incomplete: str) -> list[str]:
    """The kinds of things that search looks in, the last one in a list joined by commas."""
    before, comma, last = incomplete.rpartition(",")
    names = ("sessions", "sections", "statements", "footnotes", "references")
    return [f"{before}{comma}{name}" for name in names if name.startswith(last)]


def answers(incomplete: str) -> list[str]:
    """The commands that answer with data."""
    from natoagenda.contract import COMMANDS

    return [name for name in COMMANDS if name.startswith(incomplete)]
