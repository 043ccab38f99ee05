"""Pages as they were parsed, unmasked: read from private/ one at a time, for drawing alone."""

from pathlib import Path

import duckdb

from sousveil.case.folder import Case
from sousveil.case.manifest import Manifest


def parsed_page(case: Case, state: Manifest, sha256: str, page: int) -> bytes | None:
    """The packed record of a page (a list of one ParsedPage, as MessagePack), or None where it is
    not kept: private/ may be deleted or damaged at any time."""
    files = [str(path) for path in _files(case, state) if path.exists()]
    if not files:
        return None
    with duckdb.connect(":memory:") as connection:
        try:
            found = connection.execute(
                "SELECT record FROM read_parquet($files)"
                " WHERE document_sha256 = $sha256 AND page = $page LIMIT 1",
                {"files": files, "sha256": sha256, "page": page},
            ).fetchone()
        except (duckdb.IOException, duckdb.InvalidInputException):
            return None
    return bytes(found[0]) if found else None


def _files(case: Case, state: Manifest) -> list[Path]:
    return [case.root / s.tables["parsed"].path for s in state.segments if "parsed" in s.tables]
