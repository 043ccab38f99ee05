"""Each fixture gives exactly what stands beside it; a missing expectation fails."""

import json
from pathlib import Path

import pytest
from tests.extract.ocds.expectations import FIXTURES, check_evidence, read, summary

INPUTS = sorted(p for p in FIXTURES.glob("*.json") if not p.name.endswith(".expected.json"))


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.stem)
def test_fixture(path: Path) -> None:
    text = path.read_text("utf-8")
    notices = read(text)
    for notice in notices:
        check_evidence(notice, text)
    found = [summary(notice, text) for notice in notices]
    expected = path.with_suffix(".expected.json")
    assert expected.is_file(), f"write what {path.name} should give to {expected.name}"
    assert found == json.loads(expected.read_text("utf-8"))


def test_no_expectation_stands_alone() -> None:
    expected = {p.name.removesuffix(".expected.json") for p in FIXTURES.glob("*.expected.json")}
    assert expected == {path.stem for path in INPUTS}


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.stem)
def test_layout_and_escapes_change_nothing(path: Path) -> None:
    text = path.read_text("utf-8")
    value = json.loads(text)
    for other in (
        json.dumps(value, ensure_ascii=True),
        json.dumps(value, ensure_ascii=False, indent="\t", separators=(" ,", "\n:\r\n")),
    ):
        notices = read(other)
        for notice in notices:
            check_evidence(notice, other)
        found = [summary(notice, other) | {"sections": None} for notice in notices]
        before = [summary(notice, text) | {"sections": None} for notice in read(text)]
        assert found == before
