"""Each table is read to exactly what stands beside it; no row yields a value without its words."""

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.errors import DamagedError
from sousveil.extract.masking import mask_page
from sousveil.extract.registry import extract_notices
from sousveil.extract.tabular import EXTRACTOR
from sousveil.extract.tabular.headings import currency_of, field_of, mapping, unit_of
from sousveil.model import Document, Field, Money, Notice, Page, ParsedPage, Provenance
from sousveil.parse import parse_document

FIXTURES = Path(__file__).parent / "fixtures"
FIELDS = (
    "project_id", "project_name", "title", "buyer", "agency", "budget", "ceiling", "award",
    "published", "bid_deadline",
)  # fmt: skip


def pages(data: bytes, name: str = "a.csv") -> list[Page]:
    document = Document("0" * 64, len(data), (Provenance(name),))
    return [
        mask_page(page) for page in parse_document(data, document) if isinstance(page, ParsedPage)
    ]


def fields(notice: Notice) -> Iterator[tuple[str, Field[object]]]:
    for name in FIELDS:
        if (field := getattr(notice, name)) is not None:
            yield name, field
    yield from (("suppliers", field) for field in notice.suppliers)
    yield from (("places", field) for field in notice.places)


def written(notice: Notice) -> dict[str, object]:
    several: dict[str, list[str]] = {}
    for name, field in fields(notice):
        several.setdefault(name, []).append(shown(field.value))
    kept: dict[str, object] = {
        "pointer": notice.pointer,
        "type": notice.notice_type,
        **{name: "; ".join(values) for name, values in several.items()},
        "sections": [section.role for section in notice.sections],
    }
    if notice.identifiers:
        kept["identifiers"] = [
            f"{field.value.name} {field.value.scheme} {field.value.id}"
            for field in notice.identifiers
        ]
    return {**kept, **({"flags": list(notice.flags)} if notice.flags else {})}


def shown(value: object) -> str:
    if isinstance(value, Money):
        return f"{value.amount} {value.currency}"
    return str(value)


INPUTS = sorted(p for p in FIXTURES.iterdir() if not p.name.endswith(".expected.json"))


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.stem)
def test_table_reads_as_expected(path: Path) -> None:
    beside = path.with_name(f"{path.name}.expected.json")
    expected = json.loads(beside.read_text(encoding="utf-8"))
    read = pages(path.read_bytes(), path.name)
    assert [written(notice) for notice in extract_notices(read, [EXTRACTOR])] == expected


def test_persons_under_their_headings_are_masked() -> None:
    text = "\n".join(page.text for page in pages((FIXTURES / "intentions.csv").read_bytes()))
    assert not any(name in text for name in ("张三", "李四", "王五"))
    data = b"buyer,contact name,telephone\nExample Council,John Smith,5550100\n"
    (page,) = pages(data)
    assert page.text == "buyer: Example Council\ncontact name: 〔person〕\ntelephone: 〔phone〕"


def test_a_name_of_an_agency_is_no_person() -> None:
    data = (
        b"awarding_sub_agency_name,recipient_name,contact_phone\n"
        b"Defense Counterintelligence and Security Agency,Example Supplier Ltd,5550100\n"
    )
    (page,) = pages(data)
    assert page.text.startswith(
        "awarding_sub_agency_name: Defense Counterintelligence and Security Agency\n"
        "recipient_name: Example Supplier Ltd\n"
    )


def test_quotes_equal_their_spans() -> None:
    for path in INPUTS:
        read = {page.number: page for page in pages(path.read_bytes(), path.name)}
        for notice in extract_notices(read.values(), [EXTRACTOR]):
            for _, field in fields(notice):
                place = field.evidence
                assert read[place.page].text[place.start : place.end] == place.quote == field.raw


def test_headings() -> None:
    assert field_of("Awarding_Agency_Name") == field_of("awarding agency name")
    assert field_of("採購單位") == field_of("采购单位")
    assert mapping(["Agency", "Buyer", "x"]) == {"Buyer": "buyer", "Agency": "agency"}
    assert mapping(["Agency", "x"]) == {"Agency": "buyer"}
    assert field_of("publishTime") == field_of("publish_time")
    assert unit_of("预算金额（万元）") == "万元"
    assert currency_of("total_dollars_obligated") == "USD"
    assert currency_of("Value (EUR)") == "EUR"
    assert currency_of("Value") is None
    assert currency_of("base_and_all_options_value") is None
    assert currency_of("value_eur") == "EUR"
    assert currency_of("Value (ALL)") == "ALL"


@given(st.lists(st.lists(st.text(max_size=20), min_size=3, max_size=6), max_size=6))
def test_any_row_is_read_without_error(rows: list[list[str]]) -> None:
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["buyer", "title", "amount (EUR)", "date", "contract number", "currency"])
    writer.writerows(rows)
    data = out.getvalue().encode("utf-8", "replace")
    with suppress(DamagedError):  # control characters: it is no text
        for notice in extract_notices(pages(data), [EXTRACTOR]):
            assert notice.source_standard == "table"


@given(
    st.lists(
        st.fixed_dictionaries(
            {"buyer": st.text(max_size=20), "title": st.text(max_size=20)},
            optional={
                "bidAmount": st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
                "publishTime": st.integers() | st.text(max_size=12),
                "winner": st.text(max_size=30) | st.lists(st.text(max_size=9), max_size=3),
                "currency": st.sampled_from(["EUR", "x", ""]),
            },
        ),
        min_size=1,
        max_size=4,
    ),
    st.booleans(),
)
def test_any_json_record_is_read_with_evidence(records: list[object], ascii_only: bool) -> None:
    data = json.dumps(records, ensure_ascii=ascii_only).encode("utf-8", "replace")
    read = {page.number: page for page in pages(data, "a.json")}
    for notice in extract_notices(read.values(), [EXTRACTOR]):
        assert notice.source_standard == "json"
        for _, field in fields(notice):
            place = field.evidence
            assert read[place.page].text[place.start : place.end] == place.quote == field.raw


def test_a_list_of_words_is_no_list_of_suppliers() -> None:
    data = json.dumps(
        [{"title": "Award notice", "buyer": "Example Council", "winner": "Example Ltd, Leeds",
          "award_value": 5, "currency": "GBP"}]
    ).encode()  # fmt: skip
    (notice,) = extract_notices(pages(data, "a.json"), [EXTRACTOR])
    assert [field.value for field in notice.suppliers] == ["Example Ltd, Leeds"]


@pytest.mark.parametrize(
    ("heading", "field", "currency"),
    [
        ("amount_cny", "award", "CNY"),
        ("Budget USD", "budget", "USD"),
        ("Contract value (EUR)", "award", "EUR"),
    ],
)
def test_a_currency_in_a_heading_is_the_currency_of_its_amounts(
    heading: str, field: str, currency: str
) -> None:
    assert (field_of(heading) or ("",))[0] == field
    assert currency_of(heading) == currency
    assert field_of("supplier usd") is None


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("[ABCD2019012345-01第二次]示例省人民医院采购系统项目合同公示", "ABCD2019012345-01"),
        ("示例市医院新建项目二期（AB2022-1234）采购更正公告（第一次）", "AB2022-1234"),
        ("示例市医院系统项目(2022年)采购公告", None),
        ("示例市医院系统项目（二期）采购公告", None),
        ("示例市医院系统项目(GA/T1400-2017)采购公告", None),
    ],
)
def test_the_number_in_a_title_is_the_projects(title: str, number: str | None) -> None:
    data = json.dumps([{"title": title, "buyer": "示例市医院", "publishTime": 1639607153}],
                      ensure_ascii=False).encode()  # fmt: skip
    (notice,) = extract_notices(pages(data, "a.json"), [EXTRACTOR])
    assert (notice.project_id.value if notice.project_id else None) == number


@pytest.mark.parametrize(
    ("title", "is_notice"),
    [
        ("示例医疗行为管理系统项目中止公告", True),
        ("示例视频监控系统采购项目中标公告(第二次)", True),
        ("示例市召开项目推进会", False),
        ("关于放假的公告", False),
        ("示例医院招聘项目工作人员公告", False),
    ],
)
def test_a_record_that_names_no_buyer_is_a_notice_where_its_title_says_so(
    title: str, is_notice: bool
) -> None:
    data = json.dumps([{"title": title, "publishTime": 1639607153, "site": "示例平台"}],
                      ensure_ascii=False).encode()  # fmt: skip
    assert len(list(extract_notices(pages(data, "a.json"), [EXTRACTOR]))) == is_notice


def rows(*lines: str) -> list[Notice]:
    return list(extract_notices(pages("\n".join(lines).encode()), [EXTRACTOR]))


def test_columns_that_slipped_are_put_back_and_flagged() -> None:
    (notice,) = rows(
        "序号,标题,子序号,采购项目名称,采购需求概况,预算金额(万元),拟面向中小企业预留,预计采购时间",
        "5,示例大学2026年01月(至)06月政府采购意向,数字化教室,采购设备含安装调试,88.000000,是,2026年03月,",
    )
    assert notice.project_name is not None
    assert notice.budget is not None
    assert notice.project_name.value == "数字化教室"
    assert notice.budget.value.amount == 880_000
    assert notice.budget.evidence.quote == "88.000000"
    assert "columns_slipped" in notice.flags
    (notice,) = rows(
        "序号,采购单位,采购项目名称,采购需求概况,预算金额(万元),拟面向中小企业预留",
        "5,示例大学,数字化教室,采购设备含安装调试,88.000000,是",
    )
    assert notice.flags == ()


@pytest.mark.parametrize(
    ("said", "amount"),
    [("75.220000", 752_200), ("75.22", None), ("752200.000000", None), ("752200", None)],
)
def test_six_decimals_are_ten_thousands_and_flagged(said: str, amount: int | None) -> None:
    (notice,) = rows(
        "分类,客户名称,项目名称,金额", f"政采意向,示例大学,示例学生公寓改造项目,{said}"
    )
    assert (notice.budget.value.amount if notice.budget else None) == amount
    assert ("amount_unit_assumed" in notice.flags) is (amount is not None)
    assert ("amount_unit_unknown" in notice.flags) is (amount is None)


def test_an_indefinite_delivery_vehicle_is_an_award() -> None:
    (notice,) = rows(
        "award_id_piid,awarding_sub_agency_name,transaction_description,recipient_name,"
        "total_obligated_amount,award_or_idv_flag,award_type,type_of_contract_pricing",
        "EX47QTCA22,Federal Example Service,CAMERA CONTRACT,EXAMPLE INC,12.00,IDV,,FIXED CONTRACT",
    )
    assert notice.notice_type == "award"
