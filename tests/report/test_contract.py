"""The record export follows its contract, on every record of the demonstration corpus."""

import csv
import io
import json
from pathlib import Path

import jsonschema_rs
import pytest

from sousveil.case.folder import Case
from sousveil.report.export import NOTICE_COLUMNS, export

SCHEMA = json.loads((Path(__file__).parent / "contract.schema.json").read_text(encoding="utf-8"))

STATED = (
    "project_id", "plan_id", "project_name", "buyer", "agency", "method", "budget", "ceiling",
    "award", "currency", "suppliers", "bidders", "published", "first_published", "bid_deadline",
    "capabilities", "platforms", "target_groups", "sophistication",
)  # fmt: skip
"""Fields that must have evidence whenever they have a value."""


def lines(case: Case, what: str) -> list[dict[str, object]]:
    out = io.BytesIO()
    export(case, what, "jsonl", out)  # type: ignore[arg-type]
    return [json.loads(line) for line in out.getvalue().splitlines()]


@pytest.fixture(scope="module")
def notices(demo_case: Case) -> list[dict[str, object]]:
    return lines(demo_case, "notices")


def test_every_line_is_valid(notices: list[dict[str, object]]) -> None:
    validator = jsonschema_rs.validator_for(SCHEMA)
    problems = [
        f"{notice['source_path']}: {error.instance_path}: {error.message}"
        for notice in notices
        for error in validator.iter_errors(notice)
    ]
    assert problems == []
    assert len(notices) > 100


def test_columns_are_in_the_contracts_order(notices: list[dict[str, object]]) -> None:
    assert tuple(notices[0]) == NOTICE_COLUMNS == tuple(SCHEMA["required"])


def test_every_quote_is_what_stands_there(
    demo_case: Case, notices: list[dict[str, object]]
) -> None:
    pages = {(p["document_sha256"], p["page"]): p["text"] for p in lines(demo_case, "pages")}
    checked = 0
    for notice in notices:
        evidence = notice["evidence"]
        assert isinstance(evidence, dict)
        for field, e in evidence.items():
            text = pages[notice["document_sha256"], e["page"]]
            assert str(text)[e["start"] : e["end"]] == e["quote"], (notice["source_path"], field)
            checked += 1
    assert checked > 1_000


def test_no_value_without_evidence(notices: list[dict[str, object]]) -> None:
    missing = [
        (notice["source_path"], field)
        for notice in notices
        for field in STATED
        if notice[field] not in (None, []) and field not in notice["evidence"]  # type: ignore[operator]
    ]
    assert missing == []
    lots = [n for n in notices if n["lots"] != 1 and "lots" not in n["evidence"]]  # type: ignore[operator]
    assert lots == []


def test_first_copies_are_first(notices: list[dict[str, object]]) -> None:
    by_id = {n["notice_id"]: n for n in notices}
    copies = [n for n in notices if n["duplicate_of"]]
    assert copies
    for copy in copies:
        first = by_id[copy["duplicate_of"]]
        assert first["duplicate_of"] is None
        assert first["project_key"] == copy["project_key"]


def test_csv_and_parquet_carry_the_same(demo_case: Case, notices: list[dict[str, object]]) -> None:
    import pyarrow.parquet as pq

    out = io.BytesIO()
    export(demo_case, "notices", "csv", out)
    rows = list(csv.DictReader(io.StringIO(out.getvalue().decode("utf-8-sig"))))
    assert [r["notice_id"] for r in rows] == [n["notice_id"] for n in notices]
    assert tuple(rows[0]) == NOTICE_COLUMNS
    out = io.BytesIO()
    export(demo_case, "notices", "parquet", out)
    table = pq.read_table(io.BytesIO(out.getvalue()))
    assert table.column_names == list(NOTICE_COLUMNS)
    assert table.column("notice_id").to_pylist() == [n["notice_id"] for n in notices]


def test_cells_cannot_become_formulas(demo_case: Case) -> None:
    out = io.BytesIO()
    export(demo_case, "notices", "csv", out)
    for row in csv.reader(io.StringIO(out.getvalue().decode("utf-8-sig"))):
        assert not [cell for cell in row if cell[:1] in ("=", "+", "@")]
