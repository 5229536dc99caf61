"""Which agendas are in play: the built-in one with the user's own, or the files and folders named.

A library is a folder of agenda files. A broken file in a folder does not hide the others; a
broken file that was named itself does.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from natoagenda import cache, files
from natoagenda.errors import DataError, NotFoundError
from natoagenda.model import Agenda

if TYPE_CHECKING:
    from natoagenda.search import Index

SUFFIXES = (".yaml", ".yml")
"""What the name of an agenda file in a folder ends in."""


class Library(msgspec.Struct, frozen=True):
    """The agendas in play, by date of the meeting, and what could not be read.

    `keys` has, by agenda id, the fingerprint of the file that each was read from.
    """

    agendas: tuple[Agenda, ...]
    faults: tuple[DataError, ...]
    keys: Mapping[str, str]


def builtin_path() -> Path:
    """Where the built-in agenda stands: in the package, or beside the source it runs from."""
    packed = Path(__file__).parent / "data" / "agenda.yaml"
    return packed if packed.exists() else Path(__file__).parents[2] / "data" / "agenda.yaml"


def load(paths: Sequence[Path] = ()) -> Library:
    """Load agendas.

    Args:
        paths: files and folders; none means the built-in agenda and the user's library, whose
            agenda of the same id takes the place of the built-in one.

    Returns:
        The agendas by date, and the faults of files that stand in a folder with sound ones.

    Raises:
        DataError: where a named file does not hold, nothing is there, or two agendas have one id.
    """
    loaded: list[tuple[str, Agenda]] = []
    faults: list[DataError] = []
    own = user_folder()
    usual = [builtin_path(), *([own] if not paths and _has_agendas(own) else [])]
    for path in dict.fromkeys(paths) or usual:
        if not _is_folder(path):
            loaded.append(_load(path))
            continue
        found = _agenda_files(path)
        if not found:
            raise DataError(str(path), "the folder holds no agenda file (*.yaml)")
        for file in found:
            try:
                loaded.append(_load(file))
            except DataError as fault:
                faults.append(fault)
    if not loaded:
        raise faults[0]
    seen: dict[str, Agenda] = {}
    for _, agenda in loaded:
        if agenda.id in seen and (paths or seen[agenda.id].path != str(builtin_path())):
            first = seen[agenda.id].path
            raise DataError(agenda.path, f"the agenda {agenda.id!r} is also in {first}")
        seen[agenda.id] = agenda
    return Library(
        agendas=tuple(sorted(seen.values(), key=lambda agenda: agenda.starts)),
        faults=tuple(faults),
        keys={agenda.id: key for key, agenda in loaded},
    )


def user_folder() -> Path:
    """The user's library, where new letters go: `natoagenda` in the platform's data folder."""
    if base := os.environ.get("XDG_DATA_HOME"):
        return Path(base) / "natoagenda"
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
        return Path(base) / "natoagenda" / "Data"
    data = "Library/Application Support" if sys.platform == "darwin" else ".local/share"
    return Path.home() / data / "natoagenda"


def _has_agendas(folder: Path) -> bool:
    return _is_folder(folder) and bool(_agenda_files(folder))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # a name that no file can have; reading it says what is wrong
        return False


def _agenda_files(folder: Path) -> list[Path]:
    """The agenda files of a folder, by name."""
    try:
        return sorted(file for file in folder.iterdir() if file.suffix in SUFFIXES)
    except OSError as error:
        raise DataError(str(folder), f"it cannot be read: {error.strerror}") from error


def _load(path: Path) -> tuple[str, Agenda]:
    """Load one agenda, from the cache if its file was read before, with its fingerprint."""
    name = str(path)
    data = files.read_bytes(path, name)
    key = cache.fingerprint(data)
    if kept := cache.get("agenda", key):
        with contextlib.suppress(msgspec.MsgspecError):
            agenda = msgspec.msgpack.decode(kept, type=Agenda)
            return key, msgspec.structs.replace(agenda, path=name)
    from natoagenda import dataset  # with YAML and the schema: slow to import

    agenda = dataset.parse(data, name)
    cache.put("agenda", key, msgspec.msgpack.encode(agenda))
    return key, agenda


def index(library: Library, agendas: Sequence[Agenda]) -> Index:
    """The search index of some of a library's agendas; one agenda's comes from the cache.

    Raises:
        DependencyError: where SQLite lacks FTS5.
    """
    from natoagenda.search import Index

    keys = [library.keys[agenda.id] for agenda in agendas]
    if len(keys) == 1 and (kept := cache.get("index", keys[0])) and (old := Index.restore(kept)):
        return old
    new = Index.build(agendas)
    if len(keys) == 1:
        cache.put("index", keys[0], new.dump())
    return new


def choose(agendas: Sequence[Agenda], identifier: str | None) -> tuple[Agenda, ...]:
    """Narrow to the agenda with an id; None keeps all.

    Raises:
        NotFoundError: where there is no such agenda.
    """
    chosen = tuple(a for a in agendas if identifier is None or a.id == identifier)
    if not chosen:
        known = ", ".join(agenda.id for agenda in agendas)
        raise NotFoundError(f"there is no agenda {identifier!r}; there is {known}")
    return chosen
