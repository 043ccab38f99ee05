"""The query language: what is understood, what is refused and where."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sousveil.errors import QueryError
from sousveil.search import FIELDS, Kind, Query, parse_query
from sousveil.search.fields import code_key
from sousveil.search.parser import MAX_DEPTH, MAX_LENGTH, MAX_TERMS
from sousveil.search.query import All, And, Node, Not, OneOf, Or, Present, Within, Words


def root(text: str) -> Node:
    return parse_query(text).root


A, B, C = Words("a"), Words("b"), Words("c")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", All()),
        (" \n\u3000", All()),
        ("*", All()),
        ("a", A),
        ("a b", And((A, B))),
        ("a AND b", And((A, B))),
        ("a and b", And((A, Words("and"), B))),
        ("a OR b c", Or((A, And((B, C))))),
        ("(a OR b) c", And((Or((A, B)), C))),
        ("a OR (b OR c)", Or((A, B, C))),
        ("a a", A),
        ("NOT a", Not(A)),
        ("-a", Not(A)),
        ("－a", Not(A)),
        ("a -b", And((A, Not(B)))),
        ("a-b", Words("a-b")),
        ('-"a b"', Not(Words("a b"))),
        ("-(a b)", Not(And((A, B)))),
        ("NOT NOT a", Not(Not(A))),
        ("a NOT b OR c", Or((And((A, Not(B))), C))),
        ('"a  b"', Words("a b")),
        ("“人脸　识别”", Words("人脸 识别")),
        ("「人脸」", Words("人脸")),
        ("（a OR b）c", And((Or((A, B)), C))),
        ("face*", Words("face", None, True)),
        ("人脸*", Words("人脸")),  # a phrase of characters may go on anyway
        ('"face recog"*', Words("face recog", None, True)),
        ('"a*"', Words("a*")),
        ("a — b", And((A, B))),
        ("年份:2020", Words("年份:2020")),
        ("12:30", Words("12:30")),
        ("ANDROID", Words("ANDROID")),
        ('"OR"', Words("OR")),
        ("a\\b", Words("a\\b")),
        ("㎡", Words("m2")),
    ],
)
def test_words_and_operators(text: str, expected: Node) -> None:
    assert root(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("buyer:公安局", Words("公安局", "buyer")),
        ('buyer:"公安 局"', Words("公安 局", "buyer")),
        ("BUYER：公安局", Words("公安局", "buyer")),
        ("project_name:a", Words("a", "name")),
        ("supplier:a,b", Or((Words("a", "supplier"), Words("b", "supplier")))),
        ("supplier:huaw*", Words("huaw", "supplier", True)),
        ("buyer_type:Police", OneOf("buyer_type", ("police",))),
        ("capability:Face-Recognition", OneOf("capability", ("face_recognition",))),
        ('capability:"face recognition"', OneOf("capability", ("face_recognition",))),
        ("platform:twitter,facebook，twitter", OneOf("platform", ("twitter", "facebook"))),
        ("country:CN", OneOf("country", ("cn",))),
        ("province:廣東", OneOf("province", ("广东",))),
        ("type:award", OneOf("type", ("award",))),
        ("-duplicate:true", Not(OneOf("duplicate", ("true",)))),
        ("overseas:是", OneOf("overseas", ("true",))),
        ("surveillance:NO", OneOf("surveillance", ("false",))),
        ("amount_usd:*", Present("amount_usd")),
        ("project_id:〔2020〕12号", OneOf("project_id", ("〔2020〕12号",))),
        ('project_id:"AB 12"', OneOf("project_id", ("ab12",))),
        ("year:2020", Within("year", Decimal(2020), Decimal(2020))),
        ("year:2020..2022", Within("year", Decimal(2020), Decimal(2022))),
        ("year:..2022", Within("year", None, Decimal(2022))),
        ("level:>=3", Within("level", Decimal(3), None)),
        ("level:>3", Within("level", Decimal(4), None)),
        ("level:<3", Within("level", None, Decimal(2))),
        ("level:=3", Within("level", Decimal(3), Decimal(3))),
        ("amount_usd:>200000", Within("amount_usd", Decimal(200000), None, True)),
        ("amount_usd:<1.5m", Within("amount_usd", None, Decimal(1500000), False, True)),
        ("amount:>200,000", Within("amount", Decimal(200000), None, True)),
        ("amount:50万..1亿", Within("amount", Decimal(500000), Decimal(10**8))),
        ("amount:>＝5", Within("amount", Decimal(5), None)),
        ("amount:-5", Within("amount", Decimal(-5), Decimal(-5))),
        ("published:2020", Within("published", date(2020, 1, 1), date(2020, 12, 31))),
        ("published:2020-02", Within("published", date(2020, 2, 1), date(2020, 2, 29))),
        (
            "published:2020-01..2020-06",
            Within("published", date(2020, 1, 1), date(2020, 6, 30)),
        ),
        ("published:>2020-01", Within("published", date(2020, 2, 1), None)),
        ("published:<2020-01", Within("published", None, date(2019, 12, 31))),
        ("date:2020-1-5", Within("published", date(2020, 1, 5), date(2020, 1, 5))),
    ],
)
def test_fields(text: str, expected: Node) -> None:
    assert root(text) == expected


@pytest.mark.parametrize(
    ("text", "position", "says"),
    [
        ("a (b", 2, "never closed"),
        ("a b)", 3, "no ( before"),
        (")", 0, "nothing before"),
        ("a ()", 2, "empty"),
        ('a "b', 2, "never closed"),
        ("a“", 1, "never closed"),
        ("a OR", 2, "OR has nothing after"),
        ("OR a", 0, "OR has nothing before"),
        ("a AND AND b", 6, "AND has nothing before"),
        ("(a OR )", 3, "OR has nothing after"),
        ("NOT", 0, "NOT has nothing after"),
        ("a -(b", 3, "never closed"),
        ("—", 0, "no letter or digit"),
        ("😀", 0, "no letter or digit"),
        ('a "!!"', 2, "no letter or digit"),
        ('"〔person〕"', 0, "no letter or digit"),
        ("x buyr:a", 2, "Did you mean buyer"),
        ("http://x", 0, "quotes"),
        ("buyer:", 0, "needs a value"),
        ("buyer: a", 0, "needs a value"),
        ("(buyer:)", 1, "needs a value"),
        ("buyer:!!", 6, "needs a letter"),
        ("buyer:(a OR b)", 6, "parentheses"),
        ("f*o", 1, "end of a word"),
        ("**", 0, "end of a word"),
        ("buyer_type:pol*", 11, "stands only alone"),
        ('buyer_type:""', 11, "takes a value"),
        ("country:,", 8, "takes a value"),
        ("type:awrd", 5, "Did you mean award"),
        ("type:xyzzy", 5, "Values:"),
        ("surveillance:maybe", 13, "true or false"),
        ("year:abc", 5, "whole numbers"),
        ("year:2020.5", 5, "whole numbers"),
        ("year:2022..2020", 5, "before it begins"),
        ("year:2020..20x", 11, "whole numbers"),
        ("year:..", 5, "whole numbers"),
        ("year:>", 6, "whole numbers"),
        ("year:1..2..3", 8, "whole numbers"),
        ("year:" + "9" * 30, 5, "whole numbers"),
        ("amount_usd:1e9", 11, "numbers"),
        ("amount_usd:nan", 11, "numbers"),
        ("amount_usd:①", 11, "numbers"),
        ("published:2020-13", 10, "dates"),
        ("published:2021-02-29", 10, "dates"),
        ("published:0000", 10, "dates"),
        ("published:>9999", 10, "dates"),
        ("published:yesterday", 10, "dates"),
    ],
)
def test_what_is_refused_and_where(text: str, position: int, says: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse_query(text)
    assert caught.value.position == position
    assert says in str(caught.value)
    assert caught.value.hint


def test_limits() -> None:
    parse_query("(" * MAX_DEPTH + "a" + ")" * MAX_DEPTH)
    parse_query(" ".join(["a"] * MAX_TERMS))
    parse_query("a" * MAX_LENGTH)
    for text in (
        "(" * 5000 + "a" + ")" * 4999,
        "NOT " * 2000 + "a",
        "-" * 5000 + "a",
        " ".join(["a"] * (MAX_TERMS + 1)),
        "supplier:" + ",".join(["a"] * (MAX_TERMS + 1)),
        "a" * (MAX_LENGTH + 1),
    ):
        with pytest.raises(QueryError):
            parse_query(text)


def test_errors_do_not_repeat_the_values_asked_for() -> None:
    with pytest.raises(QueryError) as caught:
        parse_query("type:张三")
    assert "张三" not in str(caught.value)


def test_query_errors_survive_pickling_with_their_position() -> None:
    import pickle

    with pytest.raises(QueryError) as caught:
        parse_query("a )")
    assert pickle.loads(pickle.dumps(caught.value)).position == 2


texts = st.text(st.sampled_from('人脸ab1 (),.:*-|<>="“〔person〕\\\t😀é'), min_size=1, max_size=12)
word_fields = st.sampled_from([None, *(s.name for s in FIELDS if s.kind is Kind.WORDS)])


words = st.builds(lambda t, f, s: (t, f, s), texts, word_fields, st.booleans())


def word_source(parts: tuple[str, str | None, bool]) -> str:
    text, field, star = parts
    inside = text.replace('"', "").replace("“", "") + "a"
    return (f"{field}:" if field else "") + f'"{inside}"' + ("*" if star else "")


numbers = st.decimals(-(10**9), 10**9, places=3, allow_nan=False).map(lambda d: f"{d:f}")
days = st.dates(date(1, 1, 2), date(9999, 12, 30)).map(date.isoformat)
comparison = st.sampled_from([">", ">=", "<", "<=", "=", ""])
filters = st.one_of(
    st.builds(lambda op, n: f"amount_usd:{op}{n}", comparison, numbers),
    st.builds(lambda op, n: f"year:{op}{n}", comparison, st.integers(-9999, 9999)),
    st.builds(lambda op, d: f"published:{op}{d}", comparison, days),
    st.builds(lambda a, b: "published:{}..{}".format(*sorted((a, b))), days, days),
    st.builds(
        lambda f, v: f'{f}:"{v}"',
        st.sampled_from([s.name for s in FIELDS if s.kind is Kind.CODE and not s.allowed]),
        texts.map(lambda t: t.replace('"', "").replace("“", "") + "x"),
    ),
    st.sampled_from(["duplicate:false", "buyer:*", "place:新疆/昌吉,广东", "type:award", "*"]),
)
sources = st.recursive(
    st.one_of(words.map(word_source), filters),
    lambda inner: st.one_of(
        st.builds(lambda a, b: f"({a}) OR ({b})", inner, inner),
        st.builds(lambda a, b: f"({a}) {b}", inner, inner),
        inner.map(lambda a: f"NOT ({a})"),
    ),
    max_leaves=8,
)


@settings(deadline=None)
@given(sources)
def test_str_is_read_back_as_the_same_tree(source: str) -> None:
    query = parse_query(source)
    assert parse_query(str(query)) == query
    assert str(parse_query(str(query))) == str(query)


@settings(deadline=None)
@given(st.one_of(st.text(max_size=80), st.text(st.sampled_from('ab人 ()"-*:,.><=ORANDT'))))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        query = parse_query(text)
    except QueryError as error:
        position = error.position
    else:
        position = 0
        assert parse_query(str(query)) == query
    assert 0 <= position <= len(text)


def test_queries_are_frozen_and_can_be_keys() -> None:
    assert len({parse_query("a b"), parse_query("a AND b"), Query(All())}) == 2


@settings(deadline=None)
@given(st.text(max_size=300), st.sampled_from(list(Kind)))
def test_code_keys_are_stable_and_short(value: str, kind: Kind) -> None:
    key = code_key(value, kind)
    assert len(key) <= 200
    assert code_key(value, kind) == key
    key.encode()
