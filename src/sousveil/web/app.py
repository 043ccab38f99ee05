"""The reading room as one ASGI application."""

from pathlib import Path

from fastapi import Depends, FastAPI
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from sousveil.report.record.pictures import Pictures
from sousveil.web.desks import Desks, sit, sit_at_fields
from sousveil.web.door import Door
from sousveil.web.failures import add_handlers
from sousveil.web.forms import own_form
from sousveil.web.gate import Gate
from sousveil.web.pages import PAGES
from sousveil.web.room import Room
from sousveil.web.runs import Runs
from sousveil.web.unmasked import Unmasked

_STATIC = Path(__file__).with_name("static")


def create_app(room: Room, door: Door) -> FastAPI:
    """The application for a case, to be served at ``door``'s port on the loopback address.

    Its schema is not served; tests have it from ``openapi()``.
    """
    app = FastAPI(
        title="Sousveil reading room",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        dependencies=[Depends(own_form)],
    )
    app.state.room = room
    app.state.door = door
    app.state.pictures = Pictures(room.case)
    app.state.unmasked = Unmasked()
    app.state.runs = Runs(room.case)
    app.state.desks = Desks(room.case, sit)
    app.state.field_desks = Desks(room.case, sit_at_fields)
    app.state.nav = [entry.nav for entry in PAGES if entry.nav is not None]
    for entry in PAGES:
        app.include_router(entry.router)
    app.mount("/static", _Static(directory=_STATIC))
    add_handlers(app)
    app.add_middleware(Gate, door=door)
    return app


class _Static(StaticFiles):
    """Our own style sheet and script: their addresses change with them, so browsers keep them."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["cache-control"] = "private, max-age=31536000, immutable"
        return response
