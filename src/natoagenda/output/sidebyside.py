"""The page of `compare`: a topic in several letters, side by side where there is room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from natoagenda.output import UNOFFICIAL, Reply, days_words, page_words
from natoagenda.output.pieces import TEXT
from natoagenda.output.table import Pen, grid, stack, styled
from natoagenda.rows import Change, ComparedStance, Comparison

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    Page = Iterator[RenderableType]

_SIGNS = {
    None: (" ", ""),
    Change.SAME: ("=", "dim"),
    Change.CHANGED: ("~", "yellow"),
    Change.NEW: ("+", "green"),
    Change.GONE: ("-", "red"),
}
_LEGEND = "= the same · ~ changed · + new · - gone since the letter before"
_COLUMN = 38
"""Columns that a letter needs beside another."""


def compare(reply: Reply, pen: Pen) -> Page:
    """A topic in several letters: side by side, a stance and what became of it in one line."""
    rows: Any = reply.rows
    letters = [list(group) for _, group in groupby(rows, key=lambda row: row.agenda)]
    beside = 1 if pen.narrow else max(1, pen.screen.width // (_COLUMN + 2))
    if beside == 1 or len(letters) == 1:
        for letter in letters:
            yield from _one_letter(letter, pen)
    else:
        chains = _chains(letters)
        # The last letter of a band is the first of the next: each stands beside the one before.
        for first in range(0, max(1, len(letters) - 1), beside - 1):
            band = range(first, min(first + beside, len(letters)))
            yield _side_by_side(letters, chains, band, pen)
            yield styled("")
    if len(letters) > 1:
        yield styled(_LEGEND, "dim")
    if pen.screen.lang == "en":
        yield styled(UNOFFICIAL, "dim")


def _letter_head(letter: Sequence[Comparison], pen: Pen) -> list[Text]:
    first = letter[0]
    lines = [styled(days_words(first.starts, first.ends), "bold green")]
    lines.append(styled(f"{first.organisation} · {first.agenda}", "dim"))
    for row in letter:
        lines += pen.both(row.topic.title, row.topic.title_en)
        if row.topic.match == "text":
            lines.append(styled("by what its text says", "dim"))
    return lines


def _signed(sign: tuple[str, str], lines: Sequence[Text]) -> RenderableType:
    mark, style = sign
    table = grid({"width": 1, "style": style}, TEXT)
    table.padding = (0, 1, 0, 0)
    table.add_row(mark, stack(lines))
    return table


def _cell(row: ComparedStance, pen: Pen) -> RenderableType:
    place = f"{page_words(row.pages)} · ¶ {row.id.removeprefix(f'{row.section}.')}"
    lines = [pen.quote(row.text, row.text_en, row.footnotes)]
    for quote in row.about:
        about = styled("on: ", "dim")
        about.append_text(pen.words(quote.text, quote.text_en, "dim"))
        lines.append(about)
    return _signed(_SIGNS[row.change], [*lines, styled(place, "dim")])


def _one_letter(letter: Sequence[Comparison], pen: Pen) -> Page:
    yield stack(_letter_head(letter, pen))
    stances = [row for each in letter for row in each.stances]
    for row in stances:
        yield _cell(row, pen)
    if not stances:
        yield styled("the letter states no Dutch stance on this topic", "dim")
    for gone in (row for each in letter for row in each.gone):
        yield _cell(gone, pen)
    yield styled("")


_Chain = dict[int, Any]


def _chains(letters: Sequence[Sequence[Comparison]]) -> list[_Chain]:
    """The stances that follow from each other, by the number of their letter.

    Where one is gone its chain ends with None.
    """
    chains: list[_Chain] = []
    last: dict[str, _Chain] = {}
    for number, letter in enumerate(letters):
        now: dict[str, _Chain] = {}
        for row in (row for each in letter for row in each.stances):
            chain = last.get(row.before or "")
            if chain is None:
                chain = {}
                chains.append(chain)
            chain[number] = row
            now[row.id] = chain
        for identifier, chain in last.items():
            if number not in chain and identifier:
                chain[number] = None
        last = now
    return chains


def _side_by_side(
    letters: Sequence[Sequence[Comparison]], chains: Sequence[_Chain], band: range, pen: Pen
) -> RenderableType:
    table = grid(*[{"ratio": 1} for _ in band])
    table.add_row(*[stack(_letter_head(letters[number], pen)) for number in band])
    for chain in chains:
        if not any(number in chain for number in band):
            continue
        cells: list[RenderableType] = []
        for number in band:
            if number not in chain:
                cells.append("")
            elif chain[number] is None:
                gone = _signed(_SIGNS[Change.GONE], [styled("gone", "red")])
                cells.append(gone if number > band[0] else "")
            else:
                cells.append(_cell(chain[number], pen))
        if any(cells):
            table.add_row()
            table.add_row(*cells)
    if not any(row for number in band for each in letters[number] for row in each.stances):
        table.add_row(styled("no letter here states a Dutch stance on this topic", "dim"))
    return table
