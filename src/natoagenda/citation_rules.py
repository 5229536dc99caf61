"""What a citation of a Dutch parliamentary paper looks like: patterns, each with an example.

Data for `natoagenda.citations`, which reads a text by them; nothing here reads. The spellings are
those of aanwijzing 3.43 of the Aanwijzingen voor de regelgeving and of practice.
"""

from __future__ import annotations

import re

# The rules: a pattern, and an example. A pattern is a regular expression in which three signs stand
# for what typesetting does to a text, each bounded, so that no text takes long to read; words that
# a line breaks are mended before. An example with fields is one of the spellings() of an id.
SIGNS = {
    " ": r"\s{1,24}+",  # space of any width, a line break, a page break
    "~": r"\s{0,24}+",  # the same, or nothing
    "–": r"[-\u00ad\u2010-\u2015\u2212\ufe63\uff0d]\s{0,24}+",  # any dash, at a line's end too
}
_LABELS = {  # a dossier follows, with or without a number
    "(?i:Kamerstuk(?P<plural>ken)?)": "Kamerstuk {spaced} nr. {number}",
    "(?i:Kamerstuk(?:nr|nummer))": "Kamerstuknummer {tight}, nr. {number}",
    "(?i:Kamer(?:stuk)?dossier)": "Kamerstukdossier {spaced}, nr. {number}",
    "(?i:Kamerst|Kst)": "Kst. {tight}, nr. {number}",
    "(?i:Wetsvoorstel)": "wetsvoorstel {spaced}, nr. {number}",
}
_SHORT_LABELS = {  # they say so little that a number must follow
    "TK": "TK {tight}, nr. {number}",
    "(?i:Kamerbrie(?:f|ven))": "Kamerbrief {tight}, nr. {number}",
    "(?i:Tweede Kamer)": "Tweede Kamer, vergaderjaar 2023-2024, {spaced}, nr. {number}",
    "(?P<senate>EK|(?i:Eerste Kamer))": "EK {spaced}, {letter}",
}
_RECORDS = {  # the verbatim record, and the written questions that are annexed to it
    "(?P<asked>(?i:Aanhangsel(?: (?:van|der|bij)(?: de)?)? Handelingen))": (
        "Aanhangsel van de Handelingen {chamber}, vergaderjaar {year}–{next}, nr. {question}"
    ),
    r"(?P<answered>(?i:Kamervragen \(Aanhangsel\)))": (
        "Kamervragen (Aanhangsel) {chamber} {year}/{next}, nr. {question}"
    ),
    "(?i:Handelingen)": "Handelingen {chamber} {year}/{short}, nr. {meeting}, item {item}",
}
_CHAMBERS = {
    "(?P<both>I~(?:/|en )II)": "Kamerstukken I/II 2023/24, {tight}, nr. {number}",
    "(?P<tk>II|TK|2(?=~,~[12][0-9]{3}~[-/])|(?i:Tweede Kamer))": (
        "Kamerstukken II 2023/24, {tight}, nr. {number}"
    ),
    "(?P<ek>I|EK|1(?=~,~[12][0-9]{3}~[-/])|(?i:Eerste Kamer))": (
        "Kamerstukken I 2022/23, {spaced}, {letter}"
    ),
}
_SESSION_WORDS = {
    "(?i:vergaderja(?:ar|ren)) ": (
        "Kamerstukken II, vergaderjaar 2023–2024, {spaced}, nr. {number}"
    ),
    "(?i:zitting(?:sjaar)?) ": "Kamerstukken II, zitting 1994-1995, {tight}, nr. {number}",
}
_NUMBER_WORDS = {
    "(?i:nr)": "({tight}, nr.{number})",
    "(?i:no)": "Kamerstuk {spaced}, no. {number}",
    "(?i:nummer)": "Kamerstuk {tight}, nummer {number}",
    "(?P<many>(?i:nrs|nos|nummers))": "Kamerstuk 28 676, nrs. 520 en 548",
}
_MORE = r"|[^\S\r\n][0-9]{3}(?![0-9])"  # what follows the 28 676 of 28 676 000
_SUFFIXES = {  # what tells dossiers of one number apart
    rf"–(?P<sub>[0-9]{{2}})(?![0-9]{_MORE})": "Kamerstuk 21 501-02, nr. 2825",
    r"(?:~[,(]?~(?i:hoofdstuk) "
    r"|~,~(?=(?:[IVX]{1,6}[A-E]?|[A-HJ-T])~,?~(?i:nr|no|nummer|letter)"
    r"|[IVX]{1,6}[A-E]?~,~(?:[0-9]|[A-Z]{1,2}(?!\w))))"
    r"(?P<part>[IVXLC]{1,6}[A-E]?|[A-HJ-T])(?!\w)(?:~\))?+": "Kamerstuk 36 200, V, nr. 26",
    r"(?:(?P<tie>–)|~|\.)(?P<chapter>[IVXLC]{1,6}[A-E]?|[A-HJ-T])(?!\w)": (
        "Kamerstuk 36 410 X, nr. 93"
    ),
    r"–(?P<low>[ivx]{1,5})(?!\w)": "Kamerstuk 36410-x, nr. 93",
    r"~(?:–)?\(~R~[0-9]{3,4}~\)": "Kamerstukken II, 35 123 (R2122), nr. 3",
}
SERIES = "21501"  # always followed by two digits of a dossier: 21 501-02, 21 501-20
_AND = "(?:~,~| )(?P<last>en|alsmede|alsook|of|&) "
_JOINS = {  # between dossiers
    _AND: "Kamerstukken 21 501-02 en 21 501-20, nr. 1297",
    "~;~": "Kamerstukken 21501-02-2825; 36410-X-93",
    "~(?P<both>[,/])~": "Kamerstuk 30 800 IV/30 461, nr. 3",
}
_NUMBER_JOINS = {  # between numbers
    _AND: "Kamerstuk 28 676, nrs. 520 en 548",
    "~[,/]~": "Kamerstuk 28 676, nrs. 520, 530 en 548",
    "~;~(?=(?i:nr|no|nummer))": "Kamerstuk 28 676, nr. 520; nr. 548",
    "~–|(?i: t/m | tot en met )": "Kamerstuk 18 764, nrs. 1 t/m 3",
}
_PAGES = {  # part of the citation as printed
    r"(?i:pp?|blz|pag)\.?~[0-9]{1,5}(?:~–[0-9]{1,5}|~e\.?v\.?(?!\w)| en [0-9]{1,5}(?!~\w))?": (
        "Kamerstuk {spaced}, nr. {number}, blz. 12-14"
    ),
}
_OTHERS = {  # whose number it is, where it is no dossier's
    r"(?:Stcrt|Stb|Trb|Pb|(?i:Staatscourant|Staatsblad|Tractatenblad))\.?"
    r"(?:~,?~[12][0-9]{3}~,)?(?:~(?i:nr|no)\.?)?": "Stcrt. 2024, 20 123, nr. 5",
    r"Pb~(?:E[UG])(?: [LC])?(?:~(?i:nr)\.?)?": "PbEU L 12 345, nr. 5",
    r"(?i:EUR|USD|euro)": "EUR 28 676, nr. 3",
    r"(?:COM|SWD|JOIN)~\([12][0-9]{3}\)": "COM(2023) 12 345, nr. 5",
    r"(?i:tel|telefoon|fax|postbus|kvk|bsn|kenmerk|zaak|polis|pagina|vlucht(?: [A-Z]{2})?"
    r"|huisnummer|rvs)[.:]?": "tel. 12 345, nr. 5",
    r"(?:ISO|NEN|EN|STANAG)": "NEN 12 345, nr. 1",
}
EXAMPLES = (_LABELS, _SHORT_LABELS, _CHAMBERS, _SESSION_WORDS, _NUMBER_WORDS, _PAGES, _RECORDS)
LONGEST = 40  # dossiers in one citation, numbers in one list


def _any(*rules: dict[str, str]) -> str:
    return "(?:" + "|".join(pattern for each in rules for pattern in each) + ")"


def _bare(rules: dict[str, str]) -> str:
    """Any of some rules, without the names of their parts."""
    return re.sub(r"\(\?P<\w+>", "(?:", _any(rules))


_DIGITS = "0{0,3}[1-9][0-9]{0,3}"
_LETTERS = r"[A-Z]{1,2}(?!\w)"
_WHOLE = r"(?!\w|\.[0-9]|[^\S\r\n][0-9]{3}(?!\w))"  # not the 2 of 2.825 or 2 825
_WORD = _any(_NUMBER_WORDS) + r"(?:\.~| |~(?=[0-9]))"
_ONE = "(?i:nr|no|nummer)"
_CHAPTER = "[IVXLC]{1,6}[A-E]?"
_BASE = (
    r"(?:[1-9][0-9]{4}(?![0-9]|[.,][0-9])"
    rf"|[1-9][0-9](?:~|\.)[0-9]{{3}}(?![0-9]|[.,][0-9]{_MORE}))"
)
_DOSSIER = rf"(?P<base>{_BASE}){_any(_SUFFIXES)}?"
_YEARS = r"[12][0-9]{3}(?:–|~/~)(?:[0-9]{4}|[0-9]{2})(?![0-9])"
PATTERNS = {
    "start": r"(?<![^\W\d_])(?:"
    r"(?P<official>(?i:kst|a?h–[te]k|ah)(?:–[0-9A-Za-z]{1,10}){1,6}(?!\w))"
    rf"|(?P<record>{_any(_RECORDS)})(?!\w)"
    rf"|(?P<label>{_any(_LABELS)})(?![^\W\d_])"
    rf"|(?P<short>{_any(_SHORT_LABELS)})(?![^\W\d_])"
    rf"|(?P<number_first>{_WORD}(?P<number>{_DIGITS})"
    rf"(?:{_bare(_NUMBER_JOINS)}{_DIGITS}){{0,9}}~\(~)"
    r"|(?P<bare>(?<![\w€$£/:])(?<!\w[-\u2010\u2011])(?<![0-9][.,])(?<![€$£]\s)"
    r"(?:(?=[0-9]{5})|(?<![0-9]\s))[1-9][0-9](?=(?:~|\.)[0-9]{3})))",
    "session": rf"(?:~,?~\(?(?:(?:der|van de) )?(?:Kamer )?{_any(_CHAMBERS)}(?!\w)\)?)?"
    rf"(?: der Staten–Generaal)?(?:~,?~{_any(_SESSION_WORDS)}?(?:{_YEARS}~,~){{0,3}}"
    r"(?P<year>[12][0-9]{3})(?:–|~/~)(?P<next>[0-9]{4}|[0-9]{2})(?![0-9]))?",
    "entry": rf"(?:~[.,:]?~|–)(?:{_WORD})?(?={_BASE})",
    "dossier": _DOSSIER,
    "inner": rf"(?:{_any(_LABELS)}\.?~)?{_DOSSIER}~\)",
    "number": rf"–(?P<glued>{_DIGITS}(?!\w{_MORE})|{_LETTERS})(?!–\w)"
    rf"|~,?~{_WORD}(?:(?P<within>{_CHAPTER})–)?+(?P<number>{_DIGITS}[a-z]?{_WHOLE}|{_LETTERS})"
    rf"|~,?~(?i:letter) (?P<lettered>{_LETTERS})"
    rf"|~\(~{_ONE}\.?~(?P<bracketed>{_DIGITS})~\)"
    rf"|~,~(?P<plain>{_DIGITS}{_WHOLE})"
    rf"|~,~(?P<letter>{_LETTERS})(?!–)|~,?~EK (?P<senate>{_LETTERS})",
    "more": rf"{_any(_NUMBER_JOINS)}(?P<word>{_WORD})?"
    rf"(?P<number>{_DIGITS}[a-z]?{_WHOLE}|{_LETTERS}(?!–))(?!~[0-9]|~\(~[1-9])",
    "join": rf"{_any(_JOINS)}(?={_BASE})",
    "pages": rf"~,?~{_any(_PAGES)}",
    "question": rf"(?P<annex>~,?~(?i:Aanhangsel))?"
    rf"(?:~,?~{_WORD}|~(?P<bare>,)?~)(?P<number>{_DIGITS}){_WHOLE}",
    "later": rf"~,?~{_any(_SESSION_WORDS)}?(?P<year>[12][0-9]{{3}})(?:–|~/~)"
    r"(?P<next>[0-9]{4}|[0-9]{2})(?![0-9])",
    "meeting": rf"~,?~{_WORD}(?P<number>{_DIGITS}){_WHOLE}"
    r"(?:~,?~(?i:item(?P<items>s)?)~(?P<item>[1-9][0-9]{0,2})(?!\w))?",
    "other": rf"\b{_any(_OTHERS)}\Z",
    "digits": "[0-9]+",
    "closed": r"~(?:[)\];.]|\Z)",
}
