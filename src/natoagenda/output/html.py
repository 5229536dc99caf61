"""One agenda as one page of HTML: whole in itself, to read offline, to send and to print.

Nothing on it comes from elsewhere, and its policy forbids it to fetch anything. It reads without
JavaScript, which only adds the field that narrows; the switch of languages is plain CSS. Dutch
and English stand beside each other in elements of their own language.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from importlib import resources
from itertools import groupby
from typing import Any

from natoagenda import __version__, citations
from natoagenda.model import Agenda, Call, Role, SectionKind
from natoagenda.output import (
    ROLE_WORDS,
    UNOFFICIAL,
    Lang,
    date_words,
    days_words,
    leads,
    page_words,
    unreviewed,
)
from natoagenda.rows import FootnoteRow, ReferenceRow, Rows, SectionEntry, SessionRow, StatementRow
from natoagenda.visible import visible

_LANGUAGES = (("nl", "Nederlands"), ("en", f"English ({UNOFFICIAL})"), ("both", "both"))

Parts = Iterable[Any]
"""Elements, strings and attributes, as lxml's builder takes them."""


def page(agenda: Agenda, lang: Lang = "nl") -> str:
    """Write the page.

    Args:
        agenda: the agenda.
        lang: the language that is shown at first.
    """
    from lxml import html

    return str(
        html.tostring(
            _Page(agenda, lang).document(), doctype="<!doctype html>", encoding="unicode"
        )
    ) + "\n"  # fmt: skip


def _source(name: str) -> str:
    return resources.files("natoagenda.output").joinpath(name).read_text("utf-8")


def _hash(text: str) -> str:
    """What a Content-Security-Policy calls an inline style or script."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


class _Page:
    """Writes the elements of one agenda's page."""

    def __init__(self, agenda: Agenda, lang: Lang) -> None:
        from lxml.html import builder

        self.e: Any = builder
        self.agenda = agenda
        self.rows = Rows(agenda)
        self.whole = self.rows.whole()
        self.lang = lang
        self.titles = {
            section.id: (section.title or section.kind.value.capitalize(), section.title_en)
            for section in self.whole.sections
        }
        self.translated = agenda.title_en is not None or any(
            statement.text_en is not None for statement in agenda.statements()
        )
        self.called: set[int] = set()

    # -- the frame ---------------------------------------------------------------------------

    def document(self) -> Any:
        e = self.e
        style, script = _source("page.css"), _source("page.js")
        policy = (
            f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; "
            "base-uri 'none'; form-action 'none'"
        )
        return e.HTML(
            e.HEAD(
                e.META(charset="utf-8"),
                e.META({"http-equiv": "Content-Security-Policy"}, content=policy),
                e.META(name="viewport", content="width=device-width, initial-scale=1"),
                e.META(name="color-scheme", content="light dark"),
                e.TITLE(visible(self.agenda.title)),
                e.STYLE(style),
            ),
            e.BODY(
                e.A("Skip to the topics", {"class": "skip"}, href="#topics"),
                self.header(),
                self.tools(),
                e.DIV({"class": "frame"}, self.contents(), e.MAIN(*self.main())),
                self.footer(),
                e.SCRIPT(script),
            ),
            lang="nl",
        )

    def header(self) -> Any:
        e, agenda = self.e, self.agenda
        document = agenda.document
        facts: list[Any] = [days_words(agenda.starts, agenda.ends), visible(agenda.organisation)]
        if agenda.venue:
            facts.append(visible(agenda.venue))
        citation = visible(document.citation or "")
        address = citations.address(document.id or "")
        if citation:
            facts.append(e.A(citation, href=address) if leads(address) else citation)
        if document.date:
            facts.append(date_words(document.date))
        parts = [
            e.H1(visible(agenda.title)),
            *self.english(agenda.title_en, "p", "title-en"),
            e.P({"class": "facts", "lang": "en"}, *_joined(facts, " · ")),
        ]
        parts += [e.P(s, {"class": "warning", "lang": "en"}) for s in unreviewed([agenda])]
        if agenda.delegation:
            names = [self.both(name.nl, name.en) for name in agenda.delegation]
            parts.append(e.P({"class": "facts"}, *_joined(names, ", ")))
        return e.HEADER(*parts)

    def tools(self) -> Any:
        """The field that narrows, which a script shows, and the switch of languages."""
        e = self.e
        field = e.LABEL(
            "Filter ",
            e.INPUT(
                id="filter", type="search", autocomplete="off", placeholder="words, or 21501-02"
            ),
            {"class": "filter", "hidden": "hidden"},
        )
        found = e.OUTPUT(id="found", role="status", **{"for": "filter"})
        parts = [field, found]
        if self.translated:
            choices = []
            for value, name in _LANGUAGES:
                attributes = {"type": "radio", "name": "language", "id": f"lang-{value}"}
                if value == self.lang:
                    attributes["checked"] = "checked"
                choices += [e.INPUT(attributes), e.LABEL(f"{name} ", {"for": f"lang-{value}"})]
            parts.append(e.FIELDSET(e.LEGEND("Language"), *choices))
        attributes = {"class": "tools", "lang": "en", "role": "search"}
        return e.DIV({**attributes, "aria-label": "Filter and language"}, *parts)

    def contents(self) -> Any:
        e = self.e
        links = [e.LI(e.A("Programme", {"lang": "en"}, href="#programme"))]
        inner = []
        for section in self.topics:
            count = sum(row.role is Role.STANCE for row in _statements(section))
            words = f"{count} stance" if count == 1 else f"{count} stances"
            link = e.A(self.both(*self.titles[section.id]), href=f"#section-{section.id}")
            inner.append(e.LI(link, e.SPAN(f" {words}", {"class": "count", "lang": "en"})))
        links.append(
            e.LI(e.A("Topics", {"lang": "en"}, href="#topics"), *([e.OL(*inner)] if inner else []))
        )
        for name, title in self.rest:
            links.append(e.LI(e.A(title, {"lang": "en"}, href=f"#{name}")))
        return e.NAV({"aria-label": "Contents"}, e.OL(*links))

    @property
    def topics(self) -> list[SectionEntry]:
        return [each for each in self.whole.sections if each.kind is SectionKind.TOPIC]

    @property
    def others(self) -> list[SectionEntry]:
        return [each for each in self.whole.sections if each.kind is not SectionKind.TOPIC]

    @property
    def rest(self) -> Iterator[tuple[str, str]]:
        if self.others:
            yield "letter", "The rest of the letter"
        if self.whole.footnotes:
            yield "footnotes", "Footnotes"
        if self.whole.references:
            yield "references", "References"

    def main(self) -> Iterator[Any]:
        yield self.part("programme", "Programme", self.programme())
        yield self.part("topics", "Topics", map(self.topic, self.topics), "The letter has none.")
        parts = {
            "letter": map(self.section, self.others),
            "footnotes": [self.e.OL(*map(self.footnote, self.whole.footnotes))],
            "references": [
                self.e.UL(
                    {"class": "references"},
                    *(self.reference(row, anchor=True) for row in self.whole.references),
                )
            ],
        }
        for name, title in self.rest:
            yield self.part(name, title, parts[name])

    def part(self, name: str, title: str, parts: Parts, none: str = "") -> Any:
        e = self.e
        inside = list(parts)
        if not inside:
            inside = [e.P(none, {"class": "none", "lang": "en"})]
        heading = e.H2(title, {"lang": "en", "id": f"{name}-title"})
        return e.SECTION(heading, *inside, {"id": name, "aria-labelledby": f"{name}-title"})

    def footer(self) -> Any:
        e, document = self.e, self.agenda.document
        words = [visible(document.citation or self.agenda.title), self.agenda.id]
        if document.date:
            words.insert(1, date_words(document.date))
        said = [f"The Dutch text is the letter's: {' · '.join(words)}."]
        if self.translated:
            said.append(f"The English is an {UNOFFICIAL}.")
        said.append(f"Written by natoagenda {__version__}.")
        return e.FOOTER(e.P(" ".join(said), {"lang": "en"}))

    # -- the programme -----------------------------------------------------------------------

    def programme(self) -> Iterator[Any]:
        e = self.e
        days = []
        dated = sorted(self.whole.sessions, key=lambda row: (row.date is None, row.date))
        for date, group in groupby(dated, key=lambda row: row.date):
            name = date_words(date, weekday=True) if date else "No day given"
            days.append(e.LI(e.H3(name, {"lang": "en"}), e.OL(*map(self.session, group))))
        if days:
            yield e.OL({"class": "timeline"}, *days)
        else:
            yield e.P("The letter gives no programme.", {"class": "none", "lang": "en"})

    def session(self, row: SessionRow) -> Any:
        e = self.e
        parts: list[Any] = []
        if row.part_of_day:
            parts.append(e.P(row.part_of_day.value, {"class": "when", "lang": "en"}))
        parts.append(e.H4(visible(row.title)))
        parts += self.english(row.title_en, "p", "title-en")
        pairs = zip(row.participants, row.participants_en, strict=True)
        who = [e.LI(self.both(nl, en)) for nl, en in pairs]
        if who:
            parts.append(e.UL({"class": "who"}, *who))
        links = [
            e.LI("→ ", e.A(self.both(*self.titles[topic]), href=f"#section-{topic}"))
            for topic in row.topics
        ]
        if links:
            parts.append(e.UL({"class": "links"}, *links))
        places = [
            e.A(f"p. {q.page}, ¶ {_short(q.id)}", href=f"#{_anchor(q.id)}") for q in row.quotes
        ]
        parts.append(e.P({"class": "place", "lang": "en"}, *_joined(places, " · ")))
        return e.LI({"class": "item", "id": f"session-{row.id}"}, *parts)

    # -- topics ------------------------------------------------------------------------------

    def topic(self, section: SectionEntry) -> Any:
        e = self.e
        parts: list[Any] = [*self.head(section)]
        rows = list(_statements(section))
        for role, (heading, none) in ROLE_WORDS.items():
            mine = [row for row in rows if row.role is role]
            if mine or role is Role.STANCE:
                parts.append(e.H4(heading, {"lang": "en"}))
            if mine:
                parts.append(e.UL({"class": f"quotes {role.value}"}, *map(self.quote, mine)))
            elif role is Role.STANCE:
                said = f"{none[0].upper()}{none[1:]}."
                parts.append(e.P(said, {"class": "none", "lang": "en"}))
        summary = e.SUMMARY("The whole section", {"lang": "en"})
        parts.append(e.DETAILS(summary, *self.prose(section)))
        attributes = {
            "id": f"section-{section.id}",
            "aria-labelledby": f"title-{section.id}",
        }
        return e.ARTICLE(attributes, *parts)

    def section(self, section: SectionEntry) -> Any:
        attributes = {
            "id": f"section-{section.id}",
            "aria-labelledby": f"title-{section.id}",
        }
        return self.e.ARTICLE(attributes, *self.head(section), *self.prose(section))

    def head(self, section: SectionEntry) -> Iterator[Any]:
        e = self.e
        calls = self.rows.agenda.sections[self.whole.sections.index(section)].calls
        title = self.called_text(self.titles[section.id][0], calls if section.title else ())
        yield e.H3({"id": f"title-{section.id}"}, *title)
        yield from self.english(section.title_en, "p", "title-en")
        yield e.P(page_words(section.pages), {"class": "place", "lang": "en"})

    def quote(self, row: StatementRow) -> Any:
        e = self.e
        parts = [
            e.P({"class": "nl"}, *self.called_text(row.text, row.footnotes)),
            *self.english(row.text_en),
        ]
        for about in row.about:
            parts.append(
                e.P({"class": "about nl"}, "op: ", visible(about.text), f" (p. {about.page})")
            )
            if about.text_en is not None:
                words = f"on: {visible(about.text_en)} (p. {about.page})"
                parts.append(e.P(words, {"class": "about en", "lang": "en"}))
        link = e.A(f"{page_words(row.pages)}, ¶ {_short(row.id)}", href=f"#{_anchor(row.id)}")
        return e.LI(
            {"class": "item"},
            e.BLOCKQUOTE(*parts),
            e.P({"class": "place", "lang": "en"}, link),
        )

    def prose(self, section: SectionEntry) -> Iterator[Any]:
        """The running text, a paragraph each, its sentences where links can find them."""
        e = self.e
        for paragraph in section.paragraphs:
            dutch: list[Any] = []
            english: list[str] = []
            for row in paragraph.statements:
                attributes = {"id": _anchor(row.id), "class": row.role.value}
                dutch += [e.SPAN(attributes, *self.called_text(row.text, row.footnotes)), " "]
                english.append(visible(row.text_en or ""))
            parts = [e.P({"class": "nl"}, *dutch)]
            if any(english):
                parts.append(e.P(" ".join(filter(None, english)), {"class": "en", "lang": "en"}))
            yield e.DIV({"class": "item prose"}, *parts)

    def called_text(self, text: str, calls: Sequence[Call]) -> Iterator[Any]:
        """A text with links to its footnotes where it calls them."""
        done = 0
        for call in calls:
            yield visible(text[done : call.offset])
            done = call.offset
            attributes = {"href": f"#footnote-{call.number}", "lang": "en"}
            attributes["aria-label"] = f"footnote {call.number}"
            if call.number not in self.called:  # a footnote leads back to the first
                self.called.add(call.number)
                attributes["id"] = f"call-{call.number}"
            yield self.e.SUP(self.e.A(str(call.number), attributes))
        yield visible(text[done:])

    # -- notes and sources -------------------------------------------------------------------

    def footnote(self, row: FootnoteRow) -> Any:
        e = self.e
        back = e.A(
            "↩", {"href": f"#call-{row.number}", "lang": "en", "aria-label": "back to its call"}
        )
        called = e.A(f"p. {row.called_from.page}, ¶ {_short(row.called_from.id)}",
                     href=f"#{_anchor(row.called_from.id)}")  # fmt: skip
        parts = [
            e.P({"class": "nl"}, visible(row.text), " ", back),
            *self.english(row.text_en),
            e.P(
                {"class": "place", "lang": "en"}, page_words([row.page]), " · called from ", called
            ),
        ]
        if row.references:
            parts.append(e.UL(*(self.reference(each) for each in row.references)))
        attributes = {"class": "item", "id": f"footnote-{row.number}", "value": str(row.number)}
        return e.LI(attributes, *parts)

    def reference(self, row: ReferenceRow, *, anchor: bool = False) -> Any:
        e = self.e
        if not anchor:  # under a footnote: where it leads
            return e.LI(e.A(visible(row.title), href=f"#reference-{row.id}"))
        kind = row.kind.value.replace("-", " ") + (", confidential" if row.confidential else "")
        dates = " or ".join(date_words(date) for date in (row.date, *row.other_dates) if date)
        facts: list[Any] = [e.SPAN(each, {"lang": "en"}) for each in (kind, dates) if each]
        facts += [visible(row.citation)] if row.citation else []
        parts = [e.P({"class": "nl"}, visible(row.title)), *self.english(row.title_en)]
        parts.append(e.P({"class": "place"}, *_joined(facts, " · ")))
        if row.url:
            link = e.A(row.url, href=row.url) if leads(row.url) else visible(row.url)
            parts.append(e.P({"class": "place"}, link))
        if row.note:
            parts.append(e.P(f"Note: {visible(row.note)}", {"class": "place", "lang": "en"}))
        cited = [
            e.A(self.named(identifier), href=f"#{_anchor(identifier)}")
            for identifier in row.cited_from
        ]
        parts.append(e.P({"class": "place", "lang": "en"}, "cited from ", *_joined(cited, ", ")))
        return e.LI({"class": "item", "id": f"reference-{row.id}"}, *parts)

    def named(self, identifier: str) -> str:
        """What a place that cites something is called."""
        number = identifier.removeprefix("footnote:")
        if number != identifier:
            return f"footnote {number}"
        section, *place = identifier.rsplit(".", 2)
        return ", ¶ ".join([visible(self.titles[section][0]), *filter(None, [".".join(place)])])

    # -- languages ---------------------------------------------------------------------------

    def english(self, words: str | None, tag: str = "p", role: str = "en") -> Iterator[Any]:
        if words is not None:
            yield self.e.E(tag, visible(words), {"class": role, "lang": "en"})

    def both(self, nl: str, en: str | None) -> Any:
        """A name in both languages, the English between brackets."""
        e = self.e
        if en is None:
            return e.SPAN(visible(nl))
        return e.SPAN(
            e.SPAN(visible(nl), {"class": "nl"}),
            e.SPAN(f" {visible(en)}", {"class": "en", "lang": "en"}),
        )


def _statements(section: SectionEntry) -> Iterator[StatementRow]:
    for paragraph in section.paragraphs:
        yield from paragraph.statements


def _anchor(identifier: str) -> str:
    """What a statement, a footnote (`footnote:N`) or a section is called on the page.

    The page has names of its own, which an id of a letter must not be.
    """
    if identifier.startswith("footnote:"):
        return identifier.replace(":", "-")
    return f"statement-{identifier}" if "." in identifier else f"section-{identifier}"


def _short(identifier: str) -> str:
    """A statement's paragraph and sentence; a section's own id."""
    parts = identifier.rsplit(".", 2)
    return ".".join(parts[1:]) or identifier


def _joined(parts: Sequence[Any], between: str) -> Iterator[Any]:
    for i, part in enumerate(parts):
        if i:
            yield between
        yield part
