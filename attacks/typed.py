"""A library from a stranger, whose words shells run, expand, split and glob; and lines to type.

`attacks.shells` types them in real shells.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import NamedTuple

from natoagenda import library

RUN = "GEDRAAID"
"""In the names of the files that exist where something was run."""

HOSTILE = (
    f"$(touch {RUN}-1)", f"`touch {RUN}-2`", f"\\`touch {RUN}-3\\`", f"\\$(touch {RUN}-4)",
    f'"; touch {RUN}-5; "', f"'; touch {RUN}-6; '", f"<(touch {RUN}-7)", f"; touch {RUN}-8 #",
    f"& touch {RUN}-9 &", f"| touch {RUN}-10", f"${{x:=$(touch {RUN}-11)}}", f"(touch {RUN}-12)",
    f"x)) touch {RUN}-13", f"$'\\x24(touch {RUN}-14)'", f"a[$(touch {RUN}-15)]",
    f"\"\\`touch {RUN}-16\\`", f"'\"$(touch {RUN}-17)\"'", f"%F{{red}}%n ${{(e):-touch {RUN}}}",
    "NAV*", "~", "~root", "!!", "!touch", "{aap,noot}", "-x", "--data=/x", ".verborgen", "*", "?",
    "[a-z]*", "=ls", "^a^b", "a:b\\:c", "\\", "'", '"', "$HOME", "%n%~", "a\tb", "x" * 300,
    f"\uff04\uff08touch {RUN}-18\uff09", "\uff0ebashrc", "\uff0d\uff0ddata", "\u2474\u338f",
    f"dubbel\u00a0$(touch {RUN}-19)", "dubbel\u2028", f"x\ue000$(touch {RUN}-20)", "w" * 50_000,
    "\x1b]0;titel\x07", "\u202egekeerd", "\u3164\u115f", "\u05d0\u05d1", "zalgo\u0301",
)  # fmt: skip
"""What stands in organisations and titles, a letter each."""

TOPICS = ("cyberdreiging {}", "NAVO-EU {}", "Naverkiezing {}", "cyberwacht{}")
"""Words of titles that are typed in part."""


class Typed(NamedTuple):
    """A line, and the pattern of what the program is given when it is completed and entered."""

    line: str
    given: str = ""
    tabs: int = 1
    entered: bool = True


ANY = r"[\w.][\w.-]*"
LINES = (
    Typed("natoagenda stances --organisation Buiten", r"stances --organisation Buitenlandse"),
    Typed("natoagenda stances --organisation buiten", r"stances --organisation buitenlandse"),
    Typed("natoagenda stances --organisation raad-b",
          r"stances --organisation raad-buitenlandse-zaken"),
    Typed("natoagenda --organisation=Benel", r"--organisation=Benelux"),
    Typed("natoagenda stances --organisation ", rf"stances --organisation( {ANY})?", 2),
    Typed("natoagenda stances --organisation t", r"stances --organisation t[\w.-]*", 2),
    Typed("natoagenda --agenda brief-0", r"--agenda brief-0[\w.-]*", 2),
    Typed("natoagenda --agenda=brief-10", r"--agenda=brief-10"),
    Typed("natoagenda agendas remove brief-10", r"agendas remove brief-10"),
    Typed("natoagenda topic cyberd", r"topic cyberdreiging"),
    Typed("natoagenda topic cyberw", r"topic cyberwacht"),
    Typed("natoagenda topic nav", r"topic (nav|onderwerp-)[\w.-]*", 2),
    Typed("natoagenda topic tou", r"topic (tou|onderwerp-[\w.-]*)", 2),
    Typed("natoagenda topic onderwerp-1", r"topic onderwerp-1[\w.-]*", 2),
    Typed("natoagenda stances --topic cyberd", r"stances --topic cyberdreiging"),
    Typed("natoagenda compare cyberd", r"compare cyberdreiging"),
    Typed("natoagenda topic \"cyberd", r"topic cyberdreiging", entered=False),
    Typed("natoagenda schedule --day 2024-07-0", r"schedule --day 2024-07-09"),
    Typed("natoagenda schedule --day ", rf"schedule --day( {ANY})?", 2),
    Typed("natoagenda footnotes 7", r"footnotes 7"),
    Typed("natoagenda search --in footnotes,ref", r"search --in footnotes,references"),
    Typed("natoagenda --format mark", r"--format markdown"),
    Typed("natoagenda sched", r"schedule"),
    Typed("natoagenda stances --organisation Tafel", r"stances --organisation Tafel[\w.-]*", 2),
    Typed("natoagenda topic onderwerp-1-0 -", entered=False, tabs=2),
    Typed("natoagenda --data ./cyberd", entered=False, tabs=2),
    Typed("natoagenda --show-completion fi", r"--show-completion fish"),
    Typed(f"natoagenda topic '$(touch {RUN}", entered=False),
    Typed("natoagenda topic NAV*", entered=False, tabs=2),
    Typed("natoagenda topic {aap,", entered=False),
    Typed("natoagenda topic ~", entered=False, tabs=2),
    Typed("natoagenda topic 'x y", entered=False),
    Typed("natoagenda topic a:cyb", entered=False),
    Typed("natoagenda topic 2%", entered=False),
    Typed("natoagenda topic [a-z]*", entered=False),
    Typed("natoagenda --organisation=", entered=False, tabs=2),
    Typed("natoagenda \\", entered=False),
    Typed("./natoagenda ", entered=False, tabs=2),
    Typed("./natoagenda topic cyberd", entered=False),
)  # fmt: skip

LEFT = "\x1b[D"
OTHER = (
    Typed(f"natoagenda topic cyberd zes{LEFT * 4}\t", r"topic cyberdreiging zes", 0),
    Typed(f"natoagenda topic cyberdx{LEFT}\t\x05", entered=False, tabs=0),
    Typed("A=1 natoagenda topic cyberd", r"topic cyberdreiging"),
    Typed("command natoagenda topic cyberd\x1b", entered=False),
    Typed("true; natoagenda topic cyberd", r"topic cyberdreiging"),
    Typed("true && natoagenda --agenda brief-10", r"--agenda brief-10"),
    Typed("true | natoagenda stances --topic cyberw", r"stances --topic cyberwacht"),
    Typed("natoagenda topic \"cyberd\t", entered=False),
    Typed("natoagenda  topic   cyberd", r"topic cyberdreiging"),
    Typed("natoagenda --organisation 'Buiten", entered=False, tabs=2),
    Typed("natoagenda --organisation Buiten\t topic cyberw",
          r"--organisation Buitenlandse topic cyberwacht"),
    Typed("natoagenda topic cyb\\erd", entered=False, tabs=2),
    Typed("natoagenda topic ${HOME}", entered=False, tabs=2),
    Typed("natoagenda topic \uff04\uff08touch", entered=False, tabs=2),
    Typed("natoagenda topic \ue000", entered=False, tabs=2),
    Typed("natoagenda stances --organisation bash", r"stances --organisation bashrc"),
    Typed("natoagenda stances --organisation dub", r"stances --organisation dubbel[\w.-]*", 2),
    Typed("natoagenda --agenda=brief-10 topic onderwerp-10",
          r"--agenda=brief-10 topic onderwerp-10-0"),
    Typed("natoagenda --show-completion=fi", r"--show-completion=fish"),
    Typed("natoagenda search --in=footnotes,ref", r"search --in=footnotes,references"),
)  # fmt: skip
"""Lines of other shapes: a cursor in the middle, words before the program, quotes half open."""

FILES = ("NAVO lokaal", "cyberdief", "Buiten gewoon", "buitenstaander", "raad-b bestand",
         "brief-0 kopie", "7 dwergen", "touwtje", "navigatie", "2024-07-0 x", "Benelux-bestand",
         f"cyberd$(touch {RUN}-20)", f"nav`touch {RUN}-21`", "schedel", "onderwerp-1x")  # fmt: skip
"""In the folder where the shells are: none of them is what was asked for."""


PLAIN = ("Raad Buitenlandse Zaken", "Benelux")
"""Organisations that are as they should be, among the others."""


def letter(number: int, words: str, organisation: str) -> str:
    """A letter with such words wherever a Tab looks."""
    titles = [f"{words} {name.format(words)}" for name in TOPICS] if number == 1 else [words]
    sections = [
        {
            "id": f"onderwerp-{number}-{place}", "kind": "topic", "page": "1",
            "title": {"nl": title, "en": f"{title} in {number}"},
            "statements": [{
                "id": f"onderwerp-{number}-{place}.1.1", "page": "1",
                "nl": f"Zin{'[^7]' * (place == 0)}.",
            }],
        }
        for place, title in enumerate(titles)
    ]  # fmt: skip
    return json.dumps({
        "schema": "1",
        "agenda": {
            "id": f"brief-{number:02}", "title": {"nl": words}, "organisation": organisation,
            "venue": words, "starts": "2024-07-09", "ends": "2024-07-11",
            "document": {"pages": "1", "sha256": "0" * 64}, "reviewed": "true",
        },
        "sessions": [],
        "sections": sections,
        "footnotes": [{"number": "7", "page": "1", "nl": words}],
        "references": [],
    })  # fmt: skip


def hostile_library(folder: Path) -> list[str]:
    """Write letters from a stranger; give the ids of those that are valid."""
    folder.mkdir()
    names = [*PLAIN, *HOSTILE]
    for number, organisation in enumerate(names, start=1):
        words = HOSTILE[(number - 1) % len(HOSTILE)].replace("\t", " ").strip()
        text = letter(number, words, organisation.replace("\t", " ").strip())
        name = re.sub(r"[/\0]", "_", organisation)[:60]
        (folder / f"{number:02}{name}.yaml").write_text(text, "utf-8")
    found = library.load([folder])
    assert not found.faults, found.faults[0]
    return [each.id for each in found.letters]
