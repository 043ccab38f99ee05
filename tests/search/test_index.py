"""Building, extending and reading an index: order, paging, what it stores, what it refuses."""

import json
import os
import random
import resource
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import tantivy

from sousveil.errors import CaseError, QueryError, UsageError
from sousveil.search import (
    SCHEMA_VERSION,
    Index,
    IndexRow,
    build_index,
    extend_index,
    parse_query,
)
from sousveil.search.index import STAMP

QUERIES = ["", "监控", "公安局 -学校", "采购 OR cctv", "year:>2019", "amount_usd:*", "监*", "公"]


def some_rows(count: int, seed: int = 1) -> list[IndexRow]:
    chance = random.Random(seed)
    words = ["监控", "公安局", "采购", "学校", "，", "cctv ", "服务", "项目", "2020年"]
    return [
        IndexRow(
            notice_id=f"{chance.getrandbits(128):032x}",
            title="".join(chance.choices(words, k=3)),
            text="".join(chance.choices(words, k=chance.randrange(40))),
            year=2015 + i % 8,
            published=date(2015 + i % 8, 1 + i % 12, 1) if i % 5 else None,
            amount_usd=chance.choice([None, -3.5, 0.0, 1e5, chance.random() * 1e7]),
        )
        for i in range(count)
    ]


def answers(index: Index) -> list[object]:
    return [
        (index.ids(query), index.search(query, limit=30, order=order))
        for query in map(parse_query, QUERIES)
        for order in ("relevance", "published", "amount_usd")
    ]


@pytest.fixture(scope="module")
def rows() -> list[IndexRow]:
    return some_rows(200)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, rows: list[IndexRow]) -> Index:
    folder = tmp_path_factory.mktemp("built") / "index"
    assert build_index(iter(rows), folder) == len(rows)
    return Index(folder)


def test_empty_query_is_everything(index: Index, rows: list[IndexRow]) -> None:
    assert index.ids(parse_query("")) == sorted(row.notice_id for row in rows)
    assert len(index) == index.count(parse_query("")) == 200


def test_latest_first_undated_last(index: Index, rows: list[IndexRow]) -> None:
    hits = index.search(parse_query(""), limit=200, order="published").hits
    expected = sorted(
        rows,
        key=lambda row: (-row.published.toordinal() if row.published else 0, row.notice_id),
    )
    assert [hit.notice_id for hit in hits] == [row.notice_id for row in expected]


def test_largest_first_unknown_last(index: Index, rows: list[IndexRow]) -> None:
    hits = index.search(parse_query(""), limit=200, order="amount_usd").hits
    expected = sorted(
        rows,
        key=lambda row: (
            row.amount_usd is None,
            -row.amount_usd if row.amount_usd is not None else 0,
            row.notice_id,
        ),
    )
    assert [hit.notice_id for hit in hits] == [row.notice_id for row in expected]


@pytest.mark.parametrize("order", ["relevance", "published", "amount_usd"])
@pytest.mark.parametrize("text", ["监控 OR 学校", "监*", "year:*"])
def test_pages_put_together_are_the_whole(index: Index, order: str, text: str) -> None:
    query = parse_query(text)
    whole = index.search(query, limit=500, order=order).hits
    pages: list[object] = []
    for offset in range(0, len(whole) + 7, 7):
        page = index.search(query, limit=7, offset=offset, order=order)
        assert page.total == len(whole)
        pages += page.hits
    assert pages == list(whole)


def test_limit_none_and_beyond_the_end(index: Index) -> None:
    query = parse_query("监控")
    total = index.count(query)
    assert index.search(query, limit=0).hits == ()
    assert index.search(query, limit=0).total == total
    assert index.search(query, offset=10_000).hits == ()
    assert index.search(query, offset=10_000).total == total


@pytest.mark.parametrize("bad", [{"limit": -1}, {"offset": -1}, {"order": "sideways"}])
def test_bad_paging_is_refused(index: Index, bad: dict[str, int]) -> None:
    with pytest.raises(UsageError):
        index.search(parse_query(""), **bad)


def test_words_in_titles_and_rare_words_come_first(tmp_path: Path) -> None:
    filler = "采购项目公告" * 20
    build_index(
        [
            IndexRow("in text", text=filler + "监控" + filler),
            IndexRow("in title", title="监控", text=filler + filler),
            *(IndexRow(f"other {i}", text=filler) for i in range(20)),
        ],
        tmp_path / "index",
    )
    hits = Index(tmp_path / "index").search(parse_query("监控")).hits
    assert [hit.notice_id for hit in hits] == ["in title", "in text"]
    assert hits[0].score > hits[1].score > 0


def test_filters_do_not_count_for_relevance(tmp_path: Path) -> None:
    build_index(
        [IndexRow("a", text="监控 x", year=2020), IndexRow("b", text="监控 x y", year=2020)],
        tmp_path / "index",
    )
    index = Index(tmp_path / "index")
    plain = index.search(parse_query("监控")).hits
    assert index.search(parse_query("监控 year:2020 -type:award")).hits == plain


def test_many_ties_are_broken_by_id(tmp_path: Path) -> None:
    rows = [
        IndexRow(f"{i * 7919 % 1000:032x}", text="同样的监控", published=date(2020, 1, 1))
        for i in range(1000)
    ]
    build_index(rows, tmp_path / "index")
    hits = Index(tmp_path / "index").search(parse_query("监控"), limit=10, offset=300).hits
    assert [int(hit.notice_id, 16) for hit in hits] == list(range(300, 310))


def test_of_equals_the_later_comes_first(tmp_path: Path) -> None:
    dates = [date(1980, 1, 1), date(2019, 12, 31), date(2020, 1, 1), date(2020, 1, 2)]
    rows = [IndexRow(f"{i}", text="监控", published=day) for i, day in enumerate(dates)]
    build_index([*rows, IndexRow("undated", text="监控")], tmp_path / "index")
    hits = Index(tmp_path / "index").search(parse_query("监控")).hits
    assert [hit.notice_id for hit in hits] == ["3", "2", "1", "0", "undated"]


def test_without_whole_words_the_latest_come_first(tmp_path: Path) -> None:
    build_index(
        [
            IndexRow("old", title="监控", text="监 监 cctv", published=date(2001, 1, 1)),
            IndexRow("new", text="长长的文字里有一个监字 cctv", published=date(2021, 1, 1)),
        ],
        tmp_path / "index",
    )
    index = Index(tmp_path / "index")
    for text in ["", "监", "cct*", "监 published:*", "NOT 学校"]:
        assert [hit.notice_id for hit in index.search(parse_query(text)).hits] == ["new", "old"]


def test_the_order_of_the_rows_does_not_matter(
    tmp_path: Path, index: Index, rows: list[IndexRow]
) -> None:
    build_index(reversed(rows), tmp_path / "index")
    assert answers(Index(tmp_path / "index")) == answers(index)


def test_many_segments_answer_as_one(tmp_path: Path) -> None:
    rows = some_rows(4000, seed=5)
    small, large = tmp_path / "small", tmp_path / "large"
    build_index((row for row in rows), small, heap_bytes=1)
    build_index(rows, large, heap_bytes=200_000_000)
    assert answers(Index(small)) == answers(Index(large))


def test_an_empty_index(tmp_path: Path) -> None:
    assert build_index([], tmp_path / "index") == 0
    index = Index(tmp_path / "index")
    for text in QUERIES:
        query = parse_query(text)
        assert index.ids(query) == []
        assert index.search(query).total == index.count(query) == 0


def test_texts_that_might_break_an_index(tmp_path: Path) -> None:
    texts = ["", "\0", "x" * 100_000, "监" * 100_000, "\ud800监控", "a " * 50_000, "|¦ \\ . *"]
    build_index([IndexRow(str(i), text=text, title=text) for i, text in enumerate(texts)], tmp_path)
    index = Index(tmp_path)
    assert index.ids(parse_query("x*")) == ["2"]
    assert index.ids(parse_query("监控")) == ["4"]
    assert index.ids(parse_query("x" * 9000)) == ["2"]
    assert index.ids(parse_query('"' + "监" * 9000 + '"')) == ["3"]
    assert index.ids(parse_query("title:*")) == ["1", "2", "3", "4", "5", "6"]


def test_values_that_might_break_an_index(tmp_path: Path) -> None:
    row = IndexRow(
        "n",
        project_id="=" * 100_000,
        province="/",
        place="///新疆// /",
        flags=("", "\ud800", "a=b", "*"),
        amount=float("inf"),
        amount_usd=1e308,
        year=9999,
        published=date.max,
    )
    build_index([row], tmp_path / "index")
    index = Index(tmp_path / "index")
    for text in [
        "place:新疆",
        "year:9999",
        "published:9999",
        'flag:"a=b"',
        'flag:"*"',
        "-amount:*",
    ]:
        assert index.count(parse_query(text)) == 1, text


def test_too_many_words_with_one_beginning_are_refused_inside_a_phrase(tmp_path: Path) -> None:
    build_index([IndexRow("n", text=" ".join(f"no 1{i}" for i in range(20_000)))], tmp_path)
    index = Index(tmp_path)
    assert index.count(parse_query("1*")) == 1
    assert index.count(parse_query('"no 1234*"')) == 1
    with pytest.raises(QueryError, match="too many words"):
        index.count(parse_query('"no 1"*'))


def test_nothing_but_ids_is_stored(tmp_path: Path) -> None:
    row = IndexRow("0" * 32, title="人脸识别", text="监控系统 person", buyer="公安局")
    build_index([row], tmp_path / "index")
    raw = tantivy.Index.open(str(tmp_path / "index"))
    searcher = raw.searcher()
    found = searcher.search(tantivy.Query.all_query(), 10).hits
    assert [searcher.doc(address).to_dict() for _, address in found] == [{"id": ["0" * 32]}]


# Extending.


def test_an_extended_index_finds_what_a_full_one_finds(tmp_path: Path) -> None:
    first, more = some_rows(300, seed=2), some_rows(100, seed=3)
    changed = [
        IndexRow(row.notice_id, title="监控", text=other.text, year=other.year)
        for row, other in zip(first[:20], more, strict=False)
    ]
    removed = [row.notice_id for row in first[20:60]]
    build_index(first, tmp_path / "old")
    before = answers(Index(tmp_path / "old"))
    assert extend_index(tmp_path / "old", tmp_path / "new", changed + more, removed) == 120
    build_index(changed + first[60:] + more, tmp_path / "full")
    extended, full = Index(tmp_path / "new"), Index(tmp_path / "full")
    assert len(extended) == len(full) == 360
    for text in QUERIES:
        query = parse_query(text)
        assert extended.ids(query) == full.ids(query)
        for order in ("published", "amount_usd"):
            assert extended.search(query, order=order) == full.search(query, order=order)
        assert extended.search(query).total == full.search(query).total
    assert answers(Index(tmp_path / "old")) == before  # the old one is as it was


def test_adding_alone_gives_the_same_order_of_relevance(tmp_path: Path) -> None:
    first, more = some_rows(300, seed=2), some_rows(100, seed=3)
    build_index(first, tmp_path / "old")
    extend_index(tmp_path / "old", tmp_path / "new", more)
    build_index(first + more, tmp_path / "full")
    extended, full = answers(Index(tmp_path / "new")), answers(Index(tmp_path / "full"))
    assert extended == full


def test_extending_again_and_again(tmp_path: Path) -> None:
    rows = some_rows(60, seed=4)
    build_index(rows[:10], tmp_path / "0")
    for step in range(1, 6):
        extend_index(
            tmp_path / str(step - 1), tmp_path / str(step), rows[step * 10 : step * 10 + 10], ()
        )
    build_index(rows, tmp_path / "full")
    assert answers(Index(tmp_path / "5")) == answers(Index(tmp_path / "full"))


def test_an_index_goes_on_answering_while_its_folder_is_replaced(tmp_path: Path) -> None:
    build_index(some_rows(50), tmp_path / "index")
    index = Index(tmp_path / "index")
    before = answers(index)
    build_index(some_rows(10, seed=9), tmp_path / "aside")
    (tmp_path / "index").rename(tmp_path / "gone")
    (tmp_path / "aside").rename(tmp_path / "index")
    assert answers(index) == before
    assert len(Index(tmp_path / "index")) == 10


def test_an_index_that_cannot_be_written_to_is_read_and_left_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_index(some_rows(40), tmp_path)
    expected = answers(Index(tmp_path))
    for lock in tmp_path.glob("*.lock"):
        lock.unlink()
    before = sorted(path.name for path in tmp_path.iterdir())
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # root may write everywhere
    assert answers(Index(tmp_path)) == expected
    assert sorted(path.name for path in tmp_path.iterdir()) == before


# Refusals.


def test_a_folder_that_holds_something_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CaseError, match="not empty"):
        build_index([], tmp_path)
    build_index([], tmp_path / "old")
    with pytest.raises(CaseError, match="not empty"):
        extend_index(tmp_path / "old", tmp_path, [])


def test_no_index_or_another_version_or_a_damaged_one(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="no search index"):
        Index(tmp_path)
    with pytest.raises(CaseError, match="no search index"):
        extend_index(tmp_path, tmp_path / "new", [])
    build_index(some_rows(5), tmp_path / "index")
    stamp = tmp_path / "index" / STAMP
    assert json.loads(stamp.read_bytes()) == {"schema_version": SCHEMA_VERSION}
    stamp.write_text('{"schema_version": 999}')
    with pytest.raises(CaseError, match="another version"):
        Index(tmp_path / "index")
    stamp.write_text("[]")
    with pytest.raises(CaseError, match="damaged"):
        Index(tmp_path / "index")
    stamp.write_text(json.dumps({"schema_version": SCHEMA_VERSION}))
    (tmp_path / "index" / "meta.json").write_text("{")
    with pytest.raises(CaseError, match="damaged"):
        Index(tmp_path / "index")


def test_an_error_in_the_rows_is_passed_on_and_leaves_no_index(tmp_path: Path) -> None:
    def broken() -> Iterator[IndexRow]:
        yield IndexRow("a")
        raise KeyError("the caller's own")

    with pytest.raises(KeyError, match="own"):
        build_index(broken(), tmp_path / "index")
    with pytest.raises(CaseError):
        Index(tmp_path / "index")


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_FSIZE"), reason="needs a limit on file sizes")
def test_a_disk_that_refuses_is_a_storage_error(tmp_path: Path) -> None:
    script = textwrap.dedent(
        """
        import resource, signal, sys
        from pathlib import Path
        from sousveil.errors import StorageError
        from sousveil.search import IndexRow, build_index
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
        rows = (IndexRow(str(i), text=f"word{i} " * 50) for i in range(3000))
        try:
            build_index(rows, Path(sys.argv[1]))
        except StorageError as error:
            print("refused", bool(error.hint))
        """
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "index")],
        capture_output=True, text=True, timeout=120, env={**os.environ, "RUST_BACKTRACE": "0"},
    )  # fmt: skip
    assert done.stdout.strip() == "refused True", done.stderr
