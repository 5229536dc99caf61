"""What a process that reads letters says, heard: of bounded length, in time, and not believed."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import msgspec
import pytest

from natoagenda import dump, importing
from natoagenda.errors import DataError
from natoagenda.importing import apart, assemble, confinement, wire
from natoagenda.importing.source import Block, Letter


@contextlib.contextmanager
def said(data: bytes, *, over: bool = True) -> Iterator[IO[bytes]]:
    """A pipe in which something was said; `over` where its other end is closed."""
    end, begin = os.pipe()
    os.write(begin, data)
    if over:
        os.close(begin)
    with os.fdopen(end, "rb") as stream:
        yield stream
    if not over:
        os.close(begin)


def heard(data: bytes, seconds: float = 5.0, *, over: bool = True) -> list[wire.Frame]:
    with said(data, over=over) as stream:
        return list(wire.frames(stream, time.monotonic() + seconds))


PAGE = wire.Page(done=1, whole=2)


def test_what_is_said_is_heard() -> None:
    frames: list[wire.Frame] = [wire.Ready(), PAGE, wire.failed("data", "a\nb")]
    data = b"".join(wire.packed(frame) or b"" for frame in frames)
    assert heard(data) == [wire.Ready(), PAGE, wire.Failed(kind="data", problem="a b")]


def test_a_frame_that_breaks_off_is_none() -> None:
    whole = wire.packed(PAGE)
    assert whole is not None
    for length in range(len(whole)):
        assert heard(whole + whole[:length]) == [PAGE]


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xff\xff\xff",
        (wire.MOST_BYTES + 1).to_bytes(4, "big"),
        b"\0\0\0\0",
        b"\0\0\0\1\xc1",
        b"\0\0\0\1\x07",
        b"\0\0\0\x0b\x81\xa4type\xa4Odd\xff",
        b"\0\0\0\x0c\x82\xa4type\xa5Ready\xa1x\xc0"[:15] + b"\xc0",
        b"\0\0\x90\0" + b"\x91" * 0x9000,
    ],
)
def test_what_makes_no_sense_is_broken(data: bytes) -> None:
    with pytest.raises(wire.BrokenError):
        heard(data)


def test_one_who_says_nothing_is_not_waited_for() -> None:
    began = time.monotonic()
    with pytest.raises(wire.SilentError):
        heard(b"\0\0", 0.05, over=False)
    with pytest.raises(wire.SilentError):
        heard(b"", -1.0, over=False)
    assert time.monotonic() - began < 5


def test_one_who_never_ends_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "MOST_FRAMES", 3)
    with pytest.raises(wire.BrokenError):
        heard((wire.packed(PAGE) or b"") * 4)


def test_an_answer_that_nobody_would_hear_is_not_sent() -> None:
    long = Letter(blocks=(Block(text="a" * wire.MOST_BYTES),), notes=(), pages=1)
    assert wire.packed(wire.Read(letter=long)) is None


@pytest.mark.parametrize("text", ["a" * 10_000, "a\n" * 10_000, "\x1b" * 10_000, "\u202e" * 9999])
def test_a_problem_is_one_short_line(text: str) -> None:
    problem = wire.brief(text)
    assert 0 < len(problem) <= wire.MOST_PROBLEM
    assert problem.isprintable()


# -- believing -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def made(letter: Path) -> wire.Made:
    agenda, report = assemble.assemble(importing.read(letter), "brief")
    return apart._made(dump.dump(agenda), report, "brief")


def test_what_an_honest_child_says_is_what_it_made(made: wire.Made, letter: Path) -> None:
    assert wire.agenda(made, "brief") == assemble.assemble(importing.read(letter), "brief")


@pytest.mark.parametrize(
    ("was", "lie"),
    [
        ("reviewed: false", "reviewed: true"),
        ("id: washington-2024", "id: con"),
        ("id: washington-2024", "id: other-2023"),
        ("pages: 7", "pages: 7\n    extra: 1"),
        ("id: washington-2024", "id: ../../x"),
        ("id: washington-2024", "id: /etc/x-2024"),
        ("schema: 1", "schema: 2"),
        ("schema: 1", "schema: &a [*a]"),
        ("NAVO-TOP", "ANDERE TOP"),
        ("sessions:", "sessions: []\nx:"),
    ],
)
def test_an_agenda_that_ours_could_not_be_is_not_taken(was: str, lie: str, made: wire.Made) -> None:
    text = made.text.replace(was, lie)
    assert text != made.text
    with pytest.raises((DataError, wire.BrokenError)):
        wire.agenda(msgspec.structs.replace(made, text=text), "brief")


@pytest.mark.parametrize(
    "change",
    [{"text": "\ud800"}, {"text": ""}, {"accounted": 10**6}, {"footnotes": 0}, {"words": 0}],
)
def test_a_report_that_cannot_be_is_not_taken(change: dict[str, object], made: wire.Made) -> None:
    with pytest.raises((DataError, wire.BrokenError)):
        wire.agenda(msgspec.structs.replace(made, **change), "brief")


def test_an_agenda_longer_than_its_file_may_be_is_an_error(made: wire.Made, letter: Path) -> None:
    _, report = assemble.assemble(importing.read(letter), "brief")
    with pytest.raises(DataError, match="no agenda can be made of this: it is larger than 4 MB"):
        apart._made("a" * (4 * 2**20 + 1), report, "brief")


@pytest.mark.parametrize("said", [("x",) * 10**5, ("a" * 1000,) * 1000, ("a" * 10**6,), ("a", "b")])
def test_a_report_says_as_much_as_a_table_shows_soon(
    said: tuple[str, ...], made: wire.Made
) -> None:
    few = wire.few(said)
    assert few == said or few[-1].endswith(" more)")
    assert len(few) <= wire.MOST_SENTENCES
    _, report = wire.agenda(msgspec.structs.replace(made, doubts=few), "brief")
    assert report.doubts == few
    if sum(map(len, said)) > importing.MOST_TEXT:
        with pytest.raises(wire.BrokenError):
            wire.agenda(msgspec.structs.replace(made, doubts=said), "brief")


# -- both ends -----------------------------------------------------------------------------


def test_each_failure_is_told_by_its_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a child answers, in this process, which gives up nothing."""
    from natoagenda.errors import DependencyError

    monkeypatch.setattr(confinement, "confine", lambda *_limits: ())
    request = wire.Request("brief", "letter", None, b"x")

    def failing(error: Exception) -> wire.Frame:
        def read(_data: bytes, _name: str) -> importing.Reader:
            raise error

        monkeypatch.setattr(importing, "reader", read)
        with contextlib.ExitStack() as limits:
            return apart._answer(request, lambda _frame: None, limits)

    assert failing(DataError("brief", "bad", line=2, column=3)) == wire.Failed(
        kind="data", problem="bad", line=2, column=3
    )
    assert failing(DependencyError("it lacks x")) == wire.failed("dependency", "it lacks x")
    assert failing(MemoryError()) == wire.failed("data", apart._TOO_LARGE)
    fault = failing(ValueError("odd"))
    assert isinstance(fault, wire.Failed)
    assert fault.problem.startswith("ValueError: odd (test_wire.py:")


@pytest.mark.parametrize("task", ["letter", "agenda"])
def test_a_child_tells_of_pages_and_answers(
    task: str, monkeypatch: pytest.MonkeyPatch, letter: Path
) -> None:
    monkeypatch.setattr(confinement, "confine", lambda *_limits: ())
    request = msgspec.convert(
        {"name": "brief", "task": task, "days": None, "data": letter.read_bytes()}, wire.Request
    )
    told: list[wire.Frame] = []
    with contextlib.ExitStack() as limits:
        answer = apart._answer(request, told.append, limits)
    assert told[0] == wire.Ready()
    assert all(isinstance(frame, wire.Page) for frame in told[1:])
    assert len(told) > 1
    assert isinstance(answer, wire.Read if task == "letter" else wire.Made)


@pytest.mark.parametrize(
    ("platform", "names"),
    [
        ("linux", {"LD_LIBRARY_PATH"}),
        ("win32", {"SYSTEMROOT", "PATH"}),
        ("darwin", set()),
    ],
)
def test_a_child_gets_only_what_starts_python(platform: str, names: set[str]) -> None:
    here = {"HOME": "/home/anna", "LD_LIBRARY_PATH": "/opt", "SYSTEMROOT": "C", "PATH": "/bin",
            "TOKEN": "secret", "PYTHONPATH": "/x"}  # fmt: skip
    given = apart._environment(here, platform)
    assert given.keys() == names
