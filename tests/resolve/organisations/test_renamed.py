"""One body's two whole names: slips, and names of before and since."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.resolve.organisations.renamed import is_slip, may_be_own_site
from tests.resolve.organisations.test_shortened import buyer

NAME = "泸州市妇幼保健计划生育服务中心"


@pytest.mark.parametrize(
    ("other", "slip"),
    [
        ("泸州市妇幼保键计划生育服务中心", True),  # another sign
        ("泸州市妇幼保健计划生育务中心", True),  # one left out
        ("泸州市妇幼保健计计划生育服务中心", True),  # one too many
        ("泸州市妇幼健保计划生育服务中心", True),  # two changed places
        (NAME, False),
        ("泸县市妇幼保健计划生育服务中心", False),  # the place
        ("泸州市妇儿保健计划生育服务中心", False),  # the kind
        ("泸州市妇幼保健计划生育中心", False),  # two signs
        ("泸州市妇幼保健计划生育服中务心", False),  # the end
    ],
)
def test_slips(other: str, slip: bool) -> None:
    assert is_slip(other, buyer(NAME)) is slip


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("泸州市第二人民医院", "泸州市第三人民医院"),
        ("泸州市东城人民医院", "泸州市西城人民医院"),
        ("泸州市江阳甲等小学校", "泸州市江阳乙等小学校"),
    ],
)
def test_a_number_or_a_side_is_no_slip(name: str, other: str) -> None:
    assert not is_slip(other, buyer(name))


@given(st.integers(0, len(NAME) - 1), st.characters(categories=["Lo"]))
def test_a_slip_goes_both_ways(at: int, sign: str) -> None:
    other = NAME[:at] + sign + NAME[at + 1 :]
    assert is_slip(other, buyer(NAME)) == is_slip(NAME, buyer(other))


@pytest.mark.parametrize(
    ("site", "may"),
    [
        ("泸州市云峰医院", True),
        ("泸州市第二人民医院云峰分院", False),
        ("泸州市中医医院", False),
        ("泸州市第三人民医院", False),
        ("合江县云峰医院", False),
        ("泸州市公安局", False),
    ],
)
def test_whose_site_may_be_the_buyers_own(site: str, may: bool) -> None:
    assert may_be_own_site(site, buyer("泸州市第二人民医院")) is may
