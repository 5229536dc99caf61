"""Letters that are made to take long, to take much memory, to reach out, or to run code.

Each is tried with `natoagenda import FILE -o -`: two seconds of the processor and 200 MB are what
an answer may take, ten seconds where a text is twice as long as the longest letter and otherwise
like one. What letters point at must not be opened (`tests/attacks/test_letters.py`).

    python -m attacks.letters
"""

from __future__ import annotations

import io
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from attacks import children

SECONDS = 2.0
LONG_SECONDS = 10.0
MEGABYTES = 200.0

TITLE = "Geannoteerde agenda NAVO-top van 9 tot 11 juli 2024"
FULL = 295_000
CANARY = "/tmp/natoagenda-canary"
"""What hostile letters point at; no such file need be there to see that nobody looks for it."""

Made = Callable[[], bytes]


def _text(body: str) -> bytes:
    return f"{TITLE}\n\nInleiding\n\n{body}".encode()


TEXTS: dict[str, Made] = {
    "32 MB of one letter": lambda: b"a" * (32 * 2**20),
    "33 MB": lambda: b"a" * (33 * 2**20),
    "one line without spaces": lambda: _text("a" * FULL),
    "line breaks": lambda: _text("\n" * FULL + "b"),
    "form feeds": lambda: _text("\fa" * (FULL // 2)),
    "spaces": lambda: _text(" " * FULL + "b"),
    "lines that go in ever deeper": lambda: _text("\n".join(" " * i + "x" for i in range(900))),
    "titles": lambda: f"{TITLE}\n".encode() * (FULL // 55),
    "headings": lambda: _text("Kop\n\n" * (FULL // 5)),
    "marks of notes": lambda: _text("woord1 " * (FULL // 7)),
    "marks and notes": lambda: _text("woord12 zin.\n12 Noot\n" * (FULL // 22)),
    "numbers": lambda: _text("1 " * (FULL // 2)),
    "days": lambda: _text("9, 10, 11, 12-13 juli en " * (FULL // 25)),
    "citations without end": lambda: _text("Kamerstuk 28 676, nrs. 1, 2, 3 en " * (FULL // 34)),
    "half citations": lambda: _text("Kamerstuk 28 " * (FULL // 13)),
    "brackets": lambda: _text("(" * FULL),
    "quotes": lambda: _text("“" * (FULL // 3)),
    "full stops": lambda: _text("." * FULL),
    "sentences of one letter": lambda: _text("A. " * (FULL // 3)),
    "a sentence of ministers": lambda: _text("de minister van Defensie en " * (FULL // 28)),
    "a sentence without end": lambda: _text("woord, " * (FULL // 7)),
    "notes of one long sentence": lambda: _text(
        "woord "
        + " ".join(f"en veel woorden meer tot noot{i}" for i in range(1, 900))
        + ".\n\n"
        + "\n".join(f"{i} Noot {i}" for i in range(1, 900))
    ),
    "hyphens at line ends": lambda: _text("NAVO-\n" * (FULL // 6)),
    "items": lambda: _text("- punt;\n" * (FULL // 8)),
    "outline numbers": lambda: _text("1.1.1.1.1.1.1. a\n" * (FULL // 17)),
    "combining signs": lambda: _text("e" + "\u0301" * (FULL // 2)),
    "signs that fold long": lambda: _text("\ufdfa" * (FULL // 3)),
    "NUL": lambda: _text("\0" * 100),
    "a few NUL": lambda: _text("woord " * 2000 + "\0"),
    "UTF-16": lambda: _text("zin " * 100).decode().encode("utf-16"),
    "half of UTF-16": lambda: b"\xff\xfe" + _text("zin") + b"x",
    "lines that end in CR": lambda: _text("Een zin.\nNog een zin.\n" * 20).replace(b"\n", b"\r"),
    "lone surrogates": lambda: _text("") + b"\xed\xa0\x80\xed\xb0\x80",
    "escapes of a terminal": lambda: _text("\x1b]0;titel\x07\x1b[31mrood.\n"),
}

_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'


def _official(body: str, head: str = "") -> bytes:
    root = f"<officiele-publicatie><al>{TITLE}</al>{body}</officiele-publicatie>"
    return (_XML + head + root).encode()


def _laughs() -> bytes:
    lines = ['<!ENTITY a0 "lol">']
    lines += [f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 11)]
    return _official("<al>&a10;</al>", f"<!DOCTYPE x [{''.join(lines)}]>\n")


XMLS: dict[str, Made] = {
    "billion laughs": _laughs,
    "quadratic entities": lambda: _official(
        f"<al>{'&a;' * 50_000}</al>", f'<!DOCTYPE x [<!ENTITY a "{"b" * 50_000}">]>\n'
    ),
    "an entity that is a file": lambda: _official(
        "<al>&a;</al>", f'<!DOCTYPE x [<!ENTITY a SYSTEM "file://{CANARY}">]>\n'
    ),
    "an entity in UTF-16": lambda: (
        _official("<al>&a;</al>", f'<!DOCTYPE x [<!ENTITY a SYSTEM "file://{CANARY}">]>\n')
        .decode()
        .replace("UTF-8", "UTF-16")
        .encode("utf-16")
    ),
    "a parameter entity": lambda: _official(
        "", f'<!DOCTYPE x [<!ENTITY % a SYSTEM "file://{CANARY}"> %a;]>\n'
    ),
    "a DTD from a file": lambda: _official("", f'<!DOCTYPE x SYSTEM "file://{CANARY}">\n'),
    "a DTD from the network": lambda: _official(
        "<al>&eacute;</al>", '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">\n'
    ),
    "XInclude": lambda: _official(
        '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" parse="text" '
        f'href="file://{CANARY}"/>'
    ),
    "a style sheet": lambda: _official("", f'<?xml-stylesheet href="file://{CANARY}"?>\n'),
    "20,000 levels": lambda: _official("<al>" * 20_000 + "</al>" * 20_000),
    "240 levels": lambda: _official("<al>" * 240 + "a" + "</al>" * 240),
    "30 MB of elements": lambda: _official("<a/>" * (30 * 2**18)),
    "30 MB of paragraphs": lambda: _official("<al>a</al>" * (3 * 2**20)),
    "30 MB of text": lambda: _official(f"<al>{'a ' * (15 * 2**20)}</al>"),
    "an attribute of 9 MB": lambda: _official(f'<al doc="{"a" * (9 * 2**20)}">a</al>'),
    "attributes": lambda: _official(
        "<al" + "".join(map(' a{}=""'.format, range(200_000))) + ">a</al>"
    ),
    "100,000 notes": lambda: _official("<al>a<noot><al>b</al></noot></al>" * 100_000),
    "notes in notes": lambda: _official("<al>a<noot>" * 100 + "b" + "</noot></al>" * 100),
    "comments": lambda: (_XML + "<!--" * 100_000).encode(),
    "named letters": lambda: _official("<al>" + "&nosuchname;" * 40_000 + "</al>"),
    "UTF-7": lambda: b'<?xml version="1.0" encoding="UTF-7"?>\n<kamerwrk>+ADw-al+AD4-</kamerwrk>',
    "an unknown encoding": lambda: b'<?xml version="1.0" encoding="x-no"?>\n<kamerwrk/>',
    "not closed": lambda: _official("<al>")[:-30],
}

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    _XML + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships'
    '+xml"/><Default Extension="xml" ContentType="application/xml"/><Override '
    'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>'
    "</Types>"
)
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _relations(*each: tuple[str, str, str]) -> str:
    inner = "".join(
        f'<Relationship Id="r{i}" Type="{_OFFICE}/{kind}" Target="{target}"{mode}/>'
        for i, (kind, target, mode) in enumerate(each)
    )
    return f'{_XML}<Relationships xmlns="{_RELATIONS}">{inner}</Relationships>'


def _paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def word(
    body: str = "", head: str = "", parts: dict[str, str | bytes] | None = None,
    relations: tuple[tuple[str, str, str], ...] = (),
) -> bytes:  # fmt: skip
    """A Word file with a title and a body of WordprocessingML."""
    document = f'{_XML}{head}<w:document xmlns:w="{_W}"><w:body>{_paragraph(TITLE)}'
    document += f"{body}</w:body></w:document>"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", _TYPES)
        file.writestr("_rels/.rels", _relations(("officeDocument", "word/document.xml", "")))
        file.writestr("word/document.xml", document)
        if relations:
            file.writestr("word/_rels/document.xml.rels", _relations(*relations))
        for name, content in (parts or {}).items():
            file.writestr(name, content)
    return packed.getvalue()


def _lying() -> bytes:
    """A part whose size in the directory of the archive is smaller than it is."""
    made = word(_paragraph("a " * 2_000_000))
    size = len(_XML) + 10
    place = made.rindex(b"PK\x01\x02", 0, made.rindex(b"word/document.xml"))
    return made[: place + 24] + size.to_bytes(4, "little") + made[place + 28 :]


WORDS: dict[str, Made] = {
    "a zip bomb beside the text": lambda: word(parts={"word/media/a.png": bytes(250 * 2**20)}),
    "a zip bomb as the text": lambda: word(f"<!--{' ' * (200 * 2**20)}-->"),
    "more than 256 MB": lambda: word(parts={"a": bytes(200 * 2**20), "b": bytes(100 * 2**20)}),
    "a part that lies on its size": _lying,
    "billion laughs": lambda: word(
        _paragraph("&a10;"), _laughs().decode().partition("\n")[2].partition("<off")[0]
    ),
    "an entity that is a file": lambda: word(
        _paragraph("&a;"), f'<!DOCTYPE x [<!ENTITY a SYSTEM "file://{CANARY}">]>'
    ),
    "a template elsewhere": lambda: word(
        relations=(("attachedTemplate", f"file://{CANARY}", ' TargetMode="External"'),)
    ),
    "a picture elsewhere": lambda: word(
        relations=(("image", "http://127.0.0.1:9/a.png", ' TargetMode="External"'),)
    ),
    "footnotes elsewhere": lambda: word(
        relations=(("footnotes", f"file://{CANARY}", ' TargetMode="External"'),)
    ),
    "a part outside": lambda: word(relations=(("footnotes", f"../../..{CANARY}", ""),)),
    "names that lead out": lambda: word(parts={f"../../../..{CANARY}": "x", CANARY: "x"}),
    "a macro": lambda: word(
        relations=(("vbaProject", "vbaProject.bin", ""),), parts={"word/vbaProject.bin": b"x" * 99}
    ),
    "a link to itself": lambda: word(relations=(("footnotes", "document.xml", ""),)),
    "200 levels of tables": lambda: word(
        "<w:tbl><w:tr><w:tc>" * 60 + _paragraph("a") + "</w:tc></w:tr></w:tbl>" * 60
    ),
    "20,000 levels": lambda: word("<w:sdt>" * 20_000 + "</w:sdt>" * 20_000),
    "a million runs": lambda: word(f"<w:p>{'<w:r><w:t>a</w:t></w:r>' * 1_000_000}</w:p>"),
    "300,000 paragraphs": lambda: word(_paragraph("a") * 300_000),
    "page breaks": lambda: word(f"<w:p>{'<w:r><w:lastRenderedPageBreak/></w:r>' * 50_000}</w:p>"),
    "boxes in boxes": lambda: word(
        "<w:p><w:r><w:pict><w:txbxContent>" * 50 + "</w:txbxContent></w:pict></w:r></w:p>" * 50
    ),
    "a sign that is no number": lambda: word('<w:p><w:r><w:sym w:char="zz"/></w:r></w:p>'),
    "a sign that is half a sign": lambda: word('<w:p><w:r><w:sym w:char="D800"/></w:r></w:p>'),
    "a sign that does not exist": lambda: word('<w:p><w:r><w:sym w:char="FFFFFFF"/></w:r></w:p>'),
    "a style of itself": lambda: word(
        '<w:p><w:pPr><w:pStyle w:val="A"/></w:pPr><w:r><w:t>b</w:t></w:r></w:p>',
        relations=(("styles", "styles.xml", ""),),
        parts={
            "word/styles.xml": f'<w:styles xmlns:w="{_W}"><w:style w:type="paragraph" '
            'w:styleId="A"><w:name w:val="a"/><w:basedOn w:val="A"/></w:style></w:styles>'
        },
    ),
    "60,000 parts": lambda: word(parts={f"word/{i}.xml": "" for i in range(60_000)}),
    "no document": lambda: word().replace(b"word/document.xml", b"word/documenx.xml"),
    "cut in half": lambda: (made := word(_paragraph("a " * 999)))[: len(made) // 2],
    "an empty archive": lambda: b"PK\x05\x06" + bytes(18),
}


def pdf(objects: dict[int, bytes], *, root: int = 1, tail: bytes = b"") -> bytes:
    """A PDF of numbered objects."""
    made = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, content in objects.items():
        places[number] = len(made)
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start, size = len(made), max(objects) + 1
    made += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        made += b"%010d 00000 %s \n" % (places.get(number, 0), b"n" if number in places else b"f")
    made += b"trailer\n<< /Size %d /Root %d 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        size, root, tail, start,
    )  # fmt: skip
    return bytes(made)


def _stream(content: bytes, more: bytes = b"", *, packed: bool = True) -> bytes:
    if packed:
        content, more = zlib.compress(content, 9), more + b" /Filter /FlateDecode"
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), more, content)


_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
_SHOWN = b"BT /F1 11 Tf 60 780 Td (%s) Tj ET\n" % TITLE.encode()


def page(content: bytes, *, catalog: bytes = b"", extra: dict[int, bytes] | None = None) -> bytes:
    """A PDF of one page; objects from 6 are the caller's."""
    return pdf({
        1: b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources "
           b"<< /Font << /F1 5 0 R >> /XObject << /X6 6 0 R /X7 7 0 R >> >> >>",
        4: content,
        5: _FONT,
        **(extra or {}),
    })  # fmt: skip


def _form(content: bytes, inner: bytes = b"") -> bytes:
    return _stream(content, b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources "
                            b"<< /Font << /F1 5 0 R >> /XObject << %s >> >>" % inner)  # fmt: skip


def _forms(depth: int, each: int) -> dict[int, bytes]:
    """Forms that draw the next one several times."""
    found = {}
    for number in range(6, 6 + depth):
        draws = b"/X Do " * each if number < 5 + depth else b"BT /F1 9 Tf 60 700 Td (aa) Tj ET"
        found[number] = _form(draws, b"/X %d 0 R" % (number + 1))
    return found


def _many_pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % number for number in range(10, 10 + count))
    pages = dict.fromkeys(
        range(10, 10 + count),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources "
        b"<< /Font << /F1 5 0 R >> >> >>",
    )
    return pdf({
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count),
        4: _stream(_SHOWN),
        5: _FONT,
        **pages,
    })  # fmt: skip


PDFS: dict[str, Made] = {
    "a stream of 256 MB": lambda: page(_stream(b" " * 2**28)),
    "a stream in a stream": lambda: page(
        _stream(
            zlib.compress(zlib.compress(bytes(2**28), 9)),
            b"/Filter [/FlateDecode /FlateDecode]",
            packed=False,
        )
    ),
    "a page of 3 million signs": lambda: page(
        _stream(_SHOWN + b"BT /F1 9 Tf 60 700 Td (%s) Tj ET\n" % (b"ab " * 10) * 100_000)
    ),
    "a line of a million signs": lambda: page(
        _stream(_SHOWN + b"BT /F1 9 Tf 60 700 Td (" + b"ab " * 300_000 + b") Tj ET")
    ),
    "signs on one spot": lambda: page(
        _stream(_SHOWN + b"BT /F1 9 Tf " + b"1 0 0 1 60 700 Tm (a) Tj " * 60_000 + b"ET")
    ),
    "a form that draws itself": lambda: page(
        _stream(_SHOWN + b"/X6 Do"), extra={6: _form(b"/X6 Do", b"/X6 6 0 R")}
    ),
    "forms that draw forms": lambda: page(_stream(_SHOWN + b"/X6 Do"), extra=_forms(24, 10)),
    "a page tree that is a ring": lambda: pdf({
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R 2 0 R] /Count 9999999 >>",
        3: b"<< /Type /Pages /Kids [2 0 R] /Parent 2 0 R /Count 999999 >>",
    }),
    "a page count that lies": lambda: page(_stream(_SHOWN)).replace(
        b"/Count 1", b"/Count 999999999"
    ),
    "20,000 pages": lambda: _many_pages(20_000),
    "10,000 levels of arrays": lambda: page(_stream(b"[" * 10_000 + b"]" * 10_000 + b" TJ")),
    "arrays in the catalog": lambda: page(
        _stream(_SHOWN), catalog=b"/Names %s%s" % (b"[" * 100_000, b"]" * 100_000)
    ),
    "a reference to itself": lambda: page(_stream(_SHOWN), catalog=b"/Names 6 0 R",
                                          extra={6: b"6 0 R"}),
    "a stream in a file": lambda: page(
        b"<< /Length 0 /F (%s) /FFilter /FlateDecode >>\nstream\n\nendstream" % CANARY.encode()
    ),
    "code that runs when it is opened": lambda: page(
        _stream(_SHOWN),
        catalog=b"/OpenAction << /S /Launch /F (%s) >> /AA << /WC << /S /JavaScript /JS (app.alert"
                b"\\(1\\)) >> >>" % CANARY.encode(),
    ),
    "an address that is visited": lambda: page(
        _stream(_SHOWN), catalog=b"/OpenAction << /S /URI /URI (http://127.0.0.1:9/) >>"
    ),
    "a form of XFA": lambda: page(
        _stream(_SHOWN), catalog=b"/AcroForm << /XFA 6 0 R >>",
        extra={6: _stream(_laughs())},
    ),
    "a picture of 60,000 by 60,000": lambda: page(
        _stream(_SHOWN + b"/X6 Do"),
        extra={6: _stream(bytes(999), b"/Type /XObject /Subtype /Image /Width 60000 /Height 60000 "
                                      b"/ColorSpace /DeviceGray /BitsPerComponent 8")},
    ),
    "signs of no size": lambda: page(_stream(b"BT /F1 0 Tf 60 700 Td (aaa) Tj ET")),
    "signs of endless size": lambda: page(
        _stream(b"BT /F1 1e30 Tf 1e38 1e38 Td (aaa) Tj 9 Tf (bb) Tj ET")
    ),
    "a page of endless size": lambda: page(_stream(_SHOWN)).replace(b"595 842", b"1e9 1e9"),
    "encrypted": lambda: pdf(
        {1: b"<< /Type /Catalog >>"}, tail=b"/Encrypt << /Filter /Standard /V 1 /R 2 /O (a) /U (b) "
                                           b"/P -4 >>"),
    "an xref that is a ring": lambda: page(_stream(_SHOWN)).replace(
        b"trailer\n<<", b"trailer\n<< /Prev 9 "
    ),
    "cut in half": lambda: (made := page(_stream(_SHOWN)))[: len(made) // 2],
    "only a head": lambda: b"%PDF-1.7\n",
    "32 MB of a head": lambda: b"%PDF-1.7\n" + b"1 0 obj\n" * (4 * 2**20 - 9),
}  # fmt: skip

LETTERS: dict[str, Made] = {
    f"{kind}: {name}": made
    for kind, all_made in (("text", TEXTS), ("XML", XMLS), ("Word", WORDS), ("PDF", PDFS))
    for name, made in all_made.items()
}


def allowed(name: str) -> float:
    """Seconds of the processor that a letter of this collection may take."""
    return LONG_SECONDS if name.startswith("text:") else SECONDS


def attempt(path: Path, home: Path) -> children.Ended:
    """Import a letter, to stdout."""
    return children.run(["import", path, "-o", "-"], home)


def main() -> None:
    """Try them all, and print what each took."""
    failed = 0
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        path = folder / "letter"
        for name, make in LETTERS.items():
            path.write_bytes(make())
            ended = attempt(path, folder)
            bad = (
                ended.cpu > allowed(name) or ended.megabytes > MEGABYTES or ended.code not in (0, 3)
            )
            failed += bad
            mark = "!" if bad else " "
            print(f"{mark} {name:42} {children.measured(ended)}", flush=True)
    print(f"{failed} of {len(LETTERS)} failed")
    raise SystemExit(failed > 0)


if __name__ == "__main__":
    main()
