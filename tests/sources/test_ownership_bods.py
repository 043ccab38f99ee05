"""BODS of three versions: links, persons as a number, later statements, and hostile files."""

import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs

from sousveil.errors import OwnershipError
from sousveil.extract.masking.owners import may_be_person
from sousveil.model import OrganisationId
from sousveil.model.ownership import Party
from sousveil.sources import bods_statements, ownership_bods
from sousveil.sources.ownership import read_ownership
from sousveil.sources.ownership_read import Read
from sousveil.sources.ownership_table import read_table, write_table


def nobody(name: str) -> bool:
    return False


def four(record: str, kind: str, **details: object) -> dict[str, Any]:
    return {"recordId": record, "recordType": kind, "recordDetails": details}


ENTITY = four("a", "entity", name="A Ltd", entityType={"type": "registeredEntity"})
OWNER = four(
    "b", "entity", name="B plc", jurisdiction={"name": "United Kingdom", "code": "GB"},
    identifiers=[{"scheme": "GB-COH", "id": "0744 4723"}, {"schemeName": "x", "id": "1"}],
)  # fmt: skip
PERSON = four("p", "person", names=[{"fullName": "Ann Example"}])


def held(owner: object, *interests: dict[str, Any], record: str = "r") -> dict[str, Any]:
    return four(record, "relationship", subject="a", interestedParty=owner, interests=interests)


def read(tmp_path: Path, *statements: object, lines: bool = False) -> Read:
    path = tmp_path / "bods.json"
    text = "\n".join(map(json.dumps, statements)) if lines else json.dumps(statements, indent=1)
    path.write_text(text, encoding="utf-8")
    return read_ownership(path, nobody)


@pytest.mark.parametrize("lines", [False, True])
def test_an_interest_is_a_link(tmp_path: Path, lines: bool) -> None:
    interest = {
        "type": "shareholding", "directOrIndirect": "indirect", "startDate": "2019-02-03",
        "share": {"exclusiveMinimum": 50, "maximum": 75},
    }  # fmt: skip
    found = read(tmp_path, held("b", interest), ENTITY, OWNER, lines=lines)
    (link,) = found.links
    assert link.child == Party("A Ltd")
    assert link.parent == Party("B plc", (OrganisationId("GB-COH", "07444723"),), "GB")
    assert (link.share_min, link.share_max, link.above) == (50.0, 75.0, True)
    assert (link.since, link.until, link.indirect) == ("2019-02-03", None, True)
    assert found.faults == ()


def test_statements_before_0_4(tmp_path: Path) -> None:
    entity = {
        "statementID": "s1", "statementType": "entityStatement", "name": "A Ltd",
        "entityType": "registeredEntity", "incorporatedInJurisdiction": {"code": "GB"},
    }  # fmt: skip
    owner = {**entity, "statementID": "s2", "name": "B plc"}
    person = {"statementID": "s3", "statementType": "personStatement", "names": [{"fullName": "X"}]}
    of_entity = {
        "statementID": "s4", "statementType": "ownershipOrControlStatement",
        "subject": {"describedByEntityStatement": "s1"},
        "interestedParty": {"describedByEntityStatement": "s2"},
        "interests": [{
            "type": "voting-rights", "interestLevel": "direct",
            "share": {"minimum": 50, "maximum": 75, "exclusiveMinimum": True},
        }],
        "source": {"url": "https://example.org/register", "assertedBy": [{"name": "Ann Example"}]},
    }  # fmt: skip
    of_person = {
        **of_entity, "statementID": "s5",
        "interestedParty": {"describedByPersonStatement": "s3"},
    }  # fmt: skip
    link, persons = read(tmp_path, entity, owner, person, of_entity, of_person).links
    assert (link.interest, link.share_min, link.above) == ("votingRights", 50.0, True)
    assert link.source == "https://example.org/register"
    assert (persons.parent, persons.natural_persons) == (None, 1)
    replaced = {**of_entity, "statementID": "s6", "replacesStatements": ["s4"], "interests": []}
    (link,) = read(tmp_path, entity, owner, of_entity, replaced).links
    assert link.interest == "unknownInterest"


def test_of_a_record_the_last_statement_counts(tmp_path: Path) -> None:
    old = {**held("b", {"share": {"exact": 80}}), "statementDate": "2019-01-01"}
    new = {**held("b", {"share": {"exact": 20}}), "statementDate": "2020-01-01"}
    (link,) = read(tmp_path, new, old, ENTITY, OWNER).links
    assert link.share_min == 20.0
    closed = {**old, "statementDate": "2021-06-30", "recordStatus": "closed"}
    (link,) = read(tmp_path, new, closed, ENTITY, OWNER).links
    assert (link.share_min, link.until) == (80.0, "2021-06-30")


def test_persons_are_counted_once_and_nothing_of_them_is_left(tmp_path: Path) -> None:
    found = read(
        tmp_path, ENTITY, PERSON, four("q", "person"),
        held("p", {"type": "shareholding", "share": {"exact": 33}}),
        held("p", {"type": "votingRights"}, record="r2"), held("q", record="r3"),
    )  # fmt: skip
    (link,) = found.links
    assert (link.natural_persons, link.share_min) == (2, None)
    assert "Ann" not in repr(found)


@pytest.mark.parametrize("name", ["张三", "ИП Иванов Иван", "Nguyễn Văn An"])
def test_a_sole_trader_without_a_number_is_a_person(tmp_path: Path, name: str) -> None:
    trader = four("t", "entity", name=name, entityType={"type": "registeredEntity"})
    path = tmp_path / "bods.json"
    path.write_text(json.dumps([ENTITY, trader, held("t", {"type": "shareholding"})]))
    found = read_ownership(path, may_be_person)
    assert [link.natural_persons for link in found.links] == [1]
    assert [(f.line, f.taken) for f in found.faults] == [(1, True)]
    assert name not in repr(found)


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ({"recordType": "relationship"}, "it has no type or no id"),
        (four("r", "relationship", subject=4), "Expected"),
        (held("nobody", {"type": "shareholding"}), "its owner is no named entity"),
        (four("r", "relationship", subject="zz", interestedParty="b"), "its subject is no named"),
        (held("b", {"share": {"minimum": 80, "maximum": 20}}), "a share is no percentage"),
        (held("b", {"share": {"exact": 800}}), "a share is no percentage"),
    ],
)
def test_faults_are_told_by_line(tmp_path: Path, statement: object, reason: str) -> None:
    found = read(tmp_path, ENTITY, OWNER, statement, lines=True)
    (fault,) = found.faults
    assert (fault.line, found.links) == (3, ())
    assert reason in fault.reason


def test_an_owner_that_nobody_states_is_no_link(tmp_path: Path) -> None:
    assert read(tmp_path, ENTITY, held({"reason": "noBeneficialOwners"})) == Read(())


@pytest.mark.parametrize(
    "content",
    [b"[" * 200_000, b'{"a":' * 200_000, b'{"statementID": "\xff"}', b"[1, 2", b"{}", b'["a"]'],
)
def test_hostile_json_ends_in_a_fault_or_an_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bods.json"
    path.write_bytes(content)
    try:
        found = read_ownership(path, nobody)
    except OwnershipError:
        return
    assert found.links == ()
    assert found.faults


def test_a_line_without_end_is_passed_over_without_being_held(tmp_path: Path) -> None:
    path = tmp_path / "bods.jsonl"
    with path.open("wb") as file:
        file.write(json.dumps(ENTITY).encode() + b"\n" + b'{"x": "')
        for _ in range(64):
            file.write(b"y" * (1 << 20))
        file.write(b'"}\n' + json.dumps(OWNER).encode() + b"\n")
        file.write(json.dumps(held("b", {"type": "shareholding"})).encode())
    tracemalloc.start()
    found = read_ownership(path, nobody)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [(f.line, f.reason) for f in found.faults] == [(2, "the statement has more than 1 MiB")]
    assert len(found.links) == 1
    assert peak < 8 << 20


def test_what_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "bods.json"
    with path.open("wb") as file:
        file.write(b"[")
        file.truncate(bods_statements.MOST_OF_ARRAY + 1)
    with pytest.raises(OwnershipError, match="array has more than 64 MiB"):
        read_ownership(path, nobody)
    with path.open("r+b") as file:
        file.truncate(bods_statements.MOST_BYTES + 1)
    with pytest.raises(OwnershipError, match="more than 1 GiB"):
        read_ownership(path, nobody)
    monkeypatch.setattr(ownership_bods, "MOST_STATEMENTS", 2)
    with pytest.raises(OwnershipError, match="more than 2 statements"):
        read(tmp_path, ENTITY, OWNER, PERSON)
    monkeypatch.setattr(ownership_bods, "MOST_HELD", 500)
    with pytest.raises(OwnershipError, match="names and holdings"):
        read(tmp_path, *(four(f"e{n}", "entity", name="E" * 300) for n in range(2)))


def test_examples_of_the_standard(shared_data: Path) -> None:
    folder = shared_data / "data" / "bods-examples" / "examples"
    counts = {}
    for path in sorted(folder.glob("*.json")):
        found = read_ownership(path, nobody)
        assert [f for f in found.faults if not f.taken] == []
        names = {
            name["fullName"]
            for one in json.loads(path.read_text())
            if one["recordType"] == "person"
            for name in one["recordDetails"].get("names", ())
        }
        assert not [name for name in names if name in repr(found.links)]
        organisations = sum(link.parent is not None for link in found.links)
        counts[path.stem] = organisations, sum(link.natural_persons for link in found.links)
    assert counts["bods-package-entity-owning-entity"] == (1, 0)
    assert counts["bods-package-fi-soe"] == (5, 0)
    assert counts["indirect-ownership"] == (1, 2)
    assert counts["tecido"] == (2, 1)
    assert len(counts) == 19


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["recordId", "recordType", "recordDetails", "subject", "interests"])
            | st.text(max_size=3),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(VALUES, max_size=4))
def test_any_json_is_read_or_told(tmp_path: Path, values: list[object]) -> None:
    found = read(tmp_path, ENTITY, OWNER, held("b", {"type": "shareholding"}), *values)
    assert len(found.links) + len(found.faults) >= 1


PARTY = st.fixed_dictionaries(
    {
        "name": st.text("ABc 腾讯张三=+'〔〕,\n\u202e", max_size=6),
        "entityType": st.sampled_from([{"type": "registeredEntity"}, {"type": "stateBody"}]),
        "identifiers": st.lists(
            st.sampled_from(
                [
                    {"scheme": "GB-COH", "id": "07444723"},
                    {"scheme": "BE-BCE_KBO", "id": "0123.456.789"},
                    {"scheme": "IRL-BAU", "id": "434151"},
                    {"scheme": "TW-PCC", "id": "3.76.55"},
                ]
            ),
            max_size=2,
        ),
        "jurisdiction": st.sampled_from([{"code": "GB"}, {"code": "US-DE"}, {"code": "x"}]),
    }
)
DAYS = st.sampled_from([None, "2019-02-03", "2020", "2021-06", "soon"])
SHARE = st.fixed_dictionaries(
    {},
    optional={
        "exact": st.floats(0, 101),
        "minimum": st.floats(0, 100),
        "maximum": st.floats(0, 100) | st.just(1e-12),
        "exclusiveMinimum": st.booleans() | st.floats(0, 100),
    },
)
INTEREST = st.fixed_dictionaries(
    {"startDate": DAYS, "endDate": DAYS, "share": SHARE},
    optional={"type": st.sampled_from(["shareholding", "voting-rights", "x", "own-code"])},
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PARTY, min_size=2, max_size=3), st.lists(INTEREST, max_size=3), st.booleans())
def test_what_is_kept_of_statements_is_read_as_the_same_links(
    tmp_path: Path, parties: list[dict[str, object]], interests: list[object], closed: bool
) -> None:
    """A table that could not be read again would stop every run of its case."""
    relation = four("r", "relationship", subject="e0", interestedParty="e1", interests=interests)
    entities = [four(f"e{at}", "entity", **party) for at, party in enumerate(parties)]
    relation |= {"recordStatus": "closed" if closed else "new"}
    path = tmp_path / "bods.json"
    path.write_text(json.dumps([*entities, relation]), encoding="utf-8")
    links = read_ownership(path, lambda name: name in ("张三", "张", "三")).links
    again = read_table(write_table(links), lambda name: True)
    assert again.faults == ()
    assert [structs.replace(link, line=0) for link in again.links] == [
        structs.replace(link, line=0) for link in links
    ]


@pytest.mark.parametrize(
    ("interest", "reason"),
    [
        ({"endDate": "soon"}, "ended on no known day"),
        ({"startDate": "soon"}, "a startDate is no date"),
        ({"startDate": "2020", "endDate": "2019"}, "ends before it begins"),
        ({"share": {"exclusiveMinimum": 100}}, "a share is no percentage"),
    ],
)
def test_days_that_are_none_are_no_open_end(
    tmp_path: Path, interest: dict[str, Any], reason: str
) -> None:
    found = read(tmp_path, ENTITY, OWNER, held("b", interest))
    assert found.links == ()
    assert [reason in fault.reason for fault in found.faults] == [True]


def test_what_is_closed_on_no_day_is_not_held_on(tmp_path: Path) -> None:
    found = read(tmp_path, ENTITY, OWNER, {**held("b"), "recordStatus": "closed"})
    assert (found.links, len(found.faults)) == ((), 1)


def test_a_bracket_hides_no_formula(tmp_path: Path) -> None:
    """The kept table is opened in spreadsheets."""
    owner = four("b", "entity", name="〔=HYPERLINK(1) plc")
    (link,) = read(tmp_path, ENTITY, owner, held("b")).links
    assert link.parent == Party("HYPERLINK(1) plc")


def test_numbers_of_persons_make_a_person(tmp_path: Path) -> None:
    """Whatever the name is; a number that is nobody's is left out."""
    owner = four(
        "b", "entity", name="Juan Sample", identifiers=[{"scheme": "PE-RUC", "id": "10123456789"}]
    )
    (link,) = read(tmp_path, ENTITY, owner, held("b")).links
    assert (link.parent, link.natural_persons) == (None, 1)
    slip = four("b", "entity", name="B plc", identifiers=[{"scheme": "UA-EDR", "id": "UA-XE-02"}])
    (link,) = read(tmp_path, ENTITY, slip, held("b")).links
    assert link.parent == Party("B plc")


def test_names_of_persons_are_never_printed(tmp_path: Path) -> None:
    replaced = {**four("old", "person", names=[{"fullName": "Old Name"}]), "statementId": "old"}
    newer = {**four("q", "person", names=[{"givenName": "Bob", "familyName": "Sample"}]),
             "replacesStatements": ["old"]}  # fmt: skip
    odd = four("o", "person", names="Cid Third")
    found = read(tmp_path, ENTITY, PERSON, replaced, newer, odd)
    assert {"Ann Example", "Old Name", "Bob Sample", "Cid Third"} == found.persons.names
    assert "Ann" not in repr(found)


def test_of_a_person_the_address_is_a_host(tmp_path: Path) -> None:
    source = {"source": {"url": "https://user@example.org:8080/persons/83471?x#y"}}
    (link,) = read(tmp_path, ENTITY, PERSON, {**held("p"), **source}).links
    assert link.source == "https://example.org"
