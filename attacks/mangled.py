"""Letters of every format with bytes changed, read through the real libraries.

python -m attacks.mangled --cases 400
"""

from __future__ import annotations

import argparse
import io
import itertools
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.importing import letters

from attacks.loader import mutations
from natoagenda import dataset, dump
from natoagenda.errors import DataError
from natoagenda.importing import apart

FORMATS = ("text", "XML", "Word", "PDF")


def whole(kind: str) -> bytes:
    """A sound letter of a format."""
    gold = letters.every()[0]
    with tempfile.TemporaryDirectory() as made:
        path = Path(made) / "letter"
        if kind == "text":
            return letters.as_text(gold, letters.Print()).text.encode()
        if kind == "XML":
            return letters.as_xml(gold)
        if kind == "Word":
            letters.as_word(gold, path)
        else:
            letters.as_pdf(gold, letters.Press(), path)
        return path.read_bytes()


def mangled(kind: str, seed: int) -> Iterator[bytes]:
    """Endlessly many letters of a format with changed bytes; of Word also within its parts."""
    sound = whole(kind)
    if kind != "Word":
        yield from mutations(sound, seed)
        return
    with zipfile.ZipFile(io.BytesIO(sound)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    within = [mutations(parts[name], seed) for name in parts if name.endswith((".xml", ".rels"))]
    names = [name for name in parts if name.endswith((".xml", ".rels"))]
    for number, outside in enumerate(mutations(sound, seed)):
        if number % 4 == 0:
            yield outside
            continue
        # Most often the text itself.
        at = names.index("word/document.xml") if number % 4 < 3 else number // 4 % len(names)
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as changed:
            for name, content in {**parts, names[at]: next(within[at])}.items():
                changed.writestr(name, content)
        yield made.getvalue()


def check(path: Path) -> str:
    """Import a letter; say what came of it.

    What is made loads again; what is wrong is one sentence.
    """
    try:
        agenda, report = apart.make(path)
    except DataError as error:
        problem = error.problem
        sound = len(problem) < 300 and "\n" not in str(error)
        if not sound:
            raise ValueError(f"this is not one sentence: {error}") from error
        return problem if problem.startswith("reading this") else "one error"
    assert dataset.parse(dump.dump(agenda).encode(), str(path)) == agenda
    assert report.accounted == report.words or report.doubts
    return "an agenda"


def attack(kind: str, cases: int, seed: int) -> Counter[str]:
    """Import so many mangled letters of a format, and count what came of them."""
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as made:
        path = Path(made) / "letter"
        for data in itertools.islice(mangled(kind, seed), cases):
            path.write_bytes(data)
            try:
                counts[f"{kind}: {check(path)}"] += 1
            except Exception:
                kept = Path(tempfile.gettempdir()) / f"natoagenda-found-{kind}"
                kept.write_bytes(data)
                print(f"kept in {kept}")
                raise
    return counts


def main() -> None:
    """Attack each format, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--cases", type=int, default=400, help="of each format")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=FORMATS)
    asked = parser.parse_args()
    for kind in [asked.only] if asked.only else FORMATS:
        for what, number in sorted(attack(kind, asked.cases, asked.seed).items()):
            print(f"{number:6,}  {what}", flush=True)


if __name__ == "__main__":
    main()
