"""From arguments to an exit code: the one place where errors become messages.

Results go to stdout and nothing else does; messages go to stderr. No traceback reaches a
user who did not ask for it with `--debug`.
"""

from __future__ import annotations

import contextlib
import gc
import io
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum
from typing import Any, NoReturn

from natoagenda import errors
from natoagenda.cli import writing
from natoagenda.visible import visible


class ExitCode(IntEnum):
    """What the program ends with; scripts rely on it."""

    DONE = 0
    NOT_FOUND = 1
    USAGE = 2
    DATA = 3
    FAULT = 70
    INTERRUPTED = 130


MEANINGS = {
    ExitCode.DONE: "done; an empty but valid selection too",
    ExitCode.NOT_FOUND: "nothing found: search or cite without a hit, an unknown topic, footnote "
    "or agenda; check where letter and data set differ",
    ExitCode.USAGE: "wrong usage",
    ExitCode.DATA: "a data or letter file cannot be read or does not hold; the message names "
    "file, line and column",
    ExitCode.FAULT: "a fault of the program, or of the machine; --debug shows where",
    ExitCode.INTERRUPTED: "interrupted",
}
"""For the manual."""

_CODES: dict[type[errors.NatoagendaError], ExitCode] = {
    errors.NotFoundError: ExitCode.NOT_FOUND,
    errors.UsageError: ExitCode.USAGE,
    errors.DataError: ExitCode.DATA,
    errors.DependencyError: ExitCode.FAULT,
}


def run() -> NoReturn:
    """Run the program with the arguments of the process, and end the process."""
    # A look-up is over before there is garbage worth looking for.
    gc.set_threshold(100_000, 50, 100)
    code = main(sys.argv[1:])
    # Nothing is left to flush; what a closed pipe kept must not be reported at exit.
    if sys.stderr is not None:
        with contextlib.suppress(OSError):
            sys.stderr.flush()
    os._exit(code)


def main(arguments: Sequence[str]) -> int:
    """Run the program.

    Args:
        arguments: the command line, without the program's name.

    Returns:
        The exit code.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    try:
        text, notes, code, report = _answer_in_spite_of_the_cache(arguments)
        _tell(report)
        for note in notes:
            _say(note)
        writing.write(text)
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        writing.forget_stdout()
        return ExitCode.DONE
    except errors.NatoagendaError as error:
        if "--debug" in arguments:
            _trace(error)
        for note in getattr(error, "__notes__", ()):
            _say(note)
        _say(str(error))
        return next(code for kind, code in _CODES.items() if isinstance(error, kind))
    except Exception as error:
        if "--debug" in arguments:
            _trace(error)
        _say(f"a fault of the program, {type(error).__name__}: {error}; --debug shows where")
        return ExitCode.FAULT
    return code


def _answer_in_spite_of_the_cache(
    arguments: Sequence[str],
) -> tuple[Iterable[str], Sequence[str], int, str]:
    """Answer; once more, without the cache, where that turns out spoilt while it is read."""
    try:
        return _answer(arguments)
    except Exception as error:
        cache = sys.modules.get("natoagenda.cache")
        if cache is None or not cache.give_up(error):
            raise
        return _answer(arguments)


def _answer(arguments: Sequence[str]) -> tuple[Iterable[str], Sequence[str], int, str]:
    """Let Typer parse and the command answer.

    Returns:
        What to write on stdout in pieces, what to say on stderr, the exit code, and a table for
        stderr.
    """
    # Imported here, where an interrupt is caught: loading is most of a look-up's time.
    with _unseen("typing_extensions"):
        import msgspec  # noqa: F401
    from natoagenda import output
    from natoagenda.cli.app import build
    from natoagenda.cli.options import State

    state = State()
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed):  # help, version and completion print
            reply = build().main(
                list(arguments), prog_name="natoagenda", standalone_mode=False, obj=state
            )
    except SystemExit as leave:
        return [printed.getvalue()], (), int(leave.code or 0), ""
    except errors.NatoagendaError as error:
        for note in state.notes:
            error.add_note(note)
        raise
    except Exception as error:
        if not hasattr(error, "format_message"):
            raise
        raise errors.UsageError(_one_sentence(error)) from error
    if isinstance(reply, int):  # Typer's Exit
        return [printed.getvalue()], (), reply, ""
    if reply is None:
        return [printed.getvalue()], (), ExitCode.DONE, ""
    settings = state.settings
    aside = reply.plain is not None and settings.format in (None, output.Format.TABLE)
    screen = settings.screen(sys.stderr) if aside else settings.screen()
    if reply.stream is not None:
        output.choose(reply, settings.format_asked)
        return reply.stream, [*reply.notes, *output.proposals(reply)], reply.exit_code, ""
    text, missing = output.render(reply, settings.format, screen)
    notes = [*reply.notes, *missing]
    if aside:
        return [_plain(reply.plain or "")], notes, reply.exit_code, text
    return [printed.getvalue() + text], notes, reply.exit_code, ""


def _plain(text: str) -> str:
    """A text for programs; on a terminal the names of files in it must not steer that."""
    if sys.stdout is None or not sys.stdout.isatty():
        return text
    return "".join(f"{visible(line)}\n" for line in text.split("\n")[:-1])


@contextlib.contextmanager
def _unseen(module: str) -> Iterator[None]:
    """Let imports do as if a module were not installed.

    msgspec imports `typing_extensions` where it can, which takes an eighth of a look-up's time
    and gives it nothing on Python 3.11 and later.
    """
    if module in sys.modules:
        yield
        return
    hidden: Any = None
    sys.modules[module] = hidden
    try:
        yield
    finally:
        del sys.modules[module]


def _one_sentence(error: Any) -> str:
    """Say what Click found wrong, and whose help explains it."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "natoagenda"
    return " ".join(error.format_message().split()).rstrip(".") + f"; see {command} --help"


def _trace(error: Exception) -> None:
    """Show where an error comes from; names of files in it must not steer the terminal."""
    import traceback

    if sys.stderr is None:
        return
    lines = "".join(traceback.format_exception(error)).split("\n")
    with contextlib.suppress(OSError):
        sys.stderr.write("\n".join(map(visible, lines)))


def _tell(report: str) -> None:
    """Write a report on stderr, as it is."""
    if report and sys.stderr is not None:
        with contextlib.suppress(OSError):
            sys.stderr.write(report)


def _say(message: str) -> None:
    if sys.stderr is None:  # closed by the caller
        return
    with contextlib.suppress(OSError):
        sys.stderr.write(f"natoagenda: {visible(message)}\n")
