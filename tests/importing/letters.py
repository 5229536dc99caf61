"""Letters for tests: what each says, and how it looks as text, PDF, Word and official XML.

The letters in `tests/letters` are invented. One file says what a letter holds (title, sections,
sentences with their roles, notes, programme); a renderer prints it as some ministry would.
"""

from __future__ import annotations

import datetime
import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parents[1] / "letters"
MARK = re.compile(r"\[\^(\d+)\]")


@dataclass
class Sentence:
    marked: str  # with [^1] where it calls a note
    role: str = "background"

    @property
    def plain(self) -> str:
        return MARK.sub("", self.marked)

    @property
    def calls(self) -> list[tuple[int, int]]:
        found, gone = [], 0
        for match in MARK.finditer(self.marked):
            found.append((int(match[1]), match.start() - gone))
            gone += len(match[0])
        return found


@dataclass
class Part:
    heading: str | None
    kind: str
    paragraphs: list[list[Sentence]]


@dataclass
class Gold:
    name: str
    title: str
    starts: datetime.date
    ends: datetime.date
    before: list[str]
    parts: list[Part]
    notes: dict[int, str]
    sessions: list[dict[str, Any]] = field(default_factory=list)

    def sentences(self) -> Iterator[Sentence]:
        for part in self.parts:
            for paragraph in part.paragraphs:
                yield from paragraph


def load(path: Path) -> Gold:
    tree = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return Gold(
        name=path.stem,
        title=tree["title"],
        starts=tree["starts"],
        ends=tree["ends"],
        before=tree["before"],
        parts=[
            Part(
                heading=section["heading"],
                kind=section["kind"],
                paragraphs=[
                    [_sentence(item) for item in paragraph] for paragraph in section["paragraphs"]
                ],
            )
            for section in tree["sections"]
        ],
        notes=tree["notes"],
        sessions=tree.get("sessions") or [],
    )


def _sentence(item: str | dict[str, str]) -> Sentence:
    if isinstance(item, str):
        return Sentence(item)
    ((role, text),) = item.items()
    return Sentence(text, role)


def every() -> list[Gold]:
    return [load(path) for path in sorted(FOLDER.glob("*.yaml"))]


# -- as text -------------------------------------------------------------------------------


@dataclass
class Print:
    """How a text looks."""

    width: int = 76
    height: int = 44
    seam: str = "\n\n\n\n\n"
    gaps: bool = True  # a blank line between paragraphs
    heading_gap: bool = True  # a blank line after a heading
    foot: str = ""  # such as "Pagina {page} van {pages}"
    head: str = ""
    mark: str = "{n}"
    note: str = "{n} {text}"
    break_hyphens: bool = True


@dataclass
class Paper:
    """A printed letter: its text, and the page on which each word of it stands."""

    text: str
    pages: int


def as_text(gold: Gold, look: Print) -> Paper:
    """Print a letter on pages of hard-wrapped lines, its notes at their feet."""
    flow: list[tuple[str, list[int]]] = []  # a line, and the notes that it calls
    for block, is_heading in _flow(gold):
        if look.gaps and flow and flow[-1][0]:
            flow.append(("", []))
        wrapped = textwrap.wrap(
            _hidden(block, look),
            look.width,
            break_on_hyphens=look.break_hyphens,
            break_long_words=False,
        )
        for line in wrapped:
            numbers = [int(n.translate(_SHOWN)) for n in re.findall("[\ue010-\ue019]+", line)]
            flow.append((line.translate(_SHOWN), numbers))
        if is_heading and look.heading_gap:
            flow.append(("", []))
    pages: list[tuple[list[str], list[int]]] = [([], [])]
    for line, numbers in flow:
        lines, called = pages[-1]
        feet = sum(len(_note(gold, n, look)) for n in [*called, *numbers])
        if len(lines) + 1 + feet + (2 if feet else 0) > look.height and lines:
            pages.append(([], []))
            lines, called = pages[-1]
        if line or lines:
            lines.append(line)
        called += numbers
    printed = []
    for number, (lines, called) in enumerate(pages, start=1):
        sheet = list(lines)
        if look.head:
            sheet = [look.head.format(page=number, pages=len(pages)), "", *sheet]
        if called:
            sheet += ["", " "]
            for n in called:
                sheet += _note(gold, n, look)
        if look.foot:
            sheet += ["", look.foot.format(page=number, pages=len(pages))]
        printed.append("\n".join(sheet).strip("\n"))
    return Paper(look.seam.join(printed) + "\n", len(pages))


def _flow(gold: Gold) -> Iterator[tuple[str, bool]]:
    for line in gold.before:
        yield line, False
    yield gold.title, True
    for part in gold.parts:
        if part.heading:
            yield part.heading, True
        for paragraph in part.paragraphs:
            yield " ".join(sentence.marked for sentence in paragraph), False


def _marked(text: str) -> str:
    return MARK.sub("\ue000\\1\ue001", text)


_HIDDEN = {ord("0") + i: 0xE010 + i for i in range(10)}
_SHOWN = {new: old for old, new in _HIDDEN.items()}


def _hidden(text: str, look: Print) -> str:
    """A text with its marks as they will look, their digits told from others."""
    return MARK.sub(lambda m: look.mark.format(n=m[1].translate(_HIDDEN)), text)


def _note(gold: Gold, number: int, look: Print) -> list[str]:
    return textwrap.wrap(
        look.note.format(n=number, text=gold.notes[number]), look.width + 8,
        break_on_hyphens=False, break_long_words=False,
    )  # fmt: skip


LOOKS: Sequence[Print] = (
    Print(),
    Print(width=68, seam="\f", gaps=False, heading_gap=False),
    Print(width=90, height=50, seam="\f", foot="Pagina {page} van {pages}"),
    Print(width=72, height=38, head="Tweede Kamer, vergaderjaar 2023–2024, 21 501-02", gaps=False,
          foot="h tk 20232024 {page}", heading_gap=True),
)  # fmt: skip


# -- as PDF --------------------------------------------------------------------------------


@dataclass
class Press:
    """How a PDF looks."""

    font: str = "Helvetica"
    bold: str = "Helvetica-Bold"
    size: float = 10
    heading_bold: bool = True
    foot: str = "Pagina {page} van {pages}"
    head: str = ""
    gap: float = 6
    height: float = 842
    justified: bool = False


def as_pdf(gold: Gold, look: Press, path: Path) -> Paper:
    """Print a letter as PDF: raised marks, notes in small print at the foot of each page."""
    from reportlab.lib.utils import simpleSplit
    from reportlab.pdfbase.pdfmetrics import stringWidth
    from reportlab.pdfgen.canvas import Canvas

    wide, left, small = 400.0, 90.0, look.size * 0.75
    leading = look.size * 1.25

    def note_lines(number: int) -> list[str]:
        return list(simpleSplit(f"  {gold.notes[number]}", look.font, small, wide))

    # Lay out: a page is a list of (y, words of a line, bold, justified), and its notes.
    bottom, top = 70.0, look.height - 80
    sheets: list[tuple[list[tuple[float, str, bool, bool]], list[int]]] = [([], [])]
    y = top
    for block, is_heading in _flow(gold):
        bold = is_heading and look.heading_bold
        font = look.bold if bold else look.font
        lines: list[str] = []
        for word in _marked(block).split():
            trial = f"{lines[-1]} {word}" if lines else word
            bare = re.sub("\ue000\\d+\ue001", "", trial)
            if lines and stringWidth(bare, font, look.size) <= wide:
                lines[-1] = trial
            else:
                lines.append(word)
        y -= look.gap
        for i, line in enumerate(lines):
            numbers = [int(n) for n in re.findall("\ue000(\\d+)\ue001", line)]
            called = sheets[-1][1]
            feet = sum(len(note_lines(n)) for n in [*called, *numbers]) * small * 1.25
            if y - leading < bottom + feet + 16:
                sheets.append(([], []))
                y = top
            y -= leading
            sheets[-1][0].append((y, line, bold, i < len(lines) - 1))
            sheets[-1][1].extend(numbers)
    canvas = Canvas(str(path), pagesize=(595, look.height), invariant=True)
    for number, (rows, called) in enumerate(sheets, start=1):
        canvas.setFont(look.font, 8)
        if look.head:
            canvas.drawString(left, look.height - 40, look.head.format(page=number))
        if look.foot:
            text = look.foot.format(page=number, pages=len(sheets))
            canvas.drawString(left + 300, 34, text)
        for at, line, bold, full in rows:
            _draw(canvas, line, left, at, look.bold if bold else look.font, look.size,
                  wide if look.justified and full else 0)  # fmt: skip
        foot = bottom + sum(len(note_lines(n)) for n in called) * small * 1.25
        for n in called:
            for i, line in enumerate(note_lines(n)):
                foot -= small * 1.25
                if i == 0:
                    canvas.setFont(look.font, small * 0.65)
                    canvas.drawString(left, foot + small * 0.35, str(n))
                canvas.setFont(look.font, small)
                shift = stringWidth(str(n), look.font, small) if i == 0 else 0
                canvas.drawString(left + shift, foot, line.strip())
        canvas.showPage()
    canvas.save()
    return Paper("", len(sheets))


def _draw(canvas: Any, line: str, x: float, y: float, font: str, size: float, wide: float) -> None:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    bare = re.sub("\ue000\\d+\ue001", "", line)
    spaces = bare.count(" ")
    extra = (wide - stringWidth(bare, font, size)) / spaces if wide and spaces else 0
    for i, piece in enumerate(re.split("\ue000(\\d+)\ue001", line)):
        if i % 2:
            canvas.setFont(font, size * 0.65)
            canvas.drawString(x, y + size * 0.35, piece)
            x += stringWidth(piece, font, size * 0.65)
            continue
        canvas.setFont(font, size)
        text = canvas.beginText(x, y)
        text.setWordSpace(extra)
        text.textOut(piece)
        canvas.drawText(text)
        x += stringWidth(piece, font, size) + extra * piece.count(" ")


PRESSES: Sequence[Press] = (
    Press(),
    Press(font="Times-Roman", bold="Times-Bold", size=11, heading_bold=False, gap=10,
          foot="{page}"),
    Press(size=9, justified=True, head="Tweede Kamer, 2023-2024, 21 501-02, nr. {page}",
          gap=5, foot="kst-21501-02-2930"),
    Press(font="Times-Roman", bold="Times-Bold", size=12, justified=True, gap=0),
)  # fmt: skip


# -- as Word and XML -----------------------------------------------------------------------


def as_word(gold: Gold, path: Path, *, styles: bool = True) -> None:
    """Write a letter as Word, with real footnotes; headings by style, or by bold letters."""
    import zipfile

    import docx

    document = docx.Document()
    for block, is_heading in _flow(gold):
        if is_heading and styles:
            paragraph = document.add_paragraph(style="Heading 1")
        else:
            paragraph = document.add_paragraph()
        for i, piece in enumerate(MARK.split(block)):
            if i % 2 == 0:
                run = paragraph.add_run(piece)
                run.bold = True if is_heading and not styles else None
            else:
                paragraph.add_run(f"\ue000{piece}\ue001")
    plain = path.with_suffix(".plain")
    document.save(str(plain))
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    raised = '<w:vertAlign w:val="superscript"/>'
    small = '<w:sz w:val="16"/>'
    notes = "".join(
        f'<w:footnote w:id="{n + 1}"><w:p><w:r><w:rPr>{small}{raised}</w:rPr><w:footnoteRef/></w:r>'
        f'<w:r><w:rPr>{small}</w:rPr><w:t xml:space="preserve">'
        f" {_escaped(text)}</w:t></w:r></w:p></w:footnote>"
        for n, text in gold.notes.items()
    )
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            content = old.read(name).decode("utf-8") if name.endswith((".xml", ".rels")) else ""
            if name == "word/document.xml":
                content = re.sub(
                    "(?<=<w:r>)(?=<w:t(?: [^>]*)?>\ue000)", f"<w:rPr>{raised}</w:rPr>", content
                )
                content = re.sub(
                    "<w:t(?: [^>]*)?>\ue000(\\d+)\ue001</w:t>",
                    lambda m: f'<w:footnoteReference w:id="{int(m[1]) + 1}"/>',
                    content,
                )
            elif name == "word/_rels/document.xml.rels":
                kind = (
                    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
                )
                content = content.replace(
                    "</Relationships>",
                    f'<Relationship Id="rIdN" Type="{kind}" Target="footnotes.xml"/>'
                    "</Relationships>",
                )
            elif name == "[Content_Types].xml":
                kind = (
                    "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
                )
                content = content.replace(
                    "</Types>",
                    f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>',
                )
            new.writestr(name, content.encode("utf-8") if content else old.read(name))
        separator = '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        new.writestr(
            "word/footnotes.xml",
            '<?xml version="1.0" encoding="UTF-8"?>'
            f"<w:footnotes {space}>{separator}{notes}</w:footnotes>",
        )
    plain.unlink()


def as_xml(gold: Gold, *, old: bool = False) -> bytes:
    """Write a letter as official XML, in the newer dialect or the older one."""
    heading = "tuskop" if old else "tussenkop"

    def inline(text: str) -> str:
        pieces = MARK.split(text)
        for i in range(1, len(pieces), 2):
            note = _escaped(gold.notes[int(pieces[i])])
            if old:
                pieces[i] = f'<voetnoot nr="{pieces[i]}"><al>{note}</al></voetnoot>'
            else:
                number = f"<noot.nr>{pieces[i]}</noot.nr>"
                pieces[i] = f'<noot id="n{i}" type="voet">{number}<noot.al>{note}</noot.al></noot>'
            pieces[i - 1] = _escaped(pieces[i - 1])
        pieces[-1] = _escaped(pieces[-1])
        return "".join(pieces)

    body = [f"<al>{inline(line)}</al>" for line in gold.before]
    body.append(f"<{heading}>{inline(gold.title)}</{heading}>")
    for part in gold.parts:
        if part.heading:
            body.append(f"<{heading}>{inline(part.heading)}</{heading}>")
        if part.paragraphs:
            body.append("<al-groep>")
            body += [
                f"<al>{inline(' '.join(s.marked for s in paragraph))}</al>"
                for paragraph in part.paragraphs
            ]
            body.append("</al-groep>")
    text = "\n".join(body)
    if old:
        root = f"<kamerwrk><stuk><algemeen>{text}</algemeen></stuk></kamerwrk>"
    else:
        root = (
            "<officiele-publicatie><metadata><meta name='x' content='y'>leeg</meta></metadata>"
            f"<kamerstuk><stuk><algemeen><vrije-tekst><tekst>{text}</tekst></vrije-tekst></algemeen>"
            "</stuk></kamerstuk></officiele-publicatie>"
        )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{root}'.encode()


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
