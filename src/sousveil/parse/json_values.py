"""Splits a document into the JSON values written in it: one a line, or one after the other."""

import re
from collections.abc import Iterator

import msgspec

_SPACE = b" \t\r\n\x1e"
_STRUCTURE = re.compile(rb'"(?:[^"\\]|\\.)*+"|[{}\[\]]', re.DOTALL)


class Value(msgspec.Struct, frozen=True):
    """A JSON Pointer and the raw bytes of the value it points to, not yet checked."""

    pointer: str
    raw: memoryview


class Broken(msgspec.Struct, frozen=True):
    """A value that cannot be read; ``reason`` is a word of ``DocumentError.reason``."""

    pointer: str
    reason: str
    message: str


def split_values(data: bytes) -> Iterator[Value]:
    """Yield the values of ``data``, each with the pointer ``/N``.

    JSON Lines where the first line that is not blank is a whole value or is followed by a line
    that begins one: N counts lines from 0. Otherwise values written one after the other, over as
    many lines as they like: N counts values.
    """
    yield from _lines(data) if _is_lines(data) else _one_after_the_other(data)


def _is_lines(data: bytes) -> bool:
    start = 0
    for _ in range(3):  # a broken first line must not decide
        start, end = _next_line(data, start)
        if start < 0:
            return False
        try:
            msgspec.json.decode(
                memoryview(data)[start:end].tobytes().strip(_SPACE), type=msgspec.Raw
            )
        except (msgspec.DecodeError, RecursionError):
            start = end + 1
        else:
            return True
    return False


def _next_line(data: bytes, start: int) -> tuple[int, int]:
    """Start and end of the next line that is not blank; (-1, -1) at the end of the data."""
    while start < len(data):
        end = data.find(b"\n", start)
        if end < 0:
            end = len(data)
        if data[start : min(end, start + 64)].strip(_SPACE) or data[start:end].strip(_SPACE):
            return start, end
        start = end + 1
    return -1, -1


def _lines(data: bytes) -> Iterator[Value]:
    view = memoryview(data)
    start, number = 0, 0
    while start < len(data):
        end = data.find(b"\n", start)
        if end < 0:
            end = len(data)
        line = data[start:end].strip(_SPACE)
        if line:
            offset = data.index(line, start)
            yield Value(f"/{number}", view[offset : offset + len(line)])
        number += 1
        start = end + 1


def _one_after_the_other(data: bytes) -> Iterator[Value]:
    view = memoryview(data)
    depth, start, number, last = 0, 0, 0, 0
    for match in _STRUCTURE.finditer(data):
        mark = match[0]
        if mark in (b"{", b"["):
            if depth == 0:
                start = match.start()
            depth += 1
        elif mark in (b"}", b"]") and depth:
            depth -= 1
            if depth == 0:
                last = match.end()
                yield Value(f"/{number}", view[start:last])
                number += 1
    if depth:
        yield Value(f"/{number}", view[start:])
