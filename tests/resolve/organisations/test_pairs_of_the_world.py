"""Spellings that records of many countries hold for one body, and near ones that are two.

``pairs_of_the_world.tsv``: as ``pairs.tsv``. Written from general knowledge before the rules that
they are held to; what no name tells is ``beyond``. The names of a kind are resolved together, so
that a join through a third name counts too.
"""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from sousveil.model import NameKey
from sousveil.resolve.organisations import resolve_organisations
from sousveil.resolve.organisations.again import resolve_again
from sousveil.resolve.worked_out import WorkedOut

PAIRS = Path(__file__).with_name("pairs_of_the_world.tsv")


def rows() -> Iterator[dict[str, str]]:
    with PAIRS.open(encoding="utf-8") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def named(at: int, row: dict[str, str]) -> tuple[NameKey, NameKey]:
    kind = "other" if row["role"] == "buyer" else None
    left, right = (
        NameKey(f"{at:04}{side}", row[side], row["country"], row["place"] or None, (), (), kind)
        for side in ("left", "right")
    )
    return left, right


OF_KIND: dict[str, list[tuple[int, dict[str, str]]]] = {}
for _at, _row in enumerate(rows()):
    OF_KIND.setdefault(_row["kind"], []).append((_at, _row))


@pytest.mark.parametrize("kind", OF_KIND)
def test_what_is_one_is_joined_and_what_is_not_stays_apart(kind: str) -> None:
    names = [name for at, row in OF_KIND[kind] for name in named(at, row)]
    org_of = resolve_organisations(names).org_of
    wrong = [
        (row["expected"], row["left"], row["right"])
        for at, row in OF_KIND[kind]
        if (org_of[f"{at:04}left"] == org_of[f"{at:04}right"]) != (row["expected"] == "same")
    ]
    assert not wrong


def test_no_order_and_no_run_before_changes_what_is_one() -> None:
    names = [name for at, row in enumerate(rows()) for name in named(at, row)]
    org_of: Mapping[str, str] = resolve_organisations(names).org_of
    assert resolve_organisations(reversed(names)).org_of == org_of
    known = WorkedOut("")
    resolve_again(names[::2], (), known)
    assert resolve_again(names, (), WorkedOut("", dict(known.rows()))).org_of == org_of


def test_the_pairs_are_many_and_even() -> None:
    expected = [row["expected"] for row in rows()]
    same, apart = expected.count("same"), expected.count("apart")
    assert min(same, apart) >= 500
    assert abs(same - apart) <= 100
    assert expected.count("beyond") <= 6
