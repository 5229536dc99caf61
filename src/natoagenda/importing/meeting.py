"""What a letter says of its meeting: days, venue, who holds it, who goes there."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

import msgspec

from natoagenda.importing import dates
from natoagenda.importing.source import ANNOTATED_AGENDA
from natoagenda.model import Name
from natoagenda.text import fold, words

_BODIES = ("NAVO", "OVSE", "OESO", "IMF", "WTO", "G20", "G7", "VN", "EU")
"""Those who hold meetings and are known by their letters; the first in a title is meant."""

_HEAD = re.compile(
    rf"^{ANNOTATED_AGENDA}\W*"
    r"(?:(?:ten\s+behoeve\s+van|voor|van|inzake|t\.b\.v\.)\s+)?(?:(?:de|het)\s+)?",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"\s*(?:[,(:]|\b(?:van|op|d\.d\.|dd\.?|te|in|te\s+houden)\s*(?=(?:maan|dins|woens|donder|vrij|zater|zon)?dag|\d)|[-–—]\s*(?=\d)).*$",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"(?:(?<=\bin )|(?<=\bte ))(?P<place>(?-i:[A-ZÀ-Þ])[\w’'-]+"
    r"(?:\s(?-i:[A-ZÀ-Þ])[\w.’'-]*)*(?:,\s(?-i:[A-Z])\.(?-i:[A-Z])\.)?)",
    re.IGNORECASE,
)
_NO_PLACE = re.compile(
    r"(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
    r"|de|het|een|oekra[iï]ne|europa|nederland|van|op)\b", re.IGNORECASE,
)  # fmt: skip
_HELD_AT = re.compile(
    r"\b(?:bijeen|plaats|vergader\w*|gehouden|georganiseerd|begint|top|raad|bijeenkomst|reis\w*)\b",
    re.IGNORECASE,
)
_GOES = re.compile(
    r"^(?:Namens\s+Nederland\s+\w+\s+)?(?P<who>(?:de|het)\s+.{4,240}?)\s+(?:is|zijn|zal|zullen|neemt|nemen|ben|woont|wonen)\s+"
    r"(?:naar\s+verwachting\s+|ook\s+|namens\s+Nederland\s+)*(?:voornemens\b.{0,160}?(?:bij\s+te\s+wonen|deel\s+te\s+nemen|bijwonen|aanwezig)|.{0,100}?\b(?:deelnemen|deel|bijwonen|bij|vertegenwoordigen|aanwezig)\b)",
    re.IGNORECASE,
)


class Meeting(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting as its letter describes it; see `natoagenda.model.Agenda` for the fields."""

    id: str
    organisation: str
    venue: str | None
    starts: datetime.date
    ends: datetime.date
    delegation: tuple[Name, ...]
    doubts: tuple[str, ...]


def read(
    title: str,
    texts: Sequence[str],
    written: datetime.date | None,
    given: tuple[datetime.date, datetime.date] | None = None,
) -> Meeting | None:
    """Find what a letter says of its meeting.

    Args:
        title: the agenda's title.
        texts: the paragraphs, the covering letter's too, in reading order.
        written: the letter's date, whose year stands in where no other is printed.
        given: first and last day where the user states them.

    Returns:
        The meeting, or None where no day of it is to be found.
    """
    item, pair = _days(title, texts, written)
    pair = given or pair
    if pair is None:
        return None
    starts, ends = pair
    doubts: tuple[str, ...] = ()
    if item and not given:
        doubts = tuple(f"title: {wrong}" for wrong in dates.wrong_weekdays(item, starts, ends))
    name = _name(title)
    venue = _venue(title, texts)
    short = slug(re.split(r",|\sD\.C\.", venue, maxsplit=1)[0]) if venue else ""
    summit = re.search(r"\bTop\b|\btop\b|TOP\b|SUMMIT|[Ss]ummit", title)
    if summit and short and _places(title):
        identifier = f"{short}-{starts.year}"
    else:
        identifier = f"{slug(name)[:48].strip('-') or 'agenda'}-{starts.isoformat()}"
    return Meeting(
        id=identifier,
        organisation=_organisation(title, name),
        venue=venue,
        starts=starts,
        ends=ends,
        delegation=_delegation(texts),
        doubts=doubts,
    )


def letter_date(texts: Sequence[str]) -> datetime.date | None:
    """The letter's own date: `Den Haag, 28 juni 2024`, `Datum 28 juni 2024`."""
    for text in texts:
        head = re.match(
            r"(?:(?:’s-|'s-)?[A-ZÀ-Þ][\w’'-]+(?:\s[A-ZÀ-Þ][\w-]+)?,|Datum:?)\s+(?=\d)", text
        )
        for item in dates.days(text)[:1]:
            if head and item.start == head.end() and item.year:
                pair = item.dates(item.year)
                return pair[0] if pair else None
    return None


def slug(text: str) -> str:
    """An id of a text's words: small letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", " ".join(word.text for word in words(text))).strip("-")


def _days(
    title: str, texts: Sequence[str], written: datetime.date | None
) -> tuple[dates.Days | None, tuple[datetime.date, datetime.date] | None]:
    """The meeting's days: of the title, else of what the letter says of the agenda or meeting."""
    known = [item.year for text in (title, *texts) for item in dates.days(text) if item.year]
    printed = dates.years(title)
    year = printed[-1] if printed else None
    sources = [title]
    sources += [t for t in texts if re.search(r"geannoteerde\s+agenda", t, re.IGNORECASE)]
    sources += [t for t in texts if _HELD_AT.search(t)][:6]
    for source in sources:
        for item in dates.days(source):
            guess = item.year or year or (written.year if written else None)
            guess = guess or (known[0] if known else None)
            if guess is None:
                continue
            pair = item.dates(guess)
            if pair is None or (pair[1] - pair[0]).days > 31:
                continue
            if source is not title and written and pair[0] == written:
                continue
            dated = item.year or (source is title and year)
            if written and pair[0] < written and not dated:
                later = item.dates(guess + 1)  # written in December, held in January
                pair = later if later and (later[0] - written).days < 100 else pair
            if source is not title and written and pair[0] < written:
                continue
            return item, pair
    return None, None


def _name(title: str) -> str:
    """The meeting's name in the title: `Raad Buitenlandse Zaken`."""
    bare = _HEAD.sub("", title)
    cut = _CUT.sub("", bare)
    return (cut or bare).strip(" ,.:;–-")


def _organisation(title: str, name: str) -> str:
    for body in _BODIES:
        if re.search(rf"(?<![\w]){body}(?![\w])", title):
            return body
    return name


def _venue(title: str, texts: Sequence[str]) -> str | None:
    """Where it is held, spelt as the text spells it where the title is in capitals."""
    found = next(iter(_places(title)), None)
    if found is None:
        held = [place for text in texts if _HELD_AT.search(text) for place in _places(text)]
        return held[0] if held else None
    body = [place for text in texts for place in _places(text)]
    whole = [place for place in body if _letters(place) == _letters(found)]
    begun = [place for place in body if _letters(found).startswith(_letters(place))]
    return next(iter(whole or (begun if found.isupper() else [])), found)


def _places(text: str) -> list[str]:
    """The names after `in` and `te` that may be places."""
    if text.isupper():  # in a title in capitals a name ends where its date begins
        text = re.sub(r"\s+(?:VAN|OP)\s+(?=\w*DAG|\d).*", "", text)
    found = [
        match["place"].rstrip(".,") if not match["place"].endswith(".C.") else match["place"]
        for match in _PLACE.finditer(text)
    ]
    return [place for place in found if not _NO_PLACE.match(place)]


def _letters(text: str) -> str:
    return re.sub(r"\W", "", fold(text))


def _delegation(texts: Sequence[str]) -> tuple[Name, ...]:
    """Who goes there for the Netherlands, in the letter's words."""
    from natoagenda.text import sentences

    for text in texts:
        for start, end in sentences(text):
            match = _GOES.match(text[start:end])
            if not match or not re.search(
                r"minister|staatssecretaris|koning|premier", match["who"]
            ):
                continue
            people = re.split(
                r",\s+(?:en\s+)?(?=de\s)|\s+en\s+(?=de\s)", match["who"], flags=re.IGNORECASE
            )
            names = [
                re.sub(r"^(?:de|het)\s+", "", person, flags=re.IGNORECASE) for person in people
            ]
            if all(
                re.match(
                    r"(?:vice-)?(?:minister|staatssecretaris|koning|premier|demissionair)",
                    n,
                    re.IGNORECASE,
                )
                for n in names
            ):
                return tuple(Name(name, None) for name in names)
    return ()
