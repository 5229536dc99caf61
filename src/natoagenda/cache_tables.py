"""What a cache of ours looks like: its tables, word for word, and the seal over all its bytes.

Nothing in a cache is read before both were looked at. The seal stands in the header, as SQLite's
`user_version`, and is renewed within each transaction, so it holds at any moment; a cache that is
too large to be read whole at each start has none, and only its rows are checked.
"""

from __future__ import annotations

import contextlib
import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    import sqlite3

LARGEST = 4 * 1024 * 1024
"""Bytes of a cache that is sealed as a whole: some eighty letters, read in a few milliseconds."""

_MOST_STEPS = 400_000
"""Steps of SQLite's machine in which the tables of a cache are listed, some eight for each."""

TABLES = """
CREATE TABLE maker (made_by TEXT, rows INTEGER);
CREATE TABLE agenda (
  number INTEGER PRIMARY KEY, hash TEXT UNIQUE, content BLOB, checksum INTEGER, added INTEGER
);
CREATE TABLE library (
  number INTEGER PRIMARY KEY, name BLOB UNIQUE, listing BLOB, version INTEGER, indexed INTEGER,
  letters INTEGER
);
CREATE TABLE place (
  library INTEGER, first INTEGER, last INTEGER, agenda INTEGER, date TEXT, checksum INTEGER
);
CREATE INDEX place_library ON place (library, first);
CREATE TABLE letter (
  library INTEGER, source INTEGER, name TEXT, state TEXT, agenda INTEGER, id TEXT,
  organisation TEXT, starts TEXT, ends TEXT, fault BLOB,
  UNIQUE (library, source, name)
);
CREATE INDEX letter_id ON letter (library, id);
CREATE INDEX letter_state ON letter (library, state, starts, id)
"""
"""`maker` says which version made it, and has a checksum over all rows; `agenda` has the agendas by
the hash of their files; `library` the sets of files that were asked from, with their sizes and
times (`listing`), how often that changed (`version`), as of which version the search index is, and
a checksum over its letters; `letter` the files of each; `place` where each agenda stands in the
library's search index: the numbers of its first and last text."""

INDEX = """
CREATE TABLE body@ (
  number INTEGER PRIMARY KEY, agenda INTEGER, document INTEGER, lang TEXT, kind TEXT, role TEXT,
  sections TEXT, checksum INTEGER
);
CREATE INDEX body_document@ ON body@ (document, lang);
CREATE TABLE word@ (
  number INTEGER PRIMARY KEY, lang TEXT, text TEXT, stem TEXT, checksum INTEGER
);
CREATE UNIQUE INDEX word_text@ ON word@ (text, lang);
CREATE INDEX word_stem@ ON word@ (stem) WHERE stem IS NOT NULL;
CREATE VIRTUAL TABLE token@ USING fts5 (whole, part, content='', tokenize='ascii')
"""
"""A library's search index. `token` holds, for each text (`body`), the numbers of its words
(`whole`) and, where hyphens join some, of their parts and of the dossier numbers in it (`part`).
The texts themselves are in their agendas. `@` stands for the number of the library, each of which
has tables of its own, so that what else is in the cache has no say in the ranks."""

PIECES = (
    "CREATE VIRTUAL TABLE piece@ USING fts5 (text, content='', detail='none', tokenize='trigram')"
)
"""The parts of words, by the word's number; SQLite before 3.34 has no trigrams."""

_SHADOWS = {
    "data": "(id INTEGER PRIMARY KEY, block BLOB)",
    "idx": "(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID",
    "docsize": "(id INTEGER PRIMARY KEY, sz BLOB)",
    "config": "(k PRIMARY KEY, v) WITHOUT ROWID",
}
"""The tables that FTS5 keeps for each of its own."""

_LASTING = {"maker": "made_by", "agenda": "number, hash, content, checksum"}
"""Of tables that have more, the columns that answers depend on."""

_Object = tuple[str, str, str, str | None]
"""Of `sqlite_master`: the type, its name, its table's, and the SQL."""


class SpoiltError(Exception):
    """The cache holds what nobody of ours wrote there."""


def statements(script: str, library: int = 0) -> list[str]:
    """The statements of a script, for the tables of a library."""
    return [each.strip() for each in script.replace("@", str(library)).split(";")]


def checksum(*values: object) -> int:
    """A number that tells whether a row is as it was written; its key is among the values."""
    return zlib.crc32(repr(values).encode("utf-8", "surrogatepass"))


def bound(database: sqlite3.Connection) -> None:
    """Let SQLite interrupt itself where it finds no end, until the tables were looked at.

    A cache of ours has some twenty for each library; it reads them all before anything else.
    """
    database.set_progress_handler(lambda: 1, _MOST_STEPS)


def check_schema(database: sqlite3.Connection) -> bool:
    """Hold the tables of a cache against ours; say whether there are any.

    Raises:
        SpoiltError: where there is another table, index, view or trigger, one is missing, or one
            is made differently.
    """
    rows = database.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
    database.set_progress_handler(None, 0)
    found: set[_Object] = set(rows)
    if len(found) != len(rows):
        raise SpoiltError("a table stands in the cache twice")
    if not found:
        return False
    names = {name for _, name, _, _ in found}
    if found != _expected(names, _SHADOWS) and found != _expected(names, _shadows()):
        raise SpoiltError("the tables of the cache are not ours")
    return True


def _expected(names: set[str], shadows: Mapping[str, str]) -> set[_Object]:
    """What `sqlite_master` has, if of tables with these names all are ours and none is missing."""
    scripts = [(TABLES, 0)]
    for name in names:
        number = name.removeprefix("token")
        if number != name and number.isdecimal() and number.isascii():
            library = int(number[:9])
            scripts.append((INDEX, library))
            if f"piece{library}" in names:
                scripts.append((PIECES, library))
    return {each for script, library in scripts for each in _objects(script, library, shadows)}


def _shadows() -> dict[str, str]:
    """The tables that FTS5 makes for each of its own here, should it be another version of it."""
    import sqlite3

    with contextlib.closing(sqlite3.connect(":memory:")) as other:
        try:
            other.execute("CREATE VIRTUAL TABLE t USING fts5 (x, content='')")
        except sqlite3.OperationalError as error:
            raise SpoiltError("the cache is for search, which is not here") from error
        made = other.execute("SELECT name, sql FROM sqlite_master WHERE name != 't'")
        return {name[2:]: sql.removeprefix(f"CREATE TABLE '{name}'") for name, sql in made}


def _objects(script: str, library: int, shadows: Mapping[str, str]) -> Iterator[_Object]:
    """What `sqlite_master` has of some statements."""
    for statement in statements(script, library):
        _, *words = statement.split(maxsplit=6)
        special = words.pop(0) if words[0] in ("UNIQUE", "VIRTUAL") else None
        kind, name = words[0].lower(), words[1]
        yield (kind, name, words[3] if kind == "index" else name, statement)
        if kind == "table" and "UNIQUE" in statement:
            yield ("index", f"sqlite_autoindex_{name}_1", name, None)
        if special == "VIRTUAL":
            for ending, columns in shadows.items():
                shadow = f"{name}_{ending}"
                yield ("table", shadow, shadow, f"CREATE TABLE '{shadow}'{columns}")


def seal(database: sqlite3.Connection) -> None:
    """Write the checksum over all bytes into the header, at the end of a transaction."""
    database.execute("SAVEPOINT whole")  # has FTS5 write down what it keeps for the end
    database.execute("RELEASE whole")
    if not _is_large(database):
        database.execute("UPDATE maker SET rows = ?", (_rows(database),))
    whole = _whole(database)
    value = 0 if whole is None else whole - (1 << 32 if whole >= 1 << 31 else 0)
    database.execute(f"PRAGMA user_version = {value}")


def check_seal(database: sqlite3.Connection) -> bool:
    """Hold the bytes against the seal, within a transaction; say whether there is one.

    Where the seal is broken but every row is as we wrote it, no harm was done.

    Raises:
        SpoiltError: where they are not as they were sealed.
    """
    (value,) = database.execute("PRAGMA user_version").fetchone()
    whole = _whole(database)
    if whole is not None and value & 0xFFFF_FFFF != whole and not _is_sound(database):
        raise SpoiltError("the cache is not as it was written")
    return whole is not None


def _is_sound(database: sqlite3.Connection) -> bool:
    """Whether a cache is whole to SQLite, and has the very rows that we wrote; this takes longer.

    But for the times of writing, which no answer depends on.
    """
    (mode,) = database.execute("PRAGMA journal_mode").fetchone()
    found = database.execute("PRAGMA integrity_check(1)").fetchall()
    kept = database.execute("SELECT rows FROM maker").fetchall()
    return mode == "delete" and found == [("ok",)] and kept == [(_rows(database),)]


def _rows(database: sqlite3.Connection) -> int:
    """The checksum over all rows of all tables, those of FTS5 too."""
    found = 0
    for name, sql in database.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name"
    ).fetchall():
        if not sql.startswith("CREATE VIRTUAL"):
            columns = _LASTING.get(name, "*")
            rows = database.execute(f'SELECT {columns} FROM "{name}"').fetchall()
            found = zlib.crc32(msgspec.msgpack.encode((name, rows)), found)
    return found


def _is_large(database: sqlite3.Connection) -> bool:
    (pages,) = database.execute("PRAGMA page_count").fetchone()
    (size,) = database.execute("PRAGMA page_size").fetchone()
    return bool(pages * size > LARGEST) or not hasattr(database, "serialize")


def _whole(database: sqlite3.Connection) -> int | None:
    """The checksum over all bytes but those that each change changes; None where it is large."""
    if _is_large(database):
        return None
    whole = memoryview(database.serialize())
    found = 0
    # Not the counters of changes and the version of SQLite, nor the seal itself.
    for part in _parts(whole, ((24, 28), (60, 64), (92, 100))):
        found = zlib.crc32(part, found)
    return found


def _parts(whole: memoryview, but: Iterable[tuple[int, int]]) -> Iterator[memoryview]:
    done = 0
    for start, end in but:
        yield whole[done:start]
        done = end
    yield whole[done:]
