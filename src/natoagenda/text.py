"""Dutch text in one room: folding, words, sentences, and words that are nearly the same.

Folding makes texts comparable (case, accents, `ĳ`, quotes, dashes) and remembers where every
folded character came from, so that what is found can be shown on the letter's own characters.
Nothing here knows what a statement or a query is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache

import msgspec

_SAME: dict[str, str] = {
    **dict.fromkeys("‐‑‒–—―−﹣－", "-"),  # dashes and minus: 9–11, -regeringsleiders
    **dict.fromkeys("‘’‚‛ʼ´`′", "'"),  # quotes: ’s avonds
    **dict.fromkeys("“”„‟«»″", '"'),
    "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th",
}  # fmt: skip
"""What folds to something else although Unicode does not decompose it, with examples."""

_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # c.s., d.d., D.C.
    r"|[^\W_]+%?(?:(?:[-'/]|(?<=\d)[.,](?=\d))[^\W_]+%?)*"  # 2%-norm, NAVO-EU, 36410-X, 3,5
)

_JOINTS = re.compile(r"[-/]")


class Folded(msgspec.Struct, frozen=True):
    """A folded text; `starts[i]` is where in the original its character `i` came from.

    `starts` has one entry more than `text`: the length of the original.
    """

    text: str
    starts: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Say which characters of the original a slice of the folded text came from.

        Args:
            start: first folded character.
            end: one past the last; larger than `start`.

        Returns:
            Start and end in the original, never empty, with the combining marks that follow.
        """
        final = self.starts[end - 1]
        while self.starts[end] == final:  # inside one that folds to several, such as ĳ
            end += 1
        return self.starts[start], self.starts[end]


class Word(msgspec.Struct, frozen=True):
    """A word of a text: folded, with its start and end in the original."""

    text: str
    start: int
    end: int


class _FoldTable(dict[int, str]):
    """What each character folds to, worked out when it is first met."""

    def __init__(self) -> None:
        self.uneven: set[str] = set()

    def __missing__(self, code: int) -> str:
        folded = []
        for part in unicodedata.normalize("NFKD", chr(code)).casefold():
            if unicodedata.category(part) in ("Mn", "Cf"):
                continue
            folded.append(" " if part.isspace() else _SAME.get(part, part))
        self[code] = piece = "".join(folded)
        if len(piece) != 1:
            self.uneven.add(chr(code))
        return piece


_TABLE = _FoldTable()


def fold(text: str) -> str:
    """Fold a text for comparison; see `fold_with_places` for the rules."""
    return text.translate(_TABLE)


def fold_with_places(text: str) -> Folded:
    """Fold a text and keep where each character came from.

    Case, accents, ligatures, compatibility forms, quotes, dashes and kinds of space fold
    together; soft hyphens and zero-width characters fold to nothing. The folded text can be
    longer or shorter than the original.
    """
    folded = fold(text)
    if _TABLE.uneven.isdisjoint(text):
        return Folded(folded, range(len(text) + 1))
    starts: list[int] = []
    for at, character in enumerate(text):
        starts.extend([at] * len(_TABLE[ord(character)]))
    return Folded(folded, (*starts, len(text)))


def folded_words(folded: str) -> list[str]:
    """The words of a text that is folded already, in reading order; see `words`."""
    return _WORD.findall(folded)


def parts(word: str) -> list[str]:
    """The parts of a folded word that hyphens and slashes join: `navo-eu` is `navo` and `eu`."""
    if "-" not in word and "/" not in word:  # as most are not
        return [word]
    return [part for part in _JOINTS.split(word) if part]


def word_spans(folded: str) -> list[tuple[str, int, int]]:
    """The words of a folded text with start and end in it."""
    return [(match[0], match.start(), match.end()) for match in _WORD.finditer(folded)]


def part_spans(word: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """The parts of a folded word (see `parts`) with start and end where the word's are."""
    found = []
    at = start
    for part in _JOINTS.split(word):
        if part:
            found.append((part, at, at + len(part)))
        at += len(part) + 1
    return found


def words(text: str) -> tuple[Word, ...]:
    """The words of a text in reading order, folded, with their places in the text.

    Kept whole: `2%`, `2%-norm`, `NAVO-EU`, `c.s.`, `36410-X`, `non-paper`, `3,5`.
    """
    folded = fold_with_places(text)
    return tuple(
        Word(match[0], *folded.span(match.start(), match.end()))
        for match in _WORD.finditer(folded.text)
    )


def nearest(
    word: str, candidates: Iterable[str], *, most: int = 3, cutoff: float = 0.75
) -> tuple[str, ...]:
    """The candidates that `word` is probably a misspelling of, the nearest first.

    Args:
        word: folded.
        candidates: folded.
        most: how many at the most.
        cutoff: how alike they must be, from 0 to 1 (difflib's ratio).

    Returns:
        Those that share enough letters in order.
    """
    import difflib

    return tuple(difflib.get_close_matches(word, sorted(set(candidates)), n=most, cutoff=cutoff))


FUNCTION_WORDS = frozenset(
    """
    aan af al alle alleen als ander andere anders bij binnen daar daarbij daarin daarmee daarnaast
    daarom daartoe daarvoor dan dat de deze die dit doen door doordat dus echter een eigen en er
    gaan gaat had hebben heeft hen het hier hiermee hierbij hiertoe hun ik in is kan komen komt
    kunnen maar mede meer men met mits moet moeten mogen naar na naast nog nu o.a. of om omdat
    onder ondanks ons onze ook op over per reeds rond samen sinds staan staat steeds te tegen tot
    tijdens toch tussen uit van vanuit vanwege vele veel voor vooral waar waarbij waarin waarmee
    wanneer want waren was wat we welke werd wezen wie wij worden wordt zal ze zich zijn zo zoals
    zowel zou zullen
    a an and are as at be by for from has have in is it its of on or that the their this to was
    were which will with
    """.split()
)
"""Words, Dutch and English, that say little of what a text is about. `niet` and `geen` do."""

# -- sentences -------------------------------------------------------------------------------

_NEVER_LAST = frozenset(
    """
    a.d.h.v. afd. apr. art. artt. aug. bijl. bijv. blz. bv. c.q. ca. cf. d.d. d.m.v. d.w.z. dd.
    dec. dhr. div. dr. drs. ds. evt. excl. feb. fig. gem. gen. hfst. i.c. i.h.b. i.h.k.v. i.o.
    i.p.v. i.s.m. i.t.t. i.v.m. incl. ing. inz. ir. jan. jhr. jkvr. jo. kol. lt. m.a.w. m.b.t.
    m.b.v. m.i. m.i.v. m.n. m.u.v. max. mevr. mgr. min. mr. mrt. mw. n.a.v. nl. nov. nr. nrs. o.a.
    o.b.v. o.g.v. o.l.v. o.m. okt. p. pag. par. pp. prof. resp. s.v.p. sept. st. stb. stcrt. sub.
    t.a.v. t.b.v. t.g.v. t.o.v. t.w. tab. tel. trb. v.a. v.w.b. vgl. vs. w.o. z.g. zgn.
    """.split()
)
"""Abbreviations after which something follows in the same sentence, whatever its first letter."""

_MAYBE_LAST = frozenset(
    """
    a.i. a.s. b.v. c.s. d.c. e.a. e.d. e.v. enz. etc. ff. i.e. jl. l.j. m.e.r. mld. mln. mrd. n.v.
    n.v.t. o.i.d. p.j. p.m. t.z.t. u.k. u.s. v.s. z.s.m.
    """.split()
)
"""Abbreviations that may end a sentence: they do where the next word often begins one."""

_OPENERS = frozenset(
    """
    aan aangezien afgelopen al alle allereerst alleen als ander andere beide bij binnen bondgenoten
    bovendien concreet daaraan daarbij daarbuiten daardoor daarin daarmee daarna daarnaast daarom
    daarop daarover daartegenover daartoe daarvan daarvoor dat de derde dergelijke desondanks dit
    deze die diverse doel door dus echter een eerder eerst elk en enerzijds enkele er eveneens
    gedurende gelet gezien haar hen het hier hieraan hierbij hierdoor hierin hiermee hierna hierom
    hierop hierover hiertoe hiervan hiervoor hij hoe hoewel ik immers in indien inmiddels
    inzake kortom lidstaten maar mede met mijn momenteel mocht na naar naast namens nederland
    nu nadat niet niettemin nog om omdat omtrent onder ondanks ons onze ook op over overigens
    rond rondom samen sinds sommige steeds te tegelijk tegelijkertijd tegen ten tenslotte ter
    terwijl tevens tijdens toch toen tot tussen uit uiteindelijk uw vanaf vanuit vanwege van
    veel verder verschillende vervolgens via volgens voor vooral voorafgaand voorts vorig waar
    waarbij waarnaast wanneer want wat wel welke wij we wie zal ze zij zo zodra zoals zodoende
    zolang zowel
    """.split()
)
"""What a sentence often begins with, where an abbreviation before it leaves it open."""

BULLET = r"(?:[•▪◦‣●○■□\uf0b7\uf0a7*–—-]\s)"
"""What marks an entry of a list, as a pattern; Word's own signs are in the private area."""

_BRACKETS = {"(": ")", "[": "]", "“": "”", "„": "”", "«": "»", "‘": "’"}
_LONGEST_QUOTE = 600
"""Characters; what does not close within them does not hold a sentence together."""


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Where the sentences of a Dutch paragraph begin and end.

    Kept whole: abbreviations, initials, decimals, dates, what stands between quotation marks or
    brackets, and all that a semicolon or colon joins. A label (`1.`, `a.`) belongs to its sentence.

    Args:
        text: one paragraph, its white space single spaces.

    Returns:
        Start and end of each in characters, in order; white space between them is left out.
    """
    spans = []
    start = 0
    held = _held(text)
    for stop in _pattern(r"[.!?…]+([\"'”’»)\]]*)(?=\s|$)").finditer(text):
        after = stop.end() + 1
        if any(first < stop.start() and stop.end() <= last for first, last in held):
            continue
        if ")" in stop[1] and not _opens_with_bracket(text, start):
            continue  # "(zoals Japan e.a.) en": the sentence goes on
        if after >= len(text) or _is_end(text, start, stop.start(), after):
            spans.append((start, stop.end()))
            start = after
    if start < len(text):
        spans.append((start, len(text)))
    return tuple(spans)


def is_abbreviation(token: str) -> bool:
    """Whether a word with its stop (`dhr.`, `K.`) is one after which a sentence goes on."""
    low = token.lstrip("\"'“„«‘([").lower()
    return low in _NEVER_LAST or _pattern(r"(?:[a-z]\.)+").fullmatch(low) is not None


@cache
def _pattern(expression: str) -> re.Pattern[str]:
    return re.compile(expression)


def _opens_with_bracket(text: str, start: int) -> bool:
    return text[start] in "(["


def _held(text: str) -> list[tuple[int, int]]:
    """From the opening sign to the closing one of what quotation marks and brackets hold."""
    found = []
    opened: dict[str, int] = {}
    for sign in _pattern('["(\\[“„«‘)\\]”»]|’(?![^\\W_])').finditer(text):
        at, mark = sign.start(), sign[0]
        if mark == '"':
            mark = "”" if "“" in opened else "“"
        if mark in _BRACKETS:
            opened[mark] = at
            continue
        for opener, closer in _BRACKETS.items():
            if closer == mark and opener in opened:
                first = opened.pop(opener)
                if at - first <= _LONGEST_QUOTE:
                    found.append((first, at))
                break
    return found


def _is_end(text: str, start: int, stop: int, after: int) -> bool:
    """Whether a sentence ends at the stop; `after` is where the next word begins."""
    following = _pattern(rf"[\"'“„«‘(\[]*(?:{BULLET}|’[st] )?").match(text, after)
    assert following is not None
    begin = following.end()
    if begin < len(text) and text[begin].islower():
        return False
    if text[stop] != ".":
        return True
    token = text[text.rfind(" ", start, stop) + 1 if " " in text[start:stop] else start : stop + 1]
    token = token.lstrip("\"'“„«‘([")
    label = _pattern(r"(?:\d{1,2}|[IVXivx]{1,4}|[A-Za-z])\.").fullmatch(token)
    if label and text.startswith(token, start):
        return False
    low = token.lower()
    letters = token[:-1].isupper() and len(token) > 2  # "de VS. De" has no "vs."
    if low in _NEVER_LAST and not (letters and text[begin : begin + 1].isalpha()):
        return False
    word = _pattern(r"[^\W\d_]+").match(text, begin)
    opens = word is not None and word[0].istitle() and word[0].lower() in _OPENERS
    if low in _MAYBE_LAST or _pattern(r"(?:[a-z]{1,3}\.){2,}").fullmatch(low):
        return opens
    if _pattern(r"(?:[A-Z]\.)+(?:-?[A-Z]\.)*").fullmatch(token):  # initials
        return False
    # "de 3. 5 landen": a number with a stop before a number is one of a list.
    return not (text[begin : begin + 1].isdigit() and _pattern(r"\d{1,3}\.").fullmatch(token))
