"""Answers as JSON lines: one row a line, for pipes that read line by line."""

from __future__ import annotations

import msgspec

from natoagenda.output import Reply, Screen


def render(reply: Reply, _screen: Screen) -> str:
    """Write each row as JSON on a line of its own; an answer that is one document is one line."""
    rows = [reply.rows] if isinstance(reply.rows, msgspec.Struct) else reply.rows
    return msgspec.json.Encoder().encode_lines(rows).decode()
