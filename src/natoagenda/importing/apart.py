"""Letters from strangers are read in a process of their own, which opens nothing and has limits.

What takes PDF, Word and XML apart is large and partly written in C. So the file's bytes go to a
child process; it imports what it needs, gives up all else for good (`confinement`), and answers
with a letter or an agenda, page by page. Where it takes longer or more memory than a letter does,
or breaks down, the system ends it and the user reads one sentence; so they do where its answer
makes no sense, for a letter may have taken it over (`wire`). The child ends with its parent.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Literal, NoReturn

import msgspec

from natoagenda import files
from natoagenda.errors import DataError, DependencyError
from natoagenda.importing import Progress, confinement, wire
from natoagenda.importing.report import Report
from natoagenda.importing.source import Letter
from natoagenda.importing.wire import Days
from natoagenda.model import Agenda

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
    "hashlib", "heapq", "natoagenda.dataset", "natoagenda.dump",
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

_LAST = 10.0
"""Seconds in which a child that says no more has to end."""

_KEPT = {
    "win32": ("SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "PATH"),
    "darwin": ("DYLD_LIBRARY_PATH", "DYLD_FRAMEWORK_PATH"),
}
"""Of the environment, what Python may need to start; the child forgets it before it reads."""


# -- here ----------------------------------------------------------------------------------


def read(path: Path, progress: Progress | None = None) -> Letter:
    """Read a letter as `natoagenda.importing.read` does, in a process of its own.

    Raises:
        DataError: where the file is no letter, is damaged, or asks for too much.
        DependencyError: where the library that reads its format is not installed.
    """
    name, answer = _ask(path, "letter", None, progress)
    assert isinstance(answer, wire.Read)
    with _believed(name):
        return wire.letter(answer)


def make(
    path: Path, progress: Progress | None = None, *, days: Days | None = None
) -> tuple[Agenda, Report]:
    """Read a letter and make an agenda of it as `assemble` does, in a process of its own.

    Raises:
        DataError: where the file is no letter, is damaged, or asks for too much.
        DependencyError: where the library that reads its format is not installed.
    """
    name, answer = _ask(path, "agenda", days, progress)
    assert isinstance(answer, wire.Made)
    with _believed(name):
        return wire.agenda(answer, files.spelled(name))


def _ask(
    path: Path, task: Literal["letter", "agenda"], days: Days | None, progress: Progress | None
) -> tuple[str, wire.Read | wire.Made]:
    """Give a letter to a child; its name, and the answer, of which nothing is believed yet."""
    name = str(path)
    data = files.read_bytes(path, name, files.MAX_LETTER)
    request = msgspec.msgpack.encode(wire.Request(files.spelled(name), task, days, data))
    end = time.monotonic() + PATIENCE
    with _child() as process, _believed(name):
        assert process.stdin is not None
        assert process.stdout is not None
        with contextlib.suppress(BrokenPipeError), process.stdin as stream:
            stream.write(request)
        ready = False
        for frame in wire.frames(process.stdout, end):
            if isinstance(frame, wire.Ready) and not ready:
                ready = True
            elif isinstance(frame, wire.Failed):
                _fail(frame, name, ready)
            elif isinstance(frame, wire.Page) and ready and frame.done <= frame.whole:
                if progress:
                    progress(frame.done, frame.whole)
            elif ready and isinstance(frame, wire.Read if task == "letter" else wire.Made):
                return name, frame
            else:
                raise wire.BrokenError
        raise DataError(name, _reason(_ended(process)))


@contextlib.contextmanager
def _believed(name: str) -> Iterator[None]:
    """Whatever cannot be believed is one sentence."""
    try:
        yield
    except wire.BrokenError as error:
        raise DataError(name, _BROKEN) from error
    except wire.SilentError as error:
        raise DataError(name, _TOO_LONG) from error


@contextlib.contextmanager
def _child() -> Iterator[subprocess.Popen[bytes]]:
    """A child that is gone, whatever happens, when this is over."""
    code = _CHILD.format(path=[folder for folder in sys.path if folder])
    with _told_of_its_end():
        try:
            process = subprocess.Popen(
                # Isolated: what lies in the folder where the user stands is not imported. And
                # without `site`, which asks who the user is and runs what packages leave for it.
                [sys.executable, "-I", "-S", "-c", code, str(os.getpid())],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(os.environ),
            )
        except OSError as error:
            raise DependencyError(
                "letters are read by a Python of their own, which cannot be started: "
                f"{error.strerror}"
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


def _environment(here: Mapping[str, str], platform: str = sys.platform) -> dict[str, str]:
    """What of the environment a child gets: nothing, but for what finds Python's own libraries."""
    kept = _KEPT.get(platform, ("LD_LIBRARY_PATH",))
    return {name: here[name] for name in kept if name in here}


@contextlib.contextmanager
def _told_of_its_end() -> Iterator[None]:
    """Have the system tell how a child ended, where who started us has set that aside."""
    import signal

    ended = getattr(signal, "SIGCHLD", None)
    aside = ended is not None and signal.getsignal(ended) == signal.SIG_IGN
    if not aside or threading.current_thread() is not threading.main_thread():
        yield
        return
    assert ended is not None
    signal.signal(ended, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(ended, signal.SIG_IGN)


def _fail(frame: wire.Failed, name: str, ready: bool) -> NoReturn:
    """Raise a child's error; what to install is believed only before a letter is read."""
    problem = wire.brief(frame.problem)
    if frame.kind == "data":
        line, column = frame.line, frame.column
        if line is None or column is None:
            line = column = None
        raise DataError(name, problem, line=line, column=column)
    if frame.kind == "fault":
        raise RuntimeError(problem)
    if ready:
        raise wire.BrokenError
    raise DependencyError(problem)


def _ended(process: subprocess.Popen[bytes]) -> int:
    """How a child ended that says no more."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        return process.wait(min(_LAST, PATIENCE))
    process.kill()
    return process.wait()


def _reason(code: int) -> str:
    """Why a child ended without an answer."""
    import signal

    limits = [-getattr(signal, name, 0) for name in ("SIGPROF", "SIGXCPU", "SIGKILL")]
    return _TOO_LONG if code in limits else _BROKEN


# -- in the child --------------------------------------------------------------------------


def serve() -> None:
    """Read a request from stdin and answer on stdout; nobody else can write there."""
    confinement.begin(int(sys.argv[1]) if sys.argv[1:] else None)
    with os.fdopen(os.dup(1), "wb") as out:
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 1)
        os.close(nothing)
        request = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=wire.Request)

        def tell(frame: wire.Frame) -> None:
            said = wire.packed(frame) or wire.packed(wire.failed("data", _TOO_LARGE))
            out.write(said or b"")
            out.flush()

        with contextlib.ExitStack() as limits:
            tell(_answer(request, tell, limits))


def _answer(
    request: wire.Request, tell: Callable[[wire.Frame], None], limits: contextlib.ExitStack
) -> wire.Frame:
    """Read a letter; within `limits`, which hold until the answer is told."""
    from natoagenda import dump, importing
    from natoagenda.importing import assemble

    try:
        read = importing.reader(request.data, request.name)
        for module in _LATER:
            importlib.import_module(module)
        alive = limits.enter_context(_limits())
        tell(wire.Ready())

        def progress(done: int, whole: int) -> None:
            alive()
            tell(wire.Page(done=done, whole=whole))

        letter = read(progress)
        alive()
        if request.task == "letter":
            return wire.Read(letter=letter)
        agenda, report = assemble.assemble(letter, request.name, days=request.days, alive=alive)
        alive()
        text = dump.dump(agenda)
        alive()
        return _made(text, report, request.name)
    except DataError as error:
        failed = wire.failed("data", error.problem)
        return msgspec.structs.replace(failed, line=error.line, column=error.column)
    except DependencyError as error:
        return wire.failed("dependency", str(error))
    except MemoryError:
        return wire.failed("data", _TOO_LARGE)
    except Exception as error:
        return wire.failed("fault", f"{type(error).__name__}: {error} ({_where(error)})")


def _made(text: str, report: Report, name: str) -> wire.Made:
    """The answer where an agenda was made; a file of its text can be loaded again.

    Raises:
        DataError: where it is too long for that.
    """
    if len(text.encode()) > files.MAX_AGENDA:
        problem = f"it is larger than {files.MAX_AGENDA // 1024**2} MB"
        raise DataError(name, f"no agenda can be made of this: {problem}")
    return wire.Made(
        text=text,
        footnotes=report.footnotes,
        words=report.words,
        accounted=report.accounted,
        left_out=wire.few(report.left_out),
        doubts=wire.few(report.doubts),
    )


def _where(error: Exception) -> str:
    """The line that raised it; what else tells that would have to open files."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    if place is None:
        return "nowhere"
    return f"{Path(place.tb_frame.f_code.co_filename).name}:{place.tb_lineno}"


@contextlib.contextmanager
def _limits() -> Iterator[Callable[[], None]]:
    """Limit this process, for good, as far as the system can.

    Yields:
        What is to be called at each sign of progress.
    """
    import signal

    step = max(STEP, STARTS * time.process_time())
    end = time.process_time() + WHOLE * step
    confinement.confine(WHOLE * step, MEMORY)
    if not hasattr(signal, "setitimer"):  # Windows
        yield lambda: None
        return

    def alive() -> None:
        # The timer counts the processor's time, and what it sends ends C code too.
        left = min(step, end - time.process_time())
        signal.setitimer(signal.ITIMER_PROF, max(left, 1e-6))

    alive()
    try:
        yield alive
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
