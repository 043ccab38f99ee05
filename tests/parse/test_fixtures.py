"""Each fixture is read to exactly what stands beside it; each parser has at least one."""

import json
from pathlib import Path

import pytest
from parse_helpers import parsed, written

from sousveil.parse import PARSERS, media_type

FIXTURES = Path(__file__).parent / "fixtures"
INPUTS = sorted(path for path in FIXTURES.iterdir() if not path.name.endswith(".expected.json"))
MADE = frozenset(
    (
        "zip",
        "tar",
        "libarchive",
        "mail",
        "outlook",
        "warc",
        "word",
        "doc",
        "slides",
        "opendocument",
        "rtf",
        "sheets",
        "delimited",
        "locked",
        "image",
    )
)
"""Formats whose files are written by the tests themselves: containers/, office/, ocr/."""


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.name)
def test_fixture_reads_as_expected(path: Path) -> None:
    beside = path.with_name(f"{path.name}.expected.json")
    assert beside.exists(), f"write {beside.name} by hand and check it"
    expected = json.loads(beside.read_text(encoding="utf-8"))
    assert [written(found) for found in parsed(path.read_bytes(), path.name)] == expected


@pytest.mark.parametrize("parser", PARSERS, ids=lambda parser: parser.name)
def test_every_parser_is_described_and_has_a_fixture(parser: object) -> None:
    kinds = {media_type(path.read_bytes(), path.name) for path in INPUTS}
    assert parser.description  # type: ignore[attr-defined]
    assert parser.parse.__doc__  # type: ignore[attr-defined]
    if parser.name not in MADE:  # type: ignore[attr-defined]
        assert kinds & set(parser.media_types)  # type: ignore[attr-defined]


def test_no_two_parsers_take_one_media_type() -> None:
    kinds = [kind for parser in PARSERS for kind in parser.media_types]
    assert len(kinds) == len(set(kinds))


def test_every_expectation_has_its_input() -> None:
    expected = {path.name for path in FIXTURES.glob("*.expected.json")}
    assert expected == {f"{path.name}.expected.json" for path in INPUTS}
