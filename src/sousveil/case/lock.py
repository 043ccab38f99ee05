"""One writer at a time: a second one waits or is told who holds the case."""

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from sousveil.case.atomic import storage_errors
from sousveil.errors import LockedError


@contextmanager
def writing(root: Path, wait_seconds: float = 0.0) -> Iterator[None]:
    """Hold the case's writing lock. The system releases it when the process dies, however it dies.

    Raises LockedError, saying who holds it, when it is not free within ``wait_seconds``.
    """
    holder = root / "lock.holder"
    lock = FileLock(root / "lock", timeout=wait_seconds)
    with storage_errors(root):
        try:
            lock.acquire()
        except Timeout as error:
            raise LockedError(
                f"The case {root} is being written by {_describe(holder)}.",
                "Wait for it to finish, or give --wait SECONDS to stand in line.",
            ) from error
    try:
        with storage_errors(root):
            note = {
                "pid": os.getpid(),
                "host": socket.gethostname(),
                "since": datetime.now(UTC).isoformat(timespec="seconds"),
            }
            holder.write_text(json.dumps(note), encoding="utf-8")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _describe(holder: Path) -> str:
    try:
        note = json.loads(holder.read_text(encoding="utf-8"))
        return f"process {note['pid']} on {note['host']} since {note['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"
