"""Questions: whatever is typed, the program ends with 0, 1 or 2 and one clear sentence."""

from __future__ import annotations

import contextlib
import io
import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from natoagenda.cli.main import main
from natoagenda.visible import visible

PIECES = [
    "oekraïne", "China", "28676", "28 676", "nr. 462", "Kamerstuk 21 501-02, nr. 2794", "stelt.*",
    "*", '"', '""', '"steun aan', "-rusland", "--", "-", "OR", "AND", "NOT", "NEAR(a b)", "^",
    "a:b", "role:stance", "{", "(", ")", "[^1]", "c.s.", "\\", "'", "%", "_", "\0", "\x1b[31m",
    "\u202e", "\ud800", "\udcff", "\U0001f600", "ß", "ſ", "ŉ", "İ", "ﬀ", "e\u0301", "\u00ad",
    "\ufeff", "9", "10 juli", "woensdag", "2024-07-10", "2024-02-30", "0000-00-00",
    "99999999999999999999", "-1", "1e9", "٣", "²", "Ⅳ", "11-12 juli", "..", "kst-36410-X-93",
    "kst-", "h-tk-20232024-1-1", "https://zoek.officielebekendmakingen.nl/", "TK", "Aanhangsel",
    "nrs. 1–99999999", "Handelingen II 2023/24, nr. 1, item 1", "36410 X IV", "-X, nr.93",
    "a" * 300,
]  # fmt: skip
TYPED = st.lists(
    st.sampled_from(PIECES)
    | st.text(max_size=12)
    | st.text("0123456789- ,.nrIVX()", max_size=20),
    max_size=5,
).map(" ".join)  # fmt: skip
"""Half of it what is nearly a question."""


def ended(*arguments: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(arguments)
    return code, out.getvalue(), err.getvalue()


def check(*arguments: str) -> None:
    code, out, err = ended(*arguments)
    assert code in (0, 1, 2), err
    said = f"{out}{err}"
    assert [sign for sign in said if sign != "\n" and visible(sign) != sign] == []
    if code == 2:
        assert err.startswith("natoagenda: ")
        assert err.count("\n") == 1
        assert out == ""
    elif "--json" in arguments and (out or code == 0):
        json.loads(out)


@settings(max_examples=250)
@given(TYPED)
@example("*")
@example('"')
@example("kst-")
def test_search(typed: str) -> None:
    check("search", "--json", "--", typed)


@settings(max_examples=60)
@given(st.lists(TYPED, min_size=1, max_size=3),
       st.sampled_from(["sessions", "statements", "x", ""]),
       st.sampled_from(["0", "1", "-1", "x", "99999999999999999999"]))  # fmt: skip
def test_search_with_options(typed: list[str], kind: str, limit: str) -> None:
    check("search", "--in", kind, "--limit", limit, "--", *typed)


@settings(max_examples=200)
@given(TYPED)
def test_topic(typed: str) -> None:
    check("topic", "--json", "--", typed)


@settings(max_examples=250)
@given(TYPED)
def test_cite(typed: str) -> None:
    check("cite", "--json", "--", typed)


@settings(max_examples=250)
@given(TYPED)
@example("٣")
@example("²")
@example("31 februari")
def test_day(typed: str) -> None:
    check("schedule", "--json", f"--day={typed}")


@settings(max_examples=100)
@given(TYPED, TYPED)
def test_period(since: str, until: str) -> None:
    check("agendas", "--json", f"--since={since}", f"--until={until}")


@settings(max_examples=100)
@given(
    TYPED,
    st.sampled_from(["references", "footnotes", "compare", "show", "agendas remove", "schema"]),
)
def test_what_else_is_named(typed: str, command: str) -> None:
    check(*command.split(), "--", typed)


@settings(max_examples=100)
@given(TYPED, st.sampled_from(["--agenda", "--organisation", "--topic", "--lang", "--format",
                               "--color", "--from", "--to", "--in", "--limit"]))  # fmt: skip
def test_what_options_are_given(typed: str, option: str) -> None:
    check("stances", f"{option}={typed}")


@pytest.mark.parametrize("words", ["a" * 100_000, "Kamerstuk " * 20_000, "1 " * 50_000,
                                   "nr. (" * 10_000, '"' * 20_001, "-" * 50_000])  # fmt: skip
@pytest.mark.parametrize("command", ["search", "topic", "cite", "compare", "schedule --day"])
def test_a_long_question_is_answered(command: str, words: str) -> None:
    name, *option = command.split()
    check(*([name, f"{option[0]}={words}"] if option else [name, "--", words]))
