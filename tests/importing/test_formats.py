"""PDF, Word and XML: what only they have, and files that are not what they seem."""

from __future__ import annotations

import builtins
import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from natoagenda import files, importing
from natoagenda.errors import DataError, DependencyError
from natoagenda.importing import hyphens, official, pdf, word
from natoagenda.importing.source import Form, Letter
from tests.importing import letters

GOLD = letters.every()[0]


def texts(letter: Letter) -> list[str]:
    return [block.text for block in hyphens.mend(letter).blocks]


# -- PDF -----------------------------------------------------------------------------------


def drawn(draw: Callable[[Any], None], **options: Any) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    canvas = Canvas(stream, invariant=True, **options)
    draw(canvas)
    canvas.save()
    return stream.getvalue()


def lines(canvas: Any, rows: list[tuple[float, float, float, str]]) -> None:
    for x, y, size, text in rows:
        canvas.setFont("Helvetica", size)
        canvas.drawString(x, y, text)
    canvas.showPage()


def test_raised_numbers_that_call_no_note_stay_in_the_text() -> None:
    rows: list[tuple[float, float, float, str]] = [
        (90, 700, 10, "Een gebied van 620 km"), (195, 704, 6, "2"),
        (200, 700, 10, "groot is dat hier."),
    ]  # fmt: skip
    found = pdf.read(drawn(lambda canvas: lines(canvas, rows)), "x")
    assert texts(found) == ["Een gebied van 620 km2 groot is dat hier."]
    assert found.notes == ()


def test_a_mark_and_a_note_in_small_print() -> None:
    rows: list[tuple[float, float, float, str]] = [
        (90, 700, 10, "De Raad sprak daarover"), (196, 704, 6, "1"), (200, 700, 10, "en besloot."),
        (90, 100, 5, "1"), (95, 98, 8, "Zie het verslag."),
    ]  # fmt: skip
    found = pdf.read(drawn(lambda canvas: lines(canvas, rows)), "x")
    assert [(note.number, note.text) for note in found.notes] == [(1, "Zie het verslag.")]
    assert found.blocks[0].calls[0].number == 1


def test_a_number_raised_twice_calls_its_note_once() -> None:
    rows: list[tuple[float, float, float, str]] = [
        (90, 700, 10, "De Raad"), (128, 704, 6, "1"), (134, 700, 10, "sprak"), (160, 704, 6, "1"),
        (90, 686, 10, "over de zaken die op de agenda staan en nog meer."),
        (90, 98, 8, "1 Zie het verslag."),
    ]  # fmt: skip
    found = pdf.read(drawn(lambda canvas: lines(canvas, rows)), "x")
    assert len(found.blocks[0].calls) == 1
    assert "sprak1" in found.blocks[0].text


def test_a_column_beside_the_text_comes_first() -> None:
    main: list[tuple[float, float, float, str]] = [
        (90, 700 - 14 * i, 10, f"Regel {i} van de lopende tekst van deze brief") for i in range(12)
    ]
    aside: list[tuple[float, float, float, str]] = [
        (420, 697, 8, "Ministerie van Defensie"), (420, 683, 8, "Postbus 20701")
    ]  # fmt: skip
    found = pdf.read(drawn(lambda canvas: lines(canvas, [*main, *aside])), "x")
    whole = " ".join(texts(found))
    assert whole.startswith("Ministerie van Defensie")
    assert "Regel 1 van de lopende tekst van deze brief Regel 2" in whole


def test_a_page_without_text_is_reported() -> None:
    def two(canvas: Any) -> None:
        canvas.drawString(90, 700, "Een bladzijde.")
        canvas.showPage()
        canvas.rect(10, 10, 100, 100)
        canvas.showPage()

    found = pdf.read(drawn(two), "x")
    assert found.pages == 2
    assert "page 2 has no text" in found.unplaced


def test_progress_is_told_page_by_page() -> None:
    told: list[tuple[int, int]] = []

    def three(canvas: Any) -> None:
        for _ in range(3):
            lines(canvas, [(90, 700, 10, "Tekst")])

    pdf.read(drawn(three), "x", lambda done, whole: told.append((done, whole)))
    assert told[:3] == [(1, 3), (2, 3), (3, 3)]
    assert set(told[3:]) == {(3, 3)}  # then it is put together


# -- Word ----------------------------------------------------------------------------------

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def document(body: str, tmp_path: Path) -> bytes:
    """A Word file with a body of our own."""
    import docx

    plain = tmp_path / "plain.docx"
    docx.Document().save(str(plain))
    stream = io.BytesIO()
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                content = f"<w:document {W} {MC}><w:body>{body}</w:body></w:document>".encode()
            new.writestr(name, content)
    return stream.getvalue()


def paragraph(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_changes_are_read_as_accepted(tmp_path: Path) -> None:
    body = paragraph(
        run("Nederland "),
        f"<w:del>{run('pleit').replace('w:t', 'w:delText')}</w:del>",
        f"<w:ins>{run('steunt')}</w:ins>",
        f"<w:moveFrom>{run(' weg')}</w:moveFrom>",
        f"<w:moveTo>{run(' dit.')}</w:moveTo>",
    )
    assert texts(word.read(document(body, tmp_path), "x")) == ["Nederland steunt dit."]


def test_a_deleted_paragraph_end_joins(tmp_path: Path) -> None:
    first = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('Een zin die ')}</w:p>"
    body = first + paragraph(run("verder gaat."))
    assert texts(word.read(document(body, tmp_path), "x")) == ["Een zin die verder gaat."]


def test_tables_boxes_breaks_and_signs(tmp_path: Path) -> None:
    box = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='x'><w:drawing><w:txbxContent>"
        f"{paragraph(run('In een kader.'))}</w:txbxContent></w:drawing></mc:Choice><mc:Fallback>"
        f"<w:pict><w:txbxContent>{paragraph(run('In een kader.'))}</w:txbxContent></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )
    cell = f"<w:tbl><w:tr><w:tc>{paragraph(run('In een cel.'))}</w:tc></w:tr></w:tbl>"
    signs = (
        f"{run('Een')}<w:r><w:tab/><w:t>NAVO</w:t><w:noBreakHyphen/><w:t>Top</w:t><w:br/>"
        "<w:t>en ver</w:t><w:softHyphen/><w:t>der</w:t><w:sym w:char='2022'/></w:r>"
    )
    body = paragraph(signs) + cell + paragraph(run("Tekst."), box)
    found = texts(word.read(document(body, tmp_path), "x"))
    assert found == ["Een NAVO-Top en verder•", "In een cel.", "Tekst.", "In een kader."]


def test_hidden_text_is_put_aside_and_pages_are_counted(tmp_path: Path) -> None:
    body = (
        paragraph(run("Zichtbaar."), run("Verborgen.", "<w:vanish/>"))
        + paragraph("<w:r><w:br w:type='page'/></w:r>", run("Op de tweede."))
        + paragraph(run("Over de "), "<w:r><w:lastRenderedPageBreak/><w:t>rand.</w:t></w:r>")
    )
    found = word.read(document(body, tmp_path), "x")
    assert found.left_out == ("Verborgen.",)
    assert [block.pages for block in found.blocks] == [((0, 1),), ((0, 2),), ((0, 2), (8, 3))]
    assert found.pages == 3


def test_headings_by_style_level_and_letters(tmp_path: Path) -> None:
    def styled(properties: str, text: str, bold: str = "") -> str:
        return f"<w:p><w:pPr>{properties}</w:pPr>{run(text, bold)}</w:p>"

    body = (
        styled("<w:pStyle w:val='Heading2'/>", "Kop")
        + styled("<w:outlineLvl w:val='1'/>", "Niveau")
        + styled("", "Vet", "<w:b/>")
        + styled("", "Niet vet", "<w:b w:val='0'/>")
        + styled("<w:numPr/>", "Punt")
        + styled("", "Een vette zin.", "<w:b/>")
    )
    forms = [block.form for block in word.read(document(body, tmp_path), "x").blocks]
    assert forms == [Form.HEADING] * 3 + [Form.UNKNOWN, Form.ITEM, Form.UNKNOWN]


def test_a_word_note_without_a_call_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    letters.as_word(GOLD, file)
    changed = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                content = content.replace(b'<w:footnoteReference w:id="2"/>', b"")
            new.writestr(name, content)
    found = word.read(changed.getvalue(), "x")
    assert len(found.notes) == len(GOLD.notes) - 1
    assert found.blocks[-1].text == GOLD.notes[1]
    assert "called from nowhere" in found.unplaced[0]


def test_word_headers_are_put_aside(tmp_path: Path) -> None:
    import docx

    made = docx.Document()
    made.add_paragraph("Tekst.")
    made.sections[0].footer.paragraphs[0].text = "Pagina 1 van 1"
    made.save(str(tmp_path / "a.docx"))
    assert importing.read(tmp_path / "a.docx").left_out == ("Pagina 1 van 1",)


# -- official XML --------------------------------------------------------------------------


def xml(body: str, root: str = "officiele-publicatie") -> Letter:
    return official.read(f"<?xml version='1.0'?><{root}>{body}</{root}>".encode(), "x")


def test_the_paper_s_own_citation_and_what_is_no_text() -> None:
    found = xml(
        "<metadata><meta name='x' content='y'>weg</meta></metadata><kamerstuk><dossier>"
        "<dossiernummer><dossiernr>28 676</dossiernr></dossiernummer><titel>NAVO</titel></dossier>"
        "<stuk><stuknr>Nr. <ondernummer>462</ondernummer></stuknr><al>Tekst.</al></stuk>"
        "</kamerstuk>"
    )
    assert found.citation == "28 676, nr. 462"
    assert texts(found) == ["28 676", "NAVO", "Nr. 462", "Tekst."]


def test_lists_links_emphasis_and_notes() -> None:
    found = xml(
        "<al>Zie de <extref doc='kst-21501-02-2825'>brief <nadruk>van mei</nadruk></extref> over"
        "<noot id='n1'><noot.nr>1</noot.nr><noot.al>Een <nadruk>noot</nadruk>.</noot.al></noot>"
        " vis."
        "<lijst><li><li.nr>a.</li.nr><al>Eerste;</al></li><li><al>Tweede.</al></li></lijst></al>"
    )
    first, *items = found.blocks
    assert first.text == "Zie de brief van mei over vis."
    assert [(first.text[k.start : k.end], k.id) for k in first.links] == [
        ("brief van mei", "kst-21501-02-2825")
    ]
    assert first.text[: first.calls[0].offset] == "Zie de brief van mei over"
    assert found.notes[0].text == "Een noot."
    assert [item.text for item in items] == ["a. Eerste;", "Tweede."]


def test_older_notes_and_names_of_letters() -> None:
    found = xml("<tuskop>Kop</tuskop><al>Oekra&iuml;ne &amp; meer<voetnoot nr='1'><al>Zie &eacute;en.</al></voetnoot></al>", "kamerwrk")  # fmt: skip  # noqa: E501
    assert texts(found) == ["Kop", "Oekraïne & meer"]
    assert found.notes[0].text == "Zie éen."
    assert found.blocks[0].form is Form.HEADING


def test_notes_that_do_not_rise_are_numbered_anew_and_reported() -> None:
    note = "<noot><noot.nr>{}</noot.nr><noot.al>{}</noot.al></noot>"
    found = xml(
        f"<al>Een{note.format(2, 'a')} twee{note.format(1, 'b')} drie"
        "<noot><noot.al>c</noot.al></noot></al>"
    )
    assert [(n.number, n.text) for n in found.notes] == [(2, "a"), (3, "b"), (4, "c")]
    assert "note 1 follows note 2" in found.unplaced[0]


def test_text_in_elements_that_nobody_foresaw_is_read() -> None:
    body = "<nieuw>Een <ding>twee</ding> drie</nieuw><ander><diep>vier</diep></ander>"
    assert texts(xml(body)) == [
        "Een twee drie", "vier",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><kamerwrk>&b;</kamerwrk>", "entities"),
        (b"<?xml version='1.0'?><officiele-publicatie><al>", "not well-formed"),
        (b"<?xml version='1.0'?><kaas/>", "its root is 'kaas'"),
        (b"<html><body>x</body></html>", "web page"),
    ],
)  # fmt: skip
def test_xml_that_is_refused(data: bytes, problem: str, tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(data)
    with pytest.raises(DataError, match=problem):
        importing.read(tmp_path / "a.xml")


def test_nothing_outside_is_read() -> None:
    data = b"<!DOCTYPE a SYSTEM 'file:///etc/passwd'><kamerwrk><al>x &y;</al></kamerwrk>"
    assert texts(official.read(data, "x")) == ["x &y;"]


# -- files that are not what they seem -----------------------------------------------------


def locked() -> bytes:
    from reportlab.lib import pdfencrypt

    return drawn(lambda c: c.drawString(9, 9, "x"), encrypt=pdfencrypt.StandardEncryption("secret"))


def packed(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return stream.getvalue()


BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "this is empty"),
    "blank": (lambda: b" \n\n\t ", "this is empty"),
    "mark": (lambda: b"\xef\xbb\xbf", "this is empty"),
    "random": (lambda: bytes(range(256)) * 40, "neither text, PDF, Word nor official XML"),
    "zeros": (lambda: b"a\0" * 500, "neither text"),
    "half UTF-16": (lambda: b"\xff\xfea", "neither text"),
    "PDF that is none": (lambda: b"%PDF-1.7\nnothing", "PDF is damaged"),
    "cut PDF": (lambda: drawn(lambda c: c.drawString(9, 9, "x"))[:300], "PDF is damaged"),
    "locked PDF": (locked, "encrypted"),
    "scan": (lambda: drawn(lambda c: c.rect(1, 1, 9, 9)), "it is a scan"),
    "zip that is none": (lambda: b"PK\x03\x04nothing", "Word file is damaged"),
    "sheet": (lambda: packed(**{"xl/workbook.xml": b"<a/>"}), "Word file is damaged, or is none"),
    "old Word": (lambda: b"\xd0\xcf\x11\xe0" + b"a" * 99, "old Word file"),
    "RTF": (lambda: b"{\\rtf1 x}", "RTF"),
    "picture": (lambda: b"\x89PNG....", "picture"),
    "OpenDocument": (
        lambda: b"PK\x03\x04" + b"x" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.text",
        "OpenDocument",
    ),
}


@pytest.mark.parametrize("name", list(BAD))
def test_a_bad_file_is_one_sentence(name: str, tmp_path: Path) -> None:
    data, problem = BAD[name]
    file = tmp_path / "brief.pdf"
    file.write_bytes(data())
    with pytest.raises(DataError, match=problem) as caught:
        importing.read(file)
    assert "\n" not in str(caught.value)


def test_a_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word, "_MAX_UNPACKED", 1000)
    (tmp_path / "a.docx").write_bytes(packed(**{"word/document.xml": b"0" * 5000}))
    with pytest.raises(DataError, match="unpacks to more"):
        importing.read(tmp_path / "a.docx")


def test_a_packed_file_with_a_password(tmp_path: Path) -> None:
    data = bytearray(packed(**{"word/document.xml": b"0"}))
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(sign) + at] |= 1
    (tmp_path / "a.docx").write_bytes(bytes(data))
    with pytest.raises(DataError, match="encrypted"):
        importing.read(tmp_path / "a.docx")


@pytest.mark.parametrize("cut", [10, 500, 5000, 20000])
def test_a_word_file_cut_short(cut: int, tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    letters.as_word(GOLD, file)
    file.write_bytes(file.read_bytes()[:cut])
    with pytest.raises(DataError, match="damaged"):
        importing.read(file)


def test_the_name_of_a_file_says_nothing(tmp_path: Path) -> None:
    letters.as_pdf(GOLD, letters.PRESSES[0], tmp_path / "a")
    letters.as_word(GOLD, tmp_path / "b.docx")
    os.replace(tmp_path / "a", tmp_path / "brief.docx")
    os.replace(tmp_path / "b.docx", tmp_path / "brief.txt")
    for name in ("brief.docx", "brief.txt"):
        assert len(importing.read(tmp_path / name).notes) == len(GOLD.notes)


def test_text_in_utf_16(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Oekraïne – ‘steun’".encode("utf-16"))
    assert importing.read(tmp_path / "a.txt").blocks[0].text == "Oekraïne – ‘steun’"


def test_a_library_that_is_not_installed_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **named: Any) -> Any:
        if name.split(".")[0] == "docx":
            raise ModuleNotFoundError("No module named 'docx'", name="docx")
        return real(name, *rest, **named)

    letters.as_word(GOLD, tmp_path / "a.docx")
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(DependencyError, match="pip install python-docx"):
        importing.read(tmp_path / "a.docx")


def test_a_file_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_LETTER", 10)
    (tmp_path / "a.pdf").write_bytes(b"%PDF" + b"x" * 30)
    with pytest.raises(DataError, match="larger than"):
        importing.read(tmp_path / "a.pdf")


@pytest.mark.parametrize(
    "before", [b"", b"\xef\xbb\xbf", b"# words\r# more\r\n\n  \n---\n", b"# \n" * 5000]
)
def test_an_agenda_file_is_no_letter(before: bytes, washington_file: Path) -> None:
    for data in (b"schema: 1\nagenda:\n", washington_file.read_bytes()):
        with pytest.raises(DataError, match="this is an agenda file, and no letter"):
            importing.reader(before + data, "agenda.yaml")
    importing.reader(before + b"scheme: 1\n", "letter.txt")
