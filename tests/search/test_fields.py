"""How values of fields are compared."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.search import FIELDS, IndexRow
from sousveil.search.fields import (
    BY_NAME,
    Kind,
    asked_place_keys,
    code_key,
    place_keys,
    row_words,
    short_place,
)


def test_names_are_unique_and_attributes_exist() -> None:
    names = [name for spec in FIELDS for name in (spec.name, *spec.aliases)]
    assert len(names) == len(set(names)) == len(BY_NAME)
    attributes = {field.name for field in msgspec.structs.fields(IndexRow)}
    assert {spec.attribute for spec in FIELDS} == attributes - {"text", "shown", "supplier_keys"}


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("广东省", "广东"),
        ("新疆维吾尔自治区", "新疆"),
        ("内蒙古自治区", "内蒙古"),
        ("西藏自治区", "西藏"),
        ("巴音郭楞蒙古自治州", "巴音郭楞"),
        ("黔东南苗族侗族自治州", "黔东南"),
        ("湘西土家族苗族自治州", "湘西"),
        ("伊犁哈萨克自治州", "伊犁"),
        ("积石山保安族东乡族撒拉族自治县", "积石山"),
        ("香港特别行政区", "香港"),
        ("和田地区", "和田"),
        ("沙县", "沙县"),
        ("california", "california"),
    ],
)
def test_short_places(name: str, short: str) -> None:
    assert short_place(name) == short


@pytest.mark.parametrize(
    ("asked", "stored", "found"),
    [
        ("昌吉", "新疆/昌吉回族自治州", True),
        ("昌吉回族自治州", "新疆/昌吉", True),
        ("新疆/昌吉", "新疆/昌吉", True),
        ("新疆維吾爾自治區", "新疆", True),
        ("内蒙古", "内蒙古自治区/包头市", True),
        ("包头", "内蒙古自治区/包头市", True),
        ("朝阳市", "北京/朝阳区", False),
        ("朝阳", "北京/朝阳区", True),
        ("新", "新疆", False),
        ("california", "California", True),
        ("昌吉/新疆", "新疆/昌吉", False),
        ("昌吉", "新疆/昌吉回族自治州/玛纳斯县", True),
        ("新疆/昌吉", "新疆/昌吉回族自治州/玛纳斯县", True),
        ("新疆/昌吉州", "新疆/昌吉回族自治州/玛纳斯县", True),
        ("昌吉州", "新疆/昌吉回族自治州", True),
        ("昌吉市", "新疆/昌吉回族自治州", False),
        ("新疆维吾尔自治区/昌吉回族自治州", "新疆/昌吉回族自治州/玛纳斯县", True),
        ("新疆/玛纳斯", "新疆/昌吉回族自治州/玛纳斯县", True),
        ("新疆/昌吉/玛纳斯县", "新疆/昌吉回族自治州/玛纳斯县", True),
        ("新疆/玛纳斯", "新疆/昌吉回族自治州", False),
        ("吉林/朝阳", "北京/北京市/朝阳区", False),
        ("北京/朝阳市", "北京/北京市/朝阳区", False),
        ("a/b/c/d/e", "a/b/c/d/e", True),
        ("c", "a/b/c/d/e", True),
        ("a/c", "a/b/c/d/e", False),
    ],
)
def test_places_asked_for(asked: str, stored: str, found: bool) -> None:
    assert bool(asked_place_keys(asked) & place_keys(stored)) is found


@given(
    st.lists(st.sampled_from(["新疆", "昌吉州", "朝阳区", "朝阳市", "a"]), min_size=1, max_size=4)
)
def test_a_place_is_found_by_itself_and_each_of_its_beginnings(parts: list[str]) -> None:
    keys = place_keys("/".join(parts))
    for end in range(1, len(parts) + 1):
        assert asked_place_keys("/".join(parts[:end])) & keys


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("昌吉市公安局", "昌吉市 公安局", True),
        ("臺北市政府", "台北市政府", True),
        ("甲（北京）公司", "甲(北京)公司", True),
        ("Example LTD", "example ltd", True),
        ("甲公司", "甲公司分公司", False),
    ],
)
def test_organisations_are_told_apart_as_names_are(left: str, right: str, same: bool) -> None:
    keys = {code_key(name, Kind.ORGANISATION) for name in (left, right)}
    assert (len(keys) == 1) is same


def test_all_words_of_a_row_are_searched() -> None:
    row = IndexRow(
        "id", "title", "name", "buyer", "agency", ("s1", "s2"), ("b1",), "text",
        project_id="P", plan_id="L", method="not this: its words stand in the text",
    )  # fmt: skip
    assert sorted(row_words(row, None)) == sorted(
        ["title", "name", "P", "L", "buyer", "agency", "s1", "s2", "b1", "text"]
    )
    assert row_words(IndexRow("id"), None) == ()
