"""DuckDB over the committed shards: the views every reader queries."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import duckdb
import pyarrow as pa

from sousveil.case import tables
from sousveil.case.folder import Case
from sousveil.case.manifest import Manifest
from sousveil.model import Document

_DOCUMENTS = pa.schema(
    [
        ("document_sha256", pa.string()),
        ("size", pa.int64()),
        ("source_path", pa.string()),  # the first of its paths, in order
        ("source_url", pa.string()),
        ("captured_at", pa.string()),
        ("note", pa.string()),
    ]
)

_DOCUMENT_PATHS = pa.schema(
    [
        ("document_sha256", pa.string()),
        ("path", pa.string()),
        ("parent_sha256", pa.string()),  # the document it was inside of
        ("page_path", pa.string()),  # the saved page it is a part of
    ]
)

_HOLDING = ", ".join(
    f"CASE WHEN c.notice_id IS NULL THEN n.{name} ELSE c.{name} END AS {name}"
    for name in tables.CODED_COLUMNS
)
"""What a model or a coder says stands in the place of what the rules said."""

_NOTICES_VIEW = f"""
CREATE VIEW notices AS
SELECT n.* EXCLUDE (source_url, captured_at) REPLACE ({_HOLDING}),
       d.source_path,
       coalesce(d.source_url, n.source_url) AS source_url,
       coalesce(d.captured_at, n.captured_at) AS captured_at,
       r.project_key, r.duplicate_of
FROM notice_rows n
LEFT JOIN codings c USING (notice_id)
LEFT JOIN resolutions r USING (notice_id)
LEFT JOIN documents d USING (document_sha256)
"""

_PROJECT_ROLES_VIEW = """
CREATE VIEW project_roles AS
SELECT DISTINCT m.org_key, r.project_key, m.role
FROM mentions m JOIN resolutions r USING (notice_id) WHERE r.duplicate_of IS NULL
"""
"""Which organisations have which roles in which projects."""

_FILES_VIEW = """
CREATE VIEW files AS
SELECT p.path, d.document_sha256, d.size, coalesce(o.status, 'waiting') AS status, o.media_type,
       o.reason, o.stage, o.message, o.hint, o.pages, o.notices, o.members,
       o.failed_records, p.parent_sha256, p.page_path
FROM document_paths p JOIN documents d USING (document_sha256)
LEFT JOIN outcomes o USING (document_sha256)
UNION ALL
SELECT path, NULL, NULL, 'failed', NULL, reason, 'add', message, hint, 0, 0, 0, 0, NULL, NULL
FROM refusals
"""


_CORPUS = (
    *("resolutions", "joins", "project_links", "projects", "codings", "learning"),
    *("mentions", "organisations", "organisation_joins", "ownership"),
)

MEMORY = "600MB"
"""What queries may hold; beyond it they use a folder beside the masked rows they read."""


def connect(case: Case, state: Manifest | None = None) -> duckdb.DuckDBPyConnection:
    """An in-memory database with the views ``notices``, ``pages``, ``projects``, ``joins``,
    ``project_links``, ``project_roles``, ``resolutions``, ``mentions``, ``organisations``,
    ``organisation_joins``, ``codings``, ``learning``, ``outcomes``, ``sheets``, ``documents``,
    ``refusals`` and ``files``.

    ``files`` has one row a path given to ``add``, and one for each document inside such a file
    (those have a ``parent_sha256``). It shows one committed state throughout.
    """
    state = state or case.manifest()
    connection = duckdb.connect(":memory:")
    connection.execute("SET enable_progress_bar = false; SET autoinstall_known_extensions = false")
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute("SET parquet_metadata_cache = true")  # shards never change
    connection.execute(f"SET memory_limit = '{MEMORY}'")
    connection.execute("SET temp_directory = ?", [str(case.root / "derived" / "tmp")])
    segments = {
        name: [case.root / s.tables[name].path for s in state.segments if name in s.tables]
        for name in ("pages", "notices", "outcomes", "sheets")
    }
    _view(connection, "pages", segments["pages"], tables.PAGES)
    _view(connection, "notice_rows", segments["notices"], tables.NOTICES)
    _view(connection, "outcomes", segments["outcomes"], tables.OUTCOMES)
    _view(connection, "sheets", segments["sheets"], tables.SHEETS)
    corpus = state.corpus.tables if state.corpus else {}
    for name in _CORPUS:
        files = [case.root / corpus[name].path] if name in corpus else []
        _view(connection, name, files, tables.TABLES[name])
    for name, table in _came_in(case, case.ledger.mark()).items():
        connection.register(name, table)
    connection.execute(_NOTICES_VIEW)
    connection.execute(_PROJECT_ROLES_VIEW)
    connection.execute(_FILES_VIEW)
    return connection


def text_hashes(case: Case) -> Mapping[str, str]:
    """The hash of each notice's text, by notice id: what a decision was made on. Read again only
    once another state is committed."""
    return _text_hashes(case, case.mark())


@lru_cache(maxsize=1)
def _text_hashes(case: Case, _mark: tuple[int, ...]) -> Mapping[str, str]:
    with connect(case) as connection:
        found = connection.execute(
            "SELECT notice_id, json_extract_string(key, '$.text_hash') FROM notice_rows"
        ).fetchall()
    return dict(found)


def _view(
    connection: duckdb.DuckDBPyConnection, name: str, files: list[Path], schema: pa.Schema
) -> None:
    if not files:
        connection.register(name, schema.empty_table())
        return
    quoted = ", ".join("'" + str(path).replace("'", "''") + "'" for path in files)
    connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet([{quoted}])")


@lru_cache(maxsize=1)
def _came_in(case: Case, _mark: tuple[object, ...]) -> dict[str, pa.Table]:
    """What the ledger tells of files, as tables: read again only once the ledger's mark, which is
    taken before it is read, is another."""
    documents = case.documents()
    return {
        "documents": _documents(documents),
        "document_paths": _document_paths(documents),
        "refusals": _refusals(case),
    }


def _documents(documents: Sequence[Document]) -> pa.Table:
    rows = [
        {
            "document_sha256": d.sha256,
            "size": d.size,
            "source_path": d.provenance[0].path,
            "source_url": next((p.source_url for p in d.provenance if p.source_url), None),
            "captured_at": next((p.captured_at for p in d.provenance if p.captured_at), None),
            "note": next((p.note for p in d.provenance if p.note), None),
        }
        for d in documents
    ]
    return pa.Table.from_pylist(rows, schema=_DOCUMENTS)


def _document_paths(documents: Sequence[Document]) -> pa.Table:
    found = sorted(
        {
            (d.sha256, p.path, p.parent_sha256 or "", p.page_path or "")
            for d in documents
            for p in d.provenance
        }
    )
    rows = [
        {
            "document_sha256": sha256,
            "path": path,
            "parent_sha256": parent or None,
            "page_path": page or None,
        }
        for sha256, path, parent, page in found
    ]
    return pa.Table.from_pylist(rows, schema=_DOCUMENT_PATHS)


def _refusals(case: Case) -> pa.Table:
    schema = pa.schema([(name, pa.string()) for name in ("path", "reason", "message", "hint")])
    rows = [
        {"path": r.path, "reason": r.reason, "message": r.message, "hint": r.hint}
        for r in case.refusals()
    ]
    return pa.Table.from_pylist(rows, schema=schema)
