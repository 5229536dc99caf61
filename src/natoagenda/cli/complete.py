"""What a Tab offers for a value: days, topics and footnote numbers of the agendas in play.

Completion must never fail or print: where nothing can be loaded, nothing is offered. What comes
from data is offered as words only; `natoagenda.cli.completion` lets nothing else through.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from natoagenda import library
    from natoagenda.model import Agenda


_LONGEST = 60
"""Characters of a meaning that are shown beside a word."""

_LATEST = 200
"""Meetings whose days and topics are offered: a Tab must not wait for ten thousand."""

_CHECKS = 1000
"""Letters that are asked whether a word of a title leads to its topic, before no more are."""


class Instead(str):
    """An offer that takes the place of what was typed, which begins otherwise."""

    __slots__ = ()

    def startswith(self, *_: Any) -> bool:
        """Say yes: Typer leaves out what does not begin with what was typed."""
        return True


def plain(meaning: str) -> str:
    """A meaning on one line, short enough to stand beside a word."""
    from natoagenda.cli.completion import one_line

    return one_line(meaning, _LONGEST)


def words(name: str) -> list[str]:
    """The words of a name that can be offered: runs of letters, digits, `_`, `.` and `-`."""
    from natoagenda.cli.completion import is_word

    parts = (part.strip("-.") for part in re.findall(r"[\w.-]+", normalize("NFC", name)))
    return [part for part in parts if is_word(part)]


def _form(word: str, incomplete: str) -> str:
    """A word with the very letters that were typed at its beginning, which shells want."""
    from natoagenda import text

    for form in (word, word.lower()):
        if form.startswith(incomplete):
            return form
    folded = text.fold(word)
    rest = word if len(word) == len(folded) else folded  # `ĳ` is two letters when folded
    return incomplete + rest[len(text.fold(incomplete)) :]


def _load(ctx: typer.Context) -> tuple[library.Library, library.Agendas] | None:
    """What the options typed so far choose."""
    from natoagenda import library
    from natoagenda.cli.load import choice_of
    from natoagenda.cli.options import Settings
    from natoagenda.errors import NatoagendaError

    state = ctx.find_root().obj
    settings = state.settings if state else Settings()
    try:
        found = library.load(settings.data)
        return found, found.choose(choice_of(settings))
    except NatoagendaError:
        return None


def _agendas(ctx: typer.Context) -> Sequence[Agenda]:
    loaded = _load(ctx)
    return loaded[1][-_LATEST:] if loaded else ()


def days(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """The days of the meetings as they may be typed: `10`, `2024-07-10`, `woensdag`."""
    from natoagenda import answers
    from natoagenda.days import WEEKDAYS

    return [
        (form, f"{date:%A} {date.day} {date:%B %Y}")
        for date in answers.meeting_days(_agendas(ctx))
        for form in (str(date.day), str(date), *WEEKDAYS[date.weekday()])
        if form.startswith(incomplete) and (incomplete or form == str(date.day))
    ]


def topics(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """The topics by id or, where that begins otherwise, by a word of their titles.

    A word is offered where it leads to that topic and no other. Where it does not, and where no
    word can begin as what was typed does (`2%`), the id takes the place of what was typed.
    """
    from natoagenda import answers, text

    agendas = _agendas(ctx)
    leads = _leads(agendas)
    typed = text.fold(incomplete)
    found = []
    for row in answers.topics(agendas):
        meaning = plain(row.title)
        titles = text.fold(f"{row.title} {row.title_en or ''}")
        if row.id.startswith(typed):
            found.append((_form(row.id, incomplete), meaning))
        elif form := _title_word(titles, typed, incomplete):
            found.append((form if leads(form) == row.id else Instead(row.id), meaning))
    return found


def _title_word(titles: str, typed: str, incomplete: str) -> str:
    """The first word of folded titles that begins as was typed; nothing where none does."""
    from natoagenda.cli.completion import is_word

    if is_word(incomplete):
        fitting = (word for word in words(titles) if len(word) > 2 and word.startswith(typed))
        return next((_form(word, incomplete) for word in fitting), "")
    return incomplete if f" {typed}" in f" {' '.join(titles.split())}" else ""


def _leads(agendas: Sequence[Agenda]) -> Callable[[str], str | None]:
    """Make what says which topic a word names, if it names one."""
    from natoagenda import answers
    from natoagenda.cli.completion import is_word

    latest_first = sorted(agendas, key=lambda agenda: agenda.starts, reverse=True)
    left = _CHECKS

    @cache
    def leads(word: str) -> str | None:
        nonlocal left
        if not is_word(word):
            return None
        for agenda in latest_first:
            left -= 1
            if left < 0:
                return None
            matches = answers.match_topics(agenda, word, nearly=False)
            best = [topic.id for rank, topic in matches if rank == matches[0][0]]
            if best:
                return best[0] if len(best) == 1 else None
        return None

    return leads


def agendas(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """The agendas by id, with the meeting's day."""
    loaded = _load(ctx)
    letters = loaded[1].letters if loaded else ()
    return [
        (letter.id, plain(f"{letter.organisation}, {letter.starts}"))
        for letter in letters
        if letter.id.startswith(incomplete)
    ]


def removable(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """The agendas by id that have a file of the user's."""
    from natoagenda import library

    loaded = _load(ctx)
    own = {each.id for each in loaded[1].letters if each.path != library.builtin_path()} if (
        loaded
    ) else set()  # fmt: skip
    return [offer for offer in agendas(ctx, incomplete) if offer[0] in own]


def organisations(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """The organisations that there are letters on: `Raad-Buitenlandse-Zaken`, `Buitenlandse`."""
    from natoagenda import text
    from natoagenda.cli.completion import is_word
    from natoagenda.organisations import matcher

    loaded = _load(ctx)
    names = {letter.organisation for letter in loaded[1].letters} if loaded else set()
    typed = text.fold(incomplete)
    found = []
    for name in sorted(names):
        parts = words(name)
        for word in ("-".join(parts), *parts):
            if text.fold(word).startswith(typed):
                form = _form(word, incomplete)
                if is_word(form) and matcher(form)(name):
                    found.append((form, plain(name)))
                    break
    return found


def shells(incomplete: str) -> list[str]:
    """The shells that there is a script for."""
    from natoagenda.cli.scripts import SHELLS

    return [name for name in SHELLS if name.startswith(incomplete)]


def languages(incomplete: str) -> list[str]:
    """The values of `--lang`."""
    return [name for name in ("nl", "en") if name.startswith(incomplete)]


def colors(incomplete: str) -> list[str]:
    """The values of `--color`."""
    return [name for name in ("auto", "always", "never") if name.startswith(incomplete)]


def footnotes(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """The numbers of footnotes."""
    from natoagenda import answers

    return [
        (str(row.number), plain(row.text))
        for row in answers.footnotes(_agendas(ctx))
        if str(row.number).startswith(incomplete)
    ]


def kinds(incomplete: str) -> list[str]:
    """The kinds of things that search looks in, the last one in a list joined by commas."""
    before, comma, last = incomplete.rpartition(",")
    names = ("sessions", "sections", "statements", "footnotes", "references")
    return [f"{before}{comma}{name}" for name in names if name.startswith(last)]


def answers(incomplete: str) -> list[str]:
    """The commands that answer with data."""
    from natoagenda.contract import COMMANDS

    return [name for name in COMMANDS if name.startswith(incomplete)]
