"""A bar on a terminal while a long letter or a large library is read; nothing in a pipe."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from typing import TextIO

_SOON = 0.4
"""Seconds; what is done sooner needs no bar."""


@contextlib.contextmanager
def shown(
    name: str, stream: TextIO | None, unit: str = "page", *, escapes: bool = True
) -> Iterator[Callable[[int, int], None]]:
    """Give a function that is told what is done, and of how much, and draws it.

    Args:
        name: what is being read.
        stream: where to draw; nothing is drawn where it is no terminal.
        unit: what is counted.
        escapes: whether the terminal may be sent escape sequences; a bar consists of them.
    """
    if stream is None or not escapes or not stream.isatty():
        yield lambda _done, _whole: None
        return
    began = time.monotonic()
    with contextlib.ExitStack() as stack:
        update: Callable[[int, int], None] | None = None

        def tell(done: int, whole: int) -> None:
            nonlocal update
            if update is None and time.monotonic() - began > _SOON:
                update = _draw(name, stream, unit, stack)
            if update is not None:
                update(done, whole)

        yield tell


def _draw(
    name: str, stream: TextIO, unit: str, stack: contextlib.ExitStack
) -> Callable[[int, int], None]:
    """Draw a bar that goes when the stack closes; give what moves it."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    from natoagenda import endings
    from natoagenda.output.table import styled

    columns = (TextColumn("{task.description}", markup=False), BarColumn(),
               TextColumn(f"{unit} {{task.completed}} of {{task.total}}"))  # fmt: skip
    bar = Progress(*columns, console=Console(file=stream), transient=True)
    task = bar.add_task(styled(name).plain, total=None)

    def end(number: int) -> None:
        bar.stop()  # which shows the cursor again
        endings.die(number)

    stack.enter_context(endings.handled(end))
    stack.enter_context(bar)
    return lambda done, whole: bar.update(task, completed=done, total=whole)
