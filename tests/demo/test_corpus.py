"""The demonstration corpus: marked, complete, reproducible, and counted right."""

import csv
import gzip
import json
import subprocess
import sys
from collections import defaultdict
from datetime import date
from pathlib import Path

import jsonschema_rs
import pypdfium2
import pytest
from currency_converter import CurrencyConverter

from sousveil import demo

ROOT = Path(__file__).resolve().parents[2]
CORPUS = demo.corpus_path()
FILES = demo.files()
TRUTH = demo.truth()
HEADLINE = demo.headline()
MARK = "Illustrative record written for the Sousveil project; not a real notice"
MARK_TOO = "Illustrative record made for the Sousveil project; not a real notice"


def text_of(path: Path) -> str:
    """A file's text, read by plain means and not by Sousveil."""
    data = path.read_bytes()
    if data[:4] == b"%PDF":
        document = pypdfium2.PdfDocument(data)
        return "\n".join(p.get_textpage().get_text_range() for p in document)
    if path.suffix == ".gz":
        data = gzip.decompress(data)
    for encoding in ("utf-8", "big5" if "/tw/" in path.as_posix() else "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise AssertionError(path)


READ = [f.path for f in FILES if f.status == "read"]
TEXTS = {path: text_of(CORPUS / path) for path in READ}


def flat(text: str) -> str:
    """Text without white space: PDF lines break anywhere."""
    return "".join(text.replace("&nbsp;", " ").replace("\u200b", "").split())


@pytest.mark.parametrize("path", READ)
def test_every_record_is_marked(path: str) -> None:
    assert MARK in TEXTS[path] or MARK_TOO in TEXTS[path]


def test_every_release_is_marked() -> None:
    for path, text in TEXTS.items():
        if ".json" in path:
            assert text.count(MARK) >= sum(1 for t in TRUTH if t.path == path)


def test_truth_covers_every_file() -> None:
    on_disk = {p.relative_to(CORPUS).as_posix() for p in CORPUS.rglob("*") if p.is_file()}
    assert {f.path for f in FILES} == on_disk
    counted = defaultdict(int)
    for row in TRUTH:
        counted[row.path] += 1
    assert {f.path: f.notices for f in FILES if f.notices} == dict(counted)
    assert [f.path for f in FILES if f.status == "read" and not f.notices and not f.same_as] == []


def test_repeated_files_repeat() -> None:
    repeated = [f for f in FILES if f.same_as]
    assert repeated
    for f in repeated:
        assert (CORPUS / f.path).read_bytes() == (CORPUS / str(f.same_as)).read_bytes()


def test_manifest_names_files_of_the_corpus() -> None:
    with demo.manifest_path().open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    assert list(rows[0]) == ["path", "source_url", "captured_at", "note"]
    stated = {t.path: (t.source_url, t.captured_at) for t in TRUTH if t.source_url}
    assert {r["path"]: (r["source_url"], r["captured_at"]) for r in rows} == stated
    assert all(r["source_url"].startswith("https://example.org/") for r in rows)
    assert 0.3 <= len(rows) / len(FILES) <= 0.7


def test_unreadable_files_are_unreadable() -> None:
    failed = {f.path for f in FILES if f.status == "failed"}
    assert failed == {"documents/torn-download.pdf", "provincial/empty-page.html"}
    assert (CORPUS / "provincial/empty-page.html").stat().st_size == 0
    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(CORPUS / "documents/torn-download.pdf")


@pytest.mark.parametrize("field", ["project_id", "project_name", "buyer", "agency", "method"])
def test_stated_words_stand_in_the_file(field: str) -> None:
    for row in TRUTH:
        value = getattr(row, field)
        if value is not None:
            assert flat(value) in flat(TEXTS[row.path]), (row.path, value)


def test_suppliers_and_bidders_stand_in_the_file() -> None:
    for row in TRUTH:
        for name in row.suppliers + row.bidders:
            assert flat(name) in flat(TEXTS[row.path])


def test_people_stand_in_the_corpus() -> None:
    everything = flat("".join(TEXTS.values()))
    for kind in ("person", "phone", "email", "id_number", "account"):
        assert demo.people()[kind]
        for detail in demo.people()[kind]:
            assert flat(detail) in everything


def test_codes_are_of_the_taxonomy_and_need_surveillance() -> None:
    for row in TRUTH:
        assert row.surveillance or not (row.capabilities or row.sophistication is not None)
        assert (row.sophistication is None) == (row.sophistication_ladder is None)
        assert row.sophistication_ladder in (None, "online", "video_police")
        assert row.sophistication is None or 0 <= row.sophistication <= 6
        assert row.currency or (row.budget, row.ceiling, row.award) == (None, None, None)


def test_duplicates_point_to_an_earlier_first_copy() -> None:
    by_path = {t.path: t for t in TRUTH}
    copies = [t for t in TRUTH if t.duplicate_of]
    assert copies
    for row in copies:
        first = by_path[str(row.duplicate_of)]
        assert first.duplicate_of is None
        assert first.project == row.project
        assert str(first.published) <= str(row.published)


def releases_of(text: str, name: str) -> list[dict]:
    if name.endswith(".jsonl"):
        return [json.loads(line) for line in text.splitlines()]
    data = json.loads(text)
    if isinstance(data, list):
        return data
    if "records" in data:
        return [
            one
            for record in data["records"]
            for one in (
                [record["compiledRelease"]] if "compiledRelease" in record else record["releases"]
            )
        ]
    return data.get("releases") or [data]


def test_releases_follow_the_official_schema(shared_data: Path) -> None:
    folder = shared_data / "data" / "ocds-schema-1.1.5"
    schema = json.loads((folder / "release-schema.json").read_text("utf-8"))
    check = jsonschema_rs.validator_for(schema)
    found = 0
    for path, text in TEXTS.items():
        if ".json" in path:
            releases = releases_of(text, path)
            stated = [t.ocid for t in TRUTH if t.path == path]
            assert {r["ocid"] for r in releases} == set(stated)
            assert len(stated) == (1 if "-record.json" in path else len(releases))
            for release in releases:
                assert [e.message for e in check.iter_errors(release)] == []
            found += len(releases)
    assert found > 30


def projects() -> dict[str, list[demo.TruthNotice]]:
    groups: dict[str, list[demo.TruthNotice]] = defaultdict(list)
    for row in sorted(TRUTH, key=lambda t: t.published or "9999"):
        if not row.duplicate_of:
            groups[row.project].append(row)
    return groups


def amount_of(rows: list[demo.TruthNotice]) -> tuple[float, str, str] | None:
    """Award over budget over ceiling; of each the latest. With its currency and date."""
    for field in ("award", "budget", "ceiling"):
        held = [r for r in rows if getattr(r, field) is not None]
        if held:
            return getattr(held[-1], field), str(held[-1].currency), str(held[-1].published)
    return None


def test_headline_counts_follow_from_the_notices() -> None:
    groups = projects()
    seen = {k: v for k, v in groups.items() if any(r.surveillance for r in v)}
    overseas = {k: v for k, v in seen.items() if any(r.overseas_target for r in v)}
    recent = [
        v for v in overseas.values() if v[0].country == "CN" and str(v[0].published) >= "2020"
    ]
    assert HEADLINE["files"] == len(FILES)
    assert HEADLINE["notices"] == len(TRUTH)
    assert HEADLINE["projects"] == len(groups)
    assert HEADLINE["surveillance_projects"] == len(seen)
    assert HEADLINE["overseas_projects"] == len(overseas)
    assert HEADLINE["overseas_projects_cn_since_2020"] == len(recent)


def test_headline_sums_follow_from_the_notices() -> None:
    sums: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    kinds: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for rows in projects().values():
        found = amount_of(rows)
        if found and any(r.surveillance for r in rows):
            sums[str(rows[0].published)[:4]][found[1]] += found[0]
            kinds[str(rows[0].buyer_type)][found[1]] += found[0]
    assert {k: dict(v) for k, v in sums.items()} == HEADLINE["spend_by_year"]
    assert {k: dict(v) for k, v in kinds.items()} == HEADLINE["spend_by_buyer_type"]


REPORTED = {
    "finding-hongkong-taiwan": 216_000,
    "finding-journalist-database": 320_000,
    "finding-fuzhou": 236_000,
    "finding-intelligence-command": 30_570,
    "finding-foreign-ministry": 531_000,
}


@pytest.mark.parametrize("label", REPORTED)
def test_reported_findings_have_their_figure(label: str) -> None:
    converter = CurrencyConverter(fallback_on_missing_rate=True)
    amount, currency, day = amount_of(projects()[label]) or (0.0, "", "")
    usd = converter.convert(amount, currency, "USD", date.fromisoformat(day))
    assert usd == pytest.approx(REPORTED[label], rel=0.001)


def test_the_township_bought_cameras_for_thirteen_years() -> None:
    rows = [t for t in TRUTH if t.cameras]
    assert HEADLINE["township"] == {
        "purchases": len({r.project for r in rows}),
        "first_year": 2006,
        "last_year": 2019,
        "cameras": sum(r.cameras or 0 for r in rows),
        "face_cameras": sum(r.face_cameras or 0 for r in rows),
    }
    for row in rows:
        assert str(row.cameras) in TEXTS[row.path]


def test_the_project_without_a_price_has_none() -> None:
    assert amount_of(projects()["finding-uyghur-language"]) is None


def test_making_it_again_gives_the_same_bytes(tmp_path: Path) -> None:
    script = ROOT / "scripts" / "make_demo_corpus.py"
    subprocess.run([sys.executable, script, "--out", tmp_path], check=True)
    assert (tmp_path / "manifest.csv").read_bytes() == demo.manifest_path().read_bytes()
    for folder in ("corpus", "truth"):
        made = {p.relative_to(tmp_path): p.read_bytes() for p in (tmp_path / folder).rglob("*.*")}
        home = CORPUS.parent
        kept = {p.relative_to(home): p.read_bytes() for p in (home / folder).rglob("*.*")}
        assert made == kept
