"""A bundle: the same bytes for the same case, nothing of what is derived or private in it."""

import json
import tarfile
import zipfile
from pathlib import Path

import pytest

from sousveil.case.bundle import write_bundle
from sousveil.case.folder import Case
from sousveil.errors import UsageError


@pytest.fixture
def case(tmp_path: Path) -> Case:
    case = Case.create(tmp_path / "case")
    for content in (b"one", b"two"):
        case.originals.keep_bytes(content)
    for name in ("private/a", "derived/b", "index/c", "report/d", "queries/.e", "queries/f.toml"):
        (case.root / name).write_text(name)
    (case.root / "rates.csv").write_text("currency,date,usd_per_unit\n")
    (case.root / "claims" / "checks").mkdir()
    (case.root / "claims" / "checks" / "g.jsonl").write_text("{}\n")
    (case.root / "claims" / "link.toml").symlink_to("/etc/hosts")
    return case


def names(path: Path) -> list[str]:
    if path.suffix == ".zip":
        return zipfile.ZipFile(path).namelist()
    with tarfile.open(path) as archive:
        return archive.getnames()


@pytest.mark.parametrize("ending", ["tar", "zip"])
def test_it_holds_what_is_the_truth_and_nothing_else(
    case: Case, tmp_path: Path, ending: str
) -> None:
    made = write_bundle(case, tmp_path / f"b.{ending}", {"software": "1"})
    found = names(tmp_path / f"b.{ending}")
    assert made.files == len(found)
    ledger = [name for name in found if name.startswith("case/ledger/")]
    originals = [name for name in found if name.startswith("case/originals/")]
    assert (len(ledger), len(originals), made.originals, made.left_out) == (1, 2, 2, 0)
    assert sorted(set(found) - set(ledger) - set(originals)) == [
        "case/bundle.json", "case/case.toml", "case/claims/checks/g.jsonl",
        "case/queries/f.toml", "case/rates.csv",
    ]  # fmt: skip


@pytest.mark.parametrize("ending", ["tar", "zip"])
def test_the_same_case_gives_the_same_bytes(case: Case, tmp_path: Path, ending: str) -> None:
    first = write_bundle(case, tmp_path / f"1.{ending}", {"b": 1, "a": 2})
    for path in case.root.rglob("*"):
        if path.is_file() and not path.is_symlink():
            path.touch()
            path.chmod(0o600)
    again = write_bundle(case, tmp_path / f"2.{ending}", {"a": 2, "b": 1})
    assert again.sha256 == first.sha256
    assert (tmp_path / f"1.{ending}").read_bytes() == (tmp_path / f"2.{ending}").read_bytes()


def test_only_some_originals(case: Case, tmp_path: Path) -> None:
    (one, _two) = case.originals.names()
    made = write_bundle(case, tmp_path / "b.tar", {"x": "y"}, {one})
    assert (made.originals, made.left_out) == (1, 1)
    with tarfile.open(tmp_path / "b.tar") as archive:
        told = archive.extractfile("case/bundle.json")
        assert told is not None
        assert json.load(told) == {"x": "y"}


def test_places_that_will_not_do(case: Case, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="neither"):
        write_bundle(case, tmp_path / "b.7z", {})
    with pytest.raises(UsageError, match="own case"):
        write_bundle(case, case.root / "claims" / "b.tar", {})
    assert not list(tmp_path.glob("*.aside"))
