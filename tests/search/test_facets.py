"""Facets: what is counted for a value is what its filter finds, and what the query says."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sousveil.errors import UsageError
from sousveil.search import Index, IndexRow, build_index, matches, parse_query
from sousveil.search.facets import (
    BY_FACET,
    FACETS,
    NONE,
    Chosen,
    Shape,
    counts_by_facet,
    filter_of,
    narrowed,
)
from sousveil.search.place_tree import PlaceTree
from sousveil.search.query import Query

PLACES = [
    (None, None, None),
    ("CN", None, None),
    ("CN", "新疆", "新疆"),
    ("CN", "新疆", "新疆/昌吉"),
    ("CN", "新疆", "新疆/昌吉/玛纳斯县"),
    ("CN", "海南", "海南/海口"),
    ("CN", "青海", "青海/海南"),
    ("CN", "广东省", "广东省/深圳市/福田区"),
    ("CN", "北京", "北京/朝阳区"),
    ("CN", "辽宁", "辽宁/朝阳市"),
    ("DE", "Bayern", "Bayern/München"),
    ("US", None, "Texas/Austin"),
    (None, "新疆", "新疆"),
]
CODES = st.sampled_from(["police", "Public Security", "education", "face-recognition"])


@st.composite
def rows(draw: st.DrawFn) -> list[IndexRow]:
    found = []
    for number in range(draw(st.integers(0, 12))):
        country, province, place = draw(st.sampled_from(PLACES))
        found.append(
            IndexRow(
                f"{number:032x}",
                text=draw(st.sampled_from(["监控", "人脸 监控", "食堂"])),
                buyer_type=draw(st.none() | CODES),
                country=country,
                province=province,
                place=place,
                capabilities=tuple(draw(st.lists(CODES, max_size=3))),
                year=draw(st.none() | st.integers(1999, 2003)),
                sophistication=draw(st.none() | st.integers(0, 6)),
                surveillance=draw(st.none() | st.booleans()),
                basis=draw(st.none() | st.sampled_from(["rule", "coder"])),
                amount_usd=draw(
                    st.none()
                    | st.sampled_from([-1.0, 0.0, 9_999.99, 10_000.0, 1e6, 1e8, 5e12, float("nan")])
                ),
                supplier_orgs=("g1", "Some Ltd") if number % 2 else (),
                supplier_keys=("g1", "g1") if number % 2 else (),
                published=date(2000, 1, 1),
            )
        )
    return found


def counted(index: Index, query: Query) -> dict[str, dict[str, int]]:
    """Counts of all facets, places as nodes of their tree."""
    found = counts_by_facet(index.term_counts(query), index.count(query))
    places = found["place"]
    tree = PlaceTree(counts_by_facet(index.term_counts(parse_query("")), 0)["place"])
    found["place"] = {node.path: node.count for node in tree.counted(places)}
    found["supplier"] = dict(index.supplier_counts(query, 100))
    return found


@given(rows(), st.sampled_from(["", "监控", "人脸 OR 食堂", "-buyer_type:police"]))
@settings(max_examples=40)
def test_a_count_is_what_its_filter_finds(notices: list[IndexRow], asked: str) -> None:
    query = parse_query(asked)
    with TemporaryDirectory() as folder:
        build_index(notices, Path(folder) / "index")
        index = Index(Path(folder) / "index")
        for name, values in counted(index, query).items():
            for value, count in values.items():
                chosen = Chosen(BY_FACET[name], included=(value,))
                both = narrowed(query, (chosen,))
                assert index.count(both) == count > 0, (name, value)
                assert sum(matches(both, row) for row in notices) == count
                written = parse_query(str(both))
                assert index.count(written) == count
                without = narrowed(query, (Chosen(BY_FACET[name], excluded=(value,)),))
                assert index.count(without) == index.count(query) - count
                assert index.count(parse_query(str(without))) == index.count(query) - count


@given(rows())
@settings(max_examples=20)
def test_every_notice_is_counted_where_it_has_a_value(notices: list[IndexRow]) -> None:
    with TemporaryDirectory() as folder:
        build_index(notices, Path(folder) / "index")
        found = counted(Index(Path(folder) / "index"), parse_query(""))
    for name in ("buyer_type", "year", "level", "surveillance", "basis", "amount"):
        assert sum(found[name].values()) == len(notices), name
    stated = sum(1 for row in notices if row.country)
    assert sum(n for path, n in found["place"].items() if "/" not in path) == stated


def test_included_values_are_alternatives_and_facets_go_together(tmp_path: Path) -> None:
    build_index(
        [
            IndexRow("a", buyer_type="police", year=2020),
            IndexRow("b", buyer_type="health", year=2020),
            IndexRow("c", buyer_type="police", year=2021),
            IndexRow("d", year=2020),
        ],
        tmp_path / "index",
    )
    index = Index(tmp_path / "index")
    chosen = (
        Chosen(BY_FACET["buyer_type"], included=("police", NONE)),
        Chosen(BY_FACET["year"], included=("2020",)),
    )
    assert index.ids(narrowed(parse_query(""), chosen)) == ["a", "d"]
    assert index.ids(narrowed(parse_query(""), chosen, without="year")) == ["a", "c", "d"]
    left = (Chosen(BY_FACET["buyer_type"], excluded=("police", NONE)),)
    assert index.ids(narrowed(parse_query(""), left)) == ["b"]


@pytest.mark.parametrize("facet", FACETS, ids=lambda facet: facet.name)
@given(value=st.text(max_size=30))
@settings(max_examples=60)
def test_any_value_is_a_filter_or_refused(facet: object, value: str) -> None:
    one = next(each for each in FACETS if each is facet)
    try:
        found = Query(filter_of(one, value))
    except UsageError:
        return
    assert matches(parse_query(str(found)), IndexRow("a")) == matches(found, IndexRow("a"))


def test_every_facet_has_a_field_and_names_are_distinct() -> None:
    assert len(BY_FACET) == len(FACETS)
    assert {each.shape for each in FACETS} == set(Shape)
