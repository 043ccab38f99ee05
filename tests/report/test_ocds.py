"""Releases and records of the demonstration case, judged by the official OCDS 1.1.5 schemas."""

import io
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from sousveil import demo
from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.pipeline import review as pipeline
from sousveil.pipeline.process import Options
from sousveil.report.ocds import PREFIX, Written, releases_of, write_ocds
from sousveil.report.ocds_record import record_of
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


SCHEMAS = "https://standard.open-contracting.org/schema/1__1__5/"


def checked(shared_data: Path, kind: str) -> jsonschema_rs.Draft4Validator:
    """The official schema of packages, with the schema of releases that it refers to."""
    folder = shared_data / "data" / "ocds-schema-1.1.5"
    names = ("release-schema", "record-package-schema", "versioned-release-validation-schema")
    found = {name: json.loads((folder / f"{name}.json").read_text()) for name in names}
    registry = jsonschema_rs.Registry(
        [(f"{SCHEMAS}{name}.json", one) for name, one in found.items()]
    )
    schema = json.loads((folder / f"{kind}-package-schema.json").read_text())
    return jsonschema_rs.Draft4Validator(schema, registry=registry, validate_formats=True)


def package(**told: object) -> dict[str, object]:
    return {
        "uri": "https://example.org/package.json",
        "version": "1.1",
        "publishedDate": "2026-01-31T00:00:00Z",
        "publisher": {"name": "Illustrative"},
        **told,
    }


def test_packages_follow_the_official_schemas(case: Case, shared_data: Path) -> None:
    releases, told = written(case, "ocds-releases")
    records, _ = written(case, "ocds-records")
    by_release, by_record = checked(shared_data, "release"), checked(shared_data, "record")
    assert len(releases) == told.lines > 100
    assert [e.message for e in by_release.iter_errors(package(releases=releases))] == []
    assert [e.message for e in by_record.iter_errors(package(records=records))] == []
    # The schemas are no blanks: a wrong part, deep inside, is found.
    wrong = {**releases[0], "parties": [{"id": 1.5}], "date": "soon"}
    assert len(list(by_release.iter_errors(package(releases=[wrong])))) > 1
    assert list(by_record.iter_errors(package(records=[{"ocid": "x", "compiledRelease": wrong}])))


REFERRED: dict[str, Callable[[dict[str, Any]], list[Any]]] = {
    "buyer": lambda release: [release.get("buyer")],
    "procuringEntity": lambda release: [release.get("tender", {}).get("procuringEntity")],
    "tenderer": lambda release: release.get("tender", {}).get("tenderers", []),
    "supplier": lambda release: [
        s for a in release.get("awards", ()) for s in a.get("suppliers", ())
    ],
}
SECTIONS = {
    "planning": ("planning",),
    "tender": ("tender", "tenderUpdate", "tenderAmendment", "tenderCancellation"),
    "awards": ("award",),
    "contracts": ("contract", "implementation"),
}


def test_parties_are_those_that_a_release_refers_to_by_one_name(case: Case) -> None:
    releases, _ = written(case, "ocds-releases")
    records, _ = written(case, "ocds-records")
    compiled = [record["compiledRelease"] for record in records]
    roles: Counter[str] = Counter()
    for release in (*releases, *compiled):
        parties = {party["id"]: party for party in release.get("parties", ())}
        for role, referred in REFERRED.items():
            references = [one for one in referred(release) if one]
            for one in references:
                assert role in parties[one["id"]]["roles"]
                assert one["name"] == parties[one["id"]]["name"]
            having = {key for key, party in parties.items() if role in party["roles"]}
            if role in ("tenderer", "supplier"):  # the standard has room for all of them
                assert having == {one["id"] for one in references}
            else:
                assert bool(having) == bool(references)
            roles[role] += len(references)
    assert min(roles[role] for role in REFERRED) > 0


def test_tags_say_what_a_release_holds(case: Case) -> None:
    releases, _ = written(case, "ocds-releases")
    for release in releases:
        for section, tags in SECTIONS.items():
            assert (section in release) == any(tag in release["tag"] for tag in tags), release
    assert {"tenderUpdate"} & {tag for release in releases for tag in release["tag"]}


def test_each_contract_has_its_award_in_the_process(case: Case) -> None:
    records, _ = written(case, "ocds-records")
    announced = 0
    for record in records:
        compiled = record["compiledRelease"]
        awards = {award["id"] for award in compiled.get("awards", ())}
        for contract in compiled.get("contracts", ()):
            assert contract["awardID"] in awards
            announced += contract["awardID"] != contract["id"]
    assert announced > 0


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


def notice(number: int, kind: str, suppliers: str = "", **told: object) -> dict[str, Any]:
    """A row of a notice of the n-th of January, each letter of ``suppliers`` one of them."""
    columns = (
        "title", "project_id", "method", "budget", "ceiling", "award", "currency", "country",
        "bid_deadline", "source_url", "source_path", "published", "media_type", "document_sha256",
    )  # fmt: skip
    parties = [
        {"role": "supplier", "org_key": letter, "name": f"{letter} {number}", "identifiers": []}
        for letter in suppliers
    ]
    row: dict[str, Any] = dict.fromkeys(columns)
    row |= {"notice_id": f"n{number}", "notice_type": kind, "project_key": "p", "parties": parties}
    return row | {"day": f"2024-01-{number:02d}", "document_sha256": f"d{number}"} | told


def compiled_of(*rows: dict[str, Any]) -> dict[str, Any]:
    compiled: dict[str, Any] = record_of(releases_of(rows))["compiledRelease"]
    return compiled


def test_a_contract_refers_to_the_award_of_its_suppliers() -> None:
    first, second = releases_of([notice(1, "award", "ab"), notice(2, "contract", "ba")])
    assert (second["tag"], "awards" in second) == (["contract"], False)
    assert second["contracts"][0]["awardID"] == first["awards"][0]["id"]
    contract, award = releases_of([notice(1, "contract", "a"), notice(2, "award", "a")])
    assert contract["contracts"][0]["awardID"] == award["awards"][0]["id"]


def test_a_contract_that_nothing_announces_holds_its_award() -> None:
    _, other = releases_of([notice(1, "award", "a"), notice(2, "contract", "b")])
    assert other["tag"] == ["award", "contract"]
    assert other["awards"][0]["suppliers"] == [{"id": "b", "name": "b 2"}]
    assert other["contracts"][0]["awardID"] == other["awards"][0]["id"]


def test_of_several_awards_to_one_supplier_the_one_of_its_sum_is_meant() -> None:
    awards = [notice(1, "award", "a", award=5), notice(2, "award", "a", award=7)]
    *_, seven = releases_of([*awards, notice(3, "contract", "a", award=7)])
    *_, nine = releases_of([*awards, notice(3, "contract", "a", award=9)])
    assert seven["contracts"][0]["awardID"] == "n2"
    assert (nine["contracts"][0]["awardID"], nine["tag"]) == ("n3", ["award", "contract"])


def test_an_acceptance_is_of_its_contract() -> None:
    rows = [notice(1, "contract", "a", award=5), notice(2, "acceptance", "a")]
    compiled = compiled_of(*rows)
    (contract,) = compiled["contracts"]
    assert (contract["id"], contract["awardID"]) == ("n1", "n1")
    assert contract["documents"] == [{"id": "d1"}]
    assert contract["implementation"] == {"documents": [{"id": "d2"}]}
    assert [award["id"] for award in compiled["awards"]] == ["n1"]
    (alone,) = releases_of([notice(2, "acceptance", "a")])
    assert alone["tag"] == ["award", "contract", "implementation"]


def test_a_process_has_one_tender_of_what_its_notices_say() -> None:
    bidder = {"role": "bidder", "org_key": "x", "name": "X\u202e", "identifiers": []}
    call = notice(1, "tender", title="T", project_id="2024-1", method="open")
    award = notice(2, "award", "x", project_id="2024-1/2", parties=[bidder])
    first, second = releases_of([call, award])
    assert second["tag"] == ["award", "tenderUpdate"]
    assert second["parties"] == [{"id": "x", "name": "X", "roles": ["tenderer"]}]
    tender = record_of([first, second])["compiledRelease"]["tender"]
    assert tender == {
        "id": "2024-1", "title": "T", "procurementMethodDetails": "open",
        "documents": [{"id": "d1"}], "tenderers": [{"id": "x", "name": "X"}],
    }  # fmt: skip


def test_what_is_called_again_is_not_cancelled() -> None:
    rows = [notice(1, "tender"), notice(2, "termination"), notice(3, "tender")]
    assert compiled_of(*rows[:2])["tender"]["status"] == "cancelled"
    assert "status" not in compiled_of(*rows)["tender"]


def test_a_party_has_one_name_in_a_compiled_release() -> None:
    buyer = {"role": "buyer", "org_key": "b", "identifiers": []}
    rows = [
        notice(day, "tender", parties=[{**buyer, "name": name}])
        for day, name in ((1, "Old name"), (2, "New name"))
    ]
    compiled = compiled_of(*rows)
    assert compiled["buyer"]["name"] == compiled["parties"][0]["name"] == "New name"
