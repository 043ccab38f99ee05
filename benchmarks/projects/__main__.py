"""Projects and copies against groups labelled by hand: pairwise precision and recall.

    python -m benchmarks.projects [--errors] [--keep] [--generated PROCUREMENTS | --families]

The labelled records of ../shared/data go the whole way (``sousveil review``, the case's tables).
Projects are scored over notices that are no copies of each other: of a copied notice the first
record counts, else repeated records would weigh most. ``benchmarks/labels/projects`` says who
labelled them and what is weak about them. ``--generated`` measures a made collection with known
truth instead (``generated``), totals of money and seconds too; ``--families`` the invented families
of notices (``families``), of which one half is never read for errors.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations
from pathlib import Path

import msgspec

from benchmarks.accuracy import REPOSITORY
from benchmarks.accuracy_case import sousveil
from benchmarks.measure import keep
from benchmarks.organisations.__main__ import scored
from benchmarks.projects import families
from benchmarks.projects.generated import collection
from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.resolve import resolve
from sousveil.resolve.member import Member
from sousveil.resolve.projects import summarise

LABELS = Path(__file__).resolve().parents[1] / "labels" / "projects"
Record = tuple[str, int]
"""The file below ../shared/data and the number of the record in it, from 1."""


def main() -> int:
    """Measure and print; exit code 2 where the records are not there."""
    parser = argparse.ArgumentParser(prog="projects", description=__doc__)
    shared = Path(os.environ.get("SOUSVEIL_SHARED", REPOSITORY.parent / "shared"))
    parser.add_argument("--data", type=Path, default=shared / "data")
    parser.add_argument("--errors", action="store_true", help="list pairs that differ")
    parser.add_argument("--keep", action="store_true", help="write the figures to results")
    parser.add_argument("--generated", type=int, default=0, metavar="PROCUREMENTS")
    parser.add_argument("--families", action="store_true")
    options = parser.parse_args()
    if options.families:
        figures = {part: families.figures(part) for part in families.PARTS}
        print(json.dumps(figures, indent=1))
        if options.errors:
            print(*families.errors(), sep="\n")
        if options.keep:
            keep(figures, "projects-families")
        return 0
    if options.generated:
        figures = {"generated": made(options.generated)}
        print(json.dumps(figures, indent=1))
        if options.keep:
            keep(figures, "projects-generated")
        return 0
    if not options.data.is_dir():
        print(f"The labelled records are not under {options.data}.", file=sys.stderr)
        return 2
    groups, titles = labelled("groups")
    copies, named = labelled("duplicates")
    projects, originals = found(options.data, sorted({source for source, _ in groups}))
    figures = measure(groups, copies, projects, originals)
    print(json.dumps(figures, indent=1))
    if options.errors:
        tell("project", groups, projects, titles)
        tell("copies", copies, originals, named)
    if options.keep:
        keep(figures, "projects")
    return 0


def labelled(name: str) -> tuple[dict[Record, str], dict[Record, str]]:
    """The group of each labelled record, and its title."""
    groups: dict[Record, str] = {}
    titles: dict[Record, str] = {}
    with (LABELS / f"{name}.jsonl").open(encoding="utf-8") as file:
        for row in map(json.loads, file):
            for notice in row["notices"]:
                record = (str(notice["source"]), int(notice["page"]))
                groups[record] = str(row["group"])
                titles[record] = str(notice["title"])
    return groups, titles


def found(data: Path, sources: Sequence[str]) -> tuple[dict[Record, str], dict[Record, str]]:
    """The project and the first copy of each record, as the case has them."""
    with tempfile.TemporaryDirectory() as name:
        case = Path(name) / "case"
        sousveil("review", *(str(data / s) for s in sources), "--case", str(case), "--quiet")
        opened = Case.open(case)
        paths = {
            d.sha256: source
            for d in opened.documents()
            for source in sources
            for p in d.provenance
            if Path(p.path).name == Path(source).name
        }
        with connect(opened) as connection:
            rows = connection.execute(
                "SELECT document_sha256, page, notice_id, project_key, duplicate_of FROM notices"
            ).fetchall()
    projects = {(paths[sha], page): key for sha, page, _, key, _ in rows}
    first = {(paths[sha], page): copy or own for sha, page, own, _, copy in rows}
    return projects, first


def made(procurements: int, seed: int = 7) -> dict[str, object]:
    """A made collection: projects, copies, totals that are right, links, seconds for joining."""
    truth = collection(procurements, seed)
    started = time.perf_counter()
    resolved = resolve(row.key for row in truth.rows)
    seconds = time.perf_counter() - started
    project = {r.notice_id: r.project_key for r in resolved.resolutions}
    first = {r.notice_id: r.duplicate_of or r.notice_id for r in resolved.resolutions}
    wanted = {row.key.notice_id: row.project for row in truth.rows}
    originals = {row.key.notice_id: row.copy_of or row.key.notice_id for row in truth.rows}
    members: dict[str, list[Member]] = {}
    for row in truth.rows:
        copy = first[row.key.notice_id]
        copy_of = None if copy == row.key.notice_id else copy
        member = msgspec.structs.replace(row.member, duplicate_of=copy_of)
        members.setdefault(project[row.key.notice_id], []).append(member)
    sums = {wanted[m[0].notice_id]: summarise(key, m).amount for key, m in members.items()}
    right = [label for label, known in truth.totals.items() if sums.get(label) == known]
    return {
        "notices": len(wanted),
        "projects": scored(project, wanted),
        "copies": scored(first, originals),
        "totals_right": [len(right), len(truth.totals)],
        "links": dict(Counter(link.kind for link in resolved.links)),
        "seconds": round(seconds, 2),
    }


def measure(
    groups: Mapping[Record, str],
    copies: Mapping[Record, str],
    projects: Mapping[Record, str],
    originals: Mapping[Record, str],
) -> dict[str, object]:
    """Figures by set of records, and of copies."""
    read = {record: group for record, group in groups.items() if record in projects}
    heads: dict[str, Record] = {}
    distinct = {
        record: group
        for record, group in read.items()
        if heads.setdefault(copies.get(record, f"{record}"), record) == record
    }
    figures: dict[str, object] = {"records": len(groups), "read": len(read)}
    for part in ("", *sorted({source.split("/")[0] for source, _ in groups})):
        some = {_id(r): g for r, g in distinct.items() if r[0].startswith(part)}
        told = {_id(r): projects[r] for r in distinct if r[0].startswith(part)}
        figures[part or "all"] = {"notices": len(some), **scored(told, some)}
    jianyu = {r: c for r, c in originals.items() if r[0].startswith("jianyu")}
    truth = {_id(r): copies.get(r, f"alone {r}") for r in jianyu}
    figures["copies"] = {
        "distinct": [len(set(jianyu.values())), len(set(truth.values()))],
        **scored({_id(r): c for r, c in jianyu.items()}, truth),
    }
    return figures


def _id(record: Record) -> str:
    return f"{record[0]}#{record[1]}"


def tell(
    what: str,
    groups: Mapping[Record, str],
    found_of: Mapping[Record, str],
    titles: Mapping[Record, str],
) -> None:
    """Print pairs of groups that were joined, and groups that were parted, one example each."""
    read = [record for record in groups if record in found_of]
    by_key: dict[str, list[Record]] = {}
    for record in read:
        by_key.setdefault(found_of[record], []).append(record)
    for members in by_key.values():
        first = {groups[r]: r for r in reversed(members)}
        for one, other in combinations(sorted(first), 2):
            print(f"joined {what}\t{one} {titles[first[one]]}\t{other} {titles[first[other]]}")
    keys: dict[str, Counter[str]] = {}
    for record in read:
        keys.setdefault(groups[record], Counter())[found_of[record]] += 1
    for group, counts in keys.items():
        if len(counts) > 1:
            names = [titles[r] for r in read if groups[r] == group]
            print(f"parted {what}\t{group} {len(counts)} of {len(names)}\t{' | '.join(names[:4])}")


if __name__ == "__main__":
    sys.exit(main())
