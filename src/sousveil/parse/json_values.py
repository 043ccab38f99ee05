"""Splits a document into the JSON values written in it: one a line, or one after the other."""

import re
from collections.abc import Iterator

import msgspec

_skip = msgspec.json.Decoder(msgspec.Raw)
_LINES_TRIED = 10
_LISTS = (b'"releases"', b'"records"')
_SPACE = b" \t\r\n\x1e"
_BETWEEN = _SPACE + b","
_STRUCTURE = re.compile(rb'"(?:[^"\\]++|\\.)*(?:"|\\?\Z)|[{}\[\]]', re.DOTALL)


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

    JSON Lines where the first line, or half of the first lines, are whole values: N counts lines
    from 0. Otherwise values written one after the other, over as many lines as they like: N counts
    values, and whatever else stands between them.
    """
    yield from _lines(data) if is_lines(data) else _one_after_the_other(data)


def is_lines(data: bytes) -> bool:
    """Whether the first line, or half of the first lines, are whole values."""
    good, lines, start = 0, 0, 0  # several are tried: one that is broken must not decide
    while lines < _LINES_TRIED:
        start, end = _next_line(data, start)
        if start < 0:
            break
        lines += 1
        try:
            _skip.decode(data[start:end].strip(_SPACE))
        except (msgspec.DecodeError, RecursionError):
            pass
        else:
            good += 1 if lines > 1 else _LINES_TRIED
        start = end + 1
    return lines > 1 and 2 * good >= lines


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
                if data[last:start].strip(_BETWEEN):
                    yield Value(f"/{number}", view[last:start])
                    number += 1
            depth += 1
        elif mark in (b"}", b"]") and depth:
            depth -= 1
            if depth == 0:
                last = match.end()
                yield Value(f"/{number}", view[start:last])
                number += 1
    if depth or data[last:].strip(_BETWEEN):
        yield Value(f"/{number}", view[start if depth else last :])


def salvage(data: bytes) -> Iterator[Value]:
    """Yield the elements of a broken array, or of a broken package's releases and records.

    The last one may be cut off, and any may be what is broken; where brackets do not match, all
    that follows is one element. Pointers are those the elements have in the whole document.
    """
    view = memoryview(data)
    depth, start, index = 0, -1, 0
    listed, inside = b"", -1  # the key last seen among a package's, and the depth of its list
    for match in _STRUCTURE.finditer(data):
        mark = match[0]
        if mark in (b"{", b"["):
            depth += 1
            if depth == inside + 1 and inside > 0:
                start = match.start()
            elif mark == b"[" and (depth == 1 or (depth == 2 and listed)):
                inside, index = depth, 0
        elif mark in (b"}", b"]"):
            if depth == inside + 1 and start >= 0:
                yield Value(_element(listed, inside, index), view[start : match.end()])
                start, index = -1, index + 1
            elif depth == inside:
                inside, listed = -1, b""
            depth -= 1
        elif depth == 1 and inside < 0:
            listed = mark if mark in _LISTS else b""
    if start >= 0:
        yield Value(_element(listed, inside, index), view[start:])


def _element(listed: bytes, inside: int, index: int) -> str:
    return f"/{index}" if inside == 1 else f"/{listed[1:-1].decode()}/{index}"
