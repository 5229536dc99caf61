"""Any text at all: nothing is lost, nothing fails but with a clear sentence."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from natoagenda import dataset, dump
from natoagenda.errors import DataError
from natoagenda.importing import assemble, plaintext
from natoagenda.importing.source import LINE_HYPHEN, clean, words

PIECES = st.sampled_from(
    """
Geannoteerde agenda Raad van 3 mei 2024
Nederland steunt dit.
1
2 Noot twee
1 Noot een
rapport1
daarbij.2 En
- punt;
a) kop
I. Deel
Pagina 1 van 2
NAVO-
Top
-
(
“citaat
in 20211
1Nederland
(Kamerstuk 21 501-02, nr. 3)
Betreft
Geachte voorzitter,
De minister van Defensie,
K. Jansen
:
Op dinsdag 3 mei vindt een werklunch plaats.
•
Programma
Hierbij bied ik u de agenda aan.
De Raad zal spreken over vis en nog heel veel andere zaken die op de agenda staan en
""".strip().split("\n")
)
LINES = st.lists(
    st.one_of(
        PIECES,
        st.lists(PIECES, min_size=2, max_size=4).map(" ".join),
        st.sampled_from(["", "", "\n\n\n", "\f", "[^1]"]),
        st.text(max_size=20),
    ),
    max_size=30,
).map("\n".join)


def letters_of(text: str) -> Counter[str]:
    """The signs of a text but white space, and hyphens, which a line's end may make one of."""
    return Counter(
        c for c in clean(text) if not c.isspace() and c not in f"-\u2010\u2011{LINE_HYPHEN}"
    )


@given(LINES)
def test_no_sign_of_a_text_is_lost_by_reading_it(text: str) -> None:
    found = plaintext.parse(text)
    kept = [word.text for block in found.blocks for word in words(block)]
    kept += [f"{note.number}{note.text}" for note in found.notes]
    missing = letters_of(text) - letters_of("".join([*kept, *found.left_out]))
    # What surrounds a number that is a mark (`[1]`, `¹`) or begins a note (`1.`) is no text.
    assert not {sign for sign in missing if sign.isalpha()}, missing


@given(LINES)
def test_what_is_made_of_any_text_is_an_agenda_that_loads(text: str) -> None:
    try:
        agenda, report = assemble.assemble(plaintext.parse(text), "x")
    except DataError:
        return
    assert dataset.parse(dump.dump(agenda).encode(), "x") == agenda
    assert report.accounted == report.words or report.doubts


def test_a_suppressed_error_is_not_all_there_is() -> None:
    title = "Geannoteerde agenda Raad van 3 mei 2024"
    agenda, _ = assemble.assemble(plaintext.parse(f"{title}\n\nDe Raad spreekt."), "x")
    assert agenda.title == title
