"""A letter as official publication XML, of the newer dialect and of the older one.

The surest source: headings, notes and ids are marked as what they are. An element is a block
where text stands directly in it; which elements there are need not be known.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from natoagenda import citations
from natoagenda.errors import DataError
from natoagenda.importing.source import Block, Form, Letter, Link, Note, single_with_places
from natoagenda.model import Call

_ROOTS = frozenset(
    {"officiele-publicatie", "kamerwrk", "kamerstuk", "officielepublicatie", "publicatie"}
)
_NOTES = frozenset({"noot", "voetnoot"})
_HEADINGS = frozenset({"tussenkop", "tuskop", "titel", "kop", "subtitel"})
_UNREAD = frozenset({"metadata", "meta", "plaatje", "illustratie", "redactie"})
_WHOLE = frozenset(
    {"naam", "dossiernummer", "stuknr", "kop", "tussenkop", "tuskop", "titel", "functie"}
)
"""Elements that are one block even where only their children have text."""
_LISTED = frozenset({"li", "lijstitem", "listitem"})
_BLOCKS = frozenset({"al", "al-groep", "lijst", "table", "tgroup", "row", "entry", "li", "tekst"})


def read(data: bytes, name: str) -> Letter:
    """Read a letter from the bytes of an official publication.

    Args:
        data: the file.
        name: what to call it in messages.

    Raises:
        DataError: where it is no well-formed XML, declares entities, or is no publication.
    """
    from lxml import etree

    if re.search(rb"<\x00?!\x00?E\x00?N\x00?T", data):  # in UTF-8 and in UTF-16
        raise DataError(name, "this XML declares entities, which a letter has no need of")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(_named_entities(data), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if getattr(error, "code", None) == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from error
        line = getattr(error, "lineno", None)
        where = f" at line {line}" if line else ""
        raise DataError(name, f"this XML is not well-formed{where}") from error
    if _name(root) not in _ROOTS:
        raise DataError(name, f"this XML is no official publication; its root is {_name(root)!r}")
    return _Reader().letter(root)


def _named_entities(data: bytes) -> bytes:
    """The names that the older dialect's DTD gives to letters (`&eacute;`) as the letters."""

    def letter(match: re.Match[bytes]) -> bytes:
        name = match[1].decode("ascii")
        if name in ("amp", "lt", "gt", "quot", "apos"):
            return match[0]
        text = html.unescape(f"&{name};")
        return match[0] if text.startswith("&") else "".join(f"&#{ord(c)};" for c in text).encode()

    return re.sub(rb"&([A-Za-z]\w{1,30});", letter, data)


def _name(element: Any) -> str:
    tag = element.tag
    return tag.rsplit("}", 1)[-1].lower() if isinstance(tag, str) else ""


class _Piece(msgspec.Struct):
    pieces: list[str]
    calls: list[Call]
    links: list[tuple[int, int, str]]

    @property
    def length(self) -> int:
        return sum(map(len, self.pieces))


class _Reader:
    def __init__(self) -> None:
        self.notes: list[Note] = []
        self.unplaced: list[str] = []

    def letter(self, root: Any) -> Letter:
        blocks = [block for block in self.blocks(root) if block.text]
        return Letter(
            blocks=tuple(blocks),
            notes=tuple(self.notes),
            pages=1,
            unplaced=tuple(self.unplaced),
            citation=_citation(root),
        )

    def blocks(self, element: Any, label: str = "") -> Iterator[Block]:
        """The blocks below an element; `label` is that of the list's item it stands in."""
        name = _name(element)
        if name in _UNREAD or not name:
            return
        if name in _LISTED:
            number, rest = _item_number(element)
            for i, child in enumerate(rest):
                yield from self.blocks(child, number if i == 0 else "")
            if not rest:
                yield from self.flat(element, Form.ITEM, "")
            return
        if name in _WHOLE or _has_text(element):
            form = Form.HEADING if name in _HEADINGS else Form.TEXT
            yield from self.flat(element, Form.ITEM if label else form, label)
            return
        for i, child in enumerate(element):
            yield from self.blocks(child, label if i == 0 else "")

    def flat(self, element: Any, form: Form, label: str) -> Iterator[Block]:
        """An element as one block; lists and tables inside it as blocks of their own."""
        piece = _Piece([f"{label} "] if label else [], [], [])
        inner: list[Any] = []
        self.read(element, piece, inner)
        text, places = single_with_places("".join(piece.pieces))
        yield Block(
            text=text,
            calls=tuple(
                Call(call.number, min(places[call.offset], len(text))) for call in piece.calls
            ),
            links=tuple(
                Link(start=places[start], end=places[end], id=identifier)
                for start, end, identifier in piece.links
                if places[start] < places[end]
            ),
            form=form,
        )
        for child in inner:
            yield from self.blocks(child)

    def read(self, element: Any, piece: _Piece, inner: list[Any]) -> None:
        piece.pieces.append(element.text or "")
        for child in element:
            name = _name(child)
            if name in _NOTES:
                number = self.note(child)
                if number is not None:
                    piece.calls.append(Call(number, piece.length))
            elif name in _BLOCKS and _name(element) not in _WHOLE:
                inner.append(child)
                piece.pieces.append(" ")
            elif name and name not in _UNREAD:
                start = piece.length
                if _name(element) in _WHOLE and piece.pieces:
                    piece.pieces.append(" ")
                self.read(child, piece, inner)
                target = child.get("doc") or ""
                if citations.is_official_id(target):
                    piece.links.append((start, piece.length, target))
            elif not name and isinstance(getattr(child, "name", None), str):
                piece.pieces.append(f"&{child.name};")  # an entity that nobody declared
            piece.pieces.append(child.tail or "")

    def note(self, element: Any) -> int | None:
        """Read a note and give its number; those printed are kept where they rise."""
        printed = next((c for c in element if _name(c) in ("noot.nr", "nr", "noot.lbl")), None)
        digits = re.search(r"\d+", "".join(printed.itertext())) if printed is not None else None
        digits = digits or re.search(r"\d+", element.get("nr") or element.get("number") or "")
        last = self.notes[-1].number if self.notes else 0
        number = int(digits[0]) if digits else last + 1
        if not last < number <= 9999:
            self.unplaced.append(
                f"the note {number} follows note {last}; it is note {last + 1} here"
            )
            number = last + 1
        piece = _Piece([], [], [])
        piece.pieces.append(element.text or "")
        for child in element:
            if child is not printed:
                inner: list[Any] = []
                piece.pieces.append(" ")
                self.read(child, piece, inner)
                for part in inner:
                    piece.pieces += [" ", " ".join("".join(part.itertext()).split())]
            piece.pieces.append(child.tail or "")
        text, _ = single_with_places("".join(piece.pieces))
        if not text:
            return None
        self.notes.append(Note(number=number, text=text, page=1))
        return number


def _has_text(element: Any) -> bool:
    """Whether text stands directly in an element, and not only in its children."""
    return bool((element.text or "").strip()) or any((c.tail or "").strip() for c in element)


def _item_number(element: Any) -> tuple[str, list[Any]]:
    """The printed number or bullet of a list's item, and what else stands in it."""
    number, rest = "", []
    for child in element:
        if _name(child) in ("li.nr", "nr", "lbl") and not number:
            number = " ".join("".join(child.itertext()).split())
        elif _name(child):
            rest.append(child)
    return number, rest


def _citation(root: Any) -> str | None:
    """The paper's own citation, of its dossier and number."""

    def text(*names: str) -> str:
        found = next((e for e in root.iter() if _name(e) in names), None)
        return " ".join("".join(found.itertext()).split()) if found is not None else ""

    dossier, number = text("dossiernr"), text("ondernummer")
    match = re.search(r"\d+", number)
    return f"{dossier}, nr. {match[0]}" if dossier and match else None
