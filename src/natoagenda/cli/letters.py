"""The command that adds letters: reads them, writes agenda files, reports."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from natoagenda import files, folders
from natoagenda.errors import DataError, NatoagendaError, UsageError, shown
from natoagenda.output import Format, Reply


def import_letters(
    ctx: typer.Context,
    letters: Annotated[
        list[Path],
        typer.Argument(metavar="LETTER...", help="Text, PDF, Word (.docx) or official XML."),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help="Where to write the agenda; - is stdout.  [default: the user's library]",
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace an agenda file that is there.")
    ] = False,
    days: Annotated[
        str | None,
        typer.Option(
            metavar="FIRST..LAST",
            help="The meeting's days where the letter does not say: 2024-07-09..2024-07-11.",
        ),
    ] = None,
) -> Reply:
    """Turn letters into agenda files, to answer from.

    Roles and programme are proposed by rules, and marked so until a person has checked them.

    \b
    natoagenda import brief.pdf
    """  # noqa: D301
    from natoagenda import dump
    from natoagenda.importing import apart
    from natoagenda.output import progress

    if output is not None and len(letters) > 1:
        raise UsageError("-o names one file, for one letter")
    form, escapes = ctx.obj.settings.format, ctx.obj.settings.escapes
    if str(output) == "-" and form not in (None, Format.TABLE):
        raise UsageError(f"-o - writes the agenda to stdout, where --format {form} would stand")
    given = None if days is None else _days(days)
    reports, notes, paths, code = [], [], [], 0
    plain = ""
    for letter in letters:
        try:
            with progress.shown(letter.name, sys.stderr, escapes=escapes) as tell:
                agenda, report = apart.make(letter, tell, days=given)
            text = dump.dump(agenda)
            if output is not None and str(output) == "-":
                plain = text
            else:
                path = output or folders.data() / f"{agenda.id}.yaml"
                if path.exists() and path.samefile(letter):
                    raise UsageError(f"{path} is the letter itself; -o names the agenda file")
                files.write_new(path, text, force=force)
                report = msgspec.structs.replace(report, path=str(path))
                paths.append(str(path))
        except NatoagendaError as error:
            if len(letters) == 1:
                raise
            notes.append(str(error))
            code = max(code, 3 if isinstance(error, DataError) else 2)
            continue
        reports.append(report)
    return Reply(
        view="import",
        rows=reports,
        notes=notes,
        exit_code=code,
        plain=plain or "".join(f"{path}\n" for path in paths),
    )


def _days(typed: str) -> tuple[datetime.date, datetime.date]:
    """Read `2024-07-09..2024-07-11`, or one day."""
    first, _, last = typed.partition("..")
    try:
        pair = datetime.date.fromisoformat(first), datetime.date.fromisoformat(last or first)
    except ValueError:
        pair = None
    if pair is None or pair[1] < pair[0]:
        raise UsageError(f"{shown(typed)} is not days; type such as 2024-07-09..2024-07-11")
    return pair
