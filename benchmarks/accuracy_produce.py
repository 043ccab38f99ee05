"""Where measured records come from: the stages run here, or an export made before."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from sousveil.extract.masking import mask_page
from sousveil.extract.registry import extract_notices
from sousveil.model import Field, Notice, Page, ParsedPage
from sousveil.reference.places import locate

_FIELDS = {
    "project_id": "project_id",
    "project_name": "project_name",
    "buyer": "buyer",
    "agency": "agency",
    "bid_deadline": "bid_deadline",
    "first_published": "first_published",
    "method": "method",
    "plan_id": "plan_id",
}
_AMOUNTS = ("budget", "ceiling", "award")


class Produced(msgspec.Struct):
    """What one labelled document became: export rows of its notices, and its page texts."""

    id: int
    notices: list[dict[str, Any]]
    pages: list[dict[str, Any]]


def from_files(folder: Path) -> Iterator[Produced]:
    """Run reading, masking and extraction on gold/files."""
    for path in sorted(folder.glob("*.txt")):
        data = path.read_bytes()
        parsed = ParsedPage(
            hashlib.sha256(data).hexdigest(), 1, data.decode(), "plain", "text/plain"
        )
        page = mask_page(parsed)
        rows = [row(notice) for notice in extract_notices([page])]
        yield Produced(int(path.stem), rows, [page_row(page)])


def page_row(page: Page) -> dict[str, Any]:
    """A page as the pages export has it."""
    return {
        "document_sha256": page.document_sha256,
        "page": page.number,
        "pointer": page.pointer,
        "text": page.text,
    }


def row(notice: Notice) -> dict[str, Any]:
    """The measured part of a notice as the notices export has it."""
    out: dict[str, Any] = {
        "document_sha256": notice.document_sha256,
        "notice_type": notice.notice_type,
        "province": province(notice),
        "suppliers": [supplier.value for supplier in notice.suppliers],
    }
    evidence: dict[str, Any] = {}
    for name in _FIELDS:
        field: Field[Any] | None = getattr(notice, name)
        value = None if field is None else field.value
        if name == "bid_deadline" and value is not None:
            value = value.strftime("%Y-%m-%dT%H:%M")
        out[name] = value if value is None or isinstance(value, str) else str(value)
        if field is not None:
            evidence[name] = msgspec.to_builtins(field.evidence)
    for name in _AMOUNTS:
        money = getattr(notice, name)
        out[name] = None if money is None else float(money.value.amount)
        if money is not None:
            evidence[name] = msgspec.to_builtins(money.evidence)
    out["evidence"] = evidence
    return out


def province(notice: Notice) -> str | None:
    """The province, from the places a notice names and its parties' own names."""
    names = [place.value for place in notice.places]
    if notice.buyer is not None:
        names.insert(0, notice.buyer.value)
    if notice.project_name is not None:
        names.append(notice.project_name.value)
    place = locate(names)
    return None if place is None else place.province


def from_export(notices: Path, pages: Path | None) -> Iterator[Produced]:
    """Read an export; rows are matched to labels by the name of their source file."""
    texts: dict[str, list[dict[str, Any]]] = {}
    if pages is not None:
        for entry in read_lines(pages):
            texts.setdefault(entry["document_sha256"], []).append(entry)
    rows: dict[int, list[dict[str, Any]]] = {}
    for entry in read_lines(notices):
        stem = entry["source_path"].rsplit("/", 1)[-1].removesuffix(".txt")
        if stem.isdigit():
            rows.setdefault(int(stem), []).append(entry)
    for number, entries in sorted(rows.items()):
        yield Produced(number, entries, texts.get(entries[0]["document_sha256"], []))


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]
