"""BODS of a case: complete, deterministic, readable again, in the shapes of the standard."""

import csv
import io
import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests import owned

from sousveil.case.folder import Case
from sousveil.case.tables import ORGANISATIONS, OWNERSHIP
from sousveil.extract.masking.owners import may_be_person
from sousveil.model import Organisation
from sousveil.model.ownership import Link
from sousveil.pipeline.ownership import ownership_rows
from sousveil.report.bods import INTERESTS, statements_of, write_bods
from sousveil.resolve.ownership import Owned, resolve_ownership
from sousveil.sources.ownership import read_ownership
from sousveil.sources.ownership_table import read_table, write_table


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
    told = {(x.child.name, x.parent and x.parent.name, x.share_min, x.until) for x in found.links}
    assert told == {
        (owned.ALPHA, "Example Holding plc", 80.0, None),
        (owned.BETA, "Example Holding plc", 60.0, "2021-12-31"),
        (owned.GAMMA, "Example Holding plc", 30.0, None),
        (owned.GAMMA, None, None, None),
    }
    assert sum(link.natural_persons for link in found.links) == 1


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
    ("entity", "recordDetails", "entityType", "details"),
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


LEI = "5493001KJTIIGC8Y1R12"
WORDS = st.text("ABCd 腾讯示例张=+'〔〕-,%é\u202e\u200b", min_size=1, max_size=8)
NUMBERS = st.sampled_from(["", f"XI-LEI:{LEI}", "GB-COH:07444723", "BE-BCE_KBO:0123456789"])
ROWS = st.fixed_dictionaries(
    {
        "child": WORDS,
        "child_id": NUMBERS,
        "child_type": st.sampled_from(["", "organisation", "person"]),
        "parent": WORDS,
        "parent_id": NUMBERS,
        "parent_type": st.sampled_from(["", "organisation", "企业法人", "person"]),
        "natural_persons": st.sampled_from(["", "3"]),
        "interest": st.sampled_from(["", "parent", "votingRights", "goldenShare"]),
        "share": st.sampled_from(
            ["", "60", "0.5 %", ">50", "25-50%", "33.3333333333", "0.0000000001"]
        ),
        "indirect": st.sampled_from(["", "yes"]),
        "since": st.sampled_from(["", "2019", "2020-02-29"]),
        "until": st.sampled_from(["", "2021-03"]),
        "source": st.sampled_from(["", "https://example.org/a,b", "Annual report"]),
    }
)


def said_of(links: Iterable[Link]) -> list[tuple[object, ...]]:
    """What must survive of links: who, what and when; and how many natural persons in all."""
    persons: Counter[tuple[object, ...]] = Counter()
    found: set[tuple[object, ...]] = set()
    for link in links:
        ends = [
            (party.identifiers or party.name) if party else ""
            for party in (link.child, link.parent)
        ]
        if link.parent is None:
            persons[("persons", ends[0])] += link.natural_persons
        else:
            share = (link.share_min, link.share_max, link.above)
            found.add((*ends, link.interest, *share, link.since, link.until, link.indirect))
    return sorted([*found, *((*key, count) for key, count in persons.items())], key=repr)


def exported(organisations: Sequence[Organisation], owned: Owned) -> list[dict[str, Any]]:
    """The statements of an export of these organisations and links."""
    called = {one.org_key: one.name for one in organisations}
    tables = {
        "ownership": pa.Table.from_pylist(
            [dict(zip(OWNERSHIP.names, row, strict=True)) for row in ownership_rows(owned, called)],
            OWNERSHIP,
        ),
        "organisations": pa.Table.from_pylist(
            [{"org_key": key, "name": name, "names": [name]} for key, name in called.items()],
            ORGANISATIONS,
        ),
    }
    with duckdb.connect() as connection:
        for name, table in tables.items():
            connection.register(name, table)
        return list(statements_of(connection))


def held(organisations: Sequence[Organisation], owned: Owned) -> list[tuple[object, ...]]:
    """Who holds what of whom, by name, and how many natural persons stand above whom."""
    called = {**owned.names, **{one.org_key: one.name for one in organisations}}
    persons: Counter[str] = Counter()
    found: set[tuple[object, ...]] = set()
    for one in owned.holdings:
        link, child = one.link, called[one.child_key]
        if one.parent_key is None:
            persons[child] += link.natural_persons
            continue
        share = (link.share_min, link.share_max, link.above)
        days = (link.since, link.until)
        found.add((child, called[one.parent_key], link.interest, *share, *days, link.indirect))
    return sorted([*found, *persons.items()], key=repr)


@settings(max_examples=60)
@given(st.lists(ROWS, min_size=1, max_size=4))
def test_what_is_given_comes_back_from_the_export(given_rows: list[dict[str, str]]) -> None:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(given_rows[0]))
    writer.writeheader()
    writer.writerows(given_rows)
    first = read_table(out.getvalue(), may_be_person)
    kept = read_table(write_table(first.links), may_be_person)
    assert (said_of(kept.links), [f for f in kept.faults if not f.taken]) == (
        said_of(first.links),
        [],
    )

    organisations = [
        Organisation(f"g{at}", name, (f"n{at}",), None, None, None, "company")
        for at, name in enumerate(sorted({x.child.name for x in kept.links if x.child.name}))
    ]
    before = resolve_ownership(organisations, kept.links)
    if not before.holdings:
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bods.jsonl"
        path.write_bytes("\n".join(map(json.dumps, exported(organisations, before))).encode())
        again = read_ownership(path, may_be_person)
    assert [fault for fault in again.faults if not fault.taken] == []
    after = resolve_ownership(organisations, again.links)
    assert held(organisations, after) == held(organisations, before)
