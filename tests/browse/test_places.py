"""What can be looked at, and where hits and links lead: without a screen."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator
from itertools import product

import msgspec
import pytest
from rich.console import Console

from natoagenda import query, search
from natoagenda.browse import contents, places
from natoagenda.browse.places import Page, Place
from natoagenda.errors import NotFoundError
from natoagenda.model import Agenda, Role
from natoagenda.output import Screen

replace = msgspec.structs.replace


def written(agenda: Agenda, place: Place, **how: object) -> list[contents.Item]:
    screen = Screen(width=70, lang="en" if how.pop("english", False) else "nl")
    return contents.Writer(agenda, screen, **how).page(place)  # type: ignore[arg-type]


def words(item: contents.Item) -> str:
    console = Console(width=70, record=True, file=io.StringIO())
    console.print(item.content)
    return " ".join(console.export_text().split())


def every_place(agenda: Agenda) -> Iterator[Place]:
    for only in (False, True):
        for entry in places.outline(agenda, stances_only=only):
            if entry.place:
                yield entry.place
    for session in agenda.sessions:
        yield Place(agenda.id, Page.SESSION, session.id)


def test_the_list_has_days_topics_and_counts_of_stances(washington: Agenda) -> None:
    lines = [(entry.title, entry.count) for entry in places.outline(washington)]
    assert lines == [
        ("Programme", None),
        ("Tuesday 9 July", 1),
        ("Wednesday 10 July", 4),
        ("Thursday 11 July", 2),
        ("No day given", 1),
        ("Topics", None),
        ("Steun aan Oekraïne", 2),
        ("Afschrikking en verdediging, 2%-norm en defensie industrie", 4),
        ("Hybride dreigingen", 1),
        ("Mondiale uitdagingen", 2),
        ("NAVO-EU samenwerking", 4),
        ("The whole letter", None),
        ("All Dutch stances", 13),
        ("All that is expected of allies", 19),
        ("All promises to parliament", 2),
        ("Introduction", None),
        ("Agenda", None),
        ("Footnotes", 5),
        ("References", 16),
    ]


def test_stances_only_leaves_what_has_stances(washington: Agenda) -> None:
    lines = [entry.title for entry in places.outline(washington, stances_only=True)]
    assert lines[0] == "Topics"
    assert lines[-2:] == ["The whole letter", "All Dutch stances"]
    silent = replace(
        washington,
        sections=tuple(
            replace(
                section,
                statements=tuple(replace(s, role=Role.BACKGROUND) for s in section.statements),
            )
            for section in washington.sections
        ),
    )
    lines = [entry.title for entry in places.outline(silent, stances_only=True)]
    assert lines == ["Topics", "The whole letter", "All Dutch stances"]
    (_title, none) = written(silent, Place(silent.id, Page.ROLE, "stance"))
    assert words(none) == "the letter has none"


def test_a_day_outside_the_meeting_has_its_place_in_the_line(washington: Agenda) -> None:
    eve = datetime.date(2024, 7, 8)
    first, *others = washington.sessions
    moved = replace(washington, sessions=(replace(first, date=eve), *others))
    assert list(places.days(moved).items()) == [
        (eve, 1),
        (datetime.date(2024, 7, 9), 0),
        (datetime.date(2024, 7, 10), 4),
        (datetime.date(2024, 7, 11), 2),
        (None, 1),
    ]


def test_an_agenda_without_programme_or_topics_has_a_list(washington: Agenda) -> None:
    bare = replace(
        washington, sessions=(), footnotes=(), references=(), sections=washington.sections[:1]
    )
    lines = [entry.title for entry in places.outline(bare)]
    assert lines == [
        "The whole letter",
        "All Dutch stances",
        "All that is expected of allies",
        "Introduction",
    ]
    assert words(written(bare, places.day_place(bare, bare.starts))[-1]).startswith("nothing")


def test_every_place_has_a_page_and_every_link_leads_to_what_it_names(washington: Agenda) -> None:
    seen = 0
    for place in set(every_place(washington)):
        items = written(washington, place)
        assert not items[0].key, "a page begins with its title"
        for item in items:
            if item.leads is None:
                continue
            seen += 1
            there = written(washington, item.leads)
            keys = [each.key for each in there]
            assert item.leads.item in keys if item.leads.item else any(keys)
    assert seen > 150


def test_every_hit_leads_to_a_page_that_has_it(washington: Agenda) -> None:
    index = search.Index.build([washington])
    kinds = set()
    for typed in ("navo", "dassen", "2825", "diner", "uitdagingen"):
        for hit in index.search(query.parse(typed)):
            place = places.place_of(hit)
            keys = [item.key for item in written(washington, place)]
            assert place.item in keys if place.item else len(keys) > 1
            kinds.add(hit.kind)
    assert len(kinds) == 5


def test_a_quote_is_copied_with_title_page_and_official_id(washington: Agenda) -> None:
    items = written(washington, Place(washington.id, Page.SECTION, "hybride-dreigingen"))
    quote = next(item.quote for item in items if item.key == "hybride-dreigingen.1.7")
    assert quote == (
        "“Het kabinet ondersteunt dit.”\n"
        "on: “Tijdens de NAVO-Top in Washington zullen bondgenoten naar verwachting besluiten het "
        "bondgenootschap verder te equiperen tegen de toegenomen hybride dreiging.” (p. 5)\n"
        "— GEANNOTEERDE AGENDA VOOR DE NAVO-TOP IN WASHINGTON D.C. VAN 9 TOT 11 JULI 2024, p. 5, "
        "¶ 1.7, Kamerstuk 28676, nr. 462, kst-28676-462"
    )
    items = written(
        washington, Place(washington.id, Page.SECTION, "hybride-dreigingen"), english=True
    )
    quote = next(item.quote for item in items if item.key == "hybride-dreigingen.1.7")
    assert quote.startswith("“The government supports this.”")
    assert quote.endswith("kst-28676-462, unofficial translation")


def test_footnotes_lead_both_ways_and_references_to_where_they_are_cited(
    washington: Agenda,
) -> None:
    topic = written(washington, Place(washington.id, Page.SECTION, "mondiale-uitdagingen"))
    caller = next(item for item in topic if item.leads and item.leads.item == "footnote:4")
    assert caller.leads
    notes = written(washington, caller.leads)
    note = next(item for item in notes if item.key == "footnote:4")
    assert note.leads
    assert note.leads.item == caller.key
    assert "footnote 4, Kamerstuk 28676, nr. 462" in note.quote
    sources = written(washington, Place(washington.id, Page.REFERENCES))
    dassen = next(item for item in sources if item.key == "kst-21501-02-2825")
    assert dassen.url == "https://zoek.officielebekendmakingen.nl/kst-21501-02-2825.html"
    assert dassen.leads
    assert dassen.leads.item == "afschrikking-en-verdediging.6.6"
    cited = [item for item in sources if item.key.startswith("→footnote:")]
    assert {item.leads.page for item in cited if item.leads} == {Page.FOOTNOTES}


def test_the_address_is_the_reference_s_or_the_letter_s(washington: Agenda) -> None:
    items = written(washington, Place(washington.id, Page.SECTION, "afschrikking-en-verdediging"))
    urls = {item.key: item.url for item in items if item.key}
    assert str(urls["afschrikking-en-verdediging.6.6"]).endswith("kst-21501-02-2825.html")
    assert str(urls["afschrikking-en-verdediging.1.1"]).endswith("kst-28676-462.html")
    unknown = replace(washington, document=replace(washington.document, id=None))
    items = written(unknown, Place(washington.id, Page.SECTION, "introduction"))
    assert {item.url for item in items} == {None}


def test_a_page_of_a_letter_has_every_sentence_of_its_section(washington: Agenda) -> None:
    for section in washington.sections:
        keys = [i.key for i in written(washington, Place(washington.id, Page.SECTION, section.id))]
        assert [s.id for s in section.statements if s.id in keys] == [
            s.id for s in section.statements
        ]


@pytest.mark.parametrize("page", [Page.SESSION, Page.SECTION])
def test_a_place_that_is_not_there(washington: Agenda, page: Page) -> None:
    with pytest.raises(NotFoundError, match="no such page"):
        written(washington, Place(washington.id, page, "elders"))


def test_pages_hold_in_both_languages_and_without_translations(washington: Agenda) -> None:
    bare = replace(
        washington,
        sections=tuple(
            replace(
                section,
                title_en=None,
                statements=tuple(replace(s, text_en=None) for s in section.statements),
            )
            for section in washington.sections
        ),
    )
    for place, english in product(set(every_place(bare)), (False, True)):
        shown = " ".join(map(words, written(bare, place, english=english)))
        if place.page is Page.SECTION:
            assert ("no translation" in shown) is english


def test_a_section_without_a_heading_is_called_what_it_is(washington: Agenda) -> None:
    assert places.name_of(washington, "introduction") == "Introduction"
    assert places.name_of(washington, "programme") == "Agenda"
