"""The command that sets letters side by side."""

from __future__ import annotations

from typing import Annotated

import typer

from natoagenda import comparing
from natoagenda.cli import complete, load
from natoagenda.errors import NotFoundError, shown
from natoagenda.output import Reply

_NAMED = 5
"""Of more letters without the topic than these the first are named and the others counted."""


def compare(
    ctx: typer.Context,
    topic: Annotated[
        list[str],
        typer.Argument(
            metavar="TOPIC...",
            help="An id or words of a title, Dutch or English.",
            autocompletion=complete.topics,
        ),
    ],
) -> Reply:
    """Compare the Dutch stance on a topic across meetings.

    What is the same, changed, new or gone since the meeting before is marked.

    \b
    natoagenda compare oekraïne
    natoagenda compare oekraïne --organisation NAVO --since 2022
    """  # noqa: D301
    asked = " ".join(topic)
    agendas, notes = load.some(ctx)
    try:
        rows, without = comparing.compare(agendas, asked)
    except NotFoundError:
        near = comparing.spelt(agendas, asked)
        if near is None:
            raise
        notes.append(f"no topic is called {shown(asked)}; this is {shown(near)}")
        rows, without = comparing.compare(agendas, near)
    if without:
        named = ", ".join(without[:_NAMED])
        more = f" and {len(without) - _NAMED} more" if len(without) > _NAMED else ""
        notes.append(f"not compared, because {shown(asked)} is no topic there: {named}{more}")
    if len(rows) == 1:
        notes.append("there is one letter with this topic, and nothing to compare it with")
    kept = [agenda for agenda in agendas if agenda.id in {row.agenda for row in rows}]
    return Reply(view="compare", rows=rows, agendas=kept, notes=notes)
