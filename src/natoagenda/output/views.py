"""What each command's table shows: a function a view, from a reply to things that Rich prints."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from natoagenda.model import ReferenceKind, Role
from natoagenda.output import (
    UNOFFICIAL,
    Reply,
    Titles,
    by_agenda,
    date_words,
    days_words,
    page_words,
    titles_of,
)
from natoagenda.output.table import (
    Pen,
    bullets,
    gap,
    grid,
    stack,
    styled,
)
from natoagenda.rows import (
    Change,
    ComparedStance,
    Comparison,
    FootnoteRow,
    Mention,
    ReferenceRow,
    SessionRow,
    StatementRow,
    Topic,
    TopicRow,
)

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from natoagenda.search import Hit

Page = Iterator["RenderableType"]
_PAGE = {"width": 7, "justify": "right", "style": "dim", "no_wrap": True}
_PLACE = {"width": 7, "style": "dim", "no_wrap": True}
_TEXT = {"ratio": 1}

_ROLE_WORDS = {
    Role.STANCE: ("Dutch stance", "the letter states no Dutch stance on this topic"),
    Role.EXPECTATION: ("Expected of allies", "the letter expects nothing in particular"),
    Role.COMMITMENT: ("Promised to parliament", "the letter promises parliament nothing here"),
}


# -- the programme -------------------------------------------------------------------------


def schedule(reply: Reply, pen: Pen) -> Page:
    """The programme of each meeting, a table a day."""
    titles = titles_of(reply)
    several = len(reply.agendas) > 1
    for i, (agenda, rows) in enumerate(by_agenda(reply)):
        if i:
            yield styled("")
        if several:
            yield from pen.meeting(agenda)
        else:
            yield stack(pen.both(agenda.title, agenda.title_en))
        yield from _sessions(rows, titles, pen)
    if not reply.rows:
        yield styled("nothing on the programme", "dim")
    yield from pen.source(reply.agendas)


def _sessions(rows: Sequence[SessionRow], titles: Titles, pen: Pen) -> Page:
    """The entries of one meeting, under the day: when, what, who, page."""
    from rich.console import Group

    for date, entries in groupby(rows, key=lambda row: row.date):
        yield styled("")
        yield pen.heading(date_words(date, weekday=True) if date else "No day given")
        if pen.narrow:
            table = grid(_TEXT, _PAGE)
        else:
            table = grid({"width": 10, "style": "dim"}, {"ratio": 5}, {"ratio": 4}, _PAGE)
        for row in entries:
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
        yield table


# -- topics and statements -----------------------------------------------------------------


def topics(reply: Reply, pen: Pen) -> Page:
    """The list of topics with what is counted in each."""
    several = len(reply.agendas) > 1
    for i, (agenda, rows) in enumerate(by_agenda(reply)):
        if several:
            if i:
                yield styled("")
            yield from pen.meeting(agenda)
        yield _topics(rows, pen)
    if not reply.rows:
        yield styled("no topics", "dim")
    yield from pen.source(reply.agendas)


def _topics(rows: Sequence[TopicRow], pen: Pen) -> RenderableType:
    heads = ("stances", "expected", "promised", "notes")
    if pen.narrow:
        table = grid(_TEXT, _PAGE)
    else:
        counts = [{"header": head, "justify": "right"} for head in heads]
        table = grid({"header": "topic", **_TEXT}, {"header": "pages", "width": 6}, *counts)
        table.show_header = True
        table.header_style = "dim"
    for row in rows:
        gap(table)
        names = [*pen.both(row.title, row.title_en), styled(row.id, "dim")]
        counted = [_count(row.stances), _count(row.expectations), _count(row.commitments)]
        counted.append(", ".join(map(str, row.footnotes)))
        if pen.narrow:
            pairs = zip(counted, heads, strict=True)
            words = " · ".join(f"{head} {number}" for number, head in pairs if number)
            table.add_row(stack([*names, styled(words)]), page_words(row.pages))
        else:
            table.add_row(stack(names), page_words(row.pages).removeprefix("p. "), *counted)
    return table


def _count(number: int) -> str:
    return str(number) if number else "–"


def topic(reply: Reply, pen: Pen) -> Page:
    """One topic: the Dutch stance first, then all else that the letter says on it."""
    found: Any = reply.rows
    answer: Topic = found
    title, *second = pen.both(answer.title, answer.title_en)
    pages = styled(page_words(answer.pages), "dim")
    yield stack([title, styled(" · ", "dim").join([*second, pages])])
    for role, rows in (
        (Role.STANCE, answer.stances),
        (Role.EXPECTATION, answer.expectations),
        (Role.COMMITMENT, answer.commitments),
    ):
        words, none = _ROLE_WORDS[role]
        if rows or role is Role.STANCE:
            yield styled("")
            yield pen.heading(words)
            yield _quotes(rows, pen) if rows else styled(none, "dim")
    if reply.options.get("full"):
        yield styled("")
        yield pen.heading("The whole section")
        yield _prose(answer.statements, pen)
    if answer.footnotes:
        yield styled("")
        yield pen.heading("Footnotes")
        yield _notes(answer.footnotes, pen, sources=False)
    if answer.references:
        yield styled("")
        yield pen.heading("References")
        yield _references(answer.references, pen)
    if answer.sessions:
        yield styled("")
        yield pen.heading("On the programme")
        yield _brief(answer.sessions, pen)
    yield from pen.source(reply.agendas)


def _quotes(rows: Sequence[StatementRow], pen: Pen) -> RenderableType:
    """Statements, each with its place and with what it is about."""
    table = grid(_PLACE, _TEXT) if pen.narrow else grid(_PLACE, _TEXT, _PLACE)
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


def statements(reply: Reply, pen: Pen) -> Page:
    """The statements of one role, under the titles of their sections."""
    titles = titles_of(reply)
    several = len(reply.agendas) > 1
    first = True
    for agenda, rows in by_agenda(reply):
        if several:
            if not first:
                yield styled("")
            yield from pen.meeting(agenda)
        for section, group in groupby(rows, key=lambda row: row.section):
            if several or not first:
                yield styled("")
            first = False
            yield stack(pen.both(*titles[agenda.id, section], "bold green"))
            yield _quotes(list(group), pen)
    if not reply.rows:
        narrowed = " on this topic" if reply.options.get("topic") is not None else ""
        yield styled(f"the letter has none{narrowed}", "dim")
    yield from pen.source(reply.agendas)


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
    table = grid({"width": 1, "style": style}, _TEXT)
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


def commitments(reply: Reply, pen: Pen) -> Page:
    """What was promised and, where that was asked for, which later letters come back to it."""
    rows: Any = reply.rows
    if all(row.later is None for row in rows):
        yield from statements(reply, pen)
        return
    titles = titles_of(reply)
    for i, (agenda, mine) in enumerate(by_agenda(reply)):
        if i:
            yield styled("")
        yield from pen.meeting(agenda)
        for row in mine:
            yield styled("")
            yield stack(pen.both(*titles[agenda.id, row.section], "bold green"))
            yield _quotes([row], pen)
            yield _later(row.later)


def _later(mentions: Sequence[Mention]) -> RenderableType:
    """The letters that come back to a promise, a row each."""
    table = grid(_PLACE, _TEXT)
    if not mentions:
        table.add_row("later", styled("no later letter mentions it", "bold"))
    for mention in mentions:
        line = styled(f"{date_words(mention.starts)} · {mention.agenda}: ")
        line.append_text(styled(f"the same {mention.by}, {mention.title}"))
        if mention.places:
            line.append_text(styled(f" ({', '.join(mention.places)})", "dim"))
        table.add_row("later", line)
    return table


def _prose(rows: Sequence[StatementRow], pen: Pen) -> RenderableType:
    """Statements as the running text that they are, a row a paragraph; stances stand out."""
    table = grid(_PLACE, _TEXT)
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


def show(reply: Reply, pen: Pen) -> Page:
    """The whole letter in reading order, then its programme, notes and sources."""
    whole: Any = reply.rows
    about = whole.agenda
    yield stack(pen.both(about.title, about.title_en))
    days = " to ".join(dict.fromkeys(date_words(day) for day in (about.starts, about.ends)))
    delegation = (
        pen.words(nl, en).plain
        for nl, en in zip(about.delegation, about.delegation_en, strict=True)
    )
    yield styled(" · ".join(filter(None, [about.organisation, about.venue, days])))
    yield styled(", ".join(delegation))
    for section in whole.sections:
        yield styled("")
        if section.title:
            yield stack(pen.both(section.title, section.title_en, "bold green"))
        yield _prose([row for part in section.paragraphs for row in part.statements], pen)
    if whole.sessions:
        yield styled("")
        yield pen.heading("Programme")
        yield _brief(whole.sessions, pen)
    if whole.footnotes:
        yield styled("")
        yield pen.heading("Footnotes")
        yield _notes(whole.footnotes, pen, sources=False)
    if whole.references:
        yield styled("")
        yield pen.heading("References")
        yield _references(whole.references, pen)
    yield from pen.source(reply.agendas)


def _brief(rows: Sequence[SessionRow], pen: Pen) -> RenderableType:
    """Entries of the programme, a line or two each."""
    table = grid({"width": 19, "style": "dim"}, _TEXT, _PAGE)
    for row in rows:
        when = date_words(row.date, weekday=True).rsplit(" ", 1)[0] if row.date else "no day given"
        part = f"\n{row.part_of_day.value}" if row.part_of_day else ""
        table.add_row(when + part, pen.words(row.title, row.title_en), page_words([row.page]))
    return table


# -- notes and sources ---------------------------------------------------------------------


def footnotes(reply: Reply, pen: Pen) -> Page:
    """Footnotes with the statement that calls each and what each cites."""
    for i, (agenda, rows) in enumerate(by_agenda(reply)):
        if len(reply.agendas) > 1:
            if i:
                yield styled("")
            yield from pen.meeting(agenda)
        yield _notes(rows, pen, sources=True)
    if not reply.rows:
        has_some = any(agenda.footnotes for agenda in reply.agendas)
        none = "no such footnote" if has_some else "the letter has no footnotes"
        yield styled(none, "dim")
    yield from pen.source(reply.agendas)


def _notes(rows: Sequence[FootnoteRow], pen: Pen, *, sources: bool) -> RenderableType:
    """Footnotes by number; with `sources` also where each is called and what it cites."""
    table = grid({"width": 4, "style": "bold"}, _TEXT, _PAGE)
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


def references(reply: Reply, pen: Pen) -> Page:
    """The documents that each letter leans on."""
    for i, (agenda, rows) in enumerate(by_agenda(reply)):
        if len(reply.agendas) > 1:
            if i:
                yield styled("")
            yield from pen.meeting(agenda)
        yield _references(rows, pen, places=True)
    if not reply.rows:
        yield styled("the letter leans on no documents", "dim")
    yield from pen.source(reply.agendas)


def _references(rows: Sequence[ReferenceRow], pen: Pen, *, places: bool = False) -> RenderableType:
    """Documents: kind, then title, date, citation and address; with `places` where cited."""
    table = grid({"width": 19, "style": "dim"}, _TEXT) if pen.wide else grid(_TEXT)
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


# -- search and citations ------------------------------------------------------------------

_AROUND = 160
"""Characters of a long text that are shown around its first match."""


def search(reply: Reply, pen: Pen) -> Page:
    """Hits, best first: what it is and where, and the text with the matches marked."""
    rows: Any = reply.rows
    several = bool(reply.options.get("several"))
    titles = titles_of(reply)
    table = grid({"width": 9, "style": "dim"}, _TEXT, _PAGE)
    for row in rows:
        gap(table)
        name = f"{row.kind.value} {row.id}" if row.kind == "footnote" else row.id
        section = titles.get((row.agenda, row.section or ""))
        title = pen.words(*section).plain if section and row.kind != "section" else ""
        facts = [name, title, row.agenda if several else "", _tier(row)]
        place = styled(" · ".join(filter(None, facts)), "dim")
        table.add_row(
            row.kind.value,
            stack([_marked(row, pen, full=bool(reply.options.get("full"))), place]),
            page_words([row.page]),
        )
    if rows:
        yield table
        yield styled("")
        more = ", and there are more" if reply.options.get("more") else ""
        parts = [f"{_count_of(len(rows), 'place')}{more}"]
        if pen.screen.lang == "en":
            parts.append(f"English: {UNOFFICIAL}")
        yield styled(" · ".join(parts), "dim")


def _tier(row: Hit) -> str:
    language = ", unofficial translation" if row.lang == "en" else ""
    return f"{row.match.value}{language}"


def _marked(row: Hit, pen: Pen, *, full: bool) -> Text:
    """A hit's text with the matches marked; of a long text the part around the first."""
    start, end = 0, len(row.text)
    if not full and end > 2 * _AROUND:
        start = max(0, row.matches[0][0] - _AROUND) if row.matches else 0
        end = min(end, start + 2 * _AROUND)
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


def cite(reply: Reply, pen: Pen) -> Page:
    """Citations as printed, each with its id and address."""
    rows: Any = reply.rows
    table = grid({"ratio": 1}, {"ratio": 2}) if pen.wide else grid(_TEXT)
    for row in rows:
        if row.url:
            lines = [styled(row.id, "bold"), pen.link(row.url)]
        else:
            lines = [styled("no official id: the citation is incomplete", "dim")]
        if pen.wide:
            table.add_row(styled(row.citation), stack(lines))
        else:
            gap(table)
            table.add_row(stack([styled(row.citation), *lines]))
    yield table


# -- proof ---------------------------------------------------------------------------------


def check(reply: Reply, pen: Pen) -> Page:
    """What holds, what does not, and where letter and data set differ."""
    proofs: Any = reply.rows
    for proof in proofs:
        found = _count_of(len(proof.findings), "finding")
        verdict = "whole and sound" if proof.sound else found
        yield styled(f"{proof.agenda}: {verdict}", "bold")
        counts = (
            f"{proof.sections} sections, {proof.statements} statements, {proof.words} words, "
            f"{proof.pages} pages, {proof.footnotes} footnotes each called once, "
            f"{proof.sessions} sessions, {proof.references} references"
        )
        yield styled(counts)
        yield styled(f"SHA-256 {proof.sha256}")
        for finding in proof.findings:
            yield pen.item(styled(finding))
        if proof.source is not None:
            yield styled("")
            yield styled(_comparison(proof), "bold")
        if proof.differences:
            yield _differences(proof.differences)


def _comparison(proof: Any) -> str:
    if proof.identical:
        return f"{proof.source}: identical, word for word, all {proof.words} words"
    return f"{proof.source}: {_count_of(len(proof.differences), 'difference')}"


def _count_of(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _differences(rows: Sequence[Any]) -> RenderableType:
    table = grid(_PLACE, {"width": 7, "style": "dim"}, _TEXT)
    for row in rows:
        table.add_row()
        table.add_row(page_words([row.page]) if row.page else "", "place", styled(row.place))
        for name, words in (("letter", row.letter), ("data", row.data)):
            table.add_row("", name, styled(words or "(nothing)", "" if words else "dim"))
    return table


# -- the library ---------------------------------------------------------------------------


def agendas(reply: Reply, pen: Pen) -> Page:
    """The agendas in play: the meeting and its days, what is counted, and whether reviewed."""
    rows: Any = reply.rows
    if pen.narrow:
        table = grid(_TEXT)
    else:
        counts = [{"header": head, "justify": "right"} for head in ("topics", "stances")]
        table = grid({"header": "meeting", "width": 21}, {"header": "letter", **_TEXT}, *counts)
        table.show_header = True
        table.header_style = "dim"
    for row in rows:
        gap(table)
        when = styled(days_words(row.starts, row.ends))
        names = [styled(row.id, "bold"), *pen.both(row.title, row.title_en, "")]
        facts = [row.organisation, "" if row.reviewed else "not reviewed"]
        names.append(styled(" · ".join(filter(None, facts)), "dim"))
        names.append(styled(row.path, "dim"))
        if pen.narrow:
            counted = f"{_count_of(row.topics, 'topic')}, {_count_of(row.stances, 'stance')}"
            table.add_row(stack([when, *names, styled(counted)]))
        else:
            table.add_row(when, stack(names), _count(row.topics), _count(row.stances))
    if rows:
        yield table
    yield styled("")
    english = [UNOFFICIAL] if pen.screen.lang == "en" else []
    yield styled(" · ".join([_count_of(len(rows), "agenda"), *english]), "dim")


def removed(reply: Reply, _pen: Pen) -> Page:
    """What was taken out of the library."""
    rows: Any = reply.rows
    for row in rows:
        yield styled(f"removed {row.path}")


# -- import --------------------------------------------------------------------------------


def imported(reply: Reply, pen: Pen) -> Page:
    """What an import found, and what it could not place."""
    reports: Any = reply.rows
    for i, report in enumerate(reports):
        if i:
            yield styled("")
        yield styled(report.title, "bold")
        table = grid({"style": "dim", "width": 12}, _TEXT)
        first, last = date_words(report.starts), date_words(report.ends)
        table.add_row("meeting", styled(first if first == last else f"{first} to {last}"))
        table.add_row("agenda", styled(report.agenda))
        if report.path:
            table.add_row("file", styled(report.path))
        table.add_row("pages", str(report.pages))
        table.add_row("sections", str(report.sections))
        roles = (
            f"{report.statements}: {_count_of(report.stances, 'stance')}, "
            f"{_count_of(report.expectations, 'expectation')}, "
            f"{_count_of(report.commitments, 'commitment')}"
        )
        table.add_row("statements", roles)
        table.add_row(
            "programme", "1 entry" if report.sessions == 1 else f"{report.sessions} entries"
        )
        called = f"{report.called} called, {report.footnotes} found"
        table.add_row("footnotes", called if report.footnotes or report.called else "none")
        table.add_row("papers cited", str(report.citations))
        table.add_row("words", f"{report.accounted} of {report.words} words accounted for")
        if report.left_out:
            table.add_row("left out", stack([styled(line) for line in _alike(report.left_out)]))
        if report.doubts:
            table.add_row("look at", bullets([styled(doubt) for doubt in report.doubts]))
        yield table
        yield styled(
            "Roles and programme are proposals of rules, not reviewed; "
            "set `reviewed: true` in the file once you have checked them.",
            "dim",
        )


def _alike(lines: Sequence[str]) -> list[str]:
    """Lines, of those that differ in numbers alone the first one and how many there are."""
    shapes: dict[str, list[str]] = {}
    for line in lines:
        shapes.setdefault(re.sub(r"\d+", "#", line), []).append(line)
    return [
        first if not more else f"{first}, and {_count_of(len(more), 'line')} like it"
        for first, *more in shapes.values()
    ]


VIEWS: dict[str, Callable[[Reply, Pen], Page]] = {
    "schedule": schedule,
    "topics": topics,
    "topic": topic,
    "stances": statements,
    "expectations": statements,
    "commitments": commitments,
    "compare": compare,
    "footnotes": footnotes,
    "references": references,
    "show": show,
    "search": search,
    "cite": cite,
    "agendas": agendas,
    "removed": removed,
    "import": imported,
    "check": check,
}
