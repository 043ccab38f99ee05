"""Copies of a case in which two people decided: merged in any order nothing is lost."""

import json
import shutil
import tempfile
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from sousveil.case.decisions import append_decisions, read_decisions
from sousveil.case.folder import Case
from sousveil.case.judgements import append_judgements, read_judgements
from sousveil.case.verify import verify
from sousveil.cli.main import app
from sousveil.coding import independent, rulings
from sousveil.errors import CaseError, LedgerError, UsageError
from sousveil.model import Decision, Judgement
from sousveil.pipeline.add import add
from sousveil.pipeline.merging import merge

Relevant = Literal["yes", "no", "unsure"]
Role = Literal["coder", "adjudicator"]
Step = tuple[int, str, int, Relevant, Role]

STEPS = st.lists(
    st.tuples(
        st.integers(0, 2),  # which copy
        st.sampled_from(["Ana", "Bo", "王芳"]),
        st.integers(0, 3),  # which notice
        st.sampled_from(["yes", "no", "unsure"]),
        st.sampled_from(["coder", "coder", "adjudicator"]),
    ),
    max_size=12,
)


def decide(
    case: Case, coder: str, notice: int, relevant: Relevant, second: int, role: Role = "coder"
) -> None:
    at = f"2026-01-01T00:00:{second % 60:02d}+00:00"
    append_decisions(case, coder, [Decision(coder, at, f"n{notice}", "t", relevant, role=role)])


def copies(folder: Path, steps: list[Step], number: int = 3) -> list[Case]:
    """Copies of one case, each with the steps that were made in it; seconds repeat on purpose."""
    first = Case.create(folder / "0")
    decide(first, "Ana", 0, "yes", 0)
    for at in range(1, number):
        shutil.copytree(folder / "0", folder / str(at))
    cases = [Case.open(folder / str(at)) for at in range(number)]
    for at, (which, coder, notice, relevant, role) in enumerate(steps):
        decide(cases[which], coder, notice, relevant, at // 3, role)
    return cases


def union(case: Case, others: list[Case]) -> list[Decision]:
    for other in others:
        merge(case, other)
    return read_decisions(case)


@settings(max_examples=40, deadline=None)
@given(STEPS, st.permutations([0, 1, 2]))
def test_no_decision_is_lost_in_any_order_of_merging(steps: list[Step], order: list[int]) -> None:
    with tempfile.TemporaryDirectory() as name:
        cases = copies(Path(name), steps)
        every = {d for case in cases for d in read_decisions(case)}
        home, *rest = (cases[at] for at in order)
        found = union(home, rest)
        assert set(found) == every
        assert len(found) == len(every)
        back = union(rest[1], [rest[0], home])
        assert back == found
        texts = {f"n{at}": "t" for at in range(4)}
        assert rulings(back, texts) == rulings(found, texts)
        assert independent(back) == independent(found)
        assert [f for case in (home, rest[1]) for f in verify(case)] == []


@settings(max_examples=15, deadline=None)
@given(STEPS)
def test_merging_again_adds_nothing(steps: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as name:
        cases = copies(Path(name), steps)
        union(cases[0], cases[1:])
        files = {p: p.read_bytes() for p in (cases[0].root / "decisions").rglob("*.jsonl")}
        again = [merge(cases[0], other) for other in cases[1:]]
        assert not any(merged.anything for merged in again)
        assert {p: p.read_bytes() for p in (cases[0].root / "decisions").rglob("*.jsonl")} == files


def test_a_coder_who_went_on_in_a_copy_goes_on_in_one_file(tmp_path: Path) -> None:
    home, away = copies(tmp_path, [(1, "Ana", 1, "no", "coder")], 2)
    assert merge(home, away).decisions == 1
    assert [p.name for p in (home.root / "decisions").glob("*.jsonl")] == ["Ana.jsonl"]


def test_a_coder_who_decided_in_both_has_two_files_and_one_voice(tmp_path: Path) -> None:
    home, away = copies(tmp_path, [(0, "Ana", 1, "no", "coder"), (1, "Ana", 1, "yes", "coder")], 2)
    decide(away, "Ana", 1, "unsure", 59)
    merge(home, away)
    names = sorted(p.name for p in (home.root / "decisions").glob("*.jsonl"))
    assert names[0] == "Ana.jsonl"
    assert names[1].startswith("Ana@")
    ruled = rulings(read_decisions(home), {"n1": "t"})["n1"]
    assert (ruled.coders, ruled.verdict) == (("Ana",), "unsure")
    decide(home, "Ana", 2, "yes", 58)
    assert list(verify(home)) == []


def test_originals_and_judgements_come_too(tmp_path: Path) -> None:
    home, away = copies(tmp_path, [], 2)
    (tmp_path / "page.txt").write_text("采购公告", encoding="utf-8")
    with away.writing():
        add(away, [tmp_path / "page.txt"])
    judgement = Judgement("Bo", "2026-01-01T00:00:00+00:00", "project", "same", "a", "b", "")
    append_judgements(away, [judgement])
    merged = merge(home, away)
    assert (merged.originals, merged.judgements) == (1, 1)
    assert [d.sha256 for d in home.documents()] == [d.sha256 for d in away.documents()]
    assert read_judgements(home) == [judgement]
    assert list(verify(home)) == []


def test_a_copy_that_was_tampered_with_is_refused_whole(tmp_path: Path) -> None:
    home, away = copies(tmp_path, [(1, "Bo", 1, "yes", "coder")], 2)
    path = away.root / "decisions/Bo.jsonl"
    path.write_text(path.read_text("utf-8").replace('"yes"', '"no"'), encoding="utf-8")
    with pytest.raises(CaseError, match="Bo"):
        merge(home, away)
    assert len(read_decisions(home)) == 1


def test_a_broken_chain_is_refused(tmp_path: Path) -> None:
    home, away = copies(tmp_path, [(1, "Bo", 1, "yes", "coder")], 2)
    chain = next((away.root / "ledger").glob("*.jsonl"))
    chain.write_bytes(chain.read_bytes().replace(b"Bo.jsonl", b"Ed.jsonl"))
    with pytest.raises(LedgerError, match="does not hold"):
        merge(home, away)


def test_a_case_is_not_merged_with_itself(tmp_path: Path) -> None:
    home = copies(tmp_path, [], 1)[0]
    with pytest.raises(UsageError, match="one case"):
        merge(home, Case.open(home.root))


def test_the_command_tells_what_came_in(tmp_path: Path) -> None:
    home, away = copies(tmp_path, [(1, "Bo", 1, "yes", "coder")], 2)
    run = CliRunner().invoke(app, ["merge", str(home.root), str(away.root), "--json"])
    assert run.exit_code == 0
    told = json.loads(run.stdout)
    assert {name: told[name] for name in ("originals", "decisions", "judgements")} == {
        "originals": 0,
        "decisions": 1,
        "judgements": 0,
    }
