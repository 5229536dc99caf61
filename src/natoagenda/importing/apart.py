"""Letters from strangers are read in a process of their own, which opens nothing and has limits.

What takes PDF, Word and XML apart is large and partly written in C. So the file's bytes go to a
child process; it imports what it needs, gives up the right to open files and connections, and
answers with a letter or an agenda, page by page. Where it takes longer or more memory than a
letter does, or breaks down, the system ends it and the user reads one sentence. The limits are
the system's own: where it has none (Windows), the child still keeps a crash away.
"""

from __future__ import annotations

import contextlib
import datetime
import importlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Literal, NoReturn

import msgspec

from natoagenda import files
from natoagenda.errors import DataError, DependencyError
from natoagenda.importing import Progress
from natoagenda.importing.report import Report
from natoagenda.importing.source import Letter
from natoagenda.model import Agenda

Days = tuple[datetime.date, datetime.date]

STEP = 1.2
"""Seconds of the processor between two signs of progress, such as a page: a letter takes 0.1."""

STARTS = 6
"""A step may also take so many times what starting took, which is longer on a slow machine."""

WHOLE = 8
"""Steps that a whole letter may take."""

MEMORY = 170 * 1024 * 1024
"""Bytes of data; a letter of 90 pages takes half of that."""

PATIENCE = 300.0
"""Seconds of the clock, in case the child neither works nor ends."""

_LATER = (
    "difflib", "encodings.cp1252", "encodings.cp437", "encodings.utf_16", "encodings.utf_8_sig",
    "hashlib", "heapq", "natoagenda.dataset", "natoagenda.dump", "yaml",
)  # fmt: skip
"""What Python or a library imports only when it is needed, and then no longer could."""

_TOO_LONG = "reading this takes longer than a letter does"
_TOO_LARGE = "reading this takes more memory than a letter does"
_BROKEN = "reading this broke off; it is damaged, or no letter"

_CHILD = """\
import sys
sys.path[:] = {path!r}
from natoagenda.importing import apart
apart.serve()
"""


class _Request(msgspec.Struct):
    name: str
    task: Literal["letter", "agenda"]
    days: Days | None
    data: bytes


class _Page(msgspec.Struct, tag=True):
    done: int
    whole: int


class _Read(msgspec.Struct, tag=True):
    letter: Letter


class _Made(msgspec.Struct, tag=True):
    agenda: Agenda
    report: Report


class _Failed(msgspec.Struct, tag=True):
    """An error of the child: of the file, of what is not installed, or of the program."""

    kind: Literal["data", "dependency", "fault"]
    problem: str
    line: int | None = None
    column: int | None = None


_Frame = _Page | _Read | _Made | _Failed


# -- here ----------------------------------------------------------------------------------


def read(path: Path, progress: Progress | None = None) -> Letter:
    """Read a letter as `natoagenda.importing.read` does, in a process of its own.

    Raises:
        DataError: where the file is no letter, is damaged, or asks for too much.
        DependencyError: where the library that reads its format is not installed.
    """
    frame = _ask(path, "letter", None, progress)
    assert isinstance(frame, _Read)
    return frame.letter


def make(
    path: Path, progress: Progress | None = None, *, days: Days | None = None
) -> tuple[Agenda, Report]:
    """Read a letter and make an agenda of it as `assemble` does, in a process of its own.

    Raises:
        DataError: where the file is no letter, is damaged, or asks for too much.
        DependencyError: where the library that reads its format is not installed.
    """
    frame = _ask(path, "agenda", days, progress)
    assert isinstance(frame, _Made)
    return frame.agenda, frame.report


def _ask(
    path: Path, task: Literal["letter", "agenda"], days: Days | None, progress: Progress | None
) -> _Read | _Made:
    name = str(path)
    data = files.read_bytes(path, name, files.MAX_LETTER)
    request = msgspec.msgpack.encode(_Request(files.spelled(name), task, days, data))
    with _child() as process:
        assert process.stdin is not None
        assert process.stdout is not None
        with contextlib.suppress(BrokenPipeError), process.stdin as stream:
            stream.write(request)
        for frame in _frames(process.stdout):
            if isinstance(frame, _Page):
                if progress:
                    progress(frame.done, frame.whole)
            elif isinstance(frame, _Failed):
                _fail(frame, name)
            else:
                return frame
        raise DataError(name, _reason(process.wait()))


@contextlib.contextmanager
def _child() -> Iterator[subprocess.Popen[bytes]]:
    """A child that is gone, whatever happens, when this is over."""
    code = _CHILD.format(path=[folder for folder in sys.path if folder])
    try:
        process = subprocess.Popen(
            # Isolated: what lies in the folder where the user stands is not imported.
            [sys.executable, "-I", "-c", code],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    except OSError as error:
        raise DependencyError(
            f"letters are read by a Python of their own, which cannot be started: {error.strerror}"
        ) from error
    timer = threading.Timer(PATIENCE, process.kill)
    timer.daemon = True
    timer.start()
    try:
        yield process
    finally:
        timer.cancel()
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()


def _frames(stream: IO[bytes]) -> Iterator[_Frame]:
    """What a child says; a frame that breaks off is none."""
    while len(head := stream.read(4)) == 4:
        length = int.from_bytes(head, "big")
        body = stream.read(length)
        if len(body) < length:
            return
        yield msgspec.msgpack.decode(body, type=_Frame)


def _fail(frame: _Failed, name: str) -> NoReturn:
    if frame.kind == "data":
        raise DataError(name, frame.problem, line=frame.line, column=frame.column)
    if frame.kind == "dependency":
        raise DependencyError(frame.problem)
    raise RuntimeError(frame.problem)


def _reason(code: int) -> str:
    """Why a child ended without an answer."""
    import signal

    limits = [-getattr(signal, name, 0) for name in ("SIGPROF", "SIGXCPU", "SIGKILL")]
    return _TOO_LONG if code in limits else _BROKEN


# -- in the child --------------------------------------------------------------------------


def serve() -> None:
    """Read a request from stdin and answer on stdout; nobody else can write there."""
    with os.fdopen(os.dup(1), "wb") as out:
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 1)
        os.close(nothing)
        request = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=_Request)

        def tell(frame: _Frame) -> None:
            body = msgspec.msgpack.encode(frame)
            out.write(len(body).to_bytes(4, "big") + body)
            out.flush()

        tell(_answer(request, tell))


def _answer(request: _Request, tell: Callable[[_Frame], None]) -> _Frame:
    from natoagenda import importing
    from natoagenda.importing import assemble

    try:
        read = importing.reader(request.data, request.name)
        for module in _LATER:
            importlib.import_module(module)
        with _limits() as alive:

            def progress(done: int, whole: int) -> None:
                alive()
                tell(_Page(done, whole))

            letter = read(progress)
            alive()
            if request.task == "letter":
                return _Read(letter)
            agenda, report = assemble.assemble(letter, request.name, days=request.days, alive=alive)
            alive()
            _prove_it_loads(agenda, request.name)
            return _Made(agenda, report)
    except DataError as error:
        return _Failed("data", error.problem, error.line, error.column)
    except DependencyError as error:
        return _Failed("dependency", str(error))
    except MemoryError:
        return _Failed("data", _TOO_LARGE)
    except Exception as error:
        import traceback

        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(place.filename).name}:{place.lineno}"
        return _Failed("fault", f"{type(error).__name__}: {error} ({where})")


def _prove_it_loads(agenda: Agenda, name: str) -> None:
    """See that the agenda's file will load, which has limits that a strange letter passes.

    Raises:
        DataError: where it will not.
    """
    from natoagenda import dataset, dump

    try:
        dataset.parse(dump.dump(agenda).encode(), name)
    except DataError as error:
        raise DataError(name, f"no agenda can be made of this: {error.problem}") from error


@contextlib.contextmanager
def _limits() -> Iterator[Callable[[], None]]:
    """Limit this process, as far as the system can.

    Yields:
        What is to be called at each sign of progress.
    """
    try:
        import resource
        import signal
    except ImportError:  # Windows
        yield lambda: None
        return
    step = max(STEP, STARTS * time.process_time())
    end = time.process_time() + WHOLE * step
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, most))
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, before[1]))  # opening anything fails

    def alive() -> None:
        # The timer counts the processor's time, and what it sends ends C code too.
        left = min(step, end - time.process_time())
        signal.setitimer(signal.ITIMER_PROF, max(left, 1e-6))

    alive()
    try:
        yield alive
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))
