"""What a document that took its process over might try, past Python where that is in the way.

Each says what became of it: ``refused`` with the system's error, or what it reached.
"""

import ctypes
import mmap
import os
import signal
import struct
import sys
import time
from pathlib import Path

import msgspec

from sousveil.engine.records import Failed, NotReady, Ready, Result, encode_message

_libc = ctypes.CDLL(None, use_errno=True)


def attack(item: str) -> str:
    """``item`` is the name of an attack and its argument; anything else comes back in capitals."""
    name, _, argument = item.partition(":")
    action = _ATTACKS.get(name)
    if action is None:
        return item.upper()
    try:
        return action(argument)
    except OSError as error:
        return f"refused {error.errno}"


def _told(result: int) -> str:
    return f"refused {ctypes.get_errno()}" if result < 0 else f"done {result}"


def _read(path: str) -> str:
    return f"read {len(Path(path).read_bytes())}"


def _listed(path: str) -> str:
    return f"listed {len(list(Path(path).iterdir()))}"


def _write(path: str) -> str:
    Path(path).write_bytes(b"x")
    return "written"


def _remove(path: str) -> str:
    Path(path).unlink()
    return "removed"


def _link(argument: str) -> str:
    source, target = argument.split(">")
    Path(target).symlink_to(source)
    return f"read {len(Path(target).read_bytes())}"


def _hardlink(argument: str) -> str:
    source, target = argument.split(">")
    os.link(source, target)
    return "linked"


def _device(path: str) -> str:
    return _told(_libc.mknod(path.encode(), 0o020600, os.makedev(1, 1)))


def _unix_socket(path: str) -> str:
    number = _libc.socket(1, 1, 0)
    if number < 0:
        return _told(number)
    return _told(_libc.connect(number, struct.pack("H108s", 1, path.encode()), 110))


def _socketpair(argument: str) -> str:
    return _told(_libc.socketpair(1, 1, 0, (ctypes.c_int * 2)()))


def _trace(pid: str) -> str:
    return _told(_libc.ptrace(16, int(pid), 0, 0))


def _peek(pid: str) -> str:
    there = (ctypes.c_char * 8)()
    part = (ctypes.c_size_t * 2)(ctypes.addressof(there), 8)
    return _told(_libc.process_vm_readv(int(pid), part, 1, part, 1, 0))


def _memory(pid: str) -> str:
    with Path(f"/proc/{pid}/mem").open("r+b", buffering=0):
        return "opened"


def _limit_parent(pid: str) -> str:
    return _told(_libc.prlimit(int(pid), 0, (ctypes.c_ulong * 2)(0, 0), None))


def _own_limits(argument: str) -> str:
    return _told(_libc.prlimit(0, 0, None, (ctypes.c_ulong * 2)()))


def _signal(pid: str) -> str:
    """Every way of sending a signal; each that goes through is named."""
    number = int(pid)
    info = (ctypes.c_char * 128)()
    struct.pack_into("iii", info, 0, signal.SIGUSR1, 0, -1)
    call = _libc.syscall
    ways = {
        "kill": lambda: _libc.kill(number, signal.SIGUSR1),
        "all": lambda: _libc.kill(-1, signal.SIGUSR1),
        "tgkill": lambda: call(234, number, number, signal.SIGUSR1),
        "tkill": lambda: call(200, number, signal.SIGUSR1),
        "queue": lambda: call(129, number, signal.SIGUSR1, info),
        "tgqueue": lambda: call(297, number, number, signal.SIGUSR1, info),
        "pidfd": lambda: call(434, number, 0),
    }
    if os.uname().machine != "x86_64":
        ways = {name: ways[name] for name in ("kill", "all", "pidfd")}
    return "sent by " + " ".join(name for name, way in ways.items() if way() >= 0)


def _pipe_signal(pid: str) -> str:
    """Let the system send it: a pipe that signals its owner when there is something to read."""
    read, write = os.pipe()
    owner = _libc.fcntl(read, 8, int(pid))
    kind = _libc.fcntl(read, 10, int(signal.SIGKILL))
    _libc.fcntl(read, 4, 0o20000)
    os.write(write, b"x")
    return "refused" if owner < 0 and kind < 0 else "owned"


def _map(argument: str) -> str:
    held = []
    try:
        while len(held) < 4096:
            held.append(mmap.mmap(-1, 64 << 20))
            held[-1][0] = 1
    except (OSError, MemoryError):
        return f"mapped {len(held) * 64} MiB"
    return "mapped all"


def _hidden_memory(argument: str) -> str:
    """Memory that counts as a file, or belongs to nobody."""
    tried = [_libc.memfd_create(b"x", 0), _libc.shmget(0, 1 << 20, 0o1600)]
    return "refused" if all(result < 0 for result in tried) else "had"


def _others(argument: str) -> str:
    """What is open beside the line to the parent."""
    return f"open {sorted(int(at.name) for at in Path('/proc/self/fd').iterdir())[3:-1]}"


def _line() -> int:
    """The descriptor of the line to the parent."""
    frame = sys._getframe()
    while frame and "connection" not in frame.f_locals:
        frame = frame.f_back
    return frame.f_locals["connection"].fileno()


def _frame(payload: bytes) -> bytes:
    return struct.pack("!i", len(payload)) + payload


def _answer(what: str) -> str:
    """Answer in the engine's stead."""
    held: dict[str, bool | str] = {}
    flood = _frame(encode_message(Result(msgspec.msgpack.encode("forged")))) * 50
    sent = {
        "huge": struct.pack("!i", 0x7FFFFFFF),
        "longer": struct.pack("!iQ", -1, 1 << 60),
        "negative": struct.pack("!i", -7),
        "nonsense": _frame(b"\xff" * 100),
        "ready": _frame(encode_message(Ready(held))),
        "not ready": _frame(encode_message(NotReady("stop the run"))),
        "undecodable": _frame(encode_message(Result(b"\xc1"))),
        "words": _frame(encode_message(Failed("\x1b[2J", "\x1b[31m\n" * 9000))),
        "half": struct.pack("!i", 100) + b"x",
        "flood": flood,
    }[what]
    os.write(_line(), sent)
    time.sleep(600)
    return what


_ATTACKS = {
    "read": _read,
    "list": _listed,
    "write": _write,
    "remove": _remove,
    "link": _link,
    "hardlink": _hardlink,
    "device": _device,
    "unix": _unix_socket,
    "socketpair": _socketpair,
    "trace": _trace,
    "peek": _peek,
    "memory": _memory,
    "limit": _limit_parent,
    "limits": _own_limits,
    "signal": _signal,
    "pipe": _pipe_signal,
    "map": _map,
    "hidden": _hidden_memory,
    "others": _others,
    "answer": _answer,
}
