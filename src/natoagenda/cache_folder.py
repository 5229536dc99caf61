"""The folder of the cache: the user's own, looked at before SQLite opens a file in it.

What is not ours (a link, a file with a second name, another user's, one that others may write) is
never followed, changed or removed; only journals that SQLite would act upon are taken away. All
that is done is done through the descriptor of the folder, where the system has such.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE = 4096
"""Bytes of a page of the cache, and so of what its journal says."""

_MAGIC = bytes.fromhex("d9d505f920a163d7")
"""What a journal of SQLite begins with, and what ends one that names another file to delete."""

_OURS = r"cache(?:-[0-9a-f]{8})?\.sqlite3"
"""The names of caches, those of other installations too."""

_MOMENT = 0.01
"""Seconds after which a journal that is being written is looked at once more."""

_BY_DESCRIPTOR = {os.stat, os.open, os.unlink, os.utime} <= os.supports_dir_fd
_NO_LINK = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_FOLDER = os.O_RDONLY | _NO_LINK | getattr(os, "O_DIRECTORY", 0)


class NotOursError(Exception):
    """A folder or a file that is not the user's own, or that others may write."""


class Node(NamedTuple):
    """Which file has a name: another one of that name has another node."""

    device: int
    number: int


class Folder:
    """A folder of the user's own, made where it is missing, open until it is closed.

    Raises:
        NotOursError: where it is a link, another user's, or others may write in it.
        OSError: where it cannot be made or read.
    """

    def __init__(self, path: Path) -> None:
        """Make and open it."""
        _make(path)
        self.path = path
        self._inside: int | None = os.open(path, _FOLDER) if _BY_DESCRIPTOR else None
        try:
            found = os.lstat(path) if self._inside is None else os.fstat(self._inside)
            if not stat.S_ISDIR(found.st_mode) or not _is_ours(found):
                raise NotOursError(str(path))
        except BaseException:
            self.__exit__()
            raise

    def __enter__(self) -> Folder:
        """Give the folder."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the folder."""
        if self._inside is not None:
            os.close(self._inside)
            self._inside = None

    def look(self, name: str) -> os.stat_result | None:
        """What a name in the folder stands for, not following a link; None for nothing."""
        try:
            return os.stat(self._at(name), dir_fd=self._inside, follow_symlinks=False)
        except FileNotFoundError:
            return None

    def node(self, name: str) -> Node | None:
        """Which file of ours has a name, None where none has; from then on nobody else reads it.

        Raises:
            NotOursError: where what has it is not a file of the user's alone.
        """
        found = self.look(name)
        if found is None:
            return None
        if not _is_own_file(found):
            raise NotOursError(name)
        if hasattr(os, "geteuid") and stat.S_IMODE(found.st_mode) != 0o600:
            self._close_to_others(name, _node(found))
        return _node(found)

    def create(self, name: str) -> None:
        """Make an empty file that only the user reads; one that is there meanwhile stays."""
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | _NO_LINK
        with contextlib.suppress(FileExistsError):
            descriptor = os.open(self._at(name), flags, 0o600, dir_fd=self._inside)
            try:
                if hasattr(os, "fchmod"):
                    os.fchmod(descriptor, 0o600)
            finally:
                os.close(descriptor)

    def clear(self, name: str) -> None:
        """Take away what stands beside a cache and SQLite would act upon, though it is not ours.

        We never use a write-ahead log. A journal that no writer of ours can have left (a link, one
        that names another file, which SQLite would delete, or one of another database) goes, and
        the cache with it, which it may have been needed for.
        """
        for ending in ("-wal", "-shm"):
            if self.look(name + ending) is not None:
                self._unlink(name + ending)
        journal = f"{name}-journal"
        if self.look(journal) is None or self._is_plausible(name, journal):
            return
        time.sleep(_MOMENT)
        if not self._is_plausible(name, journal):
            self._unlink(journal)
            self.remove(name)

    def remove(self, name: str, node: Node | None = None) -> bool:
        """Remove a cache of ours, if it is still that node; say whether that is gone."""
        found = self.look(name)
        if found is None or node not in (None, _node(found)):
            return True
        if not _is_own_file(found):
            return False
        for ending in ("-journal", "-wal", "-shm"):
            if self.look(name + ending) is not None:
                self._unlink(name + ending)
        self._unlink(name)
        return True

    def touch(self, name: str, every: float) -> None:
        """Show that a cache is in use, if the last time is some seconds ago."""
        found = self.look(name)
        if found is not None and time.time() - found.st_mtime > every and _is_own_file(found):
            where: dict[str, object] = {} if self._inside is None else {"dir_fd": self._inside}
            if os.utime in os.supports_follow_symlinks:
                where["follow_symlinks"] = False
            touch: Callable[..., None] = os.utime
            touch(self._at(name), **where)

    def tidy(self, unused: float) -> None:
        """Remove the caches of ours that nobody has used for some seconds."""
        for name in os.listdir(self.path if self._inside is None else self._inside):
            found = self.look(name) if re.fullmatch(_OURS, name) else None
            if found is not None and time.time() - found.st_mtime > unused:
                self.remove(name)

    def _at(self, name: str) -> str:
        return name if self._inside is not None else str(self.path / name)

    def _unlink(self, name: str) -> None:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self._at(name), dir_fd=self._inside)

    def _close_to_others(self, name: str, node: Node) -> None:
        descriptor = os.open(self._at(name), os.O_RDONLY | _NO_LINK, dir_fd=self._inside)
        try:
            if _node(os.fstat(descriptor)) != node:
                raise NotOursError(name)
            os.fchmod(descriptor, 0o600)
        finally:
            os.close(descriptor)

    def _is_plausible(self, name: str, journal: str) -> bool:
        """Whether a writer of ours can have left a journal; if it is to be played back or not."""
        found = self.look(journal)
        if found is None:
            return True  # its writer is done
        if not _is_own_file(found):
            return False
        flags = os.O_RDONLY | _NO_LINK | getattr(os, "O_BINARY", 0)
        try:
            descriptor = os.open(self._at(journal), flags, dir_fd=self._inside)
        except FileNotFoundError:
            return True
        with open(descriptor, "rb") as stream:
            head = stream.read(28)
            stream.seek(max(0, os.fstat(descriptor).st_size - 8))
            if stream.read(8) == _MAGIC:
                return False  # it names another journal; ours never do
        if head[:1] in (b"", b"\0"):
            return True  # not begun: nothing was written to the cache
        before = int.from_bytes(head[16:20], "big") * PAGE
        page = int.from_bytes(head[24:28], "big")
        # The cache grows and never shrinks, so it was no larger before.
        whole = self.look(name)
        size = 0 if whole is None else whole.st_size
        return head.startswith(_MAGIC) and page == PAGE and before <= size


def _make(path: Path) -> None:
    """Make a folder and those above it, which nobody else may open whatever the umask says."""
    missing = []
    while not os.path.lexists(path):
        missing.append(path)
        path = path.parent
    for each in reversed(missing):
        with contextlib.suppress(FileExistsError):
            os.mkdir(each, 0o700)


def _node(found: os.stat_result) -> Node:
    return Node(found.st_dev, found.st_ino)


def _is_ours(found: os.stat_result) -> bool:
    """Whether it is the user's and nobody else may write it, where the system can tell."""
    user: Callable[[], int] | None = getattr(os, "geteuid", None)
    return user is None or (found.st_uid == user() and not found.st_mode & 0o022)


def _is_own_file(found: os.stat_result) -> bool:
    return stat.S_ISREG(found.st_mode) and found.st_nlink == 1 and _is_ours(found)
