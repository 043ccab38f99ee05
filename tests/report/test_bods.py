"""BODS of a case: complete, deterministic, readable again, in the shapes of the standard."""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests import owned

from sousveil.case.folder import Case
from sousveil.report.bods import INTERESTS, write_bods
from sousveil.sources.ownership import read_ownership


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return owned.with_owners(tmp_path_factory.mktemp("owned"))


def written(case: Case) -> bytes:
    out = io.BytesIO()
    count = write_bods(case, out)
    assert count == len(out.getvalue().splitlines())
    return out.getvalue()


@pytest.fixture(scope="module")
def statements(case: Case) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written(case).splitlines()]


def test_entities_come_before_what_they_hold(statements: list[dict[str, Any]]) -> None:
    kinds = [one["recordType"] for one in statements]
    assert kinds == ["entity"] * 4 + ["relationship"] * 4
    known = {one["recordId"] for one in statements if one["recordType"] == "entity"}
    for one in statements:
        assert {"statementId", "declarationSubject", "recordId", "recordDetails"} <= one.keys()
        assert 32 <= len(one["statementId"]) <= 64
        assert one["declarationSubject"] in known
        owner = one["recordDetails"].get("interestedParty")
        assert isinstance(owner, dict) or owner is None or owner in known
        for interest in one["recordDetails"].get("interests", ()):
            assert interest["type"] in INTERESTS
    assert len({one["statementId"] for one in statements}) == len(statements)


def test_shares_days_and_sources_are_told(statements: list[dict[str, Any]]) -> None:
    names = {o["recordId"]: o["recordDetails"].get("name") for o in statements}
    (beta,) = [
        one
        for one in statements
        if one["recordType"] == "relationship" and names[one["declarationSubject"]] == owned.BETA
    ]
    (interest,) = beta["recordDetails"]["interests"]
    assert interest == {
        "type": "shareholding", "directOrIndirect": "unknown",
        "share": {"exact": 60.0, "minimum": 60.0, "maximum": 60.0},
        "startDate": "2015-01-01", "endDate": "2021-12-31",
    }  # fmt: skip
    assert beta["source"] == {"url": "https://example.org/beta"}


def test_natural_persons_are_a_number(statements: list[dict[str, Any]]) -> None:
    owners = [one["recordDetails"].get("interestedParty") for one in statements]
    (unnamed,) = [owner for owner in owners if isinstance(owner, dict)]
    assert unnamed["reason"] == "informationUnknownToPublisher"
    assert unnamed["description"].startswith("Natural persons: 1.")
    assert "person" not in {one["recordType"] for one in statements}


def test_it_is_read_again_as_the_same_links(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "bods.jsonl"
    path.write_bytes(written(case))
    assert written(case) == path.read_bytes()
    found = read_ownership(path, lambda name: False)
    told = [(x.child.name, x.parent and x.parent.name, x.share_min, x.until) for x in found.links]
    assert sorted(told) == [
        (owned.ALPHA, "Example Holding plc", 80.0, None),
        (owned.BETA, "Example Holding plc", 60.0, "2021-12-31"),
        (owned.GAMMA, "Example Holding plc", 30.0, None),
    ]


def test_without_ownership_there_is_nothing(tmp_path: Path) -> None:
    assert written(owned.make_case(tmp_path)) == b""


def test_its_shapes_are_those_of_the_standards_examples(
    statements: list[dict[str, Any]], shared_data: Path
) -> None:
    folder = shared_data / "data" / "bods-examples" / "examples"
    known: set[tuple[str, ...]] = set()
    for path in folder.glob("*.json"):
        for one in json.loads(path.read_text()):
            known |= {(one["recordType"], *shape) for shape in shapes(one)}
    ours = {(one["recordType"], *shape) for one in statements for shape in shapes(one)}
    assert ours - known <= _UNUSED


_INTEREST = ("relationship", "recordDetails", "interests")
_UNUSED = {
    (*_INTEREST, "share", "minimum"), (*_INTEREST, "share", "maximum"),
    ("relationship", "source", "url"), ("relationship", "source", "description"),
}  # fmt: skip
"""What the schema of BODS 0.4 has and no example uses."""


def shapes(value: object) -> Iterator[tuple[str, ...]]:
    """The paths of keys in a value; lists count as their elements."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield (key,)
            yield from ((key, *rest) for rest in shapes(inner))
    elif isinstance(value, list):
        for inner in value:
            yield from shapes(inner)
