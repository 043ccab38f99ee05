"""One organisation as the records show it: who it is, what it bought, won and lost, with whom."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

import duckdb
import msgspec

from sousveil.reference import Taxonomy, label
from sousveil.reference.countries import country_name
from sousveil.reference.glossary import gloss
from sousveil.report import organisation_rows
from sousveil.report.figures import table
from sousveil.report.organisation_records import (
    Bids,
    Capability,
    Coverage,
    History,
    Holding,
    Named,
    Page,
    Part,
    Partner,
    Place,
    Spelling,
    Sum,
    Together,
)
from sousveil.report.organisation_rows import Row
from sousveil.report.telling import amount_in_words

_T = TypeVar("_T")


def coverage_of(connection: duckdb.DuckDBPyConnection) -> Coverage:
    """In how much of the case losing can be known; ``organisation_rows.prepare`` comes first."""
    columns, (row,) = table(connection, organisation_rows.COVERAGE)
    return msgspec.convert(dict(zip(columns, row, strict=True)), Coverage)


def pages(connection: duckdb.DuckDBPyConnection, taxonomy: Taxonomy) -> Iterator[Page]:
    """The organisations that ``organisation_rows.prepare`` chose, in its order, one at a time."""
    coverage = coverage_of(connection)
    for head, parts in organisation_rows.organisations(connection):
        yield _page(head, parts, coverage, taxonomy)


def _page(
    head: Row, parts: Mapping[str, Sequence[Row]], coverage: Coverage, taxonomy: Taxonomy
) -> Page:
    place = head["place"]
    told: dict[str, Any] = {
        **head,
        "gloss": _gloss(head["name"]),
        "country_name": country_name(str(head["country"])) if head["country"] else None,
        "place_gloss": _gloss(place),
        "parent": _named(head["parent_key"], head["parent"]),
        "group": _named(head["group_key"], head["group_name"]),
    }
    told["names"] = _records(parts["names"], Spelling)
    told["units"] = _records(parts["units"], Named)
    told["owners"] = _records(parts["owners"], Holding)
    told["owned"] = _records(parts["owned"], Holding)
    told["counts"] = _records(parts["counts"], Part)
    told["bids"] = next(iter(_records(parts["bids"], Bids)), Bids())
    told["coverage"] = coverage
    told["amounts"] = _records(parts["amounts"], Sum)
    told["capabilities"] = tuple(
        msgspec.structs.replace(c, label=label(c.code, taxonomy=taxonomy))
        for c in _records(parts["capabilities"], Capability)
    )
    told["places"] = tuple(map(_place, _records(parts["places"], Place)))
    told["partners"] = _records(parts["partners"], Partner)
    told["together"] = _records(parts["together"], Together)
    told["crowded"] = sum(int(str(row["projects"])) for row in parts["crowded"])
    told["projects"] = _history(parts["projects"], parts["others"], taxonomy)
    told["more"] = dict(_more(parts))
    return msgspec.convert(told, Page, from_attributes=True)


def _records(rows: Sequence[Row], kind: type[_T]) -> tuple[_T, ...]:
    """Rows as records, with a gloss where they have a name."""
    return tuple(msgspec.convert({"gloss": _gloss(row.get("name")), **row}, kind) for row in rows)


def _place(place: Place) -> Place:
    return msgspec.structs.replace(
        place,
        country_name=country_name(place.country) if place.country else "country not known",
        gloss=_gloss(place.province),
    )


def _history(rows: Sequence[Row], others: Sequence[Row], taxonomy: Taxonomy) -> tuple[History, ...]:
    sides: dict[tuple[object, object], list[Named]] = {}
    for row in others:
        named = Named(str(row["org_key"]), str(row["name"]), _gloss(row["name"]))
        sides.setdefault((row["project_key"], row["role"]), []).append(named)
    found = []
    for row in rows:
        told: dict[str, Any] = {
            **row,
            "roles": [r for r in ("buyer", "supplier", "bidder", "agency") if row[r]],
            "gloss": _gloss(row["name"]),
            "capabilities": [label(str(c), taxonomy=taxonomy) for c in _list(row["capabilities"])],
            "amount": _float(row["amount"]),
            "amount_usd": _float(row["amount_usd"]),
            "amount_told": amount_in_words(row),
            "buyers": sides.get((row["project_key"], "buyer"), ()),
            "suppliers": sides.get((row["project_key"], "supplier"), ()),
            "notices": len(_list(row["notice_ids"])),
            "page": row["words_page"] or row["notice_page"],
        }
        found.append(msgspec.convert(told, History, from_attributes=True))
    return tuple(found)


def _more(parts: Mapping[str, Sequence[Row]]) -> Iterator[tuple[str, int]]:
    """Rows that are left out of each list: a list with several roles is told by role."""
    for name, rows in parts.items():
        by_role: dict[str, list[Row]] = {}
        for row in rows:
            if "of_rows" in row:
                role = f"{name} as {row['role']}" if "role" in row else name
                by_role.setdefault(role, []).append(row)
        for role, listed in by_role.items():
            left_out = int(str(listed[0]["of_rows"])) - len(listed)
            if left_out:
                yield role, left_out


def _named(org_key: object, name: object) -> Named | None:
    return Named(str(org_key), str(name), _gloss(name)) if org_key and name else None


def _gloss(text: object) -> str | None:
    return gloss(str(text)) if text else None


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _float(value: object) -> float | None:
    return None if value is None else float(str(value))
