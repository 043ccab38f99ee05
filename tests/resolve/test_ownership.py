"""Groups by ownership: majorities, chains, sums, circles, days, and who is who."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.model import Organisation, OrganisationId
from sousveil.model.ownership import Link, Party
from sousveil.resolve.ownership import Owned, resolve_ownership

NUMBER = OrganisationId("XI-LEI", "5493001KJTIIGC8Y1R12")
OTHER = OrganisationId("XI-LEI", "213800WAVVOPS85N2205")


def organisation(
    key: str,
    name: str,
    *identifiers: OrganisationId,
    country: str | None = None,
) -> Organisation:
    return Organisation(key, name, (f"n{key}",), country, None, None, "company", None, identifiers)


def held(
    child: str,
    parent: str,
    share: float | None = None,
    interest: str = "",
    *,
    until: str | None = None,
    since: str | None = None,
    above: bool = False,
    indirect: bool = False,
) -> Link:
    kind = interest or ("parent" if share is None else "shareholding")
    return Link(
        Party(child), Party(parent), kind, share, share, above, since, until, indirect
    )  # fmt: skip


SUPPLIERS = [organisation(f"g{letter}", f"Company {letter}") for letter in "abcd"]


def resolved(*links: Link, on: str | None = None, among: Sequence[Organisation] = ()) -> Owned:
    return resolve_ownership(among or SUPPLIERS, links, on)


def groups(*links: Link, on: str | None = None) -> dict[str, str]:
    """Names of ultimate parents by key of each organisation of the case."""
    owned = resolved(*links, on=on)
    names = {**owned.names, **{o.org_key: o.name for o in SUPPLIERS}}
    return {key: names[top] for key, top in owned.groups.items() if key.startswith("g")}


def test_a_majority_makes_a_group_and_a_half_does_not() -> None:
    assert groups(held("Company a", "Holding", 50.1)) == {"ga": "Holding"}
    assert groups(held("Company a", "Holding", 50)) == {}
    assert groups(held("Company a", "Holding", 50, above=True)) == {"ga": "Holding"}
    assert groups(held("Company a", "Holding", 70, "votingRights")) == {"ga": "Holding"}
    assert groups(held("Company a", "Holding", 70, "rightsToProfitOrIncome")) == {}


def test_a_chain_ends_at_the_ultimate_parent() -> None:
    links = [
        held("Company a", "Middle", 60), held("Middle", "Holding", 60),
        held("Company b", "Holding", 100), held("Company c", "Company a", 51),
    ]  # fmt: skip
    assert groups(*links) == dict.fromkeys(("ga", "gb", "gc"), "Holding")


def test_what_a_group_holds_together_counts_together() -> None:
    links = [held("Company a", "One", 30), held("Company a", "Two", 30)]
    assert groups(*links) == {}
    owners = [held("One", "Holding", 80), held("Two", "Holding", 90)]
    assert groups(*links, *owners) == {"ga": "Holding"}
    own = [held("One", "Holding", 80), held("Company a", "Holding", 25)]
    assert groups(links[0], *own) == {"ga": "Holding"}


def test_what_is_held_through_others_is_not_added_up() -> None:
    links = [
        held("Company a", "One", 30), held("One", "Holding", 80),
        held("Company a", "Holding", 24, indirect=True),
    ]  # fmt: skip
    assert groups(*links) == {}
    assert groups(held("Company a", "Holding", 60, indirect=True)) == {"ga": "Holding"}


def test_the_same_share_told_twice_counts_once() -> None:
    links = [held("Company a", "One", 30), held("Company a", "one", 30)]
    assert groups(*links) == {}


def test_rights_are_control_where_shares_settle_nothing() -> None:
    board = held("Company a", "Board Ltd", None, "appointmentOfBoard")
    assert groups(board) == {"ga": "Board Ltd"}
    assert groups(board, held("Company a", "Holding", 80)) == {"ga": "Holding"}
    assert groups(held("Company a", "Holding", None, "otherInfluenceOrControl")) == {}


def test_two_that_could_control_leave_nobody_in_control() -> None:
    for interest, share in (("parent", None), ("shareholding", 60.0)):
        links = [held("Company a", name, share, interest) for name in ("One", "Two")]
        owned = resolved(*links)
        assert (owned.groups, owned.contested) == ({}, ("ga",))
        assert not any(one.controls for one in owned.holdings)
    links.append(held("One", "Two", 100))
    assert groups(*links) == {"ga": "Two"}


def test_circles_are_one_group() -> None:
    links = [
        held("Company a", "Company b", 60), held("Company b", "Company c", 60),
        held("Company c", "Company a", 60), held("Company d", "Company c", 60),
    ]  # fmt: skip
    assert groups(*links) == dict.fromkeys(("ga", "gb", "gc", "gd"), "Company a")
    # what its own subsidiaries hold of it makes nobody its parent
    links = [held("Company b", "Company a", 60), held("Company a", "Company b", 60)]
    assert set(groups(*links).values()) == {"Company a"}
    links = [
        held("Company b", "Company a", 60), held("Company c", "Company a", 60),
        held("Company a", "Company b", 30), held("Company a", "Company c", 30),
    ]  # fmt: skip
    assert groups(*links) == dict.fromkeys(("ga", "gb", "gc"), "Company a")


def test_itself_is_no_owner() -> None:
    owned = resolved(held("Company a", "COMPANY A", 100))
    assert (owned.holdings, owned.groups) == ((), {})


def test_links_count_while_they_hold() -> None:
    sold = held("Company a", "Old", 100, since="2015-01-01", until="2020-06-30")
    bought = held("Company a", "New", 100, since="2020-07-01")
    assert groups(sold, bought, on="2020-06-30") == {"ga": "Old"}
    assert groups(sold, bought, on="2020-07-01") == {"ga": "New"}
    assert groups(sold, bought, on="2014-12-31") == {}
    assert groups(sold, bought) == {"ga": "New"}
    assert len(resolved(sold, bought, on="2014-12-31").holdings) == 2


def test_natural_persons_are_told_and_group_nobody() -> None:
    persons = Link(Party("Company a"), None, "unpublishedInterest", natural_persons=3)
    same = Link(Party("Company b"), None, "unpublishedInterest", natural_persons=3)
    owned = resolved(persons, same)
    assert owned.groups == {}
    assert [
        (one.child_key, one.parent_key, one.link.natural_persons) for one in owned.holdings
    ] == [
        ("ga", None, 3),
        ("gb", None, 3),
    ]


def test_links_that_concern_nobody_of_the_case_are_set_aside() -> None:
    owned = resolved(held("Stranger", "Holding", 100), held("Company a", "Holding", 10))
    assert (len(owned.holdings), owned.aside) == (1, 1)
    assert set(owned.names.values()) == {"Holding"}


def test_a_number_settles_who_is_meant() -> None:
    among = [organisation("ga", "Example Ltd", NUMBER), organisation("gb", "Sample Ltd")]
    link = Link(Party("Sample Ltd", (NUMBER,)), Party("Holding"), "parent")
    assert resolved(link, among=among).groups.get("ga")
    assert "gb" not in resolved(link, among=among).groups
    other = Link(Party("Example Ltd", (OTHER,)), Party("Holding"), "parent")
    assert resolved(other, among=among).groups == {}  # another number of the same register


def test_a_name_that_two_have_or_another_country_is_nobodys() -> None:
    twins = [organisation("ga", "Example Ltd"), organisation("gb", "EXAMPLE LIMITED")]
    link = held("Example Ltd", "Holding", 100)
    assert resolved(link, among=twins).holdings == ()
    abroad = [organisation("ga", "Example Ltd", country="GB")]
    told = Link(Party("Example Ltd", country="IE"), Party("Holding"), "parent")
    assert resolved(told, among=abroad).holdings == ()


def test_spellings_are_names_too() -> None:
    among = [organisation("ga", "示例科技有限公司")]
    link = held("示例科技股份公司甲", "Holding", 100)
    assert resolve_ownership(among, [link], spellings={"ga": ["示例科技股份公司甲"]}).groups


def test_a_party_with_a_number_and_one_with_its_name_are_one() -> None:
    links = [
        Link(Party("Company a"), Party("Holding plc", (NUMBER,)), "parent"),
        held("Company b", "HOLDING PLC", 80),
    ]
    assert len(set(resolved(*links).groups.values())) == 1


LINKS = st.builds(
    held,
    st.sampled_from(["Company a", "Company b", "Company c", "Middle", "Holding"]),
    st.sampled_from(["Company a", "Company b", "Middle", "Holding", "Other"]),
    st.sampled_from([None, 10.0, 30.0, 50.0, 60.0, 100.0]),
    until=st.sampled_from([None, "2020-01-01"]),
    indirect=st.booleans(),
)


@given(st.lists(LINKS, max_size=14), st.randoms(use_true_random=False))
def test_no_order_changes_the_result(links: list[Link], rng: object) -> None:
    shuffled = list(links)
    rng.shuffle(shuffled)  # type: ignore[attr-defined]
    first = resolve_ownership(SUPPLIERS, links)
    assert resolve_ownership(reversed(SUPPLIERS), shuffled) == first


@given(st.lists(LINKS, max_size=14))
def test_each_group_has_one_top_that_is_in_it(links: list[Link]) -> None:
    found = resolved(*links)
    assert all(found.groups[top] == top for top in found.groups.values())
    for one in found.holdings:
        if one.controls:
            assert found.groups[one.child_key] == found.groups[str(one.parent_key)]


@pytest.mark.parametrize("length", [2_000])
def test_long_chains_end(length: int) -> None:
    links = [held("Company a", "Holder 0", 100)]
    links += [held(f"Holder {n}", f"Holder {n + 1}", 100) for n in range(length)]
    owned = resolved(*links)
    assert owned.names[owned.groups["ga"]] == f"Holder {length}"
