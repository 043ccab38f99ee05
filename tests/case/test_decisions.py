"""The files of decisions: appended to, readable, and checked against the ledger."""

from pathlib import Path

import pytest

from sousveil.case.append_only import digest
from sousveil.case.decisions import (
    append_decisions,
    coder_name,
    decisions_on,
    read_decisions,
)
from sousveil.case.folder import Case
from sousveil.case.verify import verify
from sousveil.errors import DecisionError
from sousveil.model import Decision, Draw


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return Case.create(tmp_path / "case")


def decision(number: int, coder: str = "Ana", relevant: str = "yes") -> Decision:
    return Decision(coder, "2026-01-01T00:00:00+00:00", f"{number:032x}", "t", relevant)  # type: ignore[arg-type]


def test_decisions_come_back_as_they_were_given(case: Case) -> None:
    draw = Draw("sample", "first", "p" * 64, 7, 0.25)
    whole = Decision(
        "Ana", "2026-01-01T00:00:00+00:00", "n", "t", "yes", ("drones",), (), None, True,
        "2026.1", draw, "名称 as read",
    )  # fmt: skip
    append_decisions(case, "Ana", [whole])
    append_decisions(case, "Ana", [decision(1)])
    append_decisions(case, "Bo", [decision(2, "Bo")])
    assert read_decisions(case) == [whole, decision(1), decision(2, "Bo")]
    lines = (case.root / "decisions/Ana.jsonl").read_text("utf-8").splitlines()
    assert len(lines) == 2
    assert "名称" in lines[0]
    assert list(verify(case)) == []


def test_a_torn_line_was_never_acknowledged(case: Case) -> None:
    append_decisions(case, "Ana", [decision(1)])
    path = case.root / "decisions/Ana.jsonl"
    with path.open("ab") as handle:
        handle.write(b'{"coder":"An')
    assert read_decisions(case) == [decision(1)]
    append_decisions(case, "Ana", [decision(2)])
    assert read_decisions(case) == [decision(1), decision(2)]


@pytest.mark.parametrize("line", ["{}", "nonsense", '{"coder": "Bo", "relevant": "yes"}'])
def test_a_line_that_cannot_be_used_is_named(case: Case, line: str) -> None:
    append_decisions(case, "Ana", [decision(1)])
    path = case.root / "decisions/Ana.jsonl"
    path.write_text(path.read_text("utf-8") + line + "\n", encoding="utf-8")
    with pytest.raises(DecisionError, match=r"Line 2 of decisions/Ana\.jsonl"):
        read_decisions(case)


def test_a_file_holds_one_coder(case: Case) -> None:
    append_decisions(case, "Ana", [decision(1)])
    path = case.root / "decisions/Ana.jsonl"
    path.rename(path.with_name("Bo.jsonl"))
    with pytest.raises(DecisionError, match="another coder"):
        read_decisions(case)


def test_what_was_decided_cannot_be_changed_unseen(case: Case) -> None:
    append_decisions(case, "Ana", [decision(1), decision(2)])
    path = case.root / "decisions/Ana.jsonl"
    path.write_text(path.read_text("utf-8").replace('"yes"', '"no"', 1), encoding="utf-8")
    assert [(f.part, f.name) for f in verify(case)] == [("decisions", "decisions/Ana.jsonl")]
    path.unlink()
    assert [f.problem for f in verify(case)] == ["missing"]


@pytest.mark.parametrize("name", ["", " ", "a/b", "..", "x" * 61, "a\nb\x00", "-a", "a:b"])
def test_names_that_are_none(name: str) -> None:
    with pytest.raises(DecisionError):
        coder_name(name)


@pytest.mark.parametrize(
    ("written", "kept"), [("Ana  María", "Ana María"), ("O'Neil", "O'Neil"), ("王 读者", "王 读者")]
)
def test_names_are_kept_in_one_form(written: str, kept: str) -> None:
    assert coder_name(written) == kept


def test_two_spellings_are_one_coder(case: Case) -> None:
    append_decisions(case, "Ana", [decision(1)])
    with pytest.raises(DecisionError, match="has decisions"):
        append_decisions(case, "ana", [decision(2, "ana")])


def test_the_digest_depends_on_what_is_said_alone() -> None:
    one, two = decision(1), decision(2, "Bo", "no")
    assert digest([one, two]) == digest([two, one])
    assert digest([one]) != digest([decision(1, relevant="no")])
    assert digest([]) == ""


def test_decisions_on_one_notice_are_found_among_others(case: Case) -> None:
    for coder, notice in (("Ada", "a" * 32), ("Ben", "b" * 32), ("Ben", "a" * 32)):
        said = Decision(coder, f"2024-01-0{len(coder)}T00:00:00Z", notice, "h", "yes", note="a" * 9)
        with case.writing():
            append_decisions(case, coder, [said])
    found = decisions_on(case, "a" * 32)
    assert [(d.coder, d.notice_id) for d in found] == [("Ada", "a" * 32), ("Ben", "a" * 32)]
    assert decisions_on(case, "c" * 32) == []
    with (case.root / "decisions" / "Ben.jsonl").open("ab") as handle:
        handle.write(b'{"notice_id":"' + b"c" * 32 + b'"}\n')
    with pytest.raises(DecisionError):
        decisions_on(case, "c" * 32)
    assert decisions_on(case, "a" * 32) == found
