"""Draw the pictures of the terminal in the docs, from the program itself.

`docs/topic.svg` is what a command prints, `docs/browse.svg` a screen of the explorer.

python -m tools.picture
"""

from __future__ import annotations

import asyncio
import io
import os
import re
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import SVG_EXPORT_THEME
from rich.text import Text

DOCS = Path(__file__).parents[1] / "docs"
COMMAND = ["topic", "ukraine"]
WIDTH = 100
SCREEN = (100, 30)
KEYS = ["down"] * 6 + ["right"]
"""What is pressed before the screen is drawn: the third topic, and its first stance."""


def save(svg: str, name: str) -> None:
    """Save a picture without what would be fetched from elsewhere."""
    # Rich's template fetches a font from elsewhere; the reader's own monospace font will do.
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    svg = svg.replace("Fira Code, monospace", "ui-monospace, Menlo, Consolas, monospace")
    (DOCS / name).write_text(svg, encoding="utf-8")


def topic() -> str:
    """Run a command with colours and draw what it prints."""
    program = Path(sys.executable).with_name("natoagenda")
    environment = {**os.environ, "COLUMNS": str(WIDTH)}
    printed = subprocess.run(
        [program, "--color", "always", *COMMAND], capture_output=True, env=environment, check=True
    ).stdout.decode("utf-8")
    console = Console(
        width=WIDTH,
        record=True,
        file=io.StringIO(),
        force_terminal=True,
        color_system="standard",
        highlight=False,
    )
    console.print(Text.from_ansi(printed.rstrip("\n")))
    return console.export_svg(
        title=f"natoagenda {' '.join(COMMAND)}", theme=SVG_EXPORT_THEME, unique_id="natoagenda"
    )


def browse() -> str:
    """Open the explorer on the built-in letter, press some keys, and draw the screen."""
    from natoagenda import library
    from natoagenda.browse.app import Explorer

    paths = (library.builtin_path(),)

    def load(_tell: library.Tell) -> tuple[library.Library, library.Agendas]:
        found = library.load(paths)
        return found, found.agendas

    async def run() -> str:
        explorer = Explorer(*load(lambda _done, _whole: None), load)
        async with explorer.run_test(size=SCREEN) as pilot:
            await pilot.pause(0.5)
            for key in KEYS:
                await pilot.press(key)
                await pilot.pause(0.2)
            return explorer.export_screenshot(title="natoagenda browse")

    return asyncio.run(run())


if __name__ == "__main__":
    save(topic(), "topic.svg")
    save(browse(), "browse.svg")
