"""Ownership of a case as BODS 0.4 statements: entities, then what they hold of each other.

Only where ownership was given. Natural persons are a number in the reason why no owner is named.
Statement ids follow from what is said: the same links give the same statements.
"""

import hashlib
from collections.abc import Iterator
from itertools import groupby
from typing import Any, BinaryIO

import duckdb
import msgspec

from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.reference.countries import country_name
from sousveil.sources.ownership_bods import COUNTED, STATED, STATED_AS

Statement = dict[str, Any]
VERSION = "0.4"
INTERESTS = frozenset(
    (
        "shareholding", "votingRights", "appointmentOfBoard", "otherInfluenceOrControl",
        "seniorManagingOfficial", "settlor", "trustee", "protector",
        "beneficiaryOfLegalArrangement", "rightsToSurplusAssetsOnDissolution",
        "rightsToProfitOrIncome", "rightsGrantedByContract", "conditionalRightsGrantedByContract",
        "controlViaCompanyRulesOrArticles", "controlByLegalFramework", "boardMember", "boardChair",
        "unknownInterest", "unpublishedInterest", "enjoymentAndUseOfAssets",
        "rightToProfitOrIncomeFromAssets",
    )
)  # fmt: skip
"""The closed list of interestType in BODS 0.4."""

_TYPES = {"public_body": "stateBody"}
_BATCH = 2_000
_ENTITIES = """
WITH told AS (SELECT child_key AS key, child AS name, child_ids AS ids FROM ownership
              UNION ALL SELECT parent_key, parent, parent_ids FROM ownership
              WHERE parent_key IS NOT NULL),
each AS (SELECT key, any_value(name ORDER BY name) AS name,
                list_sort(list_distinct(flatten(list(ids)))) AS ids FROM told GROUP BY key)
SELECT e.key, coalesce(o.name, e.name) AS name, o.names, o.kind, o.country,
       list_sort(list_distinct(list_concat(e.ids, coalesce(o.identifiers, [])))) AS ids
FROM each e LEFT JOIN organisations o ON o.org_key = e.key ORDER BY 1
"""
_HELD = """
SELECT child_key, parent_key, source, interest, share_min, share_max, share_above, indirect, since,
       until, natural_persons
FROM ownership ORDER BY child_key, parent_key, source, interest, share_min, share_max, since, until,
       file, line
"""


def write_bods(case: Case, out: BinaryIO) -> int:
    """Write one statement a line; returns how many, 0 where no ownership was given."""
    encode, count = msgspec.json.Encoder().encode, 0
    published = _published(case)
    with connect(case) as connection:
        for statement in statements_of(connection):
            out.write(encode({**statement, **published}) + b"\n")
            count += 1
    return count


def _published(case: Case) -> Statement:
    """Who publishes, and when: the day when ownership was last added, else that of the case."""
    days = [e.time[:10] for e in case.ledger.entries() if e.kind == "ownership"]
    details = {
        "publicationDate": max(days, default=case.settings.created[:10]),
        "bodsVersion": VERSION,
        "publisher": {"name": f"Sousveil case {case.settings.name}"},
    }
    return {"publicationDetails": details}


def statements_of(connection: duckdb.DuckDBPyConnection) -> Iterator[Statement]:
    """The statements of the tables ``ownership`` and ``organisations``: entities first."""
    for row in _rows(connection, _ENTITIES):
        yield _statement(row["key"], row["key"], "entity", _entity(row))
    held = _rows(connection, _HELD)
    for ends, rows in groupby(held, key=lambda r: (r["child_key"], r["parent_key"], r["source"])):
        child, parent, source = ends
        record = _id("relationship", child, parent or "", source)
        relationship = _relationship(child, parent, list(rows))
        yield {**_statement(record, child, "relationship", relationship), **_source(source)}


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> Iterator[dict[str, Any]]:
    cursor = connection.execute(query)
    names = [column[0] for column in cursor.description or ()]
    while batch := cursor.fetchmany(_BATCH):
        for values in batch:
            yield dict(zip(names, values, strict=True))


def _statement(record: str, subject: str, kind: str, details: Statement) -> Statement:
    said = msgspec.json.encode(details, order="sorted").decode()
    return {
        "statementId": _id(kind, record, said),
        "declarationSubject": subject,
        "recordId": record,
        "recordType": kind,
        "recordStatus": "new",
        "recordDetails": details,
    }


def _id(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:40]


def _entity(row: dict[str, Any]) -> Statement:
    numbers = [dict(zip(("scheme", "id"), n.split(":", 1), strict=True)) for n in row["ids"]]
    kind = _TYPES.get(row["kind"], "registeredEntity" if numbers else "legalEntity")
    entity: Statement = {
        "isComponent": False,
        "entityType": {"type": kind} | ({} if numbers else {"details": STATED}),
        "name": row["name"],
    }
    others = [name for name in row["names"] or () if name != row["name"]]
    if others:
        entity["alternateNames"] = others
    if numbers:
        entity["identifiers"] = numbers
    if row["country"]:
        entity["jurisdiction"] = {"name": country_name(row["country"]), "code": row["country"]}
    return entity


def _relationship(child: str, parent: str | None, rows: list[dict[str, Any]]) -> Statement:
    if parent is None:
        count = sum(row["natural_persons"] for row in rows)
        owner: object = {
            "reason": "informationUnknownToPublisher",
            "description": f"{COUNTED}{count}. They are counted and not kept.",
        }
    else:
        owner = parent
    return {
        "isComponent": False,
        "subject": child,
        "interestedParty": owner,
        "interests": [_interest(row) for row in rows],
    }


def _interest(row: dict[str, Any]) -> Statement:
    kind = row["interest"] if row["interest"] in INTERESTS else "unknownInterest"
    interest: Statement = {
        "type": kind,
        "directOrIndirect": "indirect" if row["indirect"] else "unknown",
    }
    if kind != row["interest"]:
        interest["details"] = f"{STATED_AS}{row['interest']}"
    low, high = row["share_min"], row["share_max"]
    if low is not None and low == high:
        interest["share"] = {"exact": low, "minimum": low, "maximum": low}
    elif low is not None:
        lower = "exclusiveMinimum" if row["share_above"] else "minimum"
        interest["share"] = {lower: low, "maximum": high}
    for name, day in (("startDate", row["since"]), ("endDate", row["until"])):
        if day is not None:
            interest[name] = day.isoformat()
    return interest


def _source(source: str) -> Statement:
    on_the_web = source.startswith(("http://", "https://")) and " " not in source
    return {"source": {"url": source} if on_the_web else {"description": source}}
