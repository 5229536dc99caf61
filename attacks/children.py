"""The program in a child process, with what it took: seconds and megabytes."""

from __future__ import annotations

import ast
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

PROGRAM = (sys.executable, "-m", "natoagenda")
PATIENCE = 60.0
"""Seconds after which a child counts as hung and is ended."""


# A child's peak counts that of its parent, so a small one starts it and says what it took.
_STARTER = """
import os, sys, time
start = time.perf_counter()
child = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
_, status, usage = os.wait4(child, 0)
code = os.waitstatus_to_exitcode(status)
took = time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
os.write(int(sys.argv[1]), repr((code, *took)).encode())
"""


class Ended(NamedTuple):
    """What a child left and took.

    Attributes:
        code: its exit code; negative is the signal that ended it.
        seconds: of the clock.
        cpu: seconds of the processor, its children's too.
        megabytes: the most memory that it or one of its children held at once.
    """

    code: int
    out: bytes
    err: str
    seconds: float
    cpu: float
    megabytes: float


def environment(home: Path, **changes: str) -> dict[str, str]:
    """An environment in which the user's data and caches stand in a folder; no coverage."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("NATOAGENDA_", "COVERAGE_", "COV_CORE_"))
    }
    folders = {"XDG_DATA_HOME": str(home / "data"), "XDG_CACHE_HOME": str(home / "cache")}
    return {**kept, **folders, **changes}


def run(
    arguments: Sequence[str | Path],
    home: Path,
    *,
    program: Sequence[str] = PROGRAM,
    kill_after: float | None = None,
    kill_when: Callable[[], bool] | None = None,
    **changes: str,
) -> Ended:
    """Run the program to its end, or until it is killed.

    Args:
        arguments: of the command line.
        home: where the user's data and caches stand.
        program: what to run.
        kill_after: seconds after which it is ended with SIGKILL.
        kill_when: what is asked all the time until it says that the seconds begin to count.
        changes: of the environment.
    """
    with (
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as err,
        tempfile.TemporaryFile() as took,
    ):
        starter = [sys.executable, "-I", "-S", "-c", _STARTER, str(took.fileno())]
        process = subprocess.Popen(
            [*starter, *program, *map(str, arguments)], stdin=subprocess.DEVNULL, stdout=out,
            stderr=err, env=environment(home, **changes), start_new_session=True,
            pass_fds=[took.fileno()],
        )  # fmt: skip
        if kill_when is not None:
            while process.poll() is None and not kill_when():
                pass
        try:
            process.wait(PATIENCE if kill_after is None else kill_after)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        for stream in (out, err, took):
            stream.seek(0)
        killed = (-signal.SIGKILL, 0.0, 0.0, 0.0)
        said = took.read()
        code, seconds, cpu, megabytes = ast.literal_eval(said.decode()) if said else killed
        return Ended(
            code, out.read(), err.read().decode("utf-8", errors="replace"), seconds, cpu, megabytes
        )


def measured(ended: Ended) -> str:
    """Say in a line what a child took and said."""
    lines = ended.err.splitlines() or [f"{len(ended.out)} bytes on stdout"]
    return (
        f"{ended.seconds:5.2f} s {ended.megabytes:4.0f} MB  exit {ended.code:2}  {lines[0][:110]}"
    )
