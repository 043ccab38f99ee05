"""One organisation as the records show it: who it is, what it bought, won and lost, with whom."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

import duckdb
import msgspec

from sousveil.reference import Taxonomy, label
from sousveil.reference.countries import country_name
from sousveil.reference.glossary import gloss
from sousveil.report import organisation_rows
from sousveil.report.figures import table
from sousveil.report.organisation_rows import Row
from sousveil.report.telling import amount_in_words

_T = TypeVar("_T")


class Coverage(msgspec.Struct, frozen=True):
    """What losing can be known from: of the case's notices that name bidders or winners (copies
    left out), and of their projects, those that name bidders who did not win."""

    notices: int
    of_notices: int
    projects: int
    of_projects: int


class Named(msgspec.Struct, frozen=True):
    """An organisation that another's page names. ``gloss``: English where the name is Chinese."""

    org_key: str
    name: str
    gloss: str | None = None


class Spelling(msgspec.Struct, frozen=True):
    """A name as written, and in how many notices (copies not counted)."""

    name: str
    notices: int
    gloss: str | None = None


class Part(msgspec.Struct, frozen=True):
    """How often it has a role, in projects. ``first`` and ``last`` are of their notices."""

    role: str
    projects: int
    surveillance: int
    first: date | None
    last: date | None


class Bids(msgspec.Struct, frozen=True):
    """Tenders in which it is named as bidder or winner, counted as projects.

    ``lost``: named as a bidder where only others won; ``not_known``: no winner is stated. Bidders
    who did not win are named in ``with_bidders`` of the projects, in ``won_with_bidders`` of those
    it won.
    """

    projects: int = 0
    with_bidders: int = 0
    won: int = 0
    lost: int = 0
    not_known: int = 0
    won_with_bidders: int = 0


class Sum(msgspec.Struct, frozen=True):
    """The figures that count, in one currency and year. ``shared``: projects with others in the
    same role, the whole amount of each; how much of it is whose is not stated. ``by_award`` of the
    projects count an award or contract, the others a budget or ceiling; ``usd`` is of the
    ``with_usd`` whose rate is known."""

    role: str
    shared: bool
    currency: str | None
    year: int | None
    projects: int
    by_award: int
    amount: float
    usd: float
    with_usd: int


class Capability(msgspec.Struct, frozen=True):
    """A capability by its code, and in how many of its surveillance projects."""

    code: str
    projects: int
    label: str = ""


class Place(msgspec.Struct, frozen=True):
    """Where the buyers of its projects are; ``role`` is its own in them."""

    role: str
    country: str | None
    province: str | None
    projects: int
    surveillance: int
    country_name: str = ""
    gloss: str | None = None


class Partner(msgspec.Struct, frozen=True):
    """Who stands on the other side where it has the ``role``. ``usd`` is of the ``with_usd``
    projects that one supplier won alone; ``shared`` have several."""

    role: str
    org_key: str
    name: str
    projects: int
    surveillance: int
    shared: int
    usd: float
    with_usd: int
    first_year: int | None
    last_year: int | None
    project_keys: tuple[str, ...]
    gloss: str | None = None


class Together(msgspec.Struct, frozen=True):
    """Who bid in the same tenders, in how many projects; in how many of them both won, it alone of
    the two, the other alone."""

    org_key: str
    name: str
    projects: int
    both_won: int
    won: int
    other_won: int
    project_keys: tuple[str, ...]
    gloss: str | None = None


class Holding(msgspec.Struct, frozen=True):
    """A link of ownership as it was given, to the organisation named; ``name`` None: natural
    persons, of whom the number alone is kept. ``share_min`` and ``share_max`` are percent."""

    org_key: str | None
    name: str | None
    identifiers: tuple[str, ...]
    natural_persons: int
    interest: str
    share_min: float | None
    share_max: float | None
    share_above: bool | None
    indirect: bool | None
    since: date | None
    until: date | None
    controls: bool | None
    source: str | None
    file: str
    line: int | None
    gloss: str | None = None


class History(msgspec.Struct, frozen=True):
    """A project that it took part in, and where to read so: ``notice_id`` names it as ``named_as``
    in the words ``written``, on ``page`` of the document. ``amount_told`` is the project's one
    figure in words; ``outcome``: won, lost, not known, None where it did not bid."""

    project_key: str
    roles: tuple[str, ...]
    outcome: str | None
    name: str | None
    gloss: str | None
    first_date: date | None
    last_date: date | None
    surveillance: bool
    capabilities: tuple[str, ...]
    amount: float | None
    currency: str | None
    amount_kind: str | None
    amount_usd: float | None
    amount_told: str
    winners: int
    field: int
    bidders_named: bool
    buyers: tuple[Named, ...]
    suppliers: tuple[Named, ...]
    notices: int
    named_as: str
    written: str
    notice_id: str
    notice_type: str
    published: date | None
    document_sha256: str
    page: int
    source_path: str
    source_url: str | None
    captured_at: str | None


class Page(msgspec.Struct, frozen=True):
    """All that a page says of one organisation. ``more`` tells by part how many rows stand in no
    list; ``crowded`` counts tenders with too many bidders to say who bid together."""

    org_key: str
    name: str
    gloss: str | None
    kind: str
    buyer_type: str | None
    country: str | None
    country_name: str | None
    place: str | None
    place_gloss: str | None
    division: str | None
    identifiers: tuple[str, ...]
    first_seen: date | None
    last_seen: date | None
    notices: int
    parent: Named | None
    group: Named | None
    names: tuple[Spelling, ...]
    units: tuple[Named, ...]
    owners: tuple[Holding, ...]
    owned: tuple[Holding, ...]
    counts: tuple[Part, ...]
    bids: Bids
    coverage: Coverage
    amounts: tuple[Sum, ...]
    capabilities: tuple[Capability, ...]
    places: tuple[Place, ...]
    partners: tuple[Partner, ...]
    together: tuple[Together, ...]
    crowded: int
    projects: tuple[History, ...]
    more: dict[str, int]

    def count(self, role: str) -> int:
        """Projects in which it has the role."""
        return next((part.projects for part in self.counts if part.role == role), 0)


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
        Capability(c.code, c.projects, label(c.code, taxonomy=taxonomy))
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
