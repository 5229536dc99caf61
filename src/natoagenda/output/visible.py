"""Text from files and from strangers, made harmless: what would steer a terminal is shown."""

from __future__ import annotations

import unicodedata


def visible(text: str) -> str:
    """Make control characters visible, so that text from a file cannot steer the terminal.

    Controls become their pictures (`␛`), other invisible or reordering characters their
    code point (`⟨U+202E⟩`); a soft hyphen, which is invisible by design, stays.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_visible, text))


def _visible(character: str) -> str:
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") and code != 0xAD:
        return f"⟨U+{code:04X}⟩"
    return character
