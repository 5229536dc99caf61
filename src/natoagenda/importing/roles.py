"""What each statement of an imported letter does, proposed by the rules of `role_rules`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import takewhile

from natoagenda.importing.role_rules import NORM, PARTS, RULES, Rule
from natoagenda.model import Role, Statement

_LONGEST = 3000
"""Characters; what says more than this in one sentence is a list, whose beginning tells."""


def propose(sentence: str, before: Role = Role.BACKGROUND) -> tuple[Role, Rule | None]:
    """Propose a sentence's role.

    Args:
        sentence: one sentence, without footnote marks.
        before: the role of the sentence before it in its paragraph.

    Returns:
        The role, and the rule that gave it; None where it is background for want of one.
    """
    sentence = _QUOTED.sub("…", sentence[:_LONGEST])  # what others say is theirs
    for rule in RULES:
        pattern, unless = _compiled(rule.name)
        if pattern.search(sentence) and not (unless and unless.search(sentence)):
            return rule.role, rule
    if before is Role.STANCE and _norm().search(sentence):
        return Role.STANCE, None
    return Role.BACKGROUND, None


_HANGS = re.compile(
    r"^(?:(?:Het\s+kabinet|Nederland|Ik|Wij)\s+(?:\w+\s+){1,2})?(?:dit|deze|dat|daarom|daarbij|daarmee|daartoe|daarvoor|daarover|hier\w*|zo|zulke?|dergelijke)\b"
    r"|^(?:\S+\s+){0,6}?(?:hier|hierop|hierover|hiervoor|hierbij|hiermee|hiertoe|hieraan|hierin|hiervan|daarom|daarvoor|daarover|daaraan|dit\s+(?:voorstel|initiatief|besluit|pakket|punt|kader|standpunt)|deze\s+\w+)\b"
    r"|\bdit\s+\w+|\bsteunt\s+dit\b|\bondersteunt\s+dit\b",
    re.IGNORECASE,
)
_LISTED = re.compile(r"^(?:Ten\s+(?:eerste|tweede|derde|vierde|vijfde)|Tot\s+slot)\b")


def about(statement: Statement, before: Sequence[Statement]) -> tuple[str, ...]:
    """The ids of the statements that one cannot be understood without.

    Args:
        statement: with its role.
        before: the statements of its section that stand before it.

    Returns:
        The id of the statement that its `dit`, `hier` or `daarom` stands for: the nearest that
        has a role, else the one right before it; nothing where it stands alone.
    """
    if statement.role is Role.BACKGROUND or not before:
        return ()
    beginning = statement.id.rpartition(".")[0] + "."
    same = list(takewhile(lambda s: s.id.startswith(beginning), reversed(before)))[::-1]
    if _LISTED.search(statement.text) and same:
        first = next((s for s in same if not _LISTED.search(s.text)), same[0])
        return (first.id,)
    if not _HANGS.search(statement.text):
        return ()
    last = before[-1]
    if last.role is Role.STANCE and statement.role is Role.STANCE and last.about:
        return last.about  # both speak of one thing
    return (last.id,)


_QUOTED = re.compile(r"‘[^’]{25,}[.!?]’|“[^”]{25,}”|„[^”]{25,}”")


@cache
def _norm() -> re.Pattern[str]:
    return re.compile(NORM)


@cache
def _compiled(name: str) -> tuple[re.Pattern[str], re.Pattern[str] | None]:
    rule = next(rule for rule in RULES if rule.name == name)
    return _compile(rule.pattern), _compile(rule.unless) if rule.unless else None


def _compile(pattern: str) -> re.Pattern[str]:
    """Compile a pattern with its parts put in; only names must begin with a capital."""
    while found := re.search(r"(?<!\?P)<(\w+)>", pattern):
        pattern = pattern.replace(found[0], f"(?:{PARTS[found[1]]})")
    return re.compile(re.sub(r"\[A-Z(À-Þ)?\]", "(?-i:[A-ZÀ-Þ])", pattern), re.IGNORECASE)
