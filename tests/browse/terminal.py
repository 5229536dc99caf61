"""A terminal without a window: what a program shows on it, and keys that go to it."""

from __future__ import annotations

import base64
import codecs
import os
import re
import select
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Sequence
from types import TracebackType

import pyte

PATIENCE = 30.0
"""Seconds after which what should have come does not come any more."""

_UNKNOWN = re.compile(r"\x1b\[[<>=?][\d;]*[a-zA-Z]|\x1b\[\?[\d;]*\$p|\x1bP[^\x1b]*\x1b\\")
"""Questions and modes that this terminal does not know, and would show."""

_PRIVATE = re.compile(r"\x1b\[\?(?:25|1049)[hl]")
_CLIPBOARD = re.compile(rb"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07")

CONTROLLED = (
    sys.executable, "-c", "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); "
    "os.execvp(sys.argv[1], sys.argv[1:])",
)  # fmt: skip
"""Makes the terminal the one that keys such as Ctrl-C send signals from."""


class Terminal:
    """A program on a terminal of some size; leave the block to end it."""

    def __init__(
        self,
        command: Sequence[str],
        columns: int = 80,
        lines: int = 24,
        *,
        controlling: bool = False,
        **environment: str,
    ) -> None:
        """Start the program.

        Args:
            command: the program and its arguments.
            columns: of the terminal.
            lines: of the terminal.
            controlling: whether keys such as Ctrl-C reach the program and its children as signals.
            environment: what is set in its environment.
        """
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.Stream(self._screen)
        self._ours, its = os.openpty()
        termios.tcsetwinsize(its, (lines, columns))
        self.raw = b""
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._pending = ""
        self.process = subprocess.Popen(
            [*(CONTROLLED if controlling else ()), *command],
            stdin=its, stdout=its, stderr=its, start_new_session=True,
            env={**os.environ, "TERM": "xterm-256color", **environment},
        )  # fmt: skip
        os.close(its)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        if self._ours >= 0:
            os.close(self._ours)

    @property
    def cooked(self) -> bool:
        """Whether the terminal is set as a shell wants it: whole lines, echoed."""
        wanted = termios.ICANON | termios.ECHO | termios.ISIG
        return bool(termios.tcgetattr(self._ours)[3] & wanted == wanted)

    @property
    def shown(self) -> str:
        """The lines of the screen."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    @property
    def clipboard(self) -> str | None:
        """What the program last put on the clipboard."""
        found = _CLIPBOARD.findall(self.raw)
        return base64.b64decode(found[-1]).decode() if found else None

    @property
    def underlined(self) -> str:
        """What is underlined on the screen, as the chosen thing is without colours."""
        cells = (
            line[column].data if line[column].underscore else " "
            for line in (self._screen.buffer[at] for at in range(self._screen.lines))
            for column in range(self._screen.columns)
        )
        return " ".join("".join(cells).split())

    @property
    def codes(self) -> set[str]:
        """The styles that were used, as the numbers of SGR."""
        return set(re.findall(r"\x1b\[([\d;]*)m", self.raw.decode("utf-8", "replace")))

    def hang_up(self) -> None:
        """Close the terminal as a window is closed."""
        os.close(self._ours)
        self._ours = -1

    def send(self, keys: str) -> None:
        """Press keys."""
        os.write(self._ours, keys.encode())

    def wait_for(self, wanted: str | Callable[[str], bool], seconds: float = PATIENCE) -> float:
        """Read until something is on the screen; give the seconds that it took."""
        test = wanted if callable(wanted) else lambda shown: wanted in shown
        start = time.perf_counter()
        while not test(self.shown):
            left = start + seconds - time.perf_counter()
            assert left > 0, f"{wanted!r} did not come\n{self.shown}"
            self._read(left)
        return time.perf_counter() - start

    def end(self) -> int:
        """Read until the program has ended; give its exit code."""
        deadline = time.perf_counter() + PATIENCE
        while self.process.poll() is None:
            assert time.perf_counter() < deadline, self.shown
            self._read(0.05)
        self._read(0)
        return self.process.returncode

    def _read(self, seconds: float) -> None:
        ready, _, _ = select.select([self._ours], [], [], max(0, seconds))
        if not ready:
            return
        try:
            part = os.read(self._ours, 1 << 16)
        except OSError:  # Linux says so where the other end is closed
            return
        self.raw += part
        text = self._pending + self._decoder.decode(part)
        begun = text.rfind("\x1b", max(0, len(text) - 12))  # an escape that is cut in two
        whole = len(text) if begun < 0 or re.search(r"[A-Za-z\\\x07]", text[begun + 1 :]) else begun
        self._pending = text[whole:]
        kept = _UNKNOWN.sub(lambda m: m[0] if _PRIVATE.fullmatch(m[0]) else "", text[:whole])
        self._stream.feed(kept)
