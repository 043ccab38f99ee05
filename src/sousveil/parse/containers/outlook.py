"""Outlook mail (MSG): the text as it was sent, and what was attached.

Sources: [MS-OXMSG] (the streams of a message), [MS-OXPROPS] (their numbers), [MS-OXCMSG] 2.2.2.9
(how things are attached). As with other mail, lines that name people (sender, recipients,
transport headers) are not read. A stream is read when it is its turn: many may share sectors.
"""

import codecs
import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import olefile

from sousveil.errors import DamagedError, LimitError
from sousveil.model import Document
from sousveil.parse.containers.limits import Budget
from sousveil.parse.containers.names import decoded_names, part_label
from sousveil.parse.containers.rtf_packed import unpacked_rtf
from sousveil.parse.content import Content
from sousveil.parse.member import Member
from sousveil.parse.problem import RecordProblem

VERSION = 1
_DEEPEST = 30
_PROPERTIES = "__PROPERTIES_VERSION1.0"
_ATTACHMENT = "__ATTACH_VERSION1.0_"
_HEADS = {"message": 32, "inner": 24, "attachment": 8}
"""Bytes before the first entry of a property stream ([MS-OXMSG] 2.4.1)."""

_SUBMITTED, _DELIVERED = 0x0039, 0x0E06
_PLAIN, _RTF, _HTML = 0x1000, 0x1009, 0x1013
_DATA, _METHOD, _MIME = 0x3701, 0x3705, 0x370E
_NAMES = (0x3707, 0x3704)
"""The long name of an attached file, and the short one."""
_EXTENSION = 0x3703
_BINARY, _TEXT, _TEXT_8, _OBJECT = 0x0102, 0x001F, 0x001E, 0x000D
_ELSEWHERE = frozenset((2, 3, 4, 7))
"""Ways of attaching that leave the file where it was ([MS-OXCMSG] 2.2.2.9)."""

_BROKEN = (
    OSError, EOFError, struct.error, ValueError, IndexError, KeyError, TypeError, AttributeError,
    RecursionError, OverflowError,
)  # fmt: skip
_AGAIN = "Ask the source for a whole copy, or save the mail again."

_Item = Member | RecordProblem


class _Folder:
    """One storage of the compound file: its streams by number and type, read when asked for."""

    def __init__(self, file: olefile.OleFileIO, path: tuple[str, ...], names: list[str]) -> None:
        self._file, self._path = file, path
        self._names = {name.upper(): name for name in names}

    def inner(self, names: dict[tuple[str, ...], list[str]], number: int) -> "_Folder | None":
        """The storage that stands for an object, if there is one."""
        name = self._names.get(f"__SUBSTG1.0_{number:04X}{_OBJECT:04X}")
        path = (*self._path, name or "")
        return _Folder(self._file, path, names[path]) if path in names else None

    def is_message(self) -> bool:
        """Whether it has properties, as messages and attachments do."""
        return _PROPERTIES in self._names

    def attachments(self, names: dict[tuple[str, ...], list[str]]) -> Iterator["_Folder"]:
        """The storages of what is attached, in their order."""
        for key in sorted(self._names):
            path = (*self._path, self._names[key])
            if key.startswith(_ATTACHMENT) and path in names:
                yield _Folder(self._file, path, names[path])

    def stream(self, number: int, kind: int) -> bytes | None:
        """A property's bytes. Raises ValueError where there are fewer than the file says."""
        name = self._names.get(f"__SUBSTG1.0_{number:04X}{kind:04X}")
        return self._read(name) if name else None

    def text(self, number: int) -> str:
        """A short text in whatever encoding; empty where there is none."""
        wide = self.stream(number, _TEXT)
        if wide is not None:
            return wide.decode("utf-16-le", "replace").rstrip("\0")
        narrow = self.stream(number, _TEXT_8)
        return decoded_names([narrow.rstrip(b"\0")])[0] if narrow else ""

    def fixed(self, head: int) -> dict[int, bytes]:
        """The eight bytes of each property by its number."""
        data = self._read(self._names[_PROPERTIES])
        return {
            struct.unpack_from("<H", data, at + 2)[0]: data[at + 8 : at + 16]
            for at in range(head, len(data) - 15, 16)
        }

    def _read(self, name: str) -> bytes:
        path = [*self._path, name]
        data: bytes = self._file.openstream(path).read()
        if len(data) < self._file.get_size(path):
            raise ValueError
        return data


def parse_outlook(content: Content, document: Document, media_type: str) -> Iterator[_Item]:
    """Yield the text of a mail and its attachments; of a mail inside it, the same.

    Of a text sent in several forms the richest is given: HTML, RTF, plain. Raises DamagedError
    where the file is broken or holds nothing, LimitError where mails are nested too deep.
    """
    with content.open() as handle:
        try:
            with olefile.OleFileIO(handle) as file:
                names = _names(file)
                root = _Folder(file, (), names.get((), []))
                if not root.is_message():
                    raise ValueError
                reader = _Reader(names, Budget(content.size), _moment(root))
                yield from reader.message(root, 0)
        except _BROKEN:
            raise DamagedError("The Outlook mail is broken or cut off.", _AGAIN) from None
    if not reader.number:
        raise DamagedError("There is no text and no attachment in the mail.", "Open it and look.")


def _names(file: olefile.OleFileIO) -> dict[tuple[str, ...], list[str]]:
    """What each storage holds, by its path."""
    folders = file.listdir(streams=False, storages=True)
    names: dict[tuple[str, ...], list[str]] = {(): [], **{tuple(path): [] for path in folders}}
    for path in (*folders, *file.listdir()):
        names[tuple(path[:-1])].append(path[-1])
    return names


def _moment(root: _Folder) -> str | None:
    """When the mail was sent, else when it came (ISO 8601)."""
    values = root.fixed(_HEADS["message"])
    for number in (_SUBMITTED, _DELIVERED):
        ticks = struct.unpack("<Q", values.get(number, bytes(8)))[0]
        if ticks:
            try:
                when = datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=ticks // 10)
            except OverflowError:
                continue
            return when.replace(microsecond=0).isoformat()
    return None


class _Reader:
    """Walks through a mail and those inside it; ``number`` counts what was there."""

    def __init__(
        self, names: dict[tuple[str, ...], list[str]], budget: Budget, when: str | None
    ) -> None:
        self.number = 0
        self._names, self._budget, self._when = names, budget, when

    def message(self, folder: _Folder, depth: int) -> Iterator[_Item]:
        """The text of one mail and what is attached to it."""
        if depth > _DEEPEST:
            raise LimitError("The mails in the mail are nested too deep.", "Save them as files.")
        try:
            kind, body = _body(folder)
        except _BROKEN:
            yield self._problem("damaged", "(the text of a mail) is broken or cut off.", _AGAIN)
        else:
            if body.strip():
                yield self._member(None, kind, body)
        for attached in folder.attachments(self._names):
            yield from self._attached(attached, depth)

    def _attached(self, folder: _Folder, depth: int) -> Iterator[_Item]:
        self._budget.member()
        inner = folder.inner(self._names, _DATA)
        if inner is not None and inner.is_message():
            yield from self.message(inner, depth + 1)
            return
        try:
            data = folder.stream(_DATA, _BINARY)
            method = struct.unpack_from("<I", folder.fixed(8).get(_METHOD, bytes(4)))[0]
            name = next(filter(None, map(folder.text, _NAMES)), None)
            kind = folder.text(_MIME).lower() or folder.text(_EXTENSION).lower()
        except _BROKEN:
            yield self._problem("damaged", "is broken or cut off.", _AGAIN)
            return
        if data and data.strip():
            yield self._member(name, kind, data)
        elif inner is not None:
            words = "is an object of another program."
            yield self._problem(
                "unsupported", words, "Open the mail and save the object as a file."
            )
        elif method in _ELSEWHERE:
            yield self._problem("link", "was left elsewhere: the mail has its address only.",
                                "Ask the source for the file.")  # fmt: skip
        elif data is None:
            yield self._problem("damaged", "is not there although the mail names it.", _AGAIN)

    def _member(self, name: str | None, kind: str, data: bytes) -> Member:
        self.number += 1
        self._budget.spend(len(data))
        return Member(part_label(name, kind, self.number), (data,), captured_at=self._when)

    def _problem(self, reason: str, words: str, hint: str) -> RecordProblem:
        self.number += 1
        return RecordProblem(None, self.number, reason, f"Part {self.number} {words}", hint)


def _body(folder: _Folder) -> tuple[str, bytes]:
    """The richest form of the text that can be read, with its media type."""
    for kind in (_BINARY, _TEXT_8):
        if (html := folder.stream(_HTML, kind)) and html.strip():
            return "text/html", html
    if (html := folder.stream(_HTML, _TEXT)) and html.strip():
        # The mark outweighs an encoding that the page declares and no longer has.
        return "text/html", codecs.BOM_UTF8 + _as_utf8(html)
    packed = folder.stream(_RTF, _BINARY)
    rich = unpacked_rtf(packed) if packed else b""
    if rich and b"\\fromtext" not in rich[:200]:
        return "application/rtf", rich
    if wide := folder.stream(_PLAIN, _TEXT):
        return "text/plain", _as_utf8(wide)
    return "text/plain", folder.stream(_PLAIN, _TEXT_8) or rich


def _as_utf8(wide: bytes) -> bytes:
    return wide.decode("utf-16-le", "replace").rstrip("\0").encode("utf-8", "replace")
