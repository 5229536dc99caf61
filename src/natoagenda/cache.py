"""The cache: one SQLite file of what was worked out before, agendas and search indexes.

It is disposable. Whatever is wrong with it (absent, read-only, locked, full, spoilt, made by
another version of the program), the answer is the same and only slower: then an empty one that
lasts as long as the program takes its place. What stands in its tables is the concern of
`natoagenda.library` and `natoagenda.search`.
"""

from __future__ import annotations

import contextlib
import os
import time
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from natoagenda import __version__, folders

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

NAME = f"cache-{zlib.crc32(__file__.encode(errors='surrogateescape')):08x}.sqlite3"
"""Each installation has a cache of its own, so that two versions never empty each other's."""

UNUSED = 90
"""Days after which the cache of another installation is taken for one that is gone."""

PATIENCE = 10.0
"""Seconds to wait for another process; each holds the file for less than one at a time."""

_MAKERS = (
    "model.py", "schema.py", "strictyaml.py", "dataset.py", "citations.py", "citation_rules.py",
    "text.py", "documents.py", "matching.py", "search.py", "library.py", "cache.py", "bounds.py",
    "visible.py",
)  # fmt: skip
"""The modules that decide what is worked out; a change of one outdates the cache."""

_PASSING = frozenset({"BUSY", "LOCKED", "READONLY", "FULL", "CANTOPEN", "NOMEM", "INTERRUPT"})
"""What SQLite calls troubles that say nothing against the file itself."""

_TABLES = """
CREATE TABLE maker (made_by TEXT);
CREATE TABLE agenda (
  number INTEGER PRIMARY KEY, hash TEXT UNIQUE, content BLOB, checksum INTEGER, added INTEGER
);
CREATE TABLE library (
  number INTEGER PRIMARY KEY, name BLOB UNIQUE, listing BLOB, version INTEGER, indexed INTEGER
);
CREATE TABLE place (library INTEGER, first INTEGER, last INTEGER, agenda INTEGER, date TEXT);
CREATE INDEX place_library ON place (library, first);
CREATE TABLE letter (
  library INTEGER, source INTEGER, name TEXT, state TEXT, agenda INTEGER, id TEXT,
  organisation TEXT, starts TEXT, ends TEXT, fault BLOB,
  UNIQUE (library, source, name)
);
CREATE INDEX letter_id ON letter (library, id);
CREATE INDEX letter_state ON letter (library, state, starts, id);
"""
"""`agenda` has the agendas by the hash of their files; `library` the sets of files that were
asked from, with their sizes and times (`listing`), how often that changed (`version`), and as of
which version the search index is; `letter` the files of each; `place` where
each agenda stands in the library's search index: the numbers of its first and last text."""

_DAY = 24 * 3600
_given_up = False


class SpoiltError(Exception):
    """The cache holds what nobody wrote there."""


class ReplacedError(Exception):
    """Another version of the program, installed in this one's place, has taken the cache over."""


def connect() -> sqlite3.Connection:
    """Open the cache or, where it cannot be used, an empty one that nobody else sees."""
    import sqlite3

    if not _given_up:
        for _ in range(2):  # where the file was spoilt it is gone the second time
            try:
                return _open(_file())
            except (OSError, RuntimeError, sqlite3.Error) as error:
                if not _remove_spoilt(error):
                    break
    return empty()


def empty() -> sqlite3.Connection:
    """Open an empty cache that nobody else sees, and that is gone with the program."""
    return _open(None)


def give_up(error: Exception) -> bool:
    """Do without the cache from now on, if an error comes from it.

    Returns:
        Whether it does, and what failed is worth trying again.
    """
    global _given_up
    if _given_up or not _is_ours(error):
        return False
    _remove_spoilt(error)
    _given_up = True
    return True


@contextlib.contextmanager
def writing(database: sqlite3.Connection) -> Iterator[None]:
    """All or nothing of what is written within, while no other process writes.

    Raises:
        ReplacedError: where the cache is no longer this version's.
    """
    with _transaction(database):
        if _made_by(database) != _maker():
            raise ReplacedError
        yield


@contextlib.contextmanager
def _transaction(database: sqlite3.Connection) -> Iterator[None]:
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
        database.execute("COMMIT")
    except BaseException:
        if database.in_transaction:
            database.execute("ROLLBACK")
        raise


def _file() -> Path:
    folder = folders.cache()
    if not folder.is_absolute():
        raise RuntimeError("there is no home folder")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder / NAME


def _open(file: Path | None) -> sqlite3.Connection:
    import sqlite3

    # SQLite keeps a database without a name in memory and, where it grows, in a file of its own.
    database = sqlite3.connect(file or "", timeout=PATIENCE, isolation_level=None)
    try:
        database.execute("PRAGMA synchronous = NORMAL")
        database.execute("PRAGMA cache_size = -32000")
        maker = _maker()
        if _made_by(database) != maker:
            _make_anew(database, maker)
            if file is not None:
                _tidy(file)
        if file is not None:
            _touch(file)
    except BaseException:
        database.close()
        raise
    return database


def _touch(file: Path) -> None:
    """Show that a cache is in use, once a day."""
    with contextlib.suppress(OSError):
        if time.time() - file.stat().st_mtime > _DAY:
            os.utime(file)


def _tidy(file: Path) -> None:
    """Remove the caches of installations that are gone."""
    with contextlib.suppress(OSError):
        for other in file.parent.glob("cache*.sqlite3"):
            if time.time() - other.stat().st_mtime > UNUSED * _DAY:
                other.unlink()


def _maker() -> str:
    here = Path(__file__)
    ages = [here.with_name(maker).stat().st_mtime_ns for maker in _MAKERS]
    return f"{__version__} {ages}"


def _made_by(database: sqlite3.Connection) -> str | None:
    import sqlite3

    try:
        row: tuple[str] | None = database.execute("SELECT made_by FROM maker").fetchone()
    except sqlite3.OperationalError as error:
        if "no such" not in str(error):
            raise
        return None
    return row[0] if row else None


def _make_anew(database: sqlite3.Connection, maker: str) -> None:
    """Empty a cache that is new or of another version.

    Not by removing the file, which other processes may have open.
    """
    with _transaction(database):
        if _made_by(database) == maker:  # another process was first
            return
        found = database.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY sql LIKE "
            "'CREATE VIRTUAL%' DESC"
        ).fetchall()
        for name, _ in found:
            # A virtual table takes those that belong to it along.
            database.execute(f'DROP TABLE IF EXISTS "{name}"')
        for statement in _TABLES.split(";"):
            database.execute(statement)
        database.execute("INSERT INTO maker VALUES (?)", (maker,))


def _is_ours(error: Exception) -> bool:
    import sqlite3

    return isinstance(error, (SpoiltError, ReplacedError, sqlite3.Error))


def _remove_spoilt(error: Exception) -> bool:
    """Remove the file, if that is what an error comes from; say whether it is gone."""
    code: str | None = getattr(error, "sqlite_errorname", None)
    passing = code is not None and code.removeprefix("SQLITE_").split("_")[0] in _PASSING
    if not _is_ours(error) or passing or isinstance(error, ReplacedError):
        return False
    with contextlib.suppress(OSError, RuntimeError):
        file = folders.cache() / NAME
        file.unlink(missing_ok=True)
        file.with_name(f"{NAME}-journal").unlink(missing_ok=True)
        return True
    return False
