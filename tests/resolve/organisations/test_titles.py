"""Titles: what they begin with, and what that calls the buyer of their notice."""

import pytest

from sousveil.resolve.organisations.titles import in_title, may_be_renamed
from tests.resolve.organisations.test_shortened import buyer


@pytest.mark.parametrize(
    ("title", "name", "place", "short"),
    [
        ("泸州二院手术室智能柜采购公告", "泸州市第二人民医院", "四川/泸州", "泸州二院"),
        ("[公开]云峰医院2024年门禁采购", "成都医学院附属云峰医院", "四川/成都", "云峰医院"),
        ("2024年度泸县文旅局监控维护", "泸县文化和旅游局", "四川/泸州/泸县", "泸县文旅局"),
        (
            "四川某某招标代理有限公司关于川北医附院安防的公告",
            "川北医学院附属医院",
            "四川",
            "川北医附院",
        ),
        ("中山一院安防平台", "中山大学附属第一医院", "广东/广州", "中山一院"),
    ],
)
def test_a_title_begins_with_a_short_form(title: str, name: str, place: str, short: str) -> None:
    assert in_title(title, buyer(name, place)) == short


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("泸州市第二人民医院监控采购", "泸州市第二人民医院"),  # the whole name
        ("泸州三院手术室智能柜", "泸州市第二人民医院"),  # another number
        ("泸州市人民医院监控采购", "泸州市第二人民医院"),  # the number left out
        ("泸县人民医院监控采购", "泸县人民医院云龙分院"),  # the whole of a branch
        ("云龙分院监控采购", "泸县人民医院云龙分院"),  # a branch without its whole
        ("泸州市医院监控采购", "泸州市中医医院"),  # the kind left out
        ("泸州市公安局监控采购", "泸州市江阳区公安局"),  # the wider place
        ("县公安局监控采购", "泸县公安局"),  # of which county, the name alone does not say
        ("人民医院监控采购", "泸县人民医院"),
        ("采购一批监控，送泸州二院", "泸州市第二人民医院"),  # not at its beginning
        ("二院监控采购", "泸州市第二人民医院"),
        ("Gate of Luzhou hospital", "Luzhou hospital trust"),
    ],
)
def test_what_is_no_short_form_of_the_buyer(title: str, name: str) -> None:
    assert in_title(title, buyer(name)) == ""


@pytest.mark.parametrize(
    "opening",
    [
        *(
            "",
            "关于",
            "为",
            "受",
            "【四川】",
            "[公开]",
            "SC2024-017",
            "SC2024-017:",
            "项目编号：",
            "★",
        ),
        *(
            "招标公告",
            "2023-2024年",
            "2024年度",
            "泸州市政府采购中心关于",
            "改善计划——",
            "在线询价[",
        ),
    ],
)
def test_where_a_title_begins(opening: str) -> None:
    assert in_title(f"{opening}泸州二院门禁采购", buyer("泸州市第二人民医院")) == "泸州二院"


@pytest.mark.parametrize(
    ("title", "name", "said"),
    [
        ("新屋高中校園監視系統", "桃園市立新屋高級中等學校", "新屋高中"),
        ("臺大醫院雲林分院電腦", "國立臺灣大學醫學院附設醫院雲林分院", "台大医院云林分院"),
        ("臺大醫院電腦一批", "國立臺灣大學醫學院附設醫院雲林分院", ""),
        ("臺大醫院電腦一批", "國立臺灣大學醫學院附設醫院", "台大医院"),
    ],
)
def test_a_word_goes_on_and_a_branch_is_no_whole(title: str, name: str, said: str) -> None:
    assert in_title(title, buyer(name, None, "TW")) == said


def test_the_name_in_the_buyers_brackets_opens_a_title() -> None:
    whole = buyer("深海医学院第一附属医院（云峰山医院）", "安徽/芜湖市")
    assert in_title("云峰山医院门禁采购公告", whole) == "云峰山医院"
    assert in_title("检验中心试剂采购", buyer("泸县人民医院（检验中心）")) == ""


RENAMED = ("深海大学平川医院合同公示", "深海大学附属华北医院", "深海大学平川医院")


def test_a_renamed_body_has_its_other_name_in_the_title_of_the_project() -> None:
    title, name, other = RENAMED
    assert may_be_renamed(title, buyer(name, "广东"), buyer(other, "广东"))


@pytest.mark.parametrize(
    ("title", "name", "other"),
    [
        ("合同公示", *RENAMED[1:]),  # neither in the title
        ("深海大学平川医院、深海大学附属华北医院合同公示", *RENAMED[1:]),  # both
        ("泸县平川小学监控", "泸县教育局", "泸县平川小学"),  # another kind
        ("泸县中医医院监控", "泸县人民医院", "泸县中医医院"),
        ("泸县人民医院云龙医院监控", "泸县人民医院", "泸县人民医院云龙医院"),  # a branch
        ("合江县平川医院监控", "泸县云龙医院", "合江县平川医院"),  # another place
    ],
)
def test_two_buyers_of_a_project_stay_two(title: str, name: str, other: str) -> None:
    assert not may_be_renamed(title, buyer(name), buyer(other))
