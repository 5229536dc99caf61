"""A bar on a terminal while a long letter is read; nothing in a pipe."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from typing import TextIO

_SOON = 0.4
"""Seconds; what is done sooner needs no bar."""


@contextlib.contextmanager
def shown(name: str, stream: TextIO | None) -> Iterator[Callable[[int, int], None]]:
    """Give a function that is told what is done, and of how much, and draws it.

    Args:
        name: what is being read.
        stream: where to draw; nothing is drawn where it is no terminal.
    """
    if stream is None or not stream.isatty():
        yield lambda _done, _whole: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    from natoagenda.output.table import styled

    began = time.monotonic()
    columns = (TextColumn("{task.description}", markup=False), BarColumn(),
               TextColumn("page {task.completed} of {task.total}"))  # fmt: skip
    bar = Progress(*columns, console=Console(file=stream), transient=True)
    task = bar.add_task(styled(name).plain, total=None)
    with contextlib.ExitStack() as stack:
        drawn = False

        def tell(done: int, whole: int) -> None:
            nonlocal drawn
            if not drawn and time.monotonic() - began > _SOON:
                stack.enter_context(bar)
                drawn = True
            bar.update(task, completed=done, total=whole)

        yield tell
