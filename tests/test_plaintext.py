"""Plain text taken apart: pages, notes at their feet, words joined over line ends."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from natoagenda import files
from natoagenda.errors import DataError
from natoagenda.importing import plaintext
from natoagenda.importing.source import LINE_HYPHEN, Source

SEAM = "\n\n\n\n"


def body(source: Source) -> str:
    return " ".join(word.text.replace(LINE_HYPHEN, "-") for word in source.body)


def notes(source: Source) -> dict[int, str]:
    return {
        number: " ".join(word.text.replace(LINE_HYPHEN, "-") for word in words)
        for number, words in source.notes.items()
    }


# -- the real letter -----------------------------------------------------------------------


def test_the_letter_has_seven_pages_and_five_notes(letter: Path) -> None:
    source = plaintext.read(letter)
    assert source.pages == 7
    assert {number: words[0].page for number, words in source.notes.items()} == {
        1: 3, 2: 3, 3: 4, 4: 6, 5: 7,
    }  # fmt: skip
    assert {word.page for word in source.body} == set(range(1, 8))


def test_notes_stand_in_no_sentence(letter: Path) -> None:
    source = plaintext.read(letter)
    text = body(source)
    assert "gezien de toegenomen dreiging, meer" in text
    assert "in kleiner verband zoals het Joint Declaration" in text
    assert notes(source)[4] == "Zie persbericht NAVO-website d.d. 7 mei 2024"
    assert notes(source)[3].endswith("defensiematerieel (36410-X, nr.93)")


def test_every_word_is_somewhere_once(letter: Path) -> None:
    printed = letter.read_text(encoding="utf-8").replace("ĳ", "ij")
    source = plaintext.read(letter)
    numbers = "".join(map(str, source.notes))
    taken = body(source) + "".join(notes(source).values()) + numbers
    assert sorted("".join(taken.split())) == sorted("".join(printed.split()))


def test_words_are_joined_over_line_ends_and_kept_on_the_page_where_they_begin() -> None:
    source = plaintext.parse("De NAVO-\nTop en de verde-\f\ndiging\n")
    assert [(word.text, word.page) for word in source.body] == [
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
    source = plaintext.parse(f"een{seam}twee")
    assert [(word.text, word.page) for word in source.body] == [("een", 1), ("twee", 2)]
    assert source.pages == 2


def test_one_or_two_blank_lines_are_a_paragraph() -> None:
    source = plaintext.parse("een\n\ntwee\n \n\ndrie")
    assert source.pages == 1


def test_a_form_feed_beside_blank_lines_is_one_seam() -> None:
    assert plaintext.parse(f"een{SEAM}\f{SEAM}twee").pages == 2


@pytest.mark.parametrize("empty", ["", " \n", "\f\f", SEAM])
def test_a_letter_without_words_has_no_pages(empty: str) -> None:
    assert plaintext.parse(empty) == Source(body=(), notes={}, pages=0)


# -- notes ---------------------------------------------------------------------------------


def test_notes_stand_at_the_foot_of_a_page_in_the_middle_of_a_sentence() -> None:
    source = plaintext.parse(f"Er is een rapport1 dat\n\n1 Het rapport\nvan 2023{SEAM}zegt dat.2\n"
                             "\n2. Zie daar")  # fmt: skip
    assert body(source) == "Er is een rapport1 dat zegt dat.2"
    assert notes(source) == {1: "Het rapport van 2023", 2: "Zie daar"}


def test_a_mark_after_a_year() -> None:
    source = plaintext.parse("Sinds 20212 is dat zo.1\n\n1 Een\n2 Twee")
    assert notes(source) == {1: "Een", 2: "Twee"}


def test_several_notes_of_a_page_follow_each_other() -> None:
    source = plaintext.parse("Dit1 en dat2 en daar3.\n\n1 Een\n2 Twee,\nmet 3 regels\n3 Drie")
    assert notes(source) == {1: "Een", 2: "Twee, met 3 regels", 3: "Drie"}


def test_a_line_of_a_note_that_begins_with_another_number_is_part_of_it() -> None:
    source = plaintext.parse("Dit1.\n\n1 Een\n7 mei 2024\n")
    assert notes(source) == {1: "Een 7 mei 2024"}


def test_numbered_headings_are_no_notes() -> None:
    text = "1 Inleiding\n\nDe Raad sprak.\n\n2 Steun\n\nNederland steunt dit.\n"
    source = plaintext.parse(text)
    assert source.notes == {}
    assert body(source) == " ".join(text.split())


def test_numbered_headings_beside_notes_are_no_notes() -> None:
    text = "1 Inleiding\n\nDe Raad sprak.1\n\n2 Steun\n\nDit ook.\n\n1 Zie het verslag\n"
    source = plaintext.parse(text)
    assert notes(source) == {1: "Zie het verslag"}
    assert body(source) == "1 Inleiding De Raad sprak.1 2 Steun Dit ook."


def test_a_numbered_heading_after_the_mark_is_no_note() -> None:
    text = "De Raad sprak.1\n\n1 Steun\n\nNederland steunt dit.\n\n1 Zie het verslag\n"
    source = plaintext.parse(text)
    assert notes(source) == {1: "Zie het verslag"}
    assert body(source).endswith("1 Steun Nederland steunt dit.")


def test_a_line_that_begins_with_a_number_is_no_note() -> None:
    text = "Het begint op 9 juli.1 Dan op\n1 augustus het vervolg\n\n1 Zie het verslag"
    source = plaintext.parse(text)
    assert body(source) == "Het begint op 9 juli.1 Dan op 1 augustus het vervolg"
    assert notes(source) == {1: "Zie het verslag"}


def test_a_number_that_nothing_calls_is_no_note() -> None:
    text = "De Raad sprak.\n\n1 augustus is een donderdag"
    assert plaintext.parse(text).notes == {}


def test_the_notes_of_a_short_last_page_stand_after_a_gap() -> None:
    text = f"Eerste pagina.{SEAM}Het slot.1{SEAM}\n1 Zie het verslag\nvan mei"
    source = plaintext.parse(text)
    assert source.pages == 2
    assert notes(source) == {1: "Zie het verslag van mei"}
    assert {word.page for word in source.notes[1]} == {2}


def test_a_first_page_that_begins_with_a_number_is_a_page() -> None:
    source = plaintext.parse(f"1 Inleiding{SEAM}Tekst.")
    assert source.pages == 2
    assert source.notes == {}


# -- files ---------------------------------------------------------------------------------


def test_windows_latin_1_is_read(tmp_path: Path) -> None:
    file = tmp_path / "brief.txt"
    file.write_bytes("Oekraïne – ‘steun’".encode("cp1252"))
    assert body(plaintext.read(file)) == "Oekraïne – ‘steun’"


def test_a_byte_that_is_in_no_encoding_does_not_stop_the_reading(tmp_path: Path) -> None:
    file = tmp_path / "brief.txt"
    file.write_bytes(b"Oekra\xefne \x81")
    assert body(plaintext.read(file)) == "Oekraïne \ufffd"


def test_a_letter_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=re.escape(f"{tmp_path / 'x.txt'}: there is no such file")):
        plaintext.read(tmp_path / "x.txt")
    with pytest.raises(DataError, match="not a file"):
        plaintext.read(tmp_path)


def test_a_letter_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_BYTES", 10)
    (tmp_path / "brief.txt").write_bytes(b"x" * 11)
    with pytest.raises(DataError, match="larger than"):
        plaintext.read(tmp_path / "brief.txt")


@pytest.mark.parametrize("data", [b"", b"  \n", b"%PDF-1.7 ...", "é".encode("utf-16")])
def test_what_is_no_text_is_one_sentence(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "letter"
    file.write_bytes(data + (b"\0" if data[:2] == b"\xff\xfe" else b""))
    with pytest.raises(DataError, match="not a text file"):
        plaintext.read(file)
