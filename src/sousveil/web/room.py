"""The case that is read: one committed state, opened once and kept until the case changes."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from threading import Lock, RLock
from typing import Annotated

import duckdb
from fastapi import Depends, Request

from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.case.manifest import Manifest
from sousveil.case.own_taxonomy import taxonomy_of
from sousveil.case.queries import saved_queries
from sousveil.pipeline.browsing import Browser
from sousveil.pipeline.find import index_of
from sousveil.pipeline.listed import place_of
from sousveil.pipeline.overviews import Overviews
from sousveil.reference import Taxonomy
from sousveil.search import Index


class Reading:
    """One committed state of a case, opened. Every page of a request reads the same one."""

    def __init__(self, case: Case, state: Manifest) -> None:
        self.case = case
        self.state = state
        self._connection = connect(case, state)
        self._lock = RLock()
        self._names: dict[str, str] = {}

    @contextmanager
    def database(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """The database of ``case.database.connect``, for one thread at a time. Not to be closed."""
        with self._lock:
            yield self._connection

    @cached_property
    def index(self) -> Index:
        """The search index. Raises UsageError where nothing is indexed yet."""
        return index_of(self.case, self.state)

    @cached_property
    def browser(self) -> Browser:
        """The search with its counts. Raises UsageError where nothing is indexed yet."""
        return Browser(self.index)

    def documents_of(self, notice_ids: Iterable[str]) -> dict[str, str]:
        """The documents that notices are in, as far as the index knows: rows lie in the order of
        these, and are found by them without a look at all of them."""
        if self.state.index is None:
            return {}
        return dict(map(place_of, self.index.shown(notice_ids)))

    def organisation(self, org_key: str) -> str:
        """The name of an organisation; the key itself where there is none."""
        self.name_organisations([org_key])
        return self._names[org_key]

    def saved(self) -> dict[str, str]:
        """The case's saved queries by name. Raises UsageError for a file that is none."""
        return {each.name: each.query for each in saved_queries(self.case)}

    @cached_property
    def overviews(self) -> Overviews:
        """Figures of searches, and what is known of organisations and platforms."""
        return Overviews(self.case, self.state, self.taxonomy)

    def name_organisations(self, org_keys: Iterable[str]) -> None:
        """Look up all these names at once, so that ``organisation`` knows them: to ask for one
        takes as long as for many."""
        unknown = [key for key in org_keys if key not in self._names]
        if not unknown:
            return
        with self.database() as connection:
            found = connection.execute(
                "SELECT org_key, name FROM organisations"
                " JOIN (SELECT unnest(?) AS org_key) USING (org_key)",
                [unknown],
            ).fetchall()
        self._names |= {key: key for key in unknown} | dict(found)

    @cached_property
    def taxonomy(self) -> Taxonomy:
        """The taxonomy the case is coded with."""
        return taxonomy_of(self.case)


class Room:
    """A case folder that is read. Writing to the case is ``room.case.writing()``, held for one
    write only: it raises LockedError, which the person is shown, where another process writes."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self._lock = Lock()
        self._reading: tuple[tuple[int, ...], Reading] | None = None

    @property
    def name(self) -> str:
        """The case's name."""
        return self.case.settings.name

    def reading(self) -> Reading:
        """The case as it is committed now; the same object until another state is."""
        with self._lock:
            mark = self.case.mark()
            if self._reading is None or self._reading[0] != mark:
                self._reading = (mark, Reading(self.case, self.case.manifest()))
            return self._reading[1]


def _room(request: Request) -> Room:
    room: Room = request.app.state.room
    return room


def _reading(request: Request) -> Reading:
    return _room(request).reading()


RoomHere = Annotated[Room, Depends(_room)]
"""The room, for pages that write to the case."""
ReadingHere = Annotated[Reading, Depends(_reading)]
"""The case as it is committed now, for pages that read it."""
