"""The proof on the real letter: identical as it is, and each change found where it was made."""

from __future__ import annotations

import datetime
import re
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from natoagenda import dataset, importing, proof
from natoagenda.importing import plaintext
from natoagenda.importing.source import LINE_HYPHEN, SourceWord
from natoagenda.model import Agenda, Call, Name, Section, Statement
from natoagenda.proof import Difference, Proof, _same_letters, _Word

replace = msgspec.structs.replace


@pytest.fixture(scope="module")
def printed(letter: Path) -> str:
    return letter.read_text(encoding="utf-8")


def differences(agenda: Agenda, printed: str) -> list[Difference]:
    return list(proof.differences(agenda, plaintext.parse(printed)))


def changed(printed: str, old: str, new: str) -> str:
    """The letter with one place changed, across its line breaks."""
    pattern = r"\s+".join(map(re.escape, old.split()))
    assert len(re.findall(pattern, printed)) == 1, old
    return re.sub(pattern, lambda _: new, printed)


def with_statement(
    agenda: Agenda, identifier: str, change: Callable[[Statement], Statement | None]
) -> Agenda:
    """The agenda with one statement changed, or left out where the change gives None."""

    def within(section: Section) -> Section:
        kept = [
            change(statement) if statement.id == identifier else statement
            for statement in section.statements
        ]
        return replace(section, statements=tuple(filter(None, kept)))

    return replace(agenda, sections=tuple(map(within, agenda.sections)))


# -- the letter itself ---------------------------------------------------------------------


def test_the_data_set_is_the_letter_word_for_word(washington: Agenda, letter: Path) -> None:
    found = proof.prove(washington, importing.read(letter), name="the letter")
    assert found.sound
    assert found.identical is True
    assert found.findings == ()
    assert found.differences == ()
    assert found.source == "the letter"
    counts = (found.sections, found.statements, found.footnotes, found.sessions, found.references)
    assert counts == (7, 87, 5, 8, 16)
    assert found.pages == 7
    assert found.sha256 == washington.document.sha256


def test_all_words_of_the_letter_are_counted(washington: Agenda, printed: str) -> None:
    words = proof.prove(washington).words
    # In the letter some words are broken over lines, and each note begins with its number.
    broken = len(re.findall(r"\S-\s*\n\s*\S|\s-\s*\n", printed))
    space_before_stop = printed.count("infrastructuur .")
    assert words == len(printed.split()) - broken - space_before_stop - 5


def test_without_a_letter_nothing_is_said_of_one(washington: Agenda) -> None:
    found = proof.prove(washington)
    assert (found.source, found.identical, found.differences) == (None, None, ())
    assert found.sound


# -- the letter changed --------------------------------------------------------------------


def test_a_changed_word_is_shown_with_its_place_and_page(washington: Agenda, printed: str) -> None:
    letter = changed(printed, "Het kabinet ondersteunt dit.", "Het kabinet steunt dit.")
    assert differences(washington, letter) == [
        Difference(
            kind="words",
            place="hybride-dreigingen.1.7",
            page=5,
            letter="steunt",
            data="ondersteunt",
        )
    ]


def test_a_changed_letter_is_not_identical(washington: Agenda, printed: str) -> None:
    letter = changed(printed, "Het kabinet ondersteunt dit.", "Het kabinet steunt dit.")
    found = proof.prove(washington, plaintext.parse(letter), name="a copy")
    assert isinstance(found, Proof)
    assert found.identical is False
    assert found.sound
    assert len(found.differences) == 1


def test_a_comma_and_a_capital_are_differences(washington: Agenda, printed: str) -> None:
    letter = changed(printed, "Dit vraagt tijd, geld", "dit vraagt tijd geld")
    found = differences(washington, letter)
    assert [(d.letter, d.data) for d in found] == [("dit", "Dit"), ("tijd", "tijd,")]
    assert {d.place for d in found} == {"afschrikking-en-verdediging.2.3"}
    assert {d.page for d in found} == {3}


def test_a_sentence_that_the_letter_lacks(washington: Agenda, printed: str) -> None:
    [found] = differences(washington, changed(printed, "Het kabinet ondersteunt dit.", ""))
    assert found.place == "hybride-dreigingen.1.7"
    assert (found.letter, found.data) == ("", "Het kabinet ondersteunt dit.")
    assert found.page is None


def test_a_sentence_that_the_data_set_lacks(washington: Agenda, printed: str) -> None:
    agenda = with_statement(washington, "hybride-dreigingen.1.7", lambda _: None)
    [found] = differences(agenda, printed)
    assert (found.letter, found.data) == ("Het kabinet ondersteunt dit.", "")
    assert found.page == 5
    assert found.place == "hybride-dreigingen.1.6"  # what stands before it


def test_a_sentence_added_to_the_letter(washington: Agenda, printed: str) -> None:
    letter = changed(
        printed, "Het kabinet ondersteunt dit.", "Het kabinet ondersteunt dit. Dat is nieuw."
    )
    [found] = differences(washington, letter)
    assert (found.kind, found.letter, found.data) == ("words", "Dat is nieuw.", "")
    assert found.page == 5


def test_words_before_the_first_and_after_the_last(washington: Agenda, printed: str) -> None:
    before = differences(washington, "CONCEPT " + printed)
    assert [(d.place, d.page, d.letter) for d in before] == [("title", 1, "CONCEPT")]
    after = differences(washington, printed.rstrip() + " Einde.\n")
    assert [(d.place, d.page, d.letter) for d in after] == [("footnote:5", 7, "Einde.")]


def test_an_empty_data_set_has_all_of_it_at_the_title(washington: Agenda, printed: str) -> None:
    empty = replace(washington, title="", sections=(), footnotes=())
    found = differences(empty, printed)
    assert [d.place for d in found] == ["title", *(f"footnote:{n}" for n in range(1, 6))]
    assert all(not d.data for d in found)


def test_a_statement_that_is_nowhere_in_the_letter_has_no_page(washington: Agenda) -> None:
    found = differences(washington, "Iets heel anders\n")
    places = {statement.id for statement in washington.statements()}
    assert not {d.place for d in found if d.kind == "page"} & places
    assert found[0].letter == "Iets heel anders"


# -- footnotes -----------------------------------------------------------------------------


def test_two_footnotes_swapped_in_the_data_set(washington: Agenda, printed: str) -> None:
    notes = {footnote.number: footnote for footnote in washington.footnotes}
    swapped = [
        replace(notes[1], text=notes[4].text),
        replace(notes[4], text=notes[1].text),
    ]
    agenda = replace(
        washington,
        footnotes=tuple({**notes, **{note.number: note for note in swapped}}.values()),
    )
    found = differences(agenda, printed)
    assert {d.place for d in found} == {"footnote:1", "footnote:4"}
    assert all(d.kind == "words" for d in found)
    first = " ".join(d.letter for d in found if d.place == "footnote:1")
    assert "Defence Expenditure of" in first
    assert {d.page for d in found if d.letter} == {3, 6}


def test_two_footnotes_swapped_in_the_letter(washington: Agenda, printed: str) -> None:
    one = "Defence Expenditure of NATO Countries (2014-2024), NAVO, 18 juni 2024"
    four = "Zie persbericht NAVO-website d.d. 7 mei 2024"
    letter = changed(changed(printed, one, "@"), four, one).replace("@", four)
    found = differences(washington, letter)
    assert {d.place for d in found} == {"footnote:1", "footnote:4"}


def test_a_footnote_that_only_one_of_them_has(washington: Agenda, printed: str) -> None:
    fewer = replace(washington, footnotes=washington.footnotes[:4])
    [found] = differences(fewer, printed)
    assert (found.place, found.page, found.data) == ("footnote:5", 7, "")
    assert found.letter.startswith("Het non-paper is de Tweede Kamer toegekomen")

    last = printed.index("5 Het non-paper is de Tweede Kamer")
    [lacks] = differences(washington, printed[:last])
    assert (lacks.place, lacks.page, lacks.letter) == ("footnote:5", None, "")
    assert lacks.data == washington.footnotes[4].text


def test_a_footnote_left_out_of_the_middle_is_missed(washington: Agenda, printed: str) -> None:
    shorter = printed.replace("4 Zie persbericht NAVO-website d.d. 7 mei 2024", "")
    [lacks] = [d for d in differences(washington, shorter) if d.place == "footnote:4"]
    assert lacks.data == "Zie persbericht NAVO-website d.d. 7 mei 2024"


def test_a_mark_moved_by_a_word(washington: Agenda, printed: str) -> None:
    letter = changed(printed, "burden sharing rapport1 waaruit", "burden sharing1 rapport waaruit")
    found = differences(washington, letter)
    assert {d.place for d in found} == {"afschrikking-en-verdediging.3.4"}
    assert " ".join(d.letter for d in found) == "sharing1 rapport"
    assert " ".join(d.data for d in found) == "sharing rapport1"


def test_a_mark_moved_within_a_word(washington: Agenda, printed: str) -> None:
    # The letter has `gemaakt4.`, with the mark before the full stop.
    def after_stop(statement: Statement) -> Statement:
        return replace(statement, calls=(Call(4, len(statement.text)),))

    [found] = differences(
        with_statement(washington, "mondiale-uitdagingen.2.6", after_stop), printed
    )
    assert (found.letter, found.data) == ("gemaakt4.", "gemaakt.4")
    assert found.page == 6


def test_a_heading_that_calls_a_footnote(washington: Agenda, printed: str) -> None:
    letter = changed(printed, "Hybride dreigingen Onderdeel", "Hybride dreigingen1\nOnderdeel")
    agenda = replace(
        washington,
        sections=tuple(
            replace(section, calls=(Call(1, len(section.title or "")),))
            if section.id == "hybride-dreigingen"
            else section
            for section in washington.sections
        ),
    )
    assert differences(agenda, letter) == []
    [found] = differences(washington, letter)
    assert (found.place, found.letter) == ("hybride-dreigingen", "dreigingen1")


# -- pages ---------------------------------------------------------------------------------


def seam_moved(printed: str) -> str:
    """The first page seam two lines further down: `Oekraïne en … te steunen. Rondom …`."""
    head, tail = printed.split("\n\n\n \n\n \n\n", 1)
    first, second, rest = tail.split("\n", 2)
    return f"{head}\n{first}\n{second}\n\n\n \n\n \n\n{rest}"


def test_a_page_seam_moved_is_a_difference_of_pages(washington: Agenda, printed: str) -> None:
    found = differences(washington, seam_moved(printed))
    assert {d.kind for d in found} == {"page"}
    assert [(d.place, d.page, d.letter, d.data) for d in found] == [
        ("programme.2.3", 1, "page 1", "pages 1-2"),
        ("programme.2.4", 1, "pages 1-2", "page 2"),
    ]


def test_a_footnote_on_another_page_than_the_data_set_has(washington: Agenda, printed: str) -> None:
    first, *others = washington.footnotes
    agenda = replace(washington, footnotes=(replace(first, page=4), *others))
    assert differences(agenda, printed) == [
        Difference(kind="page", place="footnote:1", page=3, letter="page 3", data="page 4")
    ]


def test_the_page_of_a_heading_is_compared(washington: Agenda, printed: str) -> None:
    agenda = replace(
        washington,
        sections=tuple(
            replace(section, page=7) if section.id == "navo-eu-samenwerking" else section
            for section in washington.sections
        ),
    )
    assert differences(agenda, printed) == [
        Difference(
            kind="page", place="navo-eu-samenwerking", page=6, letter="page 6", data="page 7"
        )
    ]


def test_the_number_of_pages_is_compared(washington: Agenda, printed: str) -> None:
    agenda = replace(washington, document=replace(washington.document, pages=9))
    [found] = differences(agenda, printed)
    assert found.kind == "page"
    assert "7" in found.letter
    assert "9" in found.data


# -- the same letter in other clothes ------------------------------------------------------


def form_feeds(printed: str) -> str:
    return re.sub(r"\n(?:[ \t]*\n){3,}(?=.)", "\n\f", printed)


@pytest.mark.parametrize(
    ("encode", "what"),
    [
        (lambda text: text.encode("utf-8-sig"), "a byte order mark"),
        (lambda text: text.replace("ĳ", "ij").encode("cp1252"), "Windows Latin-1"),
        (lambda text: text.replace("\n", "\r\n").encode(), "CRLF"),
        (lambda text: text.replace("\n", "\r").encode(), "CR"),
        (lambda text: form_feeds(text).encode(), "form feeds"),
        (lambda text: form_feeds(text).replace("\n\f", "\f").encode(), "form feeds alone"),
        (lambda text: unicodedata.normalize("NFD", text).encode(), "accents apart"),
        (lambda text: re.sub(r"(?m)^(?=\S)", "    ", text).encode(), "indented"),
        (lambda text: re.sub(r" +$", "", text, flags=re.MULTILINE).encode(), "no blanks"),
        (lambda text: text.replace("\n ", "\n\u00a0").encode(), "no-break spaces"),
    ],
)  # fmt: skip
def test_the_letter_in_other_clothes_is_the_letter(
    washington: Agenda, printed: str, tmp_path: Path, encode: Callable[[str], bytes], what: str
) -> None:
    file = tmp_path / "letter.txt"
    data = encode(printed)
    assert data != printed.encode(), what
    file.write_bytes(data)
    assert list(proof.differences(washington, importing.read(file))) == [], what


def test_words_broken_by_hyphens_at_line_ends_are_whole_words(
    washington: Agenda, printed: str
) -> None:
    letter = changed(printed, "Het kabinet ondersteunt dit.", "Het kabinet onder-\nsteunt dit.")
    assert differences(washington, letter) == []


def test_a_soft_hyphen_at_a_line_end_is_no_letter(washington: Agenda, printed: str) -> None:
    letter = changed(
        printed, "Het kabinet ondersteunt dit.", "Het kabinet onder\u00ad\nsteunt dit."
    )
    assert differences(washington, letter) == []


def test_other_letters_about_a_hyphen_at_a_line_end_are_a_difference(
    washington: Agenda, printed: str
) -> None:
    letter = changed(printed, "Het kabinet ondersteunt dit.", "Het kabinet onder-\nsteund dit.")
    [found] = differences(washington, letter)
    assert (found.letter, found.data) == ("onder-steund", "ondersteunt")


def test_a_word_may_be_broken_over_pages(washington: Agenda, printed: str) -> None:
    letter = changed(
        printed, "Het kabinet ondersteunt dit.", "Het kabinet onder-\n\n\n\n\nsteunt dit."
    )
    assert {d.kind for d in differences(washington, letter)} == {"page"}


def test_white_space_is_no_difference(washington: Agenda, printed: str) -> None:
    letter = changed(printed, "Het kabinet ondersteunt dit.", "Het  kabinet ondersteunt\tdit .")
    assert differences(washington, letter) == []


@pytest.mark.parametrize("run", ["Het kabinet onder steunt dit.", "Hetkabinet ondersteunt dit."])
def test_words_split_or_run_together_are_a_difference(
    washington: Agenda, printed: str, run: str
) -> None:
    letter = changed(printed, "Het kabinet ondersteunt dit.", run)
    assert [found.place for found in differences(washington, letter)] == ["hybride-dreigingen.1.7"]


def test_a_hyphen_within_a_line_counts(washington: Agenda, printed: str) -> None:
    letter = changed(printed, "Het kabinet ondersteunt dit.", "Het kabinet onder-steunt dit.")
    [found] = differences(washington, letter)
    assert (found.letter, found.data) == ("onder-steunt", "ondersteunt")


# -- findings ------------------------------------------------------------------------------


def finding(agenda: Agenda) -> str:
    [found] = proof.findings(agenda)
    return found


def test_the_data_set_is_sound(washington: Agenda) -> None:
    assert list(proof.findings(washington)) == []


def test_a_digest_that_the_text_does_not_have(washington: Agenda) -> None:
    agenda = replace(washington, document=replace(washington.document, sha256="0" * 64))
    found = finding(agenda)
    assert dataset.digest(washington) in found
    assert "0" * 64 in found
    assert not proof.prove(agenda).sound
    assert proof.prove(agenda).sha256 == dataset.digest(washington)


def test_a_text_that_was_changed_has_another_digest(washington: Agenda) -> None:
    def other(statement: Statement) -> Statement:
        return replace(statement, text=statement.text.replace("dit", "dat"))

    assert "SHA-256" in finding(with_statement(washington, "hybride-dreigingen.1.7", other))


def test_a_document_whose_citation_does_not_give_its_id(washington: Agenda) -> None:
    document = replace(washington.document, id="kst-28676-463")
    found = finding(replace(washington, document=document))
    assert found == (
        "agenda.document cites 'Kamerstuk 28676, nr. 462', which is kst-28676-462, "
        "not kst-28676-463"
    )


def test_a_document_with_an_id_and_no_citation(washington: Agenda) -> None:
    agenda = replace(washington, document=replace(washington.document, citation=None))
    assert finding(agenda) == "agenda.document has the official id kst-28676-462 without a citation"
    neither = replace(washington.document, citation=None, id=None)
    assert list(proof.findings(replace(washington, document=neither))) == []


def test_a_document_with_a_citation_and_no_id(washington: Agenda) -> None:
    agenda = replace(washington, document=replace(washington.document, id=None))
    assert "kst-28676-462, not None" in finding(agenda)


def with_reference(agenda: Agenda, identifier: str, **changes: object) -> Agenda:
    assert identifier in [reference.id for reference in agenda.references]
    return replace(
        agenda,
        references=tuple(
            replace(reference, **changes) if reference.id == identifier else reference
            for reference in agenda.references
        ),
    )


def test_a_reference_whose_citation_does_not_give_its_id(washington: Agenda) -> None:
    agenda = with_reference(washington, "kst-21501-02-2825", citation="Kamerstuk 21 501-02 nr. 1")
    found = finding(agenda)
    assert found.startswith("reference kst-21501-02-2825 cites 'Kamerstuk 21 501-02 nr. 1'")
    assert "which is kst-21501-02-1, not kst-21501-02-2825" in found


def test_a_reference_with_an_official_id_and_no_such_citation(washington: Agenda) -> None:
    """Official XML ties words to a document that cite nothing: `de brief van 3 mei`."""
    agenda = with_reference(washington, "kst-21501-02-2825", citation=None)
    assert list(proof.findings(agenda)) == []
    agenda = with_reference(washington, "kst-21501-02-2825", citation="zie de motie")
    assert "which is no id, not kst-21501-02-2825" in finding(agenda)


def test_a_reference_that_is_no_parliamentary_paper_may_be_cited_in_words(
    washington: Agenda,
) -> None:
    [treaty] = [r.id for r in washington.references if r.kind == "treaty"]
    agenda = with_reference(washington, treaty, citation="Trb. 1949")
    assert list(proof.findings(agenda)) == []


def test_a_paper_that_the_text_cites_and_no_reference_names(washington: Agenda) -> None:
    motion = "kst-21501-02-2825"
    fewer = replace(
        washington, references=tuple(r for r in washington.references if r.id != motion)
    )
    place = "afschrikking-en-verdediging.6.6"
    assert finding(fewer) == (
        f"{place} cites 'Kamerstuk 21 501-02 nr. 2825' ({motion}), which references do not list"
    )
    elsewhere = with_reference(washington, motion, cited_from=("introduction.1.1",))
    assert finding(elsewhere).startswith(f"{place} cites ")


def test_a_paper_that_a_footnote_cites_and_no_reference_names(washington: Agenda) -> None:
    letter = "kst-36410-X-93"
    agenda = with_reference(washington, letter, cited_from=("afschrikking-en-verdediging.5.5",))
    found = finding(agenda)
    assert found.startswith("footnote:3 cites ")
    assert letter in found


def with_session(agenda: Agenda, identifier: str, **changes: object) -> Agenda:
    assert identifier in [session.id for session in agenda.sessions]
    return replace(
        agenda,
        sessions=tuple(
            replace(session, **changes) if session.id == identifier else session
            for session in agenda.sessions
        ),
    )


def test_a_participant_whom_no_quote_names(washington: Agenda) -> None:
    agenda = with_session(
        washington, "white-house-dinner", participants=(Name("president Zelensky", None),)
    )
    assert finding(agenda) == (
        "session white-house-dinner names 'president Zelensky', which its quotes do not"
    )


def test_a_participant_whose_words_stand_in_another_order(washington: Agenda) -> None:
    agenda = with_session(
        washington,
        "white-house-dinner",
        participants=(Name("regeringsleiders en staatshoofden van de bondgenoten", None),),
    )
    assert "regeringsleiders en staatshoofden" in finding(agenda)


def test_a_participant_may_leave_out_words_of_the_quote(washington: Agenda) -> None:
    agenda = with_session(
        washington, "white-house-dinner", participants=(Name("alle regeringsleiders", None),)
    )
    assert list(proof.findings(agenda)) == []


def test_a_session_outside_the_meeting(washington: Agenda) -> None:
    agenda = with_session(washington, "white-house-dinner", date=datetime.date(2024, 7, 14))
    assert finding(agenda) == (
        "session white-house-dinner is on 2024-07-14, outside the meeting's days"
    )


def test_all_findings_are_listed(washington: Agenda) -> None:
    agenda = with_session(
        washington,
        "white-house-dinner",
        date=datetime.date(2024, 7, 14),
        participants=(Name("niemand", None),),
    )
    agenda = replace(agenda, document=replace(agenda.document, sha256="0" * 64))
    assert len(proof.prove(agenda).findings) == 3
    assert not proof.prove(agenda).sound


def test_words_that_can_be_read_in_many_ways_take_no_time() -> None:
    """A letter of hyphens at line ends, and an agenda of hyphens: no reading is tried again."""
    letter = [SourceWord(LINE_HYPHEN * 5_000 + "x", 1)]
    began = time.process_time()
    assert not _same_letters(letter, [_Word("-" * 5_000 + "y", "a.1.1")])
    assert not _same_letters(letter, [_Word("-" * 2_500 + "y", "a.1.1")])
    assert time.process_time() - began < 1


@pytest.mark.parametrize(("printed", "own", "same"), [
    (f"veiligheids{LINE_HYPHEN}beleid", "veiligheidsbeleid", True),
    (f"veiligheids{LINE_HYPHEN}beleid", "veiligheids-beleid", True),
    (f"veiligheids{LINE_HYPHEN}en", "veiligheids- en", True),
    (f"veiligheids{LINE_HYPHEN}en", "veiligheids en", False),
    (f"a{LINE_HYPHEN}{LINE_HYPHEN}b", "a--b", True),
    (f"a{LINE_HYPHEN}b .", "ab.", True),
    ("woord .", "woord.", True),
    ("woord .", "woord .", True),
    ("woord a", "woorda", False),
    ("woord", "woorden", False),
    ("woorden", "woord", False),
])  # fmt: skip
def test_what_line_breaks_do_makes_no_other_words(printed: str, own: str, same: bool) -> None:
    letter = [SourceWord(word, 1) for word in printed.split(" ")]
    data = [_Word(word, "a.1.1") for word in own.split(" ")]
    assert _same_letters(letter, data) is same
