"""The same topic in several letters: which topics are the same, and what changed between two.

Sentences are compared by the stems of their words, in order, with difflib. rapidfuzz found the same
pairs among 13,743 and took 0.4 microseconds a pair instead of 4, but 14 milliseconds more to
import, which is what 3,500 pairs cost: ten stances each in some thirty-five letters.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator, Sequence
from enum import StrEnum

import msgspec

from natoagenda import answers, text
from natoagenda.errors import NotFoundError, question
from natoagenda.matching import stems
from natoagenda.model import Agenda, Reference, Role, Section
from natoagenda.rows import (
    Change,
    ComparedStance,
    ComparedTopic,
    Comparison,
    Mention,
    PromiseRow,
    Rows,
    StatementRow,
)

ALIKE = 0.5
"""Sentences that share this much of their words, from 0 to 1, are one sentence that changed."""

_DOMINANT = 1 / 3
"""The share of a section's statements that must name a topic for it to be on that topic."""

_GENERIC = frozenset(
    """
    aanpak agenda aspecten belang beleid bespreking betrekkingen bijdrage brede cooperation
    discussie europese gemeenschappelijke gesprek inleiding internationale inzet kader kabinet
    maatregelen nationale navo nato nederland nederlandse nieuwe ontwikkelingen onderwerpen overig
    overige partnerschap partnerschappen positie proces raad rol samenwerking situatie stand
    standpunt steun support toekomst top uitdagingen versterken versterking voortgang wereldwijde
    zaken
    """.split()
)
"""Words of titles that many topics have and that make none of them the same."""


class Likeness(StrEnum):
    """Why a topic is taken for the one asked for; the surest first."""

    TITLE = "title"
    STEM = "stem"
    WORDS = "words"
    TEXT = "text"


class Asked:
    """A topic as it is asked for."""

    def __init__(self, asked: str) -> None:
        """Read what was typed, or another topic's title."""
        self.asked = asked
        words = _content(asked)
        by_stem = stems(words)
        self._stems = {by_stem[word] for word in words}
        self._specific = {by_stem[word] for word in words if word not in _GENERIC}

    def topics(
        self, agenda: Agenda, *, in_text: bool = True
    ) -> tuple[Likeness, list[Section]] | None:
        """The topics of an agenda that are the one asked for, and why; None where none is.

        Args:
            agenda: the agenda.
            in_text: whether what the sections say counts where no title matches.
        """
        if ranked := answers.match_topics(agenda, self.asked, nearly=False):
            return Likeness.TITLE, [section for rank, section in ranked if rank == ranked[0][0]]
        titles = [
            (section, [stems(words) for words in _titles(section)]) for section in agenda.topics
        ]
        for likeness, test in ((Likeness.STEM, self._has_all), (Likeness.WORDS, self._shares)):
            found = [section for section, names in titles if any(map(test, names))]
            if found:
                return likeness, found
        if in_text and (section := self._dominated(agenda)):
            return Likeness.TEXT, [section]
        return None

    def _has_all(self, title: dict[str, str]) -> bool:
        return bool(self._stems) and self._stems <= set(title.values())

    def _shares(self, title: dict[str, str]) -> bool:
        """Whether all that is specific in one is in the other, whichever has more."""
        specific = {stem for word, stem in title.items() if word not in _GENERIC}
        return bool(self._specific and specific) and (
            self._specific <= set(title.values()) or specific <= self._stems
        )

    def _dominated(self, agenda: Agenda) -> Section | None:
        """The topic whose statements name what is asked for, far more than the others do."""
        wanted = self._specific
        best: tuple[float, Section] | None = None
        for section in agenda.topics if wanted else ():
            if not wanted <= _stems_in(" ".join(each.text for each in section.statements)):
                continue
            naming = sum(wanted <= _stems_in(statement.text) for statement in section.statements)
            share = naming / max(1, len(section.statements))
            if naming > 1 and share >= _DOMINANT and (best is None or share > best[0]):
                best = share, section
        return best and best[1]


def _content(title: str) -> list[str]:
    """The words of a text that say what it is about; all, where none does."""
    words = [part for word in text.folded_words(text.fold(title)) for part in text.parts(word)]
    return [word for word in words if word not in text.FUNCTION_WORDS] or words


def _titles(section: Section) -> Iterator[list[str]]:
    """The words of a section's titles, Dutch and English."""
    for title in (section.title, section.title_en):
        if title:
            yield _content(title)


def _stems_in(body: str) -> set[str]:
    words = set(text.folded_words(text.fold(body)))
    return set(stems([part for word in words for part in text.parts(word)]).values())


# -- comparing -----------------------------------------------------------------------------


def compare(agendas: Sequence[Agenda], asked: str) -> tuple[list[Comparison], list[str]]:
    """The stances on a topic in each letter, with what changed since the letter before.

    Args:
        agendas: the meetings, by date.
        asked: an id, or words of a title, Dutch or English.

    Returns:
        A row for each letter that has the topic, and for each topic where a letter has several
        that are the same; and the ids of the letters without it.

    Raises:
        NotFoundError: where no letter has it.
        UsageError: where it is too long.
    """
    wanted = Asked(question(asked))
    rows: list[Comparison] = []
    without: list[str] = []
    earlier: list[StatementRow] = []
    before = ""
    for agenda in agendas:
        found = wanted.topics(agenda)
        if found is None:
            without.append(agenda.id)
            continue
        likeness, sections = found
        maker = Rows(agenda)
        now = [row for section in sections for row in maker.statements(section, Role.STANCE)]
        pairs = align([row.text for row in earlier], [row.text for row in now])
        stances = [
            _compared(row, earlier, pairs.get(at)) if before else _plain(row)
            for at, row in enumerate(now)
        ]
        followed = {place for place, _ in pairs.values()}
        gone = tuple(
            _plain(row, Change.GONE) for at, row in enumerate(earlier) if at not in followed
        )
        for i, section in enumerate(sections):
            rows.append(
                Comparison(
                    agenda=agenda.id,
                    starts=agenda.starts,
                    ends=agenda.ends,
                    organisation=agenda.organisation,
                    topic=ComparedTopic(
                        id=section.id,
                        title=section.title or section.id,
                        title_en=section.title_en,
                        match=likeness.value,
                    ),
                    before=before or None,
                    stances=tuple(row for row in stances if row.section == section.id),
                    gone=gone if i == 0 else (),
                )
            )
        earlier, before = now, agenda.id
    if not rows:
        raise NotFoundError(answers.no_topic(agendas, asked))
    return rows, without


def spelt(agendas: Sequence[Agenda], asked: str) -> str | None:
    """What was typed with its words spelt as in titles of topics; None where one is in none."""
    known = {
        word
        for agenda in agendas
        for section in agenda.topics
        for title in _titles(section)
        for word in title
    }
    found = [text.nearest(word, known, most=1) for word in _content(asked)]
    return " ".join(near[0] for near in found) if found and all(found) else None


def _plain(row: StatementRow, change: Change | None = None) -> ComparedStance:
    return ComparedStance(
        **msgspec.structs.asdict(row), change=change, before=None, similarity=None
    )


def _compared(
    row: StatementRow, earlier: Sequence[StatementRow], pair: tuple[int, float] | None
) -> ComparedStance:
    if pair is None:
        return _plain(row, Change.NEW)
    place, similarity = pair
    same = _words(row.text) == _words(earlier[place].text)
    change = Change.SAME if same else Change.CHANGED
    return ComparedStance(
        **msgspec.structs.asdict(row),
        change=change,
        before=earlier[place].id,
        similarity=round(similarity, 3),
    )


def align(before: Sequence[str], now: Sequence[str]) -> dict[int, tuple[int, float]]:
    """Pair the sentences of two letters that are the same or nearly.

    Args:
        before: the sentences of the earlier letter.
        now: those of the later one.

    Returns:
        By the place of a sentence in `now`, the place of its like in `before` and how much of
        their words they share, from `ALIKE` to 1. Each sentence is in one pair at the most, in
        that with the one that is most like it.
    """
    old, new = [_stemmed(each) for each in before], [_stemmed(each) for each in now]
    ranked = sorted(
        (
            (ratio, -abs(i - j), -i, -j)
            for i, one in enumerate(old)
            for j, other in enumerate(new)
            if (ratio := _ratio(one, other)) >= ALIKE
        ),
        reverse=True,
    )
    pairs: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    for ratio, _, i, j in ranked:
        if -j not in pairs and -i not in taken:
            pairs[-j] = (-i, ratio)
            taken.add(-i)
    return pairs


def _words(sentence: str) -> list[str]:
    return text.folded_words(text.fold(sentence))


def _stemmed(sentence: str) -> list[str]:
    words = _content(sentence)
    by_stem = stems(words)
    return [by_stem[word] for word in words]


def _ratio(one: Sequence[str], other: Sequence[str]) -> float:
    """How much of their words two sentences share, in order."""
    whole = len(one) + len(other)
    shared = sum((Counter(one) & Counter(other)).values())
    if whole == 0 or 2 * shared / whole < ALIKE:  # in whatever order
        return 0.0
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()


# -- promises ------------------------------------------------------------------------------


def followed(agendas: Sequence[Agenda], rows: Sequence[PromiseRow]) -> list[PromiseRow]:
    """Add to promises the later letters that mention the same reference or topic.

    Args:
        agendas: the meetings, by date.
        rows: promises from some of them.
    """
    by_agenda: dict[str, list[PromiseRow]] = {}
    for row in rows:
        by_agenda.setdefault(row.agenda, []).append(row)
    promises: dict[tuple[str, str], _Promise] = {}
    for agenda in agendas:
        for promise in promises.values():
            if promise.starts < agenda.starts:
                promise.look_in(agenda)
        for row in by_agenda.get(agenda.id, ()):
            promises[row.agenda, row.id] = _Promise(agenda, row)
    return [promises[row.agenda, row.id].answer() for row in rows]


class _Promise:
    """A promise, and what later letters say on what it is about."""

    def __init__(self, agenda: Agenda, row: PromiseRow) -> None:
        self.row = row
        self.starts = agenda.starts
        self._later: list[Mention] = []
        section = next(each for each in agenda.sections if each.id == row.section)
        self._topic = Asked(section.title or section.id) if section in agenda.topics else None
        own = {row.id, *(quote.id for quote in row.about)}
        called = {
            f"footnote:{call.number}"
            for statement in agenda.statements()
            if statement.id in own
            for call in statement.calls
        }
        self._papers = {
            reference.id
            for reference in agenda.references
            if not (own | called).isdisjoint(reference.cited_from)
        }

    def look_in(self, agenda: Agenda) -> None:
        for reference in agenda.references:
            if reference.id in self._papers:
                self._later.append(_mention(agenda, reference))
        found = self._topic and self._topic.topics(agenda, in_text=False)
        for section in found[1] if found else ():
            self._later.append(
                Mention(
                    agenda=agenda.id,
                    starts=agenda.starts,
                    by="topic",
                    id=section.id,
                    title=section.title or section.id,
                    places=tuple(
                        statement.id
                        for role in (Role.COMMITMENT, Role.STANCE)
                        for statement in section.with_role(role)
                    ),
                )
            )

    def answer(self) -> PromiseRow:
        return msgspec.structs.replace(self.row, later=tuple(self._later))


def _mention(agenda: Agenda, reference: Reference) -> Mention:
    return Mention(
        agenda=agenda.id,
        starts=agenda.starts,
        by="reference",
        id=reference.id,
        title=reference.title.nl,
        places=reference.cited_from,
    )
