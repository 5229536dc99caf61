"""The command that adds letters: reads them, writes agenda files, reports."""

from __future__ import annotations

import datetime
import functools
import os
import re
import sys
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from natoagenda import bounds, files, folders
from natoagenda.cli import asking
from natoagenda.cli.options import NamedFile
from natoagenda.errors import DataError, NatoagendaError, NotFoundError, UsageError, shown
from natoagenda.model import Agenda
from natoagenda.output import Format, Reply, progress


def import_letters(
    ctx: typer.Context,
    letters: Annotated[
        list[Path],
        typer.Argument(
            metavar="LETTER...",
            help="Text, PDF, Word (.docx) or official XML.",
            click_type=NamedFile(),
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            click_type=NamedFile(),
            help="Where to write the agenda; - is stdout.  [default: the user's library]",
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace an agenda file that is there.")
    ] = False,
    discard_review: Annotated[
        bool,
        typer.Option("--discard-review", help="With --force: replace one that was reviewed too."),
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
                if str(path) in paths:
                    problem = f"{path} was just written for another letter; use -o for this one"
                    raise UsageError(f"{letter}: {problem}")
                if not force:
                    _leave_in_place(agenda, path, letter, escapes=escapes)
                _store(text, path, letter, force=force, discard=discard_review)
                report = msgspec.structs.replace(report, path=str(path))
                paths.append(str(path))
        except NatoagendaError as error:
            if len(letters) == 1:
                raise
            notes.append(str(error))
            kinds = ((DataError, 3), (NotFoundError, 1), (NatoagendaError, 2))
            code = max(code, next(each for kind, each in kinds if isinstance(error, kind)))
            continue
        reports.append(report)
    return Reply(
        view="import",
        rows=reports,
        notes=notes,
        exit_code=code,
        plain=plain or "".join(f"{path}\n" for path in paths),
    )


def _store(text: str, path: Path, letter: Path, *, force: bool, discard: bool) -> None:
    """Write an agenda file, not over its letter and not over a review without leave."""
    if path.exists() and path.samefile(letter):
        raise UsageError(f"{path} is the letter itself; -o names the agenda file")
    files.write_new(
        path,
        text,
        force=force,
        own=path.parent == folders.data(),
        spare=None if discard else functools.partial(_spare, path),
    )


def _spare(path: Path, data: bytes) -> None:
    """Keep the file that would be replaced if a person has reviewed it and does not agree.

    Raises:
        NotFoundError: where the user says no.
        UsageError: where there is no terminal to ask on.
    """
    if not _is_reviewed(data):
        return
    if not asking.possible():
        raise UsageError(f"{path} has been reviewed; --discard-review with --force replaces it")
    if not asking.agreed(f"{path} has been reviewed; replace it and lose the review?"):
        raise NotFoundError(f"{path} was not replaced")


_REVIEWED = re.compile(r"""(?<![a-z_-])reviewed["']?\s*:\s*["']?true\b""", re.IGNORECASE)


def _is_reviewed(data: bytes) -> bool:
    """Whether an agenda file says that a person has reviewed it, one that is invalid too."""
    from natoagenda import dataset

    try:
        return dataset.parse(data, "").reviewed
    except DataError:
        return bool(_REVIEWED.search(files.decode_any(data.replace(b"\0", b""))))


def _leave_in_place(agenda: Agenda, path: Path, letter: Path, *, escapes: bool) -> None:
    """Let no paper take another's place in the library because it has its id.

    Raises:
        UsageError: where it would, in which case the user has to say so.
    """
    from natoagenda import library

    if path.suffix not in library.SUFFIXES or not _same_place(path.parent, folders.data()):
        return
    own = () if agenda.id == library.BUILT_IN else (folders.data(),)
    try:
        bar = progress.shown("reading the library", sys.stderr, "letter", escapes=escapes)
        with bar as tell:
            found = library.load(own, tell)
    except DataError:  # nothing valid is there yet
        return
    for other in found.named([agenda.id]):
        if not _same_paper(agenda, other):
            raise UsageError(
                f"{letter}: {agenda.id} is already the id of {_paper(other)}, and this is "
                f"{_paper(agenda)}; --force takes its place, -o FILE writes elsewhere"
            )


def _same_place(one: Path, other: Path) -> bool:
    """Whether two paths lead to one place, also where nothing is there yet."""
    return os.path.realpath(one) == os.path.realpath(other) or (
        one.exists() and other.exists() and one.samefile(other)
    )


def _same_paper(one: Agenda, other: Agenda) -> bool:
    """Whether two agendas are of one paper: of one official id, or word for word the same."""
    from natoagenda import dataset

    if one.document.id is not None and one.document.id == other.document.id:
        return True
    return dataset.digest(one) == dataset.digest(other)


def _paper(agenda: Agenda) -> str:
    return agenda.document.citation or shown(agenda.title)


def _days(typed: str) -> tuple[datetime.date, datetime.date]:
    """Read `2024-07-09..2024-07-11`, or one day."""
    first, _, last = typed.partition("..")
    try:
        pair = datetime.date.fromisoformat(first), datetime.date.fromisoformat(last or first)
    except ValueError:
        pair = None
    if pair is None or pair[1] < pair[0]:
        raise UsageError(f"{shown(typed)} is not days; type such as 2024-07-09..2024-07-11")
    wrong = bounds.wrong_date(pair[0]) or bounds.wrong_date(pair[1]) or bounds.wrong_length(*pair)
    if wrong:
        raise UsageError(f"invalid --days {shown(typed)}: {wrong}")
    return pair
