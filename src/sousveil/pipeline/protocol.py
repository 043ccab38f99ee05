"""The report of a review: its figure, its methods section and its log, in one folder."""

from collections.abc import Iterable
from pathlib import Path

import duckdb

from sousveil.case.atomic import replace_file, storage_errors
from sousveil.case.database import connect, text_hashes
from sousveil.case.decisions import read_decisions
from sousveil.case.folder import Case
from sousveil.case.ledger import now
from sousveil.case.own_taxonomy import taxonomy_of
from sousveil.case.queries import saved_queries
from sousveil.case.samples import read_sample, sample_names
from sousveil.errors import QueryError, UsageError
from sousveil.model.claim import Check
from sousveil.model.sample import DrawnSample
from sousveil.pipeline.claims import check
from sousveil.pipeline.estimating import agreed, estimates, stop
from sousveil.pipeline.find import index_of
from sousveil.report.flow import boxes_of
from sousveil.report.protocol import Protocol, QuerySaid, coders_of, given_of
from sousveil.report.protocol_page import write_page
from sousveil.report.review_log import Marks, make_log, write_log
from sousveil.search import parse_query

LOG = "review-log.csv"


class _Queries:
    """The queries of a case: those saved, and those of samples, with the notices they find."""

    def __init__(self, case: Case, samples: Iterable[DrawnSample]) -> None:
        index = index_of(case, case.manifest())
        saved = {each.name: each for each in saved_queries(case)}
        known = {name: each.query for name, each in saved.items()}
        stated = [(name, "saved", each.query, each.note) for name, each in saved.items()]
        stated += [(f"sample {s.name}", "of a sample", s.query, "") for s in samples]
        self.found: dict[str, list[str]] = {}
        self.stated: list[tuple[str, str, str, str]] = []
        self.wrong: list[str] = []
        for name, kind, query, note in stated:
            try:
                self.found[name] = list(index.ids(parse_query(query, known)))
            except QueryError as error:
                self.wrong.append(f"Query {name}: {error.message}")
            else:
                self.stated.append((name, kind, query, note))


def write_protocol(case: Case, folder: Path) -> Protocol:
    """Write the report of a review into a folder: ``protocol.html``, ``protocol.svg``, ``.png``,
    ``methods.txt`` and ``review-log.csv``; what was there before is replaced.

    Raises UsageError where nothing was read yet or the place is no folder, DecisionError where
    decisions or samples cannot be read, StorageError.
    """
    state = case.manifest()
    if state.corpus is None:
        raise UsageError("Nothing has been read yet.", f"Run 'sousveil process {case.root}'.")
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is no folder.", "Name one for the report.")
    samples = [read_sample(case, name) for name in sample_names(case)]
    queries = _Queries(case, samples)
    checked = check(case)
    marks = Marks(
        read_decisions(case), text_hashes(case), samples, queries.found, _counted(checked.checks)
    )
    with storage_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
    with connect(case, state) as connection:
        make_log(connection, marks)
        boxes = boxes_of(connection)
        parts = {part.label: part.number for part in boxes["queries"].parts}
        protocol = Protocol(
            made=now(),
            given=given_of(connection, case, state, taxonomy_of(case)),
            boxes=boxes,
            queries=tuple(QuerySaid(*said, parts.get(said[0], 0)) for said in queries.stated),
            coders=coders_of(marks.decisions, boxes, _leads(connection)),
            agreement=agreed(case),
            samples=estimates(case, samples),
            stop=stop(case),
            claims=checked.checks,
            wrong=(*queries.wrong, *(error.message for error in checked.wrong)),
            rows=write_log(connection, folder / LOG),
            elsewhere=sum(d.notice_id not in marks.texts for d in marks.decisions),
            heads=case.ledger.heads(),
        )
    for name, content in write_page(protocol):
        replace_file(folder / name, content)
    return protocol


def _counted(checks: Iterable[Check]) -> dict[str, list[str]]:
    """The notices that each claim's figure counts, as things stand."""
    return {
        each.claim: [n.notice_id for p in each.evidence for n in p.notices if n.found]
        for each in checks
    }


def _leads(connection: duckdb.DuckDBPyConnection) -> list[str]:
    rows = connection.execute("SELECT lead_notice_id FROM projects").fetchall()
    return [notice for (notice,) in rows]
