"""Attack the folders that agenda files are written to: another process swaps names all the time.

It waits for an unfinished file and puts a link to a private file in its place, as fast as it can,
while the program writes a new file, or one over an old one. Whatever comes of that, the private
file keeps its content and its rights, the new file is whole and no link, or the user is told.

    python -m attacks.places --rounds 2000
"""

from __future__ import annotations

import argparse
import contextlib
import os
import stat
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from natoagenda import files
from natoagenda.errors import DataError

SWAPS = ("link", "hard link", "folder", "other file")
"""What is put in the place of an unfinished file."""

SECRET = "nobody else reads this"
TEXT = "whole\n" * 2000

_ATTACKER = """
import os, sys
folder, victim, kind = sys.argv[1:]
os.chdir(folder)
print("ready", flush=True)
while True:
    for name in os.listdir("."):
        if not name.startswith(".natoagenda-"):
            continue
        try:
            if kind == "link":
                os.symlink(victim, "swap")
            elif kind == "hard link":
                os.link(victim, "swap")
            elif kind == "other file":
                open("swap", "w").close()
            elif kind == "folder":
                os.unlink(name)
                os.mkdir(name)
                continue
            os.replace("swap", name)
        except OSError:
            try:
                os.unlink("swap")
            except OSError:
                pass
"""


class Place:
    """A folder that everybody writes to, and a private file beside it."""

    def __init__(self, top: Path) -> None:
        """Make both."""
        self.victim = top / "victim"
        self.victim.write_text(SECRET, encoding="utf-8")
        self.victim.chmod(0o600)
        self.folder = top / "shared"
        self.folder.mkdir()
        self.folder.chmod(0o777)
        self.file = self.folder / "agenda.yaml"

    def prove(self) -> None:
        """See that the private file is as it was, and that no link has the new file's name."""
        assert stat.S_IMODE(self.victim.stat().st_mode) == 0o600
        assert self.victim.read_text(encoding="utf-8") == SECRET
        assert not self.file.is_symlink()

    def write(self, *, force: bool) -> str:
        """Write the file once, over an old one or where none is; say what came of it."""
        with contextlib.suppress(FileNotFoundError):
            self.file.unlink()
        if force:
            self.file.write_text("old", encoding="utf-8")
            self.file.chmod(0o640)
        try:
            files.write_new(self.file, TEXT, force=force)
        except DataError as error:
            self.prove()
            return f"refused: {error.problem}"
        self.prove()
        assert self.file.read_text(encoding="utf-8") == TEXT
        if force:
            assert stat.S_IMODE(self.file.stat().st_mode) == 0o640
        return "written"


@contextlib.contextmanager
def swapping(place: Place, kind: str) -> Iterator[None]:
    """Let another process swap names meanwhile."""
    words = [sys.executable, "-I", "-S", "-c", _ATTACKER, str(place.folder), str(place.victim)]
    with subprocess.Popen([*words, kind], stdout=subprocess.PIPE) as attacker:
        assert attacker.stdout is not None
        attacker.stdout.readline()
        try:
            yield
        finally:
            attacker.kill()


def race(top: Path, kind: str, *, force: bool, rounds: int) -> Counter[str]:
    """Write so many times while another process swaps names; count what came of it."""
    place = Place(top)
    with swapping(place, kind):
        return Counter(place.write(force=force) for _ in range(rounds))


def main() -> None:
    """Race for as long as is asked, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=2000)
    asked = parser.parse_args()
    os.umask(0o022)
    for kind in SWAPS:
        for force in (False, True):
            with tempfile.TemporaryDirectory() as top:
                counts = race(Path(top), kind, force=force, rounds=asked.rounds)
            for what, number in sorted(counts.items()):
                over = "over an old file" if force else "a new file"
                print(f"{number:5}  {kind}, {over}: {what}")
    print("the private file was never touched, and no link took the new file's name")


if __name__ == "__main__":
    main()
