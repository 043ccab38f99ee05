"""A case's own table of rules outranks the shipped one platform by platform."""

from pathlib import Path

import pytest

from sousveil.case.folder import Case
from sousveil.case.own_rules import platform_rules_of
from sousveil.errors import UsageError
from sousveil.reference import load_taxonomy
from sousveil.reference.platform_rules import FILE, load_platform_rules

OWN = """
[[rule]]
platform = "{platform}"
title = "House rules"
forbids = "Collecting."
document = "House rules"
publisher = "The house"
url = "https://example.org/rules"
known = "2026"
source = "read by me"
checked = 2026-01-31
"""


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return Case.create(tmp_path / "case")


def test_a_case_without_one_has_the_shipped_rules(case: Case) -> None:
    assert platform_rules_of(case, load_taxonomy()) is load_platform_rules()


def test_own_entries_take_the_place_of_shipped_ones_or_are_added(case: Case) -> None:
    text = OWN.format(platform="facebook") + OWN.format(platform="weibo")
    (case.root / FILE).write_text(text, "utf-8")
    rules = platform_rules_of(case, load_taxonomy())
    assert rules.own == {"facebook", "weibo"}
    assert [rule.title for rule in rules.of("facebook")] == ["House rules"]
    assert [rule.title for rule in rules.of("weibo")] == ["House rules"]
    assert rules.of("reddit") == load_platform_rules().of("reddit")
    assert rules.of("zhihu") == ()


def test_a_fault_names_the_file_and_the_entry(case: Case) -> None:
    (case.root / FILE).write_text(OWN.format(platform="myspace"), "utf-8")
    with pytest.raises(UsageError, match=r"platform_rules.toml: entry 1 \(myspace\)"):
        platform_rules_of(case, load_taxonomy())


def test_a_folder_in_its_place_is_named(case: Case) -> None:
    (case.root / FILE).mkdir()
    with pytest.raises(UsageError, match="cannot be read"):
        platform_rules_of(case, load_taxonomy())
