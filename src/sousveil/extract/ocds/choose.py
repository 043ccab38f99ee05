"""Choose what a record says in the end: one plain release out of a release or a record.

Records: the compiled release where there is one; else the releases they embed, merged by the
standard's rules (https://standard.open-contracting.org/1.1/en/schema/merging/) as far as a reader
needs them; else the versioned release's last values. Releases that are only linked say nothing.
"""

import msgspec

from sousveil.extract.ocds.reader import Reader
from sousveil.extract.record_scan import Members, Node

_DEEPEST = 40  # nesting beyond this is no release
_LINK_ONLY = frozenset({"url", "date", "tag", "id", "name"})
_VERSION_KEYS = ("releaseID", "releaseDate", "releaseTag")


class Chosen(msgspec.Struct, frozen=True):
    """The release to read, and whether it states how things stood in the end (``compiled``).

    ``first_date`` is the earliest release's date node where the record shows several.
    """

    release: Members
    compiled: bool
    first_date: Node | None = None


def choose(reader: Reader, root: Members) -> Chosen | None:
    """The release to read; None where the object only points to releases elsewhere."""
    embedded = [r for r in reader.objects(root, "releases") if not r.keys() <= _LINK_ONLY]
    embedded.sort(key=lambda release: _date_key(reader, release))
    first = embedded[0].get("date") if len(embedded) > 1 else None
    compiled = root.get("compiledRelease")
    if isinstance(compiled, dict) and compiled:
        return Chosen({"ocid": root["ocid"], **compiled}, True, first)
    if len(embedded) == 1:
        return Chosen({"ocid": root["ocid"], **embedded[0]}, False)
    if embedded:
        return Chosen(_merged(reader, [{"ocid": root["ocid"]}, *embedded]), True, first)
    versioned = root.get("versionedRelease")
    if isinstance(versioned, dict) and versioned:
        return _latest(reader, {"ocid": root["ocid"], **versioned})
    if "releases" in root or "compiledRelease" in root or "versionedRelease" in root:
        return None
    # A look at the text first: it is quick, and hardly any record is versioned.
    if '"releaseTag"' in reader.text and _is_versioned(root):
        return _latest(reader, root)
    return Chosen(root, False)


def _date_key(reader: Reader, release: Members) -> str:
    return reader.plain(release.get("date")) or ""


def _merged(reader: Reader, releases: list[Members]) -> Members:
    merged: Members = {}
    for release in releases:
        merged = _merge_objects(reader, merged, release, 0)
    return merged


def _merge_objects(reader: Reader, old: Members, new: Members, depth: int) -> Members:
    """Later members replace earlier ones, null removes them, objects are merged in turn."""
    if depth > _DEEPEST:
        return new
    merged = dict(old)
    for name, node in new.items():
        before = merged.get(name)
        if reader.is_null(node):
            merged.pop(name, None)
        elif isinstance(node, dict) and isinstance(before, dict):
            merged[name] = _merge_objects(reader, before, node, depth + 1)
        elif isinstance(node, list) and isinstance(before, list):
            merged[name] = _merge_arrays(reader, before, node, depth + 1)
        else:
            merged[name] = node
    return merged


def _merge_arrays(reader: Reader, old: list[Node], new: list[Node], depth: int) -> list[Node]:
    """Objects with an id are merged by it; any other array is replaced whole."""
    by_id: dict[str, Node] = {}
    for item in (*old, *new):
        key = reader.plain(item.get("id")) if isinstance(item, dict) else None
        if key is None or not isinstance(item, dict):
            return new
        before = by_id.get(key)
        by_id[key] = (
            _merge_objects(reader, before, item, depth) if isinstance(before, dict) else item
        )
    return list(by_id.values())


def _is_version_list(node: Node) -> bool:
    return (
        isinstance(node, list)
        and bool(node)
        and all(
            isinstance(item, dict)
            and any(key in item for key in _VERSION_KEYS)
            and item.keys() <= {*_VERSION_KEYS, "value"}
            for item in node
        )
    )


def _is_versioned(root: Members) -> bool:
    return any(
        _is_version_list(node)
        or (isinstance(node, dict) and any(_is_version_list(member) for member in node.values()))
        for node in root.values()
    )


def _day(dated: tuple[str, Node]) -> str:
    return dated[0]


def _latest(reader: Reader, versioned: Members) -> Chosen:
    """A versioned release with each list of versions replaced by its last value.

    It has no date of its own: the last and the first of its versions' dates stand in.
    """
    dates: list[tuple[str, Node]] = []
    release = {
        name: value
        for name, member in versioned.items()
        if (value := _latest_of(reader, member, dates, 0)) is not None
    }
    if not dates:
        return Chosen(release, True)
    (first_day, first), (last_day, last) = min(dates, key=_day), max(dates, key=_day)
    release.setdefault("date", last)
    return Chosen(release, True, first if first_day < last_day else None)


def _latest_of(
    reader: Reader, node: Node, dates: list[tuple[str, Node]], depth: int
) -> Node | None:
    if isinstance(node, tuple) or depth > _DEEPEST:
        return node
    if isinstance(node, dict):
        return {
            name: value
            for name, member in node.items()
            if (value := _latest_of(reader, member, dates, depth + 1)) is not None
        }
    if not _is_version_list(node):
        items = (_latest_of(reader, item, dates, depth + 1) for item in node)
        return [item for item in items if item is not None]
    versions: list[tuple[str, int, Node | None]] = []
    for position, version in enumerate(node):
        if isinstance(version, dict):
            day = reader.plain(version.get("releaseDate")) or ""
            versions.append((day, position, version.get("value")))
            leaf = version.get("releaseDate")
            if day and isinstance(leaf, tuple):
                dates.append((day, leaf))
    return max(versions, key=lambda each: each[:2])[2]
