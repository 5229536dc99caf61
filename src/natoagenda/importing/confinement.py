"""A process gives up, for good, all that reading a letter does not need.

Three things, each of which holds where the others are missing: limits of the system that cannot
be raised again, Landlock (no file, no network), and an allow list of system calls (seccomp).
What a kernel does not have, or refuses, is left out and is no error. `tests/attacks` tries what
each of them refuses.
"""

from __future__ import annotations

import contextlib
import math
import os
import sys
from collections.abc import Mapping
from typing import Any

from natoagenda.importing import syscalls

_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4
_PR_SET_SECCOMP = 22
_PR_SET_NO_NEW_PRIVS = 38

_KERNELS = ("x86_64", "aarch64", "riscv64", "ppc64le", "s390x", "armv7l", "i686", "loongarch64")
"""Machines on which Landlock's calls have the numbers below."""
_CREATE_RULESET, _RESTRICT_SELF = 444, 446
_VERSION = 1
_FILES = (0, (1 << 13) - 1, (1 << 14) - 1, (1 << 15) - 1, (1 << 15) - 1, (1 << 16) - 1)
"""Every right to files that Landlock knows, by its version; later ones know no more."""
_TCP, _SCOPES = 3, 3
"""Binding and connecting (version 4); abstract sockets and signals of others (version 6)."""

_CAPABILITIES_VERSION = 0x20080522
_SECCOMP_SET_FILTER, _SECCOMP_ALL_THREADS, _SECCOMP_MODE_FILTER = 1, 1, 2


def begin(parent: int | None) -> None:
    """Start anew, whatever the parent has set, and end with it; before anything else is done.

    Args:
        parent: the process that started this one; where it is another by now, this one ends.
    """
    import signal

    for number in signal.valid_signals():
        with contextlib.suppress(OSError, ValueError):
            signal.signal(number, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_SETMASK, ())
    if sys.platform == "linux":
        _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if parent is not None and hasattr(os, "getppid") and os.getppid() != parent:
        os._exit(1)
    os.environ.clear()


def confine(seconds: float, memory: int) -> tuple[str, ...]:
    """Give up all that reading a letter does not need; it cannot be had back.

    Args:
        seconds: of the processor that this process may still take.
        memory: bytes of data that it may hold in all.

    Returns:
        What the kernel has and took on, beside the limits that it knows.
    """
    import ctypes  # noqa: F401  # while files can be opened

    limits = wanted(seconds, memory)
    held = {"no_new_privs": give_up_privileges(), "landlock": shut_files() > 0}
    limit(limits)
    held["seccomp"] = filter_calls()
    return tuple(name for name, holds in held.items() if holds)


def wanted(seconds: float, memory: int) -> dict[int, int]:
    """What the system's limits shall be; to be called while files can be opened.

    Args:
        seconds: of the processor that this process may still take.
        memory: bytes of data that it may hold in all.
    """
    try:
        import resource
        import time
    except ImportError:  # Windows
        return {}
    end = math.ceil(time.process_time() + seconds) + 1
    limits = {"CORE": 0, "CPU": end, "DATA": memory, "FSIZE": 0, "NPROC": 0, "NOFILE": 0}
    if size := _address_space():
        limits["AS"] = size + memory
    known = {getattr(resource, f"RLIMIT_{name}", None): most for name, most in limits.items()}
    return {which: most for which, most in known.items() if which is not None}


def limit(limits: Mapping[int, int]) -> None:
    """Set the system's limits, which can then not be raised again, not by root either."""
    with contextlib.suppress(OSError):
        os.chdir("/")
    if not limits:
        return
    import resource

    _drop_capabilities()
    for which, most in limits.items():
        with contextlib.suppress(OSError, ValueError):
            _, hard = resource.getrlimit(which)
            least = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(which, (least, least))


def _address_space() -> int:
    """How many bytes of addresses this process has; 0 where the system does not say."""
    try:
        with open("/proc/self/statm", "rb") as stream:
            return int(stream.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0


def give_up_privileges() -> bool:
    """Gain nothing by running a program; leave no image of the memory. False where it fails."""
    if sys.platform != "linux":
        return False
    _prctl(_PR_SET_DUMPABLE, 0)
    return _prctl(_PR_SET_NO_NEW_PRIVS, 1) == 0


def shut_files() -> int:
    """Open, make, remove, rename no file and reach no network any more, by Landlock.

    To be called before `limit`, for a rule set is a file to the system.

    Returns:
        The version of Landlock that holds; 0 where none does.
    """
    if sys.platform != "linux" or os.uname().machine not in _KERNELS:
        return 0
    import ctypes

    version = _call(_CREATE_RULESET, None, 0, _VERSION)
    if version < 1:
        return 0
    rights = (ctypes.c_uint64 * 3)(
        _FILES[min(version, len(_FILES) - 1)],
        _TCP if version >= 4 else 0,
        _SCOPES if version >= 6 else 0,
    )
    size = 8 if version < 4 else 16 if version < 6 else 24
    rules = _call(_CREATE_RULESET, ctypes.byref(rights), size, 0)
    if rules < 0:
        return 0
    done = _call(_RESTRICT_SELF, rules, 0)
    os.close(rules)
    return version if done == 0 else 0


def filter_calls() -> bool:
    """Refuse every system call that reading a letter does not need.

    Returns:
        Whether it holds: on Linux, on the machines whose calls `syscalls` knows.
    """
    if sys.platform != "linux" or sys.maxsize < 2**32:
        return False
    program = syscalls.program(os.uname().machine, os.getpid())
    if program is None:
        return False
    import ctypes

    class Program(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("code", ctypes.c_char_p)]

    given = Program(len(program) // 8, program)
    number = syscalls.SECCOMP[os.uname().machine]
    flags = _SECCOMP_ALL_THREADS
    if _call(number, _SECCOMP_SET_FILTER, flags, ctypes.byref(given)) == 0:
        return True
    return _prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.addressof(given)) == 0


def _drop_capabilities() -> None:
    """Let root be no more than the owner of root's files: it may not raise limits again."""
    if sys.platform != "linux":
        return
    import ctypes

    head = (ctypes.c_uint32 * 2)(_CAPABILITIES_VERSION, 0)
    none = (ctypes.c_uint32 * 6)()
    drop = getattr(ctypes.CDLL(None), "capset", None)
    if drop is not None:
        drop(head, none)


def _prctl(what: int, *values: int) -> int:
    import ctypes

    given = [ctypes.c_ulong(value) for value in (*values, 0, 0, 0, 0)[:4]]
    return int(ctypes.CDLL(None).prctl(ctypes.c_int(what), *given))


def _call(number: int, *values: Any) -> int:
    """Make a system call that the library of C has no name for; -1 where it is refused."""
    import ctypes

    call = ctypes.CDLL(None).syscall
    call.restype = ctypes.c_long
    given = [ctypes.c_long(value) if isinstance(value, int) else value for value in values]
    return int(call(ctypes.c_long(number), *given))
