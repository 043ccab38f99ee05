"""Bringing records into a case: bytes into originals, where they came from into the ledger."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from sousveil import __version__
from sousveil.case.folder import Case, is_case
from sousveil.case.ledger import Entry, now
from sousveil.errors import UnreadableError, UsageError
from sousveil.extract.masking import mask_path, mask_text
from sousveil.pipeline.progress import Progress, Silent
from sousveil.sources import Manifest, SourceFile, SourceProblem, walk

BATCH = 500
"""Files between two flushes to the disk: what is acknowledged together."""


class Added(msgspec.Struct, frozen=True):
    """What ``add`` did, in files. ``unmatched`` are manifest rows that no file answered to."""

    seen: int = 0
    new: int = 0
    known: int = 0
    refused: int = 0
    unmatched: tuple[str, ...] = ()


def add(
    case: Case,
    paths: Sequence[Path],
    manifest: Manifest | None = None,
    progress: Progress | None = None,
) -> Added:
    """Add files and folders; the case's lock must be held. Adding the same again adds nothing.

    A file that cannot be read is written to the ledger as refused, and the run goes on. Raises
    UsageError for a path that is not there or lies inside the case, StorageError when the case
    cannot be written.
    """
    _check(case, paths)
    return _taken(case, paths, manifest, progress)


def add_incoming(case: Case, progress: Progress | None = None) -> Added:
    """Add what waits in incoming/ and remove that; the case's lock must be held. What a killed run
    left there is added by the next, and so is what is handed over meanwhile."""
    if not case.incoming.waiting():
        return Added()
    folders = case.incoming.take()
    added = _taken(case, folders, None, progress)
    case.incoming.taken(folders)
    return added


def _taken(
    case: Case, paths: Sequence[Path], manifest: Manifest | None, progress: Progress | None
) -> Added:
    case.sweep()
    shown = progress or Silent()
    shown.start("Adding", None)
    known = _known(case)
    refused = {(r.path, r.reason) for r in case.refusals()}
    relatives: list[str] = []
    seen = new = same = failures = 0
    batch: list[Entry] = []
    for item in walk(paths, is_case):
        seen += 1
        entry = _entry(case, item, manifest)
        if manifest:
            relatives.append(item.relative)
        if entry.kind == "refused":
            failures += 1
            if (entry.path, entry.reason) not in refused:
                refused.add((entry.path or "", entry.reason or ""))
                batch.append(entry)
        elif _identity(entry) in known:
            same += 1
        else:
            known.add(_identity(entry))
            new += 1
            batch.append(entry)
        shown.advance()
        if len(batch) >= BATCH:
            _acknowledge(case, batch)
    _acknowledge(case, batch)
    shown.finish()
    unmatched = manifest.unmatched(relatives) if manifest else ()
    return Added(seen, new, same, failures, tuple(mask_path(row.path) for row in unmatched))


def _check(case: Case, paths: Sequence[Path]) -> None:
    root = case.root.resolve()
    for path in paths:
        if path.resolve() == root or root in path.resolve().parents:
            raise UsageError(
                f"{path} lies inside the case {case.root}.",
                "Keep records and case in separate folders, and name the records' folder.",
            )


Identity = tuple[str | None, str | None, str | None, str | None, str | None]


def _identity(entry: Entry) -> Identity:
    return (entry.sha256, entry.path, entry.source_url, entry.captured_at, entry.note)


def _known(case: Case) -> set[Identity]:
    return {_identity(entry) for entry in case.ledger.entries() if entry.kind == "added"}


def _entry(case: Case, item: SourceFile | SourceProblem, manifest: Manifest | None) -> Entry:
    path = mask_path(item.relative)
    if isinstance(item, SourceProblem):
        return Entry("refused", now(), __version__, path=path, reason=item.reason,
                     message=item.message, hint=item.hint)  # fmt: skip
    try:
        sha256, size = case.originals.keep(item.path)
    except UnreadableError as error:
        return Entry("refused", now(), __version__, path=path, reason=error.reason,
                     message=error.message, hint=error.hint)  # fmt: skip
    row = manifest.lookup(item.relative) if manifest else None
    return Entry(
        "added",
        now(),
        __version__,
        sha256=sha256,
        size=size,
        path=path,
        source_url=mask_text(row.source_url) if row and row.source_url else None,
        captured_at=row.captured_at if row else None,
        note=mask_text(row.note) if row and row.note else None,
    )


def _acknowledge(case: Case, batch: list[Entry]) -> None:
    case.originals.flush()
    case.ledger.append(batch)
    batch.clear()
