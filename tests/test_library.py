"""Which agendas are in play: built-in, named, in folders, sound and broken."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from natoagenda import library
from natoagenda.errors import DataError, NotFoundError
from natoagenda.library import Choice
from natoagenda.model import Agenda
from natoagenda.query import parse
from natoagenda.search import Filter, Hit, Index

ROOT = Path(__file__).parents[1]
REAL = (ROOT / "data" / "agenda.yaml").read_text("utf-8")


@pytest.fixture(autouse=True)
def own_cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "letters"
    made.mkdir()
    return made


def write(path: Path, identifier: str, year: int = 2024) -> Path:
    """Write Washington's agenda under another id and in another year."""
    text = REAL.replace("id: washington-2024", f"id: {identifier}")
    text = text.replace("starts: 2024-", f"starts: {year}-")
    path.write_text(text.replace("ends: 2024-", f"ends: {year}-"), "utf-8")
    return path


def ids(found: library.Library) -> list[str]:
    return [agenda.id for agenda in found.agendas]


def test_without_paths_the_built_in_agenda_answers(washington: Agenda) -> None:
    found = library.load()
    assert (list(found.agendas), found.faults) == ([washington], ())


def test_running_from_the_source_it_stands_beside_the_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library, "__file__", str(tmp_path / "src" / "natoagenda" / "library.py"))
    assert library.builtin_path() == tmp_path / "data" / "agenda.yaml"


def test_installed_it_stands_in_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed = tmp_path / "natoagenda" / "data"
    packed.mkdir(parents=True)
    write(packed / "agenda.yaml", "packed-2024")
    monkeypatch.setattr(library, "__file__", str(tmp_path / "natoagenda" / "library.py"))
    assert library.builtin_path() == packed / "agenda.yaml"
    assert ids(library.load()) == ["packed-2024"]


def test_a_named_file_answers_instead(tmp_path: Path) -> None:
    path = write(tmp_path / "any name.txt", "den-haag-2025", 2025)
    (agenda,) = library.load([path]).agendas
    assert (agenda.id, agenda.path) == ("den-haag-2025", str(path))
    assert agenda.starts == datetime.date(2025, 7, 9)


def test_a_folder_gives_its_agendas_by_date(folder: Path) -> None:
    write(folder / "a.yaml", "den-haag-2025", 2025)
    write(folder / "b.yml", "vilnius-2023", 2023)
    (folder / "notes.txt").write_text("not an agenda")
    (folder / "inner").mkdir()
    write(folder / "inner" / "c.yaml", "deeper-2022", 2022)
    found = library.load([folder])
    assert ids(found) == ["vilnius-2023", "den-haag-2025"]
    assert found.faults == ()
    assert [agenda.path for agenda in found.agendas] == [
        str(folder / "b.yml"),
        str(folder / "a.yaml"),
    ]


def test_several_files_and_folders_are_one_library(tmp_path: Path, folder: Path) -> None:
    write(folder / "a.yaml", "den-haag-2025", 2025)
    single = write(tmp_path / "single.yaml", "vilnius-2023", 2023)
    found = library.load([library.builtin_path(), folder, single])
    assert ids(found) == ["vilnius-2023", "washington-2024", "den-haag-2025"]


def test_agendas_of_one_date_keep_the_order_of_their_names(folder: Path) -> None:
    for name in ("c", "a", "b"):
        write(folder / f"{name}.yaml", f"{name}-2024")
    assert ids(library.load([folder])) == ["a-2024", "b-2024", "c-2024"]


def test_a_broken_file_in_a_folder_leaves_the_others(folder: Path) -> None:
    write(folder / "a.yaml", "den-haag-2025", 2025)
    broken = folder / "b.yaml"
    broken.write_text("schema: 1\nagenda: no\n")
    (folder / "c.yaml").mkdir()
    found = library.load([folder])
    assert ids(found) == ["den-haag-2025"]
    assert [(fault.path, fault.line) for fault in found.faults] == [
        (str(broken), 2),
        (str(folder / "c.yaml"), None),
    ]


def test_a_broken_file_that_was_named_is_an_error(tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("schema: 2\n")
    with pytest.raises(DataError, match="found format '2', expected 1") as caught:
        library.load([library.builtin_path(), broken])
    assert (caught.value.path, caught.value.line) == (str(broken), 1)


def test_a_folder_of_broken_files_only_is_an_error(folder: Path) -> None:
    (folder / "a.yaml").write_text("")
    (folder / "b.yaml").write_text("schema: 2\n")
    with pytest.raises(DataError, match="the file is empty") as caught:
        library.load([folder])
    assert caught.value.path == str(folder / "a.yaml")


def test_an_empty_folder_is_an_error(folder: Path) -> None:
    (folder / "letter.pdf").write_bytes(b"%PDF-1.7")
    with pytest.raises(DataError, match=r"the folder holds no agenda file \(\*\.yaml\)") as caught:
        library.load([folder])
    assert caught.value.path == str(folder)


def test_a_folder_that_cannot_be_read_is_an_error(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> list[str]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "listdir", refuse)
    with pytest.raises(DataError, match="it cannot be read: Permission denied") as caught:
        library.load([folder])
    assert caught.value.path == str(folder)


def test_what_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"nowhere: there is no such file"):
        library.load([tmp_path / "nowhere"])


def test_the_same_id_twice_is_an_error_that_names_both_files(tmp_path: Path, folder: Path) -> None:
    first = write(folder / "a.yaml", "den-haag-2025")
    second = write(tmp_path / "b.yaml", "den-haag-2025", 2025)
    with pytest.raises(DataError) as caught:
        library.load([folder, second])
    assert str(caught.value) == f"{second}: the agenda 'den-haag-2025' is also in {first}"


def test_choose_narrows_to_one_agenda(folder: Path) -> None:
    write(folder / "a.yaml", "den-haag-2025", 2025)
    write(folder / "b.yaml", "vilnius-2023", 2023)
    found = library.load([folder])
    assert found.choose(Choice()).are_all
    assert chosen(found, agenda="den-haag-2025") == ["den-haag-2025"]
    assert not found.choose(Choice(agenda="den-haag-2025")).are_all
    with pytest.raises(NotFoundError) as caught:
        found.choose(Choice(agenda="madrid-2022"))
    assert (
        str(caught.value)
        == "there is no agenda 'madrid-2022'; there is vilnius-2023, den-haag-2025"
    )
    with pytest.raises(NotFoundError, match="did you mean den-haag-2025"):
        found.choose(Choice(agenda="den-haag-2024"))


def test_of_many_agendas_not_all_are_named(folder: Path) -> None:
    for number in range(13):
        write(folder / f"{number}.yaml", f"meeting-{number:02}")
    with pytest.raises(NotFoundError) as caught:
        library.load([folder]).choose(Choice(agenda="xyz"))
    assert (
        str(caught.value)
        == "there is no agenda 'xyz'; natoagenda agendas lists the 13 that there are"
    )


def chosen(found: library.Library, **choice: Any) -> list[str]:
    return [agenda.id for agenda in found.choose(Choice(**choice))]


@pytest.mark.parametrize(
    ("since", "until", "ids_of_period"),
    [
        ("2023-01-01", None, ["b-2023", "c-2024", "d-2025"]),
        ("2023-07-11", "2024-07-09", ["b-2023", "c-2024"]),  # the last and the first day count
        ("2023-07-12", "2024-07-08", []),
        (None, "2022-12-31", ["a-2022"]),
        ("2030-01-01", None, []),
    ],
)
def test_choose_narrows_to_a_period(
    folder: Path, since: str | None, until: str | None, ids_of_period: list[str]
) -> None:
    for letter, year in zip("dcba", (2025, 2024, 2023, 2022), strict=True):
        write(folder / f"{letter}.yaml", f"{letter}-{year}", year)
    day = datetime.date.fromisoformat
    found = chosen(library.load([folder]), since=since and day(since), until=until and day(until))
    assert found == ids_of_period


def test_choose_narrows_to_an_organisation(folder: Path) -> None:
    write(folder / "a.yaml", "a-2024")
    path = write(folder / "b.yaml", "b-2024")
    path.write_text(
        path.read_text("utf-8").replace("organisation: NAVO", "organisation: Europese Unie"),
        "utf-8",
    )
    found = library.load([folder])
    for typed in ("NAVO", "nato", "Nato", "noord-atlantische verdragsorganisatie"):
        assert chosen(found, organisation=typed) == ["a-2024"]
    for typed in ("EU", "europese unie", "European Union", "unie", "Europ"):
        assert chosen(found, organisation=typed) == ["b-2024"]
    assert chosen(found, organisation="eu", agenda="b-2024") == ["b-2024"]
    for typed in ("OVSE", "", "eu navo", "Europa"):
        with pytest.raises(NotFoundError, match="there are Europese Unie, NAVO"):
            found.choose(Choice(organisation=typed))


def test_agendas_are_a_sequence(folder: Path) -> None:
    for year in (2023, 2024, 2025):
        write(folder / f"{year}.yaml", f"m-{year}", year)
    agendas = library.load([folder]).agendas
    assert len(agendas) == 3
    assert agendas[-1].id == "m-2025"
    assert [agenda.id for agenda in agendas[1:]] == ["m-2024", "m-2025"]
    assert [agenda.id for agenda in reversed(agendas)] == ["m-2025", "m-2024", "m-2023"]
    assert agendas[0].path == str(folder / "2023.yaml")


def test_agendas_by_id(folder: Path) -> None:
    for year in (2023, 2024, 2025):
        write(folder / f"{year}.yaml", f"m-{year}", year)
    found = library.load([folder])
    assert [a.id for a in found.named(["m-2025", "m-2023", "m-2025", "no"])] == ["m-2023", "m-2025"]
    assert found.several
    assert not library.load([folder / "2023.yaml"]).several


def test_of_two_files_with_one_id_in_a_folder_the_first_answers(folder: Path) -> None:
    write(folder / "a.yaml", "den-haag-2025", 2025)
    write(folder / "b.yaml", "den-haag-2025", 2024)
    for _ in range(2):
        found = library.load([folder])
        assert [str(agenda.starts) for agenda in found.agendas] == ["2025-07-09"]
        assert list(map(str, found.faults)) == [
            f"{folder / 'b.yaml'}: the agenda 'den-haag-2025' is also in {folder / 'a.yaml'}"
        ]
    (folder / "a.yaml").unlink()
    found = library.load([folder])
    assert [str(agenda.starts) for agenda in found.agendas] == ["2024-07-09"]
    assert found.faults == ()


def test_the_user_s_agenda_takes_the_place_of_the_built_in_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    own = tmp_path / "data" / "natoagenda"
    own.mkdir(parents=True)
    assert ids(library.load()) == ["washington-2024"]
    write(own / "mine.yaml", "washington-2024", 2023)
    write(own / "other.yaml", "other-2025", 2025)
    found = library.load()
    assert ids(found) == ["washington-2024", "other-2025"]
    assert found.agendas[0].path == str(own / "mine.yaml")
    assert found.faults == ()
    (own / "mine.yaml").unlink()
    assert library.load().agendas[0].path == str(library.builtin_path())


def test_hidden_files_are_no_letters(folder: Path) -> None:
    write(folder / "a.yaml", "a-2024")
    write(folder / ".a.yaml", "b-2024")
    assert ids(library.load([folder])) == ["a-2024"]


def test_reading_is_told(folder: Path) -> None:
    for name in ("a", "b", "c"):
        write(folder / f"{name}.yaml", f"{name}-2024")
    told: list[tuple[int, int]] = []
    found = library.load([folder], lambda done, whole: told.append((done, whole)))
    assert told == [(1, 3), (2, 3), (3, 3)]
    told.clear()
    found.index(lambda done, whole: told.append((done, whole)))
    assert told == [(3, 3)]


# -- the search index ----------------------------------------------------------------------


def hits(found: library.Library, typed: str = "patriot") -> list[Hit]:
    return found.index().search(parse(typed))


def test_the_index_follows_the_files(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Adding, changing and removing give what an index made anew gives, to the last score."""
    monkeypatch.setattr(library, "_BATCH", 2)
    rounds: list[Callable[[], object]] = [
        lambda: [write(folder / f"{name}.yaml", f"{name}-2024") for name in "abcde"],
        lambda: write(folder / "f.yaml", "f-2025", 2025),
        lambda: (folder / "b.yaml").unlink(),
        lambda: (folder / "c.yaml").write_text(
            (folder / "c.yaml").read_text("utf-8").replace("Patriot", "Haviken"), "utf-8"
        ),
        lambda: write(folder / "c.yaml", "c-2024"),
        lambda: (folder / "a.yaml").rename(folder / "z.yaml"),
    ]
    for change in rounds:
        change()
        found = library.load([folder])
        index = found.index()
        anew = Index.build(list(found.agendas))
        for typed in ("patriot", "bondgenoot -china", "haviken", "28676", "de", '"lange termijn"'):
            assert index.search(parse(typed)) == anew.search(parse(typed))
        assert index.suggestions(parse("patriott")) == anew.suggestions(parse("patriott"))


def test_one_changed_file_is_indexed_alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "abc":
        write(folder / f"{name}.yaml", f"{name}-2024")
    hits(library.load([folder]))
    changes: list[tuple[list[int], list[int]]] = []
    change = Index.change

    def counted(self: Index, add: Iterable[int] = (), remove: Iterable[int] = ()) -> None:
        changes.append((list(add), list(remove)))
        change(self, *changes[-1])

    monkeypatch.setattr(Index, "change", counted)
    hits(library.load([folder]))
    assert changes == []
    write(folder / "b.yaml", "b-2024", 2025)
    hits(library.load([folder]))
    [(added, removed)] = changes
    assert (len(added), len(removed)) == (1, 1)


def test_equal_hits_come_latest_first(folder: Path) -> None:
    for year in (2023, 2025, 2024):
        write(folder / f"{year}.yaml", f"m-{year}", year)
    found = hits(library.load([folder]), "dassen")
    groups = [[hit.agenda for hit in found if hit.id == name] for name in {h.id for h in found}]
    assert groups
    assert all(group == ["m-2025", "m-2024", "m-2023"] for group in groups)


def test_what_else_is_in_the_cache_has_no_say_in_the_scores(tmp_path: Path, folder: Path) -> None:
    alone = hits(library.load())
    for name in "abc":
        write(folder / f"{name}.yaml", f"{name}-2024")
    hits(library.load([folder]))
    assert hits(library.load()) == alone


def test_search_looks_in_some_agendas_only(folder: Path) -> None:
    for year in (2023, 2024, 2025):
        write(folder / f"{year}.yaml", f"m-{year}", year)
    found = library.load([folder])
    for wanted in (["m-2024"], ["m-2023", "m-2025"], []):
        numbers = found.named(wanted).numbers
        there = found.index().search(parse("patriot"), Filter(agendas=numbers))
        assert {hit.agenda for hit in there} == set(wanted)


def test_a_limit_gives_the_beginning_of_all(folder: Path) -> None:
    for year in (2023, 2024, 2025):
        write(folder / f"{year}.yaml", f"m-{year}", year)
    index = library.load([folder]).index()
    for typed in ("de", "oekraine", "nato", "ukraine OR china", "bondgenoot"):
        for lang in ("nl", "en"):
            whole = index.search(parse(typed), Filter(lang=lang))
            assert len(whole) > 20
            for limit in (1, 2, 7, 20):
                some = index.search(parse(typed), Filter(lang=lang, limit=limit))
                assert some == whole[:limit]
