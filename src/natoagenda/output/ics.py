"""The programme as an iCalendar file (RFC 5545) of events that last all day.

A letter gives days and at most a part of the day, never a clock time, so no event has one.
The same letter gives the same bytes.
"""

from __future__ import annotations

import datetime
from typing import Any

from natoagenda import citations
from natoagenda.model import Agenda
from natoagenda.output import UNOFFICIAL, Reply, Screen, leads, page_words, unreviewed
from natoagenda.rows import SessionRow
from natoagenda.visible import visible


def render(reply: Reply, screen: Screen) -> str:
    """Write the sessions that have a date as events; a calendar without one is no calendar."""
    from icalendar import Calendar

    agendas = {agenda.id: agenda for agenda in reply.agendas}
    if all(row.date is None for row in _rows(reply)):
        return ""
    calendar = Calendar()
    calendar.add("prodid", "-//natoagenda//natoagenda//EN")
    calendar.add("version", "2.0")
    for row in _rows(reply):
        if row.date:
            calendar.add_component(_event(row, row.date, agendas[row.agenda], screen))
    text: str = calendar.to_ical().decode()
    return text


def missing(reply: Reply) -> list[str]:
    """Say how many entries have no place in a calendar."""
    undated = sum(row.date is None for row in _rows(reply))
    if not undated:
        return []
    entries = "1 entry" if undated == 1 else f"{undated} entries"
    return [f"left out: {entries} of the programme without a day"]


def _rows(reply: Reply) -> list[SessionRow]:
    rows: Any = reply.rows
    return list(rows)


def _event(row: SessionRow, date: datetime.date, agenda: Agenda, screen: Screen) -> Any:
    from icalendar import Event

    english = screen.lang == "en"
    event = Event()
    event.add("uid", f"{row.id}.{row.agenda}@natoagenda")
    stamp = agenda.document.date or agenda.starts
    event.add("dtstamp", datetime.datetime.combine(stamp, datetime.time(), datetime.UTC))
    event.add("dtstart", date)
    event.add("dtend", date + datetime.timedelta(days=1))
    part = f" ({row.part_of_day.value})" if row.part_of_day else ""
    title = (row.title_en or row.title) if english else row.title
    event.add("summary", visible(title) + part)
    if agenda.venue:
        event.add("location", visible(agenda.venue))
    lines = [
        f"“{(quote.text_en or quote.text) if english else quote.text}” ({page_words([quote.page])})"
        for quote in row.quotes
    ]
    lines.append(agenda.title if agenda.document.citation is None else agenda.document.citation)
    if english:
        lines.append(UNOFFICIAL)
    lines += unreviewed([agenda])
    event.add("description", "\n".join(map(visible, lines)))
    if leads(address := citations.address(agenda.document.id or "")):
        event.add("url", address)
    event.add("transp", "TRANSPARENT")
    return event
