"""Every page of the room: one module each, and this list of them."""

from typing import NamedTuple

from fastapi import APIRouter

from sousveil.web.pages import (
    add,
    claims,
    desk,
    desk_agreement,
    desk_fields,
    documents,
    entrance,
    exports,
    figures,
    joins,
    organisation,
    place,
    platform,
    record,
    search,
    unmask,
)


class Nav(NamedTuple):
    """An entry of the navigation: the name of its text, and where it leads."""

    words: str
    address: str


class Page(NamedTuple):
    """A page's routes, and its entry in the navigation if it has one."""

    router: APIRouter
    nav: Nav | None = None


PAGES: tuple[Page, ...] = (
    Page(entrance.router),
    Page(search.router, Nav("nav.search", "/search")),
    Page(figures.router, Nav("figures.title", "/figures")),
    Page(organisation.router),
    Page(place.router),
    Page(platform.router),
    Page(record.router),
    Page(unmask.router),
    Page(desk.router, Nav("desk.nav", "/desk")),
    Page(desk_fields.router),
    Page(desk_agreement.router),
    Page(joins.router, Nav("joins.nav", "/joins")),
    Page(claims.router, Nav("nav.claims", "/claims")),
    Page(exports.router, Nav("nav.exports", "/exports")),
    Page(documents.router),
    Page(add.router, Nav("nav.add", "/add")),
)
