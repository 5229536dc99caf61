"""From a query to ranked hits, by SQLite's FTS5.

Texts are indexed as the numbers of their words, so FTS5 sees neither the raw text nor the raw
query; which words a typed word stands for is read from the vocabulary, in four tiers: the word
itself, words that begin with it, words with its Dutch stem, and compounds that hold it.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from natoagenda import cache, cache_tables, text
from natoagenda.documents import Document, Kind, documents
from natoagenda.errors import DependencyError, shown
from natoagenda.matching import PAPER, Finder, Match, Vocabulary, highlight, number_keys
from natoagenda.model import Agenda, Role
from natoagenda.query import Query

if TYPE_CHECKING:
    import sqlite3


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """A place that a query found.

    Attributes:
        section: the section's id; None for what stands in none or in several.
        text: the text that matched.
        lang: its language, `nl` or `en`.
        matches: start and end of each match, in characters of `text`, rising.
        score: higher is better; compares hits of one `match`.
    """

    kind: Kind
    id: str
    agenda: str
    section: str | None
    page: int
    title: str
    text: str
    lang: str
    matches: tuple[tuple[int, int], ...]
    match: Match
    score: float


class Filter(msgspec.Struct, frozen=True):
    """Where to look; None and empty do not narrow.

    Attributes:
        agendas: their numbers in the cache.
        topics: pairs of an agenda's number and a section's id.
        lang: the language to show where both match.
    """

    agendas: frozenset[int] | None = None
    kinds: tuple[Kind, ...] = ()
    topics: frozenset[tuple[int, str]] | None = None
    role: Role | None = None
    limit: int | None = None
    lang: str = "nl"


_TABLES = cache_tables.INDEX
_VIRTUAL = ("token", "piece")
_PLAIN = ("body", "word")


def drop(database: sqlite3.Connection, library: int) -> None:
    """Remove a library's search index, if it has one."""
    for name in (*_VIRTUAL, *_PLAIN):
        database.execute(f"DROP TABLE IF EXISTS {name}{library}")


class _Found(NamedTuple):
    """A document that was found: its number, the language that matches, its score and tier."""

    document: int
    lang: str
    score: float
    tier: Match


class Index:
    """A searchable set of agendas, in the tables of a cache (see `natoagenda.cache`)."""

    def __init__(
        self, database: sqlite3.Connection, library: int, agenda: Callable[[int], Agenda]
    ) -> None:
        """Search in the tables of one library, or make them.

        Args:
            database: the cache.
            library: the library's number in it.
            agenda: gives an agenda by its number in the cache.

        Raises:
            DependencyError: where SQLite lacks FTS5.
        """
        self._database = database
        self._library = library
        self._agenda = agenda
        if not self._exists():
            self._make()
        self.vocabulary = Vocabulary(database, library)

    @classmethod
    def build(cls, agendas: Sequence[Agenda]) -> Index:
        """Index agendas in memory.

        Raises:
            DependencyError: where SQLite lacks FTS5.
        """
        database = cache.empty()
        index = cls(database, 0, agendas.__getitem__)
        weakref.finalize(index, database.close)
        with cache.writing(database):
            index.change(add=range(len(agendas)))
        return index

    def agendas(self) -> set[int]:
        """The numbers of the agendas that are in it."""
        found = self._database.execute(
            "SELECT agenda FROM place WHERE library = ?", (self._library,)
        )
        return {number for (number,) in found}

    def change(self, add: Iterable[int] = (), remove: Iterable[int] = ()) -> None:
        """Put agendas in and take agendas out, within a transaction of the caller's."""
        for number in remove:
            self._remove(number)
        places: list[tuple[Any, ...]] = []
        bodies: list[tuple[Any, ...]] = []
        tokens: list[tuple[Any, ...]] = []
        (last,) = self._database.execute(
            "SELECT coalesce(max(last), 0) FROM place WHERE library = ?", (self._library,)
        ).fetchone()
        first = last + 1
        for number in add:
            agenda = self._agenda(number)
            at = first
            for place, document in enumerate(documents(agenda)):
                for lang, _ in document.texts:
                    body = (at, number, first + place, lang, document.kind, document.role,
                            " ".join(document.sections))  # fmt: skip
                    bodies.append((*body, cache_tables.checksum(*body[:4])))
                    at += 1
            tokens += self._tokens(first, agenda)
            date = f"{agenda.starts} {agenda.id}"
            place_row = (self._library, first, at - 1, number, date)
            places.append((*place_row, cache_tables.checksum(*place_row)))
            first = at
        self.vocabulary.flush()
        execute = self._database.executemany
        execute(self._sql("INSERT INTO body@ VALUES (?,?,?,?,?,?,?,?)"), bodies)
        execute(self._sql("INSERT INTO token@ (rowid, whole, part) VALUES (?,?,?)"), tokens)
        execute("INSERT INTO place VALUES (?,?,?,?,?,?)", places)

    def _remove(self, number: int) -> None:
        """Take an agenda out; FTS5 has to be told the very words that it was given."""
        execute = self._database.execute
        for first, last in execute(
            "SELECT first, last FROM place WHERE library = ? AND agenda = ?",
            (self._library, number),
        ).fetchall():
            self._database.executemany(
                self._sql("INSERT INTO token@ (token@, rowid, whole, part) "
                          "VALUES ('delete',?,?,?)"),
                list(self._tokens(first, self._agenda(number))),
            )  # fmt: skip
            execute(self._sql("DELETE FROM body@ WHERE number BETWEEN ? AND ?"), (first, last))
        execute("DELETE FROM place WHERE library = ? AND agenda = ?", (self._library, number))

    def _tokens(self, first: int, agenda: Agenda) -> Iterator[tuple[int, str, str]]:
        """The numbers of each text's words, as FTS5 gets them."""
        number = self.vocabulary.number
        texts = (text for document in documents(agenda) for text in document.texts)
        for at, (lang, body) in enumerate(texts, first):
            words = text.folded_words(text.fold(body))
            pieces = [text.parts(word) for word in words]
            joined = any(len(piece) > 1 for piece in pieces)
            whole = " ".join([number(lang, word) for word in words])
            split = [number(lang, p) for piece in pieces for p in piece] if joined else []
            split += [number(PAPER, found) for _, _, found in number_keys(body)]
            yield at, whole, " ".join(split)

    def _exists(self) -> bool:
        found = self._database.execute(
            "SELECT 1 FROM sqlite_master WHERE name = ?", (f"token{self._library}",)
        )
        return found.fetchone() is not None

    def _make(self) -> None:
        import sqlite3

        try:
            with cache.writing(self._database):
                if not self._exists():
                    for statement in cache_tables.statements(_TABLES, self._library):
                        self._database.execute(statement)
                    Vocabulary.make(self._database, self._library)
        except sqlite3.OperationalError as error:
            if "fts5" not in str(error):
                raise
            raise DependencyError(
                "search needs SQLite with FTS5, which this Python's SQLite "
                f"({sqlite3.sqlite_version}) was built without; a Python from python.org has it"
            ) from error

    def _sql(self, statement: str) -> str:
        return statement.replace("@", str(self._library))

    def search(self, query: Query, where: Filter | None = None) -> list[Hit]:
        """Find what a query asks for.

        Args:
            query: the terms.
            where: what to narrow to.

        Returns:
            The hits, better tiers first, by FTS5's bm25 within a tier; a thing that matches in
            both languages is there once, in the better one.
        """
        where = where or Filter()
        if not query.wanted:
            return []
        self._database.execute("BEGIN")  # places and words as they are at one moment
        try:
            return self._search(query, where)
        finally:
            if self._database.in_transaction:
                self._database.execute("ROLLBACK")

    def _search(self, query: Query, where: Filter) -> list[Hit]:
        known = self.vocabulary
        finders = [[Finder(known, term) for term in group] for group in query.wanted]
        if not all(any(finder.found(Match.PART) for finder in group) for group in finders):
            return []
        condition, values = self._condition(where)
        unwanted = [Finder(known, term) for term in query.unwanted]
        out = " OR ".join(filter(None, (finder.left_out() for finder in unwanted)))
        if out:  # of the document: a translation need not have the word that the letter has
            condition += _WITHOUT
            values.append(out)
        select = self._sql((_JOINED if condition else _SELECT) + condition + _ORDER)
        found: dict[int, _Found] = {}
        asked = ""
        for tier in Match:
            groups = [
                " OR ".join(filter(None, (finder.expression(tier) for finder in group)))
                for group in finders
            ]
            expression = " AND ".join(f"({group})" for group in groups)
            if not all(groups) or expression == asked:
                continue
            asked = expression
            rows = self._database.execute(select, [expression, *values])
            for document, lang, score in self._one_language(rows, expression, where.lang):
                found.setdefault(document, _Found(document, lang, score, tier))
                if len(found) == where.limit:
                    break
            if len(found) == where.limit:
                break
        flat = [finder for group in finders for finder in group]
        return self._hits(list(found.values()), flat)

    def _hits(self, found: Sequence[_Found], finders: Sequence[Finder]) -> list[Hit]:
        """Make hits of what was found, reading each agenda once."""
        places: dict[int, list[int]] = {}  # of the documents in their agenda, by its beginning
        numbers: dict[int, int] = {}
        first, last = 0, -1
        for document in sorted(each.document for each in found):
            if not first <= document <= last:
                first, last, numbers[first], _ = self._place_of(document)
            places.setdefault(first, []).append(document - first)
        made: dict[int, Document] = {}
        for first, wanted in places.items():
            read = list(documents(self._agenda(numbers[first]), frozenset(wanted)))
            if len(read) != len(wanted):
                raise cache.SpoiltError("the search index is of another agenda")
            made.update((first + at, each) for at, each in zip(wanted, read, strict=True))
        return [_hit(made[each.document], each, finders) for each in found]

    def _condition(self, where: Filter) -> tuple[str, list[Any]]:
        """The SQL that narrows, and its values."""
        parts: list[str] = []
        values: list[Any] = []
        if where.agendas is not None:
            if len(where.agendas) == 1:  # FTS5 need not look at the others at all
                parts.append(
                    "t.rowid BETWEEN (SELECT first FROM place WHERE library = ? AND agenda = ?) "
                    "AND (SELECT last FROM place WHERE library = ? AND agenda = ?)"
                )
                values += [self._library, *where.agendas] * 2
            else:
                parts.append(f"b.agenda IN ({','.join(map(str, where.agendas))})")
        if where.kinds:
            parts.append(f"b.kind IN ({','.join('?' * len(where.kinds))})")
            values += where.kinds
        if where.role:
            parts.append("b.role = ?")
            values.append(where.role)
        if where.topics is not None:
            execute = self._database.execute
            execute("CREATE TEMP TABLE IF NOT EXISTS asked (agenda INTEGER, section TEXT)")
            execute("DELETE FROM temp.asked")
            self._database.executemany("INSERT INTO temp.asked VALUES (?,?)", where.topics)
            parts.append(
                "EXISTS (SELECT 1 FROM temp.asked a WHERE a.agenda = b.agenda "
                "AND instr(' ' || b.sections || ' ', ' ' || a.section || ' '))"
            )
        return "".join(f" AND {part}" for part in parts), values

    def _one_language(
        self, rows: Iterable[tuple[int, float]], expression: str, lang: str
    ) -> Iterator[tuple[int, str, float]]:
        """Of each document that matches the best text, in the language asked for if that does.

        Args:
            rows: the numbers of the texts with their bm25, best first.
            expression: what they match.
            lang: the language.

        Yields:
            The number of the document, the language that matches, and the score; of equal scores
            the latest meeting first, then as the letter has them. A document can come again.
        """
        for rank, group in groupby(rows, key=itemgetter(1)):
            alike = [rowid for rowid, _ in group]
            if len(alike) > 1:
                alike.sort(key=lambda rowid: self._place_of(rowid)[3], reverse=True)
            for rowid in alike:
                body = self._database.execute(
                    self._sql(
                        "SELECT number, agenda, document, lang, checksum FROM body@ "
                        "WHERE number = ?"
                    ),
                    (rowid,),
                ).fetchone()
                if body is None or cache_tables.checksum(*body[:4]) != body[4]:
                    raise cache.SpoiltError("the search index has a text that is not there")
                _, _, document, its_lang, _ = body
                if its_lang != lang and self._matches(expression, document, lang):
                    continue  # it comes in its own turn
                yield document, its_lang, -rank

    def _matches(self, expression: str, document: int, lang: str) -> bool:
        """Whether a document's text in a language matches."""
        found = self._database.execute(
            self._sql(
                "SELECT 1 FROM token@ WHERE token@ MATCH ? AND rowid = "
                "(SELECT number FROM body@ WHERE document = ? AND lang = ?)"
            ),
            (expression, document, lang),
        )
        return found.fetchone() is not None

    def _place_of(self, rowid: int) -> tuple[int, int, int, str]:
        """Where a text's agenda begins and ends, its number, and its date and id."""
        found = self._database.execute(
            "SELECT library, first, last, agenda, date, checksum FROM place "
            "WHERE library = ? AND first <= ? ORDER BY first DESC LIMIT 1",
            (self._library, rowid),
        ).fetchone()
        if found is None or rowid > found[2] or cache_tables.checksum(*found[:5]) != found[5]:
            raise cache.SpoiltError("a text of the search index belongs to no agenda")
        return tuple(found[1:5])

    def suggestions(self, query: Query, most: int = 3) -> list[str]:
        """Words that would hit, for the words of a query that do not, nearest first."""
        missing = [
            term
            for group in query.wanted
            if not any(self._has(Finder(self.vocabulary, term)) for term in group)
            for term in group
        ]
        found = [
            near
            for term in missing
            for word in term.words
            for near in text.nearest(word, self.vocabulary.near(word), most=most)
        ]
        printed = [self._printed(word) for word in dict.fromkeys(found)]
        return [word for word in printed if word][:most]

    def _has(self, finder: Finder) -> bool:
        """Whether any text has what a term stands for."""
        expression = finder.expression(Match.PART)
        return bool(expression) and self._first(expression) is not None

    def _first(self, expression: str) -> int | None:
        found = self._database.execute(
            self._sql("SELECT rowid FROM token@ WHERE token@ MATCH ? ORDER BY rowid LIMIT 1"),
            (expression,),
        ).fetchone()
        return found and int(found[0])

    def _printed(self, word: str) -> str | None:
        """How the first text that has it spells a word; None where no text has it any more."""
        numbers = self.vocabulary.numbers_of(word)
        first = self._first(" OR ".join(f'"{number}"' for number in numbers))
        if first is None:
            return None
        begin, _, number, _ = self._place_of(first)
        texts = (body for each in documents(self._agenda(number)) for _, body in each.texts)
        body = next(islice(texts, first - begin, None), "")
        folded = text.fold_with_places(body)
        spelt: Iterator[str] = (
            body[slice(*folded.span(start, end))]
            for whole in text.word_spans(folded.text)
            for found, start, end in [whole, *text.part_spans(*whole)]
            if found == word
        )
        return next(spelt, None)


def nothing(typed: str, asked: Query, suggestions: Sequence[str]) -> str:
    """Say that there is no hit.

    Args:
        typed: what was typed.
        asked: what was read in it.
        suggestions: words that would hit.
    """
    if not asked.wanted:
        return f"there is no word to look for in {shown(typed)}"
    hint = f"; these words would: {', '.join(suggestions)}" if suggestions else ""
    return f"nothing matches {shown(typed)}{hint}"


_SELECT = "SELECT rowid, bm25(token@) FROM token@ WHERE token@ MATCH ?"
_JOINED = """
SELECT t.rowid, bm25(token@) FROM token@ t JOIN body@ b ON b.number = t.rowid
WHERE token@ MATCH ?
"""
_WITHOUT = """
 AND b.document NOT IN (
  SELECT body@.document FROM token@ JOIN body@ ON body@.number = token@.rowid
  WHERE token@ MATCH ?
 )
"""
_ORDER = " ORDER BY 2, 1"


def _hit(document: Document, found: _Found, finders: Sequence[Finder]) -> Hit:
    body = dict(document.texts).get(found.lang)
    if body is None:
        raise cache.SpoiltError("the search index is of another agenda")
    return Hit(
        kind=document.kind,
        id=document.id,
        agenda=document.agenda,
        section=document.sections[0] if len(document.sections) == 1 else None,
        page=document.page,
        title=document.title,
        text=body,
        lang=found.lang,
        matches=highlight(body, found.lang, finders, found.tier),
        match=found.tier,
        score=round(found.score, 4),
    )
