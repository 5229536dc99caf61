"""The entries of a programme, where the text gives a meeting and says when it is.

A day that the text does not state is not given. A weekday that the calendar contradicts is
reported, and the entry has the date that is printed.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence

import msgspec

from natoagenda.days import WEEKDAYS
from natoagenda.importing import dates
from natoagenda.model import Name, PartOfDay, Section, SectionKind, Session, SessionKind, Statement
from natoagenda.text import fold

_KINDS: tuple[tuple[str, SessionKind], ...] = (
    (r"(?:werk|gala|openings|slot)?diners?|avondmaaltijd", SessionKind.DINNER),
    (r"(?:werk)?lunch(?:es|bijeenkomst)?", SessionKind.LUNCH),
    (r"(?:werk)?ontbijt(?:en|sessie|bijeenkomst)?", SessionKind.BREAKFAST),
    (r"\w*(?:ceremonie|plechtigheid|herdenking)|receptie|familiefoto", SessionKind.CEREMONY),
    (r"evenementen|side[- ]events?|nevenevenementen", SessionKind.EVENTS),
    (r"[\w-]*[Rr]aad", SessionKind.COUNCIL),
    (
        r"\w*(?:bijeenkomst|vergadering|sessie|overleg|conferentie|seminar|ronde|zitting|top|debat"
        r"|dialoog|gesprek|rondetafel)(?:en|s)?|Top|Eurogroep|Eurotop|gedachtewisseling",
        SessionKind.MEETING,
    ),
)
"""What the nouns for meetings mean, the surest first."""

_NOUN = re.compile(
    r"(?<![\w-])(?:"
    + "|".join(f"(?P<k{i}>{noun})" for i, (noun, _) in enumerate(_KINDS))
    + r")(?![\w’'])"
)
_PARTS: tuple[tuple[str, PartOfDay], ...] = (
    (r"\b(?:’s\s?|'s\s?)?(?:och|mor)tends?\b|\bochtend\b|\w+dagochtend", PartOfDay.MORNING),
    (r"\b(?:’s\s?|'s\s?)?middags?\b|\bmiddag\b|\w+dagmiddag", PartOfDay.AFTERNOON),
    (r"\b(?:’s\s?|'s\s?)?avonds?\b|\bavond\b|\w+dagavond|\bvooravond\b", PartOfDay.EVENING),
)
_HELD = re.compile(
    r"\b(?:vindt|vinden|begint|beginnen|start|starten|hervat|hervatten|volgt|volgen|komt|komen"
    r"|is|zijn|staat|staan|opent|openen|sluit|eindigt|organiseert|organiseren|houdt|houden|wordt"
    r"|worden|plaats|bijeen|uitgenodigd|neemt|nemen|zal|zullen|spreekt|spreken|gepland|voorzien"
    r"|vangt|aan|heeft|hebben|schuift|schuiven|vergadert|vergaderen|ontvangt|ontvangen|bijeenkomt"
    r"|bijeenkomen|samenkomt|bespreekt|bespreken|wisselt|wisselen)\b"
)
_PAST = re.compile(
    r"\b(?:werd|werden|was|waren|vond|vonden|heeft|hebben|kwam|kwamen|jl\.|afgelopen|vorig\w*"
    r"|eerder|sinds|sprak|spraken)\b"
)
_OPENED_BY = re.compile(
    r"\b(?:begint|beginnen|opent|start|vangt)\b.{0,120}?\bmet\b|\b(?:wordt|worden)\b.{0,120}?"
    r"\b(?:geopend|voorafgegaan|afgesloten|ingeleid)\b"
)
"""`De Top begint op 24 juni met een ceremonie`: the ceremony is the entry, the Top is not."""
_GATHER = re.compile(
    r"(?P<who>\b(?:[Dd]e|[Hh]et)\s+(?:[\w-]+\s){0,2}?(?:ministers|leiders|staatshoofden|regeringsleiders|bondgenoten"
    r"|gouverneurs|(?!NAVO\b|EU\b|VN\b)[A-Z]{2,6}\b|[A-Z][\w-]*comité|[A-Z][\w-]*[Rr]aad)(?:\s(?:van|voor|en)\s(?:de\s)?[A-Z][\w-]+(?:\s[A-Z][\w-]+)*)?)\s"
    r"(?:komt|komen|vergadert|vergaderen)\b(?!.*\bterug\b)|\b(?:komt|komen|vergadert|vergaderen)\s(?:(?:op\s)?\w+\s){0,4}?"
    r"(?P<late>(?:de|het)\s(?:ministers|leiders|bondgenoten|(?!NAVO\b|EU\b|VN\b)[A-Z]{2,6}\b)(?:\s(?:van|voor)\s[A-Z][\w-]+)?)"
)
_CONVENES = re.compile(
    r"\b(?:komt|komen)\s.{0,60}?\b(?P<who>(?:de|het)\s(?:[\w’-]+\s){1,8}?(?:\([A-Z]+\)\s)?)(?:bijeen|samen)\b"
)
"""`Daarna komt op 15 juni de Contact Group bijeen`: who convenes stands after the verb."""
_WEEKDAY = re.compile(
    r"\b(?P<day>maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag)(?:ochtend|middag|avond)?\b",
    re.IGNORECASE,
)
_MEALS = frozenset({SessionKind.LUNCH, SessionKind.DINNER, SessionKind.BREAKFAST})
_SAME_TIME = re.compile(
    r"\b(?:Tegelijkertijd|Gelijktijdig|Parallel\s+hieraan|Parallel|Daarna|Aansluitend|Vervolgens|Hierna|Daarop|Voorafgaand|Tot\s+slot)\b"
)
_SAME_DAY = re.compile(
    r"\b(?:die|deze|dezelfde)\s+(?:zelfde\s+)?(?:dag|ochtend|middag|avond)\b|\bdiezelfde\b"
)
_AROUND = re.compile(
    r"\b(?:[Rr]ondom|[Ii]n\s+de\s+marge|[Ii]n\s+marge|[Ee]n\s+marge|[Rr]ond)\b.{0,60}?\b(?:de|het)\b"
)
_SPEAKS_OF = re.compile(
    r"\b(?:deze|dit|die|dat|het|de|genoemde)\s+(?:informele\s+)?(?P<noun>[\w-]+)", re.IGNORECASE
)
_ARTICLE = re.compile(
    r"(?:(?P<article>een|de|het|verschillende|diverse|enkele|opnieuw\s+een)\s+)?"
    r"(?P<adjectives>(?:(?<![\w-])(?:[A-Za-zë-]+(?:e|al|eel))\s+){0,3})$"
)
_TAIL = re.compile(
    r"(?:\s+(?:van|voor|tussen|met|op|ter|aan|in)\s+(?!(?:alleen|onder|niveau|uitnodiging|basis)\b)"
    r"(?:(?:de|het|een|alle|andere|vier|twee|drie)\s+)*[\w’-]+(?:\s+(?:en|van|voor|de|het"
    r"|\w*(?:ministers|leiders|hoofden)|[A-ZÀ-Þ][\w’-]+))*)*"
)
_STOP_TAIL = re.compile(
    r"\s+(?:plaats|bijeen|op\s+het\s+niveau|van\s+alleen|waar|waarin|waarbij|waarvoor|die|dat|om|uitgenodigd|op\s+(?:\w+dag\s+)?\d"
    r"|met\s+(?:de\s+)?ministers|gepland|voorzien|uit|te)\b|[,.;:(]"
)
_INVITED = re.compile(
    r"\b(?:zijn|is|worden|wordt)\s+(?:ook\s+|tevens\s+|eveneens\s+)?(?P<who>(?:alle|de|het)\s+.{3,300}?)\s+(?:ook\s+)?(?:uitgenodigd|aanwezig)\b"
)
_LEVEL = re.compile(
    r"\bop\s+het\s+niveau\s+van\s+(?P<who>[\w\s-]+?)(?=\s+(?:waar\w*|die|om|met)\b|[,.;])"
)
_ONLY = re.compile(
    r"\bvan\s+(?P<who>alleen\s+de\s+\w+(?:\s+op\s+het\s+niveau\s+van\s+[\w\s-]+?)?)(?=\s+(?:waar\w*|die|om)\b|[,.;])"
)


class Programme(msgspec.Struct, frozen=True):
    """The entries that were found, and sentences on what contradicts itself."""

    sessions: tuple[Session, ...]
    doubts: tuple[str, ...]


class _Entry(msgspec.Struct):
    date: datetime.date | None
    part: PartOfDay | None
    kind: SessionKind
    title: str
    who: list[str]
    quotes: list[str]
    noun: str


def find(sections: Sequence[Section], starts: datetime.date, ends: datetime.date) -> Programme:
    """Find the programme's entries.

    Args:
        sections: the agenda's, in reading order.
        starts: the meeting's first day.
        ends: its last.
    """
    found: list[_Entry] = []
    doubts: list[str] = []
    own = [s for s in sections if s.kind is SectionKind.PROGRAMME]
    for section in sections:
        if section.kind is SectionKind.LETTER:
            continue
        sure = section.kind is SectionKind.PROGRAMME or (
            not own and section.kind is SectionKind.INTRODUCTION
        )
        for paragraph in section.paragraphs:
            _read(paragraph, sure, (starts, ends), found, doubts)
    merged = _merged(found)
    sessions = sorted(merged, key=lambda e: e.date or datetime.date.max)
    return Programme(tuple(_named(sessions)), tuple(dict.fromkeys(doubts)))


def _read(
    paragraph: Sequence[Statement],
    sure: bool,
    span: tuple[datetime.date, datetime.date],
    found: list[_Entry],
    doubts: list[str],
) -> None:
    """Add the entries of a paragraph to `found`."""
    day = span[0] if span[0] == span[1] else None
    part: PartOfDay | None = None
    here: list[_Entry] = []
    for statement in paragraph:
        text = statement.text
        stated = _days(text, span, doubts, statement.id)
        fresh_part = next((p for pattern, p in _PARTS if re.search(pattern, text, re.I)), None)
        if stated:
            day, part = stated[0][1], fresh_part
        elif _WEEKDAY.search(text):
            continue  # a weekday that is not one of the meeting's says no day of it
        elif day and span[0] == span[1] and _NOUN.search(text) and _is_meal(text):
            part = fresh_part
        elif _SAME_TIME.search(text) or _SAME_DAY.search(text):
            part = fresh_part or (part if re.search("Tegelijk|Gelijk|Parallel", text) else None)
        elif here and _goes_on(text, here):
            for entry in _meant(text, here):
                if statement.id not in entry.quotes:
                    entry.quotes.append(statement.id)
                entry.who += [w for w in _who(text) if w not in entry.who]
            continue
        else:
            around = sure and _AROUND.search(text)
            if around and (nouns := _events(text)):
                entry = _Entry(None, None, SessionKind.EVENTS, nouns, [], [statement.id], "events")
                found.append(entry)
            if not (sure and fresh_part and day):
                continue
            part = fresh_part
        if day is None or _PAST.search(text) or not _HELD.search(text):
            continue
        if not sure and not span[0] <= day <= span[1]:
            continue
        if (
            not sure
            and not (_is_meal(text) and day)
            and not (
                stated
                and re.search(
                    r"\b(?:vindt|vinden|komt|komen|begint|start|volgt|is\s+er|zijn\s+er|staat)\b",
                    text,
                )
            )
        ):
            continue
        before = [entry for entry in here if _SAME_TIME.search(text)]
        for entry in _entries(text, statement.id, day, part, stated):
            if before and re.search("Tegelijk|Gelijk", text):
                entry.quotes = [before[-1].quotes[0], statement.id]
            here.append(entry)
            found.append(entry)


def _days(
    text: str, span: tuple[datetime.date, datetime.date], doubts: list[str], place: str
) -> list[tuple[int, datetime.date]]:
    """The meeting's days that a text names, with where."""
    found = []
    near = datetime.timedelta(days=2)  # the eve of a meeting is on its programme
    for item in dates.days(text):
        pair = item.dates(span[0].year)
        if pair is None:
            continue
        if not (span[0] - near <= pair[0] <= span[1] + near):
            continue
        doubts += [f"{place}: {wrong}" for wrong in dates.wrong_weekdays(item, *pair)]
        if pair[0] == pair[1]:
            found.append((item.start, pair[0]))
        # Days that are listed or spanned are several: no one day is stated.
    taken = [(item.start, item.end) for item in dates.days(text)]
    whole = [span[0] + datetime.timedelta(days=i) for i in range((span[1] - span[0]).days + 1)]
    for match in _WEEKDAY.finditer(text):
        if any(start <= match.start() < end for start, end in taken) or len(whole) > 7:
            continue
        if re.match(r"\s\d", text[match.end() :]):  # its date is one of another time
            continue
        number = [names[0] for names in WEEKDAYS].index(match["day"].casefold())
        found += [(match.start(), date) for date in whole if date.weekday() == number]
    return sorted(found)


def _is_meal(text: str) -> bool:
    """Whether a sentence says what happens at a meal of the meeting: `Tijdens de lunch …`."""
    return (
        re.search(
            r"(?:Tijdens|Onder\s+het\s+genot\s+van)\s+(?:de|het|een)\s+(?:\w+\s)?(?:werk)?(?:lunch|diner|ontbijt)\b",
            text,
        )
        is not None
    )


def _entries(
    text: str,
    place: str,
    day: datetime.date,
    part: PartOfDay | None,
    stated: Sequence[tuple[int, datetime.date]],
) -> Iterator[_Entry]:
    """The meetings that a sentence speaks of, each with the day that stands nearest before it."""
    end = 0
    opened = _OPENED_BY.search(text)
    gathered = _GATHER.search(text) or _CONVENES.search(text)
    if gathered and not any(_phrase(text, noun) for noun in _NOUN.finditer(text)):
        who = next(filter(None, gathered.groupdict().values())).strip()
        own = [date for at, date in stated]
        title = re.sub(r"^(?:de|het)\s+", "", who, flags=re.IGNORECASE)
        yield _Entry(own[0] if own else day, part, SessionKind.MEETING, title, [], [place], who)
        return
    for match in _NOUN.finditer(text):
        if match.start() < end or (opened and match.start() < opened.start()):
            continue
        if opened and match.end() <= opened.end() and not text[match.end() :].startswith(" met"):
            continue
        kind = next(kind for i, (_, kind) in enumerate(_KINDS) if match[f"k{i}"])
        phrase = _phrase(text, match)
        if phrase is None:
            continue
        end, title = phrase
        own = [date for at, date in stated if at <= match.start()]
        date = own[-1] if len(stated) > 1 and own else day
        if kind is SessionKind.MEETING and re.search(r"\bRaad\b", title):
            kind = SessionKind.COUNCIL
        who = _who(text)
        split = re.match(r"(?P<noun>.*?diners) voor (?P<a>.+?) en (?P<b>(?:de\s)?.+)", title)
        if split:  # informele diners voor A en B are two
            noun = re.sub("ele ", "eel ", split["noun"].removesuffix("s"))
            for one in (split["a"], split["b"]):
                one_title = f"{noun} voor {one}"
                name = re.sub(r"^(?:de|het)\s", "", one)
                yield _Entry(date, part, kind, one_title, [name], [place], match[0])
            continue
        yield _Entry(date, part, kind, title, who, [place], match[0])


def _phrase(text: str, noun: re.Match[str]) -> tuple[int, str] | None:
    """The words that name a meeting: its noun with what describes it."""
    before = _ARTICLE.search(text[: noun.start()])
    assert before is not None
    article = fold(before["article"] or "")
    capital = noun[0][0].isupper()
    meal = next(kind for i, (_, kind) in enumerate(_KINDS) if noun[f"k{i}"]) in _MEALS
    if (
        article in ("de", "het")
        and not capital
        and not _is_meal(text)
        and not (meal and re.match(rf"\sop\s(?:{_WEEKDAY.pattern}|\d)", text[noun.end() :]))
        and not re.search(
            r"\b(?:vindt|komt|begint|start|opent|volgt|vangt)\s+(?:\w+\s+){0,6}"
            + re.escape(text[before.start() : noun.end()]),
            text,
        )
    ):
        return None  # "voor het diner", "de bijeenkomst": spoken of, not announced
    if capital and re.search(
        r"\b(?:van|voor|aan|bij|tijdens|in|rondom|met|door|namens|uit|waar)\s+(?:de|het)?\s*(?:[\w-]+\s+)?$",
        text[: noun.start()],
    ):
        return None
    tail = text[noun.end() :]
    named = re.match(r"(?:\s[A-ZÀ-Þ][\w-]+)+", tail) if capital else None
    tail = tail[named.end() :] if named else tail
    stop = _STOP_TAIL.search(tail)
    rest = tail[: stop.start()] if stop else tail
    matched = _TAIL.match(rest)
    rest = matched[0] if matched else ""
    if noun[0].endswith("ceremonie") and tail.startswith(" om "):
        rest = re.split(r"[.,;]", tail, maxsplit=1)[0]
    name = noun[0] + (named[0] if named else "")
    title = f"{before['adjectives']}{name}{rest}".strip()
    title = re.sub(rf"\s+op\s+(?:{_WEEKDAY.pattern}).*$", "", title, flags=re.IGNORECASE)
    if days := dates.days(title):
        title = re.sub(r"\s+(?:op|van)?\s*$", "", title[: days[0].start])
    title = re.sub(r"\s+(?:op|van|en|de|het|voor|met|in|aan)$", "", title)
    return noun.end() + len(name) - len(noun[0]) + len(rest), title


def _events(text: str) -> str | None:
    """The meetings and events around the meeting, as the text names them."""
    match = re.search(
        r"(?:bijeenkomsten|side[- ]events|evenementen|gesprekken)(?:\s+en\s+\w+)?", text
    )
    return match[0] if match else None


def _goes_on(text: str, here: Sequence[_Entry]) -> bool:
    return bool(_meant(text, here))


def _meant(text: str, here: Sequence[_Entry]) -> list[_Entry]:
    """The entries that a sentence goes on to speak of: `voor deze vergadering`."""
    for match in _SPEAKS_OF.finditer(text):
        noun = fold(match["noun"])
        same = [e for e in here if fold(e.noun).startswith(noun) or noun == fold(e.noun)]
        if not same:
            continue
        named = [e for e in same if any(fold(who) in fold(text) for who in e.who)]
        return named[-1:] or same[-1:]
    return []


def _who(text: str) -> list[str]:
    """Who takes part or is invited, in the text's words."""
    for pattern in (_ONLY, _INVITED):
        if match := pattern.search(text):
            who = match["who"].strip()
            pieces = re.split(r",\s+(?:en\s+)?(?=de\s)|\s+en\s+(?=de\s)", who)
            return [re.sub(r"^(?:de|het)\s+(?=\w)", "", piece).strip(" ,") for piece in pieces]
    if match := _LEVEL.search(text):
        return [match["who"].strip()]
    return []


def _merged(entries: Sequence[_Entry]) -> list[_Entry]:
    """Entries of one day, kind and title as one."""
    found: list[_Entry] = []
    for entry in entries:
        for old in found:
            same = (old.date, old.kind) == (entry.date, entry.kind)
            if same and (
                fold(old.title) == fold(entry.title)
                or fold(entry.title) == fold(entry.noun)  # "het diner", after its first mention
            ):
                old.quotes += [quote for quote in entry.quotes if quote not in old.quotes]
                old.who += [who for who in entry.who if who not in old.who]
                break
        else:
            found.append(entry)
    return found


def _named(entries: Sequence[_Entry]) -> Iterator[Session]:
    """Entries as sessions with ids of their own."""
    seen: set[str] = set()
    for entry in entries:
        date = f"-{entry.date:%m-%d}" if entry.date else ""
        base = name = f"{entry.kind.value}{date}"
        count = 1
        while name in seen:
            count += 1
            name = f"{base}-{count}"
        seen.add(name)
        yield Session(
            id=name,
            date=entry.date,
            part_of_day=entry.part,
            kind=entry.kind,
            title=Name(entry.title[0].upper() + entry.title[1:], None),
            participants=tuple(Name(who, None) for who in entry.who),
            topics=(),
            quotes=tuple(entry.quotes),
        )
