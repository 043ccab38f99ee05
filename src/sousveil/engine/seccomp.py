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

_PR_SET_SECCOMP = 22
_MODE_FILTER = 2
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

_CALL, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16  # offsets in struct seccomp_data

# name: (x86_64, aarch64)
_REFUSED = {
    "socket": (41, 198),
    "connect": (42, 203),
    "accept": (43, 202),
    "sendto": (44, 206),
    "sendmsg": (46, 211),
    "bind": (49, 200),
    "listen": (50, 201),
    "fork": (57, None),
    "vfork": (58, None),
    "execve": (59, 221),
    "ptrace": (101, 117),
    "rt_sigqueueinfo": (129, 138),
    "mount": (165, 40),
    "tkill": (200, 130),
    "unshare": (272, 97),
    "accept4": (288, 242),
    "perf_event_open": (298, 241),
    "setns": (308, 268),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "bpf": (321, 280),
    "execveat": (322, 281),
    "userfaultfd": (323, 282),
    "pidfd_send_signal": (424, 424),
    "io_uring_setup": (425, 425),
}
_ONLY_ITSELF = {"kill": (62, 129), "tgkill": (234, 131)}
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
        prctl = ctypes.CDLL(None, use_errno=True).prctl
        done = prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.byref(program), 0, 0)
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
    for numbers, test, value in (
        (_CLONE, _ANY_BIT, _CLONE_THREAD),
        *((numbers, _EQUAL, pid) for numbers in _ONLY_ITSELF.values()),
    ):
        steps += [
            _step(_EQUAL, numbers[column], no=4),
            _step(_LOAD, _FIRST_ARGUMENT),
            _step(test, value, no=1),
            _step(_RETURN, _ALLOW),
            _step(_RETURN, _REFUSE),
        ]
    return b"".join([*steps, _step(_RETURN, _ALLOW)])


def _step(code: int, value: int, *, yes: int = 0, no: int = 0) -> bytes:
    return struct.pack("=HBBI", code, yes, no, value)
