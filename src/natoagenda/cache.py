"""The cache: one SQLite file of what was worked out before, agendas and search indexes.

It is disposable. Whatever is wrong with it (absent, read-only, locked, full, spoilt, made by
another version of the program or by another hand), the answer is the same and only slower: then an
empty one that lasts as long as the program takes its place. What stands in its tables is the
concern of `natoagenda.library` and `natoagenda.search`; whose file it is and what it looks like,
that of `natoagenda.cache_folder` and `natoagenda.cache_tables`.
"""

from __future__ import annotations

import contextlib
import functools
import time
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from natoagenda import __version__, cache_tables, folders
from natoagenda.cache_tables import SpoiltError
from natoagenda.errors import NatoagendaError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from natoagenda.cache_folder import Folder, Node

__all__ = ["ReplacedError", "SpoiltError", "connect", "empty", "give_up", "writing"]

NAME = f"cache-{zlib.crc32(__file__.encode(errors='surrogateescape')):08x}.sqlite3"
"""Each installation has a cache of its own, so that two versions never empty each other's."""

UNUSED = 90
"""Days after which the cache of another installation is taken for one that is gone."""

PATIENCE = 1.0
"""Seconds to wait for other processes, in all until something is written, then for each time."""

_MAKERS = (
    "model.py", "schema.py", "strictyaml.py", "dataset.py", "citations.py", "citation_rules.py",
    "text.py", "documents.py", "matching.py", "search.py", "library.py", "bounds.py", "visible.py",
    "cache.py", "cache_tables.py",
)  # fmt: skip
"""The modules that decide what is worked out; a change of one outdates the cache."""

_PASSING = frozenset(
    {"BUSY", "LOCKED", "READONLY", "FULL", "CANTOPEN", "NOMEM", "PROTOCOL", "PERM"}
)
"""What SQLite calls troubles that say nothing against the file itself."""

_PASSING_IO = frozenset(
    {"LOCK", "UNLOCK", "RDLOCK", "CHECKRESERVEDLOCK", "BLOCKED", "NOMEM", "ACCESS", "DELETE",
     "CLOSE", "FSYNC", "DIR_FSYNC", "WRITE", "DELETE_NOENT"}
)  # fmt: skip
"""Of troubles with the disk, those in locking and writing; some network disks have no locks."""

_DAY = 24 * 3600
_given_up = False
_in_use: tuple[Path, Node] | None = None
_patience = PATIENCE


class ReplacedError(Exception):
    """Another version of the program, installed in this one's place, has taken the cache over."""


class _Origin(NamedTuple):
    """Which file a connection is to, and whether it may only read."""

    file: Path
    node: Node
    to_read: bool


def connect() -> sqlite3.Connection:
    """Open the cache or, where it cannot be used, an empty one that nobody else sees.

    One that is there and ours is opened for reading alone; see `writable`.
    """
    global _patience
    _patience = PATIENCE
    if not _given_up:
        for _ in range(3):  # where the file was spoilt it is gone the next time
            try:
                return _connected()
            except Exception as error:
                if not _remove_spoilt(error):
                    break
    return empty()


def empty() -> sqlite3.Connection:
    """Open an empty cache that nobody else sees, and that is gone with the program."""
    return _open(None)


def writable(database: sqlite3.Connection) -> sqlite3.Connection:
    """Open the cache that a connection reads once more, for writing; or give it back if it may.

    Raises:
        ReplacedError: where another file stands in its place.
    """
    origin = _origin(database)
    if origin is None or not origin.to_read:
        return database
    opened = _open(origin.file)
    if (there := _origin(opened)) is None or there.node != origin.node:
        opened.close()
        raise ReplacedError
    return opened


def give_up(error: Exception) -> bool:
    """Do without the cache from now on, if an error can come from it.

    While the file is in use any may that is none of ours: what reads a cache that is not what it
    was trusts it to be.

    Returns:
        Whether it does, and what failed is worth trying again.
    """
    global _given_up
    if _given_up or not (_is_ours(error) or (_is_unexpected(error) and _is_in_use())):
        return False
    _remove_spoilt(error)
    _given_up = True
    return True


def is_suspect(database: sqlite3.Connection, error: Exception) -> bool:
    """Whether an error in reading may come from what another hand or the disk did to the file."""
    return _origin(database) is not None and _is_unexpected(error)


@contextlib.contextmanager
def writing(database: sqlite3.Connection) -> Iterator[None]:
    """All or nothing of what is written within, while no other process writes.

    Raises:
        ReplacedError: where the cache is no longer this version's.
    """
    origin = _origin(database)
    with _transaction(database):
        if origin is not None:
            from natoagenda.cache_folder import Folder

            with Folder(origin.file.parent) as folder:
                if folder.node(origin.file.name) != origin.node:
                    raise ReplacedError
        if _made_by(database) != _maker():
            raise ReplacedError
        yield
        if origin is not None:
            cache_tables.seal(database)
    if origin is not None:
        global _patience
        _patience = PATIENCE  # who waited for others that are done has got on


@contextlib.contextmanager
def _waiting(database: sqlite3.Connection) -> Iterator[None]:
    """Wait for locks as long as there is patience, and count how long that was."""
    global _patience
    database.execute(f"PRAGMA busy_timeout = {int(_patience * 1000)}")
    begun = time.monotonic()
    try:
        yield
    finally:
        _patience = max(0.0, _patience - (time.monotonic() - begun))
        database.execute(f"PRAGMA busy_timeout = {int(_patience * 1000)}")


@contextlib.contextmanager
def _transaction(database: sqlite3.Connection) -> Iterator[None]:
    with _waiting(database):
        database.execute("BEGIN IMMEDIATE")
    try:
        yield
        database.execute("COMMIT")
    except BaseException:
        if database.in_transaction:
            database.execute("ROLLBACK")
        raise


def is_sealed(database: sqlite3.Connection) -> bool:
    """Whether all bytes of a cache were held against its seal, or nobody else can write it."""
    return getattr(database, "sealed", True)


def _file() -> Path:
    folder = folders.cache()
    if not folder.is_absolute():
        raise RuntimeError("there is no home folder")
    return folder / NAME


def _connected() -> sqlite3.Connection:
    """Open the file: to read it if it is there, else to make it."""
    from natoagenda.cache_folder import Folder

    file = _file()
    with Folder(file.parent) as folder:
        folder.clear(NAME)
        node = folder.node(NAME)
        if node is None:
            folder.create(NAME)
        else:
            opened = _open_to_read(file, folder, node)
            if opened is not None:
                return opened
    return _open(file)


def _open_to_read(file: Path, folder: Folder, node: Node) -> sqlite3.Connection | None:
    """Open a cache that is ready; give None for one that has yet to be made or set right.

    Raises:
        SpoiltError: where it is not ours.
    """
    import sqlite3

    database = _connection(file, node, to_read=True)
    try:
        database.execute("BEGIN")
        with _waiting(database):
            is_ready = _is_made(database) and folder.node(NAME) == node
        database.execute("COMMIT")
        if not is_ready:
            database.close()
            return None
        folder.touch(NAME, _DAY)
    except sqlite3.OperationalError as error:
        database.close()
        if error.sqlite_errorname == "SQLITE_READONLY_ROLLBACK":
            return None  # a writer was killed; its journal is played back by the next
        raise
    except BaseException:
        database.close()
        raise
    return database


def _open(file: Path | None) -> sqlite3.Connection:
    """Open a cache for writing, and make its tables if it has none."""
    if file is None:
        database = _connection(None, None)
        try:
            _make(database)
        except BaseException:
            database.close()
            raise
        return database
    from natoagenda.cache_folder import Folder

    with Folder(file.parent) as folder:
        node = folder.node(file.name)
        if node is None:
            raise FileNotFoundError(str(file))
        database = _connection(file, node)
        try:
            with _waiting(database):
                database.execute("PRAGMA synchronous = NORMAL")
            with _transaction(database):
                if not _is_made(database):
                    _make(database)
                    cache_tables.seal(database)
                if folder.node(file.name) != node:
                    raise ReplacedError
            folder.touch(file.name, _DAY)
            with contextlib.suppress(OSError):
                folder.tidy(UNUSED * _DAY)
        except BaseException:
            database.close()
            raise
    return database


def _connection(
    file: Path | None, node: Node | None, *, to_read: bool = False
) -> sqlite3.Connection:
    """Open a file that was looked at, and trust nothing in it."""
    global _in_use
    # Closed as garbage, perhaps, and in whichever thread that is found; used in one at a time.
    kind = functools.partial(_connection_kind(), isolation_level=None, check_same_thread=False)
    if file is None or node is None:
        # SQLite keeps a database without a name in memory and, where it grows, in a file of its
        # own.
        database: sqlite3.Connection = kind("")
        return database
    name = file.as_posix().replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    name = name if name.startswith("/") else f"/{name}"  # Windows has a drive there
    mode = "ro" if to_read else "rw"
    _in_use = file, node
    opened: Any = kind(
        f"file://{name}?mode={mode}", timeout=_patience, isolation_level=None, uri=True
    )
    opened.origin = _Origin(file, node, to_read)
    database = opened
    cache_tables.bound(database)
    if hasattr(opened, "setconfig"):  # Python 3.12
        import sqlite3

        opened.setconfig(getattr(sqlite3, "SQLITE_DBCONFIG_DEFENSIVE"))  # noqa: B009
    database.execute("PRAGMA trusted_schema = OFF")
    database.execute("PRAGMA cell_size_check = ON")
    return database


@functools.cache
def _connection_kind() -> Any:
    """A connection that knows its file; made here because look-ups without one load no SQLite."""
    import sqlite3

    class Connection(sqlite3.Connection):
        origin: _Origin | None = None
        sealed = True

    return Connection


def _origin(database: sqlite3.Connection) -> _Origin | None:
    return getattr(database, "origin", None)


def _is_made(database: Any) -> bool:
    """Whether a cache is made, within a transaction.

    Raises:
        SpoiltError: where it is made by another hand or another version.
    """
    is_made = cache_tables.check_schema(database)
    database.execute("PRAGMA cache_size = -32000")  # all that is sealed fits
    if not is_made:
        return False
    if _made_by(database) != _maker():
        raise SpoiltError("the cache is of another version")
    database.sealed = cache_tables.check_seal(database)
    return True


def _maker() -> str:
    here = Path(__file__)
    ages = [here.with_name(maker).stat().st_mtime_ns for maker in _MAKERS]
    return f"{__version__} {ages}"


def _made_by(database: sqlite3.Connection) -> object:
    rows = database.execute("SELECT made_by FROM maker LIMIT 2").fetchall()
    return rows[0][0] if len(rows) == 1 else None


def _make(database: sqlite3.Connection) -> None:
    for statement in cache_tables.statements(cache_tables.TABLES):
        database.execute(statement)
    database.execute("INSERT INTO maker VALUES (?, NULL)", (_maker(),))


def _is_ours(error: Exception) -> bool:
    """Whether an error says itself that it comes from the cache."""
    import sqlite3

    return isinstance(error, (SpoiltError, ReplacedError, sqlite3.Error))


def _is_unexpected(error: Exception) -> bool:
    """Whether an error is none that the program itself raises to say something."""
    return not isinstance(error, (NatoagendaError, BrokenPipeError))


def _is_in_use() -> bool:
    """Whether this process has opened the cache that it would open now."""
    try:
        return _in_use is not None and _in_use[0] == _file()
    except RuntimeError:
        return False


def _is_passing(error: Exception) -> bool:
    """Whether an error says nothing against the file."""
    code: str = (getattr(error, "sqlite_errorname", None) or "").removeprefix("SQLITE_")
    general, _, special = code.partition("_")
    return general in _PASSING or (general == "IOERR" and special in _PASSING_IO)


def _remove_spoilt(error: Exception) -> bool:
    """Remove the file, if that is what an error can come from; say whether it is gone."""
    from natoagenda.cache_folder import Folder, NotOursError

    if isinstance(error, (ReplacedError, NotOursError, OSError)) or _is_passing(error):
        return False
    with contextlib.suppress(OSError, RuntimeError, NotOursError):
        file = _file()
        node = _in_use[1] if _in_use is not None and _in_use[0] == file else None
        with Folder(file.parent) as folder:
            return folder.remove(file.name, node)
    return False
