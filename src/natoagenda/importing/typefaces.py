"""How wide letters are in the types that ministries set letters in.

A text that a PDF tool gave has lost its widths; but its lines were filled until the next word did
not fit, and the type under which that is true of the most lines is the one it was set in.
"""

from __future__ import annotations

import unicodedata

_SMALL = "abcdefghijklmnopqrstuvwxyz"

_WIDTHS: dict[str, tuple[str, str, dict[str, int], int]] = {
    # small letters, capitals, signs, and the width of digits and all else; in 1/1000 em
    "verdana": (
        "601 623 521 623 596 352 623 633 274 344 592 274 973 633 607 623 623 427 521 394 633 592"
        " 818 592 592 525",
        "684 686 698 771 632 575 775 751 421 455 693 557 843 748 787 603 787 695 684 616 732 684"
        " 989 685 615 685",
        {" ": 352, ".": 364, ",": 364, ";": 454, ":": 454, "’": 269, "-": 454, "(": 454, ")": 454,
         "/": 454, "%": 1076},
        636,
    ),
    "helvetica": (
        "556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500"
        " 722 500 500 500",
        "667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667"
        " 944 667 667 611",
        {" ": 278, ".": 278, ",": 278, ";": 278, ":": 278, "’": 222, "-": 333, "(": 333, ")": 333,
         "/": 278, "%": 889},
        556,
    ),
    "times": (
        "444 500 444 500 444 333 500 500 278 278 500 278 778 500 500 500 500 333 389 278 500 500"
        " 722 500 500 444",
        "722 667 667 722 611 556 722 722 333 389 722 611 889 722 722 556 722 667 556 611 722 722"
        " 944 722 722 611",
        {" ": 250, ".": 250, ",": 250, ";": 278, ":": 278, "’": 333, "-": 333, "(": 333, ")": 333,
         "/": 278, "%": 833},
        500,
    ),
}  # fmt: skip
"""Source: the advance widths in the metrics of Verdana, Helvetica and Times."""


class Typeface:
    """Measures text in one type."""

    def __init__(self, name: str) -> None:
        """Take the widths of a type: `verdana`, `helvetica` or `times`."""
        small, capitals, signs, self.usual = _WIDTHS[name]
        self.widths = dict(zip(_SMALL, map(int, small.split()), strict=True))
        self.widths |= dict(zip(_SMALL.upper(), map(int, capitals.split()), strict=True))
        self.widths |= signs

    def __call__(self, text: str) -> float:
        """How wide a text is, in 1/1000 of the type's size."""
        plain = unicodedata.normalize("NFD", text)
        return sum(
            self.widths.get(sign, self.usual) for sign in plain if not unicodedata.combining(sign)
        )


ALL: tuple[Typeface, ...] = tuple(map(Typeface, _WIDTHS))
