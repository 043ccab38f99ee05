"""Unmaskings that the ledger tells of are checked: each says who saw what, and why."""

from pathlib import Path

import pytest

from sousveil.case.folder import Case
from sousveil.case.ledger import Entry, now
from sousveil.case.verify import verify


@pytest.fixture
def case(tmp_path: Path) -> Case:
    case = Case.create(tmp_path / "case")
    with case.writing():
        sha256, size = case.originals.keep_bytes(b"a notice")
        case.originals.flush()
        case.ledger.append([Entry("added", now(), "test", sha256=sha256, size=size, path="a.txt")])
    return case


def entry(case: Case, **changed: object) -> Entry:
    (document,) = case.documents()
    told = {"sha256": document.sha256, "page": 1, "by": "A", "reason": "to compare the name"}
    return Entry("unmasked", now(), "test", **{**told, **changed})  # type: ignore[arg-type]


def test_an_unmasking_that_is_told_in_full_is_no_finding(case: Case) -> None:
    with case.writing():
        case.ledger.append([entry(case)])
    assert list(verify(case)) == []


@pytest.mark.parametrize(
    "changed", [{"by": None}, {"reason": ""}, {"page": None}, {"sha256": "0" * 64}]
)
def test_an_unmasking_that_says_less_is_named(case: Case, changed: dict[str, object]) -> None:
    with case.writing():
        case.ledger.append([entry(case, **changed)])
    (finding,) = verify(case)
    assert finding.part == "ledger"
    assert "unmasking" in finding.problem
