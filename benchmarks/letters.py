"""Writes a library of invented letters, to measure with.

Each is about as long as the built-in one without its English. Words follow Zipf's law, and each
letter brings some that no other has, so that the vocabulary grows as that of a real archive does
(Heaps' law). The same seed gives the same files.

    python -m benchmarks.letters FOLDER --letters 1000
"""

from __future__ import annotations

import argparse
import datetime
import itertools
import random
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import msgspec

from natoagenda import dataset, dump
from natoagenda.model import (
    Agenda,
    Call,
    Document,
    Footnote,
    Name,
    Reference,
    ReferenceKind,
    Role,
    Section,
    SectionKind,
    Session,
    SessionKind,
    Statement,
)

_PARTS = (
    "aan af bij door in na om onder op over uit voor arbeid bank berg bescherm beweeg bond brand "
    "bron brug burger crisis dag dienst dijk doel dreig drug energie feit gas gebied geld gezag "
    "grens grond groep hand haven hulp industrie kaart kamer kans kennis kern klimaat kracht "
    "kust land last leger lever lijn lucht maat macht markt mens milieu munt nood oever oorlog "
    "orde overeenkomst plan plicht raad recht rijk rug ruimte schade schip snel spoor staat stad "
    "stand steen stof straat stroom taak tijd toets trouw vaart val veld vet vlieg vloot volk "
    "voorraad vrede vries wacht water weer weg werk wet wijs winst woord zee zorg zuid"
).split()
_ENDINGS = ("", "", "en", "s", "ing", "ingen", "heid", "schap", "lijk", "baar", "er", "aar")

_COMMON = (
    "bondgenoten lidstaten kabinet samenwerking veiligheid defensie uitgaven afspraken inzet "
    "Europa steun partners capaciteiten voortgang besluiten verklaring overleg dreiging munitie "
    "luchtverdediging weerbaarheid industrie productie commissie voorstel akkoord financiering "
    "sancties hervormingen verkiezingen grensbewaking migratie handel energie klimaat digitaal"
).split()

_SAYING = {
    Role.STANCE: (
        "Nederland zet zich in voor {} en {} in het kader van {}.",
        "Het kabinet hecht aan {} en wil dat {} met {} samengaat.",
        "Nederland steunt dit voorstel over {}, mits {} en {} zijn geborgd.",
        "Het kabinet is van mening dat {} niet ten koste van {} of {} mag gaan.",
    ),
    Role.EXPECTATION: (
        "De bondgenoten zullen naar verwachting spreken over {}, {} en {}.",
        "Naar verwachting neemt de Raad een besluit over {} en bevestigt hij {} en {}.",
    ),
    Role.COMMITMENT: (
        "Het kabinet informeert uw Kamer voor het einde van het jaar over {}, {} en {}.",
        "De minister van Buitenlandse Zaken zegt uw Kamer een brief toe over {}, {} en {}.",
    ),
    Role.BACKGROUND: (
        "In de afgelopen periode is op het gebied van {} en {} veel gebeurd, ook door {}.",
        "De ontwikkelingen rond {} laten zien dat {} en {} elkaar versterken.",
        "Daarbij gaat het zowel om {} als om {}, en in mindere mate om {}.",
        "Over {} bestaat brede overeenstemming, over {} en {} nog niet.",
    ),
}
_TOPICS = (
    "Oekraïne", "Steun aan Oekraïne", "China", "Afschrikking en verdediging", "Defensie-uitgaven",
    "Westelijke Balkan", "Uitbreiding", "Migratie", "Energiezekerheid", "Hybride dreigingen",
    "Midden-Oosten", "Klimaat en veiligheid", "Digitale agenda", "NAVO-EU-samenwerking",
)  # fmt: skip
_DOSSIERS = ("21501-02", "21501-20", "28676", "36045", "22112", "32623", "33694", "36410-X")


class _Words:
    """Words as an archive has them."""

    def __init__(self, seed: int) -> None:
        rnd = random.Random(seed)
        made = dict.fromkeys(_COMMON)
        while len(made) < 12_000:
            made[_compound(rnd)] = None
        self.known = list(made)
        weights = [1 / (rank + 2.7) for rank in range(len(self.known))]
        self.weights = list(itertools.accumulate(weights))

    def draw(self, rnd: random.Random) -> Iterator[str]:
        """Words without end, one in seventy of them never seen before."""
        while True:
            yield from (
                _compound(rnd) if rnd.random() < 1 / 70 else word
                for word in rnd.choices(self.known, cum_weights=self.weights, k=200)
            )


def _compound(rnd: random.Random) -> str:
    return "".join(rnd.choices(_PARTS, k=rnd.choice((2, 2, 3, 3, 4)))) + rnd.choice(_ENDINGS)


def letter(number: int, seed: int, words: _Words) -> Agenda:
    """One invented letter."""
    rnd = random.Random(f"{seed}/{number}")
    draw = words.draw(rnd)
    starts = datetime.date(2005, 1, 10) + datetime.timedelta(days=rnd.randrange(7500))
    organisation = rnd.choice(("NAVO", "Europese Unie"))
    identifier = f"raad-{starts}-{number:05}"
    titles = rnd.sample(_TOPICS, rnd.choice((4, 5)))
    sections = [_section(rnd, draw, "inleiding", "Inleiding", SectionKind.INTRODUCTION, 1, 4)]
    first = sections[0].statements[0]
    told = msgspec.structs.replace(first, text="Deze brief is verzonnen, om mee te meten.")
    sections[0] = msgspec.structs.replace(
        sections[0], statements=(told, *sections[0].statements[1:])
    )
    for page, title in enumerate(titles, 2):
        slug = "-".join(unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
                        .lower().split())  # fmt: skip
        sections.append(_section(rnd, draw, slug, title, SectionKind.TOPIC, page, 18))
    calls = rnd.sample([s.id for each in sections[1:] for s in each.statements], 5)
    places = [s.id for each in sections for s in each.statements]
    calls.sort(key=places.index)
    sections = [_with_calls(each, calls) for each in sections]
    note = "de motie Dassen" if number % 100 == 42 else "de brief"
    return _sealed(
        Agenda(
            id=identifier,
            title=f"Verzonnen geannoteerde agenda voor de Raad van {starts:%d-%m-%Y}",
            title_en=None,
            organisation=organisation,
            venue=None,
            starts=starts,
            ends=starts + datetime.timedelta(days=1),
            delegation=(),
            document=Document(citation=None, id=None, date=None, pages=7, sha256="0" * 64),
            reviewed=False,
            sessions=tuple(
                Session(
                    id=f"sessie-{at}",
                    date=starts,
                    part_of_day=None,
                    kind=SessionKind.COUNCIL,
                    title=Name(nl=f"Werksessie over {next(draw)}", en=None),
                    participants=(),
                    topics=(section.id,),
                    quotes=(section.statements[0].id,),
                )
                for at, section in enumerate(sections[1:], 1)
            ),
            sections=tuple(sections),
            footnotes=tuple(
                Footnote(
                    number=at,
                    text=f"Zie {note if at == 3 else 'de brief'} over {next(draw)}.",
                    text_en=None,
                    page=2,
                    called_from=place,
                )
                for at, place in enumerate(calls, 1)
            ),
            references=tuple(_references(rnd, draw)),
            path="",
        )
    )


def _section(
    rnd: random.Random, draw: Iterator[str], slug: str, title: str, kind: SectionKind, page: int,
    sentences: int,
) -> Section:  # fmt: skip
    statements = []
    for at in range(sentences):
        shares = (15, 20, 3, 62) if kind is SectionKind.TOPIC else (0, 0, 0, 1)
        (role,) = rnd.choices(list(_SAYING), weights=shares)
        text = rnd.choice(_SAYING[role]).format(*(" ".join(_phrase(rnd, draw)) for _ in range(3)))
        if kind is SectionKind.TOPIC and rnd.random() < 0.3:
            text = f"{text[:-1]}, ook voor {title}."
        statements.append(
            Statement(
                id=f"{slug}.{at // 6 + 1}.{at % 6 + 1}",
                text=text,
                text_en=None,
                pages=(page,),
                role=role,
                about=(),
                calls=(),
            )
        )
    return Section(
        id=slug, kind=kind, title=title, title_en=None, calls=(), page=page,
        statements=tuple(statements),
    )  # fmt: skip


def _phrase(rnd: random.Random, draw: Iterator[str]) -> Iterator[str]:
    yield "de"
    for _ in range(rnd.choice((1, 2, 2, 3))):
        yield next(draw)


def _with_calls(section: Section, calls: list[str]) -> Section:
    statements = tuple(
        msgspec.structs.replace(each, calls=(Call(calls.index(each.id) + 1, len(each.text)),))
        if each.id in calls
        else each
        for each in section.statements
    )
    return msgspec.structs.replace(section, statements=statements)


def _references(rnd: random.Random, draw: Iterator[str]) -> Iterator[Reference]:
    papers = {f"kst-{rnd.choice(_DOSSIERS)}-{rnd.randrange(1, 3000)}" for _ in range(15)}
    for at, paper in enumerate(sorted(papers)):
        dossier, number = paper.removeprefix("kst-").rsplit("-", 1)
        yield Reference(
            id=paper,
            kind=ReferenceKind.PARLIAMENTARY_PAPER,
            title=Name(nl=f"Kamerbrief over {next(draw)}", en=None),
            citation=f"Kamerstuk {dossier}, nr. {number}",
            date=None,
            other_dates=(),
            confidential=False,
            note=None,
            cited_from=(f"footnote:{at % 5 + 1}",),
        )


def _sealed(agenda: Agenda) -> Agenda:
    document = msgspec.structs.replace(agenda.document, sha256=dataset.digest(agenda))
    return msgspec.structs.replace(agenda, document=document)


def write(folder: Path, letters: int, seed: int = 1) -> list[str]:
    """Write a library.

    Args:
        folder: where; it is made.
        letters: how many.
        seed: which.

    Returns:
        The ids of the agendas.
    """
    folder.mkdir(parents=True, exist_ok=True)
    words = _Words(seed)
    ids = []
    for number in range(letters):
        agenda = letter(number, seed, words)
        (folder / f"{agenda.id}.yaml").write_text(dump.dump(agenda), encoding="utf-8", newline="\n")
        ids.append(agenda.id)
    return ids


def main() -> None:
    """Write the library that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--letters", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    write(given.folder, given.letters, given.seed)


if __name__ == "__main__":
    main()
