"""Questions that take a while, answered in a thread beside the screen.

The thread has a library of its own, because a connection to the cache belongs to one thread.
Of each sort of question only the latest counts: one that was overtaken before it was begun is
dropped, and so is the answer to one that was overtaken meanwhile.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

from natoagenda import cache, comparing, query, search
from natoagenda.errors import NotFoundError
from natoagenda.library import Agendas, Library, Tell
from natoagenda.model import Agenda, Role
from natoagenda.output import Lang
from natoagenda.rows import Comparison

MOST_HITS = 60
"""Hits that are shown; who types on finds the others."""

MOST_LETTERS = 12
"""Meetings that are compared: the latest that have the topic."""

Load = Callable[[Tell], tuple[Library, Agendas]]
"""Loads the library once more, and the agendas chosen from it."""

Work = Callable[[Library, Agendas], Any]
"""Answers one question."""


class LeftError(Exception):
    """Nobody waits for the answer any more."""


class Desk:
    """Takes questions from the screen and answers them in its own thread."""

    def __init__(self, load: Load) -> None:
        """Remember how to load the library; it is loaded with the first question."""
        self._load = load
        self._found: tuple[Library, Agendas] | None = None
        self._asked: Counter[str] = Counter()
        self._closed = False
        self._pool = ThreadPoolExecutor(1, "natoagenda")

    def ask(self, sort: str, work: Work, answer: Callable[[Any], None]) -> None:
        """Have a question answered.

        Args:
            sort: of questions of one sort only the latest is answered.
            work: what answers it, in the desk's thread.
            answer: is given the answer, or the error that came instead, in that thread too.
        """
        self._asked[sort] += 1
        self._pool.submit(self._do, sort, self._asked[sort], work, answer)

    def tell(self, then: Tell) -> Tell:
        """Pass on what is told while one works, and stop the work where the desk is closed."""

        def told(done: int, whole: int) -> None:
            if self._closed:
                raise LeftError
            then(done, whole)

        return told

    def close(self) -> None:
        """Drop all questions, and come back once the thread has ended."""
        self._closed = True
        self._pool.submit(self._leave)
        self._pool.shutdown(wait=True)

    def _do(self, sort: str, number: int, work: Work, answer: Callable[[Any], None]) -> None:
        if self._closed or number != self._asked[sort]:
            return
        try:
            result = self._work(work)
        except LeftError:
            return
        except Exception as error:
            result = error
        if not self._closed and number == self._asked[sort]:
            answer(result)

    def _work(self, work: Work) -> Any:
        while True:
            try:
                if self._found is None:
                    self._found = self._load(self.tell(lambda _done, _whole: None))
                return work(*self._found)
            except LeftError:
                self._leave()
                raise
            except Exception as error:
                self._leave()
                if not cache.give_up(error):
                    raise

    def _leave(self) -> None:
        if self._found is not None:
            self._found[0].close()  # in the thread that opened it
            self._found = None


class Hits(NamedTuple):
    """What a search found: hits, and whether there are more."""

    typed: str
    rows: Sequence[search.Hit]
    more: bool

    def nothing(self, found: Library, _chosen: Agendas) -> str:
        """Say that nothing matches, and which words would; finding these takes a while."""
        asked = query.parse(self.typed)
        return search.nothing(self.typed, asked, found.index().suggestions(asked))


def find(
    found: Library, chosen: Agendas, typed: str, role: Role | None, lang: Lang, tell: Tell
) -> Hits:
    """Search as the command `search` does.

    Args:
        found: the library.
        chosen: where to look.
        typed: what was typed, however incomplete.
        role: keeps to statements of this role.
        lang: the language to show where both match.
        tell: is told how many letters are indexed.
    """
    index = found.index(tell)
    asked = query.parse(typed)
    where = search.Filter(
        agendas=None if chosen.are_all else chosen.numbers,
        role=role,
        limit=MOST_HITS + 1,
        lang=lang,
    )
    rows = index.search(asked, where)
    return Hits(typed, rows[:MOST_HITS], len(rows) > MOST_HITS)


class Compared(NamedTuple):
    """A topic in several letters, these letters by date, and whether earlier ones may have it."""

    asked: str
    rows: Sequence[Comparison]
    agendas: Sequence[Agenda]
    there_are_more: bool


def compare(_found: Library, chosen: Agendas, asked: str, tell: Tell) -> Compared:
    """Compare a topic across the latest meetings that have it.

    Args:
        chosen: the meetings, by date.
        asked: the topic's title.
        tell: is told how many letters were looked at.

    Raises:
        NotFoundError: where no letter has it.
    """
    wanted = comparing.Asked(asked)
    latest: list[Agenda] = []
    for number, at in enumerate(range(len(chosen) - 1, -1, -1), start=1):
        tell(number, len(chosen))
        agenda = chosen[at]
        if wanted.topics(agenda):
            latest.append(agenda)
        if len(latest) == MOST_LETTERS:
            break
    if not latest:
        raise NotFoundError("no letter has this topic")
    latest.reverse()
    rows, _ = comparing.compare(latest, asked)
    return Compared(asked, rows, latest, number < len(chosen))
