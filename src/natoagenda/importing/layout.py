"""From printed lines to blocks and notes: what text and PDF need and Word and XML do not.

Running heads and feet are put aside, the notes at the foot of a page are taken out of the
sentence that they cut in two, lines are joined to paragraphs, and the marks of notes are found.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import islice, pairwise

import msgspec

from natoagenda.importing import Progress, typefaces
from natoagenda.importing.source import (
    LINE_HYPHEN,
    Block,
    Form,
    Letter,
    Note,
    clean,
    single,
    without,
)
from natoagenda.model import Call
from natoagenda.text import BULLET, is_abbreviation


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A printed line.

    Attributes:
        text: single spaces, none at its ends; not empty.
        above: how many blank lines stand above it, or what that much space would be.
        indent: how far it begins to the right of the column's edge, in characters.
        size: of its letters, 1 for those of the running text.
        bold: whether all of it is bold.
        width: in the unit of the page, 0 where only the characters are known.
        first: the width of its first word, up to a hyphen, in the same unit.
        calls: the marks of notes that the format makes certain, taken out of `text`.
        note: the number of the note that it certainly begins, taken out of `text`.
    """

    text: str
    above: float = 0
    indent: float = 0
    size: float = 1
    bold: bool = False
    width: float = 0
    first: float = 0
    calls: tuple[Call, ...] = ()
    note: int | None = None


Page = list[Line]

_EDGE = 3
"""Lines at the top and at the foot of a page among which running heads and feet are sought."""
_SMALL = 0.93
"""Notes are printed smaller than this, the running text being 1."""
_LONGEST_NOTES = 40
"""Lines at the foot of a page."""
_FAR = 3
"""Numbers of notes that may be missing between two."""

_PAGE_NUMBER = re.compile(
    r"(?:[-–—]\s*)?(?:(?:pagina|blz\.?|bladzijde|page|p\.)\s*)?\d{1,4}"
    r"(?:\s*(?:van|of|/|-)\s*\d{1,4})?(?:\s*[-–—])?",
    re.IGNORECASE,
)
_PAGE_OF = re.compile(r"pagina\s+(\d{1,4})\s+van\s+(\d{1,4})", re.IGNORECASE)
_NOTE = re.compile(r"\[?(\d{1,3})(?:[.)\]](?!\d)\s*|\s+|(?=[A-Z“\"]))(\S.*)")
_MONTHS = r"(?:jan|feb|maa|mrt|apr|mei|jun|jul|aug|sep|okt|nov|dec)"
_BEFORE_YEAR = (
    r"(?:in|van|sinds|uit|eind|begin|medio|tot|voor|vanaf|na|over|en|t/m|jaar|najaar|voorjaar|zomer"
    rf"|{_MONTHS}\w*\.?)"
)
_RUNNING = re.compile(
    r"(?:.*\s)?(?:Tweede|Eerste)\s+Kamer,\s+vergaderjaar\s+\d{4}[–-]\d{4},\s.{3,60}?\s\d{1,4}"
    r"|kst-[\w-]+|ISSN\s+\d{4}\s?-\s?\d{4}|[’']s-Gravenhage\s+\d{4}"
)
"""What stands at the foot of each page of a paper of parliament, in whatever edition."""
_ITEM = re.compile(rf"{BULLET}|(?:\d{{1,2}}|[a-z]|[ivx]{{1,4}})[.)]\s")
_LABEL = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,5}|[A-Za-z]|[ivx]{1,4})[.)]\s|\d{1,2}\.\d")
_FIELD = re.compile(
    r"(?:Aard|Soort|Documenten?|Besluitvorming\w*|Toelichting|Betreft|Onderwerp|Status)[\w ]{0,30}:"
)
_ROUGH = 0.005
"""Of the column's width: how far measuring may be off."""
_CLEAR = 0.15
"""Of the column's width: no error of measuring is as large."""
_FUNCTION_WORDS = frozenset(
    """
    aan al als bij dan dat de deze die dit door een en er het hun in is kan met na naar niet nog of
    om onder ook op over te ten ter tot tussen uit van vanuit voor wat werd worden wordt zal zich
    zijn zoals zullen ministers minister president
    """.split()
)
"""A heading does not end in one of these."""


def read(
    pages: Sequence[Page], *, certain: bool = False, progress: Progress | None = None
) -> Letter:
    """Make a letter of the lines of its pages.

    Args:
        pages: all pages, in order.
        certain: whether the format shows all marks of notes, so that none need be sought.
        progress: told that all pages are done, as often as something else is.
    """
    kept, left_out = furniture(pages)
    bodies: list[Page] = []
    notes: list[Note] = []
    texts = [" ".join(line.text for line in page) for page in kept]
    marked = [call.number for page in kept for line in page for call in line.calls]
    for number, page in enumerate(kept, start=1):
        near = " ".join(texts[max(0, number - 2) : number])
        body, found = _notes(page, number, notes, near, marked if certain else None)
        bodies.append(body)
        notes += found
        if progress:
            progress(len(kept), len(kept))  # they are read; this goes on
    measure, column = _column(bodies)
    if progress:
        progress(len(kept), len(kept))
    blocks = [_with_digits(block, notes) for block in _blocks(bodies, measure, column)]
    blocks = _first_calls(blocks)
    blocks, missing = _placed(blocks, notes)
    unplaced = []
    for note in missing:
        unplaced.append(
            f"the note {note.number} on page {note.page} is called from nowhere; "
            "it is kept as a paragraph"
        )
        notes.remove(note)
        blocks = _kept(blocks, note)
    return Letter(
        blocks=tuple(blocks),
        notes=tuple(notes),
        pages=max(1, len(pages)),
        left_out=tuple(left_out),
        unplaced=tuple(unplaced),
    )


# -- running heads and feet ----------------------------------------------------------------


def furniture(pages: Sequence[Page]) -> tuple[list[Page], list[str]]:
    """Put aside what stands at the top or foot of page after page, and the page numbers.

    Returns:
        The pages without it, and what was put aside, as printed.
    """
    seen: Counter[tuple[int, str]] = Counter()  # by line from the top, or from the foot
    for number, page in enumerate(pages, start=1):
        for at in (*range(_EDGE), *range(-_EDGE, 0)):
            if -len(page) <= at < len(page):
                seen.update({(at, shape) for shape in _shapes(page[at].text, number)})
    enough = 2 if len(pages) < 6 else 3
    kept, left_out = [], []
    for number, page in enumerate(pages, start=1):
        first, last = 0, len(page)

        def runs(line: Line, at: int, number: int = number) -> bool:
            if _PAGE_OF.fullmatch(line.text) or _RUNNING.fullmatch(line.text):
                return True
            if _PAGE_NUMBER.fullmatch(line.text) and str(number) in re.findall(r"\d+", line.text):
                return True
            shapes = _shapes(line.text, number)
            return len(pages) > 1 and any(seen[at, shape] >= enough for shape in shapes)

        while first < min(last, _EDGE) and runs(page[first], first):
            first += 1
        while last > max(first, len(page) - _EDGE) and runs(page[last - 1], last - 1 - len(page)):
            last -= 1
        left_out += [line.text for line in (*page[:first], *page[last:])]
        kept.append(page[first:last])
    return kept, left_out


def _shapes(text: str, page: int) -> set[str]:
    """What is the same of a running line on all pages: all of it, or all but a page number.

    The number is that of the page or differs from it by as much on each page.
    """
    low = text.casefold()
    numbers = list(re.finditer(r"\d+", low))
    found = {low}
    for match in (*numbers[:1], *numbers[-1:]):
        away = int(match[0][:9]) - page
        found.add(f"{low[: match.start()]}<{away}>{low[match.end() :]}")
    return found


# -- notes ---------------------------------------------------------------------------------


def _notes(
    page: Page, number: int, before: Sequence[Note], near: str, certain: Sequence[int] | None
) -> tuple[Page, list[Note]]:
    """Take the notes at the foot of a page out of its lines.

    Args:
        page: the lines.
        number: the page's number.
        before: the notes of the pages before.
        near: the text of this page and the one before it, where the calls stand.
        certain: the numbers of all marks where the format shows them.
    """
    last = before[-1].number if before else 0
    start = _first_note(page, last, near, certain)
    if start is None:
        return page, []
    notes: list[Note] = []
    for line in page[start:]:
        due = notes[-1].number if notes else last
        opened = _opened(line, due, near, certain)
        if not opened and certain is None:
            opened = _may_open(line, due, near.rsplit(line.text, 1)[0])
        if opened:
            notes.append(Note(number=opened[0], text=opened[1], page=number))
        else:
            old = notes[-1]
            notes[-1] = msgspec.structs.replace(old, text=_glued(old.text, line.text))
    return page[:start], notes


def _first_note(page: Page, last: int, near: str, certain: Sequence[int] | None) -> int | None:
    """The line that begins the notes at the foot of a page; None where there are none."""
    found: dict[int, int] = {}  # by number, the last line that may begin that note
    for at, line in enumerate(page):
        opened = _opened(line, last, near, certain)
        if opened and (line.note is not None or line.size < _SMALL):
            found.setdefault(opened[0], at)
            continue
        if not opened and certain is None and line.above > 0:
            # The line itself must not be the only place where its number stands.
            opened = _may_open(line, last, near.rsplit(line.text, 1)[0])
        elif opened and at and line.above == 0 and re.match(rf"{_MONTHS}|[a-z]", opened[1]):
            opened = None  # "op⏎1 juli"
        if opened and _is_foot(page[at:], opened[0], near, certain):
            found[opened[0]] = at
    return found[min(found)] if found else None


def _is_foot(lines: Page, number: int, near: str, certain: Sequence[int] | None) -> bool:
    """Whether nothing but notes follows a line that may begin one."""
    if len(lines) > _LONGEST_NOTES:
        return False
    for line in lines[1:]:
        opened = _opened(line, number, near, certain)
        if opened:
            number = opened[0]
        elif line.above > 0 and not (certain is None and _may_open(line, number, near)):
            return False
    return True


def _opened(
    line: Line, last: int, near: str, certain: Sequence[int] | None
) -> tuple[int, str] | None:
    """The number and the text of the note that a line begins."""
    if line.note is not None:
        return line.note, line.text
    match = _NOTE.fullmatch(line.text)
    if match is None or (certain is not None and line.size >= _SMALL):
        return None
    number = int(match[1])
    if not last < number <= last + 1 + _FAR:
        return None
    called = number in certain if certain is not None else _is_called(near, number)
    return (number, match[2]) if called else None


def _may_open(line: Line, last: int, near: str) -> tuple[int, str] | None:
    """The note that a line may begin whose mark a tool has set apart: `in 2023 3 in totaal`."""
    match = _NOTE.fullmatch(line.text)
    if match is None or not match[2][:1].isupper() or int(match[1]) != last + 1:
        return None
    called = re.search(rf"[\w.,;:)”’\"]\s{last + 1}(?=[\s.,;:)]|$)(?!\s{_MONTHS})", near)
    return (last + 1, match[2]) if called else None


def _is_called(text: str, number: int) -> bool:
    """Whether a text has a mark of a number that no tool has set apart from its word."""
    return any(score > 1 for _, _, score in _calls(text, number))


def _calls(text: str, number: int) -> list[tuple[int, int, int]]:
    """Where a text may call a note: start and end of the mark, and how likely it is."""
    found = []
    for pattern, score in _marks(number):
        for match in pattern.finditer(text):
            found.append((match.start(1), match.end(1), score))
    return found


@cache
def _marks(number: int) -> list[tuple[re.Pattern[str], int]]:
    raised = "".join("⁰¹²³⁴⁵⁶⁷⁸⁹"[int(digit)] for digit in str(number))
    end = rf"({number})(?![\w%])(?![.,:/-]\d)(?!-[^\W\d])"
    return [
        (re.compile(rf"(?<!\bm)(?<!\bkm)(?<!CO)({raised})(?![⁰¹²³⁴⁵⁶⁷⁸⁹])"), 5),
        (re.compile(rf"(?<=[^\W_])(\[{number}\])"), 5),
        # daarbij.2, bijdrage”,3, (NDPP)4 and not nr.93, art.5
        (
            re.compile(
                r"(?<!\bnr\.)(?<!\bnrs\.)(?<!\bart\.)(?<!\bp\.)(?<!\blid\.)(?<!\bblz\.)"
                rf"(?:(?<=[^\W\d_][.,;:!?])|(?<=[)\]”’\"%][.,;:!?])|(?<=\b(?:19|20)\d\d[.,;:!?]))"
                rf"{end}(?!\.\w)"
            ),
            4,
        ),
        (re.compile(rf"(?<=[)\]”’\"%]){end}"), 4),
        (re.compile(rf"(?<=[^\W\d_A-Z]){end}"), 4),  # rapport1
        # 20212 is 2021 and note 2; a number of a post box is neither
        (re.compile(rf"(?i:\b{_BEFORE_YEAR}\s)(?:19|20)\d\d{end}"), 3),
        (re.compile(rf"(?<![Pp]ostbus )(?<!\d)(?:19|20)\d\d{end}"), 2),
        (re.compile(rf"(?<=[^\W\d_]\d,){end}"), 3),  # the second of two: rapport1,2
        (re.compile(rf"(?<=[A-Z]){end}"), 2),  # MCR3
        # what a tool has set apart: "in 2023 3 in totaal", "uit 4."
        (re.compile(rf"(?<=[^\W\d_])( {number})(?=[.,;:)](?!\d)|$)"), 1),
        (re.compile(rf"(?<=[.,;:)”’])( {number})(?=\s[A-ZÀ-Þ]|$)"), 1),
        (re.compile(rf"(?<=\b(?:19|20)\d\d)( {number})(?=\s[^\W\d_]|[.,;:)]|$)(?!\s{_MONTHS})"), 1),
    ]


def _with_digits(block: Block, notes: Sequence[Note]) -> Block:
    """A block with the raised numbers that call no note put back into its text."""
    known = {note.number for note in notes}
    lost = [call for call in block.calls if call.number not in known]
    if not lost:
        return block
    kept = tuple(call for call in block.calls if call.number in known)
    block = msgspec.structs.replace(block, calls=kept)
    return without(block, [(call.offset, call.offset, str(call.number)) for call in lost])


def _first_calls(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with one call of each note; a number raised again is put back as text."""
    seen: set[int] = set()
    found = []
    for block in blocks:
        again = []
        for call in block.calls:
            if call.number in seen:
                again.append(call)
            seen.add(call.number)
        if again:
            kept = tuple(call for call in block.calls if call not in again)
            block = msgspec.structs.replace(block, calls=kept)
            block = without(block, [(c.offset, c.offset, str(c.number)) for c in again])
        found.append(block)
    return found


def _placed(blocks: list[Block], notes: Sequence[Note]) -> tuple[list[Block], list[Note]]:
    """Find the mark of each note in the text, in order, and take it out.

    Returns:
        The blocks with their calls, and the notes for which no mark was found.
    """
    certain = {call.number for block in blocks for call in block.calls}
    spans: dict[int, list[tuple[int, int, int]]] = defaultdict(list)  # by block
    missing = []
    now = (0, 0)
    for note in notes:
        if note.number in certain:
            continue
        # Marks stand in the order of their numbers, but for a few letters.
        best = _likeliest(blocks, note, now) or _likeliest(blocks, note, (0, 0))
        if best is None:
            missing.append(note)
            continue
        i, start, end = best
        spans[i].append((start, end, note.number))
        now = max(now, (i, end))
    done = []
    for i, block in enumerate(blocks):
        found = spans.get(i)
        if found:
            marked = msgspec.structs.replace(
                block,
                calls=tuple(
                    sorted(
                        (*block.calls, *(Call(number, start) for start, _, number in found)),
                        key=lambda call: call.offset,
                    )
                ),
            )
            taken = sorted((start, end) for start, end, _ in found)
            block = without(marked, [(*_with_space(block.text, *span), "") for span in taken])
        done.append(block)
    return done, missing


def _with_space(text: str, start: int, end: int) -> tuple[int, int]:
    """A mark that stands apart goes with the space on one side of it."""
    if start == 0 or text[start - 1] == " ":
        if text[end : end + 1] == " ":
            return start, end + 1
        if end == len(text) and start:
            return start - 1, end
    return start, end


def _likeliest(
    blocks: Sequence[Block], note: Note, after: tuple[int, int]
) -> tuple[int, int, int] | None:
    """Where a note is most likely called: block, start and end of the mark; None if nowhere."""
    best = None
    for i in range(after[0], len(blocks)):
        block = blocks[i]
        if block.pages[0][1] > note.page + 1:
            break
        if block.pages[-1][1] < note.page - 1:
            continue
        for start, end, score in _calls(block.text, note.number):
            far = abs(note.page - block.pages_of(start, end)[0])
            alone = not (block.text[:start] + block.text[end:]).strip()
            if (i, start) >= after and far <= 1 and not alone:
                rank = (far, -score, i, start, end)
                best = min(best, rank) if best else rank
    return best[2:] if best else None


def _kept(blocks: Sequence[Block], note: Note) -> list[Block]:
    """The blocks with a note that nothing calls as a paragraph after those of its page."""
    at = max((i for i, block in enumerate(blocks) if block.pages[0][1] <= note.page), default=-1)
    page = blocks[at].pages[-1][1] if at >= 0 else note.page  # pages never fall
    kept = Block(text=f"{note.number} {note.text}", pages=((0, page),), form=Form.TEXT)
    return [*blocks[: at + 1], kept, *blocks[at + 1 :]]


# -- paragraphs ----------------------------------------------------------------------------


def _characters(text: str) -> float:
    return len(text)


Measure = Callable[[str], float]


def _column(pages: Sequence[Page]) -> tuple[Measure, float]:
    """How to measure a line, and how wide the column of the running text is.

    Lines are filled until the next word does not fit. The measure under which that is true of
    the most lines is the one in which the text was set: characters or the widths of letters.
    """
    lines = [pair for page in pages for pair in pairwise(page)]
    full = sorted(line.width for page in pages for line in page if abs(line.size - 1) < 0.08)
    if full and full[-1] > 0:
        # Where the places of letters are known, the widest but a few are the column.
        return _characters, full[len(full) * 49 // 50]
    running = [
        (line.text, _chunk(after.text))
        for line, after in lines
        if after.above == 0 and re.search(r"[a-z,]$", line.text) and after.text[0].islower()
    ]
    best: tuple[float, Measure, float] | None = None
    measures: tuple[Measure, ...] = (_characters, *typefaces.ALL)
    for measure in measures:
        widths = sorted(measure(text) for text, _ in running)
        if not widths:
            continue
        needed = sorted(measure(f"{text} {following}") for text, following in running)
        # In the column as it was, no line is wider and none could have held its next word.
        count = len(widths)
        wrong, negative = min(
            (count - bisect_right(widths, width) + bisect_right(needed, width), -width)
            for width in widths
        )
        if best is None or wrong < best[0]:
            best = (wrong, measure, -negative)
    if best is None:
        longest = max((len(line.text) for page in pages for line in page), default=0)
        return _characters, float(longest)
    return best[1], best[2]


def _chunk(text: str) -> str:
    """What of a line's first word could have stood on the line before: `NAVO-` of `NAVO-Top`."""
    word = text.split(maxsplit=1)[0]
    return re.split(r"(?<=[^\W\d]-)(?=\w)", word, maxsplit=1)[0]


def _blocks(pages: Sequence[Page], measure: Measure, column: float) -> Iterator[Block]:
    """Join lines to blocks."""
    usual = _usual_gap(pages)
    group: list[tuple[Line, int]] = []
    coming = islice((line for page in pages for line in page), 1, None)
    for number, page in enumerate(pages, start=1):
        for at, line in enumerate(page):
            after = next(coming, None)
            if group:
                seam = at == 0
                gap = not seam and line.above > usual
                old = [old for old, _ in group]
                if _parted(old, line, gap, measure, column) or (
                    after is not None and _is_alone(old[-1], line, after, measure, column)
                ):
                    yield _block(group, usual)
                    group = []
            group.append((line, number))
    if group:
        yield _block(group, usual)


def _usual_gap(pages: Sequence[Page]) -> float:
    """The blank space between lines of one paragraph: none, but where all lines are apart.

    A line that begins with a small letter goes on with the one above it.
    """
    gaps = sorted(line.above for page in pages for line in page[1:] if line.text[0].islower())
    return gaps[len(gaps) // 2] if gaps else 0


def _parted(group: list[Line], line: Line, gap: bool, measure: Measure, column: float) -> bool:
    """Whether a line begins a new block after the lines of `group`."""
    last = group[-1]
    if last.text.endswith(LINE_HYPHEN):
        return False
    ended = re.search(r"[.!?…:;][)”’\"\]]*(?:\[?\d{1,3}\]?|[¹²³⁴-⁹⁰]+)?$", last.text) is not None
    ended = ended and not is_abbreviation(last.text.split()[-1])
    goes_on = line.text[:1].islower() and not _ITEM.match(line.text)
    # A change of type parts a heading from text, not a run of bold words from its line.
    if (last.bold != line.bold or abs(last.size - line.size) > 0.08) and (not goes_on or gap):
        return True
    # A title in capitals, then text.
    whole = " ".join(old.text for old in group)
    if not goes_on and _capitals(whole) and not _capitals(line.text) and len(line.text) > 20:
        return True
    if re.search(rf"\b{_MONTHS}\w*$", last.text) and re.match(r"(?:19|20)\d\d\b", line.text):
        return False  # "van 22 juli⏎2024"
    if gap:
        return not (goes_on and not ended and not _heading_like(group))
    if line.indent - last.indent >= 1 and ended and last.indent <= 0 and not goes_on:
        return True
    if _ITEM.match(line.text) and (ended or _ITEM.match(group[0].text)):
        return ended or last.text.endswith(",") or _is_short(last, line, measure, column)
    if _LABEL.match(line.text) and line.text.split(maxsplit=1)[-1][:1].isupper() and ended:
        return True
    if goes_on:
        return False
    if _FIELD.match(line.text):
        return True
    slack = _slack(last, line, measure, column)
    if slack < 0:
        return False
    if ended:
        return True
    slack -= (len(line.text.split(maxsplit=1)[0]) - len(_chunk(line.text))) * (
        last.width / len(last.text) if last.width else measure("n")
    )  # not every hyphen is a place to break
    if slack < 0:
        return False
    # What is much shorter than the column ends a block, whatever it is.
    word = last.text.split()[-1].casefold()
    if slack > _CLEAR * column and word not in _FUNCTION_WORDS:
        return True
    if last.bold and line.bold:
        return False
    return _heading_like(group) or bool(_ITEM.match(line.text))


def _capitals(text: str) -> bool:
    return text.isupper() and len(text) > 5


def _is_alone(last: Line, line: Line, after: Line, measure: Measure, column: float) -> bool:
    """Whether a line between two sentences is a heading, with no blank line about it."""
    return (
        re.search(r"[.!?…][)”’\"\]]*\d{0,2}$", last.text) is not None
        and _heading_like([line])
        and not after.text[0].islower()
        and (after.above > 0 or _slack(line, after, measure, column) > _CLEAR * column)
    )


def _is_short(last: Line, line: Line, measure: Measure, column: float) -> bool:
    """Whether a line could have held the next one's first word."""
    return _slack(last, line, measure, column) >= 0


def _slack(last: Line, line: Line, measure: Measure, column: float) -> float:
    """How much room a line has left after the next one's first word; below 0 it has none."""
    if last.width:
        each = last.width / len(last.text)
        word = line.first or each * len(_chunk(line.text))
        return column * (1 - _ROUGH) - last.width - each * (last.indent + 1) - word
    text = last.text
    if measure is not _characters:  # where letters have widths, marks are small
        text = re.sub(r"(?<=[^\W\d][.,;:)”])\d{1,2}$|(?<=[a-z])\d{1,2}$", "", text)
    if text.endswith(LINE_HYPHEN):
        return -1
    return column - measure(f"{text} {_chunk(line.text)}") - max(last.indent, 0)


def _heading_like(group: Sequence[Line]) -> bool:
    """Whether some lines, all that stands since the last break, may be a heading."""
    text = " ".join(line.text for line in group)
    last = text.split()[-1].casefold()
    return (
        len(group) <= 3
        and len(text) <= 200
        and not _LABEL.sub("", text, count=1)[:1].islower()
        and not re.search(r"[.!?]\s+[A-Z]", _LABEL.sub("", text, count=1))
        and not re.search(r"[,;:.!?–-]$", text)
        and last not in _FUNCTION_WORDS
    )


def _block(group: Sequence[tuple[Line, int]], usual: float) -> Block:
    """One block of some lines with their pages."""
    text = ""
    pages: list[tuple[int, int]] = []
    calls: list[Call] = []
    for line, page in group:
        joint = _glued(text, line.text)
        at = len(joint) - len(line.text)
        if not pages or pages[-1][1] != page:
            # A word that a seam cuts in two begins on the page before.
            pages.append((at if not pages or at > len(text) else len(joint), page))
            if at <= len(text) and len(pages) > 1:
                space = line.text.find(" ")
                pages[-1] = (at + space + 1 if space >= 0 else len(joint), page)
        calls += [Call(call.number, call.offset + at) for call in line.calls]
        text = joint
    lines = [line for line, _ in group]
    heavy = all(line.bold for line in lines) or all(line.size > 1.08 for line in lines)
    item = _ITEM.match(lines[0].text) is not None
    form = Form.HEADING if heavy and len(text) <= 240 else Form.ITEM if item else Form.UNKNOWN
    return Block(
        text=text,
        pages=tuple((offset, page) for offset, page in pages if offset < len(text) or offset == 0),
        calls=tuple(calls),
        form=form,
        lines=len(group),
        gap=lines[0].above > usual,
    )


def _glued(text: str, line: str) -> str:
    """A text and the next line, joined where a hyphen ends the text."""
    if not text:
        return line
    if text.endswith(LINE_HYPHEN) or line.startswith(LINE_HYPHEN):
        return text + line
    return f"{text} {line}"


def printed(text: str) -> str:
    """A line as printed, cleaned, with the hyphen at its end as `LINE_HYPHEN`.

    A hyphen after a space is a dash, but for that of a word whose first half is left out:
    `staatshoofden en -⏎regeringsleiders`.
    """
    text = text.rstrip()
    text = re.sub(r"(?<=[^\s–—-])[-\u00ad\u2010\u2011\x02\ufffe]$", LINE_HYPHEN, text)
    text = re.sub(r"(?<=\b(?:en|of) )[-\u2010]$", LINE_HYPHEN, text)
    return re.sub(r"(?<=\w) (?=[.,;](?:\s|$))", "", single(clean(text)))  # infrastructuur .


def begins_notes(line: str, page: str, before: str) -> bool:
    """Whether a line after a gap begins the notes of the page above it.

    Args:
        line: the line.
        page: the text of the page so far.
        before: all text so far.
    """
    match = _NOTE.fullmatch(printed(line))
    if match is None or not _calls(page, int(match[1])):
        return False
    number = int(match[1])
    return (
        number == 1 or re.search(rf"^\s*\[?{number - 1}[.)\]\s]", before, re.MULTILINE) is not None
    )
