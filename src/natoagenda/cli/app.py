"""The Typer program: a group that builds only the command that is asked for.

Typer builds every command at start, which costs more than a look-up; this group keeps names
and functions, and builds on demand. Help, completion and typo hints see all of them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Annotated, Any

import msgspec
import typer
from typer import _completion_shared
from typer.core import TyperGroup
from typer.main import get_command, get_command_from_info, get_group
from typer.models import CommandInfo

from natoagenda import __version__
from natoagenda.cli import complete, options
from natoagenda.visible import visible


class Entry(msgspec.Struct, frozen=True):
    """A command: the heading it stands under in the help, and Click's settings for it.

    The function of its name in the module `natoagenda.cli.MODULE` answers, or that of another
    name where Python keeps the name for itself. Those of `commands`, in the same module, are
    commands under it.
    """

    panel: str
    module: str = "commands"
    settings: dict[str, Any] | None = None
    function: str | None = None
    commands: tuple[str, ...] = ()


_SEARCH = {"ignore_unknown_options": True, "help_option_names": ["--help"]}
"""`search china -rusland`: what is no option is a word to leave out, `-h` too."""

COMMANDS: dict[str, Entry] = {
    "schedule": Entry("Look up"),
    "topics": Entry("Look up"),
    "topic": Entry("Look up"),
    "search": Entry("Look up", "finding", _SEARCH),
    "stances": Entry("Read what is said"),
    "expectations": Entry("Read what is said"),
    "commitments": Entry("Read what is said"),
    "show": Entry("Read what is said"),
    "compare": Entry("Read what is said", "comparing"),
    "browse": Entry("Read what is said", "looking"),
    "footnotes": Entry("Follow the sources"),
    "references": Entry("Follow the sources"),
    "cite": Entry("Follow the sources", "finding"),
    "agendas": Entry("The library", "shelf", commands=("remove",)),
    "import": Entry("The library", "letters", function="import_letters"),
    "export": Entry("The library", "shelf", commands=("jsonl", "html")),
    "check": Entry("Prove the data"),
    "schema": Entry("Prove the data"),
}


_ASKED = "_NATOAGENDA_COMPLETE"
"""The variable that says what a shell asks for."""


class LazyGroup(TyperGroup):
    """Builds a command when it is asked for, with the shared options added to its own."""

    def __init__(self, **attributes: Any) -> None:
        """Take the commands' names, for lists and typo hints, without building them."""
        super().__init__(**attributes)
        self.params = [*options.shared(environment=True), *self.params]
        self.commands: Any = dict.fromkeys(COMMANDS)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Let options whose value may be left out do without one."""
        if any(word.endswith("-completion") for word in args):
            from natoagenda.cli import scripts

            args = scripts.with_values(self.params, args)
        return super().parse_args(ctx, args)

    def _main_shell_completion(
        self, ctx_args: Any, prog_name: str, complete_var: str | None = None
    ) -> None:
        """Answer a shell's Tab, through the one gate."""
        asked = os.environ.get(_ASKED)
        if asked:
            from natoagenda.cli import completion

            sys.exit(completion.answer(self, ctx_args, asked))

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Build one command, or give None where there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        if self.commands[cmd_name] is None:
            entry = COMMANDS[cmd_name]
            module = import_module(f"natoagenda.cli.{entry.module}")
            command = _group(cmd_name, entry, module) if entry.commands else _command(
                cmd_name, entry, getattr(module, entry.function or cmd_name)
            )  # fmt: skip
            for each in [command, *getattr(command, "commands", {}).values()]:
                each.params = [*each.params, *options.shared(environment=False)]
            self.commands[cmd_name] = command
        return self.commands[cmd_name]

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """List the commands under the headings of what people do with them."""
        panels: dict[str, list[tuple[str, str]]] = {}
        for name, entry in COMMANDS.items():
            command = self.get_command(ctx, name)
            panels.setdefault(entry.panel, []).append((name, command.get_short_help_str(90)))
        width = max(map(len, COMMANDS))
        for panel, rows in panels.items():
            with formatter.section(panel):
                formatter.write_dl([(name.ljust(width), text) for name, text in rows])


def _command(name: str, entry: Entry, function: Callable[..., Any]) -> Any:
    info = CommandInfo(
        name=name,
        callback=function,
        cls=typer.core.TyperCommand,
        context_settings=entry.settings,
    )
    return get_command_from_info(info, pretty_exceptions_short=True, rich_markup_mode=None)


def _group(name: str, entry: Entry, module: Any) -> Any:
    """A command that has commands of its own, and answers without them too."""
    typed = typer.Typer(name=name, rich_markup_mode=None, invoke_without_command=True)
    typed.callback()(getattr(module, name))
    for each in entry.commands:
        typed.command(each)(getattr(module, each))
    return get_group(typed)


app = typer.Typer(
    name="natoagenda",
    cls=LazyGroup,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"natoagenda {__version__}")
        raise typer.Exit


def _install_completion(ctx: typer.Context, shell: str | None) -> None:
    if shell is not None and not ctx.resilient_parsing:
        from natoagenda.cli import installing, scripts

        name = scripts.known(shell or scripts.current())
        typer.echo(f"{name} completion installed in {visible(str(installing.install(name)))}")
        typer.echo("Completion will take effect once you restart the terminal")
        raise typer.Exit


def _show_completion(ctx: typer.Context, shell: str | None) -> None:
    if shell is not None and not ctx.resilient_parsing:
        from natoagenda.cli import scripts

        typer.echo(scripts.script(shell or scripts.current()))
        raise typer.Exit


@app.callback(invoke_without_command=True)
def root(
    ctx: typer.Context,
    version: Annotated[
        bool,
        typer.Option(
            "--version", is_eager=True, callback=_show_version, help="Show the version and leave."
        ),
    ] = False,
    install_completion: Annotated[
        str | None,
        typer.Option(
            "--install-completion",
            metavar="[bash|zsh|fish]",
            is_eager=True,
            callback=_install_completion,
            autocompletion=complete.shells,
            help="Install completion for that shell, or the one in use.",
        ),
    ] = None,
    show_completion: Annotated[
        str | None,
        typer.Option(
            "--show-completion",
            metavar="[bash|zsh|fish]",
            is_eager=True,
            callback=_show_completion,
            autocompletion=complete.shells,
            help="Print the completion script for that shell, or the one in use.",
        ),
    ] = None,
) -> None:
    """Look things up in Dutch annotated agendas: programme, stances, footnotes, references.

    \b
    natoagenda schedule --day 10   what happens on 10 July
    natoagenda topic oekraïne      what the Netherlands want on Ukraine
    natoagenda search dassen       where the Dassen motion is mentioned
    """  # noqa: D301 - \b is Click's mark for "do not wrap"
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())


class _Scripts:
    """The scripts under their shells' names, made when asked for, as templates for Typer."""

    def get(self, shell: str) -> str | None:
        """A script, or None for a shell without one."""
        from natoagenda.cli import scripts

        return scripts.script(shell).replace("%", "%%") if shell in scripts.SHELLS else None


def build() -> Any:
    """Make the Click command of the whole program."""
    templates: Any = _Scripts()
    _completion_shared._completion_scripts = templates
    return get_command(app)
