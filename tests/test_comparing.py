"""The same topic in several letters: which it is, what changed, and what came of promises."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from natoagenda import answers, comparing, library
from natoagenda.comparing import Asked, align, compare
from natoagenda.errors import NotFoundError
from natoagenda.model import Agenda, Role
from natoagenda.rows import Change, PromiseRow, StatementRow

LETTERS = Path(__file__).parent / "library"


@pytest.fixture(scope="module")
def letters() -> Sequence[Agenda]:
    """Invented letters of 2022, 2023 (two) and 2024."""
    return list(library.load([LETTERS]).agendas)


# -- which topic -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (
            "oekraïne",
            [
                "2022 Oekraïne title", "2023 Steun aan Oekraïne title",
                "2023 Russische agressie tegen Oekraïne title",
                "2024 Veiligheid in het oosten text",
            ],
        ),
        (
            "Steun aan Oekraïne",
            [
                "2022 Oekraïne words", "2023 Steun aan Oekraïne title",
                "2023 Russische agressie tegen Oekraïne words",
                "2024 Veiligheid in het oosten text",
            ],
        ),
        (
            "russische agressie tegen oekraine",
            [
                "2022 Oekraïne words", "2023 Steun aan Oekraïne words",
                "2023 Russische agressie tegen Oekraïne title",
            ],
        ),
        ("agressies", ["2023 Russische agressie tegen Oekraïne stem"]),
        ("Moldavië", ["2023 Steun aan Moldavië title"]),
        ("steun aan moldavie", ["2023 Steun aan Moldavië title"]),
        ("China", ["2022 China title", "2023 China en de Indo-Pacific title", "2024 China title"]),
        ("steun", ["2023 Steun aan Oekraïne title", "2023 Steun aan Moldavië title"]),
        ("uitbreidingen", ["2023 Uitbreiding stem"]),
        ("tribunaal", []),  # in one sentence of three letters, which is not what they are about
        ("samenwerking", []),
        ("", []),
    ],
)  # fmt: skip
def test_which_topic_it_is(letters: Sequence[Agenda], asked: str, found: list[str]) -> None:
    try:
        rows, without = compare(letters, asked)
    except NotFoundError:
        rows, without = [], [agenda.id for agenda in letters]
    assert [f"{r.starts.year} {r.topic.title} {r.topic.match}" for r in rows] == found
    assert {row.agenda for row in rows} | set(without) == {agenda.id for agenda in letters}
    assert [row.starts for row in rows] == sorted(row.starts for row in rows)


def test_generic_words_join_no_topics(letters: Sequence[Agenda]) -> None:
    (_, _, council, _) = letters
    assert Asked("Steun aan de samenwerking").topics(council) is None
    assert Asked("Inzet voor uitbreiding").topics(council) is not None


def test_what_is_said_counts_only_where_it_dominates_and_only_if_asked(
    letters: Sequence[Agenda],
) -> None:
    latest = letters[-1]
    assert Asked("oekraïne").topics(latest) is not None
    assert Asked("oekraïne").topics(latest, in_text=False) is None
    assert Asked("munitie").topics(latest) is not None  # two of four sentences
    assert Asked("agressie").topics(latest) is None  # one of four


def test_a_misspelt_word_is_that_of_a_title(letters: Sequence[Agenda]) -> None:
    assert comparing.spelt(letters, "oekriane") == "oekraine"
    assert comparing.spelt(letters, "moldavie en oekriane") == "moldavie oekraine"
    assert comparing.spelt(letters, "xyzzy") is None
    assert comparing.spelt(letters, "") is None


# -- what changed ----------------------------------------------------------------------------

OLD = "Nederland zet zich in voor een snelle levering van luchtverdediging aan Oekraïne."
PAIRS = [
    # the same sentence, changed
    (OLD, "Nederland zet zich in voor een snelle levering van luchtverdediging aan Oekraïne.", 1),
    (OLD, "Nederland zet zich in voor snelle leveringen van luchtverdediging aan Oekraïne!", 1),
    (OLD, "Het kabinet zet zich in voor een snelle levering van luchtverdediging en munitie.", 0.6),
    (OLD, "Nederland zet zich niet in voor een snelle levering van luchtverdediging.", 0.7),
    ("Het kabinet steunt dit.", "Het kabinet steunt dit niet.", 0.8),
    ("Nederland steunt de open deur van de NAVO.",
     "Nederland steunt onverminderd de open deur van de NAVO.", 0.85),
    # another sentence
    (OLD, "Nederland zet zich in voor een ambitieus klimaatakkoord.", None),
    (OLD, "Het kabinet is van mening dat de deur naar de NAVO open moet blijven.", None),
    ("Het kabinet hecht aan een strikt uitbreidingsbeleid.",
     "Het kabinet hecht aan de bescherming van vitale infrastructuur.", None),
    ("Nederland pleit voor een tribunaal dat het misdrijf agressie berecht.",
     "Nederland pleit voor een fonds voor de wederopbouw van Oekraïne.", None),
    ("De inzet van het kabinet is gericht op de veiligheid van Nederland.",
     "De minister van Defensie zal in de vergadering spreken over munitie.", None),
]  # fmt: skip


@pytest.mark.parametrize(("before", "now", "least"), PAIRS)
def test_which_sentences_are_one(before: str, now: str, least: float | None) -> None:
    pairs = align([before], [now])
    if least is None:
        assert pairs == {}
    else:
        [(place, similarity)] = pairs.values()
        assert place == 0
        assert least <= similarity <= 1


def test_a_sentence_is_paired_with_the_one_most_like_it_and_only_once() -> None:
    before = ["Nederland steunt de levering van munitie aan Oekraïne.", OLD]
    now = [OLD.replace("snelle ", ""), "Nederland steunt de levering van munitie.", OLD]
    pairs = {at: place for at, (place, _) in align(before, now).items()}
    assert pairs == {2: 1, 1: 0}
    assert align([], now) == align(before, []) == {}
    assert [place for _, (place, _) in sorted(align([OLD] * 3, [OLD] * 3).items())] == [0, 1, 2]


def test_each_stance_is_marked(letters: Sequence[Agenda]) -> None:
    rows, _ = compare(letters, "oekraïne")
    marks = [[(row.change, row.before) for row in each.stances] + [each.before] for each in rows]
    assert marks == [
        [(None, None)] * 4 + [None],
        [
            (Change.SAME, "oekraine.1.4"),
            (Change.CHANGED, "oekraine.2.1"),
            (Change.CHANGED, "oekraine.2.2"),
            (Change.NEW, None),
            "verzonnen-top-2022",
        ],
        [
            (Change.CHANGED, "steun-aan-oekraine.1.2"),
            (Change.SAME, "steun-aan-oekraine.2.3"),
            (Change.NEW, None),
            "verzonnen-top-2023",
        ],
        [(Change.NEW, None), (Change.SAME, "russische-agressie.1.3"), "verzonnen-raad-2023"],
    ]
    assert [[row.id for row in each.gone] for each in rows] == [
        [],
        ["oekraine.1.3"],
        ["steun-aan-oekraine.1.3", "steun-aan-oekraine.2.2"],
        ["russische-agressie.1.2", "russische-agressie.1.4"],
    ]
    assert all(row.change is Change.GONE for each in rows for row in each.gone)
    # `niet` in it: never the same.
    assert "niet open" in rows[1].stances[2].text
    assert rows[1].stances[2].similarity is not None
    assert rows[1].stances[2].similarity < 1


def test_all_stances_of_the_letters_are_there_word_for_word(letters: Sequence[Agenda]) -> None:
    rows, _ = compare(letters, "china")
    said = {row.agenda: [each.text for each in row.stances] for row in rows}
    for agenda in letters:
        for section in agenda.topics:
            if section.id == "china":
                stances = [each.text for each in section.with_role(Role.STANCE)]
                assert said[agenda.id] == stances


def test_of_two_topics_that_are_it_each_has_a_row(letters: Sequence[Agenda]) -> None:
    rows, _ = compare(letters, "steun")
    assert [(row.agenda, row.topic.id) for row in rows] == [
        ("verzonnen-top-2023", "steun-aan-oekraine"),
        ("verzonnen-top-2023", "steun-aan-moldavie"),
    ]
    assert [len(row.stances) for row in rows] == [4, 1]
    assert {row.before for row in rows} == {None}


# -- promises --------------------------------------------------------------------------------


def promises(letters: Sequence[Agenda]) -> list[PromiseRow]:
    found: list[StatementRow] = answers.statements(letters, Role.COMMITMENT)
    rows = [
        PromiseRow(**{name: getattr(row, name) for name in row.__struct_fields__}) for row in found
    ]
    return comparing.followed(letters, rows)


def test_later_letters_that_mention_the_same(letters: Sequence[Agenda]) -> None:
    china, deliveries = promises(letters)
    assert (china.agenda, deliveries.agenda) == ("verzonnen-top-2023", "verzonnen-top-2022")
    assert [(m.agenda, m.by, m.id, m.places) for m in china.later or ()] == [
        ("verzonnen-top-2024", "topic", "china", ("china.1.2",))
    ]
    assert [(m.agenda, m.by, m.id) for m in deliveries.later or ()] == [
        ("verzonnen-top-2023", "reference", "kst-36045-90"),
        ("verzonnen-top-2023", "topic", "steun-aan-oekraine"),
        ("verzonnen-raad-2023", "topic", "russische-agressie"),
    ]


def test_a_promise_without_later_letters_has_none(washington: Agenda) -> None:
    rows = promises([washington])
    assert [row.later for row in rows] == [(), ()]


def test_letters_before_it_and_of_the_same_day_do_not_count(letters: Sequence[Agenda]) -> None:
    rows = promises(letters[:2])
    assert {row.agenda: len(row.later or ()) for row in rows} == {
        "verzonnen-top-2022": 2,
        "verzonnen-top-2023": 0,
    }
