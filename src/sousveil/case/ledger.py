"""The ledger: append-only lines, each holding the hash of the one before, one chain a writer."""

import hashlib
import os
import socket
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import msgspec

from sousveil.case.append_only import lines_with
from sousveil.case.atomic import storage_errors
from sousveil.case.marks import mark_of
from sousveil.errors import LedgerError

EMPTY_CHAIN = "0" * 64

Kind = Literal[
    "created", "added", "refused", "decided", "ownership", "merged", "checked", "sampled",
    "unmasked",
]  # fmt: skip


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line of the ledger.

    ``added``: an original came in (``sha256``, ``size``, ``path`` as masked, and what a manifest
    says of it; ``parent_sha256`` where it was inside another). ``refused``: a file whose bytes
    could not be had (``path``, ``reason``, ``message``, ``hint``). ``decided``: a coder's file of
    decisions (``path``) grew to ``size`` bytes with this ``sha256``. ``ownership``: a table of
    links (``path``) was made of the file with the SHA-256 ``parent_sha256``, which is not kept.
    ``merged``: what another copy of the case held came in (``note``: how much of it).
    ``checked``: the checks kept of a claim (``path``) grew to ``size`` bytes with this ``sha256``;
    ``note`` is what the check said.
    ``sampled``: the draws of a sample (``path``) grew likewise. ``unmasked``: ``by`` asked to see
    ``page`` of the original ``sha256`` as it is, for ``reason``. ``created``: the case was made.
    ``hash`` is the SHA-256 of the entry's canonical JSON without ``hash`` (``prev`` is in it).
    """

    kind: Kind
    time: str
    software: str
    n: int = 0
    prev: str = EMPTY_CHAIN
    sha256: str | None = None
    size: int | None = None
    path: str | None = None
    source_url: str | None = None
    captured_at: str | None = None
    note: str | None = None
    parent_sha256: str | None = None
    reason: str | None = None
    message: str | None = None
    hint: str | None = None
    by: str | None = None
    page: int | None = None
    hash: str = ""


class Break(msgspec.Struct, frozen=True):
    """Where a chain is broken: file name, line from 1, and what is wrong."""

    file: str
    line: int
    problem: str


_encoder = msgspec.json.Encoder(order="sorted")
_decoder = msgspec.json.Decoder(Entry)


def now() -> str:
    """The present moment, UTC, ISO 8601 to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def moment() -> str:
    """The present moment, UTC, ISO 8601 to the microsecond: people decide faster than the second,
    and the last word counts."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def writer_name() -> str:
    """A name for this person on this machine that does not tell who they are."""
    user = str(os.getuid()) if hasattr(os, "getuid") else os.environ.get("USERNAME", "")
    return hashlib.sha256(f"{socket.gethostname()}\n{user}".encode()).hexdigest()[:12]


def entry_hash(entry: Entry) -> str:
    """The hash that seals an entry and, through ``prev``, all before it."""
    return hashlib.sha256(_encoder.encode(msgspec.structs.replace(entry, hash=""))).hexdigest()


class Ledger:
    """All chains of a case, and the one this writer appends to."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._own = folder / f"{writer_name()}.jsonl"

    def append(self, entries: Iterable[Entry]) -> int:
        """Chain, write and sync entries; returns how many. The case's lock must be held.

        A torn last line (a writer killed mid-write) was never acknowledged: it is cut off first.
        Raises LedgerError when the last whole line cannot be trusted.
        """
        last = self._mend()
        n, prev = (last.n + 1, last.hash) if last else (0, EMPTY_CHAIN)
        lines = []
        for entry in entries:
            chained = msgspec.structs.replace(entry, n=n, prev=prev)
            prev = entry_hash(chained)
            lines.append(_encoder.encode(msgspec.structs.replace(chained, hash=prev)) + b"\n")
            n += 1
        if lines:
            with storage_errors(self._own), self._own.open("ab") as handle:
                handle.write(b"".join(lines))
                handle.flush()
                os.fsync(handle.fileno())
        return len(lines)

    def _mend(self) -> Entry | None:
        if not self._own.exists():
            return None
        with self._own.open("r+b") as handle:
            size = handle.seek(0, os.SEEK_END)
            start = max(0, size - 65536)
            handle.seek(start)
            tail = handle.read()
            whole = tail.rfind(b"\n") + 1
            if whole < len(tail):
                handle.truncate(start + whole)
        lines = tail[:whole].splitlines()
        if not lines:
            return None
        try:
            last = _decoder.decode(lines[-1])
        except msgspec.DecodeError as error:
            raise LedgerError(
                f"The last line of ledger {self._own.name} cannot be read.",
                "Run 'sousveil verify' and restore the ledger from a copy.",
            ) from error
        return last

    def entries(self) -> Iterator[Entry]:
        """Every whole entry of every chain, chain by chain in file-name order.

        A torn last line is passed over; any other unreadable line raises LedgerError.
        """
        for file in sorted(self._folder.glob("*.jsonl")):
            yield from self._entries(file)

    def about(self, sha256: str) -> Iterator[Entry]:
        """The entries that name a document, chain by chain. Raises LedgerError."""
        for file in sorted(self._folder.glob("*.jsonl")):
            for line in lines_with(file, sha256.encode()):
                entry = _entry(line, file)
                if entry.sha256 == sha256:
                    yield entry

    def _entries(self, file: Path) -> Iterator[Entry]:
        with file.open("rb") as handle:
            for number, line in enumerate(handle, 1):
                if not line.endswith(b"\n"):
                    continue
                yield _entry(line, file, number)

    def mark(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """What changes whenever a chain grows or another comes: of each its name and mark."""
        return tuple((file.name, mark_of(file)) for file in sorted(self._folder.glob("*.jsonl")))

    def heads(self) -> dict[str, int]:
        """How many whole lines each chain has, by file name."""
        found = {}
        for file in sorted(self._folder.glob("*.jsonl")):
            with file.open("rb") as handle:
                found[file.name] = sum(line.endswith(b"\n") for line in handle)
        return found

    def since(self, heads: Mapping[str, int]) -> Iterator[Entry]:
        """The entries that came after the chains had so many lines, and were in none of them: a
        copy of the case that is merged brings much that was there before."""
        chains = [(heads.get(f.name, 0), f) for f in sorted(self._folder.glob("*.jsonl"))]
        known = {e.hash for head, file in chains for e in self._entries(file) if e.n < head}
        for head, file in chains:
            yield from (e for e in self._entries(file) if e.n >= head and e.hash not in known)

    def breaks(self) -> Iterator[Break]:
        """Every place where a chain does not hold, the first of each file only."""
        for file in sorted(self._folder.glob("*.jsonl")):
            prev, n = EMPTY_CHAIN, 0
            with file.open("rb") as handle:
                for number, line in enumerate(handle, 1):
                    if not line.endswith(b"\n"):
                        yield Break(file.name, number, "a torn line at the end, never acknowledged")
                        break
                    try:
                        entry = _decoder.decode(line)
                    except msgspec.DecodeError:
                        yield Break(file.name, number, "not a ledger entry")
                        break
                    problem = _problem(entry, n, prev)
                    if problem:
                        yield Break(file.name, number, problem)
                        break
                    prev, n = entry.hash, n + 1


def _entry(line: bytes, file: Path, number: int | None = None) -> Entry:
    try:
        return _decoder.decode(line)
    except msgspec.DecodeError as error:
        raise LedgerError(
            f"{f'Line {number}' if number else 'A line'} of ledger {file.name} cannot be read.",
            "Run 'sousveil verify' and restore the ledger from a copy.",
        ) from error


def _problem(entry: Entry, n: int, prev: str) -> str | None:
    if entry.n != n:
        return f"entry {entry.n} stands where entry {n} is due: lines are missing or moved"
    if entry.prev != prev:
        return "it does not follow from the entry before it"
    if entry.hash != entry_hash(entry):
        return "its content was changed after it was written"
    return None
