"""The files of decisions/: one JSON Lines file a coder, only ever appended to."""

import hashlib
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal

import msgspec

from sousveil import __version__
from sousveil.case.atomic import storage_errors
from sousveil.case.folder import Case
from sousveil.case.ledger import Entry, now
from sousveil.errors import DecisionError
from sousveil.model import Decision

FOLDER = "decisions"
_NAME = re.compile(r"\w(?:[\w .'-]{0,58}[\w.])?")
_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Decision)


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
    kind: Literal["decided", "checked"] = "decided",
    note: str | None = None,
) -> None:
    """Append lines to a file that is only ever added to, and note it in the ledger as ``kind``."""
    added = b"".join(line + b"\n" for line in lines)
    if not added:
        return
    with storage_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab+") as handle:
            handle.seek(0)
            before = handle.read()
            whole = before[: before.rfind(b"\n") + 1]
            handle.truncate(len(whole))
            handle.write(added)
            handle.flush()
            os.fsync(handle.fileno())
    content = whole + added
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


def decision_files(case: Case) -> list[Path]:
    """The files of all coders, by name."""
    return sorted((case.root / FOLDER).glob("*.jsonl"))


def read_decisions(case: Case) -> list[Decision]:
    """Every decision of the case: coder by coder in the order of names, oldest first.

    A torn last line is passed over; any other that cannot be read raises DecisionError.
    """
    return [decision for path in decision_files(case) for decision in _read(path)]


def _read(path: Path) -> Iterator[Decision]:
    try:
        lines = path.read_bytes().splitlines(keepends=True)
    except OSError as error:
        raise DecisionError(f"{FOLDER}/{path.name} cannot be read.", "Restore it.") from error
    for number, line in enumerate(lines, start=1):
        if not line.endswith(b"\n") or not line.strip():
            continue
        try:
            decision = _decoder.decode(line)
        except msgspec.DecodeError as error:
            raise _unusable(path, number, "is no decision") from error
        if decision.coder != path.stem:
            raise _unusable(path, number, "names another coder than the file")
        yield decision


def _unusable(path: Path, line: int, problem: str) -> DecisionError:
    return DecisionError(
        f"Line {line} of {FOLDER}/{path.name} {problem}.",
        "Correct it, or restore the file from a copy.",
    )


def digest(decisions: Iterable[Decision]) -> str:
    """What the decisions say as one hash, "" for none: a part of the key of what follows."""
    lines = sorted(_encoder.encode(decision) for decision in decisions)
    return hashlib.sha256(b"\n".join(lines)).hexdigest() if lines else ""


def changed(case: Case) -> Iterator[tuple[str, str]]:
    """Files of decisions and checks that no longer begin with what the ledger saw written, as
    (path, what is wrong)."""
    last: dict[str, Entry] = {}
    for entry in case.ledger.entries():
        if entry.kind in ("decided", "checked") and entry.path and entry.size:
            known = last.get(entry.path)
            last[entry.path] = entry if not known or entry.size >= (known.size or 0) else known
    for relative, entry in sorted(last.items()):
        path = case.root / relative
        content = path.read_bytes() if path.is_file() else None
        if content is None:
            yield relative, "missing"
        elif hashlib.sha256(content[: entry.size]).hexdigest() != entry.sha256:
            yield relative, "not as it was written: lines are only ever added"
