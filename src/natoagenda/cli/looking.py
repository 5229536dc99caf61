"""The command that opens the full-screen explorer."""

from __future__ import annotations

import os
import sys

import typer

from natoagenda import library
from natoagenda.cli.load import choice_of, load
from natoagenda.errors import NotFoundError, UsageError
from natoagenda.output import Reply, choose


def browse(ctx: typer.Context) -> Reply:
    """Look around on a full screen, with search.

    Programme, topics, stances, footnotes and references; ? shows the keys.

    \b
    natoagenda browse
    natoagenda browse --since 2023
    """  # noqa: D301
    from natoagenda import browse as explorer

    settings = ctx.obj.settings
    reply = Reply(view="browse", rows=[], stream=())
    choose(reply, settings.format_asked)
    streams = (sys.__stdin__, sys.__stdout__, sys.__stderr__)
    if not all(stream is not None and stream.isatty() for stream in streams):
        raise UsageError("browse needs a terminal; in a pipe, natoagenda show has it all")
    if os.environ.get("TERM", "") in ("", "dumb", "unknown"):
        raise UsageError("browse needs a terminal that can place its cursor, and TERM says no such")
    found, chosen, notes = load(ctx)
    if not chosen:
        raise NotFoundError(notes[-1])

    def again(tell: library.Tell) -> tuple[library.Library, library.Agendas]:
        once_more = library.load(settings.data, tell)
        return once_more, once_more.choose(choice_of(settings))

    if settings.color == "never":
        os.environ["NO_COLOR"] = "1"
    elif settings.color == "always":
        os.environ.pop("NO_COLOR", None)
    explorer.run(found, chosen, again, lang=settings.lang, notes=notes)
    return reply
