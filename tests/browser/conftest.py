"""These tests need a browser: NATOAGENDA_BROWSER names a Chromium, as `.ci/run` does."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

BROWSER = os.environ.get("NATOAGENDA_BROWSER")
collect_ignore = [] if BROWSER else ["test_page.py"]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=BROWSER,
            args=["--no-sandbox", "--disable-quic", "--disable-background-networking"],
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The built-in letter's page as a file."""
    from natoagenda import dataset, library
    from natoagenda.output.html import page

    file: Path = tmp_path_factory.mktemp("page") / "top.html"
    file.write_text(page(dataset.load(library.builtin_path())), "utf-8")
    return file.as_uri()
