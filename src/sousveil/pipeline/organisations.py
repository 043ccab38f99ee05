"""Who is named in the notices of a case, and which names are one: three tables over all notices."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

import msgspec

from sousveil.case.folder import Case
from sousveil.case.manifest import Corpus, Segment
from sousveil.case.segments import Row, read_rows, write_corpus
from sousveil.model import Called, Judgement, Organisation, Role
from sousveil.model.ownership import Link
from sousveil.pipeline.ownership import owned_on, ownership_rows
from sousveil.resolve.calling import Calling
from sousveil.resolve.mentions import Names, Parties, mentions_of
from sousveil.resolve.organisations import ResolvedOrganisations
from sousveil.resolve.organisations.again import resolve_again
from sousveil.resolve.organisations.said import Read, read
from sousveil.resolve.worked_out import WorkedOut

_ENCODED = ("identifiers", "names_beside")
"""Columns of the parties that hold JSON."""
_PARTIES = tuple(name for name in Parties.__struct_fields__ if name not in _ENCODED)
_COLUMNS = (*_PARTIES, *_ENCODED, "published")


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
    known: WorkedOut,
    links: Sequence[Link] = (),
    projects: Mapping[str, str] | None = None,
    reader: Read = read,
) -> Corpus:
    """Write ``mentions``, ``organisations``, ``organisation_joins`` and ``ownership``. Names are
    held in memory once each, notices are read twice in a stream. ``copies``: notices that do not
    count; ``known``: what a run before worked out; ``links``: what people say of who owns whom;
    ``projects``: the project of each notice that is not alone in it; ``reader``: how names are
    read."""
    names, said = named_in(case, segments, projects or {})
    resolved = resolve_again(names.keys(said), judged, known, reader)
    seen: dict[str, _Seen] = {}
    mentions = write_corpus(
        case.root,
        f"m{key}",
        {"mentions": _mentions(case, segments, resolved, copies, seen)},
    )
    found = resolved.organisations
    called = {o.org_key: names.commonest(o.name_ids) for o in found} if links else {}
    spellings = {o.org_key: names.spellings(o.name_ids) for o in found} if links else {}
    owned = owned_on(found, links, spellings, _last_day(seen.values()))
    rows: dict[str, Iterable[Row]] = {
        "organisations": (_row(o, names, seen, owned.groups) for o in found),
        "ownership": ownership_rows(owned, called),
        "organisation_joins": (
            (j.left, j.right, j.rule, j.reason, json.dumps(j.levels, sort_keys=True), j.probability)
            for j in resolved.joins
        ),
    }
    return Corpus(key, {**mentions.tables, **write_corpus(case.root, f"o{key}", rows).tables})


def named_in(
    case: Case, segments: Sequence[Segment], projects: Mapping[str, str]
) -> tuple[Names, dict[str, tuple[Called, ...]]]:
    """The names in the notices of a case, and what notices call each besides."""
    names, calling = Names(), Calling()
    for parties in map(_parties, _notices(case, segments)):
        mentions = list(mentions_of(parties))
        titles = {title for title in (parties.title, parties.project_name) if title}
        if parties.identifiers or parties.names_beside:
            calling.note_stated(parties, mentions)
        for mention in mentions:
            names.note(mention.key)
            if mention.role == "buyer":
                calling.note(mention.key, titles, projects.get(parties.notice_id))
    return names, calling.called()


def _notices(case: Case, segments: Sequence[Segment]) -> Iterator[dict[str, Any]]:
    for segment in segments:
        for values in read_rows(case.root / segment.tables["notices"].path, _COLUMNS):
            yield dict(zip(_COLUMNS, values, strict=True))


def _parties(row: dict[str, Any]) -> Parties:
    """Whom a notice names, as its row has it."""
    stated = {name: msgspec.json.decode(row[name]) for name in _ENCODED if row[name]}
    named = {name: row[name] for name in _PARTIES if row[name] is not None}
    return msgspec.convert({"country": None, "place": None, **named, **stated}, Parties)


def _mentions(
    case: Case,
    segments: Sequence[Segment],
    resolved: ResolvedOrganisations,
    copies: Collection[str],
    seen: dict[str, _Seen],
) -> Iterator[Row]:
    for row in _notices(case, segments):
        met: set[str] = set()
        for mention in mentions_of(_parties(row)):
            key, role = mention.key, mention.role
            org_key = resolved.org_of[key.name_id]
            yield row["notice_id"], role, mention.position, key.name, key.name_id, org_key
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


def _last_day(seen: Iterable[_Seen]) -> str | None:
    """The day of the last dated notice: groups are those of that day."""
    last = max((record.last for record in seen if record.last), default=None)
    return last.isoformat() if last else None


def _row(one: Organisation, names: Names, seen: dict[str, _Seen], groups: Mapping[str, str]) -> Row:
    record = seen[one.org_key]
    return (
        *(one.org_key, names.commonest(one.name_ids), names.spellings(one.name_ids)),
        *(list(one.name_ids), one.kind, record.buyer_type, one.country, one.place, one.division),
        *(one.parent_key, groups.get(one.org_key), [str(i) for i in one.identifiers]),
        *(record.first, record.last, record.notices),
    )


class Named:
    """Organisations by notice, as the index takes them: read beside the notices, for mentions are
    in the same order. Holds the names of every organisation."""

    def __init__(self, case: Case, corpus: Corpus) -> None:
        columns = ("org_key", "names", "identifiers")
        rows = read_rows(case.root / corpus.tables["organisations"].path, columns)
        self._found_by = {key: (key, *names, *numbers) for key, names, numbers in rows}
        mentions = case.root / corpus.tables["mentions"].path
        rows = read_rows(mentions, ("notice_id", "role", "org_key"))
        self._groups = groupby(rows, key=itemgetter(0))
        self._next = next(self._groups, None)

    def of(self, notice_id: str) -> dict[str, tuple[str, ...]]:
        """The columns of the index that name organisations: in any role, as buyer, as supplier."""
        if self._next is None or self._next[0] != notice_id:
            return {}
        said = [(role, org_key) for _, role, org_key in self._next[1]]
        self._next = next(self._groups, None)
        suppliers = tuple(dict.fromkeys(key for role, key in said if role == "supplier"))
        return {"supplier_keys": suppliers} | {
            column: tuple(
                dict.fromkeys(
                    value
                    for role, org_key in said
                    if wanted in (None, role)
                    for value in self._found_by[org_key]
                )
            )
            for column, wanted in _INDEXED.items()
        }


_INDEXED: dict[str, Role | None] = {
    "orgs": None,
    "buyer_orgs": "buyer",
    "supplier_orgs": "supplier",
}
