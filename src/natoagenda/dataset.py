"""A data file becomes an agenda, strictly, or one error that names line and column.

`load` proves what a later reader relies on: every key is known, every field has its type,
every id that is pointed at exists, and every footnote is called from exactly one place.
Whether the file is the letter, word for word, is `natoagenda.proof`'s question, not asked here.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from pathlib import Path
from typing import Any, NoReturn

import msgspec
from msgspec import UNSET, UnsetType

from natoagenda import bounds, files, schema, strictyaml
from natoagenda.errors import DataError, shown
from natoagenda.model import (
    Agenda,
    Call,
    Document,
    Footnote,
    Name,
    Reference,
    Role,
    Section,
    Session,
    Statement,
)
from natoagenda.visible import visible

MAX_TEXT = 100_000
"""Signs of a heading, a sentence or a footnote; the longest in letters have some 2,000."""

MAX_POINTED = 4_000_000
"""Signs of all that is pointed at, once for each time: answers repeat it. Letters have 100,000."""

_BLANK = re.compile("[\u2800\U0001d159\u3164\u115f\u1160\uffa0]")
"""Characters of writing that leave no ink: Braille's, music's and Hangul's blanks."""
_MARK = re.compile(r"\[\^([1-9]\d{0,3})\]")
_NEARLY_MARK = re.compile(r"\[\^[^\]\s]{0,20}\]?")
_SPACES = re.compile(r"[ \t\r\n\f\v\x85\u2028\u2029]+")


def load(path: Path, *, shown: str | None = None) -> Agenda:
    """Read one agenda file.

    Args:
        path: the file.
        shown: the name to use for it in messages and in `Agenda.path`; the path if None.

    Returns:
        The agenda, whole and sound.

    Raises:
        DataError: where the file cannot be read or does not hold.
    """
    name = shown or str(path)
    return parse(files.read_bytes(path, name, files.MAX_AGENDA), name)


def parse(data: bytes, name: str) -> Agenda:
    """Read an agenda from the bytes of its file.

    Args:
        data: UTF-8, with or without a byte order mark.
        name: what to call the file in messages and in `Agenda.path`.

    Raises:
        DataError: where the bytes do not hold an agenda.
    """
    return _Reader(name, files.decode(data, name)).agenda()


def digest(agenda: Agenda) -> str:
    """Compute the SHA-256 of a letter's characters, in hexadecimal.

    White space does not count and neither do footnote marks; the characters are NFKC and
    casefolded, in the order title, sections (heading, then statements), footnotes.
    """
    import hashlib

    parts = [agenda.title]
    for section in agenda.sections:
        parts.append(section.title or "")
        parts.extend(statement.text for statement in section.statements)
    parts.extend(footnote.text for footnote in agenda.footnotes)
    folded = unicodedata.normalize("NFKC", "\n".join(parts)).casefold()
    return hashlib.sha256("".join(folded.split()).encode("utf-8")).hexdigest()


def split_marks(marked: str) -> tuple[str, tuple[Call, ...]]:
    """Take the `[^1]` marks out of a text.

    Returns:
        The text without marks, and where in it each stood.
    """
    pieces: list[str] = []
    calls: list[Call] = []
    length = done = 0
    for match in _MARK.finditer(marked):
        piece = marked[done : match.start()]
        pieces.append(piece)
        length += len(piece)
        calls.append(Call(int(match[1]), length))
        done = match.end()
    if not calls:
        return marked, ()
    pieces.append(marked[done:])
    return "".join(pieces), tuple(calls)


def _or_none(value: Any) -> Any:
    return None if value is UNSET else value


class _Reader:
    """Turns one file's text into an agenda, holding the places for messages."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.page = 1  # the last one so far
        self.last_page = 1
        self.pointed = 0
        try:
            self.tree, self.places = strictyaml.parse(text)
        except strictyaml.YamlError as error:
            raise DataError(name, error.problem, line=error.line, column=error.column) from error

    def fail(self, path: strictyaml.Path, problem: str) -> NoReturn:
        """Raise for the value at `path`, or for the nearest one around it that has a place."""
        while path not in self.places:
            path = path[:-1]
        line, column = self.places[path]
        raise DataError(self.name, problem, line=line, column=column)

    def agenda(self) -> Agenda:
        if isinstance(self.tree, dict) and self.tree.get("schema", "1") != str(schema.VERSION):
            found = schema.shown(self.tree["schema"])
            self.fail(("schema",), f"found format {found}, expected {schema.VERSION}")
        try:
            file = msgspec.convert(self.tree, schema.File)
        except msgspec.ValidationError as error:
            self.fail(*schema.explain(str(error), self.tree))
        about = file.agenda
        self.last_page = int(about.document.pages)
        sections = tuple(self.section(i, section) for i, section in enumerate(file.sections))
        self.meeting(about)
        agenda = Agenda(
            id=about.id,
            title=self.words(about.title.nl, ("agenda", "title", "nl")),
            title_en=self.maybe(about.title.en, ("agenda", "title", "en")),
            organisation=self.words(about.organisation, ("agenda", "organisation")),
            venue=self.maybe(about.venue, ("agenda", "venue")),
            starts=about.starts,
            ends=about.ends,
            delegation=self.names(about.delegation, ("agenda", "delegation")),
            document=Document(
                citation=self.maybe(about.document.citation, ("agenda", "document", "citation")),
                id=self.key(about.document.id, ("agenda", "document", "id")),
                date=_or_none(about.document.date),
                pages=self.last_page,
                sha256=about.document.sha256,
            ),
            reviewed=about.reviewed == "true",
            sessions=tuple(self.session(i, item) for i, item in enumerate(file.sessions)),
            sections=sections,
            footnotes=self.footnotes(file.footnotes, sections),
            references=tuple(self.reference(i, item) for i, item in enumerate(file.references)),
            path=self.name,
        )
        self.prove_ids(agenda)
        return agenda

    # -- one part at a time ------------------------------------------------------------

    def meeting(self, about: schema.AgendaEntry) -> None:
        """The meeting's days, and the letter's, are in order and within bounds."""
        self.date(about.starts, ("agenda", "starts"))
        self.date(about.ends, ("agenda", "ends"))
        self.date(about.document.date, ("agenda", "document", "date"))
        ends: strictyaml.Path = ("agenda", "ends")
        if about.ends < about.starts:
            self.fail(ends, f"found {about.ends}, before the meeting starts ({about.starts})")
        if problem := bounds.wrong_length(about.starts, about.ends):
            self.fail(ends, problem)

    def date(self, found: datetime.date | UnsetType, path: strictyaml.Path) -> datetime.date | None:
        """Give a date of the meeting back if it is within bounds."""
        if found is UNSET:
            return None
        if problem := bounds.wrong_date(found):
            self.fail(path, problem)
        return found

    def marked(self, text: str, path: strictyaml.Path) -> tuple[str, tuple[Call, ...]]:
        """Split a text from its footnote marks, which stand glued to a word."""
        plain, calls = split_marks(text)
        if not plain:
            self.fail(path, "found a footnote mark alone, expected text around it")
        return self.words(plain, path), calls

    def words(self, text: str, path: strictyaml.Path) -> str:
        """Give a text back if its white space is single spaces inside."""
        if len(text) > MAX_TEXT:
            self.fail(path, f"found a text of more than {MAX_TEXT} signs, expected a sentence")
        if text != _SPACES.sub(" ", text).strip(" "):
            self.fail(path, "found line breaks, tabs, or spaces that are not single and inside")
        if mark := _NEARLY_MARK.search(text):
            if _MARK.fullmatch(mark[0]):
                where = "which stands only in headings and sentences"
                self.fail(path, f"found the footnote mark {mark[0]}, {where}")
            self.fail(path, f"found {mark[0]!r}, expected a footnote mark such as [^2]")
        return text

    def maybe(self, text: str | UnsetType, path: strictyaml.Path) -> str | None:
        return None if text is UNSET else self.words(text, path)

    def key(self, found: str | UnsetType, path: strictyaml.Path) -> str | None:
        """Give an id back if all its characters can be seen; no blank stands in for a space."""
        if found is UNSET:
            return None
        if visible(found) != found or not found.isprintable() or _BLANK.search(found):
            self.fail(path, f"found {shown(found)}, expected an id without hidden signs")
        return found

    def name_of(self, item: schema.NameEntry, path: strictyaml.Path) -> Name:
        en = None if item.en is UNSET else self.words(item.en, (*path, "en"))
        return Name(nl=self.words(item.nl, (*path, "nl")), en=en)

    def names(self, items: list[schema.NameEntry], path: strictyaml.Path) -> tuple[Name, ...]:
        return tuple(self.name_of(item, (*path, i)) for i, item in enumerate(items))

    def section(self, index: int, item: schema.SectionEntry) -> Section:
        path: strictyaml.Path = ("sections", index)
        page = self.pages(item.page, (*path, "page"))[0]
        title = title_en = None
        calls: tuple[Call, ...] = ()
        if item.title is not UNSET:
            here = (*path, "title")
            title, calls = self.marked(item.title.nl, (*here, "nl"))
            title_en = self.maybe(item.title.en, (*here, "en"))
        statements = []
        due: tuple[tuple[int, int], ...] = ((1, 1),)
        for i, statement in enumerate(item.statements):
            here = (*path, "statements", i)
            section, paragraph, sentence = statement.id.rsplit(".", 2)
            at = (int(paragraph), int(sentence))
            if section != item.id or at not in due:
                expected = " or ".join(f"{item.id}.{p}.{s}" for p, s in due)
                self.fail((*here, "id"), f"found {shown(statement.id)}, expected {expected}")
            due = ((at[0], at[1] + 1), (at[0] + 1, 1))
            statements.append(self.statement(statement, here))
        return Section(
            id=item.id,
            kind=item.kind,
            title=title,
            title_en=title_en,
            calls=calls,
            page=page,
            statements=tuple(statements),
        )

    def statement(self, item: schema.StatementEntry, path: strictyaml.Path) -> Statement:
        text, calls = self.marked(item.nl, (*path, "nl"))
        pages = self.pages(item.page, (*path, "page"))
        if item.about and item.role is Role.BACKGROUND:
            self.fail(
                (*path, "about"), "found `about` on background, expected a stance, "
                "an expectation or a commitment"
            )  # fmt: skip
        return Statement(
            id=item.id,
            text=text,
            text_en=None if item.en is UNSET else self.words(item.en, (*path, "en")),
            pages=pages,
            role=item.role,
            about=tuple(item.about),
            calls=calls,
        )

    def pages(self, typed: str, path: strictyaml.Path) -> tuple[int, ...]:
        """Read `3` or `3-4`; pages never fall and never pass the letter's last."""
        first, _, last = typed.partition("-")
        low, high = int(first), int(last or first)
        if high < low or last == first:
            self.fail(path, f"found {typed!r}, expected pages that rise")
        if low < self.page or high > self.last_page:
            wrong = high if high > self.last_page else low
            self.fail(path, f"found page {wrong}, expected {self.page} to {self.last_page}")
        self.page = high
        return tuple(range(low, high + 1))

    def session(self, index: int, item: schema.SessionEntry) -> Session:
        path: strictyaml.Path = ("sessions", index)
        return Session(
            id=item.id,
            date=self.date(item.date, (*path, "date")),
            part_of_day=_or_none(item.part_of_day),
            kind=item.kind,
            title=self.name_of(item.title, (*path, "title")),
            participants=self.names(item.participants, (*path, "participants")),
            topics=tuple(item.topics),
            quotes=tuple(item.quotes),
        )

    def reference(self, index: int, item: schema.ReferenceEntry) -> Reference:
        self.key(item.id, ("references", index, "id"))
        return Reference(
            id=item.id,
            kind=item.kind,
            title=self.name_of(item.title, ("references", index, "title")),
            citation=self.maybe(item.citation, ("references", index, "citation")),
            date=_or_none(item.date),
            other_dates=tuple(item.other_dates),
            confidential=item.confidential == "true",
            note=self.maybe(item.note, ("references", index, "note")),
            cited_from=tuple(item.cited_from),
        )

    def footnotes(
        self, items: list[schema.FootnoteEntry], sections: tuple[Section, ...]
    ) -> tuple[Footnote, ...]:
        """Match each footnote with the one place that calls it."""
        numbers = [int(item.number) for item in items]
        known = set(numbers)
        for i, number in enumerate(numbers):
            if i and number <= numbers[i - 1]:
                self.fail(
                    ("footnotes", i, "number"), f"found footnote {number} after {numbers[i - 1]}"
                )
        called: dict[int, str] = {}
        for i, section in enumerate(sections):
            places: list[tuple[str, strictyaml.Path, tuple[Call, ...]]] = [
                (section.id, ("sections", i, "title", "nl"), section.calls)
            ]
            for j, statement in enumerate(section.statements):
                here: strictyaml.Path = ("sections", i, "statements", j, "nl")
                places.append((statement.id, here, statement.calls))
            for caller, path, calls in places:
                for call in calls:
                    if call.number in called:
                        self.fail(path, f"found a second call of footnote {call.number}")
                    if call.number not in known:
                        self.fail(path, f"found a call of footnote {call.number}, which is missing")
                    called[call.number] = caller
        found = []
        for i, item in enumerate(items):
            note: strictyaml.Path = ("footnotes", i)
            if numbers[i] not in called:
                self.fail((*note, "number"), f"found footnote {numbers[i]}, which nothing calls")
            if (page := int(item.page)) > self.last_page:
                self.fail((*note, "page"), f"found page {page}, expected 1 to {self.last_page}")
            found.append(
                Footnote(
                    number=numbers[i],
                    text=self.words(item.nl, (*note, "nl")),
                    text_en=None if item.en is UNSET else self.words(item.en, (*note, "en")),
                    page=page,
                    called_from=called[numbers[i]],
                )
            )
        return tuple(found)

    # -- the whole ---------------------------------------------------------------------

    def prove_ids(self, agenda: Agenda) -> None:
        """No id twice, none dangling."""
        for part in ("sessions", "sections", "references"):
            seen: set[str] = set()
            for i, item in enumerate(getattr(agenda, part)):
                if item.id in seen:
                    self.fail((part, i, "id"), f"found the id {shown(item.id)} twice")
                seen.add(item.id)
        statements = {statement.id: len(statement.text) for statement in agenda.statements()}
        topics = {section.id: len(section.title or "") for section in agenda.topics}
        sources = statements | {s.id: len(s.title or "") for s in agenda.sections}
        for i, footnote in enumerate(agenda.footnotes):
            length = len(footnote.text) + sources[footnote.called_from]
            sources[f"footnote:{footnote.number}"] = length
            self.point(length, ("footnotes", i))
        for i, section in enumerate(agenda.sections):
            for j, statement in enumerate(section.statements):
                path: strictyaml.Path = ("sections", i, "statements", j, "about")
                self.prove_each(
                    statement.about, path, statements, "further statement", but=statement.id
                )
        for i, session in enumerate(agenda.sessions):
            self.prove_each(session.topics, ("sessions", i, "topics"), topics, "topic")
            self.prove_each(session.quotes, ("sessions", i, "quotes"), statements, "statement")
        for i, reference in enumerate(agenda.references):
            self.prove_each(
                reference.cited_from, ("references", i, "cited_from"), sources,
                "statement, section or footnote",
            )  # fmt: skip

    def prove_each(
        self,
        ids: tuple[str, ...],
        path: strictyaml.Path,
        known: dict[str, int],
        what: str,
        *,
        but: str | None = None,
    ) -> None:
        """Every id is known (with its text's length) and not `but`, and none stands twice."""
        seen: set[str] = set()
        for i, identifier in enumerate(ids):
            if identifier not in known or identifier == but:
                self.fail((*path, i), f"found {shown(identifier)}, expected the id of a {what}")
            if identifier in seen:
                self.fail((*path, i), f"found {shown(identifier)} twice")
            seen.add(identifier)
            self.point(known[identifier], (*path, i))

    def point(self, length: int, path: strictyaml.Path) -> None:
        """Count what is pointed at, which may not be without end."""
        self.pointed += length
        if self.pointed > MAX_POINTED:
            self.fail(path, f"found more than {MAX_POINTED} signs pointed at, expected a letter")
