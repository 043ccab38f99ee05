"""What the index is told of one notice."""

from datetime import date

import msgspec


class IndexRow(msgspec.Struct, frozen=True, gc=False):
    """One notice as it is searched: words, and values to filter and order by.

    All text is masked text. ``text`` is the text of the notice's pages as a person reads it (the
    words of a JSON record with its escapes undone); it may be long. Absent values are None, ``""``
    or (). ``place`` is a path from the first-level unit down (新疆/昌吉). ``amount`` is the one
    figure that counts for the notice, in units of ``currency``; ``amount_usd`` the same in US
    dollars. ``notice_id`` is unique in an index. ``orgs`` are the organisations that it names in
    any role, ``buyer_orgs`` and ``supplier_orgs`` those that buy and win: of each its key, all its
    names and its numbers (``CN-USCC:…``); ``supplier_keys`` are the keys alone of those that win.
    ``basis`` is who said whether it is surveillance: rule, model or coder. ``shown`` is kept as it
    is, for lists of notices found.
    """

    notice_id: str
    title: str | None = None
    project_name: str | None = None
    buyer: str | None = None
    agency: str | None = None
    suppliers: tuple[str, ...] = ()
    bidders: tuple[str, ...] = ()
    text: str = ""
    notice_type: str | None = None
    buyer_type: str | None = None
    country: str | None = None
    province: str | None = None
    place: str | None = None
    capabilities: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    target_groups: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    data_sources: tuple[str, ...] = ()
    year: int | None = None
    published: date | None = None
    amount_usd: float | None = None
    amount: float | None = None
    currency: str | None = None
    surveillance: bool | None = None
    overseas_target: bool | None = None
    sophistication: int | None = None
    ladder: str | None = None
    method: str | None = None
    project_id: str | None = None
    plan_id: str | None = None
    project_key: str | None = None
    duplicate: bool | None = None
    document_sha256: str | None = None
    source_standard: str | None = None
    flags: tuple[str, ...] = ()
    orgs: tuple[str, ...] = ()
    buyer_orgs: tuple[str, ...] = ()
    supplier_orgs: tuple[str, ...] = ()
    supplier_keys: tuple[str, ...] = ()
    basis: str | None = None
    shown: bytes = b""
