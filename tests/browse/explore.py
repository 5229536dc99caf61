"""Drives the explorer as somebody at the keyboard would, and looks at what it shows."""

from __future__ import annotations

import asyncio
import html
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from natoagenda import library
from natoagenda.browse.app import Explorer
from natoagenda.library import Agendas, Library, Tell
from natoagenda.output import Lang

PATIENCE = 20.0
"""Seconds after which what should have come does not come any more."""

_BLANK = re.compile(r"[\s│▌]+")
_TEXT = re.compile(r'<text(?![^>]*-title")[^>]* x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]*)</text>')


def explorer(*paths: Path, lang: Lang = "nl", notes: tuple[str, ...] = ()) -> Explorer:
    """The explorer on some files and folders; on the built-in letter where none is named."""

    def load(tell: Tell = lambda _done, _whole: None) -> tuple[Library, Agendas]:
        found = library.load(paths, tell)
        return found, found.agendas

    return Explorer(*load(), load, lang=lang, notes=notes)


class Walk:
    """Somebody at the explorer."""

    def __init__(self, app: Explorer, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot
        self.copied: list[str] = []
        self.opened: list[str] = []

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def type(self, words: str) -> None:
        for character in words:
            await self.pilot.press("space" if character == " " else character)

    async def until(self, test: Callable[[], Any], what: str = "") -> None:
        """Wait until something holds."""
        for _ in range(int(PATIENCE / 0.02)):
            if test():
                return
            await self.pilot.pause(0.02)
        raise AssertionError(f"{what or 'it'} did not come\n{self.shown()}")

    async def sees(self, words: str) -> None:
        """Wait until some words are on the screen, in one column, wherever its lines break."""
        flat = "".join(words.split())

        def seen() -> bool:
            lines = self.shown().split("\n")
            left, right = ([line.partition("│")[at] for line in lines] for at in (0, 2))
            notes = [line.partition("▌")[2] for line in lines]
            parts = (lines, left, right, notes)
            return any(flat in _BLANK.sub("", "".join(part)) for part in parts)

        await self.until(seen, repr(words))

    async def search(self, words: str) -> None:
        """Type into the search field and wait for the answer."""
        self.app.action_search()
        self.field.value = ""
        await self.type(words)
        await self.until(
            lambda: self.app._hits is not None and self.app._hits.typed == words, "an answer"
        )

    def shown(self) -> str:
        """The lines of the screen."""
        return lines_of(self.app.export_screenshot())

    def list(self, name: str = "#list") -> OptionList:
        return self.app.screen_stack[0].query_one(name, OptionList)

    @property
    def chosen(self) -> str:
        """What is chosen on the page, by key."""
        at = self.list("#page").highlighted
        return "" if at is None else self.app._items[at].key

    @property
    def field(self) -> Input:
        return self.app.screen_stack[0].query_one("#search", Input)


def explore(
    walk: Callable[[Walk], Awaitable[None]],
    *paths: Path,
    size: tuple[int, int] = (80, 24),
    lang: Lang = "nl",
    notes: tuple[str, ...] = (),
) -> None:
    """Let somebody walk through the explorer."""

    async def run() -> None:
        app = explorer(*paths, lang=lang, notes=notes)
        async with app.run_test(size=size, notifications=True) as pilot:
            walker = Walk(app, pilot)
            monkey = pytest.MonkeyPatch()
            monkey.setattr(app, "copy_to_clipboard", walker.copied.append)
            monkey.setattr(app, "open_url", lambda url, **_: walker.opened.append(url))
            await walker.until(lambda: app._shown, "the first page")
            await walk(walker)

    asyncio.run(run())


def lines_of(svg: str) -> str:
    """The text of a picture of the screen, line by line, each word in its column."""
    rows: dict[float, list[tuple[float, str]]] = {}
    for x, y, words in _TEXT.findall(svg):
        rows.setdefault(float(y), []).append((float(x), html.unescape(words)))
    lines = []
    for y in sorted(rows):
        line = ""
        for x, words in sorted(rows[y]):
            line = line.ljust(round(x / 12.2)) + words
        lines.append(line.replace("\xa0", " ").rstrip())
    return "\n".join(lines)
