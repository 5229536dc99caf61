"""A hyphen at the end of a line: kept, dropped, or kept with a space."""

from __future__ import annotations

from collections import Counter

import pytest

from natoagenda.importing import hyphens, plaintext


@pytest.mark.parametrize(
    ("before", "after", "joint"),
    [
        ("NAVO", "Top", "-"), ("NAVO", "verdragsgebied", "-"), ("21501", "02", "-"),
        ("", "regeringsleiders", "-"), ("veiligheids", "en", "- "), ("import", "of", "- "),
        ("verde", "diging", ""), ("samenwer", "king", ""), ("Oekra", "ïne", ""),
        ("Euro", "pese", ""), ("defensie", "industrie", "-"), ("non", "paper", "-"),
        ("minister", "president", "-"), ("secretaris", "generaal,", "-"),
        ("like", "minded", "-"), ("Patriot", "initiatief.", "-"), ("Noord", "Atlantische", "-"),
        ("staakt", "het-vuren", "-"), ("end-to", "end", "-"), ("2%", "norm", "-"),
        ("vice", "voorzitter", "-"), ("besluit", "vorming", ""), ("(Neder", "land)", ""),
    ],
)  # fmt: skip
def test_what_dutch_says(before: str, after: str, joint: str) -> None:
    assert hyphens.decide(before, after, Counter()) == joint


def test_what_the_letter_prints_elsewhere_comes_first() -> None:
    assert hyphens.decide("defensie", "industrie", Counter(["defensieindustrie"])) == ""
    assert hyphens.decide("lang", "termijn", Counter(["lang-termijn"])) == "-"


def test_a_capital_that_begins_a_sentence_is_no_name() -> None:
    assert hyphens.decide("Samen", "werking", Counter(), opening=True) == ""
    assert hyphens.decide("Patriot", "initiatief", Counter(), opening=False) == "-"


def test_a_letter_is_mended_with_its_marks_and_pages_in_place() -> None:
    text = (
        "De verde-\ndiging van de NAVO-\nTop en de samenwer-\fking is veiligheids-\nen rapport1."
        "\n\n1 Zie de be-\ngroting"
    )
    found = hyphens.mend(plaintext.parse(text))
    [block] = found.blocks
    assert block.text == (
        "De verdediging van de NAVO-Top en de samenwerking is veiligheids- en rapport."
    )
    assert block.text[block.calls[0].offset - 7 : block.calls[0].offset] == "rapport"
    assert block.pages_of(0, 5) == (1,)
    assert block.text[block.pages[1][0] :].startswith("is veiligheids")
    assert found.notes[0].text == "Zie de begroting"
