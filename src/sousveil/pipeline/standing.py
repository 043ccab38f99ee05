"""Which documents need not be read again: what their rows say still holds."""

from collections.abc import Iterable, Mapping, Sequence

from sousveil.case.folder import Case
from sousveil.case.manifest import Segment
from sousveil.case.segments import read_rows
from sousveil.extract.tabular import chosen
from sousveil.model import Document
from sousveil.model.mapping import Sheet, TableMapping
from sousveil.parse import may_be_document
from sousveil.pipeline.reading import PART_OF_PAGE

Said = Mapping[str, tuple[TableMapping, ...]]
"""What people say of the tables of each document of which they say anything, by SHA-256."""


def standing(
    case: Case, segments: Sequence[Segment], documents: Iterable[Document], said: Said
) -> set[str]:
    """The SHA-256 of the documents whose rows in these segments hold.

    A file that fared badly is read again when it turns out to be a part of a saved page, or no
    longer to be one; a table when something else is said of it than what it was read by.
    """
    parts = {document.sha256 for document in documents if document.page_path}
    found = {
        sha256
        for sha256, status, reason, kind in _outcomes(case, segments)
        if status == "read" or _holds(status, reason, kind, sha256 in parts)
    }
    return found - set(_read_otherwise(case, segments, said))


def _holds(status: str, reason: str | None, kind: str | None, is_part: bool) -> bool:
    if not is_part:
        return reason != PART_OF_PAGE
    document = kind is None or (may_be_document(kind) and kind != "text/html")
    return reason == PART_OF_PAGE or (status == "failed" and document)


def _read_otherwise(case: Case, segments: Sequence[Segment], said: Said) -> Iterable[str]:
    columns = ("document_sha256", "page", "sheet", "headings", "rows", "mapping")
    for segment in segments:
        for sha256, page, sheet, headings, rows, mapping in read_rows(
            case.root / segment.tables["sheets"].path, columns
        ):
            table = Sheet(sha256, page, sheet, tuple(headings), rows)
            told = chosen(table, said.get(sha256, ()))
            if mapping != (told.digest if told else ""):
                yield sha256


def that_failed(case: Case, segments: Sequence[Segment]) -> set[str]:
    """The SHA-256 of the documents that could not be read."""
    return {sha256 for sha256, status, *_ in _outcomes(case, segments) if status == "failed"}


def _outcomes(
    case: Case, segments: Sequence[Segment]
) -> Iterable[tuple[str, str, str | None, str | None]]:
    for segment in segments:
        path = case.root / segment.tables["outcomes"].path
        yield from read_rows(path, ("document_sha256", "status", "reason", "media_type"))
