"""What the data set says of papers by hand and what the grammar reads from the letter agree."""

from __future__ import annotations

import msgspec

from natoagenda import citations, proof
from natoagenda.model import Agenda


def test_the_papers_cited_in_the_letter_are_the_official_references(washington: Agenda) -> None:
    texts = {statement.id: statement.text for statement in washington.statements()}
    texts |= {f"footnote:{note.number}": note.text for note in washington.footnotes}
    read = {(found.id, place) for place, text in texts.items() for found in citations.find(text)}
    by_hand = {
        (reference.id, place)
        for reference in washington.references
        if citations.is_official_id(reference.id)
        for place in reference.cited_from
    }
    assert read == {
        ("kst-21501-02-2825", "afschrikking-en-verdediging.6.6"),
        ("kst-36410-X-93", "footnote:3"),
        ("kst-21501-02-2794", "footnote:5"),
    }
    # The text names the Kamerbrief's plan without its number; the footnote to it has the number.
    assert by_hand - read == {("kst-36410-X-93", "afschrikking-en-verdediging.5.5")}
    assert read <= by_hand


def test_a_citation_that_references_leave_out_is_a_finding(washington: Agenda) -> None:
    fewer = msgspec.structs.replace(
        washington,
        references=tuple(r for r in washington.references if r.id != "kst-21501-02-2825"),
    )
    assert list(proof.findings(fewer)) == [
        "afschrikking-en-verdediging.6.6 cites 'Kamerstuk 21 501-02 nr. 2825' "
        "(kst-21501-02-2825), which references do not list"
    ]
