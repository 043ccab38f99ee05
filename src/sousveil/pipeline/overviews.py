"""What one state of a case shows of a search, an organisation or a platform, for people to look at.

Such questions read all of a case. So they have a database of their own, for which nobody waits who
reads a record, and what was made lately is remembered.
"""

from collections import OrderedDict
from collections.abc import Callable
from functools import cached_property
from itertools import islice
from threading import Lock, RLock
from typing import TypeVar

import duckdb
import msgspec

from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.case.manifest import Manifest
from sousveil.case.own_rules import platform_rules_of
from sousveil.reference import Taxonomy
from sousveil.report import network_picture
from sousveil.report.brief import NO_ADDRESSEE, Head, collection_of, head_of, named_platforms
from sousveil.report.brief_page import Form, render
from sousveil.report.brief_projects import BriefProject, brief_projects
from sousveil.report.brief_rows import Rows
from sousveil.report.export import Chosen
from sousveil.report.figures import FIGURES, Figure, Row, illustrative, table
from sousveil.report.found import Head as Found
from sousveil.report.found import figure_found, narrowed, trends_found
from sousveil.report.network_picture import Drawn, Link, Words
from sousveil.report.network_ties import MOST_BIDDERS, PAIRS, Crowded, tie
from sousveil.report.organisation import pages
from sousveil.report.organisation_page import Frame
from sousveil.report.organisation_records import Page
from sousveil.report.organisation_rows import prepare
from sousveil.report.trend import Trend
from sousveil.search import Index, Query

DRAWN = (
    *("spend", "sophistication", "buyers", "target_groups", "capabilities", "platforms", "places"),
    *("bodies", "suppliers"),
)
"""The figures of a search, by name, in their order."""

TESTED_AT_ONCE = 10_000
"""Projects whose levels are tested unasked: about a second."""
MOST_PROJECTS = 100
"""Projects listed on the page of an organisation, the latest."""
ON_PAGE = 20
"""Projects on a page of a platform's brief."""
MOST_PAIRS = 40
"""Pairs of who bought from whom that are listed, the strongest."""
_REMEMBERED = 24
_MOST_DRAWN = 20

_Made = TypeVar("_Made")


class Overview(msgspec.Struct, frozen=True):
    """The figures of what a search found, by name."""

    found: Found
    figures: dict[str, Figure]
    illustrative: bool


class Network(msgspec.Struct, frozen=True):
    """Who bought from whom in the notices found: columns and rows of the strongest pairs, their
    picture as SVG, and how much of all it shows. ``crowded``: projects with more than
    ``most_bidders``, whose bids tie nobody."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    drawn: Drawn
    svg: str
    crowded: int
    most_bidders: int = MOST_BIDDERS


class Platform(msgspec.Struct, frozen=True):
    """The brief of a platform: its head, and some of its projects by date."""

    head: Head
    projects: tuple[BriefProject, ...]


class Overviews:
    """Overviews of one committed state; each is made by one thread at a time."""

    def __init__(self, case: Case, state: Manifest, taxonomy: Taxonomy) -> None:
        self._case = case
        self._state = state
        self._taxonomy = taxonomy
        self._lock = RLock()
        self._known: OrderedDict[tuple[str, ...], tuple[object]] = OrderedDict()
        self._guard = Lock()

    @cached_property
    def _connection(self) -> duckdb.DuckDBPyConnection:
        return connect(self._case, self._state)

    def figures(self, index: Index, query: Query) -> Overview:
        """The figures of the projects that the notices found belong to."""

        def made() -> Overview:
            with narrowed(self._connection, index.ids(query)) as found:
                drawn = {
                    definition.name: figure_found(self._connection, definition)
                    for definition in FIGURES
                    if definition.name in DRAWN
                }
            return Overview(found, drawn, illustrative(self._connection))

        return self._remembered(("figures", str(query)), made)

    def trends(self, index: Index, query: Query) -> list[Trend]:
        """The test of each ladder, of the projects that the notices found belong to."""

        def made() -> list[Trend]:
            with narrowed(self._connection, index.ids(query)):
                return trends_found(self._connection)

        return self._remembered(("trends", str(query)), made)

    def projects_of(self, index: Index, query: Query) -> frozenset[str]:
        """The projects that the notices found belong to, by key."""
        with self._lock, narrowed(self._connection, index.ids(query)):
            rows = self._connection.execute("SELECT project_key FROM found").fetchall()
        return frozenset(key for (key,) in rows)

    def network(
        self, index: Index, query: Query, words: Words, link: Link | None = None
    ) -> Network:
        """The network of the notices found, names in the picture leading where ``link`` says."""

        def made() -> Network:
            crowded = self._tied(index, query)
            drawn, svg = network_picture.picture(
                self._connection, most=_MOST_DRAWN, words=words, link=link
            )
            columns, rows = table(self._connection, f"{PAIRS} LIMIT {MOST_PAIRS}")
            return Network(columns, rows, drawn, svg, crowded.projects)

        return self._remembered(
            ("network", str(query), words.title, "linked" if link else ""), made
        )

    def pairs(self, index: Index, query: Query) -> tuple[tuple[str, ...], tuple[Row, ...]]:
        """Columns and rows of all pairs of the network. Not remembered: they may be very many."""
        with self._lock:
            self._tied(index, query)
            return table(self._connection, PAIRS)

    def _tied(self, index: Index, query: Query) -> Crowded:
        return tie(self._connection, Chosen(tuple(index.ids(query)), self._state))

    def organisation(self, org_key: str) -> Page | None:
        """The page of an organisation; None where the case has none of this key."""

        def made() -> Page | None:
            known = self._connection.execute(
                "SELECT 1 FROM organisations WHERE org_key = ?", [org_key]
            ).fetchone()
            if known is None:
                return None
            prepare(self._connection, org_key, 1, MOST_PROJECTS)
            (page,) = pages(self._connection, self._taxonomy)
            return page

        return self._remembered(("organisation", org_key), made)

    def platform(self, code: str, page: int) -> Platform | None:
        """The brief of a platform with one page of its projects; None where no surveillance project
        names it, or where the code is of no one platform."""

        def made() -> tuple[BriefProject, ...]:
            told = brief_projects(Rows(self._connection, code), self._taxonomy)
            return tuple(islice(told, (page - 1) * ON_PAGE, page * ON_PAGE))

        head = self._head(code)
        if head is None:
            return None
        return Platform(head, self._remembered(("platform", code, str(page)), made))

    def brief(self, code: str, form: Form) -> bytes | None:
        """The whole brief of a platform as a file; None likewise."""
        with self._lock:
            head = self._head(code)
            if head is None:
                return None
            projects = brief_projects(Rows(self._connection, code), self._taxonomy)
            return "".join(render(form, head, projects)).encode()

    def _head(self, code: str) -> Head | None:
        """Not remembered: the case's own rules may change at any time."""
        rules = platform_rules_of(self._case, self._taxonomy)
        with self._lock:
            if code in NO_ADDRESSEE or code not in named_platforms(self._connection):
                return None
            collection = collection_of(self._connection, self._case, self._state, self._taxonomy)
            return head_of(self._connection, code, collection, self._taxonomy, rules)

    def frame(self) -> Frame:
        """What stands around the page of an organisation that is taken away as a file."""
        with self._lock:
            real = illustrative(self._connection)
        return Frame(self._case.settings.name, self._state.generation, real)

    def _remembered(self, key: tuple[str, ...], make: Callable[[], _Made]) -> _Made:
        known = self._kept(key)
        if known is None:
            with self._lock:
                known = self._kept(key)  # another thread may have made it meanwhile
                if known is None:
                    known = (make(),)
                    self._keep(key, known)
        made: _Made = known[0]  # type: ignore[assignment]  # each key has one maker
        return made

    def _kept(self, key: tuple[str, ...]) -> tuple[object] | None:
        with self._guard:
            if key in self._known:
                self._known.move_to_end(key)
            return self._known.get(key)

    def _keep(self, key: tuple[str, ...], made: tuple[object]) -> None:
        with self._guard:
            self._known[key] = made
            if len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
