"""Who is named in the notices of a case, and which names are one: three tables over all notices."""

import hashlib
import json
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

import msgspec

from sousveil.case.folder import Case
from sousveil.case.manifest import Corpus, Segment
from sousveil.case.segments import Row, read_rows, write_corpus
from sousveil.model import Judgement, NameKey, Organisation, Role
from sousveil.resolve.organisations import ResolvedOrganisations, resolve_organisations

_COLUMNS = (
    *("notice_id", "buyer", "agency", "suppliers", "bidders"),
    *("country", "place", "buyer_type", "published"),
)
_MASK = "〔"


class _Seen(msgspec.Struct):
    """When an organisation was named, and in how many notices; what it is as a buyer."""

    first: date | None = None
    last: date | None = None
    notices: int = 0
    buyer_type: str | None = None


def organisations(
    case: Case,
    key: str,
    segments: Sequence[Segment],
    judged: Sequence[Judgement],
    copies: Collection[str],
) -> Corpus:
    """Write ``mentions``, ``organisations`` and ``organisation_joins``. Names are held in memory
    once each, notices are read twice in a stream. ``copies``: notices that do not count."""
    names: dict[str, NameKey] = {}
    for row in _notices(case, segments):
        for _, _, name in _named(row):
            known = names.get(name.name_id)
            if known is None:
                names[name.name_id] = name
            elif name.roles[0] not in known.roles:
                roles = tuple(sorted({*known.roles, *name.roles}))
                names[name.name_id] = msgspec.structs.replace(known, roles=roles)
    resolved = resolve_organisations(names.values(), judged)
    seen: dict[str, _Seen] = {}
    mentions = write_corpus(
        case.root,
        f"m{key}",
        {"mentions": _mentions(case, segments, resolved, copies, seen)},
    )
    rows: dict[str, Iterable[Row]] = {
        "organisations": (_row(one, names, seen) for one in resolved.organisations),
        "organisation_joins": (
            (j.left, j.right, j.rule, j.reason, json.dumps(j.levels, sort_keys=True), j.probability)
            for j in resolved.joins
        ),
    }
    return Corpus(key, {**mentions.tables, **write_corpus(case.root, f"o{key}", rows).tables})


def _notices(case: Case, segments: Sequence[Segment]) -> Iterator[dict[str, Any]]:
    for segment in segments:
        for values in read_rows(case.root / segment.tables["notices"].path, _COLUMNS):
            yield dict(zip(_COLUMNS, values, strict=True))


def _named(row: dict[str, Any]) -> Iterator[tuple[Role, int, NameKey]]:
    """Whom a notice names, by role and position. Masked names are nobody's."""
    roles: tuple[tuple[Role, list[str]], ...] = (
        ("buyer", [row["buyer"]] if row["buyer"] else []),
        ("agency", [row["agency"]] if row["agency"] else []),
        ("supplier", row["suppliers"] or []),
        ("bidder", row["bidders"] or []),
    )
    for role, found in roles:
        for position, name in enumerate(found):
            if _MASK not in name and name.strip():
                yield role, position, _key(name, role, row)


def _key(name: str, role: Role, row: dict[str, Any]) -> NameKey:
    """What joining reads of a name. Where a notice is from says where its buyer is, and nobody
    else; the country is the buyer's, for lack of another."""
    place = row["place"] if role == "buyer" else None
    kind = (row["buyer_type"] or "other") if role == "buyer" else None
    plain = " ".join(unicodedata.normalize("NFKC", name).split())
    told = json.dumps([plain, row["country"], place, kind], ensure_ascii=False)
    name_id = "n" + hashlib.sha256(told.encode()).hexdigest()[:24]
    return NameKey(name_id, name, row["country"], place, (role,), (), kind)


def _mentions(
    case: Case,
    segments: Sequence[Segment],
    resolved: ResolvedOrganisations,
    copies: Collection[str],
    seen: dict[str, _Seen],
) -> Iterator[Row]:
    for row in _notices(case, segments):
        met: set[str] = set()
        for role, position, name in _named(row):
            org_key = resolved.org_of[name.name_id]
            yield row["notice_id"], role, position, name.name, name.name_id, org_key
            record = seen.setdefault(org_key, _Seen())
            if role == "buyer" and row["buyer_type"]:
                known = record.buyer_type
                record.buyer_type = min(known or row["buyer_type"], row["buyer_type"])
            met.add(org_key)
        if row["notice_id"] not in copies:
            for org_key in met:
                _count(seen[org_key], row["published"])


def _count(record: _Seen, day: date | None) -> None:
    record.notices += 1
    if day is not None:
        record.first = min(record.first or day, day)
        record.last = max(record.last or day, day)


def _row(one: Organisation, names: dict[str, NameKey], seen: dict[str, _Seen]) -> Row:
    record = seen[one.org_key]
    return (
        *(one.org_key, one.name, sorted({names[n].name for n in one.name_ids})),
        *(list(one.name_ids), one.kind, record.buyer_type, one.country, one.place, one.division),
        *(one.parent_key, None, [str(i) for i in one.identifiers]),
        *(record.first, record.last, record.notices),
    )
