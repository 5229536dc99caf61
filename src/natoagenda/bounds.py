"""What a meeting can be: in which years, and how long.

What reads data files, letters and the command line asks here, so that all draw the same line:
a calendar that runs from year 1 to 9999 has days that no other program takes, and millions of
them.
"""

from __future__ import annotations

import datetime

FIRST_YEAR, LAST_YEAR = 1900, 2100
"""Of a meeting, its sessions and its letter; the papers that it cites may be older."""

MOST_DAYS = 60
"""Of a meeting; conferences of the UN last four weeks."""


def has(date: datetime.date) -> bool:
    """Whether a date can be that of a meeting or a letter."""
    return FIRST_YEAR <= date.year <= LAST_YEAR


def wrong_date(date: datetime.date) -> str | None:
    """Say what is wrong with a date, or None."""
    if has(date):
        return None
    return f"found {date}, expected a year from {FIRST_YEAR} to {LAST_YEAR}"


def wrong_length(starts: datetime.date, ends: datetime.date) -> str | None:
    """Say what is wrong with the length of a meeting, or None."""
    days = (ends - starts).days + 1
    if days <= MOST_DAYS:
        return None
    return f"found a meeting of {days:,} days, expected at most {MOST_DAYS}"
