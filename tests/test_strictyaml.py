"""YAML of the kind that is allowed, and the place of every fault in what is not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from natoagenda import strictyaml
from natoagenda.strictyaml import Path, Tree, YamlError, parse

YAMLISH = st.text(
    alphabet=list(":-[]{}&*!|>'\"%@`#?,~<.\\ \n\taé1𝄞\x07\x85\u2028\ufeff"), max_size=60
)


@pytest.fixture(params=["C", "pure"])
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both of PyYAML's loaders: the one in C and the one in Python that replaces it."""
    if request.param == "pure":
        monkeypatch.delattr(yaml, "CSafeLoader")
    return str(request.param)


def fault(text: str) -> YamlError:
    with pytest.raises(YamlError) as caught:
        parse(text)
    return caught.value


@pytest.mark.parametrize(
    "text",
    [
        "no", "yes", "on", "off", "y", "n", "true", "True", "FALSE", "null", "Null", "~", "21:30",
        "2024-07-09", "2024-07-09T12:00:00Z", "0x1F", "0o17", "017", "1e3", "1_000", "1.50", "+12",
        ".inf", "-.inf", ".nan", "=",
    ],
)  # fmt: skip
def test_a_scalar_stays_the_very_text(loader: str, text: str) -> None:
    assert parse(f"{text}: {text}\nlist: [{text}]\n")[0] == {text: text, "list": [text]}


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a", "a"),
        ("- a\n- [b, {c: d}]\n", ["a", ["b", {"c": "d"}]]),
        ("a:\nb: ''\n", {"a": "", "b": ""}),
        ("a: []\nb: {}\n", {"a": [], "b": {}}),
        ("a: >-\n  one\n  two\n", {"a": "one two"}),
        ('"a": "\\u00ef\\n"\n', {"a": "ï\n"}),
        ("# comment\n---\na: b # comment\n...\n", {"a": "b"}),
        ("%YAML 1.1\n---\na: b\n", {"a": "b"}),
        ("a: b\r\nc: d\r\n", {"a": "b", "c": "d"}),
        ("<<: a\n", {"<<": "a"}),
    ],
)
def test_one_document_becomes_a_tree(loader: str, text: str, tree: Tree) -> None:
    assert parse(text)[0] == tree


def test_every_value_has_its_place(loader: str) -> None:
    text = "# x\na: 1\nlist:\n  - één\n  - b: [c, d]\n"
    assert parse(text)[1] == {
        (): (2, 1),
        ("a",): (2, 1),
        ("list",): (3, 1),
        ("list", 0): (4, 5),
        ("list", 1): (5, 5),
        ("list", 1, "b"): (5, 5),
        ("list", 1, "b", 0): (5, 9),
        ("list", 1, "b", 1): (5, 12),
    }


@pytest.mark.parametrize(
    ("text", "line", "column", "problem"),
    [
        pytest.param("", 1, 1, "the file is empty", id="empty"),
        pytest.param("# only\n# comments\n", 1, 1, "the file is empty", id="comments"),
        pytest.param("a: b\na: c\n", 2, 1, "the key 'a' stands twice, first in line 1", id="twice"),
        pytest.param("x: {a: 1, a: 2}", 1, 11, "the key 'a' stands twice, first in line 1",
                     id="twice in braces"),
        pytest.param("a: b\nc: *d\n", 2, 4, "found the alias *d", id="alias"),
        pytest.param("*a : b\n", 1, 1, "found the alias *a", id="alias as key"),
        pytest.param("<<: *a\n", 1, 5, "found the alias *a", id="merge"),
        pytest.param("a: &b c\n", 1, 4, "found the anchor &b", id="anchor"),
        pytest.param("a: &b [c]\n", 1, 4, "found the anchor &b", id="anchor of a list"),
        pytest.param("a: &b {c: d}\n", 1, 4, "found the anchor &b", id="anchor of a mapping"),
        pytest.param("&a b: c\n", 1, 1, "found the anchor &a", id="anchor of a key"),
        pytest.param("a: !!int 7\n", 1, 4, "found the tag tag:yaml.org,2002:int", id="tag"),
        pytest.param("a: !!python/object/apply:os.system [ls]\n", 1, 4,
                     "found the tag tag:yaml.org,2002:python/object/apply:os.system", id="object"),
        pytest.param("a: !mine {b: c}\n", 1, 4, "found the tag !mine", id="tag of ours"),
        pytest.param("a: ! b\n", 1, 4, "found the tag !", id="bare tag"),
        pytest.param("!!str a: b\n", 1, 1, "found the tag tag:yaml.org,2002:str", id="tag of key"),
        pytest.param("? [a]\n: b\n", 1, 3, "a key must be a word", id="list as key"),
        pytest.param("? {a: b}\n: c\n", 1, 3, "a key must be a word", id="mapping as key"),
        pytest.param("a: b\n---\nc: d\n", 2, 1, "a second document begins", id="two documents"),
        pytest.param("a: b\n...\n---\nc\n", 3, 1, "a second document begins", id="after an end"),
        pytest.param("a:\n  b: c\n\td: e\n", 3, 1, "this is not YAML", id="tab"),
        pytest.param("a: b\nc: [d\n", 3, 1, "this is not YAML", id="unclosed list"),
        pytest.param("a: b\n  c: d\n", 2, 4, "this is not YAML", id="indentation"),
        pytest.param("a: b: c\n", 1, 5, "this is not YAML", id="colon"),
        pytest.param("a: @b\n", 1, 4, "this is not YAML", id="reserved"),
        pytest.param("%YAML 9.9\n---\na\n", 1, 1, "this is not YAML", id="other version"),
    ],
)  # fmt: skip
def test_what_is_not_allowed_is_an_error_with_its_place(
    loader: str, text: str, line: int, column: int, problem: str
) -> None:
    error = fault(text)
    assert (error.line, error.column) == (line, column)
    assert error.problem.startswith(problem)
    assert str(error) == error.problem


def test_an_unfinished_quote_is_an_error(loader: str) -> None:
    assert fault('a: b\nc: "d\ne: f\n').problem.startswith("this is not YAML")


@pytest.mark.parametrize(
    ("text", "line", "column", "name"),
    [
        ("a: b\x07\n", 1, 5, "U+0007"),
        ("a: b\nc: \x00\n", 2, 4, "U+0000"),
        ("a: \x1b[31m\n", 1, 4, "U+001B"),
        ("a: b\x7f\n", 1, 5, "U+007F"),
        ("a: één\nb: ñ\nc: d\x07\n", 3, 5, "U+0007"),
        ("a: Oekraïne 𝄞 \x07\n", 1, 15, "U+0007"),
        ("é\n" * 20000 + "\x07", 20001, 1, "U+0007"),
    ],
)
def test_a_control_character_is_named_with_its_place(
    loader: str, text: str, line: int, column: int, name: str
) -> None:
    error = fault(text)
    assert error.problem == f"the character {name} may not stand in YAML"
    assert (error.line, error.column) == (line, column)


@pytest.mark.parametrize("escape", ["\\uD800", "\\uDFFF", "\\U00110000", "\\q", "\\xzz"])
def test_an_escape_that_is_no_character_is_an_error(loader: str, escape: str) -> None:
    error = fault(f'a: "b"\nc: "{escape}"\n')
    assert error.line == 2


def test_a_directive_with_an_endless_number_is_an_error(loader: str) -> None:
    assert fault(f"%YAML 1.{'1' * 5000}\n---\na\n").line == 1


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("[" * 900, 1, strictyaml.MAX_DEPTH + 2),
        ("{a: " * 1000, 1, 4 * (strictyaml.MAX_DEPTH + 1) + 1),
        ("- " * 1000, 1, 2 * (strictyaml.MAX_DEPTH + 1) + 1),
    ],
)
def test_too_deep_nesting_ends_before_it_hurts(text: str, line: int, column: int) -> None:
    error = fault(text)
    assert error.problem == f"nested deeper than {strictyaml.MAX_DEPTH} levels"
    assert (error.line, error.column) == (line, column)


@pytest.mark.parametrize("text", ["[a, b, c, d, e]", "{a: b, c: d, e: f}", "- a\n- b\n- [c, d]"])
def test_too_many_values_end_before_they_hurt(
    loader: str, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(strictyaml, "MAX_VALUES", 5)
    error = fault(text)
    assert error.problem == "found more than 5 keys and values"
    assert (error.line, error.column) in ((1, 14), (1, 13), (3, 7))
    monkeypatch.setattr(strictyaml, "MAX_VALUES", 8)
    assert parse(text)[0]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [("a: b\rc: [d\r", 3, 1), ("a: b\r\nc: \x07", 2, 4), ("a: [\n\n\n", 4, 1)],
)
def test_lines_end_as_on_any_system(loader: str, text: str, line: int, column: int) -> None:
    error = fault(text)
    assert (error.line, error.column) == (line, column)


def test_nesting_without_end_ends_at_the_first_limit_met() -> None:
    error = fault("[" * 100_000)
    assert error.problem == f"nested deeper than {strictyaml.MAX_DEPTH} levels"
    assert error.line == 1
    assert strictyaml.MAX_DEPTH < error.column <= 1001  # PyYAML 6.0.4 has a limit of its own


def test_nesting_up_to_the_limit_is_allowed(loader: str) -> None:
    deep = strictyaml.MAX_DEPTH
    assert parse("[" * deep + "]" * deep)[0] != []
    assert parse("[" * deep + "a" + "]" * deep)[1][(0,) * deep] == (1, deep + 1)


def _paths(tree: Tree, path: Path) -> Iterator[Path]:
    """The path of every value in a tree."""
    yield path
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from _paths(value, (*path, key))
    elif isinstance(tree, list):
        for index, item in enumerate(tree):
            yield from _paths(item, (*path, index))


def _tree_or_error(text: str) -> tuple[Tree, dict[Path, tuple[int, int]]] | YamlError:
    try:
        return parse(text)
    except YamlError as error:
        return error


def _check_any(text: str) -> None:
    found = _tree_or_error(text)
    if isinstance(found, YamlError):
        assert min(found.line, found.column) >= 1
    else:
        tree, places = found
        assert set(places) == set(_paths(tree, ()))


@settings(max_examples=300)
@given(YAMLISH | st.text(max_size=60))
def test_any_text_is_a_tree_or_an_error_with_its_place(text: str) -> None:
    _check_any(text)


@settings(max_examples=150)
@given(YAMLISH | st.text(max_size=60))
def test_any_text_is_a_tree_or_an_error_for_the_pure_loader_too(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.delattr(yaml, "CSafeLoader")
        _check_any(text)


@settings(max_examples=100)
@given(
    st.recursive(
        st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=12,
    )
)
def test_what_is_written_as_yaml_is_read_back(tree: Tree) -> None:
    # Written in the double-quoted style, which can hold every character.
    written = yaml.safe_dump(tree, default_style='"', allow_unicode=False)
    assert parse(written)[0] == tree
