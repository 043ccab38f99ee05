"""The files of ownership/: tables of links, kept without natural persons and told in the ledger.

What was given is not kept: it may name persons. The ledger holds its hash, so that whoever has it
can show that it is the one.
"""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from sousveil import __version__
from sousveil.case.atomic import replace_file
from sousveil.case.folder import Case
from sousveil.case.ledger import Entry, now

FOLDER = "ownership"
_UNUSUAL = re.compile(r"[^\w.〔〕-]+")


def ownership_files(case: Case) -> list[Path]:
    """The tables, by name."""
    return sorted((case.root / FOLDER).glob("*.csv"))


def keep_ownership(case: Case, called: str, table: str, given: str) -> Path | None:
    """Keep a table and note it in the ledger; None where it is there already. The case's lock must
    be held. ``called``: the name of the file that was given, masked; ``given``: its SHA-256."""
    content = table.encode()
    sealed = hashlib.sha256(content).hexdigest()
    stem = _UNUSUAL.sub("-", called.rsplit(".", 1)[0])[:60].strip("-.") or "ownership"
    path = case.root / FOLDER / f"{stem}-{given[:8]}.csv"
    if path.is_file() and path.read_bytes() == content:
        return None
    replace_file(path, content)
    relative = path.relative_to(case.root).as_posix()
    case.ledger.append(
        [
            Entry(
                "ownership",
                now(),
                __version__,
                sha256=sealed,
                size=len(content),
                path=relative,
                parent_sha256=given,
            )
        ]
    )
    return path


def changed_ownership(case: Case) -> Iterator[tuple[str, str]]:
    """Tables that are not as they were added. One that was deleted was withdrawn."""
    last = {e.path: e for e in case.ledger.entries() if e.kind == "ownership" and e.path}
    for relative, entry in sorted(last.items()):
        path = case.root / relative
        if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() != entry.sha256:
            yield relative, "not as it was added: somebody changed it"


def unknown_ownership(case: Case) -> list[str]:
    """Tables that the ledger does not know: put there by hand."""
    known = {e.path for e in case.ledger.entries() if e.kind == "ownership"}
    paths = (path.relative_to(case.root).as_posix() for path in ownership_files(case))
    return [path for path in paths if path not in known]


def digest(case: Case) -> str:
    """What the tables say as one hash, "" for none: a part of the key of what follows."""
    files = ownership_files(case)
    whole = hashlib.sha256()
    for path in files:
        whole.update(f"{path.name}\n".encode() + hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest() if files else ""
