"""A system-call filter for child processes on Linux: no network, no programs, no new processes.

The filter is classic BPF, as seccomp(2) describes: it needs no privilege and holds where user
namespaces are forbidden, in containers for instance. Call numbers are those of the kernel's tables
(arch/x86/entry/syscalls/syscall_64.tbl, include/uapi/asm-generic/unistd.h).
"""

import ctypes
import errno
import os
import platform
import struct
import sys

_SECCOMP = (317, 277)
_SET_FILTER, _ALL_THREADS = 1, 1
_CLONE_THREAD = 0x00010000
_X32 = 0x40000000

_LOAD = 0x20  # BPF_LD | BPF_W | BPF_ABS
_EQUAL = 0x15  # BPF_JMP | BPF_JEQ | BPF_K
_AT_LEAST = 0x35  # BPF_JMP | BPF_JGE | BPF_K
_ANY_BIT = 0x45  # BPF_JMP | BPF_JSET | BPF_K
_RETURN = 0x06  # BPF_RET | BPF_K
_ALLOW = 0x7FFF0000
_REFUSE = 0x00050000 | errno.EPERM
_UNKNOWN = 0x00050000 | errno.ENOSYS

_CALL, _ARCHITECTURE, _FIRST_ARGUMENT, _SECOND_ARGUMENT = 0, 4, 16, 24  # struct seccomp_data

# name: (x86_64, aarch64)
_REFUSED = {
    "shmget": (29, 194),
    "socket": (41, 198),
    "connect": (42, 203),
    "accept": (43, 202),
    "sendto": (44, 206),
    "sendmsg": (46, 211),
    "bind": (49, 200),
    "listen": (50, 201),
    "socketpair": (53, 199),
    "fork": (57, None),
    "vfork": (58, None),
    "execve": (59, 221),
    "semget": (64, 190),
    "msgget": (68, 186),
    "ptrace": (101, 117),
    "rt_sigqueueinfo": (129, 138),
    "mknod": (133, None),
    "setpriority": (141, 140),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "mount": (165, 40),
    "umount2": (166, 39),
    "tkill": (200, 130),
    "mq_open": (240, 180),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "ioprio_set": (251, 30),
    "migrate_pages": (256, 238),
    "mknodat": (259, 33),
    "unshare": (272, 97),
    "move_pages": (279, 239),
    "accept4": (288, 242),
    "rt_tgsigqueueinfo": (297, 240),
    "perf_event_open": (298, 241),
    "open_by_handle_at": (304, 265),
    "sendmmsg": (307, 269),
    "setns": (308, 268),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "kcmp": (312, 272),
    "memfd_create": (319, 279),
    "bpf": (321, 280),
    "execveat": (322, 281),
    "userfaultfd": (323, 282),
    "pidfd_send_signal": (424, 424),
    "io_uring_setup": (425, 425),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "pidfd_open": (434, 434),
    "pidfd_getfd": (438, 438),
    "process_madvise": (440, 440),
    "mount_setattr": (442, 442),
    "memfd_secret": (447, 447),
    "process_mrelease": (448, 448),
}
"""Network, programs and processes; reaching into other processes; memory that no limit counts."""

_ONLY_ITSELF = {"kill": (62, 129), "tgkill": (234, 131), "prlimit64": (302, 261)}
_MAY_BE_ZERO = frozenset(("prlimit64",))
"""Calls to which 0 means the process itself; to kill it means the group."""

_FCNTL = (72, 25)
_OWNERS = (8, 10, 15)
"""F_SETOWN, F_SETSIG, F_SETOWN_EX: with them a pipe would signal whatever process is named."""

_CLONE = (56, 220)
_CLONE3 = 435

_MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def filter_calls() -> bool:
    """Put the filter on this process and its threads, for good; False where it cannot be had.

    Refused calls fail with EPERM. Threads may be started, processes not; signals reach only the
    process itself. Privileges must have been fixed before (PR_SET_NO_NEW_PRIVS).
    """
    machine = _MACHINES.get(platform.machine())
    if sys.platform != "linux" or machine is None or ctypes.sizeof(ctypes.c_void_p) != 8:
        return False
    code = _code(*machine, os.getpid())
    program = _Program(len(code) // 8, code)
    try:
        # For every thread at once; prctl, which came before the call, knows only this one.
        call = ctypes.CDLL(None, use_errno=True).syscall
        done = call(_SECCOMP[machine[0]], _SET_FILTER, _ALL_THREADS, ctypes.byref(program))
    except (OSError, AttributeError):
        return False
    return int(done) == 0


def _code(column: int, architecture: int, pid: int) -> bytes:
    """The filter's instructions, 8 bytes each."""
    steps = [
        _step(_LOAD, _ARCHITECTURE),
        _step(_EQUAL, architecture, yes=1),
        _step(_RETURN, _REFUSE),
        _step(_LOAD, _CALL),
    ]
    if column == 0:
        steps += [_step(_AT_LEAST, _X32, no=1), _step(_RETURN, _REFUSE)]
    for numbers in _REFUSED.values():
        number = numbers[column]
        if number is not None:
            steps += [_step(_EQUAL, number, no=1), _step(_RETURN, _REFUSE)]
    steps += [_step(_EQUAL, _CLONE3, no=1), _step(_RETURN, _UNKNOWN)]  # libraries then use clone
    steps += _unless(_CLONE[column], _FIRST_ARGUMENT, _ANY_BIT, (_CLONE_THREAD,))
    for name, numbers in _ONLY_ITSELF.items():
        own = (pid, 0) if name in _MAY_BE_ZERO else (pid,)
        steps += _unless(numbers[column], _FIRST_ARGUMENT, _EQUAL, own)
    steps += [
        _step(_EQUAL, _FCNTL[column], no=3 + len(_OWNERS)),
        _step(_LOAD, _SECOND_ARGUMENT),
        *(_step(_EQUAL, command, yes=len(_OWNERS) - at) for at, command in enumerate(_OWNERS)),
        _step(_RETURN, _ALLOW),
        _step(_RETURN, _REFUSE),
    ]
    return b"".join([*steps, _step(_RETURN, _ALLOW)])


def _unless(number: int, argument: int, test: int, values: tuple[int, ...]) -> list[bytes]:
    """Refuse a call unless an argument of it passes the test with one of the values."""
    return [
        _step(_EQUAL, number, no=3 + len(values)),
        _step(_LOAD, argument),
        *(_step(test, value, yes=len(values) - at) for at, value in enumerate(values)),
        _step(_RETURN, _REFUSE),
        _step(_RETURN, _ALLOW),
    ]


def _step(code: int, value: int, *, yes: int = 0, no: int = 0) -> bytes:
    return struct.pack("=HBBI", code, yes, no, value)
