"""What another hand can write into the tables of a cache, and do to the tables themselves."""

from __future__ import annotations

import contextlib
import sqlite3
import zlib
from collections.abc import Callable

import msgspec

from attacks.cached import ATTACKS, Home, attack

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
