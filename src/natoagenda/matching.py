"""Which words of the letters a typed term stands for, in four tiers, and where they stand.

The tiers: the word itself, words that begin with it, words with its Dutch stem, and compounds
that hold it.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from natoagenda import cache_tables, text
from natoagenda.query import Term

if TYPE_CHECKING:
    import sqlite3

SHORTEST_PART = 4
"""Letters that a word must have to be looked for inside compounds."""

_DIGITS = re.compile(r"\d\d[\s.]?\d{3}")
"""What a text must hold for it to be worth reading for dossier numbers."""


class Match(StrEnum):
    """How a hit's words match the words typed; of several the furthest off. Best first."""

    EXACT = "exact"
    PREFIX = "prefix"
    STEM = "stem"
    PART = "part"


UP_TO = {tier: tuple(Match)[: i + 1] for i, tier in enumerate(Match)}
"""The tiers that count at each tier: itself and the better ones."""


PAPER = "#"
"""The language, in the vocabulary, of dossier and paper numbers."""

_MANY = 20_000
"""Words; among more than these, only those that begin or end alike are compared in full."""


class Vocabulary:
    """The words of a library's texts with their numbers, in a table of the cache."""

    def __init__(self, database: sqlite3.Connection, library: int) -> None:
        """Look up in the tables that `natoagenda.search` made for a library."""
        self._database = database
        self._word = f"word{library}"
        self._piece = f"piece{library}"
        self._numbers: dict[tuple[str, str], str] = {}
        self._new: list[tuple[int, str, str]] = []
        self._next: int | None = None

    @staticmethod
    def make(database: sqlite3.Connection, library: int) -> None:
        """Make the table of parts of words, if this SQLite can."""
        import sqlite3

        with contextlib.suppress(sqlite3.OperationalError):  # before 3.34 there are no trigrams
            for statement in cache_tables.statements(cache_tables.PIECES, library):
                database.execute(statement)

    def number(self, lang: str, word: str) -> str:
        """The number of a word, a new one if it has none; `flush` writes new ones down."""
        known = self._numbers.get((lang, word))
        if known is None:
            row = self._database.execute(
                f"SELECT number FROM {self._word} WHERE text = ? AND lang = ?", (word, lang)
            ).fetchone()
            known = self._numbers[lang, word] = str(row[0] if row else self._add(lang, word))
        return known

    def _add(self, lang: str, word: str) -> int:
        if self._next is None:
            (last,) = self._database.execute(
                f"SELECT coalesce(max(number), 0) FROM {self._word}"
            ).fetchone()
            self._next = last + 1
        number = self._next
        self._next += 1
        self._new.append((number, lang, word))
        return number

    def flush(self) -> None:
        """Write the new words down, and forget what another process may change."""
        if self._new:
            its_stem = stems([word for _, lang, word in self._new if lang == "nl"])
            self._database.executemany(
                f"INSERT INTO {self._word} VALUES (?,?,?,?,?)",
                [
                    (*row, cache_tables.checksum(*row))
                    for row in (
                        (number, lang, word, its_stem[word] if lang == "nl" else None)
                        for number, lang, word in self._new
                    )
                ],
            )
            if self._has_pieces:
                self._database.executemany(
                    f"INSERT INTO {self._piece} (rowid, text) VALUES (?,?)",
                    [(number, word) for number, lang, word in self._new if lang != PAPER],
                )
        self._new = []
        self._next = None

    @cached_property
    def _has_pieces(self) -> bool:
        found = self._database.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (self._piece,))
        return found.fetchone() is not None

    def like(self, word: str, stem: str | None, *, inside: bool) -> list[tuple[int, str, str, str]]:
        """The words that begin with a word or have its stem, or, with `inside`, that hold it.

        Returns:
            The number, language, text and stem of each.
        """
        select = f"SELECT * FROM {self._word} WHERE lang != '{PAPER}' AND "
        found = self._database.execute(
            select + "(text >= ? AND text < ? OR stem = ?)", (word, word + "\U0010ffff", stem)
        ).fetchall()
        if inside:
            within, values = "instr(text, ?) > 1", [word]
            if self._has_pieces:
                within = (
                    f"number IN (SELECT rowid FROM {self._piece} WHERE {self._piece} MATCH ?) AND "
                    + within
                )
                values.insert(0, " AND ".join(f'"{word[i : i + 3]}"' for i in range(len(word) - 2)))
            found += self._database.execute(select + within, values).fetchall()
        return [_sound(row) for row in dict.fromkeys(found)]

    def papers(self, key: str) -> list[int]:
        """The numbers of a dossier's papers, or of one paper."""
        found = self._database.execute(
            f"SELECT * FROM {self._word} WHERE lang = '{PAPER}' "
            "AND (text = ? OR text > ? AND text < ?)",
            (key, f"{key}-", f"{key}."),
        )
        return [_sound(row)[0] for row in found]

    def spelt(self, words: Iterable[str]) -> Iterator[tuple[str, str, int]]:
        """The language, text and number of words that are exactly these."""
        wanted = list(dict.fromkeys(words))
        for at in range(0, len(wanted), 500):
            some = wanted[at : at + 500]
            for row in self._database.execute(
                f"SELECT * FROM {self._word} WHERE lang != '{PAPER}' "
                f"AND text IN ({','.join('?' * len(some))})",
                some,
            ):
                number, lang, word, _ = _sound(row)
                yield lang, word, number

    def numbers_of(self, word: str) -> list[int]:
        """The numbers of a word, in every language."""
        return [number for _, _, number in self.spelt([word])]

    def near(self, word: str) -> list[str]:
        """The words that are worth comparing with one that may be misspelt."""
        (many,) = self._database.execute(
            f"SELECT coalesce(max(number), 0) FROM {self._word}"
        ).fetchone()
        sql = f"SELECT text FROM {self._word} WHERE lang != '{PAPER}'"
        values: list[object] = []
        if many > _MANY:
            sql += (
                " AND abs(length(text) - ?) <= 3 "
                "AND (text >= ? AND text < ? OR substr(text, -2) = ?)"
            )
            values = [len(word), word[:1], word[:1] + "\U0010ffff", word[-2:]]
        return [found for (found,) in self._database.execute(sql, values)]


def _sound(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """The row of a word without its checksum.

    Raises:
        SpoiltError: where it is not as it was written.
    """
    *columns, checksum = row
    if cache_tables.checksum(*columns) != checksum:
        raise cache_tables.SpoiltError("a word in the cache is not as it was written")
    return tuple(columns)


class Finder:
    """Which words of a vocabulary a term stands for, by tier."""

    def __init__(self, vocabulary: Vocabulary, term: Term) -> None:
        """Look a term up in a vocabulary."""
        self.term = term
        self.words: dict[str, dict[str, Match]] = {}
        self.numbers: dict[Match, list[int]] = {tier: [] for tier in Match}
        self.phrases: list[str] = []
        if len(term.words) == 1:
            self._look_up(vocabulary, term.words[0])
        self._phrases(vocabulary)
        if term.number:
            self.numbers[Match.EXACT] += vocabulary.papers(term.number)

    def _look_up(self, vocabulary: Vocabulary, word: str) -> None:
        """Find the words that a single word stands for, and how near each is."""
        term = self.term
        stem = stems([word])[word] if term.loose else None
        inside = term.loose and len(word) >= SHORTEST_PART
        for number, lang, found, its_stem in vocabulary.like(word, stem, inside=inside):
            if found == word:
                tier = Match.EXACT
            elif found.startswith(word) and (term.prefix or (term.loose and len(word) > 1)):
                tier = Match.PREFIX
            elif term.loose and len(word) > 1 and its_stem == stem:
                tier = Match.STEM
            elif inside and word in found:
                tier = Match.PART
            else:
                continue
            self.numbers[tier].append(number)
            self.words.setdefault(lang, {})[found] = tier

    def _phrases(self, vocabulary: Vocabulary) -> None:
        """A phrase, and the parts of a word that hyphens join, in the order of reading."""
        words = self.term.words
        split = tuple(part for word in words for part in text.parts(word))
        self.sequences = {sequence for sequence in (words, split) if len(sequence) > 1}
        for sequence in self.sequences:
            known: dict[str, dict[str, int]] = {}
            for lang, word, number in vocabulary.spelt(sequence):
                known.setdefault(lang, {})[word] = number
            for numbers in known.values():
                if all(word in numbers for word in sequence):
                    self.phrases.append(" ".join(str(numbers[word]) for word in sequence))

    def found(self, tier: Match) -> bool:
        """Whether the vocabulary has any such word up to a tier."""
        return bool(self.expression(tier))

    def expression(self, tier: Match) -> str:
        """The FTS5 expression for the words up to a tier; empty where there are none."""
        numbers = [str(number) for match in UP_TO[tier] for number in self.numbers[match]]
        return " OR ".join(f'"{phrase}"' for phrase in [*self.phrases, *numbers])

    def left_out(self) -> str:
        """The FTS5 expression for what `-word` leaves out: the word and its other forms.

        Not what merely begins so: `navo -eu` keeps Europese.
        """
        tiers = [Match.EXACT, Match.PREFIX if self.term.prefix else Match.STEM]
        numbers = [str(number) for tier in tiers for number in self.numbers[tier]]
        return " OR ".join(f'"{phrase}"' for phrase in [*self.phrases, *numbers])


_Span = tuple[str, int, int]


class _Placed(NamedTuple):
    """A text with its words, the same with those that hyphens join taken apart, and all of these.

    They are one list where nothing is joined.
    """

    folded: text.Folded
    words: list[_Span]
    pieces: list[_Span]
    every: list[_Span]


@lru_cache(maxsize=4096)  # whoever types a query letter by letter sees the same texts again
def _place(body: str) -> _Placed:
    folded = text.fold_with_places(body)
    words = text.word_spans(folded.text)
    parts = [text.part_spans(*word) for word in words]
    joined = [part for piece in parts if len(piece) > 1 for part in piece]
    if not joined:
        return _Placed(folded, words, words, words)
    return _Placed(folded, words, [part for piece in parts for part in piece], words + joined)


def highlight(
    body: str, lang: str, finders: Sequence[Finder], tier: Match
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
    folded, words, pieces, every = _place(body)
    spans: list[tuple[int, int]] = []
    for finder in finders:
        known = finder.words.get(lang)
        if known:
            typed = finder.term.words[0]
            for found, start, end in every:
                match = known.get(found)
                if match is None or match not in UP_TO[tier]:
                    continue
                if match is Match.PREFIX or match is Match.PART:
                    start += found.index(typed)
                    end = start + len(typed)
                spans.append(folded.span(start, end))
        for sequence in finder.sequences:
            spans += _sequence_spans(sequence, words, folded)
            if pieces is not words:
                spans += _sequence_spans(sequence, pieces, folded)
        if finder.term.number:
            wanted = finder.term.number
            for start, end, key in number_keys(body):
                if key == wanted or key.startswith(wanted + "-"):
                    spans.append((start, end))
    return _merge(spans)


def _sequence_spans(
    sequence: tuple[str, ...], placed: Sequence[_Span], folded: text.Folded
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


def number_keys(body: str) -> tuple[tuple[int, int, str], ...]:
    """The dossier and paper numbers in a text; see `natoagenda.citations.number_keys`."""
    if not _DIGITS.search(body):
        return ()
    from natoagenda import citations

    return citations.number_keys(body)


def stems(words: Sequence[str]) -> dict[str, str]:
    """The Dutch stem of each word."""
    return dict(zip(words, _stemmer().stemWords(list(words)), strict=True))


@cache
def _stemmer() -> Any:
    import Stemmer

    return Stemmer.Stemmer("dutch")
