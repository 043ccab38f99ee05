"""Saved pages: what their scripts hold, what stands in their place, and pages within pages."""

import base64
import html
import json
from urllib.parse import quote

import pytest
from parse_helpers import page, parsed

from sousveil.errors import BlockedError, EmptyError
from sousveil.parse import RecordProblem

NOTICE = (
    "<h1>某某市公安局视频监控项目公开招标公告</h1><p>项目编号：XJ-2020-017</p>"
    "<p>采购人：某某市公安局</p><p>预算金额：84.6万元</p><table><tr><td>投标截止时间</td>"
    "<td>2020年3月3日</td></tr></table>"
)
MENU = "<ul><li>首页</li><li>招标公告</li><li>中标公告</li><li>联系我们</li></ul>"
FRAME_OF = {
    "srcdoc": f'<iframe srcdoc="{html.escape(NOTICE)}"></iframe>',
    "data, base64": "<iframe src='data:text/html;charset=utf-8;base64,"
    + base64.b64encode(NOTICE.encode()).decode()
    + "'></iframe>",
    "data, gbk": "<iframe src='data:text/html;charset=gbk,"
    + quote(NOTICE.encode("gbk"))
    + "'></iframe>",
    "data, escaped": f'<iframe src="data:text/html,{quote(NOTICE)}"></iframe>',
    "frameset": f'<embed src="data:text/html,{quote(NOTICE)}">',
    "shadow tree": f"<div><template shadowrootmode=open>{NOTICE}</template></div>",
}
HELD_BY = {
    "template": f'<script type="text/template" id=t>{NOTICE}</script>',
    "template element": f"<template>{NOTICE}</template>",
    "escaped template": f'<script type="text/html">{html.escape(NOTICE)}</script>',
    "json": "<script>var d = "
    + json.dumps({"title": "x", "content": NOTICE}, ensure_ascii=True).replace("<", "\\u003c")
    + ";</script>",
    "json with slashes": "<script>window.data="
    + json.dumps({"content": NOTICE}, ensure_ascii=False).replace("/", "\\/")
    + "</script>",
    "escaped twice": "<script type='application/json'>"
    + json.dumps({"content": html.escape(NOTICE)})
    + "</script>",
    "single quotes": f"<script>document.write('{NOTICE}')</script>",
    "hidden field": f'<input type="hidden" name="c" value="{html.escape(NOTICE)}">',
    "hidden area": f"<textarea style='display:none'>{html.escape(NOTICE)}</textarea>",
}


@pytest.mark.parametrize("frame", FRAME_OF.values(), ids=FRAME_OF)
def test_pages_within_the_page_are_read(frame: str) -> None:
    found = page(f"<html><body><p>门户</p>{frame}</body></html>".encode())
    assert found.text.startswith("门户\n")
    assert "项目编号：XJ-2020-017" in found.text
    assert "投标截止时间\t2020年3月3日" in found.text


@pytest.mark.parametrize("frame", HELD_BY.values(), ids=HELD_BY)
def test_a_notice_that_only_a_script_would_show_is_read(frame: str) -> None:
    found = page(f"<html><body>{MENU}{frame}</body></html>".encode())
    assert found.text.startswith("首页\n")
    assert found.text.count("项目编号：XJ-2020-017") == 1
    assert "<" not in found.text
    cells = [found.text[cell.start : cell.end] for cell in found.cells]
    assert cells[-2:] == ["投标截止时间", "2020年3月3日"]


def test_what_is_no_notice_stays_in_its_script() -> None:
    advert = "<p>" + "本站提供招标信息服务，欢迎咨询。" * 20 + "</p>"
    for held in (f"<template>{advert}</template>", f"<script>var a='{advert}'</script>"):
        assert page(f"<html><body>{MENU}{held}</body></html>".encode()).text.count("\n") == 3


def test_a_notice_that_is_shown_is_not_read_twice() -> None:
    markup = f"<html><body>{NOTICE}<script type='text/template'>{NOTICE}</script></body></html>"
    assert page(markup.encode()).text.count("XJ-2020-017") == 1


@pytest.mark.parametrize(
    "markup",
    [
        "<html><head><meta id=x content='q8f2'><script>$_ts=window['$_ts'];</script></head>"
        "<body></body></html>",
        "<html><body><div id=app></div><script src=app.js></script></body></html>",
        "<html><script>document.cookie='a=1';location.reload()</script></html>",
        "<html><body><noscript>请开启JavaScript并刷新该页</noscript><script>x()</script></body>",
        "<html><title>某省政府采购网</title><h2>安全验证</h2><p>请完成验证后继续访问采购公告</p>",
        "<html><title>403 Forbidden</title><center><h1>403 Forbidden</h1></center><hr>nginx",
        "<html><body><p>请稍候...</p><script>challenge()</script></body></html>",
    ],
)
def test_checks_in_the_place_of_a_page(markup: str) -> None:
    with pytest.raises(BlockedError) as error:
        page(markup.encode())
    assert error.value.reason == "blocked"
    assert "save it again" in error.value.hint


def test_a_page_hidden_behind_its_check_is_read() -> None:
    check = "<div class=mask><h3>安全验证</h3>请拖动滑块完成验证</div>"
    markup = f"<html><body>{check}<div id=c style='display:none'>{NOTICE}</div></body></html>"
    assert "项目编号：XJ-2020-017" in page(markup.encode()).text


def test_a_notice_that_speaks_of_checks_is_one() -> None:
    markup = (
        f"<html><body>{NOTICE}<p>登录后请输入验证码，访问过于频繁时请完成验证。</p></body></html>"
    )
    assert "请输入验证码" in page(markup.encode()).text


@pytest.mark.parametrize("address", ["https://example.org/n.html", "//example.org/n"])
def test_a_frame_that_was_left_elsewhere_is_named(address: str) -> None:
    shell = f"<html><body><h4>采购公告</h4><iframe id=f src='{address}'></iframe></body></html>"
    found, problem = parsed(shell.encode())
    assert isinstance(problem, RecordProblem)
    assert problem.reason == "frame_missing"
    assert getattr(found, "text", "") == "采购公告"
    for whole in (NOTICE + shell, shell.replace(address, "x_files/n.html")):
        assert len(parsed(whole.encode())) == 1


def test_a_page_without_words() -> None:
    with pytest.raises(EmptyError):
        page(b"<html><body><img src=a.png></body></html>")
    assert page(b"<html><body><iframe src='x_files/a.html'></iframe></body></html>").text == ""


@pytest.mark.parametrize("unit", ["<script>", "<template>", "<textarea>", "'<p>", '"', "\\"])
def test_unclosed_holders_are_not_slow(unit: str) -> None:
    page(("<p>首页</p><script type=text/template>" + unit * 200_000).encode(), "a.html")
