"""The user's own folders, where the platform wants them."""

from __future__ import annotations

from pathlib import Path

_NAME = "natoagenda"


def data() -> Path:
    """The user's library, where new letters go."""
    import platformdirs

    return platformdirs.user_data_path(_NAME, appauthor=False)


def cache() -> Path:
    """Where disposable files go."""
    import platformdirs

    return platformdirs.user_cache_path(_NAME, appauthor=False)
