"""JSON documents: each record is one page, its text the record's raw slice of the file.

Read are single values (packages, records, releases, arrays, plain objects), JSON Lines and values
written one after the other; slips that leave no doubt (NaN, raw tabs in strings) cost nothing.
Slices are views into the document's bytes; only one record at a time becomes text.
"""

import re
from collections.abc import Generator, Iterator

import msgspec

from sousveil.errors import DamagedError, LimitError
from sousveil.model import Document, ParsedPage
from sousveil.parse.content import SMALL, Content
from sousveil.parse.encoding import decode
from sousveil.parse.json_lenient import in_file, mended
from sousveil.parse.json_slices import slices
from sousveil.parse.json_values import Broken, Value, is_lines, salvage, split_values
from sousveil.parse.problem import RecordProblem

VERSION = 2
_MOST_BYTES = 32 << 20
"""The largest record that becomes a page."""

_MOST_BROKEN = 1000
"""Broken values without a good one before a document counts as no JSON at all."""

_SAMPLE = 1 << 20
_BLOCK = 32 << 20
_OFFSET = re.compile(r"\(byte (\d+)\)")
_WHITE = " \t\r\n\x1e"
_SPACE = _WHITE.encode()
_TOO_DEEP = "it is nested deeper than any procurement record"
_MEND = "Ask the source for a whole copy, or add a repaired one."


def parse_json(
    data: bytes, document: Document, media_type: str
) -> Iterator[ParsedPage | RecordProblem]:
    """Yield a page for each record, and a problem for each that cannot be read.

    ``pointer`` is the JSON Pointer into the document; where it holds several values (JSON Lines,
    values one after the other), the first part counts values from 0: lines, blank ones too, where
    each has one line. Raises DamagedError where nothing in it is JSON, LimitError where a single
    value is nested too deep.
    """
    data = _as_utf8(data)
    for number, found in enumerate(_found(data), start=1):
        if isinstance(found, Broken):
            yield RecordProblem(found.pointer, number, found.reason, found.message, _MEND)
        else:
            yield _page(found, number, document, media_type)


def parse_json_file(
    content: Content, document: Document, media_type: str, block: int = _BLOCK
) -> Iterator[ParsedPage | RecordProblem]:
    """``parse_json`` of a document of any size: JSON Lines beyond SMALL are read block by block.

    Pointers and numbers are those of the whole. Raises as ``parse_json``; a block in which nothing
    is JSON is a problem there.
    """
    if content.size <= SMALL or media_type != "application/x-ndjson":
        yield from parse_json(content.whole(), document, media_type)
        return
    line = number = 0
    with content.open() as file:
        while data := file.read(block):
            data += file.readline()
            try:
                for item in parse_json(data, document, media_type):
                    number += 1
                    pointer = _shifted(item.pointer, line)
                    yield msgspec.structs.replace(item, number=number, pointer=pointer)
            except DamagedError as error:
                number += 1
                yield RecordProblem(f"/{line}", number, error.reason, error.message, error.hint)
            line += data.count(b"\n")


def _shifted(pointer: str | None, lines: int) -> str:
    """The pointer of a record in the file, from the one in a block that begins after ``lines``."""
    first, slash, rest = (pointer or "/0").removeprefix("/").partition("/")
    if not first.isdecimal():  # the block is one line
        return f"/{lines}{pointer or ''}"
    return f"/{int(first) + lines}{slash}{rest}"


def _page(
    found: Value, number: int, document: Document, media_type: str
) -> ParsedPage | RecordProblem:
    size = len(memoryview(found.raw))
    if size > _MOST_BYTES:
        message = f"Record {number} has {size:,} bytes; {_MOST_BYTES:,} is the most."
        return RecordProblem(found.pointer, number, LimitError.reason, message, "Split the file.")
    try:
        text = str(found.raw, "utf-8").strip(_WHITE)
    except UnicodeDecodeError as error:
        message = f"Record {number} is not UTF-8: byte {error.start:,} of the record."
        return RecordProblem(found.pointer, number, DamagedError.reason, message, _MEND)
    return ParsedPage(
        document_sha256=document.sha256,
        number=number,
        text=text,
        obtained="record",
        media_type=media_type,
        pointer=found.pointer,
    )


def _found(data: bytes) -> Iterator[Value | Broken]:
    try:
        yield from _values(data)
    except msgspec.DecodeError as error:
        yield from _several(data, error)
    except RecursionError:
        raise LimitError(f"The JSON cannot be read: {_TOO_DEEP}.", _MEND) from None


def _values(data: bytes, pointer: str = "") -> Iterator[Value]:
    """The records of one JSON value; one with slips is read as it was meant. Raises as slices."""
    try:
        for place, raw in slices(data, pointer):
            yield Value(place, memoryview(raw))
    except msgspec.DecodeError:
        shadow = mended(data)
        if shadow == data:
            raise
        after = 0
        for place, raw in slices(shadow, pointer):
            part, after = in_file(data, shadow, bytes(memoryview(raw)), after)
            yield Value(place, part)


def _several(data: bytes, error: msgspec.DecodeError) -> Iterator[Value | Broken]:
    """The values of a document that is not one whole value; raises if none can be read."""
    if "trailing characters" in str(error) or is_lines(data):
        good = yield from _good_ones(split_values(data))
        if good:
            return
    good = yield from _good_ones(salvage(data))
    if not good:
        raise _damaged(data, error) from None


def _good_ones(values: Iterator[Value]) -> Generator[Value | Broken, None, bool]:
    """Records of values, broken ones too, as soon as one is good; returns whether any was."""
    good = False
    waiting: list[Broken] = []
    for value in values:
        for found in _of_value(value):
            if isinstance(found, Value):
                if not good:
                    good = True
                    yield from waiting
                yield found
            elif good:
                yield found
            elif len(waiting) < _MOST_BROKEN:
                waiting.append(found)
            else:
                return False
    return good


def _of_value(value: Value) -> Iterator[Value | Broken]:
    raw = bytes(value.raw)
    if raw.lstrip(_SPACE)[:1] not in (b"{", b"["):
        message = f"Value {value.pointer[1:]} is not a JSON object or array."
        yield Broken(value.pointer, DamagedError.reason, message)
        return
    try:
        yield from _values(raw, value.pointer)
    except msgspec.DecodeError as error:
        where = _offset(error, raw)
        message = f"Value {value.pointer[1:]} is broken JSON at its byte {where:,}."
        yield Broken(value.pointer, DamagedError.reason, message)
    except RecursionError:
        message = f"Value {value.pointer[1:]} cannot be read: {_TOO_DEEP}."
        yield Broken(value.pointer, LimitError.reason, message)


def _damaged(data: bytes, error: msgspec.DecodeError) -> DamagedError:
    offset = _offset(error, data)
    line = data.count(b"\n", 0, offset) + 1
    if offset >= len(data.rstrip(_SPACE)):
        what = f"ends early, at byte {len(data):,} (line {line:,})"
    else:
        what = f"is broken at byte {offset:,} (line {line:,})"
    return DamagedError(f"The JSON {what}.", _MEND)


def _offset(error: msgspec.DecodeError, data: bytes) -> int:
    """Where decoding stopped; the end where msgspec says no more than "truncated"."""
    match = _OFFSET.search(str(error))
    return int(match[1]) if match else len(data)


def _as_utf8(data: bytes) -> bytes:
    """The document in UTF-8 without a mark: as given where it is, else written anew."""
    if data.startswith(b"\xef\xbb\xbf"):
        return data[3:]
    sample = data[:_SAMPLE]
    try:
        sample.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.end < len(sample) or error.reason != "unexpected end of data":
            return decode(data).text.encode("utf-8", "replace")
    if b"\0" in sample[:64]:
        return decode(data).text.encode("utf-8", "replace")
    return data
