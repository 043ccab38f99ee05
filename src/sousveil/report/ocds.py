"""OCDS 1.1 of a case: one release a notice, and a record a project with its compiled release.

What a notice states becomes a release of the project's contracting process; the process is the
case's project (``ocds-sousveil-`` and its key: the prefix is no registered one, for these are
re-publications). A compiled release is the latest of each part: the tender of the last call, every
award and contract once. A notice without any date makes no release, for a release must have one.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, BinaryIO, Literal

import duckdb
import msgspec

from sousveil.case.database import connect
from sousveil.case.folder import Case

Part = dict[str, Any]
What = Literal["ocds-releases", "ocds-records"]
PREFIX = "ocds-sousveil-"
_BATCH = 2_000
_TAGS = {
    "intention": "planning",
    "correction": "tenderAmendment",
    "termination": "tenderCancellation",
    "award": "award",
    "contract": "contract",
    "acceptance": "implementation",
}
"""The release tag (releaseTag.csv) of each notice type; of the others ``tender``."""
_OFFSETS = dict.fromkeys(("CN", "TW", "HK", "MO", "SG", "MY"), "+08:00")
"""Deadlines are local times. OCDS wants an offset: where a country has one and no summer time it is
known; elsewhere the deadline is left out."""
_ROLES = {
    "buyer": "buyer",
    "agency": "procuringEntity",
    "supplier": "supplier",
    "bidder": "tenderer",
}
_NOTICES = """
SELECT n.notice_id, n.project_key, n.notice_type, n.document_sha256, n.media_type,
       coalesce(n.title, n.project_name) AS title, n.project_id, n.method, n.budget, n.ceiling,
       n.award, n.currency, n.country, n.bid_deadline, n.source_url, n.source_path,
       coalesce(CAST(n.published AS VARCHAR), CAST(n.first_published AS VARCHAR),
                left(n.captured_at, 10)) AS day,
       n.published, m.parties
FROM (SELECT notices.*, outcomes.media_type FROM notices
      LEFT JOIN outcomes USING (document_sha256)) n
LEFT JOIN (SELECT notice_id, list({'role': role, 'org_key': org_key, 'name': name,
                  'identifiers': identifiers} ORDER BY role, position) AS parties
           FROM mentions JOIN (SELECT org_key, identifiers FROM organisations) USING (org_key)
           GROUP BY notice_id) m USING (notice_id)
WHERE n.duplicate_of IS NULL
ORDER BY n.project_key, day, n.notice_id
"""


class Written(msgspec.Struct, frozen=True):
    """How many lines were written, and how many notices have no date."""

    lines: int
    undated: int


def write_ocds(case: Case, what: What, out: BinaryIO) -> Written:
    """Write releases or records, one a line. Memory does not grow with the case."""
    encode = msgspec.json.Encoder().encode
    lines = undated = 0
    with connect(case) as connection:
        for _, group in groupby(_rows(connection), key=lambda row: row["project_key"]):
            rows = list(group)
            releases = [_release(row) for row in rows if row["day"]]
            undated += len(rows) - len(releases)
            told = releases if what == "ocds-releases" else [_record(releases)] if releases else []
            for one in told:
                out.write(encode(one) + b"\n")
            lines += len(told)
    return Written(lines, undated)


def _rows(connection: duckdb.DuckDBPyConnection) -> Iterator[dict[str, Any]]:
    cursor = connection.execute(_NOTICES)
    names = [column[0] for column in cursor.description or ()]
    while batch := cursor.fetchmany(_BATCH):
        for values in batch:
            yield dict(zip(names, values, strict=True))


def _release(row: dict[str, Any]) -> Part:
    kind, parties = row["notice_type"], row["parties"] or []
    tag = [_TAGS.get(kind, "tender")]
    release: Part = {
        "ocid": PREFIX + row["project_key"],
        "id": row["notice_id"],
        "date": f"{row['day']}T00:00:00Z",
        "tag": tag,
        "initiationType": "tender",
        "parties": list(_parties(parties)),
        "buyer": next(_references(parties, "buyer"), None),
    }
    if kind == "intention":
        amount = _value(row["budget"], row["currency"])
        release["planning"] = {
            "budget": _stated({"description": row["title"], "amount": amount}),
            "documents": [_document(row)],
        }
    elif kind in ("award", "contract", "acceptance"):
        release |= _outcome(row, parties)
    else:
        release["tender"] = _tender(row, parties)
    return _stated(release)


def _tender(row: dict[str, Any], parties: Sequence[Part]) -> Part:
    cancelled = row["notice_type"] == "termination"
    deadline, offset = row["bid_deadline"], _OFFSETS.get(row["country"])
    return _stated(
        {
            "id": row["project_id"] or row["project_key"],
            "title": row["title"],
            "status": "cancelled" if cancelled else None,
            "procuringEntity": next(_references(parties, "agency"), None),
            "value": _value(_first(row, "ceiling", "budget"), row["currency"]),
            "procurementMethodDetails": row["method"],
            "tenderPeriod": {"endDate": f"{deadline}:00{offset}"} if deadline and offset else None,
            "tenderers": list(_references(parties, "bidder")),
            "documents": [_document(row)],
        }
    )


def _outcome(row: dict[str, Any], parties: Sequence[Part]) -> Part:
    award = _stated(
        {
            "id": row["notice_id"],
            "title": row["title"],
            "status": "active",
            "date": f"{row['published']}T00:00:00Z" if row["published"] else None,
            "value": _value(row["award"], row["currency"]),
            "suppliers": list(_references(parties, "supplier")),
            "documents": [_document(row)],
        }
    )
    if row["notice_type"] == "award":
        return {"awards": [award]}
    contract = {
        "id": row["notice_id"],
        "awardID": row["notice_id"],
        "title": row["title"],
        "value": award.get("value"),
        "dateSigned": award.get("date"),
        "documents": award["documents"],
    }
    return {"awards": [award], "contracts": [_stated(contract)]}


def _record(releases: Sequence[Part]) -> Part:
    """The record of a project: its releases, and what they come to."""
    last = releases[-1]
    compiled: Part = {
        "ocid": last["ocid"],
        "id": f"{last['ocid']}-{last['date']}",
        "date": last["date"],
        "tag": ["compiled"],
        "initiationType": "tender",
        "parties": _merged(p for release in releases for p in release.get("parties", ())),
        "buyer": _last(release.get("buyer") for release in releases),
        "planning": _last(release.get("planning") for release in releases),
        "tender": _last(release.get("tender") for release in releases),
        "awards": [award for release in releases for award in release.get("awards", ())],
        "contracts": [one for release in releases for one in release.get("contracts", ())],
    }
    return {
        "ocid": last["ocid"],
        "releases": list(releases),
        "compiledRelease": _stated(compiled),
    }


def _merged(parties: Iterable[Part]) -> list[Part]:
    """Each organisation once, with every role it had."""
    found: dict[str, Part] = {}
    for party in parties:
        known = found.setdefault(party["id"], {**party, "roles": []})
        known["roles"] = sorted({*known["roles"], *party["roles"]})
    return list(found.values())


def _parties(parties: Sequence[Part]) -> Iterator[Part]:
    by_key: dict[str, Part] = {}
    for party in parties:
        known = by_key.setdefault(
            party["org_key"],
            {"id": party["org_key"], "name": party["name"], "roles": [], **_identifier(party)},
        )
        known["roles"] = sorted({*known["roles"], _ROLES[party["role"]]})
    yield from by_key.values()


def _identifier(party: Part) -> Part:
    numbers = [
        dict(zip(("scheme", "id"), n.split(":", 1), strict=True)) for n in party["identifiers"]
    ]
    return {"identifier": numbers[0], "additionalIdentifiers": numbers[1:]} if numbers else {}


def _references(parties: Sequence[Part], role: str) -> Iterator[Part]:
    for party in {p["org_key"]: p for p in parties if p["role"] == role}.values():
        yield {"id": party["org_key"], "name": party["name"]}


def _document(row: dict[str, Any]) -> Part:
    """The original: its hash is its id, so that the proof can be found again."""
    return _stated(
        {
            "id": row["document_sha256"],
            "title": row["source_path"],
            "url": row["source_url"],
            "format": row["media_type"],
        }
    )


def _value(amount: Any, currency: str | None) -> Part | None:
    if amount is None or currency is None:
        return None
    return {"amount": float(amount), "currency": currency}


def _first(row: dict[str, Any], *names: str) -> Any:
    return next((row[name] for name in names if row[name] is not None), None)


def _last(values: Iterable[Part | None]) -> Part | None:
    found = [value for value in values if value]
    return found[-1] if found else None


def _stated(part: Part) -> Part:
    """Without what is not stated: OCDS leaves out rather than writes null."""
    return {name: value for name, value in part.items() if value not in (None, [], {})}
