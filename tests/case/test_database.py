import shutil
from pathlib import Path

import pytest

from sousveil.case import database
from sousveil.case.folder import Case


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
