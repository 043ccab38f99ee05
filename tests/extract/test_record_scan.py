"""The scan finds every scalar where it stands, in any JSON that a parser lets through."""

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sousveil.extract.record_scan import Node, has_ocid, scan, unescape

texts = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(
    [
        '"',
        "\\",
        '\\"',
        "{",
        "]",
        ":",
        ",",
        "\n\t",
        "监控",
        "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
        "\x00",
        "〔person〕",
    ]
)
scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=25,
)
objects = st.dictionaries(texts, values, max_size=6)


def rebuild(node: Node, text: str) -> object:
    """The value, each leaf parsed from its slice alone."""
    if isinstance(node, dict):
        return {name: rebuild(member, text) for name, member in node.items()}
    if isinstance(node, list):
        return [rebuild(item, text) for item in node]
    start, end = node
    return json.loads(text[start:end])


@settings(max_examples=200, deadline=None)
@given(
    value=objects,
    ascii_only=st.booleans(),
    indent=st.sampled_from([None, 0, 2, "\t"]),
    separators=st.sampled_from([(",", ":"), (" , ", " : "), ("\r\n,", ":\t\n")]),
    around=st.sampled_from(["", " ", "\n\n\t"]),
)
def test_every_slice_is_its_value(
    value: dict[str, object],
    ascii_only: bool,
    indent: int | str | None,
    separators: tuple[str, str],
    around: str,
) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only, indent=indent, separators=separators)
    text = around + text + around
    root = scan(text)
    assert root is not None
    assert rebuild(root, text) == value


@settings(max_examples=150, deadline=None)
@given(value=objects, data=st.data())
def test_broken_json_never_raises(value: dict[str, object], data: st.DataObject) -> None:
    text = json.dumps(value, ensure_ascii=False)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    put = data.draw(st.sampled_from(["", '"', "\\", "{", "}", "[", "]", ",", ":", "x", "-"]))
    broken = text[:start] + put + text[end:]
    scan(broken)
    has_ocid(broken)


@given(texts)
def test_unescape_is_what_json_says(value: str) -> None:
    for written in (json.dumps(value), json.dumps(value, ensure_ascii=False)):
        assert unescape(written[1:-1]) == value


@pytest.mark.parametrize(
    ("content", "value"),
    [
        ("\\ud83d\\ude00", "😀"),
        ("half \\ud83d of a pair", "half � of a pair"),
        ("\\udc00\\ud83d", "��"),
        ("broken \\u12", "broken \\u12"),
        ("broken \\x", "broken \\x"),
        ("raw\ttab \\/ slash", "raw\ttab / slash"),
    ],
)
def test_unescape_odd_escapes(content: str, value: str) -> None:
    assert unescape(content) == value


def test_the_last_of_two_members_counts() -> None:
    text = '{"a": 1, "\\u0061": 2}'
    root = scan(text)
    assert root is not None
    assert rebuild(root, text) == {"a": 2}


@pytest.mark.parametrize(
    "text",
    ["", "[]", "[{}]", "1", '"a"', "{", "}", "{]", "[}", '{"a"}', '{"a":}', '{"a" 1}', "{1}",
     '{"a":1}}', '{"a":1}{"b":2}', '{"a":"', '{"a":tru}', '{"a":[1}', '["a":1]', '{"a":1} x'],
)  # fmt: skip
def test_what_is_no_object(text: str) -> None:
    assert scan(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"ocid": "ocds-1"}', True),
        ('{"id": {"ocid": "no"}, "list": [{"ocid": "no"}], "ocid": "yes"}', True),
        ('{"ocid": 7}', True),
        ('{"ocid": ""}', False),
        ('{"ocid": " "}', False),
        ('{"ocid": null}', False),
        ('{"ocid": {"type": "string"}}', False),
        ('{"properties": {"ocid": "x"}}', False),
        ('{"results": [{"ocid": "x"}]}', False),
        ('[{"ocid": "x"}]', False),
        ('"ocid"', False),
        ("", False),
    ],
)
def test_has_ocid(text: str, expected: bool) -> None:
    assert has_ocid(text) is expected


@pytest.mark.parametrize(
    "text",
    [
        '{"a": "' + "x" * 500_000,
        '{"a": "' + "\\\\" * 300_000,
        "[" * 300_000,
        '{"a":' * 200_000,
        '{"a": [' + '"b",' * 200_000,
        '{"a": 1}' + " " * 500_000,
        '{"a"' + " " * 500_000 + "1}",
        '{"a": -' + "1" * 500_000 + "}",
    ],
    ids=["open string", "backslashes", "brackets", "braces", "strings", "space", "gap", "digits"],
)
def test_takes_time_in_proportion(text: str) -> None:
    start = time.process_time()
    scan(text)
    has_ocid(text)
    assert time.process_time() - start < 3
