"""Claim files: what is read, what is refused and where, and that what is written reads the same."""

import contextlib
import re
from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import REPOSITORY

from sousveil.claims import claim_text, expected_words, read_claim
from sousveil.claims.reading import claim_hash
from sousveil.errors import ClaimError
from sousveil.model.claim import Claim, Counted, Definition, Expected, Source, What

GOOD = """statement = "Over 300 projects."
note = "By hand."

[source]
who = "A newspaper"
where = "its review"
date = 2022-01-31
url = "https://example.org/a"

[definition]
query = "surveillance:true year:2020.."

[counted]
what = "projects"

[expected]
more_than = 300
"""


def test_a_claim_is_read_as_it_stands() -> None:
    assert read_claim("a", GOOD) == Claim(
        "a",
        "Over 300 projects.",
        Source("A newspaper", "its review", "2022-01-31", "https://example.org/a"),
        Definition("surveillance:true year:2020.."),
        Counted("projects"),
        Expected(more_than=Decimal(300)),
        "By hand.",
    )


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("note =", "notes =", 2, "notes: there is no such key"),
        ('who = "A newspaper"', "who = 3", 5, "source.who: Expected 'str', got 'int'"),
        ("[counted]", "[count]", 13, "count: there is no such key"),
        ("2022-01-31", '"January"', 7, "source.date: it is no date"),
        ("2022-01-31", '"2022-13"', 7, "source.date: it is no date"),
        ("https://example.org/a", "example.org", 8, "source.url: it is no web address"),
        ('where = "its review"', 'where = " "', 6, "source.where: it is empty"),
        ('where = "its review"\n', "", 4, "source: where is missing"),
        ('statement = "Over 300 projects."', "", 1, "statement is missing"),
        ("query", "find", 11, "definition.find: there is no such key"),
        ("year:2020..", '" \nrecords = "few', 12, "definition.records: Invalid enum value 'few'"),
        ('"projects"', '"cameras"', 14, "counted.what: Invalid enum value 'cameras'"),
        ('"projects"', '"sum"', 14, "counted.what: 'sum' needs currency"),
        ('"projects"', '"organisations"', 14, "counted.what: 'organisations' needs role"),
        ('"projects"', '"trend"', 14, "counted.what: 'trend' needs ladder"),
        ('"projects"', '"things"', 14, "counted.what: 'things' needs words"),
        ('"projects"', '"things"\nwords = [""]', 15, "counted.words: one is empty or too long"),
        (
            '"projects"',
            '"sum"\ncurrency = "RMB"',
            15,
            "counted.currency: there is no such currency",
        ),
        ('"projects"', '"projects"\ncurrency = "CNY"', 15, "counted.currency: it means nothing"),
        ("more_than = 300", "exists = true", 17, "expected.exists: 'projects' takes exactly one"),
        ("more_than = 300", "", 16, "expected: 'projects' takes exactly one of"),
        ("= 300", "= 300\nequals = 3", 17, "expected.more_than: 'projects' takes exactly one"),
        ("= 300", "= -1", 17, "expected.more_than: it is no number from 0 up"),
        ("= 300", "= nan", 17, "expected.more_than: it is no number from 0 up"),
        ("= 300", '= "many"', 17, "expected.more_than: Invalid decimal string"),
        ("= 300", "= true", 17, "expected.more_than: Expected 'decimal | null', got 'bool'"),
        ("= 300", "= 300\nwithin = 0.1", 18, "expected.within: 'about' and 'within' go together"),
        ("more_than", "about", 16, "expected.within: 'about' and 'within' go together"),
        ("more_than = 300", "about = 3\nwithin = 5", 18, "expected.within: it is no share"),
    ],
)
def test_what_cannot_be_used_is_told_with_its_line(
    old: str, new: str, line: int, told: str
) -> None:
    assert old in GOOD
    with pytest.raises(ClaimError) as caught:
        read_claim("a", GOOD.replace(old, new, 1))
    assert caught.value.message.startswith(f"claims/a.toml, line {line}: {told}")
    assert caught.value.hint


def test_what_is_no_toml_is_told_with_its_line() -> None:
    with pytest.raises(ClaimError, match=r"claims/a\.toml is no TOML: .*line 2"):
        read_claim("a", "statement = 'x'\nnote = \n")


def test_what_counts_otherwise_has_another_hash() -> None:
    claim = read_claim("a", GOOD)
    same = read_claim("b", GOOD.replace("By hand", "By heart").replace("newspaper", "paper"))
    assert claim_hash(claim, "q") == claim_hash(same, "q")
    others = [
        read_claim("a", GOOD.replace(old, new))
        for old, new in (
            ("= 300", "= 301"),
            ("more_than", "at_least"),
            ("projects", "notices"),
            ("[counted]", 'records = "all"\n[counted]'),
        )
    ]
    hashes = {claim_hash(each, "q") for each in [claim, *others]} | {claim_hash(claim, "r")}
    assert len(hashes) == 6


_line = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="\0"), min_size=1, max_size=40
).filter(str.strip)
_numbers = st.decimals(0, 10**12, places=2, allow_nan=False, allow_infinity=False)
_share = st.decimals(0, 1, places=3)


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    what = draw(st.sampled_from(["projects", "notices", "sum", "exists", "trend", "things"]))
    if what == "exists":
        expected = Expected(exists=draw(st.booleans()))
    elif what == "trend":
        expected = Expected(trend=draw(st.sampled_from(["rises", "falls"])))
    else:
        key = draw(st.sampled_from(["equals", "more_than", "at_least", "at_most", "about"]))
        within = draw(_share) if key == "about" else None
        expected = Expected(**{key: draw(_numbers)}, within=within)
    counted = Counted(
        what,  # type: ignore[arg-type]
        currency="CNY" if what == "sum" else "",
        ladder="online" if what == "trend" else "",
        words=tuple(draw(st.lists(_line, min_size=1))) if what == "things" else (),
    )
    date = draw(st.dates().filter(lambda day: day.year >= 1000))
    source = Source(draw(_line), draw(_line), date.isoformat()[: draw(st.sampled_from([4, 7, 10]))])
    definition = Definition(draw(_line), draw(st.sampled_from(["some", "all"])))
    note = draw(st.one_of(st.just(""), _line))
    return Claim("x", draw(_line), source, definition, counted, expected, note)


@given(claims())
def test_what_is_written_reads_the_same(claim: Claim) -> None:
    assert read_claim("x", claim_text(claim)) == claim
    assert expected_words(claim)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    with pytest.raises(ClaimError, match=r"^claims/x\.toml"):
        read_claim("x", text)
    with contextlib.suppress(ClaimError):
        assert read_claim("x", GOOD + text).statement == "Over 300 projects."


def test_what_was_published_in_words() -> None:
    claim = read_claim("a", GOOD)
    assert expected_words(claim) == "more than 300"
    money = GOOD.replace('"projects"', '"amount"\ncurrency = "USD"')
    about = money.replace("more_than = 300", "about = 216_000\nwithin = 0.005")
    assert expected_words(read_claim("a", about)) == "about USD 216,000 ± 0.5 %"
    assert expected_words(read_claim("a", money.replace("more_than", "equals"))) == "USD 300"


def test_the_reference_is_true() -> None:
    """Its example is read, and it tells all that may be counted and expected, and no more."""
    text = (REPOSITORY / "docs" / "reference" / "claims.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", text, flags=re.DOTALL)
    assert expected_words(read_claim("example", example)) == "more than 300"
    counted = text.split("## What is counted")[1].split("## What was expected")[0]
    rows = set(re.findall(r"^\| `(\w+)` \|", counted, flags=re.MULTILINE)) - {"what"}
    assert rows == set(get_args(What))
    expected = text.split("## What was expected")[1].split("## How it is judged")[0]
    keys = set(re.findall(r"`(\w+)(?: = [^`]*)?`", expected))
    assert keys - {"false"} == set(Expected.__struct_fields__)
