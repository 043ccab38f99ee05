"""A person says what the columns of a table mean: only that table is read again."""

import json
from pathlib import Path

import openpyxl
import pytest

from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.errors import MappingError
from sousveil.extract.tabular import field_names
from sousveil.pipeline import mappings, mappings_shown, process, review
from sousveil.pipeline.tasks import Reading
from sousveil.pipeline.writer import Writer
from tests.pipeline.conftest import Run
from tests.pipeline.state import exports

ODD = (
    "序号,单位,事项,支出,日期,采购单位\n"
    "1,示例市公安局,人脸识别系统,84.6,2020-01-02,甲\n"
    "2,示例市财政局,办公家具,12,2020-01-03,乙\n"
)
PLAIN = "采购单位,采购项目名称,预算金额(万元)\n示例市公安局,视频监控,30\n"
ENTRY = """
[[table]]
file = "odd.csv"
headings = ["单位", "事项"]
type = "contract"
[table.columns]
"单位" = "buyer"
"事项" = "project_name"
"支出" = { field = "award", unit = "万元" }
"日期" = "published"
"""


@pytest.fixture
def case(tmp_path: Path) -> Case:
    given = tmp_path / "given"
    given.mkdir()
    (given / "odd.csv").write_text(ODD, "utf-8")
    (given / "plain.csv").write_text(PLAIN, "utf-8")
    book = openpyxl.Workbook()
    for row in PLAIN.split():
        book.active.append(row.replace("30", "31").split(","))
    book.save(given / "book.xlsx")
    found = Case.create(tmp_path / "case")
    with found.writing():
        review.review(found, [given], process.Options(workers=1))
    return found


def say(case: Case, text: str, name: str = "tables.toml") -> None:
    (case.root / "mappings" / name).write_text(text, "utf-8")


def processed(case: Case, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Process the case; the paths of the documents that were read."""
    paths = {d.sha256: d.provenance[0].path for d in case.documents()}
    taken: list[str] = []
    take = Writer.take

    def spy(self: Writer, reading: Reading, partial_of: str | None = None) -> None:
        taken.append(paths[reading.document_sha256])
        take(self, reading, partial_of)

    monkeypatch.setattr(Writer, "take", spy)
    with case.writing():
        review.process(case, process.Options(workers=1))
    monkeypatch.undo()
    return taken


def notices(case: Case, path: str) -> list[tuple[object, ...]]:
    with connect(case) as connection:
        return connection.execute(
            "SELECT buyer, project_name, notice_type, CAST(award AS INTEGER),"
            " CAST(budget AS INTEGER), currency, CAST(published AS VARCHAR) FROM notices"
            " WHERE source_path = ? ORDER BY page",
            [path],
        ).fetchall()


def test_a_correction_reads_its_table_and_no_other(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert notices(case, "odd.csv") == []
    others = notices(case, "plain.csv") + notices(case, "book.xlsx")
    say(case, ENTRY)
    assert processed(case, monkeypatch) == ["odd.csv"]
    assert notices(case, "odd.csv") == [
        ("示例市公安局", "人脸识别系统", "contract", 846_000, None, "CNY", "2020-01-02"),
        ("示例市财政局", "办公家具", "contract", 120_000, None, "CNY", "2020-01-03"),
    ]
    assert notices(case, "plain.csv") + notices(case, "book.xlsx") == others
    assert processed(case, monkeypatch) == []
    say(case, ENTRY.replace('"award"', '"budget"'))
    assert processed(case, monkeypatch) == ["odd.csv"]
    assert [row[3:5] for row in notices(case, "odd.csv")] == [(None, 846_000), (None, 120_000)]
    say(case, "")
    assert processed(case, monkeypatch) == ["odd.csv"]
    assert notices(case, "odd.csv") == []


def test_it_survives_a_rebuild(case: Case) -> None:
    say(case, ENTRY)
    with case.writing():
        review.process(case, process.Options(workers=1))
    before, tables = exports(case.root), mappings_shown.shown(case)
    with case.writing():
        review.rebuild(case, process.Options(workers=1))
    assert exports(case.root) == before
    assert mappings_shown.shown(case) == tables


def test_every_value_is_quoted_from_the_row(case: Case) -> None:
    say(case, ENTRY)
    with case.writing():
        review.process(case, process.Options(workers=1))
    with connect(case) as connection:
        rows = connection.execute(
            "SELECT n.evidence, p.text FROM notices n JOIN pages p USING (document_sha256, page)"
            " WHERE n.source_path = 'odd.csv'"
        ).fetchall()
    assert len(rows) == 2
    for evidence, text in rows:
        found = json.loads(evidence)
        assert {"buyer", "project_name", "award", "published"} <= found.keys()
        assert all(text[e["start"] : e["end"]] == e["quote"] for e in found.values())


def test_tables_that_hold_no_notices(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    (document,) = [d for d in case.documents() if d.provenance[0].path == "plain.csv"]
    say(case, f'[[table]]\ndocument = "{document.sha256[:12]}"\nnotices = false\n')
    assert processed(case, monkeypatch) == ["plain.csv"]
    assert notices(case, "plain.csv") == []
    assert len(notices(case, "book.xlsx")) == 1


def test_what_is_written_down_changes_nothing_until_it_is_edited(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    with case.writing():
        assert mappings_shown.write(case, field_names()) == 2
        assert mappings_shown.write(case, field_names()) == 0
    assert processed(case, monkeypatch) == []
    path = case.root / mappings_shown.FILE
    text = path.read_text("utf-8")
    assert '"采购单位" = "buyer"' in text
    path.write_text(text.replace('"单位" = ""', '"单位" = "buyer"').replace(
        '"事项" = ""', '"事项" = "project_name"').replace(
        '"支出" = ""', '"支出" = { field = "award", unit = "万元" }'), "utf-8")  # fmt: skip
    assert processed(case, monkeypatch) == ["odd.csv"]
    assert [row[:2] for row in notices(case, "odd.csv")] == [
        ("示例市公安局", "人脸识别系统"),
        ("示例市财政局", "办公家具"),
    ]
    with case.writing():
        assert mappings_shown.write(case, field_names()) == 0


def test_what_is_shown(case: Case, sousveil: Run) -> None:
    say(case, ENTRY + '\n[[table]]\nfile = "gone*.xls"\nnotices = false\n')
    with case.writing():
        review.process(case, process.Options(workers=1))
    found = json.loads(sousveil("mappings", case.root, "--json").stdout)
    tables = {table["path"]: table for table in found["tables"]}
    assert set(tables) == {"odd.csv", "plain.csv", "book.xlsx"}
    assert (tables["odd.csv"]["rows"], tables["odd.csv"]["notices"]) == (2, 2)
    assert tables["odd.csv"]["told_by"] == "mappings/tables.toml, line 2"
    assert tables["plain.csv"]["told_by"] == ""
    assert tables["plain.csv"]["columns"][2] == {
        "heading": "预算金额(万元)",
        "field": "budget",
        "unit": "万元",
        "currency": "",
    }
    assert [c["heading"] for c in tables["odd.csv"]["columns"]] == [
        "序号", "单位", "事项", "支出", "日期", "采购单位",
    ]  # fmt: skip
    assert found["unused"] == ["mappings/tables.toml, line 12"]
    assert not any(table["waiting"] for table in found["tables"])
    say(case, "")
    shown = sousveil("mappings", case.root).stdout
    assert "read otherwise the last time" in shown
    say(case, "\n" + ENTRY)
    shown = sousveil("mappings", case.root).stdout
    assert "as mappings/tables.toml, line 3 says" in shown
    assert "read otherwise" not in shown
    assert "Tables: 3" in shown


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[table]]\nfile = \"a\"\n[table.columns]\n\"x\" = \"amont\"", ('columns."x"', "amont")),
        ("\n\n[[table]]\nfile = \"a\"\nnotes = false", ("line 3", "notes", "notices")),
        ("[[table]]\nnotices = false", ("file", "document")),
        ("[[table]]\ndocument = \"xyz\"\nnotices = false", ("document", "SHA-256")),
        ("[[table]]\nfile = \"a\"\nnotices = \"no\"", ("notices", "true")),
        ("[[table]]\nfile = \"a\"", ("columns",)),
        ("[[table]]\nfile = \"a\"\nheadings = \"x\"\nnotices = false", ("headings",)),
        ("[[table]]\nfile = \"a\"\ntype = \"tenders\"\n[table.columns]\nx=\"buyer\"", ("type",)),
        ("[[table]]\nfile=\"a\"\ncountry=\"China\"\n[table.columns]\nx=\"buyer\"", ("country",)),
        ("[[table]]\nfile = \"a\"\n[table.columns]\nx={field=\"budget\",unit=\"bags\"}", ("unit",)),
        ("[[table]]\nfile = \"a\"\n[table.columns]\nx={field=\"buyer\",unit=\"元\"}", ("amounts",)),
        ("[[table]]\nfile=\"a\"\n[table.columns]\nx={field=\"budget\",currency=\"RM\"}", ("4217",)),
        ("[[table]]\nfile = \"a\"\n[table.columns]\nx = 3", ("columns",)),
        ("[[table]]\nfile = \"a\nx = 1", ("line 2",)),
        ("[tabel]\nfile = \"a\"", ("tabel", "[[table]]")),
    ],
)  # fmt: skip
def test_wrong_files_say_what_is_wrong(tmp_path: Path, text: str, words: tuple[str, ...]) -> None:
    case = Case.create(tmp_path / "case")
    say(case, text)
    with pytest.raises(MappingError) as error:
        mappings.load_mappings(case)
    said = str(error.value)
    assert "mappings/tables.toml" in said
    assert error.value.hint
    assert all(word in said for word in words), said


def test_a_wrong_file_stops_the_run_before_anything_is_done(case: Case, sousveil: Run) -> None:
    before = exports(case.root)
    say(case, '[[table]]\nfile = "a.csv"\n[table.columns]\n"x" = "amont"\n', "mine.toml")
    done = sousveil("process", case.root, check=False)
    assert done.returncode == 2
    assert 'mappings/mine.toml, line 1: columns."x"' in done.stderr
    assert exports(case.root) == before
