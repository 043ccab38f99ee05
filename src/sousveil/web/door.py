"""Who is in the room: the token that lets one browser in, its session, and what its forms carry.

The token stands in the address that ``sousveil serve`` prints. The first browser to bring it gets
the session in a cookie that no script can read and no other site can send; from then on the token
is worth nothing. All of it lives in this process alone and ends with it.
"""

import hmac
import secrets
from threading import Lock

_BYTES = 32
HOST = "127.0.0.1"
"""The only address that is listened on."""


class Door:
    """The token, session and form secret of one run on one port."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.hosts = frozenset({f"{HOST}:{port}", f"localhost:{port}"})
        self.cookie = f"sousveil-{port}"
        """Ports of one host share their cookies, so the name says whose it is."""
        self._token = secrets.token_urlsafe(_BYTES)
        self._session = secrets.token_urlsafe(_BYTES)
        self.csrf = secrets.token_urlsafe(_BYTES)
        """What every form of the room holds: another site cannot read it."""
        self._unused = True
        self._lock = Lock()

    @property
    def address(self) -> str:
        """The address to open once: it holds the token."""
        return f"http://{HOST}:{self.port}/enter?token={self._token}"

    @property
    def origins(self) -> frozenset[str]:
        """What a browser may name as the origin of a request that changes something."""
        return frozenset(f"http://{host}" for host in self.hosts)

    def admit(self, token: str) -> str | None:
        """The value of the session's cookie for a right, unused token; None for any other."""
        with self._lock:
            right = hmac.compare_digest(token.encode(), self._token.encode())
            if not (right and self._unused):
                return None
            self._unused = False
            return self._session

    def knows(self, cookies: str) -> bool:
        """Whether a Cookie header holds the session of a browser that was let in.

        What other servers on this machine have set stands in it, too, in any form: it is passed
        over, and keeps nobody out.
        """
        if self._unused:
            return False
        pairs = (pair.strip().partition("=") for pair in cookies.split(";"))
        given = [value for name, _, value in pairs if name == self.cookie]
        return any(hmac.compare_digest(value.encode(), self._session.encode()) for value in given)

    def is_own_form(self, csrf: str) -> bool:
        """Whether a form carries this room's secret."""
        return hmac.compare_digest(csrf.encode(), self.csrf.encode())
