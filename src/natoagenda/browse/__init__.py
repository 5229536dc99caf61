"""The full-screen explorer: look around in agendas without knowing what to ask.

`run` opens it on a terminal and returns when it is left. What can be looked at is decided in
`places`, what stands on the right in `contents`, both without Textual, which only the screens
(`app`, `screens`, `timeline`) know. Long questions are answered in a thread of their own (`desk`).
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Sequence

from natoagenda.errors import DependencyError
from natoagenda.library import Agendas, Library, Tell
from natoagenda.output import Lang


def run(
    found: Library,
    chosen: Agendas,
    load: Callable[[Tell], tuple[Library, Agendas]],
    *,
    lang: Lang = "nl",
    notes: Sequence[str] = (),
) -> None:
    """Open the explorer, and come back when it is left.

    Args:
        found: the library.
        chosen: the agendas to look around in, at least one; the latest is shown first.
        load: loads both once more, for the thread that searches.
        lang: the language of texts.
        notes: sentences to show at the beginning.

    Raises:
        DependencyError: where Textual is not installed.
    """
    try:
        import textual  # noqa: F401
    except ImportError as error:
        raise DependencyError(
            "browse needs Textual; install it with: "
            f"{sys.executable} -m pip install 'natoagenda[browse]'"
        ) from error
    from natoagenda.browse.app import Explorer

    # What is loaded by now stays; to look for garbage in it would hold up a key.
    gc.freeze()
    # The thread that searches gives way sooner than Python has it, so that no key waits for it.
    sys.setswitchinterval(0.001)
    Explorer(found, chosen, load, lang=lang, notes=notes).run_or_fail()
