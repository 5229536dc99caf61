"""YAML without its traps: mappings, lists and text, and the place of each.

Every scalar stays text (`no`, `21:30` and `0x1F` too); what a field means is for the caller
to say. Anchors, aliases, tags, duplicate keys, empty values, complex keys and further
documents are errors with line and column. This module knows nothing of agendas.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeAlias

from natoagenda.errors import place_after, short, shown
from natoagenda.visible import MOST_MARKS, crowded

if TYPE_CHECKING:
    from collections.abc import Iterator

Tree: TypeAlias = "str | list[Tree] | dict[str, Tree]"
Path: TypeAlias = tuple[str | int, ...]
Place: TypeAlias = tuple[int, int]
"""Line and column, both counted from 1."""

_SURROGATE = re.compile("[\ud800-\udfff]")

_TAG = re.compile(r"^%TAG\b", re.MULTILINE)

MAX_VALUES = 200_000
"""Keys, items and texts of a document; the agenda of a hundred pages has some 20,000."""

MAX_DEPTH = 32
"""An agenda nests seven deep; more than this is no agenda but an attack or an accident."""


class YamlError(Exception):
    """The text is not YAML of this kind; `line` and `column` count from 1."""

    def __init__(self, problem: str, place: Place) -> None:
        """Keep the problem and where it is."""
        super().__init__(problem)
        self.problem = problem
        self.line, self.column = place


def parse(text: str) -> tuple[Tree, dict[Path, Place]]:
    """Read one document.

    Args:
        text: the whole file.

    Returns:
        The document, and the place of every value in it by path: the key's place for what
        stands under a key, the value's own for the items of a list.

    Raises:
        YamlError: where the text is not YAML, or YAML of a kind that is not allowed here.
    """
    import yaml

    if directive := _TAG.search(text):  # LibYAML compares each with all before it
        problem = "found the directive %TAG; tags are not used here"
        raise YamlError(problem, place_after(text[: directive.start()]))
    loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    builder = _Builder(yaml.parse(text, Loader=loader), text)
    try:
        return builder.document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if error.context and "quoted scalar" in error.context:
            mark = error.context_mark  # where the quote opens, not the end of the file
        place = builder.place(mark)
        if "nesting depth" in str(error.problem):  # LibYAML's own limit, which it meets first
            raise YamlError(f"nested deeper than {MAX_DEPTH} levels", place) from error
        raise YamlError(f"this is not YAML: {error.problem or error.context}", place) from error
    except yaml.reader.ReaderError as error:
        before = text[: int(error.position)]
        if loader is not yaml.SafeLoader:  # LibYAML counts bytes
            before = text.encode()[: error.position].decode(errors="ignore")
        problem = f"the character U+{error.character:04X} may not stand in YAML"
        raise YamlError(problem, place_after(before)) from error
    except ValueError as error:
        # The pure loader lets chr() and int() fail on "\U00110000" and endless %YAML numbers.
        raise YamlError(f"this is not YAML: {error}", builder.place(builder.last)) from error


class _Builder:
    """Turns the parser's events into a tree; the only state is the stream and the places."""

    def __init__(self, events: Iterator[Any], text: str) -> None:
        self.events = events
        self.text = text
        self.places: dict[Path, Place] = {}
        self.last: Any = None
        self.left = MAX_VALUES

    def next(self) -> Any:
        event = next(self.events)
        self.last = event.end_mark
        return event

    def place(self, mark: Any) -> Place:
        """The place of a mark; LibYAML names a line after the last for the file's end."""
        if mark is None:
            return 1, 1
        if mark.index >= len(self.text):
            return place_after(self.text)
        return mark.line + 1, mark.column + 1

    def document(self) -> tuple[Tree, dict[Path, Place]]:
        self.next()
        start = self.next()
        if type(start).__name__ == "StreamEndEvent":
            raise YamlError("the file is empty", (1, 1))
        event = self.next()
        self.places[()] = self.place(event.start_mark)
        tree = self.value(event, ())
        self.next()
        end = self.next()
        if type(end).__name__ != "StreamEndEvent":
            raise YamlError(
                "a second document begins; a file holds one", self.place(end.start_mark)
            )
        return tree, self.places

    def value(self, event: Any, path: Path) -> Tree:
        kind = type(event).__name__
        self.left -= 1
        if self.left < 0:
            raise YamlError(
                f"found more than {MAX_VALUES} keys and values", self.place(event.start_mark)
            )
        if kind == "AliasEvent":
            problem = f"found the alias *{short(event.anchor)}; aliases are not used here"
            raise YamlError(problem, self.place(event.start_mark))
        if event.anchor is not None:
            problem = f"found the anchor &{short(event.anchor)}; anchors are not used here"
            raise YamlError(problem, self.place(event.start_mark))
        if event.tag is not None:
            problem = f"found the tag {short(event.tag)}; tags are not used here"
            raise YamlError(problem, self.place(event.start_mark))
        if len(path) > MAX_DEPTH:
            raise YamlError(f"nested deeper than {MAX_DEPTH} levels", self.place(event.start_mark))
        if kind == "ScalarEvent":
            found = str(event.value)
            if _SURROGATE.search(found):
                raise YamlError(
                    "found half a character (a surrogate)", self.place(event.start_mark)
                )
            if crowded(found):
                raise YamlError(
                    f"found more than {MOST_MARKS} combining characters on one",
                    self.place(event.start_mark),
                )
            return found
        if kind == "SequenceStartEvent":
            return self.sequence(path)
        return self.mapping(path)

    def sequence(self, path: Path) -> Tree:
        items: list[Tree] = []
        while type(event := self.next()).__name__ != "SequenceEndEvent":
            item = (*path, len(items))
            self.places[item] = self.place(event.start_mark)
            items.append(self.value(event, item))
        return items

    def mapping(self, path: Path) -> Tree:
        found: dict[str, Tree] = {}
        while type(event := self.next()).__name__ != "MappingEndEvent":
            if type(event).__name__ not in ("ScalarEvent", "AliasEvent"):
                raise YamlError(
                    "a key must be a word, found a list or mapping", self.place(event.start_mark)
                )
            key = str(self.value(event, path))
            if key in found:
                first = self.places[(*path, key)]
                raise YamlError(
                    f"the key {shown(key)} stands twice, first in line {first[0]}",
                    self.place(event.start_mark),
                )
            self.places[(*path, key)] = self.place(event.start_mark)
            found[key] = self.value(self.next(), (*path, key))
        return found
