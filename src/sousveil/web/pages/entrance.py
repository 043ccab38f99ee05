"""Coming in: the token is exchanged for the session, and leaves the address bar."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from sousveil.web.gate import refusal

router = APIRouter()

_FIRST = "/search"
_FROM_HERE = f"""<!doctype html><html lang=en><meta charset=utf-8><title>Sousveil</title>
<link rel=icon href=/static/icon.svg>
<meta http-equiv=refresh content="0;url={_FIRST}">
<p><a href="{_FIRST}">Sousveil</a></html>
"""
"""Who was led in by a file is sent on by a page of the room: a redirect would count as coming from
the file, and no browser sends the session with it."""


@router.get("/enter")
def enter(request: Request, token: str = "") -> Response:
    """Let in who brings the token for the first time."""
    door = request.app.state.door
    session = door.admit(token)
    if session is None:
        return refusal(403, "session")
    response: Response = RedirectResponse(_FIRST, 303)
    if request.headers.get("sec-fetch-site") == "cross-site":
        response = HTMLResponse(_FROM_HERE)
    response.set_cookie(door.cookie, session, path="/", httponly=True, samesite="strict")
    return response


@router.get("/")
def first() -> Response:
    """The first page is the search."""
    return RedirectResponse(_FIRST, 303)
