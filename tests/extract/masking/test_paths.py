"""File names: persons go, organisations and titles stay."""

import pytest

from sousveil.extract.masking import mask_path


@pytest.mark.parametrize(
    ("path", "masked"),
    [
        ("张三_采购合同.pdf", "〔person〕_采购合同.pdf"),
        ("联系人李四13800000000.txt", "联系人〔person〕〔phone〕.txt"),
        ("王小明简历.docx", "〔person〕简历.docx"),
        ("张伟的身份证.jpg", "〔person〕的身份证.jpg"),
        ("某公司-李建国-授权委托书.pdf", "某公司-〔person〕-授权委托书.pdf"),
        ("合同/李先生.txt", "合同/〔person〕先生.txt"),
        ("contract_Mr_John_Smith.pdf", "contract_Mr_〔person〕.pdf"),
        ("mail/john.smith@x.example_2020.eml", "mail/〔email〕_2020.eml"),
        ("王丽华的文件夹/a.html", "〔person〕的文件夹/a.html"),
        ("CV_Ali_Khan.pdf", "CV_〔person〕.pdf"),
        ("a.zip!/张三.pdf", "a.zip!/〔person〕.pdf"),
    ],
)
def test_persons_go(path: str, masked: str) -> None:
    assert mask_path(path) == masked


@pytest.mark.parametrize(
    "path",
    [
        "昌吉州公安局视频监控采购项目.pdf",
        "招标文件/高原地区建设项目.html",
        "2026年安全监控系统.pdf",
        "t20260729_27033520.htm",
        "22335.txt",
        "和平区采购/王府井项目.pdf",
        "华远科技有限公司-投标文件.pdf",
        "releases/ocds-213czf-000-00001.json",
        "项目编号0991-2026012.pdf",
        "",
        "安全/文件.pdf",
        "高清材料/江苏资料.html",
    ],
)
def test_the_rest_stays(path: str) -> None:
    assert mask_path(path) == path
