"""Answers become output: one module a format, each with one function `render`.

A `Reply` is all that a format needs to know. Formats give text; who writes it, and where, is
the caller's concern.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from importlib import import_module
from typing import Any, Literal

import msgspec

from natoagenda.model import Agenda


class Format(StrEnum):
    """How an answer can be written; each has a module of its name in this package."""

    TABLE = "table"
    JSON = "json"


Lang = Literal["nl", "en"]


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """What a command answers.

    Attributes:
        view: which table shows it; the command's name.
        rows: the rows, or the one document.
        agendas: the agendas that it was answered from.
        notes: sentences for stderr.
        exit_code: what the program ends with.
        options: what the table needs beyond the rows, such as `full`.
    """

    view: str
    rows: Sequence[msgspec.Struct] | msgspec.Struct
    agendas: Sequence[Agenda] = ()
    notes: Sequence[str] = ()
    exit_code: int = 0
    options: Mapping[str, Any] = {}


class Screen(msgspec.Struct, frozen=True, kw_only=True):
    """Where a table goes: columns, whether escapes are welcome, and the language of texts."""

    width: int = 100
    color: bool = False
    links: bool = False
    lang: Lang = "nl"


def render(reply: Reply, output_format: Format, screen: Screen) -> str:
    """Write an answer as text that ends with a line break."""
    module = import_module(f"natoagenda.output.{output_format.value}")
    text: str = module.render(reply, screen)
    return text
