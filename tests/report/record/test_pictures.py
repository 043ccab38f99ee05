"""Pictures of a case's pages, drawn in limited children."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.parse.pdf.drawing import pdf_of
from tests.report.record.test_picture import letter

from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.case.private_pages import parsed_page
from sousveil.engine import Limits
from sousveil.pipeline.add import add
from sousveil.pipeline.process import Options
from sousveil.pipeline.review import process
from sousveil.report.record import pictures as module
from sousveil.report.record.pictures import PageAt, Pictures

PATIENT = 120.0


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    folder = tmp_path_factory.mktemp("given")
    (folder / "notice.pdf").write_bytes(pdf_of(letter))
    (folder / "notice.html").write_text("<p>采购人：示例市公安局</p>", encoding="utf-8")
    root = tmp_path_factory.mktemp("pictured") / "case"
    case = Case.open_or_create(root)
    with case.writing():
        add(case, [folder])
        process(case, Options(workers=1))
    return case


@pytest.fixture
def pictures(case: Case) -> Iterator[Pictures]:
    found = Pictures(case, PATIENT)
    yield found
    found.close()


def page_at(case: Case, media_type: str = "application/pdf") -> PageAt:
    with connect(case) as connection:
        row = connection.execute(
            "SELECT document_sha256, page, text FROM pages WHERE media_type = ?", [media_type]
        ).fetchone()
    assert row is not None
    return PageAt(*row)


def test_places_and_picture_of_a_page(case: Case, pictures: Pictures) -> None:
    at, state = page_at(case), case.manifest()
    start = at.text.index("示例市公安局")
    found = pictures.places(state, at, [(4, start, start + 6)])
    assert found is not None
    assert [rect.id for rect in found.rects] == [4]
    drawn = pictures.picture(state, at)
    assert drawn is not None
    assert drawn.png.startswith(b"\x89PNG")
    assert pictures.picture(state, at) is drawn, "it was kept"


def test_nothing_is_drawn_where_private_is_deleted(case: Case, tmp_path: Path) -> None:
    shutil.copytree(case.root, tmp_path / "copy")
    copy = Case.open(tmp_path / "copy")
    at, state = page_at(copy), copy.manifest()
    shutil.rmtree(copy.root / "private")
    found = Pictures(copy, PATIENT)
    try:
        assert parsed_page(copy, state, at.sha256, at.number) is None
        assert found.places(state, at, []) is None
        assert found.picture(state, at) is None
    finally:
        found.close()


def test_a_damaged_private_page_is_as_good_as_none(case: Case, tmp_path: Path) -> None:
    shutil.copytree(case.root, tmp_path / "copy")
    copy = Case.open(tmp_path / "copy")
    for path in (copy.root / "private").rglob("*.parquet"):
        path.write_bytes(b"PAR1 damaged PAR1")
    at = page_at(copy)
    assert parsed_page(copy, copy.manifest(), at.sha256, at.number) is None


def test_kept_pictures_are_bounded(
    case: Case, pictures: Pictures, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "KEPT_BYTES", 10)
    at, state = page_at(case), case.manifest()
    first = pictures.picture(state, at)
    assert pictures.picture(state, at) is not first


def test_a_page_that_kills_its_child_is_broken(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LIMITS", Limits(seconds_per_item=0.001))
    found = Pictures(case, PATIENT)
    try:
        drawn = found.picture(case.manifest(), page_at(case))
    finally:
        found.close()
    assert drawn is not None
    assert (drawn.problem, drawn.png) == ("broken", b"")


def test_who_waits_is_told_that_it_is_not_drawn_yet(case: Case) -> None:
    found = Pictures(case, patience=0.0)
    try:
        drawn = found.places(case.manifest(), page_at(case), [])
    finally:
        found.close()
    assert drawn is not None
    assert drawn.problem == "not_yet"
