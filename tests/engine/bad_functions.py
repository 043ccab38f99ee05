"""Functions that children import: good, slow and hostile ones."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

PREPARED: list[str] = []


def double(item: int) -> int:
    return item * 2


def mixed(item: str) -> str:
    """``item`` names what to do; anything else comes back in capitals."""
    action = _ACTIONS.get(item.split(":")[0])
    return action(item) if action else item.upper()


def prepare(word: str) -> None:
    PREPARED.append(word)


def encode(result: str) -> bytes:
    return result.encode()


def decode(payload: bytes) -> str:
    return f"decoded {payload.decode()}"


def refuse(word: str) -> None:
    raise ValueError(f"secret {word}")


def prepared(item: int) -> list[str]:
    return PREPARED


def _hang(item: str) -> str:
    time.sleep(600)
    return item


def _hang_ignoring_signals(item: str) -> str:
    for number in (signal.SIGTERM, signal.SIGALRM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    while True:
        pass


def _eat(item: str) -> str:
    held = []
    while True:
        held.append(bytearray(8 << 20))


def _leave(item: str) -> str:
    os._exit(3)


def _stop(item: str) -> str:
    sys.exit(0)


def _segfault(item: str) -> str:
    ctypes.string_at(0)
    return item


def _raise(item: str) -> str:
    raise ValueError("secret: the document's own words")


def _deep(item: str) -> str:
    def down() -> None:
        down()

    down()
    return item


def _long(item: str) -> str:
    return "x" * (3 << 20)


def _socket(item: str) -> str:
    socket.create_connection(("127.0.0.1", 9), timeout=1)
    return item


def _raw_socket(item: str) -> str:
    """Past Python, straight to the system: connect to the parent's listener."""
    libc = ctypes.CDLL(None, use_errno=True)
    number = libc.socket(2, 1, 0)
    port = int(item.split(":")[1])
    address = b"\x02\x00" + port.to_bytes(2, "big") + bytes((127, 0, 0, 1)) + bytes(8)
    return f"connected={libc.connect(number, address, len(address)) == 0}"


def _command(item: str) -> str:
    subprocess.run(["/bin/true"], check=True)
    return item


def _fork(item: str) -> str:
    """Past Python: fork until the system refuses; each child waits for long."""
    libc = ctypes.CDLL(None, use_errno=True)
    for count in range(1000):
        pid = libc.fork()
        if pid == 0:
            time.sleep(600)
        if pid < 0:
            return f"forks={count}"
    return "forks=1000"


def _open(item: str) -> str:
    files = [open("/dev/null") for _ in range(10_000)]  # noqa: SIM115, PTH123
    return str(len(files))


def _write(item: str) -> str:
    path = Path(item.split(":", 1)[1])
    with path.open("wb") as file:
        for _ in range(64):
            file.write(bytes(1 << 20))
    return item


def _print(item: str) -> str:
    print("secret on stdout")
    os.write(1, b"secret on descriptor 1\n")
    os.write(2, b"secret on descriptor 2\n")
    return "printed"


def _thread_left_behind(item: str) -> str:
    threading.Thread(target=time.sleep, args=(600,)).start()
    return "left"


def _pid(item: str) -> str:
    return str(os.getpid())


def _loaded(item: str) -> str:
    return f"loaded={item.partition(':')[2] in sys.modules}"


def _kill_parent(item: str) -> str:
    os.kill(os.getppid(), signal.SIGKILL)
    return item


def _threads(item: str) -> str:
    found: list[int] = []
    threads = [threading.Thread(target=found.append, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return f"threads={len(found)}"


def _raw_command(item: str) -> str:
    """Past Python: become another program."""
    arguments = (ctypes.c_char_p * 2)(b"true", None)
    ctypes.CDLL(None, use_errno=True).execv(b"/bin/true", arguments)
    return f"errno={ctypes.get_errno()}"


def _interrupt(item: str) -> str:
    os.kill(os.getpid(), signal.SIGINT)
    signal.raise_signal(signal.SIGINT)
    return "still here"


def _poison(item: str) -> str:
    """Leaves something that crashes whoever comes next."""
    global _poisoned
    _poisoned = True
    return "poisoned"


def _victim(item: str) -> str:
    if _poisoned:
        os._exit(9)
    return "well"


_poisoned = False

_ACTIONS = {
    "hang": _hang,
    "hang_hard": _hang_ignoring_signals,
    "eat": _eat,
    "leave": _leave,
    "stop": _stop,
    "segfault": _segfault,
    "raise": _raise,
    "deep": _deep,
    "long": _long,
    "socket": _socket,
    "raw_socket": _raw_socket,
    "command": _command,
    "fork": _fork,
    "open": _open,
    "write": _write,
    "print": _print,
    "thread": _thread_left_behind,
    "pid": _pid,
    "kill_parent": _kill_parent,
    "loaded": _loaded,
    "threads": _threads,
    "raw_command": _raw_command,
    "interrupt": _interrupt,
    "poison": _poison,
    "victim": _victim,
}
