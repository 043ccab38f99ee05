"""The labelled records of the classification, and the files they are read from.

``real.jsonl`` names records of ../shared/data; ``written.jsonl`` and ``pairs.jsonl`` hold texts of
our own. The known facts of ../shared/data are written as titles of notices.
"""

import csv
import html
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

LABELS = Path(__file__).resolve().parents[1] / "labels" / "classification"
KNOWN = "known-surveillance-procurements/known_projects.csv"
_CHINESE = frozenset({"zh", "zh-Hant"})


class Labelled(msgspec.Struct, frozen=True):
    """One labelled record. ``surveillance`` None: the words alone cannot tell.

    ``part`` is real, written or pairs; ``group`` the source of a real record, else its language;
    ``functions`` None: nobody labelled them; ``kind`` what a negative is about; ``pair`` the
    purchase that several countries' records share.
    """

    id: str
    part: str
    group: str
    language: str
    surveillance: bool | None
    source: str
    page: int
    sha256: str = ""
    capabilities: frozenset[str] = frozenset()
    platforms: frozenset[str] = frozenset()
    target_groups: frozenset[str] = frozenset()
    functions: frozenset[str] | None = frozenset()
    overseas: bool = False
    level: int | None = None
    kind: str = ""
    pair: str = ""
    sealed: bool = False


def real() -> Iterator[Labelled]:
    """The labels of records of ../shared/data."""
    for row in rows(LABELS / "real.jsonl"):
        yield _labelled(row, "real", str(row["set"]), str(row["source"]), int(row["page"]))


def made(folder: Path, data: Path) -> Iterator[Labelled]:
    """Writes the records of our own, and the known facts as titles, into ``folder``."""
    for part in ("written", "pairs"):
        for number, row in enumerate(rows(LABELS / f"{part}.jsonl")):
            name = file_name(part, number, row)
            (folder / name).write_text(notice(row), encoding="utf-8")
            yield _labelled(row, part, str(row["language"]), name, 1)
    facts = data / KNOWN
    with facts.open(encoding="utf-8") as file:
        titles = {row["id"]: row for row in csv.DictReader(file)}
    for row in rows(LABELS / "known.jsonl"):
        fact = titles[str(row["id"])]
        name = f"known-{row['id']}.html"
        written = {
            "language": "zh",
            "country": "CN",
            "title": fact["project"],
            "buyer": fact["buyer"],
            "text": "",
        }
        written["number"] = f"FACT-{row['id']}"
        (folder / name).write_text(notice(written), encoding="utf-8")
        yield _labelled({**row, "language": "zh"}, "real", "known", name, 1)


def file_name(part: str, number: int, row: dict[str, Any]) -> str:
    """The name of a record's file."""
    return f"{part}-{number:04d}.{'html' if row['language'] in _CHINESE else 'json'}"


def notice(row: dict[str, Any]) -> str:
    """A record of our own as its country publishes them: a Chinese page, an OCDS release."""
    return _page(row) if row["language"] in _CHINESE else _release(row)


def _page(row: dict[str, Any]) -> str:
    traditional = row["language"] == "zh-Hant"
    labels = (
        ("標案名稱", "機關名稱", "採購內容", "得標廠商")
        if traditional
        else ("项目名称", "采购人", "采购需求", "中标供应商")
    )
    kind = ("招標公告", "決標公告") if traditional else ("公开招标公告", "中标结果公告")
    values = (row["title"], row.get("buyer"), row.get("text"), row.get("supplier"))
    if row.get("number"):
        labels, values = ("项目编号", *labels), (row["number"], *values)
    lines = [
        f"<p>{label}：{html.escape(str(value))}</p>"
        for label, value in zip(labels, values, strict=True)
        if value
    ]
    title = html.escape(f"{row['title']}{kind[bool(row.get('supplier'))]}")
    day = "公告日期：115/03/12" if traditional else "发布时间：2026年03月12日"
    if row["country"] == "HK":
        day = "截標日期：2026年3月12日"
    return (
        f'<!doctype html><html lang="{row["language"]}"><head><meta charset="utf-8">'
        f"<title>{title}</title></head><body><h1>{title}</h1><p>{day}</p>{''.join(lines)}"
        "</body></html>\n"
    )


def _release(row: dict[str, Any]) -> str:
    buyer = {"id": "buyer", "name": row.get("buyer") or "Public body"}
    party = {**buyer, "roles": ["buyer"], "address": {"countryName": row["country"]}}
    release = {
        "ocid": f"ocds-example-{row.get('id') or row.get('pair')}-{row['country']}",
        "id": "1",
        "date": "2026-03-12T00:00:00Z",
        "tag": ["tender"],
        "initiationType": "tender",
        "language": row["language"],
        "parties": [party],
        "buyer": buyer,
        "tender": {"id": "1", "title": row["title"], "description": row.get("text") or ""},
    }
    if row.get("supplier"):
        supplier = {"id": "supplier", "name": row["supplier"]}
        release["parties"] = [party, {**supplier, "roles": ["supplier"]}]
        release["awards"] = [{"id": "1", "status": "active", "suppliers": [supplier]}]
        release["tag"] = ["tender", "award"]
    return json.dumps({"releases": [release], "version": "1.1"}, ensure_ascii=False)


def _labelled(row: dict[str, Any], part: str, group: str, source: str, page: int) -> Labelled:
    said = {"yes": True, "no": False, "unsure": None}[row["surveillance"]]
    return Labelled(
        id=f"{row.get('id') or row['pair']}{'/' + row['country'] if part == 'pairs' else ''}",
        part=part,
        group=group,
        language=row["language"],
        surveillance=said,
        source=source,
        page=page,
        sha256=row.get("document_sha256") or "",
        capabilities=frozenset(row["capabilities"]),
        platforms=frozenset(row["platforms"]),
        target_groups=frozenset(row["targets"]),
        functions=None if row["functions"] is None else frozenset(row["functions"]),
        overseas=bool(row["overseas"]),
        level=row.get("level"),
        kind=row.get("kind") or "",
        pair=row.get("pair") or "",
        sealed=bool(row.get("sealed")),
    )


def rows(path: Path) -> Iterable[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]
