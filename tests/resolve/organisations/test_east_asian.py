"""Japanese and Korean names: forms on either side, town halls, police of a prefecture."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.model import NameKey
from sousveil.resolve.organisations.parts import parts_of
from sousveil.resolve.organisations.records import Parts


def parts(name: str, country: str, buys: bool = True) -> Parts:
    return parts_of(NameKey("n", name, country, None, (), (), "other" if buys else None))


@pytest.mark.parametrize(
    ("left", "right", "country"),
    [
        ("横浜市役所", "横浜市", "JP"),
        ("葉山町役場", "葉山町", "JP"),
        ("神奈川県庁", "神奈川県", "JP"),
        ("大阪府警", "大阪府警察本部", "JP"),
        ("国立研究開発法人理化学研究所", "理化学研究所", "JP"),
        ("서울지방경찰청", "서울특별시경찰청", "KR"),
        ("부산광역시", "부산시청", "KR"),
    ],
)
def test_ways_of_naming_one_body(left: str, right: str, country: str) -> None:
    assert parts(left, country).key == parts(right, country).key


@pytest.mark.parametrize(
    ("left", "right", "country"),
    [
        ("大阪府", "大阪府警察本部", "JP"),
        ("東京都庁", "京都府庁", "JP"),
        ("광주광역시", "경기도 광주시", "KR"),
        ("서울특별시교육청", "서울특별시", "KR"),
        ("警察庁", "警察", "JP"),
    ],
)
def test_near_ones_are_two(left: str, right: str, country: str) -> None:
    assert parts(left, country).key != parts(right, country).key


@pytest.mark.parametrize(
    ("name", "rest", "form", "country"),
    [
        ("㈱ミハリ", "ミハリ", "kk", "JP"),
        ("ミハリ株式会社", "ミハリ", "kk", "JP"),
        ("有限会社ミハリ", "ミハリ", "yk", "JP"),
        ("(주)한빛", "한빛", "주식회사", "KR"),
        ("한빛 주식회사", "한빛", "주식회사", "KR"),
        ("株式会社", "株式会社", "", "JP"),
    ],
)
def test_the_form_is_a_part_of_its_own(name: str, rest: str, form: str, country: str) -> None:
    found = parts(name, country, buys=False)
    assert (found.rest, found.form) == (rest, form)


@given(st.text(alphabet="株式会社(有)한빛주식회사市役所ミハリ横浜 庁県", max_size=20))
def test_any_name_leaves_something(name: str) -> None:
    for country in ("JP", "KR"):
        found = parts(name, country)
        assert found.rest or not name.strip()
