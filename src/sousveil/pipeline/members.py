"""Documents found inside others become documents of the case: originals, lines in the ledger."""

import stat
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from sousveil import __version__
from sousveil.case.folder import Case
from sousveil.case.ledger import Entry, now
from sousveil.extract.masking import mask_path, mask_text
from sousveil.model import Document
from sousveil.parse.containers.names import member_path
from sousveil.pipeline.tasks import Inside

MOST_FILES = 200_000
MOST_BYTES = 64 << 30
"""What may come out of one file that was given, all levels together."""

_Identity = tuple[str | None, str | None, str | None, str | None]


class Intake:
    """Takes in what workers found. The case's lock must be held."""

    def __init__(self, case: Case, spill: Path) -> None:
        self._case, self._spill = case, spill
        self._known: set[_Identity] | None = None
        self._files: Counter[str] = Counter()
        self._bytes: Counter[str] = Counter()

    def take(self, parent: Document, inside: Iterable[Inside]) -> tuple[int, int]:
        """Keep the documents that were inside ``parent``: how many are new, how many refused.

        Only names of files in the spill folder are believed: a worker that a document took over
        can name no other. Refused is what goes beyond the limits of one file given.
        """
        entries: list[Entry] = []
        refused = 0
        for found in inside:
            file = self._spill / Path(found.file).name
            size = _size(file)
            if size is None or not self._within_limits(parent, size):
                refused += 1
                file.unlink(missing_ok=True)
                continue
            sha256, size = self._case.originals.adopt(file)
            entry = _entry(parent, found, sha256, size)
            if _identity(entry) not in self._already():
                self._already().add(_identity(entry))
                entries.append(entry)
        if entries:
            self._case.originals.flush()
            self._case.ledger.append(entries)
        return len(entries), refused

    def _within_limits(self, parent: Document, size: int) -> bool:
        given = parent.provenance[0].path.split("!/", 1)[0]
        self._files[given] += 1
        self._bytes[given] += size
        return self._files[given] <= MOST_FILES and self._bytes[given] <= MOST_BYTES

    def _already(self) -> set[_Identity]:
        if self._known is None:
            entries = self._case.ledger.entries()
            self._known = {_identity(entry) for entry in entries if entry.kind == "added"}
        return self._known


def _size(file: Path) -> int | None:
    """Bytes of a regular file; None where it is anything else or not there."""
    try:
        found = file.lstat()
    except OSError:
        return None
    return found.st_size if stat.S_ISREG(found.st_mode) else None


def _identity(entry: Entry) -> _Identity:
    return (entry.sha256, entry.path, entry.parent_sha256, entry.captured_at)


def _moment(said: str | None) -> str | None:
    """A time as ISO 8601; None for anything else that a container says."""
    try:
        return said if said and datetime.fromisoformat(said) else None
    except ValueError:
        return None


def _entry(parent: Document, found: Inside, sha256: str, size: int) -> Entry:
    """What a container does not say of a document inside, what is known of the container says."""
    of_parent = parent.provenance[0]
    return Entry(
        "added",
        now(),
        __version__,
        sha256=sha256,
        size=size,
        path=f"{of_parent.path}!/{mask_path(member_path(found.path) or 'document')}",
        source_url=mask_text(found.source_url) if found.source_url else of_parent.source_url,
        captured_at=_moment(found.captured_at) or of_parent.captured_at,
        parent_sha256=parent.sha256,
    )
