"""The projects of the demonstration case against the truth written with its records: which notices
are one, and how much money each states."""

from collections import defaultdict
from decimal import Decimal

import pytest

from sousveil import demo
from sousveil.case.database import connect
from sousveil.case.folder import Case

Place = tuple[str, str, str]
"""A file of the corpus, the pointer of the record in it ("" for the whole), the project's name: one
page may hold several notices."""
TRUTH = {(row.path, row.pointer or "", row.project_name or ""): row for row in demo.truth()}


@pytest.fixture(scope="module")
def project_of(demo_case: Case) -> dict[Place, str]:
    with connect(demo_case) as connection:
        rows = connection.execute(
            "SELECT source_path, pointer, project_name, project_key FROM notices"
        ).fetchall()
    return {(path, pointer or "", name or ""): key for path, pointer, name, key in rows}


def expected() -> dict[str, tuple[Decimal, str | None] | None]:
    """The figure of each project as the truth has it: of awards, else budgets, else ceilings, the
    one published last. Written without a look at how the program counts."""
    groups: dict[str, list[demo.TruthNotice]] = defaultdict(list)
    for row in sorted(TRUTH.values(), key=lambda t: t.published or "9999"):
        if not row.duplicate_of:
            groups[row.project].append(row)
    found: dict[str, tuple[Decimal, str | None] | None] = {}
    for label, rows in groups.items():
        stated = [
            (Decimal(str(getattr(row, kind))), row.currency)
            for kind in ("ceiling", "budget", "award")
            for row in rows
            if getattr(row, kind) is not None
        ]
        found[label] = stated[-1] if stated else None
    return found


def test_notices_of_one_project_are_one_and_no_others(project_of: dict[Place, str]) -> None:
    assert set(project_of) == set(TRUTH)
    labels: dict[str, set[str]] = defaultdict(set)
    keys: dict[str, set[str]] = defaultdict(set)
    for place, key in project_of.items():
        labels[key].add(TRUTH[place].project)
        keys[TRUTH[place].project].add(key)
    assert {key: names for key, names in labels.items() if len(names) > 1} == {}
    assert {name: found for name, found in keys.items() if len(found) > 1} == {}


def test_every_total_is_that_of_the_truth(demo_case: Case, project_of: dict[Place, str]) -> None:
    with connect(demo_case) as connection:
        rows = connection.execute(
            "SELECT project_key, amount, currency, amount_reason, amount_notice_ids FROM projects"
        ).fetchall()
    label = {key: TRUTH[place].project for place, key in project_of.items()}
    totals = {label[key]: (amount, cur) if amount else None for key, amount, cur, *_ in rows}
    assert totals == expected()
    for _, amount, _, reason, notice_ids in rows:
        assert bool(amount) == bool(reason) == bool(notice_ids)
