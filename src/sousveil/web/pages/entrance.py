"""Coming in: the token is exchanged for the session, and leaves the address bar."""

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from sousveil.web.gate import refusal

router = APIRouter()


@router.get("/enter")
def enter(request: Request, token: str = "") -> Response:
    """Let in who brings the token for the first time."""
    door = request.app.state.door
    session = door.admit(token)
    if session is None:
        return refusal(403, "session")
    response = RedirectResponse("/search", 303)
    response.set_cookie(door.cookie, session, path="/", httponly=True, samesite="strict")
    return response


@router.get("/")
def first() -> Response:
    """The first page is the search."""
    return RedirectResponse("/search", 303)
