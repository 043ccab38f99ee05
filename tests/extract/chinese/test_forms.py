"""Labels, parties, sections and types as the data files name them."""

import pytest

from sousveil.extract.chinese.forms import find_label, find_party, find_section, load
from sousveil.extract.chinese.source import skeleton_of
from sousveil.extract.chinese.titles import type_of


@pytest.mark.parametrize(
    ("raw", "field", "hint"),
    [
        ("一、项目编号", "project_id", ""),
        ("（2）采 购 人", "buyer", ""),
        ("名　　称", "name", ""),
        ("预算金额（万元）", "budget", "万元"),
        ("预算金额（单位：元）", "budget", "元"),
        ("最高限价（如有）", "ceiling", ""),
        ("第二包最高限价", "ceiling", ""),
        ("★项目名称", "project_name", ""),
        ("標案案號", "project_id", ""),
        ("決標金額", "award", ""),
        ("2.6 工程合同估算价（万元）", "estimate", "万元"),
        ("本项目预算金额为", "budget", ""),
        ("采购项目编号", "project_id", ""),
    ],
)
def test_labels(raw: str, field: str, hint: str) -> None:
    label = find_label(skeleton_of(raw))
    assert label is not None
    assert (label.field, label.hint) == (field, hint)


@pytest.mark.parametrize("raw", ["人脸识别", "", "质疑联系人名称", "：", "第一章", "x" * 300])
def test_other_words_are_no_labels(raw: str) -> None:
    assert find_label(skeleton_of(raw)) is None


def test_a_label_names_its_lot() -> None:
    label = find_label("第二包最高限价")
    assert label is not None
    assert label.lot == "二"


@pytest.mark.parametrize(
    ("raw", "party"),
    [
        ("1.采购人信息", "buyer"),
        ("2.采购代理机构信息(如有)", "agency"),
        ("3.同级政府采购监督管理部门", "none"),
        ("2.财政部门", "none"),
        ("二、拟定供应商信息", "supplier"),
        ("采购需求", None),
    ],
)
def test_parties(raw: str, party: str | None) -> None:
    assert find_party(raw) == party


@pytest.mark.parametrize(
    ("raw", "section"),
    [
        ("三、中标（成交）信息", "award"),
        ("四、主要标的信息", "goods"),
        ("六、代理服务收费标准及金额", "fee"),
        ("二、申请人的资格要求", "qualification"),
        ("四、提交投标文件截止时间、开标时间和地点", "submission"),
        ("八、凡对本次采购提出询问、质疑、投诉，请按以下方式联系。", "contact"),
        ("二、项目终止的原因", "termination"),
    ],
)
def test_sections(raw: str, section: str) -> None:
    assert find_section(skeleton_of(raw), True) == section


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("某项目公开招标公告", "tender"),
        ("某项目竞争性磋商公告（第二次）", "consultation"),
        ("某项目竞争性谈判采购公告", "negotiation"),
        ("某项目询价公告", "inquiry"),
        ("某项目询比公告", "inquiry"),
        ("某项目中标（成交）结果公告", "award"),
        ("某项目竞争性磋商成交公告", "award"),
        ("某项目单一来源成交结果公告", "award"),
        ("某项目中标候选人公示", "candidate"),
        ("某项目中标结果更正公告", "correction"),
        ("某项目更正公告(第一次)", "correction"),
        ("某项目延期开标公告", None),
        ("某项目延期公告", "correction"),
        ("某项目终止公告", "termination"),
        ("某项目废标公告", "termination"),
        ("某项目公开招标失败公告", "termination"),
        ("某项目合同公告", "contract"),
        ("某项目履约验收公告", "acceptance"),
        ("某项目单一来源采购公示", "single_source"),
        ("某局2023年3月政府采购意向", "intention"),
        ("某项目资格预审公告", "prequalification"),
        ("某项目比选公告", "other"),
        ("某项目市场调研公告", "other"),
        ("某项目采购需求征求意见公告", "other"),
        ("合同能源管理项目公开招标公告", "tender"),
        ("验收服务采购项目竞争性磋商公告", "consultation"),
        ("土地变更调查服务公开招标公告", "tender"),
        ("某项目公开招标公告_中国政府采购网", "tender"),
        ("某项目", None),
    ],
)
def test_types_of_titles(title: str, kind: str | None) -> None:
    assert type_of(skeleton_of(title))[0] == kind


def test_data_files_use_known_names() -> None:
    forms = load()
    roles = {heading.role for heading in forms.sections}
    assert roles <= {"purpose", "body", "boilerplate"}
    assert set(forms.parties.values()) <= {"buyer", "agency", "supplier", "none"}
    assert {words.type for words in forms.types} >= {"award", "contract", "tender", "other"}
    assert len(forms.labels) > 500
