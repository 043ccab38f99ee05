"""Runs over the case that is read: one at a time, each in a process of its own, watched from here.

A run reads what nobody vouches for, takes minutes, and may be killed by the system: the room goes
on answering, and shows what was committed as soon as it is.
"""

import subprocess
import sys
import time
from contextlib import suppress
from threading import Lock, Thread
from typing import IO, Literal

import msgspec

from sousveil.case.folder import Case
from sousveil.errors import LockedError
from sousveil.pipeline.apart import Ended, Failed, Job, Step, Told

_SECONDS_TO_END = 10.0
_told = msgspec.json.Decoder[Told](Told)


class Run(msgspec.Struct, frozen=True):
    """How a run stands. ``steps`` are its phases, each as far as it is, the present one last;
    ``rate`` is steps a second of that, ``left`` the seconds it will take, where these are known.
    """

    job: Job
    state: Literal["going", "ended", "failed", "stopped"] = "going"
    steps: tuple[Step, ...] = ()
    rate: float | None = None
    left: float | None = None
    ended: Ended | None = None
    failed: Failed | None = None

    @property
    def going(self) -> bool:
        """Whether it is not over."""
        return self.state == "going"


class Runs:
    """The runs of a case, one after another."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._lock = Lock()
        """Held while a run is begun or stopped."""
        self._changing = Lock()
        self._run: Run | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._watcher: Thread | None = None
        self._base = (0.0, 0)

    @property
    def last(self) -> Run | None:
        """The run that is going on, or else was the last; None before the first."""
        return self._run

    @property
    def going(self) -> bool:
        """Whether a run is going on."""
        return self._run is not None and self._run.going

    def idle(self) -> None:
        """Raise LockedError where a run is going on."""
        if self.going:
            raise LockedError(
                "Files are being read into this case.", "Wait until that is done, then try again."
            )

    def begin(self, job: Job) -> None:
        """Start a run. Raises LockedError where one is going on."""
        with self._lock:
            self.idle()
            command = [sys.executable, "-P", "-m", "sousveil.pipeline.apart", job]
            self._process = subprocess.Popen(
                [*command, str(self._case.root.resolve())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            self._run = Run(job)
            self._watcher = Thread(target=self._watch, args=(self._process,), daemon=True)
            self._watcher.start()

    def stop(self) -> None:
        """End the run that is going on, if any, and wait for that. What was done is kept."""
        with self._lock:
            process = self._process
            if process is None or not self.going:
                return
            self._change(state="stopped")
            process.terminate()
            self.wait(_SECONDS_TO_END)
            process.kill()

    def wait(self, seconds: float | None = None) -> None:
        """Return once no run is going on, or after so many seconds."""
        if self._watcher is not None:
            self._watcher.join(seconds)

    def _watch(self, process: "subprocess.Popen[bytes]") -> None:
        out: IO[bytes] | None = process.stdout
        assert out is not None
        with out:
            for line in out:
                with suppress(msgspec.DecodeError, UnicodeDecodeError):  # a library's own words
                    self._take(_told.decode(line))
        code = process.wait()
        if self.going:
            self._change(state="failed", failed=Failed(f"The run ended with {code}.", ""))

    def _take(self, told: Told) -> None:
        match told:
            case Step():
                self._change(**self._step(told))
            case Ended():
                self._change(state="ended", ended=told, rate=None, left=None)
            case Failed():
                self._change(state="failed", failed=told)

    def _step(self, told: Step) -> dict[str, object]:
        """The rate is that since the first step was done: before it, processes start."""
        run, now = self._run, time.monotonic()
        assert run is not None
        before = run.steps
        same = bool(before) and before[-1].phase == told.phase and told.done >= before[-1].done
        if not same or not before[-1].done:
            self._base = (now, told.done)
        since, done = now - self._base[0], told.done - self._base[1]
        rate = done / since if done and since > 0 else None
        left = (told.total - told.done) / rate if rate and told.total is not None else None
        return {"steps": (*(before[:-1] if same else before), told), "rate": rate, "left": left}

    def _change(self, **values: object) -> None:
        with self._changing:
            assert self._run is not None
            self._run = msgspec.structs.replace(self._run, **values)
