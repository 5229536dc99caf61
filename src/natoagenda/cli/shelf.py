"""The commands for the library itself: list it, take out of it, give it to other programs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from natoagenda import answers, library
from natoagenda.cli import complete, load
from natoagenda.errors import DataError, NotFoundError, UsageError
from natoagenda.output import Reply
from natoagenda.rows import Removal


def agendas(ctx: typer.Context) -> Reply:
    """List the agendas, by date of the meeting.

    \b
    natoagenda agendas
    """  # noqa: D301
    if ctx.invoked_subcommand is not None:
        return Reply(view="agendas", rows=[])
    chosen, notes = load.agendas(ctx)
    return Reply(view="agendas", rows=answers.agendas_listed(chosen), agendas=chosen, notes=notes)


def remove(
    ctx: typer.Context,
    identifier: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="The agenda's id, or the name of a file that does not hold.",
            autocompletion=complete.agendas,
        ),
    ],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> Reply:
    """Take an agenda out of the library: its file is deleted.

    \b
    natoagenda agendas remove vilnius-2023
    """  # noqa: D301
    found = library.load(ctx.obj.settings.data)
    choice = load.choice_of(ctx.obj.settings)
    file = _file_of(found, msgspec.structs.replace(choice, agenda=identifier))
    if file == library.builtin_path():
        raise UsageError(f"{identifier} is built in; there is no file of yours to remove")
    if not yes:
        if sys.stdin is None or not sys.stdin.isatty():
            raise UsageError(f"--yes removes {file}; without it the question needs a terminal")
        if not _agreed(f"remove {file}?"):
            raise NotFoundError("nothing was removed")
    try:
        file.unlink()
    except OSError as error:
        raise DataError(str(file), f"it cannot be removed: {error.strerror}") from error
    return Reply(view="removed", rows=[Removal(path=str(file))], plain=f"{file}\n")


def _file_of(found: library.Library, choice: library.Choice) -> Path:
    """The file of the agenda that is chosen, or a broken file of the name given for it.

    Raises:
        NotFoundError: where there is neither.
    """
    identifier = choice.agenda
    broken = [
        path
        for path in (Path(fault.path) for fault in found.faults)
        if identifier in (path.name, path.stem, str(path))
    ]
    if broken:
        return broken[0]
    letters = found.choose(choice).letters
    if not letters:
        raise NotFoundError(f"{identifier} is not among the meetings that the options choose")
    return letters[0].path


def _agreed(question: str) -> bool:
    sys.stderr.write(f"{question} [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes", "j", "ja")


def jsonl(ctx: typer.Context) -> Reply:
    """Write all there is as JSON Lines, a passage a line, for a search engine or a database.

    \b
    natoagenda export jsonl
    """  # noqa: D301
    from natoagenda.output.jsonl import lines

    chosen, notes = load.agendas(ctx)
    return Reply(
        view="export", rows=[], agendas=chosen, notes=notes, stream=lines(answers.passages(chosen))
    )


def html(ctx: typer.Context) -> Reply:
    """Write a letter as one page of HTML, to read in a browser, to send and to print.

    \b
    natoagenda export html > top.html
    """  # noqa: D301
    from natoagenda.output.html import page

    chosen, notes = load.some(ctx)
    latest, others = load.latest(chosen)
    settings = ctx.obj.settings
    return Reply(
        view="html",
        rows=[],
        agendas=[latest],
        notes=[*notes, *others],
        stream=(page(latest, settings.lang),),
    )


def export(ctx: typer.Context) -> None:
    """Give everything to other programs, or a letter to a browser.

    \b
    natoagenda export jsonl
    natoagenda export html > top.html
    """  # noqa: D301
    if ctx.invoked_subcommand is None:
        raise UsageError("export needs a form: natoagenda export jsonl, or export html")
