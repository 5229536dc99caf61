"""How long look-ups take from the shell, beside a bare Typer program and bare Python.

Every round runs each command once, in turn, so that a noisy moment hits all of them; the
table gives the median of the rounds and its ratio to the bare Typer program of the same run.

    python benchmarks/startup.py --runs 30
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BARE = [sys.executable, str(Path(__file__).with_name("bare.py")), "hello"]
PROGRAM = [str(Path(sys.executable).with_name("natoagenda"))]

TAB = {"_NATOAGENDA_COMPLETE": "complete_bash", "COMP_CWORD": "2"}
"""What bash sets when Tab is pressed at the third word of `COMP_WORDS`."""

COMMANDS: dict[str, tuple[list[str], float | None]] = {
    "python -c pass": ([sys.executable, "-c", "pass"], None),
    "bare Typer program": (BARE, None),
    "natoagenda --version": ([*PROGRAM, "--version"], 1.2),
    "natoagenda schedule --json": ([*PROGRAM, "schedule", "--json"], 1.5),
    "natoagenda topic ukraine --json": ([*PROGRAM, "topic", "ukraine", "--json"], 1.5),
    "natoagenda search dassen --json": ([*PROGRAM, "search", "dassen", "--json"], 1.6),
    "natoagenda search 21501-02 --json": ([*PROGRAM, "search", "21501-02", "--json"], 1.6),
    "Tab after natoagenda topic oek": ([*PROGRAM, "topic oek"], 1.5),
    "natoagenda schedule": ([*PROGRAM, "schedule"], 2.1),
    "natoagenda topic ukraine": ([*PROGRAM, "topic", "ukraine"], 2.1),
}
"""What is run, and the most that its ratio should be."""


def seconds(command: list[str]) -> float:
    """Run a command and time it."""
    environment = dict(os.environ)
    if command[-1] == "topic oek":
        command, words = command[:-1], f"natoagenda {command[-1]}"
        environment |= {**TAB, "COMP_WORDS": words}
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, env=environment, check=True)
    return time.perf_counter() - start


def main() -> None:
    """Measure and print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=30, help="rounds")
    runs = parser.parse_args().runs
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # nobody's machine compiles at every start
    with tempfile.TemporaryDirectory() as cache:
        os.environ["XDG_CACHE_HOME"] = cache
        os.environ["XDG_DATA_HOME"] = f"{cache}/library"
        for command, _ in COMMANDS.values():
            seconds(command)
        firsts = []
        for command in (["schedule", "--json"], ["search", "dassen", "--json"]):
            with tempfile.TemporaryDirectory() as empty:
                os.environ["XDG_CACHE_HOME"] = empty
                firsts.append(seconds([*PROGRAM, *command]))
        os.environ["XDG_CACHE_HOME"] = cache
        times: dict[str, list[float]] = {name: [] for name in COMMANDS}
        for _ in range(runs):
            for name, (command, _) in COMMANDS.items():
                times[name].append(seconds(command))
    bare = statistics.median(times["bare Typer program"])
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {runs} rounds\n")
    print("| command | median, ms | times bare Typer | bound |")
    print("| --- | ---: | ---: | ---: |")
    for name, (_, bound) in COMMANDS.items():
        median = statistics.median(times[name])
        print(f"| `{name}` | {median * 1000:.0f} | {median / bare:.2f} | {bound or ''} |")
    look_up, search = (f"{first * 1000:.0f} ms ({first / bare:.2f} times)" for first in firsts)
    print(f"\nWith an empty cache the first look-up took {look_up}, the first search {search}.")


if __name__ == "__main__":
    main()
