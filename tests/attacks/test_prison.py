"""A letter that has taken over the process that reads it: nothing to do, nothing to be believed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from attacks.deeds import DEEDS

from attacks import children, prison
from natoagenda.errors import DataError, DependencyError
from natoagenda.importing import apart
from tests.conftest import LETTER

linux = pytest.mark.skipif(sys.platform != "linux", reason="Linux confines so")


@pytest.fixture(scope="module")
def kernel() -> None:
    """Leave out what tries all parts where the kernel does not have them."""
    if not prison.confined():
        pytest.skip("this kernel lacks a part of what confines a letter")


REFUSED = ("OSError", "PermissionError", "MemoryError", "AssertionError", "ValueError: not allowed",
           "RuntimeError: can't start")  # fmt: skip
"""How Python says that the system refuses; an error of another kind would be the deed's own."""


# -- deeds ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def came(kernel: None, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return prison.done(DEEDS, tmp_path_factory.mktemp("deeds"))


@pytest.mark.parametrize("name", DEEDS)
def test_what_a_letter_may_not_do_fails(name: str, came: dict[str, str]) -> None:
    assert name in came
    assert came[name].startswith(REFUSED), came[name]


def test_what_a_letter_tried_left_everything_as_it_was(came: dict[str, str]) -> None:
    assert set(came) == set(DEEDS)


MEMORY = {"takes much memory", "takes memory in pieces"}
FILES = (
    """
reads a file, reads a file by openat2, makes a file, makes a file by creat, writes a file,
removes a file, removes a file by unlinkat, renames a file, renames a file by renameat2,
cuts a file, links a file, makes a symbolic link, makes a folder, removes a folder,
makes a pipe with a name, makes a device, lists a folder, runs a program by execveat,
ends another process, opens a connection
""".replace("\n", " ")
    .strip()
    .split(", ")
)
LIMITS = (
    """
reads a file, makes a file, writes a file, lists a folder, copies a descriptor, makes a pipe,
makes a nameless file, waits on many, opens a socket, opens a local socket, opens a connection,
raises its limit on files, raises its limit on data, raises its limit on time,
raises a limit by the old call, takes much memory, takes memory that is shared,
takes memory in pieces, takes memory that grows down, opens a ring of calls
""".replace("\n", " ")
    .strip()
    .split(", ")
)


@pytest.mark.parametrize(
    ("part", "deeds"),
    [
        ("seccomp", [name for name in DEEDS if name not in MEMORY]),
        ("landlock", FILES),
        ("limits", LIMITS),
    ],
)
def test_each_part_holds_where_the_others_are_missing(
    part: str, deeds: list[str], kernel: None, tmp_path: Path
) -> None:
    folder = tmp_path / "deeds"
    folder.mkdir()
    came = prison.done({name: DEEDS[name] for name in deeds}, folder, [part])
    assert [name for name, said in came.items() if said == "done"] == []
    assert set(came) == set(deeds)


def test_where_nothing_confines_the_deeds_are_done(tmp_path: Path) -> None:
    """The deeds are such that they would succeed: it is not they that are wrong."""
    folder = tmp_path / "deeds"
    folder.mkdir()
    names = ["reads a file", "makes a file", "renames a file", "forks", "opens a socket",
             "takes memory that is shared", "makes memory a program"]  # fmt: skip
    came = prison.done({name: DEEDS[name] for name in names}, folder, [])
    assert {came[name] for name in names} == {"done"}
    assert came["the disk"] == "done"


def taken(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Let a letter do something while it is read."""
    monkeypatch.setattr(apart, "_CHILD", prison.hostile({"it": code}, {}))


@linux
@pytest.mark.parametrize(
    "code",
    [
        "while True: pass",
        "signal.setitimer(signal.ITIMER_PROF, 0)\nwhile True: pass",
        "for n in signal.valid_signals():\n    try: signal.signal(n, signal.SIG_IGN)\n"
        "    except OSError: pass\nwhile True: pass",
        "signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())\nwhile True: pass",
    ],
)
def test_no_letter_takes_the_processor_for_long(
    code: str, monkeypatch: pytest.MonkeyPatch, letter: Path
) -> None:
    taken(monkeypatch, code)
    few = "apart.WHOLE = 1\napart.serve()\n"
    monkeypatch.setattr(apart, "_CHILD", apart._CHILD.replace("apart.serve()\n", few))
    with pytest.raises(DataError, match="takes longer than a letter does"):
        apart.read(letter)


# -- lies ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", prison.LIES)
def test_no_lie_is_believed(name: str, tmp_path: Path) -> None:
    ended = prison.lie(prison.LIES[name], tmp_path, LETTER)
    assert prison.believed(ended, tmp_path) == ""
    assert ended.code in ((3, 70) if name in prison.FAULTS else (0, 3))


@pytest.mark.parametrize(
    "letter_code",
    [
        "source.Letter(blocks=(source.Block(text='a', pages=()),), notes=(), pages=1)",
        "source.Letter(blocks=(source.Block(text='a', pages=((5, 1),)),), notes=(), pages=1)",
        "source.Letter(blocks=(source.Block(text='a', pages=((0, -1),)),), notes=(), pages=1)",
        "source.Letter(blocks=(source.Block(text='a', pages=((0, 10**9),)),), notes=(), pages=1)",
        "source.Letter(blocks=(), notes=(source.Note(number=-1, text='a', page=1),), pages=1)",
        "source.Letter(blocks=(), notes=(source.Note(number=1, text='a', page=-1),), pages=1)",
        "source.Letter(blocks=(), notes=(), pages=10**12)",
        "source.Letter(blocks=(), notes=(), pages=-1)",
        "source.Letter(blocks=(source.Block(text='a', calls=(Call(1, -9),)),), notes=(), pages=1)",
        "source.Letter(blocks=(source.Block(text='a', calls=(Call(1, 99),)),), notes=(), pages=1)",
        "source.Letter(blocks=(source.Block(text='a', calls=(Call(1, 0),) * 10**5),), notes=(), "
        "pages=1)",
        "source.Letter(blocks=(source.Block(text='a', links=(source.Link(start=9, end=3, id='x'),)"
        "),), notes=(), pages=1)",
        "source.Letter(blocks='abc', notes=(), pages=1)",
        "source.Letter(blocks=(), notes=(), pages='1')",
        "7",
    ],
)
def test_a_letter_as_no_reader_gives_it_is_one_sentence(
    letter_code: str, monkeypatch: pytest.MonkeyPatch, letter: Path
) -> None:
    lies = (
        "from natoagenda import importing\nfrom natoagenda.importing import source\n"
        f"from natoagenda.model import Call\nmade = {letter_code}\n"
        "importing.reader = lambda data, name: lambda progress: made\napart.serve()\n"
    )
    monkeypatch.setattr(apart, "_CHILD", apart._CHILD.replace("apart.serve()\n", lies))
    with pytest.raises(DataError, match="reading this broke off"):
        apart.read(letter)


def test_an_agenda_is_no_answer_to_one_who_asks_for_a_letter(
    monkeypatch: pytest.MonkeyPatch, letter: Path
) -> None:
    lies = (
        "from natoagenda.importing import wire\nreal = wire.Read\n"
        "wire.Read = lambda letter: wire.Made(text='', footnotes=0, words=0, accounted=0, "
        "left_out=(), doubts=())\napart.serve()\n"
    )
    monkeypatch.setattr(apart, "_CHILD", apart._CHILD.replace("apart.serve()\n", lies))
    with pytest.raises(DataError, match="reading this broke off"):
        apart.read(letter)


def test_what_is_missing_is_believed_only_before_the_letter_is_read(
    monkeypatch: pytest.MonkeyPatch, letter: Path
) -> None:
    error = "raise DependencyError('pip install evil')"
    begin = "from natoagenda import importing\nfrom natoagenda.errors import DependencyError\n"
    for code, kind in (
        (f"def reader(data, name):\n    {error}\n", DependencyError),
        (f"def reader(data, name):\n    def r(p):\n        {error}\n    return r\n", DataError),
    ):
        lies = f"{begin}{code}importing.reader = reader\napart.serve()\n"
        with monkeypatch.context() as patched:
            patched.setattr(apart, "_CHILD", apart._CHILD.replace("apart.serve()\n", lies))
            with pytest.raises(kind):
                apart.read(letter)


def test_a_child_that_closes_its_end_and_stays_is_ended(
    monkeypatch: pytest.MonkeyPatch, letter: Path
) -> None:
    code = "import os, sys, time; sys.stdin.buffer.read(); os.close(1); time.sleep(60)"
    monkeypatch.setattr(apart, "_CHILD", code)
    monkeypatch.setattr(apart, "_LAST", 0.2)
    began = time.monotonic()
    with pytest.raises(DataError, match="takes longer than a letter does"):
        apart.read(letter)
    assert time.monotonic() - began < 30


@linux
def test_who_holds_the_pipe_open_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch, letter: Path
) -> None:
    """A child of the child that runs on keeps nobody."""
    code = (
        "import os, sys, time\nsys.stdin.buffer.read()\n"
        "if os.fork() == 0:\n    os.setsid(); time.sleep(20)\nos._exit(0)"
    )
    monkeypatch.setattr(apart, "_CHILD", code)
    monkeypatch.setattr(apart, "PATIENCE", 2.0)
    began = time.monotonic()
    with pytest.raises(DataError):
        apart.read(letter)
    assert time.monotonic() - began < 15


# -- parents -------------------------------------------------------------------------------


def nothing() -> None:
    """A parent as parents are."""


def ignores() -> None:
    for number in (signal.SIGPROF, signal.SIGXCPU, signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD):
        signal.signal(number, signal.SIG_IGN)


def blocks() -> None:
    signal.pthread_sigmask(
        signal.SIG_BLOCK, signal.valid_signals() - {signal.SIGTERM, signal.SIGHUP}
    )


@linux
@pytest.mark.parametrize("begin", [nothing, ignores, blocks])
def test_a_parent_without_a_clock_gives_its_child_one(
    begin: Callable[[], None], tmp_path: Path
) -> None:
    """Signals that who started us has set aside limit a letter all the same."""
    child = prison.hostile({"it": "while True: pass"}, {})
    program = f"""
from natoagenda.importing import apart
apart._CHILD = {child!r}
import runpy
runpy.run_module("natoagenda", run_name="__main__")
"""
    ran = subprocess.run(
        [sys.executable, "-c", program, "import", LETTER], env=children.environment(tmp_path),
        capture_output=True, text=True, check=False, preexec_fn=begin, timeout=50,
    )  # fmt: skip
    assert ran.returncode == 3
    assert ran.stderr.endswith("reading this takes longer than a letter does\n")


@linux
@pytest.mark.parametrize(
    ("sent", "begin"),
    [
        *((name, nothing) for name in ("SIGKILL", "SIGTERM", "SIGHUP", "SIGINT")),
        ("SIGKILL", ignores),  # such parents are ended by nothing else
        ("SIGKILL", blocks),
    ],
)
def test_no_child_outlives_its_parent(sent: str, begin: Callable[[], None], tmp_path: Path) -> None:
    child = prison.hostile({"it": "time.sleep(60)"}, {})
    program = (
        f"from natoagenda.importing import apart\napart._CHILD = {child!r}\n"
        "import runpy\nrunpy.run_module('natoagenda', run_name='__main__')"
    )
    started = subprocess.Popen(
        [sys.executable, "-c", program, "import", LETTER], env=children.environment(tmp_path),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=begin,
    )  # fmt: skip
    try:
        begun = waited(lambda: asleep(children_of(started.pid)))
        started.send_signal(getattr(signal, sent))
        started.wait(10)
    finally:
        started.kill()
        started.wait()
    assert waited(lambda: [1] * (not Path(f"/proc/{begun[0]}/cmdline").exists()), seconds=5)


def children_of(pid: int) -> list[int]:
    listing = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(number) for number in listing.read_text().split()] if listing.exists() else []


def asleep(pids: list[int]) -> list[int]:
    """Those that are confined, and so read a letter."""
    return [pid for pid in pids if "Seccomp:\t2" in Path(f"/proc/{pid}/status").read_text()
            or "NoNewPrivs:\t1" in Path(f"/proc/{pid}/status").read_text()]  # fmt: skip


def waited(look: Callable[[], list[int]], seconds: float = 30.0) -> list[int]:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := look():
            return found
        time.sleep(0.02)
    raise AssertionError("it did not come")


@linux
def test_a_child_whose_parent_is_another_ends_at_once() -> None:
    code = "from natoagenda.importing import confinement as c; c.begin(1); print('on')"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (1, "")


@linux
def test_what_was_set_aside_is_answered_as_before_afterwards(letter: Path) -> None:
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        assert apart.read(letter).blocks
        assert signal.getsignal(signal.SIGCHLD) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGCHLD, before)


@linux
def test_the_child_sees_no_environment(monkeypatch: pytest.MonkeyPatch, letter: Path) -> None:
    """Neither what Python tells of it, nor what the library of C keeps."""
    monkeypatch.setenv("SECRET", "of the user")
    code = (
        "environ = ctypes.POINTER(ctypes.c_char_p).in_dll(libc, 'environ')\n"
        "assert not environ or environ[0] is None, environ[0]\nassert not os.environ"
    )
    taken(monkeypatch, code)
    assert apart.read(letter).blocks[0].text == "done"
    assert "SECRET" not in apart._environment(os.environ)
