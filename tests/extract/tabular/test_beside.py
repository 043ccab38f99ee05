"""Names that a table puts beside its parties': of its site, of an office, of a parent."""

from time import process_time

import pytest
from tests.extract.tabular.test_tabular import pages

from sousveil.extract.registry import extract_notices
from sousveil.extract.tabular import EXTRACTOR
from sousveil.model import NameBeside


def beside(data: str, name: str = "a.csv") -> list[NameBeside]:
    """What all rows put beside; every quote is checked."""
    read = {page.number: page for page in pages(data.encode(), name)}
    found = []
    for notice in extract_notices(read.values(), [EXTRACTOR]):
        for field in notice.names_beside:
            place = field.evidence
            text = read[notice.page].text[place.start : place.end]
            assert text == place.quote == field.raw
            assert " ".join(text.split()) == field.value.other
            found.append(field.value)
    return found


USASPENDING = (
    "award_id_piid,transaction_description,awarding_sub_agency_name,awarding_office_name,"
    "recipient_uei,recipient_name,recipient_parent_uei,recipient_parent_name,"
    "recipient_parent_name_raw,total_dollars_obligated,action_date,award_type\n"
)


def row(office: str = "", uei: str = "", parent: str = "", raw: str = "") -> str:
    return (
        f"{USASPENDING}X1,CAMERAS,HARBOR AGENCY,{office},TUYTY9SYP3H1,EXAMPLE LLC,{uei},{parent},"
        f"{raw},500000.00,2024-05-02,DELIVERY ORDER\n"
    )


def test_offices_and_parents_of_usaspending() -> None:
    found = beside(row("HARBOR AGCY", "TUYTY9SYP3H1", "EXAMPLE GROUP INC", "EXAMPLE GRP INC"))
    assert found == [
        NameBeside("HARBOR AGENCY", "HARBOR AGCY", "office"),
        NameBeside("EXAMPLE LLC", "EXAMPLE GROUP INC", "parent", "US-SAM", "TUYTY9SYP3H1"),
        NameBeside("EXAMPLE LLC", "EXAMPLE GRP INC", "parent", "US-SAM", "TUYTY9SYP3H1"),
    ]
    assert beside(row()) == []


def test_a_number_that_is_none_is_not_the_parents() -> None:
    (found,) = beside(row(uei="NOT A NUMBER", parent="EXAMPLE GROUP INC"))
    assert (found.scheme, found.id) == ("", "")


@pytest.mark.parametrize("person", ["JOHN SMITH", "SMITH, JOHN A."])
def test_a_parent_that_may_be_a_person_is_left_out(person: str) -> None:
    assert beside(row(uei="TUYTY9SYP3H1", parent=f'"{person}"')) == []


@pytest.mark.parametrize("person", ["JOHN SMITH", "JOHN A SMITH", "SMITH, JOHN"])
def test_an_office_that_may_be_a_person_is_left_out(person: str) -> None:
    assert beside(row(f'"{person}"')) == []


@pytest.mark.parametrize("filling", [" ", "-", "　", "网"])
def test_a_long_cell_is_no_site_and_takes_no_time(filling: str) -> None:
    site = f"泸县{filling * 100_000}x"
    began = process_time()
    data = f"采购单位,项目名称,预算金额,网站\n泸县人民医院,门禁采购,5万元,{site}\n"
    assert beside(data) == []
    assert process_time() - began < 10


@pytest.mark.parametrize(
    ("site", "other"),
    [
        ("泸县云峰医院", "泸县云峰医院"),
        ("泸县云峰医院官网", "泸县云峰医院"),
        ("泸县云峰医院-官方网站", "泸县云峰医院"),
        ("中国招标网", None),
        ("http://example.invalid", None),
        ("", None),
    ],
)
def test_the_site_of_a_body_published_the_notice(site: str, other: str | None) -> None:
    data = f"采购单位,项目名称,预算金额,网站\n泸县人民医院,门禁采购,5万元,{site}\n"
    wanted = [NameBeside("泸县人民医院", other, "publisher")] if other else []
    assert beside(data) == wanted
