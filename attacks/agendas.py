"""Data files that are valid, and files that are nearly so, drawn by Hypothesis."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import yaml
from hypothesis import strategies as st

from natoagenda.model import PartOfDay, ReferenceKind, Role, SectionKind, SessionKind

Tree = dict[str, Any]

_SPACES = " \t\r\n\f\v\x85\u2028\u2029"
_SIGNS = st.characters(exclude_categories=["Cc", "Cs"], exclude_characters=f"{_SPACES}^[\ufeff")
_ODD = [
    "\u202e", "\u200b", "漢", "\U0001f469\u200d\U0001f680", "e\u0301", "&amp;", "[b]", "'", '"',
    "%", "#", ":", "- a", "no", "\ufe0f", "\uffff", "\U000e0041",
]  # fmt: skip
_WORD = st.text(_SIGNS, min_size=1, max_size=8) | st.sampled_from(
    ["Nederland", "steunt", "het", "kabinet", "Kamerstuk", "28676,", "nr.", "462", "NAVO", *_ODD]
)
_TEXT = st.lists(_WORD, min_size=1, max_size=8).map(" ".join)
_SLUG = st.from_regex(r"[0-9a-z]{1,6}(-[0-9a-z]{1,4}){0,2}", fullmatch=True)
_KEY = st.from_regex(r"kst-[1-9]\d{4}(-[IVX]{1,3})?-\d{1,3}|[a-z]{1,9}:?\d{0,3}", fullmatch=True)
_DAY = st.dates(datetime.date(1990, 1, 1), datetime.date(2060, 12, 31))


@st.composite
def valid(draw: st.DrawFn) -> Tree:
    """A tree that the loader accepts."""
    notes: list[int] = []
    page = 1

    def later() -> int:
        nonlocal page
        page += draw(st.integers(0, 1))
        return page

    def marked() -> str:
        text = draw(_TEXT)
        if draw(st.integers(0, 3)) == 0:
            notes.append((notes[-1] if notes else 0) + draw(st.integers(1, 3)))
            text += f"[^{notes[-1]}]"
        return text

    def name() -> Tree:
        return {"nl": draw(_TEXT), **_maybe(draw, "en", _TEXT)}

    sections = []
    statements: list[str] = []
    for slug in draw(st.lists(_SLUG, min_size=1, max_size=4, unique=True)):
        section: Tree = {"id": slug, "kind": str(draw(st.sampled_from(SectionKind)))}
        if draw(st.booleans()):
            section["title"] = {"nl": marked(), **_maybe(draw, "en", _TEXT)}
        section |= {"page": str(later()), "statements": []}
        paragraph, sentence = 1, 0
        for _ in range(draw(st.integers(0, 4))):
            if sentence and draw(st.booleans()):
                paragraph, sentence = paragraph + 1, 0
            sentence += 1
            identifier = f"{slug}.{paragraph}.{sentence}"
            role = draw(st.sampled_from(Role))
            first = later()
            statement: Tree = {"id": identifier, "page": str(first), "role": str(role)}
            if draw(st.integers(0, 4)) == 0:
                statement["page"] = f"{first}-{first + 1}"
                page = first + 1
            if statements and role is not Role.BACKGROUND and draw(st.booleans()):
                statement["about"] = [draw(st.sampled_from(statements))]
            statement |= {"nl": marked(), **_maybe(draw, "en", _TEXT)}
            section["statements"].append(statement)
            statements.append(identifier)
        sections.append(section)
    sources = [*statements, *(s["id"] for s in sections), *(f"footnote:{n}" for n in notes)]
    topics = [s["id"] for s in sections if s["kind"] == SectionKind.TOPIC]
    some = st.lists(st.sampled_from(sources), min_size=1, max_size=3, unique=True)
    starts = draw(_DAY)
    return {
        "schema": "1",
        "agenda": {
            "id": draw(_SLUG),
            "title": name(),
            "organisation": draw(_TEXT),
            **_maybe(draw, "venue", _TEXT),
            "starts": str(starts),
            "ends": str(starts + datetime.timedelta(draw(st.integers(0, 3)))),
            "delegation": [name() for _ in range(draw(st.integers(0, 2)))],
            "document": {
                **_maybe(draw, "citation", _TEXT),
                **_maybe(draw, "id", _KEY),
                **_maybe(draw, "date", _DAY.map(str)),
                "pages": str(page + draw(st.integers(0, 2))),
                "sha256": draw(st.from_regex(r"[0-9a-f]{64}", fullmatch=True)),
            },
            "reviewed": draw(st.sampled_from(["true", "false"])),
        },
        "sessions": [
            {
                "id": slug,
                **_maybe(draw, "date", _DAY.map(str)),
                **_maybe(draw, "part_of_day", st.sampled_from(PartOfDay).map(str)),
                "kind": str(draw(st.sampled_from(SessionKind))),
                "title": name(),
                "participants": [name() for _ in range(draw(st.integers(0, 2)))],
                "topics": topics[: draw(st.integers(0, 2))],
                "quotes": [draw(st.sampled_from(statements))],
            }
            for slug in (draw(st.lists(_SLUG, max_size=3, unique=True)) if statements else [])
        ],
        "sections": sections,
        "footnotes": [
            {"number": str(n), "page": str(page), "nl": draw(_TEXT), **_maybe(draw, "en", _TEXT)}
            for n in notes
        ],
        "references": [
            {
                "id": key,
                "kind": str(draw(st.sampled_from(ReferenceKind))),
                "title": name(),
                **_maybe(draw, "citation", _TEXT),
                **_maybe(draw, "date", _DAY.map(str)),
                "other_dates": [str(day) for day in draw(st.lists(_DAY, max_size=2))],
                "confidential": draw(st.sampled_from(["true", "false"])),
                **_maybe(draw, "note", _TEXT),
                "cited_from": draw(some),
            }
            for key in draw(st.lists(_KEY, max_size=3, unique=True))
        ],
    }


def _maybe(draw: st.DrawFn, key: str, what: st.SearchStrategy[str]) -> Tree:
    return {key: draw(what)} if draw(st.booleans()) else {}


_ANY = st.sampled_from(
    ["", " ", "a  b", "0", "-1", "1", "99999", "3-3", "4-3", "1-99999", "null", "2024-02-30",
     "x" * 300, "a.1.1", "footnote:0", "[^1]", "a[^1][^1]", "[^", "[^01]x", "\n", "\t", "\x85",
     "\u2028", "\ufeff", "`$.a`", "` - at `$.agenda`", "kst-" + "9" * 50, "\x1b[31m", "a\u202eb",
     [], {}, [[]], ["a", "a"], {"nl": "x"}]
) | st.text(max_size=6)  # fmt: skip


@st.composite
def nearly_valid(draw: st.DrawFn) -> Tree:
    """A valid tree with one to three values or keys that are something else, more, or fewer."""
    tree = draw(valid())
    for _ in range(draw(st.integers(1, 3))):
        places = list(_places(tree))
        holder, key = draw(st.sampled_from(places))
        change = draw(st.sampled_from(["value", "value", "gone", "new", "twice"]))
        if change == "value":
            holder[key] = draw(_ANY)
        elif change == "gone":
            del holder[key]
        elif isinstance(holder, list):
            holder.insert(draw(st.integers(0, len(holder))), holder[key])
        else:
            holder[draw(_KEY | st.text(max_size=4))] = holder[key] if change == "twice" else "x"
        if not tree:
            break
    return tree


def _places(tree: Any) -> list[tuple[Any, Any]]:
    """Every value below a tree, as what holds it and its key or index."""
    found: list[tuple[Any, Any]] = []
    keys: list[Any] = (
        list(tree) if isinstance(tree, dict) else list(range(len(tree))) if isinstance(tree, list)
        else []
    )  # fmt: skip
    for key in keys:
        found.append((tree, key))
        found += _places(tree[key])
    return found


_WRITERS: list[Callable[[Tree], str]] = [
    lambda tree: yaml.dump(tree, Dumper=_NoAlias, default_style='"', allow_unicode=False),
    lambda tree: yaml.dump(tree, Dumper=_NoAlias, sort_keys=False, allow_unicode=True, width=60),
    lambda tree: yaml.dump(tree, Dumper=_NoAlias, default_flow_style=True, default_style="'"),
]


class _NoAlias(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def files(trees: st.SearchStrategy[Tree]) -> st.SearchStrategy[bytes]:
    """Trees as bytes of YAML, in one of several styles of writing it."""
    return st.builds(lambda tree, write: write(tree).encode(), trees, st.sampled_from(_WRITERS))
