"""Writes an answer on stdout: through a pager where a person would scroll, else as it is.

A reader that stops reading ends the program silently. The pager has the terminal for as long as it
runs, whatever signal comes, as git's has.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
from collections.abc import Iterable

from natoagenda.errors import DependencyError

_ESCAPES = r"\x1b(?:\[[0-9;]*m|\]8;[^\x1b]*\x1b\\)"
"""Colours and links."""

_NOT_RUN = (126, 127)
"""What a shell answers where it cannot run a command."""


def write(pieces: Iterable[str]) -> None:
    """Write the answer: through `$PAGER` if it is longer than the terminal is high.

    Raises:
        BrokenPipeError: where nobody reads on.
        DependencyError: where it cannot be written.
        KeyboardInterrupt: after the pager, where Ctrl-C was pressed in it.
    """
    if sys.stdout is None:  # closed by the caller, who wants only the exit code
        return
    if isinstance(pieces, list) and sys.stdout.isatty() and _page("".join(pieces)):
        return
    try:
        sys.stdout.writelines(pieces)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        forget_stdout()
        raise DependencyError(f"cannot write output: {error.strerror}") from error


def forget_stdout() -> None:
    """Point stdout at nothing, so that the interpreter does not try to flush it again."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _page(text: str) -> bool:
    """Show a text in `$PAGER`, if there is one and the text needs it; say whether it was shown."""
    pager = os.environ.get("PAGER", "").strip()
    if not _is_pager(pager) or text.count("\n") < os.get_terminal_size().lines:
        return False
    # Of the pagers only `less` is known to pass colours on, and only if it is told to.
    environment = {**os.environ, "LESS": os.environ.get("LESS", "-FX") + " -R"}
    if "less" not in pager:
        text = re.sub(_ESCAPES, "", text)
    return _run(pager, text, environment) not in _NOT_RUN


def _is_pager(command: str) -> bool:
    """Whether a command shows pages; `cat`, which programs are told to use as none, does not."""
    return bool(command) and os.path.basename(command) != "cat"


def _run(pager: str, text: str, environment: dict[str, str]) -> int:
    """Run a pager to its end, and give its exit code.

    Ctrl-C is the pager's while it runs. What would end this program closes the pager's input and
    waits for it, for two programs cannot share a terminal.
    """
    import signal
    import subprocess

    from natoagenda import endings

    interrupted = False
    ended: int | None = None

    def interrupt(_number: int) -> None:
        nonlocal interrupted
        interrupted = True

    def end(number: int) -> None:
        nonlocal ended
        if ended is None:
            ended = number
            raise endings.EndedError(number)

    code = 0
    with endings.handled(interrupt, (signal.SIGINT,)), endings.handled(end):
        process: subprocess.Popen[bytes] | None = None
        try:
            process = subprocess.Popen(pager, shell=True, stdin=subprocess.PIPE, env=environment)
            process.communicate(text.encode())
        except endings.EndedError:
            if process is not None and process.stdin is not None:
                with contextlib.suppress(OSError, ValueError):
                    process.stdin.close()
        if process is not None:
            code = process.wait()
    if ended is not None:
        endings.die(ended)
    if interrupted:
        raise KeyboardInterrupt
    return code
