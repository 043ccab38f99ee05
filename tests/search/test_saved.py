import pytest

from sousveil.errors import QueryError
from sousveil.search import parse_query

SAVED = {
    "faces": "人脸 OR 虹膜",
    "police": "buyer_type:police",
    "both": "@faces @police",
    "一号": "舆情",
    "all": "",
    "a": "@b",
    "b": "监控 @a",
    "broken": "监控 (",
}


@pytest.mark.parametrize(
    ("query", "means"),
    [
        ("@faces", "人脸 OR 虹膜"),
        ("@faces 监控", "(人脸 OR 虹膜) 监控"),
        ("监控 -@faces", "监控 -(人脸 OR 虹膜)"),
        ("NOT @police", "NOT buyer_type:police"),
        ("(@faces OR 声纹) year:2020", "(人脸 OR 虹膜 OR 声纹) year:2020"),
        ("@both", "(人脸 OR 虹膜) buyer_type:police"),
        ("@一号", "舆情"),
        ("@FACES", "人脸 OR 虹膜"),
        ("＠faces", "人脸 OR 虹膜"),
        ("@all", "*"),
        ('"@faces" 监控', '"@faces" AND 监控'),
    ],
)
def test_a_name_stands_for_its_query(query: str, means: str) -> None:
    tree = parse_query(query, SAVED)
    assert tree == parse_query(means)
    assert parse_query(str(tree)) == tree


@pytest.mark.parametrize(
    ("query", "words", "position"),
    [
        ("监控 @nothing", "no saved query @nothing", 3),
        ("@a", "leads back to itself: @a → @b → @a", 0),
        ("监控 @broken", "In the saved query @broken, character 4", 3),
        ("@", "@ needs the name", 0),
        ("@ faces", "@ needs the name", 0),
        ("@faces*", "ends in what no name can hold", 6),
        ("@faces.x", "ends in what no name can hold", 6),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_place(
    query: str, words: str, position: int
) -> None:
    with pytest.raises(QueryError, match=words) as caught:
        parse_query(query, SAVED)
    assert caught.value.position == position


def test_without_saved_queries_no_name_is_known() -> None:
    with pytest.raises(QueryError, match="no saved query @faces"):
        parse_query("@faces")


def test_a_name_that_is_nearly_right_is_offered() -> None:
    with pytest.raises(QueryError) as caught:
        parse_query("@face", SAVED)
    assert "@faces" in caught.value.hint


def test_queries_that_double_at_each_step_end_at_the_limit() -> None:
    doubling = {f"q{i}": f"@q{i + 1} @q{i + 1}" for i in range(9)} | {"q9": "a b c d"}
    assert str(parse_query("@q5", doubling)) == "a b c d"
    with pytest.raises(QueryError, match="more than 500 words"):
        parse_query("@q0", doubling)


def test_saved_queries_inside_each_other_end_at_the_limit() -> None:
    long = {f"q{i}": f"@q{i + 1}" for i in range(50)} | {"q50": "x"}
    with pytest.raises(QueryError, match="deep in each other"):
        parse_query("@q0", long)
