"""Running a command and reading what it cost: wall seconds and the largest process's memory."""

import contextlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import msgspec

RESULTS = Path(__file__).parent / "results"


class Cost(msgspec.Struct, frozen=True):
    """Wall seconds and the peak resident memory of the largest process of a command's tree."""

    seconds: float
    peak_mib: float


def sousveil(*arguments: str) -> Cost:
    """Run the command line in a fresh process; raises CalledProcessError when it fails."""
    return command([sys.executable, "-m", "sousveil", *arguments])


def command(line: list[str]) -> Cost:
    """Run a command to its end, watching the memory of its process tree."""
    started = time.perf_counter()
    process = subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    with watched(process.pid, max, "VmHWM") as peak:
        _, error = process.communicate()
    seconds = time.perf_counter() - started
    if process.returncode:
        sys.stderr.write(error.decode(errors="replace"))
        raise subprocess.CalledProcessError(process.returncode, line)
    own = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return Cost(seconds, peak[0] or own)


def database(memory: str = "") -> duckdb.DuckDBPyConnection:
    """A database in memory that spills beside other temporary files: DuckDB's own choice is the
    folder one stands in, from where a killed run's gigabytes go into a commit."""
    connection = duckdb.connect()
    connection.execute("SET temp_directory = ?", [tempfile.mkdtemp(prefix="benchmark-")])
    if memory:
        connection.execute("SET memory_limit = ?", [memory])
    return connection


def commit() -> str:
    """The commit that was measured, marked where the tree had changes."""
    head = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True)
    dirty = subprocess.run(["git", "status", "--porcelain"], capture_output=True, text=True)
    return (head.stdout.strip() or "unknown") + ("+changes" if dirty.stdout.strip() else "")


def keep(figures: Mapping[str, object], name: str = "") -> None:
    """Write figures to ``results``, named by day, commit and ``name``, and say where."""
    RESULTS.mkdir(exist_ok=True)
    day = datetime.now(UTC).strftime("%Y-%m-%d")
    out = RESULTS / f"{'-'.join(filter(None, (day, commit(), name)))}.json"
    out.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"written to {out}")


@contextmanager
def watched(
    pid: int, together: Callable[[Iterable[float]], float], field: str
) -> Iterator[list[float]]:
    """Watch a process tree meanwhile: the one entry of what is given is the highest MiB seen of a
    field of proc(5)'s status (``VmHWM``, ``VmRSS``), the processes' taken ``together`` (max, sum).
    """
    peak, stop = [0.0], threading.Event()

    def watch() -> None:
        while not stop.wait(0.05):
            found = [mib for member in _tree(pid) for mib in _status(member, field)]
            peak[0] = max(peak[0], together(found) if found else 0.0)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield peak
    finally:
        stop.set()
        watcher.join()


def _status(pid: int, field: str) -> list[float]:
    """A field of one process in MiB; empty where it has ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return []
    lines = (line.split() for line in status.splitlines() if line.startswith(f"{field}:"))
    return [int(words[1]) / 1024 for words in lines]


def processor_seconds(pid: int) -> float:
    """Processor seconds of a process, its descendants and those of them that ended."""
    ticks = 0
    for member in _tree(pid):
        with contextlib.suppress(OSError):
            # utime, stime, cutime, cstime: fields 14 to 17 of proc(5), behind the name in brackets
            told = Path(f"/proc/{member}/stat").read_text().rpartition(")")[2].split()
            ticks += sum(map(int, told[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


def _tree(pid: int) -> list[int]:
    members, waiting = [], [pid]
    while waiting:
        present = waiting.pop()
        members.append(present)
        try:
            for task in Path(f"/proc/{present}/task").iterdir():
                children = (task / "children").read_text().split()
                waiting.extend(int(child) for child in children)
        except OSError:
            continue
    return members
