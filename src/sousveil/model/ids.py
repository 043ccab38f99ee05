"""Stable identifiers made of what a record is, never of when or in what order it came."""

import hashlib


def notice_id(document_sha256: str, page: int, pointer: str | None, ordinal: int = 0) -> str:
    """32 hex digits: the same for the same record in any case, whatever the order of adding.

    ``page`` is the first page of the notice (from 1), ``pointer`` its JSON Pointer if it has one,
    ``ordinal`` counts notices on one page from 0.
    """
    name = f"{document_sha256}\n{page}\n{pointer or ''}\n{ordinal}"
    return hashlib.sha256(name.encode()).hexdigest()[:32]
