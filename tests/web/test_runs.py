"""A run is watched to its end, whatever else comes from its process."""

import sys
from pathlib import Path

import pytest

from sousveil.case.folder import Case
from sousveil.web import runs

SAYS = r"""
import sys
for line in (b"a warning\n", b"\xff\n", b'"\xff"\n', b"{}\n", b"\n", b"[1\n"):
    sys.stdout.buffer.write(line)
sys.stdout.buffer.write(b'{"type":"failed","message":"the last","hint":""}\n')
"""


def test_what_is_no_report_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "python"
    program.write_text(f"#!{sys.executable}\n{SAYS}", "utf-8")
    program.chmod(0o700)
    monkeypatch.setattr(runs.sys, "executable", str(program))
    watched = runs.Runs(Case.create(tmp_path / "case"))
    watched.begin("report")
    watched.wait()
    assert watched.last is not None
    assert watched.last.failed is not None
    assert watched.last.failed.message == "the last"
