from collections.abc import Iterator

import msgspec
import pytest

from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.errors import UsageError
from sousveil.model import Coding, Evidence, Field, Notice, Reason
from sousveil.reference import load_taxonomy
from sousveil.report.record.load import Row, notice_row, texts
from sousveil.report.record.pages import MOST_CHARACTERS, MOST_PAGES, Text, chosen, page_views
from sousveil.report.record.view import (
    MOST_CHARACTERS as MOST_SHOWN,
)
from sousveil.report.record.view import MOST_REASONS, MOST_VALUES, RecordView, view


@pytest.fixture(scope="module")
def rows(demo_case: Case) -> list[Row]:
    """Every notice of the demonstration corpus."""
    with connect(demo_case) as connection:
        ids = connection.execute("SELECT notice_id FROM notices ORDER BY 1").fetchall()
        return [row for (one,) in ids if (row := notice_row(connection, one))]


@pytest.fixture(scope="module")
def views(rows: list[Row]) -> list[RecordView]:
    return [view(row, load_taxonomy()) for row in rows]


def test_a_row_is_that_of_the_view_of_notices(demo_case: Case, rows: list[Row]) -> None:
    with connect(demo_case) as connection:
        cursor = connection.execute("SELECT * FROM notices ORDER BY notice_id")
        names = [column[0] for column in cursor.description or ()]
        for row, values in zip(rows, cursor.fetchall(), strict=True):
            assert {name: row[name] for name in names} == dict(zip(names, values, strict=True))


def test_the_beginning_of_an_id_is_enough_where_it_is_of_one(demo_case: Case) -> None:
    with connect(demo_case) as connection:
        (one,) = connection.execute("SELECT min(notice_id) FROM notices").fetchone()  # type: ignore[misc]
        found = notice_row(connection, one[:10])
        assert found is not None
        assert found["notice_id"] == one
        assert notice_row(connection, one[:5]) is None
        assert notice_row(connection, "f" * 32) is None
        assert notice_row(connection, one, found["document_sha256"]) == notice_row(connection, one)
        assert notice_row(connection, one, "0" * 64) is None
        connection.execute("CREATE TABLE twice AS FROM notice_rows UNION ALL FROM notice_rows")
        connection.execute("DROP VIEW notice_rows CASCADE")
        connection.execute("CREATE VIEW notice_rows AS FROM twice")
        with pytest.raises(UsageError):
            notice_row(connection, one[:10])


def test_every_span_shows_its_own_words(demo_case: Case, views: list[RecordView]) -> None:
    checked = 0
    with connect(demo_case) as connection:
        for shown in views:
            pages = texts(connection, shown.document_sha256, shown.pages)
            for words in shown.evidence:
                if not words.quote.left_out:
                    assert pages[words.page].text[words.start : words.end] == words.quote.text
                    checked += 1
    assert checked > 1_000


def test_every_span_is_listed_once_and_knows_what_it_was_read_for(views: list[RecordView]) -> None:
    for shown in views:
        places = [(e.page, e.start, e.end) for e in shown.evidence]
        assert len(set(places)) == len(places)
        assert [e.id for e in shown.evidence] == list(range(len(places)))
        anchors = {f.anchor for f in shown.fields} | {c.anchor for c in shown.codes} | {"against"}
        for words in shown.evidence:
            assert words.of
            assert set(words.of) <= anchors


def test_chinese_names_have_a_gloss_and_others_none(views: list[RecordView]) -> None:
    buyers = [v for each in views for f in each.fields if f.name == "buyer" for v in f.values]
    for value in buyers:
        chinese = any("\u4e00" <= sign <= "\u9fff" for sign in value.value.text)
        assert (value.gloss is not None) is chinese
    assert any(value.gloss for value in buyers)


def hostile(row: Row, text: str) -> Row:
    """The row with this text in the place of every word it states."""
    stated = msgspec.json.decode(str(row["notice"]), type=Notice)
    coding = msgspec.json.decode(str(row["coding"]), type=Coding)
    words = Evidence(stated.document_sha256, 1, 0, len(text), text, "x/1")
    field = Field(text, text, words)
    several = tuple(Field(text, text, msgspec.structs.replace(words, start=n)) for n in range(20))
    notice = msgspec.structs.replace(
        stated, title=field, buyer=field, agency=field, project_name=field, suppliers=several
    )
    reasons = tuple(Reason(text, f.evidence, 1.0) for f in several)
    tags = tuple(msgspec.structs.replace(tag, reasons=reasons) for tag in coding.tags)
    coded = msgspec.structs.replace(coding, tags=tags, against=reasons[:3])
    return {
        **row,
        "notice": msgspec.json.encode(notice).decode(),
        "coding": msgspec.json.encode(coded).decode(),
        "title": text,
    }


def lengths(found: object) -> Iterator[int]:
    """The length of every text in a record."""
    if isinstance(found, str):
        yield len(found)
    elif isinstance(found, msgspec.Struct):
        for each in msgspec.structs.astuple(found):
            yield from lengths(each)
    elif isinstance(found, tuple):
        for each in found:
            yield from lengths(each)


def test_overlong_values_are_cut_and_say_how_much_is_left(rows: list[Row]) -> None:
    row = next(r for r in rows if r["capabilities"])
    shown = view(hostile(row, "甲" * 100_000), load_taxonomy())
    assert max(lengths(shown)) <= MOST_SHOWN
    assert shown.title.left_out == 100_000 - MOST_SHOWN
    (suppliers,) = (f for f in shown.fields if f.name == "suppliers")
    assert (len(suppliers.values), suppliers.more) == (MOST_VALUES, 20 - MOST_VALUES)
    assert {(len(code.reasons), code.more) for code in shown.codes if code.facet == "capability"} \
        == {(MOST_REASONS, 20 - MOST_REASONS)}  # fmt: skip


def test_of_a_long_record_the_pages_with_evidence_are_shown(views: list[RecordView]) -> None:
    one = max(views, key=lambda each: len(each.evidence))
    spread = tuple(
        msgspec.structs.replace(words, page=1 + 31 * (words.id % 10)) for words in one.evidence
    )
    record = msgspec.structs.replace(one, evidence=spread, pages=tuple(range(1, 301)))
    numbers = chosen(record, None)
    assert len(numbers) == MOST_PAGES
    assert set(numbers) <= {words.page for words in spread}
    assert numbers == tuple(sorted(numbers))
    assert chosen(record, 200) == (200,)
    assert chosen(record, 301) == ()


def test_a_record_without_evidence_shows_its_first_page(views: list[RecordView]) -> None:
    assert chosen(msgspec.structs.replace(views[0], evidence=(), pages=(4, 5)), None) == (4,)


def test_pages_together_stay_within_what_is_shown(views: list[RecordView]) -> None:
    record = msgspec.structs.replace(views[0], pages=tuple(range(1, 7)))
    long = {n: Text(n, None, "甲乙\n" * 200_000, "markup", "text/html") for n in range(1, 7)}
    found = page_views(record, long, tuple(long))
    total = sum(p.end - p.start for each in found for p in each.passages)
    assert len(found) == 6
    assert all(each.passages and each.left_out and each.following for each in found)
    assert total <= MOST_CHARACTERS + 6 * 1_500


def test_reading_on_reaches_the_end(views: list[RecordView]) -> None:
    record = msgspec.structs.replace(views[0], evidence=(), pages=(1,))
    text = "".join(f"{n}\n" for n in range(20_000))
    pages = {1: Text(1, None, text, "plain", "text/plain")}
    at: int | None = 0
    read = ""
    while at is not None:
        (found,) = page_views(record, pages, (1,), at)
        for passage in found.passages:
            read += text[passage.start : passage.end]
        at = found.following
    assert read == text
