"""A notice in the short form that the expectations beside the fixtures have."""

import hashlib
from pathlib import Path

from sousveil.extract.ocds.extractor import extract
from sousveil.model import Field, Lot, Money, Notice, Page, PartyId

FIXTURES = Path(__file__).parent / "fixtures"
LEFT_OUT = {
    "notice_id",
    "document_sha256",
    "page",
    "pages",
    "pointer",
    "captured_at",
    "masked",
    "strengths",
    "title",
}


def page_of(text: str, *, obtained: str = "record") -> Page:
    """A page that holds one record."""
    sha256 = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Page(sha256, 1, text, obtained, "application/json", "/releases/0")  # type: ignore[arg-type]


def read(text: str) -> list[Notice]:
    """The notices of one record."""
    return list(extract([page_of(text)]))


def plain(value: object) -> object:
    """What a value says, in JSON's types."""
    match value:
        case Field():
            return plain(value.value)
        case Money():
            return f"{value.amount} {value.currency} ({value.kind})"
        case PartyId():
            return f"{value.name}: {value.scheme} {value.id}"
        case tuple():
            return [plain(item) for item in value]
        case Lot():
            return {
                name: plain(member)
                for name in value.__struct_fields__
                if (member := getattr(value, name)) not in (None, ())
            }
        case int() | None:
            return value
        case _:
            return str(value)


def summary(notice: Notice, text: str) -> dict[str, object]:
    """What was read, without what is the same for every notice."""
    found: dict[str, object] = {}
    for name in notice.__struct_fields__:
        value = getattr(notice, name)
        if name == "sections":
            found[name] = [f"{s.role}: {text[s.start : s.end]}" for s in value]
        elif name not in LEFT_OUT and value not in (None, (), {}):
            found[name] = plain(value)
    return found


def fields(value: object) -> list[Field[object]]:
    """Every field of a notice, those of its lots too."""
    if isinstance(value, Field):
        return [value]
    if isinstance(value, tuple):
        return [field for item in value for field in fields(item)]
    if isinstance(value, Notice | Lot):
        return [f for name in value.__struct_fields__ for f in fields(getattr(value, name))]
    return []


def check_evidence(notice: Notice, text: str) -> None:
    """Every quote equals its span and every section lies in the text."""
    for field in fields(notice):
        evidence = field.evidence
        assert text[evidence.start : evidence.end] == evidence.quote
        assert evidence.quote
        assert field.raw
        assert 0 < field.confidence <= 1
    for section in notice.sections:
        assert 0 < section.start < section.end < len(text)
