"""What people type to search, as terms; nothing typed is an error.

`oekraïne steun` wants all words, `"lange termijn"` a phrase, `bondgeno*` beginnings, `-rusland`
leaves out, `china OR rusland` wants either (OR binds its two neighbours). A dossier or paper
number is one term however it is spelt. What the letters say is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from natoagenda import text

_CHUNK = re.compile(r'(?P<out>-?)"(?P<phrase>[^"]*)(?:"|$)|(?P<word>[^\s"]+)')
_NUMBER = re.compile(r"\d[\d\s.\-]{3,}\d")
"""Five digits and more, perhaps spaced: worth asking whether it is a dossier's number."""

_LEAVES_OUT = re.compile(r"(?<!\S)-(?=\S)")


_SHORTENED = re.compile(r"(?<![\w.])([^\W\d_](?:\.[^\W\d_])+)(?![\w.])")
"""An abbreviation typed without its last full stop: `c.s` for c.s."""


class Term(msgspec.Struct, frozen=True):
    """One thing that must be found.

    Attributes:
        words: folded; several are a phrase.
        prefix: whether the last word may go on, as in `bondgeno*`.
        loose: whether a single word may also match by its stem and as part of a compound.
        number: the key of a dossier or paper, or None; its `words` are looked for too.
    """

    words: tuple[str, ...]
    prefix: bool = False
    loose: bool = True
    number: str | None = None


class Query(msgspec.Struct, frozen=True):
    """All of `wanted`, of each at least one, and none of `unwanted`."""

    wanted: tuple[tuple[Term, ...], ...]
    unwanted: tuple[Term, ...]


def parse(typed: str) -> Query:
    """Read what was typed; what holds no letter or digit asks for nothing."""
    wanted: list[tuple[Term, ...]] = []
    unwanted: list[Term] = []
    either = False
    for out, term in _terms(typed):
        if term is None:
            either = bool(wanted)
            continue
        if out:
            unwanted.append(term)
        elif either:
            wanted[-1] = (*wanted[-1], term)
        else:
            wanted.append((term,))
        either = False
    return Query(tuple(dict.fromkeys(wanted)), tuple(dict.fromkeys(unwanted)))


def _terms(typed: str) -> Iterator[tuple[bool, Term | None]]:
    """Yield each term and whether it is to be left out; None stands for OR."""
    done = 0
    for start, end, key in _numbers(typed):
        yield from _plain_terms(typed[done:start])
        words = text.folded_words(text.fold(typed[start:end]))
        yield typed[:start].endswith("-"), Term(tuple(words), number=key)
        done = end
    yield from _plain_terms(typed[done:])


def _numbers(typed: str) -> tuple[tuple[int, int, str], ...]:
    if not _NUMBER.search(typed):
        return ()
    from natoagenda import citations

    # A hyphen before a number leaves it out; to the grammar it would be a part of it.
    return citations.number_keys(_LEAVES_OUT.sub("|", typed), query=True)


def _plain_terms(typed: str) -> Iterator[tuple[bool, Term | None]]:
    for match in _CHUNK.finditer(typed):
        if match["phrase"] is not None:
            words = text.folded_words(_SHORTENED.sub(r"\1.", text.fold(match["phrase"])))
            if words:
                yield bool(match["out"]), Term(tuple(words), loose=False)
            continue
        word = match["word"]
        if word == "OR":
            yield False, None
            continue
        folded = _SHORTENED.sub(r"\1.", text.fold(word))
        prefix = folded.endswith("*")
        for found in text.folded_words(folded):
            yield folded.startswith("-"), Term((found,), prefix=prefix, loose=not prefix)
