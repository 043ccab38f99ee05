"""Names that a text puts beside its parties': where they stand, and what is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.extract.beside import with_names_beside
from sousveil.model import Evidence, Field, Notice, Page

SHA = "0" * 64


def page(text: str, number: int = 1) -> Page:
    return Page(SHA, number, text, "plain", "text/plain")


def field(value: str, text: str = "", at: int = 0) -> Field[str]:
    start = max(text.find(value), at)
    return Field(value, value, Evidence(SHA, 1, start, start + len(value), value, "test/1"))


def said(text: str, buyer: str, *suppliers: str) -> list[tuple[str, str]]:
    """Name and other name, each statement quoted as it stands."""
    notice = Notice(
        notice_id="n",
        document_sha256=SHA,
        page=1,
        pages=(1,),
        pointer=None,
        source_standard="test",
        notice_type="award",
        buyer=field(buyer, text),
        suppliers=tuple(field(name, text) for name in suppliers),
    )
    found = with_names_beside(notice, [page(text), page(f"{text}", 2)]).names_beside
    for one in found:
        place = one.evidence
        assert place.page == 1
        assert text[place.start : place.end] == place.quote == one.raw
        assert one.value.name in place.quote
        assert one.value.other in " ".join(place.quote.split())
        assert one.value.sign == "stated"
    return [(one.value.name, one.value.other) for one in found]


BUYER = "云峰县公安局"


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("采购人：云峰县公安局（以下简称“云峰公安局”）采购", "云峰公安局"),
        ("采购人：云峰县公安局（原云峰县警察局）采购", "云峰县警察局"),
        ("采购人：云峰县公安局(曾用名：云峰县警察局)采购", "云峰县警察局"),
        ("云峰县警察局于2019年3月更名为云峰县公安局。采购人：云峰县公安局", "云峰县警察局"),
        ("云峰县公安局现已更名为云峰县警察局，特此公告", "云峰县警察局"),
    ],
)
def test_chinese_statements(text: str, other: str) -> None:
    assert said(text, BUYER) == [(BUYER, other)]


@pytest.mark.parametrize(
    "text",
    [
        "采购人：云峰县公安局（以下简称采购人）采购",
        "采购人：云峰县公安局（以下简称“甲方”）采购",
        "采购人：云峰县公安局（以下简称我局）采购",
        "采购人：云峰县公安局（以下简称“招标人”）采购",
        "采购人：云峰县公安局（地址：云峰县大街原印刷厂）采购",
        "采购人：云峰县公安局（原〔person〕）采购",
        "采购人：云峰县公安局（原地址为云峰县人民医院）采购",
        "送货地点：云峰县公安局（原云峰县警察局）",
        "采购人：云峰县公安局（原址在云峰县第二中学）采购",
        "采购人：云峰县公安局（原隶属于云峰县卫生局）采购",
        "本项目名称由云峰县公安局更名为云峰县教育局监控项目",
        "本项目由云峰县教育局更名为云峰县公安局门禁项目",
        "采购人：云峰县公安局采购，云峰县教育局（原云峰县文教局）",
        "采购人：云峰县公安局",
    ],
)
def test_roles_other_bodies_and_masks_are_no_names(text: str) -> None:
    assert said(text, BUYER) == []


@pytest.mark.parametrize(
    ("text", "name", "other"),
    [
        ("Supplier: Falcon Ridge Ltd (formerly Apex Harbor Ltd), of", 0, "Apex Harbor Ltd"),
        ("Falcon Ridge Ltd (hereinafter “Falcon Ridge”) sells", 0, "Falcon Ridge"),
        ("Falcon Ridge Ltd, doing business as “Ridge Eye Systems”, sells", 0, "Ridge Eye Systems"),
        ("Falcon Ridge Ltd (hereinafter the “Supplier”) sells", 0, None),
        ("Falcon Ridge Ltd (hereinafter referred to as the Contractor) sells", 0, None),
        ("Falcon Ridge Ltd, formerly of Harbor Street", 0, None),
        ("Falcon Ridge Ltd (hereinafter the “Service Provider”) sells", 0, None),
        ("New Falcon Ridge Ltd (formerly Apex Harbor Ltd), of", 0, None),
        ("MegaFalcon Ridge Ltd (formerly Apex Harbor Ltd), of", 0, None),
        ("Falcon Ridge Ltd (d/b/a John Smith)", 0, None),
        ("Falcon Ridge Ltd (formerly SMITH, JOHN A.)", 0, None),
        ("Falcon Ridge Ltd (also known as Марья Иванова)", 0, None),
    ],
)
def test_statements_in_latin_letters(text: str, name: int, other: str | None) -> None:
    found = said(text, "Mapleton Police", "Falcon Ridge Ltd")
    assert found == ([("Falcon Ridge Ltd", other)] if other else [])


def test_each_statement_counts_once_and_other_pages_not_at_all() -> None:
    line = "采购人：云峰县公安局（原云峰县警察局）采购\n"
    assert said(line * 3, BUYER) == [(BUYER, "云峰县警察局")]
    assert said("采购人：云峰县公安局\n", BUYER) == []


@given(st.text("云峰县公安局原以下简称（）()“”更名为甲方2019年现", max_size=60))
def test_any_text_gives_only_what_it_holds(text: str) -> None:
    said(f"{BUYER}{text}", BUYER)
