"""Attacks on a cache of other shapes, thought of when those of `attacks.cache_hands` had failed."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from pathlib import Path

from attacks.cache_hands import journal
from attacks.cached import PAGE, Home, attack


@attack
def _cache_is_a_socket(home: Home) -> None:
    import socket

    home.file.unlink()
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as made:
        before = Path.cwd()
        os.chdir(home.folder)  # its whole name may be too long
        try:
            made.bind(home.file.name)
        finally:
            os.chdir(before)


@attack
def _cache_is_of_a_terabyte(home: Home) -> None:
    os.truncate(home.file, 1 << 40)


@attack
def _journal_is_of_smaller_pages(home: Home) -> str | None:
    whole = bytearray(journal(len(home.warm) // PAGE))
    whole[24:28] = (512).to_bytes(4, "big")
    home.journal.write_bytes(whole)
    harm = home.harm()
    return harm or ("it was cut" if home.file.stat().st_size < len(home.warm) // 2 else None)


@attack
def _cache_is_in_sixteen_bits(home: Home) -> None:
    _as_another(home, "PRAGMA encoding = 'UTF-16le'")


@attack
def _cache_tidies_itself(home: Home) -> None:
    _as_another(home, "PRAGMA auto_vacuum = FULL")


@attack
def _cache_is_of_small_pages(home: Home) -> None:
    _as_another(home, "PRAGMA page_size = 512")


def _as_another(home: Home, setting: str) -> None:
    """Put another database there that has the same tables and rows."""
    with contextlib.closing(sqlite3.connect(home.file)) as database:
        script = list(database.iterdump())
    home.file.unlink()
    with contextlib.closing(sqlite3.connect(home.file, isolation_level=None)) as database:
        database.execute(setting)
        with contextlib.suppress(sqlite3.Error):
            database.executescript("\n".join(script))
    home.file.chmod(0o600)


@attack
def _folder_above_is_a_link_of_the_user(home: Home) -> str | None:
    """Which is no attack: the cache is used."""
    real = home.top / "disk"
    shutil.rmtree(real, ignore_errors=True)
    home.folder.parent.rename(real)
    home.folder.parent.symlink_to(real)
    try:
        harm = home.harm()
        used = (real / "natoagenda" / home.file.name).read_bytes() == home.warm
    finally:
        home.folder.parent.unlink()
    return harm or (None if used else "the cache was made anew")


@attack
def _cache_is_that_of_other_letters(home: Home) -> None:
    """The letters of another folder, under the name of this."""
    home.answer("search", "bondgenoten", letters=home.unasked)
    home.change(
        "CREATE TEMP TABLE first AS SELECT name, listing FROM library WHERE number = 1",
        "UPDATE library SET name = x'00' WHERE number = 1",
        "UPDATE library SET (name, listing) = (SELECT name, listing FROM first) WHERE number = 2",
    )


@attack
def _search_tables_are_of_other_letters(home: Home) -> None:
    home.answer("search", "bondgenoten", letters=home.unasked)
    with contextlib.suppress(sqlite3.Error):
        home.change(
            "PRAGMA writable_schema = ON",
            "UPDATE sqlite_master SET rootpage = (SELECT rootpage FROM sqlite_master AS other "
            "WHERE other.name = 'token2_data') WHERE name = 'token1_data'",
        )


@attack
def _search_is_in_the_words_of_another_table(home: Home) -> None:
    with contextlib.suppress(sqlite3.Error):
        home.change(
            "DROP TABLE token1",
            "CREATE VIRTUAL TABLE token1 USING fts5 (whole, part, content='letter', "
            "tokenize='ascii')",
        )


@attack
def _folder_holds_thousands(home: Home) -> None:
    for number in range(3000):
        (home.folder / f"cache-{number:08x}.sqlite3-journal").touch()
