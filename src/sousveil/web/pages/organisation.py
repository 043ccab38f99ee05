"""A buyer or supplier: its names, what it bought, won and lost, when, where and with whom."""

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from sousveil.report.organisation_page import render
from sousveil.report.organisation_records import Page
from sousveil.web.entity_addresses import organisation_page, place_page
from sousveil.web.figure_files import download
from sousveil.web.organisation_view import Records, sums
from sousveil.web.pages.place import paths
from sousveil.web.pages.record import found_row
from sousveil.web.record_links import search_for
from sousveil.web.room import Reading, ReadingHere
from sousveil.web.shown import page

router = APIRouter()


@router.get("/organisation/{org_key}")
def organisation(request: Request, reading: ReadingHere, org_key: str) -> Response:
    """The page of an organisation; 404 for a key that the case does not have."""
    found = _found(reading, org_key)
    return page(
        request,
        "organisation.html",
        org=found,
        records=Records(found.org_key),
        sums=sums(found),
        page_of=organisation_page,
        place_page=place_page,
        places=paths(reading),
        frame=reading.overviews.frame(),
    )


@router.get("/organisation/{org_key}/page.html")
def as_file(reading: ReadingHere, org_key: str) -> Response:
    """The page as one file, as ``sousveil organisation --out`` writes it."""
    content = render(_found(reading, org_key), reading.overviews.frame())
    return download(content.encode(), f"{org_key}.html")


@router.get("/record/{notice_id}/buyer")
def of_record(reading: ReadingHere, notice_id: str) -> Response:
    """From a record to the page of its buyer; to the search where it is no known organisation."""
    row = found_row(reading, notice_id)
    with reading.database() as connection:
        found = connection.execute(
            "SELECT org_key FROM mentions WHERE notice_id = ? AND role = 'buyer' AND org_key"
            " IS NOT NULL ORDER BY position LIMIT 1",
            [notice_id],
        ).fetchone()
    if found is not None:
        return RedirectResponse(organisation_page(str(found[0])), 303)
    if not row["buyer"]:
        raise HTTPException(404)
    return RedirectResponse(search_for("buyer", str(row["buyer"])), 303)


def _found(reading: Reading, org_key: str) -> Page:
    found = reading.overviews.organisation(org_key)
    if found is None:
        raise HTTPException(404)
    return found
