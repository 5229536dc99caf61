"""Folding, words and near words: the rules about Dutch text, and that places stay exact."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from natoagenda import text

TEXTS = st.text(
    alphabet=st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from("ĳĲﬁßïéÅ½™㎞ -‑–—’“.,%/0123aAzZ\u0301\u0308\u00ad\u200b"),
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Oekraïne", "oekraine"),
        ("Oekrai\u0308ne", "oekraine"),
        ("berekeningswĳze", "berekeningswijze"),
        ("ĲSSELMEER", "ijsselmeer"),
        ("’s avonds", "'s avonds"),
        ("9–11 juli", "9-11 juli"),
        ("NAVO\u2011Top", "navo-top"),
        ("“pledge”", '"pledge"'),
        ("nr.\u00a093", "nr. 93"),
        ("ver\u00addediging", "verdediging"),
        ("Ærø", "aero"),
        ("STRASSE straße", "strasse strasse"),
        ("ﬁnancieel", "financieel"),
    ],
)
def test_folding(typed: str, folded: str) -> None:
    assert text.fold(typed) == folded


@given(TEXTS)
def test_folding_twice_changes_nothing(typed: str) -> None:
    assert text.fold(text.fold(typed)) == text.fold(typed)


@given(TEXTS)
def test_case_accents_and_composition_fold_together(typed: str) -> None:
    assert text.fold(unicodedata.normalize("NFC", typed)) == text.fold(
        unicodedata.normalize("NFD", typed)
    )


@given(TEXTS)
def test_places_lead_back_to_the_characters_that_folded(typed: str) -> None:
    folded = text.fold_with_places(typed)
    assert folded.text == text.fold(typed)
    assert len(folded.starts) == len(folded.text) + 1
    assert list(folded.starts) == sorted(folded.starts)
    assert folded.starts[-1] == len(typed)
    for at in range(len(folded.text)):
        start, end = folded.span(at, at + 1)
        assert 0 <= start < end <= len(typed)
        assert folded.text[at] in text.fold(typed[start:end])


@given(TEXTS)
@example("berekeningswĳze")
def test_every_word_is_where_it_says(typed: str) -> None:
    for word in text.words(typed):
        assert word.text in text.fold(typed[word.start : word.end])


@given(TEXTS)
def test_words_of_folded_text_are_the_same_words(typed: str) -> None:
    folded = text.fold(typed)
    assert text.folded_words(folded) == [word.text for word in text.words(typed)]
    assert [word for word, _, _ in text.word_spans(folded)] == text.folded_words(folded)
    for word, start, end in text.word_spans(folded):
        assert folded[start:end] == word
        pieces = text.part_spans(word, start, end)
        assert [piece for piece, _, _ in pieces] == text.parts(word)
        assert all(folded[first:last] == piece for piece, first, last in pieces)


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("ten minste 2% van het bbp", ["ten", "minste", "2%", "van", "het", "bbp"]),
        ("2%-norm en defensie industrie", ["2%-norm", "en", "defensie", "industrie"]),
        ("NAVO-EU samenwerking", ["navo-eu", "samenwerking"]),
        ("motie Dassen c.s. (Kamerstuk", ["motie", "dassen", "c.s.", "kamerstuk"]),
        ("(36410-X, nr.93)", ["36410-x", "nr", "93"]),
        ("Washington, D.C.; vijfenzeventig", ["washington", "d.c.", "vijfenzeventig"]),
        ("de 360-gradenbenadering", ["de", "360-gradenbenadering"]),
        ("een non-paper.", ["een", "non-paper"]),
        ("NAVO-ministers en -leiders", ["navo-ministers", "en", "leiders"]),
        ("3,5 procent van 15.000", ["3,5", "procent", "van", "15.000"]),
        ("2014-2024", ["2014-2024"]),
        ("risico’s", ["risico's"]),
        ("…!? «»", []),
    ],
)  # fmt: skip
def test_words(sentence: str, words: list[str]) -> None:
    assert [word.text for word in text.words(sentence)] == words


def test_parts_of_words() -> None:
    assert text.parts("navo-eu") == ["navo", "eu"]
    assert text.parts("en/of") == ["en", "of"]
    assert text.parts("2%-norm") == ["2%", "norm"]
    assert text.parts("c.s.") == ["c.s."]
    assert text.part_spans("a--b", 10, 14) == [("a", 10, 11), ("b", 13, 14)]


def test_nearest_words() -> None:
    words = ["oekraine", "patriot-initiatief", "patriot", "defensie", "defence"]
    assert text.nearest("oekrainne", words) == ("oekraine",)
    assert text.nearest("patriott", words)[0] == "patriot"
    assert set(text.nearest("defense", words)) == {"defensie", "defence"}
    assert text.nearest("defense", words, most=1) == text.nearest("defense", words)[:1]
    assert text.nearest("zwaluw", words) == ()
    assert len(text.nearest("steun", ["steuns", "steunt", "steune", "steunen"])) == 3


# -- sentences -----------------------------------------------------------------------------


def split(paragraph: str) -> list[str]:
    return [paragraph[start:end] for start, end in text.sentences(paragraph)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["Dit is drs. Jansen.", "Hij komt d.d. 3 mei jl.", "Nederland steunt dit."],
        ["De motie Dassen c.s. (Kamerstuk 21 501-02 nr. 2825).", "Verder niets."],
        ["Het zegt: “Dat is goed. Wij gaan door.”", "Daarna volgt meer."],
        ['Het zegt: "Dat is goed. Wij gaan door."', "Daarna volgt meer."],
        ["In Washington, D.C. bijeen komt de Top.", "Dan is het klaar."],
        ["Zij reizen naar Washington D.C.", "Nederland gaat mee."],
        ["Zoals o.a. Duitsland (zie art. 5. Verder e.a.) en meer.", "Klaar."],
        ["1. Oekraïne staat op de agenda.", "2. China ook."],
        ["a. Een punt.", "IV. Nog een."],
        ["Het kost 3,5 mln. euro.", "Dat is 2.1 keer zo veel."],
        ["De 14e zitting was in 2024.", "’s Avonds is er een diner.", "’t Is laat."],
        ["Wat nu?", "Doorgaan!", "Het moet…", "Dat is zo."],
        ["C.C.J. Veldkamp spreekt.", "K. Jansen ook."],
        ["De heren K. De Vries en J.-P. De Boer spreken.", "Meer niet."],
        ["Tegen één in de VS.", "De leiders vergaderen."],
        ["Het gaat om m.n. België; e.e.a. is n.v.t. op Polen.", "Zo is het."],
        ["De volgende punten: • Een.", "• Twee.", "– Drie."],
        ["Zie de nrs. 3. 4 en 5 hierover.", "Er zijn 12.", "Dat is alles."],
        [
            "Punt 3. 4 en 5 zijn er niet.",
            "In 2024.",
            "12 landen doen mee.",
            "De heer K. Jansen zegt het.",
        ],
        ["Hij (zie boven) zei dat.", "(Zie ook bijlage 2.)", "Meer niet."],
        ["De ‘Hague. Plan’ is er.", "Dat is risico’s. mijden."],
        ["De vraag (Waarom nu?) Kamerbreed gesteld, blijft.", "Verder niets."],
        ["Mr. De Vries spreekt.", "Vgl. De brief van mei."],
        ["Hij zei ‘dhr. Jansen komt."],
        ["Dat geldt ook voor de VS.", "U ontvangt een brief."],
        ["Het kost 3 mln. Amerikaanse dollars.", "Er is e.e.a. NAVO-breed besproken."],
        ["Zo is het.", "“"],
        ["Zonder punt aan het eind"],
    ],
)
def test_sentences(sentences: list[str]) -> None:
    assert split(" ".join(sentences)) == sentences


def test_a_quotation_mark_that_never_closes_holds_nothing_together() -> None:
    assert split("Hij zei: “Dat is zo. Wij gaan door.") == [
        "Hij zei: “Dat is zo.",
        "Wij gaan door.",
    ]
    far = f"“Een. Twee {'woord ' * 150}” eind."
    assert split(far)[0] == "“Een."
    assert split("Iets ” zo. Dan meer.") == ["Iets ” zo.", "Dan meer."]


def test_a_quotation_is_held_together_however_late_it_comes() -> None:
    before = f"Eerst{' een woord' * 70}."
    assert split(f"{before} “Een. Twee.” Klaar.") == [before, "“Een. Twee.”", "Klaar."]


def test_nothing_has_no_sentences() -> None:
    assert text.sentences("") == ()


@given(TEXTS)
def test_sentences_hold_all_that_is_not_white_space(paragraph: str) -> None:
    single = " ".join(paragraph.split())
    spans = text.sentences(single)
    assert "".join(single[a:b] for a, b in spans).replace(" ", "") == single.replace(" ", "")
    assert all(a < b for a, b in spans)


@pytest.mark.parametrize(
    ("token", "known"),
    [("dhr.", True), ("(nr.", True), ("K.", True), ("o.a.", True), ("vis.", False)],
)
def test_abbreviations(token: str, known: bool) -> None:
    assert text.is_abbreviation(token) is known
