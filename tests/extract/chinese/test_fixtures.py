"""Every fixture beside its expectation: own notices of each form and trap."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sousveil.extract.registry import extract_notices
from sousveil.model import Document, Field, Money, Notice, Page, ParsedPage, PartyId, Provenance
from sousveil.parse.html import parse_html

FIXTURES = Path(__file__).parent / "fixtures"
NAMES = sorted(path for path in FIXTURES.iterdir() if path.suffix in (".txt", ".html"))


def page_of(path: Path) -> Page:
    data = path.read_bytes()
    sha = hashlib.sha256(data).hexdigest()
    if path.suffix == ".html":
        document = Document(sha, len(data), (Provenance(path.name),))
        (parsed,) = parse_html(data, document, "text/html")
        assert isinstance(parsed, ParsedPage)
    else:
        parsed = ParsedPage(sha, 1, data.decode(), "plain", "text/plain")
    return Page(
        sha,
        1,
        parsed.text,
        parsed.obtained,
        parsed.media_type,
        None,
        parsed.cells,
        (),
        parsed.title,
    )


def plain(value: Any) -> Any:
    """A field as the expectation writes it: its value, amounts as strings, dates as ISO."""
    if isinstance(value, Field):
        return plain(value.value)
    if isinstance(value, Money):
        return f"{value.amount.normalize():f}"
    if isinstance(value, PartyId):
        return f"{value.name} {value.scheme} {value.id}"
    if hasattr(value, "strftime"):
        return value.strftime("%Y-%m-%dT%H:%M" if hasattr(value, "hour") else "%Y-%m-%d")
    return value


def view(notice: Notice, page: Page, key: str) -> Any:
    if key in ("purpose", "not_purpose"):
        return "\n".join(page.text[s.start : s.end] for s in notice.sections if s.role == "purpose")
    value = getattr(notice, key)
    if key == "other_amounts":
        return [[plain(field), field.value.kind] for field in value]
    if key == "lots":
        return [[lot.number, plain(lot.award)] for lot in value]
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return plain(value)


def fields_of(notice: Notice) -> Iterator[Field[Any]]:
    for name in notice.__struct_fields__:
        value = getattr(notice, name)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Field):
                yield item


@pytest.mark.parametrize("path", NAMES, ids=lambda path: path.stem)
def test_notice(path: Path) -> None:
    expectation = path.with_suffix("").with_suffix(".expected.json")
    assert expectation.is_file(), f"{path.name} has no expectation beside it"
    expected = json.loads(expectation.read_text(encoding="utf-8"))
    page = page_of(path)
    notices = list(extract_notices([page]))
    assert len(notices) == expected.pop("notices", 1)
    for notice, each in zip(notices, expected.pop("each", ()), strict=False):
        assert {key: view(notice, page, key) for key in each} == each
    if len(notices) != 1:
        return
    (notice,) = notices
    for words in expected.pop("purpose", ()):
        assert words in view(notice, page, "purpose")
    for words in expected.pop("not_purpose", ()):
        assert words not in view(notice, page, "purpose")
    assert {key: view(notice, page, key) for key in expected} == expected


@pytest.mark.parametrize("path", NAMES, ids=lambda path: path.stem)
def test_every_quote_is_its_span(path: Path) -> None:
    page = page_of(path)
    for notice in extract_notices([page]):
        for field in fields_of(notice):
            evidence = field.evidence
            assert page.text[evidence.start : evidence.end] == evidence.quote
            assert evidence.quote
            assert 0 <= field.confidence <= 1
        for section in notice.sections:
            assert 0 <= section.start < section.end <= len(page.text)


def test_every_expectation_has_its_notice() -> None:
    stems = {path.stem for path in NAMES}
    expected = {path.name.removesuffix(".expected.json") for path in FIXTURES.glob("*.json")}
    assert stems == expected
    assert len(stems) >= 60
