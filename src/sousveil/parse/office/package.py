"""The ZIP package around an office file, and its XML parts as a stream of events.

The parts are read by ``parse/expat.py``: no document types, no entities.
"""

import zipfile
from collections.abc import Callable, Iterator, Mapping
from xml.parsers import expat

from sousveil.errors import DamagedError, EncryptedError, LimitError
from sousveil.parse.containers.limits import FREE_BYTES, MOST_RATIO
from sousveil.parse.containers.zips import BROKEN
from sousveil.parse.content import Content
from sousveil.parse.expat import Depth, local, reader

_MOST_PART = 256 << 20
_CHUNK = 1 << 16
_DEEPEST = 2_000
_AGAIN = "Open it, save it anew, and add that."

Start = Callable[[str, Mapping[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


class Package:
    """An office file that is a ZIP package. Raises DamagedError, EncryptedError or LimitError."""

    def __init__(self, content: Content) -> None:
        try:
            self._zip = zipfile.ZipFile(content.open())
        except BROKEN:
            raise damaged() from None
        entries = self._zip.infolist()
        if sum(entry.file_size for entry in entries) > max(FREE_BYTES, MOST_RATIO * content.size):
            raise LimitError("The file unpacks to far more than its size explains.", _AGAIN)
        if any(entry.flag_bits & 1 for entry in entries):
            raise EncryptedError("The file needs a password.", "Save a copy without it.")
        self.names = frozenset(entry.filename for entry in entries)

    def read(self, name: str, start: Start, end: End, text: Text) -> None:
        """Send the events of an XML part. Names come without their namespace's address."""
        depth = Depth(
            lambda tag, attributes: start(
                local(tag), {local(key): value for key, value in attributes.items()}
            ),
            lambda tag: end(local(tag)),
            _DEEPEST,
            LimitError("The parts of the file are nested too deep.", _AGAIN),
        )
        has_type = DamagedError(
            "The file has a document type, which no office program writes.", _AGAIN
        )
        parser = reader(depth.start, depth.end, text, has_type=has_type)
        try:
            for chunk in self._chunks(name):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except expat.ExpatError:
            raise damaged() from None

    def _chunks(self, name: str) -> Iterator[bytes]:
        size = 0
        try:
            with self._zip.open(name) as file:
                while chunk := file.read(_CHUNK):
                    size += len(chunk)
                    if size > _MOST_PART:
                        raise LimitError("A part of the file is too large.", _AGAIN)
                    yield chunk
        except (KeyError, *BROKEN):
            raise damaged() from None


def damaged() -> DamagedError:
    """The error of an office file that cannot be opened."""
    return DamagedError("The office file is broken or cut off.", _AGAIN)
