"""The parliamentary papers that an imported letter cites, by its citations alone."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from natoagenda import citations
from natoagenda.importing import dates
from natoagenda.model import Footnote, Name, Reference, ReferenceKind, Section

_MOTION = re.compile(
    r"(?:gewijzigde\s+|aangehouden\s+)?[Mm]otie(?:(?:-|\s+)(?:van\s+(?:het\s+lid|de\s+leden)\s+)?[A-ZÀ-Þ][\w’'-]*"
    r"(?:\s+(?:c\.s\.|en|van|de|der|den|het|lid|[A-ZÀ-Þ][\w’'-]*))*)?(?=[^.;]{0,60}$)"
)
_PAPER = re.compile(
    r"\b(?:[Kk]amerbrief|[Vv]erslag|[Bb]rief|[Ff]iche|BNC-fiche|[Kk]abinets(?:reactie|appreciatie|standpunt)|[Aa]ppreciatie"
    r"|[Rr]apport|[Bb]eleidsnota|[Nn]ota|[Aa]ctie(?:plan|agenda)|[Gg]eannoteerde\s+agenda|[Ww]etsvoorstel|[Aa]dvies)\b(?=[^;]{0,200}$)"
)
_TITLE_END = re.compile(r"\s*(?:,?\s*(?:d\.d\.|dd\.?|van\s+(?=\d)|\()|[,;:.]?\s*$).*$")


_EARLY = 12
"""Characters; a note that names a paper within them is that paper's title: `Zie Kamerbrief …`."""


def find(
    sections: Sequence[Section],
    footnotes: Iterable[Footnote],
    links: Mapping[str, Sequence[tuple[str, str]]],
) -> tuple[Reference, ...]:
    """The papers with an official id, in the order in which the letter first cites them.

    Args:
        sections: the agenda's, with all its statements.
        footnotes: its notes.
        links: by statement id, the words and the official id of what the source itself ties to
            a document.
    """
    notes: Mapping[int, Footnote] = {note.number: note for note in footnotes}
    texts: list[tuple[str, str, bool]] = []
    for section in sections:
        if section.title:
            texts.append((section.id, section.title, False))
        texts += [
            (f"footnote:{call.number}", notes[call.number].text, True) for call in section.calls
        ]
        for statement in section.statements:
            texts.append((statement.id, statement.text, False))
            for call in statement.calls:
                texts.append((f"footnote:{call.number}", notes[call.number].text, True))
    found: dict[str, Reference] = {}
    places: dict[str, list[str]] = {}
    for place, text, is_note in texts:
        for citation in citations.find(text):
            if citation.id is None:
                continue
            cited = places.setdefault(citation.id, [])
            if place not in cited:
                cited.append(place)
            if citation.id in found:
                continue
            before = text[: citation.start].rstrip(" (,;:")
            title, date = _title(before, is_note)
            motion = title is not None and "motie" in title[:24].lower()
            found[citation.id] = Reference(
                id=citation.id,
                kind=ReferenceKind.MOTION if motion else ReferenceKind.PARLIAMENTARY_PAPER,
                title=Name(title or citation.citation, None),
                citation=citation.citation,
                date=date,
                other_dates=(),
                confidential=False,
                note=None,
                cited_from=(),
            )
        for words, identifier in links.get(place, ()):
            cited = places.setdefault(identifier, [])
            if place not in cited:
                cited.append(place)
            if identifier not in found:
                kind = ReferenceKind.PARLIAMENTARY_PAPER
                found[identifier] = Reference(
                    id=identifier, kind=kind, title=Name(words, None), citation=None, date=None,
                    other_dates=(), confidential=False, note=None, cited_from=(),
                )  # fmt: skip
    return tuple(_cited(reference, places[key]) for key, reference in found.items())


def _cited(reference: Reference, places: Sequence[str]) -> Reference:
    return msgspec.structs.replace(reference, cited_from=tuple(places))


def _title(before: str, is_note: bool) -> tuple[str | None, datetime.date | None]:
    """What the words before a citation call the paper, and the date they give it."""
    if motion := list(_MOTION.finditer(before)):
        return motion[-1][0].strip(" ,("), None
    papers = list(_PAPER.finditer(before))
    if papers:
        start = papers[-1].start()
        if is_note and papers[0].start() <= _EARLY:
            start = papers[0].start()
        words = before[start:]
        given = [item for item in dates.days(words) if item.year]
        pair = given[0].dates(0) if given else None
        title = _TITLE_END.sub("", words).strip(" ,")
        if 6 <= len(title) <= 200:
            return title, pair[0] if pair else None
    return None, None
