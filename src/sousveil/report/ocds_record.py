"""The record of an OCDS process: its releases, and the compiled release that they come to."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Part = dict[str, Any]
_CALLS = frozenset(("tender", "tenderAmendment", "tenderCancellation"))


def record_of(releases: Sequence[Part]) -> Part:
    """The record of a process, of its releases by date: what is told of one thing in several of
    them is merged as the standard merges releases, but a party keeps every role that it had."""
    last = releases[-1]
    compiled: Part = {
        "ocid": last["ocid"],
        "id": f"{last['ocid']}-{last['date']}",
        "date": last["date"],
        "tag": ["compiled"],
        "initiationType": "tender",
        "parties": _merged(p for release in releases for p in release.get("parties", ())),
    }
    for name in ("buyer", "planning", "tender", "awards", "contracts"):
        for release in releases:
            if name in release:
                compiled[name] = _later(compiled.get(name), release[name])
    if not _is_cancelled(releases):
        compiled.get("tender", {}).pop("status", None)
    names = {party["id"]: party["name"] for party in compiled["parties"]}
    return {
        "ocid": last["ocid"],
        "releases": list(releases),
        "compiledRelease": _renamed({k: v for k, v in compiled.items() if v}, names),
    }


def _later(before: Any, after: Any) -> Any:
    """What two releases come to, by the standard's rules of merging: keys of objects each for
    itself, elements of lists by their ids, else what was said last."""
    if isinstance(before, dict) and isinstance(after, dict):
        return {**before, **{key: _later(before.get(key), one) for key, one in after.items()}}
    lists = isinstance(before, list) and isinstance(after, list)
    if not lists or not all(isinstance(one, dict) and "id" in one for one in (*before, *after)):
        return after
    found = {one["id"]: one for one in before}
    for one in after:
        found[one["id"]] = _later(found.get(one["id"]), one)
    return list(found.values())


def _is_cancelled(releases: Sequence[Part]) -> bool:
    """Whether the last notice of a call cancels it: what was cancelled may be called again."""
    calls = [tag for release in releases for tag in release["tag"] if tag in _CALLS]
    return bool(calls) and calls[-1] == "tenderCancellation"


def _renamed(part: Any, names: Mapping[str, str]) -> Any:
    """With the one name of each party wherever it is referred to."""
    if isinstance(part, list):
        return [_renamed(one, names) for one in part]
    if not isinstance(part, dict):
        return part
    told = {key: _renamed(one, names) for key, one in part.items()}
    return (
        {**told, "name": names[part["id"]]} if "name" in part and part.get("id") in names else told
    )


def _merged(parties: Iterable[Part]) -> list[Part]:
    """Each organisation once, as it was told last, with every role it had."""
    found: dict[str, Part] = {}
    for party in parties:
        roles = found[party["id"]]["roles"] if party["id"] in found else []
        found[party["id"]] = {**party, "roles": sorted({*roles, *party["roles"]})}
    return list(found.values())
