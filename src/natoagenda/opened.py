"""An open folder, and what is done with the names in it.

A folder that is open stays the same whoever moves it or puts a link in its place, and a name in
it is never more than a name in it: links are looked at and not followed. Systems without such
calls (Windows) get the plain ones.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from natoagenda import files
from natoagenda.errors import DataError

PREFIX, SUFFIX = ".natoagenda-", ".new"
"""How the name of an unfinished file begins and ends."""

_STALE = 3600
"""Seconds after which nobody works on an unfinished file any more."""

_PATIENCE = 2.0
"""Seconds to wait for another run that is replacing a file in the same folder."""

NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_LOOK = os.O_RDONLY | NO_FOLLOW | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_OPEN_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0)


class Seen(msgspec.Struct, frozen=True):
    """Which file stands under a name; `digest` is of what was read of it, empty if nothing was."""

    device: int
    inode: int
    size: int
    digest: str


class Found(msgspec.Struct, frozen=True):
    """What stands under a name, and as much of its content as an agenda file may have."""

    seen: Seen
    stat: Any
    data: bytes


class Folder:
    """An open folder, and what is done with the names in it."""

    def __init__(self, path: Path, *, inside: Folder | None = None) -> None:
        """Open it.

        Args:
            path: the folder.
            inside: the folder that it has just been made in, where no link is followed.

        Raises:
            OSError: where it cannot be opened.
        """
        self.path = path
        self._descriptor: int | None = None
        if os.open in os.supports_dir_fd:
            if inside is not None:
                self._descriptor = inside.open(path.name, _OPEN_FOLDER | NO_FOLLOW)
                return
            try:
                self._descriptor = os.open(path, _OPEN_FOLDER)
            except PermissionError:  # one may be written to and not be listed
                self._descriptor = os.open(path, getattr(os, "O_PATH", os.O_RDONLY))

    def __enter__(self) -> Folder:
        return self

    def __exit__(self, *_: object) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)

    def _in(self, function: Any, name: str) -> tuple[str, dict[str, Any]]:
        """How to tell a function of the system which name is meant."""
        if self._descriptor is not None and function in os.supports_dir_fd:
            return name, {"dir_fd": self._descriptor}
        return os.path.join(self.path, name), {}

    def open(self, name: str, flags: int, mode: int = 0) -> int:
        """Open a file."""
        path, where = self._in(os.open, name)
        return os.open(path, flags, mode, **where)

    def stat(self, name: str) -> os.stat_result | None:
        """What stands under a name, a link itself too; None where nothing does."""
        path, where = self._in(os.stat, name)
        try:
            return os.stat(path, follow_symlinks=False, **where)
        except FileNotFoundError:
            return None

    def make(self, name: str, rights: int) -> None:
        """Make a folder; nothing happens where one is there."""
        path, where = self._in(os.mkdir, name)
        with contextlib.suppress(FileExistsError):
            os.mkdir(path, rights, **where)

    def unlink(self, name: str) -> None:
        """Take a name away."""
        path, where = self._in(os.unlink, name)
        os.unlink(path, **where)

    def rename(self, source: str, target: str) -> None:
        """Give a file another name, which may be taken."""
        if self._descriptor is not None and os.rename in os.supports_dir_fd:
            here = self._descriptor
            os.rename(source, target, src_dir_fd=here, dst_dir_fd=here)
        else:
            os.replace(self.path / source, self.path / target)

    def link(self, source: str, target: str) -> None:
        """Give a file a second name, unless that is taken; a link is not followed."""
        here = self._descriptor
        if here is None or os.link not in os.supports_dir_fd:
            os.link(self.path / source, self.path / target)
        else:
            os.link(source, target, src_dir_fd=here, dst_dir_fd=here, follow_symlinks=False)

    def link_open(self, descriptor: int, target: str) -> bool:
        """Give an open file a second name whatever has its first by now; say whether it could."""
        way = f"/proc/self/fd/{descriptor}"  # Linux
        if self._descriptor is None or os.link not in os.supports_dir_fd or not os.path.exists(way):
            return False
        try:
            os.link(way, target, dst_dir_fd=self._descriptor, follow_symlinks=True)
        except FileExistsError:
            raise
        except OSError:
            return False
        return True

    def look(self, name: str) -> Found | None:
        """Read what stands under a name, as much as an agenda file may have."""
        found = self.stat(name)
        if found is None:
            return None
        data, digest = b"", ""
        if stat.S_ISREG(found.st_mode):
            with contextlib.suppress(OSError):  # of what nobody may read its inode has to do
                descriptor = self.open(name, _LOOK)
                with open(descriptor, "rb") as stream:
                    found = os.fstat(descriptor)
                    if stat.S_ISREG(found.st_mode):  # else it was swapped: not even read
                        data = stream.read(files.MAX_AGENDA + 1) or b""
                        digest = _digest(data)
        elif stat.S_ISLNK(found.st_mode):
            with contextlib.suppress(OSError, DataError):
                path, where = self._in(os.readlink, name)
                target = os.fsencode(os.readlink(path, **where))
                data = files.read_bytes(self.path / name, name, files.MAX_AGENDA)
                digest = _digest(target + b"\0" + data)
        return Found(Seen(found.st_dev, found.st_ino, found.st_size, digest), found, data)

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other runs of this program from replacing or removing here, if the system can."""
        with contextlib.ExitStack() as stack:
            with contextlib.suppress(ImportError, OSError):
                import fcntl  # not on Windows

                if self._descriptor is not None:
                    end = time.monotonic() + _PATIENCE
                    while True:
                        try:
                            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                            break
                        except BlockingIOError:  # whoever may read here can hold it for ever
                            if time.monotonic() > end:
                                raise
                            time.sleep(0.01)
                    stack.callback(fcntl.flock, self._descriptor, fcntl.LOCK_UN)
            yield

    def sweep(self) -> None:
        """Remove the unfinished files of our own runs that were killed."""
        with contextlib.suppress(OSError):
            listable = self._descriptor is not None and os.listdir in os.supports_fd
            for name in os.listdir(self._descriptor if listable else self.path):
                if not (name.startswith(PREFIX) and name.endswith(SUFFIX)):
                    continue
                found = self.stat(name)
                if (
                    found is not None
                    and stat.S_ISREG(found.st_mode)
                    and user() in (found.st_uid, None)
                    and time.time() - found.st_mtime > _STALE
                ):
                    self.unlink(name)

    def settle(self) -> None:
        """Have the system write the names down too, where it can."""
        if self._descriptor is not None:
            with contextlib.suppress(OSError):
                os.fsync(self._descriptor)


def make_folder(path: Path, rights: int) -> Folder:
    """Open a folder; make it and those above it, level by level, where they are not there.

    What is made is not looked for by its name again: a link put in its place is not followed.

    Args:
        path: the folder.
        rights: of each that is made, less what the umask takes.

    Raises:
        FileExistsError: where something that is no folder has the name.
        OSError: where the system says no.
    """
    missing: list[str] = []
    top = path
    while not top.is_dir():
        if top.exists() or top.is_symlink():
            number = errno.EEXIST if top == path else errno.ENOTDIR
            raise OSError(number, os.strerror(number), str(top))
        missing.append(top.name)
        top = top.parent
    folder = Folder(top)
    for name in reversed(missing):
        with folder:
            folder.make(name, rights)
            folder = Folder(folder.path / name, inside=folder)
    return folder


def _digest(data: bytes) -> str:
    import hashlib

    return hashlib.sha256(data).hexdigest()


def user() -> int | None:
    """Who runs the program; None where the system has no such numbers."""
    return os.geteuid() if hasattr(os, "geteuid") else None
