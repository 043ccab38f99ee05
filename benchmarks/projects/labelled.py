"""The notices of benchmarks/labels/projects as a case has them, with their groups."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.model import NoticeKey

LABELS = Path(__file__).resolve().parents[1] / "labels" / "projects"


class Labelled(msgspec.Struct, frozen=True):
    """Keys of the labelled records, and by notice id their group, their group of copies, and which
    record they repeat word for word (the same id in another file: the first of them)."""

    keys: tuple[NoticeKey, ...]
    project: Mapping[str, str]
    copies: Mapping[str, str]
    repeats: Mapping[str, str]
    unsure: tuple[tuple[str, str], ...]
    source: Mapping[str, str]


def sources() -> list[str]:
    """The labelled files, below ../shared/data."""
    return sorted({n["source"] for name in ("groups", "duplicates") for n in _notices(name)})


def labelled(case: Path, data: Path) -> Labelled:
    """The labels on the notices of a case that was made of ``sources``."""
    digests = {s: hashlib.sha256((data / s).read_bytes()).hexdigest() for s in sources()}
    with connect(Case.open(case)) as connection:
        rows = connection.execute(
            "SELECT document_sha256, page, notice_id, key FROM notices"
        ).fetchall()
    at = {(sha256, page): notice_id for sha256, page, notice_id, _ in rows}
    keys = tuple(msgspec.json.decode(key, type=NoticeKey) for *_, key in rows)

    def ids(line: dict[str, list[dict[str, object]]]) -> list[str]:
        return [
            at[digests[str(n["source"])], n["page"]]
            for n in line["notices"]
            if (digests[str(n["source"])], n["page"]) in at
        ]

    project = {i: str(line["group"]) for line in _lines("groups") for i in ids(line)}
    copies = {i: str(line["group"]) for line in _lines("duplicates") for i in ids(line)}
    repeated = [ids(line) for line in _lines("duplicates") if line["kind"] == "repeated"]
    repeats = {i: found[0] for found in repeated for i in found[1:]}
    unsure = [ids(line) for line in _lines("unsure")]
    pairs = [(a, b) for found in unsure for n, a in enumerate(found) for b in found[n + 1 :]]
    named = {digest: source.split("/")[0] for source, digest in digests.items()}
    source = {notice_id: named[sha256] for sha256, _, notice_id, _ in rows}
    return Labelled(keys, project, copies, repeats, tuple(pairs), source)


def _notices(name: str) -> Iterator[dict[str, str]]:
    for line in _lines(name):
        yield from line["notices"]


def _lines(name: str) -> Iterator[dict]:
    with (LABELS / f"{name}.jsonl").open(encoding="utf-8") as file:
        yield from map(json.loads, file)
