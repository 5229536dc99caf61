"""Letters of many shapes come through whole, from every format, and the same from each."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from natoagenda import dataset, dump, importing, proof
from natoagenda.importing import assemble, official, pdf, plaintext, word
from natoagenda.importing.source import Letter
from natoagenda.model import Agenda, Role, SectionKind
from tests.importing import letters
from tests.importing.letters import Gold, Part, Press, Print, Sentence

GOLD = letters.every()
LETTERS = pytest.mark.parametrize("gold", [pytest.param(gold, id=gold.name) for gold in GOLD])


def imported(raw: Letter) -> Agenda:
    """An agenda of which every word is accounted for, and which its file holds."""
    agenda, report = assemble.assemble(raw, "letter")
    assert report.words == report.accounted
    assert report.called == report.footnotes
    assert not [doubt for doubt in report.doubts if "note" in doubt]
    assert dataset.parse(dump.dump(agenda).encode(), "letter") == agenda
    found = proof.prove(agenda, raw)
    assert found.identical, found.differences
    assert [f for f in found.findings if "SHA" in f] == []
    return agenda


def same(agenda: Agenda, gold: Gold, *, paragraphs: bool = True) -> None:
    """The agenda is the letter: title, days, headings, sentences, notes and their places."""
    assert agenda.title == gold.title
    assert (agenda.starts, agenda.ends) == (gold.starts, gold.ends)
    own = [s for s in agenda.sections if s.kind is not SectionKind.LETTER]
    assert [(s.title, s.kind.value) for s in own] == [(p.heading, p.kind) for p in gold.parts]
    found = [statement for section in own for statement in section.statements]
    assert [s.text for s in found] == [s.plain for s in gold.sentences()]
    assert [[(c.number, c.offset) for c in s.calls] for s in found] == [
        s.calls for s in gold.sentences()
    ]
    assert {note.number: note.text for note in agenda.footnotes} == gold.notes
    letter = [s for s in agenda.sections if s.kind is SectionKind.LETTER]
    before = " ".join(s.text for section in letter for s in section.statements)
    assert before == " ".join(gold.before)
    if paragraphs:
        assert [[s.text for s in p] for section in own for p in section.paragraphs] == [
            [s.plain for s in p] for part in gold.parts for p in part.paragraphs
        ]
    assert agenda.reviewed is False


@LETTERS
@pytest.mark.parametrize("look", letters.LOOKS, ids=["plain", "dense", "numbered", "parliament"])
def test_a_letter_as_text(gold: Gold, look: Print) -> None:
    paper = letters.as_text(gold, look)
    agenda = imported(plaintext.parse(paper.text))
    same(agenda, gold, paragraphs=look.gaps)
    assert agenda.document.pages == paper.pages


@LETTERS
@pytest.mark.parametrize("look", letters.PRESSES, ids=["plain", "serif", "justified", "dense"])
def test_a_letter_as_pdf(gold: Gold, look: Press, tmp_path: Path) -> None:
    file = tmp_path / "letter.pdf"
    paper = letters.as_pdf(gold, look, file)
    agenda = imported(pdf.read(file.read_bytes(), "letter"))
    same(agenda, gold, paragraphs=look.justified and look.gap > 0)
    assert agenda.document.pages == paper.pages


@LETTERS
@pytest.mark.parametrize("styles", [True, False], ids=["styles", "bold"])
def test_a_letter_as_word(gold: Gold, styles: bool, tmp_path: Path) -> None:
    file = tmp_path / "letter.docx"
    letters.as_word(gold, file, styles=styles)
    same(imported(word.read(file.read_bytes(), "letter")), gold)


@LETTERS
@pytest.mark.parametrize("old", [False, True], ids=["newer", "older"])
def test_a_letter_as_official_xml(gold: Gold, old: bool) -> None:
    same(imported(official.read(letters.as_xml(gold, old=old), "letter")), gold)


def test_all_formats_give_the_same_agenda_but_for_pages(tmp_path: Path) -> None:
    for gold in GOLD[:4]:
        letters.as_pdf(gold, letters.PRESSES[2], tmp_path / "a.pdf")
        letters.as_word(gold, tmp_path / "a.docx")
        (tmp_path / "a.xml").write_bytes(letters.as_xml(gold))
        (tmp_path / "a.txt").write_text(letters.as_text(gold, Print()).text, encoding="utf-8")
        found = []
        for name in ("a.pdf", "a.docx", "a.xml", "a.txt"):
            agenda = imported(importing.read(tmp_path / name))
            text = dump.dump(agenda)
            found.append(re.sub(r"(?m)^ *-?(?: page| pages): .*\n", "", text))
        assert len(set(found)) == 1, gold.name


# -- what the statements do ----------------------------------------------------------------


def test_roles_are_proposed_with_precision_and_recall_of_nine_tenths() -> None:
    right: dict[str, int] = {}
    proposed: dict[str, int] = {}
    true: dict[str, int] = {}
    for gold in GOLD:
        agenda = imported(official.read(letters.as_xml(gold), "letter"))
        by_text = {s.text: s.role.value for s in agenda.statements()}
        for sentence in gold.sentences():
            role = by_text[sentence.plain]
            true[sentence.role] = true.get(sentence.role, 0) + 1
            proposed[role] = proposed.get(role, 0) + 1
            right[role] = right.get(role, 0) + (role == sentence.role)
    for role in ("stance", "commitment"):
        assert true[role] > 40
        assert right[role] / proposed[role] >= 0.9, role
        assert right[role] / true[role] >= 0.9, role
    assert right["expectation"] / proposed["expectation"] >= 0.8
    assert right["expectation"] / true["expectation"] >= 0.65


def test_programme_entries_have_the_day_that_is_printed() -> None:
    right = proposed = 0
    for gold in GOLD:
        agenda = imported(official.read(letters.as_xml(gold), "letter"))
        text = {s.id: s.text for s in agenda.statements()}
        rest = [(s.get("date"), " ".join(s["quote"].split()[:4])) for s in gold.sessions]
        for session in agenda.sessions:
            proposed += 1
            for quote in session.quotes:
                key = (session.date, " ".join(text[quote].split()[:4]))
                if key in rest:
                    rest.remove(key)
                    right += 1
                    break
    assert proposed > 40
    assert right / proposed >= 0.9


# -- the real letter -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def real(letter: Path) -> Agenda:
    return imported(importing.read(letter))


def test_the_real_letter_gives_the_hand_made_sections(real: Agenda, washington: Agenda) -> None:
    def outline(agenda: Agenda) -> list[tuple[object, ...]]:
        return [(s.id, s.kind, s.title, s.page, s.calls) for s in agenda.sections]

    assert outline(real) == outline(washington)
    assert real.title == washington.title
    assert (real.id, real.organisation, real.venue) == (
        "washington-2024",
        "NAVO",
        "Washington, D.C.",
    )
    assert (real.starts, real.ends) == (washington.starts, washington.ends)
    assert [n.nl for n in real.delegation] == [n.nl for n in washington.delegation]
    assert real.document.sha256 == washington.document.sha256
    assert real.document.pages == washington.document.pages


def test_the_real_letter_gives_the_hand_made_statements(real: Agenda, washington: Agenda) -> None:
    assert [(s.id, s.text, s.pages, s.calls) for s in real.statements()] == [
        (s.id, s.text, s.pages, s.calls) for s in washington.statements()
    ]
    assert [(n.number, n.text, n.page) for n in real.footnotes] == [
        (n.number, n.text, n.page) for n in washington.footnotes
    ]


def test_the_real_letter_gives_all_stances_and_no_other(real: Agenda, washington: Agenda) -> None:
    for role in (Role.STANCE, Role.COMMITMENT):
        hand = [s.text for s in washington.statements() if s.role is role]
        assert [s.text for s in real.statements() if s.role is role] == hand
    hand = [s.text for s in washington.statements() if s.role is Role.EXPECTATION]
    found = [s.text for s in real.statements() if s.role is Role.EXPECTATION]
    assert set(found) <= set(hand)
    assert len(found) >= len(hand) - 1


def test_the_real_letter_gives_its_citations(real: Agenda, washington: Agenda) -> None:
    def cited(agenda: Agenda) -> list[tuple[object, ...]]:
        return [
            (r.id, r.kind, r.citation, r.url, r.date)
            for r in agenda.references
            if r.id.startswith("kst-")
        ]

    assert cited(real) == cited(washington)
    assert [r.title.nl for r in real.references] == [
        r.title.nl for r in washington.references if r.id.startswith("kst-")
    ]


def test_the_real_letter_gives_its_programme(real: Agenda, washington: Agenda) -> None:
    def entry(agenda: Agenda) -> list[tuple[object, ...]]:
        text = {s.id: s.text for s in agenda.statements()}
        return [
            (s.date, s.part_of_day, s.kind, s.title.nl, text[s.quotes[0]]) for s in agenda.sessions
        ]

    shared = [e for e in entry(real) if e in entry(washington)]
    assert len(shared) >= 7
    assert len(real.sessions) == 8
    people = {p.nl for s in real.sessions for p in s.participants}
    assert {"alle NAVO-partnerlanden", "NAVO-ministers van Defensie"} <= people
    assert real.sessions[-1].date is None


# -- letters that nobody wrote -------------------------------------------------------------

POOL = [p for gold in GOLD for p in gold.parts if p.heading and p.paragraphs and p.kind == "topic"]


@st.composite
def composed(draw: st.DrawFn) -> Gold:
    """A letter of sections of the others, its notes numbered anew."""
    base = draw(st.sampled_from(GOLD))
    parts = draw(st.lists(st.sampled_from(POOL), min_size=1, max_size=5, unique_by=id))
    owner = {id(part): gold for gold in GOLD for part in gold.parts}
    notes: dict[int, str] = {}
    made = []
    for part in parts:
        paragraphs = []
        for paragraph in part.paragraphs:
            sentences = []
            for sentence in paragraph:
                text = sentence.marked
                for old in re.findall(r"\[\^(\d+)\]", text):
                    notes[len(notes) + 1] = owner[id(part)].notes[int(old)]
                    text = text.replace(f"[^{old}]", f"[+{len(notes)}]", 1)
                sentences.append(Sentence(text.replace("[+", "[^"), sentence.role))
            paragraphs.append(sentences)
        made.append(Part(part.heading, "topic", paragraphs))
    return Gold(base.name, base.title, base.starts, base.ends, base.before, made, notes)


LOOK = st.builds(
    Print,
    width=st.integers(62, 100),
    height=st.integers(30, 60),
    seam=st.sampled_from(["\f", "\n\n\n\n\n", "\n\f\n"]),
    foot=st.sampled_from(["", "Pagina {page} van {pages}", "- {page} -"]),
)


@given(gold=composed(), look=LOOK)
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_letters_that_nobody_wrote_come_through_whole(gold: Gold, look: Print) -> None:
    agenda = imported(plaintext.parse(letters.as_text(gold, look).text))
    same(agenda, gold, paragraphs=False)  # a page may end with a full line
    same(imported(official.read(letters.as_xml(gold), "letter")), gold)
