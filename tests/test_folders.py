"""Where the user's own folders are: what platformdirs says, known sooner in the plain cases."""

from __future__ import annotations

import sys

import platformdirs
import pytest

from natoagenda import folders


@pytest.mark.parametrize("home", ["/home/anna", "/", "", "elders", None])
@pytest.mark.parametrize("named", ["/srv/anna", "", " ", "elders", "/srv/anna/../x", None])
def test_they_are_those_of_platformdirs(
    home: str | None, named: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable, value in (
        ("HOME", home), ("XDG_DATA_HOME", named), ("XDG_CACHE_HOME", named),
    ):  # fmt: skip
        if value is None:
            monkeypatch.delenv(variable, raising=False)
        else:
            monkeypatch.setenv(variable, value)
    assert folders.data() == platformdirs.user_data_path("natoagenda", appauthor=False)
    assert folders.cache() == platformdirs.user_cache_path("natoagenda", appauthor=False)


def test_the_plain_cases_ask_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setitem(sys.modules, "platformdirs", None)
    monkeypatch.setenv("HOME", "/home/anna")
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", "/srv/cache")
    assert str(folders.data()) == "/home/anna/.local/share/natoagenda"
    assert str(folders.cache()) == "/srv/cache/natoagenda"
