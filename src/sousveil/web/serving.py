"""Serving the room on the loopback address, and nowhere else."""

import signal
import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn

from sousveil.case.bundle import forget_scratch
from sousveil.errors import UsageError
from sousveil.pipeline.browsing import Asked
from sousveil.reference.glossary import gloss
from sousveil.search.facets import BY_FACET
from sousveil.web import shown
from sousveil.web.app import create_app
from sousveil.web.door import HOST, Door
from sousveil.web.labels import country_label, value_label
from sousveil.web.opening import way_in
from sousveil.web.room import Room

_MOST_AT_ONCE = 64
_SECONDS_TO_END = 2


def listening(port: int) -> socket.socket:
    """A socket that listens on a port of this machine alone; 0: one that is free.

    Raises UsageError where the port is taken.
    """
    # With its protocol named, asyncio sends small packets at once (TCP_NODELAY): 40 ms a page.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise UsageError(
            f"Port {port} cannot be listened on.", "Give another --port, or none for a free one."
        ) from error
    return listener


def prepare(room: Room) -> None:
    """Open the case and load what a first search needs, so that nobody waits for it."""
    reading = room.reading()
    shown.prepare()
    if reading.state.index is None:
        return
    browsed = reading.browser.browse(Asked(), {})
    reading.name_organisations(key for key, _ in browsed.counts.values["supplier"])
    for hit in browsed.hits:
        gloss(hit.notice.title or "")
    value_label(BY_FACET["capability"], "drones", "en", reading.taxonomy)
    country_label("CN", "en")


def run(room: Room, listener: socket.socket, tell: Callable[[str, Path], None]) -> None:
    """Serve until Ctrl-C or SIGTERM. ``tell`` is given the address to open, once it answers, and
    the page that leads there, for a browser to be started with."""
    door = Door(listener.getsockname()[1])
    app = create_app(room, door)
    app.state.pictures.begin()
    room.case.incoming.forget_broken()
    forget_scratch(room.case)
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            http="h11",
            ws="none",
            lifespan="off",
            log_level="critical",
            access_log=False,
            proxy_headers=False,
            server_header=False,
            limit_concurrency=_MOST_AT_ONCE,
            timeout_graceful_shutdown=_SECONDS_TO_END,
        )
    )
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # else it is raised again, and kills
    try:
        with way_in(room.case, door) as page:
            tell(door.address, page)
            server.run([listener])
    finally:
        app.state.runs.stop()
        app.state.desks.close()
