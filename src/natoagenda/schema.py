"""What a data file may hold: its mappings, keys and types, and how to say what is wrong.

msgspec validates; this module says in a person's words what it found and what it expected.
It reads no files and makes no agenda: `natoagenda.dataset` does.
"""

from __future__ import annotations

import datetime
import re
from enum import StrEnum
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from natoagenda import errors
from natoagenda.model import PartOfDay, ReferenceKind, Role, SectionKind, SessionKind
from natoagenda.strictyaml import Path, Tree

VERSION = 1
"""The version of the file format that this program reads and writes."""

_SLUG = r"^[0-9a-z]+(-[0-9a-z]+)*$(?!\n)"
_KEY = r"^\S+$(?!\n)"
_PLACE = r"^[0-9a-z]+(-[0-9a-z]+)*\.[1-9][0-9]{0,3}\.[1-9][0-9]{0,3}$(?!\n)"
_PAGES = r"^[1-9][0-9]{0,4}(-[1-9][0-9]{0,4})?$(?!\n)"
_COUNT = r"^[1-9][0-9]{0,4}$(?!\n)"
_SHA256 = r"^[0-9a-f]{64}$(?!\n)"

_Truth = Literal["true", "false"]
_Text = Annotated[str, Meta(min_length=1)]
_Slug = Annotated[str, Meta(pattern=_SLUG)]
_Key = Annotated[str, Meta(pattern=_KEY)]
_Place = Annotated[str, Meta(pattern=_PLACE)]
_Count = Annotated[str, Meta(pattern=_COUNT)]
_Pages = Annotated[str, Meta(pattern=_PAGES)]

_EXPECTED: dict[str, str] = {
    _SLUG: "an id of small letters, digits and hyphens",
    _KEY: "an id without spaces",
    _PLACE: "a statement id such as introduction.1.2",
    _PAGES: "a page such as 3, or two such as 3-4",
    _COUNT: "a number from 1 to 99999",
    _SHA256: "a SHA-256 of 64 small hexadecimal digits",
}
"""What a person should read for each pattern."""


class Strict(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A mapping of the file: exactly these keys."""


class NameEntry(Strict, frozen=True, kw_only=True):
    """A name or title in both languages."""

    nl: _Text
    en: _Text | UnsetType = UNSET


class DocumentEntry(Strict, frozen=True, kw_only=True):
    """`document`: the letter as a paper."""

    citation: _Text | UnsetType = UNSET
    id: _Key | UnsetType = UNSET
    date: datetime.date | UnsetType = UNSET
    pages: _Count
    sha256: Annotated[str, Meta(pattern=_SHA256)]


class AgendaEntry(Strict, frozen=True, kw_only=True):
    """`agenda`: the meeting and its letter."""

    id: _Slug
    title: NameEntry
    organisation: _Text
    venue: _Text | UnsetType = UNSET
    starts: datetime.date
    ends: datetime.date
    delegation: list[NameEntry] = []
    document: DocumentEntry
    reviewed: _Truth


class SessionEntry(Strict, frozen=True, kw_only=True):
    """An item of `sessions`."""

    id: _Slug
    date: datetime.date | UnsetType = UNSET
    part_of_day: PartOfDay | UnsetType = UNSET
    kind: SessionKind
    title: NameEntry
    participants: list[NameEntry] = []
    topics: list[_Slug] = []
    quotes: Annotated[list[_Place], Meta(min_length=1)]


class StatementEntry(Strict, frozen=True, kw_only=True):
    """An item of `statements`."""

    id: _Place
    page: _Pages
    role: Role = Role.BACKGROUND
    about: list[_Place] = []
    nl: _Text
    en: _Text | UnsetType = UNSET


class SectionEntry(Strict, frozen=True, kw_only=True):
    """An item of `sections`."""

    id: _Slug
    kind: SectionKind
    title: NameEntry | UnsetType = UNSET
    page: _Count
    statements: list[StatementEntry]


class FootnoteEntry(Strict, frozen=True, kw_only=True):
    """An item of `footnotes`."""

    number: _Count
    page: _Count
    nl: _Text
    en: _Text | UnsetType = UNSET


class ReferenceEntry(Strict, frozen=True, kw_only=True):
    """An item of `references`."""

    id: _Key
    kind: ReferenceKind
    title: NameEntry
    citation: _Text | UnsetType = UNSET
    date: datetime.date | UnsetType = UNSET
    other_dates: list[datetime.date] = []
    confidential: _Truth = "false"
    note: _Text | UnsetType = UNSET
    cited_from: Annotated[list[_Key], Meta(min_length=1)]


class File(Strict, frozen=True, kw_only=True):
    """The whole file."""

    schema: str
    agenda: AgendaEntry
    sessions: list[SessionEntry]
    sections: Annotated[list[SectionEntry], Meta(min_length=1)]
    footnotes: list[FootnoteEntry]
    references: list[ReferenceEntry]


_WORDS: dict[tuple[str, str], type[StrEnum]] = {
    ("sections", "kind"): SectionKind,
    ("sections", "role"): Role,
    ("sessions", "kind"): SessionKind,
    ("sessions", "part_of_day"): PartOfDay,
    ("references", "kind"): ReferenceKind,
}
"""Which words a field may hold, by the part of the file and the key."""


_MESSAGE = re.compile(r"(?P<problem>.*?)(?: - at `\$(?P<path>(?:\.\w+|\[\d+\])*)`)?", re.DOTALL)


def explain(message: str, tree: Tree) -> tuple[Path, str]:
    """Turn a validation message of msgspec into a person's words.

    Args:
        message: such as "Expected `int`, got `str` - at `$.sections[0].page`".
        tree: the document that was validated.

    Returns:
        The path of the fault and what was found and expected there.
    """
    match = _MESSAGE.fullmatch(message)
    assert match is not None
    problem, tail = match["problem"], match["path"] or ""
    path: Path = tuple(
        int(index) if index else key for key, index in re.findall(r"\.([^.\[\]`]+)|\[(\d+)\]", tail)
    )
    names = re.findall(r"`([^`]*)`", problem)
    if problem.startswith("Object contains unknown field"):
        key = problem.removeprefix("Object contains unknown field `").removesuffix("`")
        return (*path, key), f"found the key {shown(key)}, which is not known here"
    if problem.startswith("Object missing required field"):
        return path, f"the key {names[0]!r} is missing"
    found: Any = tree
    for step in path:
        found = found[step]
    return path, f"found {shown(found)}, expected {_expected(problem, names, path)}"


def shown(found: Any) -> str:
    """What a person should read of a value that was found."""
    if isinstance(found, dict):
        return "a mapping"
    if isinstance(found, list):
        return "a list" if found else "an empty list"
    if not found:
        return "nothing"
    return errors.shown(found)


def _expected(problem: str, names: list[str], path: Path) -> str:
    """Say in a person's words what msgspec's `problem` expected."""
    if problem.startswith("Invalid enum value"):
        if path[-1] in ("reviewed", "confidential"):
            return "true or false"
        return "one of " + ", ".join(_WORDS[str(path[0]), str(path[-1])])
    if "matching regex" in problem:
        for pattern, words in _EXPECTED.items():
            if repr(pattern) in problem:
                return words
    if "RFC3339" in problem or "date" in names[:1]:
        return "a date of the calendar such as 2024-07-09"
    text = "a number" if path[-1:] in [("page",), ("pages",), ("number",)] else "text"
    kinds = {"str": text, "array": "a list", "object": "a mapping"}
    kind = next((kinds[name] for name in names if name in kinds), "something else")
    if "length" in problem:
        return "at least one item" if kind == "a list" else kind
    return kind
