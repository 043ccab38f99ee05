"""Checking that a case is what its ledger says: every original, every chain, every derived file."""

from collections.abc import Collection, Iterator
from pathlib import Path

import msgspec
from pyarrow import ArrowException

from sousveil.case.decisions import changed
from sousveil.case.folder import Case
from sousveil.case.ledger import Entry
from sousveil.case.ownership import changed_ownership
from sousveil.case.segments import open_table
from sousveil.errors import LedgerError

_UNTOLD = "an unmasking that does not say who saw which page of which original, and why"


class Finding(msgspec.Struct, frozen=True):
    """Something that differs. ``part``: ledger, original, decisions, claims, ownership or
    derived;
    ``name``: which."""

    part: str
    name: str
    problem: str


def verify(case: Case) -> Iterator[Finding]:
    """Every difference between the case and its ledger and manifest; none where all holds."""
    for broken in case.ledger.breaks():
        yield Finding("ledger", f"{broken.file} line {broken.line}", broken.problem)
    try:
        known = {document.sha256 for document in case.documents()}
    except LedgerError:
        known = set()
    else:
        for sha256 in sorted(known):
            problem = case.originals.check(sha256)
            if problem:
                yield Finding("original", sha256, problem)
        for entry in case.ledger.entries():
            if entry.kind == "unmasked" and not _is_told(entry, known):
                yield Finding("ledger", f"entry {entry.n} of {entry.time}", _UNTOLD)
        for name in case.originals.names():
            if name not in known:
                yield Finding("original", name, "not in the ledger: never acknowledged")
        for name, problem in changed(case):
            yield Finding("claims" if name.startswith("claims/") else "decisions", name, problem)
        for name, problem in changed_ownership(case):
            yield Finding("ownership", name, problem)
    yield from _derived(case)


def _is_told(entry: Entry, known: Collection[str]) -> bool:
    """Whether an unmasking says who saw which page of which original, and why."""
    return bool(entry.sha256 in known and entry.page and entry.by and entry.reason)


def _rows(path: Path) -> int:
    """The rows of a table, each page of which is what was written."""
    with open_table(path) as file:
        return sum(batch.num_rows for batch in file.iter_batches(10_000))


def _derived(case: Case) -> Iterator[Finding]:
    state = case.manifest()
    files = [t for s in state.segments for n, t in s.tables.items() if n != "parsed"]
    files += list(state.corpus.tables.values()) if state.corpus else []
    for table in files:
        path = case.root / table.path
        try:
            rows = _rows(path)
        except FileNotFoundError:
            yield Finding("derived", table.path, "missing: run 'sousveil rebuild'")
        except (OSError, ArrowException):
            yield Finding("derived", table.path, "unreadable: run 'sousveil rebuild'")
        else:
            if rows != table.rows:
                problem = f"{rows} rows where {table.rows} were committed: run 'sousveil rebuild'"
                yield Finding("derived", table.path, problem)
    if state.index and not (case.root / state.index.folder).is_dir():
        yield Finding("derived", state.index.folder, "missing: run 'sousveil rebuild'")
