"""Is the data set whole and sound, and is it the letter, word for word?

`findings` needs the agenda alone; `differences` sets it beside the letter. Kinds of white
space and compatibility forms (`ĳ`) do not count, everything else does: each word, the place of each
footnote's mark, each page.
"""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from natoagenda import citations, dataset, text
from natoagenda.importing.source import LINE_HYPHEN, Block, Letter, Note, SourceWord, words
from natoagenda.model import Agenda, Call, Session


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """A place where letter and data set differ.

    Attributes:
        kind: `words`, or `page` where only the page is wrong.
        place: a statement or section id, `title`, or `footnote:N`.
        page: the letter's page; None where the letter has nothing there.
        letter: the letter's words, empty where it has none there.
        data: the data set's words, empty where it has none.
    """

    kind: str
    place: str
    page: int | None
    letter: str
    data: str


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """What `check` answers about one agenda; `source` is None where no letter was given."""

    agenda: str
    sound: bool
    sections: int
    statements: int
    footnotes: int
    sessions: int
    references: int
    words: int
    pages: int
    sha256: str
    findings: tuple[str, ...]
    source: str | None
    identical: bool | None
    differences: tuple[Difference, ...]


class _Word(msgspec.Struct, frozen=True):
    """A word of the data set, with its marks as digits, and where it stands."""

    text: str
    place: str


def prove(agenda: Agenda, source: Letter | None = None, *, name: str | None = None) -> Proof:
    """Check an agenda, and compare it with the letter if there is one.

    Args:
        agenda: the agenda.
        source: the letter.
        name: what to call the letter.
    """
    found = tuple(findings(agenda))
    unlike = () if source is None else tuple(differences(agenda, source))
    count = (
        len(agenda.title.split())
        + sum(1 for _ in _body(agenda))
        + sum(len(footnote.text.split()) for footnote in agenda.footnotes)
    )
    return Proof(
        agenda=agenda.id,
        sound=not found,
        sections=len(agenda.sections),
        statements=sum(1 for _ in agenda.statements()),
        footnotes=len(agenda.footnotes),
        sessions=len(agenda.sessions),
        references=len(agenda.references),
        words=count,
        pages=agenda.document.pages,
        sha256=dataset.digest(agenda),
        findings=found,
        source=name,
        identical=None if source is None else not unlike,
        differences=unlike,
    )


def findings(agenda: Agenda) -> Iterator[str]:
    """Yield what does not hold in an agenda that has loaded, a sentence each."""
    digest = dataset.digest(agenda)
    if digest != agenda.document.sha256:
        yield f"the text's SHA-256 is {digest}, agenda.document records {agenda.document.sha256}"
    yield from _unlike_ids(agenda.document.citation, agenda.document.id, "agenda.document")
    for reference in agenda.references:
        official = reference.id if citations.is_official_id(reference.id) else None
        yield from _unlike_ids(reference.citation, official, f"reference {reference.id}")
    quoted = {statement.id: statement.text for statement in agenda.statements()}
    yield from _unlisted(agenda, quoted)
    for session in agenda.sessions:
        near = datetime.timedelta(days=2)  # its eve is on a meeting's programme
        if session.date and not agenda.starts - near <= session.date <= agenda.ends + near:
            yield f"session {session.id} is on {session.date}, outside the meeting's days"
        yield from _unquoted(session, [quoted[identifier] for identifier in session.quotes])


def _unlike_ids(citation: str | None, identifier: str | None, where: str) -> Iterator[str]:
    """Hold a citation against the official id that stands beside it."""
    if citation is None:
        if identifier is not None and where == "agenda.document":
            yield f"{where} has the official id {identifier} without a citation"
        return
    read = [found.id for found in citations.find(f"({citation})") if found.id]
    if identifier not in read and (read or identifier):
        ids = " and ".join(read) or "no id"
        yield f"{where} cites {citation!r}, which is {ids}, not {identifier}"


def _unlisted(agenda: Agenda, statements: Mapping[str, str]) -> Iterator[str]:
    """Yield the papers that the letter cites where `references` does not say so."""
    notes = {f"footnote:{footnote.number}": footnote.text for footnote in agenda.footnotes}
    cited = {reference.id: reference.cited_from for reference in agenda.references}
    for place, quoted in {**statements, **notes}.items():
        for found in citations.find(quoted):
            if found.id and place not in cited.get(found.id, ()):
                yield f"{place} cites {found.citation!r} ({found.id}), which references do not list"


def _unquoted(session: Session, quotes: Sequence[str]) -> Iterator[str]:
    """Yield the participants whose words do not stand, in order, in one of the quotes."""
    texts = [[word.text for word in text.words(quote)] for quote in quotes]
    for participant in session.participants:
        wanted = [word.text for word in text.words(participant.nl)]
        if not any(_in_order(wanted, words) for words in texts):
            yield f"session {session.id} names {participant.nl!r}, which its quotes do not"


def _in_order(wanted: Iterable[str], words: Iterable[str]) -> bool:
    """Whether `wanted` stands in `words` in order, with gaps allowed."""
    rest = iter(words)
    return all(any(word == other for other in rest) for word in wanted)


def differences(agenda: Agenda, source: Letter) -> Iterator[Difference]:
    """Yield where an agenda and its letter differ, word by word, in reading order."""
    pages: dict[str, set[int]] = {}
    letter, data = _aligned(agenda, source)
    yield from _compare(letter, data, pages)
    placed: list[tuple[str, tuple[int, ...]]] = []
    for section in agenda.sections:
        placed.append((section.id, (section.page,)))
        placed += [(statement.id, statement.pages) for statement in section.statements]
    for place, recorded in placed:
        found = pages.get(place)
        if found and found != set(recorded):
            yield Difference(
                kind="page",
                place=place,
                page=min(found),
                letter=_page_span(found),
                data=_page_span(recorded),
            )
    notes = {footnote.number: footnote for footnote in agenda.footnotes}
    printed = {note.number: _note_words(note) for note in source.notes}
    for number in sorted(printed.keys() | notes.keys()):
        place = f"footnote:{number}"
        own = _words(notes[number].text, (), place) if number in notes else []
        yield from _compare(printed.get(number, []), own, pages, place)
        found = pages.get(place)
        if found and notes[number].page not in found:
            yield Difference(
                kind="page",
                place=place,
                page=min(found),
                letter=_page_span(found),
                data=_page_span([notes[number].page]),
            )
    if source.pages != agenda.document.pages:
        yield Difference(
            kind="page",
            place="agenda.document",
            page=source.pages or None,
            letter=f"{source.pages} pages",
            data=f"{agenda.document.pages} pages",
        )


def words_of(source: Letter) -> int:
    """How many words a letter has, those of its notes included."""
    return len(_printed(source)) + sum(len(_note_words(note)) for note in source.notes)


def _printed(source: Letter) -> list[SourceWord]:
    return [_plain(word) for block in source.blocks for word in words(block)]


def _note_words(note: Note) -> list[SourceWord]:
    block = Block(text=note.text, pages=((0, note.page),))
    return [_plain(word) for word in words(block)]


def _plain(word: SourceWord) -> SourceWord:
    return SourceWord(unicodedata.normalize("NFKC", word.text), word.page)


def _aligned(agenda: Agenda, source: Letter) -> tuple[list[SourceWord], list[_Word]]:
    """The words of both in one order: the title first, wherever the letter has it.

    A title that the letter has only in a sentence, which keeps its words, is left out.
    """
    letter = _printed(source)
    title = _words(agenda.title, (), "title")
    body = list(_body(agenda))
    wanted = [word.text for word in title]
    texts = [word.text.replace(LINE_HYPHEN, "-") for word in letter]
    size = len(wanted)
    found = [i for i in range(len(texts) - size + 1) if texts[i : i + size] == wanted]
    own = [word.text for word in body]
    kept = sum(own[i : i + size] == wanted for i in range(len(own) - size + 1))
    if found and len(found) == kept:
        return letter, body
    if not found or found == [0]:
        if not found and (place := _across(letter, title)):
            return [*letter[place[0] : place[1]], *letter[: place[0]], *letter[place[1] :]], [
                *title, *body,
            ]  # fmt: skip
        return letter, [*title, *body]
    orders = [
        [*letter[at : at + size], *letter[:at], *letter[at + size :]] for at in found[:_TITLES]
    ]
    whole = [*title, *body]
    return max(orders, key=lambda order: _walk(order, whole, {})[0]), whole


_TITLES = 9
"""Places in which a letter may print its title; of these that of its heading is sought."""


def _across(letter: list[SourceWord], title: list[_Word]) -> tuple[int, int] | None:
    """Where a title that lines break stands; None where it is not found, or stands first."""
    for at, word in enumerate(letter):
        if at and LINE_HYPHEN not in word.text and word.text != title[0].text:
            continue
        for size in range(max(1, len(title) - 4), len(title) + 5):
            if at and _same_letters(letter[at : at + size], title):
                return at, at + size
    return None


def _body(agenda: Agenda) -> Iterator[_Word]:
    """All words of the sections, in reading order."""
    for section in agenda.sections:
        if section.title:
            yield from _words(section.title, section.calls, section.id)
        for statement in section.statements:
            yield from _words(statement.text, statement.calls, statement.id)


def _words(plain: str, calls: Sequence[Call], place: str) -> list[_Word]:
    """Split a text at white space, its footnotes' marks put back as digits."""
    pieces = []
    done = 0
    for call in calls:
        pieces += [plain[done : call.offset], str(call.number)]
        done = call.offset
    marked = "".join([*pieces, plain[done:]])
    return [_Word(word, place) for word in unicodedata.normalize("NFKC", marked).split()]


def _compare(
    letter: list[SourceWord], data: list[_Word], pages: dict[str, set[int]], place: str = "title"
) -> Iterator[Difference]:
    """Align two lists of words; note in `pages` where each place stands in the letter.

    Args:
        letter: the letter's words.
        data: the data set's words.
        pages: filled with the pages on which the words of each place were found.
        place: where words stand that have no word of the data set before them.
    """
    import difflib

    done_letter, done_data = _walk(letter, data, pages)
    place = data[done_data - 1].place if done_data else place
    letter, data = letter[done_letter:], data[done_data:]
    plain = [word.text.replace(LINE_HYPHEN, "-") for word in letter]
    matcher = difflib.SequenceMatcher(None, plain, [word.text for word in data], autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            for word, own in zip(letter[i1:i2], data[j1:j2], strict=True):
                pages.setdefault(own.place, set()).add(word.page)
            continue
        if _same_letters(letter[i1:i2], data[j1:j2]):
            for own in data[j1:j2]:
                pages.setdefault(own.place, set()).update(word.page for word in letter[i1:i2])
            continue
        near = data[j1] if j1 < j2 else data[j1 - 1] if j1 else None
        yield Difference(
            kind="words",
            place=near.place if near else place,
            page=letter[i1].page if i1 < i2 else None,
            letter=" ".join(plain[i1:i2]),
            data=" ".join(word.text for word in data[j1:j2]),
        )


_SHORT_STEPS = ((1, 1), (2, 1), (1, 2), (3, 1))
"""How many words of each side a line's end may make of one."""


def _walk(
    letter: list[SourceWord], data: list[_Word], pages: dict[str, set[int]]
) -> tuple[int, int]:
    """Go through both as long as they are the same; most of the time that is to the end.

    Returns:
        How many words of each were gone through.
    """
    i = j = 0
    while i < len(letter) and j < len(data):
        if letter[i].text == data[j].text:
            step = (1, 1)
        else:
            for step in _SHORT_STEPS:
                if _same_letters(letter[i : i + step[0]], data[j : j + step[1]]):
                    break
            else:
                break
        for own in data[j : j + step[1]]:
            pages.setdefault(own.place, set()).update(w.page for w in letter[i : i + step[0]])
        i, j = i + step[0], j + step[1]
    return i, j


_STOPS = frozenset(".,;:!?)")
"""Before these a letter may have a stray space."""

_HYPHENS = ("-", "- ", "")
"""What the hyphen of a line's end is: the word's own, that of `veiligheids- en`, or a soft one."""

_MOST_READINGS = 100
"""Ways in which words may be the same at once; two hyphens in a row have five."""


def _same_letters(letter: Sequence[SourceWord], data: Sequence[_Word]) -> bool:
    """Whether words differ only in what line breaks do: a hyphen, a space before a stop.

    All readings are followed at the same time, so that no letter makes this take long.
    """
    printed = " ".join(word.text for word in letter)
    own = " ".join(word.text for word in data)
    reached = {0}
    readings: tuple[str, ...]
    for at, sign in enumerate(printed):
        if sign == LINE_HYPHEN:
            readings = _HYPHENS
        elif sign == " " and printed[at + 1 : at + 2] in _STOPS:
            readings = (" ", "")
        else:
            readings = (sign,)
        reached = {
            place + len(each)
            for each in readings
            for place in reached
            if own.startswith(each, place)
        }
        if not 0 < len(reached) <= _MOST_READINGS:
            return False
    return len(own) in reached


def _page_span(pages: Iterable[int]) -> str:
    numbers = sorted(pages)
    return f"page {numbers[0]}" if len(numbers) == 1 else f"pages {numbers[0]}-{numbers[-1]}"
