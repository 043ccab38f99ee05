"""One record: fields beside pages, each value a step away from the words it was read from."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from sousveil.report import citation
from sousveil.report.record.history import history
from sousveil.report.record.load import Row, notice_row, texts
from sousveil.report.record.pages import chosen, page_views
from sousveil.report.record.pictures import PageAt, Pictures
from sousveil.report.record.timeline import timeline
from sousveil.report.record.view import RecordView, view
from sousveil.web.entity_addresses import platform_page
from sousveil.web.record_links import Links, same
from sousveil.web.record_links import pages as pages_of
from sousveil.web.record_sheets import Look, sheets
from sousveil.web.room import Reading, ReadingHere
from sousveil.web.shown import page

router = APIRouter()

MOST_PAGE = 1_000_000


def _pictures(request: Request) -> Pictures:
    found: Pictures = request.app.state.pictures
    return found


PicturesHere = Annotated[Pictures, Depends(_pictures)]
PageNumber = Annotated[int | None, Query(ge=1, le=MOST_PAGE)]


def found_row(reading: Reading, notice_id: str) -> Row:
    """The row of a notice. Raises HTTPException 404 where there is none."""
    document = reading.documents_of([notice_id]).get(notice_id)
    with reading.database() as connection:
        row = notice_row(connection, notice_id, document)
    if row is None:
        raise HTTPException(404)
    return row


@router.get("/record/{notice_id}")
def record(
    request: Request,
    reading: ReadingHere,
    pictures: PicturesHere,
    notice_id: str,
    n: Annotated[PageNumber, Query(alias="page")] = None,
    start: Annotated[int, Query(ge=0, le=1 << 40)] = 0,
    look: Annotated[Look, Query(alias="view")] = "",
) -> Response:
    """The record page: all of a small record, of a large one the pages that hold its evidence."""
    row = found_row(reading, notice_id)
    shown = view(row, reading.taxonomy)
    numbers = chosen(shown, n)
    if n is not None and not numbers:
        raise HTTPException(404)
    with reading.database() as connection:
        pages = texts(connection, shown.document_sha256, numbers)
        project = timeline(connection, row, reading.documents_of)
        entities = pages_of(connection, shown)
    views = page_views(shown, pages, numbers, start)
    found = sheets(pictures, reading.state, shown, pages, views, look)
    return page(
        request,
        "record.html",
        record=shown,
        sheets=found,
        links=Links(shown, found, look),
        same=same(shown),
        entities=entities,
        platform_page=platform_page,
        project=project,
        steps=history(reading.case, shown, row),
        cited=citation.as_text(citation.cite_row(row)),
        paged=n,
    )


@router.get("/record/{notice_id}/picture/{number}.png")
def picture(reading: ReadingHere, pictures: PicturesHere, notice_id: str, number: int) -> Response:
    """The picture of a page, everything personal black; 404 where there is none to show."""
    shown = _view(reading, notice_id)
    if number not in shown.pages:
        raise HTTPException(404)
    with reading.database() as connection:
        pages = texts(connection, shown.document_sha256, [number])
    if number not in pages or not pages[number].may_have_picture:
        raise HTTPException(404)
    at = PageAt(shown.document_sha256, number, pages[number].text)
    drawn = pictures.picture(reading.state, at)
    if drawn is None or drawn.problem or not drawn.png:
        raise HTTPException(404)
    return Response(drawn.png, media_type="image/png")


@router.get("/record/{notice_id}/text")
def text(reading: ReadingHere, notice_id: str) -> Response:
    """The masked text of all pages of a record, as a file."""
    shown = _view(reading, notice_id)
    with reading.database() as connection:
        pages = texts(connection, shown.document_sha256, shown.pages)
    parts = [
        f"— page {number} —\n{pages[number].text}\n" if len(pages) > 1 else pages[number].text
        for number in sorted(pages)
    ]
    name = f"{shown.notice_id[:12]}-masked.txt"
    return _file("\n".join(parts), "text/plain", name)


_FORMS = {"text": ("text/plain", "txt"), "bibtex": ("application/x-bibtex", "bib"),
          "csl": ("application/vnd.citationstyles.csl+json", "json")}  # fmt: skip


@router.get("/record/{notice_id}/citation/{form}")
def cite(
    reading: ReadingHere,
    notice_id: str,
    form: Literal["text", "bibtex", "csl"],
    field: Annotated[str | None, Query(max_length=40)] = None,
) -> Response:
    """A citation of the record, or of the words of one of its fields, as a file."""
    cited = citation.cite_row(found_row(reading, notice_id), field)
    written = {
        "text": lambda: citation.as_text(cited) + "\n",
        "bibtex": lambda: citation.as_bibtex(cited),
        "csl": lambda: citation.csl_file(cited),
    }[form]()
    media_type, ending = _FORMS[form]
    return _file(written, media_type, f"{cited.key}.{ending}")


def _view(reading: Reading, notice_id: str) -> RecordView:
    return view(found_row(reading, notice_id), reading.taxonomy)


def _file(content: str, media_type: str, name: str) -> Response:
    """A download: browsers do not show it as a page."""
    return Response(
        content.encode(),
        media_type=f"{media_type}; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )
