"""Claims and their checks as they lie in a case: kept, told in the ledger, found when changed."""

import shutil
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from sousveil.case.claims import CHECKS, claim_texts, keep_check, last_check, write_claim
from sousveil.case.folder import Case
from sousveil.case.verify import verify
from sousveil.errors import ClaimError
from sousveil.model.claim import HOLDS, Check, CodersOnHits, FoundNotice, FoundProject
from sousveil.pipeline.merging import merge


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return Case.create(tmp_path / "case")


def check(figure: str, evidence: tuple[FoundProject, ...] = (), sha256: str = "e") -> Check:
    return Check(
        claim="c", at="2026-01-01T00:00:00+00:00", by="w", software="1", taxonomy_version="1.0",
        corpus="k", heads={"w.jsonl": 1}, definition="*", claim_hash="h", what="projects",
        expected="2", verdict=HOLDS, why=("Because.",), figure=figure, low=Decimal("1.50"),
        high=None, coded=CodersOnHits(1, 2, 3), evidence_sha256=sha256, evidence=evidence,
    )  # fmt: skip


PROJECT = FoundProject(
    "p", "名", None, "CN", 2020, (FoundNotice("n", "d", 1, None, True, True),), Decimal("12.30")
)


def test_checks_are_kept_one_after_the_other_and_told_in_the_ledger(case: Case) -> None:
    assert last_check(case, "c") is None
    keep_check(case, check("1 projects", (PROJECT,)))
    keep_check(case, check("2 projects"))
    assert len((case.root / CHECKS / "c.jsonl").read_text().splitlines()) == 2
    told = [entry for entry in case.ledger.entries() if entry.kind == "checked"]
    assert [entry.note for entry in told] == [
        "holds: 1 projects (expected 2)",
        "holds: 2 projects (expected 2)",
    ]
    assert {entry.path for entry in told} == {"claims/checks/c.jsonl"}
    assert list(verify(case)) == []


def test_evidence_is_written_once_and_read_with_every_check(case: Case) -> None:
    kept = [check("1", (PROJECT,)), check("2", (PROJECT,)), check("3", (), "none")]
    for each in kept:
        keep_check(case, each)
        assert last_check(case, "c") == each
    assert (case.root / CHECKS / "c.jsonl").read_text().count("12.3") == 1
    keep_check(case, kept[0])
    assert last_check(case, "c") == kept[0]


def test_a_torn_line_is_passed_over_and_cut_off(case: Case) -> None:
    keep_check(case, check("1", (PROJECT,)))
    path = case.root / CHECKS / "c.jsonl"
    path.write_bytes(path.read_bytes() + b'{"claim": "c", "at')
    assert last_check(case, "c") == check("1", (PROJECT,))
    keep_check(case, check("2", (PROJECT,)))
    assert last_check(case, "c") == check("2", (PROJECT,))


def test_a_check_that_was_changed_is_found(case: Case) -> None:
    keep_check(case, check("1"))
    path = case.root / CHECKS / "c.jsonl"
    path.write_bytes(path.read_bytes().replace(b"holds", b"halts"))
    (finding,) = verify(case)
    assert (finding.part, finding.name) == ("claims", "claims/checks/c.jsonl")
    path.write_bytes(b"{}\n")
    with pytest.raises(ClaimError, match=r"Line 1 of claims/checks/c\.jsonl is no check"):
        last_check(case, "c")


def test_checks_made_in_two_copies_are_kept_of_both(case: Case, tmp_path: Path) -> None:
    keep_check(case, check("1", (PROJECT,)))
    shutil.copytree(case.root, tmp_path / "copy")
    copy = Case.open(tmp_path / "copy")
    keep_check(case, check("here", (PROJECT,)))
    later = msgspec.structs.replace(check("there", (), "none"), at="2026-01-02T00:00:00+00:00")
    keep_check(copy, later)
    merged = merge(case, copy)
    assert (merged.checks, merged.anything) == (2, True)
    assert last_check(case, "c") == later
    assert list(verify(case)) == []
    assert not merge(case, copy).anything


def test_what_a_merged_copy_repeats_did_not_come_after(case: Case, tmp_path: Path) -> None:
    shutil.copytree(case.root, tmp_path / "copy")
    copy = Case.open(tmp_path / "copy")
    keep_check(case, check("1"))
    heads = case.ledger.heads()
    keep_check(copy, check("2"))
    merge(case, copy)
    assert [entry.kind for entry in case.ledger.since(heads)] == ["merged", "checked"]


def test_claims_are_files_with_names(case: Case) -> None:
    path = write_claim(case, "Über-300", "statement = 1")
    (case.root / "claims" / ".hidden.toml").write_text("x")
    assert path.name == "über-300.toml"
    assert list(claim_texts(case)) == [("über-300", "statement = 1")]
    with pytest.raises(ClaimError, match="already"):
        write_claim(case, "ÜBER-300", "")
    with pytest.raises(ClaimError, match="no name for a claim"):
        write_claim(case, "../x", "")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a b.toml", b"", "has no name"),
        ("a.toml", b"\xff", "not UTF-8"),
        ("a.toml", b"#" * 100_001, "too large"),
    ],
)
def test_files_that_cannot_be_read_are_named(
    case: Case, name: str, content: bytes, told: str
) -> None:
    (case.root / "claims" / name).write_bytes(content)
    with pytest.raises(ClaimError, match=told) as caught:
        list(claim_texts(case))
    assert name in caught.value.message


def test_what_came_after_is_told_by_the_heads_of_the_chains(case: Case) -> None:
    heads = case.ledger.heads()
    assert list(heads.values()) == [1]
    assert list(case.ledger.since(heads)) == []
    keep_check(case, check("1"))
    assert [entry.kind for entry in case.ledger.since(heads)] == ["checked"]
    assert [entry.kind for entry in case.ledger.since({})] == ["created", "checked"]
