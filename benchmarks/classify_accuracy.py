"""How well the rules tell surveillance purchases on the real records of the shared folder.

    python benchmarks/classify_accuracy.py [--shared FOLDER] [--json FILE]

Labels are ours, made by reading titles and descriptions: identifiers of the positives only; all
else in a source is negative, but for the few that words cannot settle (``OPEN``), left out of both
counts. Printed: precision and recall for each source, each error, and milliseconds a notice.
"""

import argparse
import csv
import json
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from sousveil.classify import classify
from sousveil.model import Evidence, Field, Notice, Page, Section

ROOT = Path(__file__).resolve().parents[1]
SHA = "0" * 64
TAIWAN = {
    "內政部警政署刑事警察局|115CCW04-1",
    "新竹縣政府警察局|1150018",
    "法務部矯正署雲林第二監獄|11457",
    "臺東縣政府|115403420180",
    "花蓮縣警察局|PL1150036249",
    "南投縣鹿谷鄉公所|1150814",
}
AWARDS = {
    "36C10X23N0087", "36C24826N0070", "20341124C00001", "36C24623F0312", "FA452825P0084",
    "36C24724N0067", "191NLE22P0024", "FA301624F0441", "DOLB079625526", "70B03C18P00000831",
    "36C24923F0336", "HS002124F0071", "36C25725F0169",
}  # fmt: skip
OPEN = {"雲林縣環境保護局|115-086", "known 16", "known 19", "known 22"}
"""Cameras against littering, a check of government accounts, traffic services, counter-drones."""


class Record(NamedTuple):
    """What is classified, and whether we read it as surveillance."""

    key: str
    title: str
    text: str
    buyer: str | None
    country: str
    positive: bool


def gold(shared: Path) -> Iterator[Record]:
    for line in (shared / "gold/notices.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        yield Record(row["id"], row["title"], row["text"], None, "CN", False)


def known(shared: Path) -> Iterator[Record]:
    path = shared / "data/known-surveillance-procurements/known_projects.csv"
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield Record(f"known {row['id']}", row["project"], "", row["buyer"] or None, "CN", True)


def taiwan(shared: Path) -> Iterator[Record]:
    for row in rows(shared / "data/taiwan-tenders/data/tenders.json"):
        key = row["uid"]
        yield Record(key, row["title"], "", row["agency"], "TW", key in TAIWAN)


def hongkong(shared: Path) -> Iterator[Record]:
    for row in rows(shared / "data/hongkong-tenders/data/tenders.json"):
        yield Record(row["id"], row["title"], row["desc"], row["dept"], "HK", False)


def hospitals(shared: Path) -> Iterator[Record]:
    seen: set[str] = set()
    for path in sorted((shared / "data/jianyu-notice-json/data").glob("*.json")):
        for row in rows(path):
            title = row.get("title") or ""
            if title and title not in seen:
                seen.add(title)
                text = re.sub("<[^>]+>", " ", row.get("detail") or row.get("content") or "")
                yield Record(title[:40], title, text, row.get("buyer"), "CN", False)


def awards(shared: Path) -> Iterator[Record]:
    path = shared / "data/usaspending-surveillance-contracts/surveillance-contracts.csv"
    seen: set[tuple[str, str]] = set()
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            text = row["prime_award_base_transaction_description"]
            title, key = row["transaction_description"], row["award_id_piid"]
            if (title, text) not in seen:
                seen.add((title, text))
                agency = row["awarding_sub_agency_name"]
                yield Record(key, title, text, agency, "US", key in AWARDS)


SOURCES = {
    "gold notices": gold,
    "known projects, titles": known,
    "Taiwan, titles": taiwan,
    "Hong Kong": hongkong,
    "hospitals": hospitals,
    "US awards, descriptions": awards,
}


def rows(path: Path) -> list[dict[str, str]]:
    content = json.loads(path.read_text("utf-8"))
    if isinstance(content, dict):
        content = next((v for v in content.values() if isinstance(v, list)), [])
    return [row for row in content if isinstance(row, dict)]


def notice(record: Record) -> tuple[Notice, dict[int, Page]]:
    title = record.title
    text = f"{title}\n{record.text}"
    page = Page(SHA, 1, text, "plain", "text/plain")
    sections = [Section("title", 1, 0, len(title))]
    if record.text:
        sections.append(Section("body", 1, len(title) + 1, len(text)))
    buyer = record.buyer and Field(record.buyer, record.buyer, Evidence(SHA, 1, 0, 0, "", "b/1"))
    made = Notice(
        "0" * 32,
        SHA,
        1,
        (1,),
        None,
        "benchmark",
        "tender",
        buyer=buyer or None,
        country=record.country,
        sections=tuple(sections),
    )
    return made, {1: page}


def measure(name: str, records: list[Record]) -> dict[str, object]:
    made = [(record, *notice(record)) for record in records if record.key not in OPEN]
    started = time.process_time()
    codings = [(record, classify(one, pages)) for record, one, pages in made]
    milliseconds = (time.process_time() - started) * 1000 / max(len(made), 1)
    counts = {"right": 0, "wrong": 0, "missed": 0, "review": 0}
    for record, coding in codings:
        counts["review"] += bool(coding.review)
        if coding.surveillance and record.positive:
            counts["right"] += 1
        elif coding.surveillance != record.positive:
            kind = "wrong" if coding.surveillance else "missed"
            counts[kind] += 1
            print(f"  {kind}: {name}: {record.title[:70]} ({coding.surveillance_score})")
    found, all_positives = counts["right"] + counts["wrong"], counts["right"] + counts["missed"]
    return {
        "source": name,
        "notices": len(made),
        **counts,
        "precision": round(counts["right"] / found, 3) if found else None,
        "recall": round(counts["right"] / all_positives, 3) if all_positives else None,
        "ms_per_notice": round(milliseconds, 3),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    shared = os.environ.get("SOUSVEIL_SHARED", str(ROOT.parent / "shared"))
    parser.add_argument("--shared", type=Path, default=Path(shared))
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    classify(*notice(Record("warm", "舆情监测", "", None, "CN", positive=True)))
    results = [measure(name, list(read(options.shared))) for name, read in SOURCES.items()]
    for row in results:
        print(" · ".join(f"{key} {value}" for key, value in row.items()))
    if options.json is not None:
        options.json.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
