"""What a shell is told on Tab: the scripts that ask, and the one gate for what is answered.

An offer is a word of letters, digits, `_`, `.` and `-`, whatever an agenda holds, so no shell can
find anything in it to run, to expand or to split. What a word means is for display only. The
scripts name the program by its full path, and neither run nor expand what they are given.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import typer

from natoagenda.errors import UsageError, shown
from natoagenda.visible import visible

SHELLS = ("bash", "zsh", "fish")
"""The shells that there is a script for."""

OPTIONS = ("--install-completion", "--show-completion")
"""Those whose value, a shell, may be left out."""

VARIABLE = "_NATOAGENDA_COMPLETE"
"""Says what a shell asks for."""

_LINE = "_NATOAGENDA_LINE"
"""Set by the scripts of this module: the line up to the cursor. They want a word a line."""

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


# -- the scripts -----------------------------------------------------------------------------

_BASH = r"""
_natoagenda_completion() {
    local IFS=$'\n' answer newline=$'\n' count=0 option='' line="${COMP_LINE-}"
    COMPREPLY=()
    answer=$(
        _NATOAGENDA_COMPLETE=complete_bash _NATOAGENDA_LINE="${line:0:${COMP_POINT-0}}" \
        COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD="$COMP_CWORD" \
        @PROGRAM@ 2> /dev/null < /dev/null
    ) || answer=''
    # Where COMP_WORDBREAKS has no "=", bash replaces the option's name too.
    case "${2-}" in --*=*) option="${2%%=*}=" ;; esac
    while [ -n "$answer" ]; do
        COMPREPLY[count]="$option${answer%%"$newline"*}"
        count=$((count + 1))
        case "$answer" in
            *"$newline"*) answer="${answer#*"$newline"}" ;;
            *) answer='' ;;
        esac
    done
    return 0
}

complete -o default -F _natoagenda_completion natoagenda
"""

_ZSH = r"""
#compdef natoagenda

_natoagenda_completion() {
  emulate -L zsh
  local answer line
  local -a offers shown
  local -i width=0
  answer="$(
    _NATOAGENDA_COMPLETE=complete_zsh _NATOAGENDA_LINE="${(j: :)words[1,CURRENT]}" \
    @PROGRAM@ 2> /dev/null < /dev/null
  )"
  for line in "${(@f)answer}"; do
    if [[ -n $line ]]; then offers+=("${line%%$'\t'*}"); fi
  done
  if [[ $PREFIX == --*=* ]]; then compset -P '*='; fi
  if (( $#offers == 0 )); then
    _files
    return
  fi
  for line in "${offers[@]}"; do
    if (( $#line > width )); then width=$#line; fi
  done
  for line in "${(@f)answer}"; do
    if [[ $line == *$'\t'* ]]; then
      shown+=("${(r:width:)line%%$'\t'*} -- ${line#*$'\t'}")
    elif [[ -n $line ]]; then
      shown+=("$line")
    fi
  done
  # The program has matched. An id may take the place of what was typed, which begins otherwise.
  if [[ -z ${(M)offers:#${(Q)PREFIX}*} ]]; then
    compadd -U -i "$IPREFIX" -l -V natoagenda -d shown -a offers
  else
    compadd -l -V natoagenda -d shown -a offers
  fi
}

compdef _natoagenda_completion natoagenda
if [[ $funcstack[1] == _natoagenda ]]; then _natoagenda_completion "$@"; fi
"""

_FISH = r"""
function __natoagenda_ask
    set -l IFS \n' '\t
    set -l token (commandline -ct)
    set -l option (string match --regex -- '^--[^=]*=' "$token")
    set -q option[1]; or set option ''
    set -g __natoagenda_offers
    test -x @FIRST@; or return 1
    for line in (_NATOAGENDA_COMPLETE=complete_fish _NATOAGENDA_LINE=(commandline -cp) \
            @PROGRAM@ 2> /dev/null < /dev/null)
        set -a __natoagenda_offers "$option[1]$line"
    end
    set -q __natoagenda_offers[1]
end

complete --command natoagenda --no-files --keep-order \
    --condition __natoagenda_ask --arguments '$__natoagenda_offers'
"""

_SCRIPTS = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH}


def script(shell: str) -> str:
    """The script that sets up completion in a shell, without a line end after it.

    Raises:
        UsageError: where there is none for that shell.
    """
    template = _SCRIPTS[known(shell)]
    first, *rest = [quoted(word, shell) for word in program()]
    names = {"@FIRST@": first, "@PROGRAM@": " ".join([first, *rest])}
    return re.sub("@[A-Z]+@", lambda name: names[name[0]], template).strip()


def known(shell: str) -> str:
    """Give back the name of a shell.

    Raises:
        UsageError: where it is not one of those that there is a script for.
    """
    if shell not in SHELLS:
        raise UsageError(f"no completion for {shown(shell)}; choose from bash, zsh, fish")
    return shell


def current() -> str:
    """The name of the shell in use.

    Raises:
        UsageError: where it is not known, or there is no script for it.
    """
    from typer._completion_shared import _get_shell_name

    name = _get_shell_name()
    if name in SHELLS:
        return name
    found = f"the shell in use is {shown(name)}" if name else "the shell in use is not known"
    raise UsageError(f"{found}; name one: bash, zsh or fish")


class Scripts:
    """The scripts under their shells' names, made when asked for, as templates for Typer."""

    def get(self, shell: str) -> str | None:
        """A script, or None for a shell without one."""
        return script(shell).replace("%", "%%") if shell in SHELLS else None


def with_values(parameters: Iterable[Any], words: Sequence[str]) -> list[str]:
    """Write `--show-completion` and its like as `--show-completion=` where no value follows.

    What follows is a value unless it is an option: a command is none, and refused as one.

    Args:
        parameters: those of the group; only words before its command are looked at.
        words: of the command line.
    """
    taking = {
        name
        for each in parameters
        if not getattr(each, "is_flag", False)
        for name in getattr(each, "opts", ())
    }
    found: list[str] = []
    rest = list(words)
    while rest and rest[0].startswith("-") and rest[0] != "--":
        word = rest.pop(0)
        if word in OPTIONS:
            value = rest.pop(0) if rest and not rest[0].startswith("-") else ""
            found.append(f"{word}={value}")
        else:
            found.append(word)
            if word in taking and rest:
                found.append(rest.pop(0))
    return found + rest


def quoted(word: str, shell: str) -> str:
    """Quote a word for a shell, so that it is read as it is."""
    if shell == "fish":
        return "'" + word.replace("\\", "\\\\").replace("'", "\\'") + "'"
    return "'" + word.replace("'", "'\\''") + "'"


def program() -> list[str]:
    """How this program is run from anywhere, never by a name that a folder could give a sense."""
    package = Path(__file__).parents[1]
    # A name alone is none that a shell found in this folder.
    started = Path(os.path.abspath(sys.argv[0])) if os.path.dirname(sys.argv[0]) else None
    python = [os.path.abspath(sys.executable), "-P", "-m", "natoagenda"]
    if started == package / "__main__.py":
        return python
    if started is not None and started.stem == "natoagenda":
        for path in (started, started.with_suffix(".exe")):
            if path.is_file() and path.suffix in ("", ".exe"):
                return [str(path)]
    import sysconfig

    for name in ("natoagenda", "natoagenda.exe"):
        path = Path(os.path.abspath(sysconfig.get_path("scripts"))) / name
        if path.is_file():
            return [str(path)]
    return python
