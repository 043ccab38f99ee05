"""Running a command and reading what it cost: wall seconds and the largest process's memory."""

import json
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
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
    peak = [0.0]
    stop = threading.Event()
    watcher = threading.Thread(target=_watch, args=(process.pid, peak, stop))
    watcher.start()
    _, error = process.communicate()
    stop.set()
    watcher.join()
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


def _watch(pid: int, peak: list[float], stop: threading.Event) -> None:
    while not stop.wait(0.05):
        for member in _tree(pid):
            try:
                status = Path(f"/proc/{member}/status").read_text()
            except OSError:
                continue
            for line in status.splitlines():
                if line.startswith("VmHWM:"):
                    peak[0] = max(peak[0], int(line.split()[1]) / 1024)


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
