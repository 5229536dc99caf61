"""What the program is made of: ranges with reasons, pins with hashes, an audit that says its word.

Nothing here asks a network: the pins are compared with the ranges, and pip-audit is not run.
"""

from __future__ import annotations

import json
import re
import tomllib
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from tools import audit, constraints

from tests.conftest import ROOT

TEXT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
PROJECT = tomllib.loads(TEXT)
EXTRAS: dict[str, list[str]] = PROJECT["project"]["optional-dependencies"]
OWN: list[str] = PROJECT["project"]["dependencies"]
BACKEND: list[str] = PROJECT["build-system"]["requires"]
ALL = [*BACKEND, *OWN, *(each for extra in EXTRAS.values() for each in extra)]

BY_YEAR = {"packaging", "twine"}
"""Their large numbers say nothing about what they change."""

ENTRY = re.compile(
    r"^(?P<name>[a-z0-9-]+)==(?P<version>[0-9a-z.]+)(?: ; (?P<marker>[^\\\n]+))? \\\n"
    r"(?P<hashes>(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)",
    re.MULTILINE,
)


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def pinned(name: str) -> dict[str, set[str]]:
    """The versions of each package in a file: more than one where markers choose."""
    found: dict[str, set[str]] = {}
    for entry in ENTRY.finditer(text(name)):
        found.setdefault(entry["name"], set()).add(entry["version"])
    return found


@pytest.mark.parametrize("dependency", ALL)
def test_a_dependency_is_held_by_a_range_and_has_its_reason_above_it(dependency: str) -> None:
    signs = {each.operator for each in Requirement(dependency).specifier}
    assert signs >= ({">="} if Requirement(dependency).name in BY_YEAR else {">=", "<"})
    lines = TEXT.splitlines()
    places = [at for at, line in enumerate(lines) if f'"{dependency}"' in line]
    assert places
    for at in places:
        assert re.fullmatch(r" *# .{20,}", lines[at - 1]), f"no reason above {dependency}"


@pytest.mark.parametrize("name", constraints.FILES)
def test_a_file_pins_what_its_extras_ask_for_within_their_ranges(name: str) -> None:
    _, extras = constraints.FILES[name]
    pins = pinned(name)
    for each in [*OWN, *(each for extra in extras for each in EXTRAS[extra])]:
        asked = Requirement(each)
        versions = pins[canonicalize_name(asked.name)]
        assert all(version in asked.specifier for version in versions), f"remake: {each}"


def test_every_extra_and_the_build_backend_are_in_a_file() -> None:
    assert {extra for _, extras in constraints.FILES.values() for extra in extras} == set(EXTRAS)
    assert set(BACKEND) <= set(EXTRAS["release"])
    assert {file.name for file in ROOT.glob("constraints*.txt")} == set(constraints.FILES)


@pytest.mark.parametrize("name", constraints.FILES)
def test_a_file_holds_pins_with_hashes_and_comments_and_nothing_else(name: str) -> None:
    assert len(pinned(name)) > 15
    rest = ENTRY.sub("", text(name))
    assert [line for line in rest.splitlines() if line and not line.lstrip().startswith("# ")] == [
        "#" for line in rest.splitlines() if line == "#"
    ]
    assert not re.search(r"://|\bindex-url|\.(org|com|net|io)\b", text(name))
    assert f"-r {name}\n" in text(name)


def test_no_two_files_differ_in_a_version() -> None:
    files = [pinned(name) for name in constraints.FILES]
    for first in files:
        for second in files:
            for package in first.keys() & second.keys():
                assert first[package] == second[package], package


# -- the audit -----------------------------------------------------------------------------


def report(*dependencies: dict[str, Any]) -> str:
    """What pip-audit writes."""
    return json.dumps({"dependencies": dependencies, "fixes": []})


SOUND = {"name": "rich", "version": "15.0.0", "vulns": []}
UNKNOWN = {"name": "lxml", "skip_reason": "Dependency not found and could not be audited"}
WEAK = {
    "name": "jinja2",
    "version": "2.10",
    "vulns": [{"id": "PYSEC-2019-217", "fix_versions": ["2.10.1"], "aliases": []}],
}


def test_a_known_weakness_fails_whatever_else_is_said() -> None:
    code, words = audit.verdict(report(SOUND, UNKNOWN, WEAK), "Found 1 known vulnerability")
    assert code == 1
    assert words.endswith("\njinja2 2.10: PYSEC-2019-217, mended in 2.10.1")


def test_what_an_advisory_service_does_not_know_is_not_called_sound() -> None:
    code, words = audit.verdict(report(UNKNOWN, UNKNOWN), "No known vulnerabilities found")
    assert (code, words.partition(":")[0]) == (0, "skipped")
    code, words = audit.verdict(report(SOUND, UNKNOWN), "No known vulnerabilities found")
    assert (code, words) == (0, "passed: no weakness known in 1 packages; not known there: lxml")


@pytest.mark.parametrize(
    "last",
    [
        "requests.exceptions.ConnectionError: HTTPSConnectionPool(...): Max retries exceeded",
        "requests.exceptions.ReadTimeout: HTTPSConnectionPool(...): Read timed out.",
        "ERROR:pip_audit._cli:Tip: your network may be blocking this service. Try another",
        "pip_audit._service.interface.ServiceError",
    ],
)
def test_a_service_out_of_reach_is_skipped_with_a_word(last: str) -> None:
    assert audit.verdict("", f"Traceback\n  ...\n{last}\n") == (
        0,
        "skipped: no advisory service can be reached",
    )


@pytest.mark.parametrize("said", ["", "No module named pip_audit", "ERROR: invalid requirements"])
def test_an_audit_that_does_not_run_fails(said: str) -> None:
    code, words = audit.verdict("", said)
    assert code == 1
    assert words.startswith("failed: ")
