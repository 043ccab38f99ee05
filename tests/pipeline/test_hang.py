"""A file that takes its parser too long costs itself only."""

from pathlib import Path

import msgspec
import PIL.Image

from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.pipeline import review
from sousveil.pipeline.process import LIMITS, Options
from tests.parse.ocr.drawing import LINES, drawn, saved


def test_a_file_beyond_its_time_is_listed_and_the_run_goes_on(tmp_path: Path) -> None:
    """Recognising a page of four million pixels takes far more than the time allowed here."""
    given = tmp_path / "given"
    given.mkdir()
    page = drawn(LINES * 3, size=(1240, 1754)).resize((2480, 3508), PIL.Image.Resampling.BICUBIC)
    (given / "slow.png").write_bytes(saved(page, "PNG"))
    for number in range(5):
        (given / f"{number}.txt").write_text(
            f"示例市采购公告\n项目编号：AB-2020-{number}\n采购人：示例市公安局\n预算金额：3万元\n",
            encoding="utf-8",
        )
    case = Case.create(tmp_path / "case")
    limits = msgspec.structs.replace(LIMITS, seconds_per_item=1.0)
    with case.writing():
        review.review(case, [given], Options(workers=2, limits=limits))
    with connect(case) as connection:
        rows = connection.execute(
            "SELECT path, status, reason, message, hint FROM files"
        ).fetchall()
    found = {path: (status, reason, message, hint) for path, status, reason, message, hint in rows}
    assert {found[f"{number}.txt"][0] for number in range(5)} == {"read"}
    status, reason, message, hint = found["slow.png"]
    assert status == "failed"
    assert reason in ("limit", "unrecognised")
    assert message
    assert hint
