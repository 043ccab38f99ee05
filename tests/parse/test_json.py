"""JSON: every record's text is a slice of the file, and broken ones cost only themselves."""

import contextlib
import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from parse_helpers import page, parsed

from sousveil.errors import DamagedError, LimitError
from sousveil.model import Document, ParsedPage, Provenance
from sousveil.parse import Content, RecordProblem, json_records


def pages(data: bytes, name: str = "a.json") -> dict[str | None, str]:
    return {each.pointer: each.text for each in parsed(data, name) if isinstance(each, ParsedPage)}


def problems(data: bytes, name: str = "a.json") -> list[RecordProblem]:
    return [each for each in parsed(data, name) if isinstance(each, RecordProblem)]


_VALUES = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False)
    )
    | st.text(st.characters(codec="utf-8"), max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)
_RELEASES = st.lists(st.dictionaries(st.text("abc", max_size=3), _VALUES, max_size=4), max_size=5)


def dumped(value: object, indent: int | None, ascii_only: bool) -> str:
    return json.dumps(value, indent=indent, ensure_ascii=ascii_only)


@given(
    _RELEASES,
    st.sampled_from([None, 0, 2]),
    st.booleans(),
    st.sampled_from(["releases", "records"]),
)
def test_slices_of_packages(
    records: list[dict[str, object]], indent: int | None, ascii_only: bool, key: str
) -> None:
    package = {"uri": "u", "publishedDate": "x", key: records}
    written = dumped(package, indent, ascii_only)
    found = pages(written.encode())
    if not records:
        assert found == {"": written}
        return
    assert list(found) == [f"/{key}/{index}" for index in range(len(records))]
    for text, record in zip(found.values(), records, strict=True):
        assert text in written
        assert json.loads(text) == record


@given(_RELEASES, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]), st.booleans())
def test_slices_of_arrays_and_lines(
    records: list[dict[str, object]], encoding: str, ascii_only: bool
) -> None:
    records = [{"ocid": "x", **record} for record in records]
    if len(records) < 2:
        return
    array = dumped(records, None, ascii_only)
    lines = "\n".join(dumped(record, None, ascii_only) for record in records) + "\n"
    expected = {f"/{index}": record for index, record in enumerate(records)}
    for written in (array, lines):
        found = pages(written.encode(encoding))
        assert {pointer: json.loads(text) for pointer, text in found.items()} == expected
        assert all(text in written for text in found.values())


@given(st.binary(max_size=200).map(lambda junk: b'{"a": ' + junk))
def test_junk_gives_pages_or_an_error(data: bytes) -> None:
    with contextlib.suppress(DamagedError, LimitError):
        parsed(data, "a.json")


def test_bare_records_and_releases_stay_whole() -> None:
    release = '{"ocid": "a", "id": "1", "tender": {}}'
    record = '{"ocid": "a", "releases": [{"id": "1"}], "compiledRelease": {"ocid": "a"}}'
    assert pages(release.encode()) == {"": release}
    assert pages(record.encode()) == {"": record}
    assert pages(f"[{record},{release}]".encode()) == {"/0": record, "/1": release}


def test_gzip_and_packages_in_lines() -> None:
    line = '{"uri": "u", "releases": [{"ocid": "a"}, {"ocid": "b"}]}'
    found = pages(gzip.compress(f"{line}\n\n{line}\n".encode()), "a.jsonl.gz")
    assert list(found) == ["/0/releases/0", "/0/releases/1", "/2/releases/0", "/2/releases/1"]


def test_values_one_after_the_other() -> None:
    assert pages(b'{\n "ocid": "a}"\n}\n{\n "ocid": "b"\n}') == {
        "/0": '{\n "ocid": "a}"\n}',
        "/1": '{\n "ocid": "b"\n}',
    }


def test_what_stands_between_values_is_listed() -> None:
    data = b'{"a": 1} secret {"b": 2}}'
    assert list(pages(data)) == ["/0", "/2"]
    assert [each.pointer for each in problems(data)] == ["/1", "/3"]
    assert pages(b'{"a": 1},\n{"b": 2},\n').keys() == {"/0", "/1"}


def test_record_separators() -> None:
    assert pages(b'\x1e{"ocid": "a"}\n\x1e{"ocid": "b"}\n') == {
        "/0": '{"ocid": "a"}',
        "/1": '{"ocid": "b"}',
    }


def test_an_api_response_gives_its_records() -> None:
    data = '{"code": 0, "result": {"total": 1, "records": [{"标题": "甲"}]}}'
    assert pages(data.encode()) == {"/result/records/0": '{"标题": "甲"}'}


@pytest.mark.parametrize(
    "data",
    [
        '{"title": "a", "records": [{"x": 1}]}',
        '{"data": [], "total": 0}',
        '{"data": [1, 2]}',
        '{"a": {"b": [{"c": 1}]}}',
        '["a", "b"]',
        "[]",
        "{}",
    ],
)
def test_plain_values_are_one_page(data: str) -> None:
    assert pages(data.encode()) == {"": data}


def test_duplicate_keys_and_huge_numbers_do_no_harm() -> None:
    data = '[{"a": 1, "a": 2, "n": 1e999999, "m": ' + "9" * 5000 + "}]"
    assert list(pages(data.encode())) == ["/0"]


@pytest.mark.parametrize(
    ("data", "where"),
    [
        (b'{"secret": }', "byte 11 (line 1)"),
        (b'{"a": 1,\n "secret": XaN}', "byte 20 (line 2)"),
        (b'{"secret": "cut', "ends early, at byte 15"),
    ],
)
def test_broken_json_says_where_and_not_what(data: bytes, where: str) -> None:
    with pytest.raises(DamagedError) as error:
        parsed(data, "a.json")
    assert where in str(error.value)
    assert "secret" not in str(error.value)


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"releases": [' + b"[" * 100_000 + b"]" * 100_000 + b"]}",
    ],
)
def test_deep_nesting_is_a_limit(data: bytes) -> None:
    with pytest.raises(LimitError):
        parsed(data, "a.json")


def test_good_records_of_broken_files_are_kept() -> None:
    good = b'{"ocid": "a"}'
    cut = b'{"uri": "u", "releases": [' + good + b', {"ocid": "b", "x": [1, '
    assert pages(cut) == {"/releases/0": good.decode()}
    assert [each.pointer for each in problems(cut)] == ["/releases/1"]
    bad = b'[{"x": XaN}, ' + good + b', {"x": "\\ud800?"}, ' + good + b"]"
    assert list(pages(bad)) == ["/1", "/3"]
    assert [(each.pointer, each.number) for each in problems(bad)] == [("/0", 1), ("/2", 3)]


def test_bad_lines_are_named_by_line() -> None:
    data = b'{"a": 1}\n{"secret": \n\xff\xfe\n[' + b"[" * 5000 + b'\n{"b": 2}\n'
    assert list(pages(data, "a.jsonl")) == ["/0", "/4"]
    found = problems(data, "a.jsonl")
    assert [each.pointer for each in found] == ["/1", "/2", "/3"]
    assert [each.reason for each in found] == ["damaged", "damaged", "limit"]
    assert all("secret" not in each.message and each.hint for each in found)


def test_a_record_that_is_not_utf8() -> None:
    data = '[{"a": "公告"}, '.encode() * 1 + b'{"b": "' + b"x" * (1 << 20) + b'\xff"}]'
    assert list(pages(data)) == ["/0"]
    assert [each.pointer for each in problems(data)] == ["/1"]


def test_chinese_json_in_gbk() -> None:
    text = '[{"标题": "示例县公安局采购项目招标公告"}]'
    assert page(text.encode("gb18030"), "a.json").text == text[1:-1]


def test_lines_of_any_number_are_read_block_by_block(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [b'{"ocid": "a-%d", "x": [1, 2]}' % n for n in range(50)]
    lines[7], lines[20] = b"", b'{"ocid": '
    data = b"\n".join(lines) + b"\n"
    document = Document("0" * 64, len(data), (Provenance("a.jsonl"),))
    whole = list(json_records.parse_json(data, document, "application/x-ndjson"))
    monkeypatch.setattr(json_records, "SMALL", 10)
    for block in (40, 100, 400, 5_000):
        content = Content(data)
        found = list(json_records.parse_json_file(content, document, "application/x-ndjson", block))
        good = [page for page in found if isinstance(page, ParsedPage)]
        expected = [page for page in whole if isinstance(page, ParsedPage)]
        assert [(page.pointer, page.text) for page in good] == [
            (page.pointer, page.text) for page in expected
        ]
        assert [page.number for page in found] == list(range(1, len(found) + 1))
        assert [p.pointer for p in found if isinstance(p, RecordProblem)] == ["/20"]


def test_slips_that_leave_no_doubt_cost_nothing() -> None:
    """NaN for a missing number, and control characters that got into strings."""
    release = '{"ocid": "a", "title": "Port\tof\nTest", "value": {"amount": NaN, "x": -Infinity}}'
    good = '{"ocid": "b", "title": "NaN, says \\"he\\""}'
    package = f'{{"uri": "u", "releases": [{release}, {good}, {release}]}}'
    assert pages(package.encode()) == {
        "/releases/0": release,
        "/releases/1": good,
        "/releases/2": release,
    }
    line = release.replace("\n", "\r")
    assert pages(f"{good}\n{line}\n{good}\n".encode(), "a.jsonl") == {
        "/0": good,
        "/1": line,
        "/2": good,
    }
    assert pages(f"[{release}]".encode()) == {"/0": release}


def test_what_may_mean_anything_is_still_broken() -> None:
    for text in ('{"a": NaNs}', '{"a": "b\tc" "d"}', '{"a": Infinite}', "{NaN: 1}"):
        with pytest.raises(DamagedError):
            pages(text.encode())
