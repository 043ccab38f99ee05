"""The doctor tries everything and says what does not work."""

import json

import pytest

from sousveil.parse import PARSERS
from sousveil.pipeline import doctor
from tests.pipeline.conftest import Run


def test_every_format_and_protection_is_tried(sousveil: Run) -> None:
    checks = json.loads(sousveil("doctor", "--json").stdout)
    formats = {check["name"]: check for check in checks if check["kind"] == "format"}
    assert set(formats) == {parser.name for parser in PARSERS}
    assert formats["html"]["works"]
    assert formats["image"]["works"], formats["image"]["words"]
    protections = {
        check["name"]: check["works"] for check in checks if check["kind"] == "protection"
    }
    assert protections["memory"]
    said = {check["name"] for check in checks if check["kind"] == "not stopped"}
    assert said == {"disk", "other_originals", "false_answers"}
    assert {"files", "network", "calls_filtered", "processor_time"} <= set(protections)
    assert sousveil("doctor").stdout.count("\n") >= len(checks)


def test_what_is_missing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "run", lambda *_, **__: iter(()))
    monkeypatch.setenv("PATH", "")
    checks = {check.name: check for check in (*doctor._formats(), doctor._fonts())}
    assert not checks["libarchive"].works
    assert "libarchive13" in checks["libarchive"].words
    assert not checks["chinese"].works
    assert "fonts-noto-cjk" in checks["chinese"].words
