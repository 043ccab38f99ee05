"""The query language's page is kept true: examples are read, every field is there."""

import re
from pathlib import Path

import pytest

from sousveil.search import FIELDS, IndexRow, matches, parse_query
from sousveil.search.parser import MAX_DEPTH, MAX_LENGTH, MAX_TERMS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "query-language.md"
TEXT = PAGE.read_text(encoding="utf-8")
ROWS = [re.split(r" *\| *", line)[1:-1] for line in TEXT.split("\n") if line.startswith("| `")]
QUERIES = [row[0].strip("`") for row in ROWS if len(row) == 2]
FIELD_ROWS = {row[0].strip("`"): row[2].strip("`") for row in ROWS if len(row) == 3}


@pytest.mark.parametrize("query", [*QUERIES, *re.findall("```query\n(.*?)\n```", TEXT, re.DOTALL)])
def test_examples_are_read(query: str) -> None:
    tree = parse_query(query)
    assert parse_query(str(tree)) == tree


def test_every_field_is_described_with_its_example_and_other_names() -> None:
    assert {spec.name: spec.example for spec in FIELDS} == FIELD_ROWS
    for spec in FIELDS:
        parse_query(spec.example)
        assert all(f"`{alias}`" in TEXT for alias in spec.aliases)


def test_limits_are_stated() -> None:
    assert f"{MAX_LENGTH:,} characters, {MAX_TERMS} words and filters, {MAX_DEPTH} levels" in TEXT


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("人脸识别", "采购人臉識別系统", True),
        ("camera", "cameras", False),
        ("camera*", "Cameras", True),
        ('"face recognition"', "face-recognition", True),
        ('"face recog"*', "face recognition", True),
        ("GB28181", "GB/28181", True),
        ("videovigilancia", "vídeovigilancia", True),
        ("视频监控", "视频监 控", True),
        ("公安", "办公、安全", False),
        ("person", "〔person〕", False),
        ("a OR b c", "a", True),
        ("(a OR b) c", "a", False),
        ("-amount_usd:>200000", "no amount", True),
        ("amount_usd:<=200000", "no amount", False),
    ],
)
def test_what_the_page_says_is_so(query: str, text: str, found: bool) -> None:
    assert matches(parse_query(query), IndexRow("n", text=text)) is found
