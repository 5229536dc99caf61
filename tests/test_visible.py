"""Hidden signs are shown: all that Unicode knows of, and nothing that a reader sees."""

from __future__ import annotations

import sys
import unicodedata

from natoagenda.visible import rewritten, visible

# Unicode's Default_Ignorable_Code_Point, as far as it is not of the categories below.
IGNORED = {
    *(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0, *range(0x180B, 0x1810)),
    *(*range(0xFE00, 0xFE10), *range(0xFFF0, 0xFFF9), *range(0xE0000, 0xE1000), 0x2065),
}


def test_what_is_hidden_is_what_unicode_says() -> None:
    for code in range(sys.maxunicode + 1):
        sign = chr(code)
        hidden = unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp")
        hidden = (hidden or code in IGNORED or code in (0xFFFE, 0xFFFF)) and code != 0xAD
        # Unicode puts some signs of Egyptian hieroglyphs and musical notation among these later.
        if 0x13430 <= code <= 0x1345F:
            continue
        assert (visible(sign) != sign) == hidden, hex(code)


def test_dutch_is_left_alone() -> None:
    plain = "Oekraïne – ‘steun’ ij ĳ € co\u00adördinatie, 10 %"
    assert visible(plain) == plain
    assert visible("") == ""


def test_how_hidden_signs_are_shown() -> None:
    assert visible("a\tb\nc\x7f") == "a␉b␊c␡"
    assert visible("om\u202egekeerd") == "om⟨U+202E⟩gekeerd"
    assert visible("x\ufe0f") == "x⟨U+FE0F⟩"
    assert visible("\U000e0041é") == "⟨U+E0041⟩é"
    assert rewritten("a\u200bb\u200b", hex) == "a0x200bb0x200b"
