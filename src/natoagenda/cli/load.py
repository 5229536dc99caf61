"""The agendas that a command answers from, as the shared options choose them."""

from __future__ import annotations

import sys

import typer

from natoagenda import days, library
from natoagenda.cli.options import Settings, State


def load(ctx: typer.Context) -> tuple[library.Library, library.Agendas, list[str]]:
    """Load what the shared options name: all, those they choose, and what could not be read."""
    from natoagenda.output import progress

    state: State = ctx.obj
    settings = state.settings
    choice = choice_of(settings)
    with progress.shown("reading the library", sys.stderr, "letter") as tell:
        found = library.load(settings.data, tell)
    notes = [f"left out: {fault}" for fault in found.faults]
    chosen = found.choose(choice)
    if not chosen.are_all and not chosen:
        first, last = found.agendas[0], found.agendas[-1]
        notes.append(
            f"no meeting is in that period; the first is on {first.starts}, "
            f"the last on {last.starts}"
        )
    return found, chosen, notes


def choice_of(settings: Settings) -> library.Choice:
    """Read which agendas the shared options ask for.

    Raises:
        UsageError: where a period is none.
    """
    since, until = settings.since, settings.until
    return library.Choice(
        agenda=settings.agenda,
        organisation=settings.organisation,
        since=None if since is None else days.parse_period(since)[0],
        until=None if until is None else days.parse_period(until)[1],
    )


def agendas(ctx: typer.Context) -> tuple[library.Agendas, list[str]]:
    """Load the agendas that the shared options choose, with notes on what could not be read."""
    _, chosen, notes = load(ctx)
    return chosen, notes
