"""Rows as flat records, for formats that have only columns.

A field that holds other rows becomes a column for each of theirs (`about` becomes `about_id`,
`about_text`, ...); several values in one cell are joined by `; `. The columns follow from the
types alone, so they are the same for every answer.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from functools import cache
from typing import Any

import msgspec
from msgspec import inspect

from natoagenda import contract
from natoagenda.output import Reply

JOIN = "; "
"""What stands between several values in one cell."""

_Path = tuple[str, ...]


def table(reply: Reply) -> tuple[list[str], Iterator[list[str]]]:
    """The header, and a record for each row; a document is its statements in reading order."""
    paths = _paths(contract.row_type(reply.view))
    header = ["_".join(path) for path in paths]
    answer: Any = reply.rows
    rows = contract.rows(answer)
    return header, ([JOIN.join(_values(row, path)) for path in paths] for row in rows)


@cache
def _paths(row: type[msgspec.Struct]) -> Sequence[_Path]:
    """The way to each value that is no row itself."""
    found: list[_Path] = []
    for field in msgspec.structs.fields(row):
        inner = _struct_in(inspect.type_info(field.type))
        if inner is None:
            found.append((field.name,))
        else:
            found += [(field.name, *path) for path in _paths(inner)]
    return found


def _struct_in(kind: inspect.Type) -> type[msgspec.Struct] | None:
    """The row type that a field holds, one or many of them, if it holds any."""
    if isinstance(kind, inspect.UnionType):
        return next(filter(None, map(_struct_in, kind.types)), None)
    if isinstance(kind, inspect.VarTupleType):
        kind = kind.item_type
    return kind.cls if isinstance(kind, inspect.StructType) else None


def _values(value: Any, path: _Path) -> Iterable[str]:
    if path and value is None:
        return []
    if path and isinstance(value, tuple):
        return [found for each in value for found in _values(each, path)]
    if path:
        return _values(getattr(value, path[0]), path[1:])
    if isinstance(value, tuple):
        return [_cell(each) for each in value]
    return [_cell(value)]


def _cell(value: Any) -> str:
    """One value: dates in ISO 8601, truths as JSON spells them, spans as `3-7`."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, tuple):
        return "-".join(map(str, value))
    return str(value.value if isinstance(value, Enum) else value)
