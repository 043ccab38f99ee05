"""Pairs of invented names, by kinds: what is one and what is not, written before the rules were.

``pairs.tsv``: kind, what is expected (``same``, ``apart``; ``beyond``: one, but no name alone can
tell), country and place of the notice, role, the two names.
"""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from sousveil.model import NameKey
from sousveil.resolve.organisations import resolve_organisations
from sousveil.resolve.organisations.again import resolve_again
from sousveil.resolve.worked_out import WorkedOut

PAIRS = Path(__file__).with_name("pairs.tsv")


def rows() -> Iterator[dict[str, str]]:
    with PAIRS.open(encoding="utf-8") as file:
        yield from csv.DictReader(file, delimiter="\t")


def named(at: int, row: dict[str, str]) -> tuple[NameKey, NameKey]:
    kind = "other" if row["role"] == "buyer" else None
    left, right = (
        NameKey(f"{at:03}{side}", row[side], row["country"], row["place"] or None, (), (), kind)
        for side in ("left", "right")
    )
    return left, right


@pytest.fixture(scope="module")
def names() -> list[NameKey]:
    return [name for at, row in enumerate(rows()) for name in named(at, row)]


@pytest.fixture(scope="module")
def org_of(names: list[NameKey]) -> Mapping[str, str]:
    return resolve_organisations(names).org_of


@pytest.mark.parametrize("kind", sorted({row["kind"] for row in rows()}))
def test_what_is_one_is_joined_and_what_is_not_stays_apart(
    kind: str, org_of: Mapping[str, str]
) -> None:
    of_kind = [(at, row) for at, row in enumerate(rows()) if row["kind"] == kind]
    wrong = [
        (row["expected"], row["left"], row["right"])
        for at, row in of_kind
        if (org_of[f"{at:03}left"] == org_of[f"{at:03}right"]) != (row["expected"] == "same")
    ]
    assert not wrong
    assert {"same", "apart"} <= {row["expected"] for _, row in of_kind}


def test_no_order_of_the_pairs_changes_what_is_one(
    names: list[NameKey], org_of: Mapping[str, str]
) -> None:
    assert resolve_organisations(reversed(names)).org_of == org_of


def test_what_was_worked_out_by_circles_is_the_same(
    names: list[NameKey], org_of: Mapping[str, str]
) -> None:
    known = WorkedOut("")
    assert resolve_again(names[::2], (), known).org_of.keys() <= org_of.keys()
    assert resolve_again(names, (), WorkedOut("", dict(known.rows()))).org_of == org_of


def test_the_pairs_are_many_and_even() -> None:
    expected = [row["expected"] for row in rows()]
    same, apart = expected.count("same"), expected.count("apart")
    assert min(same, apart) >= 120
    assert abs(same - apart) <= 30
    assert expected.count("beyond") <= 5
