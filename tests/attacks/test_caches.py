"""Caches that another hand made or that are damaged; `python -m attacks.caches` has many."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from attacks import cached, caches, children
from natoagenda import cache

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links, modes and owners as on Unix")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> cached.Home:
    made = cached.Home(tmp_path_factory.mktemp("home"), many=1)
    made.questions, made.right = made.questions[1::3], made.right[1::3]
    return made


@pytest.fixture(autouse=True)
def not_given_up() -> Iterator[None]:
    yield
    cache._given_up = False


@pytest.mark.parametrize("name", cached.ATTACKS)
def test_another_hand_costs_time_only(home: cached.Home, name: str) -> None:
    assert cached.tried(home, name) is None


def test_a_damaged_page_costs_time_only(home: cached.Home) -> None:
    number, broken = caches.damaged(home, most=24, seed=7)
    assert (number, broken) == (24, [])


def test_a_warm_look_up_writes_to_no_file_of_the_cache(home: cached.Home, tmp_path: Path) -> None:
    home.reset()
    trace = shutil.which("strace")
    if trace is None:
        pytest.skip("strace is not installed")
    report = tmp_path / "report"
    program = (trace, "-f", "-o", str(report), "-e",
               "trace=openat,open,creat,unlink,unlinkat,rename,renameat,mkdir,chmod,fchmod",
               *children.PROGRAM)  # fmt: skip
    question: list[str | Path] = ["--data", home.letters, "search", "bondgenoten", "--json"]
    ended = children.run(question, home.top, program=program)
    if "ptrace" in ended.err:
        pytest.skip("nothing can be traced here")
    assert ended.code == 0, ended.err
    calls = [line for line in report.read_text().splitlines() if str(home.folder) in line]
    opened = [line for line in calls if cache.NAME in line]
    assert opened, "the cache was read"
    assert not [line for line in calls if "O_RDONLY" not in line], calls


def test_a_run_in_the_long_form_says_what_came_of_it(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "attacks.caches", "--damages", "2", "--only", "view_beside"],
        capture_output=True, check=True, encoding="utf-8",
        env=children.environment(tmp_path),
    )  # fmt: skip
    assert ended.stdout.splitlines()[0] == "1 of 1 attacks did no harm"
