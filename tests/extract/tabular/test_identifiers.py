"""Numbers of organisations in tables: whose they are, and that their words stand there."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.extract.tabular.test_tabular import pages

from sousveil.extract.registry import extract_notices
from sousveil.extract.tabular import EXTRACTOR
from sousveil.model import Notice
from sousveil.text.identifiers import normal_identifier


def numbers(data: bytes, name: str = "a.csv") -> list[str]:
    """The numbers of all rows; every quote is checked."""
    read = {page.number: page for page in pages(data, name)}
    notices = list(extract_notices(read.values(), [EXTRACTOR]))
    for notice in notices:
        check(notice, read[notice.page].text)
    return [f"{f.value.name} {f.value.scheme} {f.value.id}" for n in notices for f in n.identifiers]


def check(notice: Notice, text: str) -> None:
    for field in notice.identifiers:
        place = field.evidence
        assert text[place.start : place.end] == place.quote == field.raw
        assert place.quote


USASPENDING = (
    "award_id_piid,transaction_description,awarding_sub_agency_code,awarding_sub_agency_name,"
    "funding_sub_agency_code,funding_sub_agency_name,recipient_uei,recipient_duns,recipient_name,"
    "total_dollars_obligated,action_date,award_type\n"
)


def test_usaspending() -> None:
    row = (
        "X1,CAMERAS,4732,FEDERAL ACQUISITION SERVICE,2050,INTERNAL REVENUE SERVICE,TUYTY9SYP3H1,"
        "123456789,EXAMPLE LLC,500000.00,2024-05-02,DELIVERY ORDER\n"
    )
    assert numbers((USASPENDING + row).encode()) == [
        "FEDERAL ACQUISITION SERVICE US-FPDS 4732",
        "INTERNAL REVENUE SERVICE US-FPDS 2050",
        "EXAMPLE LLC US-SAM TUYTY9SYP3H1",
        "EXAMPLE LLC US-DUNS 123456789",
    ]


def test_a_suppliers_other_names_have_its_number_too() -> None:
    headings = USASPENDING.strip() + ",recipient_name_raw,recipient_doing_business_as_name\n"
    row = (
        "X1,CAMERAS,4732,FEDERAL ACQUISITION SERVICE,,,TUYTY9SYP3H1,,EXAMPLE LLC,500000.00,"
        "2024-05-02,DELIVERY ORDER,SPECIMEN SYSTEMS INC,{trades_as}\n"
    )
    named = "EXAMPLE LLC", "SPECIMEN SYSTEMS INC", "PATTERN SYSTEMS"
    found = numbers((headings + row.format(trades_as=named[2])).encode())
    assert found[1:] == [f"{name} US-SAM TUYTY9SYP3H1" for name in named]
    assert len(numbers((headings + row.format(trades_as="")).encode())) == 3
    person = numbers((headings + row.format(trades_as="JOHN SMITH")).encode())
    assert not any("SMITH" in number for number in person)


def test_the_code_of_an_agency_is_that_of_the_name_taken() -> None:
    data = (
        "award_id_piid,transaction_description,awarding_agency_code,awarding_agency_name,"
        "awarding_sub_agency_code,recipient_name,total_dollars_obligated,action_date\n"
        "X1,CAMERAS,047,GENERAL SERVICES ADMINISTRATION,4732,EXAMPLE LLC,500000.00,2024-05-02\n"
    )
    assert numbers(data.encode()) == ["GENERAL SERVICES ADMINISTRATION US-CGAC 047"]


def test_a_masked_recipient_has_no_number() -> None:
    data = (
        b"buyer,title,amount (USD),contractor name,contractor contact name,supplier uei\n"
        b"Example Police Department,Cameras,5000,John Smith,John Smith,TUYTY9SYP3H1\n"
    )
    (page,) = pages(data)
    assert "〔person〕" in page.text
    assert not any("Smith" in found for found in numbers(data))


@pytest.mark.parametrize(
    ("headings", "row", "found"),
    [
        (
            "buyer,title,amount (GBP),supplier name,supplier company number,country",
            "Example Council,Cameras,5000,Example Ltd,01234567,United Kingdom",
            ["Example Ltd GB-NATIONAL 01234567"],
        ),
        (
            "buyer,title,amount (GBP),supplier name,companies house number",
            "Example Council,Cameras,5000,Example Ltd,SC123456",
            ["Example Ltd GB-COH SC123456"],
        ),
        (
            "buyer,registration number,title,amount (GBP),supplier,country",
            "Example Council,1234567,Cameras,5000,Example Ltd,United Kingdom",
            ["Example Council GB-NATIONAL 1234567"],
        ),
        (
            "buyer,title,amount (EUR),supplier,lei",
            "Example Council,Cameras,5000,Example AG,529900T8BM49AURSDO55",
            ["Example AG XI-LEI 529900T8BM49AURSDO55"],
        ),
        (
            "buyer,title,amount (EUR),supplier,lei",
            "Example Council,Cameras,5000,Example AG,529900T8BM49AURSDO56",
            [],
        ),
        (
            "机关名称,机关代码,标案名称,决标金额(元),得标厂商,厂商代码,国家",
            "桃林县政府警察局,3.76.47.1,录影监视系统,12000,瀚宇资讯股份有限公司,24567803,台湾",
            ["桃林县政府警察局 TW-PCC 3.76.47.1", "瀚宇资讯股份有限公司 TW-UBN 24567803"],
        ),
        (
            "机关名称,标案名称,决标金额(元),得标厂商,厂商代码,国家",
            "桃林县政府警察局,录影监视系统,12000,瀚宇资讯股份有限公司,A123456789,台湾",
            [],
        ),
    ],
)
def test_whose_number_it_is(headings: str, row: str, found: list[str]) -> None:
    assert numbers(f"{headings}\n{row}\n".encode()) == found


def test_json_records_with_escapes() -> None:
    record = {
        "buyer": "青禾县公安局",
        "title": "视频监控",
        "bidAmount": 12000,
        "currency": "CNY",
        "winner": "天山慧眼科技有限公司",
        "供应商统一社会信用代码": "91650100MA7ABCDE15",
    }
    for ascii_only in (False, True):
        data = json.dumps([record], ensure_ascii=ascii_only).encode()
        assert numbers(data, "a.json") == ["天山慧眼科技有限公司 CN-USCC 91650100MA7ABCDE15"]


CODES = st.text("0123456789ABCDEFGHJKLMNPQRTUWXYxz ·-、,；", max_size=40) | st.sampled_from(
    ["91650100MA7ABCDE15", "91330108MA28XYW12G", "11010519491231002X"]
)


@given(st.lists(st.tuples(CODES, CODES), min_size=1, max_size=4))
def test_any_number_is_proved_and_quoted(rows: list[tuple[str, str]]) -> None:
    records = [
        {
            "采购单位": "青禾县公安局",
            "采购单位统一社会信用代码": bought,
            "项目名称": "视频监控",
            "合同金额(元)": "12000",
            "供应商名称": "天山慧眼科技有限公司",
            "统一社会信用代码": sold,
        }
        for bought, sold in rows
    ]
    for found in numbers(json.dumps(records).encode(), "a.json"):
        _, scheme, number = found.split(" ")
        assert normal_identifier(scheme, number) == number
        assert number != "11010519491231002X"
