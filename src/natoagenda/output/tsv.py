"""Answers as tab-separated values: the records of CSV with the text exactly as it is."""

from __future__ import annotations

from natoagenda.output import Reply, Screen
from natoagenda.output.csv import write


def render(reply: Reply, _screen: Screen) -> str:
    """Write the header and the records; the screen does not matter."""
    return write(reply, "excel-tab")
