"""FollowTheMoney entities of a case, for Aleph, OpenAleph and tools that read the schema.

Organisations, calls for tenders, contracts, awards, and the documents that prove them. Schemata and
properties are those of the followthemoney package 4 (its model is the test's judge); the package
itself is not needed. A contract is one an award notice, not one a project: ``programId`` is the
project's key, and sums are made by it. Ids follow from the case's own keys: the same records give
the same entities. Natural persons are never among them: their names are masked before anything is
kept.
"""

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

import duckdb
import msgspec

from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.report.addresses import address
from sousveil.sources.ownership_values import Share, share_text
from sousveil.text.controls import shown_name

Entity = dict[str, Any]
_SCHEMATA = {"public_body": "PublicBody", "company": "Company"}
_NUMBERS = {"CN-USCC": "uscCode", "XI-LEI": "leiCode", "US-SAM": "uniqueEntityId"}
_OTHER_NUMBERS = "registrationNumber"
_AWARDS = ("award", "contract", "acceptance")
_BATCH = 2_000
_UNKNOWN_TYPE = "application/octet-stream"

_DOCUMENTS = """
SELECT document_sha256, source_path, media_type, source_url, captured_at
FROM documents LEFT JOIN outcomes USING (document_sha256) ORDER BY 1
"""
_ORGANISATIONS = """
SELECT org_key, name, names, kind, country, identifiers, parent_key FROM organisations ORDER BY 1
"""
_NOTICES = """
SELECT n.notice_id, n.project_key, n.notice_type, n.document_sha256,
       coalesce(n.title, n.project_name) AS title, n.project_id, n.method, n.country,
       n.published, n.award, n.currency, n.award_usd, n.source_url,
       list(m.org_key ORDER BY m.position) FILTER (m.role = 'buyer') AS buyers,
       list(m.org_key ORDER BY m.position) FILTER (m.role = 'supplier') AS suppliers
FROM notices n LEFT JOIN mentions m USING (notice_id)
WHERE n.duplicate_of IS NULL
GROUP BY ALL ORDER BY n.project_key, n.notice_id
"""

_OUTSIDERS = """
WITH told AS (SELECT child_key AS key, child AS name, child_ids AS ids FROM ownership
              UNION ALL SELECT parent_key, parent, parent_ids FROM ownership
              WHERE parent_key IS NOT NULL)
SELECT key AS org_key, any_value(name ORDER BY name) AS name, [] AS names, 'company' AS kind,
       NULL AS country, list_sort(list_distinct(flatten(list(ids)))) AS identifiers
FROM told WHERE key NOT IN (SELECT org_key FROM organisations) GROUP BY key ORDER BY 1
"""
_OWNED = """
SELECT w.child_key, w.parent_key, w.interest, w.share_min, w.share_max, w.share_above, w.since,
       w.until, w.source
FROM ownership w LEFT JOIN organisations o ON o.org_key = w.child_key
WHERE w.parent_key IS NOT NULL AND coalesce(o.kind, 'company') = 'company'
ORDER BY ALL
"""


def write_ftm(case: Case, out: BinaryIO) -> int:
    """Write one entity a line; returns how many. Memory does not grow with the case."""
    encode, count = msgspec.json.Encoder().encode, 0
    with connect(case) as connection:
        for entity in _entities(connection):
            out.write(encode(entity) + b"\n")
            count += 1
    return count


def _entities(connection: duckdb.DuckDBPyConnection) -> Iterator[Entity]:
    for row in _rows(connection, _DOCUMENTS):
        yield _document(row)
    for row in _rows(connection, _ORGANISATIONS):
        yield organisation_entity(row)
    for row in _rows(connection, _OUTSIDERS):
        yield organisation_entity(row)
    for row in _rows(connection, _OWNED):
        yield ownership_entity(row)
    told: set[str] = set()
    project = None
    for row in _rows(connection, _NOTICES):
        if row["project_key"] != project:
            project, told = row["project_key"], set()
        for entity in _procurement(row):
            if entity["id"] not in told:
                told.add(entity["id"])
                yield entity


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> Iterator[dict[str, Any]]:
    cursor = connection.execute(query)
    names = [column[0] for column in cursor.description or ()]
    while batch := cursor.fetchmany(_BATCH):
        for values in batch:
            yield dict(zip(names, values, strict=True))


def _document(row: dict[str, Any]) -> Entity:
    path = str(row["source_path"])
    return _entity(
        f"doc-{row['document_sha256']}",
        "Document",
        fileName=path.rsplit("/", 1)[-1],
        title=path,
        notes=f"SHA-256: {row['document_sha256']}",  # contentHash is a SHA-1 in this schema
        mimeType=None if row["media_type"] == _UNKNOWN_TYPE else row["media_type"],
        sourceUrl=row["source_url"],
        retrievedAt=_day(row["captured_at"]),
    )


def organisation_entity(row: dict[str, Any]) -> Entity:
    """An organisation of the case, or one that only ownership data names, by its row."""
    known: dict[str, list[str]] = {}
    for scheme, number in (one.split(":", 1) for one in row["identifiers"]):
        known.setdefault(_NUMBERS.get(scheme, _OTHER_NUMBERS), []).append(number)
    schema = _SCHEMATA.get(row["kind"], "Organization")
    if schema != "Company" and "uscCode" in known:
        known.setdefault(_OTHER_NUMBERS, []).extend(known.pop("uscCode"))
    return _entity(
        row["org_key"],
        schema,
        name=row["name"],
        alias=[name for name in row["names"] if name != row["name"]],
        country=_country(row["country"]),
        **known,
    )


def ownership_entity(row: dict[str, Any]) -> Entity:
    """A link between companies. Where it comes from is told; the given file is not kept, so that
    there is no document to prove it."""
    said = "\n".join(str(value) for value in row.values())
    share = Share(row["share_min"], row["share_max"], bool(row["share_above"]))
    return _entity(
        f"owns-{hashlib.sha256(said.encode()).hexdigest()[:24]}",
        "Ownership",
        owner=row["parent_key"],
        asset=row["child_key"],
        role=row["interest"],
        percentage=share_text(share).removesuffix("%"),
        startDate=_day(row["since"]),
        endDate=_day(row["until"]),
        sourceUrl=row["source"],
    )


def _procurement(row: dict[str, Any]) -> Iterator[Entity]:
    """The call of a project, and what an award or contract adds to it."""
    proof = f"doc-{row['document_sha256']}"
    buyers, suppliers = row["buyers"] or [], row["suppliers"] or []
    title, published = row["title"], _day(row["published"])
    if not title:
        return
    if row["notice_type"] not in _AWARDS and buyers:
        yield _entity(
            f"call-{row['notice_id']}",
            "CallForTenders",
            title=title,
            authority=buyers,
            callId=row["project_id"],
            programId=row["project_key"],
            procedure=row["method"],
            publicationDate=published,
            country=_country(row["country"]),
            sourceUrl=row["source_url"],
            proof=proof,
        )
    if row["notice_type"] not in _AWARDS or not suppliers:
        return
    contract = f"contract-{row['notice_id']}"
    money = {
        "amount": _plain(row["award"]),
        "currency": row["currency"] if row["award"] is not None else None,
        "amountUsd": _plain(row["award_usd"]),
    }
    yield _entity(
        contract,
        "Contract",
        title=title,
        authority=buyers,
        noticeId=row["project_id"],
        programId=row["project_key"],
        method=row["method"],
        contractDate=published,
        country=_country(row["country"]),
        sourceUrl=row["source_url"],
        proof=proof,
        **money,
    )
    for supplier in dict.fromkeys(suppliers):
        award = hashlib.sha256(f"{row['notice_id']} {supplier}".encode()).hexdigest()[:24]
        # What one of several suppliers gets is not stated: the sum stands with the contract.
        alone = money if len(set(suppliers)) == 1 else {}
        yield _entity(
            f"award-{award}",
            "ContractAward",
            supplier=supplier,
            contract=contract,
            date=published,
            sourceUrl=row["source_url"],
            proof=proof,
            **alone,
        )


def _entity(entity_id: str, schema: str, **properties: object) -> Entity:
    """An entity with what is stated. What is no address on the web stands in ``summary``."""
    source = properties.pop("sourceUrl", None)
    found = address(str(source)) if source else None
    properties |= {"sourceUrl": found, "summary": None if found else source}
    stated = {name: list(dict.fromkeys(_stated(value))) for name, value in properties.items()}
    return {
        "id": entity_id,
        "schema": schema,
        "properties": {name: values for name, values in stated.items() if values},
    }


def _stated(value: object) -> Iterator[str]:
    for one in _listed(value):
        text = shown_name(unicodedata.normalize("NFC", str(one))) if one else ""
        if text.strip():
            yield text


def _listed(value: object) -> Iterable[object]:
    return value if isinstance(value, list | tuple) else (value,)


def _country(code: str | None) -> str | None:
    return code.lower() if code else None


def _day(value: object) -> str | None:
    return str(value)[:10] if value else None


def _plain(amount: Any) -> str | None:
    return None if amount is None else f"{amount.normalize():f}"
