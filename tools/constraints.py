"""Remake the constraints files: the newest versions that the ranges admit, with their hashes.

    pip install '.[release]' && python tools/constraints.py

One resolution serves CPython 3.11 and later on Linux, macOS and Windows. Each file holds those
after it to its versions, so no two files differ in one. They name no index: the hashes say what
is installed, wherever it comes from.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
FILES = {
    "constraints.txt": ("What the program and its explorer need", ["browse"]),
    "constraints-test.txt": (
        "What the program and its tests need",
        ["browse", "test", "browser"],
    ),
    "constraints-tools.txt": (
        "What the program needs, and the tools that release and measure it",
        ["bench", "release"],
    ),
}
"""What each file holds, and the extras that this means beside the program's own needs."""

HEADER = """\
# {what},
# each at one version and known by its hashes, for CPython 3.11 and later:
#
#     pip install --require-hashes -r {name}
#     pip install --no-deps natoagenda-*.whl
#
# Made by `python tools/constraints.py`: the newest versions that pyproject.toml admits.

"""


def compiled(extras: list[str], before: list[str]) -> str:
    """What the program and some extras need, at the versions of the files made before."""
    command = "pip compile pyproject.toml --quiet --upgrade --universal --python-version 3.11"
    words = [sys.executable, "-m", "uv", *command.split()]
    words += ["--generate-hashes", "--no-header", "--no-emit-index-url"]
    words += [word for extra in extras for word in ("--extra", extra)]
    words += [word for name in before for word in ("--constraints", name)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        sys.exit(done.stderr.decode("utf-8"))
    return done.stdout.decode("utf-8")


def main() -> None:
    """Write the files."""
    for place, (name, (what, extras)) in enumerate(FILES.items()):
        pins = compiled(extras, list(FILES)[:place])
        text = HEADER.format(name=name, what=what) + pins
        (ROOT / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
