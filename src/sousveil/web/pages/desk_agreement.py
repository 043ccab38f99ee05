"""How far coders agree beyond chance, and what they differ on, side by side."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from sousveil.case.decisions import coders
from sousveil.case.samples import sample_names
from sousveil.pipeline.estimating import agreed
from sousveil.web.desk_state import Name
from sousveil.web.desk_view import opinions
from sousveil.web.room import Reading, ReadingHere
from sousveil.web.shown import page

router = APIRouter()

MOST = 30
"""Projects that coders differ on which are shown."""


@router.get("/desk/agreement")
def agreement(request: Request, reading: ReadingHere, sample: Name = "") -> Response:
    """Agreement on each question and code, of all decisions or of those in a sample."""
    found = agreed(reading.case, sample or None)
    units = [one.unit for one in found.differing[:MOST]]
    return page(
        request,
        "desk_agreement.html",
        sample=sample,
        samples=sample_names(reading.case),
        coders=coders(reading.case),
        found=found,
        parts=[(name, part) for name, part in found.parts() if part.units],
        differing=[(one, opinions(one.said)) for one in found.differing[:MOST]],
        titles=_titles(reading, units),
        more=max(0, len(found.differing) - MOST),
        settled=sum(one.settled is not None for one in found.differing),
    )


def _titles(reading: Reading, units: list[str]) -> dict[str, str]:
    with reading.database() as connection:
        rows = connection.execute(
            "SELECT notice_id, coalesce(title, project_name) FROM notice_rows"
            " WHERE list_contains(?, notice_id)",
            [units],
        ).fetchall()
    return {notice: title or "" for notice, title in rows}
