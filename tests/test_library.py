"""Which agendas are in play: built-in, named, in folders, sound and broken."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

from natoagenda import cache, library
from natoagenda.errors import DataError, NotFoundError
from natoagenda.model import Agenda
from natoagenda.query import parse

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
    assert (found.agendas, found.faults) == ((washington,), ())


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
    def refuse(_: Path) -> Iterator[Path]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
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
    agendas = library.load([folder]).agendas
    assert library.choose(agendas, None) == agendas
    assert [agenda.id for agenda in library.choose(agendas, "den-haag-2025")] == ["den-haag-2025"]
    with pytest.raises(NotFoundError) as caught:
        library.choose(agendas, "madrid-2022")
    assert (
        str(caught.value)
        == "there is no agenda 'madrid-2022'; there is vilnius-2023, den-haag-2025"
    )


def test_the_index_of_one_agenda_is_kept_and_of_several_is_not(
    tmp_path: Path, folder: Path
) -> None:
    kept = tmp_path / "cache" / "natoagenda"
    write(folder / "a.yaml", "den-haag-2025", 2025)
    write(folder / "b.yaml", "vilnius-2023", 2023)
    found = library.load([folder])
    query = parse("patriot")
    several = library.index(found, found.agendas).search(query)
    assert {hit.agenda for hit in several} == {"den-haag-2025", "vilnius-2023"}
    assert list(kept.glob("*.index")) == []
    one = found.agendas[:1]
    cold = library.index(found, one).search(query)
    (file,) = kept.glob("*.index")
    assert library.index(found, one).search(query) == cold
    # Checksummed like all that is kept, yet no index.
    cache.put("index", found.keys[one[0].id], b"no database")
    assert library.index(found, one).search(query) == cold
    assert {hit.agenda for hit in cold} == {"vilnius-2023"}
    assert file.name == f"{found.keys['vilnius-2023']}.index"
