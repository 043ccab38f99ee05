"""Which notices are one project: the made collection, and the labelled records where they are."""

import random
from pathlib import Path

import pytest
from benchmarks.organisations.__main__ import scored
from benchmarks.projects.__main__ import found, labelled, made, measure
from benchmarks.projects.families import PARTS, families, figures
from benchmarks.projects.generated import collection

from sousveil.resolve import resolve


def test_the_made_collection_is_found_with_all_its_totals() -> None:
    figures = made(400)
    projects, copies = figures["projects"], figures["copies"]
    assert isinstance(projects, dict)
    assert isinstance(copies, dict)
    assert (projects["precision"], projects["recall"]) == (1, 1)
    assert copies["precision"] == 1
    assert copies["recall"] > 0.8  # corrections of two days without a sum are not taken for copies
    right, wanted = figures["totals_right"]  # type: ignore[misc]
    assert right == wanted
    assert figures["links"] == {"framework": 100, "phase": 50, "again": 50}


def test_the_made_collection_is_no_pushover() -> None:
    """What number and name alone would find, is not enough for the bar."""
    rows = collection(400).rows
    truth = {row.key.notice_id: row.project for row in rows}
    for field in ("project_id", "project_name"):
        alone = {r.key.notice_id: str(getattr(r.key, field) or r.key.notice_id) for r in rows}
        figures = scored(alone, truth)
        assert float(str(figures["precision"])) < 0.98 or float(str(figures["recall"])) < 0.95


def test_no_order_of_adding_changes_it() -> None:
    keys = [row.key for row in collection(80).rows]
    expected = resolve(keys)
    for seed in range(3):
        random.Random(seed).shuffle(keys)
        assert resolve(keys) == expected


@pytest.mark.parametrize("part", PARTS)
def test_the_invented_families(part: str) -> None:
    measured = figures(part)
    projects, copies = measured["projects"], measured["copies"]
    assert isinstance(projects, dict)
    assert isinstance(copies, dict)
    assert int(str(measured["families"])) > 50
    assert projects["precision"] >= 0.98
    assert projects["recall"] >= 0.95
    assert copies["precision"] == 1


def test_families_in_any_order_and_in_portions() -> None:
    keys = [told.key for part in PARTS for told in families(part)]
    expected = resolve(keys)
    for seed in range(3):
        random.Random(seed).shuffle(keys)
        assert resolve(keys) == expected
    half = {told.key.notice_id for told in families(PARTS[0])}
    portions = [[k for k in keys if (k.notice_id in half) == first] for first in (True, False)]
    assert resolve([*portions[0], *portions[1]]) == expected


@pytest.mark.slow
def test_the_labelled_records(shared_data: Path) -> None:
    groups, _ = labelled("groups")
    copies, _ = labelled("duplicates")
    projects, originals = found(shared_data / "data", sorted({source for source, _ in groups}))
    figures = measure(groups, copies, projects, originals)
    everything, same = figures["all"], figures["copies"]
    assert isinstance(everything, dict)
    assert isinstance(same, dict)
    assert everything["precision"] >= 0.98
    assert everything["recall"] >= 0.95
    assert same["precision"] >= 0.95
    assert same["recall"] >= 0.95
    ours, distinct = same["distinct"]
    assert abs(ours - distinct) / distinct < 0.03
