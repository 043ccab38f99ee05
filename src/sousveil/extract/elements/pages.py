"""Pages that hold the outline of an XML notice."""

from collections.abc import Iterator, Sequence

from sousveil.model import Page
from sousveil.text.outline import Element, read


def is_outline(pages: Sequence[Page], media_type: str) -> float:
    """1.0 for one page that is the outline of a notice of this media type, else 0.0."""
    page = pages[0]
    return float(len(pages) == 1 and page.obtained == "elements" and page.media_type == media_type)


def outlines(pages: Sequence[Page]) -> Iterator[tuple[Page, Element]]:
    """Each page with the root of its outline; those that hold none are left out."""
    for page in pages:
        root = read(page.text)
        if root is not None:
            yield page, root
