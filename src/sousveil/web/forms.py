"""Forms of the room: each carries a secret that only its pages know."""

from fastapi import Request
from starlette.exceptions import HTTPException

from sousveil.web.gate import SAFE, STREAMED

FIELD = "csrf"
HEADER = "x-sousveil-form"
"""Where the script sends the secret; a form sends it in a field."""


async def own_form(request: Request) -> None:
    """Refuse with 403 what would change something and does not come from a page of the room.

    Pages that read their forms themselves, piece by piece, check likewise.
    """
    if request.method in SAFE or request.scope["path"] in STREAMED:
        return
    given = request.headers.get(HEADER)
    if given is None:
        found = (await request.form()).get(FIELD)
        given = found if isinstance(found, str) else ""
    if not request.app.state.door.is_own_form(given):
        raise HTTPException(403)
