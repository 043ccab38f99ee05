"""The projects that name a platform and their notices, as rows in order.

Three tables are made in the database, each sorted by project: projects, their notices, and the
platform's name in these with what stands around it, cut out of the page. They are read side by
side. So memory does not grow with the case (beyond ``case.database.MEMORY`` the database sorts and
keeps on disk), and no table is read again for each project; one query that joins the three would
have to hold the rows of two.
"""

from collections.abc import Iterator, Mapping
from itertools import groupby

import duckdb

from sousveil.report.brief import CHOSEN

_CUT = 700
"""Code points fetched on each side: an escape of JSON takes six or twelve for one character."""

_BATCH = 200

_OF_PROJECT = (
    "project_key", "name", "buyer", "buyer_type", "country", "place", "first_date", "last_date",
    "capabilities", "functions", "target_groups", "overseas_target", "sophistication",
    "sophistication_ladder", "suppliers", "amount", "currency", "amount_usd", "amount_kind",
    "amount_reason", "amount_notice_id", "amount_notice_ids", "notice_ids",
)  # fmt: skip
_OF_NOTICE = (
    "notice_id", "document_sha256", "source_path", "source_url", "captured_at", "notice_type",
    "surveillance", "platforms", "title", "project_name", "buyer", "suppliers", "published",
    "first_published", "bid_deadline", "sophistication", "sophistication_ladder", "basis",
    "evidence", "flags", "review",
)  # fmt: skip

_ORDER = "first_date NULLS LAST, project_key"

_PROJECTS = f"""CREATE OR REPLACE TABLE brief_projects AS
SELECT {", ".join(_OF_PROJECT)} FROM ({CHOSEN}) ORDER BY {_ORDER}"""

_NOTICES = f"""CREATE OR REPLACE TABLE brief_notices AS
SELECT p.first_date, n.project_key,
       coalesce(n.published, n.first_published, try_cast(left(n.bid_deadline, 10) AS DATE),
                try_cast(left(n.captured_at, 10) AS DATE)) AS day,
       {", ".join(f"n.{name}" for name in _OF_NOTICE)},
       list_transform(
         from_json(json_extract(n.coding, '$.tags'), $shape),
         lambda t: {{'facet': t.facet, 'code': t.code, 'e': t.reasons[1].evidence}}) AS tags
FROM notices n JOIN (SELECT project_key, first_date FROM brief_projects) p USING (project_key)
WHERE n.duplicate_of IS NULL
ORDER BY {_ORDER}, day, notice_id"""

_SHAPE = (  # of the tags of a model.Coding, as far as they are read here
    '[{"facet":"VARCHAR","code":"VARCHAR","reasons":[{"evidence":{"page":"INTEGER",'
    '"start":"BIGINT","end":"BIGINT","quote":"VARCHAR","extractor":"VARCHAR"}}]}]'
)

_WORDS = f"""CREATE OR REPLACE TABLE brief_words AS
SELECT r.notice_id, r.e AS words, g.obtained,
       substring(g.text, greatest(r.e.start - $cut, 0) + 1, least(r.e.start, $cut)) AS before,
       substring(g.text, r.e['end'] + 1, $cut) AS after
FROM (SELECT first_date, project_key, day, notice_id, document_sha256, t.e AS e
      FROM (SELECT first_date, project_key, day, notice_id, document_sha256, unnest(tags) AS t
            FROM brief_notices WHERE surveillance)
      WHERE t.facet = 'platform' AND t.code = $code AND t.e IS NOT NULL) r
LEFT JOIN pages g ON g.document_sha256 = r.document_sha256 AND g.page = r.e.page
ORDER BY {_ORDER}, day, notice_id"""

Row = Mapping[str, object]
"""Values by the names of columns. A notice's ``tags`` have facet, code and the evidence ``e`` of
their first reason; ``words`` is the evidence of the platform's name, None where it names none."""


class Rows:
    """The rows of one platform over a connected case; its tables last until the next is made."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, platform: str) -> None:
        self.platform = platform
        self._connection = connection
        connection.execute(_PROJECTS, {"code": platform})
        connection.execute(_NOTICES, {"shape": _SHAPE})
        connection.execute(_WORDS, {"code": platform, "cut": _CUT})

    def __iter__(self) -> Iterator[tuple[Row, list[Row]]]:
        """Each project with its notices but copies, by first date and key; notices by date."""
        words = self._read("brief_words")
        notices = groupby(_with(self._read("brief_notices"), words), key=_project)
        ready = next(notices, None)
        for project in self._read("brief_projects"):
            found: list[Row] = []
            if ready is not None and ready[0] == project["project_key"]:
                found = list(ready[1])
                ready = next(notices, None)
            yield project, found

    def _read(self, table: str) -> Iterator[Row]:
        with self._connection.cursor() as cursor:
            for batch in cursor.sql(f"FROM {table}").to_arrow_reader(_BATCH):
                yield from batch.to_pylist()


def _project(notice: Row) -> object:
    return notice["project_key"]


def _with(notices: Iterator[Row], words: Iterator[Row]) -> Iterator[Row]:
    """The notices with the words of those that name the platform; both are in the same order."""
    ready = next(words, None)
    for notice in notices:
        if ready is not None and ready["notice_id"] == notice["notice_id"]:
            yield {**notice, **ready}
            ready = next(words, None)
        else:
            yield {**notice, "words": None}
