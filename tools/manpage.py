"""Write `docs/natoagenda.1`, the manual page, from the program's own commands and options.

python -m tools.manpage
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from natoagenda.cli.app import COMMANDS, build
from natoagenda.cli.main import MEANINGS
from natoagenda.cli.options import ENVIRONMENT
from natoagenda.cli.options import shared as shared_options

PAGE = Path(__file__).parents[1] / "docs" / "natoagenda.1"


def escaped(text: str) -> str:
    """Text as roff reads it: hyphens that can be copied, no line that looks like a request."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq")
    return re.sub(r"(?m)^([.\\'])", r"\\&\1", text)


def tagged(pairs: list[tuple[str, str]]) -> Iterator[str]:
    """A list of terms with what each means."""
    for term, meaning in pairs:
        yield f".TP\n.B {escaped(term)}\n{escaped(' '.join(meaning.split()))}"


def options(command: Any, context: Any, *, shared: set[str]) -> list[tuple[str, str]]:
    """The options and arguments of a command but for the shared ones."""
    records = []
    for parameter in command.get_params(context):
        if parameter.name not in shared:
            record = parameter.get_help_record(context)
            records += [record] if record and record[1] else []
    return records


def commands(program: Any, context: Any) -> Iterator[tuple[str, Any, Any]]:
    """Every command with its whole name and its context, those under others too."""
    for name in COMMANDS:
        command = program.get_command(context, name)
        own = command.context_class(command, info_name=name, parent=context)
        yield name, command, own
        for inner, each in getattr(command, "commands", {}).items():
            yield f"{name} {inner}", each, each.context_class(each, info_name=inner, parent=own)


def page() -> str:
    """The whole manual page in roff."""
    program: Any = build()
    context = program.context_class(program, info_name="natoagenda")
    shared = {parameter.name for parameter in shared_options(environment=False)}
    about, *examples = program.help.split("\b")
    lines = [
        '.\\" Written by tools/manpage.py; do not edit.',
        '.TH NATOAGENDA 1 "" natoagenda "User Commands"',
        ".SH NAME",
        "natoagenda \\- look things up in Dutch annotated agendas",
        ".SH SYNOPSIS",
        ".B natoagenda",
        "[OPTIONS] COMMAND [ARGUMENTS]",
        ".SH DESCRIPTION",
        escaped(" ".join(about.split())),
        ".SH EXAMPLES",
        ".nf",
        *[escaped(line.strip()) for line in "".join(examples).splitlines() if line.strip()],
        ".fi",
        ".SH OPTIONS",
        "These stand before or after the command.",
        *tagged(options(program, context, shared=set())),
    ]
    for panel in dict.fromkeys(entry.panel for entry in COMMANDS.values()):
        lines.append(f".SH {panel.upper()}")
        for name, command, own in commands(program, context):
            if COMMANDS[name.split()[0]].panel == panel:
                usage = " ".join(command.collect_usage_pieces(own))
                text, *example = command.help.split("\b")
                lines += [
                    f".SS natoagenda {escaped(f'{name} {usage}')}",
                    escaped(" ".join(text.split())),
                    *tagged(options(command, own, shared={*shared, "help"})),
                    ".PP",
                    "For example:",
                    ".PP",
                    ".nf",
                    *[
                        escaped(line.strip())
                        for line in "".join(example).splitlines()
                        if line.strip()
                    ],
                    ".fi",
                ]
    lines += [
        ".SH EXIT STATUS",
        *tagged([(str(int(code)), meaning) for code, meaning in MEANINGS.items()]),
        ".SH ENVIRONMENT",
        *tagged(list(ENVIRONMENT.items())),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
