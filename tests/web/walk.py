"""Every page of a room as a person comes to it: by the links and forms found from the entries of
its navigation. A page that is new in ``PAGES`` is walked to without a line here."""

import re
from collections import deque
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urlencode, urljoin, urlsplit

from fastapi import APIRouter
from starlette.testclient import TestClient
from tests.web.conftest import ORIGIN

from sousveil.web.pages import PAGES

MOST = 3
"""Addresses of a route that are gone to though they ask nothing new."""


FRAME = '<main id="main"'
"""What pages of the room hold, and documents that it only hands out, as the report, do not."""


class Found(NamedTuple):
    """A page or file that was come to: by which route, of what type, and a page's markup."""

    address: str
    route: str
    type: str
    text: str


class _Ways(HTMLParser):
    """Where a page leads: its links, and its forms sent with each of their buttons and as they
    are."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self._form: tuple[str, list[tuple[str, str]]] | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in ("a", "img") and (given.get("href") or given.get("src")):
            self.addresses.append(given.get("href") or given["src"])
        elif tag == "form" and given.get("method", "get") == "get" and "action" in given:
            self._form = (given["action"], [])
        elif self._form and tag == "input" and given.get("name"):
            self._form[1].append((given["name"], given.get("value", "")))
        elif self._form and tag == "button":
            named = [(given["name"], given.get("value", ""))] if given.get("name") else []
            said = [each for each in (*self._form[1], *named) if each[1]]
            self.addresses.append(self._form[0] + (f"?{urlencode(said)}" if said else ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None


def routes() -> dict[str, APIRouter]:
    """The paths that answer GET, each with the router of its page."""
    return {
        route.path: page.router
        for page in PAGES
        for route in page.router.routes
        if "GET" in getattr(route, "methods", ())
    }


SAID = (
    "/desk?coder=A.+Reader&queue=likely",
    "/desk/fields?coder=A.+Reader&queue=fields",
    "/desk/agreement",
)
"""Addresses of forms in which somebody typed a name."""


def starts() -> list[str]:
    return [*(page.nav.address for page in PAGES if page.nav), *SAID]


def route_of(path: str, among: Iterable[str]) -> str | None:
    """The route that a path takes: one in plain words before one with a gap."""
    for route in sorted(among, key=lambda each: each.count("{")):
        if re.fullmatch(re.sub(r"\{\w+(:path)?\}", "[^/]+", route), path):
            return route
    return None


def values_of(address: str, route: str) -> dict[str, str]:
    """What stands in a route's gaps."""
    found = re.fullmatch(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", route), urlsplit(address).path)
    return {name: unquote(value) for name, value in found.groupdict().items()} if found else {}


def asked(address: str) -> set[str]:
    """The names of what an address asks for."""
    return {name for name, _ in parse_qsl(urlsplit(address).query)}


def leads_to(text: str, base: str) -> Iterator[str]:
    """The addresses within the room that a page leads to, without what follows ``#``.

    Raises AssertionError where one leads elsewhere.
    """
    for way in _Ways(text).addresses:
        whole = urlsplit(urljoin(base, way))
        assert f"{whole.scheme}://{whole.netloc}" == ORIGIN, f"{base} leads to {way}"
        yield whole.path + (f"?{whole.query}" if whole.query else "")


def walk(client: TestClient, *, most: int = MOST) -> list[Found]:
    """What is come to from the navigation, breadth first: ``most`` of each route, and every one
    that asks for something no other of its route did."""
    waiting = deque(starts())
    seen = set(waiting)
    known = dict.fromkeys(routes(), frozenset[str]())
    counts = dict.fromkeys(known, 0)
    found = []
    while waiting:
        address = waiting.popleft()
        route = route_of(urlsplit(address).path, known)
        if route is None or (counts[route] >= most and asked(address) <= known[route]):
            continue
        counts[route] += 1
        known[route] |= asked(address)
        response = client.get(address)
        if response.is_redirect:
            new = [response.headers["location"]]
        else:
            assert response.status_code == 200, (address, response.status_code)
            media_type = response.headers["content-type"].partition(";")[0]
            text = response.text if "html" in media_type else ""
            page = Found(address, route, media_type, text if FRAME in text else "")
            found.append(page)
            new = list(leads_to(page.text, ORIGIN + address))
        new = [way for way in new if way not in seen and "lang" not in asked(way)]
        seen.update(new)
        waiting.extend(new)
    return found


def some(found: Iterable[Found]) -> list[str]:
    """Addresses of pages to look at in a browser: the first and the last of each route."""
    pages: dict[str, list[str]] = {}
    for each in found:
        if each.text:
            pages.setdefault(each.route, []).append(each.address)
    return [address for one in pages.values() for address in dict.fromkeys((one[0], one[-1]))]
