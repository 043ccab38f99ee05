"""Which files a child process reaches on Linux: what it needs to run, what it is given, no more.

Landlock needs no privilege (docs.kernel.org/userspace-api/landlock.html): since Linux 5.13 it holds
for files, since 6.12 for signals and abstract sockets too. It never ends and cannot be widened.
Structures and numbers are those of include/uapi/linux/landlock.h; the call numbers are the same on
every architecture.
"""

import ctypes
import os
import struct
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

_CREATE, _ADD, _RESTRICT = 444, 445, 446
_VERSION = 1
_BENEATH = 1
_WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 1, 1 << 2, 1 << 3
_REMOVE_FILE, _MAKE_REG = 1 << 5, 1 << 8
_TRUNCATE = 1 << 14
_OF_VERSION = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
"""How many rights to files a version of Landlock knows: all of them are taken."""

_CONNECT_AND_BIND = 0b11
_SOCKETS_AND_SIGNALS = 0b11
_NEEDED = (
    "/usr",
    "/lib",
    "/lib64",
    "/nix/store",
    "/gnu/store",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/proc/self",
    "/proc/cpuinfo",
    "/proc/meminfo",
    "/proc/stat",
    "/sys/devices/system/cpu",
    "/dev/urandom",
    "/dev/random",
)


def confine(read: Iterable[str], write: Iterable[str]) -> bool:
    """Let this process read the program's own files and below ``read``, write below ``write``.

    Nothing below them can be run, linked to, or made but regular files. False where the system has
    no Landlock, or where a thread runs already that it would not hold for. Privileges must have
    been fixed before (PR_SET_NO_NEW_PRIVS).
    """
    if sys.platform != "linux" or not _alone():
        return False
    call: Callable[..., int] = ctypes.CDLL(None, use_errno=True).syscall
    version = int(call(_CREATE, None, ctypes.c_size_t(0), _VERSION))
    if version < 1:
        return False
    rights = (1 << _OF_VERSION.get(version, 16)) - 1
    attributes = struct.pack(
        "=QQQ",
        rights,
        _CONNECT_AND_BIND if version >= 4 else 0,
        _SOCKETS_AND_SIGNALS if version >= 6 else 0,
    )[: 8 if version < 4 else 16 if version < 6 else 24]
    rules = int(call(_CREATE, attributes, ctypes.c_size_t(len(attributes)), 0))
    if rules < 0:
        return False
    try:
        reading = _READ_FILE | _READ_DIR
        writing = reading | _WRITE_FILE | _REMOVE_FILE | _MAKE_REG | _TRUNCATE
        allowed = [
            *((path, reading) for path in (*_NEEDED, *_of_the_program(), *read)),
            ("/dev/null", reading | _WRITE_FILE),
            *((path, writing) for path in write),
        ]
        return all(_allow(call, rules, path, right & rights) for path, right in allowed) and (
            int(call(_RESTRICT, rules, 0)) == 0
        )
    finally:
        os.close(rules)


def _alone() -> bool:
    """Whether this is the only thread: the wall stands for those that it starts, not for others."""
    try:
        return len(list(Path("/proc/self/task").iterdir())) == 1
    except OSError:
        return False


def _of_the_program() -> Iterable[str]:
    """Where Python and its packages lie. The working folder is no part of it, though ``python -m``
    puts it on the path: documents may lie there."""
    here = os.path.realpath(".")
    ours = Path(__file__).resolve().parents[2]
    for path in {sys.prefix, sys.base_prefix, sys.exec_prefix, *sys.path}:
        if path and (os.path.realpath(path) != here or Path(path).resolve() == ours):
            yield path
    yield from filter(None, os.environ.get("LD_LIBRARY_PATH", "").split(":"))


def _allow(call: Callable[..., int], rules: int, path: str, rights: int) -> bool:
    """Add one rule; a path that is not there needs none."""
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return True
    try:
        if not os.path.isdir(f"/proc/self/fd/{place}"):  # noqa: PTH112
            rights &= _READ_FILE | _WRITE_FILE | _TRUNCATE
        rule = struct.pack("=Qi", rights, place)
        return int(call(_ADD, rules, _BENEATH, rule, 0)) == 0
    finally:
        os.close(place)
