"""What a process gives up before it reads a letter; none of it is given up by the tests."""

from __future__ import annotations

import errno
import os
import signal
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from natoagenda.importing import confinement, syscalls

ALLOWED, KILLED = "allowed", "killed"
MACHINES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
HEADERS = {
    "x86_64": Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
    "aarch64": Path("/usr/include/asm-generic/unistd.h"),
}
PID = 4242


def verdict(program: bytes, machine: int, number: int, *arguments: int) -> str:
    """What the kernel would make of a call: run the filter as the kernel does."""
    data = struct.pack("<IIQ6Q", number, machine, 0, *(*arguments, 0, 0, 0, 0, 0, 0)[:6])
    held = at = 0
    steps = list(struct.iter_unpack("=HBBI", program))
    while True:
        code, yes, no, value = steps[at]
        at += 1
        if code == 0x20:
            held = struct.unpack_from("<I", data, value)[0]
        elif code == 0x54:
            held &= value
        elif code == 0x06:
            if value >> 16 == 5:
                return errno.errorcode[value & 0xFFFF]
            return {0x7FFF0000: ALLOWED, 0x80000000: KILLED}[value]
        else:
            true = {0x15: held == value, 0x35: held >= value, 0x45: bool(held & value)}[code]
            at += yes if true else no


@pytest.fixture(params=MACHINES)
def machine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def program(machine: str) -> bytes:
    found = syscalls.program(machine, PID)
    assert found is not None
    return found


def numbers(machine: str, table: dict[str, tuple[int | None, int | None]]) -> list[int]:
    column = list(MACHINES).index(machine)
    return [number for each in table.values() if (number := each[column]) is not None]


def test_what_reading_needs_is_allowed(machine: str, program: bytes) -> None:
    for number in numbers(machine, syscalls.ALLOWED):
        assert verdict(program, MACHINES[machine], number) == ALLOWED, number


def test_opening_fails_as_where_only_the_limit_holds(machine: str, program: bytes) -> None:
    for number in numbers(machine, syscalls.OPENING):
        assert verdict(program, MACHINES[machine], number) == "EMFILE", number


def test_all_else_is_refused(machine: str, program: bytes) -> None:
    column = list(MACHINES).index(machine)
    known = {*numbers(machine, syscalls.ALLOWED), *numbers(machine, syscalls.OPENING)}
    within = {each[column] for each in syscalls.WITHIN.values()}
    for number in {*range(2048), 2**30 - 1, 2**31, 2**32 - 1} - known - within:
        expected = "EPERM" if number < 424 else "ENOSYS"
        assert verdict(program, MACHINES[machine], number) == expected, number


def test_another_manner_of_calling_is_no_way_round(machine: str, program: bytes) -> None:
    for other in (0x40000003, 0x40000028, *set(MACHINES.values()) - {MACHINES[machine]}):
        assert verdict(program, other, 0) == KILLED
    for number in range(600):  # x32
        assert verdict(program, MACHINES[machine], 0x40000000 + number) == "ENOSYS"


@pytest.mark.parametrize(
    ("name", "arguments", "expected"),
    [
        ("mmap", (0, 4096, 3, 0x22), ALLOWED),
        ("mmap", (0, 4096, 0, 0x4022), ALLOWED),
        ("mmap", (0, 4096, 7, 0x22), "EPERM"),
        ("mmap", (0, 4096, 3, 0x21), "EPERM"),
        ("mmap", (0, 4096, 3, 0x23), "EPERM"),
        ("mmap", (0, 4096, 3, 0x122), "EPERM"),
        ("mprotect", (0, 4096, 3), ALLOWED),
        ("mprotect", (0, 4096, 4), "EPERM"),
        ("fcntl", (1, 1), ALLOWED),
        ("fcntl", (1, 3), ALLOWED),
        ("fcntl", (1, 0), "EPERM"),
        ("fcntl", (1, 8, 1), "EPERM"),
        ("ioctl", (1, 0x5401), ALLOWED),
        ("ioctl", (1, 0x5412), "EPERM"),
        ("prlimit64", (0, 7, 0, 1), ALLOWED),
        ("prlimit64", (0, 7, 1), "EPERM"),
        ("prlimit64", (0, 7, 1 << 40), "EPERM"),
        ("prlimit64", (1, 7, 0), "EPERM"),
        ("tgkill", (PID, PID, 6), ALLOWED),
        ("tgkill", (PID + 1, PID, 6), "EPERM"),
    ],
)
def test_what_depends_on_the_arguments(
    name: str, arguments: tuple[int, ...], expected: str, machine: str, program: bytes
) -> None:
    number = syscalls.WITHIN[name][list(MACHINES).index(machine)]
    assert verdict(program, MACHINES[machine], number, *arguments) == expected


def test_no_filter_is_made_for_a_machine_that_is_not_known() -> None:
    assert syscalls.program("riscv64", PID) is None


def test_the_numbers_are_those_of_the_kernels_headers(machine: str) -> None:
    if not HEADERS[machine].exists():
        pytest.skip("the kernel's headers are not installed")
    column = list(MACHINES).index(machine)
    lines = [line.split() for line in HEADERS[machine].read_text().splitlines()]
    known = {
        line[1].removeprefix("__NR_").removeprefix("__NR3264_"): int(line[2])
        for line in lines
        if line[:1] == ["#define"] and len(line) > 2 and line[2].isdigit()
    }
    for table in (syscalls.ALLOWED, syscalls.WITHIN, syscalls.OPENING):
        for name, each in table.items():
            if name in known or each[column] is None:
                assert known.get(name) == each[column], name


# -- in steps ------------------------------------------------------------------------------


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    """What would be asked of the system, which answers that all is well."""
    made: list[tuple[object, ...]] = []

    def answer(*values: object) -> int:
        made.append(values)
        return 0

    monkeypatch.setattr(confinement, "_prctl", answer)
    monkeypatch.setattr(confinement, "_call", answer)
    monkeypatch.setattr(confinement, "_drop_capabilities", lambda: None)
    monkeypatch.setattr(os, "chdir", lambda _folder: None)
    return made


linux = pytest.mark.skipif(sys.platform != "linux", reason="Linux confines so")


@linux
def test_all_limits_are_set_hard_and_none_is_raised(
    calls: list[tuple[object, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    import resource

    given: dict[int, tuple[int, int]] = {}
    monkeypatch.setattr(resource, "setrlimit", given.__setitem__)
    real = resource.getrlimit
    monkeypatch.setattr(
        resource, "getrlimit",
        lambda which: (5, 5) if which == resource.RLIMIT_CPU else real(which),
    )  # fmt: skip
    confinement.limit(confinement.wanted(100.0, 2**20))
    assert given[resource.RLIMIT_CPU] == (5, 5)
    for name in ("CORE", "FSIZE", "NPROC", "NOFILE"):
        assert given[getattr(resource, f"RLIMIT_{name}")] == (0, 0)
    assert given[resource.RLIMIT_DATA] == (2**20, 2**20)
    assert given[resource.RLIMIT_AS][1] > 2**20


@linux
def test_what_the_kernel_has_is_told(calls: list[tuple[object, ...]]) -> None:
    assert confinement.give_up_privileges()
    assert confinement.filter_calls() == (os.uname().machine in MACHINES)
    assert [values[:2] for values in calls[:2]] == [(4, 0), (38, 1)]


@linux
@pytest.mark.parametrize(("version", "size"), [(1, 8), (3, 8), (4, 16), (5, 16), (6, 24), (99, 24)])
def test_landlock_is_asked_for_all_that_its_version_knows(
    version: int, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    def answer(number: int, *values: object) -> int:
        if number == 446:
            return 0
        if values[0] is None:
            return version
        asked.append(values[1])
        return os.open(os.devnull, os.O_RDONLY)

    monkeypatch.setattr(confinement, "_call", answer)
    assert confinement.shut_files() == version
    assert asked == [size]


@linux
def test_a_kernel_that_refuses_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confinement, "_call", lambda *_values: -1)
    monkeypatch.setattr(confinement, "_prctl", lambda *_values: -1)
    assert not confinement.give_up_privileges()
    assert confinement.shut_files() == 0
    assert not confinement.filter_calls()


def test_elsewhere_nothing_of_linux_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert not confinement.give_up_privileges()
    assert confinement.shut_files() == 0
    assert not confinement.filter_calls()
    confinement._drop_capabilities()
    monkeypatch.setitem(sys.modules, "resource", None)
    assert confinement.wanted(1.0, 1) == {}
    monkeypatch.setattr(os, "chdir", lambda _folder: None)
    confinement.limit({})


@linux
def test_a_child_begins_with_no_signal_set_aside(
    calls: list[tuple[object, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    reset: list[object] = []
    monkeypatch.setattr(signal, "signal", lambda number, _to: reset.append(number))
    monkeypatch.setattr(signal, "pthread_sigmask", lambda *_values: reset.append("mask"))
    monkeypatch.setattr(os, "environ", {"SECRET": "x"})
    ended: list[int] = []
    monkeypatch.setattr(os, "_exit", ended.append)
    confinement.begin(os.getppid())
    assert ended == []
    assert {*reset} >= {"mask", signal.SIGPROF, signal.SIGTERM, signal.SIGCHLD, signal.SIGXCPU}
    assert calls == [(1, signal.SIGKILL)]
    assert os.environ == {}
    confinement.begin(-1)
    assert ended == [1]


@linux
@pytest.mark.skipif(os.name != "posix" or os.getuid() != 0, reason="only root has any")
def test_root_keeps_no_capability() -> None:
    code = (
        "from natoagenda.importing import confinement as c\nimport resource\n"
        "status = open('/proc/self/status')\nc.limit(c.wanted(9, 2**28))\n"
        "print(*[line.split()[1] for line in status if line.startswith(('CapPrm', 'CapEff'))])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert {int(word, 16) for word in ran.stdout.split()} == {0}
