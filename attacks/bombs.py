"""Data files that are made to take long, to take much memory, or to be no file at all.

Each is tried with `natoagenda show --data FILE`, which must answer within two seconds of the
processor and 200 MB.

    python -m attacks.bombs
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from attacks import children
from natoagenda import files, library

SECONDS = 2.0
MEGABYTES = 200.0

_HEAD = """\
schema: 1
agenda:
  id: bom
  title: {nl: Bom}
  organisation: NAVO
  starts: 2025-02-12
  ends: 2025-02-13
  document: {pages: 99999, sha256: %s}
  reviewed: true
sessions: []
""" % ("0" * 64)  # fmt: skip
_TAIL = "footnotes: []\nreferences: []\n"
_SECTION = "sections:\n- {id: a, kind: topic, page: 1, statements: [%s]}\n"


def _statements(count: int, page: str = "1", more: str = "", text: str = "b") -> str:
    each = (f"{{id: a.1.{i}, page: {page}, {more}nl: {text}}}" for i in range(1, count + 1))
    return ",\n".join(each)


def _agenda(statements: str, tail: str = _TAIL) -> bytes:
    return (_HEAD + _SECTION % statements + tail).encode()


def _notes(count: int) -> bytes:
    marks = " ".join(f"b[^{i}]" for i in range(1, count + 1))
    notes = "".join(f"- {{number: {i}, page: 1, nl: c}}\n" for i in range(1, count + 1))
    tail = f"footnotes:\n{notes}references: []\n"
    return _agenda(f'{{id: a.1.1, page: 1, nl: "{marks}"}}', tail)


def _cited(count: int) -> bytes:
    cited = ", ".join(["a.1.1"] + ["a"] * count)
    entry = f"{{id: b, kind: plan, title: {{nl: b}}, cited_from: [{cited}]}}"
    return _agenda(_statements(1), f"footnotes: []\nreferences: [{entry}]\n")


def _references(count: int) -> bytes:
    each = "".join(
        f"- {{id: kst-28676-{i}, kind: report, title: {{nl: b}}, cited_from: [a.1.1]}}\n"
        for i in range(1, count + 1)
    )
    return _agenda(_statements(1), f"footnotes: []\nreferences:\n{each}")


def _sections(count: int) -> bytes:
    each = "".join(f"- {{id: a{i}, kind: topic, page: 1, statements: []}}\n" for i in range(count))
    return (_HEAD + "sections:\n" + each + _TAIL).encode()


def _aliases() -> bytes:
    lines = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 12)]
    return "\n".join(lines).encode()


FULL = files.MAX_AGENDA - 200

FILES: dict[str, Callable[[], bytes]] = {
    "billion laughs": _aliases,
    "an alias of itself": lambda: b"a: &a [*a]\n",
    "merge keys": lambda: b"a: &a {b: c}\nd: {<<: *a}\n",
    "a tag that runs code": lambda: b"!!python/object/apply:os.system ['touch ran']\n",
    "anchors": lambda: b"".join(b"- &a%d x\n" % i for i in range(300_000)),
    "20,000 levels of [": lambda: b"[" * 20_000,
    "20,000 levels of {": lambda: b"{a: " * 20_000,
    "20,000 levels of - ": lambda: b"- " * 20_000,
    "20,000 levels of ? ": lambda: b"? " * 20_000,
    "20,000 levels, indented": lambda: b"".join(b" " * i + b"a:\n" for i in range(2_800)),
    "4 MB of [": lambda: b"[" * FULL,
    "4 MB of ]": lambda: b"]" * FULL,
    "4 MB of items": lambda: b"[" + b"a," * (FULL // 2) + b"]",
    "4 MB of empty items": lambda: b"- \n" * (FULL // 3),
    "4 MB of keys": lambda: b"".join(b"%d: a\n" % i for i in range(FULL // 10)),
    "4 MB of one text": lambda: b'a: "' + b"x" * FULL + b'"',
    "4 MB of lines in a text": lambda: b"a: " + b"x\n  " * (FULL // 4),
    "4 MB of escapes": lambda: b'a: "' + b"\\n" * (FULL // 2) + b'"',
    "4 MB of line breaks": lambda: b"a:" + b"\n" * FULL + b" b",
    "4 MB of comments": lambda: b"#\n" * (FULL // 2),
    "4 MB of spaces": lambda: b" " * FULL,
    "4 MB of directives": lambda: b"%FOO bar\n" * (FULL // 9) + b"---\na",
    "%TAG directives": lambda: b"".join(b"%%TAG !a%d! b\n" % i for i in range(200_000)) + b"---\na",
    "4 MB of documents": lambda: b"---\n" * (FULL // 4),
    "4 MB of a tag": lambda: b"!<" + b"a" * FULL + b"> x",
    "4 MB of a key": lambda: b"x" * FULL + b": y\n",
    "4 MB in a message": lambda: b"schema: " + b"x" * FULL,
    "a list in a message": lambda: b"schema: [" + b"a, " * 190_000 + b"]",
    "NUL": lambda: b"schema: 1\nagenda: \0\n",
    "4 MB of NUL": lambda: b"\0" * FULL,
    "lone surrogate": lambda: b'schema: "\\ud800"\n',
    "half a surrogate in UTF-8": lambda: b"schema: \xed\xa0\x80\n",
    "UTF-16": lambda: library.builtin_path().read_text("utf-8").encode("utf-16"),
    "UTF-16 without a mark": lambda: b"schema: 1\n".decode().encode("utf-16-le"),
    "UTF-32": lambda: library.builtin_path().read_text("utf-8").encode("utf-32"),
    "lines that end in CR": lambda: library.builtin_path().read_bytes().replace(b"\n", b"\r"),
    "lines that end in CR LF": lambda: library.builtin_path().read_bytes().replace(b"\n", b"\r\n"),
    "an agenda and a NUL": lambda: library.builtin_path().read_bytes() + b"\0",
    "an endless span of pages": lambda: _agenda(_statements(9_000, "1-99999")),
    "as many statements as fit": lambda: _agenda(_statements(9_999, text="b" * 300)),
    "a statement of 4 MB": lambda: _agenda(_statements(1, text="b " * (FULL // 2 - 400) + "c")),
    "the longest statements": lambda: _agenda(_statements(40, text="b " * 49_000 + "c")),
    "each about another": lambda: _agenda(
        "{id: a.1.1, page: 1, nl: b},\n"
        + _statements(9_999, more="role: stance, about: [a.1.1], ").partition(",\n")[2]
    ),
    "9,999 footnotes": lambda: _notes(9_999),
    "a reference cited from 100,000 places": lambda: _cited(100_000),
    "15,000 references": lambda: _references(15_000),
    "25,000 sections": lambda: _sections(25_000),
    "4 MB of open marks": lambda: _agenda(_statements(1, text=f'"{"[^" * (FULL // 2 - 400)}"')),
    "300 MB": lambda: b"",  # made below, without holding it
}  # fmt: skip


def write(name: str, folder: Path) -> Path:
    """Make one of the files."""
    path = folder / f"{list(FILES).index(name)}.yaml"
    path.write_bytes(FILES[name]())
    if name == "300 MB":
        with path.open("wb") as stream:
            for _ in range(300):
                stream.write(b"a: " + b"x" * (2**20 - 3))
    return path


def others(folder: Path) -> Iterator[tuple[str, Path]]:
    """What is no file."""
    pipe = folder / "pipe.yaml"
    os.mkfifo(pipe)
    yield "a FIFO", pipe
    loop = folder / "loop.yaml"
    loop.symlink_to(loop)
    yield "a link to itself", loop
    for name in ("/dev/zero", "/dev/random", "/dev/tty", "/proc/self/mem", "/proc/kmsg"):
        yield name, Path(name)


def attempt(path: Path, home: Path) -> children.Ended:
    """Ask for the letter of a data file."""
    return children.run(["show", "--data", path, "--format", "json"], home)


def main() -> None:
    """Try them all, and print what each took."""
    failed = 0
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        paths = [(name, write(name, folder)) for name in FILES] + list(others(folder))
        for name, path in [*paths, ("a folder", folder / "sub")]:
            (folder / "sub").mkdir(exist_ok=True)
            ended = attempt(path, folder)
            bad = ended.cpu > SECONDS or ended.megabytes > MEGABYTES or ended.code not in (0, 3)
            failed += bad
            print(f"{'!' if bad else ' '} {name:38} {children.measured(ended)}")
    print(f"{failed} failed")
    raise SystemExit(failed > 0)


if __name__ == "__main__":
    main()
