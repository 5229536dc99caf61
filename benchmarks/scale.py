"""How look-ups in a library of letters take longer as it grows, beside grep over the same files.

For each size: the first search, which reads and indexes every letter (time and memory); warm
look-ups; a search after one letter has changed. Every round runs each command once, in turn, so
that a noisy moment hits all of them.

    python -m benchmarks.scale --letters 1 100 1000 10000 --plot docs/scale.svg
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import letters

PROGRAM = str(Path(sys.executable).with_name("natoagenda"))
FIRST = "first search: read and index all"
CHANGED = "search after one letter changed"
BARE = "bare Typer program"
WARM = {
    "search dassen": ["search", "dassen", "--json"],
    "search, nothing found": ["search", "qwijbus", "--json"],
    "stances --agenda ID": ["stances", "--agenda", "{id}", "--json"],
    "search oekraïne --limit 20": ["search", "oekraïne", "--limit", "20", "--json"],
    "search oekraïne, all": ["search", "oekraïne", "--format", "jsonl"],
    "compare china": ["compare", "china", "--json"],
}
"""Warm look-ups; the first three do not depend on how many letters have the word."""

Times = dict[int, dict[str, float]]


def run(command: list[str], codes: tuple[int, ...] = (0,)) -> tuple[float, float, bytes]:
    """Run a command.

    Returns:
        Seconds, the most memory it took in MB, and what it wrote.
    """
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        out = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        took = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode in codes, command
    return took, usage.ru_maxrss / 1024, out


def measure(size: int, runs: int, top: Path) -> tuple[dict[str, float], dict[str, float]]:
    """Measure one library.

    Returns:
        Median seconds by what was done, and the most memory in MB of some.
    """
    folder = top / str(size)
    ids = letters.write(folder, size)
    os.environ["XDG_CACHE_HOME"] = str(top / f"cache-{size}")
    program = [PROGRAM, "--data", str(folder)]
    first, memory, _ = run([*program, "search", "dassen", "--json"], (0, 1))
    times = {FIRST: [first]}
    memories = {FIRST: memory}
    commands = {
        name: [*program, *(word.format(id=ids[size // 2]) for word in words)]
        for name, words in WARM.items()
    }
    commands[BARE] = [sys.executable, str(Path(__file__).with_name("bare.py")), "hello"]
    commands["grep -r dassen"] = ["grep", "-rni", "dassen", str(folder)]
    if rg := shutil.which("rg"):
        commands["rg dassen"] = [rg, "-ni", "dassen", str(folder)]
    for command in commands.values():
        run(command, (0, 1))
    for at in range(runs):
        for name, command in commands.items():
            if name.endswith(", all") and at > 1 and size >= 1000:
                continue
            took, memory, _ = run(command, (0, 1))
            times.setdefault(name, []).append(took)
            memories[name] = max(memories.get(name, 0), memory)
    for at in range(runs):
        file = folder / f"{ids[-1]}.yaml"
        text = file.read_text(encoding="utf-8")
        word = f"veranderd{chr(97 + at)}"
        file.write_text(text.replace("Deze brief is verzonnen", f"{word} is verzonnen", 1), "utf-8")
        took, _, out = run([*program, "search", word, "--json"])
        assert out.count(b'"agenda"') == 1, "the change was not seen"
        times.setdefault(CHANGED, []).append(took)
        file.write_text(text, encoding="utf-8")
    shutil.rmtree(folder)
    shutil.rmtree(top / f"cache-{size}")
    return {name: statistics.median(each) for name, each in times.items()}, memories


def plot(times: Times, file: Path) -> None:
    """Draw seconds against letters, both logarithmic."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams.update({"svg.hashsalt": "natoagenda", "svg.fonttype": "none", "font.size": 10})
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(figsize=(9, 5.5))
    sizes = list(times)
    names = sorted(times[sizes[-1]], key=lambda name: -times[sizes[-1]][name])
    for name in names:
        seconds = [times[size][name] for size in sizes]
        style = "--" if name.startswith(("grep", "rg", "bare")) else "-"
        axes.plot(sizes, seconds, linestyle=style, marker="o", markersize=4, label=name)
    axes.set(xscale="log", yscale="log", xlabel="letters", ylabel="seconds")
    axes.grid(visible=True, which="major", alpha=0.3)
    axes.legend(loc="center left", bbox_to_anchor=(1.01, 0.5), frameon=False)
    figure.savefig(file, bbox_inches="tight", facecolor="white", metadata={"Date": None})


def main() -> None:
    """Measure and print Markdown tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, nargs="+", default=[1, 100, 1000, 10_000])
    parser.add_argument("--runs", type=int, default=7, help="rounds")
    parser.add_argument("--plot", type=Path, help="an SVG file to draw into")
    given = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # nobody's machine compiles at every start
    times: Times = {}
    memories: Times = {}
    with tempfile.TemporaryDirectory() as name:
        os.environ["XDG_DATA_HOME"] = f"{name}/data"
        run([PROGRAM, "--version"])
        for size in given.letters:
            times[size], memories[size] = measure(size, given.runs, Path(name))
    one = times[given.letters[0]]
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {given.runs} rounds; ")
    print("milliseconds, and times the first column in brackets\n")
    print(f"| letters | {' | '.join(f'{size:,}' for size in times)} |")
    print(f"| --- |{' ---: |' * len(times)}")
    for name in one:
        cells = [
            f"{each[name] * 1000:,.0f} ({each[name] / one[name]:.1f})" for each in times.values()
        ]
        print(f"| {name} | {' | '.join(cells)} |")
    each = [f"{seconds[FIRST] * 1000 / size:,.1f}" for size, seconds in times.items()]
    print(f"| milliseconds a letter, first | {' | '.join(each)} |")
    for name in (FIRST, "search dassen", "search oekraïne, all"):
        mega = [f"{size[name]:,.0f}" for size in memories.values()]
        print(f"| memory in MB, {name} | {' | '.join(mega)} |")
    if given.plot:
        plot(times, given.plot)


if __name__ == "__main__":
    main()
