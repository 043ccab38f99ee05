"""What is told when something fails beneath a page."""

from tests.web.conftest import inside

from sousveil.case.folder import Case
from sousveil.pipeline.find import open_index
from sousveil.search import parse_query
from sousveil.web import Room


def test_a_case_that_is_rebuilt_meanwhile_is_told_and_is_no_error_of_the_program(
    own_case: Case,
) -> None:
    with inside(Room(own_case)) as (client, _):
        notice_id = open_index(own_case).ids(parse_query(""))[0]
        assert client.get("/search").status_code == 200
        for shard in own_case.root.glob("derived/**/*.parquet"):
            shard.unlink()
        answer = client.get(f"/record/{notice_id}")
        assert answer.status_code == 503
        assert "load the page again" in answer.text
