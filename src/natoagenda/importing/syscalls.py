"""Which system calls reading a letter needs, as a program for the kernel's filter (seccomp).

An allow list: what is not on it is refused with an error, so that a library which tries it goes
on without. It names what Python, PDFium, libxml2 and the libraries of C (glibc, musl) may call
when they compute and hold memory; none takes a path, another process or a new file.
`natoagenda.importing.confinement` hands the program to the kernel.
"""

from __future__ import annotations

import errno
import struct
from collections.abc import Iterator, Sequence

SECCOMP = {"x86_64": 317, "aarch64": 277}
"""The call that sets a filter, by machine."""

_AUDIT = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
"""What the kernel calls the machine; a call in another's manner ends the process."""

_X32 = 0x40000000
"""In numbers of x86_64: the same calls once more, with short pointers."""

_NEW = 424
"""From here on all machines have the same numbers, and libraries know how to do without."""

ALLOWED: dict[str, tuple[int | None, int | None]] = {
    # name: number on x86_64, on aarch64; None where the machine has no such call
    "read": (0, 63), "write": (1, 64), "munmap": (11, 215), "brk": (12, 214),
    "madvise": (28, 233), "mremap": (25, 216), "futex": (202, 98), "setitimer": (38, 103),
    "clock_gettime": (228, 113), "getrusage": (98, 165), "close": (3, 57), "fstat": (5, 80),
    "lseek": (8, 62), "pread64": (17, 67), "readv": (19, 65), "writev": (20, 66),
    "preadv": (295, 69), "poll": (7, None), "ppoll": (271, 73), "select": (23, None),
    "pselect6": (270, 72), "rt_sigaction": (13, 134), "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139), "rt_sigpending": (127, 136), "rt_sigtimedwait": (128, 137),
    "rt_sigsuspend": (130, 133), "sigaltstack": (131, 132), "restart_syscall": (219, 128),
    "msync": (26, 227), "mincore": (27, 232), "membarrier": (324, 283), "rseq": (334, 293),
    "set_robust_list": (273, 99), "set_tid_address": (218, 96), "getitimer": (36, 102),
    "clock_getres": (229, 114), "clock_nanosleep": (230, 115), "nanosleep": (35, 101),
    "gettimeofday": (96, 169), "time": (201, None), "times": (100, 153),
    "getrandom": (318, 278), "sysinfo": (99, 179), "uname": (63, 160), "getcwd": (79, 17),
    "getcpu": (309, 168), "getpid": (39, 172), "getppid": (110, 173), "gettid": (186, 178),
    "getuid": (102, 174), "geteuid": (107, 175), "getgid": (104, 176), "getegid": (108, 177),
    "getresuid": (118, 148), "getresgid": (120, 150), "getgroups": (115, 158),
    "getpgrp": (111, None), "getrlimit": (97, 163), "sched_yield": (24, 124),
    "sched_getaffinity": (204, 123), "sched_getparam": (143, 121),
    "sched_getscheduler": (145, 120), "sched_get_priority_max": (146, 125),
    "sched_get_priority_min": (147, 126), "futex_waitv": (449, 449), "futex_wake": (454, 454),
    "futex_wait": (455, 455), "futex_requeue": (456, 456), "exit": (60, 93),
    "exit_group": (231, 94),
}  # fmt: skip

WITHIN: dict[str, tuple[int, int]] = {
    "mmap": (9, 222), "mprotect": (10, 226), "fcntl": (72, 25), "ioctl": (16, 29),
    "prlimit64": (302, 261), "tgkill": (234, 131),
}  # fmt: skip
"""What is allowed only with some arguments, which `_conditions` says."""

OPENING: dict[str, tuple[int | None, int | None]] = {
    "open": (2, None), "openat": (257, 56), "openat2": (437, 437), "creat": (85, None),
    "socket": (41, 198), "socketpair": (53, 199), "pipe": (22, None), "pipe2": (293, 59),
}  # fmt: skip
"""What fails as it does where only the limit on open files holds."""

_PROT_EXEC = 4
_MAP_TYPE, _MAP_PRIVATE, _MAP_GROWSDOWN = 0xF, 2, 0x100
_F_GETFD, _F_GETFL = 1, 3
_TCGETS = 0x5401

_LOAD, _AND, _EQUAL, _FROM, _ANY, _RETURN = 0x20, 0x54, 0x15, 0x35, 0x45, 0x06
_ALLOW, _KILL, _ERROR = 0x7FFF0000, 0x80000000, 0x00050000
_NUMBER_AT, _MACHINE_AT, _ARGUMENTS_AT = 0, 4, 16

_Step = tuple[int, int, int, int]
"""An instruction: its code, how many to skip if true and if false, and its operand."""


def program(machine: str, process: int) -> bytes | None:
    """Make the filter.

    Args:
        machine: as `uname` names it.
        process: the number of the process that it is for, which may send signals to itself.

    Returns:
        Instructions of eight bytes; None where the machine's calls are not known.
    """
    if machine not in SECCOMP:
        return None
    return b"".join(struct.pack("=HBBI", *step) for step in _steps(machine, process))


def _steps(machine: str, process: int) -> Iterator[_Step]:
    column = list(SECCOMP).index(machine)
    yield (_LOAD, 0, 0, _MACHINE_AT)
    yield (_EQUAL, 1, 0, _AUDIT[machine])
    yield _ends(_KILL)
    yield (_LOAD, 0, 0, _NUMBER_AT)
    if machine == "x86_64":
        yield from _if((_FROM, _X32), [_ends(_ERROR | errno.ENOSYS)])
    conditions = _conditions(process)
    for name in ("mmap", "mprotect"):  # the most frequent first
        yield from _if((_EQUAL, WITHIN[name][column]), conditions.pop(name))
    for numbers in ALLOWED.values():
        if (number := numbers[column]) is not None:
            yield from _if((_EQUAL, number), [_ends(_ALLOW)])
    for name, steps in conditions.items():
        yield from _if((_EQUAL, WITHIN[name][column]), steps)
    for numbers in OPENING.values():
        if (number := numbers[column]) is not None:
            yield from _if((_EQUAL, number), [_ends(_ERROR | errno.EMFILE)])
    yield from _if((_FROM, _NEW), [_ends(_ERROR | errno.ENOSYS)])
    yield _ends(_ERROR | errno.EPERM)


def _conditions(process: int) -> dict[str, list[_Step]]:
    """What each call's arguments must be; each list ends with a verdict."""
    no, yes = _ends(_ERROR | errno.EPERM), _ends(_ALLOW)
    return {
        # Nothing becomes a program; memory is private and counts as data.
        "mmap": [
            _argument(2), *_if((_ANY, _PROT_EXEC), [no]),
            _argument(3), *_if((_ANY, _MAP_GROWSDOWN), [no]),
            (_AND, 0, 0, _MAP_TYPE), *_if((_EQUAL, _MAP_PRIVATE), [yes]), no,
        ],
        "mprotect": [_argument(2), *_if((_ANY, _PROT_EXEC), [no]), yes],
        # Looking at what is open; no signals on its account, no copy of it.
        "fcntl": [
            _argument(1), *_if((_EQUAL, _F_GETFD), [yes]), *_if((_EQUAL, _F_GETFL), [yes]), no,
        ],
        "ioctl": [_argument(1), *_if((_EQUAL, _TCGETS), [yes]), no],
        # Its own limits, to look at: no new ones are given.
        "prlimit64": [
            _argument(0), (_EQUAL, 1, 0, 0), no,
            _argument(2), (_EQUAL, 1, 0, 0), no,
            _argument(2, high=True), *_if((_EQUAL, 0), [yes]), no,
        ],
        "tgkill": [_argument(0), *_if((_EQUAL, process), [yes]), no],
    }  # fmt: skip


def _argument(index: int, *, high: bool = False) -> _Step:
    """Load half of an argument; both machines put the low half first."""
    return (_LOAD, 0, 0, _ARGUMENTS_AT + 8 * index + 4 * high)


def _if(test: tuple[int, int], steps: Sequence[_Step]) -> Iterator[_Step]:
    """Take some steps only where a test holds of what is loaded."""
    code, value = test
    yield (code, 0, len(steps), value)
    yield from steps


def _ends(verdict: int) -> _Step:
    return (_RETURN, 0, 0, verdict)
