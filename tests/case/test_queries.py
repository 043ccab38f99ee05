from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sousveil.case.folder import Case
from sousveil.case.queries import (
    SavedQuery,
    remove_query,
    save_query,
    saved_queries,
    saved_query,
)
from sousveil.errors import UsageError


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return Case.create(tmp_path / "case")


def test_a_saved_query_is_a_plain_file(case: Case) -> None:
    path = save_query(case, SavedQuery("faces", 'buyer:"公安局" 人脸', "as the ministry calls it"))
    assert path == case.root / "queries" / "faces.toml"
    assert path.read_text(encoding="utf-8") == (
        'query = "buyer:\\"公安局\\" 人脸"\nnote = "as the ministry calls it"\n'
    )
    assert saved_queries(case) == [
        SavedQuery("faces", 'buyer:"公安局" 人脸', "as the ministry calls it")
    ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs"])),
    st.text(alphabet="a\n\"'\\#é中\x7f\t"),
)
def test_any_text_comes_back(case: Case, query: str, note: str) -> None:
    save_query(case, SavedQuery("x", query, note), replace=True)
    assert saved_query(case, "x") == SavedQuery("x", query, note)


def test_a_name_is_taken_once_however_it_is_written(case: Case) -> None:
    save_query(case, SavedQuery("Élan", "a"))
    with pytest.raises(UsageError, match="already"):
        save_query(case, SavedQuery("e\u0301lan", "b"))
    save_query(case, SavedQuery("ÉLAN", "b"), replace=True)
    assert [(each.name, each.query) for each in saved_queries(case)] == [("élan", "b")]


@pytest.mark.parametrize(
    "name", ["", "../x", "a/b", "a b", ".a", "-a", "_a", "a" * 65, "a.b", "con:"]
)
def test_a_name_leads_nowhere_else(case: Case, name: str) -> None:
    with pytest.raises(UsageError, match="no name for a saved query"):
        save_query(case, SavedQuery(name, "a"))
    with pytest.raises(UsageError, match="no saved query"):
        remove_query(case, name)


def test_a_file_that_a_person_named_in_capitals_is_found_and_removed(case: Case) -> None:
    (case.root / "queries" / "Faces.toml").write_text('query = "人脸"\n', encoding="utf-8")
    assert saved_query(case, "faces").query == "人脸"
    remove_query(case, "FACES")
    assert saved_queries(case) == []


@pytest.mark.parametrize("text", ["query = 3", "nonsense", 'quary = "a"', "", b"query = '\xff'"])
def test_a_broken_file_is_named(case: Case, text: str | bytes) -> None:
    path = case.root / "queries" / "x.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(UsageError, match=r"x\.toml cannot be used"):
        saved_queries(case)
