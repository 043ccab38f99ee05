"""A new rule of masking needs no new parsing: the pages under private/ serve again."""

import shutil
from pathlib import Path

import pytest

from sousveil.case.folder import Case
from sousveil.pipeline import process, review, versions
from sousveil.pipeline.kept import kept_pages
from tests.pipeline.state import exports


@pytest.fixture
def case(reviewed: Path, tmp_path: Path) -> Case:
    root = tmp_path / "case"
    shutil.copytree(reviewed, root)
    return Case.open(root)


def forget(case: Case) -> int:
    """Delete the originals of documents with kept pages: nothing else can bring them back."""
    kept = {sha256 for sha256, _ in kept_pages(case, case.manifest().segments, wanted(case))}
    for sha256 in kept:
        case.originals.path(sha256).unlink()
    return len(kept)


def wanted(case: Case) -> set[str]:
    return {document.sha256 for document in case.documents()}


def read_again(case: Case) -> None:
    with case.writing():
        review.process(case, process.Options(workers=1))


def test_a_change_after_parsing_reads_the_kept_pages(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, parsing = exports(case.root), versions.parse_key()
    assert forget(case) > 30
    monkeypatch.setattr(versions, "reading_key", lambda *_: f"{parsing}-another")
    read_again(case)
    assert {s.key for s in case.manifest().segments} == {f"{parsing}-another"}
    assert exports(case.root) == before


def test_a_change_of_parsing_reads_the_originals(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(versions, "parse_key", lambda: "another")
    assert list(kept_pages(case, case.manifest().segments, wanted(case))) == []


@pytest.mark.parametrize("damage", ["gone", "cut", "junk"])
def test_damaged_pages_are_parsed_again(
    case: Case, damage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, parsing = exports(case.root), versions.parse_key()
    for path in (case.root / "private" / "segments").rglob("parsed.parquet"):
        data = path.read_bytes()
        path.unlink()
        if damage == "cut":
            path.write_bytes(data[: len(data) // 2])
        elif damage == "junk":
            path.write_bytes(data[:100] + bytes(len(data) - 200) + data[-100:])
    monkeypatch.setattr(versions, "reading_key", lambda *_: f"{parsing}-another")
    read_again(case)
    assert exports(case.root) == before
