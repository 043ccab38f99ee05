"""Writes the demonstration corpus and its truth: python scripts/make_demo_corpus.py [--out DIR].

The texts stand in demo_corpus/data/*.toml, the layouts in the modules of demo_corpus. Records and
truth come of the same data, so they agree by construction; no extractor has a part in it. The same
data give the same bytes.
"""

import argparse
import csv
import io
import json
import shutil
from datetime import timedelta
from pathlib import Path

from demo_corpus import documents, forms_hant, forms_new, forms_old, ocds
from demo_corpus.headline import headline
from demo_corpus.notice import Authored, load
from demo_corpus.recorder import Recorder
from demo_corpus.skins import SKINS

HOME = Path(__file__).resolve().parents[1] / "src" / "sousveil" / "demo"
README = """\
SOUSVEIL DEMONSTRATION RECORDS

Every record in this folder is illustrative: written for the Sousveil project, not a real notice.
Companies, counties, persons and telephone numbers are invented. Two files cannot be read on
purpose, and this one is no record, so that the list of what was not read has something to show.
"""
SCALARS = (
    "notice_type",
    "project_id",
    "plan_id",
    "project_name",
    "buyer",
    "agency",
    "method",
    "budget",
    "ceiling",
    "award",
    "currency",
    "lots",
    "published",
    "first_published",
    "bid_deadline",
)


def main() -> None:
    """Rebuild corpus/ and truth/ under the given folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=HOME)
    out = parser.parse_args().out
    corpus, truth = out / "corpus", out / "truth"
    for folder in (corpus, truth):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    files, rows, people = [], [], {}
    for notices in load():
        data, new, found = render(notices)
        target = corpus / notices[0].file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        rows += [{**row, **origin(notices)} for row in new]
        files.append({"path": notices[0].file, "status": "read", "notices": len(new)})
        for copy in notices[0].copies or []:
            files.append({"path": copy, "status": "read", "notices": 0, "same_as": notices[0].file})
            (corpus / copy).parent.mkdir(parents=True, exist_ok=True)
            (corpus / copy).write_bytes(data)
        for kind, values in found.items():
            people.setdefault(kind, set()).update(values)
    files += troubles(corpus)
    (out / "manifest.csv").write_bytes(manifest(rows))
    write_truth(truth, files, rows, people)


def render(notices: list[Authored]) -> tuple[bytes, list[dict], dict[str, list[str]]]:
    """A file's bytes, the truth of its notices, and the persons it names."""
    first = notices[0]
    if first.skin == "ocds":
        return _render_ocds(notices)
    r = Recorder(str(first.quirk or ""))
    if first.skin == "pdf":
        title = documents.bidding_document(first, r)
        return documents.pdf(first, title, r), [row_of(first, r)], r.people
    if len(notices) > 1:
        return _render_rows(notices)
    forms = {"hant": forms_hant.FORMS, "old": forms_old.FORMS}.get(str(first.era), forms_new.FORMS)
    title = forms[first.form or first.type](first, r)
    title = str(first.headline or title)
    text = SKINS[str(first.skin)](first, title, r)
    return (
        text.encode(str(first.encoding or "utf-8"), "xmlcharrefreplace"),
        [row_of(first, r)],
        r.people,
    )


def _render_rows(notices: list[Authored]) -> tuple[bytes, list[dict], dict[str, list[str]]]:
    """A list of purchase intentions: each row is a notice."""
    recorders = [Recorder() for _ in notices]
    title, whole = "", Recorder()
    for n, r in zip(notices, recorders, strict=True):
        title = forms_new.intention(n, r)
        r.note("published", n.day.isoformat())
    opening, (_, rows), *closing = recorders[0].blocks
    for number, r in enumerate(recorders[1:], 2):
        rows.append([str(number), *r.blocks[1][1][1][1:]])
    whole.blocks = [opening, ("table", rows), *closing]
    text = SKINS[str(notices[0].skin)](notices[0], title, whole)
    made = [row_of(n, r) for n, r in zip(notices, recorders, strict=True)]
    return text.encode(str(notices[0].encoding or "utf-8"), "xmlcharrefreplace"), made, {}


def _render_ocds(notices: list[Authored]) -> tuple[bytes, list[dict], dict[str, list[str]]]:
    rows, releases, people = [], [], {}
    for position, n in enumerate(notices):
        r = Recorder()
        releases.append(ocds.release(n, r))
        rows.append({**row_of(n, r), "pointer": ocds.pointer(n.container, position)})
        for kind, values in r.people.items():
            people.setdefault(kind, []).extend(values)
    if notices[0].container == "record_releases":
        rows = ocds.merge(rows)
    return ocds.contain(notices, releases), rows, people


def row_of(n: Authored, r: Recorder) -> dict:
    """The truth of one notice: what its text states, and what it is."""
    stated = dict(r.truth)
    stated["notice_type"] = n.type
    if any(k in stated for k in ("budget", "ceiling", "award")):
        stated.setdefault("currency", n.currency or "CNY")
    stated.setdefault("lots", 1)
    row: dict = {"path": n.file, "pointer": None, "project": n.key, "ocid": stated.get("ocid")}
    row |= {k: stated.get(k) for k in SCALARS}
    row |= {"suppliers": stated.get("suppliers", []), "bidders": stated.get("bidders", [])}
    row |= {"buyer_type": n.buyer_type, "country": n.country or "CN", "province": n.province}
    row |= n.coding()
    row |= {
        "ambiguous": bool(n.ambiguous),
        "duplicate_of": n.duplicate_of,
        "flags": list(n.flags or []),
        "cameras": n.cameras,
        "face_cameras": n.face_cameras,
    }
    return row


def origin(notices: list[Authored]) -> dict[str, str | None]:
    """Where a file is said to come from: as authored, and for some others made up of its path."""
    for n in notices:
        if n.url:
            return {"source_url": str(n.url), "captured_at": f"{n.captured}T08:00:00Z"}
    last = notices[-1]
    if last.variant % 4 == 0:
        seen = last.day + timedelta(days=1)
        return {
            "source_url": f"https://example.org/{last.file}",
            "captured_at": f"{seen}T08:00:00Z",
        }
    return {"source_url": None, "captured_at": None}


def troubles(corpus: Path) -> list[dict]:
    """Files that give no notice: a torn PDF, an empty file, a README."""
    whole = next(corpus.glob("documents/*.pdf")).read_bytes()
    (corpus / "documents" / "torn-download.pdf").write_bytes(whole[: len(whole) * 2 // 5])
    (corpus / "provincial" / "empty-page.html").write_bytes(b"")
    (corpus / "README.txt").write_text(README, "utf-8")
    return [
        {"path": "README.txt", "status": "not_a_record", "notices": 0},
        {"path": "documents/torn-download.pdf", "status": "failed", "notices": 0},
        {"path": "provincial/empty-page.html", "status": "failed", "notices": 0},
    ]


def manifest(rows: list[dict]) -> bytes:
    """The CSV manifest: where about half the files are said to come from."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["path", "source_url", "captured_at", "note"])
    for path in sorted({x["path"] for x in rows if x["source_url"]}):
        row = next(x for x in rows if x["path"] == path)
        writer.writerow([path, row["source_url"], row["captured_at"], "illustrative"])
    return out.getvalue().encode()


def write_truth(folder: Path, files: list[dict], rows: list[dict], people: dict) -> None:
    """The truth as JSON lines and two JSON files."""
    lines = "".join(json.dumps(x, ensure_ascii=False) + "\n" for x in rows)
    (folder / "notices.jsonl").write_text(lines, "utf-8")
    lines = "".join(json.dumps(x, ensure_ascii=False) + "\n" for x in files)
    (folder / "files.jsonl").write_text(lines, "utf-8")
    named = {k: sorted(v) for k, v in sorted(people.items())}
    _json(folder / "people.json", named)
    _json(folder / "headline.json", headline(files, rows))


def _json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
