"""Questions about agendas and their answers, as rows.

Each function takes agendas and gives rows, or raises a typed error that says what there is
instead. How a row looks on a terminal is `natoagenda.output`'s concern.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence

from natoagenda import text
from natoagenda.days import Day
from natoagenda.errors import NotFoundError, UsageError, question, shown
from natoagenda.model import Agenda, Reference, Role, Section, address
from natoagenda.rows import (
    AgendaRow,
    FootnoteRow,
    Passage,
    ReferenceRow,
    Rows,
    SessionRow,
    StatementRow,
    Topic,
    TopicRow,
    Whole,
)

NEARLY = 4
"""The rank of a topic whose title has words nearly the same as those typed."""


def schedule(
    agendas: Iterable[Agenda],
    day: Day | None = None,
    *,
    first: datetime.date | None = None,
    last: datetime.date | None = None,
) -> list[SessionRow]:
    """The entries of all programmes by date, undated last, within a day as the letter orders them.

    Args:
        agendas: the meetings.
        day: keeps only entries on such a day; an undated entry is on none.
        first: keeps only entries on this day or later.
        last: keeps only entries on this day or earlier.
    """

    def wanted(date: datetime.date | None) -> bool:
        if date is None:
            return day is None and first is None and last is None
        return (
            (day is None or day.matches(date))
            and (first is None or date >= first)
            and (last is None or date <= last)
        )

    rows = [
        rows.session(session)
        for rows in map(Rows, agendas)
        for session in rows.agenda.sessions
        if wanted(session.date)
    ]
    return sorted(rows, key=lambda row: row.date or datetime.date.max)


def agendas_listed(agendas: Iterable[Agenda]) -> list[AgendaRow]:
    """The agendas, as a list has them."""
    return [
        AgendaRow(
            id=agenda.id,
            title=agenda.title,
            title_en=agenda.title_en,
            organisation=agenda.organisation,
            starts=agenda.starts,
            ends=agenda.ends,
            sections=len(agenda.sections),
            topics=len(agenda.topics),
            stances=sum(len(section.with_role(Role.STANCE)) for section in agenda.sections),
            path=agenda.path,
            reviewed=agenda.reviewed,
        )
        for agenda in agendas
    ]


def passages(agendas: Iterable[Agenda]) -> Iterator[Passage]:
    """Everything in the agendas that has a text, one letter after the other."""
    from natoagenda.documents import documents

    for agenda in agendas:
        url = address(agenda.document.id or "")
        for document in documents(agenda):
            texts = dict(document.texts)
            yield Passage(
                key=f"{agenda.id}/{document.kind}/{document.id}",
                agenda=agenda.id,
                organisation=agenda.organisation,
                starts=agenda.starts,
                ends=agenda.ends,
                kind=document.kind,
                id=document.id,
                sections=document.sections,
                page=document.page,
                title=document.title,
                role=document.role,
                text=texts["nl"],
                text_en=texts.get("en"),
                citation=agenda.document.citation,
                url=url,
                reviewed=agenda.reviewed,
            )


def meeting_days(agendas: Sequence[Agenda]) -> list[datetime.date]:
    """All days of the meetings, first to last, each once."""
    return sorted(
        {
            agenda.starts + datetime.timedelta(days=offset)
            for agenda in agendas
            for offset in range((agenda.ends - agenda.starts).days + 1)
        }
    )


def topics(agendas: Sequence[Agenda]) -> list[TopicRow]:
    """The topics of every agenda, the latest meeting first, in the letters' order."""
    return [
        TopicRow(
            id=section.id,
            agenda=agenda.id,
            title=section.title or section.id,
            title_en=section.title_en,
            pages=section.pages,
            statements=len(section.statements),
            stances=len(section.with_role(Role.STANCE)),
            expectations=len(section.with_role(Role.EXPECTATION)),
            commitments=len(section.with_role(Role.COMMITMENT)),
            footnotes=section.footnotes,
        )
        for agenda in reversed(agendas)
        for section in agenda.topics
    ]


def statements(agendas: Sequence[Agenda], role: Role) -> list[StatementRow]:
    """The statements of one role, the latest meeting first, in reading order."""
    return [
        row
        for rows in map(Rows, reversed(agendas))
        for section in rows.agenda.sections
        for row in rows.statements(section, role)
    ]


def footnotes(agendas: Sequence[Agenda], number: int | None = None) -> list[FootnoteRow]:
    """The footnotes, or those with one number, the latest meeting first.

    Raises:
        NotFoundError: where no agenda has a footnote of that number.
    """
    found = [
        rows.footnote(footnote)
        for rows in map(Rows, reversed(agendas))
        for footnote in rows.agenda.footnotes
        if number is None or footnote.number == number
    ]
    if number is not None and not found:
        known = sorted({footnote.number for agenda in agendas for footnote in agenda.footnotes})
        has = f"there are {_spans(known)}" if known else "the letter has none"
        raise NotFoundError(f"there is no footnote {shown(str(number))[1:-1]}; {has}")
    return found


def references(agendas: Sequence[Agenda], asked: str | None = None) -> list[ReferenceRow]:
    """The documents that the letters lean on, the latest meeting first, as they are cited.

    Args:
        agendas: the meetings, by date.
        asked: keeps only those with this id, citation or dossier, or these words in the title.
    """
    wanted = (lambda _: True) if asked is None else _reference_test(asked)
    return [row for rows in map(Rows, reversed(agendas)) for row in rows.references(wanted)]


def _reference_test(asked: str) -> Callable[[Reference], bool]:
    """Make the test whether a reference is what is asked for."""
    from natoagenda import citations

    numbers = [key for _, _, key in citations.number_keys(asked, query=True)]
    folded = text.fold(asked).strip()
    words = _parts(folded)

    def fits(reference: Reference) -> bool:
        if reference.id == folded:
            return True
        if numbers:
            printed = f"{reference.id} {reference.citation or ''}"
            own = [f"{key}-" for _, _, key in citations.number_keys(printed)]
            return all(any(key.startswith(f"{each}-") for key in own) for each in numbers)
        title = _parts(text.fold(f"{reference.title.nl} {reference.title.en or ''}"))
        return bool(words) and all(any(w.startswith(word) for w in title) for word in words)

    return fits


def topic(agendas: Sequence[Agenda], asked: str) -> tuple[Topic, list[str]]:
    """All that the latest letter with such a topic says on it.

    Args:
        agendas: the meetings, in any order.
        asked: an id, a part of a Dutch or English title, or nearly that.

    Returns:
        The topic, and the ids of the other agendas that have such a topic, latest first.

    Raises:
        UsageError: where several topics of that letter match equally well.
        NotFoundError: where none matches.
    """
    fitting = topic_ids(agendas, asked)
    wanted = {agenda for agenda, _ in fitting}
    latest_first = sorted(
        (agenda for agenda in agendas if agenda.id in wanted),
        key=lambda agenda: agenda.starts,
        reverse=True,
    )
    found = [
        (agenda, matches)
        for agenda in latest_first
        if (matches := [topic for topic in agenda.topics if (agenda.id, topic.id) in fitting])
    ]
    (agenda, matches), *others = found
    if len(matches) > 1:
        listed = "; ".join(f"{section.id} ({section.title})" for section in matches)
        raise UsageError(f"{shown(asked)} fits {len(matches)} topics equally well: {listed}")
    return Rows(agenda).topic(matches[0]), [other.id for other, _ in others]


def is_misspelt(agendas: Sequence[Agenda], asked: str) -> bool:
    """Whether topics only fit `asked` as a misspelling of a word in their titles."""
    return not any(match_topics(agenda, asked, nearly=False) for agenda in agendas)


def topic_ids(agendas: Sequence[Agenda], asked: str) -> set[tuple[str, str]]:
    """The topics, as pairs of agenda id and topic id, that `asked` fits best in each agenda.

    Raises:
        NotFoundError: where it fits none.
        UsageError: where it is too long.
    """
    asked = question(asked)
    # A misspelling is only taken for one where no letter has the word as it was typed.
    for nearly in (False, True):
        ranked = [(agenda.id, match_topics(agenda, asked, nearly=nearly)) for agenda in agendas]
        if any(matches for _, matches in ranked):
            return {
                (agenda, section.id)
                for agenda, matches in ranked
                for rank, section in matches
                if rank == matches[0][0]
            }
    raise NotFoundError(no_topic(agendas, asked))


def match_topics(agenda: Agenda, asked: str, *, nearly: bool = True) -> list[tuple[int, Section]]:
    """The topics of an agenda that `asked` may mean, each with how far off it is.

    The ranks: 0 the id or a whole title, 1 whole words of one, 2 beginnings of words,
    3 parts of words, 4 words that are nearly the same (not without `nearly`).
    """
    wanted = " ".join(text.fold(asked).split())
    parts = _parts(wanted)
    ranked = []
    if parts:
        for section in agenda.topics:
            names = [section.id, section.title or "", section.title_en or ""]
            ranks = [_rank(wanted, parts, text.fold(name), nearly) for name in names]
            rank = min((rank for rank in ranks if rank is not None), default=None)
            if rank is not None:
                ranked.append((rank, section))
    return sorted(ranked, key=lambda pair: pair[0])


def _parts(folded: str) -> list[str]:
    """The words of a folded text with those joined by hyphens taken apart."""
    return [part for word in text.folded_words(folded) for part in text.parts(word)]


def _rank(wanted: str, parts: list[str], name: str, nearly: bool) -> int | None:
    """How far `wanted` is from a title (see `match_topics`), or None for too far."""
    if wanted == name:
        return 0
    words = _parts(name)
    tests: list[Callable[[str, str], bool]] = [str.__eq__, str.startswith, str.__contains__]
    for rank, test in enumerate(tests, start=1):
        if all(any(test(word, part) for word in words) for part in parts):
            return rank
    long = [part for part in parts if len(part) > 2]
    if nearly and long and all(text.nearest(part, words, most=1) for part in long):
        return NEARLY
    return None


def no_topic(agendas: Sequence[Agenda], asked: str) -> str:
    """Say that there is no such topic, with what comes nearest."""
    titles = {
        title: section.id
        for agenda in agendas
        for section in agenda.topics
        for title in (section.title, section.title_en)
        if title
    }
    words = {
        word.text: identifier
        for title, identifier in titles.items()
        for word in text.words(title)
    }  # fmt: skip
    hint = f"natoagenda search {shown(asked)} looks in the text itself"
    near = [
        words[found]
        for part in text.words(asked)
        if len(part.text) > 3
        for found in text.nearest(part.text, words, cutoff=0.65)
    ]
    if near:
        nearest = " or ".join(dict.fromkeys(near))
        return f"no topic is called {shown(asked)}; did you mean {nearest}? {hint}"
    known = ", ".join(dict.fromkeys(titles.values()))
    has = f"there are {known}" if known else "there are none"
    return f"no topic is called {shown(asked)}; {has}; {hint}"


def whole(agenda: Agenda) -> Whole:
    """Everything that one agenda holds, in reading order."""
    return Rows(agenda).whole()


def _spans(numbers: Sequence[int]) -> str:
    """Write rising numbers briefly: 1 to 5, or 1, 2 and 7."""
    if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"{numbers[0]} to {numbers[-1]}"
    return ", ".join(map(str, numbers))
