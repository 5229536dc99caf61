"""Answers as JSON lines: one row a line, for pipes that read line by line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from natoagenda.output import Reply, Screen
from natoagenda.output.json import escaped


def render(reply: Reply, _screen: Screen) -> str:
    """Write each row as JSON on a line of its own; an answer that is one document is one line."""
    rows: Any = [reply.rows] if isinstance(reply.rows, msgspec.Struct) else reply.rows
    return "".join(lines(rows))


def lines(rows: Iterable[msgspec.Struct]) -> Iterator[str]:
    """Write rows that may be too many to be held, a line at a time."""
    encode = msgspec.json.Encoder().encode
    return (escaped(encode(row).decode()) + "\n" for row in rows)
