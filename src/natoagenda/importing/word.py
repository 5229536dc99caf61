"""A letter as Word (.docx): paragraphs with their styles, real footnotes, changes as accepted.

Word knows no pages until it prints; those it remembers of its last print, and those that the
author broke, are counted.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

import msgspec

from natoagenda.errors import DataError
from natoagenda.importing.source import Block, Form, Letter, Note, clean, single, single_with_places
from natoagenda.model import Call

_MAX_UNPACKED = 256 * 1024 * 1024
"""Bytes; a letter unpacks to less, a zip bomb to more."""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_HEADINGS = ("heading", "kop", "title", "titel", "subtitle", "ondertitel")
_LONGEST_HEADING = 200
_MOST_STYLES = 12
"""Based on one another; a hostile file has a ring of them."""
_SKIPPED = frozenset(
    {f"{_W}{name}" for name in ("del", "moveFrom", "delText", "instrText", "rPr", "pPr", "fldChar",
                                "annotationRef", "footnoteRef", "endnoteRef", "separator",
                                "continuationSeparator", "commentReference", "proofErr")}
    | {f"{_MC}Fallback"}
)  # fmt: skip


class _Run(msgspec.Struct):
    """What a paragraph is read into."""

    pieces: list[str]
    calls: list[tuple[int, str]]  # where in the text, and which note
    breaks: list[int]  # where a page begins
    heavy: list[bool]
    boxes: list[Any]
    hidden: list[str]

    @property
    def length(self) -> int:
        return sum(map(len, self.pieces))


def read(data: bytes, name: str) -> Letter:
    """Read a letter from the bytes of a Word file.

    Args:
        data: the file.
        name: what to call it in messages.

    Raises:
        DataError: where it is damaged or no Word file.
    """
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import ErrorTypes, XMLSyntaxError

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(item.file_size for item in packed.infolist()) > _MAX_UNPACKED:
                raise DataError(name, "this Word file unpacks to more than 256 MB")
            if any(item.flag_bits & 1 for item in packed.infolist()):
                raise DataError(name, "this Word file is encrypted; save it without a password")
        document = docx.Document(io.BytesIO(data))
        return _Reader(document, _notes(document)).letter()
    except (
        zipfile.BadZipFile, zlib.error, PackageNotFoundError, XMLSyntaxError, LookupError,
        ValueError, TypeError, RuntimeError, AttributeError, OSError, EOFError,
    ) as error:  # fmt: skip
        if getattr(error, "code", None) == ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from error
        raise DataError(name, "this Word file is damaged, or is none") from error


def _notes(document: Any) -> dict[str, Any]:
    """The elements of all notes, by `f` or `e` and their id."""
    from docx.oxml import parse_xml

    found: dict[str, Any] = {}
    for relation in document.part.rels.values():
        kind = relation.reltype.rsplit("/", 1)[-1]
        if kind in ("footnotes", "endnotes") and not relation.is_external:
            root = parse_xml(relation.target_part.blob)
            for element in root:
                if element.get(f"{_W}type") in (None, "normal"):
                    found[kind[0] + str(element.get(f"{_W}id"))] = element
    return found


class _Reader:
    """Reads one document, counting pages and numbering notes as they are called."""

    def __init__(self, document: Any, notes: dict[str, Any]) -> None:
        self.document = document
        self.notes = notes
        self.styled = any(
            relation.reltype.endswith("/styles") for relation in document.part.rels.values()
        )  # else the library would take its own
        self.numbers: dict[str, int] = {}
        self.page = 1
        self.found: list[Note] = []
        self.unplaced: list[str] = []
        self.left_out: list[str] = []

    def letter(self) -> Letter:
        blocks = self.joined(self.document.element.body)
        if any(block.form is Form.HEADING for block in blocks):
            plain = Form.TEXT
            blocks = [
                msgspec.structs.replace(block, form=plain)
                if block.form is Form.UNKNOWN and len(block.text) > _LONGEST_HEADING
                else block
                for block in blocks
            ]
        for key, element in self.notes.items():
            if key not in self.numbers and (text := self.note_text(element)):
                blocks.append(Block(text=text, pages=((0, self.page),), form=Form.TEXT))
                self.unplaced.append(
                    f"a note is called from nowhere; it is kept as a paragraph: {text[:60]!r}"
                )
        for section in self.document.sections:
            for part in (section.header, section.footer):
                if not part.is_linked_to_previous:
                    self.left_out += [single(p.text) for p in part.paragraphs if p.text.strip()]
        return Letter(
            blocks=tuple(blocks),
            notes=tuple(self.found),
            pages=self.page,
            left_out=tuple(self.left_out),
            unplaced=tuple(self.unplaced),
        )

    def joined(self, body: Any) -> list[Block]:
        """The blocks of all paragraphs; one whose end was deleted goes on in the next."""
        return [block for block in self.blocks(body) if block.text]

    def blocks(self, parent: Any) -> Iterator[Block]:
        carried: list[Any] = []
        for paragraph in _paragraphs(parent):
            mark = paragraph.find(f"{_W}pPr/{_W}rPr/{_W}del")
            carried.append(paragraph)
            if mark is not None:
                continue
            yield from self.block(carried)
            carried = []
        if carried:
            yield from self.block(carried)

    def block(self, paragraphs: list[Any]) -> Iterator[Block]:
        from docx.text.paragraph import Paragraph

        run = _Run([], [], [], [], [], [])
        start = self.page
        for element in paragraphs:
            self.read(element, run, Paragraph(element, self.document))
        text, places = single_with_places("".join(run.pieces))
        if run.hidden:
            self.left_out.append(single("".join(run.hidden)))
        calls = []
        for at, key in run.calls:
            number = self.number(key)
            if number is not None:
                calls.append(Call(number, min(places[at], len(text))))
        pages = [(0, start)]
        for at in run.breaks:
            start += 1
            offset = places[at]
            if offset == 0 or offset >= len(text):
                pages = [(0, start)] if offset == 0 else pages
            else:
                pages.append((offset, start))
        yield Block(
            text=text,
            pages=tuple(pages),
            calls=tuple(calls),
            form=self.form(paragraphs[-1], text, run),
        )
        for box in run.boxes:
            yield from self.blocks(box)

    def form(self, element: Any, text: str, run: _Run) -> Form:
        from docx.text.paragraph import Paragraph

        short = len(text) <= _LONGEST_HEADING
        for style in self.styles(Paragraph(element, self.document)) if short else ():
            if (style.name or "").lower().startswith(_HEADINGS):
                return Form.HEADING
        level = element.find(f"{_W}pPr/{_W}outlineLvl")
        if level is not None and level.get(f"{_W}val") != "9" and short:
            return Form.HEADING
        if run.heavy and all(run.heavy) and short and not text.endswith((".", ";", ",")):
            return Form.HEADING
        if element.find(f"{_W}pPr/{_W}numPr") is not None:
            return Form.ITEM
        return Form.UNKNOWN

    def styles(self, paragraph: Any) -> Iterator[Any]:
        """The style of a paragraph and those that it is based on."""
        style = paragraph.style if self.styled else None
        for _ in range(_MOST_STYLES):
            if style is None:
                return
            yield style
            style = getattr(style, "base_style", None)

    def number(self, key: str) -> int | None:
        """The number of a note, which is that of its first call, and its text at that call."""
        if key in self.numbers or key not in self.notes:
            return None
        self.numbers[key] = number = len(self.numbers) + 1
        text = self.note_text(self.notes[key])
        if not text:
            return None
        self.found.append(Note(number=number, text=text, page=self.page))
        return number

    def note_text(self, element: Any) -> str:
        pieces = []
        page = self.page
        for paragraph in _paragraphs(element):
            run = _Run([], [], [], [], [], [])
            self.read(paragraph, run, None)
            pieces.append("".join(run.pieces))
        self.page = page
        return single(clean(" ".join(pieces)))

    def read(self, element: Any, run: _Run, paragraph: Any) -> None:
        """Add what stands in an element to a run, changes accepted."""
        for child in element:
            tag = child.tag
            if tag in _SKIPPED or not isinstance(tag, str):
                continue
            if tag == f"{_W}r":
                self.read_run(child, run, paragraph)
            elif tag == f"{_W}txbxContent":
                run.boxes.append(child)
            else:
                self.read(child, run, paragraph)

    def read_run(self, element: Any, run: _Run, paragraph: Any) -> None:
        from docx.text.run import Run

        if _is_on(element, "vanish"):
            run.hidden += [node.text or "" for node in element.iter(f"{_W}t")]
            return
        before = run.length
        for child in element:
            self.read_piece(child, run, paragraph)
        if paragraph is not None and "".join(run.pieces)[before:].strip():
            bold = Run(element, paragraph).bold
            if bold is None:
                bolds = (style.font.bold for style in self.styles(paragraph))
                bold = next((bold for bold in bolds if bold is not None), False)
            run.heavy.append(bool(bold))

    def read_piece(self, child: Any, run: _Run, paragraph: Any) -> None:
        name = child.tag.removeprefix(_W) if isinstance(child.tag, str) else ""
        if child.tag in _SKIPPED:
            return
        if name == "t":
            run.pieces.append(child.text or "")
        elif name in ("tab", "cr") or (name == "br" and child.get(f"{_W}type") != "page"):
            run.pieces.append(" ")
        elif name == "lastRenderedPageBreak" or name == "br":
            at = run.length
            if not (run.breaks and "".join(run.pieces)[run.breaks[-1] :].strip() == ""):
                run.breaks.append(at)
                self.page += 1
            run.pieces.append(" " if name == "br" else "")
        elif name == "noBreakHyphen":
            run.pieces.append("-")
        elif name == "sym":
            run.pieces.append(_sign(child.get(f"{_W}char", "20")))
        elif name in ("footnoteReference", "endnoteReference"):
            run.calls.append((run.length, name[0] + str(child.get(f"{_W}id"))))
        elif len(child):
            self.read(child, run, paragraph)


def _paragraphs(parent: Any) -> Iterator[Any]:
    """All paragraphs below an element in reading order, those of tables too."""
    for child in parent:
        if child.tag == f"{_W}p":
            yield child
        elif child.tag not in _SKIPPED and isinstance(child.tag, str):
            yield from _paragraphs(child)


def _is_on(element: Any, name: str) -> bool:
    found = element.find(f"{_W}rPr/{_W}{name}")
    return found is not None and found.get(f"{_W}val") not in ("0", "false")


def _sign(typed: str) -> str:
    """The sign of a hexadecimal code point, if there is such a sign."""
    code = int(typed, 16) if re.fullmatch("[0-9A-Fa-f]{1,6}", typed) else 0xFFFD
    return chr(code if code < 0xD800 or 0xE000 <= code < 0x110000 else 0xFFFD)
