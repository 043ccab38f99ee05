"""Bringing another copy of a case in: originals, ledger, decisions, judgements, checks.

Nothing is lost. Two people work on copies of one case and merge either into the other. A merge is a
union: each writer's chain in the ledger and each person's file of decisions keeps every line, in
any order of merging, and the last word of each coder counts wherever it was written.
"""

from pathlib import Path

import msgspec

from sousveil import __version__
from sousveil.case import claims, decisions, field_decisions, judgements, samples
from sousveil.case.append_only import unite
from sousveil.case.folder import Case
from sousveil.case.ledger import Entry, now
from sousveil.case.scheme import unite_schemes
from sousveil.errors import CaseError, LedgerError, UsageError

_FOLDERS = {
    "decisions": decisions.FOLDER,
    "fields": field_decisions.FOLDER,
    "judgements": judgements.FOLDER,
    "checks": claims.CHECKS,
    "samples": samples.FOLDER,
}


class Merged(msgspec.Struct, frozen=True):
    """What came in: originals, and lines of the ledger, of decisions, of judgements of joins, of
    checks of claims, of draws of samples and of decisions on fields."""

    originals: int
    ledger: int
    decisions: int
    judgements: int
    checks: int = 0
    samples: int = 0
    fields: int = 0

    @property
    def anything(self) -> bool:
        """Whether the other copy held what this one did not, notes of merges apart."""
        counts = {**msgspec.structs.asdict(self), "ledger": 0}
        return any(counts.values())


def merge(case: Case, other: Case) -> Merged:
    """Bring in what only ``other`` holds. The lock of ``case`` must be held; ``other`` is only
    read.

    Raises LedgerError or CaseError where ``other`` is not what its ledger says: nothing is taken
    then. Raises StorageError.
    """
    if other.root.resolve() == case.root.resolve():
        raise UsageError("The two are one case.", "Give another copy of it.")
    _trusted(other)
    known = set(case.originals.names())
    new = [d.sha256 for d in other.documents() if d.sha256 not in known]
    for sha256 in new:
        _keep(case, other.originals.path(sha256), sha256)
    case.originals.flush()
    lines = unite(case.root / "ledger", other.root / "ledger")
    said = {
        name: unite(case.root / folder, other.root / folder) for name, folder in _FOLDERS.items()
    }
    unite_schemes(case, other)
    merged = Merged(len(new), lines, **said)
    if merged.anything:
        note = msgspec.json.encode(merged).decode()
        case.ledger.append([Entry("merged", now(), __version__, note=note)])
    return merged


def _trusted(other: Case) -> None:
    for broken in other.ledger.breaks():
        raise LedgerError(
            f"The ledger {broken.file} of {other.root} does not hold at line {broken.line}: "
            f"{broken.problem}.",
            "Run 'sousveil verify' there, and restore it from a copy.",
        )
    for name, problem in decisions.changed(other):
        raise CaseError(
            f"{name} of {other.root} is {problem}.",
            "Run 'sousveil verify' there, and restore it from a copy.",
        )


def _keep(case: Case, path: Path, sha256: str) -> None:
    found, _ = case.originals.keep(path)
    if found != sha256:
        raise CaseError(
            f"The original {sha256} of the other copy is altered.",
            "Run 'sousveil verify' there, and restore it from a copy.",
        )
