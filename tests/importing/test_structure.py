"""Covering letters, titles, headings and signatures: whole letters as PDF tools give them."""

from __future__ import annotations

import textwrap

import pytest

from natoagenda.errors import DataError
from natoagenda.importing import assemble, plaintext
from natoagenda.importing.report import Report
from natoagenda.importing.source import Block, Form, Letter, Note
from natoagenda.model import Agenda, Call, SectionKind


def imported(text: str) -> tuple[Agenda, Report]:
    agenda, report = assemble.assemble(plaintext.parse(textwrap.dedent(text)), "brief.txt")
    assert report.words == report.accounted
    return agenda, report


def outline(agenda: Agenda) -> list[tuple[str, str | None]]:
    return [(section.kind.value, section.title) for section in agenda.sections]


MINISTRY = """\
    Ministerie van Buitenlandse Zaken

    Postbus 20061
    2500 EB Den Haag

    Onze Referentie
    BZ2405123

    Datum 28 juni 2024
    Betreft Geannoteerde agenda Raad Buitenlandse Zaken van 22 juli
    2024

    Geachte voorzitter,

    Op maandag 22 juli vindt de Raad Buitenlandse Zaken (RBZ) plaats in Brussel. De
    minister van Buitenlandse Zaken is voornemens deel te nemen. Op de agenda staan
    de Russische agressie tegen Oekraïne en de situatie in het Midden-Oosten.

    Russische agressie tegen Oekraïne
    De Raad zal spreken over de militaire steun aan Oekraïne. Het kabinet verwelkomt
    deze bespreking en zal oproepen tot snelle levering van luchtverdediging. In 20241
    heeft Nederland hieraan al bijgedragen.

    Situatie in het Midden-Oosten
    De Raad bespreekt de humanitaire situatie in de Gazastrook. Nederland pleit voor
    onmiddellijke en ongehinderde humanitaire toegang. Daarbij verwijst het kabinet
    naar de motie Piri c.s.2 over dit onderwerp. Ik informeer uw Kamer over de

    1 Kamerstuk 22 054, nr. 419
    2 Kamerstuk 21 501-02, nr. 2900

    Pagina 1 van 2
    uitkomsten in het verslag van de Raad.

    De minister van Buitenlandse Zaken,


    C.C.J. Veldkamp

    Pagina 2 van 2
"""


def test_a_letter_whose_title_is_its_subject() -> None:
    agenda, report = imported(MINISTRY)
    assert agenda.title == "Geannoteerde agenda Raad Buitenlandse Zaken van 22 juli 2024"
    assert outline(agenda) == [
        ("letter", None),
        ("introduction", None),
        ("topic", "Russische agressie tegen Oekraïne"),
        ("topic", "Situatie in het Midden-Oosten"),
        ("letter", None),
    ]
    assert [s.text for s in agenda.sections[-1].statements] == [
        "De minister van Buitenlandse Zaken,", "C.C.J. Veldkamp",
    ]  # fmt: skip
    assert {note.number: note.called_from for note in agenda.footnotes} == {
        1: "russische-agressie-tegen-oekraine.1.3", 2: "situatie-in-het-midden-oosten.1.3",
    }  # fmt: skip
    assert [s.text for s in agenda.sections[3].statements][-1] == (
        "Ik informeer uw Kamer over de uitkomsten in het verslag van de Raad."
    )
    assert agenda.sections[3].statements[-1].pages == (1, 2)
    assert (str(agenda.document.date), agenda.venue) == ("2024-06-28", "Brussel")
    assert [n.nl for n in agenda.delegation] == ["minister van Buitenlandse Zaken"]
    assert report.left_out == ("Pagina 1 van 2", "Pagina 2 van 2")


PARLIAMENT = """\
    Tweede Kamer der Staten-Generaal                                          2

    Vergaderjaar 2023–2024

    28 676          NAVO

    Nr. 462         BRIEF VAN DE MINISTERS VAN BUITENLANDSE ZAKEN EN VAN
                    DEFENSIE

                    Aan de Voorzitter van de Tweede Kamer der Staten-Generaal

                    Den Haag, 28 juni 2024

                    Hierbij bieden wij u, mede namens de Minister-President, de
                    geannoteerde agenda aan van de NAVO-Top die van 9 tot en met 11
                    juli 2024 plaatsvindt in Washington.

                    De Minister van Buitenlandse Zaken,
                    H.G.J. Bruins Slot

    kst-28676-462
    ISSN 0921 - 7371
    ’s-Gravenhage 2024          Tweede Kamer, vergaderjaar 2023–2024, 28 676, nr. 462   1
                    GEANNOTEERDE AGENDA VOOR DE NAVO-TOP IN
                    WASHINGTON D.C. VAN 9 TOT 11 JULI 2024

                    Inleiding

                    Op de Top staan bondgenoten stil bij 75 jaar NAVO.

                    I. Steun aan Oekraïne

                    a) Militaire steun

                    Bondgenoten zullen naar verwachting een pakket overeenkomen.
                    Nederland is hier groot voorstander van.

                    b) (eventueel) NAVO-Oekraïne Raad – stand van zaken

                    Hier wordt gesproken over de samenwerking. Het kabinet hecht
                    eraan dat deze dialoog wordt voortgezet.
                            Tweede Kamer, vergaderjaar 2023–2024, 28 676, nr. 462   2
"""


def test_a_paper_of_parliament() -> None:
    agenda, report = imported(PARLIAMENT)
    assert (
        agenda.title
        == "GEANNOTEERDE AGENDA VOOR DE NAVO-TOP IN WASHINGTON D.C. VAN 9 TOT 11 JULI 2024"
    )
    assert outline(agenda) == [
        ("letter", None),
        ("introduction", "Inleiding"),
        ("topic", "I. Steun aan Oekraïne"),
        ("topic", "a) Militaire steun"),
        ("topic", "b) (eventueel) NAVO-Oekraïne Raad – stand van zaken"),
    ]
    assert agenda.sections[2].statements == ()
    assert (agenda.id, agenda.venue) == ("washington-2024", "Washington")
    assert agenda.document.id == "kst-28676-462"
    assert agenda.document.citation == "28 676, nr. 462"
    assert str(agenda.document.date) == "2024-06-28"
    assert agenda.document.pages == 2
    assert len(report.left_out) == 4


JUSTICE = """\
    GEANNOTEERDE AGENDA
    RAAD JUSTITIE EN BINNENLANDSE ZAKEN VAN 13 EN 14 JUNI 2022
    I. Immigratie en asiel
    1. Migratie- en asielpact
    = voortgangsrapportage
    De Raad zal spreken over de voortgang van het pact. Nederland steunt
    de geleidelijke aanpak van het Franse voorzitterschap, omdat daarmee
    stappen kunnen worden gezet.
    2. (eventueel) Schengengrenscode
    Het voorzitterschap streeft naar een algemene oriëntatie. Nederland
    kan hiermee instemmen, mits de uitzondering behouden blijft.
    II. Justitie
    3. Richtlijn milieucriminaliteit
    De Commissie zal het voorstel toelichten. Ik zal aandacht vragen voor
    de uitvoerbaarheid.
    Pagina 1 van 2
    4. Overig
    Er zijn geen stukken ontvangen. Uw Kamer wordt over de uitkomsten
    geïnformeerd via het verslag.
    Pagina 2 van 2
"""


def test_a_letter_without_a_blank_line() -> None:
    agenda, _ = imported(JUSTICE)
    assert (
        agenda.title
        == "GEANNOTEERDE AGENDA RAAD JUSTITIE EN BINNENLANDSE ZAKEN VAN 13 EN 14 JUNI 2022"
    )
    assert [title for _, title in outline(agenda)] == [
        "I. Immigratie en asiel", "1. Migratie- en asielpact", "2. (eventueel) Schengengrenscode",
        "II. Justitie", "3. Richtlijn milieucriminaliteit", "4. Overig",
    ]  # fmt: skip
    assert [(str(agenda.starts), str(agenda.ends))] == [("2022-06-13", "2022-06-14")]
    assert [section.page for section in agenda.sections] == [1, 1, 1, 1, 1, 2]
    assert {s.id: s.role.value for s in agenda.statements()}[
        "richtlijn-milieucriminaliteit.1.2"
    ] == "stance"


LISTS = """\
    Geannoteerde agenda NAVO-bijeenkomst van ministers van Defensie, 11-12 juni 2020

    Op 11 en 12 juni a.s. vindt de (virtuele) bijeenkomst plaats van de NAVO-ministers
    van Defensie.

    Sessie 1: Afschrikking en verdediging

    Bondgenoten spreken over de volgende onderwerpen:
    - de NATO Readiness Initiative;
    - de gevolgen van COVID-19 voor de gereedheid; en
    - de Russische raketsystemen[1].

    Nederland zet in op:
    • versterking van de gereedheid;
    • een eerlijke lastenverdeling.

    Sessie 2: NAVO-missies – Irak en Afghanistan

    In Irak is de missie tijdelijk opgeschort[2]. Het kabinet komt hierop terug.

    [1] Kamerstuk 33 694, nr. 57
    [2] Kamerstuk 27 925, nr. 700
"""


def test_lists_are_sentences_and_sessions_are_headings() -> None:
    agenda, _ = imported(LISTS)
    assert [title for _, title in outline(agenda)][1:] == [
        "Sessie 1: Afschrikking en verdediging", "Sessie 2: NAVO-missies – Irak en Afghanistan",
    ]  # fmt: skip
    first, second = agenda.sections[1].statements
    assert first.text.endswith("voor de gereedheid; en - de Russische raketsystemen.")
    assert second.text == (
        "Nederland zet in op: • versterking van de gereedheid; • een eerlijke lastenverdeling."
    )
    assert second.role.value == "stance"
    assert [note.text for note in agenda.footnotes] == [
        "Kamerstuk 33 694, nr. 57", "Kamerstuk 27 925, nr. 700",
    ]  # fmt: skip
    assert agenda.sessions == ()  # two days are no one day
    assert agenda.organisation == "NAVO"


def test_a_title_that_only_a_sentence_has() -> None:
    agenda, _ = imported(
        """\
        Den Haag, 3 mei 2024

        Hierbij ontvangt u de geannoteerde agenda voor de Raad Concurrentievermogen van 23 mei 2024.

        De Minister van Economische Zaken,

        M.A.M. Adriaansens

        Concurrentievermogen

        De Raad zal spreken over de interne markt en over de regeldruk voor ondernemers in Europa.
        """
    )
    assert agenda.title == "geannoteerde agenda voor de Raad Concurrentievermogen van 23 mei 2024"
    assert outline(agenda) == [("letter", None), ("topic", "Concurrentievermogen")]
    assert agenda.id == "raad-concurrentievermogen-2024-05-23"


def test_an_offer_in_the_subject_and_a_year_from_the_letter() -> None:
    agenda, _ = imported(
        """\
        Datum 12 december 2023

        Geannoteerde agenda Landbouw- en Visserijraad van 23 januari

        Geachte voorzitter,

        Hierbij zend ik u de agenda.

        Vis

        De Raad zal spreken over de vangstmogelijkheden voor het komende jaar in de Noordzee.
        """
    )
    assert str(agenda.starts) == "2024-01-23"
    assert outline(agenda)[0][0] == "letter"
    assert outline(agenda)[-1] == ("topic", "Vis")


def test_a_section_of_fields_is_one_section() -> None:
    agenda, _ = imported(
        """\
        Geannoteerde agenda Eurogroep 3 juni 2024

        1. Bankenunie

        Document: n.v.t.

        Aard bespreking: gedachtewisseling

        De Eurogroep bespreekt de bankenunie. Nederland steunt dit.

        2. Overig: energie

        De Eurogroep spreekt over energie.
        """
    )
    assert [title for _, title in outline(agenda)] == ["1. Bankenunie", "2. Overig: energie"]
    assert [s.id for s in agenda.statements()][:3] == [
        "bankenunie.1.1",
        "bankenunie.2.1",
        "bankenunie.3.1",
    ]


def test_a_note_that_the_title_calls_is_kept() -> None:
    blocks = (
        Block(
            text="Geannoteerde agenda Raad van 3 mei 2024", calls=(Call(1, 39),), form=Form.HEADING
        ),
        Block(text="De Raad spreekt over vis en over de zee.", form=Form.TEXT),
    )
    note = Note(number=1, text="Onder voorbehoud.", page=1)
    agenda, report = assemble.assemble(Letter(blocks=blocks, notes=(note,), pages=1), "x")
    assert agenda.sections[-1].kind is SectionKind.LETTER
    assert agenda.sections[-1].statements[0].text == "1 Onder voorbehoud."
    assert "called from the title" in report.doubts[0]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Iets heel anders dan een agenda.", "found no title"),
        ("Geannoteerde agenda voor de Raad\n\nOver vis.", "found no days"),
    ],
)
def test_what_is_no_annotated_agenda(text: str, problem: str) -> None:
    with pytest.raises(DataError, match=problem):
        imported(text)


def test_a_letter_without_text() -> None:
    with pytest.raises(DataError, match="this has no text"):
        assemble.assemble(Letter(blocks=(), notes=(), pages=1), "x")


def test_a_text_that_is_no_letter_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assemble, "MOST_TEXT", 60)
    with pytest.raises(DataError, match="more text than a letter: over 300,000 characters"):
        imported("Geannoteerde agenda Raad van 3 mei 2024\n\nDe Raad spreekt over vis.\n" * 2)


def test_more_footnotes_than_a_data_file_numbers() -> None:
    blocks = (Block(text="Geannoteerde agenda Raad van 3 mei 2024", pages=((0, 1),)),)
    notes = tuple(Note(number=number, text="b", page=1) for number in range(1, 10_001))
    with pytest.raises(DataError, match="more footnotes than a letter: over 9,999"):
        assemble.assemble(Letter(blocks=blocks, notes=notes, pages=1), "x")


def test_a_title_alone_is_no_letter() -> None:
    with pytest.raises(DataError, match="nothing but a title"):
        imported("Geannoteerde agenda Raad van 3 mei 2024")


def test_a_title_that_runs_on_into_its_text_is_quoted_from_it() -> None:
    words = "Geannoteerde agenda voor de Raad van 3 mei 2024"
    agenda, report = imported(
        f"{words} waarin " + "over van alles wordt gesproken en " * 12 + "meer."
    )
    assert agenda.title.startswith("Geannoteerde agenda voor de Raad van 3 mei 2024")
    assert report.doubts == ()


def test_what_looks_like_a_mark_of_a_data_file_is_kept_apart() -> None:
    text = "Geannoteerde agenda Raad van 3 mei 2024\n\nDe Raad spreekt over [^9] en meer.\n"
    agenda, report = assemble.assemble(plaintext.parse(text), "x")
    assert agenda.sections[0].statements[0].text == "De Raad spreekt over [ ^9] en meer."
    assert "[ ^9]" in report.doubts[0]
