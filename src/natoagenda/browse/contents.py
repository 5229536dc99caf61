"""What stands on the right: the items of a page, each with what can be done with it.

Items are made of the pieces that tables are made of, so that they look and read alike.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import msgspec

from natoagenda import answers, citations
from natoagenda.browse.places import ROLES, Page, Place, name_of, place_of_id
from natoagenda.errors import NotFoundError
from natoagenda.model import Agenda, Role, Section
from natoagenda.output import (
    ROLE_WORDS,
    UNOFFICIAL,
    Reply,
    Screen,
    Titles,
    date_words,
    page_words,
    titles_of,
)
from natoagenda.output.pieces import entries_grid, notes_grid, quotes_grid, sources_grid
from natoagenda.output.table import Pen, stack, styled
from natoagenda.rows import FootnoteRow, Quote, ReferenceRow, Rows, SessionRow, StatementRow
from natoagenda.visible import visible

if TYPE_CHECKING:
    from rich.console import RenderableType


class Item(NamedTuple):
    """A thing on a page.

    Attributes:
        content: how it looks.
        key: what it is called in a `Place`; empty for what cannot be chosen.
        leads: where Enter leads, or None.
        quote: what is copied: its words and their source.
        url: the address of what it refers to, or of the letter; None where neither has one.
    """

    content: RenderableType
    key: str = ""
    leads: Place | None = None
    quote: str = ""
    url: str | None = None


class Writer:
    """Writes the pages of one agenda, for one width and one language."""

    def __init__(self, agenda: Agenda, screen: Screen, *, stances_only: bool = False) -> None:
        """Remember what to write for."""
        self.agenda = agenda
        self.pen = Pen(screen)
        self._rows = Rows(agenda)
        self._stances_only = stances_only
        self._titles: Titles = titles_of(Reply(view="browse", rows=(), agendas=[agenda]))
        self._letter = citations.address(agenda.document.id or "")

    def page(self, place: Place) -> list[Item]:
        """The items of a page.

        Raises:
            NotFoundError: where the agenda has no such page.
        """
        match place.page:
            case Page.DAY:
                date = datetime.date.fromisoformat(place.id) if place.id else None
                items = self._day(date)
            case Page.SESSION:
                items = self._session(place.id)
            case Page.SECTION:
                items = self._section(place.id)
            case Page.ROLE:
                items = self._role(Role(place.id))
            case Page.FOOTNOTES:
                items = self._footnotes()
            case Page.REFERENCES:
                items = self._references()
        return list(items)

    # -- pages -------------------------------------------------------------------------------

    def _day(self, date: datetime.date | None) -> Iterator[Item]:
        yield self._title(date_words(date, weekday=True) if date else "No day given")
        found = [row for row in answers.schedule([self.agenda]) if row.date == date]
        for row in found:
            yield _blank()
            yield self._entry(row)
        if not found:
            yield Item(styled("nothing on the programme", "dim"))

    def _session(self, identifier: str) -> Iterator[Item]:
        session = _found(each for each in self.agenda.sessions if each.id == identifier)
        row = self._rows.session(session)
        when = date_words(row.date, weekday=True) if row.date else "no day given"
        if row.part_of_day:
            when = f"{when}, {row.part_of_day.value}"
        yield self._title(row.title, row.title_en, when)
        if row.participants:
            yield from self._heading("Who")
        for nl, en in zip(row.participants, row.participants_en, strict=True):
            yield Item(self.pen.item(self.pen.words(nl, en)))
        if row.topics:
            yield from self._heading("Topics")
        for topic in row.topics:
            titles = self._titles[self.agenda.id, topic]
            yield Item(self.pen.topic(titles), topic, Place(self.agenda.id, Page.SECTION, topic))
        yield from self._heading("In the letter")
        for quote in row.quotes:
            yield self._quoted(quote)

    def _section(self, identifier: str) -> Iterator[Item]:
        section = _found(each for each in self.agenda.sections if each.id == identifier)
        yield self._title(
            name_of(self.agenda, identifier), section.title_en, page_words(section.pages)
        )
        if section in self.agenda.topics:
            yield from self._by_role(section)
            if self._stances_only:
                return
            yield from self._heading("The whole section")
        for i, paragraph in enumerate(section.paragraphs):
            if i:
                yield _blank()
            for statement in paragraph:
                row = self._rows.statement(statement)
                yield self._statement(msgspec.structs.replace(row, about=()), context=False)
        topic = self._rows.topic(section)
        if topic.footnotes:
            yield from self._heading("Footnotes")
            yield from _apart(map(self._footnote, topic.footnotes))
        if topic.references:
            yield from self._heading("References")
            yield from _apart(map(self._reference, topic.references))
        if topic.sessions:
            yield from self._heading("On the programme")
            yield from _apart(map(self._entry, topic.sessions))

    def _by_role(self, section: Section) -> Iterator[Item]:
        for role, (heading, none) in ROLE_WORDS.items():
            rows = self._rows.statements(section, role)
            if role is Role.STANCE or (rows and not self._stances_only):
                yield from self._heading(heading)
                yield from _apart(map(self._statement, rows))
                if not rows:
                    yield Item(styled(none, "dim"))

    def _role(self, role: Role) -> Iterator[Item]:
        yield self._title(ROLES[role])
        for section in self.agenda.sections:
            rows = self._rows.statements(section, role)
            if rows:
                yield from self._heading(
                    self.pen.words(name_of(self.agenda, section.id), section.title_en).plain
                )
                yield from _apart(map(self._statement, rows))
        if not any(section.with_role(role) for section in self.agenda.sections):
            yield Item(styled("the letter has none", "dim"))

    def _footnotes(self) -> Iterator[Item]:
        yield self._title("Footnotes")
        for footnote in self.agenda.footnotes:
            yield _blank()
            yield self._footnote(self._rows.footnote(footnote))

    def _references(self) -> Iterator[Item]:
        yield self._title("References")
        for row in self._rows.references(lambda _: True):
            yield _blank()
            yield self._reference(row)
            for identifier in row.cited_from:
                yield self._citing(identifier)

    # -- items -------------------------------------------------------------------------------

    def _title(self, nl: str, en: str | None = None, fact: str = "") -> Item:
        lines = self.pen.both(nl, en)
        if fact:
            lines.append(styled(fact, "dim"))
        return Item(stack(lines))

    def _heading(self, words: str) -> Iterator[Item]:
        yield _blank()
        yield Item(self.pen.heading(words))

    def _statement(self, row: StatementRow, *, context: bool = True) -> Item:
        """A statement; Enter leads to its footnote or, with `context`, to its paragraph."""
        leads = place_of_id(self.agenda, row.id) if context else None
        if row.footnotes:
            leads = place_of_id(self.agenda, f"footnote:{row.footnotes[0].number}")
        own = {row.id, *(f"footnote:{call.number}" for call in row.footnotes)}
        cited = self._rows.references(lambda reference: not own.isdisjoint(reference.cited_from))
        return Item(
            quotes_grid([row], self.pen),
            row.id,
            leads,
            self._quote(row.text, row.text_en, row.pages, _paragraph(row), about=row.about),
            self._url(cited),
        )

    def _quoted(self, quote: Quote) -> Item:
        """A statement where the letter speaks of an entry of the programme."""
        statement = _found(each for each in self.agenda.statements() if each.id == quote.id)
        item = self._statement(self._rows.statement(statement))
        return item._replace(leads=place_of_id(self.agenda, quote.id))

    def _entry(self, row: SessionRow) -> Item:
        place = Place(self.agenda.id, Page.SESSION, row.id)
        words = " ".join(quote.text for quote in row.quotes)
        words_en = [quote.text_en for quote in row.quotes]
        english = " ".join(filter(None, words_en)) if all(words_en) else None
        pages = [quote.page for quote in row.quotes]
        quote = self._quote(words, english, [min(pages), max(pages)])
        return Item(entries_grid([row], self._titles, self.pen), row.id, place, quote, self._url())

    def _footnote(self, row: FootnoteRow) -> Item:
        return Item(
            notes_grid([row], self.pen, sources=True),
            f"footnote:{row.number}",
            place_of_id(self.agenda, row.called_from.id),
            self._quote(row.text, row.text_en, [row.page], note=row.number),
            self._url(row.references),
        )

    def _reference(self, row: ReferenceRow) -> Item:
        dates = [date_words(date) for date in (row.date, *row.other_dates) if date]
        facts = [visible(row.title), " or ".join(dates), visible(row.citation or ""), row.url or ""]
        return Item(
            sources_grid([row], self.pen, places=True),
            row.id,
            place_of_id(self.agenda, row.cited_from[0]),
            ", ".join(filter(None, facts)),
            row.url or self._letter,
        )

    def _citing(self, identifier: str) -> Item:
        """A place that a reference is cited from."""
        place = place_of_id(self.agenda, identifier)
        number = identifier.removeprefix("footnote:")
        words = f"footnote {number}" if number != identifier else f"¶ {identifier}"
        return Item(styled(f"→ {words}", "dim"), f"→{identifier}", place, "", self._letter)

    def _url(self, cited: Iterable[ReferenceRow] = ()) -> str | None:
        """The address of the first of some references that has one, or that of the letter."""
        return next((row.url for row in cited if row.url), self._letter)

    def _quote(
        self,
        nl: str,
        en: str | None,
        pages: Sequence[int],
        paragraph: str = "",
        *,
        note: int | None = None,
        about: Sequence[Quote] = (),
    ) -> str:
        """Words with their source, ready to paste: title, page, official citation and id."""
        words = self.pen.words
        document = self.agenda.document
        lines = [f"“{words(nl, en).plain}”"]
        lines += [
            f"on: “{words(each.text, each.text_en).plain}” ({page_words([each.page])})"
            for each in about
        ]
        source = [
            visible(self.agenda.title),
            page_words(pages),
            f"¶ {paragraph}" if paragraph else "",
            f"footnote {note}" if note is not None else "",
            visible(document.citation or ""),
            document.id or "",
            UNOFFICIAL if self.pen.screen.lang == "en" else "",
        ]
        return "\n".join([*lines, "— " + ", ".join(filter(None, source))])


def _paragraph(row: StatementRow) -> str:
    return row.id.removeprefix(f"{row.section}.")


def _blank() -> Item:
    return Item(styled(""))


def _apart(items: Iterable[Item]) -> Iterator[Item]:
    """Items with a blank line between."""
    for i, item in enumerate(items):
        if i:
            yield _blank()
        yield item


_T = TypeVar("_T")


def _found(candidates: Iterable[_T]) -> _T:
    """The first of some.

    Raises:
        NotFoundError: where there is none.
    """
    for candidate in candidates:
        return candidate
    raise NotFoundError("there is no such page in this letter")
