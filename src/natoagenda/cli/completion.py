"""What a shell is told on Tab: what it asks for, and the one gate for what is answered.

An offer is a word of letters, digits, `_`, `.` and `-`, whatever an agenda holds, so no shell can
find anything in it to run, to expand or to split. What a word means is for display only.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping
from typing import Any

import typer

from natoagenda.cli.scripts import script
from natoagenda.errors import UsageError, shown
from natoagenda.visible import visible

_LINE = "_NATOAGENDA_LINE"
"""Set by our own scripts: the line up to the cursor. They want a word a line."""

_MOST = 1000
"""Offers; nobody reads more, and shells ask before they show so many."""

_LONGEST = 200
"""Characters of an offer; a longer one is left out, for its beginning would name nothing."""

_LONGEST_MEANING = 200

_NOT_INERT = r"[^\w ,.()/…-]+"
"""What a meaning must do without where a shell reads it as a part of a command."""

_END = "\ue000"
"""Stands where the cursor is, so that the word there is told from the ones before."""


# -- the gate --------------------------------------------------------------------------------


def is_word(value: str) -> bool:
    """Whether a value is a word that every shell takes for nothing but a word."""
    return (
        len(value) <= _LONGEST
        and re.fullmatch(r"[\w.-]+", value) is not None  # made here: no look-up needs it
        and value[0] not in "-."  # an option, or a hidden file
        and visible(value) == value
    )


def one_line(meaning: str, most: int = _LONGEST_MEANING) -> str:
    """A meaning as one printable line of bounded length; backslashes are left out."""
    line = "".join(
        c if c.isprintable() and c != "\\" and visible(c) == c else " " for c in meaning[: 4 * most]
    )
    line = " ".join(line.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def _inert(meaning: str) -> str:
    """A meaning in signs that no shell gives a sense, for scripts that evaluate it."""
    return " ".join(re.sub(_NOT_INERT, " ", meaning).split())


def _passed(items: list[Any], *, own: bool) -> Iterator[tuple[str, str]]:
    """Let through what may leave the program: words, each once, with their meanings.

    Args:
        items: what Typer found.
        own: whether they are the program's own commands and options.
    """
    seen: set[str] = set()
    for item in items:
        value = str(item.value)
        bare = value.removeprefix("--") if own else value
        safe = is_word(bare) or (own and value == "-h")
        if not safe and "," in value:  # `footnotes,references`
            safe = len(value) <= _LONGEST and all(map(is_word, value.split(",")))
        if item.type == "plain" and safe and value not in seen:
            seen.add(value)
            yield value, one_line(item.help or "")
            if len(seen) == _MOST:
                return


# -- the answer ------------------------------------------------------------------------------


def answer(program: Any, context: Any, instruction: str) -> int:
    """Print a script, or what may come next on a line, as the environment asks.

    Args:
        program: the Typer group.
        context: the arguments that make its context.
        instruction: `source_SHELL` or `complete_SHELL`.

    Returns:
        The exit code.

    Raises:
        UsageError: where the instruction is none.
    """
    what, _, shell = instruction.partition("_")
    if what == "source":
        typer.echo(script(shell))
        return 0
    writer = _WRITERS.get(shell)
    if what != "complete" or writer is None:
        raise UsageError(f"{shown(instruction)} is no instruction for completion")
    variables = dict(os.environ)
    offers = _offers(program, context, shell, variables)
    if shell == "fish" and variables.get("_TYPER_COMPLETE_FISH_ACTION") == "is-args":
        return 0 if offers else 1
    for line in _plain(offers) if _LINE in variables and shell != "bash" else writer(offers):
        typer.echo(line)
    return 0


def _offers(
    program: Any, context: Any, shell: str, variables: Mapping[str, str]
) -> list[tuple[str, str]]:
    """The words that may stand at the cursor; none where anything goes wrong."""
    from typer._click.shell_completion import _resolve_context, _resolve_incomplete

    for _ in range(2):  # once more where the cache turns out spoilt
        try:
            words, typed = _typed(shell, variables)
            found = _resolve_context(program, dict(context), "natoagenda", words)
            asked, typed = _resolve_incomplete(found, words, typed)
            items = asked.shell_complete(found, typed)
            return list(_passed(items, own=asked is found.command))
        except Exception as error:  # a Tab is no moment for messages
            cache = sys.modules.get("natoagenda.cache")
            if cache is None or not cache.give_up(error):
                break
    return []


def _typed(shell: str, variables: Mapping[str, str]) -> tuple[list[str], str]:
    """The words before the cursor without the program's name, and the beginning of the one at it.

    Args:
        shell: its name.
        variables: those of our own scripts, or those of the scripts that Typer installed.
    """
    if variables.get(_LINE):
        words = _split(variables[_LINE] + _END)
        return words[1:-1], words[-1].partition(_END)[0]
    if shell == "bash":
        words, at = _split(variables["COMP_WORDS"]), int(variables["COMP_CWORD"])
        return _joined(words[1:at]), words[at] if at < len(words) else ""
    line = variables.get("_TYPER_COMPLETE_ARGS", "")
    words = _split(line)[1:]
    if shell in ("zsh", "fish"):
        return (words[:-1], words[-1]) if words and not line.endswith(" ") else (words, "")
    last = variables.get("_TYPER_COMPLETE_WORD_TO_COMPLETE", "")
    return (words[:-1] if last else words), last


def _split(line: str) -> list[str]:
    from typer._click.shell_completion import split_arg_string

    return split_arg_string(line)


def _joined(words: list[str]) -> list[str]:
    """Put `--agenda`, `=` and a value together again, which bash takes apart."""
    found: list[str] = []
    for word in words:
        if len(found) > 1 and found[-1] == "=" and found[-2].startswith("--"):
            found[-2:] = [f"{found[-2]}={word}"]
        else:
            found.append(word)
    if len(found) > 1 and found[-1] == "=" and found[-2].startswith("--"):
        found.pop()
    return found


def _plain(offers: list[tuple[str, str]]) -> Iterator[str]:
    """A word a line, with what it means after a tab."""
    for word, meaning in offers:
        yield f"{word}\t{meaning}" if meaning else word


def _words(offers: list[tuple[str, str]]) -> Iterator[str]:
    for word, _ in offers:
        yield word


def _evaluated(offers: list[tuple[str, str]]) -> Iterator[str]:
    """What the zsh script of Typer evaluates; many have it, from an earlier version."""
    entries = []
    for word, meaning in offers:
        said = _inert(meaning)
        entries.append(f'"{word}":"{said}"' if said else f'"{word}"')
    between = "\n".join(entries)
    yield f"_arguments '*: :(({between}))'" if entries else "_files"


def _power(offers: list[tuple[str, str]]) -> Iterator[str]:
    for word, meaning in offers:
        yield f"{word}:::{_inert(meaning) or ' '}"


_WRITERS = {
    "bash": _words,
    "zsh": _evaluated,
    "fish": _plain,
    "powershell": _power,
    "pwsh": _power,
}
