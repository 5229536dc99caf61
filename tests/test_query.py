"""What people type becomes terms; nothing they type is an error."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from natoagenda.query import Query, Term, parse


def word(typed: str) -> tuple[Term, ...]:
    return (Term((typed,)),)


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("Oekraïne steun", Query((word("oekraine"), word("steun")), ())),
        ("steun steun", Query((word("steun"),), ())),
        ('"lange termijn"', Query(((Term(("lange", "termijn"), loose=False),),), ())),
        ('"unclosed phrase', Query(((Term(("unclosed", "phrase"), loose=False),),), ())),
        ("“lange termijn”", Query((word("lange"), word("termijn")), ())),
        ("bondgeno*", Query(((Term(("bondgeno",), prefix=True, loose=False),),), ())),
        ("china -rusland", Query((word("china"),), (Term(("rusland",)),))),
        ('china -"de sahel"', Query((word("china"),), (Term(("de", "sahel"), loose=False),))),
        ("china OR rusland", Query(((Term(("china",)), Term(("rusland",))),), ())),
        (
            "steun china OR rusland OR iran",
            Query(
                (word("steun"), (Term(("china",)), Term(("rusland",)), Term(("iran",)))), ()
            ),
        ),
        ("OR china OR", Query((word("china"),), ())),
        ("or", Query((word("or"),), ())),
        ("2%-norm", Query((word("2%-norm"),), ())),
        ("NAVO-EU", Query((word("navo-eu"),), ())),
        ("nr.93", Query((word("nr"), word("93")), ())),
        ("c.s.", Query((word("c.s."),), ())),
        ("-rusland", Query((), (Term(("rusland",)),))),
        ("", Query((), ())),
        ('"', Query((), ())),
        ('""', Query((), ())),
        ("- * ( ) : ^ \u200b", Query((), ())),
        ("😀", Query((), ())),
    ],
)  # fmt: skip
def test_reading_a_query(typed: str, query: Query) -> None:
    assert parse(typed) == query


@pytest.mark.parametrize(
    "typed",
    ["21501-02", "21 501-02", "21.501-02", "kst-21501-02", "21501\u201102"],
)
def test_a_dossier_is_one_term_however_it_is_spelt(typed: str) -> None:
    (group,) = parse(typed).wanted
    assert [term.number for term in group] == ["21501-02"]


def test_a_number_among_words() -> None:
    query = parse("motie 21 501-02 -36410-X dassen")
    assert [group[0].number or group[0].words for group in query.wanted] == [
        ("motie",),
        "21501-02",
        ("dassen",),
    ]
    assert [term.number for term in query.unwanted] == ["36410-x"]


def test_a_number_to_leave_out_after_a_label() -> None:
    query = parse("kamerstuk -21501-02")
    assert [group[0].words for group in query.wanted] == [("kamerstuk",)]
    assert [term.number for term in query.unwanted] == ["21501-02"]


@given(st.text(max_size=200))
def test_nothing_typed_is_an_error(typed: str) -> None:
    query = parse(typed)
    for term in [*query.unwanted, *(term for group in query.wanted for term in group)]:
        assert term.number or all(term.words)
