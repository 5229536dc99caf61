"""Write the tables in the docs that the program itself decides: its keys, codes and variables.

python -m tools.tables
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec import inspect

from natoagenda import contract
from natoagenda.browse.screens import KEYS
from natoagenda.cli.main import MEANINGS
from natoagenda.cli.options import ENVIRONMENT

DOCS = Path(__file__).parents[1] / "docs"
PAGES = ("json.md", "scripts.md", "guide/browse.md")


def table(*rows: Iterable[str]) -> str:
    """A Markdown table; the first row is its head."""
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], re.sub("[^|]+", " --- ", lines[0]), *lines[1:]])


def rows_in(kind: inspect.Type) -> Iterator[Any]:
    """The row types that a type holds."""
    if isinstance(kind, inspect.StructType):
        yield kind.cls
    for inner in ("item_type", "types"):
        found = getattr(kind, inner, ())
        for each in found if isinstance(found, tuple) else (found,):
            yield from rows_in(each)


def keys() -> str:
    """Which document each command gives, and the keys of every type of row."""
    commands, types = [], {}
    for command in contract.COMMANDS:
        answer = contract.answer_type(command)
        [row] = rows_in(inspect.type_info(answer))
        commands.append(
            [f"`{command}`", "object" if answer is row else "array of", f"`{row.__name__}`"]
        )
        todo = [row]
        while todo:
            each = todo.pop(0)
            if each not in types:
                fields = msgspec.structs.fields(each)
                types[each] = " ".join(field.name for field in fields)
                todo += [
                    kind for field in fields for kind in rows_in(inspect.type_info(field.type))
                ]
    return "\n\n".join(
        [
            table(["command", "document", "of"], *commands),
            table(["row", "keys"], *([f"`{t.__name__}`", f"`{k}`"] for t, k in types.items())),
        ]
    )


def written() -> dict[str, str]:
    """Each table by the name of its place."""
    codes = ([str(int(code)), meaning] for code, meaning in MEANINGS.items())
    variables = (
        [", ".join(f"`{name}`" for name in names.split(", ")), meaning]
        for names, meaning in ENVIRONMENT.items()
    )
    return {
        "keys": keys(),
        "exit codes": table(["exit code", "when"], *codes),
        "pressed": table(["press", "to"], *KEYS),
        "environment": table(["variable", "does"], *variables),
    }


def page(text: str) -> str:
    """A page with its tables as the program now decides them."""
    for name, lines in written().items():
        place = re.compile(rf"(<!-- {name} -->\n).*?(\n<!-- end -->)", re.DOTALL)
        text = place.sub(lambda found, lines=lines: found[1] + lines + found[2], text)  # type: ignore[misc]
    return text


def main() -> None:
    """Rewrite the pages."""
    for name in PAGES:
        file = DOCS / name
        file.write_text(page(file.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
