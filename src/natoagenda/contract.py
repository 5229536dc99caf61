"""What each command answers with: the type of its document, which is what is published.

The keys of JSON, the columns of CSV and the JSON Schema all follow from these types.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from natoagenda.errors import NotFoundError, shown
from natoagenda.rows import (
    AgendaRow,
    ComparedStance,
    Comparison,
    FootnoteRow,
    Passage,
    PromiseRow,
    ReferenceRow,
    SessionRow,
    StatementRow,
    Topic,
    TopicRow,
    Whole,
)

COMMANDS = (
    "schedule", "topics", "topic", "search", "stances", "expectations", "commitments", "show",
    "compare", "footnotes", "references", "cite", "agendas", "import", "export", "check",
)  # fmt: skip
"""The commands that answer with data."""


def answer_type(command: str) -> Any:
    """The type of a command's whole answer, such as `list[SessionRow]`.

    Raises:
        NotFoundError: where no command of that name answers with data.
    """
    known: dict[str, Any] = {
        "schedule": list[SessionRow],
        "topics": list[TopicRow],
        "topic": Topic,
        "stances": list[StatementRow],
        "expectations": list[StatementRow],
        "commitments": list[PromiseRow],
        "compare": list[Comparison],
        "show": Whole,
        "footnotes": list[FootnoteRow],
        "references": list[ReferenceRow],
        "agendas": list[AgendaRow],
        "export": list[Passage],
    }
    if command in known:
        return known[command]
    if command == "search":
        from natoagenda.search import Hit

        return list[Hit]
    if command == "cite":
        from natoagenda.citations import Citation

        return list[Citation]
    if command == "import":
        from natoagenda.importing.report import Report

        return list[Report]
    if command == "check":
        from natoagenda.proof import Proof

        return list[Proof]
    listed = ", ".join(COMMANDS)
    raise NotFoundError(f"no schema is called {shown(command)}; there are {listed}")


def row_type(command: str) -> type[msgspec.Struct]:
    """The type of one row; of a document that holds statements, that of these."""
    answer: Any = answer_type(command)
    if answer in (Topic, Whole):
        return StatementRow
    row: type[msgspec.Struct] = answer.__args__[0]
    return ComparedStance if row is Comparison else row


def rows(answer: Sequence[msgspec.Struct] | msgspec.Struct) -> Iterable[msgspec.Struct]:
    """The rows of an answer; of what holds statements, these in reading order."""
    if isinstance(answer, Topic):
        return answer.statements
    if isinstance(answer, Whole):
        return (
            statement
            for section in answer.sections
            for paragraph in section.paragraphs
            for statement in paragraph.statements
        )
    assert not isinstance(answer, msgspec.Struct)
    if answer and isinstance(answer[0], Comparison):
        compared: Any = answer
        return (row for each in compared for row in (*each.stances, *each.gone))
    return answer


def json_schema(command: str | None = None) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a command's answer; without one, of all by command.

    Raises:
        NotFoundError: where no command of that name answers with data.
    """
    names = COMMANDS if command is None else (command,)
    schemas, parts = msgspec.json.schema_components(
        [answer_type(name) for name in names], ref_template="#/$defs/{name}"
    )
    head: dict[str, Any] = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    if command is None:
        head |= {
            "title": "The answers of natoagenda, by command",
            "type": "object",
            "properties": dict(zip(names, schemas, strict=True)),
        }
    else:
        head |= {"title": f"The answer of natoagenda {command}", **schemas[0]}
    return {**head, "$defs": parts}
