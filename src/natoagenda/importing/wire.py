"""What a process that reads letters is asked and answers, and how much of it is believed.

A letter may have taken that process over, so its answer is a stranger's: of bounded length, in
the one order that makes sense, of the kinds named here. An agenda comes as the text of its file
and passes the loader as any file does; what can be counted in it is counted here, not taken.
"""

from __future__ import annotations

import datetime
import os
import sys
import time
from collections.abc import Iterator, Sequence
from typing import IO, Annotated, Literal

import msgspec
from msgspec import Meta

from natoagenda import dataset, files
from natoagenda.errors import DataError
from natoagenda.importing import MOST_TEXT, report
from natoagenda.importing.source import Letter
from natoagenda.model import Agenda
from natoagenda.visible import visible

Days = tuple[datetime.date, datetime.date]

MOST_BYTES = files.MAX_AGENDA + 256 * 1024
"""Of one frame: an agenda file and what is said about it."""

MOST_FRAMES = 2 * MOST_TEXT
"""Progress is told once a page and some more; the shortest pages have one character."""

MOST_PROBLEM = 300
"""Characters of an error's sentence; ours have half of that."""

MOST_SENTENCES = 2_000
"""Of each list in a report, with `MOST_TEXT` characters in all; a table of more takes long."""

_MOST_CALLS = 20_000
"""Of footnotes, in a letter; a data file's numbers end at 9,999."""

_AT_ONCE = 64 * 1024
_HEAD = 4

_Count = Annotated[int, Meta(ge=0, le=MOST_BYTES)]
_Place = Annotated[int, Meta(ge=1, le=2**31)]
_Sentences = Annotated[tuple[str, ...], Meta(max_length=MOST_SENTENCES)]


class BrokenError(Exception):
    """What was said is no answer."""


class SilentError(Exception):
    """Nothing was said in time."""


class Request(msgspec.Struct):
    """What is asked: a file's bytes, its name for messages, and what to make of it."""

    name: str
    task: Literal["letter", "agenda"]
    days: Days | None
    data: bytes


class _Frame(msgspec.Struct, tag=True, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something that is said."""


class Ready(_Frame, frozen=True, kw_only=True):
    """All is imported and limited; from here on the letter is read, and nothing is believed."""


class Page(_Frame, frozen=True, kw_only=True):
    """How many pages are done, and of how many."""

    done: _Count
    whole: _Count


class Read(_Frame, frozen=True, kw_only=True):
    """The answer to `letter`."""

    letter: Letter


class Made(_Frame, frozen=True, kw_only=True):
    """The answer to `agenda`: the text of its file, and of the report what the file cannot say."""

    text: Annotated[str, Meta(max_length=files.MAX_AGENDA)]
    footnotes: _Count
    words: _Count
    accounted: _Count
    left_out: _Sentences
    doubts: _Sentences


class Failed(_Frame, frozen=True, kw_only=True):
    """An error of the child: of the file, of what is not installed, or of the program."""

    kind: Literal["data", "dependency", "fault"]
    problem: Annotated[str, Meta(max_length=4 * MOST_PROBLEM)]
    line: _Place | None = None
    column: _Place | None = None


Frame = Ready | Page | Read | Made | Failed


# -- saying --------------------------------------------------------------------------------


def failed(kind: Literal["data", "dependency", "fault"], problem: str) -> Failed:
    """An error whose sentence is short enough to be heard."""
    return Failed(kind=kind, problem=brief(problem))


def few(sentences: Sequence[str]) -> tuple[str, ...]:
    """As many of a report's sentences as will be heard, and how many more there are."""
    kept: list[str] = []
    size = 0
    for sentence in sentences:
        size += len(sentence)
        if len(kept) == MOST_SENTENCES - 1 or size > MOST_TEXT - 100:
            return (*kept, f"(and {len(sentences) - len(kept):,} more)")
        kept.append(sentence)
    return tuple(kept)


def packed(frame: Frame) -> bytes | None:
    """A frame as bytes; None where it is longer than anybody will hear."""
    body = msgspec.msgpack.encode(frame)
    return None if len(body) > MOST_BYTES else len(body).to_bytes(_HEAD, "big") + body


# -- hearing -------------------------------------------------------------------------------


def frames(stream: IO[bytes], end: float) -> Iterator[Frame]:
    """Hear a process out.

    Args:
        stream: a pipe to it.
        end: when to give up, on the clock of `time.monotonic`.

    Yields:
        Frames, until it ends or one breaks off.

    Raises:
        BrokenError: where one is too long, makes no sense, or there are too many.
        SilentError: where the time is over.
    """
    heard = bytearray()
    for _ in range(MOST_FRAMES):
        if not _fill(stream, heard, _HEAD, end):
            return
        length = int.from_bytes(heard[:_HEAD], "big")
        if length > MOST_BYTES:
            raise BrokenError
        if not _fill(stream, heard, _HEAD + length, end):
            return
        body = bytes(heard[_HEAD : _HEAD + length])
        del heard[: _HEAD + length]
        try:
            frame: Frame = msgspec.msgpack.decode(body, type=Frame)
        except (msgspec.MsgspecError, ValueError, OverflowError, RecursionError) as error:
            raise BrokenError from error
        yield frame
    raise BrokenError


def _fill(stream: IO[bytes], heard: bytearray, size: int, end: float) -> bool:
    """Hear until so many bytes are there; say whether they are."""
    while len(heard) < size:
        if not _speaks(stream, end):
            raise SilentError
        piece = os.read(stream.fileno(), _AT_ONCE)
        if not piece:
            return False
        heard += piece
    return True


def _speaks(stream: IO[bytes], end: float) -> bool:
    """Wait until there is something to hear; where one cannot wait for a pipe, that there is."""
    left = end - time.monotonic()
    if left <= 0:
        return False
    if sys.platform == "win32":
        return True
    import select

    if not hasattr(select, "poll"):
        return True
    waiting = select.poll()
    waiting.register(stream, select.POLLIN)
    return bool(waiting.poll(1000 * left))


# -- believing -----------------------------------------------------------------------------


def brief(problem: str) -> str:
    """A sentence from the child: one line, of bounded length, that steers no terminal."""
    line = " ".join(visible(problem[: 2 * MOST_PROBLEM].replace("\n", " ")).split())
    return line if len(line) <= MOST_PROBLEM else f"{line[: MOST_PROBLEM - 3]}..."


def agenda(made: Made, name: str) -> tuple[Agenda, report.Report]:
    """Load the agenda that was made, and count what it has.

    Args:
        made: what was said.
        name: what to call the letter's file.

    Raises:
        DataError: where it would not load; a strange letter passes limits of agenda files.
        BrokenError: where our reader would not have made it so.
    """
    try:
        found = dataset.parse(made.text.encode(), name)
    except DataError as error:
        problem = f"no agenda can be made of this: {error.problem}"
        raise DataError(name, brief(problem)) from error
    except (ValueError, RecursionError) as error:
        raise BrokenError from error
    # Ours are never reviewed, and are called after their first day.
    first = found.starts
    if not found.id.endswith((f"-{first.year}", f"-{first.isoformat()}")):
        raise BrokenError
    if found.reviewed or dataset.digest(found) != found.document.sha256:
        raise BrokenError
    if any(sum(map(len, told)) > MOST_TEXT for told in (made.left_out, made.doubts)):
        raise BrokenError
    if made.accounted > made.words or made.footnotes < len(found.footnotes):
        raise BrokenError
    return found, report.of(
        found,
        footnotes=made.footnotes,
        words=made.words,
        accounted=made.accounted,
        left_out=made.left_out,
        doubts=made.doubts,
    )


def letter(read: Read) -> Letter:
    """See that a letter is such as our readers give, so that nothing that takes it stumbles.

    Raises:
        BrokenError: where it is not.
    """
    found = read.letter
    sound = 0 <= found.pages <= MOST_TEXT and all(
        0 <= note.number <= MOST_TEXT and 0 <= note.page <= MOST_TEXT for note in found.notes
    )
    calls = 0
    for block in found.blocks:
        calls += len(block.calls)
        size = len(block.text)
        sound = (
            sound
            and bool(block.pages)
            and block.pages[0][0] == 0
            and all(0 <= at <= size and 0 <= page <= MOST_TEXT for at, page in block.pages)
            and all(0 <= c.offset <= size and 0 <= c.number <= MOST_TEXT for c in block.calls)
            and all(0 <= link.start <= link.end <= size for link in block.links)
        )
    if not sound or calls > _MOST_CALLS:
        raise BrokenError
    return found
