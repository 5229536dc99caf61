"""The commands for the library itself: list it, take out of it, give it to other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from natoagenda import answers, library
from natoagenda.cli import asking, complete, load
from natoagenda.errors import DataError, NotFoundError, UsageError, shown
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
            autocompletion=complete.removable,
        ),
    ],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> Reply:
    """Take an agenda out of the library: its file is deleted.

    \b
    natoagenda agendas remove vilnius-2023
    """  # noqa: D301
    from natoagenda import placing

    found = library.load(ctx.obj.settings.data)
    choice = load.choice_of(ctx.obj.settings)
    file, fault, notes = _file_of(found, msgspec.structs.replace(choice, agenda=identifier))
    seen, data = placing.look(file)
    _prove(file, data, identifier, fault)
    if not yes:
        if not asking.possible():
            raise UsageError(f"--yes removes {file}; without it the question needs a terminal")
        if not asking.agreed(f"remove {file}?"):
            raise NotFoundError("nothing was removed")
    placing.remove(file, seen)
    return Reply(view="removed", rows=[Removal(path=str(file))], notes=notes, plain=f"{file}\n")


def _file_of(
    found: library.Library, choice: library.Choice
) -> tuple[Path, DataError | None, list[str]]:
    """The file of the agenda that is chosen or, where no agenda has that id, one left out.

    Returns:
        The file; what is wrong with it, or None; and notes for the user.

    Raises:
        NotFoundError: where there is neither.
        UsageError: where the agenda is built in, or several files that were left out have the name.
    """
    identifier = choice.agenda
    broken = [
        fault
        for fault in found.faults
        if identifier in ((path := Path(fault.path)).name, path.stem, fault.path)
    ]
    notes = [f"{fault.path} is still there; it is invalid" for fault in broken]
    try:
        letters = found.choose(choice).letters
    except NotFoundError:
        if not broken:
            raise
        if len(broken) > 1:
            paths = ", ".join(fault.path for fault in broken)
            raise UsageError(f"{shown(identifier or '')} is the name of {paths}") from None
        return Path(broken[0].path), broken[0], []
    if not letters:
        raise NotFoundError(f"{identifier} is not among the meetings that the options choose")
    if letters[0].path == library.builtin_path():
        hint = "".join(f"; {Path(fault.path).name} names the invalid file" for fault in broken)
        raise UsageError(f"{identifier} is built in; there is no file of yours to remove{hint}")
    return letters[0].path, None, notes


def _prove(file: Path, data: bytes, identifier: str, fault: DataError | None) -> None:
    """See in the file itself, not in the cache, that it is what was asked for.

    Raises:
        DataError: where it is something else.
    """
    from natoagenda import dataset

    try:
        agenda = dataset.parse(data, str(file))
        expected = agenda.id == identifier if fault is None else repr(agenda.id) in fault.problem
    except DataError:
        expected = fault is not None
    if not expected:
        raise DataError(str(file), "this has changed meanwhile; nothing was removed")


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
