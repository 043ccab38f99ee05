"""A scan becomes a notice like any other: evidence in masked text, boxes kept in private."""

import json
from pathlib import Path

import msgspec
import pyarrow.parquet as pq
import pytest

from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.model import ParsedPage
from tests.parse.ocr.drawing import LINES, drawn, saved, scanned_pdf
from tests.pipeline.conftest import Run
from tests.pipeline.state import exports


@pytest.fixture(scope="module")
def case(sousveil: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    given = tmp_path_factory.mktemp("scans")
    blank = drawn(())
    (given / "scan.pdf").write_bytes(scanned_pdf(drawn(), blank, blank))
    (given / "photo.png").write_bytes(saved(drawn().rotate(180), "PNG"))
    (given / "cut.png").write_bytes(saved(drawn(), "PNG")[:2_000])
    root = tmp_path_factory.mktemp("recognised") / "case"
    sousveil("review", given, "--case", root, "--quiet")
    return root


def test_scans_are_notices_with_evidence(case: Path) -> None:
    with connect(Case.open(case)) as connection:
        rows = connection.execute(
            "SELECT source_path, project_id, buyer, budget, surveillance, evidence, masked"
            " FROM notices ORDER BY source_path"
        ).fetchall()
        texts = dict(connection.execute("SELECT document_sha256, text FROM pages").fetchall())
        states = dict(connection.execute("SELECT path, status FROM files").fetchall())
    assert [row[0] for row in rows] == ["photo.png", "scan.pdf"]
    for _, number, buyer, budget, watching, evidence, masked in rows:
        assert (number, buyer, int(budget), watching) == (
            "XJ-2020-017",
            "示例市公安局",
            846_000,
            True,
        )
        assert json.loads(evidence)["buyer"]["quote"] == "示例市公安局"
        assert set(json.loads(masked)) == {"person", "phone"}
    assert not any("张三丰" in text or "1234567" in text for text in texts.values())
    assert states == {"scan.pdf": "read", "photo.png": "read", "cut.png": "failed"}


def test_boxes_are_kept_in_private_only(case: Path) -> None:
    decode = msgspec.msgpack.Decoder(list[ParsedPage]).decode
    pages = [
        page
        for path in (case / "private").rglob("*.parquet")
        for packed in pq.read_table(path).column("record").to_pylist()
        for page in decode(packed)
    ]
    full = [page for page in pages if page.text]
    assert len(full) == 2
    assert all(len(page.recognised) >= len(LINES) for page in full)


def test_rebuilding_gives_the_same(case: Path, sousveil: Run) -> None:
    before = exports(case)
    sousveil("rebuild", case, "--quiet")
    assert exports(case) == before
