"""Figures of found notices: of all notices they are the report's, and one state leaves no trace."""

import pytest

from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.report.figures import FIGURES, Definition, draw
from sousveil.report.found import figure_found, narrowed, trends_found
from sousveil.report.levels import levelled
from sousveil.report.trend import trends


def test_of_all_notices_they_are_those_of_the_report(demo_case: Case) -> None:
    with connect(demo_case) as connection:
        ids = [one for (one,) in connection.execute("SELECT notice_id FROM notices").fetchall()]
        with narrowed(connection, ids) as found:
            again = [figure_found(connection, definition) for definition in FIGURES]
            tested = trends_found(connection)
        assert again == list(draw(connection))
        assert tested == trends(levelled(connection).values(), groups=False)
        ((projects,),) = connection.execute("SELECT count(*) FROM projects").fetchall()
        assert (found.notices, found.projects) == (len(ids), projects)


@pytest.mark.parametrize("definition", FIGURES, ids=lambda d: d.name)
def test_of_no_notices_there_are_none(demo_case: Case, definition: Definition) -> None:
    with connect(demo_case) as connection, narrowed(connection, []) as found:
        assert figure_found(connection, definition).rows == ()
        assert (found.notices, found.projects, found.surveillance) == (0, 0, 0)
        assert found.usd == 0
