"""Answers as CSV: one record a row, for spreadsheets and for programs that read columns.

What a spreadsheet would run as a formula has an apostrophe before it: at the beginning of a cell
and after a semicolon or a line break, where a spreadsheet set to Dutch begins a cell too. TSV and
JSON have the text without.
"""

from __future__ import annotations

import csv
import io
import re
from typing import Any

from natoagenda.output import Reply, Screen, records
from natoagenda.visible import visible

_FORMULA = re.compile(r"(^|[;\n])([ \"']*)(?=[=+\-@＝＋－＠\t\r])")


def render(reply: Reply, _screen: Screen) -> str:
    """Write the header and the records; the screen does not matter."""
    return write(reply, "excel", guarded=True)


def write(reply: Reply, dialect: str, *, guarded: bool = False) -> str:
    """Write records in one of the csv module's dialects, ending lines as Unix does."""
    page = io.StringIO()
    writer: Any = csv.writer(page, dialect, lineterminator="\n")
    header, rows = records.table(reply)
    writer.writerow(header)
    for row in rows:
        cells = ["\n".join(map(visible, cell.split("\n"))) for cell in row]
        writer.writerow([_guard(cell) for cell in cells] if guarded else cells)
    return page.getvalue()


def _guard(cell: str) -> str:
    return _FORMULA.sub(r"\1'\2", cell)
