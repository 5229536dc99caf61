"""Faults of the machine, after which every file is whole and the next command answers.

A command killed at any moment, a full disk, folders that cannot be written, a clock that was set
back, two versions at once, many processes at once. Files are the old ones or the new ones.

    python -m attacks.faults --kills 200
"""

from __future__ import annotations

import argparse
import concurrent.futures
import contextlib
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks import letters

from attacks import children
from natoagenda import dataset, library

TITLE = "Geannoteerde agenda NAVO-top van 9 tot 11 juli 2024"
SEARCHED = ("search", "oekraïne", "--json")

Counts = Counter[str]


def letter(ending: str) -> str:
    """A letter to import; what it ends with tells an old one from a new one."""
    sentences = "\n\n".join(f"Nederland steunt voorstel {i} van harte." for i in range(60))
    return f"{TITLE}\n\nInleiding\n\n{sentences}\n\nDit is de {ending} brief.\n"


def troubles(ended: children.Ended) -> list[str]:
    """What a command said but that some letters are not reviewed, which is so."""
    return [line for line in ended.err.splitlines() if "not reviewed" not in line]


class Moment(NamedTuple):
    """When to end a command: so many seconds after it starts, or after something has begun."""

    after: float
    begun: Callable[[], bool] | None = None


class Home:
    """A user's folders, with an imported letter and a folder of others."""

    def __init__(self, top: Path, many: int = 20) -> None:
        """Make the folders."""
        self.top = top
        self.data = top / "data" / "natoagenda"
        self.cache = top / "cache"
        self.letters = top / "letters"
        self.ids = letters.write(self.letters, many)
        self.texts = {ending: top / f"{ending}.txt" for ending in ("oude", "nieuwe")}
        for ending, path in self.texts.items():
            path.write_text(letter(ending), "utf-8")
        self.whole = {ending: self._made(ending) for ending in self.texts}
        [self.file] = self.data.glob("*.yaml")

    def _made(self, ending: str) -> bytes:
        ended = self.run("import", "--force", self.texts[ending])
        assert ended.code == 0, ended.err
        [file] = self.data.glob("*.yaml")
        return file.read_bytes()

    def run(self, *arguments: str | Path, moment: Moment | None = None) -> children.Ended:
        """Run the program for this user, until a moment."""
        if moment is None:
            return children.run(arguments, self.top)
        return children.run(arguments, self.top, kill_after=moment.after, kill_when=moment.begun)

    def writing(self) -> bool:
        """Whether an unfinished file is there."""
        return any(name.endswith(".new") for name in os.listdir(self.data))

    def changing(self) -> bool:
        """Whether the cache is in the middle of a change."""
        folder = self.cache / "natoagenda"
        return folder.exists() and any(name.endswith("-journal") for name in os.listdir(folder))

    def state(self) -> str:
        """Whether the imported letter is the old one, the new one, or gone; nothing else."""
        visible = [path for path in self.data.iterdir() if not path.name.startswith(".")]
        assert visible in ([], [self.file]), visible
        if not visible:
            return "gone"
        content = self.file.read_bytes()
        dataset.parse(content, "x")
        [found] = [ending for ending, whole in self.whole.items() if whole == content]
        return found

    def answers(self, reference: bytes | None) -> bytes:
        """What the next commands answer, which must be right."""
        listed = self.run("agendas", "--json")
        assert listed.code == 0, listed.err
        ids = [row["id"] for row in json.loads(listed.out)]
        assert ("washington-2024" in ids, len(ids)) == (True, 1 if self.state() == "gone" else 2)
        searched = self.run(*SEARCHED, "--data", self.letters)
        assert searched.code == 0, searched.err
        assert troubles(searched) == []
        assert reference is None or searched.out == reference
        return searched.out


def moments(
    home: Home,
    chance: random.Random,
    kills: int,
    *arguments: str | Path,
    begun: Callable[[], bool] | None = None,
) -> Iterator[Moment]:
    """When to end a command: anywhere, near its end, and once it has begun to write."""
    took = []
    for _ in range(3):
        start = time.perf_counter()
        home.run(*arguments)
        took.append(time.perf_counter() - start)
    usual = sorted(took)[1]
    for number in range(kills):
        if begun is not None and number % 2:
            yield Moment(
                chance.choice([0.0, chance.uniform(0, 0.02), chance.uniform(0, 0.2)]), begun
            )
        else:
            low, high = (0.1, 1.1) if number % 4 else (0.7, 1.05)
            yield Moment(usual * chance.uniform(low, high))


def killed(home: Home, kills: int, seed: int) -> Counts:
    """End imports, the building of the cache, and removals at random moments."""
    chance = random.Random(seed)
    counts: Counts = Counter()
    reference = home.answers(None)

    def how(moment: Moment, ended: children.Ended) -> str:
        begun = "while it wrote" if moment.begun else "at any time"
        return f"killed {begun}" if ended.code < 0 else "done before"

    imported = ("import", "--force", home.texts["nieuwe"])
    for moment in moments(home, chance, kills, *imported, begun=home.writing):
        home.file.write_bytes(home.whole["oude"])
        for left in home.data.glob(".*"):
            left.unlink()
        ended = home.run(*imported, moment=moment)
        half = ", an unfinished one beside it" if home.writing() else ""
        counts[f"import {how(moment, ended)}, file {home.state()}{half}"] += 1
        home.answers(reference)
    searched = (*SEARCHED, "--data", home.letters)
    for moment in moments(home, chance, kills, *searched, begun=home.changing):
        shutil.rmtree(home.cache, ignore_errors=True)
        ended = home.run(*searched, moment=moment)
        half = ", in the middle of a change" if home.changing() else ""
        counts[f"cache building {how(moment, ended)}{half}"] += 1
        home.answers(reference)
    identifier = dataset.load(home.file).id
    for moment in moments(home, chance, kills, "agendas", "--json"):
        home.file.write_bytes(home.whole["oude"])
        ended = home.run("agendas", "remove", identifier, "--yes", moment=moment)
        counts[f"removal {how(moment, ended)}, file {home.state()}"] += 1
        home.answers(reference)
    home.file.write_bytes(home.whole["oude"])
    return counts


def leftovers(home: Home) -> Counts:
    """See that the next import removes the unfinished file of one that was killed."""
    home.run("import", "--force", home.texts["nieuwe"], moment=Moment(0.0, home.writing))
    left = list(home.data.glob(".*"))
    for path in left:
        old = time.time() - 7200
        os.utime(path, (old, old))
    assert home.run("import", "--force", home.texts["oude"]).code == 0
    assert list(home.data.glob(".*")) == []
    return Counter({"unfinished file, removed by a later import": len(left)})


@contextlib.contextmanager
def small_disk(place: Path, size: str) -> Iterator[bool]:
    """Put a disk of little room in the place of a folder; say whether that can be done here."""
    place.mkdir(parents=True, exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
    if shutil.which("mount") is None or subprocess.run(mount, check=False).returncode:
        yield False
        return
    try:
        yield True
    finally:
        subprocess.run(["umount", str(place)], check=True)


SIZES = (4, 8, 16, 24, 40, 60, 100, 150, 200, 250, 300, 400, 500, 600)
"""Kilobytes of room on a disk that is nearly full."""


def full_disk(home: Home, sizes: Sequence[int] = SIZES) -> Counts:
    """Import and search on disks of little room, then make room."""
    counts: Counts = Counter()
    reference = home.answers(None)
    for kilobytes in sizes:
        with tempfile.TemporaryDirectory() as made:
            place = Path(made)
            with small_disk(place, f"{kilobytes}k") as there:
                if not there:
                    return Counter({"left out: no disk can be mounted here": 1})
                filler = place / "filler"
                ended = children.run(["import", home.texts["oude"]], place)
                assert ended.code in (0, 3), ended.err
                assert ended.code == 0 or "No space left on device" in ended.err, ended.err
                folder = place / "data" / "natoagenda"
                files = list(folder.iterdir()) if folder.exists() else []
                assert [file.read_bytes() for file in files] == [home.whole["oude"]] * len(files)
                assert len(files) == (ended.code == 0)
                counts[f"full disk, import: {'done' if files else 'refused, no file left'}"] += 1
                searched = children.run([*SEARCHED, "--data", home.letters], place)
                assert (searched.code, searched.out) == (0, reference), searched.err
                counts["full disk, search: answered"] += 1
                filler.unlink(missing_ok=True)
                subprocess.run(["mount", "-o", "remount,size=20m", str(place)], check=True)
                for _ in range(2):
                    searched = children.run([*SEARCHED, "--data", home.letters], place)
                    assert (searched.code, searched.out) == (0, reference), searched.err
                counts["full disk, search after room was made: answered"] += 1
    return counts


def read_only(home: Home) -> Counts:
    """Look up, import and remove where nothing can be written."""
    counts: Counts = Counter()
    reference = home.answers(None)
    with tempfile.TemporaryDirectory() as made:
        place = Path(made)
        with small_disk(place, "20m") as there:
            if not there:
                return Counter({"left out: no disk can be mounted here": 1})
            assert children.run(["import", home.texts["oude"]], place).code == 0
            identifier = dataset.parse(home.whole["oude"], "x").id
            for warm in (False, True):
                if warm:
                    subprocess.run(["mount", "-o", "remount,rw", str(place)], check=True)
                    assert children.run([*SEARCHED, "--data", home.letters], place).code == 0
                subprocess.run(["mount", "-o", "remount,ro", str(place)], check=True)
                searched = children.run([*SEARCHED, "--data", home.letters], place)
                assert (searched.code, searched.out, troubles(searched)) == (0, reference, [])
                refused: dict[str, list[str | Path]] = {
                    "import": ["import", "--force", home.texts["nieuwe"]],
                    "removal": ["agendas", "remove", identifier, "--yes"],
                }
                for name, arguments in refused.items():
                    ended = children.run(arguments, place)
                    assert ended.code == 3, ended.err
                    assert "Read-only file system" in ended.err, ended.err
                    assert ended.err.count("\n") == 1, ended.err
                    counts[f"read-only, {name}: refused"] += 1
                [file] = (place / "data" / "natoagenda").iterdir()
                assert file.read_bytes() == home.whole["oude"]
                counts[f"read-only, search with {'a' if warm else 'no'} cache: answered"] += 1
    return counts


TIMES = ("2020-01-01 12:00:00", "2040-01-01 12:00:00", "2001-09-09 01:46:40")


def clock(home: Home, times: Sequence[str] = TIMES) -> Counts:
    """Look up and import with a clock that is set back, and set forth again."""
    counts: Counts = Counter()
    faketime = shutil.which("faketime")
    if faketime is None:
        return Counter({"left out: faketime is not installed": 1})
    reference = home.answers(None)
    for when in times:
        program = (faketime, when, *children.PROGRAM)
        for ending in ("nieuwe", "oude"):
            ended = children.run(
                ["import", "--force", home.texts[ending]], home.top, program=program
            )
            assert ended.code == 0, ended.err
            assert home.state() == ending
            shown = children.run(
                ["search", ending, "--json", "--data", home.file], home.top, program=program
            )
            assert (shown.code, len(json.loads(shown.out))) == (0, 1), shown.err
            searched = children.run([*SEARCHED, "--data", home.letters], home.top, program=program)
            assert (searched.code, searched.out) == (0, reference), searched.err
            home.answers(reference)
            counts[f"clock at {when[:4]}: import and look-ups right"] += 1
    return counts


def versions(home: Home, rounds: int) -> Counts:
    """Let two versions of the program use one user's folders, in turn and at once."""
    counts: Counts = Counter()
    reference = home.answers(None)
    source = library.builtin_path().parents[1] / "src"
    if not source.exists():
        return Counter({"left out: the program does not run from its source": 1})
    programs = []
    for version in ("0.0.1", "0.0.2"):
        copied = home.top / version
        shutil.copytree(source, copied / "src", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copytree(library.builtin_path().parent, copied / "data")
        file = copied / "src" / "natoagenda" / "__init__.py"
        changed = re.sub('__version__ = ".*"', f'__version__ = "{version}"', file.read_text())
        file.write_text(changed)
        code = f"import sys; sys.path.insert(0, {str(copied / 'src')!r}); sys.argv[0] = 'x'; "
        code += "from natoagenda.cli.main import run; run()"
        programs.append((sys.executable, "-c", code))
        said = children.run(["--version"], home.top, program=programs[-1])
        assert said.out == f"natoagenda {version}\n".encode(), said

    def ask(number: int) -> children.Ended:
        program = programs[number % 2]
        return children.run([*SEARCHED, "--data", home.letters], home.top, program=program)

    for number in range(2):
        assert ask(number).out == reference
    kept = {path: path.stat().st_mtime_ns for path in home.cache.rglob("*.sqlite3")}
    for number in range(2 * rounds):
        assert ask(number).out == reference
        counts["two versions in turn: answered"] += 1
    assert {path: path.stat().st_mtime_ns for path in home.cache.rglob("*.sqlite3")} == kept
    shutil.rmtree(home.cache)
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        for ended in pool.map(ask, range(2 * rounds)):
            assert (ended.code, ended.out, troubles(ended)) == (0, reference, []), ended.err
            counts["two versions at once on no cache: answered"] += 1
    return counts


def together(home: Home, rounds: int) -> Counts:
    """Let eight processes import, remove and search at once, on a cache that is gone."""
    counts: Counts = Counter()
    reference = home.answers(None)
    identifier = dataset.load(home.file).id
    asked: list[list[str | Path]] = [
        ["import", "--force", home.texts["oude"]],
        ["import", "--force", home.texts["nieuwe"]],
        ["agendas", "remove", identifier, "--yes"],
        ["import", home.texts["oude"]],
        [*SEARCHED, "--data", home.letters],
        [*SEARCHED, "--data", home.letters],
        ["agendas", "--json"],
        ["search", "brief", "--json"],
    ]
    for _ in range(rounds):
        shutil.rmtree(home.cache, ignore_errors=True)
        with concurrent.futures.ThreadPoolExecutor(len(asked)) as pool:
            done = list(pool.map(lambda arguments: home.run(*arguments), asked))
        for arguments, ended in zip(asked, done, strict=True):
            assert ended.code in (0, 1, 2), (arguments, ended.err)
            assert "a fault of the program" not in ended.err
            if str(home.letters) in map(str, arguments):
                assert (ended.code, ended.out) == (0, reference), ended.err
        counts[f"eight processes at once, file {home.state()}"] += 1
        home.answers(reference)
    home.file.write_bytes(home.whole["oude"])
    return counts


def main() -> None:
    """Do it all, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kills", type=int, default=200, help="for each of three commands")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        home = Home(Path(made))
        rounds = max(2, asked.kills // 10)
        for counts in (
            killed(home, asked.kills, asked.seed), full_disk(home), read_only(home), clock(home),
            versions(home, rounds), together(home, rounds), leftovers(home),
        ):  # fmt: skip
            for what, number in sorted(counts.items()):
                print(f"{number:5}  {what}", flush=True)
    print("every file was whole, and every next command answered")


if __name__ == "__main__":
    main()
