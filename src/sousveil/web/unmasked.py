"""Pictures of pages that somebody asked to see unmasked: held in memory until they are fetched
once, or others take their place."""

import secrets
from collections import OrderedDict
from threading import Lock

_MOST = 4


class Unmasked:
    """A few pictures, each under a ticket that is worth one look."""

    def __init__(self) -> None:
        self._held: OrderedDict[str, bytes] = OrderedDict()
        self._lock = Lock()

    def hold(self, png: bytes) -> str:
        """Keep a picture; gives its ticket."""
        ticket = secrets.token_urlsafe(24)
        with self._lock:
            self._held[ticket] = png
            while len(self._held) > _MOST:
                self._held.popitem(last=False)
        return ticket

    def take(self, ticket: str) -> bytes | None:
        """The picture of a ticket, which is worth nothing then."""
        with self._lock:
            return self._held.pop(ticket, None)
