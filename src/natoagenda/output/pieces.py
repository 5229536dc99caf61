"""The pieces of pages for people: quotes, notes, sources and entries of the programme, in rows.

Tables are made of them (`natoagenda.output.views`), and the screen that one looks around in is
(`natoagenda.browse`), so that a thing looks the same wherever it is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from natoagenda.model import ReferenceKind, Role
from natoagenda.output import Titles, date_words, page_words
from natoagenda.output.table import Pen, bullets, gap, grid, stack, styled
from natoagenda.rows import FootnoteRow, ReferenceRow, SessionRow, StatementRow

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from natoagenda.search import Hit

PAGE = {"width": 7, "justify": "right", "style": "dim", "no_wrap": True}
PLACE = {"width": 7, "style": "dim", "no_wrap": True}
TEXT = {"ratio": 1}

_AROUND = 160
"""Characters of a long text that are shown around its first match."""


def count_of(number: int, thing: str) -> str:
    """Count things: `1 stance`, `2 stances`."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def entries_grid(rows: Sequence[SessionRow], titles: Titles, pen: Pen) -> RenderableType:
    """Entries of one day of the programme: when, what, who, page."""
    from rich.console import Group

    if pen.narrow:
        table = grid(TEXT, PAGE)
    else:
        table = grid({"width": 10, "style": "dim"}, {"ratio": 5}, {"ratio": 4}, PAGE)
    for row in rows:
        gap(table)
        part = row.part_of_day.value if row.part_of_day else ""
        what = pen.both(row.title, row.title_en)
        what += [pen.topic(titles[row.agenda, topic]) for topic in row.topics]
        pairs = zip(row.participants, row.participants_en, strict=True)
        who = [pen.words(nl, en) for nl, en in pairs]
        page = page_words([row.page])
        if pen.narrow:
            first = [styled(part, "dim")] if part else []
            parts = [stack([*first, *what]), *([bullets(who)] if who else [])]
            table.add_row(Group(*parts), page)
        else:
            table.add_row(part, stack(what), bullets(who), page)
    return table


def programme_grid(rows: Sequence[SessionRow], pen: Pen) -> RenderableType:
    """Entries of the programme, a line or two each."""
    table = grid({"width": 19, "style": "dim"}, TEXT, PAGE)
    for row in rows:
        when = date_words(row.date, weekday=True).rsplit(" ", 1)[0] if row.date else "no day given"
        part = f"\n{row.part_of_day.value}" if row.part_of_day else ""
        table.add_row(when + part, pen.words(row.title, row.title_en), page_words([row.page]))
    return table


def quotes_grid(rows: Sequence[StatementRow], pen: Pen) -> RenderableType:
    """Statements, each with its place and with what it is about."""
    table = grid(PLACE, TEXT) if pen.narrow else grid(PLACE, TEXT, PLACE)
    shown: set[str] = set()
    for row in rows:
        gap(table)
        lines = [pen.quote(row.text, row.text_en, row.footnotes)]
        for quote in row.about:
            about = styled("on: ", "dim")
            if quote.id in shown:
                about.append(f"¶ {quote.id.removeprefix(f'{row.section}.')} above", "dim")
            else:
                about.append_text(pen.words(quote.text, quote.text_en, "dim"))
                about.append(f"  {page_words([quote.page])}", "dim")
            lines.append(about)
        shown.add(row.id)
        page, text = page_words(row.pages), stack(lines)
        place = "¶ " + row.id.removeprefix(f"{row.section}.")
        if pen.narrow:
            table.add_row(f"{page}\n{place}", text)
        else:
            table.add_row(page, text, place)
    return table


def prose_grid(rows: Sequence[StatementRow], pen: Pen) -> RenderableType:
    """Statements as the running text that they are, a row a paragraph; stances stand out."""
    table = grid(PLACE, TEXT)
    for _, paragraph in groupby(rows, key=lambda row: row.id.rsplit(".", 1)[0]):
        text = styled("")
        pages: list[int] = []
        for row in paragraph:
            style = "bold" if row.role is Role.STANCE else ""
            text.append(" " if pages else "")
            text.append_text(pen.quote(row.text, row.text_en, row.footnotes, style))
            pages.extend(row.pages)
        gap(table)
        table.add_row(page_words(pages), text)
    return table


def notes_grid(rows: Sequence[FootnoteRow], pen: Pen, *, sources: bool) -> RenderableType:
    """Footnotes by number; with `sources` also where each is called and what it cites."""
    table = grid({"width": 4, "style": "bold"}, TEXT, PAGE)
    for row in rows:
        if sources:
            gap(table)
        lines = [pen.words(row.text, row.text_en)]
        if sources:
            called = styled(f"called from {row.called_from.id}, ", "dim")
            called.append_text(styled(page_words([row.called_from.page]) + ": ", "dim"))
            called.append_text(pen.words(row.called_from.text, row.called_from.text_en, "dim"))
            lines.append(called)
            for reference in row.references:
                if reference.url:
                    lines.append(pen.link(reference.url))
        table.add_row(str(row.number), stack(lines), page_words([row.page]))
    return table


def sources_grid(rows: Sequence[ReferenceRow], pen: Pen, *, places: bool = False) -> RenderableType:
    """Documents: kind, then title, date, citation and address; with `places` where cited."""
    table = grid({"width": 19, "style": "dim"}, TEXT) if pen.wide else grid(TEXT)
    for row in rows:
        if places or not pen.wide:
            gap(table)
        kind = "non-paper" if row.kind is ReferenceKind.NON_PAPER else row.kind.replace("-", " ")
        lines = pen.both(row.title, row.title_en, "bold" if places else "")
        if not places:
            lines = lines[:1]
        dates = [date_words(date) for date in (row.date, *row.other_dates) if date]
        facts = [" or ".join(dates), "confidential" if row.confidential else "", row.citation or ""]
        if line := " · ".join(filter(None, facts)):
            lines.append(styled(line))
        if row.url:
            lines.append(pen.link(row.url))
        if row.note and places:
            lines.append(styled(f"note: {row.note}", "dim"))
        if places:
            lines.append(styled(f"cited from {', '.join(row.cited_from)}", "dim"))
        if pen.wide:
            table.add_row(kind, stack(lines))
        else:
            table.add_row(stack([styled(kind, "dim"), *lines]))
    return table


def tier(row: Hit) -> str:
    """How the words of a hit match, and whether these are the letter's."""
    language = ", unofficial translation" if row.lang == "en" else ""
    return f"{row.match.value}{language}"


def marked(row: Hit, pen: Pen, *, full: bool = False, around: int = _AROUND) -> Text:
    """A hit's text with the matches marked; of a long text the part around the first.

    Args:
        row: the hit.
        pen: what writes it.
        full: shows the whole text, however long.
        around: characters that are shown on each side of the first match.
    """
    start, end = 0, len(row.text)
    if not full and end > 2 * around:
        start = max(0, row.matches[0][0] - around) if row.matches else 0
        end = min(end, start + 2 * around)
        start = row.text.rfind(" ", 0, start + 1) + 1
        end = row.text.find(" ", end) if row.text.find(" ", end) > 0 else len(row.text)
    opening, closing = ("", "") if pen.screen.color else ("«", "»")
    text = styled("… " if start else "")
    done = start
    for first, last in row.matches:
        if first < start or last > end:
            continue
        text.append_text(styled(row.text[done:first]))
        text.append_text(styled(f"{opening}{row.text[first:last]}{closing}", "bold magenta"))
        done = last
    text.append_text(styled(row.text[done:end]))
    text.append("" if end == len(row.text) else " …")
    return text
