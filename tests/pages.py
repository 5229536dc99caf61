"""Asks the program in-process for a reply or a page, and holds pages against golden files.

Golden files stand in `tests/golden/`, one a page. `NATOAGENDA_GOLDEN=1 pytest
tests/test_output.py` rewrites them; read the difference before you commit it.
"""

from __future__ import annotations

import contextlib
import functools
import io
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from unittest import mock

import msgspec

from natoagenda import cache, library, output
from natoagenda.cli.app import build
from natoagenda.cli.options import State
from natoagenda.model import Agenda
from natoagenda.output import Format, Reply, Screen

GOLDEN = Path(__file__).parent / "golden"
REWRITE = os.environ.get("NATOAGENDA_GOLDEN") == "1"
"""Read when pytest starts: the tests' environment has no variables of the program's own."""


def ask(*arguments: str, agendas: Sequence[Agenda] = ()) -> Reply:
    """Let a command answer, from the built-in agenda or from others."""
    if not agendas:
        return _ask(arguments)
    with answering_from(agendas):
        return _ask.__wrapped__(arguments)


@functools.cache  # replies are frozen, and many tests show the same one
def _ask(arguments: tuple[str, ...]) -> Reply:
    reply = build().main(
        list(arguments), prog_name="natoagenda", standalone_mode=False, obj=State()
    )
    assert isinstance(reply, Reply), reply
    return reply


class Held(library.Library):
    """A library of agendas that are in no files."""

    def __init__(self, agendas: Sequence[Agenda]) -> None:
        self.held = agendas
        super().__init__(cache.empty(), [], usual=False, tell=lambda _done, _whole: None)

    def _follow(self, name: bytes) -> int:
        rows = [
            (library._Entry(0, str(place), 0, 0, 0, 0), library._Row("sound", agenda.id, agenda))
            for place, agenda in enumerate(self.held)
        ]
        self._keep([(agenda.id, msgspec.msgpack.encode(agenda)) for agenda in self.held])
        number = self._write(name, None, b"", rows, ())
        assert number is not None
        return number

    def _path(self, source: int, name: str) -> Path:
        return Path(self.held[int(name)].path)


@contextlib.contextmanager
def answering_from(agendas: Sequence[Agenda]) -> Iterator[None]:
    """Let commands find these agendas instead of those in files."""
    found = Held(agendas)
    with mock.patch.object(library, "load", return_value=found):
        yield


def page(reply: Reply, width: int = 100, **screen: Any) -> str:
    """The table that shows a reply."""
    return output.render(reply, Format.TABLE, Screen(width=width, **screen))[0]


def columns(text: str) -> list[str]:
    """The columns of a page without white space, for texts that wrap within one.

    Columns are two spaces apart and texts hold no two spaces, so what begins at the same place
    of a line is one column; what a bullet sets off begins after it.
    """
    found: dict[int, io.StringIO] = {}
    for line in text.split("\n"):
        at = 0
        while at < len(line):
            if line[at] == " ":
                at += 1
                continue
            if line[at : at + 2] in ("· ", "→ "):
                at += 2
            end = line.find("  ", at)
            end = len(line) if end < 0 else end
            found.setdefault(at, io.StringIO()).write(line[at:end])
            at = end
    return ["".join(column.getvalue().split()) for column in found.values()]


def against_golden(name: str, text: str) -> None:
    """Compare with a golden file, or write it where `NATOAGENDA_GOLDEN=1` asks for that."""
    file = GOLDEN / f"{name}.txt"
    if REWRITE:
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
    assert text == file.read_text(encoding="utf-8"), f"{file} differs"
