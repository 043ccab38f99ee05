"""What a worker is told to do with a document, and what it gives back."""

from pathlib import Path

import msgspec

from sousveil.case.segments import Row
from sousveil.model import Document, Outcome
from sousveil.model.mapping import TableMapping


class Task(msgspec.Struct, frozen=True):
    """One document to read, or a part of one.

    One of the three inputs is used: ``chunk`` (a file of parsed pages set aside), else ``parsed``
    (pages kept under private/, packed), else the original at ``original``. ``spill`` is a
    folder under private/ for pages to be set aside, as ``<sha256>-<n>.pages``.

    ``images`` are numbers of pages to recognise: then nothing else is done. ``recognised`` are the
    files that came of it, once all of them are there; None before. ``mappings`` are what people say
    of tables that may be in it.
    """

    document: Document
    original: str
    spill: str
    parsed: tuple[bytes, ...] = ()
    chunk: str | None = None
    images: tuple[int, ...] = ()
    recognised: tuple[str, ...] | None = None
    mappings: tuple[TableMapping, ...] = ()


class Inside(msgspec.Struct, frozen=True):
    """A document found inside another: the name of the file in the spill folder that holds it,
    its unmasked path in the container, and what the container says of it."""

    file: str
    path: str
    source_url: str | None = None
    captured_at: str | None = None


class Reading(msgspec.Struct, frozen=True):
    """What came of a task: rows by table, and the outcome.

    ``chunks`` are files of pages set aside; then there are no rows yet, and the outcome's numbers
    are those of parsing alone. ``inside`` are the documents found in this one. ``unread`` are the
    numbers of pages that must be recognised first; then there is nothing else.
    """

    document_sha256: str
    outcome: Outcome
    rows: dict[str, list[Row]]
    chunks: tuple[str, ...] = ()
    inside: tuple[Inside, ...] = ()
    unread: tuple[int, ...] = ()


_reading_decoder = msgspec.msgpack.Decoder(Reading)


def decode_reading(data: bytes) -> Reading:
    """A reading as it came from a worker."""
    return _reading_decoder.decode(data)


def _named(table: str) -> slice:
    """Where a row names its document; a slice, for rows may be of any length."""
    return slice(1, 2) if table == "notices" else slice(0, 1)


def answers(reading: Reading, task: Task) -> bool:
    """Whether a reading is of the task's document and names only its own files set aside.

    A worker that a document took over could otherwise write into another document's place.
    """
    sha256, spill = task.document.sha256, Path(task.spill)
    return (
        reading.document_sha256 == reading.outcome.document_sha256 == sha256
        and all(
            sha256 in row[_named(table)] for table, rows in reading.rows.items() for row in rows
        )
        and all(
            path.parent == spill and path.name.startswith(sha256)
            for path in map(Path, reading.chunks)
        )
    )
