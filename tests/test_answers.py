"""Questions about agendas and their answers: given this letter, asked this, the answer is that."""

from __future__ import annotations

import datetime
import json
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from natoagenda import answers, dataset, library
from natoagenda.days import Day, parse_day
from natoagenda.errors import NatoagendaError, NotFoundError, UsageError, shown
from natoagenda.model import Agenda, Call, Role, Section, SectionKind

WASHINGTON = dataset.load(library.builtin_path())
"""For property tests, which must not ask for fixtures."""

UKRAINE = "steun-aan-oekraine"
DETERRENCE = "afschrikking-en-verdediging"
HYBRID = "hybride-dreigingen"
GLOBAL = "mondiale-uitdagingen"
NATO_EU = "navo-eu-samenwerking"
TOPICS = [UKRAINE, DETERRENCE, HYBRID, GLOBAL, NATO_EU]


def retitled(agenda: Agenda, identifier: str, starts: datetime.date, **titles: str) -> Agenda:
    """The same letter for another meeting, with other Dutch titles for some of its topics."""
    sections = tuple(
        msgspec.structs.replace(section, title=titles[section.id.replace("-", "_")], title_en=None)
        if section.id.replace("-", "_") in titles
        else section
        for section in agenda.sections
    )
    ends = starts + datetime.timedelta(days=1)
    return msgspec.structs.replace(
        agenda, id=identifier, starts=starts, ends=ends, sections=sections
    )


@pytest.fixture
def vilnius(washington: Agenda) -> Agenda:
    """The same letter, a year before."""
    return retitled(washington, "vilnius-2023", datetime.date(2023, 7, 11))


@pytest.fixture
def den_haag(washington: Agenda) -> Agenda:
    """A letter a year later, of which the topic on Ukraine is called otherwise."""
    sections = tuple(s for s in washington.sections if s.id not in (HYBRID, GLOBAL))
    later = retitled(
        washington,
        "den-haag-2025",
        datetime.date(2025, 6, 24),
        steun_aan_oekraine="Vrede in Oekraïne",
    )
    kept = {section.id for section in sections}
    return msgspec.structs.replace(
        later, sections=tuple(section for section in later.sections if section.id in kept)
    )


# -- schedule -------------------------------------------------------------------------------


def test_the_schedule_is_by_date_with_the_undated_last(washington: Agenda) -> None:
    assert [(str(row.date), row.id) for row in answers.schedule([washington])] == [
        ("2024-07-09", "opening-ceremony"),
        ("2024-07-10", "council-allies"),
        ("2024-07-10", "white-house-dinner"),
        ("2024-07-10", "foreign-ministers-dinner"),
        ("2024-07-10", "defence-ministers-dinner"),
        ("2024-07-11", "council-partners"),
        ("2024-07-11", "nato-ukraine-council"),
        ("None", "allied-events"),
    ]


def test_a_schedule_out_of_order_is_put_in_order(washington: Agenda) -> None:
    turned = msgspec.structs.replace(washington, sessions=washington.sessions[::-1])
    assert [row.id for row in answers.schedule([turned])] == [
        "opening-ceremony",
        "defence-ministers-dinner",
        "foreign-ministers-dinner",
        "white-house-dinner",
        "council-allies",
        "nato-ukraine-council",
        "council-partners",
        "allied-events",
    ]


def test_schedules_of_several_meetings_are_one(washington: Agenda, den_haag: Agenda) -> None:
    rows = answers.schedule([den_haag, washington])
    assert [(row.agenda, row.id) for row in rows[:2]] == [
        ("den-haag-2025", "opening-ceremony"),
        ("washington-2024", "opening-ceremony"),
    ]
    assert [row.agenda for row in rows[-2:]] == ["den-haag-2025", "washington-2024"]
    assert len(rows) == 16


@pytest.mark.parametrize(
    ("typed", "sessions"),
    [
        ("9", ["opening-ceremony"]),
        ("woensdag", ["council-allies", "white-house-dinner", "foreign-ministers-dinner",
                      "defence-ministers-dinner"]),
        ("July 11, 2024", ["council-partners", "nato-ukraine-council"]),
        ("12", []),
        ("10 juli 2023", []),
    ],
)  # fmt: skip
def test_a_day_keeps_its_sessions_and_never_the_undated(
    washington: Agenda, typed: str, sessions: list[str]
) -> None:
    assert [row.id for row in answers.schedule([washington], parse_day(typed))] == sessions


def test_a_session_is_quoted_with_its_place(washington: Agenda) -> None:
    (row,) = (r for r in answers.schedule([washington]) if r.id == "council-partners")
    assert (row.agenda, row.part_of_day, row.page) == ("washington-2024", None, 1)
    assert (row.title, row.title_en) == (
        "Vergadering van de Noord-Atlantische Raad",
        "Meeting of the North Atlantic Council",
    )
    assert row.topics == (NATO_EU, GLOBAL)
    assert [(quote.id, quote.page) for quote in row.quotes] == [
        ("programme.2.1", 1),
        ("programme.2.2", 1),
        ("navo-eu-samenwerking.1.1", 7),
    ]
    assert row.quotes[0].text.startswith("Op 11 juli hervat het inhoudelijk programma")
    assert len(row.participants) == len(row.participants_en) == 7
    assert row.participants_en[3] == "Head of Government of Australia"


def test_the_evening_of_10_july_is_an_evening_and_no_clock_time(washington: Agenda) -> None:
    rows = answers.schedule([washington], Day(day=10))
    assert [row.part_of_day for row in rows] == [None, "evening", "evening", "evening"]


def test_meeting_days_are_first_to_last_each_once(washington: Agenda, vilnius: Agenda) -> None:
    assert [str(day) for day in answers.meeting_days([washington, vilnius, washington])] == [
        "2023-07-11",
        "2023-07-12",
        "2024-07-09",
        "2024-07-10",
        "2024-07-11",
    ]
    assert answers.meeting_days([]) == []


# -- topics ---------------------------------------------------------------------------------


def test_topics_are_counted(washington: Agenda) -> None:
    rows = answers.topics([washington])
    assert [
        (row.id, row.pages, row.statements, row.stances, row.expectations, row.commitments,
         row.footnotes)
        for row in rows
    ] == [
        (UKRAINE, (2,), 10, 2, 6, 0, ()),
        (DETERRENCE, (2, 3, 4, 5), 32, 4, 4, 1, (1, 2, 3)),
        (HYBRID, (5,), 7, 1, 1, 0, ()),
        (GLOBAL, (5, 6), 19, 2, 4, 1, (4,)),
        (NATO_EU, (6, 7), 5, 4, 1, 0, (5,)),
    ]  # fmt: skip
    assert (rows[0].title, rows[0].title_en) == ("Steun aan Oekraïne", "Support for Ukraine")


@pytest.mark.parametrize(
    ("asked", "topic"),
    [
        ("oekraïne", UKRAINE), ("oekraine", UKRAINE), ("OEKRAINE", UKRAINE),
        ("Oekrai\u0308ne", UKRAINE), ("  Oekraïne ", UKRAINE), ("ukraine", UKRAINE),
        ("Ukraine", UKRAINE), ("ukrain", UKRAINE), ("oekr", UKRAINE),
        ("Steun aan Oekraïne", UKRAINE),
        ("steun-aan-oekraine", UKRAINE), ("steun oekraine", UKRAINE), ("oekraïne steun", UKRAINE),
        ("oekarine", UKRAINE), ("okraine", UKRAINE), ("steunn oekrane", UKRAINE),
        ("afschriking", DETERRENCE), ("afschrikking", DETERRENCE), ("deterrence", DETERRENCE),
        ("verdediging", DETERRENCE), ("2%", DETERRENCE), ("2%-norm", DETERRENCE),
        ("2% norm", DETERRENCE), ("2", DETERRENCE), ("defensie-industrie", DETERRENCE),
        ("defensie industrie", DETERRENCE), ("DEFENCE INDUSTRY", DETERRENCE),
        ("hybrid", HYBRID), ("hybride", HYBRID), ("hybride dreigingen", HYBRID),
        ("threats", HYBRID), ("hybrid-threats", HYBRID),
        ("mondiale", GLOBAL), ("mondiaal", GLOBAL), ("global challenges", GLOBAL),
        ("uitdaging", GLOBAL),
        ("nato-eu", NATO_EU), ("navo-eu", NATO_EU), ("NAVO EU", NATO_EU), ("navo‑eu", NATO_EU),
        ("eu", NATO_EU), ("samenwerking", NATO_EU), ("NAVO/EU", NATO_EU), ("werking", NATO_EU),
        *((identifier, identifier) for identifier in TOPICS),
    ],
)  # fmt: skip
def test_a_topic_is_found_by_what_people_type(washington: Agenda, asked: str, topic: str) -> None:
    found, others = answers.topic([washington], asked)
    assert (found.id, found.agenda, others) == (topic, "washington-2024", [])


@pytest.mark.parametrize(
    ("asked", "rank"),
    [
        ("steun-aan-oekraine", 0),
        ("Steun aan Oekraïne", 0),
        ("support for ukraine", 0),
        ("oekraïne", 1),
        ("steun-aan", 1),
        ("oekr", 2),
        ("raïne", 3),
        ("oekarine", 4),
    ],
)
def test_how_far_off_a_match_is(washington: Agenda, asked: str, rank: int) -> None:
    assert [(r, s.id) for r, s in answers.match_topics(washington, asked)] == [(rank, UKRAINE)]


def test_matches_come_nearest_first(washington: Agenda) -> None:
    # "en" is a word of the second title, and a part of a word in the others.
    ranks = answers.match_topics(washington, "en")
    assert (ranks[0][0], ranks[0][1].id) == (1, DETERRENCE)
    assert [rank for rank, _ in ranks] == sorted(rank for rank, _ in ranks)
    assert len(ranks) > 1
    assert answers.topic([washington], "en")[0].id == DETERRENCE


def test_the_letter_and_the_programme_are_no_topics(washington: Agenda) -> None:
    for asked in ("programme", "introduction", "Agenda"):
        assert answers.match_topics(washington, asked) == []


def test_the_latest_meeting_answers_and_the_others_are_named(
    washington: Agenda, vilnius: Agenda, den_haag: Agenda
) -> None:
    for agendas in ([vilnius, washington, den_haag], [den_haag, washington, vilnius]):
        found, others = answers.topic(agendas, "oekraïne")
        assert (found.agenda, found.title) == ("den-haag-2025", "Vrede in Oekraïne")
        assert others == ["washington-2024", "vilnius-2023"]
        found, others = answers.topic(agendas, "hybride")
        assert (found.agenda, others) == ("washington-2024", ["vilnius-2023"])


def test_the_latest_meeting_answers_though_an_earlier_has_a_nearer_title(
    washington: Agenda, den_haag: Agenda
) -> None:
    section = next(section for section in washington.sections if section.id == UKRAINE)
    sections = (msgspec.structs.replace(section, title="Oekraïne"),)
    before = msgspec.structs.replace(washington, sections=sections, sessions=(), footnotes=())
    before = msgspec.structs.replace(before, references=())
    found, others = answers.topic([before, den_haag], "oekraïne")
    assert (found.agenda, others) == ("den-haag-2025", ["washington-2024"])
    # What is only nearly a title of the later letter is not taken for it.
    found, others = answers.topic([before, den_haag], "support")
    assert (found.agenda, others) == ("washington-2024", [])


def test_topics_that_fit_equally_well_are_listed(washington: Agenda) -> None:
    with pytest.raises(UsageError) as caught:
        answers.topic([washington], "d")
    assert str(caught.value) == (
        "'d' fits 2 topics equally well: "
        "afschrikking-en-verdediging "
        "(Afschrikking en verdediging, 2%-norm en defensie industrie); "
        "hybride-dreigingen (Hybride dreigingen)"
    )


def test_an_ambiguity_of_an_earlier_letter_does_not_matter(
    washington: Agenda, den_haag: Agenda
) -> None:
    # The later letter has no topic on hybrid threats, so "d" fits one of its topics.
    found, others = answers.topic([washington, den_haag], "d")
    assert (found.agenda, found.id, others) == ("den-haag-2025", DETERRENCE, ["washington-2024"])


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("klimaat", "there are " + ", ".join(TOPICS)),
        ("", "there are " + ", ".join(TOPICS)),
        ("?!", "there are " + ", ".join(TOPICS)),
        ("xq", "there are " + ", ".join(TOPICS)),
        ("ukrainians", f"did you mean {UKRAINE}?"),
        ("verdedigbaar", f"did you mean {DETERRENCE}?"),
        ("bedreigen", f"did you mean {HYBRID}?"),
    ],
)
def test_no_such_topic_says_which_there_are_or_which_is_near(
    washington: Agenda, asked: str, answer: str
) -> None:
    with pytest.raises(NotFoundError) as caught:
        answers.topic([washington], asked)
    message = str(caught.value)
    assert message.startswith(f"no topic is called {asked!r}; {answer}")
    assert message.endswith(f"natoagenda search {asked!r} looks in the text itself")


def test_topic_ids_are_the_best_fits_in_any_agenda(washington: Agenda, den_haag: Agenda) -> None:
    both = [washington, den_haag]
    assert answers.topic_ids(both, "oekraine") == {
        ("washington-2024", UKRAINE),
        ("den-haag-2025", UKRAINE),
    }
    assert answers.topic_ids(both, "Vrede in Oekraïne") == {("den-haag-2025", UKRAINE)}
    assert answers.topic_ids([washington], "d") == {
        ("washington-2024", DETERRENCE),
        ("washington-2024", HYBRID),
    }
    with pytest.raises(NotFoundError):
        answers.topic_ids(both, "klimaat")


def topic_or_error(asked: str) -> str | NatoagendaError:
    try:
        return answers.topic([WASHINGTON], asked)[0].id
    except (NotFoundError, UsageError) as error:
        return error


@settings(max_examples=200)
@given(st.text() | st.text(alphabet="oekraïnestu 2%-navo/dg", max_size=12))
def test_any_question_has_a_topic_or_a_typed_error(asked: str) -> None:
    found = topic_or_error(asked)
    if isinstance(found, NatoagendaError):
        assert shown(asked) in str(found)
    else:
        assert found in TOPICS


def test_a_topic_gathers_all_that_the_letter_says(washington: Agenda) -> None:
    topic, _ = answers.topic([washington], "2%")
    assert (topic.id, topic.pages) == (DETERRENCE, (2, 3, 4, 5))
    assert topic.title == "Afschrikking en verdediging, 2%-norm en defensie industrie"
    assert topic.title_en == "Deterrence and defence, the 2% guideline and the defence industry"
    assert [row.id.removeprefix(DETERRENCE) for row in topic.stances] == [
        ".4.6", ".4.7", ".5.5", ".6.5",
    ]  # fmt: skip
    assert [row.id.removeprefix(DETERRENCE) for row in topic.expectations] == [
        ".3.1", ".4.3", ".5.3", ".5.4",
    ]  # fmt: skip
    assert [row.id.removeprefix(DETERRENCE) for row in topic.commitments] == [".6.6"]
    assert len(topic.statements) == 32
    assert [note.number for note in topic.footnotes] == [1, 2, 3]
    assert [reference.id for reference in topic.references] == [
        "regional-plans",
        "defence-investment-pledge",
        "defence-expenditure-of-nato-countries",
        "minimum-capability-requirements",
        "defence-production-action-plan",
        "nato-industrial-capacity-expansion-pledge",
        "kst-36410-X-93",
        "joint-declaration-met-noordzeelanden",
        "kst-21501-02-2825",
    ]
    assert topic.sessions == ()


def test_a_topic_has_the_sessions_that_discuss_or_quote_it(washington: Agenda) -> None:
    def sessions(asked: str) -> list[str]:
        return [row.id for row in answers.topic([washington], asked)[0].sessions]

    assert sessions("oekraïne") == ["nato-ukraine-council"]
    assert sessions("mondiale") == ["council-partners"]
    assert sessions("navo-eu") == ["council-partners"]
    without = tuple(msgspec.structs.replace(s, topics=()) for s in washington.sessions)
    unnamed = msgspec.structs.replace(washington, sessions=without)
    assert [row.id for row in answers.topic([unnamed], "navo-eu")[0].sessions] == [
        "council-partners"
    ]
    assert answers.topic([unnamed], "mondiale")[0].sessions == ()


def test_the_non_paper_and_its_cover_are_references_of_their_topic(washington: Agenda) -> None:
    topic, _ = answers.topic([washington], "navo-eu")
    assert [reference.id for reference in topic.references] == [
        "non-paper-navo-eu-samenwerking",
        "kst-21501-02-2794",
    ]


def test_a_topic_without_a_heading_goes_by_its_id(washington: Agenda) -> None:
    sections = tuple(msgspec.structs.replace(s, title=None) for s in washington.sections)
    bare = msgspec.structs.replace(washington, sections=sections)
    assert answers.topics([bare])[0].title == UKRAINE
    assert answers.topic([bare], "oekraine")[0].title == UKRAINE
    with pytest.raises(NotFoundError, match="there are " + ", ".join(TOPICS)):
        answers.topic([bare], "klimaat")


# -- statements, footnotes, references ------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "count", "first", "last"),
    [
        (Role.STANCE, 13, f"{UKRAINE}.1.4", f"{NATO_EU}.1.5"),
        (Role.EXPECTATION, 19, "introduction.1.2", f"{NATO_EU}.1.1"),
        (Role.COMMITMENT, 2, f"{DETERRENCE}.6.6", f"{GLOBAL}.2.5"),
        (Role.BACKGROUND, 53, "introduction.1.1", f"{GLOBAL}.2.10"),
    ],
)
def test_statements_of_a_role_in_reading_order(
    washington: Agenda, role: Role, count: int, first: str, last: str
) -> None:
    rows = answers.statements([washington], role)
    assert (len(rows), rows[0].id, rows[-1].id) == (count, first, last)
    assert {row.role for row in rows} == {role}
    order = [statement.id for statement in washington.statements()]
    assert [row.id for row in rows] == [found for found in order if found in {r.id for r in rows}]


def test_a_stance_is_shown_with_what_it_is_about(washington: Agenda) -> None:
    (row,) = (r for r in answers.statements([washington], Role.STANCE) if r.section == HYBRID)
    assert (row.text, row.text_en) == (
        "Het kabinet ondersteunt dit.",
        "The government supports this.",
    )
    assert (row.section_title, row.section_title_en) == ("Hybride dreigingen", "Hybrid threats")
    assert (row.page, row.pages, row.footnotes) == (5, (5,), ())
    (about,) = row.about
    assert (about.id, about.page) == (f"{HYBRID}.1.6", 5)
    assert about.text.startswith("Tijdens de NAVO-Top in Washington zullen bondgenoten")
    assert about.text_en is not None
    assert about.text_en.startswith("At the NATO Summit in Washington")


def test_the_offset_of_a_footnote_counts_characters_of_the_text(washington: Agenda) -> None:
    rows = [row for role in Role for row in answers.statements([washington], role)]
    (row,) = (row for row in rows if row.footnotes and row.footnotes[0].number == 1)
    (call,) = row.footnotes
    assert row.text[: call.offset].endswith("een burden sharing rapport")
    assert row.text[call.offset :].startswith(" waaruit blijkt")


def test_the_footnotes_are_quoted_with_what_calls_them(washington: Agenda) -> None:
    rows = answers.footnotes([washington])
    assert [(row.number, row.page, row.called_from.id) for row in rows] == [
        (1, 3, f"{DETERRENCE}.3.4"),
        (2, 3, f"{DETERRENCE}.3.5"),
        (3, 4, f"{DETERRENCE}.5.5"),
        (4, 6, f"{GLOBAL}.2.6"),
        (5, 7, f"{NATO_EU}.1.5"),
    ]
    assert [[reference.id for reference in row.references] for row in rows] == [
        ["defence-expenditure-of-nato-countries"],
        [],
        ["kst-36410-X-93"],
        ["persbericht-navo-website"],
        ["non-paper-navo-eu-samenwerking", "kst-21501-02-2794"],
    ]


def test_footnote_2_and_where_it_belongs(washington: Agenda, vilnius: Agenda) -> None:
    (row,) = answers.footnotes([washington], 2)
    assert row.text.startswith("De NAVO hanteert een andere nominale berekeningswijze")
    assert row.called_from.text == "Nederland hoort daarbij."
    both = answers.footnotes([vilnius, washington], 2)
    assert [found.agenda for found in both] == ["washington-2024", "vilnius-2023"]


@pytest.mark.parametrize(
    ("numbers", "there"),
    [
        ([1, 2, 3, 4, 5], "there are 1 to 5"),
        ([1, 2, 3, 5], "there are 1, 2, 3, 5"),
        ([1, 2], "there are 1, 2"),
        ([4], "there are 4"),
        ([], "the letter has none"),
    ],
)
def test_a_footnote_that_is_not_there(washington: Agenda, numbers: list[int], there: str) -> None:
    kept = tuple(note for note in washington.footnotes if note.number in numbers)
    agenda = msgspec.structs.replace(washington, footnotes=kept)
    assert [row.number for row in answers.footnotes([agenda])] == numbers
    with pytest.raises(NotFoundError) as caught:
        answers.footnotes([agenda], 9)
    assert str(caught.value) == f"there is no footnote 9; {there}"


def test_a_footnote_of_a_heading_is_called_from_the_section(washington: Agenda) -> None:
    (note,) = (n for n in washington.footnotes if n.number == 1)
    moved = msgspec.structs.replace(note, called_from=UKRAINE)
    agenda = msgspec.structs.replace(washington, footnotes=(moved,))
    (row,) = answers.footnotes([agenda])
    assert row.called_from.id == UKRAINE
    assert (row.called_from.text, row.called_from.page) == ("Steun aan Oekraïne", 2)
    assert row.called_from.text_en == "Support for Ukraine"


def test_references_are_in_the_order_in_which_the_letter_cites_them(washington: Agenda) -> None:
    place: dict[str, tuple[int, int]] = {}
    for index, statement in enumerate(washington.statements()):
        place[statement.id] = (index, 0)
        for call in statement.calls:
            place[f"footnote:{call.number}"] = (index, call.number)
    rows = answers.references([washington])
    for row in rows:
        assert list(row.cited_from) == sorted(row.cited_from, key=place.__getitem__)
    firsts = [place[row.cited_from[0]] for row in rows]
    assert firsts == sorted(firsts)
    assert [row.id for row in rows] == [reference.id for reference in washington.references]
    assert len(rows) == 16


def test_a_reference_is_shown_as_printed_beside_its_id(washington: Agenda) -> None:
    (row,) = (r for r in answers.references([washington]) if r.kind == "motion")
    assert (row.id, row.citation) == ("kst-21501-02-2825", "Kamerstuk 21 501-02 nr. 2825")
    assert (row.title, row.title_en) == ("motie Dassen c.s.", "motion by Dassen et al.")
    assert row.url == "https://zoek.officielebekendmakingen.nl/kst-21501-02-2825.html"
    assert row.cited_from == (f"{DETERRENCE}.6.6",)


# -- the whole ------------------------------------------------------------------------------


def test_the_whole_has_every_statement_once_in_reading_order(washington: Agenda) -> None:
    whole = answers.whole(washington)
    rows = [
        row
        for section in whole.sections
        for paragraph in section.paragraphs
        for row in paragraph.statements
    ]
    assert [row.id for row in rows] == [s.id for s in washington.statements()]
    assert len({row.id for row in rows}) == 87
    assert [row.text for row in rows] == [s.text for s in washington.statements()]
    assert [len(section.paragraphs) for section in whole.sections] == [1, 2, 3, 6, 1, 2, 1]
    assert list(whole.sessions) == answers.schedule([washington])
    assert list(whole.footnotes) == answers.footnotes([washington])
    assert list(whole.references) == answers.references([washington])
    assert (whole.schema, whole.agenda.document) == (1, washington.document)
    assert whole.agenda.delegation[0] == "minister-president"
    assert whole.agenda.delegation_en[0] == "Prime Minister"


QUOTE = "id text page"
STATEMENT = "id agenda section section_title role text text_en page pages about footnotes"
REFERENCE = "id agenda kind title citation date url confidential cited_from"
FOOTNOTE = "number agenda text text_en page called_from references"
SESSION = "id agenda date part_of_day kind title title_en participants topics page quotes"
TOPIC = (
    "id agenda title title_en pages stances expectations commitments statements footnotes "
    "references sessions"
)
SECTION = "id kind title title_en pages paragraphs"
AGENDA = "id title title_en organisation venue starts ends delegation document reviewed"


def as_json(rows: object) -> Any:
    return json.loads(msgspec.json.encode(rows))


def assert_keys(row: dict[str, Any], published: str) -> None:
    """The published keys (DESIGN section 4) are all there and in that order; more may come."""
    wanted = published.split()
    assert [key for key in row if key in wanted] == wanted


def assert_nested_keys(row: dict[str, Any]) -> None:
    """The same of what a row holds: quotes, the calls of footnotes, references."""
    for quote in (*row.get("about", ()), *row.get("quotes", ())):
        assert_keys(quote, QUOTE)
    if "role" in row:
        for call in row["footnotes"]:
            assert_keys(call, "number offset")
    if "called_from" in row:
        assert_keys(row["called_from"], QUOTE)
        for reference in row["references"]:
            assert_keys(reference, REFERENCE)


def test_rows_have_the_published_keys_in_order(washington: Agenda) -> None:
    def each(rows: object, published: str) -> None:
        found = as_json(rows)
        assert found
        for row in found:
            assert_keys(row, published)
            assert_nested_keys(row)

    each(answers.schedule([washington]), SESSION)
    each(
        answers.topics([washington]),
        "id agenda title title_en pages statements stances expectations commitments footnotes",
    )
    for role in Role:
        each(answers.statements([washington], role), STATEMENT)
    each(answers.footnotes([washington]), FOOTNOTE)
    each(answers.references([washington]), REFERENCE)


@pytest.mark.parametrize("asked", TOPICS)
def test_a_topic_has_the_published_keys_in_order(washington: Agenda, asked: str) -> None:
    topic = as_json(answers.topic([washington], asked)[0])
    assert_keys(topic, TOPIC)
    for role in ("stances", "expectations", "commitments", "statements"):
        for row in topic[role]:
            assert_keys(row, STATEMENT)
            assert_nested_keys(row)
    for part, published in (
        ("footnotes", FOOTNOTE),
        ("references", REFERENCE),
        ("sessions", SESSION),
    ):
        for row in topic[part]:
            assert_keys(row, published)
            assert_nested_keys(row)


def test_the_whole_has_the_published_keys_in_order(washington: Agenda) -> None:
    whole = as_json(answers.whole(washington))
    assert_keys(whole, "schema agenda sessions sections footnotes references")
    assert_keys(whole["agenda"], AGENDA)
    assert_keys(whole["agenda"]["document"], "citation id date pages sha256")
    for section in whole["sections"]:
        assert_keys(section, SECTION)
        for paragraph in section["paragraphs"]:
            assert list(paragraph) == ["statements"]
            for row in paragraph["statements"]:
                assert_keys(row, STATEMENT)


def test_dates_are_iso_8601_and_what_is_not_given_is_null(washington: Agenda) -> None:
    rows = as_json(answers.schedule([washington]))
    assert rows[0]["date"] == "2024-07-09"
    assert rows[-1]["date"] is None
    assert rows[0]["part_of_day"] is None
    assert rows[0]["participants"] == []


def test_no_answer_is_about_no_agendas() -> None:
    assert answers.schedule([]) == []
    assert answers.topics([]) == []
    assert answers.statements([], Role.STANCE) == []
    assert answers.footnotes([]) == []
    assert answers.references([]) == []
    with pytest.raises(NotFoundError):
        answers.topic([], "oekraïne")


# -- the model ------------------------------------------------------------------------------


def section_of(agenda: Agenda, identifier: str) -> Section:
    (found,) = (section for section in agenda.sections if section.id == identifier)
    return found


def test_a_statement_knows_its_place(washington: Agenda) -> None:
    statements = {statement.id: statement for statement in washington.statements()}
    seam = statements["afschrikking-en-verdediging.6.5"]
    assert (seam.page, seam.pages) == (4, (4, 5))
    assert (seam.section, seam.paragraph) == ("afschrikking-en-verdediging", 6)
    first = statements["introduction.1.1"]
    assert (first.page, first.section, first.paragraph) == (1, "introduction", 1)


def test_a_section_has_the_pages_of_its_heading_and_its_text(washington: Agenda) -> None:
    nato_eu = section_of(washington, NATO_EU)
    assert (nato_eu.page, nato_eu.pages) == (6, (6, 7))
    assert {statement.page for statement in nato_eu.statements} == {7}
    assert section_of(washington, "introduction").pages == (1,)
    assert section_of(washington, "programme").pages == (1, 2)
    assert msgspec.structs.replace(nato_eu, statements=()).pages == (6,)


def test_a_section_falls_into_paragraphs(washington: Agenda) -> None:
    paragraphs = section_of(washington, UKRAINE).paragraphs
    assert [[s.id.removeprefix(UKRAINE) for s in paragraph] for paragraph in paragraphs] == [
        [".1.1", ".1.2", ".1.3", ".1.4"],
        [".2.1", ".2.2", ".2.3", ".2.4", ".2.5"],
        [".3.1"],
    ]
    assert msgspec.structs.replace(section_of(washington, UKRAINE), statements=()).paragraphs == ()


def test_a_section_knows_its_footnotes_and_roles(washington: Agenda) -> None:
    deterrence = section_of(washington, DETERRENCE)
    assert deterrence.footnotes == (1, 2, 3)
    headed = msgspec.structs.replace(deterrence, calls=(Call(7, 12),))
    assert headed.footnotes == (7, 1, 2, 3)
    assert section_of(washington, HYBRID).footnotes == ()
    assert [s.id for s in section_of(washington, HYBRID).with_role(Role.STANCE)] == [
        f"{HYBRID}.1.7"
    ]
    assert section_of(washington, HYBRID).with_role(Role.COMMITMENT) == ()


def test_an_agenda_knows_its_topics_and_statements(washington: Agenda) -> None:
    assert [topic.id for topic in washington.topics] == TOPICS
    assert {topic.kind for topic in washington.topics} == {SectionKind.TOPIC}
    read = [row.id for section in washington.sections for row in section.statements]
    assert [statement.id for statement in washington.statements()] == read


def test_the_types_are_frozen(washington: Agenda) -> None:
    things: list[msgspec.Struct] = [
        washington,
        washington.document,
        washington.sections[0],
        washington.sections[0].statements[0],
        washington.sessions[0],
        washington.footnotes[0],
        washington.references[0],
        *answers.topics([washington]),
    ]
    for thing in things:
        with pytest.raises(AttributeError, match="immutable"):
            setattr(thing, thing.__struct_fields__[0], None)


def test_a_letter_without_topics_has_none() -> None:
    bare = msgspec.structs.replace(WASHINGTON, sections=())
    assert answers.no_topic([bare], "x").startswith("no topic is called 'x'; there are none; ")
