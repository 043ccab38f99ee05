"""What the page of exports shows of documents: the report, the report of the review, the briefs."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from sousveil.case.folder import Case
from sousveil.pipeline.apart import Job

DOCUMENTS: dict[str, tuple[Job, str]] = {
    "report": ("report", "report.html"),
    "protocol": ("protocol", "protocol.html"),
    "briefs": ("briefs", "*.html"),
}
"""By the folder of the case that holds it: the job that writes it, and its pages (a pattern)."""
_REVIEWED = ("decisions/**/*", "queries/*.toml", "claims/*.toml", "scheme.toml")
"""What people say of a case, beside its committed state: the report of the review tells it."""
BESIDE = (".csv", ".md", ".png", ".svg", ".txt")
"""Kinds of files that stand beside a page, as downloads."""


class Opened(msgspec.Struct, frozen=True):
    """A page of a document: its name without ending, its address, and (name, address) of the files
    that stand beside it; where there are several pages, of those of its name."""

    name: str
    address: str
    beside: Sequence[tuple[str, str]]


class DocumentView(msgspec.Struct, frozen=True):
    """A document. ``made``: when it was written (UTC), None where it was not yet; ``old``: the case
    changed since."""

    name: str
    job: Job
    made: str | None
    old: bool
    pages: Sequence[Opened]


def documents(case: Case) -> list[DocumentView]:
    """The documents of a case, written or not."""
    return [_document(case, name, *each) for name, each in DOCUMENTS.items()]


def _document(case: Case, name: str, job: Job, pattern: str) -> DocumentView:
    found = _found(case.root / name, pattern)
    written = {page: at for page in found if (at := _when(page))}
    if not written:
        return DocumentView(name, job, None, old=False, pages=[])
    pages, made = list(written), min(written.values())
    counted = [path for each in _REVIEWED for path in _found(case.root, each)]
    sources = [case.manifest_path, *(counted if job == "protocol" else ())]
    changed = max(_when(path) or 0 for path in sources) > made
    when = datetime.fromtimestamp(made, UTC).strftime("%Y-%m-%d %H:%M")
    shown = [_opened(name, page, "*" if page.name == pattern else page.stem) for page in pages]
    return DocumentView(name, job, when, changed, shown)


def _found(folder: Path, pattern: str) -> Sequence[Path]:
    """The files of a pattern by name; none where a run just puts another folder in its place."""
    try:
        return sorted(folder.glob(pattern))
    except FileNotFoundError:
        return ()


def _when(path: Path) -> float | None:
    """When a file was written; None where it is gone, or was never there."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return None


def _opened(name: str, page: Path, stems: str) -> Opened:
    beside = [
        (file.name, f"/{name}/{file.name}")
        for file in _found(page.parent, f"{stems}.*")
        if file.suffix in BESIDE
    ]
    return Opened(page.stem, f"/{name}/{page.name}", beside)
