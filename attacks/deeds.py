"""What a letter that has taken over the process that reads it may try to do, as code.

`attacks.prison` runs it where a letter is read; each must fail. Numbers are of system calls, on
x86_64 and on aarch64.
"""

from __future__ import annotations

KIT = """
import ctypes, errno, fcntl, mmap, os, resource, select, signal, socket, struct, sys
import threading, time
libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
X86 = os.uname().machine == "x86_64"
def call(x86, arm, *values):
    number = x86 if X86 else arm
    if number is None:
        raise OSError("no such call here")
    given = [ctypes.c_long(v) if isinstance(v, int) else v for v in values]
    done = libc.syscall(ctypes.c_long(number), *given)
    if done < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return done
def gone(*values):
    # Both ways to a C function that gives -1 where it fails.
    done = values[0](*values[1:])
    if done == -1:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return done
def forked(pid):
    if pid == 0:
        os._exit(0)
parent = os.getppid()
"""
"""What deeds are done with; imported while that can be."""

DEEDS: dict[str, str] = {
    # -- files
    "reads a file": "open(kept).read()",
    "reads a file by openat2": "call(437, 437, -100, kept.encode(), bytes(24), 24)",
    "makes a file": "open(folder + '/new', 'w')",
    "makes a file by creat": "call(85, None, (folder + '/new').encode(), 0o644)",
    "writes a file": "open(kept, 'a').write('more')",
    "removes a file": "os.unlink(kept)",
    "removes a file by unlinkat": "call(263, 35, -100, kept.encode(), 0)",
    "renames a file": "os.rename(kept, folder + '/other')",
    "renames a file by renameat2": "call(316, 276, -100, kept.encode(), -100, b'/tmp/x', 0)",
    "exchanges two files": "call(316, 276, -100, kept.encode(), -100, folder.encode(), 2)",
    "changes a mode": "os.chmod(kept, 0o777)",
    "changes a mode by fchmodat2": "call(452, 452, -100, kept.encode(), 0o777, 0)",
    "changes an owner": "os.chown(kept, os.getuid(), os.getgid())",
    "cuts a file": "os.truncate(kept, 0)",
    "links a file": "os.link(kept, folder + '/linked')",
    "makes a symbolic link": "os.symlink(kept, folder + '/linked')",
    "makes a folder": "os.mkdir(folder + '/new')",
    "removes a folder": "os.rmdir(folder + '/empty')",
    "makes a pipe with a name": "os.mkfifo(folder + '/pipe')",
    "makes a device": "os.mknod(folder + '/node', 0o100644)",
    "changes a time": "os.utime(kept, (1, 1))",
    "sets an attribute": "os.setxattr(kept, 'user.x', b'y')",
    "lists a folder": "os.listdir(folder)",
    "looks at a file": "os.stat(kept)",
    "looks at a file by statx": "call(332, 291, -100, kept.encode(), 0, 4095, bytes(256))",
    "asks whether a file is there": "gone(libc.access, kept.encode(), 0)",
    "reads a link": "os.readlink('/proc/self/exe')",
    "goes elsewhere": "os.chdir(folder)",
    "changes its root": "os.chroot(folder)",
    "mounts": "gone(libc.mount, b'none', folder.encode(), b'tmpfs', 0, None)",
    "cuts an inherited file": "os.ftruncate(2, 0)",
    "changes an inherited file's mode": "os.fchmod(0, 0o777)",
    "copies a descriptor": "os.dup(1)",
    "copies a descriptor over another": "os.dup2(1, 0)",
    "copies a descriptor by fcntl": "fcntl.fcntl(1, fcntl.F_DUPFD, 0)",
    "has signals sent on a file's account": "fcntl.fcntl(0, fcntl.F_SETOWN, victim)",
    "makes a nameless file": "os.memfd_create('x')",
    "makes a pipe": "os.pipe()",
    "waits on many": "select.epoll()",
    "hears of events": "call(290, 19, 0, 0)",
    "watches a folder": "gone(libc.inotify_init1, 0)",
    # -- other processes and programs
    "forks": "forked(os.fork())",
    "forks by vfork": "forked(call(58, None))",
    "forks by clone": "forked(call(56, 220, 17, 0, 0, 0, 0))",
    "forks by clone3": "forked(call(435, 435, struct.pack('8Q', 0, 0, 0, 0, 17, 0, 0, 0), 64))",
    "starts a thread": "t = threading.Thread(target=int); t.start(); t.join()",
    "runs a program": "os.execv('/bin/true', ['true'])",
    "runs a program by execveat": "call(322, 281, -100, b'/bin/true', 0, 0, 0)",
    "spawns a program": "os.posix_spawn('/bin/true', ['true'], {})",
    "has a shell run one": "assert os.system('true') == 0",
    "ends another process": "os.kill(victim, signal.SIGKILL)",
    "ends its parent": "os.kill(parent, signal.SIGTERM)",
    "ends a thread of its parent": "call(234, 131, parent, parent, 15)",
    "ends a thread by tkill": "call(200, 130, victim, 9)",
    "queues a signal": "call(129, 138, victim, 9, bytes(128))",
    "ends its group": "os.killpg(0, signal.SIGUSR1)",
    "opens a process": "os.pidfd_open(victim)",
    "traces a process": "call(101, 117, 16, victim, 0, 0)",
    "reads a process": "call(310, 270, victim, bytes(16), 1, bytes(16), 1, 0)",
    "writes to a process": "call(311, 271, victim, bytes(16), 1, bytes(16), 1, 0)",
    "limits a process": "resource.prlimit(victim, resource.RLIMIT_CPU, (0, 0))",
    "slows a process": "os.setpriority(os.PRIO_PROCESS, victim, 19)",
    "moves a process to a processor": "os.sched_setaffinity(victim, {0})",
    "leads a session": "os.setsid()",
    "leads a group": "os.setpgid(0, 0)",
    "becomes another user": "os.setuid(12345)",
    "lives on without its parent": "gone(libc.prctl, 1, 0, 0, 0, 0)",
    "takes on another manner": "gone(libc.personality, 0x40000)",
    # -- its own limits
    "raises its limit on files": "resource.setrlimit(resource.RLIMIT_NOFILE, (9, 9))",
    "raises its limit on data": "resource.setrlimit(resource.RLIMIT_DATA, (-1, -1))",
    "raises its limit on time": "resource.setrlimit(resource.RLIMIT_CPU, (-1, -1))",
    "raises a limit by the old call": "call(160, 164, 7, struct.pack('2Q', 9, 9))",
    "takes much memory": "b'x' * 400_000_000",
    "takes memory that is shared": "m = mmap.mmap(-1, 2**29); m.write(b'x' * 2**29)",
    "takes memory in pieces": "m = [b'x' * 2**20 for _ in range(400)]",
    "takes memory that grows down": (
        "libc.mmap.restype = ctypes.c_long\n"
        "gone(libc.mmap, None, ctypes.c_long(2**29), 3, 0x122, -1, ctypes.c_long(0))"
    ),
    "takes memory of System V": "call(29, 194, 0, 2**29, 0o1600)",
    "makes a program in memory": (
        "libc.mmap.restype = ctypes.c_long\n"
        "gone(libc.mmap, None, ctypes.c_long(4096), 7, 0x22, -1, ctypes.c_long(0))"
    ),
    "makes memory a program": (
        "m = mmap.mmap(-1, 4096, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)\n"
        "at = ctypes.addressof(ctypes.c_char.from_buffer(m))\n"
        "gone(libc.mprotect, ctypes.c_void_p(at), ctypes.c_size_t(4096), 5)"
    ),
    # -- the network and the rest
    "opens a connection": "socket.create_connection(('127.0.0.1', 9))",
    "opens a socket": "socket.socket()",
    "opens a local socket": "socket.socket(socket.AF_UNIX)",
    "opens a pair of sockets": "socket.socketpair()",
    "sends on what is no socket": "call(44, 206, 1, b'x', 1, 0, 0, 0)",
    "types into its terminal": "fcntl.ioctl(0, 0x5412, b'x')",
    "counts what waits in a pipe": "fcntl.ioctl(0, 0x541B, bytes(4))",
    "opens a ring of calls": "call(425, 425, 8, bytes(120))",
    "loads a program into the kernel": "call(321, 280, 5, bytes(120), 120)",
    "handles its own faults of memory": "call(323, 282, 1)",
    "keeps a key": "call(248, 217, b'user', b'x', b'y', 1, -2)",
    "makes a queue": "call(240, 180, b'x', 0o102, 0o600, 0)",
    "makes semaphores": "call(64, 190, 0, 1, 0o1600)",
    "splices": "call(276, 77, 0, 1, 1, 0)",
    "unshares": "call(272, 97, 0x10000000)",
    "enters another space": "call(308, 268, 0, 0)",
    "sets the clock": "time.clock_settime(time.CLOCK_REALTIME, time.time())",
    "names the machine": "call(170, 161, b'x', 1)",
    "measures performance": "call(298, 241, bytes(128), 0, -1, -1, 0)",
    "makes a timer": "call(222, 107, 1, 0, bytes(8))",
    "changes its privileges": "gone(libc.prctl, 24, 0, 0, 0, 0)",
    "filters calls anew": "call(317, 277, 1, 0, 0)",
    "calls in the manner of x32": "call(0x40000000 + 39, None)",
    "opens in the manner of x32": "call(0x40000000 + 2, None, kept.encode(), 0)",
    "stops its parent": "call(297, 240, parent, parent, 19, struct.pack('3i116x', 19, 0, -1))",
    "opens a file by its handle": "call(304, 265, -100, bytes(128), 0)",
    "learns a file's handle": "call(303, 264, -100, kept.encode(), bytes(128), bytes(8), 0)",
    "signals by a descriptor": "call(424, 424, 0, 9, 0, 0)",
    "mounts by the new calls": "call(430, 430, b'tmpfs', 0)",
    "closes a descriptor and opens it anew": "os.close(0); os.open(kept, os.O_RDONLY)",
    "appends to what it has": "fcntl.fcntl(2, fcntl.F_SETFL, os.O_APPEND)",
    "fills a file": "call(285, 47, 2, 0, 0, 10)",
    "is seen in an image of memory": "assert libc.prctl(3, 0, 0, 0, 0) == 0",
    "sees the environment": "assert any(os.environ); os.environ['PATH']",
}
"""Code by what it does; it fails by raising, or the process ends."""
