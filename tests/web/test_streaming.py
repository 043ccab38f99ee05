"""Downloads that are sent while they are written: whole, or visibly broken off."""

import asyncio
import gc
from collections.abc import Callable
from threading import Event
from typing import BinaryIO

import pytest
from starlette.responses import StreamingResponse

from sousveil.errors import UsageError
from sousveil.web.streaming import download

LARGE = b"0123456789" * 100_000


def sent(answer: StreamingResponse) -> bytes:
    async def all_of_it() -> bytes:
        return b"".join([bytes(piece) async for piece in answer.body_iterator])  # type: ignore[arg-type]

    return asyncio.run(all_of_it())


def writing(*pieces: bytes, after: Callable[[], None] = lambda: None) -> Callable[[BinaryIO], None]:
    def write(out: BinaryIO) -> None:
        for piece in pieces:
            out.write(piece)
        after()

    return write


@pytest.mark.parametrize("pieces", [(), (b"",), (b"a",), (LARGE,), (b"a", LARGE, b"b")])
def test_all_that_is_written_is_sent(pieces: tuple[bytes, ...]) -> None:
    answer = download(writing(*pieces), "a.csv", "text/csv")
    assert answer.headers["content-disposition"] == 'attachment; filename="a.csv"'
    assert sent(answer) == b"".join(pieces)


def broken() -> None:
    raise UsageError("It cannot be had.")


def test_what_fails_at_once_is_told() -> None:
    with pytest.raises(UsageError):
        download(writing(after=broken), "a.csv", "text/csv")


def test_what_fails_later_breaks_off() -> None:
    answer = download(writing(LARGE, after=broken), "a.csv", "text/csv")
    with pytest.raises(UsageError):
        sent(answer)


def test_the_writer_ends_once_nobody_wants_more() -> None:
    over = Event()

    def write(out: BinaryIO) -> None:
        try:
            while True:
                out.write(LARGE)
        finally:
            over.set()

    answer = download(write, "a.csv", "text/csv")
    del answer
    gc.collect()
    assert over.wait(60)
