"""Letters from strangers: an answer within limits; nothing is opened, reached or run."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from attacks import children, letters, mangled
from natoagenda.errors import DataError, DependencyError
from natoagenda.importing import apart
from natoagenda.visible import visible
from tests.conftest import ROOT
from tests.importing import letters as invented

BUSY = 2
"""Times longer than alone, beside other tests; `python -m attacks.letters` holds to the bound."""

SLOW = {  # what the limits end, of which a few are enough here; python -m attacks.letters has all
    name for name in letters.TEXTS if name not in ("spaces", "form feeds", "headings", "items")
    and len(letters.TEXTS[name]()) > 100_000
}  # fmt: skip
TRIED = [name for name in letters.LETTERS if name.removeprefix("text: ") not in SLOW]


@pytest.mark.parametrize("name", TRIED)
def test_a_hostile_letter_is_one_answer_within_its_limits(name: str, tmp_path: Path) -> None:
    path = tmp_path / "letter"
    path.write_bytes(letters.LETTERS[name]())
    ended = letters.attempt(path, tmp_path)
    assert ended.cpu < BUSY * letters.allowed(name)
    assert ended.megabytes < letters.MEGABYTES
    assert "a fault of the program" not in ended.err
    assert [sign for sign in ended.err if sign != "\n" and visible(sign) != sign] == []
    if ended.code == 0:
        assert ended.out.startswith(b"# ")
    else:
        assert ended.code == 3
        assert re.fullmatch(rf"natoagenda: {re.escape(str(path))}: .{{1,200}}\n", ended.err)
        assert ended.out == b""


STRACED = "trace=execve,execveat,open,openat,openat2,creat,socket,connect,bind,sendto,rename,unlink"
WATCH = """
import os, sys
log = os.open({log!r}, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
calls = {{
    "open": "open", "subprocess.Popen": "execve", "os.exec": "execve", "os.posix_spawn": "execve",
    "os.system": "execve", "socket.__new__": "socket", "socket.connect": "connect",
    "socket.bind": "bind", "socket.sendto": "sendto", "os.rename": "rename", "os.remove": "unlink",
}}
def watch(event, arguments):
    if event in calls:
        line = calls[event] + '("' + str(arguments[0]) + '")\\n'
        os.write(log, line.encode(errors="replace"))
sys.addaudithook(watch)
"""
"""Writes what Python opens, runs and reaches as strace writes it, by its audit events."""


@pytest.fixture(scope="module")
def traced(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """All letters that point elsewhere imported in one run; what it opened, ran and reached.

    Python tells what it does anywhere; strace, where it can run, tells what libraries in C do.
    """
    folder = tmp_path_factory.mktemp("traced")
    calls = folder / "calls"
    watch = WATCH.format(log=str(calls))
    kept = watch.replace("{", "{{").replace("}", "}}")  # the child's code is filled in again
    program = (
        f"{watch}\nfrom natoagenda.importing import apart\napart._CHILD = {kept!r} + apart._CHILD\n"
        "import runpy\nrunpy.run_module('natoagenda', run_name='__main__')"
    )
    command = [sys.executable, "-c", program, "import"]
    strace = shutil.which("strace")
    if strace and subprocess.run([strace, "-f", "true"], check=False).returncode == 0:
        command[:0] = [strace, "-f", "-s", "300", "-o", str(folder / "strace"), "-e", STRACED]
    names = [name for name in letters.LETTERS if re.search(
        "elsewhere|file|network|XInclude|style sheet|code|address|macro|lead out|outside|entit|XFA",
        name,
    )]  # fmt: skip
    assert len(names) >= 15
    paths = []
    for i, name in enumerate(names):
        paths.append(folder / f"letter-{i}")
        paths[-1].write_bytes(letters.LETTERS[name]())
    subprocess.run(
        [*command, *paths],
        env=children.environment(folder),
        capture_output=True,
        check=False,
        timeout=300,
    )
    logs = [log for log in (calls, folder / "strace") if log.exists()]
    return folder, [
        line for log in logs for line in log.read_text("utf-8", errors="replace").splitlines()
    ]


def test_no_letter_reaches_the_network(traced: tuple[Path, list[str]]) -> None:
    calls = [line for line in traced[1] if re.search(r"\b(socket|connect|bind|sendto)\(", line)]
    assert calls == []


def test_no_letter_runs_anything(traced: tuple[Path, list[str]]) -> None:
    python = os.path.realpath(sys.executable)
    run = [re.search(r'execve\("([^"]*)"', line) for line in traced[1] if "execve" in line]
    assert len(run) > 15
    assert {os.path.realpath(match[1]) for match in run if match} == {python}


def test_no_file_but_the_letters_is_opened(traced: tuple[Path, list[str]]) -> None:
    folder, calls = traced
    assert not [line for line in calls if letters.CANARY in line]
    own = [sys.prefix, sys.base_prefix, ROOT / "src", folder, "/lib", "/usr/lib", "/etc/ld.so",
           "/proc", "/dev/null", "/dev/urandom", "/usr/share/locale", "/usr/lib64", "/lib64",
           "/sys/devices/system/cpu", "/etc/localtime", Path(sys.executable).parent]  # fmt: skip
    # Folders of the system's fonts are listed when the library of PDF starts, before it has a
    # letter; the folder where the user stands, when Python does.
    opened = {
        match[1]
        for line in calls
        if (match := re.search(r'open(?:at|at2)?\([^"]*"([^"]*)"', line))
        if "ENOENT" not in line and "O_DIRECTORY" not in line
    }
    assert any(str(folder / "letter-3") == path for path in opened)
    beyond = [
        path for path in opened
        if path.startswith("/") and not path.startswith(tuple(map(str, own)))
    ]  # fmt: skip
    assert beyond == []


def test_from_when_a_letter_is_read_nothing_can_be_opened() -> None:
    """By Python, by a library in C, or on the network: the system refuses it, for good."""
    code = """
import os, socket, sys
from natoagenda.importing import apart
def tried(what, *arguments):
    try:
        what(*arguments)
    except OSError as error:
        return error.strerror
    return "done"
with apart._limits():
    print(tried(open, "/etc/hosts"), tried(socket.socket), tried(os.pipe), sep=", ")
print(tried(open, "/etc/hosts"))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == f"{', '.join(['Too many open files'] * 3)}\nToo many open files\n"


# -- the child -----------------------------------------------------------------------------


def test_every_kind_of_letter_is_read_as_it_is_in_the_same_process(tmp_path: Path) -> None:
    """Nothing that a reader imports late is missing once the child can open nothing."""
    from natoagenda import importing
    from natoagenda.importing import assemble

    gold = invented.every()[0]
    (tmp_path / "a.txt").write_text(invented.as_text(gold, invented.Print()).text, "utf-8")
    (tmp_path / "b.txt").write_bytes((tmp_path / "a.txt").read_text("utf-8").encode("utf-16"))
    (tmp_path / "c.txt").write_bytes((tmp_path / "a.txt").read_bytes() + b"\n\xe9\xe9n\n")
    invented.as_pdf(gold, invented.Press(), tmp_path / "a.pdf")
    invented.as_word(gold, tmp_path / "a.docx")
    (tmp_path / "a.xml").write_bytes(invented.as_xml(gold))
    (tmp_path / "b.xml").write_bytes(invented.as_xml(gold, old=True))
    for path in sorted(tmp_path.iterdir()):
        letter = importing.read(path)
        assert apart.read(path) == letter, path
        assert apart.make(path) == assemble.assemble(letter, str(path)), path


def failing(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Let the child run other code, after its request has come in."""
    read = "import os, sys, time, signal; sys.stdin.buffer.read()\n"
    monkeypatch.setattr(apart, "_CHILD", read + code.replace("{", "{{").replace("}", "}}"))


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("os.kill(os.getpid(), signal.SIGSEGV)", "reading this broke off"),
        ("os.abort()", "reading this broke off"),
        ("os.kill(os.getpid(), signal.SIGPROF)", "takes longer than a letter does"),
        ("os.write(1, b'\\0\\0\\1\\0half')", "reading this broke off"),
        ("os._exit(0)", "reading this broke off"),
        ("time.sleep(60)", "takes longer than a letter does"),
    ],
)
def test_a_child_that_breaks_down_is_one_error(
    code: str, problem: str, monkeypatch: pytest.MonkeyPatch, letter: Path
) -> None:
    failing(monkeypatch, code)
    monkeypatch.setattr(apart, "PATIENCE", 3.0)
    with pytest.raises(DataError, match=problem):
        apart.read(letter)


def test_a_child_that_does_not_listen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(apart, "_CHILD", "")
    path = tmp_path / "letter"
    path.write_bytes(b"a" * 10_000_000)
    with pytest.raises(DataError, match="reading this broke off"):
        apart.read(path)


def test_a_fault_in_the_child_is_a_fault(monkeypatch: pytest.MonkeyPatch, letter: Path) -> None:
    code = apart._CHILD + "\n"
    wrong = "from natoagenda import importing\nimporting.reader = None\napart.serve()\n"
    monkeypatch.setattr(apart, "_CHILD", code.replace("apart.serve()\n", wrong))
    with pytest.raises(RuntimeError, match=r"^TypeError: .* \(apart\.py:\d+\)$"):
        apart.read(letter)


def test_what_is_missing_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from natoagenda.errors import DependencyError

    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7\n")
    without = "import sys; sys.modules['pypdfium2'] = None\n"
    monkeypatch.setattr(apart, "_CHILD", without + apart._CHILD)
    with pytest.raises(DependencyError, match=r"a\.pdf: reading it needs pypdfium2"):
        apart.read(path)


def test_a_child_goes_with_its_parent(tmp_path: Path) -> None:
    """Nobody is left who works on for a program that was killed."""
    path = tmp_path / "letter"
    path.write_bytes(letters.TEXTS["spaces"]())
    program = subprocess.Popen(
        [*children.PROGRAM, "import", path, "-o", "-"], env=children.environment(tmp_path),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    listing = Path(f"/proc/{program.pid}/task/{program.pid}/children")
    begun: list[str] = []
    for _ in range(3000):
        begun = listing.read_text().split()
        if begun or program.poll() is not None:
            break
        time.sleep(0.01)
    program.kill()
    program.wait()
    assert len(begun) == 1
    for _ in range(300):
        if not Path(f"/proc/{begun[0]}/cmdline").exists():
            return
        time.sleep(0.1)
    raise AssertionError("the child works on")


@pytest.mark.parametrize("missing", ["resource"])
def test_a_system_without_limits_reads_letters_too(
    missing: str, monkeypatch: pytest.MonkeyPatch, letter: Path
) -> None:
    without = f"import sys; sys.modules['{missing}'] = None\n"
    monkeypatch.setattr(apart, "_CHILD", without + apart._CHILD)
    assert len(apart.read(letter).notes) == 5


# -- mangled -------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", mangled.FORMATS)
def test_a_mangled_letter_is_an_agenda_or_one_error(kind: str) -> None:
    counts = mangled.attack(kind, cases=12, seed=3)
    assert sum(counts.values()) == 12
    assert {what.partition(": ")[2] for what in counts} <= {"an agenda", "one error"}


def test_a_child_that_cannot_be_started_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, letter: Path
) -> None:
    monkeypatch.setattr(sys, "executable", str(letter))
    with pytest.raises(DependencyError, match="cannot be started: Permission denied"):
        apart.read(letter)
