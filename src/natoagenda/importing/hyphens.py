"""A hyphen at the end of a line: is it the word's own, or only the line's?

`NAVO-⏎Top` and `21501-⏎02` keep it, `veiligheids-⏎en` keeps it and a space, `verde-⏎diging` loses
it. What the letter prints elsewhere decides first; then how Dutch uses hyphens.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

import msgspec

from natoagenda.importing.source import LINE_HYPHEN, Block, Letter, without

_BROKEN = re.compile(rf"([^\s{LINE_HYPHEN}]*){LINE_HYPHEN}( ?)([^\s{LINE_HYPHEN}]*)")
_EDGES = ".,;:!?()[]\"'“”„’‘«»"

_ALWAYS = frozenset(
    """
    adjunct ad-hoc anti bijna co directeur e ex full hoofd interim kandidaat know like luitenant
    minister multi niet non oud pan partij post pro procureur quasi secretaris semi staats sub
    supra tot vice burden decision follow high low policy long short top
    """.split()
)
"""First parts that Dutch joins with a hyphen: non-paper, minister-president, like-minded."""

_LINKS = frozenset(
    {"het", "de", "to", "of", "in", "en", "op", "up", "and", "the", "by", "van", "tot"}
)

_TITLES = frozenset({"president", "generaal", "presidenten", "generaals", "presidentschap"})
_CLASHES = frozenset(
    ["aa", "ae", "ai", "au", "ee", "ei", "eu", "ie", "ii", "oe", "oi", "oo", "ou", "ui", "uu"]
)
"""Vowels that would be read as one sound: `defensie-industrie`, `zee-egel`."""

_LONG = 6
"""Letters; what ends a name that a line breaks is mostly shorter: `Neder-⏎land`, `Euro-⏎pese`."""

_SUSPENDED = frozenset({"en", "of", "als", "dan", "noch", "t/m", "tot", "respectievelijk", "and"})
"""What follows a part that waits for its second half: `veiligheids- en defensiebeleid`."""


def mend(letter: Letter) -> Letter:
    """A letter with every hyphen at a line's end decided.

    Args:
        letter: texts with `LINE_HYPHEN`, the two halves of a word glued to it.

    Returns:
        The same letter without any.
    """
    known = _printed([block.text for block in letter.blocks] + [n.text for n in letter.notes])
    return msgspec.structs.replace(
        letter,
        blocks=tuple(_mend_block(block, known) for block in letter.blocks),
        notes=tuple(
            msgspec.structs.replace(note, text=_mend_block(Block(text=note.text), known).text)
            for note in letter.notes
        ),
    )


def _printed(texts: Iterable[str]) -> Counter[str]:
    """The words that the letter prints on one line, folded, with how often."""
    return Counter(
        word.strip(_EDGES).casefold()
        for text in texts
        for word in text.split()
        if LINE_HYPHEN not in word
    )


def _mend_block(block: Block, known: Counter[str]) -> Block:
    while match := _BROKEN.search(block.text):
        before, space, after = match.groups()
        at = match.end(1)
        opening = re.search(r"(?:^|[.!?:;•]\s)\W*$", block.text[: match.start(1)]) is not None
        instead = "- " if space else decide(before, after, known, opening=opening)
        block = without(block, [(at, at + 1 + len(space), instead)])
    return block


def decide(before: str, after: str, known: Counter[str], *, opening: bool = False) -> str:
    """What stands between two halves: a hyphen, a hyphen and a space, or nothing.

    Args:
        before: what stands before the line's end, without the hyphen.
        after: what begins the next line.
        known: the words that the letter prints on one line, folded.
        opening: whether the word begins a sentence, so that its capital says nothing.
    """
    first, second = before.lstrip(_EDGES), after.rstrip(_EDGES)
    if second.casefold() in _SUSPENDED:
        return "- "
    if not first or not second:
        return "-"
    whole, hyphened = (first + second).casefold(), f"{first}-{second}".casefold()
    if known[whole] or known[hyphened]:
        return "" if known[whole] > known[hyphened] else "-"
    if not second[0].islower() or not first[-1].islower():
        return "-"  # NAVO-Top, 21501-02, 2%-norm, NAVO-verdragsgebied
    if first[0].isupper() and not opening and len(second) >= _LONG:
        return "-"  # a name that begins a compound: Patriot-initiatief
    parts = first.casefold().split("-")
    if len(parts) > 1 and parts[-1] in _LINKS:  # staakt-het-vuren, end-to-end
        return "-"
    if parts[-1] in _ALWAYS or second.casefold() in _TITLES:
        return "-"
    if "-" in second and second.split("-")[0] in _LINKS:  # staakt-⏎het-vuren
        return "-"
    begin = re.sub("[^a-z]", "", parts[-1][-1:] + second[:1].casefold())
    if begin in _CLASHES and len(parts[-1]) > 2 and len(second) > 3:
        return "-"
    return ""
