"""What other lists call our capabilities: every pair is told, and a wrong entry is named."""

import re
from pathlib import Path

import pytest

from sousveil.errors import UsageError
from sousveil.reference.crosswalk import FILE, Scheme, load_crosswalk, read_crosswalk
from sousveil.reference.taxonomy import load_taxonomy

SAMPLES = Path(__file__).parents[3] / "shared/data/ted-xml-samples/output/samples"
CAPABILITIES = {code.id for code in load_taxonomy().facet("capability")}
SCHEMES = {scheme.id: scheme for scheme in load_crosswalk()}


def test_the_lists_are_the_four_that_users_know() -> None:
    assert set(SCHEMES) == {"cpv", "pinmu", "eff_atlas", "aigs"}


@pytest.mark.parametrize("scheme", SCHEMES.values(), ids=SCHEMES)
def test_a_list_says_something_of_every_capability(scheme: Scheme) -> None:
    told = {entry.capability for entry in scheme.entry}
    assert told | set(scheme.none) == CAPABILITIES
    assert scheme.source
    assert re.fullmatch(r"\d{4}-\d\d(-\d\d)?", scheme.as_of)


def test_entries_of_one_capability() -> None:
    assert [(r.code, r.kind) for r in SCHEMES["cpv"].of("video_surveillance")] == [
        ("32323500", "exact"),
        ("35125300", "narrower"),
        ("92222000", "narrower"),
        ("35125000", "broader"),
    ]
    assert SCHEMES["eff_atlas"].of("influence_operations") == ()


def test_cpv_codes_are_codes_of_the_notice_schemas() -> None:
    sample = SAMPLES / "F25_2014.xml"
    if not sample.exists():
        pytest.skip("../shared/data/ted-xml-samples is not here")
    known = set(re.findall(r'"(\d{8})"', sample.read_text("utf-8")))
    assert len(known) > 9_000
    assert {entry.code for entry in SCHEMES["cpv"].entry} <= known


GOOD = """
[[scheme]]
id = "cpv"
title = "CPV"
source = "a test"
as_of = "2026-01"
none = ["drones"]
[[scheme.entry]]
capability = "face_recognition"
code = "35125000"
name = "Surveillance system"
kind = "broader"
"""


def test_a_crosswalk_of_one_s_own(tmp_path: Path) -> None:
    assert read_crosswalk(tmp_path, load_taxonomy()) == ()
    (tmp_path / FILE).write_text(GOOD, "utf-8")
    (scheme,) = read_crosswalk(tmp_path, load_taxonomy())
    assert scheme.of("face_recognition")[0].name == "Surveillance system"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (GOOD.replace('"35125000"', '"351250000"'), "no code of that list"),
        (GOOD.replace('"broader"', '"wider"'), "kind"),
        (GOOD.replace('"face_recognition"', '"telepathy"'), "telepathy"),
        (GOOD.replace('"drones"', '"telepathy"'), "telepathy"),
        (GOOD.replace('"drones"', '"face_recognition"'), "nothing for it"),
        (GOOD + GOOD, "twice"),
        (GOOD + GOOD[GOOD.index("[[scheme.entry]]") :], "twice"),
        (
            GOOD
            + GOOD[GOOD.index("[[scheme.entry]]") :]
            .replace("Surveillance", "Other")
            .replace("face_", "vehicle_"),
            "another name",
        ),
        (GOOD.replace("as_of", "when"), "when"),
        ("[[scheme", "TOML"),
    ],
)
def test_a_wrong_entry_is_named(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / FILE).write_text(text, "utf-8")
    with pytest.raises(UsageError) as caught:
        read_crosswalk(tmp_path, load_taxonomy())
    assert FILE in caught.value.message
    assert says in caught.value.message
