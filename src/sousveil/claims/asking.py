"""Notices to ask a database for, by id, as a table that its queries join."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import duckdb
import pyarrow as pa


@contextmanager
def asked(database: duckdb.DuckDBPyConnection, notice_ids: Iterable[str]) -> Iterator[None]:
    """While it lasts, the table ``asked`` has these notice ids. A list of many ids within a query
    would be searched once for every notice."""
    ids = pa.array(sorted(notice_ids), pa.string())
    database.register("asked", pa.table({"notice_id": ids}))
    try:
        yield
    finally:
        database.unregister("asked")
