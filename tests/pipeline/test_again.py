"""What is read again takes the place of what stood there: nothing is counted twice."""

import shutil
from pathlib import Path

import pytest

from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.pipeline import process, review
from tests.pipeline.state import exports

FAILING = {"a.bin": b"\0\1\2 no format \xff" * 9, "b.pdf": b"%PDF-1.7 cut off"}


@pytest.fixture
def case(tmp_path: Path, reviewed: Path) -> Case:
    root = tmp_path / "case"
    shutil.copytree(reviewed, root)
    given = tmp_path / "given"
    given.mkdir()
    for name, data in FAILING.items():
        (given / name).write_bytes(data)
    found = Case.open(root)
    with found.writing():
        review.review(found, [given], process.Options(workers=1))
    return found


def outcomes(case: Case) -> list[tuple[str, str]]:
    with connect(case) as connection:
        return connection.execute("SELECT path, status FROM files ORDER BY 1, 2").fetchall()


def test_a_retry_counts_no_file_twice(case: Case) -> None:
    before, rows = outcomes(case), exports(case.root)
    assert {path for path, status in before if status == "failed"} >= set(FAILING)
    for _ in range(3):
        with case.writing():
            review.process(case, process.Options(workers=1, retry_failed=True))
        assert outcomes(case) == before
        assert exports(case.root) == rows


def test_a_retry_that_was_killed_goes_on(case: Case) -> None:
    before = outcomes(case)
    with case.writing():
        process.read_all(case, process.Options(workers=1, retry_failed=True))  # not yet published
        assert case.manifest().pending
        review.process(case, process.Options(workers=1))
    assert outcomes(case) == before
    assert not case.manifest().pending
