"""What all tests share: the built-in agenda, its file, its letter, and a cache of their own."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from natoagenda import cache, dataset, library
from natoagenda.model import Agenda

SCRATCH = Path(tempfile.mkdtemp(prefix="natoagenda-"))
"""A folder for what tests write whose arguments are known before any test runs."""
ROOT = Path(__file__).parents[1]
LETTER = ROOT / "tests" / "fixtures" / "washington-2024.txt"

# The same commit gives the same verdict: property tests draw the same examples on each run.
# NATOAGENDA_EXPLORE=1 draws new ones, to look for what nobody has thought of.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("explore", deadline=None, max_examples=1000)
settings.load_profile("explore" if os.environ.get("NATOAGENDA_EXPLORE") else "same")


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep the user's cache and settings out of the tests, for child processes too."""
    folder = tmp_path_factory.mktemp("cache")
    kept = dict(os.environ)
    for name in [name for name in os.environ if name.startswith("NATOAGENDA_")]:
        del os.environ[name]
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "PAGER"):
        os.environ.pop(name, None)
    os.environ["XDG_CACHE_HOME"] = str(folder)
    os.environ["XDG_DATA_HOME"] = str(tmp_path_factory.mktemp("data"))
    yield folder
    shutil.rmtree(SCRATCH, ignore_errors=True)
    os.environ.clear()
    os.environ.update(kept)


@pytest.fixture(autouse=True)
def empty_library(own_cache: Path) -> Iterator[None]:
    """Let no test leave a letter in the library that all others answer from, or no cache."""
    yield
    cache._given_up = False
    left = list(Path(os.environ["XDG_DATA_HOME"]).rglob("*.yaml"))
    for path in left:
        path.unlink()
    assert left == []


@pytest.fixture
def uncounted_children(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start child processes without coverage, which doubles what each takes.

    For tests that start many to run lines which other tests hold to what they shall do.
    """
    monkeypatch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)


@pytest.fixture(scope="session")
def washington_file() -> Path:
    return library.builtin_path()


@pytest.fixture(scope="session")
def washington(washington_file: Path) -> Agenda:
    return dataset.load(washington_file)


@pytest.fixture(scope="session")
def letter() -> Path:
    return LETTER
