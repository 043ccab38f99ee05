"""Which notices answer a query for sure, and which may, against every settling of their doubts."""

from itertools import product

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.claims.doubt import CODED, amount_in_doubt, at_least, at_most, doubt_of, named
from sousveil.search import IndexRow, matches, parse_query
from sousveil.search.query import Query

_leaves = st.sampled_from(
    ["surveillance:true", "surveillance:false", "platform:twitter", "overseas:true", "级别",
     "level:>=3", "buyer:公安", "country:CN", "-platform:twitter", "level:*", "*"]
)  # fmt: skip


def _together(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pair = st.tuples(children, children)
    return st.one_of(
        pair.map(lambda p: f"({p[0]} {p[1]})"),
        pair.map(lambda p: f"({p[0]} OR {p[1]})"),
        children.map(lambda c: f"NOT ({c})"),
    )


_queries = st.recursive(_leaves, _together, max_leaves=6).map(parse_query)
ROW = IndexRow("n1", buyer="某市公安局", country="CN", text="级别")


def _worlds() -> list[IndexRow]:
    """Every notice that this one may turn out to be, its codes being in doubt."""
    return [
        msgspec.structs.replace(
            ROW, surveillance=watches, overseas_target=abroad, platforms=platforms,
            sophistication=level,
        )
        for watches, abroad, platforms, level in product(
            [True, False], [True, False], [(), ("twitter",)], [None, 2, 4]
        )
    ]  # fmt: skip


@given(_queries)
def test_sure_and_possible_bound_every_world(query: Query) -> None:
    asked = named(query)
    sure = matches(at_least(query, CODED & asked), ROW)
    possible = matches(at_most(query, CODED & asked), ROW)
    answers = [matches(query, world) for world in _worlds()]
    if sure:
        assert all(answers)
    if not possible:
        assert not any(answers)


@given(_queries)
def test_without_doubt_a_query_is_itself(query: Query) -> None:
    assert at_least(query, frozenset()) == query == at_most(query, frozenset())


def test_fields_are_named_wherever_they_stand() -> None:
    query = parse_query("级别 NOT (buyer:公安 OR level:>=3) country:* platform:twitter")
    assert named(query) == {"buyer", "level", "country", "platform"}


@pytest.mark.parametrize(
    ("surveillance", "review", "flags", "lost", "gained"),
    [
        (True, ["score_uncertain"], [], CODED, set()),
        (False, ["score_uncertain"], [], CODED, CODED),
        (True, ["coders_disagree"], [], CODED, CODED),
        (True, ["ambiguous_place"], [], {"place", "province"}, {"place", "province"}),
        (True, [], ["unsure_published"], {"published", "year"}, set()),
        (True, [], ["unsure_lots"], set(), set()),
        (True, [], ["amounts_disagree"], {"amount", "amount_usd"}, set()),
        (True, [], [], set(), set()),
    ],
)
def test_what_is_in_doubt(
    surveillance: bool, review: list[str], flags: list[str], lost: set[str], gained: set[str]
) -> None:
    doubt = doubt_of(surveillance, review, flags)
    assert (doubt.lost, doubt.gained) == (lost, gained)
    assert bool(doubt) == bool(lost or gained)


def test_an_amount_is_in_doubt_by_its_own_flags() -> None:
    assert amount_in_doubt(["unsure_award"], "award")
    assert amount_in_doubt(["amount_conversion_disagrees"], "budget")
    assert not amount_in_doubt(["unsure_award", "unsure_buyer"], "budget")
