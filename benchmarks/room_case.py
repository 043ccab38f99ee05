"""A real case of generated notices for the reading room: read, coded, joined and indexed.

The words are those of ``search_speed``, given as OCDS releases in packages, two of three of them a
tender and an award of one purchase, and beside them saved pages of ``generate``, one a document.
"""

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from benchmarks import generate, measure
from benchmarks.search_speed import rows
from sousveil.search import IndexRow

PACKAGE = 500
"""Releases of a package."""
SAVED = 20
"""One of so many notices is a saved page, the others are releases."""


def release(number: int, row: IndexRow) -> dict[str, object]:
    """A row as an OCDS release; those numbered 3n and 3n + 1 are of one purchase."""
    tag = "award" if number % 3 == 1 else "tender"
    purchase = number - 1 if tag == "award" else number
    buyer = {"id": f"CN-{row.buyer}", "name": row.buyer}
    value = {"amount": round(row.amount_usd or 0, 2), "currency": "CNY"}
    suppliers = [{"id": f"CN-{name}", "name": name} for name in row.suppliers]
    return {
        "ocid": f"ocds-illustrative-{purchase:07}",
        "id": f"{number:07}-{tag}",
        "date": f"{row.published}T00:00:00Z",
        "tag": [tag],
        "initiationType": "tender",
        "language": "zh",
        "buyer": buyer,
        "parties": [
            {**buyer, "roles": ["buyer"],
             "address": {"region": row.province, "countryName": "China"}},
            *({**each, "roles": ["supplier"]} for each in suppliers),
        ],
        "tender": {
            "id": f"QX-{purchase:07}",
            "title": row.title,
            "description": row.text,
            "procurementMethod": "open",
            "value": value,
        },
        "awards": [{"id": "1", "status": "active", "value": value, "suppliers": suppliers}]
        if tag == "award"
        else [],
    }  # fmt: skip


def batches(found: Iterator[dict[str, object]]) -> Iterator[list[dict[str, object]]]:
    while batch := list(islice(found, PACKAGE)):
        yield batch


def write(count: int, folder: Path) -> None:
    """So many notices as files."""
    saved = count // SAVED
    for name, text in generate.html_notices(saved):
        path = folder / "saved" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    packages = folder / "packages"
    packages.mkdir(parents=True)
    releases = (release(number, row) for number, row in enumerate(rows(count - saved)))
    for number, batch in enumerate(batches(releases)):
        package = {"uri": f"https://example.org/{number}.json", "version": "1.1",
                   "publishedDate": "2024-01-01T00:00:00Z", "releases": batch}  # fmt: skip
        path = packages / f"{number:05}.json"
        path.write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")


def make(count: int, folder: Path) -> Path:
    """The case of so many notices in a folder, made by the command line."""
    write(count, folder / "given")
    case = folder / "case"
    measure.sousveil("add", str(folder / "given"), "--case", str(case), "--quiet")
    measure.sousveil("process", str(case), "--quiet")
    return case
