"""Shared by the parser tests: parse bytes under a name, and write a page down for comparing."""

from sousveil.model import Document, ParsedPage, Provenance
from sousveil.parse import RecordProblem, parse_document


def parsed(data: bytes, name: str = "file.html") -> list[ParsedPage | RecordProblem]:
    document = Document("0" * 64, len(data), (Provenance(name),))
    return list(parse_document(data, document))


def page(data: bytes, name: str = "file.html") -> ParsedPage:
    (found,) = parsed(data, name)
    assert isinstance(found, ParsedPage)
    return found


def written(found: ParsedPage | RecordProblem) -> dict[str, object]:
    """A page as a fixture's expectation states it: cells as rows of what they quote."""
    if isinstance(found, RecordProblem):
        return {"problem": found.reason, "pointer": found.pointer, "number": found.number}
    kept: dict[str, object] = {"number": found.number, "text": found.text}
    for name in ("pointer", "title", "source_url", "captured_at"):
        if getattr(found, name) is not None:
            kept[name] = getattr(found, name)
    if found.cells:
        kept["cells"] = [
            [cell.table, cell.row, cell.column, found.text[cell.start : cell.end]]
            for cell in found.cells
        ]
    return kept
