"""Whatever a page is written in, and whatever it says of itself, its words come out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from parse_helpers import page

from sousveil.parse.encoding import codec_of, decode

SIMPLIFIED = (
    "示例县公安局视频监控系统采购项目招标公告，预算金额：叁拾万元整。"
    "供应商名称：朱镕示例科技有限公司，地址：喆垚路１号〇二室。"
)
TRADITIONAL = (
    "示例縣警察局影像監視系統採購案決標公告，預算金額：新臺幣參拾萬元整。"
    "廠商名稱：示例科技股份有限公司"
)
RUSSIAN = "Закупка системы видеонаблюдения для управления внутренних дел, начальная цена контракта"
FRENCH = (
    "Marché public de vidéoprotection : la préfecture achète des caméras, coût estimé à 30 000 €"
)
JAPANESE = "防犯カメラの調達に係る一般競争入札について公告します。予定価格は三百万円とする。"
KOREAN = "영상감시시스템 구매 입찰공고 추정가격은 삼백만원으로 한다"


def html(text: str, declared: str | None) -> str:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">'
    return f"<html><head>{meta if declared else ''}</head><body><p>{text}</p></body></html>"


@pytest.mark.parametrize(
    "declared", [None, "gb2312", "gbk", "utf-8", "big5", "iso-8859-1", "nonsense"]
)
@pytest.mark.parametrize("written", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_simplified_chinese(written: str, declared: str | None) -> None:
    assert page(html(SIMPLIFIED, declared).encode(written)).text == SIMPLIFIED


@pytest.mark.parametrize("declared", [None, "big5", "utf-8", "gb2312"])
@pytest.mark.parametrize("written", ["big5", "big5hkscs", "utf-8", "utf-16-le", "utf-16-be"])
def test_traditional_chinese(written: str, declared: str | None) -> None:
    assert page(html(TRADITIONAL, declared).encode(written)).text == TRADITIONAL


@pytest.mark.parametrize(
    ("text", "written", "declared"),
    [
        (RUSSIAN, "cp1251", "windows-1251"),
        (RUSSIAN, "cp1251", None),
        (RUSSIAN, "koi8-r", "koi8-r"),
        (FRENCH, "cp1252", "iso-8859-1"),
        (FRENCH, "cp1252", "utf-8"),
        (FRENCH, "utf-8", "iso-8859-1"),
        (JAPANESE, "cp932", "Shift_JIS"),
        (JAPANESE, "euc-jp", "EUC-JP"),
        (KOREAN, "cp949", "euc-kr"),
    ],
)
def test_other_scripts(text: str, written: str, declared: str | None) -> None:
    assert page(html(text, declared).encode(written)).text == text


@pytest.mark.parametrize("written", ["gb18030", "utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_plain_text(written: str) -> None:
    text = f"{SIMPLIFIED}\n第二行 A-1\n"
    assert page(text.encode(written), "公告.txt").text == text


def test_rare_characters_of_gb18030() -> None:
    text = "采购人：示例市公安局，项目负责人所在地：㐂𠮷䶮"
    assert page(html(text, "gb2312").encode("gb18030")).text == text


def test_a_few_bad_bytes_lose_only_themselves() -> None:
    data = html(SIMPLIFIED * 5, "gbk").encode("gb18030")
    broken = data.replace("预算".encode("gb18030"), b"\xff\xff", 1)
    text = page(broken).text
    assert text.count("预算") == 4
    assert "招标公告" in text


def test_a_file_cut_off_within_a_character() -> None:
    found = decode(SIMPLIFIED.encode()[:-1])
    assert found.encoding == "utf-8"
    assert found.text.startswith(SIMPLIFIED[:-1])


@pytest.mark.parametrize("label", [None, "", "x" * 500, "base64", "utf-16", "\x00", "zip"])
def test_useless_labels(label: str | None) -> None:
    assert codec_of(label) is None


@given(st.binary(max_size=400), st.sampled_from([None, "gb2312", "big5", "utf-8", "utf-7"]))
def test_decoding_never_fails(data: bytes, declared: str | None) -> None:
    found = decode(data, declared)
    assert found.replaced == found.text.count("\ufffd") or "\ufffd" in found.text


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00\x1b\ufeff"), min_size=1))
def test_utf8_with_a_mark_comes_back(text: str) -> None:
    assert decode(b"\xef\xbb\xbf" + text.encode()).text == text
