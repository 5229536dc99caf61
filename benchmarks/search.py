"""How long the index of the built-in letter takes to build, and a query to answer, in-process.

python benchmarks/search.py
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from functools import partial

from natoagenda import library, query, search

QUERIES = ("dassen", "bondgenoot", "21501-02", "china -rusland", '"lange termijn"', "oekraine")


def median(run: Callable[[], object], rounds: int = 50) -> float:
    """The median time of a call, in milliseconds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


def answer(index: search.Index, typed: str) -> list[search.Hit]:
    """Read a query and answer it."""
    return index.search(query.parse(typed))


def main() -> None:
    """Measure and print a Markdown table."""
    agendas = library.load().agendas
    index = search.Index.build(agendas)
    print("| what | median, ms |")
    print("| --- | ---: |")
    print(f"| build the index | {median(lambda: search.Index.build(agendas), 20):.2f} |")
    for typed in QUERIES:
        asked = query.parse(typed)
        hits = len(index.search(asked))
        took = median(partial(answer, index, typed))
        print(f"| `{typed}`, {hits} hits | {took:.2f} |")


if __name__ == "__main__":
    main()
