"""The files of decisions/: one JSON Lines file a coder, only ever appended to."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal

import msgspec

from sousveil import __version__
from sousveil.case.append_only import Line, Records, append, lines_with, person
from sousveil.case.folder import Case
from sousveil.case.ledger import Entry, now
from sousveil.errors import DecisionError
from sousveil.model import Decision

FOLDER = "decisions"
_SEALED = frozenset({"decided", "checked", "sampled"})
_ID_DIGITS = 16
_NAME = re.compile(r"\w(?:[\w .'-]{0,58}[\w.])?")
_encoder = msgspec.json.Encoder()
_records = Records(FOLDER, Decision, "decision", "coder")


def coder_name(written: str) -> str:
    """A coder's name as it is kept: NFC, one space between words.

    Raises DecisionError for a name that cannot be one of a file.
    """
    name = " ".join(unicodedata.normalize("NFC", written).split())
    if not _NAME.fullmatch(name):
        raise DecisionError(
            "This name of a coder cannot be used.",
            "Give 1 to 60 letters, digits, spaces, dots, hyphens or apostrophes.",
        )
    return name


def append_decisions(case: Case, coder: str, decisions: Sequence[Decision]) -> None:
    """Append a coder's decisions and note it in the ledger. The case's lock must be held.

    A torn last line (a writer killed mid-write) was never acknowledged: it is cut off first.
    Raises DecisionError where another spelling of the name has a file already, StorageError.
    """
    append_lines(case, own_file(case, coder, FOLDER), map(_encoder.encode, decisions))


def append_lines(
    case: Case,
    path: Path,
    lines: Iterable[bytes],
    kind: Literal["decided", "checked", "sampled"] = "decided",
    note: str | None = None,
) -> None:
    """Append lines to a file that is only ever added to, and note it in the ledger as ``kind``."""
    added = b"".join(line + b"\n" for line in lines)
    if not added:
        return
    content = append(path, added)
    sealed = hashlib.sha256(content).hexdigest()
    relative = path.relative_to(case.root).as_posix()
    case.ledger.append(
        [
            Entry(
                kind, now(), __version__, sha256=sealed, size=len(content), path=relative, note=note
            )
        ]
    )


def own_file(case: Case, coder: str, folder_name: str) -> Path:
    """The file of a coder in a folder of such files. Raises DecisionError where another spelling of
    the name has one."""
    folder = case.root / folder_name
    wanted = f"{coder}.jsonl"
    for path in sorted(folder.glob("*.jsonl")):
        if path.name != wanted and path.name.casefold() == wanted.casefold():
            raise DecisionError(
                f"A coder {path.stem} has decisions in this case already.",
                "Write the name in the same way, or choose one that differs by more.",
            )
    return folder / wanted


def coders(case: Case) -> list[str]:
    """The names of those who have decided in this case."""
    return sorted({person(path) for path in (case.root / FOLDER).glob("*.jsonl")})


def read_decisions(case: Case) -> list[Decision]:
    """Every decision of the case, as ``Records.read`` has them."""
    return _records.read(case.root)


def decisions_on(case: Case, notice_id: str) -> list[Decision]:
    """The decisions on one notice, oldest first. Raises DecisionError as ``read_decisions`` does,
    for lines that name the notice."""
    words = notice_id.encode()
    found = {
        decision
        for path in sorted((case.root / FOLDER).glob("*.jsonl"))
        for line in lines_with(path, words)
        if (decision := _records.decode(Line(0, line, path.name))).notice_id == notice_id
    }
    return sorted(found, key=lambda d: (d.at, d.coder))


def decision_id(decision: Decision) -> str:
    """The first digits of the SHA-256 of a decision as its line has it: what settles it says so."""
    return hashlib.sha256(_encoder.encode(decision)).hexdigest()[:_ID_DIGITS]


def changed(case: Case) -> Iterator[tuple[str, str]]:
    """Files of decisions and checks that no longer begin with what the ledger saw written: (path,
    what is wrong).

    A file of another copy of the case may stand under a name of its own since a merge.
    """
    said: dict[str, set[tuple[int, str]]] = {}
    for entry in case.ledger.entries():
        if entry.kind in _SEALED and entry.path and entry.size and entry.sha256:
            said.setdefault(entry.path, set()).add((entry.size, entry.sha256))
    for relative, sealed in sorted(said.items()):
        path = case.root / relative
        files = [p for p in path.parent.glob("*.jsonl") if person(p) == path.stem]
        if not files:
            yield relative, "missing"
        elif sealed - {state for file in files for state in _states(file, sealed)}:
            yield relative, "not as it was written: lines are only ever added"


def _states(file: Path, sealed: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """The hash of the file's first bytes, at each of the sizes that were sealed."""
    content, digest, at = file.read_bytes(), hashlib.sha256(), 0
    for size in sorted({size for size, _ in sealed if size <= len(content)}):
        digest.update(content[at:size])
        at = size
        yield size, digest.hexdigest()
