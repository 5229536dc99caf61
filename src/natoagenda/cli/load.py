"""The agendas that a command answers from, as the shared options choose them."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Sequence

import typer

from natoagenda import days, library
from natoagenda.cli.options import Settings, State
from natoagenda.errors import DataError, NotFoundError, UsageError, shown
from natoagenda.model import Agenda

_NAMED = 12
"""Of more letters than these one is named and the others are counted."""


def load(
    ctx: typer.Context, *, afresh: bool = False
) -> tuple[library.Library, library.Agendas, list[str]]:
    """Load what the shared options name: all, those they choose, and what could not be read.

    Args:
        ctx: what was typed.
        afresh: whether the files are read, whatever the cache says.
    """
    from natoagenda.output import progress

    state: State = ctx.obj
    settings = state.settings
    choice = choice_of(settings)
    bar = progress.shown("reading the library", sys.stderr, "letter", escapes=settings.escapes)
    with bar as tell:
        found = _found(settings, tell, afresh=afresh)
    notes = [*_left_out(found), *_instead(found)]
    state.notes = list(notes)  # said with an error too, should the command end with one
    try:
        chosen = found.choose(choice)
    except NotFoundError:
        fault = None if settings.agenda is None else found.fault(settings.agenda)
        if fault is None:
            raise
        state.notes = [note for note in notes if note != _left(fault)]  # it is said as the error
        raise fault from None
    if not chosen.are_all and not chosen:
        notes.append(_no_meeting(found))
    return found, chosen, notes


def _found(settings: Settings, tell: library.Tell, *, afresh: bool) -> library.Library:
    """Load the library; where no file of it is valid, the one asked for says what is wrong."""
    try:
        return library.load(settings.data, tell, afresh=afresh)
    except DataError:
        for folder in settings.data if settings.agenda else ():
            for name in library.files_named(settings.agenda or "", folder):
                library.load([folder / name], tell)
        raise


def _left_out(found: library.Library) -> list[str]:
    """Name the files that could not be read, or one of many."""
    faults, others = found.some_faults(_NAMED)
    if others:
        return [f"{_left(faults[0])}; and {others + len(faults) - 1:,} more files"]
    return list(map(_left, faults))


def _left(fault: DataError) -> str:
    return f"left out: {fault}"


def _instead(found: library.Library) -> list[str]:
    """Say what answers in the place of the built-in agenda and no person has reviewed."""
    letter = found.instead()
    if letter is None:
        return []
    return [
        f"{letter.id} is {letter.path}, not the built-in agenda, and has not been reviewed; "
        f"natoagenda agendas remove {letter.id} brings that back"
    ]


def choice_of(settings: Settings) -> library.Choice:
    """Read which agendas the shared options ask for.

    Raises:
        UsageError: where a period is none.
    """
    first, last = period(settings.since, settings.until)
    return library.Choice(
        agenda=settings.agenda, organisation=settings.organisation, since=first, until=last
    )


def period(
    since: str | None, until: str | None
) -> tuple[datetime.date | None, datetime.date | None]:
    """Read the first and the last day of a period that is typed as two.

    Raises:
        UsageError: where one is none, or it ends before it begins.
    """
    first = None if since is None else days.parse_period(since)[0]
    last = None if until is None else days.parse_period(until)[1]
    if first and last and last < first:
        raise UsageError(f"{shown(since or '')} is after {shown(until or '')}")
    return first, last


def _no_meeting(found: library.Library) -> str:
    first, last = found.letters[0], found.letters[-1]
    which = f"the first is on {first.starts}, the last on {last.starts}"
    if first == last:
        which = f"the only one is on {first.starts}"
    return f"no meeting is in that period; {which}"


def some(ctx: typer.Context) -> tuple[library.Agendas, list[str]]:
    """Load what `agendas` does, at least one.

    Raises:
        NotFoundError: where there is none.
    """
    chosen, notes = agendas(ctx)
    if not chosen:
        raise NotFoundError(notes[-1])
    return chosen, notes


def latest(chosen: Sequence[Agenda]) -> tuple[Agenda, list[str]]:
    """The latest of some agendas, with a note on how to get another."""
    if len(chosen) < 2:
        return chosen[0], []
    if len(chosen) > _NAMED:
        others = f"{chosen[-2].id} and {len(chosen) - 2} more"
    else:
        others = ", ".join(agenda.id for agenda in chosen[:-1])
    return chosen[-1], [f"{chosen[-1].id} is the latest; --agenda ID shows another: {others}"]


def agendas(ctx: typer.Context, *, afresh: bool = False) -> tuple[library.Agendas, list[str]]:
    """Load the agendas that the shared options choose, with notes on what could not be read."""
    _, chosen, notes = load(ctx, afresh=afresh)
    return chosen, notes
