"""Attacks look for what nobody thought of; a line that one passed is not tested by it."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def counts_for_no_line(no_cover: None, uncounted_children: None) -> None:
    """Keep attacks out of the coverage, which is of tests that say what a line shall do."""
