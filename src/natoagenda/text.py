"""Dutch text in one room: folding, words, and words that are nearly the same.

Folding makes texts comparable (case, accents, `ĳ`, quotes, dashes) and remembers where every
folded character came from, so that what is found can be shown on the letter's own characters.
Nothing here knows what a statement or a query is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

import msgspec

_SAME: dict[str, str] = {
    **dict.fromkeys("‐‑‒–—―−﹣－", "-"),  # dashes and minus: 9–11, -regeringsleiders
    **dict.fromkeys("‘’‚‛ʼ´`′", "'"),  # quotes: ’s avonds
    **dict.fromkeys("“”„‟«»″", '"'),
    "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th",
}  # fmt: skip
"""What folds to something else although Unicode does not decompose it, with examples."""

_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # c.s., d.d., D.C.
    r"|[^\W_]+%?(?:(?:[-'/]|(?<=\d)[.,](?=\d))[^\W_]+%?)*"  # 2%-norm, NAVO-EU, 36410-X, 3,5
)

_JOINTS = re.compile(r"[-/]")


class Folded(msgspec.Struct, frozen=True):
    """A folded text; `starts[i]` is where in the original its character `i` came from.

    `starts` has one entry more than `text`: the length of the original.
    """

    text: str
    starts: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Say which characters of the original a slice of the folded text came from.

        Args:
            start: first folded character.
            end: one past the last; larger than `start`.

        Returns:
            Start and end in the original, never empty, with the combining marks that follow.
        """
        final = self.starts[end - 1]
        while self.starts[end] == final:  # inside one that folds to several, such as ĳ
            end += 1
        return self.starts[start], self.starts[end]


class Word(msgspec.Struct, frozen=True):
    """A word of a text: folded, with its start and end in the original."""

    text: str
    start: int
    end: int


class _FoldTable(dict[int, str]):
    """What each character folds to, worked out when it is first met."""

    def __init__(self) -> None:
        self.uneven: set[str] = set()

    def __missing__(self, code: int) -> str:
        folded = []
        for part in unicodedata.normalize("NFKD", chr(code)).casefold():
            if unicodedata.category(part) in ("Mn", "Cf"):
                continue
            folded.append(" " if part.isspace() else _SAME.get(part, part))
        self[code] = piece = "".join(folded)
        if len(piece) != 1:
            self.uneven.add(chr(code))
        return piece


_TABLE = _FoldTable()


def fold(text: str) -> str:
    """Fold a text for comparison; see `fold_with_places` for the rules."""
    return text.translate(_TABLE)


def fold_with_places(text: str) -> Folded:
    """Fold a text and keep where each character came from.

    Case, accents, ligatures, compatibility forms, quotes, dashes and kinds of space fold
    together; soft hyphens and zero-width characters fold to nothing. The folded text can be
    longer or shorter than the original.
    """
    folded = fold(text)
    if _TABLE.uneven.isdisjoint(text):
        return Folded(folded, range(len(text) + 1))
    starts: list[int] = []
    for at, character in enumerate(text):
        starts.extend([at] * len(_TABLE[ord(character)]))
    return Folded(folded, (*starts, len(text)))


def folded_words(folded: str) -> list[str]:
    """The words of a text that is folded already, in reading order; see `words`."""
    return _WORD.findall(folded)


def parts(word: str) -> list[str]:
    """The parts of a folded word that hyphens and slashes join: `navo-eu` is `navo` and `eu`."""
    return [part for part in _JOINTS.split(word) if part]


def word_spans(folded: str) -> list[tuple[str, int, int]]:
    """The words of a folded text with start and end in it."""
    return [(match[0], match.start(), match.end()) for match in _WORD.finditer(folded)]


def part_spans(word: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """The parts of a folded word (see `parts`) with start and end where the word's are."""
    found = []
    at = start
    for part in _JOINTS.split(word):
        if part:
            found.append((part, at, at + len(part)))
        at += len(part) + 1
    return found


def words(text: str) -> tuple[Word, ...]:
    """The words of a text in reading order, folded, with their places in the text.

    Kept whole: `2%`, `2%-norm`, `NAVO-EU`, `c.s.`, `36410-X`, `non-paper`, `3,5`.
    """
    folded = fold_with_places(text)
    return tuple(
        Word(match[0], *folded.span(match.start(), match.end()))
        for match in _WORD.finditer(folded.text)
    )


def nearest(
    word: str, candidates: Iterable[str], *, most: int = 3, cutoff: float = 0.75
) -> tuple[str, ...]:
    """The candidates that `word` is probably a misspelling of, the nearest first.

    Args:
        word: folded.
        candidates: folded.
        most: how many at the most.
        cutoff: how alike they must be, from 0 to 1 (difflib's ratio).

    Returns:
        Those that share enough letters in order.
    """
    import difflib

    return tuple(difflib.get_close_matches(word, sorted(set(candidates)), n=most, cutoff=cutoff))
