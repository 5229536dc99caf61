"""What another hand can do to a cache: links, journals, owners, locks.

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
from collections.abc import Iterator
from pathlib import Path

from attacks import children
from attacks.cached import PAGE, Home, attack

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
