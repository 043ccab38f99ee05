"""The table of rules: dated, sourced, honest about not having been checked; faults are named."""

from datetime import date
from pathlib import Path

import pytest

from sousveil.errors import UsageError
from sousveil.reference.platform_rules import (
    FILE,
    PlatformRule,
    load_platform_rules,
    read_platform_rules,
    to_toml,
)
from sousveil.reference.taxonomy import load_taxonomy

PLATFORMS = {code.id for code in load_taxonomy().facet("platform")}
SHIPPED = [rule for rules in load_platform_rules().entries.values() for rule in rules]

GOOD = """
[[rule]]
platform = "twitter"
title = "No surveillance"
forbids = "Watching people."
document = "A policy"
publisher = "Somebody"
url = "https://example.org/policy?a=b"
known = "2024-03"
source = "a test"
checked = false
"""


def read(folder: Path, text: str) -> dict[str, tuple[PlatformRule, ...]]:
    (folder / FILE).write_text(text, "utf-8")
    return dict(read_platform_rules(folder, PLATFORMS).entries)


def test_the_large_platforms_have_a_rule_each() -> None:
    told = set(load_platform_rules().entries)
    assert told <= PLATFORMS
    assert {"twitter", "facebook", "instagram", "youtube", "tiktok", "telegram"} <= told
    assert {"linkedin", "reddit", "whatsapp"} <= told


@pytest.mark.parametrize("rule", SHIPPED, ids=lambda rule: f"{rule.platform} {rule.title}")
def test_a_shipped_rule_says_where_it_is_from_and_that_nobody_checked_it(
    rule: PlatformRule,
) -> None:
    assert rule.checked is False
    assert "Check the wording before you send this" in rule.status
    assert rule.known in rule.status
    assert len(rule.phrase.split()) <= 8


def test_a_day_is_a_day_on_which_somebody_checked(tmp_path: Path) -> None:
    (rule,) = read(tmp_path, GOOD.replace("checked = false", "checked = 2026-01-31"))["twitter"]
    assert rule.checked == date(2026, 1, 31)
    assert rule.status == "Compared with the live page on 2026-01-31."


def test_what_is_printed_can_be_read_again(tmp_path: Path) -> None:
    shipped = load_platform_rules()
    assert read(tmp_path, to_toml(shipped)) == dict(shipped.entries)
    own = shipped.under(read_platform_rules(tmp_path / "own")) if _own(tmp_path) else shipped
    assert "# of this case" in to_toml(own)
    assert read(tmp_path, to_toml(own)) == dict(own.entries)


def _own(folder: Path) -> bool:
    (folder / "own").mkdir()
    text = GOOD.replace("checked = false", "checked = 2026-01-31")
    (folder / "own" / FILE).write_text(text, "utf-8")
    return True


def test_no_entries_are_no_fault(tmp_path: Path) -> None:
    assert read(tmp_path, "") == {}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[rule", "not valid TOML"),
        ('rule = "x"', "something else"),
        ("rules = []", "something else"),
        ("[rule]\nplatform = 'x'", "something else"),
        (GOOD.replace('"twitter"', '"myspace"'), "entry 1 (myspace): the taxonomy has no such"),
        (GOOD.replace("known =", "when ="), "entry 1: Object"),
        (GOOD.replace("https://", "http://"), "url"),
        (GOOD.replace("example.org/policy?a=b", "example.org/<b>"), "url"),
        (GOOD.replace("https://example.org/policy?a=b", "javascript:alert(1)"), "url"),
        (GOOD.replace('"2024-03"', '"2024-13"'), "known"),
        (GOOD.replace('"2024-03"', '"lately"'), "known"),
        (GOOD.replace("= false", "= true"), "the day"),
        (GOOD.replace("= false", '= "soon"'), "checked"),
        (GOOD.replace("= false", "= 2026-01-31T10:00:00Z"), "checked"),
        (GOOD.replace('"No surveillance"', '" "'), "title is empty"),
        (GOOD.replace('"a test"', '"a\\u001btest"'), "control"),
        (GOOD.replace('"a test"', '"a\\ntest"'), "line ends"),
        (GOOD.replace("Watching", "x" * 601), "forbids is longer than 600"),
        (GOOD + f'phrase = "{"x" * 81}"', "phrase is longer than 80"),
        (GOOD + GOOD, "entry 2 (twitter): the platform has this title already"),
        (
            "".join(GOOD.replace("No surv", f"No {n} surv") for n in range(11)),
            "entry 11 (twitter): the platform has more than 10",
        ),
        (GOOD * 501, "more than 500"),
        ("#" * (257 << 10), "larger than"),
    ],
)
def test_a_wrong_entry_is_named(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(UsageError) as caught:
        read(tmp_path, text)
    assert FILE in caught.value.message
    assert says in caught.value.message


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"\xff\xfe")
    with pytest.raises(UsageError, match="no text"):
        read_platform_rules(tmp_path)
