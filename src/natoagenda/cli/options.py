"""The options that all commands share, declared once, accepted before and after a command.

They are parsed into one `Settings`; what stands after the command overrules what stands
before it, which overrules the environment.
"""

from __future__ import annotations

import contextlib
import copy
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer
from typer.main import get_params_convertors_ctx_param_name_from_function
from typer.models import TyperPath

from natoagenda.cli import complete
from natoagenda.output import Format, Screen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from natoagenda.output import Lang

Topic = Annotated[
    str | None,
    typer.Option(
        "--topic", metavar="NAME", help="Only this topic.", autocompletion=complete.topics
    ),
]
"""The option of the commands that list statements."""


class NamedFile(TyperPath):
    """The name of a file; an empty word is none, though `Path("")` is the current folder."""

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        """Refuse an empty word."""
        if value == "":
            self.fail("a file name must not be empty.", param, ctx)
        return super().convert(value, param, ctx)


ENVIRONMENT = {
    "NATOAGENDA_DATA": "what --data does; several paths are separated as in PATH",
    "NATOAGENDA_FORMAT": "the default of --format",
    "NATOAGENDA_LANG": "the default of --lang",
    "NO_COLOR, FORCE_COLOR": "no colour in tables, or colour in a pipe too; --color overrules them",
    "TERM": "dumb means no colour and no links",
    "COLUMNS": "the width of tables, to 1000; else the terminal's, or 100 in a pipe",
    "PAGER": "on a terminal, pages longer than the screen go through it; cat is no pager",
    "DISPLAY, WAYLAND_DISPLAY, BROWSER, SSH_CONNECTION": "whether browse opens an address in a "
    "browser, or copies it",
    "HOME": "your home folder, where library and cache are unless the next two are set, and where "
    "completion is installed",
    "XDG_DATA_HOME": "where the user's library stands, in a folder natoagenda",
    "XDG_CACHE_HOME": "where the disposable cache stands, in a folder natoagenda",
}
"""What the program reads from its environment, for the manual."""

NARROWEST = 40
"""Columns; a narrower screen gets tables of this width."""
PIPE_WIDTH = 100
"""Columns of a table in a pipe where COLUMNS does not say."""
MOST_COLUMNS = 1000
"""No table is wider; Rich fills lines with blanks, and 100,000,000 of them take all memory."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What the shared options say; `format_is_usual` where the environment gave the format."""

    data: tuple[Path, ...] = ()
    agenda: str | None = None
    organisation: str | None = None
    since: str | None = None
    until: str | None = None
    format: Format | None = None
    lang: Lang = "nl"
    color: str = "auto"
    debug: bool = False
    format_is_usual: bool = False

    @property
    def escapes(self) -> bool:
        """Whether a terminal may be sent escape sequences; `--color never` wants none at all."""
        return self.color != "never"

    @property
    def format_asked(self) -> Format | None:
        """The format of the command line, for what has one way only; not the usual one."""
        return None if self.format_is_usual else self.format

    def screen(self, stream: Any = None) -> Screen:
        """Look at the terminal, the environment and `--color`.

        Args:
            stream: where the answer goes; stdout if None.
        """
        stream = sys.stdout if stream is None else stream
        terminal = stream is not None and stream.isatty()
        dumb = os.environ.get("TERM", "") in ("dumb", "unknown")
        color = terminal and not dumb
        if self.color != "auto":
            color = self.color == "always"
        elif os.environ.get("NO_COLOR"):
            color = False
        elif os.environ.get("FORCE_COLOR", "0") not in ("", "0"):
            color = True
        return Screen(
            width=max(_columns(stream if terminal else None), NARROWEST),
            color=color,
            links=terminal and not dumb and self.escapes,
            lang=self.lang,
        )


class State:
    """The settings of one run, shared by the contexts of the group and the command.

    Attributes:
        settings: what the shared options say.
        notes: sentences on the library, which are said with an error too.
    """

    def __init__(self) -> None:
        """Begin with the defaults, and nothing to say."""
        self.settings = Settings()
        self.notes: list[str] = []


def _columns(terminal: Any) -> int:
    typed = os.environ.get("COLUMNS", "")
    columns = int(typed[:9]) if typed.isdecimal() else 0
    if columns == 0 and terminal:
        with contextlib.suppress(OSError):
            columns = os.get_terminal_size(terminal.fileno()).columns
    return min(columns or PIPE_WIDTH, MOST_COLUMNS)


def _declare(
    data: Annotated[
        list[Path] | None,
        typer.Option(
            "--data",
            envvar="NATOAGENDA_DATA",
            metavar="PATH",
            help="An agenda file or a folder of them; may be repeated.  "
            "[default: built in, and the user's library]",
        ),
    ] = None,
    agenda: Annotated[
        str | None,
        typer.Option(
            "--agenda",
            metavar="ID",
            help="Only the agenda with this id.",
            autocompletion=complete.agendas,
        ),
    ] = None,
    organisation: Annotated[
        str | None,
        typer.Option(
            "--organisation",
            metavar="NAME",
            help="Only letters on this organisation: NAVO, EU.",
            autocompletion=complete.organisations,
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since", metavar="PERIOD", help="Only meetings since 2023, 2023-06 or 2023-06-30."
        ),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option(
            "--until", metavar="PERIOD", help="Only meetings until then, itself included."
        ),
    ] = None,
    format: Annotated[
        Format | None,
        typer.Option("--format", envvar="NATOAGENDA_FORMAT", help="How to write the answer."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    lang: Annotated[
        str | None,
        typer.Option(
            "--lang",
            envvar="NATOAGENDA_LANG",
            metavar="[nl|en]",
            autocompletion=complete.languages,
            help="The letter's Dutch, or the unofficial English translation.",
        ),
    ] = None,
    color: Annotated[
        str | None,
        typer.Option(
            "--color",
            metavar="[auto|always|never]",
            help="Colour in tables.",
            autocompletion=complete.colors,
        ),
    ] = None,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of a fault.")] = False,
) -> None:
    """Declare the shared options; never called."""


def _paths(typed: Iterable[str]) -> tuple[Path, ...]:
    """The paths of `--data`, else those of its environment variable; an empty word is none.

    `Path("")` would be the folder where the user stands.
    """
    given = [part for part in typed if str(part)]
    usual = os.environ.get("NATOAGENDA_DATA", "").split(os.pathsep)
    return tuple(Path(part) for part in given or usual if part)


_CHOICES = {"lang": ("nl", "en"), "color": ("auto", "always", "never")}


def shared(*, environment: bool) -> list[Any]:
    """Make the parameters of the shared options.

    Args:
        environment: whether they read their environment variables; only the first place
            where they are parsed should, so that the environment never overrules a word
            of the command line.
    """
    parameters = []
    for parameter in get_params_convertors_ctx_param_name_from_function(_declare)[0]:
        own = copy.copy(parameter)
        own.expose_value = False
        own.callback = _store
        if not environment:
            own.envvar = None
        parameters.append(own)
    return parameters


def _store(ctx: Any, parameter: Any, value: Any) -> Any:
    """Put a given value into the settings."""
    state: State = ctx.ensure_object(State)
    if value:
        name = parameter.name
        if name in _CHOICES and value not in _CHOICES[name]:
            raise typer.BadParameter(
                f"{value!r} is not one of {', '.join(_CHOICES[name])}.", param_hint=f"'--{name}'"
            )
        if name == "json":
            name, value = "format", Format.JSON
            state.settings = msgspec.structs.replace(state.settings, format_is_usual=False)
        elif name == "format":
            value = Format(value)
            source = ctx.get_parameter_source(name)
            usual = source is not None and source.name == "ENVIRONMENT"
            if usual and state.settings.format is not None:
                return value  # `--json` was read before
            state.settings = msgspec.structs.replace(state.settings, format_is_usual=usual)
        elif name == "data":
            value = _paths(value)
            if not value:  # as if it had not been given
                return value
        state.settings = msgspec.structs.replace(state.settings, **{name: value})
    return value
