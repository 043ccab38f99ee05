"""Rows of tables and records, masked as a case masks them."""

import csv
import io
import json
from collections.abc import Mapping, Sequence

from sousveil.extract.masking import mask_page
from sousveil.model import Document, Page, ParsedPage, Provenance
from sousveil.parse import parse_document


def row(values: Mapping[str, str]) -> Page:
    """The page of a CSV's one row, by its headings."""
    written = io.StringIO()
    csv.writer(written).writerows([list(values), list(values.values())])
    data = written.getvalue().encode()
    document = Document("0" * 64, len(data), (Provenance("a.csv"),))
    (page,) = [p for p in parse_document(data, document) if isinstance(p, ParsedPage)]
    return mask_page(page)


def masked_row(values: Mapping[str, str]) -> dict[str, str]:
    """The masked values of a row, by its headings."""
    page = row(values)
    text = page.text
    said = {cell.row: text[cell.start : cell.end] for cell in page.cells if cell.column == 1}
    return dict(zip(values, said.values(), strict=True))


def masked_cells(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """The masked cells of an HTML page's one table."""
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    data = f"<html><body><h1>Awards</h1><table>{body}</table></body></html>".encode()
    document = Document("0" * 64, len(data), (Provenance("a.html"),))
    (page,) = [mask_page(p) for p in parse_document(data, document) if isinstance(p, ParsedPage)]
    found: dict[int, list[str]] = {}
    for cell in page.cells:
        found.setdefault(cell.row, []).append(page.text[cell.start : cell.end])
    return list(found.values())


def masked_record(record: object, *, ascii_only: bool = False) -> object:
    """A record of JSON, masked."""
    raw = json.dumps(record, ensure_ascii=ascii_only)
    return json.loads(mask_page(ParsedPage("0" * 64, 1, raw, "record", "application/json")).text)
