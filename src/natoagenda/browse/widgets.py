"""The parts that the explorer's screens share: colours, a list, and the field to type in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from rich.console import RenderableType
from rich.segment import Segment
from textual._context import active_app
from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.theme import Theme
from textual.visual import RenderOptions, Visual
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option


def theme(*, colours: bool) -> Theme:
    """The terminal's own colours, so that dark stays dark and light stays light.

    Args:
        colours: whether there are any; without them what is chosen is underlined.
    """
    return Theme(
        name="terminal",
        ansi=True,
        primary="ansi_blue",
        secondary="ansi_cyan",
        warning="ansi_yellow",
        error="ansi_red",
        success="ansi_green",
        accent="ansi_magenta",
        foreground="ansi_default",
        background="ansi_default",
        surface="ansi_default",
        panel="ansi_default",
        boost="ansi_default",
        variables={
            "ansi-background": "ansi_default",
            "ansi-foreground": "ansi_default",
            "border": "ansi_blue",
            "border-blurred": "ansi_default",
            "block-cursor-text-style": "none" if colours else "bold underline",
            "input-cursor-text-style": "reverse",
            "scrollbar": "ansi_blue",
            "scrollbar-hover": "ansi_blue",
            "scrollbar-active": "ansi_blue",
            "scrollbar-background": "ansi_default",
            "scrollbar-background-hover": "ansi_default",
            "scrollbar-background-active": "ansi_default",
            "scrollbar-corner-color": "ansi_default",
        },
    )


class Drawn(Visual):
    """What Rich draws, drawn once for each width.

    Textual's own draws a thing once to see how high it is and once more to show it, which is
    what most of the time of showing a page would go to.
    """

    def __init__(self, renderable: RenderableType) -> None:
        """Remember what to draw."""
        self._renderable = renderable
        self._strips: tuple[int, list[Strip]] = (-1, [])

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """Give all there is."""
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:
        """Count the lines."""
        return len(self._drawn(width))

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """Give the lines, in the style of the list where they have none of their own."""
        base = style.rich_style
        return [strip.apply_style(base) for strip in self._drawn(width)[:height]]

    def _drawn(self, width: int) -> list[Strip]:
        if self._strips[0] != width:
            app = active_app.get()
            options = app.console_options.update(highlight=False, width=width, height=None)
            segments = app.console.render(self._renderable, options)
            lines = Segment.split_and_crop_lines(
                segments, width, include_new_lines=False, pad=False
            )
            self._strips = width, [Strip(line) for line in lines]
        return self._strips[1]


class List(OptionList):
    """Things under each other of which one is chosen; the arrows leave it sideways."""

    DEFAULT_CSS: ClassVar[str] = """
    List {
        height: 1fr; border: none; padding: 0; background: ansi_default;
        scrollbar-size-vertical: 1; overflow-y: scroll;
        & > .option-list--option { padding: 0 1; }
        & > .option-list--option-disabled { color: ansi_default; text-style: none; }
        & > .option-list--option-hover { background: ansi_default; }
        & > .option-list--option-highlighted {
            color: ansi_blue; background: ansi_default; text-style: bold;
        }
        &:focus { border: none; background-tint: transparent 0%; }
        &:focus > .option-list--option-highlighted {
            color: ansi_bright_white; background: ansi_blue;
            text-style: $block-cursor-text-style;
        }
    }
    """

    def fill(self, lines: Sequence[tuple[RenderableType, bool]], chosen: int | None) -> None:
        """Show other things, each with whether it can be chosen, without saying that one is."""
        with self.prevent(OptionList.OptionHighlighted):
            self.set_options([Option(Drawn(line), disabled=not free) for line, free in lines])
            self.highlighted = chosen
        self.scroll_to_highlight(top=False)

    def holds(self, event: OptionList.OptionMessage) -> bool:
        """Whether what something is said of is still here; another may be in its place."""
        at = event.option_index
        return at < len(self.options) and self.options[at] is event.option

    def choose(self, at: int | None) -> None:
        """Mark a thing, without saying so."""
        with self.prevent(OptionList.OptionHighlighted):
            self.highlighted = at


class SearchField(Input):
    """Where words are typed; up and down move among the hits meanwhile."""

    BINDINGS: ClassVar[list[Any]] = [
        ("up", "app.hit(-1)", "hit before"),
        ("down", "app.hit(1)", "next hit"),
        ("pageup", "app.hit(-10)", "hits before"),
        ("pagedown", "app.hit(10)", "next hits"),
        ("escape", "app.leave", "leave"),
    ]


Named = Sequence[tuple[str, str, str | None]]
"""Keys, what they do, and the app's action that a click on them does, or None."""


class Keys(Static):
    """The last line: the keys that work now; a click on one presses it."""

    DEFAULT_CSS: ClassVar[str] = """
    Keys {
        height: auto; max-height: 2; padding: 0 1; link-color: ansi_default; link-style: none;
        link-background: ansi_default; link-color-hover: ansi_default; link-style-hover: underline;
        link-background-hover: ansi_default;
    }
    """

    def __init__(self, keys: Named) -> None:
        """Name some keys."""
        super().__init__(_line(keys))

    def show(self, keys: Named) -> None:
        """Name other keys."""
        self.update(_line(keys), layout=False)


def _line(keys: Named) -> Content:
    parts: list[Content] = []
    for key, what, action in keys:
        words = Content.assemble((key, "bold ansi_magenta"), " ", what)
        meta = {"@click": f"app.{action}"} if action else {}
        parts.append(words.stylize(Style.from_meta(meta)))
    return Content(" ").join(parts)
