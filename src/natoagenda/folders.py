"""The user's own folders, where the platform wants them."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_NAME = "natoagenda"


def data() -> Path:
    """The user's library, where new letters go."""
    return _on_linux("XDG_DATA_HOME", ".local/share") or _elsewhere("user_data_path")


def cache() -> Path:
    """Where disposable files go."""
    return _on_linux("XDG_CACHE_HOME", ".cache") or _elsewhere("user_cache_path")


def _on_linux(variable: str, usual: str) -> Path | None:
    """What platformdirs says in the plain cases, without the time that importing it takes."""
    if sys.platform != "linux" or "ANDROID_ROOT" in os.environ:
        return None
    named = os.environ.get(variable, "")
    home = os.environ.get("HOME", "")
    folder = os.path.join(home, usual) if home and not named else named
    return Path(folder, _NAME) if os.path.isabs(folder) else None


def _elsewhere(function: str) -> Path:
    import platformdirs

    found: Path = getattr(platformdirs, function)(_NAME, appauthor=False)
    return found
