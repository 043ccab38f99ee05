"""Where the pages of organisations, places and platforms are."""

from urllib.parse import quote

from sousveil.report.brief import NO_ADDRESSEE
from sousveil.search.facets import NONE, Facet, Shape


def organisation_page(org_key: str) -> str:
    """The page of an organisation, by its key."""
    return f"/organisation/{quote(org_key, safe='')}"


def place_page(path: str) -> str:
    """The page of a place, by its path in the tree: CN/新疆/昌吉."""
    return f"/place/{quote(path)}"


def platform_page(code: str) -> str | None:
    """The page of a platform; None for a code that is no one platform."""
    return None if code in NO_ADDRESSEE else f"/platform/{quote(code, safe='')}"


def facet_page(facet: Facet, value: str) -> str | None:
    """The page of a facet's value, where values of that facet have pages."""
    if value == NONE:
        return None
    match facet.shape:
        case Shape.SUPPLIERS:
            return organisation_page(value)
        case Shape.PLACES:
            return place_page(value)
    return platform_page(value) if facet.name == "platform" else None
