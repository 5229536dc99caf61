"""A letter that has taken over the process that reads it: what it can do, and what is believed.

The process is the real one, with its real limits; only what reads the letter is replaced. DEEDS
are done where a letter is read and must all fail, and leave the disk and other processes as they
were. LIES are answers: none is written outside the library, taken for a review or shown as more
than one sentence.

    python -m attacks.prison
"""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from attacks import children
from attacks.deeds import DEEDS, KIT
from natoagenda.errors import DataError
from natoagenda.importing import apart

MEGABYTES = 200.0
SECONDS = 6.0

_TRIED = (
    KIT
    + """
globals().update({names!r})
codes = [compile(deed, "deed", "exec") for deed in {deeds!r}.values()]
def tried():
    for code in codes:
        try:
            exec(code, globals())
            yield "done"
        except Exception as error:
            yield f"{{type(error).__name__}}: {{error}}"
"""
)

_AFTER = "\nfrom natoagenda import importing\nfrom natoagenda.importing import assemble, source\n"


def hostile(deeds: Mapping[str, str], names: Mapping[str, object]) -> str:
    """A child's code in which deeds take the place of reading the letter, told as its blocks."""
    code = f"""{_AFTER}{_TRIED.format(names=dict(names), deeds=dict(deeds))}
def read(progress):
    blocks = tuple(source.Block(text=said) for said in tried())
    return source.Letter(blocks=blocks, notes=(), pages=1)
importing.reader = lambda data, name: read
apart.serve()
"""
    return apart._CHILD.replace("apart.serve()\n", _braced(code))


def state(folder: Path) -> list[object]:
    """All that a deed could change in a folder."""
    found: list[object] = []
    for path in sorted([folder, *folder.rglob("*")]):
        about = path.lstat()
        content = path.read_bytes() if stat.S_ISREG(about.st_mode) else b""
        found.append((path.name, about.st_mode, about.st_uid, about.st_nlink, content,
                      about.st_mtime_ns, os.listxattr(path)))  # fmt: skip
    return found


def done(
    deeds: Mapping[str, str], folder: Path, alone: Sequence[str] | None = None
) -> dict[str, str]:
    """Try deeds, one after the other in one process.

    Args:
        deeds: code, by name.
        folder: an empty one.
        alone: what confines the process, of `limits`, `landlock` and `seccomp`; all if None, and
            then it is the process that reads letters.

    Returns:
        What came of each, `done` where it succeeded; of `the end` where the process ended, of
        `the disk` and `others` where these are not as they were.
    """
    kept = folder / "kept"
    kept.write_text("kept")
    (folder / "empty").mkdir()
    letter = folder.parent / f"{folder.name}.letter"
    letter.write_text("a letter")
    victim = subprocess.Popen([sys.executable, "-I", "-S", "-c", "import time; time.sleep(60)"])
    before, real = state(folder), apart._CHILD
    names = {"kept": str(kept), "folder": str(folder), "victim": victim.pid}
    found: dict[str, str] = {}
    try:
        apart._CHILD = hostile(deeds, names)
        said = apart.read(letter).blocks if alone is None else ()
        told = [block.text for block in said] if alone is None else _alone(deeds, names, alone)
        found = dict(zip(deeds, told, strict=False))
    except DataError as error:
        found["the end"] = str(error)
    finally:
        apart._CHILD = real
        letter.unlink()
        ended = victim.poll() is not None
        victim.kill()
        victim.wait()
    if state(folder) != before:
        found["the disk"] = "done"
    if ended:
        found["others"] = "done"
    return found


def _alone(
    deeds: Mapping[str, str], names: Mapping[str, object], parts: Sequence[str]
) -> list[str]:
    """Try deeds in a process that a part of what confines letters confines."""
    code = f"""
import sys
from natoagenda.importing import confinement
{_TRIED.format(names=dict(names), deeds=dict(deeds))}
confinement.begin(None)
limits = confinement.wanted(10.0, 170 * 2**20)
holds = [confinement.give_up_privileges()]
if "landlock" in {parts!r}:
    holds.append(confinement.shut_files() > 0)
if "limits" in {parts!r}:
    confinement.limit(limits)
if "seccomp" in {parts!r}:
    holds.append(confinement.filter_calls())
print(holds)
for said in tried():
    print(said.replace("\\n", " "), flush=True)
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    return ran.stdout.splitlines()[1:]


def confined() -> bool:
    """Whether this system has all that confines a letter; tests of it need that."""
    code = "from natoagenda.importing import confinement as c; print(len(c.confine(9, 2**28)))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    return ran.stdout == "3\n"


# -- lies ----------------------------------------------------------------------------------

_LIED = """
make = assemble.assemble
def lied(*given, **more):
    import msgspec
    agenda, report = make(*given, **more)
    change = msgspec.structs.replace
    {lie}
    return agenda, report
assemble.assemble = lied
import msgspec
apart.serve()
"""
_SPOKEN = """
# in place of assemble: the answer itself is changed
from natoagenda.importing import wire
real = apart._made
def spoken(*given):
    import msgspec
    said = real(*given)
    return msgspec.structs.replace(said, {lie})
apart._made = spoken
import msgspec
apart.serve()
"""
_RAW = """
import os, sys
sys.stdin.buffer.read()
def frame(body): return len(body).to_bytes(4, "big") + body
{lie}
"""
_READY = "os.write(1, frame(b'\\x81\\xa4type\\xa5Ready'))\n"

LIES: dict[str, str] = (
    {
        name: _LIED.format(lie=lie)
        for name, lie in {
            "an id that climbs": "agenda = change(agenda, id='../../climbed')",
            "an id from the root": "agenda = change(agenda, id='/tmp/natoagenda-climbed')",
            "an id with NUL": "agenda = change(agenda, id='a\\0b')",
            "an id of a device": "agenda = change(agenda, id='con')",
            "an id of another agenda": "agenda = change(agenda, id='washington')",
            "an id that is long": "agenda = change(agenda, id='a' * 4000)",
            "reviewed": "agenda = change(agenda, reviewed=True)",
            "a text that was changed": "agenda = change(agenda, title='Iets anders')",
            "a title that steers": "agenda = change(agenda, title='\\x1b]0;x\\x07')",
            "a title of lines": "agenda = change(agenda, title='a\\nreviewed: true')",
            "a number of pages without end": (
                "agenda = change(agenda, document=change(agenda.document, pages=10**18))"
            ),
            "no section": "agenda = change(agenda, sections=())",
            "words below none": "report = change(report, words=-1)",
            "more words than there are": "report = change(report, accounted=10**9)",
            "counts that are not so": "report = change(report, statements=10**9, agenda='../x')",
            "a path": "report = change(report, path='/etc/passwd')",
            "a million doubts": "report = change(report, doubts=('x',) * 10**6)",
            "a doubt that steers": "report = change(report, doubts=('\\x1b[2J',))",
            "halves of characters": "report = change(report, doubts=('\\ud800',))",
            "something else": "agenda = 'an agenda'",
            "nothing": "return None",
            "an error of lines": "raise ValueError('a\\nb\\x1b[2J' * 10_000)",
            "an error of the file": (
                "from natoagenda.errors import DataError; "
                "raise DataError('x', 'a\\nb\\x1b[2J' * 10_000)"
            ),
            "what to install": (
                "from natoagenda.errors import DependencyError; "
                "raise DependencyError('pip install evil')"
            ),
        }.items()
    }
    | {
        name: _SPOKEN.format(lie=lie)
        for name, lie in {
            "a file whose id climbs": "text=said.text.replace('id: was', 'id: ../../climbed')",
            "a file with a tag": "text='!!python/object/apply:os.system [\"true\"]'",
            "a file of anchors": "text='a: &a [1]\\n' + '- *a\\n' * 500_000",
            "a file that is deep": "text='- ' * 10**6",
            "a file of another year": "text=said.text.replace('starts: 2024', 'starts: 2023')",
            "a doubt of 4 MB": "doubts=('x' * 4 * 10**6,)",
            "a quarter million doubts": "doubts=('x',) * 250_000",
            "a line left out that turns": "left_out=('\\u202e\\x1b[31m',)",
        }.items()
    }
    | {
        name: _RAW.format(lie=lie)
        for name, lie in {
            "a length of four bytes ff": "os.write(1, b'\\xff' * 4); os.write(1, b'x' * 9)",
            "a length of ff, filled": (
                "os.write(1, b'\\xff' * 4)\nwhile True: os.write(1, b'x' * 2**16)"
            ),
            "junk": "os.write(1, b'junk and more junk')",
            "a frame of junk": "os.write(1, frame(b'junk'))",
            "a frame of nothing": "os.write(1, frame(b''))",
            "frames of nothing without end": "while True: os.write(1, frame(b''))",
            "a frame of another kind": "os.write(1, frame(b'\\x81\\xa4type\\xa3Odd'))",
            "a frame that is deep": "os.write(1, frame(b'\\x91' * 10**6 + b'\\xc0'))",
            "a frame with a text that is none": (
                "os.write(1, frame(b'\\x81\\xa4type\\xa4\\xff\\xfe\\xff\\xfe'))"
            ),
            "ready twice": _READY * 2 + "import time; time.sleep(60)",
            "ready, and gone": _READY,
            "pages without end": _READY + "while True: os.write(1, frame("
            "b'\\x83\\xa4type\\xa4Page\\xa4done\\x01\\xa5whole\\x01'))",
            "pages below none": _READY + "os.write(1, frame("
            "b'\\x83\\xa4type\\xa4Page\\xa4done\\xff\\xa5whole\\x01'))",
            "more pages than there are": _READY + "os.write(1, frame("
            "b'\\x83\\xa4type\\xa4Page\\xa4done\\x02\\xa5whole\\x01'))",
            "what to install, when reading": _READY + "os.write(1, frame("
            "b'\\x83\\xa4type\\xa6Failed\\xa4kind\\xaadependency\\xa7problem\\xa8get evil'))",
        }.items()
    }
)
"""Code of the child that answers what no honest one does."""


def lie(code: str, folder: Path, letter: Path) -> children.Ended:
    """Import a letter through a child that lies."""
    if "assemble" in code:
        child = apart._CHILD.replace("apart.serve()\n", _AFTER + _braced(code))
    else:
        child = _braced(code)
    program = (
        f"from natoagenda.importing import apart\napart._CHILD = {child!r}\n"
        "import runpy\nrunpy.run_module('natoagenda', run_name='__main__')"
    )
    return children.run(["import", letter], folder, program=[sys.executable, "-c", program])


def _braced(code: str) -> str:
    return code.replace("{", "{{").replace("}", "}}")


def believed(ended: children.Ended, folder: Path) -> str:
    """What is wrong with what came of a lie; empty where nothing is."""
    wrong = []
    lines = ended.err.splitlines()
    if ended.code == 3 and (len(lines) != 1 or len(lines[0]) > 600):
        wrong.append("not one sentence")
    if ended.code == 70 and not (len(lines) == 1 and len(lines[0]) < 500):
        wrong.append("a long fault")
    if ended.code not in (0, 3, 70) or "evil" in ended.err:
        wrong.append(f"exit code {ended.code}")
    if any(ord(sign) < 32 and sign != "\n" for sign in ended.err):
        wrong.append("steers the terminal")
    if ended.megabytes > MEGABYTES or ended.cpu > SECONDS:
        wrong.append(children.measured(ended))
    for path in folder.rglob("*"):
        if not path.is_file() or path.name == "letter" or folder / "cache" in path.parents:
            continue
        text = path.read_text("utf-8", errors="replace")
        if path.parent != folder / "data" / "natoagenda":
            wrong.append(f"wrote {path}")
        if "reviewed: true\n" in text or "statements: 1000000000" in text:
            wrong.append(f"believed: {path}")
        if path.name != "washington-2024.yaml":
            wrong.append(f"named by the child: {path}")
    return ", ".join(wrong)


FAULTS = {"something else", "nothing", "an error of lines", "halves of characters",
          "a number of pages without end"}  # fmt: skip
"""Lies that are our reader's own exceptions, which are faults of the program."""


def main() -> None:
    """Try all, and print what is wrong."""
    failed = 0
    letter = Path(__file__).parents[1] / "tests" / "fixtures" / "washington-2024.txt"
    with tempfile.TemporaryDirectory() as made:
        for i, (name, deed) in enumerate(DEEDS.items()):
            folder = Path(made) / f"deed-{i}"
            folder.mkdir()
            came = done({name: deed}, folder)
            failed += "done" in came.values()
            mark = "!" if "done" in came.values() else " "
            print(f"{mark} {name}: {'; '.join(came.values())}"[:150], flush=True)
        for i, (name, code) in enumerate(LIES.items()):
            folder = Path(made) / f"lie-{i}"
            folder.mkdir()
            ended = lie(code, folder, letter)
            what = believed(ended, folder)
            if ended.code == 70 and name not in FAULTS:
                what = f"a fault, {what}"
            failed += bool(what)
            first = ended.err.splitlines()[:1]
            print(f"{'!' if what else ' '} {name}: {what or ended.code} {first}"[:200], flush=True)
    print(f"{failed} of {len(DEEDS) + len(LIES)} failed")
    raise SystemExit(failed > 0)


if __name__ == "__main__":
    main()
