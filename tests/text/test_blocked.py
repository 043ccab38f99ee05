"""A check or an error in the place of a record is told from a record that speaks of one."""

import pytest

from sousveil.text.blocked import is_blocked, notice_labels

CHECKS = [
    ("安全验证\n您的访问过于频繁，请完成验证后继续访问采购公告。", None),
    ("请开启JavaScript并刷新该页。", None),
    ("请启用浏览器的 JavaScript 后访问某省政府采购网", "某省政府采购网"),
    ("访问被拒绝\n您的请求疑似攻击行为\n事件ID：8f2c\n您的IP：192.0.2.1", None),
    ("抱歉，您的访问已被网站管理员设置拦截", "网站防火墙"),
    ("請完成安全驗證", None),
    ("请输入验证码\n看不清？换一张", "某采购网"),
    ("403 Forbidden\nnginx/1.18.0", None),
    ("nginx", "403 Forbidden"),
    ("404 Not Found", None),
    ("502 Bad Gateway\nopenresty", None),
    ("Checking your browser before accessing tenders.example.", "Just a moment..."),
    ("Access Denied\nYou don't have permission to access this page on this server.", None),
    ("You need to enable JavaScript to run this app.", "Tenders"),
    ("Attention Required! | Cloudflare\nSorry, you have been blocked", None),
    ("Доступ запрещён", None),
]
RECORDS = [
    "统一身份验证平台采购公告\n详见附件。",
    "Web应用防火墙采购项目公告\n具体内容见附件",
    "短信验证码服务采购公告\n项目编号：XJ-1\n供应商登录后请输入验证码下载文件。",
    "公开招标公告\n项目编号：XJ-1\n采购人：某市公安局\n访问过于频繁时请完成验证。",
    "关于人机验证系统的询价通知\n一、需求：见附件",
    "DDoS protection and captcha services\nTender: 2020-1\nBuyer: Example Council",
    "首页\n公告\n联系我们",
    "",
]


@pytest.mark.parametrize(("text", "title"), CHECKS)
def test_checks_and_errors(text: str, title: str | None) -> None:
    assert is_blocked(text, title)


@pytest.mark.parametrize("text", RECORDS)
def test_records_that_speak_of_checks(text: str) -> None:
    assert not is_blocked(text)


def test_a_long_text_is_never_a_check() -> None:
    assert not is_blocked("安全验证\n" + "某某市公安局视频监控项目的技术要求如下。" * 40)


def test_labels_count_once_and_only_before_values() -> None:
    assert notice_labels("项目编号：1\n项目编号：2\n采购人\t某局\n预算金额") == 2
    assert notice_labels("专案：無\n標案案號：AB-1 機關名稱：某局") == 2
