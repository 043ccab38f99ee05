"""The second reader speaks of what is left, and only of that."""

import pytest

from sousveil.extract.masking.leaks import find_leaks


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("联系人：王小明\n", "person", "王小明"),
        ("联 系 人：王 小明，", "person", "王 小明"),
        ("请找\n李女士", "person", "李"),
        ("电话：0991-1234567", "phone", "0991-1234567"),
        ("手机 138 0013 8000 ", "phone", "138 0013 8000"),
        ("a b@qq.com", "email", "b@qq.com"),
        ("身份证 11010519491231002X", "id_number", "11010519491231002X"),
        ("QQ：12345678", "account", "12345678"),
    ],
)
def test_finds(text: str, kind: str, found: str) -> None:
    leaks = find_leaks(text)
    assert (kind, found) in [(k, text[s:e]) for k, s, e in leaks] or any(
        k == kind and found in text[s:e] for k, s, e in leaks
    )


@pytest.mark.parametrize(
    "text",
    [
        "联系人：〔person〕 电话：〔phone〕",
        "项目编号：0991-20260123",
        "联系人：采购科",
        "统一社会信用代码：911101085513850820",
        "预算金额：13800138000元",
        "编号：[2020]13800138000",
        "2026-08-01 09:30",
    ],
)
def test_is_silent(text: str) -> None:
    assert find_leaks(text) == []
