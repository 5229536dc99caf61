"""Attack the loader of data files: whatever the bytes, an agenda or one error with its place.

Three kinds of file in turn: the real one with bytes changed, valid ones, and nearly valid ones.

    python -m attacks.loader --cases 100000
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections import Counter
from collections.abc import Iterator

import hypothesis
import msgspec
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from attacks import agendas
from natoagenda import dataset, dump, library
from natoagenda.errors import DataError
from natoagenda.model import Agenda

NAME = "letter.yaml"
_MESSAGE = re.compile(rf"{re.escape(NAME)}:([1-9]\d*):([1-9]\d*): (\S.*)")
_AT_ONCE = 500
LONGEST = 400
"""Signs of a message; a longer one repeats the file."""

_PIECES = [
    b"&a ", b"*a", b"!!x ", b"!<", b"%TAG ! x\n", b"---\n", b"...\n", b"<<: ", b"? ", b": ",
    b"- ", b"[", b"]", b"{", b"}", b'"', b"'", b"|", b">", b"#", b"\t", b"\r", b"\r\n", b"\x00",
    b"\x1b[31m", b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xfe\xff",
    b"\xe2\x80\xae", b"\xe2\x80\xa8", b"\xc2\x85", b"\xf0\x9d\x84\x9e", b"[^1]", b"[^99]",
    b"[^", b"99999", b"-1", b"1-2", b"true", b"~",
]  # fmt: skip


def check(data: bytes) -> Agenda | DataError:
    """Load a file.

    Returns:
        The agenda or the error, of which the promises have been checked.
    """
    found = _loaded(data)
    if isinstance(found, DataError):
        message = str(found)
        match = _MESSAGE.fullmatch(message)
        assert match, message
        lines = len(re.split(rb"\r\n?|\n|\xc2\x85|\xe2\x80[\xa8\xa9]", data))
        assert int(match[1]) <= lines, message
        assert len(message) <= LONGEST, message
        return found
    # What loads can be kept in the cache, written and read again.
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(found), type=Agenda) == found
    assert dataset.parse(dump.dump(found).encode(), NAME) == found
    return found


def _loaded(data: bytes) -> Agenda | DataError:
    try:
        return dataset.parse(data, NAME)
    except DataError as error:
        return error


def mutations(data: bytes, seed: int) -> Iterator[bytes]:
    """Endlessly many versions of a file with one to eight changes of bytes each."""
    chance = random.Random(seed)
    while True:
        changed = bytearray(data)
        for _ in range(chance.choice([1, 1, 1, 2, 3, 8])):
            at = chance.randrange(len(changed))
            kind = chance.randrange(6)
            if kind == 0:
                changed[at] ^= 1 << chance.randrange(8)
            elif kind == 1:
                changed[at] = chance.randrange(256)
            elif kind == 2:
                del changed[at : at + chance.choice([1, 2, 5, 80, 2000])]
            elif kind == 3:
                changed[at:at] = chance.choice(_PIECES)
            elif kind == 4:
                start = chance.randrange(len(changed))
                changed[at:at] = changed[start : start + chance.choice([1, 10, 100, 1000])]
            else:
                line = changed.rfind(b"\n", 0, at) + 1
                changed[line:line] = b" " * chance.choice([1, 2, 4])
            if not changed:
                changed = bytearray(b"\n")
        yield bytes(changed)


def attack(cases: int, seed: int) -> Counter[str]:
    """Load so many files: half with changed bytes, a quarter valid, a quarter nearly so.

    Returns:
        How many of each kind gave an agenda and an error.
    """
    counts: Counter[str] = Counter()

    def count(kind: str, data: bytes) -> None:
        found = check(data)
        if kind == "valid":
            assert isinstance(found, Agenda), str(found)
        counts[f"{kind}: {'an agenda' if isinstance(found, Agenda) else 'one error'}"] += 1

    def draw(kind: str, trees: st.SearchStrategy[agendas.Tree], number: int, part: int) -> None:
        @hypothesis.seed(seed * 1_000_000 + part)
        @settings(
            max_examples=number, database=None, deadline=None, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(agendas.files(trees))
        def each(data: bytes) -> None:
            count(kind, data)

        each()

    real = library.builtin_path().read_bytes()
    quarter = cases // 4
    for _, data in zip(range(cases - 2 * quarter), mutations(real, seed), strict=False):
        count("changed bytes", data)
    for done in range(0, quarter, _AT_ONCE):  # Hypothesis keeps all that it has drawn
        number = min(_AT_ONCE, quarter - done)
        draw("valid", agendas.valid(), number, done)
        draw("nearly valid", agendas.nearly_valid(), number, done)
    return counts


def main() -> None:
    """Attack, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    start = time.perf_counter()
    counts = attack(asked.cases, asked.seed)
    for kind, number in sorted(counts.items()):
        print(f"{number:8,}  {kind}")
    took = time.perf_counter() - start
    print(f"{sum(counts.values()):8,}  cases, no other outcome, {took:.0f} s")


if __name__ == "__main__":
    main()
