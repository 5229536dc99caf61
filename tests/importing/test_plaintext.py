"""Plain text taken apart: pages, notes at their feet, words joined over line ends."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from natoagenda import files, importing
from natoagenda.errors import DataError
from natoagenda.importing import hyphens, plaintext, source
from natoagenda.importing.source import LINE_HYPHEN, Letter, SourceWord

SEAM = "\n\n\n\n"


def words(letter: Letter) -> list[SourceWord]:
    return [word for block in letter.blocks for word in source.words(block)]


def body(letter: Letter) -> str:
    return " ".join(word.text.replace(LINE_HYPHEN, "-") for word in words(letter))


def notes(letter: Letter) -> dict[int, str]:
    return {note.number: note.text.replace(LINE_HYPHEN, "-") for note in letter.notes}


# -- the real letter -----------------------------------------------------------------------


def test_the_letter_has_seven_pages_and_five_notes(letter: Path) -> None:
    found = importing.read(letter)
    assert found.pages == 7
    assert {note.number: note.page for note in found.notes} == {1: 3, 2: 3, 3: 4, 4: 6, 5: 7}
    assert {word.page for word in words(found)} == set(range(1, 8))


def test_notes_stand_in_no_sentence(letter: Path) -> None:
    found = importing.read(letter)
    text = body(found)
    assert "gezien de toegenomen dreiging, meer" in text
    assert "in kleiner verband zoals het Joint Declaration" in text
    assert notes(found)[4] == "Zie persbericht NAVO-website d.d. 7 mei 2024"
    assert notes(found)[3].endswith("defensiematerieel (36410-X, nr.93)")


def test_every_word_is_somewhere_once(letter: Path) -> None:
    printed = letter.read_text(encoding="utf-8").replace("ĳ", "ij")
    found = importing.read(letter)
    numbers = "".join(str(note.number) for note in found.notes)
    taken = body(found) + "".join(notes(found).values()) + numbers
    assert sorted("".join(taken.split())) == sorted("".join(printed.split()))


def test_words_are_joined_over_line_ends_and_kept_on_the_page_where_they_begin() -> None:
    found = plaintext.parse("De NAVO-\nTop en de verde-\f\ndiging\n")
    assert [(word.text, word.page) for word in words(found)] == [
        ("De", 1), (f"NAVO{LINE_HYPHEN}Top", 1), ("en", 1), ("de", 1),
        (f"verde{LINE_HYPHEN}diging", 1),
    ]  # fmt: skip


@pytest.mark.parametrize("dash", ["-", "‐", "‑"])
def test_every_hyphen_that_ends_a_line_joins(dash: str) -> None:
    assert body(plaintext.parse(f"ministers van de NAVO{dash}\nTop")) == "ministers van de NAVO-Top"


def test_a_hyphen_alone_at_a_line_end_joins_too() -> None:
    # The letter's second line: `NAVO-staatshoofden en -⏎regeringsleiders`.
    assert body(plaintext.parse("staatshoofden en -\nregeringsleiders")) == (
        "staatshoofden en -regeringsleiders"
    )


def test_a_dash_that_is_no_hyphen_does_not_join() -> None:
    assert body(plaintext.parse("like-minded –\nook daarbuiten")) == "like-minded – ook daarbuiten"


def test_a_hyphen_joins_over_a_blank_line() -> None:
    assert body(plaintext.parse("de NAVO-\n\nTop")) == "de NAVO-Top"


# -- pages ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "seam", ["\f", "\n\f\n", "\n\n\n\n", "\n \n\t\n  \n", "\n\n\n\n\n\n\n", "\n\u00a0\n\n\n"]
)
def test_a_form_feed_or_three_blank_lines_are_a_seam(seam: str) -> None:
    found = plaintext.parse(f"een{seam}twee")
    assert [(word.text, word.page) for word in words(found)] == [("een", 1), ("twee", 2)]
    assert found.pages == 2


def test_one_or_two_blank_lines_are_a_paragraph() -> None:
    found = plaintext.parse("een\n\ntwee\n \n\ndrie")
    assert found.pages == 1


def test_a_form_feed_beside_blank_lines_is_one_seam() -> None:
    assert plaintext.parse(f"een{SEAM}\f{SEAM}twee").pages == 2


@pytest.mark.parametrize("empty", ["", " \n", "\f\f", SEAM])
def test_a_letter_without_words_has_no_blocks(empty: str) -> None:
    assert plaintext.parse(empty).blocks == ()


# -- notes ---------------------------------------------------------------------------------


def test_notes_stand_at_the_foot_of_a_page_in_the_middle_of_a_sentence() -> None:
    found = plaintext.parse(f"Er is een rapport1 dat\n\n1 Het rapport\nvan 2023{SEAM}zegt dat.2\n"
                             "\n2. Zie daar")  # fmt: skip
    assert body(found) == "Er is een rapport1 dat zegt dat.2"
    assert notes(found) == {1: "Het rapport van 2023", 2: "Zie daar"}


def test_a_mark_after_a_year() -> None:
    found = plaintext.parse("Sinds 20212 is dat zo.1\n\n1 Een\n2 Twee")
    assert notes(found) == {1: "Een", 2: "Twee"}


def test_several_notes_of_a_page_follow_each_other() -> None:
    found = plaintext.parse("Dit1 en dat2 en daar3.\n\n1 Een\n2 Twee,\nmet 3 regels\n3 Drie")
    assert notes(found) == {1: "Een", 2: "Twee, met 3 regels", 3: "Drie"}


def test_a_line_of_a_note_that_begins_with_another_number_is_part_of_it() -> None:
    found = plaintext.parse("Dit1.\n\n1 Een\n7 mei 2024\n")
    assert notes(found) == {1: "Een 7 mei 2024"}


def test_numbered_headings_are_no_notes() -> None:
    text = "1 Inleiding\n\nDe Raad sprak.\n\n2 Steun\n\nNederland steunt dit.\n"
    found = plaintext.parse(text)
    assert found.notes == ()
    assert body(found) == " ".join(text.split())


def test_numbered_headings_beside_notes_are_no_notes() -> None:
    text = "1 Inleiding\n\nDe Raad sprak.1\n\n2 Steun\n\nDit ook.\n\n1 Zie het verslag\n"
    found = plaintext.parse(text)
    assert notes(found) == {1: "Zie het verslag"}
    assert body(found) == "1 Inleiding De Raad sprak.1 2 Steun Dit ook."


def test_a_numbered_heading_after_the_mark_is_no_note() -> None:
    text = "De Raad sprak.1\n\n1 Steun\n\nNederland steunt dit.\n\n1 Zie het verslag\n"
    found = plaintext.parse(text)
    assert notes(found) == {1: "Zie het verslag"}
    assert body(found).endswith("1 Steun Nederland steunt dit.")


def test_a_line_that_begins_with_a_number_is_no_note() -> None:
    text = "Het begint op 9 juli.1 Dan op\n1 augustus het vervolg\n\n1 Zie het verslag"
    found = plaintext.parse(text)
    assert body(found) == "Het begint op 9 juli.1 Dan op 1 augustus het vervolg"
    assert notes(found) == {1: "Zie het verslag"}


def test_a_number_that_nothing_calls_is_no_note() -> None:
    text = "De Raad sprak.\n\n1 augustus is een donderdag"
    assert plaintext.parse(text).notes == ()


def test_the_notes_of_a_short_last_page_stand_after_a_gap() -> None:
    text = f"Eerste pagina.{SEAM}Het slot.1{SEAM}\n1 Zie het verslag\nvan mei"
    found = plaintext.parse(text)
    assert found.pages == 2
    assert notes(found) == {1: "Zie het verslag van mei"}
    assert [note.page for note in found.notes] == [2]


def test_a_first_page_that_begins_with_a_number_is_a_page() -> None:
    found = plaintext.parse(f"1 Inleiding{SEAM}Tekst.")
    assert found.pages == 2
    assert found.notes == ()


# -- files ---------------------------------------------------------------------------------


def test_windows_latin_1_is_read(tmp_path: Path) -> None:
    file = tmp_path / "brief.txt"
    file.write_bytes("Oekraïne – ‘steun’".encode("cp1252"))
    assert body(importing.read(file)) == "Oekraïne – ‘steun’"


def test_a_byte_that_is_in_no_encoding_does_not_stop_the_reading(tmp_path: Path) -> None:
    file = tmp_path / "brief.txt"
    file.write_bytes(b"Oekra\xefne \x81")
    assert body(importing.read(file)) == "Oekraïne \ufffd"


def test_a_letter_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=re.escape(f"{tmp_path / 'x.txt'}: there is no such file")):
        importing.read(tmp_path / "x.txt")
    with pytest.raises(DataError, match="not a file"):
        importing.read(tmp_path)


def test_a_letter_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_LETTER", 10)
    (tmp_path / "brief.txt").write_bytes(b"x" * 11)
    with pytest.raises(DataError, match="larger than"):
        importing.read(tmp_path / "brief.txt")


# -- what is between the lines -------------------------------------------------------------


def blocks(text: str) -> list[str]:
    return [block.text for block in hyphens.mend(plaintext.parse(text)).blocks]


TEXT = """Steun aan Oekraïne
De Raad zal spreken over de steun aan Oekraïne en over de vraag hoe
die kan worden voortgezet in het komende jaar, ook na de zomer.
Nederland steunt dit.
Het kabinet zet daarbij in op een eerlijke verdeling van de lasten.
"""


def test_a_short_line_ends_a_paragraph_and_a_heading() -> None:
    assert blocks(TEXT) == [
        "Steun aan Oekraïne",
        "De Raad zal spreken over de steun aan Oekraïne en over de vraag hoe die kan worden "
        "voortgezet in het komende jaar, ook na de zomer. Nederland steunt dit.",
        "Het kabinet zet daarbij in op een eerlijke verdeling van de lasten.",
    ]


def test_a_heading_over_two_lines_is_one_block() -> None:
    heading = (
        "Afschrikking en verdediging, de norm van twee procent en de\nversterking van de industrie"
    )
    found = blocks(f"De vorige alinea eindigt hier.\n{heading}\n{TEXT.partition(chr(10))[2]}")
    assert heading.replace("\n", " ") in found


def test_running_heads_and_feet_are_put_aside_and_reported() -> None:
    pages = [
        f"Tweede Kamer, 2023–2024\n\nDe Raad spreekt over {what} en\n\nPagina {n} van 3"
        for n, what in enumerate(("vis", "vlees", "brood"), start=1)
    ]
    found = plaintext.parse("\f".join(pages))
    assert body(found) == " ".join(
        f"De Raad spreekt over {what} en" for what in ("vis", "vlees", "brood")
    )
    assert set(found.left_out) == {
        "Tweede Kamer, 2023–2024", "Pagina 1 van 3", "Pagina 2 van 3", "Pagina 3 van 3",
    }  # fmt: skip


@pytest.mark.parametrize(
    "foot", ["{n}", "- {n} -", "h tk 20252026 {m}", "kst-21501-02-2930", "{n}/3"]
)
def test_feet_of_many_shapes(foot: str) -> None:
    pages = [
        f"Dit is zin {word} van de\n\n{foot.format(n=n, m=n + 11)}"
        for n, word in enumerate(("een", "twee", "drie"), start=1)
    ]
    assert body(plaintext.parse("\f".join(pages))) == (
        "Dit is zin een van de Dit is zin twee van de Dit is zin drie van de"
    )


def test_notes_that_look_alike_are_no_running_feet() -> None:
    pages = [
        f"Zie {what}{n} voor meer\n\n{n} Kamerstuk 28 676, nr. {400 + 7 * n}"
        for n, what in enumerate(("het stuk", "de brief", "het verslag"), start=1)
    ]
    found = plaintext.parse("\f".join(pages))
    assert list(notes(found)) == [1, 2, 3]
    assert found.left_out == ()


def test_pages_are_told_by_their_numbers_where_nothing_else_parts_them() -> None:
    text = "Een zin op de eerste\n\nPagina 1 van 2\n\npagina en de tweede.\n\nPagina 2 van 2\n"
    found = plaintext.parse(text)
    assert found.pages == 2
    assert body(found) == "Een zin op de eerste pagina en de tweede."
    head = "Een zin op de eerste\n\nPagina 2 van 3\n\npagina en de\n\nPagina 3 van 3\nderde."
    assert plaintext.parse(head).pages == 3


def test_a_note_that_nothing_calls_is_kept_and_reported() -> None:
    pages = "Een rapport1 en meer.\n\n1 Eerste noot\n\fNiets roept iets.\n\n2 Tweede noot"
    found = plaintext.parse(pages)
    assert "2 Tweede noot" in body(found)


def test_a_mark_that_a_tool_has_set_apart() -> None:
    text = "In 2023 3 in totaal en1 ook2 dit\nis zo. 4\n\n1 Een\n2 Twee\n3 Drie\n4 Vier"
    assert notes(plaintext.parse(text))[1] == "Een"
    lines = "Het bleek in 2023 1 in totaal niet\nte gaan.\n\n1 Openbaar Ministerie, cijfers"
    found = plaintext.parse(lines)
    assert notes(found) == {1: "Openbaar Ministerie, cijfers"}
    assert found.blocks[0].text == "Het bleek in 2023 in totaal niet te gaan."


@pytest.mark.parametrize(
    ("text", "number", "left"),
    [
        ("het rapport{} waaruit", 1, "het rapport waaruit"),
        ("hoort daarbij.{} Verder", 2, "hoort daarbij. Verder"),
        ("in 2021{} en 2022", 2, "in 2021 en 2022"),
        ("(NDPP){} en", 4, "(NDPP) en"),
        ("“werking”{}, en", 3, "“werking”, en"),
        ("de MCR{} en", 1, "de MCR en"),
        ("openbaar gemaakt{}. Daarna", 4, "openbaar gemaakt. Daarna"),
    ],
)
def test_marks_glued_to_words_stops_and_years(text: str, number: int, left: str) -> None:
    found = plaintext.parse(f"Zie {text.format(number)}.\n\n{number} Noot")
    assert found.blocks[0].text == f"Zie {left}."
    assert [call.number for call in found.blocks[0].calls] == [number]


@pytest.mark.parametrize("text", ["nr.{}", "art.{}", "km{}a", "{}e lid", "2,{}%", "A{}-weg"])
def test_numbers_that_are_no_marks(text: str) -> None:
    found = plaintext.parse(f"Zie {text.format(3)} daar.\n\n3 Noot")
    assert not any(block.calls for block in found.blocks)
