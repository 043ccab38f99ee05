"""Writing the pages of organisations: one beside each other in the report, or one to a file."""

from collections.abc import Mapping
from pathlib import Path

import duckdb
import msgspec

from sousveil import __version__
from sousveil.case.atomic import storage_errors
from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.case.own_taxonomy import taxonomy_of
from sousveil.reference import Taxonomy, label
from sousveil.report.environment import html_environment
from sousveil.report.export import whole_file
from sousveil.report.figures import illustrative
from sousveil.report.network_ties import MOST_BIDDERS
from sousveil.report.organisation import pages
from sousveil.report.organisation_find import find
from sousveil.report.organisation_records import Page
from sousveil.report.organisation_rows import IN_FIGURES, prepare

MOST_PAGES = 1_000
"""Pages written beside a report, of the organisations with most projects."""
MOST_PROJECTS = 100
"""Projects listed on each of them, the latest."""
FOLDER = "organisations"
INDEX = "index.html"


class Frame(msgspec.Struct, frozen=True):
    """What stands around every page of a case. ``linked``: organisations with a page beside it;
    ``in_figures``: how many buyers and suppliers the report's figures count."""

    case: str
    generation: int
    illustrative: bool
    linked: frozenset[str] = frozenset()
    in_figures: int = 0
    in_report: bool = False
    version: str = __version__
    most_bidders: int = MOST_BIDDERS


class Listed(msgspec.Struct, frozen=True):
    """A page in the list of all; counts are projects, dates years."""

    org_key: str
    name: str
    gloss: str | None
    country: str | None
    place: str | None
    bought: int
    supplied: int
    watching: int
    first: int | None
    last: int | None


def organisation_of(case: Case, wanted: str, most: int) -> Page:
    """The page of one organisation, by its key or the beginning of it, a number of a register, or
    a name; ``most`` projects are listed. Raises UsageError where none or several answer to it."""
    with connect(case) as connection:
        return _page_of(connection, case, wanted, most)


def write_organisation(case: Case, wanted: str, path: Path, most: int) -> Page:
    """Write the page of one organisation as one HTML file, which appears whole or not at all.
    Raises UsageError likewise, or where the place cannot be a file."""
    state = case.manifest()
    with connect(case, state) as connection:
        page = _page_of(connection, case, wanted, most)
        frame = Frame(case.settings.name, state.generation, illustrative(connection))
    with whole_file(path) as out:
        out.write(render(page, frame).encode())
    return page


def write_pages(
    connection: duckdb.DuckDBPyConnection,
    case: Case,
    taxonomy: Taxonomy,
    folder: Path,
    most: int = MOST_PAGES,
) -> Frame:
    """Write ``<org_key>.html`` for the buyers and suppliers that the report's figures count, at
    most ``most``, and a list of them; returns what the report needs to link them."""
    prepare(connection, None, most, MOST_PROJECTS)
    keys = connection.execute("SELECT org_key FROM chosen").fetchall()
    ((count,),) = connection.execute(IN_FIGURES).fetchall()
    frame = Frame(
        case.settings.name,
        case.manifest().generation,
        illustrative(connection),
        frozenset(key for (key,) in keys),
        count,
        in_report=True,
    )
    listed = []
    with storage_errors(folder):
        folder.mkdir()
        for page in pages(connection, taxonomy):
            path = folder / f"{page.org_key}.html"
            path.write_text(render(page, frame), encoding="utf-8")
            listed.append(_listed(page))
        with (folder / INDEX).open("w", encoding="utf-8") as out:
            template = _ENVIRONMENT.get_template("organisations.html.j2")
            out.writelines(template.generate(frame=frame, listed=listed))
    return frame


def render(page: Page, frame: Frame) -> str:
    """The page as HTML."""
    template = _ENVIRONMENT.get_template("organisation.html.j2")
    return template.render(page=page, frame=frame, sums=_SUMS, sides=_SIDES)


def _page_of(connection: duckdb.DuckDBPyConnection, case: Case, wanted: str, most: int) -> Page:
    prepare(connection, find(connection, wanted), 1, most)
    (page,) = pages(connection, taxonomy_of(case))
    return page


def _listed(page: Page) -> Listed:
    return Listed(
        *(page.org_key, page.name, page.gloss, page.country, page.place),
        *(page.count("buyer"), page.count("supplier")),
        sum(part.surveillance for part in page.counts if part.role in ("buyer", "supplier")),
        page.first_seen.year if page.first_seen else None,
        page.last_seen.year if page.last_seen else None,
    )


_SUMS: Mapping[tuple[str, bool], str] = {
    ("buyer", False): "What it bought alone",
    ("buyer", True): "What it bought with other buyers: whole amounts, its share is not stated",
    ("supplier", False): "What it won alone",
    ("supplier", True): "What it won with other suppliers: whole amounts, its share is not stated",
}
_SIDES: Mapping[str, str] = {"buyer": "Who supplied it", "supplier": "Whom it supplied"}

_ENVIRONMENT = html_environment()
_ENVIRONMENT.filters["code_name"] = label
