"""What another hand can do to a cache: links, journals, tables, rows, owners, locks.

Each attack prepares a warm cache; `attacks.cached` asks whether it did harm.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from attacks import children
from attacks.cached import ATTACKS, PAGE, Home, attack

ABROAD = 65534
"""A user who is nobody here."""

# -- links ---------------------------------------------------------------------------------


@attack
def _cache_is_a_link_to_a_database(home: Home) -> None:
    home.file.unlink()
    home.file.symlink_to(home.database)


@attack
def _cache_has_a_second_name(home: Home) -> None:
    home.file.unlink()
    os.link(home.database, home.file)


@attack
def _cache_is_a_link_to_nothing(home: Home) -> str | None:
    home.file.unlink()
    home.file.symlink_to(home.top / "made-by-link")
    harm = home.harm()
    return harm or ("a file was made" if (home.top / "made-by-link").exists() else None)


@attack
def _folder_is_a_link(home: Home) -> str | None:
    """The caches of other installations that are old would go."""
    real = home.top / "elsewhere"
    shutil.rmtree(real, ignore_errors=True)
    real.mkdir(mode=0o700)
    for name in ("cache.sqlite3", "cache-12345678.sqlite3"):
        (real / name).write_text("another program's")
        os.utime(real / name, (0, 0))
    shutil.rmtree(home.folder)
    home.folder.symlink_to(real)
    harm = home.harm()
    return harm or (None if len(os.listdir(real)) == 2 else f"there is {os.listdir(real)}")


@attack
def _old_caches_are_links(home: Home) -> str | None:
    names = {"cache-1234567a.sqlite3", "cache-of-mine.sqlite3", "cache-1234567b.sqlite3"}
    (home.folder / "cache-1234567a.sqlite3").symlink_to(home.precious)
    os.link(home.precious, home.folder / "cache-1234567b.sqlite3")
    (home.folder / "cache-of-mine.sqlite3").write_text("another program's")
    os.utime(home.precious, (0, 0))
    os.utime(home.folder / "cache-of-mine.sqlite3", (0, 0))
    home.file.unlink()
    harm = home.harm()
    left = set(os.listdir(home.folder)) & names
    for name in names:
        (home.folder / name).unlink(missing_ok=True)
    return harm or (None if left == names else f"only {left} are left")


# -- what stands beside --------------------------------------------------------------------


def journal(pages: int, *, names: Path | None = None, records: bytes = b"") -> bytes:
    """A journal that SQLite plays back; it deletes the file that its end names."""
    head = bytes.fromhex("d9d505f920a163d7") + b"".join(
        number.to_bytes(4, "big") for number in (0, 1, pages, 512, PAGE)
    )
    whole = head.ljust(512, b"\0") + records
    if names is not None:
        name = os.fsencode(names)
        pointer = 0x40000000 // PAGE + 1
        whole += pointer.to_bytes(4, "big") + name
        whole += len(name).to_bytes(4, "big") + sum(name).to_bytes(4, "big") + head[:8]
    return whole


def _written(home: Home) -> str | None:
    """Have the cache written to, for it knows no such letters; see what became of other files."""
    home.answer("search", "bondgenoten", letters=home.unasked)
    return None if home.others() == home.kept else "another file was written to"


@attack
def _journal_names_a_file(home: Home) -> None:
    home.journal.write_bytes(journal(len(home.warm) // PAGE, names=home.precious))


@attack
def _journal_that_has_not_begun_names_a_file(home: Home) -> str | None:
    whole = journal(len(home.warm) // PAGE, names=home.precious)
    home.journal.write_bytes(bytes(12) + whole[12:])
    return home.harm() or _written(home)


@attack
def _journal_of_no_cache_names_a_file(home: Home) -> None:
    home.file.unlink()
    home.journal.write_bytes(journal(1, names=home.precious))


@attack
def _journal_is_a_link(home: Home) -> str | None:
    """To a file in which SQLite sees no journal that has begun, and so begins one."""
    home.precious.write_bytes(bytes(600))
    home.kept = home.others()
    home.journal.symlink_to(home.precious)
    return _written(home)


@attack
def _journal_has_a_second_name(home: Home) -> str | None:
    home.precious.write_bytes(bytes(600))
    home.kept = home.others()
    os.link(home.precious, home.journal)
    return _written(home)


@attack
def _journal_is_a_link_to_nothing(home: Home) -> str | None:
    home.journal.symlink_to(home.top / "made-by-link")
    return _written(home) or ("a file was made" if (home.top / "made-by-link").exists() else None)


@attack
def _journal_makes_it_endless(home: Home) -> str | None:
    home.journal.write_bytes(journal(1 << 26))
    harm = home.harm()
    return harm or ("it is of 256 GB" if home.file.stat().st_size > 1 << 30 else None)


@attack
def _journal_plays_back_another_page(home: Home) -> None:
    page = home.warm[PAGE : 2 * PAGE]
    number = len(home.warm) // PAGE // 2
    check = 1 + sum(page[at] for at in range(PAGE - 200, 0, -200))
    records = number.to_bytes(4, "big") + page + (check & 0xFFFFFFFF).to_bytes(4, "big")
    whole = journal(len(home.warm) // PAGE, records=records)
    home.journal.write_bytes(whole[:8] + b"\0\0\0\1" + whole[12:])


@attack
def _journal_is_a_folder(home: Home) -> None:
    home.journal.mkdir()


@attack
def _log_of_another_hand(home: Home) -> None:
    copy = home.top / "copy.sqlite3"
    copy.write_bytes(home.warm)
    with contextlib.closing(sqlite3.connect(copy, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("UPDATE letter SET organisation = 'falsified'")
        shutil.copy(copy, home.file)
        shutil.copy(f"{copy}-wal", f"{home.file}-wal")
    copy.unlink()
    home.kept = home.others()


@attack
def _log_is_a_link(home: Home) -> None:
    whole = bytearray(home.warm)
    whole[18:20] = b"\2\2"
    home.file.write_bytes(whole)
    for ending in ("-wal", "-shm"):
        Path(f"{home.file}{ending}").symlink_to(home.precious)


@attack
def _writer_is_killed(home: Home) -> None:
    """It leaves a journal that is to be played back, which is ours and needed."""
    code = (
        "import sqlite3, sys, os, signal\n"
        "database = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "database.execute('PRAGMA cache_size = 1')\n"
        "database.execute('BEGIN IMMEDIATE')\n"
        "database.execute('UPDATE agenda SET content = zeroblob(200000)')\n"
        "database.execute('DELETE FROM word1')\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", code, home.file], check=False)
    assert home.journal.read_bytes()[:1] != b"\0", "the journal is hot"


# -- tables --------------------------------------------------------------------------------

SCHEMAS = {
    "maker_is_a_view": ("DROP TABLE maker", "CREATE VIEW maker AS SELECT 1 AS made_by"),
    "maker_is_an_endless_view": (
        "DROP TABLE maker",
        "CREATE VIEW maker AS WITH RECURSIVE r (made_by) AS (SELECT 1 UNION ALL SELECT made_by "
        "FROM r) SELECT made_by FROM r WHERE made_by = 2",
    ),
    "letter_is_a_view": (
        "ALTER TABLE letter RENAME TO real", "CREATE VIEW letter AS SELECT * FROM real",
    ),
    "view_beside": ("CREATE VIEW x AS SELECT * FROM maker",),
    "trigger_beside": (
        "CREATE TRIGGER x AFTER UPDATE ON library BEGIN DELETE FROM letter; END",
    ),
    "table_beside": ("CREATE TABLE beside (x)",),
    "column_beside": ("ALTER TABLE letter ADD COLUMN x",),
    "column_made_of_others": ("ALTER TABLE letter ADD COLUMN x AS (upper(id))",),
    "index_beside": ("CREATE INDEX x ON letter (upper(name))",),
    "index_gone": ("DROP INDEX letter_id",),
    "statistics_beside": ("ANALYZE",),
    "search_table_of_another_sort": ("DROP TABLE word1", "CREATE TABLE word1 (x)"),
    "ranks_of_another_sort": ("INSERT INTO token1 (token1, rank) VALUES ('rank', 'bm25(9, 1)')",),
    "tables_without_end": (
        "PRAGMA writable_schema = ON",
        "WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r LIMIT 300000) "
        "INSERT INTO sqlite_master SELECT 'view', 'v' || n, 'v' || n, 0, "
        "'CREATE VIEW v' || n || ' AS SELECT 1' FROM r",
    ),
    "a_table_of_a_million_letters": (
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET sql = sql || printf('%1000000s', '') WHERE name = 'letter'",
    ),
}  # fmt: skip
"""What another hand does to the tables."""


def _schema(name: str) -> Callable[[Home], str | None]:
    def change(home: Home) -> None:
        home.change(*SCHEMAS[name])

    return change


ATTACKS |= {name: _schema(name) for name in SCHEMAS}


# -- rows ----------------------------------------------------------------------------------

ROWS = {
    "another_organisation": "UPDATE letter SET organisation = 'EU'",
    "another_id": "UPDATE letter SET id = 'x-2024' WHERE id LIKE 'wash%'",
    "another_day": "UPDATE letter SET starts = '1949-04-04', ends = '1949-04-04'",
    "agendas_of_others": "UPDATE letter SET agenda = (SELECT max(agenda) FROM letter)",
    "letter_gone": "DELETE FROM letter WHERE state = 'sound' AND name LIKE 'w%'",
    "letter_is_broken": "UPDATE letter SET state = 'broken', fault = (SELECT fault FROM letter "
    "WHERE state = 'broken') WHERE name LIKE 'w%'",
    "fault_gone": "DELETE FROM letter WHERE state = 'broken'",
    "fault_is_another": "UPDATE letter SET fault = replace(fault, 'found', 'FOUND')",
    "fault_is_none": "UPDATE letter SET fault = x'c1'",
    "letter_is_doubled": "UPDATE letter SET state = 'replaced', fault = NULL WHERE name LIKE 'w%'",
    "name_is_bytes": "UPDATE letter SET name = x'ff'",
    "number_is_text": "UPDATE letter SET agenda = 'one'",
    "number_is_endless": "UPDATE letter SET agenda = 9223372036854775807",
    "version_is_text": "UPDATE library SET version = 'one'",
    "index_is_of_no_version": "UPDATE library SET indexed = version, version = version",
    "words_gone": "DELETE FROM word1",
    "words_are_others": "UPDATE word1 SET text = text || 'x'",
    "stems_gone": "UPDATE word1 SET stem = NULL",
    "texts_are_in_english": "UPDATE body1 SET lang = 'en'",
    "texts_are_of_sessions": "UPDATE body1 SET kind = 'session', role = NULL",
    "texts_are_others": "UPDATE body1 SET document = document + 1",
    "texts_gone": "DELETE FROM body1 WHERE number % 2",
    "places_are_one": "UPDATE place SET agenda = (SELECT min(agenda) FROM place)",
    "days_are_one": "UPDATE place SET date = ''",
    "tokens_gone": "UPDATE token1_data SET block = zeroblob(length(block)) WHERE id > 10",
    "tokens_hold_less": "DELETE FROM token1_data WHERE id > 10",
    "sizes_are_others": "UPDATE token1_docsize SET sz = x'0101'",
    "averages_are_others": "UPDATE token1_data SET block = x'7f7f7f' WHERE id = 1",
    "pieces_gone": "DELETE FROM piece1_data WHERE id > 10",
    "makers_are_two": "INSERT INTO maker SELECT * FROM maker",
}
"""What another hand writes into the tables."""


def _row(name: str) -> Callable[[Home], str | None]:
    def change(home: Home) -> None:
        with contextlib.suppress(sqlite3.Error):  # some a newer SQLite refuses
            home.change(ROWS[name])

    return change


ATTACKS |= {name: _row(name) for name in ROWS}


@attack
def _agenda_is_falsified(home: Home) -> str | None:
    """With the checksum of the text beside it; `check` must look at the file all the same."""
    home.change(
        "UPDATE agenda SET content = CAST(replace(content, 'NAVO', 'OTAN') AS BLOB)",
        "UPDATE agenda SET checksum = crc32(content)",
    )
    right = home.answer("check", "--json")
    home.file.unlink()
    return None if home.answer("check", "--json") == right else "check believes the cache"


@attack
def _agenda_leads_elsewhere(home: Home) -> str | None:
    """Every address, wherever it stands."""
    old, new = b"https://zoek.officielebekendmakingen.nl", b"https://evil.example.officielebekendma"
    with contextlib.closing(sqlite3.connect(home.file)) as database, database:
        for number, content in database.execute("SELECT number, content FROM agenda").fetchall():
            changed = content.replace(old, new.ljust(len(old), b"x"))
            database.execute(
                "UPDATE agenda SET content = ?, checksum = ? WHERE number = ?",
                (changed, zlib.crc32(changed), number),
            )
    return None


@attack
def _agendas_are_swapped(home: Home) -> None:
    home.change(
        "UPDATE agenda SET number = -number",
        "UPDATE agenda SET number = (SELECT max(-number) FROM agenda) + 1 + number",
    )


@attack
def _agenda_is_of_no_letter(home: Home) -> None:
    content = msgspec.msgpack.encode(["x"] * 16)
    home.change("UPDATE agenda SET content = :c, checksum = crc32(:c)", c=content)


# -- owners, modes, locks ------------------------------------------------------------------


@attack
def _others_may_write_it(home: Home) -> str | None:
    home.file.chmod(0o666)
    harm = home.harm()
    return harm or (None if home.file.read_bytes() == home.warm else "it was written to")


@attack
def _others_may_write_the_folder(home: Home) -> str | None:
    home.folder.chmod(0o777)
    home.file.write_bytes(b"not ours")
    harm = home.harm()
    return harm or (None if home.file.read_bytes() == b"not ours" else "it was written to")


@attack
def _others_may_read_it(home: Home) -> str | None:
    home.file.chmod(0o644)
    harm = home.harm()
    mode = stat.S_IMODE(home.file.stat().st_mode)
    return harm or (None if mode == 0o600 else f"its mode is {mode:o}")


def _foreign(home: Home, path: Path) -> str | None:
    if os.geteuid() != 0:
        return None
    os.chown(path, ABROAD, ABROAD)
    before = home.file.read_bytes()
    harm = home.harm()
    return harm or (None if home.file.read_bytes() == before else "it was written to")


@attack
def _cache_is_of_another_user(home: Home) -> str | None:
    home.file.write_bytes(home.warm[:-PAGE])
    return _foreign(home, home.file)


@attack
def _folder_is_of_another_user(home: Home) -> str | None:
    home.file.write_bytes(home.warm[:-PAGE])
    return _foreign(home, home.folder)


@attack
def _nobody_is_kept_out(home: Home) -> str | None:
    """Folders and files are closed to others whatever the umask says."""
    shutil.rmtree(home.folder.parent)
    mask = os.umask(0)
    try:
        home.answer("search", "bondgenoten")
    finally:
        os.umask(mask)
    modes = [stat.S_IMODE(path.stat().st_mode)
             for path in (home.folder.parent, home.folder, home.file)]  # fmt: skip
    return None if modes == [0o700, 0o700, 0o600] else f"their modes are {modes}"


@attack
def _cache_is_a_pipe(home: Home) -> None:
    home.file.unlink()
    os.mkfifo(home.file)


@contextlib.contextmanager
def locked(home: Home, statement: str) -> Iterator[None]:
    """Have another process hold a lock, and stop it."""
    code = (
        "import sqlite3, sys, os, signal\n"
        "database = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        f"database.execute({statement!r})\n"
        "print(flush=True)\n"
        "os.kill(os.getpid(), signal.SIGSTOP)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", code, home.file], stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        process.stdout.readline()
        yield
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


MOST_WAITED = 2.5
"""Seconds of the clock beyond those of the processor in which a look-up waits for a lock."""


@attack
def _lock_is_never_given_up(home: Home) -> str | None:
    search = ("search", "bondgenoten", "--json", "--data", home.letters)
    right = children.run(search, home.top).out
    for statement in ("BEGIN EXCLUSIVE", "BEGIN IMMEDIATE"):
        with locked(home, statement):
            ended = children.run(search, home.top)
            if ended.out != right:
                return f"under {statement} the answer is another: {ended.err}"
            if ended.seconds - 2 * ended.cpu > MOST_WAITED:
                return f"under {statement} it took {ended.seconds:.1f} s"
        if not home.file.exists():
            return "the cache was removed"
    return None
