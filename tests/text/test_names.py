"""Organisation names in text, and the comparison forms of names and titles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.text import find_organisations, organisation_core, split_phase, title_core


def found(text: str) -> list[str]:
    return [text[start:end] for start, end in find_organisations(text)]


NAMES = [
    "北江市公安局",
    "北江市公安局青山分局刑侦支队",
    "青山县人民政府办公室",
    "华原技术（北京）有限公司",
    "天宇（集团）有限公司",
    "中国远信通信集团北江有限公司青山分公司",
    "南方大学第一附属医院采购中心",
    "北江市人力资源和社会保障局",
    "经济技术开发区管理委员会",
    "北江市政府采购中心",
    "中共北江市委宣传部",
    "北江市第三中学",
    "青山县老王五金经营部",
    "青山镇农机专业合作社",
    "北江正大律师事务所",
    "北江农村商业银行青山支行",
    "北江日报社",
    "青山区人民法院",
    "北江省教育厅",
    "国家数据局",
    "臺北市政府警察局",
    "內政部警政署",
    "新北市消防署",
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "around",
    [
        "{}",
        "采购人：{}\n地址",
        "由{}组织",
        "受{}委托，",
        "名 称：{}（盖章）",
        "张三，{}。",
        "1.{}；",
        "采购单位{}的",
        "、{}、",
    ],
)
def test_chinese_names(name: str, around: str) -> None:
    assert found(around.format(name)) == [name]


@pytest.mark.parametrize(
    "text",
    ["本公司承诺", "评标委员会", "有关部门", "政府采购法", "该中心", "公司", "有限公司", "会议室",
     "社会保险", "医院信息", "行业标准", "住院部分", "具有独立法人资格的公司", "王小明", ""],
)  # fmt: skip
def test_mentions_without_a_name(text: str) -> None:
    assert found(text) == []


def test_neighbours_are_kept_apart() -> None:
    assert found("甲山集团有限公司和乙水信息股份有限公司") == [
        "甲山集团有限公司",
        "乙水信息股份有限公司",
    ]
    assert found("由北江市公安局委托南岭招标代理有限公司") == [
        "北江市公安局",
        "南岭招标代理有限公司",
    ]


def test_latin_names() -> None:
    assert found("sold by Acme Systems Co., Ltd. today") == ["Acme Systems Co., Ltd."]
    assert found("the Ministry of Interior buys") == ["the Ministry of Interior"]


@given(
    st.text(max_size=80)
    | st.text(alphabet="市公司局委员会（）()和的由A 部北江大学院、", max_size=60)
)
def test_spans_hold(text: str) -> None:
    end = 0
    for start, stop in find_organisations(text):
        assert end <= start < stop <= len(text)
        end = stop


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("华原技术有限公司", "華原技術股份有限公司"),
        ("华原技术有限公司", " 华原 技术有限责任公司（联合体牵头人）"),
        ("北江市公安局", "北江市公安局（本级）"),
        ("华原（北京）有限公司", "华原(北京)有限公司"),
        ("ACME Systems Co., Ltd.", "Acme Systems Limited"),
        ("Ejemplo Ingeniería, S.A.", "EJEMPLO INGENIERIA SA"),
        ("Muster GmbH & Co. KG", "Muster"),
        ("ООО «Ромашка»", "Ромашка, ООО"),
    ],
)
def test_spellings_of_one_organisation(left: str, right: str) -> None:
    assert organisation_core(left) == organisation_core(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("华原（北京）有限公司", "华原（上海）有限公司"),
        ("华原有限公司", "华原有限公司北京分公司"),
        ("北江市公安局", "北江市公安局青山分局"),
        ("Acme Systems", "Acme Services"),
    ],
)
def test_organisations_kept_apart(left: str, right: str) -> None:
    assert organisation_core(left) != organisation_core(right)


@given(st.text(max_size=60))
def test_cores_never_fail_and_are_never_empty(text: str) -> None:
    assert organisation_core(text) or not text.strip() or not any(c.isalnum() for c in text)
    assert title_core(text) or not any(c.isalnum() for c in text)
    split_phase(text)


@pytest.mark.parametrize(
    "title",
    [
        "北江市公安局视频监控项目公开招标公告",
        "北江市公安局视频监控项目中标（成交）结果公告",
        "北江市公安局视频监控采购项目(第二次)招标公告",
        "北江市公安局视频监控项目（项目编号：ABC-2023-01）更正公告",
        "北江市公安局视频监控项目竞争性磋商公告（重新招标）",
        "关于北江市公安局视频监控项目的单一来源公示",
        "中标公告：北江市公安局視頻監控項目",
        "北江市公安局 视频监控 合同公告",
        "【更正】北江市公安局视频监控项目终止公告",
    ],
)
def test_notices_of_one_project_have_one_title(title: str) -> None:
    assert title_core(title) == "北江市公安局视频监控"


@pytest.mark.parametrize(
    ("title", "core", "phase"),
    [
        ("北江雪亮工程二期公开招标公告", "北江雪亮工程", "phase:2"),
        ("北江雪亮工程（第一期）", "北江雪亮工程", "phase:1"),
        ("北江雪亮工程Ⅱ期", "北江雪亮工程", "phase:2"),
        ("2023年度北江雪亮工程(二期)第2包中标公告", "北江雪亮工程", "lot:2 phase:2 year:2023"),
        ("北江雪亮工程标段三", "北江雪亮工程", "lot:3"),
        ("北江雪亮工程B包", "北江雪亮工程", "lot:b"),
        ("舆情服务二〇二四年度采购", "舆情服务", "year:2024"),
        ("2023-2024年度舆情服务采购", "舆情服务", "year:2023-2024"),
        ("2024年上半年舆情服务", "舆情服务", "year:2024h1"),
        ("舆情服务（第二次）", "舆情服务", None),
        ("舆情监测周期报告", "舆情监测周期报告", None),
        ("CCTV system phase II", "cctvsystem", "phase:2"),
        ("CCTV system, Lot 3", "cctvsystem", "lot:3"),
        ("Invitation to Tender for CCTV system", "cctvsystem", None),
        ("北字〔2020〕92号-北江雪亮工程市场调研公告", "北江雪亮工程", None),
        ("北江雪亮工程（项目编号：BJZC2023-G1-004147）招标文件预公示", "北江雪亮工程", None),
        ("某某招标有限公司关于北江雪亮工程的公开招标公告", "北江雪亮工程", None),
        ("北江雪亮工程竞争性磋商采购公告", "北江雪亮工程", None),
        ("北江雪亮工程采购项目资金来源：财政资金2023年", "北江雪亮工程", None),
    ],
)
def test_phases(title: str, core: str, phase: str | None) -> None:
    assert split_phase(title) == (core, phase)


@pytest.mark.parametrize(
    "attack",
    ["公司", "市", "(公司", "）公司", "Ltd ", "A ", "公告", "第", "2023-", "包", "和", "招标采购"],
)
def test_hostile_text_takes_linear_time(attack: str) -> None:
    text = attack * (50_000 // len(attack))
    found(text + "公司")
    organisation_core(text)
    split_phase(text)
    title_core("（" + text[:60] + "x）")
