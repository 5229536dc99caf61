"""Which agendas are in play: the built-in one with the user's own, or the files and folders named.

A library is a folder of agenda files. A broken file in a folder does not hide the others; a
broken file that was named itself does. Agendas that were read before come from the cache, which
knows a file by its path, size, times and content; a file that has changed is read again.
"""

from __future__ import annotations

import datetime
import os
import time
import weakref
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

import msgspec

from natoagenda import cache, cache_tables, files, folders, organisations
from natoagenda.errors import DataError, NotFoundError, shown
from natoagenda.model import Agenda

if TYPE_CHECKING:
    import sqlite3

    from natoagenda.search import Index

SUFFIXES = (".yaml", ".yml")
"""What the name of an agenda file in a folder ends in."""

BUILT_IN = "washington-2024"
"""The id of the built-in agenda, for who need not read it."""

FRESH = 2_000_000_000
"""Nanoseconds. A file changed less than this before it was read may change again without its
times showing it; some file systems count in steps of two seconds."""

_BATCH = 100
"""How many letters are written at a time: what a run that is killed loses."""

_KEPT = 256
"""How many agendas are kept in memory; each takes some 150 kB there."""

_DAY = 86_400

Tell = Callable[[int, int], None]
"""Is told what is done, and of how much."""


def _untold(_done: int, _whole: int) -> None:
    """Tell nobody."""


_MISNAMED = -2
"""For an inode: the file's name is not text, and stands here as messages show it."""


class _Entry(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A file as its folder lists it; `inode` is -1 where its times cannot be trusted yet."""

    source: int
    name: str
    size: int
    modified: int
    changed: int
    inode: int


class _Fault(msgspec.Struct, frozen=True, array_like=True):
    """What is wrong with a file."""

    problem: str
    line: int | None
    column: int | None


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """Which agendas are asked for; None asks for all.

    Attributes:
        agenda: an id.
        organisation: a name in Dutch or English, short or in full.
        since: of meetings that end on this day or later.
        until: of meetings that begin on this day or earlier.
    """

    agenda: str | None = None
    organisation: str | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None


class Letter(msgspec.Struct, frozen=True):
    """A sound agenda file of a library; `number` is the agenda's in the cache."""

    number: int
    id: str
    organisation: str
    starts: str
    ends: str
    path: Path


def _names(name: str) -> tuple[str, ...]:
    """What the file of an agenda of that name may be called, as the cache spells it."""
    name = files.spelled(name)
    return (name, *(name + suffix for suffix in SUFFIXES))


def files_named(name: str, folder: Path) -> list[str]:
    """The files of a folder that have that name, with or without the ending; none if unreadable."""
    try:
        return [found for found in _agenda_files(folder) if found in _names(name)]
    except DataError:
        return []


def builtin_path() -> Path:
    """Where the built-in agenda stands: in the package, or beside the source it runs from."""
    packed = Path(__file__).parent / "data" / "agenda.yaml"
    return packed if packed.exists() else Path(__file__).parents[2] / "data" / "agenda.yaml"


def load(paths: Sequence[Path] = (), tell: Tell = _untold, *, afresh: bool = False) -> Library:
    """Look which agendas there are, and read those that are new or have changed.

    Args:
        paths: files and folders; none means the built-in agenda and the user's library, whose
            agenda of the same id takes the place of the built-in one.
        tell: is told how many of the files to read are read.
        afresh: whether all are read, whatever the cache says.

    Raises:
        DataError: where a named file does not hold, nothing is there, or two named files have
            one id.
    """
    sources = list(dict.fromkeys(paths)) or [builtin_path(), folders.data()]
    while True:
        try:
            database = cache.empty() if afresh else cache.connect()
            return Library(database, sources, usual=not paths, tell=tell)
        except Exception as error:
            if afresh or not cache.give_up(error):
                raise


class Library:
    """The agendas in play, and what could not be read.

    Attributes:
        faults: what is wrong with files that stand in a folder with sound ones; there may be
            very many.
    """

    def __init__(
        self, database: sqlite3.Connection, sources: Sequence[Path], *, usual: bool, tell: Tell
    ) -> None:
        """See `load`."""
        self._database = database
        self._close = weakref.finalize(self, database.close)
        self._sources = sources
        self._usual = usual
        self._tell = tell
        self._agenda = lru_cache(maxsize=_KEPT)(self._read)
        for path in sources:
            files.check_name(path)
        name = msgspec.msgpack.encode([usual, *(os.path.abspath(path) for path in sources)])
        try:
            self._number = self._follow(name)
            self._check_letters()
        except BaseException:
            self._close()
            raise

    def close(self) -> None:
        """Close the connection to the cache, in the thread that opened it; ask nothing after."""
        self._close()

    @cached_property
    def letters(self) -> tuple[Letter, ...]:
        """The sound files, by date of the meeting."""
        found = self._database.execute(
            "SELECT agenda, id, organisation, starts, ends, source, name FROM letter "
            "WHERE library = ? AND state = 'sound' ORDER BY starts, id",
            (self._number,),
        )
        return tuple(
            Letter(number, identifier, organisation, starts, ends, self._path(source, name))
            for number, identifier, organisation, starts, ends, source, name in found
        )

    @cached_property
    def agendas(self) -> Agendas:
        """All agendas, by date of the meeting."""
        return Agendas(self)

    def choose(self, choice: Choice) -> Agendas:
        """The agendas that are asked for, by date of the meeting.

        Raises:
            NotFoundError: where no agenda has that id, or no letter is of that organisation.
        """
        if choice == Choice():
            return self.agendas
        letters = self.letters if choice.agenda is None else self._named([choice.agenda])
        if not letters and choice.agenda is not None:
            raise NotFoundError(self._no_agenda(choice.agenda))
        if choice.organisation is not None:
            fits = lru_cache(organisations.matcher(choice.organisation))
            kept = [letter for letter in letters if fits(letter.organisation)]
            if letters and not kept:
                known = ", ".join(sorted({letter.organisation for letter in letters}))
                asked = shown(choice.organisation)
                raise NotFoundError(f"no letter is of the organisation {asked}; there are {known}")
            letters = tuple(kept)
        if choice.since is not None:
            letters = tuple(each for each in letters if each.ends >= choice.since.isoformat())
        if choice.until is not None:
            letters = tuple(each for each in letters if each.starts <= choice.until.isoformat())
        return Agendas(self, letters)

    def named(self, ids: Iterable[str]) -> Agendas:
        """The agendas with some ids, by date of the meeting."""
        return Agendas(self, self._named(dict.fromkeys(ids)))

    def _named(self, ids: Iterable[str]) -> tuple[Letter, ...]:
        """The letters with some ids, without listing all."""
        found = [
            Letter(number, identifier, organisation, starts, ends, self._path(source, name))
            for asked in ids
            if asked.isascii()  # as ids are; SQLite takes no half character
            for number, identifier, organisation, starts, ends, source, name in (
                self._database.execute(
                    "SELECT agenda, id, organisation, starts, ends, source, name FROM letter "
                    "WHERE library = ? AND id = ? AND +state = 'sound'",
                    (self._number, asked),
                )
            )
        ]
        return tuple(sorted(found, key=lambda letter: (letter.starts, letter.id)))

    @cached_property
    def several(self) -> bool:
        """Whether there is more than one agenda."""
        found = self._database.execute(
            "SELECT 1 FROM letter WHERE library = ? AND state = 'sound' LIMIT 2", (self._number,)
        )
        return len(found.fetchall()) > 1

    def agenda(self, letter: Letter) -> Agenda:
        """Read an agenda; from its file, where the cache cannot be trusted any more."""
        try:
            agenda = self._agenda(letter.number)
            if (letter.id, letter.organisation, letter.starts, letter.ends) != _about(agenda):
                raise cache.SpoiltError("an agenda in the cache is not that of its file")
        except Exception as error:
            if not cache.is_suspect(self._database, error):
                raise
            cache.give_up(error)
            from natoagenda import dataset

            return dataset.load(letter.path)
        return msgspec.structs.replace(agenda, path=str(letter.path))

    def index(self, tell: Tell = _untold) -> Index:
        """The search index of all agendas, brought up to date.

        Args:
            tell: is told how many agendas are in it.

        Raises:
            DependencyError: where SQLite lacks FTS5.
        """
        from natoagenda.search import Index

        while True:
            version, indexed = self._database.execute(
                "SELECT version, indexed FROM library WHERE number = ?", (self._number,)
            ).fetchone()
            if version != indexed:
                self._write_from_now_on()
            database = self._database
            index = Index(database, self._number, self._agenda)
            if version == indexed:
                return index
            wanted = {
                number
                for (number,) in database.execute(
                    "SELECT agenda FROM letter WHERE library = ? AND state = 'sound'",
                    (self._number,),
                )
            }
            with cache.writing(database):  # a part at a time: others can look up between two
                have = index.agendas()
                new = sorted(wanted - have)
                index.change(add=new[:_BATCH], remove=have - wanted)
                if len(new) <= _BATCH:
                    database.execute(
                        "UPDATE library SET indexed = ? WHERE number = ?", (version, self._number)
                    )
            tell(len(wanted) - max(0, len(new) - _BATCH), len(wanted))

    # -- following the files -----------------------------------------------------------------

    def _follow(self, name: bytes) -> int:
        """Bring the cache up to date with the files; give the number of this library in it."""
        while True:
            row = self._database.execute(
                "SELECT number, listing FROM library WHERE name = ?", (name,)
            ).fetchone()
            known: int | None = row and row[0]
            kept: bytes | None = row and row[1]
            old = time.time_ns() - FRESH
            entries = self._list()
            fresh = {entry for entry in entries if entry.modified >= old or entry.changed >= old}
            listing = msgspec.msgpack.encode(
                [
                    msgspec.structs.replace(entry, inode=-1) if entry in fresh else entry
                    for entry in entries
                ]
                if fresh
                else entries
            )
            if known is not None and kept == listing and not fresh:
                return known
            before = {} if kept is None else {
                (entry.source, entry.name): entry for entry in _decode(kept, list[_Entry])
            }  # fmt: skip
            changed = [
                entry for entry in entries if before.get((entry.source, entry.name)) != entry
            ]
            read = self._read_files(changed)
            gone = before.keys() - {(entry.source, entry.name) for entry in entries}
            if known is not None and kept == listing and self._as_kept(known, read):
                return known
            number = self._write(name, kept, listing, read, gone)
            if number is not None:
                return number

    def _list(self) -> list[_Entry]:
        """Every agenda file there is, by source and name, with what tells whether it changed."""
        entries: list[_Entry] = []
        for source, path in enumerate(self._sources):
            usual = self._usual and source > 0  # the user's library, which may be empty yet
            if not _is_folder(path):
                if not usual:
                    entries.append(_entry(source, "", _stat(path)))
                continue
            found = _agenda_files(path)
            if not found and not usual:
                raise DataError(str(path), "the folder holds no agenda file (*.yaml)")
            entries += [_listed(source, name, stat) for name, stat in _stats(path, found)]
        return entries

    def _path(self, source: int, name: str) -> Path:
        return self._sources[source] / name if name else self._sources[source]

    def _read_files(self, entries: Sequence[_Entry]) -> list[tuple[_Entry, _Row]]:
        """Read files, and keep the agendas that are new."""
        import hashlib

        read: list[tuple[_Entry, _Row]] = []
        new: list[tuple[str, bytes]] = []
        for done, entry in enumerate(entries):
            path = self._path(entry.source, entry.name)
            try:
                if entry.inode == _MISNAMED:
                    raise DataError(str(path), files.NOT_TEXT)
                data = files.read_bytes(path, str(path), files.MAX_AGENDA)
                key = hashlib.sha256(data).hexdigest()
                row = self._known(key)
                if row is None:
                    self._write_from_now_on()
                    from natoagenda import dataset  # with YAML and the schema: slow to import

                    agenda = dataset.parse(data, str(path))
                    content = msgspec.msgpack.encode(msgspec.structs.replace(agenda, path=""))
                    new.append((key, content))
                    row = _Row("sound", key, agenda)
            except DataError as error:
                if not entry.name:
                    raise
                row = _Row("broken", fault=_Fault(error.problem, error.line, error.column))
            read.append((entry, row))
            if len(new) >= _BATCH:
                self._keep(new)
                new = []
            self._tell(done + 1, len(entries))
        self._keep(new)
        return read

    def _known(self, key: str) -> _Row | None:
        found = self._database.execute(
            "SELECT number, hash, content, checksum FROM agenda WHERE hash = ?", (key,)
        ).fetchone()
        return found and _Row("sound", key, _agenda_of(found, file=key))

    def _keep(self, new: Sequence[tuple[str, bytes]]) -> None:
        """Keep agendas under the hashes of their files."""
        if not new:
            return
        now = int(time.time())
        database = self._database
        with cache.writing(database):
            (last,) = database.execute("SELECT coalesce(max(number), 0) FROM agenda").fetchone()
            rows = [(number, *each) for number, each in enumerate(new, start=last + 1)]
            database.executemany(
                "INSERT OR IGNORE INTO agenda VALUES (?,?,?,?,?)",
                [(*row, cache_tables.checksum(*row), now) for row in rows],
            )

    def _as_kept(self, number: int, read: Sequence[tuple[_Entry, _Row]]) -> bool:
        """Whether files that were read again say what the cache says of them."""
        for entry, row in read:
            kept = self._database.execute(
                "SELECT fault, hash FROM letter LEFT JOIN agenda ON agenda.number = agenda "
                "WHERE library = ? AND source = ? AND name = ?",
                (number, entry.source, entry.name),
            ).fetchone()
            fault = row.fault and msgspec.msgpack.encode(row.fault)
            if kept is None or (row.fault and kept[0] != fault) or kept[1] != row.key:
                return False
        return True

    def _write(
        self,
        name: bytes,
        kept: bytes | None,
        listing: bytes,
        read: Sequence[tuple[_Entry, _Row]],
        gone: Iterable[tuple[int, str]],
    ) -> int | None:
        """Write down what the files say now; None where another process did meanwhile."""
        database = self._write_from_now_on()
        with cache.writing(database):
            row = database.execute(
                "SELECT number, listing FROM library WHERE name = ?", (name,)
            ).fetchone()
            if row is not None and row[1] != kept:
                return None
            if row is None:
                self._forget_the_gone()
                database.execute("INSERT INTO library (name, version) VALUES (?, 0)", (name,))
            (number,) = database.execute(
                "SELECT number FROM library WHERE name = ?", (name,)
            ).fetchone()
            database.executemany(
                "DELETE FROM letter WHERE library = ? AND source = ? AND name = ?",
                [(number, *key) for key in gone],
            )
            database.executemany(
                "INSERT OR REPLACE INTO letter VALUES "
                "(?,?,?,?,(SELECT number FROM agenda WHERE hash = ?),?,?,?,?,?)",
                [(number, entry.source, entry.name, *row.columns()) for entry, row in read],
            )
            self._settle_doubles(number)
            database.execute(
                "UPDATE library SET listing = ?, version = version + 1, letters = ? "
                "WHERE number = ?",
                (listing, self._letters_checksum(number), number),
            )
            if not database.execute(
                "SELECT 1 FROM letter WHERE library = ? AND state = 'sound' LIMIT 1", (number,)
            ).fetchone():
                source, file, fault = database.execute(
                    "SELECT source, name, fault FROM letter WHERE library = ? "
                    "ORDER BY source, name LIMIT 1",
                    (number,),
                ).fetchone()
                raise self._error(source, file, fault)
            self._prune()
        return int(number)

    def _settle_doubles(self, number: int) -> None:
        """Of files that give one id let the first answer; the user's own before the built-in."""
        database = self._database
        database.execute(
            "UPDATE letter SET state = 'sound', fault = NULL "
            "WHERE library = ? AND state IN ('doubled', 'replaced')",
            (number,),
        )
        doubled = database.execute(
            "SELECT id FROM letter WHERE library = ? AND state = 'sound' "
            "GROUP BY id HAVING count(*) > 1",
            (number,),
        ).fetchall()
        for (identifier,) in doubled:
            rows = database.execute(
                "SELECT source, name FROM letter WHERE library = ? AND id = ? AND state = 'sound' "
                "ORDER BY source, name",
                (number, identifier),
            ).fetchall()
            if self._usual and rows[0] == (0, ""):
                builtin = rows.pop(0)
                rows.append(builtin)
            winner = self._path(*rows[0])
            for source, file in rows[1:]:
                problem = f"the agenda {identifier!r} is also in {winner}"
                fault = _Fault(problem, None, None)
                if not file and not self._usual:
                    raise DataError(str(self._path(source, file)), problem)
                state = "replaced" if not file else "doubled"
                database.execute(
                    "UPDATE letter SET state = ?, fault = ? "
                    "WHERE library = ? AND source = ? AND name = ?",
                    (state, msgspec.msgpack.encode(fault), number, source, file),
                )

    def _forget_the_gone(self) -> None:
        """Drop the libraries of which no file or folder is there any more."""
        from natoagenda.search import drop

        database = self._database
        for number, name in database.execute("SELECT number, name FROM library").fetchall():
            _, *paths = msgspec.msgpack.decode(name)
            if not any(map(os.path.lexists, paths)):
                database.execute("DELETE FROM letter WHERE library = ?", (number,))
                database.execute("DELETE FROM place WHERE library = ?", (number,))
                database.execute("DELETE FROM library WHERE number = ?", (number,))
                drop(database, number)

    def _prune(self) -> None:
        """Drop agendas that no library has; not those of today, which one may be about to have."""
        self._database.execute(
            "DELETE FROM agenda WHERE added < ? AND number NOT IN ("
            "SELECT agenda FROM letter WHERE agenda IS NOT NULL "
            "UNION SELECT agenda FROM place)",
            (int(time.time()) - _DAY,),
        )

    def _write_from_now_on(self) -> sqlite3.Connection:
        """Open the cache for writing, where it was opened to be read."""
        database = cache.writable(self._database)
        if database is not self._database:
            self._close()
            self._database = database
            self._close = weakref.finalize(self, database.close)
        return database

    def _check_letters(self) -> None:
        """See that no letter was lost or changed, where the cache as a whole has no seal."""
        if cache.is_sealed(self._database):
            return
        found = self._database.execute(
            "SELECT letters FROM library WHERE number = ?", (self._number,)
        ).fetchone()
        if found is None or found[0] != self._letters_checksum(self._number):
            raise cache.SpoiltError("the letters in the cache are not as they were written")

    def _letters_checksum(self, number: int) -> int:
        rows = self._database.execute(
            "SELECT * FROM letter WHERE library = ? ORDER BY source, name", (number,)
        ).fetchall()
        return zlib.crc32(msgspec.msgpack.encode(rows))

    @cached_property
    def faults(self) -> tuple[DataError, ...]:
        """What is wrong with files that stand in a folder with sound ones."""
        return tuple(self._faults("", -1))

    def some_faults(self, most: int) -> tuple[list[DataError], int]:
        """The first of the faults, and how many there are besides."""
        (count,) = self._database.execute(
            "SELECT count(*) FROM letter WHERE library = ? AND state IN ('broken', 'doubled')",
            (self._number,),
        ).fetchone()
        first = self._faults("", most) if count else []
        return first, count - len(first)

    def fault(self, name: str) -> DataError | None:
        """What is wrong with a file of that name, with or without its ending; None if nothing."""
        found = self._faults("AND name IN (?, ?, ?) ", 1, *_names(name))
        return found[0] if found else None

    def instead(self) -> Letter | None:
        """The unreviewed agenda that has taken the place of the built-in one; None if none has."""
        found = self._database.execute(
            "SELECT id FROM letter WHERE library = ? AND state = 'replaced'", (self._number,)
        ).fetchone()
        for letter in self._named(found or ()):
            if not self.agenda(letter).reviewed:
                return letter
        return None

    def _faults(self, which: str, most: int, *values: str) -> list[DataError]:
        found = self._database.execute(
            "SELECT source, name, fault FROM letter "
            f"WHERE library = ? AND state IN ('broken', 'doubled') {which}"
            "ORDER BY +source, +name LIMIT ?",
            (self._number, *values, most),
        )
        return [self._error(source, name, fault) for source, name, fault in found]

    def _error(self, source: int, name: str, kept: bytes) -> DataError:
        fault = _decode(kept, _Fault)
        path = str(self._path(source, name))
        return DataError(path, fault.problem, line=fault.line, column=fault.column)

    # -- reading -----------------------------------------------------------------------------

    def _read(self, number: int) -> Agenda:
        found = self._database.execute(
            "SELECT number, hash, content, checksum FROM agenda WHERE number = ?", (number,)
        ).fetchone()
        if found is None or found[0] != number:
            raise cache.SpoiltError("an agenda is not in the cache")
        return _agenda_of(found)

    def _no_agenda(self, asked: str) -> str:
        from natoagenda import text

        known = [letter.id for letter in self.letters]
        near = text.nearest(text.fold(asked), known)
        if near:
            hint = f"did you mean {' or '.join(near)}?"
        elif len(known) <= 12:
            hint = f"there is {', '.join(known)}"
        else:
            hint = f"natoagenda agendas lists the {len(known)} that there are"
        return f"there is no agenda {shown(asked)}; {hint}"


class Agendas(Sequence[Agenda]):
    """Agendas that are read when they are looked at, by date of the meeting."""

    def __init__(self, library: Library, letters: Sequence[Letter] | None = None) -> None:
        """Remember which; None is all that the library has."""
        self._library = library
        self._letters = letters

    @property
    def letters(self) -> Sequence[Letter]:
        """Their files."""
        return self._library.letters if self._letters is None else self._letters

    @property
    def are_all(self) -> bool:
        """Whether nothing was chosen, so that these are all."""
        return self._letters is None

    @property
    def numbers(self) -> frozenset[int]:
        """Their numbers in the search index."""
        return frozenset(letter.number for letter in self.letters)

    def __len__(self) -> int:
        return len(self.letters)

    @overload
    def __getitem__(self, at: int) -> Agenda: ...
    @overload
    def __getitem__(self, at: slice) -> Agendas: ...
    def __getitem__(self, at: int | slice) -> Agenda | Agendas:
        if isinstance(at, slice):
            return Agendas(self._library, self.letters[at])
        return self._library.agenda(self.letters[at])

    def __iter__(self) -> Iterator[Agenda]:
        return map(self._library.agenda, self.letters)


class _Row:
    """What a file turned out to hold."""

    def __init__(
        self,
        state: str,
        key: str | None = None,
        agenda: Agenda | None = None,
        fault: _Fault | None = None,
    ) -> None:
        self.state = state
        self.key = key
        self.fault = fault
        self._about = (None, None, None, None) if agenda is None else _about(agenda)

    def columns(self) -> tuple[Any, ...]:
        fault = self.fault and msgspec.msgpack.encode(self.fault)
        return (self.state, self.key, *self._about, fault)


def _about(agenda: Agenda) -> tuple[str, str, str, str]:
    """What the row of a letter has of its agenda."""
    return agenda.id, agenda.organisation, agenda.starts.isoformat(), agenda.ends.isoformat()


def _agenda_of(row: tuple[Any, ...], file: str | None = None) -> Agenda:
    """The agenda of a row, which must be whole and, if a file was asked for, that file's."""
    *columns, checksum = row
    _, key, content = columns
    if cache_tables.checksum(*columns) != checksum or file not in (None, key):
        raise cache.SpoiltError("an agenda in the cache is not as it was written")
    agenda: Agenda = _decode(content, Agenda)
    return agenda


def _decode(content: bytes, kind: Any) -> Any:
    try:
        return msgspec.msgpack.decode(content, type=kind)
    except (msgspec.MsgspecError, TypeError) as error:
        raise cache.SpoiltError(str(error)) from error


def _listed(source: int, name: str, stat: os.stat_result | None) -> _Entry:
    """A file of a folder; what is wrong with its name, or a link to nothing, reading it says."""
    text = files.spelled(name)
    if text != name:
        return _Entry(source, text, 0, 0, 0, _MISNAMED)
    return _Entry(source, name, 0, 0, 0, -1) if stat is None else _entry(source, name, stat)


def _entry(source: int, name: str, stat: os.stat_result) -> _Entry:
    return _Entry(source, name, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)


def _stat(path: Path) -> os.stat_result:
    """The size and times of a file that was named.

    Raises:
        DataError: where there is none.
    """
    try:
        return path.stat()
    except (OSError, ValueError):
        files.read_bytes(path, str(path), files.MAX_AGENDA)  # says what is wrong
        raise


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # a name that no file can have; reading it says what is wrong
        return False


def _agenda_files(folder: Path) -> list[str]:
    """The names of the agenda files of a folder, sorted; not those that are hidden."""
    try:
        found = os.listdir(folder)
    except OSError as error:
        raise DataError(str(folder), f"it cannot be read: {error.strerror}") from error
    return sorted(name for name in found if name.endswith(SUFFIXES) and name[0] != ".")


def _stats(folder: Path, names: Sequence[str]) -> Iterator[tuple[str, os.stat_result | None]]:
    """The size and times of each file, None where there is none."""
    # Beside each other in one folder, which the system need not look up each time.
    inside = os.open(folder, os.O_RDONLY) if os.stat in os.supports_dir_fd else None
    try:
        for name in names:
            try:
                path = name if inside is not None else os.path.join(folder, name)
                yield name, os.stat(path, dir_fd=inside)
            except OSError:
                yield name, None
    finally:
        if inside is not None:
            os.close(inside)
