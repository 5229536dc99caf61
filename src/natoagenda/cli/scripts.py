"""The scripts that set up completion in bash, zsh and fish, and the options that ask for them.

They name the program by its full path, quote what they insert, and neither run nor expand what
the program answers.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from natoagenda.errors import UsageError, shown

SHELLS = ("bash", "zsh", "fish")
"""The shells that there is a script for."""

OPTIONS = ("--install-completion", "--show-completion")
"""Those whose value, a shell, may be left out."""

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

_natoagenda_offers() {
  emulate -L zsh
  local answer line
  local -a offers shown
  local -i width=0
  answer="$(
    _NATOAGENDA_COMPLETE=complete_zsh _NATOAGENDA_LINE="${(j: :)words[1,CURRENT]}" \
    @PROGRAM@ 2> /dev/null < /dev/null
  )"
  if [[ $PREFIX == --*=* ]]; then compset -P '*='; fi
  for line in "${(@f)answer}"; do
    if [[ -n $line ]]; then offers+=("${line%%$'\t'*}"); fi
  done
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
  if (( $#offers == 0 )); then return 1; fi
  # The program has matched. An id may take the place of what was typed, which begins otherwise.
  if [[ -z ${(M)offers:#${(Q)PREFIX}*} ]]; then
    compadd -U -i "$IPREFIX" -l -V natoagenda -d shown -a offers
  else
    compadd -l -V natoagenda -d shown -a offers
  fi
  return 0
}

_natoagenda_completion() {
  _natoagenda_offers || _files
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
