"""Records of an aggregator of Chinese notices: what the words say counts before its categories."""

import json
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from sousveil.extract.masking import mask_page
from sousveil.extract.registry import extract_notices
from sousveil.extract.tabular import EXTRACTOR
from sousveil.extract.tabular.buyers import end_of_name, whole_name
from sousveil.extract.tabular.due import choose_due
from sousveil.extract.tabular.lots import described, listed
from sousveil.model import Document, Notice, ParsedPage, Provenance
from sousveil.parse import parse_document

CHINA = timezone(timedelta(hours=8))


def seconds(moment: str) -> int:
    return int(datetime.fromisoformat(moment).replace(tzinfo=CHINA).timestamp())


def read(**record: Any) -> list[Notice]:
    whole = {"buyer": "示例市医院", "publishTime": seconds("2024-03-28T22:10"), **record}
    data = json.dumps(
        [{name: value for name, value in whole.items() if value is not None}], ensure_ascii=False
    ).encode()
    document = Document("0" * 64, len(data), (Provenance("a.json"),))
    pages = [
        mask_page(page) for page in parse_document(data, document) if isinstance(page, ParsedPage)
    ]
    notices = list(extract_notices(pages, [EXTRACTOR]))
    texts = {page.number: page.text for page in pages}
    for notice in notices:
        for field in (notice.buyer, notice.project_name, notice.method, notice.lot_count):
            if field is not None:
                place = field.evidence
                assert texts[place.page][place.start : place.end] == place.quote
    return notices


@pytest.mark.parametrize(
    ("record", "kind"),
    [
        ({"title": "示例更衣管理系统", "subtype": "中标",
          "detail": "示例更衣管理系统-评标结果公示公告项目名称"}, "candidate"),
        ({"title": "示例校区医院信息化工程", "subtype": "中标",
          "detail": "2658223.00第一中标候选人项目负责人类似业绩（某某科技有限公司"}, "candidate"),
        ({"title": "示例校区医院信息化工程", "subtype": "中标",
          "detail": "第一中标候选人为某某科技有限公司，中标供应商：某某科技有限公司"}, "award"),
        ({"title": "示例系统项目中止公告", "subtype": "流标", "bidAmount": None}, "termination"),
        ({"title": "示例系统项目中止公告", "subtype": "变更"}, "correction"),
        ({"title": "示例系统采购结果公告（采购包1）", "subtype": "流标", "bidAmount": None},
         "termination"),
        ({"title": "示例系统采购结果公告", "subtype": "废标"}, "award"),
        ({"title": "示例系统采购结果公告（采购包1）", "subtype": "成交"}, "award"),
        ({"title": "示例区洗浴区竞争性磋商", "subtype": "竞谈"}, "consultation"),
        ({"title": "示例系统竞争性谈判（竞争性磋商、询价）公告", "subtype": "询价"}, "inquiry"),
        ({"title": "示例医院智能柜维修咨询公告", "subtype": "询价"}, "other"),
        ({"title": "示例医院建设项目征集供应商的通知", "subtype": "招标"}, "other"),
        ({"title": "招标信息示例市医院管理系统", "subtype": "招标", "buyer": "示例市医院",
          "detail": "一、项目名称：示例市医院管理系统市场调研二、本市场调研项目公开发布"}, "other"),
        ({"title": "示例系统采购评审结果公示（2024-JL13（03）-F10141）", "subtype": "中标"},
         "candidate"),
    ],
)  # fmt: skip
def test_own_words_before_the_portals_category(record: dict[str, Any], kind: str) -> None:
    (notice,) = read(**{"bidAmount": 100000, **record})
    assert notice.notice_type == kind


def test_a_survey_without_a_buyer_is_a_notice_and_its_site_says_whose() -> None:
    survey = {
        "buyer": None,
        "subtype": "招标",
        "title": "招标信息示例省保健院管理系统",
        "detail": "招标信息 一、项目名称：示例省保健院管理系统市场调研二、本市场调研项目",
    }
    (notice,) = read(**survey, site="示例省保健院")
    assert notice.notice_type == "other"
    assert notice.buyer is not None
    assert notice.buyer.value == "示例省保健院"
    assert notice.project_name is not None
    assert notice.project_name.value == "示例省保健院管理系统市场调研"
    (notice,) = read(**survey, site="示例省公共资源交易网")
    assert notice.buyer is None


@pytest.mark.parametrize(
    ("title", "detail", "name"),
    [
        ("关于示例县医院更衣柜采购项目的更正公告[某某咨询有限公司]",
         "一、项目基本情况原公告的采购项目编号：EX(CG)-2021-056原公告的采购项目名称：示例县医院更衣柜采购项目"
         "项目首次公告日期", "示例县医院更衣柜采购项目"),
        ("示例中心医院（示例大学附属医院、示例医养中心）维保服务项目单一来源采购公示",
         "、示例医养中心）维保服务项目拟采购的货物或者服务的说明：本项目维保，具体内容详见采购文件。",
         "示例中心医院（示例大学附属医院、示例医养中心）维保服务项目"),
        ("示例医院洗浴区竞争性磋商",
         "项目概况示例医院洗浴区采购项目的潜在供应商应在中国政府采购网", "示例医院洗浴区采购项目"),
        ("某某咨询有限公司关于示例医院系统项目（第二次）的公开招标公告",
         "项目概况示例医院系统项目（第二次）招标项目的潜在投标人应在政采云平台",
         "示例医院系统项目（第二次）"),
    ],
)  # fmt: skip
def test_the_name_as_the_description_tells_it(title: str, detail: str, name: str) -> None:
    (notice,) = read(title=title, detail=detail, budget=100000)
    assert notice.project_name is not None
    assert notice.project_name.value == name


def test_every_winner_of_a_list_is_a_supplier() -> None:
    winners = [{"winner": "甲建设有限公司", "id": "1"}, {"winner": "乙智能股份有限公司"}]
    (notice,) = read(
        title="示例智能化工程中标结果公示", winner="乙智能股份有限公司", winnerInfo=winners,
        detail="丙技术有限公司中标价格:2276.7万元标段(包)[003]三标段",
    )  # fmt: skip
    assert sorted(field.value for field in notice.suppliers) == [
        "乙智能股份有限公司",
        "甲建设有限公司",
    ]
    assert notice.lot_count is not None
    assert notice.lot_count.value == 3


def test_what_is_bought_sticks_to_no_buyer() -> None:
    assert whole_name("医院数据中心", "宁波市示例医院数据中心网络设备采购合同") == (0, 7)
    assert whole_name("医院数据中心", "关于宁波市示例医院数据中心采购") == (2, 9)
    assert whole_name("示例市医院", "关于示例市医院采购") is None
    assert whole_name("医院管理集团有限公司", "示例医院管理集团有限公司采购") is None
    assert end_of_name("示例市人民医院智慧医院") == 7
    assert end_of_name("示例智慧城市") == 6
    assert end_of_name("示例大学附属医院") == 8
    (notice,) = read(
        title="示例县人民医院智慧医院建设项目公告", buyer="示例县人民医院智慧医院", budget=1
    )
    assert notice.buyer is not None
    assert notice.buyer.value == "示例县人民医院"


def test_lots_as_titles_and_descriptions_count_them() -> None:
    title = "示例项目（第二批）第一包、第二包、第三包中标公告"
    counted = listed(title)
    assert counted is not None
    assert (counted[0], title[counted[1] : counted[2]]) == (3, "第一包、第二包、第三包")
    assert listed("示例项目第一包中标公告") is None
    described_lots = described("第1包：管理系统壹套第2包：器械壹批投标人可投一个或多个包件")
    assert described_lots is not None
    assert described_lots[0] == 2
    assert described("第3包：管理系统壹套") is None


@pytest.mark.parametrize(
    ("kind", "moments", "due"),
    [
        ("correction", ["2022-11-17T08:45", "2022-11-11T09:00"], "2022-11-17T08:45"),
        ("tender", ["2022-11-17T09:00", "2022-11-17T09:30"], "2022-11-17T09:00"),
        ("consultation", ["2021-09-07T00:00", "2021-09-15T09:00"], "2021-09-15T09:00"),
        ("tender", ["2026-09-25T00:00"], "2026-09-25T00:00"),
        ("award", ["2022-03-12T09:00", "2022-03-12T09:00"], "2022-03-12T09:00"),
        ("award", ["2022-03-31T23:59", "2022-03-23T15:00"], None),
        ("award", ["2022-04-12T00:00"], None),
        ("tender", [], None),
    ],
)
def test_which_moment_is_the_deadline(kind: Any, moments: list[str], due: str | None) -> None:
    published = datetime(2022, 3, 28, tzinfo=CHINA).date()
    found = choose_due(kind, [datetime.fromisoformat(moment) for moment in moments], published)
    assert (found.isoformat("T", "minutes") if found else None) == due


def test_nobody_bids_to_a_survey() -> None:
    (notice,) = read(title="示例家具采购项目征求意见公告", subtype="需求公示", budget=1433600,
                     bidOpenTime=seconds("2024-11-26T17:30"))  # fmt: skip
    assert (notice.notice_type, notice.bid_deadline) == ("other", None)


def test_a_method_is_not_taken_from_an_agencys_name() -> None:
    (notice,) = read(title="示例国际招标有限公司关于示例项目的竞争性磋商公告", budget=1)
    assert notice.method is not None
    assert notice.method.value == "竞争性磋商"
    (notice,) = read(title="示例器械国际招标澄清或变更公告(1)", budget=1)
    assert notice.method is not None
    assert notice.method.value == "国际招标"


def test_the_office_that_publishes_says_the_country() -> None:
    hongkong = {"title": "為消防處供應車輛", "dept": "消防處", "code": "FSD/1",
                "desc": "招標編號：FSD/1\n截標日期：2026-08-25", "date": "2026-08-25",
                "buyer": None}  # fmt: skip
    (notice,) = read(**hongkong, source="政府物流服務署")
    assert notice.country == "HK"
    (notice,) = read(**hongkong, source="Washington Post")
    assert notice.country is None


@pytest.mark.parametrize(
    "record",
    [
        {"title": "示例县人民医院更衣系统采购需求公开", "subtype": "需求公示", "buyer": None},
        {"title": "示例医院信息化市场调研", "subtype": "预告", "buyer": None},
        {"title": "示例更衣系统采购的合同", "subtype": "合同", "buyer": None},
        {"title": "示例更衣系统建设方案征集", "subtype": "其它"},
        {"title": "示例院室外绿化养护项目", "subtype": "其它"},
        {"title": "关于举行示例制品采购项目介绍会的公示", "subtype": "其它"},
        {"title": "“示例系统一套”院内需求论证报名公告", "subtype": None},
    ],
)  # fmt: skip
def test_a_purchase_is_read_though_nothing_else_is_told(record: dict[str, Any]) -> None:
    (notice,) = read(**record)
    assert notice.title is not None
    assert notice.title.value == record["title"]


@pytest.mark.parametrize(
    "record",
    [
        {"title": "示例医院153项报废固定资产挂网出售公告", "subtype": "其它"},
        {"title": "示例医院报废设备处置项目", "subtype": "其它"},
        {"title": "示例市财政局政府采购投诉处理决定书", "subtype": "其它"},
        {"title": "示例医院2023年公开招聘公告", "subtype": "其它"},
        {"title": "示例医院采购处获评先进", "subtype": "新闻", "buyer": None},
        {"title": "示例医院举办手术技术学习班", "subtype": "其它"},
        {"title": "示例更衣系统建设方案征集", "subtype": "其它", "publishTime": None},
    ],
)  # fmt: skip
def test_no_purchase_is_read_from_other_news(record: dict[str, Any]) -> None:
    assert read(**record) == []
