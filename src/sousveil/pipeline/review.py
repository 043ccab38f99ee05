"""The main jobs, from a folder of records to a report: each command calls one of these."""

import shutil
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

from sousveil.case.database import connect
from sousveil.case.decisions import read_decisions
from sousveil.case.folder import Case
from sousveil.case.manifest import Manifest
from sousveil.model.learning import Learning
from sousveil.pipeline.add import Added, add
from sousveil.pipeline.process import Options, read_all
from sousveil.pipeline.progress import Progress
from sousveil.pipeline.publish import publish
from sousveil.pipeline.reading import PART_OF_PAGE
from sousveil.sources import Manifest as SourceManifest


class Summary(msgspec.Struct, frozen=True):
    """What a run left behind. ``files`` are the paths given to ``add``, ``inside`` the documents
    found in them (in archives, mail, captures); ``read``, ``not_a_record``, ``failed`` and
    ``waiting`` count both together, ``failures`` those that failed by reason. ``page_parts`` of
    those without a notice only belong to a saved page. ``decisions`` stand in the case's files;
    ``learning`` is what the last run made of them, None where it made nothing."""

    files: int
    inside: int
    read: int
    not_a_record: int
    failed: int
    waiting: int
    notices: int
    projects: int
    surveillance_projects: int
    failures: dict[str, int]
    failed_records: int
    page_parts: int
    seconds: float
    decisions: int = 0
    learning: Learning | None = None
    added: Added | None = None
    report: str | None = None


def process(case: Case, options: Options, progress: Progress | None = None) -> Manifest:
    """Read, join and index what is new or changed. The lock must be held."""
    segments = read_all(case, options, progress)
    return publish(case, segments, progress, workers=options.worker_count(), limits=options.limits)


def review(
    case: Case,
    paths: Sequence[Path],
    options: Options,
    manifest: SourceManifest | None = None,
    progress: Progress | None = None,
) -> Summary:
    """Add, process, index and report in one. The lock must be held."""
    started = time.monotonic()
    added = add(case, paths, manifest, progress)
    process(case, options, progress)
    report = make_report(case, progress)
    return summarise(case, time.monotonic() - started, added, report)


def make_report(case: Case, progress: Progress | None = None) -> Path:
    """Write the report of the committed state; returns the HTML file. The lock must be held."""
    if progress:
        progress.start("Writing the report", None)
    from sousveil.report.page import build_report  # heavy: only a report should wait for it

    page = build_report(case, case.root / "report")
    if progress:
        progress.finish()
    return page


def rebuild(case: Case, options: Options, progress: Progress | None = None) -> Summary:
    """Throw away all that is derived and make it again from originals, decisions and versions."""
    started = time.monotonic()
    for top in ("private", "derived", "index", "report"):
        shutil.rmtree(case.root / top, ignore_errors=True)
    fresh = Case.open(case.root)
    process(fresh, options, progress)
    report = make_report(fresh, progress)
    return summarise(fresh, time.monotonic() - started, report=report)


def summarise(
    case: Case, seconds: float, added: Added | None = None, report: Path | None = None
) -> Summary:
    """Count what the case holds now."""
    with connect(case) as connection:
        (given,) = connection.execute(
            "SELECT count(*) FROM files WHERE parent_sha256 IS NULL"
        ).fetchone() or (0,)
        by_status = dict(
            connection.execute("SELECT status, count(*) FROM files GROUP BY 1").fetchall()
        )
        failures = connection.execute(
            "SELECT reason, count(*) FROM files WHERE status = 'failed' GROUP BY 1"
            " ORDER BY 2 DESC, 1"
        ).fetchall()
        (parts,) = connection.execute(
            "SELECT count(*) FROM files WHERE reason = ?", [PART_OF_PAGE]
        ).fetchall()[0]
        told = connection.execute("SELECT learning FROM learning").fetchone()
        learning = msgspec.json.decode(told[0], type=Learning) if told else None
        notices, projects, watching, bad = connection.execute(
            "SELECT (SELECT count(*) FROM notices), (SELECT count(*) FROM projects),"
            " (SELECT count(*) FROM projects WHERE surveillance),"
            " (SELECT coalesce(sum(failed_records), 0) FROM outcomes)"
        ).fetchall()[0]
    return Summary(
        files=given,
        inside=sum(by_status.values()) - given,
        read=by_status.get("read", 0),
        not_a_record=by_status.get("not_a_record", 0),
        failed=by_status.get("failed", 0),
        waiting=by_status.get("waiting", 0),
        notices=notices,
        projects=projects,
        surveillance_projects=watching,
        failures={str(reason): count for reason, count in failures},
        failed_records=int(bad),
        page_parts=parts,
        seconds=round(seconds, 2),
        decisions=len(read_decisions(case)),
        learning=learning,
        added=added,
        report=str(report) if report else None,
    )
