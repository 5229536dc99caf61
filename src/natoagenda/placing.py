"""A file is put under a name, or taken from it, and no other file is touched meanwhile.

All is done on descriptors: of the folder, so that a name in it stays a name in that folder, and
of the new file, whose rights are set on the file itself. What stands under a name is compared
with what was looked at (device, inode, content) before it is replaced or removed, and again with
the new file afterwards. Whoever may write in the folder can spoil this, and then the user is told;
he cannot turn it on a file elsewhere. Systems without such calls (Windows) get the plain ones.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

from natoagenda import opened
from natoagenda.errors import DataError, UsageError
from natoagenda.opened import Folder, Seen

_TRIES = 20
"""How often a file is looked at anew that another program changes all the time."""

_LINKS = 40
"""How many links a name may lead through, as on most systems."""

FOLDER, PRIVATE = 0o755, 0o700
"""The rights of new folders at most, and of the user's own library: whatever the umask says."""

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | opened.NO_FOLLOW | getattr(os, "O_BINARY", 0)


class ChangedError(DataError):
    """What stands under a name is not what was looked at."""


# -- writing -------------------------------------------------------------------------------


def write(
    path: Path,
    text: str,
    *,
    force: bool,
    rights: int = FOLDER,
    spare: Callable[[bytes], None] | None = None,
) -> None:
    """Do what `natoagenda.files.write_new` promises.

    Raises:
        OSError: where the system says no.
        UsageError: where the file is there and `force` is not set.
        DataError: where it is no file, or another user's program puts something in its way.
    """
    given = path
    if path.is_symlink():
        if not force or not path.exists():
            raise _taken(given) if path.is_file() else DataError(str(given), "this is not a file")
        path = _followed(path)
    try:
        parent = opened.make_folder(path.parent, rights)
    except FileExistsError as error:
        raise DataError(str(given), f"{path.parent} is not a folder") from error
    with parent as folder:
        folder.sweep()
        for _ in range(_TRIES):
            try:
                _put(folder, path.name, given, text.encode(), force=force, spare=spare)
            except ChangedError:
                continue
            folder.settle()
            return
    raise ChangedError(str(given), "another program keeps changing this file; nothing was written")


def _put(
    folder: Folder,
    name: str,
    given: Path,
    data: bytes,
    *,
    force: bool,
    spare: Callable[[bytes], None] | None,
) -> None:
    """Write a file and give it its name, once.

    Raises:
        ChangedError: where that has become another file than the one that was looked at.
    """
    old = folder.look(name)
    if old is not None:
        if not stat.S_ISREG(old.stat.st_mode):
            raise DataError(str(given), "this is not a file")
        if not force:
            raise _taken(given)
        if spare is not None:
            spare(old.data)
    # Nobody else reads what takes the place of a file that perhaps nobody else may read.
    new = _Unfinished(folder, 0o666 if old is None else 0o600)
    try:
        new.fill(data, None if old is None else old.stat)
        with folder.alone():
            if not new.has(new.name):
                raise _SwappedError
            if old is None:
                new.link(name)
            else:
                now = folder.look(name)
                if now is None or now.seen != old.seen:
                    raise ChangedError(str(given), "")
                new.rename(name)
    except FileExistsError as error:
        raise (ChangedError(str(given), "") if force else _taken(given)) from error
    except _SwappedError as error:
        problem = "another program put something else in its place; do not use it"
        raise DataError(str(given), problem) from error
    finally:
        new.close()


class _SwappedError(Exception):
    """Under a name of ours stands something that we did not put there."""


class _Unfinished:
    """A new file in a folder, under a name of its own until it is whole."""

    def __init__(self, folder: Folder, rights: int) -> None:
        self.folder = folder
        self.name = f"{opened.PREFIX}{os.urandom(8).hex()}{opened.SUFFIX}"
        self.descriptor = folder.open(self.name, _NEW, rights)
        self.key = _key(os.fstat(self.descriptor))

    def fill(self, data: bytes, old: os.stat_result | None) -> None:
        """Write all of it, and give it the rights of an old file."""
        with open(self.descriptor, "wb", closefd=False) as stream:
            stream.write(data)
            stream.flush()
            os.fsync(self.descriptor)
        if old is not None:
            _take_rights(self.descriptor, old)
        if os.name == "nt":  # which renames no open file
            os.close(self.descriptor)
            self.descriptor = -1

    def has(self, name: str) -> bool:
        """Whether a name is this file's."""
        there = self.folder.stat(name)
        return there is not None and _key(there) == self.key

    def link(self, name: str) -> None:
        """Take a name that is free.

        Raises:
            FileExistsError: where it is not.
            _SwappedError: where another file has got it.
        """
        folder = self.folder
        try:
            if not folder.link_open(self.descriptor, name):
                if not self.has(self.name):
                    raise _SwappedError
                folder.link(self.name, name)
        except FileExistsError:
            raise
        except OSError:  # a file system without links
            if folder.stat(name) is not None:
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)) from None
            if not self.has(self.name):
                raise _SwappedError from None
            self.rename(name)
            return
        if not self.has(name):
            # What stood under the unfinished file's name has got ours: that name goes again.
            there, swapped = folder.stat(name), folder.stat(self.name)
            if there is not None and swapped is not None and _key(there) == _key(swapped):
                folder.unlink(name)
            raise _SwappedError

    def rename(self, name: str) -> None:
        """Take a name that may be taken.

        Raises:
            _SwappedError: where another file has got it.
        """
        self.folder.rename(self.name, name)
        if not self.has(name):
            there = self.folder.stat(name)
            if there is not None and stat.S_ISLNK(there.st_mode):  # a link is nobody's file
                self.folder.unlink(name)
            raise _SwappedError

    def close(self) -> None:
        """Take the unfinished name away, if it is still this file's."""
        with contextlib.suppress(OSError):
            if os.name == "nt" and self.descriptor >= 0:
                os.close(self.descriptor)
                self.descriptor = -1
            if self.has(self.name):
                self.folder.unlink(self.name)
        if self.descriptor >= 0:
            os.close(self.descriptor)


def _key(found: os.stat_result) -> tuple[int, int]:
    """What tells one file from another; nothing on Windows, where the plain way has to do."""
    return (0, 0) if os.name == "nt" else (found.st_dev, found.st_ino)


def _take_rights(descriptor: int, old: os.stat_result) -> None:
    """Give a file the rights of the one whose place it takes, and its owner and group if it may."""
    if not hasattr(os, "fchmod") or not hasattr(os, "fchown"):  # Windows, before 3.13
        return
    rights = stat.S_IMODE(old.st_mode) & 0o777
    with contextlib.suppress(OSError):
        os.fchown(descriptor, -1, old.st_gid)
    with contextlib.suppress(OSError):
        os.fchown(descriptor, old.st_uid, -1)
    if os.fstat(descriptor).st_gid != old.st_gid:  # another group gets what everybody has
        rights = rights & 0o707 | (rights & 0o007) << 3 & rights
    os.fchmod(descriptor, rights)


def _taken(path: Path) -> UsageError:
    return UsageError(f"{path} exists; --force replaces it")


def _followed(path: Path) -> Path:
    """The file that a link leads to, if nobody else can have put the link there.

    Raises:
        DataError: where another may have.
    """
    here = path
    for _ in range(_LINKS):
        found = here.lstat()
        if not stat.S_ISLNK(found.st_mode):
            return here
        folder = here.parent.stat()
        user = opened.user()
        if user is not None:
            open_to_all = bool(folder.st_mode & 0o022)
            ours = bool(folder.st_mode & stat.S_ISVTX) and found.st_uid == user
            if folder.st_uid not in (0, user) or (open_to_all and not ours):
                raise DataError(
                    str(path), "this is a link in a folder that others can write to; name the file"
                )
        here = here.parent / os.readlink(here)
    raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))


# -- removing ------------------------------------------------------------------------------


def look(path: Path) -> tuple[Seen, bytes]:
    """See which file stands under a name, and read it as far as an agenda file may go.

    Raises:
        DataError: where there is none, or its folder cannot be opened.
    """
    try:
        with Folder(path.parent) as folder:
            found = folder.look(path.name)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise DataError(str(path), f"it cannot be read: {reason}") from error
    if found is None:
        raise DataError(str(path), "there is no such file")
    return found.seen, found.data


def remove(path: Path, seen: Seen) -> None:
    """Remove a file, or the link under its name, if it is still the one that was looked at.

    Raises:
        ChangedError: where it is another; nothing is removed then.
        DataError: where it cannot be removed.
    """
    try:
        with Folder(path.parent) as folder, folder.alone():
            found = folder.look(path.name)
            if found is None or found.seen != seen:
                raise ChangedError(str(path), "this has changed meanwhile; nothing was removed")
            folder.unlink(path.name)
            folder.settle()
    except OSError as error:
        raise DataError(str(path), f"it cannot be removed: {error.strerror}") from error
