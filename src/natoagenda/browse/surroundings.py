"""What the explorer must know of the machine it is shown on."""

from __future__ import annotations

import os
import select
import sys
from typing import TextIO

SMALLEST = (60, 16)
"""Columns and lines; on less nothing would be readable."""


def too_small(width: int, height: int) -> str:
    """Say that a terminal is too small; empty where it is not."""
    if width >= SMALLEST[0] and height >= SMALLEST[1]:
        return ""
    needed = "{} by {}".format(*SMALLEST)
    return f"This terminal has {width} columns and {height} lines; browse needs {needed}. q leaves."


def has_browser() -> bool:
    """Whether a browser would open in a window, not in this terminal."""
    if sys.platform in ("darwin", "win32"):
        return not os.environ.get("SSH_CONNECTION")
    environ = os.environ
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY") or environ.get("BROWSER"))


def is_gone(terminal: TextIO | None) -> bool:
    """Whether a terminal was closed at its other end."""
    if terminal is None or not hasattr(select, "poll"):
        return False
    poll = select.poll()
    poll.register(terminal.fileno(), select.POLLHUP)
    return any(event & select.POLLHUP for _, event in poll.poll(0))
