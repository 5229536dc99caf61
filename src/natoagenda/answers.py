"""Questions about agendas and their answers, as rows.

Each function takes agendas and gives rows, or raises a typed error that says what there is
instead. How a row looks on a terminal is `natoagenda.output`'s concern.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence

from natoagenda import text
from natoagenda.days import Day
from natoagenda.errors import NotFoundError, UsageError, shown
from natoagenda.model import Agenda, Role, Section
from natoagenda.rows import (
    FootnoteRow,
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


def schedule(agendas: Sequence[Agenda], day: Day | None = None) -> list[SessionRow]:
    """The entries of all programmes by date, undated last, within a day as the letter orders them.

    Args:
        agendas: the meetings.
        day: keeps only entries on such a day; an undated entry is on none.
    """
    rows = [
        rows.session(session)
        for rows in map(Rows, agendas)
        for session in rows.agenda.sessions
        if day is None or (session.date is not None and day.matches(session.date))
    ]
    return sorted(rows, key=lambda row: row.date or datetime.date.max)


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
    """The topics of every agenda, in the letters' order."""
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
        for agenda in agendas
        for section in agenda.topics
    ]


def statements(agendas: Sequence[Agenda], role: Role) -> list[StatementRow]:
    """The statements of one role, in reading order."""
    return [
        row
        for rows in map(Rows, agendas)
        for section in rows.agenda.sections
        for row in rows.statements(section, role)
    ]


def footnotes(agendas: Sequence[Agenda], number: int | None = None) -> list[FootnoteRow]:
    """The footnotes, or those with one number.

    Raises:
        NotFoundError: where no agenda has a footnote of that number.
    """
    found = [
        rows.footnote(footnote)
        for rows in map(Rows, agendas)
        for footnote in rows.agenda.footnotes
        if number is None or footnote.number == number
    ]
    if number is not None and not found:
        known = sorted({footnote.number for agenda in agendas for footnote in agenda.footnotes})
        has = f"there are {_spans(known)}" if known else "the letter has none"
        raise NotFoundError(f"there is no footnote {shown(str(number))[1:-1]}; {has}")
    return found


def references(agendas: Sequence[Agenda]) -> list[ReferenceRow]:
    """The documents that the letters lean on, in order of first citation."""
    return [row for rows in map(Rows, agendas) for row in rows.references(lambda _: True)]


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
    latest_first = sorted(agendas, key=lambda agenda: agenda.starts, reverse=True)
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
    ranks = {rank for agenda in agendas for rank, _ in match_topics(agenda, asked)}
    return ranks == {NEARLY}


def topic_ids(agendas: Sequence[Agenda], asked: str) -> set[tuple[str, str]]:
    """The topics, as pairs of agenda id and topic id, that `asked` fits best in each agenda.

    Raises:
        NotFoundError: where it fits none.
    """
    ranked = [(agenda.id, match_topics(agenda, asked)) for agenda in agendas]
    ranks = [rank for _, matches in ranked for rank, _ in matches]
    if not ranks:
        raise NotFoundError(_no_topic(agendas, asked))
    # A misspelling is only taken for one where no letter has the word as it was typed.
    furthest = NEARLY if min(ranks) == NEARLY else NEARLY - 1
    return {
        (agenda, section.id)
        for agenda, matches in ranked
        for rank, section in matches
        if rank == matches[0][0] <= furthest
    }


def match_topics(agenda: Agenda, asked: str) -> list[tuple[int, Section]]:
    """The topics of an agenda that `asked` may mean, each with how far off it is.

    The ranks: 0 the id or a whole title, 1 whole words of one, 2 beginnings of words,
    3 parts of words, 4 words that are nearly the same.
    """
    wanted = " ".join(text.fold(asked).split())
    parts = _parts(wanted)
    ranked = []
    if parts:
        for section in agenda.topics:
            names = [section.id, section.title or "", section.title_en or ""]
            ranks = [_rank(wanted, parts, text.fold(name)) for name in names]
            rank = min((rank for rank in ranks if rank is not None), default=None)
            if rank is not None:
                ranked.append((rank, section))
    return sorted(ranked, key=lambda pair: pair[0])


def _parts(folded: str) -> list[str]:
    """The words of a folded text with those joined by hyphens taken apart."""
    return [part for word in text.folded_words(folded) for part in text.parts(word)]


def _rank(wanted: str, parts: list[str], name: str) -> int | None:
    """How far `wanted` is from a title (see `match_topics`), or None for too far."""
    if wanted == name:
        return 0
    words = _parts(name)
    tests: list[Callable[[str, str], bool]] = [str.__eq__, str.startswith, str.__contains__]
    for rank, test in enumerate(tests, start=1):
        if all(any(test(word, part) for word in words) for part in parts):
            return rank
    long = [part for part in parts if len(part) > 2]
    if long and all(text.nearest(part, words, most=1) for part in long):
        return NEARLY
    return None


def _no_topic(agendas: Sequence[Agenda], asked: str) -> str:
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
    return f"no topic is called {shown(asked)}; there are {known}; {hint}"


def whole(agenda: Agenda) -> Whole:
    """Everything that one agenda holds, in reading order."""
    return Rows(agenda).whole()


def _spans(numbers: Sequence[int]) -> str:
    """Write rising numbers briefly: 1 to 5, or 1, 2 and 7."""
    if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"{numbers[0]} to {numbers[-1]}"
    return ", ".join(map(str, numbers))
