"""Real shells on a terminal, a library from a stranger, and Tab: nothing in it is run.

Organisations, titles, footnotes and names of files hold what shells run, expand, split and glob.
Bash, zsh and fish are started with the program's own script; lines are typed, completed with one
Tab or two, and entered. What the shell then gives to the program is recorded word for word.

    python -m attacks.shells
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import select
import shutil
import subprocess
import sys
import tempfile
import termios
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from typer import _completion_shared as typer_shared

from attacks import children
from attacks.typed import FILES, LINES, OTHER, RUN, Typed, hostile_library

SHELLS = ("bash", "zsh", "fish")
PATIENCE = 60.0
"""Seconds after which a shell that should have answered counts as hung."""

OLD = ("bash, old script", "zsh, old script", "fish, old script")
OLD_SCRIPTS = {
    "bash": typer_shared.COMPLETION_SCRIPT_BASH,
    "zsh": typer_shared.COMPLETION_SCRIPT_ZSH,
    "fish": typer_shared.COMPLETION_SCRIPT_FISH,
}
"""Typer's, which earlier versions installed; they evaluate, split and glob what they are given."""

Counts = Counter[str]


class Home:
    """A user's home, a folder of hostile files, and a program that records what it is given."""

    def __init__(self, top: Path, program: Sequence[str] = children.PROGRAM) -> None:
        """Make the folders.

        Args:
            top: an empty folder.
            program: what makes the scripts.
        """
        self.top = top
        self.home, self.here, self.bin = top / "home", top / "here", top / "bin"
        for folder in (self.home, self.here, self.bin, top / "elsewhere" / "natoagenda"):
            folder.mkdir(parents=True)
        self.library = top / "library"
        self.ids = hostile_library(self.library)
        self.log, self.prompts = top / "log", top / "prompts"
        recorder = self.bin / "natoagenda"
        recorder.write_text(
            f"#!{sys.executable} -IS\n"
            "import json, os, sys\n"
            "if '_NATOAGENDA_COMPLETE' in os.environ:  # as scripts ask that know only the name\n"
            f"    os.execv({program[0]!r}, {list(program)!r})\n"
            f"open({str(self.log)!r}, 'a').write(json.dumps(sys.argv[1:]) + chr(10))\n"
        )
        recorder.chmod(0o755)
        for name in FILES:
            (self.here / name).touch()
        local = self.here / "natoagenda"
        local.write_text(f"#!/bin/sh\ntouch {top}/{RUN}-lokaal\n")
        local.chmod(0o755)
        (top / "tools").mkdir()
        for name in ("natoagenda", "env", "sh", "bash", "python3", "sed", "cat", "printf", "echo"):
            shutil.copy(local, top / "tools" / name)
        evil = f"open({str(top / RUN)!r} + '-module', 'w')\n"
        for name in ("natoagenda/__init__", "natoagenda/__main__", "typer", "msgspec", "json",
                     "sitecustomize", "re"):  # fmt: skip
            (top / "elsewhere" / f"{name}.py").write_text(evil)
        old = {"complete_func": "_natoagenda_completion", "prog_name": "natoagenda",
               "autocomplete_var": "_NATOAGENDA_COMPLETE"}  # fmt: skip
        for shell, template in OLD_SCRIPTS.items():
            (top / f"old.{shell}").write_text(template % old)
        for shell in SHELLS:
            ended = children.run([], top, program=program, _NATOAGENDA_COMPLETE=f"source_{shell}")
            assert ended.code == 0, ended.err
            (top / f"script.{shell}").write_bytes(ended.out)
        (top / "functions").mkdir()
        shutil.copy(top / "script.zsh", top / "functions" / "_natoagenda")

    def given(self) -> list[list[str]]:
        """What the program was given, each time."""
        lines = self.log.read_text("utf-8").splitlines() if self.log.exists() else []
        return [json.loads(line) for line in lines]

    def ran(self) -> list[str]:
        """What something that was run has left."""
        return [str(path) for path in self.top.rglob(f"{RUN}-*") if path.name not in FILES]

    def environment(self) -> dict[str, str]:
        """What the shells have in theirs."""
        path = f"{self.bin}{os.pathsep}{os.environ['PATH']}"
        made = children.environment(
            self.top, PATH=path, HOME=str(self.home), NATOAGENDA_DATA=str(self.library),
            TERM="xterm", LINES="50", COLUMNS="150", LC_ALL="C.UTF-8", PROMPTS=str(self.prompts),
            XDG_CONFIG_HOME=str(self.home / ".config"),
        )  # fmt: skip
        for name in ("PYTHONPATH", "ZDOTDIR", "BASH_ENV", "ENV", "PROMPT_COMMAND"):
            made.pop(name, None)
        return made


_COMPLAINT = r"\(eval\)|no matches found|[Nn]ot found|syntax|unbound|parameter not set|: line \d"
"""What shells say where a script goes wrong."""

_START = {
    "bash": (["bash", "--noprofile", "--norc", "-i"],
             "PROMPT_COMMAND='echo >> \"$PROMPTS\"'; {before}; source {top}/script.bash"),
    "zsh": (["zsh", "-f", "-i"],
            "precmd() {{ echo >> \"$PROMPTS\" }}; {before}; autoload -Uz compinit; compinit -u -D; "
            "source {top}/script.zsh"),
    "zsh autoload": (["zsh", "-f", "-i"],
                     "precmd() {{ echo >> \"$PROMPTS\" }}; {before}; fpath+={top}/functions; "
                     "autoload -Uz compinit; compinit -u -D"),
    "bash, old script": (["bash", "--noprofile", "--norc", "-i"],
             "PROMPT_COMMAND='echo >> \"$PROMPTS\"'; {before}; source {top}/old.bash"),
    "zsh, old script": (["zsh", "-f", "-i"],
            "precmd() {{ echo >> \"$PROMPTS\" }}; {before}; autoload -Uz compinit; compinit -u -D; "
            "source {top}/old.zsh"),
    "fish, old script": (["fish", "--private", "--no-config", "-i"],
             "function at_prompt --on-event fish_prompt; echo >> $PROMPTS; end; {before}; "
             "source {top}/old.fish"),
    "fish": (["fish", "--private", "--no-config", "-i"],
             "function at_prompt --on-event fish_prompt; echo >> $PROMPTS; end; {before}; "
             "source {top}/script.fish"),
}  # fmt: skip


SETTINGS = {
    "bash": ("true", "set -u", "IFS=-a", "IFS=", "shopt -s nullglob", "shopt -s failglob",
             "set -f", "set -o posix", "COMP_WORDBREAKS=${{COMP_WORDBREAKS//=/}}",
             "COMP_WORDBREAKS=${{COMP_WORDBREAKS//:/}}", "set -o noclobber",
             "shopt -s extglob globstar dotglob nocasematch"),
    "zsh": ("true", "setopt nounset", "IFS=-a", "setopt nullglob", "setopt noglob",
            "setopt globsubst shwordsplit", "setopt ksharrays", "setopt extendedglob",
            "setopt menucomplete", "zstyle ':completion:*' menu select",
            "setopt promptsubst", "zstyle ':completion:*' matcher-list 'm:{{a-z}}={{A-Z}}'"),
    "fish": ("true", "set -g IFS", "set -g fish_trace 0"),
}  # fmt: skip
"""Settings that change how a shell reads, splits and expands."""


class Session:
    """A shell on a terminal, in some folder; leave the block to end it."""

    def __init__(self, home: Home, shell: str, folder: Path, before: str = "true") -> None:
        """Start the shell and set up completion as its script says.

        Args:
            home: the user's folders.
            shell: bash, zsh, fish, or "zsh autoload" to have the first Tab load the script.
            folder: where it is.
            before: a command that comes before the script, such as an odd setting.
        """
        command, setup = _START[shell]
        self.home = home
        self.shown = b""
        self._ours, its = os.openpty()
        termios.tcsetwinsize(its, (50, 150))
        self._process = subprocess.Popen(
            command, stdin=its, stdout=its, stderr=its, cwd=folder, env=home.environment(),
            start_new_session=True, preexec_fn=_own_terminal,
        )  # fmt: skip
        os.close(its)
        if not shell.startswith("fish"):
            self._send(f"unset HISTFILE; PS1='@ '; PS2='> '{'; READY=1' * 3}\r")
        self.enter(setup.format(top=home.top, before=before.format()))

    def __enter__(self) -> Session:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._ours)

    def enter(self, keys: str) -> str:
        """Type keys and Enter, and wait until the shell asks for the next; give what it showed."""
        before = self._asked()
        at = len(self.shown)
        self._send(f"{keys}\r")
        deadline = time.monotonic() + PATIENCE
        pressed = time.monotonic()
        while self._asked() == before:
            assert time.monotonic() < deadline, self.shown[at:]
            self._read(0.02)
            if time.monotonic() - pressed > 2:  # a list of offers takes the first Enter
                self._send("\r")
                pressed = time.monotonic()
        self._read(0.1)
        return self.shown[at:].decode("utf-8", "replace")

    def press(self, keys: str) -> str:
        """Type keys, wipe the line out, and give what was shown."""
        return self.enter(f"{keys}\x15")  # the shell reads this when it has done what came before

    def _asked(self) -> int:
        prompts = self.home.prompts
        return prompts.read_bytes().count(b"\n") if prompts.exists() else 0

    def _send(self, keys: str) -> None:
        os.write(self._ours, keys.encode())

    def _read(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            ready, _, _ = select.select([self._ours], [], [], left)
            if ready:
                with contextlib.suppress(OSError):
                    self.shown += os.read(self._ours, 1 << 16)


def _own_terminal() -> None:
    """Make the terminal the child's own, so that keys can interrupt."""
    import fcntl

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def fit(shell: str, lines: Sequence[Typed] = LINES) -> list[Typed]:
    """The lines that a shell is asked: old scripts know no `=`, and run what they are named by."""
    old = "old" in shell
    return [each for each in lines if not old or not ("=" in each.line or each.line[0] == ".")]


def attack(home: Home, shell: str, lines: Sequence[Typed] = LINES, before: str = "true") -> Counts:
    """Type, complete and enter lines in a shell.

    Raises:
        AssertionError: where something was run, or the program was given other words.
    """
    counts: Counts = Counter()
    with Session(home, shell, home.here, before) as session:
        for typed in lines:
            known = len(home.given())
            keys = typed.line + "\t" * typed.tabs
            if not typed.entered:
                shown = session.press(keys)
            else:
                shown = session.enter(keys)
                [given] = home.given()[known:] or [["nothing"]]
                assert re.fullmatch(typed.given, " ".join(given)), (shell, typed, given, shown)
                # As many words as were begun: none came in two, and no file of the folder.
                assert not set(given) & {*FILES}, (shell, typed, given)
                assert len(given) <= len(typed.line.split(" ")) - 1, (shell, typed, given)
            assert home.ran() == [], (shell, typed, home.ran())
            assert not re.search(_COMPLAINT, shown), (shell, typed, shown)
            counts[f"{shell}: {'completed and entered' if typed.entered else 'completed'}"] += 1
    return counts


def main() -> None:
    """Attack every shell that is installed, with settings that change how it reads."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shell", choices=list(_START), action="append")
    chosen = parser.parse_args().shell or list(_START)
    counts: Counts = Counter()
    for shell in chosen:
        name = re.split("[ ,]", shell)[0]
        if shutil.which(name) is None:
            counts[f"{shell}: left out, it is not installed"] += 1
            continue
        for before in SETTINGS[name] if shell in SHELLS else ("true",):
            with tempfile.TemporaryDirectory() as made:
                home = Home(Path(made).resolve())
                counts += attack(home, shell, fit(shell, [*LINES, *OTHER]), before)
    for what, number in sorted(counts.items()):
        print(f"{number:5}  {what}")
    print("nothing was run, and every word arrived as one")


if __name__ == "__main__":
    main()
