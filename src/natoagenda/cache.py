"""What was worked out before: agendas, so that YAML need not be read again, and search indexes.

Disposable files in the user's cache folder. One is trusted only if it was made from the very
same bytes by the very same program; whatever else is wrong with it, or with the folder, the
answer is the same and only slower.
"""

from __future__ import annotations

import contextlib
import os
import sys
import zlib
from pathlib import Path

from natoagenda import __version__

_MAKERS = (
    "model.py", "schema.py", "strictyaml.py", "dataset.py", "citations.py",
    "citation_rules.py", "text.py", "documents.py", "matching.py", "search.py",
)  # fmt: skip
"""The modules that decide what is worked out; a change of one outdates the cache."""


def folder() -> Path:
    """The folder for disposable files: `natoagenda` in the platform's cache folder."""
    if base := os.environ.get("XDG_CACHE_HOME"):
        return Path(base) / "natoagenda"
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
        return Path(base) / "natoagenda" / "Cache"
    caches = "Library/Caches" if sys.platform == "darwin" else ".cache"
    return Path.home() / caches / "natoagenda"


def fingerprint(data: bytes) -> str:
    """Name some bytes; what is not the same has another name, short of malice."""
    return f"{len(data):x}-{zlib.crc32(data):08x}-{zlib.adler32(data):08x}"


def get(kind: str, name: str) -> bytes | None:
    """What was kept under a name by this very program, or None.

    Args:
        kind: `agenda` or `index`.
        name: the fingerprint of what it was made from.
    """
    try:
        head, _, content = _file(kind, name).read_bytes().partition(b"\n")
        return content if head == _head(name, content) else None
    except (OSError, RuntimeError, ValueError):
        return None


def put(kind: str, name: str, content: bytes) -> None:
    """Keep something under a name; a failure to do so is no failure."""
    with contextlib.suppress(OSError, RuntimeError, ValueError):
        file = _file(kind, name)
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Written beside and moved into place: a reader sees the old file or the new one.
        new = file.with_name(f"{file.name}.{os.getpid()}.new")
        try:
            new.write_bytes(_head(name, content) + b"\n" + content)
            new.replace(file)
        finally:
            new.unlink(missing_ok=True)


def _file(kind: str, name: str) -> Path:
    return folder() / f"{name}.{kind}"


def _head(name: str, content: bytes) -> bytes:
    """The first line of a kept file: what it was made from, by which program, and its checksum."""
    here = Path(__file__)
    ages = [here.with_name(maker).stat().st_mtime_ns for maker in _MAKERS]
    return f"{__version__} {name} {fingerprint(content)} {ages}".encode()
