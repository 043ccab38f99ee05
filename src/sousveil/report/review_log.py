"""The review log: one row a record, with what the machine found, who decided on it, and what not.

A file has a row for each notice found in it, and one row where it holds none. So every figure of a
review is a count over the rows, which anybody can make again with the file alone.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import duckdb
import msgspec
import pyarrow as pa

from sousveil.coding.rulings import asked_anew, rulings
from sousveil.model import Decision
from sousveil.model.sample import DrawnSample
from sousveil.report.export import csv_cell, whole_file

COLUMNS = (
    "file", "path", "document_sha256", "inside_of", "source_url", "captured_at", "state", "reason",
    "failed_records", "notice", "page", "published", "project", "lead", "copy_of", "machine",
    "machine_score", "machine_by", "queries", "samples", "claims", "reviewed", "ruling",
    "adjudicated",
)  # fmt: skip
"""Columns of every log; four more follow for each coder (``OF_CODER``)."""

OF_CODER = ("decision", "at", "from", "probability")
_BATCH = 5_000
_BETWEEN = "; "


class Marks(msgspec.Struct, frozen=True):
    """What is known of notices beside the tables of a case.

    ``queries`` and ``claims``: by name the notices that each finds or counts. ``decisions``: of
    each coder oldest first. ``texts``: the present text hash by notice.
    """

    decisions: Sequence[Decision]
    texts: Mapping[str, str]
    samples: Sequence[DrawnSample]
    queries: Mapping[str, Iterable[str]]
    claims: Mapping[str, Iterable[str]]

    @property
    def coders(self) -> tuple[str, ...]:
        """Everybody who decided, by name."""
        return tuple(sorted({decision.coder for decision in self.decisions}))


def make_log(connection: duckdb.DuckDBPyConnection, marks: Marks) -> None:
    """Make the table ``log`` in a connected case. All its columns are text, NULL where
    there is nothing to say."""
    connection.register("marked", _marked(marks))
    connection.register("decided", _decided(marks))
    more = ", ".join(f"c.{_quoted(name)}" for name in coder_columns(marks.coders))
    connection.execute(f"CREATE TABLE log AS {_LOG.format(more=f', {more}' if more else '')}")


def coder_columns(coders: Iterable[str]) -> list[str]:
    """The columns of coders, in their order."""
    return [f"{coder} {what}" for coder in coders for what in OF_CODER]


def write_log(connection: duckdb.DuckDBPyConnection, path: Path) -> int:
    """Write the table ``log`` as CSV; returns the number of rows."""
    cursor = connection.execute("SELECT * FROM log ORDER BY CAST(file AS INTEGER), notice")
    names = [column[0] for column in cursor.description or ()]
    count = 0
    with whole_file(path) as out:
        text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
        writer = csv.writer(text)
        writer.writerow(names)
        while rows := cursor.fetchmany(_BATCH):
            writer.writerows([csv_cell(value) for value in row] for row in rows)
            count += len(rows)
        text.detach()
    return count


_LOG = """
WITH given AS (
  SELECT *, row_number() OVER (ORDER BY path, parent_sha256 NULLS FIRST, document_sha256) AS file,
         row_number() OVER (PARTITION BY document_sha256
                            ORDER BY path, parent_sha256 NULLS FIRST) AS again
  FROM files
), found AS (
  SELECT n.notice_id, n.document_sha256, n.page, n.published, n.project_key, n.duplicate_of,
         json_extract_string(n.basis, '$.surveillance') AS said_by,
         CASE WHEN said_by = 'coder' THEN r.surveillance ELSE n.surveillance END AS machine,
         CASE WHEN said_by = 'coder' THEN r.surveillance_score ELSE n.surveillance_score END
             AS machine_score,
         CASE WHEN said_by = 'coder' THEN 'rule' ELSE said_by END AS machine_by,
         row_number() OVER (PARTITION BY n.document_sha256 ORDER BY n.notice_id) AS place
  FROM notices n JOIN notice_rows r USING (notice_id)
)
SELECT COLUMNS(*)::VARCHAR FROM (
SELECT g.file, g.path, g.document_sha256, g.parent_sha256 AS inside_of,
       d.source_url, d.captured_at,
       CASE WHEN g.document_sha256 IS NULL THEN 'refused'
            WHEN g.again > 1 THEN 'same_file'
            WHEN n.duplicate_of IS NOT NULL THEN 'copy'
            WHEN n.notice_id IS NOT NULL THEN 'notice'
            WHEN g.status IN ('failed', 'waiting') THEN g.status
            WHEN g.reason = 'part_of_page' THEN 'part_of_page'
            WHEN g.members > 0 THEN 'holds_files'
            ELSE 'no_notice' END AS state,
       CASE WHEN g.again = 1 OR g.document_sha256 IS NULL THEN g.reason END AS reason,
       CASE WHEN g.again = 1 AND coalesce(n.place, 1) = 1 THEN g.failed_records ELSE 0 END
           AS failed_records,
       n.notice_id AS notice, n.page, n.published, n.project_key AS project,
       CASE WHEN p.project_key IS NOT NULL THEN 'yes' ELSE 'no' END AS lead,
       n.duplicate_of AS copy_of,
       CASE WHEN n.machine THEN 'yes' WHEN NOT n.machine THEN 'no' END AS machine,
       round(n.machine_score, 4) AS machine_score, n.machine_by,
       m.queries, m.samples, m.claims,
       CASE WHEN c.ruling IS NOT NULL AND c.ruling <> 'outdated' THEN 'person'
            WHEN n.notice_id IS NOT NULL THEN 'machine alone'
            WHEN state IN ('refused', 'failed', 'waiting') THEN 'nobody'
            WHEN state = 'same_file' THEN 'as the same file'
            ELSE 'machine alone' END AS reviewed,
       c.ruling, c.adjudicated{more}
FROM given g
LEFT JOIN documents d ON d.document_sha256 = g.document_sha256
LEFT JOIN found n ON g.again = 1 AND n.document_sha256 = g.document_sha256
LEFT JOIN projects p ON p.project_key = n.project_key AND p.lead_notice_id = n.notice_id
LEFT JOIN marked m ON m.notice = n.notice_id
LEFT JOIN decided c ON c.notice = n.notice_id)
"""


def _marked(marks: Marks) -> pa.Table:
    """Names of the queries, samples and claims that a notice is in."""
    named: dict[str, tuple[set[str], set[str], set[str]]] = defaultdict(
        lambda: (set(), set(), set())
    )
    for at, found in ((0, marks.queries), (2, marks.claims)):
        for name, notices in found.items():
            for notice in notices:
                named[notice][at].add(name)
    for sample in marks.samples:
        for stratum in sample.strata:
            chance = len(stratum.projects) / stratum.population
            said = f"{sample.name}/{stratum.name} p={chance:.4g}"
            for project in stratum.projects:
                for notice in project.notice_ids:
                    named[notice][1].add(said)
    rows = [
        dict(
            zip(
                ("notice", "queries", "samples", "claims"),
                (notice, *(_BETWEEN.join(sorted(names)) for names in sets)),
                strict=True,
            )
        )
        for notice, sets in sorted(named.items())
    ]
    return _table(rows, ("notice", "queries", "samples", "claims"))


def _decided(marks: Marks) -> pa.Table:
    """What each coder said last of a notice, what that amounts to, and who settled it: the
    adjudicator, or coders who were asked again because they differed."""
    last: dict[str, dict[str, Decision]] = defaultdict(dict)
    settled: dict[str, set[str]] = defaultdict(set)
    for decision in marks.decisions:
        if decision.role == "coder":
            last[decision.notice_id][decision.coder] = decision
        if asked_anew(decision):
            settled[decision.notice_id].add(decision.coder)
    rows = [
        {
            "notice": notice,
            "ruling": ruling.verdict,
            "adjudicated": ruling.adjudicator or _BETWEEN.join(sorted(settled[notice])),
            **{
                f"{coder} {what}": value
                for coder, decision in last[notice].items()
                for what, value in zip(OF_CODER, _said(decision, marks.texts[notice]), strict=True)
            },
        }
        for notice, ruling in rulings(marks.decisions, marks.texts).items()
    ]
    return _table(rows, ("notice", "ruling", "adjudicated", *coder_columns(marks.coders)))


def _said(decision: Decision, text_hash: str) -> tuple[str, str, str, str]:
    """What, when, taken from where, and how likely it was to be drawn: as ``OF_CODER``."""
    other = "" if decision.text_hash == text_hash else " (of another text)"
    source = decision.source
    taken = f"{source.kind} {source.name}" if source else "a table"
    chance = f"{source.probability:.6g}" if source and source.probability is not None else ""
    return f"{decision.relevant}{other}", decision.at, taken, chance


def _table(rows: Sequence[Mapping[str, str]], names: Sequence[str]) -> pa.Table:
    schema = pa.schema([(name, pa.string()) for name in names])
    filled = [{name: row.get(name) or None for name in names} for row in rows]
    return pa.Table.from_pylist(filled, schema=schema)


def _quoted(name: str) -> str:
    """A column's name in SQL: names of coders hold no quotation mark."""
    return f'"{name}"'
