"""Files handed over by a form (multipart/form-data, RFC 7578), straight to the disk as they come.

The secret of the room's forms must be the first part: nothing is kept before it was seen.
"""

from contextlib import ExitStack

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from sousveil.case.incoming import Incoming, Receiving
from sousveil.web.door import Door
from sousveil.web.forms import FIELD

_LONGEST_SECRET = 200
_LONGEST_HEADER = 16_384
"""Bytes of a part's header: a browser names a file by all folders it lies in."""


async def receive(request: Request, door: Door, incoming: Incoming) -> int:
    """Keep the files of a form in ``incoming``; returns how many.

    Raises HTTPException 403 where it does not come from a page of the room and 400 where it is no
    such form, UsageError where a file is too large, StorageError where the disk is full. A file
    that does not come whole is not kept.
    """
    kind, options = parse_options_header(request.headers.get("content-type"))
    boundary = options.get(b"boundary")
    if kind != b"multipart/form-data" or not boundary:
        raise HTTPException(400)
    with ExitStack() as opened:
        form = _Form(door, incoming, opened)
        try:
            parser = _parser(boundary, form)
            async for chunk in request.stream():
                # Writing, and comparing with what is there, takes time: others are answered.
                await run_in_threadpool(parser.write, chunk)
        except (FormParserError, ClientDisconnect) as error:
            raise HTTPException(400) from error
    if not form.own:
        raise HTTPException(403)
    if not form.whole:
        raise HTTPException(400)
    return form.files


def _parser(boundary: bytes, form: "_Form") -> MultipartParser:
    return MultipartParser(
        boundary,
        {
            "on_part_begin": form.begin,
            "on_header_field": form.header_name,
            "on_header_value": form.header_value,
            "on_header_end": form.header_end,
            "on_headers_finished": form.headers_end,
            "on_part_data": form.data,
            "on_part_end": form.end,
            "on_end": form.close,
        },
        max_header_size=_LONGEST_HEADER,
    )


class _Form:
    """The parts of a form, as the parser comes by them."""

    def __init__(self, door: Door, incoming: Incoming, opened: ExitStack) -> None:
        self.own = False
        """Whether the secret was seen."""
        self.whole = False
        """Whether its end came."""
        self.files = 0
        self._door, self._incoming, self._opened = door, incoming, opened
        self.begin()

    def begin(self) -> None:
        self._name = self._value = self._disposition = self._field = self._secret = b""
        self._file: Receiving | None = None

    def header_name(self, data: bytes, start: int, end: int) -> None:
        self._name += data[start:end]

    def header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def header_end(self) -> None:
        if self._name.lower() == b"content-disposition":
            self._disposition = self._value
        self._name = self._value = b""

    def headers_end(self) -> None:
        _, options = parse_options_header(self._disposition)
        self._field = options.get(b"name", b"")
        name = options.get(b"filename", b"").decode("utf-8", "replace")
        if name:  # a form without a file chosen has a part without a name
            if not self.own:
                raise HTTPException(403)
            self._file = self._opened.enter_context(self._incoming.receiving(name))

    def data(self, data: bytes, start: int, end: int) -> None:
        if self._file is not None:
            self._file.write(data[start:end])
        elif self._field == FIELD.encode() and len(self._secret) < _LONGEST_SECRET:
            self._secret += data[start:end]

    def end(self) -> None:
        if self._file is not None:
            self._file.keep()
            self._opened.pop_all().close()
            self.files += 1
        elif self._field == FIELD.encode():
            self.own = self._door.is_own_form(self._secret.decode("latin-1"))

    def close(self) -> None:
        self.whole = True
