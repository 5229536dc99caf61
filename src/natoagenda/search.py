"""From a query to ranked hits, by SQLite's FTS5.

Texts are indexed as the numbers of their words, so FTS5 sees neither the raw text nor the raw
query; which words a typed word stands for is read from the vocabulary, in four tiers: the word
itself, words that begin with it, words with its Dutch stem, and compounds that hold it.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from natoagenda import text
from natoagenda.documents import Kind, documents
from natoagenda.errors import DependencyError
from natoagenda.matching import Finder, Match, highlight, number_keys, stems
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

    `lang` is the language to show where both match equally well.
    """

    kinds: tuple[Kind, ...] = ()
    topics: frozenset[tuple[str, str]] | None = None
    role: Role | None = None
    limit: int | None = None
    lang: str = "nl"


def open_database(path: str = ":memory:") -> sqlite3.Connection:
    """Open a database that has FTS5.

    Raises:
        DependencyError: where this Python's SQLite was built without it.
    """
    import sqlite3

    connection = sqlite3.connect(path)
    try:
        connection.executescript(_TABLES)
    except sqlite3.OperationalError as error:
        connection.close()
        if "fts5" not in str(error):
            raise
        raise DependencyError(
            "search needs SQLite with FTS5, which this Python's SQLite "
            f"({sqlite3.sqlite_version}) was built without; a Python from python.org has it"
        ) from error
    return connection


_TABLES = """
CREATE TABLE document (
  number INTEGER PRIMARY KEY, kind TEXT, id TEXT, agenda TEXT, section TEXT, page INTEGER,
  title TEXT, role TEXT
);
CREATE TABLE home (document INTEGER, agenda TEXT, section TEXT);
CREATE TABLE body (number INTEGER PRIMARY KEY, document INTEGER, lang TEXT, text TEXT);
CREATE TABLE word (number INTEGER PRIMARY KEY, lang TEXT, text TEXT, stem TEXT);
CREATE VIRTUAL TABLE token USING fts5 (whole, part, content='', tokenize='ascii');
"""
"""`token` holds, for each body, the numbers of its words (`whole`) and, where hyphens join some,
of their parts and of the dossier numbers in it (`part`)."""


class Index:
    """A searchable set of agendas."""

    def __init__(self, database: sqlite3.Connection) -> None:
        """Search in a database that `build` or `dump` made, and close it when nobody does."""
        self.database = database
        weakref.finalize(self, database.close)

    @classmethod
    def build(cls, agendas: Iterable[Agenda]) -> Index:
        """Index agendas in memory.

        Raises:
            DependencyError: where SQLite lacks FTS5.
        """
        index = cls(open_database())
        index._fill(agendas)
        return index

    @classmethod
    def restore(cls, dumped: bytes) -> Index | None:
        """Take up an index where `dump` left it, or None where it cannot be."""
        import sqlite3

        database = sqlite3.connect(":memory:")
        try:
            database.deserialize(dumped)
            database.execute("SELECT 1 FROM token, word, body, document, home LIMIT 1")
        except (sqlite3.Error, MemoryError, AttributeError):
            database.close()
            return None
        return cls(database)

    def dump(self) -> bytes:
        """The index as bytes, for `restore`; empty where this SQLite cannot."""
        serialize = getattr(self.database, "serialize", None)
        return serialize() if serialize else b""

    def _fill(self, agendas: Iterable[Agenda]) -> None:
        vocabulary: dict[tuple[str, str], int] = {}
        rows: list[tuple[Any, ...]] = []
        homes: list[tuple[Any, ...]] = []
        bodies: list[tuple[Any, ...]] = []
        tokens: list[tuple[Any, ...]] = []

        def number(lang: str, word: str) -> str:
            return str(vocabulary.setdefault((lang, word), len(vocabulary) + 1))

        for agenda in agendas:
            for document in documents(agenda):
                key = len(rows) + 1
                home = document.sections[0] if len(document.sections) == 1 else None
                rows.append((key, document.kind, document.id, document.agenda, home,
                             document.page, document.title, document.role))  # fmt: skip
                homes += [(key, document.agenda, section) for section in document.sections]
                for lang, body in document.texts:
                    bodies.append((len(bodies) + 1, key, lang, body))
                    words = text.folded_words(text.fold(body))
                    pieces = [text.parts(word) for word in words]
                    joined = any(len(piece) > 1 for piece in pieces)
                    whole = " ".join(number(lang, word) for word in words)
                    split = [number(lang, p) for piece in pieces for p in piece] if joined else []
                    split += [number("#", found) for _, _, found in number_keys(body)]
                    tokens.append((len(bodies), whole, " ".join(split)))
        its_stem = stems([word for lang, word in vocabulary if lang == "nl"])
        words_rows = [
            (n, lang, word, its_stem.get(word) if lang == "nl" else None)
            for (lang, word), n in vocabulary.items()
        ]
        database = self.database
        with database:
            database.executemany("INSERT INTO document VALUES (?,?,?,?,?,?,?,?)", rows)
            database.executemany("INSERT INTO home VALUES (?,?,?)", homes)
            database.executemany("INSERT INTO body VALUES (?,?,?,?)", bodies)
            database.executemany("INSERT INTO word VALUES (?,?,?,?)", words_rows)
            database.executemany("INSERT INTO token(rowid, whole, part) VALUES (?,?,?)", tokens)

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
        finders = [[Finder(self.database, term) for term in group] for group in query.wanted]
        if not all(any(finder.found(Match.PART) for finder in group) for group in finders):
            return []
        unwanted = [Finder(self.database, term) for term in query.unwanted]
        out = " OR ".join(filter(None, (finder.left_out() for finder in unwanted)))
        condition, values = _condition(where)
        if out:  # of the document: a translation need not have the word that the letter has
            condition += _WITHOUT
            values.append(out)
        hits: dict[int, Hit] = {}
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
            found = self.database.execute(_SELECT + condition + _ORDER, [expression, *values])
            flat = [finder for group in finders for finder in group]
            for key, row in _one_language(found, where.lang).items():
                if key not in hits:
                    hits[key] = _hit(row, flat, tier)
            if where.limit and len(hits) >= where.limit:
                break
        return list(hits.values())[: where.limit]

    def suggestions(self, query: Query, most: int = 3) -> list[str]:
        """Words that would hit, for the words of a query that do not, nearest first."""
        missing = [
            term
            for group in query.wanted
            if not any(Finder(self.database, term).found(Match.PART) for term in group)
            for term in group
        ]
        known = [
            word for (word,) in self.database.execute("SELECT text FROM word WHERE lang != '#'")
        ]
        found = [
            near
            for term in missing
            for word in term.words
            for near in text.nearest(word, known, most=most)
        ]
        return [self._printed(word) for word in list(dict.fromkeys(found))[:most]]

    def _printed(self, word: str) -> str:
        """How a text first spells a word of the vocabulary."""
        spelt: Iterator[str] = (
            body[slice(*folded.span(start, end))]
            for (body,) in self.database.execute("SELECT text FROM body ORDER BY number")
            for folded in [text.fold_with_places(body)]
            for whole in text.word_spans(folded.text)
            for found, start, end in [whole, *text.part_spans(*whole)]
            if found == word
        )
        return next(spelt)


_SELECT = """
SELECT d.number, b.lang, b.text, -bm25(token), d.kind, d.id, d.agenda, d.section, d.page, d.title
FROM token JOIN body b ON b.number = token.rowid JOIN document d ON d.number = b.document
WHERE token MATCH ?
"""
_WITHOUT = """
 AND d.number NOT IN (
  SELECT body.document FROM token JOIN body ON body.number = token.rowid WHERE token MATCH ?
 )
"""
_ORDER = " ORDER BY bm25(token), b.number"


def _condition(where: Filter) -> tuple[str, list[Any]]:
    parts: list[str] = []
    values: list[Any] = []
    if where.kinds:
        parts.append(f"d.kind IN ({','.join('?' * len(where.kinds))})")
        values += where.kinds
    if where.role:
        parts.append("d.role = ?")
        values.append(where.role)
    if where.topics is not None:
        pairs = " OR ".join(["(h.agenda = ? AND h.section = ?)"] * len(where.topics)) or "0"
        parts.append(f"d.number IN (SELECT h.document FROM home h WHERE {pairs})")
        values += [value for pair in sorted(where.topics) for value in pair]
    return "".join(f" AND {part}" for part in parts), values


def _one_language(rows: Iterable[tuple[Any, ...]], lang: str) -> dict[int, tuple[Any, ...]]:
    """Keep one row of each document, in the language asked for if that has one; best first."""
    kept: dict[int, tuple[Any, ...]] = {}
    for row in rows:
        if row[0] not in kept or (row[1] == lang != kept[row[0]][1]):
            kept[row[0]] = row
    return dict(sorted(kept.items(), key=lambda item: -item[1][3]))


def _hit(row: tuple[Any, ...], finders: Sequence[Finder], tier: Match) -> Hit:
    _, lang, body, score, kind, identifier, agenda, section, page, title = row
    return Hit(
        kind=Kind(kind),
        id=identifier,
        agenda=agenda,
        section=section,
        page=page,
        title=title,
        text=body,
        lang=lang,
        matches=highlight(body, lang, finders, tier),
        match=tier,
        score=round(score, 4),
    )
