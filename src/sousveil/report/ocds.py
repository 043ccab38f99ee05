"""OCDS 1.1 of a case: one release a notice, and a record a project with its compiled release.

What a notice states becomes a release of the project's contracting process; the process is the
case's project (``ocds-sousveil-`` and its key: the prefix is no registered one, for these are
re-publications). What a notice says beside its own subject stands where the standard has it, and a
tag says so: an award notice that lists bidders updates the tender, a contract that no award notice
announces holds its award, one that is announced refers to it. A compiled release merges the parts
in the order of their dates: one tender, every award and contract once, one name for each party. A
notice without any date makes no release, for a release must have one.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, BinaryIO, Literal

import duckdb
import msgspec

from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.report.addresses import address
from sousveil.report.ocds_record import Part, record_of
from sousveil.text.controls import shown_name

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
_OUTCOMES = frozenset(("award", "contract", "acceptance"))
_NO_CALL = _OUTCOMES | {"intention"}
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
            releases = releases_of([row for row in rows if row["day"]])
            undated += len(rows) - len(releases)
            told = (
                releases if what == "ocds-releases" else [record_of(releases)] if releases else []
            )
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


class _Process(msgspec.Struct, frozen=True):
    """What releases of a process refer to in each other: the id of its tender, whether a call is
    told, and by suppliers the awards and contracts that notices of their own announce."""

    tender: str
    called: bool
    awards: Mapping[frozenset[str], Sequence[dict[str, Any]]]
    contracts: Mapping[frozenset[str], Sequence[dict[str, Any]]]

    def award_of(self, row: dict[str, Any]) -> str | None:
        """The id of the award that a notice of its own announces to the suppliers of a contract."""
        found = _one_of(self.awards, row)
        return None if found is None else str(found["notice_id"])

    def contract_of(self, row: dict[str, Any]) -> dict[str, Any]:
        """The notice of the contract that an acceptance accepts; itself where none is told."""
        return _one_of(self.contracts, row) or row


def _one_of(
    known: Mapping[frozenset[str], Sequence[dict[str, Any]]], row: dict[str, Any]
) -> dict[str, Any] | None:
    """The one notice with the suppliers of another, or of any where it names none; of several that
    of the same sum; None where that leaves none, or not one."""
    suppliers = _suppliers(row)
    found = (
        known.get(suppliers, ()) if suppliers else [one for all_ in known.values() for one in all_]
    )
    if len(found) > 1:
        found = [one for one in found if one["award"] == row["award"]]
    return found[0] if len(found) == 1 else None


def releases_of(rows: Sequence[dict[str, Any]]) -> list[Part]:
    """The releases of a process, in the order of its notices."""
    by_kind: dict[str, dict[frozenset[str], list[dict[str, Any]]]] = {"award": {}, "contract": {}}
    for row in rows:
        if row["notice_type"] in by_kind and _suppliers(row):
            by_kind[row["notice_type"]].setdefault(_suppliers(row), []).append(row)
    numbers = [row["project_id"] for row in rows if row["project_id"]]
    process = _Process(
        numbers[0] if numbers else rows[0]["project_key"] if rows else "",
        any(row["notice_type"] not in _NO_CALL for row in rows),
        by_kind["award"],
        by_kind["contract"],
    )
    return [_release(row, process) for row in rows]


def _suppliers(row: dict[str, Any]) -> frozenset[str]:
    return frozenset(p["org_key"] for p in row["parties"] or () if p["role"] == "supplier")


def _release(row: dict[str, Any], process: _Process) -> Part:
    kind, parties = row["notice_type"], _named(row["parties"] or [])
    release: Part = {
        "ocid": PREFIX + row["project_key"],
        "id": row["notice_id"],
        "date": f"{row['day']}T00:00:00Z",
        "tag": [_TAGS.get(kind, "tender")],
        "initiationType": "tender",
        "buyer": next(_references(parties, "buyer"), None),
    }
    if kind == "intention":
        amount = _value(row["budget"], row["currency"])
        release["planning"] = {
            "budget": _stated({"description": row["title"], "amount": amount}),
            "documents": [_document(row)],
        }
    elif kind in _OUTCOMES:
        release |= _outcome(row, parties, process)
    else:
        release["tender"] = _tender(row, parties, process)
    if "tender" not in release and (beside := _of_tender(parties)):
        release["tender"] = {"id": process.tender, **beside}
        release["tag"].append("tenderUpdate" if process.called else "tender")
    release["parties"] = list(_parties(parties, suppliers="awards" in release))
    return _stated(release)


def _named(parties: Sequence[Part]) -> list[Part]:
    """The parties of a notice, each under one name wherever it stands."""
    names: dict[str, str] = {}
    for party in parties:
        names.setdefault(party["org_key"], shown_name(party["name"]))
    return [{**party, "name": names[party["org_key"]]} for party in parties]


def _of_tender(parties: Sequence[Part]) -> Part:
    """Who of the parties stands with the tender."""
    return _stated(
        {
            "procuringEntity": next(_references(parties, "agency"), None),
            "tenderers": list(_references(parties, "bidder")),
        }
    )


def _tender(row: dict[str, Any], parties: Sequence[Part], process: _Process) -> Part:
    cancelled = row["notice_type"] == "termination"
    deadline, offset = row["bid_deadline"], _OFFSETS.get(row["country"])
    return _stated(
        {
            "id": process.tender,
            "title": row["title"],
            "status": "cancelled" if cancelled else None,
            "value": _value(_first(row, "ceiling", "budget"), row["currency"]),
            "procurementMethodDetails": row["method"],
            "tenderPeriod": {"endDate": f"{deadline}:00{offset}"} if deadline and offset else None,
            "documents": [_document(row)],
            **_of_tender(parties),
        }
    )


def _outcome(row: dict[str, Any], parties: Sequence[Part], process: _Process) -> Part:
    """The award of an award notice; the contract of others, with its award where no notice of one
    announces it; under an acceptance the contract that it accepts."""
    kind, tag = row["notice_type"], _TAGS[row["notice_type"]]
    said = _stated(
        {
            "id": row["notice_id"],
            "title": row["title"],
            "date": f"{row['published']}T00:00:00Z" if row["published"] else None,
            "value": _value(row["award"], row["currency"]),
            "documents": [_document(row)],
        }
    )
    suppliers = list(_references(parties, "supplier"))
    award = _stated({**said, "status": "active", "suppliers": suppliers})
    if kind == "award":
        return {"awards": [award]}
    documents, date = said.pop("documents"), said.pop("date", None)
    signed = process.contract_of(row) if kind == "acceptance" else row
    announced = process.award_of(signed)
    contract = {
        **said,
        "id": signed["notice_id"],
        "awardID": announced or signed["notice_id"],
    }
    if kind == "acceptance":
        contract["implementation"] = {"documents": documents}
    else:
        contract |= {"documents": documents, "dateSigned": date}
    tags = [tag] if signed is not row or kind == "contract" else ["contract", tag]
    told: Part = {"contracts": [_stated(contract)], "tag": tags}
    if announced is None and signed is row:
        told |= {"awards": [award], "tag": ["award", *tags]}
    return told


def _parties(parties: Sequence[Part], *, suppliers: bool) -> Iterator[Part]:
    """The parties of a release by role; suppliers only where it holds the award that names them."""
    by_key: dict[str, Part] = {}
    for party in parties:
        if party["role"] == "supplier" and not suppliers:
            continue
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
    url = address(row["source_url"])
    return _stated(
        {
            "id": row["document_sha256"],
            "title": row["source_path"],
            "description": None if url else row["source_url"],
            "url": url,
            "format": row["media_type"],
        }
    )


def _value(amount: Any, currency: str | None) -> Part | None:
    if amount is None or currency is None:
        return None
    return {"amount": float(amount), "currency": currency}


def _first(row: dict[str, Any], *names: str) -> Any:
    return next((row[name] for name in names if row[name] is not None), None)


def _stated(part: Part) -> Part:
    """Without what is not stated: OCDS leaves out rather than writes null."""
    return {name: value for name, value in part.items() if value not in (None, [], {})}
