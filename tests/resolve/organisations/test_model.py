"""Pairs that Splink weighs: one result, whatever memory there is for it."""

from collections.abc import Sequence
from typing import Any

import duckdb
import pytest

from sousveil.resolve.organisations import model
from sousveil.resolve.organisations.records import Parts

ALIKE = [
    Parts("CN", "110000", f"甲科技发展{at // 2:04d}乙", "", "", "company", True, "公司")
    for at in range(400)
]


def found(parts: Sequence[Parts]) -> list[model.Pair]:
    return list(model.pairs(parts, [""] * len(parts)))


def test_names_in_smaller_parts_where_memory_does_not_suffice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at_once = found(ALIKE)
    assert len(at_once) >= len(ALIKE) // 2
    predicted, tried = model._predicted, []

    def refused(connection: Any, table: Any, chunks: int) -> Any:
        tried.append(chunks)
        if len(tried) < 3:
            raise duckdb.OutOfMemoryException("as it is said")
        return predicted(connection, table, chunks)

    monkeypatch.setattr(model, "_predicted", refused)
    monkeypatch.setattr(model, "_LEAST", 10)
    assert found(ALIKE) == at_once
    assert tried == [1, 4, 16]


def test_no_smaller_part_than_the_smallest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "_MEMORY", "1MB")
    with pytest.raises(duckdb.OutOfMemoryException):
        found(ALIKE)


def test_one_name_has_no_pair() -> None:
    assert found(ALIKE[:1]) == []
