"""What is measured with is what it says it is."""

from __future__ import annotations

from pathlib import Path

from benchmarks import letters

from natoagenda import library, proof


def test_invented_letters_are_whole_sound_and_always_the_same(tmp_path: Path) -> None:
    ids = letters.write(tmp_path / "a", 6)
    assert letters.write(tmp_path / "b", 6) == ids
    found = library.load([tmp_path / "a"])
    assert found.faults == ()
    assert sorted(agenda.id for agenda in found.agendas) == sorted(ids)
    for agenda in found.agendas:
        assert proof.prove(agenda, None, name=None).sound
        assert 60 < len(list(agenda.statements())) < 120
        assert "verzonnen" in next(agenda.statements()).text
    for name in ids:
        one, other = ((tmp_path / folder / f"{name}.yaml").read_bytes() for folder in "ab")
        assert one == other


def test_each_letter_brings_words_of_its_own() -> None:
    words = letters._Words(1)
    seen: set[str] = set()
    grown = []
    for number in range(20):
        agenda = letters.letter(number, 1, words)
        told = {word for each in agenda.statements() for word in each.text.split()}
        grown.append(len(told - seen))
        seen |= told
    assert min(grown) > 20
    assert grown[0] > 2 * grown[-1]
