"""Overviews of one state: made once, and the same whatever was asked before."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from sousveil.case.folder import Case
from sousveil.case.own_taxonomy import taxonomy_of
from sousveil.pipeline.find import index_of
from sousveil.pipeline.overviews import DRAWN, MOST_PAIRS, ON_PAGE, Overviews
from sousveil.report.network_picture import Words
from sousveil.report.organisation_page import organisation_of
from sousveil.search import Index, parse_query


@pytest.fixture(scope="module")
def overviews(demo_case: Case) -> Overviews:
    return Overviews(demo_case, demo_case.manifest(), taxonomy_of(demo_case))


@pytest.fixture(scope="module")
def index(demo_case: Case) -> Index:
    return index_of(demo_case, demo_case.manifest())


def test_what_was_made_is_remembered(overviews: Overviews, index: Index) -> None:
    query = parse_query("舆情")
    first = overviews.figures(index, query)
    assert list(first.figures) == [name for name in first.figures if name in DRAWN]
    assert set(first.figures) == set(DRAWN)
    assert overviews.figures(index, query) is first


def test_questions_do_not_disturb_each_other(
    overviews: Overviews, index: Index, demo_case: Case
) -> None:
    everything, some = parse_query(""), parse_query("人脸")
    before = Overviews(demo_case, demo_case.manifest(), taxonomy_of(demo_case))
    alone = before.network(index, some, Words())
    with ThreadPoolExecutor(4) as pool:
        whole = pool.submit(overviews.network, index, everything, Words())
        part = pool.submit(overviews.network, index, some, Words())
        figures = pool.submit(overviews.figures, index, some)
        trends = pool.submit(overviews.trends, index, some)
        pairs = pool.submit(overviews.pairs, index, everything)
    assert part.result() == alone
    assert len(whole.result().rows) > len(alone.rows)
    columns, rows = pairs.result()
    assert (columns, rows[:MOST_PAIRS]) == (whole.result().columns, whole.result().rows)
    assert len(rows) == whole.result().drawn.of_trades
    assert figures.result() == before.figures(index, some)
    assert trends.result() == before.trends(index, some)


def test_an_organisation_is_the_one_of_the_report_whoever_was_asked_for_before(
    overviews: Overviews, index: Index, demo_case: Case
) -> None:
    rows = overviews.network(index, parse_query(""), Words()).rows
    for org_key in {str(row[0]) for row in rows[:3]} | {str(row[2]) for row in rows[:3]}:
        assert overviews.organisation(org_key) == organisation_of(demo_case, org_key, 100)
    assert overviews.organisation("g0") is None


def test_a_brief_is_told_page_by_page(overviews: Overviews) -> None:
    first = overviews.platform("facebook", 1)
    assert first is not None
    assert len(first.projects) == min(ON_PAGE, first.head.projects)
    assert [p.number for p in first.projects] == list(range(1, len(first.projects) + 1))
    beyond = overviews.platform("facebook", 2)
    assert beyond is not None
    assert len(beyond.projects) == max(0, first.head.projects - ON_PAGE)
    assert overviews.platform("other_platform", 1) is None
    assert overviews.brief("nosuch", "md") is None
