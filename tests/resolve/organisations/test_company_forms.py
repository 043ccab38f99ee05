"""Legal forms: written out or short, in front or behind; which may follow one another."""

import pytest

from sousveil.model import NameKey
from sousveil.resolve.organisations import resolve_organisations
from sousveil.resolve.organisations.company_forms import leading, may_change, with_short_forms


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("gmbh", "ag"),
        ("llc", "inc"),
        ("ltd", "plc"),
        ("ooo", "ao"),
    ],
)
def test_forms_of_one_law_may_change(left: str, right: str) -> None:
    assert may_change(left, right)
    assert may_change(right, left)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("gmbh", "gmbh kg"),
        ("plc", "inc"),
        ("ltd", "inc"),
        ("gmbh", "sas"),
        ("集团", "公司"),
        ("sdn bhd", "bhd"),
        ("llc", "llc"),
        ("", "llc"),
    ],
)
def test_forms_of_two_laws_are_two_companies(left: str, right: str) -> None:
    assert not may_change(left, right)


def test_a_form_written_out_is_the_short_one() -> None:
    assert with_short_forms("acme s/a") == "acme sa"
    assert with_short_forms("brandt gesellschaft mit beschraenkter haftung") == "brandt gmbh"


def test_a_french_form_stands_in_front_in_french_speaking_countries_alone() -> None:
    assert "sarl" in leading("FR")
    assert "sas" not in leading("US")


def joined(left: str, right: str, country: str) -> bool:
    names = [NameKey(at, name, country, None, ()) for at, name in (("l", left), ("r", right))]
    org_of = resolve_organisations(names).org_of
    return org_of["l"] == org_of["r"]


def test_a_group_is_another_company_than_the_one_it_listed() -> None:
    assert not joined("泓川数科集团有限公司", "泓川数科股份有限公司", "CN")
    assert joined("泓川数科集团有限公司", "泓川数科集团股份有限公司", "CN")
    assert joined("泓川数科", "泓川数科集团有限公司", "CN")
    assert joined("中国移动", "中国移动通信集团有限公司", "CN")
    assert not joined("中国移动有限公司", "中国移动通信集团有限公司", "CN")


def test_a_short_name_is_neither_of_two_companies_that_could_be_meant() -> None:
    names = [
        NameKey(at, name, "CN", None, ())
        for at, name in (
            ("short", "泓川数科"),
            ("group", "泓川数科集团有限公司"),
            ("listed", "泓川数科股份有限公司"),
        )
    ]
    assert len(set(resolve_organisations(names).org_of.values())) == 3
