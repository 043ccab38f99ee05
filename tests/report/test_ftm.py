"""FollowTheMoney entities of the demonstration case, judged by the followthemoney package."""

import io
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from tests import owned

from sousveil import demo
from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.pipeline import review as pipeline
from sousveil.pipeline.process import Options
from sousveil.report.ftm import write_ftm
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
