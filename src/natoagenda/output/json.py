"""Answers as one JSON document: UTF-8, keys in the published order, `[]` when empty."""

from __future__ import annotations

import msgspec

from natoagenda.output import Reply, Screen


def render(reply: Reply, _screen: Screen) -> str:
    """Write the rows as indented JSON; the screen does not matter."""
    return msgspec.json.format(msgspec.json.encode(reply.rows), indent=2).decode() + "\n"
