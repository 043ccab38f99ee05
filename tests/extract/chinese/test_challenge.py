"""Notices written by somebody who had not seen the extractor, each field against its expectation.

An expectation lists every notice of the file; a field it leaves out is one the rules leave open.
``persons``, ``phones`` and ``emails`` must be gone from the masked text, ``organisations`` must
still be in it. ``each_lot`` says of every lot its number, outcome and suppliers.
"""

import hashlib
import json
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from sousveil.classify import classify
from sousveil.extract.masking import mask_page
from sousveil.extract.registry import extract_notices
from sousveil.model import Document, Field, Money, Notice, Page, ParsedPage, Provenance
from sousveil.parse import parse_document
from sousveil.reference.places import locate

FOLDER = Path(__file__).parent / "challenge"
NAMES = sorted(path for path in FOLDER.iterdir() if path.suffix in (".txt", ".html"))


def squash(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


@lru_cache(maxsize=256)
def page_of(path: Path) -> Page:
    data = path.read_bytes()
    sha = hashlib.sha256(data).hexdigest()
    if path.suffix == ".html":
        document = Document(sha, len(data), (Provenance(path.name),))
        (parsed,) = parse_document(data, document)
        assert isinstance(parsed, ParsedPage)
    else:
        parsed = ParsedPage(sha, 1, data.decode(), "plain", "text/plain")
    return mask_page(parsed)


def expected_of(path: Path) -> dict[str, Any]:
    expected: dict[str, Any] = json.loads(path.with_suffix(".expected.json").read_text("utf-8"))
    return expected


def plain(value: Any) -> Any:
    if isinstance(value, Field):
        return plain(value.value)
    if isinstance(value, Money):
        return float(value.amount)
    if isinstance(value, tuple):
        return sorted(plain(item) for item in value)
    if hasattr(value, "strftime"):
        return value.strftime("%Y-%m-%dT%H:%M" if hasattr(value, "hour") else "%Y-%m-%d")
    return squash(value) if isinstance(value, str) else value


def view(notice: Notice, key: str, page: Page) -> Any:
    if key == "surveillance":
        return classify(notice, {page.number: page}).surveillance
    if key == "lots":
        return notice.lot_count.value if notice.lot_count else 1
    if key == "each_lot":
        said = [
            (lot.number, lot.outcome, *(name.value for name in lot.suppliers))
            for lot in notice.lots
        ]
        return sorted(squash("/".join(map(str, row))) for row in said)
    if key == "province":
        names = [place.value for place in notice.places]
        names = [field.value for field in (notice.buyer,) if field] + names
        names += [field.value for field in (notice.project_name, notice.agency) if field]
        place = locate(names)
        return None if place is None else place.province
    return plain(getattr(notice, key))


def wanted(value: Any) -> Any:
    if isinstance(value, list):
        return sorted(squash(item) for item in value)
    return squash(value) if isinstance(value, str) else value


@pytest.mark.parametrize("path", NAMES, ids=lambda path: path.stem)
def test_fields(path: Path) -> None:
    notices = list(extract_notices([page_of(path)]))
    expected = expected_of(path)["notices"]
    assert len(notices) == len(expected)
    for notice, row in zip(notices, expected, strict=True):
        found = {key: view(notice, key, page_of(path)) for key in row}
        assert found == {key: wanted(value) for key, value in row.items()}


@pytest.mark.parametrize("path", NAMES, ids=lambda path: path.stem)
def test_masking(path: Path) -> None:
    expected = expected_of(path)
    text = squash(page_of(path).text)
    for kind in ("persons", "phones", "emails"):
        assert [value for value in expected[kind] if squash(value) in text] == []
    assert [name for name in expected["organisations"] if squash(name) not in text] == []


@pytest.mark.parametrize("path", NAMES, ids=lambda path: path.stem)
def test_evidence(path: Path) -> None:
    page = page_of(path)
    for notice in extract_notices([page]):
        for name in notice.__struct_fields__:
            value = getattr(notice, name)
            for item in value if isinstance(value, tuple) else (value,):
                if isinstance(item, Field):
                    evidence = item.evidence
                    assert evidence.quote
                    assert page.text[evidence.start : evidence.end] == evidence.quote


def test_every_notice_has_its_expectation() -> None:
    expected = {path.name.removesuffix(".expected.json") for path in FOLDER.glob("*.json")}
    assert {path.stem for path in NAMES} == expected
    assert len(expected) >= 130
