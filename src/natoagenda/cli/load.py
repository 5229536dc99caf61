"""The agendas that a command answers from, as the shared options choose them."""

from __future__ import annotations

import typer

from natoagenda import library
from natoagenda.cli.options import State
from natoagenda.model import Agenda


def load(ctx: typer.Context) -> tuple[library.Library, tuple[Agenda, ...], list[str]]:
    """Load what the shared options name: all, those they choose, and what could not be read."""
    state: State = ctx.obj
    loaded = library.load(state.settings.data)
    notes = [f"left out: {fault}" for fault in loaded.faults]
    return loaded, library.choose(loaded.agendas, state.settings.agenda), notes


def agendas(ctx: typer.Context) -> tuple[tuple[Agenda, ...], list[str]]:
    """Load the agendas that the shared options choose, with notes on what could not be read."""
    _, chosen, notes = load(ctx)
    return chosen, notes
