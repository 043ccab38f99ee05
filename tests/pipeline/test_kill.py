"""Fifty times the whole process group is killed at a random instant; nothing is lost."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sousveil.case.folder import Case
from tests.pipeline.conftest import Run
from tests.pipeline.state import answers, exports

KILLS = 50


WITH_REPORT = 0.3
"""How many runs add and write the report as well; the others begin with what an earlier one took
in, and end with the index: the report is made anew by each run and can lose nothing."""


def start(records: Path, case: Path, kind: str) -> "subprocess.Popen[bytes]":
    job = ["review", records, "--case", case] if kind != "process" else ["process", case]
    return subprocess.Popen(
        [sys.executable, "-m", "sousveil", *map(str, job), "--quiet"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


@pytest.mark.slow
def test_fifty_kills_lose_nothing(
    reviewed: Path, records: Path, sousveil: Run, tmp_path: Path
) -> None:
    rng = random.Random(20260101)
    case = tmp_path / "case"
    started = time.monotonic()
    sousveil("review", records, "--case", tmp_path / "timing", "--quiet")
    whole = time.monotonic() - started
    acknowledged: set[str] = set()
    seconds = {"new": whole, "again": whole * 0.6, "process": whole * 0.2}  # each about its time
    done = kills = 0
    while kills < KILLS:
        kind = "again" if rng.random() < WITH_REPORT else "process"
        kind = kind if (case / "case.toml").exists() else "new"
        started = time.monotonic()
        process = start(records, case, kind)
        try:
            most = seconds[kind] * 1.05 if done or kind == "new" else whole * 0.6
            process.wait(rng.uniform(0.05, most))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            kills += 1
        else:
            assert process.stderr
            assert process.returncode == 0, process.stderr.read().decode()
            done += kind != "process"
            if done:
                seconds[kind] = time.monotonic() - started
        process.wait()
        assert process.stderr
        process.stderr.close()
        if (case / "case.toml").exists():
            present = {d.sha256 for d in Case.open(case).documents()}
            assert acknowledged <= present, "an acknowledged document is gone"
            acknowledged = present
        if rng.random() < (0.4 if done else 0.1):  # start over: early instants are hit as well
            case, acknowledged, done = tmp_path / f"case-{kills}", set(), 0
    sousveil("review", records, "--case", case, "--quiet")
    assert exports(case) == exports(reviewed)
    assert answers(case, 60) == answers(reviewed, 60)
    assert json.loads(sousveil("verify", case, "--json").stdout)["differences"] == []
    leftovers = [p for p in case.rglob("*") if ".aside" in p.name or p.suffix == ".pages"]
    assert leftovers == []
