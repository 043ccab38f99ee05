"""FollowTheMoney entities, judged by the published schema, and by the package where it is there.

``ftm_schema.json`` is made of the model of followthemoney 4.11.2 (MIT): of each schema what it is,
what it requires, and the type and range of its properties.
"""

import io
import json
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from tests import owned

from sousveil import demo
from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.pipeline import review as pipeline
from sousveil.pipeline.process import Options
from sousveil.report.ftm import organisation_entity, ownership_entity, write_ftm
from sousveil.sources import read_manifest


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    case = Case.open_or_create(tmp_path_factory.mktemp("ftm") / "case", taxonomy="1.0")
    with case.writing():
        manifest = read_manifest(demo.manifest_path())
        pipeline.review(case, [demo.corpus_path()], Options(), manifest)
    return case


@pytest.fixture(scope="module")
def entities(case: Case) -> list[dict[str, Any]]:
    out = io.BytesIO()
    count = write_ftm(case, out)
    found = [json.loads(line) for line in out.getvalue().splitlines()]
    assert len(found) == count
    return found


def test_every_entity_is_of_the_schema(entities: list[dict[str, Any]]) -> None:
    model = pytest.importorskip("followthemoney", reason="followthemoney is not installed").model
    for entity in entities:
        schema = model.get(entity["schema"])
        assert set(entity["properties"]) <= set(schema.properties), entity
        assert set(schema.required) <= set(entity["properties"]), entity
        for name, values in entity["properties"].items():
            kind = schema.properties[name].type
            assert kind.name == "entity" or [kind.clean(v) for v in values] == values, entity


SCHEMA = json.loads(Path(__file__).with_name("ftm_schema.json").read_text())
FORMS = {
    "checksum": "[0-9a-f]{40}",  # "SHA1 hash of the data"
    "date": r"\d{4}(-\d\d(-\d\d)?)?",
    "identifier": r"\S(.*\S)?",
    "mimetype": r"[a-z]+/[\w.+\-]+",
    "name": r"\S(.*\S)?",
    "number": r"-?\d+(\.\d+)?",
    "string": r"(?s)\S(.*\S)?",
    "text": r"(?s).*\S.*",
    "url": r"https?://[^/\s〔〕]+/.*",
}
"""What a value of each type of property looks like."""
HIDDEN = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def wrong_with(found: Sequence[dict[str, Any]]) -> list[str]:
    """What of the entities the published schema does not allow."""
    schemata, is_ = SCHEMA["schemata"], {e["id"]: e["schema"] for e in found}
    wrong: list[str] = []
    for entity in found:
        schema, stated = schemata[entity["schema"]], entity["properties"]
        wrong += [
            f"{entity['schema']} lacks {name}" for name in schema["required"] if name not in stated
        ]
        for name, values in stated.items():
            kind, *ranges = schema["properties"].get(name, ["no property"])
            for value in values:
                if kind == "entity":
                    fits = ranges[0] in schemata[is_[value]]["is"] if value in is_ else False
                elif kind == "country":
                    fits = value in SCHEMA["countries"]
                else:
                    fits = kind in FORMS and re.fullmatch(FORMS[kind], value) is not None
                if not fits or HIDDEN.search(value):
                    wrong.append(f"{entity['schema']}.{name} ({kind}): {value!r}")
    return wrong


def test_every_entity_is_of_the_published_schema(
    entities: list[dict[str, Any]], tmp_path: Path
) -> None:
    assert wrong_with(entities) == []
    out = io.BytesIO()
    write_ftm(owned.with_owners(tmp_path), out)
    with_owners = [json.loads(line) for line in out.getvalue().splitlines()]
    assert "Ownership" in {entity["schema"] for entity in with_owners}
    assert wrong_with(with_owners) == []


def test_what_is_not_of_the_schema_is_found() -> None:
    bad = {
        "contentHash": ["a" * 64],
        "sourceUrl": ["x"],
        "country": ["xx"],
        "proof": ["no"],
        "odd": ["1"],
    }
    told = wrong_with([{"id": "d", "schema": "Document", "properties": bad}])
    assert len(told) == 6  # fileName is required


def test_the_hash_of_a_document_is_told_where_the_schema_lets_it(
    entities: list[dict[str, Any]],
) -> None:
    documents = [entity for entity in entities if entity["schema"] == "Document"]
    for document in documents:
        assert document["properties"]["notes"] == [
            f"SHA-256: {document['id'].removeprefix('doc-')}"
        ]
        assert "contentHash" not in document["properties"]


def test_several_numbers_of_one_register_are_all_told() -> None:
    numbers = ["GB-COH:07444723", "GB-COH:07444724", "XI-LEI:5493001KJTIIGC8Y1R12"]
    row = {"org_key": "g1", "name": "A", "names": [], "kind": "company", "country": "GB"}
    told = organisation_entity({**row, "identifiers": numbers})["properties"]
    assert told["registrationNumber"] == ["07444723", "07444724"]
    assert told["leiCode"] == ["5493001KJTIIGC8Y1R12"]


@pytest.mark.parametrize(
    ("source", "named", "value"),
    [
        ("https://example.org", "sourceUrl", "https://example.org/"),
        ("https://example.org/a?b#c", "sourceUrl", "https://example.org/a?b#c"),
        ("https://〔person〕/x", "summary", "https://〔person〕/x"),
        ("http://example.org:99999/", "summary", "http://example.org:99999/"),
        ("http://[", "summary", "http://["),
        ("Annual report", "summary", "Annual report"),
    ],
)
def test_a_source_is_an_address_or_words(source: str, named: str, value: str) -> None:
    row: dict[str, Any] = dict.fromkeys(("since", "until"))
    row |= {"child_key": "a", "parent_key": "b", "interest": "shareholding", "source": source}
    share = {"share_min": 50.0, "share_max": 100.0, "share_above": True}
    told = ownership_entity({**row, **share})["properties"]
    assert told[named] == [value]
    assert told["percentage"] == [">50-100"]


def test_one_contract_a_notice_is_counted_by_project(
    case: Case, entities: list[dict[str, Any]]
) -> None:
    """Contracts of one project have its key, as the documentation says: sums are made by it."""
    contracts = [entity for entity in entities if entity["schema"] == "Contract"]
    keys = [contract["properties"]["programId"][0] for contract in contracts]
    with connect(case) as connection:
        known = {
            key for (key,) in connection.execute("SELECT project_key FROM projects").fetchall()
        }
    assert set(keys) <= known
    assert len(set(keys)) < len(keys)


def test_what_entities_point_to_is_there_once(entities: list[dict[str, Any]]) -> None:
    counts = Counter(entity["id"] for entity in entities)
    assert set(counts.values()) == {1}
    pointing = ("authority", "supplier", "contract", "proof")
    for entity in entities:
        for name in pointing:
            assert set(entity["properties"].get(name, ())) <= counts.keys()
    schemata = Counter(entity["schema"] for entity in entities)
    assert {"Document", "PublicBody", "Company", "CallForTenders", "Contract", "ContractAward"} <= (
        schemata.keys()
    )


def test_counts_are_those_of_the_case(case: Case, entities: list[dict[str, Any]]) -> None:
    schemata = Counter(entity["schema"] for entity in entities)
    with connect(case) as connection:
        organisations, awarded = connection.execute(
            "SELECT (SELECT count(*) FROM organisations), (SELECT count(*) FROM notices"
            " WHERE duplicate_of IS NULL AND notice_type IN ('award', 'contract', 'acceptance')"
            " AND len(suppliers) > 0 AND coalesce(title, project_name) IS NOT NULL)"
        ).fetchall()[0]
    kinds = ("PublicBody", "Company", "Organization")
    assert sum(schemata[kind] for kind in kinds) == organisations
    assert schemata["Contract"] == awarded


def test_no_masked_person_is_an_entity(entities: list[dict[str, Any]]) -> None:
    named = [e for e in entities if e["schema"] in {"PublicBody", "Company", "Organization"}]
    assert not [e for e in named if "〔" in json.dumps(e["properties"], ensure_ascii=False)]


def test_ownership_is_told_between_companies(tmp_path: Path) -> None:
    model = pytest.importorskip("followthemoney", reason="followthemoney is not installed").model
    out = io.BytesIO()
    write_ftm(owned.with_owners(tmp_path), out)
    found = [json.loads(line) for line in out.getvalue().splitlines()]
    names = {e["id"]: e["properties"].get("name", [""])[0] for e in found}
    owning = [e["properties"] for e in found if e["schema"] == "Ownership"]
    told = [(names[o["owner"][0]], names[o["asset"][0]], o["percentage"]) for o in owning]
    assert sorted(told) == [
        ("Example Holding plc", owned.ALPHA, ["80"]),
        ("Example Holding plc", owned.BETA, ["60"]),
        ("Example Holding plc", owned.GAMMA, ["30"]),
    ]
    schema = model.get("Ownership")
    for properties in owning:
        assert set(schema.required) <= properties.keys() <= set(schema.properties)
    assert not [e for e in found if e["schema"] == "Person"]


def test_the_same_records_give_the_same_entities(case: Case, tmp_path: Path) -> None:
    again = Case.open_or_create(tmp_path / "again", taxonomy="1.0")
    with again.writing():
        pipeline.review(again, [demo.corpus_path()], Options(), read_manifest(demo.manifest_path()))
    first, second = io.BytesIO(), io.BytesIO()
    write_ftm(case, first)
    write_ftm(again, second)
    assert first.getvalue() == second.getvalue()
