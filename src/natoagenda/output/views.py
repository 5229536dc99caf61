"""What each command's table shows: a function a view, from a reply to things that Rich prints."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from natoagenda.model import Role
from natoagenda.output import (
    ROLE_WORDS,
    UNOFFICIAL,
    Reply,
    Titles,
    by_agenda,
    date_words,
    days_words,
    page_words,
    titles_of,
)
from natoagenda.output.pieces import (
    PAGE,
    PLACE,
    TEXT,
    count_of,
    entries_grid,
    marked,
    notes_grid,
    programme_grid,
    prose_grid,
    quotes_grid,
    sources_grid,
    tier,
)
from natoagenda.output.sidebyside import compare
from natoagenda.output.table import Pen, bullets, gap, grid, stack, styled
from natoagenda.rows import (
    Mention,
    SessionRow,
    Topic,
    TopicRow,
)

if TYPE_CHECKING:
    from rich.console import RenderableType


Page = Iterator["RenderableType"]
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
    """The entries of one meeting, under the day."""
    for date, entries in groupby(rows, key=lambda row: row.date):
        yield styled("")
        yield pen.heading(date_words(date, weekday=True) if date else "No day given")
        yield entries_grid(list(entries), titles, pen)


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
        table = grid(TEXT, PAGE)
    else:
        counts = [{"header": head, "justify": "right"} for head in heads]
        table = grid({"header": "topic", **TEXT}, {"header": "pages", "width": 6}, *counts)
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
        words, none = ROLE_WORDS[role]
        if rows or role is Role.STANCE:
            yield styled("")
            yield pen.heading(words)
            yield quotes_grid(rows, pen) if rows else styled(none, "dim")
    if reply.options.get("full"):
        yield styled("")
        yield pen.heading("The whole section")
        yield prose_grid(answer.statements, pen)
    if answer.footnotes:
        yield styled("")
        yield pen.heading("Footnotes")
        yield notes_grid(answer.footnotes, pen, sources=False)
    if answer.references:
        yield styled("")
        yield pen.heading("References")
        yield sources_grid(answer.references, pen)
    if answer.sessions:
        yield styled("")
        yield pen.heading("On the programme")
        yield programme_grid(answer.sessions, pen)
    yield from pen.source(reply.agendas)


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
            yield quotes_grid(list(group), pen)
    if not reply.rows:
        narrowed = " on this topic" if reply.options.get("topic") is not None else ""
        yield styled(f"the letter has none{narrowed}", "dim")
    yield from pen.source(reply.agendas)


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
            yield quotes_grid([row], pen)
            yield _later(row.later)


def _later(mentions: Sequence[Mention]) -> RenderableType:
    """The letters that come back to a promise, a row each."""
    table = grid(PLACE, TEXT)
    if not mentions:
        table.add_row("later", styled("no later letter mentions it", "bold"))
    for mention in mentions:
        line = styled(f"{date_words(mention.starts)} · {mention.agenda}: ")
        line.append_text(styled(f"the same {mention.by}, {mention.title}"))
        if mention.places:
            line.append_text(styled(f" ({', '.join(mention.places)})", "dim"))
        table.add_row("later", line)
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
        yield prose_grid([row for part in section.paragraphs for row in part.statements], pen)
    if whole.sessions:
        yield styled("")
        yield pen.heading("Programme")
        yield programme_grid(whole.sessions, pen)
    if whole.footnotes:
        yield styled("")
        yield pen.heading("Footnotes")
        yield notes_grid(whole.footnotes, pen, sources=False)
    if whole.references:
        yield styled("")
        yield pen.heading("References")
        yield sources_grid(whole.references, pen)
    yield from pen.source(reply.agendas)


# -- notes and sources ---------------------------------------------------------------------


def footnotes(reply: Reply, pen: Pen) -> Page:
    """Footnotes with the statement that calls each and what each cites."""
    for i, (agenda, rows) in enumerate(by_agenda(reply)):
        if len(reply.agendas) > 1:
            if i:
                yield styled("")
            yield from pen.meeting(agenda)
        yield notes_grid(rows, pen, sources=True)
    if not reply.rows:
        has_some = any(agenda.footnotes for agenda in reply.agendas)
        none = "no such footnote" if has_some else "the letter has no footnotes"
        yield styled(none, "dim")
    yield from pen.source(reply.agendas)


def references(reply: Reply, pen: Pen) -> Page:
    """The documents that each letter leans on."""
    for i, (agenda, rows) in enumerate(by_agenda(reply)):
        if len(reply.agendas) > 1:
            if i:
                yield styled("")
            yield from pen.meeting(agenda)
        yield sources_grid(rows, pen, places=True)
    if not reply.rows:
        yield styled("the letter leans on no documents", "dim")
    yield from pen.source(reply.agendas)


# -- search and citations ------------------------------------------------------------------


def search(reply: Reply, pen: Pen) -> Page:
    """Hits, best first: what it is and where, and the text with the matches marked."""
    rows: Any = reply.rows
    several = bool(reply.options.get("several"))
    titles = titles_of(reply)
    table = grid({"width": 9, "style": "dim"}, TEXT, PAGE)
    for row in rows:
        gap(table)
        name = f"{row.kind.value} {row.id}" if row.kind == "footnote" else row.id
        section = titles.get((row.agenda, row.section or ""))
        title = pen.words(*section).plain if section and row.kind != "section" else ""
        facts = [name, title, row.agenda if several else "", tier(row)]
        place = styled(" · ".join(filter(None, facts)), "dim")
        table.add_row(
            row.kind.value,
            stack([marked(row, pen, full=bool(reply.options.get("full"))), place]),
            page_words([row.page]),
        )
    if rows:
        yield table
        yield styled("")
        more = ", and there are more" if reply.options.get("more") else ""
        parts = [f"{count_of(len(rows), 'place')}{more}"]
        if pen.screen.lang == "en":
            parts.append(f"English: {UNOFFICIAL}")
        yield styled(" · ".join(parts), "dim")


def cite(reply: Reply, pen: Pen) -> Page:
    """Citations as printed, each with its id and address."""
    rows: Any = reply.rows
    table = grid({"ratio": 1}, {"ratio": 2}) if pen.wide else grid(TEXT)
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
        found = count_of(len(proof.findings), "finding")
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
    return f"{proof.source}: {count_of(len(proof.differences), 'difference')}"


def _differences(rows: Sequence[Any]) -> RenderableType:
    table = grid(PLACE, {"width": 7, "style": "dim"}, TEXT)
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
        table = grid(TEXT)
    else:
        counts = [{"header": head, "justify": "right"} for head in ("topics", "stances")]
        table = grid({"header": "meeting", "width": 21}, {"header": "letter", **TEXT}, *counts)
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
            counted = f"{count_of(row.topics, 'topic')}, {count_of(row.stances, 'stance')}"
            table.add_row(stack([when, *names, styled(counted)]))
        else:
            table.add_row(when, stack(names), _count(row.topics), _count(row.stances))
    if rows:
        yield table
    yield styled("")
    english = [UNOFFICIAL] if pen.screen.lang == "en" else []
    yield styled(" · ".join([count_of(len(rows), "agenda"), *english]), "dim")


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
        table = grid({"style": "dim", "width": 12}, TEXT)
        first, last = date_words(report.starts), date_words(report.ends)
        table.add_row("meeting", styled(first if first == last else f"{first} to {last}"))
        table.add_row("agenda", styled(report.agenda))
        if report.path:
            table.add_row("file", styled(report.path))
        table.add_row("pages", str(report.pages))
        table.add_row("sections", str(report.sections))
        roles = (
            f"{report.statements}: {count_of(report.stances, 'stance')}, "
            f"{count_of(report.expectations, 'expectation')}, "
            f"{count_of(report.commitments, 'commitment')}"
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
        first if not more else f"{first}, and {count_of(len(more), 'line')} like it"
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
