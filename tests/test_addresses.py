"""Where links lead: to https addresses that need no escaping, and nowhere else."""

from __future__ import annotations

import re
from typing import Any

import msgspec
import pytest

from natoagenda.model import Agenda
from natoagenda.output import Format, Reply, Screen, html, leads, render
from natoagenda.rows import ReferenceRow, Rows
from tests.browse.explore import Walk, explore

GOOD = "https://zoek.officielebekendmakingen.nl/kst-21501-02-2825.html"
BAD = [
    "http://zoek.officielebekendmakingen.nl/kst-1-2.html", "javascript:alert(1)", "file:///etc/x",
    "HTTPS://x.nl/a", " https://x.nl/a", "https://x.nl/a b", "https://x.nl/a\x1b]0;owned\x07",
    "https://x.nl/a\n", 'https://x.nl/"onmouseover="alert(1)', "https://x.nl/<b>", "https://x.nl/a)",
    "https://u:p@x.nl/a", "https://x.nl:8080/a", "https://x.nl\\@y.nl/a", "data:text/html,x",
    "//x/a",
    "https://xé.nl/a", "https://x.nl/a?b=c;d", "https:/x.nl/a", "https://", "", "vbscript:x", "ssh://x",
]  # fmt: skip


def row(agenda: Agenda, url: str) -> ReferenceRow:
    made = Rows(agenda).references(lambda reference: reference.citation is not None)[0]
    return msgspec.structs.replace(made, url=url)


def test_only_https_leads_anywhere() -> None:
    assert leads(GOOD)
    assert leads("https://zoek.officielebekendmakingen.nl/h-tk-20112012-82-8.html")
    assert not leads(None)
    assert [address for address in BAD if leads(address)] == []


@pytest.mark.parametrize("url", BAD)
def test_what_leads_nowhere_is_no_link(url: str, washington: Agenda) -> None:
    reply = Reply(view="references", rows=[row(washington, url)], agendas=[washington])
    table, _ = render(reply, Format.TABLE, Screen(color=True, links=True))
    assert "\x1b]8" not in table
    markdown, _ = render(reply, Format.MARKDOWN, Screen())
    assert f"<{url}>" not in markdown


def test_what_leads_somewhere_is_one(washington: Agenda) -> None:
    reply = Reply(view="references", rows=[row(washington, GOOD)], agendas=[washington])
    assert f";{GOOD}\x1b\\" in render(reply, Format.TABLE, Screen(links=True))[0]
    assert f"<{GOOD}>" in render(reply, Format.MARKDOWN, Screen())[0]


@pytest.mark.parametrize("url", BAD)
def test_the_page_of_html(url: str, washington: Agenda, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Rows.reference

    def falsified(self: Rows, reference: Any) -> ReferenceRow:
        return msgspec.structs.replace(real(self, reference), url=url)

    monkeypatch.setattr(Rows, "reference", falsified)
    page = html.page(washington)
    own = re.escape("https://zoek.officielebekendmakingen.nl/kst-28676-462.html")
    assert re.findall(rf'href="(?!#)(?!{own}")[^"]*"', page) == []


def test_the_explorer_opens_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROWSER", "true")
    monkeypatch.delenv("SSH_CONNECTION", raising=False)

    async def walk(who: Walk) -> None:
        for url in (*BAD, GOOD):
            who.app._items = [item._replace(url=url) for item in who.app._items]
            await who.pilot.press("o")
        assert who.opened == [GOOD]

    explore(walk)
