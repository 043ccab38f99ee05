"""One child process as the parent sees it: its jobs in order, and how long it may still take."""

import contextlib
import multiprocessing
import os
import pickle
import signal
import struct
import sys
import time
from collections import deque
from collections.abc import Iterator
from typing import Generic

from sousveil.engine.child import live
from sousveil.engine.records import Files, ItemT, Limits, Message, decode_message
from sousveil.errors import EngineError

_SECONDS_TO_START = 120.0
_SECONDS_TO_SEND = 30.0
_MARGIN = 1 << 16
"""Bytes that a message may have beyond the result it carries."""

if sys.platform == "linux":  # a server that has read nothing forks them: they share what it holds
    # Imported here: two threads that start their first child at once import it at once, and then
    # may wait for each other for ever.
    import multiprocessing.popen_forkserver

    _context = multiprocessing.get_context("forkserver")
else:
    _context = multiprocessing.get_context("spawn")


def share(*modules: str) -> None:
    """Have the server of children import these, so that a child begins with them at once.

    Holds for children of this process, if none was started before; elsewhere than on Linux each
    child imports what it needs. Their import may load tables, but must start no thread.
    """
    _context.set_forkserver_preload(list(modules))


class BadAnswerError(Exception):
    """What came from a child is no message, too long, or not sent to its end."""


class Job(Generic[ItemT]):
    """An item on its way; ``tried`` once it has been with a child that crashed."""

    __slots__ = ("item", "tried")

    def __init__(self, item: ItemT, *, tried: bool = False) -> None:
        self.item = item
        self.tried = tried


class Worker(Generic[ItemT]):
    """Starts a child. ``jobs`` are those sent to it that it has not answered, in order."""

    def __init__(self, limits: Limits, files: Files, setup: bytes) -> None:
        self.jobs: deque[Job[ItemT]] = deque()
        self.parcel: bytes | None = None
        self.low = 0
        self.ready = False
        self.fresh = True
        self._packed: list[Job[ItemT]] = []
        self._limits = limits
        self._code: int | None = None
        self._clock = time.monotonic()
        self.connection, theirs = _context.Pipe()
        self._process = _context.Process(target=live, args=(theirs, limits, files), daemon=True)
        try:
            with _without_interrupts():
                self._process.start()
        except (OSError, RuntimeError) as error:
            self.connection.close()
            raise EngineError(
                f"A worker process cannot be started: {type(error).__name__}.",
                "Is there enough memory, and may this user start processes?",
            ) from None
        finally:
            theirs.close()
        with contextlib.suppress(OSError):  # it died at once: found when it is read from
            self.connection.send_bytes(setup)

    @property
    def untouched(self) -> bool:
        """It has worked on nothing yet: what crashes it did so by itself."""
        return self.fresh and not self.jobs and self.parcel is None

    @property
    def deadline(self) -> float:
        """When (monotonic seconds) what it does now will have taken too long."""
        if not self.ready:
            return self._clock + _SECONDS_TO_START
        return self._clock + self._limits.seconds_per_item if self.jobs else float("inf")

    def receive(self) -> Message:
        """Its next message. Raises EOFError where it is gone, BadAnswerError where it is there but
        was taken over: nothing that it sends makes the parent wait long or take much memory."""
        try:
            message: Message = decode_message(self._frame())
            return message
        except OSError:
            raise EOFError from None
        except ValueError:
            raise BadAnswerError from None

    def _frame(self) -> bytes:
        """The bytes of one message, as ``Connection.send_bytes`` frames them."""
        most = self._limits.output_bytes + _MARGIN
        if os.name != "posix":
            return self.connection.recv_bytes(most)
        until = time.monotonic() + _SECONDS_TO_SEND
        (size,) = struct.unpack("!i", self._read(4, until))
        if not 0 <= size <= most:
            raise BadAnswerError
        return self._read(size, until)

    def _read(self, count: int, until: float) -> bytes:
        held = bytearray()
        while len(held) < count:
            if not self.connection.poll(max(0.0, until - time.monotonic())):
                raise BadAnswerError
            chunk = os.read(self.connection.fileno(), min(count - len(held), 1 << 20))
            if not chunk:
                raise EOFError
            held += chunk
        return bytes(held)

    def begin(self) -> None:
        """It is ready to work."""
        self.ready = True
        self._clock = time.monotonic()

    def pack(self, jobs: list[Job[ItemT]]) -> None:
        """Make a parcel of jobs, to be sent when the child can take it."""
        self.parcel = pickle.dumps([job.item for job in jobs], protocol=5)
        self._packed = jobs

    def send_parcel(self, *, small: bool) -> None:
        """Send the parcel. ``small``: the next may follow before this one is done."""
        assert self.parcel is not None
        if not self.jobs:
            self._clock = time.monotonic()
        self.jobs.extend(self._packed)
        self.low = len(self._packed) // 2 if small else 0
        with contextlib.suppress(OSError):  # it is gone: found when it is read from
            self.connection.send_bytes(self.parcel)
        self.parcel, self._packed = None, []

    def spent(self) -> float:
        """Seconds since it was last heard of, or given work when it had none."""
        return time.monotonic() - self._clock

    def complete(self) -> Job[ItemT]:
        """Its first job is answered."""
        self._clock = time.monotonic()
        self.fresh = False
        return self.jobs.popleft()

    def abandoned(self) -> list[Job[ItemT]]:
        """All jobs it was to do, the one it was at first."""
        jobs = [*self.jobs, *self._packed]
        self.jobs.clear()
        self._packed = []
        return jobs

    def kill(self) -> int | None:
        """End it and what it started, at once; gives its exit code."""
        process = self._process
        if self.connection.closed:
            return self._code
        if process.pid is not None:
            if self.ready and hasattr(os, "killpg"):
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.killpg(process.pid, signal.SIGKILL)
            process.kill()
            process.join(10)
        self._code = process.exitcode
        if self._code is not None:
            process.close()
        self.connection.close()
        return self._code


@contextlib.contextmanager
def _without_interrupts() -> Iterator[None]:
    """A child inherits that SIGINT is blocked until it ignores it: Ctrl-C cannot hit between."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
