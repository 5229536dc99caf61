"""Answers as Markdown that pastes into a memo: tables, and quotes with their source under each.

A source line names the letter, the page and the official address, ready to cite. What Markdown
would read as markup in a letter's text is escaped, so that the text comes out as printed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from natoagenda import citations
from natoagenda.model import Agenda, Call, Role
from natoagenda.output import (
    ROLE_WORDS,
    UNOFFICIAL,
    Reply,
    Screen,
    by_agenda,
    date_words,
    days_words,
    leads,
    page_words,
    proposals,
    titles_of,
)
from natoagenda.rows import (
    Change,
    Comparison,
    FootnoteRow,
    PromiseRow,
    Quote,
    ReferenceRow,
    SessionRow,
    StatementRow,
)
from natoagenda.visible import visible

_MARKUP = re.compile(r"[\\`*_\[\]<>|~#$]")
"""What Markdown, in one dialect or another, reads as markup inside a line."""

_LIST = re.compile(r"(?=[-+=])|\d+(?=[.)](?:\s|\Z))")
"""What makes a list or a heading where a line begins with it."""


def render(reply: Reply, screen: Screen) -> str:
    """Write an answer as Markdown blocks with a blank line between."""
    writer = _Writer(reply, screen)
    blocks = [f"*{_text(sentence)}*" for sentence in proposals(reply)]
    blocks += _VIEWS[reply.view](writer, reply.rows)
    return "\n\n".join(blocks) + "\n"


def _text(text: str) -> str:
    """A text on one line in which Markdown finds no markup."""
    return _begin(_inner(" ".join(text.split())))


def _inner(text: str) -> str:
    """A piece of a line."""
    return _MARKUP.sub(r"\\\g<0>", visible(text))


def _begin(line: str) -> str:
    """A line that does not begin a list."""
    found = _LIST.match(line)
    return f"{found[0]}\\{line[found.end() :]}" if found else line


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


class _Writer:
    """Writes the pieces that the views share, for one answer and one language."""

    def __init__(self, reply: Reply, screen: Screen) -> None:
        self.reply = reply
        self.english = screen.lang == "en"
        self.agendas = {agenda.id: agenda for agenda in reply.agendas}
        self.titles = titles_of(reply)

    def words(self, nl: str, en: str | None) -> str:
        """The text in the language asked for; Dutch, and marked so, where there is no other."""
        if not self.english:
            return _text(nl)
        return _text(nl) + " (Dutch; no translation)" if en is None else _text(en)

    def called(self, nl: str, en: str | None, calls: Iterable[Call], mark: str) -> str:
        """A statement's text, in Dutch with its footnotes' numbers where they are called."""
        if self.english:
            return self.words(nl, en)
        pieces, done = [], 0
        for call in calls:
            pieces += [_inner(nl[done : call.offset]), mark.format(call.number)]
            done = call.offset
        return _begin("".join([*pieces, _inner(nl[done:])]))

    def source(self, agenda: Agenda, pages: Sequence[int], place: str = "") -> str:
        """Where a quote stands: the letter's title, the page, its citation and address."""
        document = agenda.document
        parts = [f"*{_text(agenda.title)}*", page_words(pages)]
        if place:
            parts.append(f"¶ {place}")
        if document.citation:
            parts.append(_text(document.citation))
        if address := citations.address(document.id or ""):
            parts.append(f"<{address}>")
        if self.english:
            parts.append(UNOFFICIAL)
        return ", ".join(parts)

    def quote(self, row: StatementRow, mark: str = "\\[{}\\]") -> str:
        """A statement as a quote, with what it is about, and its source under it."""
        lines = [self.called(row.text, row.text_en, row.footnotes, mark)]
        lines += [
            f"on: “{self.words(about.text, about.text_en)}” ({page_words([about.page])})"
            for about in row.about
        ]
        place = row.id.removeprefix(f"{row.section}.")
        return self.block([*lines, "— " + self.source(self.agendas[row.agenda], row.pages, place)])

    def block(self, lines: Iterable[str]) -> str:
        """Paragraphs of one quote."""
        return "\n>\n".join(f"> {line}" for line in lines)

    def heading(self, level: int, nl: str, en: str | None) -> str:
        """A heading in both languages, the one asked for first."""
        first, second = (en or nl, nl) if self.english else (nl, en)
        names = [first] if second is None or second == first else [first, second]
        return f"{'#' * level} {' / '.join(map(_text, names))}"


def _schedule(writer: _Writer, rows: Sequence[SessionRow]) -> Iterator[str]:
    for agenda, mine in by_agenda(writer.reply):
        yield writer.heading(1, agenda.title, agenda.title_en)
        yield from _days(writer, mine)
        yield "— " + writer.source(agenda, [row.page for row in mine])
    if not rows:
        yield "nothing on the programme"


def _days(writer: _Writer, rows: Sequence[SessionRow]) -> Iterator[str]:
    for date, group in groupby(rows, key=lambda row: row.date):
        yield "## " + (date_words(date, weekday=True) if date else "No day given")
        yield _table(
            ["when", "what", "who", "topics", "page"],
            [
                [
                    row.part_of_day.value if row.part_of_day else "",
                    writer.words(row.title, row.title_en),
                    "; ".join(map(writer.words, row.participants, row.participants_en)),
                    "; ".join(writer.words(*writer.titles[row.agenda, t]) for t in row.topics),
                    page_words([row.page]),
                ]
                for row in group
            ],
        )


def _topics(writer: _Writer, rows: Sequence[Any]) -> Iterator[str]:
    heads = ["topic", "id", "pages", "stances", "expected", "promised", "notes"]
    several = len(writer.agendas) > 1
    yield _table(
        [*heads, "agenda"] if several else heads,
        [
            [
                writer.words(row.title, row.title_en),
                f"`{row.id}`",
                page_words(row.pages),
                *map(str, (row.stances, row.expectations, row.commitments)),
                ", ".join(map(str, row.footnotes)),
                *([f"`{row.agenda}`"] if several else []),
            ]
            for row in rows
        ],
    )


def _topic(writer: _Writer, topic: Any) -> Iterator[str]:
    yield writer.heading(1, topic.title, topic.title_en)
    for role, (heading, none) in ROLE_WORDS.items():
        rows = [row for row in topic.statements if row.role is role]
        if rows or role is Role.STANCE:
            yield f"## {heading}"
            yield from (writer.quote(row, "[^{}]") for row in rows)
            if not rows:
                yield f"{none[0].upper()}{none[1:]}."
    if writer.reply.options.get("full"):
        yield "## The whole section"
        yield from _prose(writer, topic.statements)
    if topic.references:
        yield "## References"
        yield _reference_table(writer, topic.references)
    if topic.sessions:
        yield "## On the programme"
        yield _brief(writer, topic.sessions)
    yield from _notes(writer, topic.footnotes)


def _statements(writer: _Writer, rows: Sequence[StatementRow]) -> Iterator[str]:
    several = len(writer.agendas) > 1
    for agenda, mine in by_agenda(writer.reply):
        if several:
            yield writer.heading(1, agenda.title, agenda.title_en)
        for section, group in groupby(mine, key=lambda row: row.section):
            yield writer.heading(2, *writer.titles[agenda.id, section])
            yield from map(writer.quote, group)
    if not rows:
        narrowed = " on this topic" if writer.reply.options.get("topic") is not None else ""
        yield f"The letter has none{narrowed}."


def _compare(writer: _Writer, rows: Sequence[Comparison]) -> Iterator[str]:
    for row in rows:
        yield f"## {days_words(row.starts, row.ends)}, {_text(row.organisation)}: `{row.agenda}`"
        yield writer.heading(3, row.topic.title, row.topic.title_en)
        if not row.stances:
            yield "The letter states no Dutch stance on this topic."
        for stance in row.stances:
            if stance.change is not None:
                since = f", was {stance.before}" if stance.change is Change.CHANGED else ""
                yield f"**{stance.change.value}**{since}"
            yield writer.quote(stance)
        if row.gone:
            yield f"**gone** since `{row.before}`"
            yield from map(writer.quote, row.gone)


def _commitments(writer: _Writer, rows: Sequence[PromiseRow]) -> Iterator[str]:
    if all(row.later is None for row in rows):
        yield from _statements(writer, rows)
        return
    for row in rows:
        yield writer.heading(2, *writer.titles[row.agenda, row.section])
        yield writer.quote(row)
        if not row.later:
            yield "No later letter mentions it."
        else:
            yield _table(
                ["later letter", "the same", "what", "where"],
                [
                    [
                        f"{date_words(each.starts)}, `{each.agenda}`",
                        each.by,
                        _text(each.title),
                        ", ".join(map(_text, each.places)),
                    ]
                    for each in row.later
                ],
            )


def _prose(writer: _Writer, rows: Sequence[StatementRow]) -> Iterator[str]:
    """The running text, a block a paragraph."""
    for _, paragraph in groupby(rows, key=lambda row: row.id.rsplit(".", 1)[0]):
        yield " ".join(
            writer.called(row.text, row.text_en, row.footnotes, "[^{}]") for row in paragraph
        )


def _brief(writer: _Writer, rows: Sequence[SessionRow]) -> str:
    return _table(
        ["day", "what", "page"],
        [
            [
                " ".join(filter(None, [date_words(row.date) if row.date else "", row.part_of_day])),
                writer.words(row.title, row.title_en),
                page_words([row.page]),
            ]
            for row in rows
        ],
    )


def _notes(writer: _Writer, rows: Sequence[FootnoteRow]) -> Iterator[str]:
    """Footnotes as Markdown knows them."""
    for row in rows:
        text = writer.words(row.text, row.text_en)
        yield f"[^{row.number}]: {text} ({page_words([row.page])})"


def _show(writer: _Writer, whole: Any) -> Iterator[str]:
    about = whole.agenda
    yield writer.heading(1, about.title, about.title_en)
    yield writer.source(writer.agendas[about.id], [1, about.document.pages])
    for section in whole.sections:
        if section.title:
            yield writer.heading(2, section.title, section.title_en)
        yield from _prose(writer, [row for part in section.paragraphs for row in part.statements])
    yield "## Programme"
    yield from (block.replace("## ", "### ", 1) for block in _days(writer, whole.sessions))
    if whole.references:
        yield "## References"
        yield _reference_table(writer, whole.references)
    yield from _notes(writer, whole.footnotes)


def _footnotes(writer: _Writer, rows: Sequence[FootnoteRow]) -> Iterator[str]:
    for row in rows:
        called: Quote = row.called_from
        where = f"called from “{writer.words(called.text, called.text_en)}”"
        source = writer.source(writer.agendas[row.agenda], [row.page])
        text = writer.words(row.text, row.text_en)
        links = [f"<{reference.url}>" for reference in row.references if leads(reference.url)]
        lines = [f"**{row.number}** {text}", *links]
        yield writer.block([*lines, f"{where} ({page_words([called.page])})", f"— {source}"])
    if not rows:
        yield "No footnotes."


def _references(writer: _Writer, rows: Sequence[ReferenceRow]) -> Iterator[str]:
    for agenda, group in groupby(rows, key=lambda row: row.agenda):
        if len(writer.agendas) > 1:
            yield f"## {_text(writer.agendas[agenda].title)}"
        yield _reference_table(writer, list(group))
    if not rows:
        yield "The letter leans on no documents."


def _reference_table(writer: _Writer, rows: Sequence[ReferenceRow]) -> str:
    return _table(
        ["kind", "document", "date", "citation", "address"],
        [
            [
                row.kind.value.replace("-", " ") + (", confidential" if row.confidential else ""),
                writer.words(row.title, row.title_en),
                " or ".join(date_words(date) for date in (row.date, *row.other_dates) if date),
                _text(row.citation or ""),
                f"<{row.url}>" if leads(row.url) else "",
            ]
            for row in rows
        ],
    )


def _search(writer: _Writer, rows: Sequence[Any]) -> Iterator[str]:
    for row in rows:
        pieces, done = [], 0
        for start, end in row.matches:
            pieces += [_inner(row.text[done:start]), f"**{_inner(row.text[start:end])}**"]
            done = end
        text = "".join([*pieces, _inner(row.text[done:])])
        kind = f"{row.kind.value} {row.id}: " if row.kind == "footnote" else ""
        source = writer.source(writer.agendas[row.agenda], [row.page])
        if row.lang == "en" and not writer.english:
            source += f", {UNOFFICIAL}"
        yield writer.block([text, f"— {kind}{source}"])


def _cite(_writer: _Writer, rows: Sequence[citations.Citation]) -> Iterator[str]:
    if rows:
        yield _table(
            ["as printed", "id", "address"],
            [
                [
                    _text(row.citation),
                    row.id or "incomplete",
                    f"<{row.url}>" if leads(row.url) else "",
                ]
                for row in rows
            ],
        )


def _agendas(writer: _Writer, rows: Sequence[Any]) -> Iterator[str]:
    if rows:
        yield _table(
            ["meeting", "letter", "id", "organisation", "topics", "stances", "reviewed"],
            [
                [
                    days_words(row.starts, row.ends),
                    writer.words(row.title, row.title_en),
                    f"`{row.id}`",
                    _text(row.organisation),
                    *map(str, (row.topics, row.stances)),
                    "yes" if row.reviewed else "no",
                ]
                for row in rows
            ],
        )


def _import(_writer: _Writer, rows: Sequence[Any]) -> Iterator[str]:
    for report in rows:
        yield f"## {_text(report.title)}"
        counts = ("pages", "sections", "statements", "stances", "expectations", "commitments",
                  "sessions", "footnotes", "citations")  # fmt: skip
        yield ", ".join(f"{getattr(report, name)} {name}" for name in counts)
        yield f"{report.accounted} of {report.words} words accounted for"
        if found := [f"- {_text(doubt)}" for doubt in report.doubts]:
            yield "\n".join(found)


def _check(_writer: _Writer, rows: Sequence[Any]) -> Iterator[str]:
    for proof in rows:
        verdict = "whole and sound" if proof.sound else f"{len(proof.findings)} findings"
        yield f"## {proof.agenda}: {verdict}"
        counts = ("sections", "statements", "footnotes", "sessions", "references", "words", "pages")
        yield ", ".join(f"{getattr(proof, name)} {name}" for name in counts)
        yield f"SHA-256 `{proof.sha256}`"
        found = [f"- {_text(finding)}" for finding in proof.findings]
        if found:
            yield "\n".join(found)
        if proof.source is not None:
            same = "identical, word for word" if proof.identical else "not identical"
            yield f"{_text(proof.source)}: {same}"
        if proof.differences:
            yield _table(
                ["place", "page", "letter", "data"],
                [
                    [_text(d.place), str(d.page or ""), _text(d.letter), _text(d.data)]
                    for d in proof.differences
                ],
            )


_VIEWS: dict[str, Callable[[_Writer, Any], Iterable[str]]] = {
    "schedule": _schedule,
    "topics": _topics,
    "topic": _topic,
    "stances": _statements,
    "expectations": _statements,
    "commitments": _commitments,
    "compare": _compare,
    "show": _show,
    "footnotes": _footnotes,
    "references": _references,
    "search": _search,
    "cite": _cite,
    "agendas": _agendas,
    "import": _import,
    "check": _check,
}
