"""The index answers every query as a plain scan over the same tokens does."""

import random
from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sousveil.search import Index, IndexRow, build_index, matches, parse_query

WORDS = [
    "人脸", "人臉", "识别", "監控", "监控", "监", "控", "公安", "公安局", "公共安全",
    "视频监控系统", "舆情", "2020年", "2020", "年",
    "GB28181", "gb 28181", "CCTV", "face", "facial", "recognition",
    "face-recognition", "видео", "감시", "A区", "第2期", "éa", "1,000", "x", "人",
]  # fmt: skip
SEPARATORS = [
    "",
    "",
    "",
    " ",
    "\n",
    "\n\n",
    "，",
    "、",
    "\t",
    "-",
    ".",
    ",",
    "〔person〕",
    "😀",
    " | ",
]

texts = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(SEPARATORS)), max_size=14).map(
    lambda parts: "".join(word + separator for word, separator in parts)
)
some = st.none() | texts
many = st.lists(texts, max_size=2).map(tuple)
amounts = st.none() | st.sampled_from([-5.0, 0.0, 0.1, 199999.99, 2e5, 3e12, float("nan")])
yes_no = st.sampled_from([None, True, False])


def codes(*values: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=2, unique=True).map(tuple)


rows = st.builds(
    lambda **values: IndexRow(notice_id="", **values),
    title=some, project_name=some, buyer=some, agency=some, suppliers=many, bidders=many,
    text=texts, method=some,
    notice_type=st.sampled_from([None, "award", "tender"]),
    buyer_type=st.sampled_from([None, "police", "education"]),
    country=st.sampled_from([None, "CN", "US"]),
    province=st.sampled_from([None, "新疆", "广东省", "California"]),
    place=st.sampled_from([None, "新疆/昌吉回族自治州", "北京/朝阳区", "吉林/朝阳市", "朝阳"]),
    capabilities=codes("face_recognition", "drones", "Video Surveillance"),
    platforms=codes("twitter", "facebook"),
    target_groups=codes("diaspora"),
    functions=codes("collect", "link"),
    data_sources=codes("telecom_records"),
    year=st.none() | st.integers(2018, 2022),
    published=st.none() | st.dates(date(2019, 12, 1), date(2021, 2, 1)),
    amount_usd=amounts, amount=amounts, currency=st.sampled_from([None, "CNY"]),
    surveillance=yes_no, overseas_target=yes_no, duplicate=yes_no,
    sophistication=st.none() | st.integers(0, 6),
    ladder=st.sampled_from([None, "online", "video_police"]),
    project_id=st.sampled_from([None, "XJ-2020-017", "〔2020〕 12号"]),
    project_key=st.sampled_from([None, "0a1b"]),
    orgs=codes("g0a1b", "昌吉市公安局", "Example Ltd", "CN-USCC:91650100MA7ABCDE15"),
    buyer_orgs=codes("g0a1b", "昌吉市 公安局"),
    supplier_orgs=codes("甲（北京）公司", "EXAMPLE LTD."),
    flags=codes("amount_conversion_disagrees"),
)  # fmt: skip

FILTERS = [
    "type:award", "type:tender,award", "buyer_type:police", "country:cn", "province:新疆",
    "province:广东", "province:廣東省", "place:昌吉", "place:朝阳", "place:朝阳市", "place:朝阳区",
    "place:新疆/昌吉回族自治州", "place:新疆/昌吉", "place:新疆维吾尔自治区/昌吉州",
    "org:昌吉市公安局", 'org:"昌吉市 公安局"', "org:G0A1B,x", "org:*",
    "org:CN-USCC:91650100ma7abcde15", "buyer_org:g0a1b", 'supplier_org:"甲(北京)公司"', "-org:*",
    "capability:face_recognition,drones",
    'capability:"video surveillance"', "platform:twitter", "target:diaspora", "year:2020..2021",
    "year:>2020", "published:2020", "published:2020-01..2020-06", "published:<2020",
    "amount_usd:>199999.99", "amount_usd:0..1", "amount_usd:<=0.1", "amount_usd:<0",
    "amount:>=20万", "currency:CNY", "surveillance:true", "overseas:false", "level:>=3", "level:0",
    "ladder:online", "project_id:〔2020〕12号", "project:0a1b", "duplicate:false", "flag:*",
    "buyer:*", "published:*", "amount_usd:*", "amount:*", "supplier:*", "platform:*", "*",
]  # fmt: skip
FIELD_NAMES = ["title", "name", "buyer", "agency", "supplier", "bidder", "method"]

leaves = st.one_of(
    st.sampled_from(WORDS),
    texts.map(lambda text: f'"{text}a"'),
    st.tuples(st.sampled_from(WORDS), st.sampled_from(SEPARATORS), st.sampled_from(WORDS)).map(
        lambda parts: '"' + "".join(parts) + '"'
    ),
    st.sampled_from(
        ["fac*", "reco*", "20*", '"face reco"*', "gb2*", "G*", '"年，c"*', "监*", "x*"]
    ),
    st.tuples(st.sampled_from(FIELD_NAMES), st.sampled_from(WORDS)).map(
        lambda parts: f'{parts[0]}:"{parts[1]}"'
    ),
    st.sampled_from(FILTERS),
)
queries = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({' '.join(parts)})"),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({' OR '.join(parts)})"),
        inner.map(lambda part: f"NOT {part}"),
    ),
    max_leaves=6,
)


def identified(corpus: list[IndexRow]) -> list[IndexRow]:
    """Rows with ids, every third one unlike a notice's id."""
    return [
        msgspec.structs.replace(row, notice_id=f"{i:032x}" if i % 3 else f"notice {i}")
        for i, row in enumerate(corpus)
    ]


def compare(index: Index, corpus: list[IndexRow], query_text: str) -> int:
    query = parse_query(query_text)
    expected = sorted(row.notice_id for row in corpus if matches(query, row))
    assert index.ids(query) == expected, query_text
    assert index.count(query) == len(expected)
    for order in ("relevance", "published", "amount_usd"):
        hits = index.search(query, limit=len(corpus) + 1, order=order)
        assert hits.total == len(expected)
        assert sorted(hit.notice_id for hit in hits.hits) == expected
    return len(expected)


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(rows, max_size=8).map(identified), st.lists(queries, min_size=1, max_size=12))
def test_index_equals_scan(
    tmp_path_factory: pytest.TempPathFactory, corpus: list[IndexRow], asked: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("index")
    assert build_index(corpus, folder) == len(corpus)
    index = Index(folder)
    for query in asked:
        compare(index, corpus, query)


# A larger corpus of one build, and queries that are its own words.


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> tuple[Index, list[IndexRow]]:
    chance = random.Random(20220101)
    corpus = [random_row(chance, i) for i in range(300)]
    folder = tmp_path_factory.mktemp("large") / "index"
    build_index(corpus, folder)
    return Index(folder), corpus


def random_text(chance: random.Random, length: int) -> str:
    return "".join(
        chance.choice(WORDS) + chance.choice(SEPARATORS) for _ in range(chance.randrange(length))
    )


def random_row(chance: random.Random, i: int) -> IndexRow:
    def maybe(value: str) -> str | None:
        return value if chance.random() < 0.7 else None

    return IndexRow(
        notice_id=f"{chance.getrandbits(128):032x}",
        title=maybe(random_text(chance, 6)),
        buyer=maybe(random_text(chance, 3)),
        suppliers=tuple(random_text(chance, 3) for _ in range(chance.randrange(3))),
        text=random_text(chance, 60),
        notice_type=maybe("award"),
        province=maybe(chance.choice(["新疆", "广东"])),
        place=maybe("新疆/昌吉回族自治州/玛纳斯县"),
        orgs=tuple(chance.sample(["g0a1b", "昌吉市公安局", "Example Ltd"], chance.randrange(4))),
        buyer_orgs=chance.choice([(), ("g0a1b", "昌吉市公安局")]),
        supplier_orgs=chance.choice([(), ("甲（北京）公司",)]),
        capabilities=tuple(chance.sample(["face_recognition", "drones"], chance.randrange(3))),
        year=chance.choice([None, 2019, 2020, 2021]),
        published=chance.choice([None, date(2020, 1 + i % 12, 1 + i % 28)]),
        amount_usd=chance.choice([None, 1e5, 2e5, chance.random() * 1e6]),
        sophistication=chance.choice([None, 0, 3, 6]),
        duplicate=chance.random() < 0.2,
    )


def random_query(chance: random.Random, corpus: list[IndexRow], depth: int = 2) -> str:
    if depth and chance.random() < 0.5:
        parts = [random_query(chance, corpus, depth - 1) for _ in range(2)]
        form = chance.choice(["({} {})", "({} OR {})", "({} NOT {})"])
        return form.format(*parts)
    kind = chance.random()
    if kind < 0.3:
        return chance.choice(FILTERS)
    if kind < 0.6:
        return f'"{chance.choice(WORDS)}"'
    text = chance.choice(corpus).text.replace('"', "") + "xyz"
    start = chance.randrange(len(text))
    return (
        f'"{text[start : start + chance.randrange(1, 12)]}a"'
        if kind < 0.7
        else (f'"{text[start : start + chance.randrange(2, 12)]}"')
    )


def test_300_random_queries_over_300_notices(large: tuple[Index, list[IndexRow]]) -> None:
    index, corpus = large
    chance = random.Random(7)
    found = asked = 0
    while asked < 300:
        text = random_query(chance, corpus)
        if any(not any(c.isalnum() for c in part) for part in text.split('"')[1::2]):
            continue  # a quotation without a word is refused
        if "〔" in text and ("〔person〕" not in text or text.count("〔") != text.count("〕")):
            continue  # a piece of a mask token is a word like any other, but not in a text
        found += compare(index, corpus, text) > 0
        asked += 1
    assert found > 150  # the comparison is not of nothing with nothing


def test_every_word_of_every_notice_finds_it(large: tuple[Index, list[IndexRow]]) -> None:
    index, corpus = large
    for word in WORDS:
        assert compare(index, corpus, f'"{word}"') > 5


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("人脸", True), ("人臉", True), ("脸识", True), ("人脸识别", True), ("识别系", True),
        ("办公", True), ("公安", False), ("安全", True), ("监控", True), ("統", True),
        ("控 系", True), ("person", False), ('"〔person〕安全"', True),
        ("系统人", False), ("联系人", True),
        ("face", True), ("fac", False), ("fac*", True), ('"face recognition"', True),
        ('"recognition face"', False), ("face-recognition", True), ("2020", True), ("2020年", True),
        ("020年", False), ("2020年度", True), ("GB28181", True), ("gb", True), ("2818", False),
        ("公司", True), ("统公司", False), ("xyz OR 人脸", True), ("人脸 -face", False),
        ("title:人脸", True), ("title:监控", False), ("buyer:甲", True), ("buyer:乙", False),
        ("supplier:乙", True), ("supplier:甲", False), ("supplier:某甲", False),
        ('"系统，甲"', False), ('supplier:"乙某，乙"', False),
    ],
)  # fmt: skip
def test_what_a_person_expects(tmp_path: Path, query: str, found: bool) -> None:
    row = IndexRow(
        "n1",
        title="人臉識別系統",
        buyer="甲公司",
        suppliers=("乙某", "乙公司"),
        text="办公、安全。视频监\n控系统\n联系人〔person〕安全 Face-Recognition 2020年度 GB28181",
    )
    build_index([row], tmp_path / "index")
    query_tree = parse_query(query)
    assert bool(Index(tmp_path / "index").count(query_tree)) is found
    assert matches(query_tree, row) is found


@pytest.mark.parametrize(
    "text",
    ["控", "控，控", "监控，控", "控，控制", "监控，控制", "控控", "控，控，控", "监控，控，控制",
     "控控，控控", "控 控", "控a，控", "控，x，控"],
)  # fmt: skip
@pytest.mark.parametrize("query", ['"控，控"', '"控，控，控"', '"控，控，控，控"', '"控控"'])
def test_one_character_on_both_sides_of_a_break(tmp_path: Path, text: str, query: str) -> None:
    row = IndexRow("n1", text=text)
    build_index([row], tmp_path / "index")
    compare(Index(tmp_path / "index"), [row], query)
