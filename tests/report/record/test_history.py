from pathlib import Path

import msgspec
import pytest
from tests.pipeline.conftest import OPINION

from sousveil.case.database import connect
from sousveil.case.decisions import append_decisions
from sousveil.case.folder import Case
from sousveil.case.ledger import Entry, now
from sousveil.model import Decision
from sousveil.pipeline.add import add
from sousveil.pipeline.process import Options
from sousveil.pipeline.review import process
from sousveil.reference import load_taxonomy
from sousveil.report.record.history import Step, history
from sousveil.report.record.load import Row, notice_row
from sousveil.report.record.view import view


@pytest.fixture
def case(tmp_path: Path) -> Case:
    (tmp_path / "notice.txt").write_text(OPINION, encoding="utf-8")
    case = Case.create(tmp_path / "case")
    with case.writing():
        add(case, [tmp_path / "notice.txt"])
        process(case, Options(workers=1))
    return case


def row_of(case: Case) -> Row:
    with connect(case) as connection:
        (one,) = connection.execute("SELECT notice_id FROM notices").fetchone()  # type: ignore[misc]
        row = notice_row(connection, one)
    assert row is not None
    return row


def steps_of(case: Case) -> list[Step]:
    row = row_of(case)
    return history(case, view(row, load_taxonomy()), row)


def test_a_record_was_added_read_and_coded(case: Case) -> None:
    added, read, coded = steps_of(case)
    assert (added.kind, added.what) == ("added", "notice.txt")
    assert added.at is not None
    assert read.kind == "read"
    assert "cn_forms" in read.by
    assert coded.kind == "coded"
    assert coded.what.startswith("surveillance")


def test_decisions_and_unmaskings_are_told_and_what_holds_since(case: Case) -> None:
    row = row_of(case)
    text_hash = msgspec.json.decode(str(row["key"]))["text_hash"]
    said = Decision(
        "Ada", "2024-01-02T00:00:00Z", row["notice_id"], text_hash, "no", (), note="a survey"
    )
    other = msgspec.structs.replace(said, at="2024-01-01T00:00:00Z", text_hash="else", note=None)
    with case.writing():
        append_decisions(case, "Ada", [other, said])
        case.ledger.append(
            [Entry("unmasked", now(), "t", sha256=row["document_sha256"], page=1, by="Ben",
                   reason="to compare the name")]
        )  # fmt: skip
        process(case, Options(workers=1))
    steps = steps_of(case)
    kinds = [step.kind for step in steps]
    assert kinds == ["added", "read", "coded", "recoded", "decided", "decided", "unmasked"]
    rules, holds, first, second, seen = steps[2:]
    assert rules.what.startswith("surveillance")
    assert holds.what.startswith("not surveillance")
    assert "coder" in holds.by
    assert "made on another text" in first.details[-1]
    assert second.details == ("capabilities: none", "note: a survey")
    assert (seen.by, seen.what, seen.details) == ("Ben", "page 1", ("to compare the name",))
