"""The explorer's other screens: the meetings to choose from, a topic compared, and the keys."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any, ClassVar

from rich.console import Group, RenderableType
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static

from natoagenda import text
from natoagenda.browse.desk import Compared
from natoagenda.browse.surroundings import too_small
from natoagenda.browse.widgets import List
from natoagenda.library import Letter
from natoagenda.output import Lang, Reply, Screen, days_words, unreviewed
from natoagenda.output.pieces import count_of
from natoagenda.output.sidebyside import compare
from natoagenda.output.table import Pen, grid, stack, styled

KEYS = (
    ("↑ ↓  PgUp PgDn  Home End", "move in the list or on the page"),
    ("Tab  ← →", "from the list to the page and back"),
    ("Enter", "follow: to its footnote, its paragraph, its page"),
    ("b or Backspace", "back to where you were"),
    ("/", "search as you type; ↑ ↓ and Enter choose a hit"),
    ("Esc", "leave the search, or this screen"),
    ("s", "Dutch stances only, and everything again"),
    ("e", "English translations, and Dutch again"),
    ("c", "copy the quote with title, page and official id"),
    ("o", "open the address of the reference, or the letter"),
    ("v", "compare this topic across meetings"),
    ("m", "choose another meeting"),
    ("?", "these keys"),
    ("q", "quit"),
)
"""What the keys do, as the help and the manual say it."""

_MOST = 200
"""Meetings that are listed at a time; typing narrows them."""

_CSS = """
%s { align: center middle; background: ansi_default; }
%s > .box { border: round ansi_blue; padding: 0 1; background: ansi_default; }
"""


class Help(ModalScreen[None]):
    """The keys."""

    CSS: ClassVar[str] = (
        _CSS % ("Help", "Help") + "Help > .box { width: 76; max-width: 100%; height: auto; }"
    )
    BINDINGS: ClassVar[list[Any]] = [
        Binding("escape,question_mark,enter", "app.leave", "close", show=False),
        Binding("q", "app.quit", "quit", show=False),
    ]

    def compose(self) -> ComposeResult:
        """Lay out the keys."""
        table = grid({"width": 25, "style": "bold magenta"}, {"ratio": 1})
        for keys, what in KEYS:
            table.add_row(keys, what)
        title = Text("natoagenda browse", "bold")
        closing = Text("Esc closes this. Hold Shift to select text with the mouse.", "dim")
        with VerticalScroll(classes="box"):
            yield Static(Group(title, Text(), table, Text(), closing))


class Meetings(ModalScreen[str]):
    """The meetings, the latest first; typing narrows them."""

    CSS: ClassVar[str] = (
        _CSS % ("Meetings", "Meetings")
        + """
    Meetings > .box { width: 70; max-width: 100%; height: 80%; }
    Meetings Input { height: 1; border: none; padding: 0; background: ansi_default; }
    Meetings Input:focus { border: none; background-tint: transparent 0%; }
    Meetings List > .option-list--option-highlighted {
        color: ansi_bright_white; background: ansi_blue; text-style: $block-cursor-text-style;
    }
    """
    )
    BINDINGS: ClassVar[list[Any]] = [
        Binding("escape", "app.leave", "close", show=False),
        Binding("up", "step(-1)", "Before", show=False),
        Binding("down", "step(1)", "Next", show=False),
        Binding("pageup", "step(-10)", "Before", show=False),
        Binding("pagedown", "step(10)", "Next", show=False),
    ]

    def __init__(self, letters: Sequence[Letter], chosen: str) -> None:
        """List some letters, given by date; one of them is the one that is shown."""
        super().__init__()
        self._letters = letters[::-1]
        self._chosen = chosen
        self._listed: Sequence[Letter] = ()

    def compose(self) -> ComposeResult:
        """Lay out the field and the list."""
        with Vertical(classes="box"):
            yield Input(placeholder="which meeting? year, place, organisation", compact=True)
            yield List()
            yield Static(id="more")

    def on_mount(self) -> None:
        """List all."""
        self._list("")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._list(event.value)

    def _list(self, typed: str) -> None:
        words = text.fold(typed).split()
        fitting = [
            letter
            for letter in self._letters
            if all(word in text.fold(_line(letter)) for word in words)
        ]
        self._listed = fitting[:_MOST]
        shown = self.query_one(List)
        ids = [letter.id for letter in self._listed]
        lines: list[tuple[RenderableType, bool]] = [
            (styled(_line(letter), "bold" if letter.id == self._chosen else ""), True)
            for letter in self._listed
        ]
        at = ids.index(self._chosen) if self._chosen in ids else 0
        shown.fill(lines, at if ids else None)
        hidden = len(fitting) - len(self._listed)
        words_shown = count_of(len(fitting), "meeting")
        more = f", the latest {_MOST} are listed" if hidden else ""
        self.query_one("#more", Static).update(Text(words_shown + more, "dim"))

    def action_step(self, step: int) -> None:
        """Move in the list while the field has the keyboard."""
        shown = self.query_one(List)
        if self._listed and shown.highlighted is not None:
            shown.highlighted = max(0, min(shown.highlighted + step, len(self._listed) - 1))

    @on(Input.Submitted)
    def _take(self) -> None:
        at = self.query_one(List).highlighted
        if at is not None:
            self.dismiss(self._listed[at].id)

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._listed[event.option_index].id)


def _line(letter: Letter) -> str:
    """A meeting on one line."""
    first, last = map(datetime.date.fromisoformat, (letter.starts, letter.ends))
    return " · ".join([days_words(first, last), letter.organisation, letter.id])


class Comparing(ModalScreen[None]):
    """A topic in several meetings, side by side."""

    CSS: ClassVar[str] = (
        _CSS % ("Comparing", "Comparing")
        + """
    Comparing > .box { width: 100%; height: 100%; border: none; padding: 0 1; }
    """
    )
    BINDINGS: ClassVar[list[Any]] = [
        Binding("escape,v", "app.leave", "close", show=False),
        Binding("q", "app.quit", "quit", show=False),
        Binding("question_mark", "app.help", "help", show=False),
        Binding("e", "english", "English", show=False),
    ]

    def __init__(self, compared: Compared, lang: Lang) -> None:
        """Show what was compared."""
        super().__init__()
        self._compared = compared
        self._lang = lang

    def compose(self) -> ComposeResult:
        """Lay out the page."""
        with VerticalScroll(classes="box"):
            yield Static()

    def on_mount(self) -> None:
        """Write the page, which can be scrolled."""
        self.query_one(VerticalScroll).focus()
        self.call_after_refresh(self.write)

    def on_resize(self) -> None:
        """Write it for the new width."""
        self.call_after_refresh(self.write)

    def write(self) -> None:
        """Write the page for the width there is."""
        found = self._compared
        width = max(20, self.query_one(VerticalScroll).scrollable_content_region.width)
        pen = Pen(Screen(width=width, color=True, links=True, lang=self._lang))
        reply = Reply(view="compare", rows=found.rows, agendas=found.agendas)
        title = styled(f"{found.asked}, in {count_of(len(found.agendas), 'meeting')}", "bold")
        said = ["Esc goes back"]
        if len(found.agendas) == 1:
            said.insert(0, "of these letters one has this topic: nothing to compare it with")
        if found.there_are_more:
            said.insert(0, "the latest that have it; natoagenda compare shows all")
        lines = [title, styled(" · ".join(said), "dim")]
        lines += [styled(sentence, "bold") for sentence in unreviewed(found.agendas)]
        small = too_small(*self.app.size)
        shown = Text(small) if small else Group(stack([*lines, Text()]), *compare(reply, pen))
        self.query_one(Static).update(shown)

    def action_english(self) -> None:
        """Show translations, or the letters' words again."""
        self._lang = "nl" if self._lang == "en" else "en"
        self.write()
