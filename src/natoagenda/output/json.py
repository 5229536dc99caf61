"""Answers as one JSON document: UTF-8, keys in the published order, `[]` when empty.

Hidden signs stand escaped, so that JSON is exact and steers no terminal.
"""

from __future__ import annotations

import msgspec

from natoagenda.output import Reply, Screen
from natoagenda.visible import rewritten


def render(reply: Reply, _screen: Screen) -> str:
    """Write the rows as indented JSON; the screen does not matter."""
    document = msgspec.json.format(msgspec.json.encode(reply.rows), indent=2).decode()
    return "\n".join(map(escaped, document.split("\n"))) + "\n"


def escaped(line: str) -> str:
    """Escape the hidden signs in a line of JSON, all of which stand in strings."""
    return rewritten(line, _escape)


def _escape(code: int) -> str:
    units = chr(code).encode("utf-16-be")
    return "".join(f"\\u{units[i : i + 2].hex()}" for i in range(0, len(units), 2))
