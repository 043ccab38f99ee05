"""Releases and records of the demonstration case, judged by the official OCDS 1.1.5 schemas."""

import io
import json
from collections import Counter
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from sousveil import demo
from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.pipeline import review as pipeline
from sousveil.pipeline.process import Options
from sousveil.report.ocds import PREFIX, Written, write_ocds
from sousveil.sources import read_manifest


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    case = Case.open_or_create(tmp_path_factory.mktemp("ocds") / "case", taxonomy="1.0")
    with case.writing():
        manifest = read_manifest(demo.manifest_path())
        pipeline.review(case, [demo.corpus_path()], Options(), manifest)
    return case


def written(case: Case, what: str) -> tuple[list[dict[str, Any]], Written]:
    out = io.BytesIO()
    told = write_ocds(case, what, out)  # type: ignore[arg-type]
    return [json.loads(line) for line in out.getvalue().splitlines()], told


def test_releases_follow_the_official_schema(case: Case, shared_data: Path) -> None:
    folder = shared_data / "data" / "ocds-schema-1.1.5"
    check = jsonschema_rs.validator_for(json.loads((folder / "release-schema.json").read_text()))
    releases, told = written(case, "ocds-releases")
    assert [error.message for one in releases for error in check.iter_errors(one)] == []
    assert len(releases) == told.lines > 100


def test_records_follow_the_official_schema(case: Case, shared_data: Path) -> None:
    folder = shared_data / "data" / "ocds-schema-1.1.5"
    schema = json.loads((folder / "record-package-schema.json").read_text())
    release = json.loads((folder / "release-schema.json").read_text())
    check = jsonschema_rs.validator_for(release)
    records, _ = written(case, "ocds-records")
    wanted = set(schema["definitions"]["record"]["required"])
    for record in records:
        assert wanted <= record.keys()
        assert set(record) <= set(schema["definitions"]["record"]["properties"])
        told = (record["compiledRelease"], *record["releases"])
        assert [error.message for one in told for error in check.iter_errors(one)] == []


def test_every_notice_but_copies_and_undated_ones_is_a_release(case: Case) -> None:
    releases, told = written(case, "ocds-releases")
    records, _ = written(case, "ocds-records")
    with connect(case) as connection:
        ids = connection.execute(
            "SELECT notice_id, project_key FROM notices WHERE duplicate_of IS NULL"
        ).fetchall()
    assert len(releases) + told.undated == len(ids)
    assert {(r["id"], r["ocid"]) for r in releases} <= {(n, PREFIX + p) for n, p in ids}
    assert sorted(r["id"] for record in records for r in record["releases"]) == sorted(
        r["id"] for r in releases
    )


def test_a_compiled_release_has_each_party_and_award_once(case: Case) -> None:
    records, _ = written(case, "ocds-records")
    for record in records:
        compiled = record["compiledRelease"]
        for name in ("parties", "awards", "contracts"):
            counts = Counter(one["id"] for one in compiled.get(name, ()))
            assert set(counts.values()) <= {1}
        keys = {party["id"] for party in compiled.get("parties", ())}
        for award in compiled.get("awards", ()):
            assert {supplier["id"] for supplier in award.get("suppliers", ())} <= keys
