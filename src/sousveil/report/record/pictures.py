"""Pictures of pages for a reading room: drawn in limited child processes, some of them kept.

One child finds places, which a page of the room waits for; another draws, which may take longer.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from sousveil.case.folder import Case
from sousveil.case.manifest import Manifest
from sousveil.case.private_pages import parsed_page
from sousveil.engine import Codec, Done, Files, Limits, Pool
from sousveil.report.record import picture
from sousveil.report.record.picture import Drawn, Task, Wanted

LIMITS = Limits(seconds_per_item=30.0, memory_bytes=2 << 30, output_bytes=32 << 20)

KEPT_BYTES = 32 << 20
"""Bytes of pictures that are kept in memory; none of a page unmasked."""

_MOST_PLACES = 512

PATIENCE = 1.0
"""Seconds that a page of the room waits for places: a child may still be starting."""

_CODEC: Codec[Drawn] = Codec(picture.encode, picture.decode)


class PageAt(NamedTuple):
    """A page of a document and its masked text as it is kept."""

    sha256: str
    number: int
    text: str


class Pictures:
    """Draws pages of one case. ``close`` ends the children."""

    def __init__(self, case: Case, patience: float = PATIENCE) -> None:
        self._case = case
        self.patience = patience
        self._finder = _Child(case.originals.folder)
        self._drawer = _Child(case.originals.folder)
        self._kept: OrderedDict[str, Drawn] = OrderedDict()
        self._lock = Lock()

    def places(
        self, state: Manifest, page: PageAt, spans: Sequence[tuple[int, int, int]]
    ) -> Drawn | None:
        """Where spans (id, start, end) of a page stand on its picture, or why there is none; None
        where private/ does not hold the page. ``not_yet`` where that is not known soon."""
        try:
            return self._masked(self._finder, state, page, tuple(spans), "places", self.patience)
        except TimeoutError:
            return Drawn("not_yet")

    def picture(self, state: Manifest, page: PageAt) -> Drawn | None:
        """The picture of a page, everything personal black; None likewise."""
        return self._masked(self._drawer, state, page, (), "picture")

    def unmasked(self, parsed: bytes, sha256: str) -> Drawn:
        """A page as it is: for who asked to see it, once that stands in the ledger. Not kept."""
        original = str(self._case.originals.path(sha256))
        return self._drawer.work(Task(original, parsed, "", (), "unmasked"))

    def begin(self) -> None:
        """Start the children now rather than when the first page is asked for."""
        self._finder.begin()
        self._drawer.begin()

    def close(self) -> None:
        """End the children."""
        self._finder.close()
        self._drawer.close()

    def _masked(
        self,
        child: "_Child",
        state: Manifest,
        page: PageAt,
        spans: tuple[tuple[int, int, int], ...],
        wanted: Wanted,
        patience: float | None = None,
    ) -> Drawn | None:
        parsed = parsed_page(self._case, state, page.sha256, page.number)
        if parsed is None:
            return None
        key = hashlib.sha256(repr((page, spans, wanted)).encode() + parsed).hexdigest()
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        original = str(self._case.originals.path(page.sha256))
        drawn = child.work(Task(original, parsed, page.text, spans, wanted), patience)
        with self._lock:
            self._kept[key] = drawn
            while len(self._kept) > _MOST_PLACES or _size(self._kept) > KEPT_BYTES:
                self._kept.popitem(last=False)
        return drawn


def _size(kept: "OrderedDict[str, Drawn]") -> int:
    return sum(len(drawn.png) for drawn in kept.values())


class _Child:
    """A pool of one child and the thread it belongs to: a child ends with the thread that started
    it, and threads of a server come and go."""

    def __init__(self, originals: Path) -> None:
        self._pool: Pool[Task, Drawn] = Pool(
            picture.draw,
            workers=1,
            limits=LIMITS,
            files=Files(read=(str(originals),)),
            codec=_CODEC,
        )
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="pictures")

    def work(self, task: Task, patience: float | None = None) -> Drawn:
        """Give the child one page; what it crashes on is broken. Raises TimeoutError after
        ``patience`` seconds."""
        waiting = self._thread.submit(self._work, task)
        try:
            return waiting.result(patience)
        except TimeoutError:
            waiting.cancel()
            raise

    def begin(self) -> None:
        """Start the child, without waiting for it: an empty task is broken, and harms nothing."""
        self._thread.submit(self._work, Task("", b"", "", (), "places"))

    def _work(self, task: Task) -> Drawn:
        (answer,) = list(self._pool.run([task]))
        return answer.result if isinstance(answer, Done) else Drawn("broken")

    def close(self) -> None:
        self._thread.submit(self._pool.__exit__).result()
        self._thread.shutdown()
