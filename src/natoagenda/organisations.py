"""The organisations that letters write about, by the names that people type for them."""

from __future__ import annotations

import re
from collections.abc import Callable

from natoagenda import text

_NAMES: tuple[tuple[str, ...], ...] = (
    ("navo", "nato", "otan", "noord-atlantische verdragsorganisatie",
     "north atlantic treaty organization", "noord-atlantische raad"),
    ("eu", "ue", "europese unie", "european union", "europese raad", "raad van de europese unie"),
    ("vn", "un", "verenigde naties", "united nations"),
    ("ovse", "osce", "organisatie voor veiligheid en samenwerking in europa"),
    ("raad van europa", "council of europe"),
    ("benelux", "benelux unie"),
    ("oeso", "oecd"),
    ("wto", "wereldhandelsorganisatie", "world trade organization"),
)  # fmt: skip
"""Folded; the names in one line are one organisation."""


def matcher(asked: str) -> Callable[[str], bool]:
    """Make the test whether an agenda's organisation is the one asked for.

    Args:
        asked: a name, short or in full, in Dutch or English, or the beginning of its words, with
            spaces, hyphens or anything else between them.
    """
    words = _words(asked)
    wanted = " ".join(words)
    known = [[" ".join(_words(name)) for name in names] for names in _NAMES]
    alike = [f" {name} " for names in known if wanted in names for name in names]

    def fits(organisation: str) -> bool:
        given = _words(organisation)
        if alike:  # `eu` is no beginning of Europa here
            whole = f" {' '.join(given)} "
            return any(name in whole for name in alike)
        return bool(words) and all(any(each.startswith(word) for each in given) for word in words)

    return fits


def _words(name: str) -> list[str]:
    return re.findall(r"\w+", text.fold(name))
