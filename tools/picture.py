"""Draw `docs/topic.svg`, the README's picture of the terminal, from the program's own output.

python -m tools.picture
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import SVG_EXPORT_THEME
from rich.text import Text

COMMAND = ["topic", "ukraine"]
WIDTH = 100


def main() -> None:
    """Run the command with colours and save what it prints as a picture."""
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
    svg = console.export_svg(
        title=f"natoagenda {' '.join(COMMAND)}", theme=SVG_EXPORT_THEME, unique_id="natoagenda"
    )
    # Rich's template fetches a font from elsewhere; the reader's own monospace font will do.
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    svg = svg.replace("Fira Code, monospace", "ui-monospace, Menlo, Consolas, monospace")
    (Path(__file__).parents[1] / "docs" / "topic.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
