"""Releases, packages and records of the Open Contracting Data Standard 1.0 and 1.1."""

import gzip
import io
import json

from demo_corpus.notice import Authored
from demo_corpus.recorder import Recorder

MARKER = "Illustrative record written for the Sousveil project; not a real notice"

TAGS = {
    "intention": "planning",
    "tender": "tender",
    "correction": "tenderAmendment",
    "termination": "tenderCancellation",
    "award": "award",
    "contract": "contract",
}


def release(n: Authored, r: Recorder) -> dict:
    """One release with what is known at its stage."""
    old = n.version == "1.0"
    out: dict = {
        "ocid": n.ocid,
        "id": n.release_id or f"{n.ocid}-{n.published}-{TAGS[n.type]}",
        "date": f"{n.day.isoformat()}T{9 + n.variant % 8:02d}:00:00{n.offset or 'Z'}",
        "tag": [TAGS[n.type]],
        "initiationType": "tender",
        "language": n.language or "en",
        "x_illustrative": MARKER,
    }
    r.note("published", n.day.isoformat())
    r.note("ocid", n.ocid)
    buyer_id = f"{n.country}-ORG-{n.org_number}"
    out["buyer"] = {"name": r.note("buyer", n.buyer)} if old else {"id": buyer_id, "name": n.buyer}
    r.note("buyer", n.buyer)
    party = _buyer_party(n, r)
    if old:
        out["buyer"].update({k: v for k, v in party.items() if k in ("address", "contactPoint")})
    else:
        out["parties"] = [
            {"id": buyer_id, "name": n.buyer, "roles": ["buyer", "procuringEntity"], **party}
        ]
    if n.type == "intention":
        out["planning"] = {
            "rationale": n.rationale,
            "budget": {"description": n.name, "amount": _value(n, r, "budget")},
        }
    out["tender"] = _tender(n, r)
    if n.type in ("award", "contract"):
        out["awards"] = [_award(n, r, out, old)]
    if n.type == "contract":
        out["contracts"] = [
            {
                "id": f"{n.project_id}-C1",
                "awardID": f"{n.project_id}-A1",
                "title": n.name,
                "status": "active",
                "value": _value(n, r, "award"),
                "dateSigned": f"{n.signed}T00:00:00Z",
            }
        ]
    return {k: v for k, v in out.items() if v is not None}


def _buyer_party(n: Authored, r: Recorder) -> dict:
    party: dict = {
        "address": {"locality": n.locality, "region": n.province, "countryName": n.country_name}
    }
    party["address"] = {k: v for k, v in party["address"].items() if v}
    if n.contact_person:
        point = {"name": r.who("person", n.contact_person)}
        if n.contact_email:
            point["email"] = r.who("email", n.contact_email)
        if n.contact_phone:
            point["telephone"] = r.who("phone", n.contact_phone)
        party["contactPoint"] = point
    return party


def _value(n: Authored, r: Recorder, field: str) -> dict:
    amount = n.fields[field]
    r.note(field, amount)
    r.note("currency", n.currency)
    return {"amount": amount, "currency": n.currency}


def _tender(n: Authored, r: Recorder) -> dict:
    tender: dict = {
        "id": r.note("project_id", n.project_id),
        "title": r.note("project_name", n.name),
    }
    if "need" in (n.shows or []):
        tender["description"] = str(n.need).strip()
    status = {
        "intention": "planned",
        "tender": "active",
        "correction": "active",
        "termination": "cancelled",
    }
    tender["status"] = status.get(n.type, "complete")
    if n.type in ("tender", "correction") or n.repeat_value:
        if n.budget is not None:
            tender["value"] = _value(n, r, "budget")
        if n.deadline:
            at = r.when(n.deadline_at, 1).replace(" ", "T")
            tender["tenderPeriod"] = {"endDate": at + str(n.offset or "Z")}
    if n.method and n.type != "intention":
        tender["procurementMethod"] = n.method_code or "open"
        tender["procurementMethodDetails"] = r.note("method", n.method)
    if n.items:
        tender["items"] = [_item(i, x) for i, x in enumerate(n.items, 1)]
    if n.type == "correction":
        tender["amendments"] = [
            {"id": "1", "date": f"{n.day.isoformat()}T09:00:00Z", "rationale": n.rationale}
        ]
    return tender


def _item(number: int, item: list) -> dict:
    description, scheme, code = item
    out = {"id": str(number), "description": description}
    if scheme:
        out["classification"] = {"scheme": scheme, "id": code}
    return out


def _award(n: Authored, r: Recorder, out: dict, old: bool) -> dict:
    supplier_id = f"{n.country}-SUP-{n.org_number}"
    who = {"name": r.also("suppliers", n.supplier)}
    if not old:
        who["id"] = supplier_id
        out["parties"].append({"id": supplier_id, "name": n.supplier, "roles": ["supplier"]})
    return {
        "id": f"{n.project_id}-A1",
        "title": n.name,
        "status": "active",
        "date": f"{n.day.isoformat()}T00:00:00Z",
        "value": _value(n, r, "award"),
        "suppliers": [who],
    }


def contain(notices: list[Authored], releases: list[dict]) -> bytes:
    """Releases in the container that their file asks for."""
    first = notices[0]
    package = {
        "uri": f"https://example.org/ocds/{first.file}",
        "publishedDate": f"{notices[-1].day.isoformat()}T20:00:00Z",
        "publisher": {"name": "Illustrative publisher (Sousveil demonstration)"},
        "license": "https://example.org/licence",
        "x_illustrative": MARKER,
    }
    if first.version != "1.0":
        package["version"] = "1.1"
    shape = first.container or "release_package"
    if shape == "jsonl":
        return "".join(json.dumps(x, ensure_ascii=False) + "\n" for x in releases).encode()
    if shape in ("release", "array"):
        body: object = releases if shape == "array" else releases[0]
    elif shape == "record_releases":
        body = {**package, "records": _records(releases)}
    elif shape == "record_compiled":
        body = {**package, "records": [_compiled(x) for x in releases]}
    else:
        body = {**package, "releases": releases}
    text = (
        json.dumps(body, ensure_ascii=False, indent=None if shape == "array" else 2).encode()
        + b"\n"
    )
    return _gzip(text) if str(first.file).endswith(".gz") else text


def pointer(shape: str | None, position: int) -> str:
    """JSON Pointer of one release or record in its container; empty for a whole file."""
    if shape == "release":
        return ""
    if shape in ("array", "jsonl"):
        return f"/{position}"
    if shape in ("record_compiled", "record_releases"):
        return f"/records/{position}"
    return f"/releases/{position}"


def merge(rows: list[dict]) -> list[dict]:
    """Rows of one record's releases as the one notice it is: how things stand in the end."""
    by_ocid: dict[str, dict] = {}
    for row in rows:
        before = by_ocid.get(row["ocid"])
        if before is None:
            by_ocid[row["ocid"]] = row
            continue
        stated = {k: v for k, v in row.items() if v not in (None, [], False)}
        by_ocid[row["ocid"]] = {**before, **stated, "first_published": before["published"]}
    return [
        {**row, "pointer": pointer("record_releases", i)} for i, row in enumerate(by_ocid.values())
    ]


def _records(releases: list[dict]) -> list[dict]:
    by_ocid: dict[str, list[dict]] = {}
    for one in releases:
        by_ocid.setdefault(one["ocid"], []).append(one)
    return [{"ocid": k, "releases": v} for k, v in by_ocid.items()]


def _compiled(one: dict) -> dict:
    links = [
        {
            "url": f"https://example.org/ocds/{one['id']}.json",
            "date": one["date"],
            "tag": one["tag"],
        }
    ]
    return {"ocid": one["ocid"], "releases": links, "compiledRelease": {**one, "tag": ["compiled"]}}


def _gzip(data: bytes) -> bytes:
    buffer = io.BytesIO()
    with gzip.GzipFile(fileobj=buffer, mode="wb", mtime=0, filename="") as out:
        out.write(data)
    return buffer.getvalue()
