"""Runs a function over items in limited child processes; one bad item costs only itself."""

import multiprocessing
import multiprocessing.connection
import os
import pickle
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Generic, Self

from sousveil.engine.records import (
    Codec,
    Crashed,
    Done,
    Failed,
    Files,
    ItemT,
    Limits,
    Message,
    NotReady,
    Ready,
    Result,
    ResultT,
    Setup,
    Task,
    pickling,
)
from sousveil.engine.worker import BadAnswerError, Job, Worker
from sousveil.errors import EngineError

_BATCH_SECONDS = 0.03
_LARGEST_BATCH = 64
_SMALL = 16 << 10
"""Batches of at most this many bytes fit the pipe's buffer: they are sent ahead, so that a child
need not wait for the parent. Larger ones are sent to idle children only, which are reading."""

_STARTS_TRIED = 3
_LONGEST_WORDS = 300


def run(
    function: Task[ItemT, ResultT],
    items: Iterable[ItemT],
    *,
    workers: int,
    limits: Limits | None = None,
    files: Files | None = None,
    initializer: Callable[..., object] | None = None,
    arguments: tuple[object, ...] = (),
    codec: Codec[ResultT] | None = None,
) -> Iterator[Done[ItemT, ResultT] | Crashed[ItemT]]:
    """Yield each item's result as it is completed, in no particular order.

    ``function``, ``initializer`` and the codec's functions are imported by name in the children;
    ``initializer(*arguments)`` runs once in each. Items must be picklable and small: paths rather
    than contents. ``files`` is what children reach of the disk, without it nothing but the program.
    ``items`` is read as far ahead as the children can take, no further.

    An item that runs too long, takes too much memory, raises or ends its process gives Crashed;
    the other items of its batch run in a fresh child. One that crashed a child which had worked
    before is tried once more in a fresh one, so that no item pays for what another left behind.

    Closing the iterator, or any exception where it is used (Ctrl-C too), ends the children at
    once. Raises EngineError where children cannot be started, or ``initializer`` fails.
    """
    pool = Pool(
        function,
        workers=workers,
        limits=limits,
        files=files,
        initializer=initializer,
        arguments=arguments,
        codec=codec,
    )
    return _only(pool, items)


def _only(
    pool: "Pool[ItemT, ResultT]", items: Iterable[ItemT]
) -> Iterator[Done[ItemT, ResultT] | Crashed[ItemT]]:
    with pool:
        yield from pool.run(items)


def protections(limits: Limits | None = None) -> dict[str, bool | str]:
    """Which walls hold on this system, tried in a child: see ``protect`` for the names."""
    codec: Codec[object] = pickling()
    setup = Setup(_nothing, None, (), codec.encode)
    worker: Worker[object] = Worker(limits or Limits(), Files(), pickle.dumps(setup))
    try:
        message = worker.receive()
    except (EOFError, BadAnswerError):
        raise EngineError("A worker process ended as it began.") from None
    finally:
        worker.kill()
    if not isinstance(message, Ready):
        raise EngineError("A worker process could not get ready.")
    return message.protections


def _nothing(item: object) -> object:
    return item


class Pool(Generic[ItemT, ResultT]):
    """Children kept for several runs: a context manager, at whose end they are ended.

    The parent's side: who works on what, and what to do when a child is lost. The parameters are
    those of ``run``; children start when there is work for them.
    """

    def __init__(
        self,
        function: Task[ItemT, ResultT],
        *,
        workers: int,
        limits: Limits | None = None,
        files: Files | None = None,
        initializer: Callable[..., object] | None = None,
        arguments: tuple[object, ...] = (),
        codec: Codec[ResultT] | None = None,
    ) -> None:
        self._codec = codec or pickling()
        try:
            self._setup = pickle.dumps(Setup(function, initializer, arguments, self._codec.encode))
        except (pickle.PicklingError, AttributeError, TypeError) as error:
            raise EngineError(
                f"The function cannot be sent to a worker process: {type(error).__name__}.",
                "It must be defined at the top level of a module.",
            ) from None
        self._limits = limits or Limits()
        self._files = files or Files()
        self._most = max(1, workers)
        self._workers: list[Worker[ItemT]] = []
        self._again: deque[Job[ItemT]] = deque()
        self._source: Iterator[ItemT] = iter(())
        self._exhausted = False
        self._failed_starts = 0
        self._seconds = _BATCH_SECONDS

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def run(self, items: Iterable[ItemT]) -> Iterator[Done[ItemT, ResultT] | Crashed[ItemT]]:
        """Results as ``run`` yields them. One run after the other; children idle between.

        A run that is closed or fails before its end takes its children along.
        """
        self._source = iter(items)
        self._exhausted = False
        self._seconds = _BATCH_SECONDS  # the items of another run may be of another size
        finished = False
        try:
            while True:
                self._give_out()
                busy = [worker for worker in self._workers if worker.jobs or not worker.ready]
                if not any(worker.jobs for worker in self._workers) and not self._more():
                    finished = True
                    return
                yield from self._collect(busy)
        finally:
            if not finished:
                self._end()

    def _end(self) -> None:
        for worker in self._workers:
            worker.kill()
        self._workers.clear()
        self._again.clear()

    def _more(self) -> bool:
        return bool(self._again) or not self._exhausted

    # Giving out

    def _give_out(self) -> None:
        """Keep every child busy; start one more while there is work and room for it."""
        for worker in self._workers:
            if worker.ready:
                self._fill(worker)
        starting = sum(1 for worker in self._workers if not worker.ready)
        while len(self._workers) < self._most and self._waiting() > starting:
            self._workers.append(Worker(self._limits, self._files, self._setup))
            starting += 1

    def _waiting(self) -> int:
        """How many jobs are at hand, looking ahead by as many items as there are children."""
        while not self._exhausted and len(self._again) < self._most:
            job = self._next()
            if job is not None:
                self._again.append(job)
        return len(self._again)

    def _next(self) -> Job[ItemT] | None:
        try:
            return Job(next(self._source))
        except StopIteration:
            self._exhausted = True
            return None

    def _fill(self, worker: Worker[ItemT]) -> None:
        if worker.parcel is None and len(worker.jobs) <= worker.low:
            size = max(1, min(_LARGEST_BATCH, int(_BATCH_SECONDS / self._seconds)))
            jobs = self._take(worker, size)
            if not jobs:
                return
            worker.pack(jobs)
        if worker.parcel is not None and (not worker.jobs or len(worker.parcel) <= _SMALL):
            worker.send_parcel(small=len(worker.parcel) <= _SMALL)

    def _take(self, worker: Worker[ItemT], size: int) -> list[Job[ItemT]]:
        """Up to ``size`` jobs; one that is tried again only for a fresh child, and alone."""
        jobs: list[Job[ItemT]] = []
        held: list[Job[ItemT]] = []
        while len(jobs) < size:
            job = self._again.popleft() if self._again else self._next()
            if job is None:
                break
            if job.tried and (jobs or not (worker.untouched or self._nobody_untouched())):
                held.append(job)
                if len(held) > self._most:
                    break
                continue
            jobs.append(job)
            if job.tried:
                break
        self._again.extendleft(reversed(held))
        return jobs

    def _nobody_untouched(self) -> bool:
        """Whether no child is or will be free that has not worked before."""
        return len(self._workers) >= self._most and not any(
            worker.untouched for worker in self._workers
        )

    # Collecting

    def _collect(
        self, busy: list[Worker[ItemT]]
    ) -> Iterator[Done[ItemT, ResultT] | Crashed[ItemT]]:
        """Wait for messages; hand on what came, and end children that take too long."""
        connections = {worker.connection: worker for worker in busy}
        deadline = min((worker.deadline for worker in busy), default=time.monotonic() + 1.0)
        patience = max(0.0, deadline - time.monotonic())
        arrived = multiprocessing.connection.wait(list(connections), timeout=patience + 0.005)
        for connection in arrived:
            yield from self._receive(connections[connection])  # type: ignore[index]
        now = time.monotonic()
        for worker in busy:
            if worker.deadline < now and worker in self._workers and not worker.connection.poll(0):
                yield from self._too_long(worker)

    def _receive(self, worker: Worker[ItemT]) -> Iterator[Done[ItemT, ResultT] | Crashed[ItemT]]:
        try:
            message = worker.receive()
            _judge(worker, message)
            result = self._codec.decode(message.payload) if isinstance(message, Result) else None
        except EOFError:
            yield from self._lost(worker)
            return
        except (BadAnswerError, ValueError):
            yield from self._taken_over(worker)
            return
        if isinstance(message, Ready):
            self._failed_starts = 0
            worker.begin()
        elif isinstance(message, NotReady):
            raise EngineError(f"A worker process could not get ready: {message.message}")
        elif isinstance(message, Failed) and message.memory:
            yield from self._give_up(worker, _reason(message), _words(message.message))
        else:
            self._seconds = 0.8 * self._seconds + 0.2 * max(worker.spent(), 1e-5)
            job = worker.complete()
            if isinstance(message, Failed):
                yield Crashed(job.item, _reason(message), _words(message.message))
            else:
                yield Done(job.item, result)  # type: ignore[arg-type]

    def _taken_over(self, worker: Worker[ItemT]) -> Iterator[Crashed[ItemT]]:
        """A child says what no child says: what it worked on is not tried again."""
        if not worker.ready:
            yield from self._lost(worker)
            return
        message = "It made its process answer in a way that none does."
        yield from self._give_up(worker, "crashed", message, final=True)

    def _lost(self, worker: Worker[ItemT]) -> Iterator[Crashed[ItemT]]:
        """A child has ended by itself."""
        code = worker.kill()
        if worker.ready:
            reason, message = _why(code)
            yield from self._give_up(worker, reason, message)
            return
        self._workers.remove(worker)
        self._failed_starts += 1
        if self._failed_starts >= _STARTS_TRIED:
            raise EngineError(
                f"Worker processes end as they begin ({_why(code)[1].rstrip('.')}).",
                "Is there enough memory, and may this user start processes?",
            )

    def _too_long(self, worker: Worker[ItemT]) -> Iterator[Crashed[ItemT]]:
        if not worker.ready:
            raise EngineError(
                "A worker process did not get ready in time.", "Is the machine overloaded?"
            )
        seconds = self._limits.seconds_per_item
        message = f"It took longer than {seconds:g} seconds."
        yield from self._give_up(worker, "limit", message, final=True)

    def _give_up(
        self, worker: Worker[ItemT], reason: str, message: str, *, final: bool = False
    ) -> Iterator[Crashed[ItemT]]:
        """End a child; its first job is the culprit, the others run elsewhere."""
        worker.kill()
        self._workers.remove(worker)
        jobs = worker.abandoned()
        if not jobs:
            return
        culprit, *others = jobs
        self._again.extendleft(reversed(others))
        if worker.fresh or culprit.tried or final:
            yield Crashed(culprit.item, reason, message)
        else:
            self._again.appendleft(Job(culprit.item, tried=True))


def _judge(worker: Worker[ItemT], message: Message) -> None:
    """Raise BadAnswerError for a message that cannot be: a child that a document took over would
    end the run with it, or win time."""
    starting = isinstance(message, Ready | NotReady)
    if starting is worker.ready or (worker.ready and not worker.jobs):
        raise BadAnswerError


def _reason(message: Failed) -> str:
    return "limit" if message.reason == "limit" else "crashed"


def _words(text: str) -> str:
    """What a child says of a failure, as one short line that a terminal shows as it is."""
    return "".join(char if char.isprintable() else " " for char in text[:_LONGEST_WORDS])


def _why(code: int | None) -> tuple[str, str]:
    """Reason and message for a child's exit code (negative: the signal)."""
    if code is not None and code < 0:
        try:
            name = signal.Signals(-code).name
        except ValueError:
            name = f"signal {-code}"
        if name == "SIGXCPU":
            return "limit", "It used more processor time than allowed."
        if name == "SIGXFSZ":
            return "limit", "It wrote more than allowed."
        if name == "SIGABRT":  # how libraries end that cannot get the memory they ask for
            return "limit", "It gave up, most likely for want of memory."
        if name == "SIGKILL":
            return "limit", "The system ended it, most likely for want of memory."
        return "crashed", f"It ended its process with {name}."
    return "crashed", f"It ended its process with exit code {code}."


def usable_processors() -> int:
    """Processors this process may use: the usual number of workers."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1
