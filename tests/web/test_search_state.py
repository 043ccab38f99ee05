"""Addresses of searches that go further: what is chosen stays chosen, and nothing is widened."""

import pytest

from sousveil.errors import UsageError
from sousveil.web.search_state import State

SEARCH = State("a OR b", (("platform", "twitter"), ("not_year", "2020")), "published", 3)


def test_a_value_of_another_facet_is_chosen_beside_the_others() -> None:
    found = SEARCH.narrowed(("year", "2021"))
    assert found == State(SEARCH.text, (*SEARCH.choices, ("year", "2021")), "published", 1)


def test_a_value_beside_others_of_its_facet_must_be_there_too() -> None:
    found = SEARCH.narrowed(("platform", "facebook"))
    assert found.text == "(a OR b) platform:facebook"
    assert found.choices == SEARCH.choices


def test_the_only_value_is_chosen_already() -> None:
    assert SEARCH.narrowed(("platform", "twitter")) == SEARCH.turned(1)
    both = State("", (("platform", "twitter"), ("platform", "line")))
    assert both.narrowed(("platform", "line")).text == "platform:line"


def test_what_states_nothing_can_be_asked_for() -> None:
    found = State("", (("buyer_type", "police"),)).narrowed(("buyer_type", "-"))
    assert found.text == "NOT buyer_type:*"


def test_a_value_that_no_filter_can_hold_is_refused() -> None:
    with pytest.raises(UsageError):
        State("", (("place", "CN"),)).narrowed(("place", 'CN/"x'))


def test_the_same_state_has_an_address_on_other_pages() -> None:
    assert SEARCH.turned(1).address("/figures") == SEARCH.turned(1).address().replace(
        "/search", "/figures"
    )
    assert State().address("/figures") == "/figures"
