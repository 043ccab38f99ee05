"""The reference page of the taxonomy is what its data files say."""

from scripts.make_taxonomy import FACETS, PAGE, page

from sousveil.reference.taxonomy import FACETS as KNOWN


def test_the_page_is_what_the_files_say() -> None:
    assert PAGE.read_text("utf-8") == page(), "run python -m scripts.make_taxonomy"


def test_the_page_has_every_facet() -> None:
    assert set(FACETS) == KNOWN
