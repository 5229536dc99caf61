"""Answers as tables for people: Rich, wrapped to the screen, nothing cut.

This module is the page: the console, the pieces that all views share, and the line that names
the source. What a view shows is `natoagenda.output.views`'s concern.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from natoagenda.model import Agenda, Call
from natoagenda.output import (
    UNOFFICIAL,
    Reply,
    Screen,
    date_words,
    days_words,
    leads,
    proposals,
)
from natoagenda.visible import visible

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

NARROW = 76
"""Below this many columns views stack what they otherwise set side by side."""

WIDE = 92
"""Below this many columns an address would break in a column beside another."""

_PADDING = re.compile(r"(?: |\x1b\[[0-9;]*m)+$", re.MULTILINE)


def render(reply: Reply, screen: Screen) -> str:
    """Write a reply as a page of tables."""
    from rich.console import Console

    from natoagenda.output.views import VIEWS

    # Escapes are asked for by the screen, never guessed; the width is the screen's too.
    console = Console(
        file=(page := io.StringIO()),
        width=screen.width,
        color_system="standard" if screen.color or screen.links else None,
        no_color=not screen.color,
        force_terminal=screen.color or screen.links,
        legacy_windows=False,
        markup=False,
        highlight=False,
        emoji=False,
        _environ={},
    )
    for sentence in proposals(reply):
        console.print(styled(sentence, "bold"))
    for part in VIEWS[reply.view](reply, Pen(screen)):
        console.print(part)
    # Rich pads cells to the column's width; a line ends with its last character.
    return _PADDING.sub(lambda match: match[0].replace(" ", ""), page.getvalue())


def styled(text: str, style: str = "") -> Text:
    """Make text that is shown as it is: no markup, no control characters."""
    from rich.text import Text

    return Text(visible(text), style=style, overflow="fold")


def grid(*columns: dict[str, Any]) -> Table:
    """Make a table without borders that fills the width and folds what is too long."""
    from rich.table import Table

    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    for column in columns:
        table.add_column(**{"overflow": "fold", **column})
    return table


def gap(table: Table) -> None:
    """Leave a line blank between rows."""
    if table.row_count:
        table.add_row()


def stack(lines: Iterable[Text]) -> Text:
    """Join lines of text under each other, for one cell."""
    from rich.text import Text

    return Text("\n", overflow="fold").join(lines)


def bullets(lines: Sequence[Text]) -> RenderableType:
    """Set several things under each other, marked so that one that wraps stays one."""
    if len(lines) < 2:
        return stack(lines)
    table = grid({"width": 1, "style": "dim"}, {"ratio": 1})
    table.padding = (0, 1, 0, 0)
    for line in lines:
        table.add_row("·", line)
    return table


def _marked_by(mark: str, text: Text) -> Text:
    line = styled("")
    line.append(mark, "dim")
    return line.append_text(text)


class Pen:
    """Writes the pieces that views share, for one screen."""

    def __init__(self, screen: Screen) -> None:
        """Remember the screen."""
        self.screen = screen
        self.narrow = screen.width < NARROW
        self.wide = screen.width >= WIDE

    def words(self, nl: str, en: str | None, style: str = "") -> Text:
        """The text in the language asked for; Dutch, and marked so, where there is no other."""
        if self.screen.lang == "nl":
            return styled(nl, style)
        if en is None:
            return styled(f"{nl} [Dutch; no translation]", style)
        return styled(en, style)

    def quote(self, nl: str, en: str | None, calls: Iterable[Call] = (), style: str = "") -> Text:
        """A statement's text, in Dutch with its footnotes' numbers where they are called."""
        if self.screen.lang == "en":
            return self.words(nl, en, style)
        text = styled("", style)
        done = 0
        for call in calls:
            text.append_text(styled(nl[done : call.offset]))
            text.append_text(styled(f"[{call.number}]", "dim"))
            done = call.offset
        text.append_text(styled(nl[done:]))
        return text

    def both(self, nl: str, en: str | None, style: str = "bold") -> list[Text]:
        """A title in both languages, the one asked for first."""
        first, second = (nl, en) if self.screen.lang == "nl" else (en or nl, nl)
        if second is None or first == second:
            return [styled(first, style)]
        return [styled(first, style), styled(second, "dim")]

    def topic(self, title: tuple[str, str | None]) -> Text:
        """A topic that a session is about."""
        return _marked_by("→ ", self.words(*title))

    def item(self, text: Text) -> Text:
        """One of several."""
        return _marked_by("· ", text)

    def link(self, address: str) -> Text:
        """An address, in full, that can be clicked on a terminal."""
        linked = self.screen.links and leads(address)
        text = styled(address, "underline" if linked else "")
        if linked:
            text.stylize(f"link {address}")
        return text

    def heading(self, text: str) -> Text:
        """A heading within a page."""
        return styled(text, "bold green")

    def source(self, agendas: Sequence[Agenda]) -> Iterable[RenderableType]:
        """The last line of a page: which letter it was taken from, and what the English is.

        Of several letters each part of the page says which it is from; see `meeting`.
        """
        for agenda in agendas if len(agendas) == 1 else ():
            document = agenda.document
            parts = [document.citation or agenda.title]
            if document.date:
                parts.append(date_words(document.date))
            parts.append(agenda.id)
            if self.screen.lang == "en":
                parts.append(UNOFFICIAL)
            yield styled("")
            yield styled(" · ".join(parts), "dim")

    def meeting(self, agenda: Agenda) -> Iterable[RenderableType]:
        """The head of what comes from one of several letters."""
        yield stack(self.both(agenda.title, agenda.title_en))
        parts = [days_words(agenda.starts, agenda.ends), agenda.organisation, agenda.id]
        parts.append(agenda.document.citation or "")
        if self.screen.lang == "en":
            parts.append(UNOFFICIAL)
        yield styled(" · ".join(filter(None, parts)), "dim")
