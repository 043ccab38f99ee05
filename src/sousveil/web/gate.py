"""What every request passes before a page sees it, and what every answer carries.

Refused are: a Host that is not this server's own (a name that was made to point here), a path that
leads upward, a body that is too large, a request without the session, one that another site sent,
and a form that does not come from a page of the room. Follows the OWASP cheat sheets on DNS
rebinding, cross-site request forgery (Fetch Metadata) and content security policies.
"""

from html import escape
from urllib.parse import unquote_to_bytes

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sousveil.web.door import Door

MOST_BODY = 1_000_000
"""Bytes of a request's body."""
STREAMED = frozenset({"/add/files"})
"""Paths whose bodies a page reads piece by piece itself: it limits them, and checks the secret of
the form before it keeps anything."""
SAFE = frozenset({"GET", "HEAD"})
_ENTRANCE = "/enter"

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
REPORT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "img-src data:",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
"""What the report may do, which is one file with its style and pictures in it: nothing that runs,
and nothing that asks."""
_POLICY = "content-security-policy"
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",  # with no-referrer, browsers name no origin of forms either
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}

_REFUSALS = {
    "host": "This server answers to its own address only.",
    "path": "This path cannot be asked for.",
    "body": "What was sent is too large.",
    "session": (
        "You are not let in. Open the address that 'sousveil serve' printed; it works once, "
        "for one browser. Start it again for a new one."
    ),
    "site": "Another site asked for this. Type the address, or start from a page of the room.",
    "origin": "Another site sent this form.",
}


class Gate:
    """ASGI middleware: refuses, or lets through and adds the headers."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self._app = app
        self._door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close"})  # there are none
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        why = self._objection(scope, headers)
        body: list[Message] = []
        if why is None and scope["method"] not in SAFE and scope["path"] not in STREAMED:
            taken = await _taken(receive)
            if taken is None:
                why = (413, "body")
            else:
                body = taken

        async def replay() -> Message:
            return body.pop(0) if body else await receive()

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                guard(MutableHeaders(scope=message))
            await send(message)

        if why is not None:
            await refusal(*why)(scope, receive, answer)
        else:
            await self._app(scope, replay, answer)

    def _objection(self, scope: Scope, headers: Headers) -> tuple[int, str] | None:
        """Status and reason of a refusal, or None."""
        if len(headers.getlist("host")) != 1 or headers["host"].lower() not in self._door.hosts:
            return 421, "host"
        if _leads_upward(scope):
            return 400, "path"
        if _stated_length(headers) > MOST_BODY and scope["path"] not in STREAMED:
            return 413, "body"
        if scope["path"] == _ENTRANCE and scope["method"] in SAFE:
            return None
        if not self._door.knows("; ".join(headers.getlist("cookie"))):
            return 403, "session"
        site = headers.get("sec-fetch-site", "none")
        if site not in ("same-origin", "none"):
            return 403, "site"
        if scope["method"] not in SAFE and headers.get("origin") not in self._door.origins:
            return 403, "origin"
        return None


def refusal(status: int, reason: str) -> Response:
    """The page for someone who is not let in: it says nothing of the case and needs no session for
    its looks."""
    words = escape(_REFUSALS[reason])
    return HTMLResponse(
        "<!doctype html><html lang=en><meta charset=utf-8><title>Sousveil</title>"
        f"<h1>Refused</h1><p>{words}</p></html>\n",
        status,
    )


def guard(headers: MutableHeaders) -> None:
    """Put what every answer carries into its headers."""
    policy = headers.get(_POLICY)
    for name, value in HEADERS.items():
        headers[name] = value
    if policy == REPORT_POLICY:
        headers[_POLICY] = policy
    headers.setdefault("cache-control", "no-store")


def _leads_upward(scope: Scope) -> bool:
    """Whether the path, however often it is quoted, holds ``..``, a backslash or a NUL."""
    raw: bytes = scope.get("raw_path") or scope["path"].encode()
    for _ in range(3):
        raw = unquote_to_bytes(raw)
    return b"\\" in raw or b"\0" in raw or b".." in raw.split(b"/")


def _stated_length(headers: Headers) -> int:
    stated = headers.get("content-length", "0")
    return int(stated) if stated.isdecimal() else 0


async def _taken(receive: Receive) -> list[Message] | None:
    """The messages of a body, or None where it grows too large."""
    taken: list[Message] = []
    size = 0
    while True:
        message = await receive()
        taken.append(message)
        size += len(message.get("body", b""))
        if size > MOST_BODY:
            return None
        if not message.get("more_body", False):
            return taken
