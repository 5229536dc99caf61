"""Signals that end the program wait until the terminal is in order, and then end it all the same.

git ends so with its pager and vim with its screen: what shares the terminal or has changed it is
dealt with first, then the process dies of the very signal, so that whoever started it sees what
happened. Nothing here is printed, and nothing is caught for longer than a `with` block.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

DEADLY = tuple(
    getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGQUIT") if hasattr(signal, name)
)
"""Signals by which others end a program; an interrupt (Ctrl-C) is a matter of its own."""


class EndedError(BaseException):
    """A signal has come that ends the program. Like KeyboardInterrupt it is no error of ours.

    Attributes:
        number: of the signal.
    """

    def __init__(self, number: int) -> None:
        """Remember which."""
        super().__init__(number)
        self.number = number


@contextmanager
def handled(then: Callable[[int], None], numbers: tuple[int, ...] = DEADLY) -> Iterator[None]:
    """Have something else done on signals that would end the program.

    Programs that are started within have the system's own handling. Signals that the program was
    told to ignore (as by `nohup`) stay ignored. Only a program's first thread can handle signals;
    in another nothing changes.

    Args:
        then: is called with the number of the signal, between two steps of the first thread.
        numbers: the signals.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before: dict[int, Any] = {}

    def told(number: int, _frame: FrameType | None) -> None:
        then(number)

    try:
        for number in numbers:
            if signal.getsignal(number) is not signal.SIG_IGN:
                before[number] = signal.signal(number, told)
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)


def die(number: int) -> None:
    """End this process by a signal, as if nothing had handled it."""
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)
