"""A scan becomes a notice like any other: evidence in masked text, boxes kept in private."""

import json
from pathlib import Path

import msgspec
import numpy as np
import PIL.Image
import pyarrow.parquet as pq
import pytest

from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.model import ParsedPage
from tests.parse.ocr.drawing import LINES, drawn, saved, scanned_pdf
from tests.pipeline.conftest import Run
from tests.pipeline.state import exports

_SMOOTH = PIL.Image.Resampling.BICUBIC


@pytest.fixture(scope="module")
def case(sousveil: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    given = tmp_path_factory.mktemp("scans")
    blank = drawn(())
    (given / "scan.pdf").write_bytes(scanned_pdf(drawn(), blank, blank))
    sideways = drawn().rotate(91, expand=True, fillcolor="white", resample=_SMOOTH)
    (given / "sideways.jpg").write_bytes(saved(sideways, "JPEG", quality=80))
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
    assert [row[0] for row in rows] == ["photo.png", "scan.pdf", "sideways.jpg"]
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
    assert states == {
        "scan.pdf": "read",
        "photo.png": "read",
        "sideways.jpg": "read",
        "cut.png": "failed",
    }


def _kept(case: Path) -> list[ParsedPage]:
    decode = msgspec.msgpack.Decoder(list[ParsedPage]).decode
    return [
        page
        for path in (case / "private").rglob("*.parquet")
        for packed in pq.read_table(path).column("record").to_pylist()
        for page in decode(packed)
    ]


def test_boxes_are_kept_in_private_only(case: Path) -> None:
    full = [page for page in _kept(case) if page.text]
    assert len(full) == 3
    assert all(len(page.recognised) >= len(LINES) for page in full)
    assert all(0.5 < line.confidence <= 1 for page in full for line in page.recognised)
    for path in (case / "derived").rglob("*.parquet"):
        assert "recognised" not in pq.read_schema(path).names


def test_the_box_of_a_word_lies_on_the_image_that_was_given(case: Path) -> None:
    """Whichever way up the page was given: the box holds the ink of its line and nothing else."""
    line = drawn(("",) * 2 + LINES[2:3])
    given = {
        "scan.pdf": line,
        "photo.png": line.rotate(180),
        "sideways.jpg": line.rotate(91, expand=True, fillcolor="white", resample=_SMOOTH),
    }
    with connect(Case.open(case)) as connection:
        names = dict(connection.execute("SELECT document_sha256, path FROM files").fetchall())
    seen = set()
    for page in _kept(case):
        for box in page.recognised:
            if page.text[box.start : box.end].replace(":", "：") != LINES[2]:
                continue
            image = given[names[page.document_sha256]]
            ink = np.argwhere(np.asarray(image.convert("L")) < 128)[:, ::-1]
            corners = np.array(box.corners).reshape(4, 2) / 10_000 * image.size
            assert np.abs(corners.min(axis=0) - ink.min(axis=0)).max() < 20
            assert np.abs(corners.max(axis=0) - ink.max(axis=0)).max() < 20
            seen.add(names[page.document_sha256])
    assert seen == set(given)


def test_rebuilding_gives_the_same(case: Path, sousveil: Run) -> None:
    before = exports(case)
    sousveil("rebuild", case, "--quiet")
    assert exports(case) == before
