"""The projects that could be decided on: each once, with all its notices."""

from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.pipeline.decidable import projects_of


def test_every_project_is_there_with_what_is_asked_of_its_notices(demo_case: Case) -> None:
    with connect(demo_case) as connection:
        rows = connection.execute("SELECT project_key, notice_id, review FROM notices").fetchall()
    asked: dict[str, set[str]] = {}
    notices: dict[str, set[str]] = {}
    for key, notice, review in rows:
        asked.setdefault(key, set()).update(review or ())
        notices.setdefault(key, set()).add(notice)
    found = projects_of(demo_case)
    assert [one.project_key for one in found] == sorted(notices)
    assert {one.project_key: set(one.notice_ids) for one in found} == notices
    assert {one.project_key: set(one.review) for one in found} == asked
    assert all(one.lead in one.notice_ids for one in found)
