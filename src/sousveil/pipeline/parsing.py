"""From a document's bytes to its pages and the documents inside it, as a worker does it."""

import errno
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import msgspec

from sousveil.errors import DamagedError, DocumentError, LimitError, UnreadableError
from sousveil.model import Outcome, ParsedPage
from sousveil.parse import (
    SMALL,
    Content,
    Member,
    RecordProblem,
    Unread,
    media_type_of,
    parse_document,
    recognise,
)
from sousveil.pipeline.tasks import Inside, Reading, Task

SPILL_RECORDS = 500
"""Records of one document above which its pages are set aside and shared out among workers."""

_pack = msgspec.msgpack.Encoder()
_unpack_pages = msgspec.msgpack.Decoder(list[ParsedPage])


class Parsed:
    """What parsing gives: pages, files of pages set aside where they are many, and documents."""

    def __init__(self, task: Task, pages: list[ParsedPage] | None = None) -> None:
        self.pages = pages or []
        self.chunks: list[str] = []
        self.inside: list[Inside] = []
        self.unread: list[int] = []
        self._task = task

    def take(self, item: ParsedPage | Member) -> None:
        """One more page or document."""
        if isinstance(item, Member):
            self.inside.append(self._kept(item))
            return
        self.pages.append(item)
        if item.obtained in ("record", "elements") and len(self.pages) > SPILL_RECORDS:
            self.set_aside()

    def set_aside(self) -> None:
        """Write the pages so far to a file."""
        name = self._aside(f"{len(self.chunks):06d}.pages")
        name.write_bytes(_pack.encode(self.pages))
        self.chunks.append(str(name))
        self.pages.clear()

    def _kept(self, member: Member) -> Inside:
        name = self._aside(f"{len(self.inside):06d}.member")
        try:
            with name.open("wb") as file:
                for chunk in member.chunks:
                    file.write(chunk)
        except OSError as error:
            name.unlink(missing_ok=True)
            if error.errno == errno.EFBIG:
                raise LimitError("A file inside it is larger than any that is read.") from None
            raise
        except DocumentError:
            name.unlink(missing_ok=True)
            raise
        return Inside(name.name, member.path, member.source_url, member.captured_at)

    def _aside(self, ending: str) -> Path:
        return Path(self._task.spill) / f"{self._task.document.sha256}-{ending}"


def parse(task: Task, problems: list[RecordProblem]) -> Parsed:
    """Parse what the task names; parts that cannot be read are added to ``problems``.

    Raises DocumentError where nothing of the document can be read.
    """
    if task.chunk:
        return Parsed(task, _unpack_pages.decode(Path(task.chunk).read_bytes()))
    if task.parsed:
        with suppress(msgspec.MsgspecError):  # private/ was damaged: the original is the truth
            pages = [page for kept in task.parsed for page in _unpack_pages.decode(kept)]
            return Parsed(task, pages)
    parsed = Parsed(task)
    items = _substituted(_items(task), task)
    while True:
        try:
            item = next(items, None)
        except (DamagedError, LimitError) as error:
            if not parsed.inside:
                raise
            problems.append(_problem(error, parsed))  # what came out before stays
            break
        if item is None:
            break
        if isinstance(item, RecordProblem):
            problems.append(item)
            continue
        if isinstance(item, Unread):
            parsed.unread.append(item.number)
            continue
        try:
            parsed.take(item)
        except (DamagedError, LimitError) as error:
            problems.append(_problem(error, parsed))
            if isinstance(error, LimitError):
                break
    if parsed.chunks and parsed.pages:
        parsed.set_aside()
    return parsed


def kind_of(task: Task) -> str | None:
    """The media type of a document, as its bytes tell; None where they cannot be had."""
    with suppress(OSError):
        return media_type_of(Content(Path(task.original)), task.document.name)
    return None


def recognise_pages(task: Task, started: float) -> Reading:
    """Recognise the pages that the task names and set them aside."""
    sha256 = task.document.sha256
    found = recognise(Content(Path(task.original)), task.document, task.images)
    pages = [item for item in found if isinstance(item, ParsedPage)]
    name = Path(task.spill) / f"{sha256}-{task.images[0]:06d}.recognised"
    name.write_bytes(_pack.encode(pages))
    outcome = Outcome(sha256, "read", pages=len(pages), seconds=time.perf_counter() - started)
    return Reading(sha256, outcome, {}, (str(name),))


def _substituted(
    items: Iterator[ParsedPage | Unread | Member | RecordProblem], task: Task
) -> Iterator[ParsedPage | Unread | Member | RecordProblem]:
    """The items with recognised pages in the place of those that had to be."""
    if task.recognised is None:
        yield from items
        return
    pages = {
        page.number: page
        for name in task.recognised
        for page in _unpack_pages.decode(Path(name).read_bytes())
    }
    for item in items:
        if not isinstance(item, Unread):
            yield item
        elif item.number in pages:
            yield pages[item.number]
        else:
            yield RecordProblem(
                None,
                item.number,
                "unrecognised",
                f"The text of page {item.number}, an image, could not be recognised.",
                "Look at the page. 'sousveil process --retry-failed' tries files that failed.",
            )


def _problem(error: DocumentError, parsed: Parsed) -> RecordProblem:
    number = len(parsed.inside) + 1
    return RecordProblem(None, number, error.reason, error.message, error.hint)


def _items(task: Task) -> Iterator[ParsedPage | Unread | Member | RecordProblem]:
    original = Path(task.original)
    try:
        small = original.stat().st_size <= SMALL
        return parse_document(original.read_bytes() if small else original, task.document)
    except OSError as error:
        raise UnreadableError(
            "The original is not in the case.", "Run 'sousveil verify' and add the file again."
        ) from error
