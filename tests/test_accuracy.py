"""The measuring rule of gold/README.md, on records made for the purpose."""

import json
from pathlib import Path

import msgspec
import pytest
from benchmarks.accuracy import main, text
from benchmarks.accuracy_measure import FIELDS, measure
from benchmarks.accuracy_produce import from_export


class Made(msgspec.Struct):
    id: int
    notices: list[dict[str, object]]
    pages: list[dict[str, object]]


TEXT = "项目编号：A 1\n采购人：某局\n联系人：〔person〕"
LABEL: dict[str, object] = {
    "id": 1,
    **dict.fromkeys(FIELDS.values()),
    "project_id": "A1",
    "buyer": "某局",
    "budget_cny": 100,
    "persons": ["张三丰"],
    "phones": ["13900001111"],
    "emails": [],
}


def made(notice: dict[str, object], words: str = TEXT) -> Made:
    evidence = {
        "project_id": {"page": 1, "start": 5, "end": 8, "quote": "A 1"},
        "buyer": {"page": 1, "start": 13, "end": 15, "quote": "某局"},
    }
    row = {"document_sha256": "0", "evidence": evidence, **notice}
    return Made(1, [row], [{"document_sha256": "0", "page": 1, "text": words}])


def test_white_space_and_width_do_not_count() -> None:
    report = measure([LABEL], [made({"project_id": "Ａ 1", "buyer": "某局"})])
    assert report.fields["project_id"].f1 == 1
    assert report.fields["budget"].missed == 1
    assert report.fields["ceiling"].right == report.fields["ceiling"].missed == 0
    assert report.misquoted == 0
    assert report.evident == 2


def test_a_wrong_value_counts_twice() -> None:
    report = measure([LABEL], [made({"project_id": "B", "budget": 100})])
    score = report.fields["project_id"]
    assert (score.right, score.wrong, score.missed) == (0, 1, 1)
    assert report.fields["budget"].right == 1
    assert report.without_evidence == 1
    assert not report.met()


def test_a_value_where_none_is_labelled_is_wrong() -> None:
    score = measure([LABEL], [made({"ceiling": 5.0})]).fields["ceiling"]
    assert (score.wrong, score.missed) == (1, 0)


def test_a_quote_that_is_not_its_span_is_counted() -> None:
    report = measure([LABEL], [made({"buyer": "某局"}, "x" + TEXT)])
    assert report.misquoted == 1


@pytest.mark.parametrize(
    ("words", "leaks"),
    [
        (TEXT, 0),
        ("联系人：张三丰", 1),
        ("张三丰老师", 1),
        ("电话：139 0000 1111", 1),
        ("武当派张三丰路改造", 0),
    ],
)
def test_leaks(words: str, leaks: int) -> None:
    assert len(measure([LABEL], [made({}, words + "某局")]).leaks) == leaks


def test_an_organisation_that_is_gone_is_counted() -> None:
    assert len(measure([LABEL], [made({}, "〔person〕")]).overmasked) == 1


def test_a_missing_notice_misses_everything() -> None:
    report = measure([LABEL], [])
    assert report.micro.missed == 3
    assert report.notices == 0
    assert "micro" in text(report)
    assert report.as_dict()["met"] is False


def test_an_export_is_matched_by_file_name(tmp_path: Path) -> None:
    notices, pages = tmp_path / "notices.jsonl", tmp_path / "pages.jsonl"
    row = {"source_path": "files/1.txt", "document_sha256": "0", "buyer": "某局", "evidence": {}}
    notices.write_text(json.dumps(row) + "\n", encoding="utf-8")
    page = {"document_sha256": "0", "page": 1, "pointer": None, "text": TEXT}
    pages.write_text(json.dumps(page) + "\n", encoding="utf-8")
    (produced,) = from_export(notices, pages)
    assert produced.id == 1
    assert produced.pages == [page]
    assert measure([LABEL], [produced]).fields["buyer"].right == 1


def test_targets_are_met_on_the_labelled_notices(
    shared_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--gold", str(shared_data / "gold"), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["fields"]["micro"]["f1"] >= 0.96
    assert all(field["f1"] >= 0.93 for field in report["fields"].values())


def test_no_labels_no_figures(tmp_path: Path) -> None:
    assert main(["--gold", str(tmp_path)]) == 2
