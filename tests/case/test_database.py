import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from sousveil.case import database
from sousveil.case.folder import Case
from sousveil.case.ledger import Entry, Ledger, now


@pytest.mark.parametrize("private", [True, False])
def test_a_query_beyond_its_memory_uses_the_disk(
    private: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where private/ was deleted, as anybody may."""
    monkeypatch.setattr(database, "MEMORY", "60MB")
    case = Case.create(tmp_path / "case")
    if not private:
        shutil.rmtree(case.root / "private")
    before = set(case.root.rglob("*"))
    with database.connect(case) as connection:
        connection.execute("CREATE TABLE t AS SELECT range, md5(range::TEXT) FROM range(3000000)")
        assert connection.execute("SELECT count(*) FROM t").fetchone() == (3_000_000,)
    assert set(case.root.rglob("*")) == before


def test_the_ledger_is_read_again_only_once_it_grew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = Case.create(tmp_path / "case")
    reads: list[Path] = []
    entries = Ledger._entries

    def counted(ledger: Ledger, file: Path) -> Iterator[Entry]:
        reads.append(file)
        return entries(ledger, file)

    monkeypatch.setattr(Ledger, "_entries", counted)

    def files() -> list[tuple[str, ...]]:
        with database.connect(case) as connection:
            return connection.execute("SELECT path, status FROM files ORDER BY path").fetchall()

    assert files() == []
    before = len(reads)
    assert files() == []
    assert len(reads) == before
    added = Entry("added", now(), "test", sha256="a" * 64, size=1, path="a.html")
    refused = Entry("refused", now(), "test", path="b.html", reason="unreadable")
    with case.writing():
        case.ledger.append([added])
    assert files() == [("a.html", "waiting")]
    with case.writing():
        case.ledger.append([refused])
    assert files() == [("a.html", "waiting"), ("b.html", "failed")]
    chain = next((case.root / "ledger").glob("*.jsonl"))
    shutil.copy(chain, chain.with_name("another.jsonl"))
    before = len(reads)
    assert len(files()) == 2
    assert len(reads) > before


def test_roles_in_projects_are_those_of_notices_that_are_no_duplicates(demo_case: Case) -> None:
    with database.connect(demo_case) as connection:
        of_notice = dict(
            connection.execute(
                "SELECT notice_id, project_key FROM resolutions WHERE duplicate_of IS NULL"
            ).fetchall()
        )
        named = connection.execute("SELECT org_key, notice_id, role FROM mentions").fetchall()
        roles = connection.execute("SELECT org_key, project_key, role FROM project_roles")
        found = roles.fetchall()
    assert len(found) == len(set(found))
    assert set(found) == {(o, of_notice[n], role) for o, n, role in named if n in of_notice}


def test_hashes_of_texts_are_read_again_only_once_another_state_is_committed(
    tmp_path: Path,
) -> None:
    case = Case.create(tmp_path / "case")
    before = database.text_hashes(case)
    assert database.text_hashes(case) is before
    with case.writing():
        case.commit(case.manifest())
    assert database.text_hashes(case) is not before
