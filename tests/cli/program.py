"""The program as a shell runs it: a child process, with bytes in and bytes out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

PROGRAM = (sys.executable, "-m", "natoagenda")
PATIENCE = 120
"""Seconds after which a child that should have ended counts as hung, on a busy machine too."""


class Done(NamedTuple):
    """What a run left: its exit code, and what it wrote, which must be UTF-8."""

    code: int
    stdout: bytes
    stderr: bytes

    @property
    def out(self) -> str:
        return self.stdout.decode("utf-8")

    @property
    def err(self) -> str:
        return self.stderr.decode("utf-8")

    @property
    def json(self) -> Any:
        return json.loads(self.stdout.decode("utf-8"))


def environment(**changes: str | None) -> dict[str, str]:
    """The environment of the tests with some variables set, or taken out by None."""
    merged = {**os.environ, **changes}
    return {name: value for name, value in merged.items() if value is not None}


def run(
    *arguments: str,
    stdin: bytes = b"",
    env: Mapping[str, str | None] | None = None,
    program: tuple[str, ...] = PROGRAM,
    cwd: Path | None = None,
) -> Done:
    """Run the program to its end, in pipes."""
    done = subprocess.run(
        [*program, *arguments],
        input=stdin,
        capture_output=True,
        env=environment(**(env or {})),
        cwd=cwd,
        timeout=PATIENCE,
        check=False,
    )
    return Done(done.returncode, done.stdout, done.stderr)


def one_message(done: Done) -> str:
    """The one line that a run said on stderr, without the program's name."""
    lines = done.err.splitlines()
    assert len(lines) == 1, done.err
    assert lines[0].startswith("natoagenda: "), done.err
    return lines[0].removeprefix("natoagenda: ")
