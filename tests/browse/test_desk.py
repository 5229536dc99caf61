"""Questions answered beside the screen: the latest counts, and nothing is left running."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from natoagenda import cache, library
from natoagenda.browse import desk as desks
from natoagenda.browse.desk import Desk
from natoagenda.errors import NotFoundError
from natoagenda.library import Agendas, Library, Tell
from natoagenda.model import Role
from tests.conftest import ROOT

LIBRARY = ROOT / "tests" / "library"


def untold(_done: int, _whole: int) -> None:
    """Tell nobody."""


def load(_tell: Tell = untold) -> tuple[Library, Agendas]:
    found = library.load([LIBRARY])
    return found, found.agendas


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = Desk(load)
    yield made
    made.close()


class Answers(list[Any]):
    """Collects answers, and lets one wait for them."""

    def __init__(self) -> None:
        super().__init__()
        self._came = threading.Semaphore(0)

    def __call__(self, answer: Any) -> None:
        self.append(answer)
        self._came.release()

    def wait(self, number: int = 1) -> None:
        for _ in range(number):
            assert self._came.acquire(timeout=20)


def test_a_question_is_answered_in_another_thread(desk: Desk) -> None:
    answers = Answers()
    desk.ask("who", lambda _found, chosen: (threading.get_ident(), len(chosen)), answers)
    answers.wait()
    ((thread, number),) = answers
    assert thread != threading.get_ident()
    assert number == 4


def test_only_the_latest_of_its_sort_is_answered(desk: Desk) -> None:
    answers, go = Answers(), threading.Event()
    desk.ask("search", lambda *_: go.wait(20), answers)
    for number in range(5):
        desk.ask("search", lambda *_, number=number: number, answers)
    desk.ask("compare", lambda *_: "compared", answers)
    go.set()
    answers.wait(2)
    assert answers == [4, "compared"]


def test_what_goes_wrong_is_the_answer(desk: Desk) -> None:
    answers = Answers()

    def fail(*_: Any) -> None:
        raise NotFoundError("nothing")

    desk.ask("search", fail, answers)
    answers.wait()
    assert isinstance(answers[0], NotFoundError)
    desk.ask("search", lambda *_: "well again", answers)
    answers.wait()
    assert answers[1] == "well again"


def test_a_cache_that_breaks_is_done_without(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "_given_up", False)
    answers, tries = Answers(), []

    def work(found: Library, _chosen: Agendas) -> str:
        tries.append(found)
        if len(tries) == 1:
            raise sqlite3.OperationalError("disk I/O error")
        return "answered"

    desk.ask("search", work, answers)
    answers.wait()
    assert answers == ["answered"]
    assert tries[0] is not tries[1]


def test_closing_stops_what_is_told_and_drops_the_rest() -> None:
    desk, answers, begun = Desk(load), Answers(), threading.Event()

    def long(*_: Any) -> None:
        tell = desk.tell(untold)
        for number in range(10**9):
            begun.set()
            tell(number, 10**9)

    desk.ask("search", long, answers)
    desk.ask("compare", lambda *_: "never", answers)
    assert begun.wait(20)
    desk.close()
    assert answers == []
    assert not [each for each in threading.enumerate() if each.name.startswith("natoagenda")]


def test_closing_a_desk_that_was_never_asked() -> None:
    Desk(load).close()


def test_it_finds_what_the_command_finds() -> None:
    found, chosen = load()
    told: list[tuple[int, int]] = []
    hits = desks.find(found, chosen, "oekraïne", None, "nl", lambda *at: told.append(at))
    assert len(hits.rows) > 5
    assert not hits.more
    stances = desks.find(found, chosen, "oekraïne", Role.STANCE, "nl", untold)
    assert {hit.id for hit in stances.rows} < {hit.id for hit in hits.rows}
    one = found.choose(library.Choice(agenda="verzonnen-top-2022"))
    only = desks.find(found, one, "oekraïne", None, "nl", untold)
    assert {hit.agenda for hit in only.rows} == {"verzonnen-top-2022"}
    none = desks.find(found, chosen, "oekrainse", None, "nl", untold)
    assert none.nothing(found, chosen).startswith("nothing matches 'oekrainse'; these words would:")
    found.close()


def test_more_hits_than_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desks, "MOST_HITS", 3)
    found, chosen = load()
    hits = desks.find(found, chosen, "oekraïne", None, "nl", untold)
    assert (len(hits.rows), hits.more) == (3, True)
    found.close()


def test_it_compares_the_latest_and_says_whether_there_may_be_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found, chosen = load()
    whole = desks.compare(found, chosen, "oekraïne", untold)
    assert [agenda.id for agenda in whole.agendas] == [letter.id for letter in found.letters]
    assert not whole.there_are_more
    monkeypatch.setattr(desks, "MOST_LETTERS", 2)
    some = desks.compare(found, chosen, "oekraïne", untold)
    assert [agenda.starts.year for agenda in some.agendas] == [2023, 2024]
    assert some.there_are_more
    assert some.rows[0].before is None
    with pytest.raises(NotFoundError):
        desks.compare(found, chosen, "vis", untold)
    found.close()


def test_closing_closes_the_library() -> None:
    desk, answers = Desk(load), Answers()
    desk.ask("search", lambda found, _: found, answers)
    answers.wait()
    assert answers[0]._close.alive
    desk.close()
    assert not answers[0]._close.alive
