"""Write the mapping tables of all extractors, and their index, to docs/reference/."""

from collections.abc import Callable
from pathlib import Path

from sousveil.extract.chinese.mapping import intentions_page
from sousveil.extract.chinese.mapping import page as chinese
from sousveil.extract.eforms.mapping import page as eforms
from sousveil.extract.elements.record_fields import EXTENSIONS, OCDS_PATHS
from sousveil.extract.ocds.mapping import page as ocds
from sousveil.extract.tabular.mapping import lists_page, tables_page, usaspending_page
from sousveil.extract.ted.mapping import page as ted

FORMS: dict[str, tuple[str, Callable[[], str]]] = {
    "mapping-chinese.md": ("Chinese notices, Simplified and Traditional, by type", chinese),
    "mapping-intentions.md": ("Chinese tables of purchase intentions", intentions_page),
    "mapping-taiwan-hongkong.md": ("Taiwan and Hong Kong: lists and notices", lists_page),
    "mapping-ocds.md": ("OCDS 1.0 and 1.1, Prozorro", ocds),
    "mapping-usaspending.md": ("USAspending", usaspending_page),
    "mapping-eforms.md": ("eForms", eforms),
    "mapping-ted.md": ("TED forms, schemas R2.0.8 and R2.0.9", ted),
    "mapping-tables.md": ("Tables and flat JSON in any of ten languages", tables_page),
}
FOLDER = Path(__file__).parents[1] / "docs" / "reference"
INDEX = "mappings.md"

_INTRODUCTION = """\
# Mapping tables

For each form, country and format: which element of the source is read into which field of the
[record export](export.md), and what the Open Contracting Data Standard (OCDS 1.1) calls the
same thing. The pages are written by `python -m scripts.make_mappings` from the tables that
the extractors read with; a test fails where a page is not what they say, and another follows
each OCDS path through the standard's schema.

| Source | Page |
|---|---|
"""

_FIELDS = """
## Fields of the record

| Field | OCDS path |
|---|---|
"""

_EXTENSIONS = """
What only a contract states as its amount is `contracts/value`.

## Paths of extensions

| Path | Extension |
|---|---|
"""


def index() -> str:
    """The page that leads to the others."""
    pages = "".join(f"| {title} | [{name}]({name}) |\n" for name, (title, _) in FORMS.items())
    fields = "".join(f"| `{field}` | `{path}` |\n" for field, path in OCDS_PATHS.items())
    extensions = "".join(f"| `{path}` | {name} |\n" for path, name in EXTENSIONS.items())
    return _INTRODUCTION + pages + _FIELDS + fields + _EXTENSIONS + extensions


PAGES: dict[str, Callable[[], str]] = {
    INDEX: index,
    **{name: page for name, (_, page) in FORMS.items()},
}


def main() -> None:
    """Write every page."""
    for name, page in PAGES.items():
        (FOLDER / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
