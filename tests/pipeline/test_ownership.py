"""Ownership in a case: taken in without persons, kept, checked, verified, withdrawn, rebuilt."""

import hashlib
from pathlib import Path

import pytest

from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.case.verify import verify
from sousveil.errors import OwnershipError
from sousveil.pipeline import review as pipeline
from sousveil.pipeline.ownership import check, take
from sousveil.pipeline.process import Options
from tests import owned
from tests.pipeline.state import exports


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return owned.make_case(tmp_path_factory.mktemp("owned"))


@pytest.fixture
def parents(case: Case, tmp_path: Path) -> Path:
    for path in (case.root / "ownership").iterdir():
        path.unlink()
    file = tmp_path / "parents.csv"
    file.write_text(owned.PARENTS, encoding="utf-8")
    return file


def process(case: Case) -> None:
    with case.writing():
        pipeline.process(case, Options(workers=1))


def rows(case: Case, query: str) -> list[tuple[object, ...]]:
    with connect(case) as connection:
        return connection.execute(query).fetchall()


def test_links_are_kept_and_groups_follow(case: Case, parents: Path) -> None:
    with case.writing():
        taken = take(case, parents)
        assert take(case, parents).kept is None
    assert (taken.links, taken.natural_persons, taken.problems) == (4, 1, ())
    process(case)
    told = rows(case, "SELECT child, parent, share_min, controls, natural_persons, line"
                      " FROM ownership ORDER BY line")  # fmt: skip
    assert [row[:5] for row in told] == [
        (owned.ALPHA, "Example Holding plc", 80.0, True, 0),
        (owned.BETA, "Example Holding plc", 60.0, False, 0),  # ended before the last notice
        (owned.GAMMA, "Example Holding plc", 30.0, False, 0),
        (owned.GAMMA, None, None, False, 1),
    ]
    grouped = rows(case, "SELECT name FROM organisations WHERE group_key IS NOT NULL")
    assert grouped == [(owned.ALPHA,)]


def test_no_name_of_a_person_is_anywhere_in_the_case(case: Case, parents: Path) -> None:
    with case.writing():
        take(case, parents)
    process(case)
    files = [path for path in case.root.rglob("*") if path.is_file()]
    assert [path for path in files if b"Ann Example" in path.read_bytes()] == []
    assert parents.read_bytes() not in [path.read_bytes() for path in files]
    entry = [e for e in case.ledger.entries() if e.kind == "ownership"][-1]
    assert entry.parent_sha256 == hashlib.sha256(parents.read_bytes()).hexdigest()


def test_sources_and_file_names_are_masked(case: Case, parents: Path, tmp_path: Path) -> None:
    file = tmp_path / "联系人：李四 股权.csv"
    file.write_text(
        f"child,parent,source\n{owned.ALPHA},Beta Group Ltd,联系人：王五 13812345678\n"
        f"{owned.BETA},Beta Group Ltd,\n",
        encoding="utf-8",
    )
    with case.writing():
        kept = take(case, file).kept
    assert kept is not None
    text = (case.root / kept).read_text(encoding="utf-8")
    assert not [word for word in ("王五", "李四", "13812345678") if word in text + kept]
    assert "line 3" in text


def test_an_organisation_of_the_case_is_no_person(case: Case, parents: Path) -> None:
    parents.write_text(f"child,parent\n{owned.ALPHA},Northford\n{owned.BETA},{owned.POLICE}\n")
    with case.writing():
        taken = take(case, parents, keep=False)
    assert (taken.links, taken.natural_persons, taken.kept) == (1, 1, None)
    assert [(p.line, p.taken) for p in taken.problems] == [(2, True)]


def test_what_is_wrong_in_the_case_is_told_by_file_and_line(case: Case, parents: Path) -> None:
    by_hand = case.root / "ownership" / "by-hand.csv"
    by_hand.write_text(f"child,parent,share\n{owned.ALPHA},B Ltd,60\n{owned.BETA},B Ltd,600\n")
    (case.root / "ownership" / "bods.json").write_text("[]")
    told = [(p.file, p.line, p.taken) for p in check(case)]
    assert told == [
        ("ownership/bods.json", 0, False),
        ("ownership/by-hand.csv", 0, True),
        ("ownership/by-hand.csv", 3, False),
    ]
    with pytest.raises(OwnershipError, match=r"by-hand\.csv, line 3: share"):
        process(case)
    by_hand.write_text(f"child,parent,share\n{owned.ALPHA},B Ltd,60\n")
    process(case)
    assert rows(case, "SELECT parent FROM ownership") == [("B Ltd",)]


def test_a_changed_table_is_found_and_a_withdrawn_one_is_gone(case: Case, parents: Path) -> None:
    with case.writing():
        kept = take(case, parents).kept
    assert kept is not None
    process(case)
    assert list(verify(case)) == []
    path = case.root / kept
    path.write_text(path.read_text().replace("80", "90"))
    assert [(f.part, f.name) for f in verify(case)] == [("ownership", kept)]
    path.unlink()
    assert list(verify(case)) == []
    process(case)
    assert rows(case, "SELECT count(*) FROM ownership") == [(0,)]
    assert rows(case, "SELECT count(group_key) FROM organisations") == [(0,)]


def test_a_rebuild_brings_back_the_same(case: Case, parents: Path) -> None:
    with case.writing():
        take(case, parents)
    process(case)
    before = exports(case.root)
    with case.writing():
        pipeline.rebuild(case, Options(workers=1))
    assert exports(case.root) == before
