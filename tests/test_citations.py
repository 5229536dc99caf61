"""Given a text as letters print it, these are the citations in it, their ids and their places."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from natoagenda import citation_rules
from natoagenda.citations import Citation, address, find, is_official_id, number_keys, spellings

# As printed, and the ids in reading order; None is a citation that is incomplete or ambiguous.
SPELLINGS: list[tuple[str, list[str | None]]] = [
    # the dossier: spaces, dots, dashes
    ("Kamerstuk 21 501-02 nr. 2825", ["kst-21501-02-2825"]),
    ("Kamerstuk 21501-02, nr. 2825", ["kst-21501-02-2825"]),
    ("Kamerstuk 21.501-02, nr. 2825", ["kst-21501-02-2825"]),
    ("Kamerstuk 21\u00a0501-02, nr.\u00a02825", ["kst-21501-02-2825"]),  # no-break spaces
    ("Kamerstuk 21\u2009501-02, nr. 2825", ["kst-21501-02-2825"]),  # thin space
    ("Kamerstuk 21\u202f501-02, nr. 2825", ["kst-21501-02-2825"]),  # narrow no-break space
    ("Kamerstuk 21501\u201002, nr. 2825", ["kst-21501-02-2825"]),  # hyphen
    ("Kamerstuk 21501\u201102, nr. 2825", ["kst-21501-02-2825"]),  # non-breaking hyphen
    ("Kamerstuk 21501\u201302, nr. 2825", ["kst-21501-02-2825"]),  # en dash
    ("Kamerstuk 21501\u201402, nr. 2825", ["kst-21501-02-2825"]),  # em dash
    ("Kamerstuk 21501\u221202, nr. 2825", ["kst-21501-02-2825"]),  # minus
    ("Kamerstuk 21501-\n02, nr. 2825", ["kst-21501-02-2825"]),
    ("Kamerstuk 21501- 02, nr. 2825", ["kst-21501-02-2825"]),
    ("Kamerstuk 28676, nr. 462", ["kst-28676-462"]),
    ("Kamerstuk 28.676, nr. 462", ["kst-28676-462"]),
    # the number word
    ("Kamerstuk 28 676, nr 462", ["kst-28676-462"]),
    ("Kamerstuk 28 676, Nr. 462", ["kst-28676-462"]),
    ("Kamerstuk 28 676 NR. 462", ["kst-28676-462"]),
    ("Kamerstuk 28 676, no. 462", ["kst-28676-462"]),
    ("Kamerstuk 28 676, nummer 462", ["kst-28676-462"]),
    ("Kamerstuk 28 676, nr.462", ["kst-28676-462"]),
    ("Kamerstuk 28 676, nr. 0462", ["kst-28676-462"]),
    ("Kamerstuk 28 676 (nr. 462)", ["kst-28676-462"]),
    # the label
    ("kamerstuk 28 676, nr. 462", ["kst-28676-462"]),
    ("KAMERSTUK 28 676, nr. 462", ["kst-28676-462"]),
    ("Kamerstuk: 28 676, nr. 462", ["kst-28676-462"]),
    ("Kamerstuk nr. 28 676, nr. 462", ["kst-28676-462"]),
    ("Kamerstuknummer 28 676, nr. 462", ["kst-28676-462"]),
    ("Kamerst. II 2023/24, 28 676, nr. 462", ["kst-28676-462"]),
    ("15Kamerstukken II 2023/24, 28 676, nr. 462", ["kst-28676-462"]),  # after a footnote mark
    ("TK 28676, nr. 462", ["kst-28676-462"]),
    ("EK 31700 VI, D", ["kst-31700-VI-D"]),
    ("Kst. 28676-462", ["kst-28676-462"]),
    ("Kst 28676-46", ["kst-28676-46"]),
    ("Kamerstuk 21501-20-1787", ["kst-21501-20-1787"]),
    ("bijlage bij Kamerstuk 36 410 X, nr. 93", ["kst-36410-X-93"]),
    # chamber and session
    ("Kamerstukken II 2023/24, 28676, nr. 462", ["kst-28676-462"]),
    ("Kamerstukken II 2023/2024, 28 676, nr. 462", ["kst-28676-462"]),
    ("Kamerstukken II 2023-2024 28 676 nr. 462", ["kst-28676-462"]),
    ("Kamerstukken II, vergaderjaar 2023–2024, 28 676, nr. 462", ["kst-28676-462"]),
    ("Kamerstukken II, zitting 1994-1995, 23 900, nr. 3", ["kst-23900-3"]),
    ("Kamerstukken TK 2023/24, 28 676, nr. 462", ["kst-28676-462"]),
    ("Kamerstukken I/II 2023/24, 28 676, nr. 462", ["kst-28676-462"]),
    ("Kamerstukken der Tweede Kamer 2023/24, 28 676, nr. 462", ["kst-28676-462"]),
    ("Tweede Kamer, vergaderjaar 2023-2024, 28 676, nr. 462", ["kst-28676-462"]),
    (
        "Tweede Kamer der Staten-Generaal, vergaderjaar 2023–2024, 28 676, nr. 462",
        ["kst-28676-462"],
    ),
    ("Kamerstukken II 1999/2000, 2000/2001, 26 855, nr. 3", ["kst-26855-3"]),
    # without a label
    ("28 676, nr. 462", ["kst-28676-462"]),
    ("(21501-02, nr. 2794)", ["kst-21501-02-2794"]),
    ("(21501-\n02, nr. 2794)", ["kst-21501-02-2794"]),
    ("(36410-X, nr.93)", ["kst-36410-X-93"]),
    ("(28676-462)", ["kst-28676-462"]),
    ("-28 676, nr. 462", ["kst-28676-462"]),  # after a bullet
    ("zie [21501-02-2825]", ["kst-21501-02-2825"]),
    ("de motie (21501-02-2825, over weerbaarheid)", ["kst-21501-02-2825"]),
    ("nr. 456 (36800-XVI)", ["kst-36800-XVI-456"]),
    ("op stuk nr. 456 (Kamerstuk 36 800 XVI)", ["kst-36800-XVI-456"]),
    # budget chapters and funds
    ("35 300 VI, nr. 10", ["kst-35300-VI-10"]),
    ("Kamerstuk 35 300-VI, nr. 10", ["kst-35300-VI-10"]),
    ("Kamerstuk 36410-x, nr. 93", ["kst-36410-X-93"]),
    ("Kamerstuk 36 200 IIA, nr. 5", ["kst-36200-IIA-5"]),
    ("Kamerstuk 36 410 J, nr. 2", ["kst-36410-J-2"]),
    ("35925-VI-56", ["kst-35925-VI-56"]),
    ("Kamerstuk 35925-VI-56", ["kst-35925-VI-56"]),
    # the First Chamber's letters
    ("Kamerstukken I 2022/23, 36 410 X, A", ["kst-36410-X-A"]),
    ("Kamerstukken I 2008/09, 31700 VI, D, p. 4", ["kst-31700-VI-D"]),
    ("31700 VI, D", ["kst-31700-VI-D"]),
    ("Kamerstukken I 2022/23, 36 045, EM", ["kst-36045-EM"]),
    ("Kamerstuk 36 045, EM.", ["kst-36045-EM"]),
    ("Kamerstuk 36045-EM", ["kst-36045-EM"]),
    ("Kamerstukken I 2020/21, 34430, nr. AB, p. 7", ["kst-34430-AB"]),
    ("35.673 EK B", ["kst-35673-B"]),
    ("Kamerstukken I 1979/80, 15 516, nr. 42e, blz. 7", [None]),  # the id has the session
    # the Kingdom
    ("Kamerstukken II 2023/24, 36045, 181", ["kst-36045-181"]),
    ("Kamerstukken II 2005/06, 30 123, 3, p. 4.", ["kst-30123-3"]),
    ("Kamerstukken II 2023/24, 36045, 181 leden", [None]),
    ("Kamerstuk 36 045, 181", [None]),
    ("Kamerstukken II, 35 123 (R2122), nr. 3", ["kst-35123-3"]),
    ("Kamerstukken I 2003/04, 27 484 (R 1669), nr. 289", ["kst-27484-289"]),
    # official ids
    ("kst-21501-02-2825", ["kst-21501-02-2825"]),
    ("kst-36410-X-93", ["kst-36410-X-93"]),
    ("KST-36410-x-93", ["kst-36410-X-93"]),
    ("kst-36045-EM", ["kst-36045-EM"]),
    ("kst-21501-\n02-2825", ["kst-21501-02-2825"]),
    ("https://zoek.officielebekendmakingen.nl/kst-28676-462.html", ["kst-28676-462"]),
    ("kst-26643-144-h1", ["kst-26643-144-h1"]),
    ("kst-19992000-25891-201b", ["kst-19992000-25891-201b"]),
    ("kst-1268678", ["kst-1268678"]),
    ("H-TK-20222023-84-12", ["h-tk-20222023-84-12"]),
    ("ah-tk-20212022-2646", ["ah-tk-20212022-2646"]),
    # pages
    ("Kamerstukken II 2009/10, 27858, nr. 88, p. 3", ["kst-27858-88"]),
    ("Kamerstuk 28 676, nr. 462, blz. 12-14", ["kst-28676-462"]),
    ("Kamerstuk 28 676, nr. 462, p. 3 e.v.", ["kst-28676-462"]),
    ("Kamerstuk 28 676, nr. 462, pp. 12 en 13", ["kst-28676-462"]),
    # the verbatim record
    ("Handelingen II 2022/23, nr. 84, item 12", ["h-tk-20222023-84-12"]),
    ("Handelingen I 2022/23, nr. 30, item 4", ["h-ek-20222023-30-4"]),
    ("Handelingen TK 1999/2000, nr. 84, item 12", ["h-tk-19992000-84-12"]),
    ("Handelingen II 2010/11, nr. 108, item 5, p. 25-36", ["h-tk-20102011-108-5"]),
    ("Handelingen II 2022/23, nr. 84, items 12 en 13", [f"h-tk-20222023-84-{n}" for n in (12, 13)]),
    ("Handelingen II 2007/08, nr. 108, p. 7909-7943", [None]),  # no item before 2011
    ("Handelingen 2022/23, nr. 84, item 12", [None]),  # of which chamber?
    ("Handelingen II 2022/24, nr. 84, item 12", [None]),  # of which session?
    ("Handelingen II, nr. 84, item 12", [None]),
    # written questions
    ("Aanhangsel van de Handelingen II, vergaderjaar 2021–2022, nr. 2646", ["ah-tk-20212022-2646"]),
    ("Aanhangsel Handelingen II 2021/22, nr. 2646", ["ah-tk-20212022-2646"]),
    ("Aanhangsel der Handelingen, vergaderjaar 2021-2022, nr. 2646", ["ah-tk-20212022-2646"]),
    ("Aanhangsel van de Handelingen (II), 2021-2022, nr. 2646", ["ah-tk-20212022-2646"]),
    ("Aanhangsel Handelingen I 2014/15, nr. 12", ["ah-ek-20142015-12"]),
    ("Kamervragen (Aanhangsel) 2021-2022, nr. 2646", ["ah-tk-20212022-2646"]),
    # several papers, several dossiers
    ("Kamerstuk 28 676, nrs. 520 en 548", ["kst-28676-520", "kst-28676-548"]),
    (
        "Kamerstukken 28 676, nrs. 520, 530 en 548",
        ["kst-28676-520", "kst-28676-530", "kst-28676-548"],
    ),
    ("(Kamerstuk 28 676, nr. 520 en 548)", ["kst-28676-520", "kst-28676-548"]),
    ("Kamerstuk 28 676, nr. 520, p. 3, en nr. 548", ["kst-28676-520", "kst-28676-548"]),
    ("Kamerstuk 28 676, nrs. 520 en 548 en 3 moties", ["kst-28676-520", "kst-28676-548"]),
    ("Kamerstuk 18 764, nrs. 1–3", ["kst-18764-1", "kst-18764-3"]),
    ("Kamerstuk 18 764, nr. 1 t/m 3.", ["kst-18764-1", "kst-18764-3"]),
    ("Kamerstukken I 2022/23, 36 410 X, A en B", ["kst-36410-X-A", "kst-36410-X-B"]),
    ("Aanhangsel Handelingen II 2021/22, nrs. 1 en 2", ["ah-tk-20212022-1", "ah-tk-20212022-2"]),
    ("Kamerstukken 21 501-02 en 21 501-20, nr. 1297", [None, "kst-21501-20-1297"]),
    ("Kamerstukken 21501-02-2825; 36410-X-93", ["kst-21501-02-2825", "kst-36410-X-93"]),
    ("Kamerstukken 28676, nr. 462 en 36410-X, nr. 93", ["kst-28676-462", "kst-36410-X-93"]),
    ("Kamerstuk 31728, 30914, nr. 5", [None, None]),  # one paper of two dossiers: whose number?
    ("30 800 IV/30 461, nr. 3", [None, None]),
    ("Kamerstuk 31728/28676-46", [None, None]),
    # practice
    ("Kamerstuk 36 200, V, nr. 26", ["kst-36200-V-26"]),
    ("36200, V, nr. 26", ["kst-36200-V-26"]),
    ("Kamerstuk 36200, nr. V-26", ["kst-36200-V-26"]),
    ("Kamerstuk 36 200 V, nr. V-26", ["kst-36200-V-26"]),
    ("Kamerstuk 36 200 VI, nr. V-26", [None]),  # which chapter?
    ("Kamerstukken II 2022/23, 36 200, V, 26", ["kst-36200-V-26"]),
    ("Kamerstukken I 2022/23, 36 200, V, D", ["kst-36200-V-D"]),
    ("Kamerstuk 36 200, V, letter A", ["kst-36200-V-A"]),
    ("Kamerstuk 36 410, J, nr. 2", ["kst-36410-J-2"]),
    ("Kamerstuk 36 200, V, nrs. 26 en 27", ["kst-36200-V-26", "kst-36200-V-27"]),
    ("Kamerstukken I/II, 28676, 462", ["kst-28676-462"]),
    ("Kamerstuk 36410 X, 93", ["kst-36410-X-93"]),
    ("33 000 V, nr. 3", ["kst-33000-V-3"]),
    ("Kamerstuk 33 000, nr. 3", ["kst-33000-3"]),
    ("19 700 hoofdstuk XV, nr. 2", ["kst-19700-XV-2"]),
    ("19 700, hoofdstuk XV, nr. 2", ["kst-19700-XV-2"]),
    ("Kamerstuk 19 700 (hoofdstuk XV), nr. 2", ["kst-19700-XV-2"]),
    ("Kamerstukken II 2008/09, 31700.VIII, 32", ["kst-31700-VIII-32"]),
    ("TK 31.700XII, 6", ["kst-31700-XII-6"]),
    ("TK 28676, 462", ["kst-28676-462"]),
    ("Kamerstukken II, 31 459, 22", ["kst-31459-22"]),
    ("Kamerstukken 2, 2005/06, 30123, nr. 3", ["kst-30123-3"]),
    ("Kamerstukken 1, 2005/06, 30123, A", ["kst-30123-A"]),
    ("34 851, letter F", ["kst-34851-F"]),
    ("Kamerstukken I 2017/18, 34 851, letter F", ["kst-34851-F"]),
    ("Kamerstuk 28 676, nr. 6, p. 15-16; nr. 7", ["kst-28676-6", "kst-28676-7"]),
    ("Kamerbrief 33763-151", ["kst-33763-151"]),
    ("nrs. 3 en 4 (36800-XVI)", ["kst-36800-XVI-3", "kst-36800-XVI-4"]),
    ("nrs. 1 t/m 3 (36800-XVI)", ["kst-36800-XVI-1", "kst-36800-XVI-3"]),
    ("nrs. 3, 4 en 5 (Kamerstuk 36 800 XVI)", [f"kst-36800-XVI-{n}" for n in (3, 4, 5)]),
    ("Tweede Kamer 28 676, nr. 462", ["kst-28676-462"]),
    ("Kamerstuk 28676 462", [None]),
    ("Kamerstuk 36 045, D", ["kst-36045-D"]),
    ("Aanhangsel Handelingen II, 2021-2022, 2646", ["ah-tk-20212022-2646"]),
    ("Aanhangsel van de Handelingen II 2021/22, 2646", ["ah-tk-20212022-2646"]),
    ("Handelingen II 2021/22, Aanhangsel nr. 2646", ["ah-tk-20212022-2646"]),
    ("Handelingen II, 2021-2022, Aanhangsel, nr. 2646", ["ah-tk-20212022-2646"]),
    ("Aanhangsel Handelingen, nr. 2646, vergaderjaar 2021-2022", ["ah-tk-20212022-2646"]),
    ("Tweede Kamer, vergaderjaar 2021–2022, Aanhangsel, nr. 2646", ["ah-tk-20212022-2646"]),
    ("Tweede Kamer, vergaderjaar 2021–2022, Aanhangsel 2646", ["ah-tk-20212022-2646"]),
    ("Eerste Kamer, vergaderjaar 2014–2015, Aanhangsel, nr. 12", ["ah-ek-20142015-12"]),
    ("Aanhangsel Handelingen II, nr. 12", [None]),  # of which session?
    (
        "Aanhangsel Handelingen, nrs. 1 en 2, vergaderjaar 2021-2022",
        ["ah-tk-20212022-1", "ah-tk-20212022-2"],
    ),
    ("Stb. 2017, 52; 28 676, nr. 3", ["kst-28676-3"]),
    ("Stb. 2017, 52, en 28 676, nr. 3", ["kst-28676-3"]),
    # dossiers
    ("Kamerstuk 35 405", [None]),
    ("Kamerstuk 21 501-20", [None]),
    ("Kamerstukken 35 405 en 35 406", [None, None]),
    ("Kamerstuk 21 501-02 en 36410-X", [None, None]),
    ("Kamerstukdossier 21 501-02", [None]),
    ("wetsvoorstel 36 327", [None]),
    ("kst-21501-02", [None]),
    ("34775-XVI", [None]),
    ("(36410-x)", [None]),
    ("Kamerstuk 36045-D", [None]),  # fund D or letter D?
    ("Kamerstuk 28 676, nr. 2.825", [None]),  # no paper has this number
]

NO_CITATIONS = [
    "",
    "NAVO",
    "in 2024",
    "2014-2024",
    "2023/24",
    "Defence Expenditure of NATO Countries (2014-2024), NAVO, 18 juni 2024",
    "prijspeil 2015, en hanteert",
    "9 mei 20231",
    "d.d. 11 december 2023",
    "Foreign Ministers Meeting van 3-4 april",
    "op 10 juli",
    "15 000 3 procent",
    "€ 21 501",
    "EUR 28 676, nr. 3",
    "euro 28 676, nr. 3",
    "€ 21 501-02, nr. 3",
    "€ 28.676, nr. 3 van de lijst",
    "28 676 000, nr. 3",
    "128 676, nr. 3",
    "28.676,50, nr. 3",
    "ruim 28 676 mensen",
    "(15 000)",
    "(15 000 V)",
    "(98765-12)",
    "(12345-67890)",
    "28676",
    "28 676",
    "28676-462",
    "het nummer 28676-462 in een zin",
    "het dossier 36410-X in een zin",
    "21501-02-2825 staat hier los",
    "070-348 5600",
    "070-12345, nr. 6",
    "+31 70 348 56 00",
    "2594 AC Den Haag",
    "Postbus 20061, 2500 EB Den Haag",
    "NL91 ABNA 0417 1643 00",
    "artikel 5",
    "artikel 4, nr. 2",
    "artikel 12, eerste lid, onder 3",
    "nr. 3 van de agenda",
    "nr. 3 (zie bijlage)",
    "resolutie 1325",
    "resolutie nr. 2231 (2015)",
    "COM(2023) 237",
    "2022/0906",
    "Verordening (EU) nr. 1024/2013",
    "Staatsblad 2020, 123",
    "Stb. 2017, 52",
    "Stcrt. 2024, 20123",
    "Stcrt. 2024, 20 123, nr. 5",
    "Staatscourant 2024, 20 123, nr. 5",
    "Stb. 2024, 12 345, nr. 5",
    "Trb. 2019, 21501-02, nr. 3",
    "Staatscourant 2024, nr. 20 123, nr. 5",
    "PbEU L 12 345, nr. 5",
    "tel. 12 345, nr. 5",
    "telefoon 12345, nr. 5",
    "COM(2023) 12 345, nr. 5",
    "ISO 27 001, nr. 5",
    "STANAG 12345, nr. 2",
    "ECLI:NL:HR:2025:12345, nr. 5",
    "Postbus 20 061, nr. 5",
    "KvK 12345, nr. 3",
    "kenmerk 12345, nr. 6",
    "vlucht KL 12345, no. 2",
    "zaak 20123, nr. 456",
    "pagina 10 500, nr. 3",
    "de 12 000, nr. 4 daarvan",
    "99 999, nr. 3",
    "de TK 15 000-20 000 euro",
    "Kamerbrief 15 000, A",
    "Tweede Kamer 15 000, A",
    "de Tweede Kamer 28 676-46 keer",
    "Kamerbrief 2024",
    "Kamerbrief 28 676",
    "Aanhangsel 2646",
    "Handelingen, Aanhangsel nr. 2646",
    "Aanhangsel Handelingen, nr. 2646",
    "Aanhangsel Handelingen II, 2021-2022, 2646 leden",
    "COM(2024) 150, nr. 3",
    "Richtlijn 2011/61/EU, nr. 4",
    "PbEU 2016, L 119",
    "tel. 06-12345678",
    "nummer 12345, letter",
    "tabel 3, 28 676 (nr. in miljoenen)",
    "punt 2, onder 3, nr. V",
    "zaaknummer 2024Z12345, nr. 2",
    "IBAN NL 10 000, nr.",
    "artikelen 35, 300 en 406, nr. 7",
    "Besluit 2010/427/EU",
    "ISO 27001",
    "ISBN 978-90-12-34567-8",
    "ECLI:NL:RBROT:2025:3911",
    "2024Z10149 en 2024D24009",
    "Kamerstuk",
    "Kamerstuk 2024",
    "Kamerstukken II 2023/24",
    "Kamerstukkenoverzicht 28 676",
    "geKamerstuk 28 676, A",
    "de Tweede Kamer, 28 676 keer",
    "TK 28676",
    "Eerste Kamer 2023",
    "Handelingen II 2022/23",
    "handelingen nr. 100, item 3",
    "aanhangsel nr. 100",
    "kst-",
    "kst-2024",
    "ah-tk-20212023-2646",
    "h-tk-20222023",
    "bijlage 36410.5",
    "F-35 en 360-graden",
]

LETTER = [  # the sentences of the letter for Washington, 28 June 2024
    (
        "3 Kamerbrief Actieagenda productie- en leveringszekerheid munitie en \n"
        "defensiematerieel (36410-X, nr.93) ",
        "36410-X, nr.93",
        "kst-36410-X-93",
    ),
    (
        "weerbaarheid tegen militaire dreigingen, in lijn met de motie \n"
        "Dassen c.s. (Kamerstuk 21 501-02 nr. 2825). ",
        "Kamerstuk 21 501-02 nr. 2825",
        "kst-21501-02-2825",
    ),
    (
        "bijlage bij het verslag Raad Buitenlandse Zaken d.d. 11 december 2023 (21501-\n"
        "02, nr. 2794). ",
        "21501-\n02, nr. 2794",
        "kst-21501-02-2794",
    ),
]

RULES = [
    (pattern, example)
    for rules in (
        *citation_rules.EXAMPLES,
        citation_rules._SUFFIXES,
        citation_rules._JOINS,
        citation_rules._NUMBER_JOINS,
    )
    for pattern, example in rules.items()
]
OTHERS = list(citation_rules._OTHERS.items())


def ids(text: str) -> list[str | None]:
    return [found.id for found in find(text)]


def test_the_tables_are_as_long_as_promised() -> None:
    assert len(SPELLINGS) >= 80
    assert len(NO_CITATIONS) >= 40


@pytest.mark.parametrize(("text", "expected"), SPELLINGS)
def test_a_spelling_gives_the_id(text: str, expected: list[str | None]) -> None:
    assert ids(text) == expected


@pytest.mark.parametrize(("text", "expected"), SPELLINGS)
def test_a_spelling_gives_the_id_in_brackets_in_a_sentence(
    text: str, expected: list[str | None]
) -> None:
    found = find(text)
    wrapped = find(f"Zie ({text}), en de brief van 3 mei 2024.")
    assert [citation.id for citation in wrapped] == [citation.id for citation in found]
    assert [citation.citation for citation in wrapped] == [each.citation for each in found]


@pytest.mark.parametrize("text", NO_CITATIONS)
def test_what_is_no_citation_gives_none(text: str) -> None:
    assert find(text) == ()


@pytest.mark.parametrize("text", NO_CITATIONS)
def test_what_is_no_citation_gives_none_in_a_sentence(text: str) -> None:
    assert find(f"Het kabinet noemt {text} in de brief.") == ()


@pytest.mark.parametrize(("sentence", "printed", "official"), LETTER)
def test_the_letter(sentence: str, printed: str, official: str) -> None:
    start = sentence.index(printed)
    assert find(sentence) == (
        Citation(
            citation=printed,
            start=start,
            end=start + len(printed),
            id=official,
            kind="kamerstuk",
            url=f"https://zoek.officielebekendmakingen.nl/{official}.html",
        ),
    )


@pytest.mark.parametrize("space", ["\n", "\r\n", " \n ", "\u00a0", "\u2009", "\f\n\n", "   "])
@pytest.mark.parametrize(("text", "expected"), [each for each in SPELLINGS if " " in each[0]])
def test_a_line_may_break_at_any_space(text: str, expected: list[str | None], space: str) -> None:
    assert ids(text.replace(" ", space)) == expected


@pytest.mark.parametrize(("text", "expected"), [each for each in SPELLINGS if "-" in each[0]])
def test_a_line_may_break_after_any_dash(text: str, expected: list[str | None]) -> None:
    assert ids(re.sub(r"-(?!Generaal)\s*", "-\n", text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Kamer-\nstuk 28 676, nr. 462",
        "Kamerstuk-\nken II 2023/24, 28 676, nr. 462",
        "Kamer\u00adstukken II, ver-\ngaderjaar 2023-\n2024, 28 676, num-\nmer 462",
        "Twee-\nde Kamer, vergader-\njaar 2023–2024, 28 676, nr. 462",
        "Ka-\nmerstuk 28 676, nr. 462",
        "Kamers-\r\n  tuk 28 676, num- \n mer 462",
        "Ka\u00admer\u00adstuk 28 676, nr. 462",
    ],
)
def test_a_word_may_be_broken_over_a_line(text: str) -> None:
    assert ids(text) == ["kst-28676-462"]


def test_a_citation_with_a_broken_word_is_given_as_printed() -> None:
    text = (
        "Zie Ka-\nmerstuk 28 676, nr. 462 en Han-\ndelingen II 2022/23, nr. 84, item 12; ver-\nder"
    )
    first, second = find(text)
    assert first.citation == text[first.start : first.end] == "Ka-\nmerstuk 28 676, nr. 462"
    assert second.citation == "Han-\ndelingen II 2022/23, nr. 84, item 12"
    assert text[second.start : second.end] == second.citation
    third = "Ka-\nmerstuk 36 410 X, num-\nmer 93"
    assert [each.citation for each in find(f"{text} en {third}")][2] == third
    edge = "ver-\nder (36410-X, nr. 93) ver-\nder"
    assert [each.citation for each in find(edge)] == ["36410-X, nr. 93"]


@pytest.mark.parametrize(
    ("text", "printed", "kinds"),
    [
        ("(36410-X, nr.93)", ["36410-X, nr.93"], ["kamerstuk"]),
        ("stuk nr. 456 (36800-XVI).", ["nr. 456 (36800-XVI)"], ["kamerstuk"]),
        ("de nrs. 3 en 4 (36800-XVI).", ["nrs. 3", "4 (36800-XVI)"], ["kamerstuk"] * 2),
        (
            "Kamerstuk 28 676, nrs. 520, 530 en 548, p. 3.",
            ["Kamerstuk 28 676, nrs. 520", "530", "548, p. 3"],
            ["kamerstuk"] * 3,
        ),
        (
            "Kamerstukken 21 501-02 en 21 501-20, nr. 1297",
            ["Kamerstukken 21 501-02", "21 501-20, nr. 1297"],
            ["dossier", "kamerstuk"],
        ),
        (
            "bijlage bij Kamerstuk 36 410 X, nr. 93, p. 3 e.v., en verder",
            ["Kamerstuk 36 410 X, nr. 93, p. 3 e.v."],
            ["kamerstuk"],
        ),
        (
            "Kamerstuk 28 676, nr. 462, p. 3 en 15 mei",
            ["Kamerstuk 28 676, nr. 462, p. 3"],
            ["kamerstuk"],
        ),
        ("Kamerstuk 28 676, nr. 462 en 15 mei", ["Kamerstuk 28 676, nr. 462"], ["kamerstuk"]),
        ("Kamerstuk 28 676, nr. 462, 15 000 mensen", ["Kamerstuk 28 676, nr. 462"], ["kamerstuk"]),
        ("Kamerstukken 35 405 en 28 676 000 euro", ["Kamerstukken 35 405"], ["dossier"]),
        ("Kamerstuk 28 676 – 15 mei", ["Kamerstuk 28 676"], ["dossier"]),
        ("Kamerstuk 21 501-20, EU-top", ["Kamerstuk 21 501-20"], ["dossier"]),
        ("Kamerstuk 21 501-20, EU en NAVO", ["Kamerstuk 21 501-20"], ["dossier"]),
        ("Kamerstuk 35 405, NAVO", ["Kamerstuk 35 405"], ["dossier"]),
        ("EK 31 700 VI, AB en verder", ["EK 31 700 VI, AB"], ["kamerstuk"]),
        (
            "Kamerstukken I 2008/09, 31 700 VI, AB, D en E gaan",
            ["Kamerstukken I 2008/09, 31 700 VI, AB", "D", "E"],
            ["kamerstuk"] * 3,
        ),
        ("Het stuk 41 234, nr. 5 zegt", ["41 234, nr. 5"], ["kamerstuk"]),
        ("(36410-X; zie ook daar)", ["36410-X"], ["dossier"]),
        ("zie (36410-X ) en verder", ["36410-X"], ["dossier"]),
        (
            "Handelingen II 2022/23, nr. 84, items 12 en 13 gaan",
            ["Handelingen II 2022/23, nr. 84, items 12", "13"],
            ["handelingen"] * 2,
        ),
        (
            "Aanhangsel Handelingen II, nr. 2646",
            ["Aanhangsel Handelingen II, nr. 2646"],
            ["aanhangsel"],
        ),
        (
            "Aanhangsel Handelingen, nr. 2646, vergaderjaar 2021-2022, zegt",
            ["Aanhangsel Handelingen, nr. 2646, vergaderjaar 2021-2022"],
            ["aanhangsel"],
        ),
        ("Kamerstuk 35 405, I en 3", ["Kamerstuk 35 405, I"], ["kamerstuk"]),
        (
            "Kamerstukken 35 418, Handelingen II 2019/20, nr. 77 en Aanhangsel Handelingen II "
            "2019/20, nr. 89",
            [
                "Kamerstukken 35 418",
                "Handelingen II 2019/20, nr. 77",
                "Aanhangsel Handelingen II 2019/20, nr. 89",
            ],
            ["dossier", "handelingen", "aanhangsel"],
        ),
    ],
)
def test_a_citation_is_given_as_printed(text: str, printed: list[str], kinds: list[str]) -> None:
    found = find(text)
    assert [citation.citation for citation in found] == printed
    assert [citation.kind for citation in found] == kinds


def test_a_long_list_ends_in_time() -> None:
    many = ", ".join(str(number) for number in range(1, 60))
    assert ids(f"Kamerstuk 28 676, nrs. {many}") == [f"kst-28676-{n}" for n in range(1, 41)]
    dossiers = ", ".join(str(number) for number in range(35000, 35060))
    assert ids(f"Kamerstukken {dossiers}") == [None] * 40


@pytest.mark.parametrize(
    ("official", "well_formed"),
    [
        ("kst-21501-02-2825", True),
        ("kst-36410-X-93", True),
        ("kst-31700-VI-D", True),
        ("kst-36045-EM", True),
        ("kst-35123-(R2122)-3", False),
        ("kst-26643-144-h1", True),
        ("kst-20092010-31758-B", True),
        ("kst-1268678", True),
        ("h-tk-20222023-84-12", True),
        ("h-tk-20032004-4153-4157", True),
        ("h-tk-20182019-35-8-n1", True),
        ("ah-ek-20142015-12", True),
        ("ah-1271549", True),
        ("", False),
        ("kst-36410-x-93", False),
        ("KST-36410-X-93", False),
        ("kst-28676-0462", False),
        ("kst-28676", False),
        ("kst-21501-02", False),
        ("kst-20092011-31758-B", False),
        ("h-tk-20222024-84-12", False),
        ("h-tk-20222023-84", False),
        ("ah-tk-20212022-2646-1", False),
        ("kst-28676-462\n", False),
        ("kst-28676-462.html", False),
        ("stb-2024-71", False),
    ],
)
def test_official_ids_and_their_addresses(official: str, well_formed: bool) -> None:
    assert is_official_id(official) is well_formed
    assert address(official) == (
        f"https://zoek.officielebekendmakingen.nl/{official}.html" if well_formed else None
    )
    assert bool(spellings(official)) is well_formed


@pytest.mark.parametrize(
    ("official", "spelling"),
    [
        ("kst-21501-02-2825", "Kamerstuk 21 501-02 nr. 2825"),
        ("kst-36410-X-93", "(36410-X, nr.93)"),
        ("kst-28676-462", "Kamerstukken II, vergaderjaar 2023–2024, 28 676, nr. 462"),
        ("kst-36410-X-A", "Kamerstukken I 2022/23, 36 410 X, A"),
        ("h-tk-20222023-84-12", "Handelingen II 2022/23, nr. 84, item 12"),
        ("h-tk-20222023-84-123", "Handelingen II 2022/23, nr. 84, item 123"),
        (
            "ah-ek-19992000-12",
            "Aanhangsel van de Handelingen I, vergaderjaar 1999–2000, nr. 12",
        ),
    ],
)
def test_spellings_are_those_of_letters(official: str, spelling: str) -> None:
    assert spelling in spellings(official)


@pytest.mark.parametrize(
    "official",
    ["kst-26643-144-h1", "kst-20092010-31758-B", "h-tk-20032004-4153-4157", "kst-1268678"],
)
def test_some_documents_are_cited_by_their_id_alone(official: str) -> None:
    assert spellings(official) == (official, address(official))


@pytest.mark.parametrize(("pattern", "example"), RULES)
def test_each_rule_has_an_example_that_it_reads(pattern: str, example: str) -> None:
    parts = {
        "spaced": "36 410 X",
        "tight": "36410-X",
        "number": "93",
        "letter": "A",
        "chamber": "II",
        "year": "2022",
        "next": "2023",
        "short": "23",
        "meeting": "84",
        "item": "12",
        "question": "2646",
    }
    text = example.format_map(parts)
    rule = "".join(citation_rules.SIGNS.get(sign, sign) for sign in pattern)
    assert re.search(rule, text)
    assert find(text)


@pytest.mark.parametrize(("pattern", "example"), OTHERS)
def test_what_is_counted_otherwise_has_an_example(pattern: str, example: str) -> None:
    number = re.search("[1-9][0-9] ?[0-9]{3}", example)
    assert number
    rule = "".join(citation_rules.SIGNS.get(sign, sign) for sign in pattern)
    assert re.search(rf"{rule}\Z", example[: number.start()].rstrip())
    assert find(example) == find(f"({example})") == ()


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Kamerstuk 21 501-02 nr. 2825", ["21501-02-2825"]),
        ("kst-21501-02-2825", ["21501-02-2825"]),
        ("(36410-X, nr.93)", ["36410-x-93"]),
        ("stuk nrs. 3 en 4 (36800-XVI)", ["36800-xvi-3", "36800-xvi-4"]),
        ("Kamerstuk 28 676, nrs. 520 en 548", ["28676-520", "28676-548"]),
        ("Kamerstuk 35 405", ["35405"]),
        ("Kamerstuk 31728, 30914, nr. 5", ["31728", "30914"]),
        ("kst-20092010-31758-B", ["31758-b"]),
        ("Handelingen II 2022/23, nr. 84, item 12", ["h-tk-20222023-84-12"]),
        ("Handelingen II 2022/23, nr. 84", []),
        ("in dossier 21 501-02 en in 36410-X staat", ["21501-02", "36410-x"]),
        ("in 21.501-02 en in 35925-VI-56 staat", ["21501-02", "35925-vi-56"]),
        ("in 33 750-04 en in 33 750-10 staat", ["33750-04"]),
        ("Stcrt. 2024, 20 123, nr. 5", []),
        ("28676", []),
        ("15 000 V", []),
        ("28676-462", []),
        ("2014-2024 en 15 000 3 procent", []),
    ],
)
def test_keys_of_a_text(text: str, keys: list[str]) -> None:
    assert [key for _, _, key in number_keys(text)] == keys


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("21501-02", [(0, 8, "21501-02")]),
        ("21 501-02", [(0, 9, "21501-02")]),
        ("21.501-02", [(0, 9, "21501-02")]),
        ("kst-21501-02-2825", [(0, 17, "21501-02-2825")]),
        ("kst-21501-02", [(0, 12, "21501-02")]),
        ("36410-X, nr.93", [(0, 14, "36410-x-93")]),
        ("36410-x", [(0, 7, "36410-x")]),
        ("28676", [(0, 5, "28676")]),
        ("28 676", [(0, 6, "28676")]),
        ("28676-462", [(0, 9, "28676-462")]),
        ("motie 28676 dassen", [(6, 11, "28676")]),
        ("mo\u00adtie 28676", [(7, 12, "28676")]),
        ("TK 28676", [(0, 8, "28676")]),
        ("motie -36410-X", [(7, 14, "36410-x")]),
        ("2% 2014-2024 360-graden", []),
        ("dassen", []),
    ],
)
def test_keys_of_a_query(typed: str, keys: list[tuple[int, int, str]]) -> None:
    assert list(number_keys(typed, query=True)) == keys


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        " ",
        "\n",
        "12 345 ",
        "12 345 / ",
        "12345-",
        "12345/",
        "(12 345 ",
        "2023-",
        "nr. 1 (",
        "Kamer-",
        "kst-",
        "TK 12 345, ",
        "Kamerstukken 12 345 en ",
        "12345, nr. 1, ",
        "Kamerstuk 12345, nrs. 1, 2 en ",
        "Handelingen II 2022/23, ",
        "Aanhangsel van de ",
    ],
)
def test_no_text_takes_long_to_read(piece: str) -> None:
    find(piece * (200_000 // len(piece)))  # a pattern that backtracks would not end


# -- whatever the number, whatever the text ---------------------------------------------------

chapters = st.sampled_from(["I", "IIA", "IIB", "V", "VI", "X", "XIV", "XVI", "XVII", "A", "J"])
subs = st.integers(1, 99).map("{:02}".format)
numbers = st.integers(1, 9999).map(str)
letters = st.from_regex("[A-Z]{1,2}", fullmatch=True)
sessions = st.integers(1814, 2100).map(lambda year: f"{year}{year + 1}")
houses = st.sampled_from(["tk", "ek"])
dossiers = st.one_of(
    st.integers(10000, 99999).map(str),
    st.builds("{}-{}".format, st.integers(10000, 99999), st.one_of(chapters, subs)),
)
official_ids = st.one_of(
    st.builds("kst-{}-{}".format, dossiers, st.one_of(numbers, letters)),
    st.builds("h-{}-{}-{}-{}".format, houses, sessions, st.integers(1, 999), st.integers(1, 999)),
    st.builds("ah-{}-{}-{}".format, houses, sessions, numbers),
)
citation_like = st.text(alphabet="0123456789 \n-–,.;:/()[]€ nrskKTEIXVAamertuphbo", max_size=60)
pieces = st.lists(
    st.one_of(st.sampled_from([text for text, _ in SPELLINGS]), citation_like, st.text()),
    max_size=6,
).map(" ".join)


@settings(deadline=None)
@given(official_ids)
def test_an_id_survives_every_spelling(official: str) -> None:
    assert is_official_id(official)
    for spelling in spellings(official):
        assert ids(spelling) == [official], spelling
        assert ids(f"Zie ook {spelling}, en verder.") == [official], spelling


@settings(deadline=None)
@given(pieces)
def test_every_citation_is_a_slice_and_none_overlap(text: str) -> None:
    at = 0
    for citation in find(text):
        assert at <= citation.start < citation.end <= len(text)
        assert text[citation.start : citation.end] == citation.citation
        assert citation.citation == citation.citation.strip()
        at = citation.end


@settings(deadline=None)
@given(pieces)
def test_every_id_found_is_well_formed(text: str) -> None:
    for citation in find(text):
        assert citation.id is None or is_official_id(citation.id)
        assert citation.url == (citation.id and address(citation.id))
        assert citation.kind != "dossier" or citation.id is None


@settings(deadline=None)
@given(pieces, st.booleans())
def test_every_key_has_its_own_place(text: str, query: bool) -> None:
    at = 0
    for start, end, key in number_keys(text, query=query):
        assert at <= start < end <= len(text)
        assert key == key.lower()
        at = end


@settings(deadline=None)
@given(official_ids)
def test_all_spellings_have_one_key(official: str) -> None:
    keys = {number_keys(spelling)[0][2] for spelling in spellings(official)}
    assert keys == {official.removeprefix("kst-").lower()}
