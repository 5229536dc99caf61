"""The commands that find things in texts: `search` in the agendas, `cite` in any text.

As in `natoagenda.cli.commands`, none of them prints, formats or exits.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from natoagenda import files, library, text
from natoagenda.cli import complete
from natoagenda.cli.load import load
from natoagenda.cli.options import Topic
from natoagenda.errors import UsageError, question
from natoagenda.model import Agenda, Role
from natoagenda.output import Format, Reply

if TYPE_CHECKING:
    from natoagenda.documents import Kind
    from natoagenda.query import Query


def search(
    ctx: typer.Context,
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="WORDS...",
            help="All are required; '\"a phrase\"', beginning*, -without, a OR b.",
        ),
    ],
    kinds: Annotated[
        str | None,
        typer.Option(
            "--in",
            metavar="KINDS",
            help="Only these, joined by commas: sessions, sections, statements, footnotes, "
            "references.",
            autocompletion=complete.kinds,
        ),
    ] = None,
    topic: Topic = None,
    role: Annotated[
        Role | None, typer.Option(help="Only statements that do this.", show_default=False)
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="At most so many hits.")
    ] = None,
    full: Annotated[bool, typer.Option("--full", help="Show whole texts.")] = False,
) -> Reply:
    """Find words, phrases and paper numbers anywhere.

    \b
    natoagenda search dassen
    natoagenda search 21501-02
    natoagenda search china -rusland
    natoagenda search '"lange termijn"' --in statements
    """  # noqa: D301
    from natoagenda import query, search
    from natoagenda.output import progress

    if words == ["-h"]:
        typer.echo(ctx.get_help())
        raise typer.Exit
    for word in words:
        if word.startswith("--"):
            raise UsageError(f"search has no option {word}; see natoagenda search --help")
    loaded, agendas, notes = load(ctx)
    most = limit or (_SCREENFUL if _is_read(ctx) else None)
    where = search.Filter(
        agendas=None if agendas.are_all else agendas.numbers,
        kinds=_kinds(kinds),
        topics=None if topic is None else _topics(agendas, topic),
        role=role,
        limit=most and most + 1,
        lang=ctx.obj.settings.lang,
    )
    asked = query.parse(question(" ".join(words)))
    escapes = ctx.obj.settings.escapes
    with progress.shown("indexing the library", sys.stderr, "letter", escapes=escapes) as tell:
        index = loaded.index(tell)
    hits = index.search(asked, where)
    if not hits:
        numbers = any(term.number for group in asked.wanted for term in group)
        own = [agenda for agenda in agendas if _is_own_number(agenda, asked)] if numbers else []
        notes += [f"{agenda.document.citation} is {agenda.id} itself" for agenda in own]
        if not own:
            notes.append(search.nothing(" ".join(words), asked, index.suggestions(asked)))
    return Reply(
        view="search",
        rows=hits[:most],
        agendas=loaded.named(hit.agenda for hit in hits[:most]),
        notes=notes,
        exit_code=int(not hits),
        options={
            "full": full,
            "more": most is not None and len(hits) > most,
            "several": loaded.several,
        },
    )


_SCREENFUL = 200
"""Hits that a person is shown unless `--limit` says otherwise; programs get all."""


def _is_read(ctx: typer.Context) -> bool:
    """Whether a person reads the answer, not a program."""
    return ctx.obj.settings.format in (None, Format.TABLE, Format.MARKDOWN)


def _topics(agendas: library.Agendas, topic: str) -> frozenset[tuple[int, str]]:
    from natoagenda import answers

    numbers = {letter.id: letter.number for letter in agendas.letters}
    return frozenset(
        (numbers[agenda], section) for agenda, section in answers.topic_ids(agendas, topic)
    )


def _kinds(typed: str | None) -> tuple[Kind, ...]:
    """Read `footnotes,references`; singular forms and spaces do too."""
    from natoagenda.documents import Kind

    found = []
    for name in (typed or "").replace(",", " ").split():
        kind = text.fold(name).removesuffix("s")
        if kind not in list(Kind):
            known = ", ".join(f"{each}s" for each in Kind)
            raise UsageError(f"--in knows no {name!r}; it knows {known}")
        found.append(Kind(kind))
    return tuple(found)


def _is_own_number(agenda: Agenda, asked: Query) -> bool:
    """Whether all that is asked for is the number of the agenda's own letter."""
    from natoagenda import citations

    own = [key for _, _, key in citations.number_keys(agenda.document.citation or "")]
    numbers = [term.number for group in asked.wanted for term in group]
    return bool(numbers) and all(
        number and any(f"{key}-".startswith(f"{number}-") for key in own) for number in numbers
    )


def cite(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[TEXT]...", help="Text with citations; without it, stdin."),
    ] = None,
) -> Reply:
    """Turn citations into official ids and addresses.

    \b
    natoagenda cite "Kamerstuk 36410-X, nr. 93"
    """  # noqa: D301
    from natoagenda import citations
    from natoagenda.importing import MOST_TEXT

    given, more = _given(words, MOST_TEXT)
    rows = citations.find(given)
    notes = [] if rows else ["there is no citation of a parliamentary paper in this text"]
    if more:
        notes.append(f"read only the first {MOST_TEXT:,} characters")
    return Reply(view="cite", rows=rows, notes=notes, exit_code=int(not rows))


def _given(words: list[str] | None, most: int) -> tuple[str, bool]:
    """The text to look in, as much as a letter may have, and whether there is more of it.

    Standard input, which may have no end, is UTF-8 or Latin-1 whatever the locale says.
    """
    if words:
        whole = " ".join(words)
        return whole[:most], len(whole) > most
    if sys.stdin is None or sys.stdin.isatty():
        raise UsageError("cite needs a text: as an argument, or on standard input")
    return files.read_text(sys.stdin.buffer, most)
