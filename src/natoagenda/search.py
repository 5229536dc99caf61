"""From a query to ranked hits, by SQLite's FTS5.

Texts are indexed as the numbers of their words, so FTS5 sees neither the raw text nor the raw
query; which words a typed word stands for is read from the vocabulary, in four tiers: the word
itself, words that begin with it, words with its Dutch stem, and compounds that hold it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import msgspec

from natoagenda import text
from natoagenda.errors import DependencyError
from natoagenda.model import Agenda, Role
from natoagenda.query import Query, Term

if TYPE_CHECKING:
    import sqlite3

SHORTEST_PART = 4
"""Letters that a word must have to be looked for inside compounds."""

_DIGITS = re.compile(r"\d\d[\s.]?\d{3}")
"""What a text must hold for it to be worth reading for dossier numbers."""


class Kind(StrEnum):
    """What a hit is."""

    SESSION = "session"
    SECTION = "section"
    STATEMENT = "statement"
    FOOTNOTE = "footnote"
    REFERENCE = "reference"


class Match(StrEnum):
    """How a hit's words match the words typed; of several the furthest off. Best first."""

    EXACT = "exact"
    PREFIX = "prefix"
    STEM = "stem"
    PART = "part"


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


class _Document(msgspec.Struct, frozen=True, kw_only=True):
    """Something that can be found, with its text by language and the sections it belongs to."""

    kind: Kind
    id: str
    agenda: str
    sections: tuple[str, ...]
    page: int
    title: str
    role: Role | None = None
    texts: tuple[tuple[str, str], ...]


def documents(agenda: Agenda) -> Iterator[_Document]:
    """Everything of an agenda that can be found."""
    pages = {statement.id: statement.page for statement in agenda.statements()}
    homes = {statement.id: statement.section for statement in agenda.statements()}
    for section in agenda.sections:
        pages[section.id] = section.page
        homes[section.id] = section.id
    titles = {section.id: section.title or section.id for section in agenda.sections}
    for session in agenda.sessions:
        yield _Document(
            kind=Kind.SESSION,
            id=session.id,
            agenda=agenda.id,
            sections=session.topics,
            page=pages[session.quotes[0]],
            title=session.title.nl,
            texts=_texts(
                _listed(session.title.nl, [name.nl for name in session.participants]),
                session.title.en
                and _listed(
                    session.title.en, [name.en or name.nl for name in session.participants]
                ),
            ),
        )
    for section in agenda.sections:
        if section.title:
            yield _Document(
                kind=Kind.SECTION,
                id=section.id,
                agenda=agenda.id,
                sections=(section.id,),
                page=section.page,
                title=section.title,
                texts=_texts(section.title, section.title_en),
            )
        for number in section.footnotes:
            homes[f"footnote:{number}"] = section.id
        for statement in section.statements:
            yield _Document(
                kind=Kind.STATEMENT,
                id=statement.id,
                agenda=agenda.id,
                sections=(section.id,),
                page=statement.page,
                title=titles[section.id],
                role=statement.role,
                texts=_texts(statement.text, statement.text_en),
            )
    for footnote in agenda.footnotes:
        name = f"footnote:{footnote.number}"
        pages[name] = footnote.page
        yield _Document(
            kind=Kind.FOOTNOTE,
            id=str(footnote.number),
            agenda=agenda.id,
            sections=(homes[name],),
            page=footnote.page,
            title=titles[homes[name]],
            texts=_texts(footnote.text, footnote.text_en),
        )
    for reference in agenda.references:
        printed = [reference.citation] if reference.citation else []
        yield _Document(
            kind=Kind.REFERENCE,
            id=reference.id,
            agenda=agenda.id,
            sections=tuple(dict.fromkeys(homes[place] for place in reference.cited_from)),
            page=pages[reference.cited_from[0]],
            title=reference.title.nl,
            texts=_texts(
                ", ".join([reference.title.nl, *printed]),
                reference.title.en and ", ".join([reference.title.en, *printed]),
            ),
        )


def _listed(title: str, names: Sequence[str]) -> str:
    return f"{title}: {', '.join(names)}" if names else title


def _texts(nl: str, en: str | None) -> tuple[tuple[str, str], ...]:
    return (("nl", nl), ("en", en)) if en else (("nl", nl),)


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
        """Search in a database that `build` or `dump` made."""
        self.database = database

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
                    split += [number("#", found) for _, _, found in _numbers(body)]
                    tokens.append((len(bodies), whole, " ".join(split)))
        stems = _stems([word for lang, word in vocabulary if lang == "nl"])
        words_rows = [
            (n, lang, word, stems.get(word) if lang == "nl" else None)
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
        finders = [[_Finder(self.database, term) for term in group] for group in query.wanted]
        if not all(any(finder.found(Match.PART) for finder in group) for group in finders):
            return []
        unwanted = [_Finder(self.database, term) for term in query.unwanted]
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
            if not any(_Finder(self.database, term).found(Match.PART) for term in group)
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


def _hit(row: tuple[Any, ...], finders: Sequence[_Finder], tier: Match) -> Hit:
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


class _Finder:
    """Which words of a vocabulary a term stands for, by tier."""

    def __init__(self, database: sqlite3.Connection, term: Term) -> None:
        self.term = term
        self.words: dict[str, dict[str, Match]] = {}
        self.numbers: dict[Match, list[int]] = {tier: [] for tier in Match}
        self.phrases: list[str] = []
        if len(term.words) == 1:
            self._look_up(database, term.words[0])
        self._phrases(database)
        if term.number:
            found = database.execute(
                "SELECT number FROM word WHERE lang = '#' AND (text = ? OR text LIKE ?)",
                (term.number, term.number + "-%"),
            )
            self.numbers[Match.EXACT] += [number for (number,) in found]

    def _look_up(self, database: sqlite3.Connection, word: str) -> None:
        """Read from the vocabulary, in one pass, the words that a single word stands for."""
        term = self.term
        stem = _stems([word])[word] if term.loose else None
        sql = (
            "SELECT number, lang, text, stem FROM word "
            "WHERE lang != '#' AND (instr(text, ?) > 0 OR stem = ?)"
        )
        for number, lang, found, its_stem in database.execute(sql, (word, stem)):
            if found == word:
                tier = Match.EXACT
            elif found.startswith(word) and (term.prefix or term.loose):
                tier = Match.PREFIX
            elif its_stem == stem and term.loose:
                tier = Match.STEM
            elif term.loose and len(word) >= SHORTEST_PART:
                tier = Match.PART
            else:
                continue
            self.numbers[tier].append(number)
            self.words.setdefault(lang, {})[found] = tier

    def _phrases(self, database: sqlite3.Connection) -> None:
        """A phrase, and the parts of a word that hyphens join, in the order of reading."""
        words = self.term.words
        split = tuple(part for word in words for part in text.parts(word))
        self.sequences = {sequence for sequence in (words, split) if len(sequence) > 1}
        for sequence in self.sequences:
            marks = ",".join("?" * len(set(sequence)))
            sql = f"SELECT lang, text, number FROM word WHERE lang != '#' AND text IN ({marks})"
            known: dict[str, dict[str, int]] = {}
            for lang, word, number in database.execute(sql, list(set(sequence))):
                known.setdefault(lang, {})[word] = number
            for numbers in known.values():
                if all(word in numbers for word in sequence):
                    self.phrases.append(" ".join(str(numbers[word]) for word in sequence))

    def found(self, tier: Match) -> bool:
        """Whether the vocabulary has any such word up to a tier."""
        return bool(self.expression(tier))

    def expression(self, tier: Match) -> str:
        """The FTS5 expression for the words up to a tier; empty where there are none."""
        numbers = [str(number) for match in _UP_TO[tier] for number in self.numbers[match]]
        return " OR ".join(f'"{phrase}"' for phrase in [*self.phrases, *numbers])

    def left_out(self) -> str:
        """The FTS5 expression for what `-word` leaves out: the word and its other forms.

        Not what merely begins so: `navo -eu` keeps Europese.
        """
        tiers = [Match.EXACT, Match.PREFIX if self.term.prefix else Match.STEM]
        numbers = [str(number) for tier in tiers for number in self.numbers[tier]]
        return " OR ".join(f'"{phrase}"' for phrase in [*self.phrases, *numbers])


_UP_TO = {tier: tuple(Match)[: i + 1] for i, tier in enumerate(Match)}
"""The tiers that count at each tier: itself and the better ones."""


def highlight(
    body: str, lang: str, finders: Sequence[_Finder], tier: Match
) -> tuple[tuple[int, int], ...]:
    """Where in a text the words of some terms stand.

    Args:
        body: the text.
        lang: its language.
        finders: the terms, looked up.
        tier: the furthest tier that counts.

    Returns:
        Start and end of each match in characters of `body`, rising, not overlapping: of the
        beginning or part that matches, of the whole word where its stem does.
    """
    folded = text.fold_with_places(body)
    words = text.word_spans(folded.text)
    pieces: list[tuple[str, int, int]] = []
    for word in words:
        if "-" in word[0] or "/" in word[0]:
            pieces += text.part_spans(*word)
        else:
            pieces.append(word)
    spans: list[tuple[int, int]] = []
    for finder in finders:
        known = finder.words.get(lang)
        if known:
            typed = finder.term.words[0]
            for found, start, end in words if len(words) == len(pieces) else [*words, *pieces]:
                match = known.get(found)
                if match is None or match not in _UP_TO[tier]:
                    continue
                if match is Match.PREFIX or match is Match.PART:
                    start += found.index(typed)
                    end = start + len(typed)
                spans.append(folded.span(start, end))
        for sequence in finder.sequences:
            spans += _sequence_spans(sequence, words, folded)
            spans += _sequence_spans(sequence, pieces, folded)
        if finder.term.number:
            wanted = finder.term.number
            for start, end, key in _numbers(body):
                if key == wanted or key.startswith(wanted + "-"):
                    spans.append((start, end))
    return _merge(spans)


def _sequence_spans(
    sequence: tuple[str, ...], placed: list[tuple[str, int, int]], folded: text.Folded
) -> Iterator[tuple[int, int]]:
    """Where words stand in that order, one right after the other."""
    size = len(sequence)
    for at in range(len(placed) - size + 1):
        if all(placed[at + i][0] == word for i, word in enumerate(sequence)):
            yield folded.span(placed[at][1], placed[at + size - 1][2])


def _merge(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Join spans that overlap."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _numbers(body: str) -> tuple[tuple[int, int, str], ...]:
    if not _DIGITS.search(body):
        return ()
    from natoagenda import citations

    return citations.number_keys(body)


def _stems(words: Sequence[str]) -> dict[str, str]:
    """The Dutch stem of each word."""
    import Stemmer

    return dict(zip(words, Stemmer.Stemmer("dutch").stemWords(list(words)), strict=True))
