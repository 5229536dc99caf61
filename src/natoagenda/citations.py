"""Dutch parliamentary citations: found in any text, turned into official ids and addresses.

What a citation looks like is data, in `natoagenda.citation_rules`. A citation is given as printed,
with its place; nothing is looked up, so an id says what was cited, not that it exists.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple, TypeAlias

import msgspec

from natoagenda import model
from natoagenda.citation_rules import EXAMPLES, LONGEST, PATTERNS, SERIES, SIGNS
from natoagenda.model import official_parts, session_years

CitationKind: TypeAlias = Literal["kamerstuk", "dossier", "handelingen", "aanhangsel"]

_BROKEN = re.compile(
    r"(?<=[^\W\d_])(?:\u00ad\s{0,24}|-[^\S\r\n\f]{0,24}[\r\n\f]\s{0,24})"
    r"(?=[a-z])(?![te]k[-\u2010-\u2015])"
)
"""A word broken over a line, or where it might be; not the ``ah-tk`` of an official id."""


class Citation(msgspec.Struct, frozen=True):
    """One citation in a text.

    Attributes:
        citation: the citation as printed, ``text[start:end]``, with its pages (``, p. 3``).
        start: offset of its first character, in characters.
        end: offset after its last character.
        id: the official id, or None where the citation is incomplete (a dossier without a number)
            or ambiguous (one number after two dossiers).
        kind: what is cited; ``dossier`` is a dossier without a number.
        url: the address of the document, or None where there is no id.
    """

    citation: str
    start: int
    end: int
    id: str | None
    kind: CitationKind
    url: str | None


class _Hit(NamedTuple):
    start: int
    end: int
    kind: CitationKind | None  # None where a number is spelt like a dossier but not cited
    id: str | None
    key: str


class _Label(NamedTuple):
    """What the words before a dossier say about it."""

    plural: bool  # more dossiers may follow
    senate: bool  # papers of the First Chamber, which have letters for numbers
    dated: bool  # a chamber or session year, after which lawyers leave out "nr."


def is_official_id(text: str) -> bool:
    """Whether the text is a well-formed official id, such as ``ah-tk-20212022-2646``."""
    return official_parts(text) is not None


def address(official_id: str) -> str | None:
    """The address of a document at officielebekendmakingen.nl; None where the id is malformed."""
    return model.address(official_id)


def find(text: str) -> tuple[Citation, ...]:
    """All citations in a text, in reading order; they do not overlap.

    The spellings are those of aanwijzing 3.43 of the Aanwijzingen voor de regelgeving
    (``Kamerstukken II 2009/10, 27858, nr. 88, p. 3``; ``Kamerstukken I 2008/09, 31700 VI, D``) and
    of practice. A number without label or number word is a citation only between brackets, or
    where it has a suffix and is the whole text. Of papers cited together each is one citation:
    in ``Kamerstuk 28 676, nrs. 520 en 548`` the second is ``548``. A range (``nrs. 1–3``) is
    given by its first and its last paper.

    Args:
        text: any text; line breaks, no-break spaces and all dashes may stand in a citation.
    """
    return tuple(
        Citation(text[at:end], at, end, official, kind, official and address(official))
        for at, end, kind, official, _ in _scan(text)
        if kind
    )


def number_keys(text: str, *, query: bool = False) -> tuple[tuple[int, int, str], ...]:
    """Everything spelt like the number of a dossier or a paper, with one key for all spellings.

    A paper has the key ``21501-02-2825``, a dossier ``21501-02``. A query's key finds a text's key
    that equals it or goes on from it with a hyphen.

    Args:
        text: a text or a query.
        query: whether five digits without a label count too (``28676``, ``28 676``).

    Returns:
        Start, end (in characters) and key, in reading order, not overlapping.
    """
    return tuple((hit.start, hit.end, hit.key) for hit in _scan(text, query=query) if hit.key)


def spellings(official_id: str) -> tuple[str, ...]:
    """The spellings in which letters cite a document; ``find`` reads the id from each of them.

    Args:
        official_id: an official id; a malformed one has no spellings.

    Returns:
        The id, its address, and the spellings of aanwijzing 3.43 of the Aanwijzingen voor de
        regelgeving and of practice. A session year that the id does not tell is an example.
    """
    found = official_parts(official_id)
    if found is None:
        return ()
    part = {field: value for field, value in found.groupdict().items() if value}
    if "version" in part or "session" in part or len(part.get("item", "")) > 3:
        part = {}  # reprints, papers before 1995 and pages as numbers: cited by id alone
    part |= {"id": official_id, "chamber": "I" if "ek" in part.values() else "II"}
    if "base" in part:
        base, suffix = part["base"], part.get("suffix", "")
        tie = ("-" if suffix.isdigit() else " ") if suffix else ""
        part["spaced"] = f"{base[:2]} {base[2:]}{tie}{suffix}"
        part["tight"] = f"{base}-{suffix}" if suffix else base
        if part["number"].isalpha():
            part["letter"] = part["number"]
    if years := part.get("sitting"):
        part |= {"year": years[:4], "next": years[4:], "short": years[6:]}
    forms = ["{id}", model.ADDRESS, *(form for rules in EXAMPLES for form in rules.values())]
    fields = [set(re.findall(r"{(\w+)}", form)) for form in forms]
    return tuple(
        f.format_map(part)
        for f, names in zip(forms, fields, strict=True)
        if names and names <= part.keys()
    )


@cache
def _pattern(name: str) -> re.Pattern[str]:
    signs = {ord(sign): meaning for sign, meaning in SIGNS.items()}
    return re.compile(PATTERNS[name].translate(signs))


def _match(name: str, text: str, at: int) -> re.Match[str] | None:
    return _pattern(name).match(text, at)


def _session_at(text: str, at: int) -> re.Match[str]:
    """Chamber and session year, of which any may be missing."""
    found = _match("session", text, at)
    assert found is not None
    return found


def _scan(text: str, *, query: bool = False) -> Iterator[_Hit]:
    """Each hit in reading order, cited or not."""
    if re.search("[0-9]", text) is None:  # most sentences have no number
        return
    if _BROKEN.search(text):
        yield from _scan_mended(text, query)
        return
    at = 0
    while start := _pattern("start").search(text, at):
        hits = _READERS[start.lastgroup or ""](text, start, query)
        yield from hits
        at = hits[-1].end if hits else start.end()


def _scan_mended(text: str, query: bool) -> Iterator[_Hit]:
    """Read a text in which lines break words as if they did not."""
    places: list[int] = []  # in the mended text, where something was taken out
    taken = [0]  # how much in all, before the first of them and after each
    pieces, done = [], 0
    for broken in _BROKEN.finditer(text):
        pieces.append(text[done : broken.start()])
        places.append(broken.start() - taken[-1])
        taken.append(taken[-1] + len(broken[0]))
        done = broken.end()
    for hit in _scan("".join([*pieces, text[done:]]), query=query):
        start = hit.start + taken[bisect_right(places, hit.start)]
        yield hit._replace(start=start, end=hit.end + taken[bisect_left(places, hit.end)])


def _uncited(hits: list[_Hit], keyed: bool) -> list[_Hit]:
    return [hit._replace(kind=None, id=None, key=hit.key if keyed else "") for hit in hits]


def _read_official(text: str, start: re.Match[str], query: bool) -> list[_Hit]:
    head, *rest = re.split(SIGNS["–"], start["official"].upper())
    found = "-".join([head.lower(), *rest])
    small = "-[TE]K(?=-[0-9]{8})|(?<=[0-9])[A-Z]$|-[HNB][0-9]$"
    found = re.sub(small, lambda part: part[0].lower(), found)
    if is_official_id(found):
        key = re.sub("^kst-(?:[0-9]{8}-)?", "", found).lower()
        return [_Hit(start.start(), start.end(), _KINDS[head.lower()], found, key)]
    return _read_label(text, start, query) if head == "KST" else []


def _read_label(text: str, start: re.Match[str], query: bool) -> list[_Hit]:
    begin = start.start()
    session = _session_at(text, begin + len("kst") if start["official"] else start.end())
    entry = _match("entry", text, session.end())
    if not entry:
        return _questions(text, start, session) if start["short"] else []
    senate = bool(start["senate"] or session["ek"])
    chamber = session["tk"] or session["ek"] or session["both"]
    dated = session["year"] or chamber or start[0] in ("TK", "EK")
    label = _Label(bool(start["plural"]), senate, bool(dated))
    hits, spelt = _dossiers(text, begin, entry.end(), label)
    if start["short"]:
        # What says so little needs a number; but for abbreviations it must be spelt out.
        sure = start[0] in ("TK", "EK") or session["year"] or spelt in ("number", "lettered")
        sure = sure or (spelt == "glued" and not start[0].casefold().endswith("kamer"))
        if not (sure and any(hit.kind == "kamerstuk" for hit in hits)):
            return _uncited(hits, query)
    return hits


def _read_bare(text: str, start: re.Match[str], query: bool) -> list[_Hit]:
    """A number without a label: cited where a number word, brackets or a whole text say so."""
    begin = start.start()
    dossier = _match("dossier", text, begin)
    if dossier is None:
        return []
    hits, spelt = _dossiers(text, begin, begin, None)
    end, tied = hits[-1].end, _tied(dossier)
    before, after = text[max(0, begin - 40) : begin].rstrip(), text[end : end + 24].lstrip()
    if _pattern("other").search(before):
        return _uncited(hits, False)
    opened = before[-1:] in {"(", "["}
    high = dossier["base"][0] > "4"  # it will be decades before dossiers reach 50 000
    amount = _name(dossier).endswith("000")  # 33 000 V is a budget, 12 000 is not
    if spelt not in {"", "glued", "letter"} and (opened or not (high or amount)):
        return hits
    if high or amount:
        cited = False
    elif before or after:
        cited = opened and after[:1] in {")", "]", ",", ";"} and bool(tied or spelt)
    else:
        cited = tied or bool(spelt and dossier["chapter"])
    return hits if cited else _uncited(hits, tied or query)


def _read_number_first(text: str, start: re.Match[str], query: bool) -> list[_Hit]:
    found = _match("inner", text, start.end())
    if found is None:
        return []
    hits = []
    for number in _pattern("digits").finditer(text, start.start("number"), start.end()):
        name = f"{_name(found)}-{int(number[0])}"
        hits.append(_Hit(*number.span(), "kamerstuk", f"kst-{name}", name.lower()))
    hits[0] = hits[0]._replace(start=start.start())
    return [*hits[:-1], hits[-1]._replace(end=found.end())]


def _read_record(text: str, start: re.Match[str], query: bool) -> list[_Hit]:
    session = _session_at(text, start.end())
    if hits := _questions(text, start, session):
        return hits
    found = _match("meeting", text, session.end())
    if not (found and (session["year"] or session["tk"] or session["ek"])):
        return []
    house = "ek" if session["ek"] else "tk" if session["tk"] else ""
    years = session_years(session["year"], session["next"]) if session["year"] else ""
    if found["item"] is None:  # before 2011 pages made the id, but a citation gives some only
        return [_Hit(start.start(), _paged(text, found.end()), "handelingen", None, "")]
    stem = f"h-{house}-{years}-{int(found['number'])}" if house and years else ""
    numbers = _numbers(text, found, "item", bool(found["many"] or found["items"]))
    return _series(start.start(), numbers, "h", stem)


def _questions(text: str, start: re.Match[str], session: re.Match[str]) -> list[_Hit]:
    """Written questions: ``Aanhangsel Handelingen II 2021/22, nr. 2646``, in many orders."""
    found = _match("question", text, session.end())
    asked = bool(start["asked"] or start["answered"])
    if not found or not (asked or found["annex"]):
        return []
    numbers = _numbers(text, found, "number", bool(found["many"]))
    later = None if session["year"] else _match("later", text, numbers[-1][1])
    dated = session if session["year"] else later
    if found["bare"] and not (dated and _match("closed", text, found.end())):
        return []
    if not (dated or session["tk"] or session["ek"]):
        return []
    house = "ek" if session["ek"] or start["senate"] else "tk"
    years = session_years(dated["year"], dated["next"]) if dated else ""
    hits = _series(start.start(), numbers, "ah", f"ah-{house}-{years}" if years else "")
    return [*hits[:-1], hits[-1]._replace(end=later.end())] if later else hits


def _series(begin: int, numbers: list[tuple[int, int, str]], series: str, stem: str) -> list[_Hit]:
    """The items or questions of one meeting or session; without a stem they have no id."""
    hits = []
    for at, end, number in numbers:
        official = f"{stem}-{int(number)}" if stem else None
        hits.append(_Hit(at, end, _KINDS[series], official, official or ""))
    return [hits[0]._replace(start=begin), *hits[1:]]


def _dossiers(text: str, begin: int, at: int, label: _Label | None) -> tuple[list[_Hit], str]:
    """A chain of dossiers with their papers, and how the last one's number is spelt."""
    hits: list[_Hit] = []
    spelt, shared = "", False
    while len(hits) < LONGEST and (dossier := _match("dossier", text, at)):
        papers, how = _papers(text, begin, dossier, label, shared)
        if hits and not (how or _tied(dossier) or (label and label.plural and not spelt)):
            break
        hits, spelt = hits + papers, how
        join = _match("join", text, hits[-1].end)
        if join is None or (label is None and join["both"] != "/"):
            break
        shared = bool(join["both"]) and not how
        begin = at = join.end()
    return hits, spelt


def _papers(
    text: str, begin: int, dossier: re.Match[str], label: _Label | None, shared: bool
) -> tuple[list[_Hit], str]:
    """The papers of one dossier, and how their number is spelt; without a number, the dossier."""
    name, senate = _name(dossier), bool(label and label.senate)
    number = _match("number", text, dossier.end())
    if number and number["within"] and name.isdigit():  # "36200, nr. V-26"
        name = f"{name}-{number['within']}"
    elif number and number["within"]:  # "36 200 VI, nr. V-26": which chapter?
        shared = shared or not name.endswith(f"-{number['within']}")
    if number and len(number["letter"] or "") > 1 and not senate:  # "21 501-20, EU"
        number = number if _match("closed", text, number.end()) else None
    if number and number["plain"]:  # "Kamerstukken II 2005/06, 30 123, 3, p. 4"
        closed = _match("closed", text, _paged(text, number.end()))
        known = label and (label.dated or dossier["chapter"])
        number = number if known and closed else None
    if number is None or number.lastgroup is None:
        if dossier["sub"] and not _tied(dossier):
            end = _paged(text, dossier.end())
            return [_Hit(begin, end, "kamerstuk", None if shared else f"kst-{name}", name)], "glued"
        return [_Hit(begin, dossier.end(), "dossier", None, name.lower())], ""
    hits = []
    free = bool(number["many"] or senate)
    for start, end, paper in _numbers(text, number, number.lastgroup, free):
        key = f"{name}-{int(paper) if paper.isdigit() else paper}"
        known = not shared and not paper[-1].islower()  # the id of nr. 188b has the session too
        official = f"kst-{key}" if known else None
        hits.append(_Hit(start, end, "kamerstuk", official, (name if shared else key).lower()))
    return [hits[0]._replace(start=begin), *hits[1:]], number.lastgroup


def _name(dossier: re.Match[str]) -> str:
    """``21501-02`` or ``36410-X``, as ids spell it; they leave out the (R2122) of Kingdom acts."""
    suffix = dossier["sub"] or dossier["part"] or dossier["chapter"] or dossier["low"]
    base = re.sub("[^0-9]", "", dossier["base"])
    return f"{base}-{suffix.upper()}" if suffix else base


def _tied(dossier: re.Match[str]) -> bool:
    """Whether a hyphen ties on what is a dossier's (21501-02), not a paper's number (28676-46)."""
    if dossier["sub"]:
        return dossier["sub"][0] == "0" or _name(dossier)[:5] == SERIES
    return bool(dossier["tie"] or dossier["low"])


def _numbers(text: str, first: re.Match[str], group: str, free: bool) -> list[tuple[int, int, str]]:
    """The numbers of a list (``nrs. 520, 530 en 548``), each with its place, pages included.

    Where the list is not free, a next number needs a number word, or the end of a sentence or a
    bracket after it: ``nr. 462 en 15 mei`` is one number.
    """
    found = [(first.start(group), _paged(text, first.end()), first[group])]
    last = False
    while len(found) < LONGEST and (more := _match("more", text, found[-1][1])):
        end = _paged(text, more.end())
        enough = more["word"] or (not last and (free or _match("closed", text, end)))
        if not enough or more["number"].isupper() != first[group].isupper():
            break
        last = bool(more["last"])
        found.append((more.start("number"), end, more["number"]))
    return found


def _paged(text: str, end: int) -> int:
    pages = _match("pages", text, end)
    return pages.end() if pages else end


_KINDS: dict[str, CitationKind] = {"kst": "kamerstuk", "h": "handelingen", "ah": "aanhangsel"}
_READERS = {
    "official": _read_official,
    "record": _read_record,
    "label": _read_label,
    "short": _read_label,
    "number_first": _read_number_first,
    "bare": _read_bare,
}
