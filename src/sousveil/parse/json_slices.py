"""Finds the records inside a JSON value and gives each as its raw slice with a JSON Pointer.

A record is an OCDS release or record, an element of an array of objects, or else the whole value.
Rules of OCDS 1.0 and 1.1: a release package holds ``releases``, a record package ``records``; a
record carries an ``ocid`` beside its ``releases`` or ``compiledRelease`` and stays whole.
"""

from collections.abc import Iterator

import msgspec
from msgspec import UNSET, Raw, UnsetType

# fmt: off
_ENVELOPES = frozenset((
    "data", "result", "results", "records", "rows", "list", "hits", "docs", "datalist", "response",
    "resultlist", "pagedata", "notices", "tenders", "announcements", "contracts", "releases",
))
# fmt: on
"""Keys under which an API wraps a list of records; compared in lower case."""

_OWN_NAMES = frozenset(("title", "name", "id", "ocid", "tender", "projectname", "标题", "项目名称"))
"""A value with one of these keys is itself a record, not the envelope of others."""

_MOST_BESIDE = 2000
"""Bytes that any other value of an envelope may have: page counts, messages, categories."""

_ENVELOPES_DEEP = 3


class _Top(msgspec.Struct):
    """The keys that tell what an object is; none of the values is decoded."""

    ocid: Raw | UnsetType = UNSET
    releases: Raw | UnsetType = UNSET
    records: Raw | UnsetType = UNSET
    uri: Raw | UnsetType = UNSET
    published: Raw | UnsetType = msgspec.field(name="publishedDate", default=UNSET)
    publisher: Raw | UnsetType = UNSET
    version: Raw | UnsetType = UNSET
    compiled: Raw | UnsetType = msgspec.field(name="compiledRelease", default=UNSET)


_top = msgspec.json.Decoder(_Top)
_items = msgspec.json.Decoder(list[Raw])
_members = msgspec.json.Decoder(dict[str, Raw])
_anything = msgspec.json.Decoder(Raw)

Slice = tuple[str, Raw | bytes]
"""A JSON Pointer and the raw bytes it points to."""


def slices(value: Raw | bytes, pointer: str = "") -> Iterator[Slice]:
    """Yield the records in a JSON value, in the order of the file.

    Raises msgspec.DecodeError where the value is broken JSON, RecursionError where it is nested
    too deep; both before the first record is given.
    """
    kind = _first(value)
    if kind == b"[":
        yield from _array(value, pointer)
    elif kind == b"{":
        yield from _object(value, pointer)
    else:
        yield pointer, _anything.decode(value)


def _array(value: Raw | bytes, pointer: str) -> Iterator[Slice]:
    items = _items.decode(value)
    if not any(_first(item) == b"{" for item in items):
        yield pointer, value
        return
    for index, item in enumerate(items):
        place = f"{pointer}/{index}"
        if _first(item) == b"{":
            yield from _object(item, place, envelopes=_ENVELOPES_DEEP)
        else:
            yield place, item


def _object(value: Raw | bytes, pointer: str, envelopes: int = 0) -> Iterator[Slice]:
    top = _top.decode(value)
    lists = [
        (f"{pointer}/{key}", _items.decode(held))
        for key, held in (("releases", top.releases), ("records", top.records))
        if not isinstance(held, UnsetType) and _first(held) == b"["
    ]
    if top.ocid is not UNSET or top.compiled is not UNSET:
        yield pointer, value  # a release, or a record with its releases
        return
    described = any(
        held is not UNSET for held in (top.uri, top.published, top.publisher, top.version)
    )
    lists = [(place, items) for place, items in lists if described or _of_ocds(items)]
    if any(items for _, items in lists):
        for place, items in lists:
            for index, item in enumerate(items):
                yield f"{place}/{index}", item
        return
    inner = _enveloped(value, pointer) if envelopes < _ENVELOPES_DEEP else None
    if inner is None:
        yield pointer, value
        return
    place, held = inner
    if _first(held) == b"{":
        yield from _object(held, place, envelopes + 1)
    else:
        yield from _array(held, place)


def _of_ocds(items: list[Raw]) -> bool:
    first = next((item for item in items if _first(item) == b"{"), None)
    return first is not None and _top.decode(first).ocid is not UNSET


def _enveloped(value: Raw | bytes, pointer: str) -> Slice | None:
    """The one array or object that an API response wraps, if the value is such a response."""
    members = _members.decode(value)
    if any(key.lower() in _OWN_NAMES for key in members):
        return None
    held = [
        key for key, raw in members.items() if key.lower() in _ENVELOPES and _first(raw) in b"[{"
    ]
    if len(held) != 1:
        return None
    for key, raw in members.items():
        if key != held[0] and len(memoryview(raw)) > _MOST_BESIDE:
            return None
    inner = members[held[0]]
    if _first(inner) == b"[" and not any(_first(item) == b"{" for item in _items.decode(inner)):
        return None
    escaped = held[0].replace("~", "~0").replace("/", "~1")
    return f"{pointer}/{escaped}", inner


def _first(value: Raw | bytes) -> bytes:
    """The first byte that is not white space."""
    view = memoryview(value)
    if len(view) and view[0] > 32:
        return bytes(view[:1])
    return bytes(view[:4096]).lstrip()[:1] or bytes(view).lstrip()[:1]
