"""A question to the user before something is lost; only a plain yes is one."""

from __future__ import annotations

import contextlib
import sys

from natoagenda.visible import visible


def possible() -> bool:
    """Whether there is a terminal to ask on."""
    return sys.stdin is not None and sys.stdin.isatty()


def agreed(question: str) -> bool:
    """Ask, and wait for the answer. No name of a file in the question can steer the terminal."""
    if sys.stderr is not None:
        with contextlib.suppress(OSError):
            sys.stderr.write(f"{visible(question)} [y/N] ")
            sys.stderr.flush()
    answer = ""
    try:
        with contextlib.suppress(OSError):  # the terminal is gone
            answer = sys.stdin.readline()
    finally:
        if not answer.endswith("\n") and sys.stderr is not None:  # Ctrl-C, or Ctrl-D
            with contextlib.suppress(OSError):
                sys.stderr.write("\n")
    return answer.strip().lower() in ("y", "yes", "j", "ja")
