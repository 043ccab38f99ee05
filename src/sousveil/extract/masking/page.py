"""Mask a parsed page: the only way from unmasked text to anything that is kept."""

from sousveil.extract.masking.addresses import in_addresses
from sousveil.extract.masking.finder import find_personal, without_overlap
from sousveil.extract.masking.outlines import find_in_outline
from sousveil.extract.masking.paths import mask_path
from sousveil.extract.masking.records import find_in_record
from sousveil.extract.masking.spans import replace, shift_cells
from sousveil.extract.masking.table_rows import in_record_of_table, in_rows_under_headings
from sousveil.model import Page, ParsedPage
from sousveil.model.document import MaskKind


def mask_page(page: ParsedPage) -> Page:
    """The canonical page: text and title masked, cells on masked offsets, ``masked`` the map.

    A page that is a record (``obtained == "record"``) stays the JSON it was, one of elements the
    outline it was.
    """
    if page.obtained == "record":
        found, quoted = find_in_record(page.text)
    elif page.obtained == "elements":
        found, quoted = find_in_outline(page.text), frozenset()
    else:
        # Headings of exports are written with underscores, which hide their words.
        text = page.text if page.pointer is None else page.text.replace("_", " ")
        found, quoted = find_personal(text, page.cells), frozenset()
        if page.pointer is not None:
            found = without_overlap([*found, *in_record_of_table(page.text, page.cells)])
        found = without_overlap([*found, *in_rows_under_headings(page.text, page.cells)])
    found = _with_addresses(page.text, found)
    text, masked = replace(page.text, found, quoted)
    known = tuple({page.text[start:end] for kind, start, end in found if kind == "person"})
    return Page(
        document_sha256=page.document_sha256,
        number=page.number,
        text=text,
        obtained=page.obtained,
        media_type=page.media_type,
        pointer=_pointer(page),
        cells=shift_cells(page.cells, masked),
        masked=masked,
        title=None if page.title is None else _mask_title(page.title, known),
        source_url=None if page.source_url is None else mask_text(page.source_url),
        captured_at=page.captured_at,
    )


def _with_addresses(
    text: str, found: list[tuple[MaskKind, int, int]]
) -> list[tuple[MaskKind, int, int]]:
    """What was found, and what stands in web addresses: those no other finder looks into."""
    addresses = in_addresses(text)
    return without_overlap([*found, *addresses]) if addresses else found


def _pointer(page: ParsedPage) -> str | None:
    """Where in its document the page stands; the name of a sheet may be that of a person."""
    if page.pointer is None or not page.cells:
        return page.pointer
    sheet, slash, row = page.pointer.rpartition("/")
    return mask_path(sheet) + slash + row


def _mask_title(title: str, known: tuple[str, ...]) -> str:
    return replace(title, find_personal(title, known=known))[0]


def mask_text(text: str) -> str:
    """A short text (a title, an error text, a manifest's note) with everything personal masked."""
    return replace(text, _with_addresses(text, find_personal(text)))[0]
