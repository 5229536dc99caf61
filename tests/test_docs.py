"""The README and the docs say what the program does: every command in them is run.

A `console` block holds commands after `$ ` and below each what it prints, on stdout and
stderr together; a line of three dots stands for lines left out.
"""

from __future__ import annotations

import html
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tools import manpage, tables

from natoagenda.cli.main import MEANINGS, ExitCode
from natoagenda.cli.options import ENVIRONMENT
from tests.conftest import ROOT

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)


def examples() -> Iterator[tuple[str, str, str]]:
    """Yield page, command and expected output of every example."""
    for page in PAGES:
        for block in BLOCK.findall(page.read_text(encoding="utf-8")):
            for example in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
                command, _, output = example.partition("\n")
                yield page.name, command, output


def run(command: str, folder: Path) -> str:
    """Run a shell line as a reader would, in a pipe, with the program of this environment."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "PATH": path, "XDG_DATA_HOME": str(folder)},
        cwd=folder,
        check=False,
    )
    return done.stdout.decode("utf-8")


@pytest.mark.usefixtures("uncounted_children")
@pytest.mark.parametrize(
    ("page", "command", "expected"), [pytest.param(*e, id=f"{e[0]}: {e[1]}") for e in examples()]
)
def test_an_example_prints_what_the_page_shows(
    page: str, command: str, expected: str, tmp_path: Path
) -> None:
    (tmp_path / "letter.txt").write_bytes(
        (ROOT / "tests" / "fixtures" / "washington-2024.txt").read_bytes()
    )
    shutil.copytree(ROOT / "tests" / "library", tmp_path / "letters")
    printed = run(command, tmp_path)
    pattern = ".*?".join(map(re.escape, re.split(r"(?m)^\.\.\.\n", expected)))
    assert re.fullmatch(pattern, printed, re.DOTALL), printed


def test_there_are_examples_in_the_readme_and_the_guide() -> None:
    pages = {page for page, _, _ in examples()}
    assert pages >= {page.name for page in (ROOT / "docs" / "guide").glob("*.md")}
    assert len([page for page, _, _ in examples() if page == "README.md"]) >= 5


def test_every_command_is_in_the_guide() -> None:
    from natoagenda.cli.app import COMMANDS

    shown = {command.split()[1] for page, command, _ in examples() if page != "README.md"}
    assert set(COMMANDS) <= shown


def test_the_manual_is_the_program_s() -> None:
    assert manpage.PAGE.read_text(encoding="utf-8") == manpage.page(), "run tools/manpage.py"


def test_the_tables_are_the_program_s() -> None:
    for name in tables.PAGES:
        text = (ROOT / "docs" / name).read_text(encoding="utf-8")
        assert text == tables.page(text), "run tools/tables.py"
        assert re.search(r"<!-- (keys|exit codes|pressed) -->\n\|", text)
    assert set(MEANINGS) == set(ExitCode)


def test_every_variable_that_the_program_reads_is_in_the_manual() -> None:
    read = set()
    for file in (ROOT / "src" / "natoagenda").rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        read |= set(re.findall(r"""(?:environ(?:\.get\(|\[)|envvar=)"([A-Z_]+)""", text))
    named = {name for names in ENVIRONMENT for name in names.split(", ")}
    assert read - {"LESS"} == named - {"XDG_DATA_HOME", "XDG_CACHE_HOME"}  # for platformdirs


def test_the_readme_names_the_commands_that_ci_runs() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for mark in ("install and run", "install and test"):
        assert re.search(rf"<!-- {mark} -->\n```bash\n\S.*?```", readme, re.DOTALL)


def test_the_picture_shows_what_the_program_prints() -> None:
    picture = (ROOT / "docs" / "topic.svg").read_text(encoding="utf-8")
    words = html.unescape(" ".join(re.findall(r"<text[^>]*>([^<]*)</text>", picture)))
    printed = run("natoagenda topic ukraine", ROOT)
    assert "".join(printed.split()) in "".join(words.split())


def test_links_lead_somewhere() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
            assert target.startswith("https://") or (page.parent / target).exists(), target
