"""Limits and walls around a child process: applied by the child itself, before it does any work.

Each is tried and its outcome reported, never assumed: the systems differ in what they allow.
"""

import ctypes
import importlib
import os
import platform
import signal
import sys
from pathlib import Path
from types import ModuleType

from sousveil.engine.landlock import confine
from sousveil.engine.records import Files, Limits
from sousveil.engine.seccomp import filter_calls

_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
_CLONE_NEWIPC = 0x08000000
_PR_SET_PDEATHSIG = 1
_PR_SET_NO_NEW_PRIVS = 38
_TASKS_BY_NAMESPACE = (5, 14)
"""Since this Linux version RLIMIT_NPROC counts within a user namespace, not all of the user's."""

_FORBIDDEN = frozenset(
    (
        "socket.__new__",
        "socket.connect",
        "socket.bind",
        "socket.getaddrinfo",
        "socket.sendto",
        "subprocess.Popen",
        "os.system",
        "os.exec",
        "os.posix_spawn",
        "os.spawn",
        "os.fork",
        "os.forkpty",
        "pty.spawn",
    )
)
"""Python audit events (docs.python.org/3/library/audit_events.html) that a worker never needs."""


def _import_resource() -> ModuleType | None:
    try:
        return importlib.import_module("resource")
    except ImportError:  # Windows
        return None


_resource = _import_resource()


def protect(limits: Limits, files: Files, parent: int) -> dict[str, bool | str]:
    """Put this process behind walls; gives what holds, by name. ``parent`` is the parent's id.

    ``dies_with_parent``, ``core_dumps_off``, ``open_files``, ``file_size``, ``tasks``,
    ``privileges_fixed``, ``own_session``, ``files`` (only those given and the program's own),
    ``calls_filtered`` (no sockets, programs or processes, no other process reached),
    ``network`` (how it is cut off: ``namespace``, ``call filter``, or ``python`` where only Python
    code is stopped). Memory and processor time come later: ``limit_memory``
    and ``limit_processor``.
    """
    held: dict[str, bool | str] = {"own_session": _own_session()}
    held["dies_with_parent"] = _die_with_parent(parent)
    namespace = _cut_network()
    held["core_dumps_off"] = _limit("RLIMIT_CORE", 0)
    held["open_files"] = _limit("RLIMIT_NOFILE", limits.open_files)
    held["file_size"] = _limit("RLIMIT_FSIZE", limits.file_bytes)
    held["tasks"] = (
        namespace
        and os.getuid() != 0  # the system never limits root
        and _linux_version() >= _TASKS_BY_NAMESPACE
        and _limit("RLIMIT_NPROC", limits.tasks)
    )
    held["privileges_fixed"] = _prctl(_PR_SET_NO_NEW_PRIVS, 1)
    held["files"] = confine(files.read, files.write)
    held["calls_filtered"] = filter_calls()
    filtered = "call filter" if held["calls_filtered"] else "python"
    held["network"] = "namespace" if namespace else filtered
    sys.addaudithook(_audit)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    return held


def limit_memory(more: int) -> bool:
    """Let this process take ``more`` bytes of address space beyond what it has now."""
    if _resource is None:
        return False
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError, IndexError):
        return False
    return _limit("RLIMIT_AS", pages * _resource.getpagesize() + more)


def limit_processor(seconds: float) -> bool:
    """Let this process use ``seconds`` more of processor time; beyond, the system ends it."""
    if _resource is None:
        return False
    used = _resource.getrusage(_resource.RUSAGE_SELF)
    most = int(used.ru_utime + used.ru_stime + seconds) + 2
    return _limit("RLIMIT_CPU", most, soft=True)


def _audit(event: str, arguments: object) -> None:
    if event in _FORBIDDEN:
        raise PermissionError(f"{event} is not allowed in a worker process")


def _own_session() -> bool:
    """A session of its own: Ctrl-C at the terminal does not reach it, and it is killed whole."""
    try:
        os.setsid()
    except (AttributeError, OSError):
        return False
    return True


def _die_with_parent(parent: int) -> bool:
    held = _prctl(_PR_SET_PDEATHSIG, int(getattr(signal, "SIGKILL", 9)))
    if hasattr(os, "getppid") and os.getppid() != parent:
        os._exit(0)  # it died before the call
    return held


def _prctl(option: int, value: int) -> bool:
    if sys.platform != "linux":
        return False
    try:
        return int(ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0)) == 0
    except (OSError, AttributeError):
        return False


def _cut_network() -> bool:
    """A network namespace of its own, without any interface but a loopback that is down."""
    if sys.platform != "linux":
        return False
    user, group = os.getuid(), os.getgid()
    try:
        unshare = ctypes.CDLL(None, use_errno=True).unshare
    except (OSError, AttributeError):
        return False
    if unshare(_CLONE_NEWUSER | _CLONE_NEWNET | _CLONE_NEWIPC) != 0:
        return int(unshare(_CLONE_NEWNET)) == 0  # allowed to root where user namespaces are not
    for name, line in (
        ("uid_map", f"{user} {user} 1"),
        ("setgroups", "deny"),
        ("gid_map", f"{group} {group} 1"),
    ):
        try:
            Path(f"/proc/self/{name}").write_text(line, encoding="ascii")
        except OSError:
            break  # the namespace holds; only our own name in it is "nobody"
    return True


def _limit(name: str, most: int, *, soft: bool = False) -> bool:
    """Set a limit of the system; False where it has none or refuses."""
    if _resource is None or not hasattr(_resource, name):
        return False
    number = getattr(_resource, name)
    try:
        _, hard = _resource.getrlimit(number)
        if hard != _resource.RLIM_INFINITY:
            most = min(most, hard)
        _resource.setrlimit(number, (most, hard if soft else most))
    except (OSError, ValueError):
        return False
    return True


def _linux_version() -> tuple[int, int]:
    try:
        major, minor = platform.release().split(".")[:2]
        return int(major), int("".join(digit for digit in minor if digit.isdigit()) or 0)
    except ValueError:
        return (0, 0)
