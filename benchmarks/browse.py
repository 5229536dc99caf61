"""How fast the explorer opens, and whether it keeps up with typing in a large library.

On a terminal without a window: seconds until the first page is there, on the built-in letter;
then, in a library, for each letter that is typed into the search field the time until it stands
there, and for each word the time until its hits do. Typing goes on while searches run.

    python -m benchmarks.browse --letters 1000
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
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.browse.terminal import Terminal

from benchmarks import letters

PROGRAM = str(Path(sys.executable).with_name("natoagenda"))
WORDS = (
    "oekraine",
    "de",
    "samenwerking",
    "bondgenoten",
    "veiligheid",
    "qwijbus",
    "21501",
)
PAUSE = 0.1
"""Seconds between two keys of somebody who types fast."""


def opening(runs: int) -> list[float]:
    """Seconds until the built-in letter's first page is there."""
    times = []
    for _ in range(runs):
        with Terminal([PROGRAM, "browse"]) as terminal:
            times.append(terminal.wait_for("Ceremonie"))
            terminal.send("q")
            terminal.end()
    return times


def typing(folder: Path) -> tuple[list[float], dict[str, float]]:
    """Type words into the search field.

    Returns:
        For each key the seconds until it stood in the field, and for each word those from its
        last key until its hits, or that there are none, stood under it.
    """
    keys: list[float] = []
    hits: dict[str, float] = {}
    with Terminal([PROGRAM, "--data", str(folder), "browse"], 120, 40) as terminal:
        terminal.wait_for("Programme")
        terminal.send("/indexed")
        terminal.wait_for("nothing matches", 120)
        for word in WORDS:
            terminal.send("\x1b")
            terminal.wait_for("/ search")
            terminal.send("/")
            time.sleep(PAUSE)
            for at, key in enumerate(word, start=1):
                terminal.send(key)
                typed = word[:at]
                keys.append(terminal.wait_for(in_field(typed)))
                time.sleep(max(0.0, PAUSE - keys[-1]))
            hits[word] = terminal.wait_for(partial(settled, word))
        terminal.send("\x1b")
        terminal.wait_for("/ search")
        terminal.send("q")
        terminal.end()
    return keys, hits


def in_field(typed: str) -> Callable[[str], bool]:
    """Make the test whether something stands in the search field."""
    return lambda shown: field(shown) == typed


def field(shown: str) -> str:
    """What stands in the search field."""
    return shown.split("\n")[5].split("│")[0].strip()


def settled(word: str, shown: str) -> bool:
    """Whether the hits of a word stand under the field."""
    under = shown.split("\n")[6].split("│")[0]
    if word == "qwijbus":
        return "nothing" in under
    first = word.split()[0]
    return "found" in under or ("best" in under and first[:4] in shown.lower().split("\n", 7)[7])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=5, help="times that it is opened")
    given = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # nobody's machine compiles at every start
    bare = [sys.executable, str(Path(__file__).with_name("bare.py")), "hello"]
    with tempfile.TemporaryDirectory() as top:
        os.environ["XDG_CACHE_HOME"], os.environ["XDG_DATA_HOME"] = f"{top}/cache", f"{top}/data"
        opening(1)
        bares = []
        for _ in range(given.runs):
            start = time.perf_counter()
            subprocess.run(bare, stdout=subprocess.DEVNULL, check=True)
            bares.append(time.perf_counter() - start)
        opened = opening(given.runs)
        letters.write(Path(top) / "library", given.letters)
        keys, hits = typing(Path(top) / "library")
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores; a bare Typer program ")
    print(f"starts in {statistics.median(bares) * 1000:.0f} ms\n")
    print("| what | median, ms | nine in ten within, ms | most, ms |")
    print("| --- | ---: | ---: | ---: |")
    for name, times in (
        ("opened on the built-in letter", opened),
        (f"a key of {len(keys)}, until it is on the screen, {given.letters:,} letters", keys),
    ):
        tenth = sorted(times)[int(len(times) * 0.9)]
        figures = (statistics.median(times), tenth, max(times))
        print(f"| {name} | {' | '.join(f'{each * 1000:.0f}' for each in figures)} |")
    for word, seconds in hits.items():
        print(f"| hits of `{word}` after its last key | {seconds * 1000:.0f} | | |")


if __name__ == "__main__":
    main()
