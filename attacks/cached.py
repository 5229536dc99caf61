"""A user with a warm cache, for attacks on it, and what their questions must be answered."""

from __future__ import annotations

import contextlib
import gc
import io
import os
import shutil
import sqlite3
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from benchmarks import letters

from natoagenda import cache, library
from natoagenda.cli.main import main as program

PAGE = 4096
ABROAD = 65534
"""A user who is nobody here."""

Answer = tuple[int, str, str]


class Broken(NamedTuple):
    """What an attack achieved that it must not."""

    attack: str
    harm: str


class Home:
    """A user with letters, a file and a database of their own, and a cache that is warm."""

    def __init__(self, top: Path, many: int = 3) -> None:
        """Make them, and learn the answers without a cache."""
        self.top = top
        self.letters = top / "letters"
        ids = letters.write(self.letters, many)
        (self.letters / "washington.yaml").write_bytes(library.builtin_path().read_bytes())
        (self.letters / "broken.yaml").write_text("schema: 1\nagenda: no\n")
        for path in self.letters.iterdir():
            os.utime(path, (1_700_000_000, 1_700_000_000))
        self.questions = [
            ["schedule", "--json"], ["topic", "oekraïne", "--json"], ["stances", "--json"],
            ["agendas", "--json"], ["references", "--json"], ["references", "21501-02", "--json"],
            ["--agenda", ids[0], "schedule", "--json"], ["search", "bondgenoten", "--json"],
            ["search", "bondgeno", "--json"], ["search", "overeenkomst", "--json"],
            ["search", '"lange termijn"', "--json"], ["search", "21501-02", "--json"],
            ["search", "niets-daarvan", "--json"], ["export", "jsonl"],
        ]  # fmt: skip
        self.unasked = top / "unasked"
        letters.write(self.unasked, 1)
        self.folder = top / "cache" / "natoagenda"
        self.file = self.folder / cache.NAME
        self.journal = self.folder / f"{cache.NAME}-journal"
        self.precious = top / "precious.txt"
        self.database = top / "mine.sqlite3"
        self.right = self.answers()
        self.answers()
        time.sleep(2.1)  # until the folder's times can be trusted
        assert self.answers() == self.right
        self.warm = self.file.read_bytes()
        self.reset()

    def reset(self) -> None:
        """Put the warm cache and the user's own files back."""
        gc.collect()
        if self.folder.is_symlink():
            self.folder.unlink()
        shutil.rmtree(self.folder.parent, ignore_errors=True)
        self.folder.mkdir(parents=True, mode=0o700)
        self.folder.chmod(0o700)
        self.file.write_bytes(self.warm)
        self.file.chmod(0o600)
        self.precious.write_text("the only copy\n")
        self.database.unlink(missing_ok=True)
        with contextlib.closing(sqlite3.connect(self.database)) as made, made:
            made.execute("CREATE TABLE mine (x)")
            made.execute("INSERT INTO mine VALUES ('the only row')")
        self.kept = self.others()

    def others(self) -> dict[str, tuple[bytes, int]]:
        """The user's own files: what they hold, and how they may be read."""
        return {
            path.name: (path.read_bytes(), path.stat().st_mode)
            for path in sorted(self.top.iterdir())
            if path.is_file()
        }

    def answers(self) -> list[Answer]:
        """What the questions are answered."""
        return [self.answer(*question) for question in self.questions]

    def answer(self, *question: str, letters: Path | None = None) -> Answer:
        """Ask one question, as a run of its own would be."""
        cache._given_up = False
        before = dict(os.environ)
        os.environ |= {"XDG_CACHE_HOME": str(self.top / "cache"),
                       "XDG_DATA_HOME": str(self.top / "data")}  # fmt: skip
        out, err = io.StringIO(), io.StringIO()
        try:
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                code = int(program(["--data", str(letters or self.letters), *question]))
        finally:
            os.environ.clear()
            os.environ.update(before)
        return code, out.getvalue(), err.getvalue()

    def change(self, *statements: str, **values: object) -> None:
        """Write into the cache as another program would."""
        with contextlib.closing(sqlite3.connect(self.file, isolation_level=None)) as database:
            database.create_function("crc32", 1, lambda value: zlib.crc32(value))
            for statement in statements:
                database.execute(statement, values)

    def harm(self) -> str | None:
        """Ask twice; say what came out wrong."""
        for turn in ("first", "next"):
            for question, right in zip(self.questions, self.right, strict=True):
                found = self.answer(*question)
                if found != right:
                    said = f" ({found[2].strip()[:80]})" if found[0] != right[0] else ""
                    return f"the {turn} answer to {' '.join(question)} is {found[0]}{said}"
        if self.others() != self.kept:
            return "the user's own files are not as they were"
        return None


ATTACKS: dict[str, Callable[[Home], str | None]] = {}
"""Each prepares the cache, and may say itself what went wrong."""


def attack(function: Callable[[Home], str | None]) -> Callable[[Home], str | None]:
    """Have an attack tried with the others."""
    ATTACKS[function.__name__.strip("_")] = function
    return function


def tried(home: Home, name: str) -> str | None:
    """Try one attack; say what harm it did."""
    home.reset()
    return ATTACKS[name](home) or home.harm()
