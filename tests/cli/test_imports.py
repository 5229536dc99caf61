"""What the program imports: little at start, and in one direction only."""

from __future__ import annotations

import ast
import importlib.util
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.program import PATIENCE, PROGRAM, Done, environment, run
from tests.conftest import ROOT

SLOW = {"rich", "yaml", "Stemmer", "textual", "icalendar", "pypdfium2", "docx", "lxml"}
SOURCE = ROOT / "src" / "natoagenda"
UNMEASURED = {"COVERAGE_PROCESS_START": None, "COVERAGE_PROCESS_CONFIG": None}
"""The measuring of coverage imports SQLite, too."""


def imported(done: Done) -> set[str]:
    """The top-level packages that a run under `-X importtime` imported."""
    return {name.split(".")[0] for name in modules(done)}


def modules(done: Done) -> set[str]:
    return set(re.findall(r"(?m)^import time: +\d+ \| +\d+ \| +(\S+)$", done.err))


@pytest.fixture(scope="module", autouse=True)
def warm_cache() -> None:
    assert run("search", "dassen").code == 0


def traced(*arguments: str) -> Done:
    """Run and tell every import on stderr."""
    program = (sys.executable, "-X", "importtime", *PROGRAM[1:])
    done = run(*arguments, program=program, env=UNMEASURED)
    assert done.code == 0
    assert "natoagenda" in imported(done)
    return done


def test_this_test_sees_slow_imports() -> None:
    done = run("schedule", program=(sys.executable, "-X", "importtime", *PROGRAM[1:]),
               env=UNMEASURED)  # fmt: skip
    assert "rich" in imported(done)
    plain = run(program=(sys.executable, "-X", "importtime", "-c", "pass"), env=UNMEASURED)
    assert imported(plain) & SLOW == set()


@pytest.mark.parametrize(
    "words",
    [
        "--version", "--help", "schedule --help", "schedule --json", "topics --json",
        "topic oekraïne --json", "stances --json", "expectations --json", "commitments --json",
        "footnotes --json", "footnotes 2 --json", "references --json", "show --json",
        "cite --json 'Kamerstuk 28676, nr. 462'", "schedule --day 10 --json",
    ],
)  # fmt: skip
def test_look_ups_in_json_import_nothing_slow(words: str) -> None:
    assert imported(traced(*shlex.split(words))) & SLOW == set()


@pytest.mark.parametrize("words", ["--version", "--help", "schema", "cite 'Kamerstuk 28676, 1'"])
def test_what_asks_no_agenda_does_without_the_cache(words: str) -> None:
    assert "sqlite3" not in imported(traced(*shlex.split(words)))


def test_a_search_in_json_imports_neither_rich_nor_yaml() -> None:
    assert imported(traced("search", "dassen", "--json")) & {"rich", "yaml", "textual"} == set()


@pytest.mark.parametrize(
    "words", ["schedule", "topics", "topic oekraïne", "stances", "footnotes", "references", "show"]
)
def test_tables_import_rich_and_nothing_else_that_is_slow(words: str) -> None:
    assert imported(traced(*words.split())) & SLOW == {"rich"}


def test_msgspec_does_without_what_it_only_uses_where_it_is_there() -> None:
    assert importlib.util.find_spec("typing_extensions"), "mypy brings it"
    assert "typing_extensions" in loaded_by("import msgspec")
    answered = "from natoagenda.cli.main import main; main(['topics', '--format', 'jsonl'])"
    assert "typing_extensions" not in loaded_by(answered)
    late = "from natoagenda.cli.main import main; import typing_extensions; main(['--version'])"
    assert "typing_extensions" in loaded_by(late)


def test_the_version_loads_no_command_and_no_data() -> None:
    loaded = modules(traced("--version"))
    assert "natoagenda.cli.commands" not in loaded
    assert "natoagenda.library" not in loaded
    assert "pydantic" not in {name.split(".")[0] for name in loaded}


@pytest.mark.parametrize("line", ["natoagenda topic ", "natoagenda sch", "natoagenda footnotes "])
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_imports_nothing_slow(shell: str, line: str) -> None:
    done = run(
        program=(sys.executable, "-X", "importtime", *PROGRAM[1:]),
        env={
            **UNMEASURED,
            "_NATOAGENDA_COMPLETE": f"complete_{shell}",
            "COMP_WORDS": line,
            "COMP_CWORD": str(line.count(" ")),
            "_TYPER_COMPLETE_ARGS": line,
            "_TYPER_COMPLETE_FISH_ACTION": "get-args",
        },
    )
    assert done.stdout
    assert imported(done) & SLOW == set()


def core() -> list[str]:
    """The modules that answer and know nothing of terminals."""
    names = []
    for path in sorted(SOURCE.rglob("*.py")):
        parts = path.relative_to(SOURCE.parent).with_suffix("").parts
        if parts[1:2] not in (("cli",), ("output",), ("browse",), ("__main__",)):
            names.append(".".join(part for part in parts if part != "__init__"))
    return names


def test_the_core_is_what_the_design_says() -> None:
    names = set(core())
    assert {f"natoagenda.{name}" for name in (
        "model", "dataset", "citations", "text", "search", "library", "answers", "proof",
        "importing.plaintext",
    )} <= names  # fmt: skip


def loaded_by(code: str) -> set[str]:
    """The modules that are loaded after some code ran in a fresh Python."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(*sys.modules)"],
        capture_output=True,
        env=environment(**UNMEASURED),
        timeout=PATIENCE,
        check=True,
    )
    return set(done.stdout.decode().split())


def test_core_modules_import_neither_typer_nor_rich_nor_anything_slow() -> None:
    loaded = loaded_by("\n".join(f"import {name}" for name in core()))
    assert set(core()) <= loaded
    top = {name.split(".")[0] for name in loaded}
    assert top & {"typer", "click", "sqlite3", "platformdirs", *SLOW} == set()
    assert not {name for name in loaded if name.startswith(("natoagenda.cli", "tests"))}


@pytest.mark.parametrize("name", core())
def test_each_core_module_can_be_imported_alone(name: str) -> None:
    imported_by = imports(SOURCE.parent / Path(*name.split(".")))
    assert not {each for each in imported_by if each.split(".")[0] in ("typer", "rich")}


# -- by reading the source -----------------------------------------------------------------


def imports(module: Path) -> set[str]:
    """All modules that a source file imports, anywhere in it."""
    file = module / "__init__.py" if module.is_dir() else module.with_suffix(".py")
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file} has a relative import"
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module or ""}
    return found


def sources() -> Iterator[Path]:
    for file in sorted(SOURCE.rglob("*.py")):
        yield file.parent if file.name == "__init__.py" else file.with_suffix("")


def test_nothing_but_cli_imports_cli() -> None:
    guilty = {
        module.relative_to(SOURCE)
        for module in sources()
        if any(name.startswith("natoagenda.cli") for name in imports(module))
    }
    assert guilty - {Path("__main__")} != set(), "the test sees no import at all"
    assert {path for path in guilty if path.parts[0] != "cli"} == {Path("__main__")}


def test_only_browse_knows_textual_and_only_cli_opens_it() -> None:
    opening = {
        module.relative_to(SOURCE)
        for module in sources()
        if any(name.startswith("natoagenda.browse") for name in imports(module))
    }
    assert {path for path in opening if path.parts[0] != "browse"} == {Path("cli/looking")}
    knowing = {
        module.relative_to(SOURCE).parts[0]
        for module in sources()
        if any(name.split(".")[0] == "textual" for name in imports(module))
    }
    assert knowing == {"browse"}


@pytest.mark.parametrize("name", ["", ".places", ".desk"])
def test_what_browse_decides_is_decided_without_a_screen(name: str) -> None:
    loaded = loaded_by(f"import natoagenda.browse{name}")
    assert {each.split(".")[0] for each in loaded} & {"textual", "rich", "yaml", "sqlite3"} == set()


def test_the_model_imports_nothing_of_ours() -> None:
    assert not {name for name in imports(SOURCE / "model") if name.startswith("natoagenda")}


def test_data_flow_one_way() -> None:
    """What comes later in this list may import what comes before, never the other way."""
    order = ["model", "rows", "answers", "output", "browse", "cli"]
    for place, name in enumerate(order):
        for module in sources():
            if module.relative_to(SOURCE).parts[:1] == (name,):
                later = {f"natoagenda.{other}" for other in order[place + 1 :]}
                assert not {
                    each for each in imports(module) if ".".join(each.split(".")[:2]) in later
                }, module


def test_the_core_never_prints_and_never_exits() -> None:
    for module in sources():
        if module.relative_to(SOURCE).parts[:1] in (("cli",), ("__main__",)):
            continue
        file = module / "__init__.py" if module.is_dir() else module.with_suffix(".py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                assert ast.unparse(node.func) not in ("print", "exit", "quit", "sys.exit"), file
            if isinstance(node, ast.Attribute):
                assert ast.unparse(node) not in ("sys.stdout", "sys.stderr"), file
