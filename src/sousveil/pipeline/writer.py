"""Gathers the rows of finished documents and commits them, so that a killed run loses little."""

import time
from collections.abc import Callable

from sousveil.case.folder import Case
from sousveil.case.manifest import Manifest, Segment
from sousveil.case.segments import Row, write_segment
from sousveil.pipeline.tasks import Reading

FLUSH_DOCUMENTS = 2_000
FLUSH_CHARACTERS = 24_000_000
FLUSH_SECONDS = 20.0
"""What is lost at most when a run is killed: the documents since the last of these was reached."""


def _by_place(row: Row) -> tuple[str, int]:
    return str(row[0]), row[1] if isinstance(row[1], int) else 0


def _notice_by_place(row: Row) -> tuple[str, int, str]:
    return str(row[1]), row[2] if isinstance(row[2], int) else 0, str(row[0])


# Every table of a segment is in the order of its documents: readers walk two of them side by side.
_ORDER: dict[str, Callable[[Row], tuple[str, int] | tuple[str, int, str]]] = {
    "pages": _by_place,
    "parsed": _by_place,
    "outcomes": _by_place,
    "sheets": _by_place,
    "notices": _notice_by_place,
}


class Writer:
    """Gathers rows and commits them as pending segments."""

    def __init__(self, case: Case, key: str, state: Manifest) -> None:
        self._case, self._key, self._state = case, key, state
        self._rows: dict[str, list[Row]] = {}
        self._documents = self._characters = 0
        self._since = time.monotonic()
        self._partial: str | None = None

    @property
    def pending(self) -> tuple[Segment, ...]:
        """The segments committed so far, not yet shown."""
        return self._state.pending

    def take(self, reading: Reading, partial_of: str | None = None) -> None:
        """Add the rows of a reading; ``partial_of`` is the one document it is a part of."""
        if partial_of != self._partial:
            self.flush()
            self._partial = partial_of
        for name, items in reading.rows.items():
            self._rows.setdefault(name, []).extend(items)
        self._documents += 1
        self._characters += sum(len(str(row[3])) for row in reading.rows.get("pages", ()))
        if (
            self._documents >= FLUSH_DOCUMENTS
            or self._characters >= FLUSH_CHARACTERS
            or time.monotonic() - self._since > FLUSH_SECONDS
        ):
            self.flush(partial_of=partial_of)

    def flush(self, partial_of: str | None = None) -> None:
        """Commit what was gathered."""
        partial_of = partial_of or self._partial
        if any(self._rows.values()):
            for name, items in self._rows.items():
                items.sort(key=_ORDER[name])
            segment = write_segment(
                self._case.root, self._key, {"pages": [], **self._rows}, partial_of
            )
            self._state = self._case.commit(self._state, pending=(*self._state.pending, segment))
        self._rows = {}
        self._documents = self._characters = 0
        self._since = time.monotonic()
        self._partial = None
