"""Labels against exported rows: the measuring rule, by hand-made cases."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from sousveil.cli.main import app
from sousveil.errors import UsageError
from sousveil.measure import evaluate, interval, read_export, read_labels

ROWS: list[dict[str, object]] = [
    {"notice_id": "n1", "document_sha256": "d1", "page": 1, "buyer": "Ａ 局", "award": 5,
     "suppliers": ["甲", "乙"]},
    {"notice_id": "n2", "document_sha256": "d1", "page": 2, "buyer": "B", "award": None,
     "suppliers": []},
    {"notice_id": "n3", "document_sha256": "d2", "page": 1, "source_path": "a/b.txt"},
]  # fmt: skip


def write(path: Path, rows: list[dict[str, object]]) -> Path:
    path.write_text("\n".join(json.dumps(row) for row in rows) + "\n\n", encoding="utf-8")
    return path


@pytest.fixture
def export(tmp_path: Path) -> Path:
    return write(tmp_path / "notices.jsonl", ROWS)


def test_fields_are_counted_by_the_rule(tmp_path: Path, export: Path) -> None:
    labels = write(
        tmp_path / "labels.jsonl",
        [
            {"id": "one", "notice_id": "n1", "buyer": "A局", "award": 6.0,
             "suppliers": ["乙", "丙"], "set": "x", "note": "ignored"},
            {"id": "two", "document_sha256": "d1", "page": 2, "buyer": None, "award": None},
            {"id": "three", "source_path": "a/b.txt", "is_notice": False},
            {"id": "four", "document_sha256": "d9", "buyer": "C"},
        ],
    )  # fmt: skip
    result = evaluate(read_labels(labels), read_export(export))
    buyer, award, suppliers = (result.fields()[n] for n in ("buyer", "award", "suppliers"))
    assert (buyer.right, buyer.wrong, buyer.missed) == (1, 1, 1)
    assert (award.right, award.wrong, award.missed) == (0, 1, 1)
    assert (suppliers.right, suppliers.wrong, suppliers.missed) == (1, 1, 1)
    assert (result.labels, result.found) == (4, 2)
    assert result.unfound == ["four"]
    assert result.surplus == ["three"]
    assert result.micro("x").right == 2
    assert {(m.label, m.field) for m in result.mistakes} == {
        ("one", "award"), ("one", "suppliers"), ("two", "buyer"), ("four", "buyer"),
    }  # fmt: skip


def test_a_label_of_a_document_means_its_first_row(tmp_path: Path, export: Path) -> None:
    labels = write(tmp_path / "l.jsonl", [{"document_sha256": "d1", "award": 5}])
    assert evaluate(read_labels(labels), reversed(list(read_export(export)))).micro().f1 == 1


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('{"buyer": "x"}', "line 1: the label does not say"),
        ("[]", "line 1: not a JSON object"),
        ('{"notice_id": "a"}\n{', "line 2: not a JSON object"),
        ('{"notice_id": "a", "sealed": "yes"}', "line 1: page must be"),
    ],
)
def test_broken_labels_say_which_line(tmp_path: Path, line: str, says: str) -> None:
    path = tmp_path / "labels.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(UsageError, match=says):
        read_labels(path)


def test_what_is_no_export_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no notice_id"):
        list(read_export(write(tmp_path / "x.jsonl", [{"buyer": "x"}])))
    with pytest.raises(UsageError, match="cannot be read"):
        list(read_export(tmp_path / "absent.jsonl"))


def test_the_command_leaves_sealed_labels_out(tmp_path: Path, export: Path) -> None:
    labels = write(
        tmp_path / "l.jsonl",
        [
            {"notice_id": "n1", "award": 5},
            {"notice_id": "n2", "buyer": "wrong", "sealed": True, "set": "y"},
        ],
    )
    run = CliRunner().invoke
    open_ones = json.loads(run(app, ["evaluate", str(export), str(labels), "--json"]).output)
    assert (open_ones["labels"], open_ones["all_fields"]["f1"]) == (1, 1)
    every = run(app, ["evaluate", str(export), str(labels), "--sealed", "--errors"])
    assert "wrong" in every.output
    assert "of y" in every.output
    below = run(app, ["evaluate", str(export), str(labels), "--sealed", "--at-least", "0.9"])
    assert below.exit_code == 9


def test_the_interval_is_wilsons() -> None:
    # Newcombe 1998, table I: 81 of 263.
    assert interval(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert interval(0, 0) == (0, 1)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share(counts: tuple[int, int]) -> None:
    low, high = interval(*counts)
    assert 0 <= low <= counts[0] / counts[1] + 1e-12
    assert counts[0] / counts[1] - 1e-12 <= high <= 1


def test_a_field_that_is_no_column_is_an_error(tmp_path: Path, export: Path) -> None:
    labels = write(tmp_path / "l.jsonl", [{"notice_id": "n1", "supliers": ["甲"]}])
    with pytest.raises(UsageError, match=r"Line 1.*'supliers'"):
        evaluate(read_labels(labels), read_export(export))


def test_a_number_in_quotation_marks_is_a_number(tmp_path: Path, export: Path) -> None:
    labels = write(tmp_path / "l.jsonl", [{"notice_id": "n1", "award": "5.00"}])
    assert evaluate(read_labels(labels), read_export(export)).micro().right == 1
