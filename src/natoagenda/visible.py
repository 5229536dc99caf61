"""Text from files and from strangers, made harmless: what would steer a terminal is shown.

Hidden are controls, halves of characters, separators of lines, and signs that are not seen or
that change the order of others: Unicode's categories Cc, Cf, Cs, Zl and Zp, its
Default_Ignorable_Code_Point, and the noncharacters U+FFFE and U+FFFF. A soft hyphen, which is
invisible by design, is not. Of combining characters those are shown that are too many for one:
a hundred accents on a letter cover the lines above it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

_HIDDEN = (
    "\\x00-\\x1f\\x7f-\\x9f\\u034f\\u0600-\\u0605\\u061c\\u06dd\\u070f\\u0890\\u0891\\u08e2"
    "\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f"
    "\\u3164\\ud800-\\udfff\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff0-\\ufffb\\ufffe\\uffff"
    "\\U000110bd\\U000110cd\\U00013430-\\U0001343f\\U0001bca0-\\U0001bca3"
    "\\U0001d173-\\U0001d17a\\U000e0000-\\U000e0fff"
)
_PRINTABLE = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0"
    + "".join(map(chr, [*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]))
)
"""The hidden signs that Python takes for printable."""


MOST_MARKS = 30
"""Combining characters (Unicode's category M) on one; Unicode's Stream-Safe Text has as many."""

_MARKS_MAY_BE = f"[\u00ad\u0300-\U0010ffff]{{{MOST_MARKS + 1}}}"
"""What has no such run has no such marks: Dutch never has one, and is not looked at further."""


def visible(text: str) -> str:
    """Make hidden signs visible, so that text from a file cannot steer the terminal.

    Controls become their pictures (`␛`), all others their code point (`⟨U+202E⟩`).
    """
    return rewritten(text, _picture)


def rewritten(text: str, write: Callable[[int], str]) -> str:
    """Write each hidden sign of a text otherwise.

    Args:
        text: any.
        write: what a hidden sign becomes, by its code point.
    """
    hidden = not (text.isprintable() and (text.isascii() or _PRINTABLE.isdisjoint(text)))
    if crowded(text):
        show = _pattern().match
        return "".join(
            write(ord(sign)) if over or show(sign) else sign for sign, over in _counted(text)
        )
    return _pattern().sub(lambda match: write(ord(match[0])), text) if hidden else text


def crowded(text: str) -> bool:
    """Whether a text has more combining characters on one than any writing needs."""
    if text.isascii() or len(text.encode(errors="surrogatepass")) - len(text) <= MOST_MARKS:
        return False  # each takes a byte more than a letter: the fastest way to see that few do
    if not _run().search(text):
        return False
    return any(over for _, over in _counted(text))


def _counted(text: str) -> Iterator[tuple[str, bool]]:
    """Each character, and whether it is a combining one too many.

    Invisible ones (Cf) between do not begin a new count: marks are drawn across them.
    """
    import unicodedata

    marks = 0
    for sign in text:
        category = unicodedata.category(sign)
        if category[0] == "M":
            marks += 1
        elif category != "Cf":
            marks = 0
        yield sign, category[0] == "M" and marks > MOST_MARKS


@cache  # not at start-up: it takes longer to make than a look-up may
def _pattern() -> re.Pattern[str]:
    return re.compile(f"[{_HIDDEN}]")


@cache
def _run() -> re.Pattern[str]:
    return re.compile(_MARKS_MAY_BE)


def _picture(code: int) -> str:
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"⟨U+{code:04X}⟩"
