"""Rates of exchange that a person puts into the case."""

from pathlib import Path

import pytest

from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.errors import UsageError
from sousveil.pipeline import process, review

NOTICE = """示例市採購公告
項目編號：EX-2020-1
項目名稱：示例項目
採購人：臺北市政府警察局
預算金額：新臺幣1,000,000元
公告日期：民國109年3月2日
"""


@pytest.fixture
def case(tmp_path: Path) -> Case:
    given = tmp_path / "given"
    given.mkdir()
    (given / "a.txt").write_text(NOTICE, encoding="utf-8")
    case = Case.create(tmp_path / "case")
    with case.writing():
        review.review(case, [given], process.Options(workers=1))
    return case


def money(case: Case) -> tuple[object, ...]:
    with connect(case) as connection:
        query = "SELECT budget_usd, rate_date, rate_note FROM notices"
        return tuple(connection.execute(query).fetchall()[0])


def test_a_currency_without_a_rate_gets_one(case: Case) -> None:
    amount, _, note = money(case)
    assert amount is None
    assert "rates.csv" in str(note)
    (case.root / "rates.csv").write_text("currency,date,usd_per_unit\nTWD,2020-03-01,0.03\n")
    with case.writing():
        review.process(case, process.Options(workers=1))
    amount, on, note = money(case)
    assert float(str(amount)) == 30_000
    assert str(on) == "2020-03-01"
    assert note == "Rate from your own table."
    (case.root / "rates.csv").unlink()
    with case.writing():
        review.process(case, process.Options(workers=1))
    assert money(case)[0] is None


@pytest.mark.parametrize("line", ["TWD", "TWD,2020-03-01,-1"])
def test_a_table_that_cannot_be_used_stops_the_run_before_anything_is_done(
    case: Case, line: str
) -> None:
    before = (case.root / "derived/manifest.json").read_bytes()
    (case.root / "rates.csv").write_text(f"currency,date,usd_per_unit\n{line}\n")
    with case.writing(), pytest.raises(UsageError, match="Line 2"):
        review.process(case, process.Options(workers=1))
    assert (case.root / "derived/manifest.json").read_bytes() == before


def test_a_table_that_is_no_text_stops_it_too(case: Case) -> None:
    (case.root / "rates.csv").write_bytes(b"\xff\xfe\x00\xd8")
    with case.writing(), pytest.raises(UsageError, match="cannot be read"):
        review.process(case, process.Options(workers=1))
