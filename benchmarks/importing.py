"""How long an import takes and how much memory, for one long letter in each format.

Run as `python -m benchmarks.importing`, with the test extra installed: the letter is put together
from the invented ones in `tests/letters` and printed as text, PDF, Word and XML.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.importing import letters
from tests.importing.letters import MARK, Gold, Part, Sentence


def long_letter(times: int) -> Gold:
    """All invented letters after each other, so many times, their notes numbered through."""
    notes: dict[int, str] = {}
    parts = []
    for turn in range(times):
        for gold in letters.every():
            for part in gold.parts:
                paragraphs = []
                for paragraph in part.paragraphs:
                    sentences = []
                    for sentence in paragraph:
                        text = sentence.marked
                        for old in MARK.findall(text):
                            notes[len(notes) + 1] = gold.notes[int(old)]
                            text = text.replace(f"[^{old}]", f"[+{len(notes)}]", 1)
                        sentences.append(Sentence(text.replace("[+", "[^"), sentence.role))
                    paragraphs.append(sentences)
                heading = f"{part.heading or 'Inleiding'} ({gold.name}, {turn + 1})"
                parts.append(Part(heading, "topic", paragraphs))
    first = letters.every()[0]
    return Gold("long", first.title, first.starts, first.ends, first.before, parts, notes)


def main() -> None:
    """Measure and print a Markdown table."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        gold = long_letter(2)
        pages = letters.as_pdf(gold, letters.PRESSES[0], folder / "letter.pdf").pages
        letters.as_word(gold, folder / "letter.docx")
        (folder / "letter.xml").write_bytes(letters.as_xml(gold))
        text = letters.as_text(gold, letters.LOOKS[0]).text
        (folder / "letter.txt").write_text(text, encoding="utf-8")
        print(f"A letter of {pages} pages, {len(text.split())} words and {len(gold.notes)} notes\n")
        print("| format | seconds | memory at most, MB |\n| --- | ---: | ---: |")
        for kind in ("pdf", "docx", "xml", "txt"):
            command = [sys.executable, "-m", "natoagenda", "import", str(folder / f"letter.{kind}"),
                       "-o", str(folder / "agenda.yaml"), "--force"]  # fmt: skip
            start = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True)
            seconds = time.perf_counter() - start
            peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
            print(f"| {kind} | {seconds:.1f} | {peak} |")


if __name__ == "__main__":
    main()
