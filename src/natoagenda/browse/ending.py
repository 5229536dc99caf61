"""Runs the explorer so that no signal leaves the terminal as the explorer had it.

Like vim: the screen is given back first, then the program dies of the signal. Should the screen
hang, which must not keep a program alive that was told to end, the terminal's settings are put
back without it.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import threading
from typing import Any

from textual.app import App

from natoagenda import endings

PATIENCE = 3.0
"""Seconds that the explorer has to give the screen back."""

_BACK = (
    "\x1b[?2004l\x1b[?7h\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1015l\x1b[?1016l"
    "\x1b[?1004l\x1b[<u\x1b[?1049l\x1b[?25h\x1b[0m"
)
"""Ends all that an explorer tells a terminal: pastes, mouse, focus, keys, the other screen."""


def run_to_the_end(app: App[Any]) -> None:
    """Run an app until it is left or a signal ends the program; then this does not come back.

    Raises:
        KeyboardInterrupt: where the signal was an interrupt.
    """
    settings = _settings()
    ended: list[int] = []

    def end(number: int) -> None:
        ended.append(number)
        if len(ended) > 1:
            return
        if hasattr(signal, "SIGTTOU"):  # in the background too the terminal's settings go back
            signal.signal(signal.SIGTTOU, signal.SIG_IGN)
        watch = threading.Timer(PATIENCE, _end_without_it, (settings, number))
        watch.daemon = True
        watch.start()
        with contextlib.suppress(RuntimeError):  # it does not run any more, or not yet
            asyncio.get_running_loop().call_soon_threadsafe(app.exit)

    with endings.handled(end, (signal.SIGINT, *endings.DEADLY)):
        app.run()
    if ended:
        _restore(settings)
        if ended[0] == signal.SIGINT:  # which Ctrl-C is not here: that is a key
            raise KeyboardInterrupt
        endings.die(ended[0])


def _settings() -> Any:
    """How the terminal is set; None where there is none that can be asked."""
    with contextlib.suppress(Exception):
        import termios

        return termios.tcgetattr(sys.__stdin__.fileno())  # type: ignore[union-attr]
    return None


def _restore(settings: Any) -> None:
    """Set the terminal as it was."""
    if settings is not None:
        import termios

        with contextlib.suppress(Exception):
            termios.tcsetattr(sys.__stdin__.fileno(), termios.TCSANOW, settings)  # type: ignore[union-attr]


def _end_without_it(settings: Any, number: int) -> None:
    """End the program though the screen was not given back."""
    with contextlib.suppress(Exception):
        os.write(sys.__stderr__.fileno(), _BACK.encode())  # type: ignore[union-attr]
    _restore(settings)
    os._exit(128 + number)
