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


def start(records: Path, case: Path) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "sousveil", "review", str(records), "--case", str(case), "--quiet"],
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
    done = kills = 0
    while kills < KILLS:
        anew, started = not case.exists(), time.monotonic()
        process = start(records, case)
        try:
            process.wait(rng.uniform(0.05, whole * 1.05))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            kills += 1
        else:
            assert process.stderr
            assert process.returncode == 0, process.stderr.read().decode()
            done += 1
            if anew:  # the machine may have been busier when the first run was timed
                whole = time.monotonic() - started
        process.wait()
        assert process.stderr
        process.stderr.close()
        if (case / "case.toml").exists():
            present = {d.sha256 for d in Case.open(case).documents()}
            assert acknowledged <= present, "an acknowledged document is gone"
            acknowledged = present
        if done and rng.random() < 0.3:  # start over: early instants must be hit as well
            case, acknowledged, done = tmp_path / f"case-{kills}", set(), 0
    sousveil("review", records, "--case", case, "--quiet")
    assert exports(case) == exports(reviewed)
    assert answers(case, 60) == answers(reviewed, 60)
    assert json.loads(sousveil("verify", case, "--json").stdout)["differences"] == []
    leftovers = [p for p in case.rglob("*") if ".aside" in p.name or p.suffix == ".pages"]
    assert leftovers == []
