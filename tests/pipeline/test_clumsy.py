"""What people do by mistake, and what documents try on whoever reads about them."""

import io
import os
import stat
import zipfile
from pathlib import Path

import openpyxl
import pytest

from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.cli.show import plain
from sousveil.errors import UsageError
from sousveil.extract.tabular.reader import _written_out
from sousveil.pipeline import process, review
from sousveil.report.export import export_file
from sousveil.sources import read_manifest
from sousveil.text.money import find_amounts

NOTICE = (
    "示例市采购公告\n项目编号：EX-2020-1\n项目名称：示例项目\n"
    "采购人：示例市公安局\n预算金额：3万元\n"
)


def reviewed(root: Path, given: Path, manifest: Path | None = None) -> Case:
    case = Case.open_or_create(root)
    told = read_manifest(manifest) if manifest else None
    with case.writing():
        review.review(case, [given], process.Options(workers=1), manifest=told)
    return case


@pytest.fixture
def given(tmp_path: Path) -> Path:
    folder = tmp_path / "given"
    folder.mkdir()
    (folder / "a.txt").write_text(NOTICE, encoding="utf-8")
    return folder


def test_a_case_among_the_records_is_no_record(given: Path) -> None:
    for _ in range(2):
        case = reviewed(given / "case", given)
        with connect(case) as connection:
            notices = connection.execute("SELECT count(*) FROM notices").fetchall()[0][0]
            rows = connection.execute("SELECT path, reason FROM files ORDER BY path").fetchall()
        assert notices == 1
        assert rows == [("a.txt", None), ("case", "special")]


def test_an_export_replaces_no_device_link_or_folder(given: Path, tmp_path: Path) -> None:
    case = reviewed(tmp_path / "case", given)
    link, target = tmp_path / "link", tmp_path / "target"
    link.symlink_to(target)
    assert export_file(case, "notices", "jsonl", link) == 1
    assert link.is_symlink()
    assert target.read_bytes().count(b"\n") == 1
    assert export_file(case, "notices", "csv", Path(os.devnull)) == 1
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)
    for place in (tmp_path, tmp_path / "none" / "x", target / "x"):
        with pytest.raises(UsageError):
            export_file(case, "notices", "jsonl", place)


def test_persons_in_addresses_and_names_of_sheets_are_masked(given: Path, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "张例民13812345678"
    book.active.append(["采购人", "项目名称", "预算金额(万元)"])
    book.active.append(["示例市公安局", "示例系统采购", 12])
    book.save(given / "b.xlsx")
    manifest = tmp_path / "m.csv"
    manifest.write_text("path,source_url\na.txt,http://example.cn/x?name=张例民&tel=13812345678\n")
    case = reviewed(tmp_path / "case", given, manifest)
    kept = b"".join(path.read_bytes() for path in (case.root / "ledger").iterdir())
    with connect(case) as connection:
        kept += repr(
            connection.execute("SELECT source_url, pointer FROM notices").fetchall()
            + connection.execute("SELECT * FROM sheets").fetchall()
            + connection.execute("SELECT pointer FROM pages").fetchall()
        ).encode()
    assert "〔person〕".encode() in kept
    assert "张例民".encode() not in kept
    assert b"13812345678" not in kept


def test_a_member_of_a_zip_without_a_name_costs_only_itself(given: Path, tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("x", NOTICE.replace("EX-2020-1", "EX-2020-2"))
        archive.writestr("y.txt", NOTICE.replace("EX-2020-1", "EX-2020-3"))
    name_length = out.getvalue().index(b"PK\1\2") + 28
    data = bytearray(out.getvalue())
    data[name_length] = 0  # the first entry of the directory; its one letter becomes a comment
    data[name_length + 4] = 1
    (given / "b.zip").write_bytes(bytes(data))
    case = reviewed(tmp_path / "case", given)
    with connect(case) as connection:
        reasons = connection.execute("SELECT reason FROM files WHERE path = 'b.zip'").fetchall()
    assert reasons != [("internal",)]


def test_control_characters_do_not_reach_the_terminal() -> None:
    shown = plain("\x1b[2J\x1b]0;owned\x07监控\u202e\nline").plain
    assert shown == "\ufffd[2J\ufffd]0;owned\ufffd监控\ufffd\nline"


@pytest.mark.parametrize(
    ("said", "written"),
    [("1.205E+07", "12050000"), ("1.21E+07元", "12100000元"), ("1e3", "1000"), ("12.5", "12.5")],
)
def test_numbers_with_exponents_are_written_out(said: str, written: str) -> None:
    assert _written_out(said) == written


@pytest.mark.parametrize("text", ["1.205E+07元", "1e30", "1.205e6元", "3E-5"])
def test_no_side_of_an_exponent_is_an_amount(text: str) -> None:
    assert list(find_amounts(text, unit_hint="元")) == []
