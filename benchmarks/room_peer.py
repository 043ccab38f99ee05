"""Datasette over the notices of a case: one table with full-text search, in a process of its own.

The words of Chinese stand apart from each other for FTS5, as in ``search_speed``. Columns that are
facets have an index. Datasette gives up on what takes longer than a second, and on a facet after a
fifth of one; here it may take as long as it needs, so that it answers all that it is asked.
"""

import json
import socket
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.room_client import Client, started
from benchmarks.search_speed import fts_query, spaced
from sousveil.case.database import connect
from sousveil.case.folder import Case

FACETS = ("buyer_type", "place", "year", "supplier", "notice_type", "surveillance", "level")
_ROWS = """
SELECT n.notice_id, n.title, n.project_name, n.buyer, n.agency, n.suppliers, p.text, n.buyer_type,
       coalesce(n.place, n.province, n.country), year(coalesce(n.published, n.first_published)),
       n.suppliers[1], n.notice_type, n.surveillance, n.sophistication
FROM notices n JOIN pages p ON p.document_sha256 = n.document_sha256 AND p.page = n.page
"""
_COLUMNS = ("notice_id", "title", "buyer", "text", *FACETS)


def fill(case: Case, file: Path) -> None:
    """Write the notices of a case as a database with an index of their words."""
    base = sqlite3.connect(file)
    base.execute(f"create table notices ({', '.join(_COLUMNS)}, primary key (notice_id))")
    base.execute("create virtual table terms using fts5(words, content='')")
    with connect(case) as connection:
        found = connection.execute(_ROWS)
        number = 0
        while some := found.fetchmany(2_000):
            for notice_id, title, project, buyer, agency, suppliers, text, *facets in some:
                number += 1
                values = (number, notice_id, title, buyer, text, *facets)
                marks = ", ".join("?" * len(values))
                base.execute(
                    f"insert into notices (rowid, {', '.join(_COLUMNS)}) values ({marks})", values
                )
                told = "\n".join(
                    filter(None, (title, project, buyer, agency, *(suppliers or ()), text))
                )
                base.execute(
                    "insert into terms (rowid, words) values (?, ?)", (number, spaced(told))
                )
    for name in FACETS:
        base.execute(f"create index by_{name} on notices ({name})")
    base.execute("analyze")
    base.commit()
    base.close()


@contextmanager
def served(file: Path) -> Iterator[Client]:
    """Datasette with a file, until the end."""
    table = {"fts_table": "terms", "fts_pk": "rowid", "searchmode": "raw"}
    said = {"databases": {file.stem: {"tables": {"notices": table}}}}
    metadata = file.with_suffix(".json")
    metadata.write_text(json.dumps(said), encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    line = [sys.executable, "-m", "datasette", "serve", str(file), "--metadata", str(metadata),
            "--host", "127.0.0.1", "--port", str(port)]  # fmt: skip
    for name in ("sql_time_limit_ms", "facet_time_limit_ms"):
        line += ["--setting", name, "60000"]
    with started(line, "/", port) as client:
        yield client


def address(file: Path, query: str) -> str:
    """The page of a search with all facets."""
    asked = [("_search", fts_query(query)), ("_size", "20")]
    asked += [("_facet", name) for name in FACETS]
    return f"/{file.stem}/notices?{urlencode(asked)}"
