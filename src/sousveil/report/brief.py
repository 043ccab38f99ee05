"""What the surveillance projects of a case say of one platform, counted: the head of a brief."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import duckdb
import msgspec

from sousveil import __version__
from sousveil.case.folder import Case
from sousveil.case.manifest import Manifest
from sousveil.reference import Taxonomy, label
from sousveil.reference.platform_rules import PlatformRule, PlatformRules
from sousveil.report.figures import illustrative

NO_ADDRESSEE = frozenset({"other_platform", "foreign_social_media"})
"""Codes of the facet that are no one platform: there is nobody to send a brief to."""

_MOST_COUNTRIES = 30

CHOSEN = "SELECT * FROM projects WHERE surveillance AND list_contains(platforms, $code)"
"""The surveillance projects that name a platform: one row a project, copies are in none twice."""

_FIGURES = f"""SELECT count(*) AS projects, min(first_date) AS first, max(last_date) AS last,
       count(*) FILTER (first_date IS NULL) AS undated, count(amount) AS with_amount,
       count(amount_usd) AS with_rate, coalesce(sum(amount_usd), 0) AS usd,
       coalesce(sum(len(notice_ids)), 0)::BIGINT AS notices,
       count(*) FILTER (len(suppliers) > 0) AS with_supplier
FROM ({CHOSEN})"""

_TOTALS = f"""SELECT coalesce(currency, 'no currency'), count(*), sum(amount), count(amount_usd),
       coalesce(sum(amount_usd), 0)
FROM ({CHOSEN}) WHERE amount IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1"""

_CODES = """SELECT code, count(*), list(project_key ORDER BY project_key)
FROM (SELECT unnest({column}) AS code, project_key FROM ({chosen}))
GROUP BY 1 ORDER BY 2 DESC, 1"""

_BASIS = f"""SELECT count(*) FILTER (surveillance), count(*) FILTER (platform),
       count(*) FILTER (model)
FROM (SELECT n.project_key,
             bool_or(json_extract_string(n.basis, '$.surveillance') = 'coder') AS surveillance,
             bool_or(json_extract_string(n.basis, '$.platforms') = 'coder') AS platform,
             bool_or(json_extract_string(n.basis, '$.platforms') = 'model') AS model
      FROM notices n SEMI JOIN ({CHOSEN}) USING (project_key)
      WHERE n.surveillance AND list_contains(n.platforms, $code) AND n.duplicate_of IS NULL
      GROUP BY 1)"""

_NAMED = """SELECT code, count(*)
FROM (SELECT unnest(platforms) AS code FROM projects WHERE surveillance)
GROUP BY 1 ORDER BY 2 DESC, 1"""

_FILES = """SELECT count(*) FILTER (parent_sha256 IS NULL),
       count(*) FILTER (status = 'failed'), count(*) FILTER (status = 'waiting') FROM files"""

_PROJECTS = """SELECT count(*), count(*) FILTER (surveillance),
       count(*) FILTER (surveillance AND len(platforms) > 0) FROM projects"""

_COUNTRIES = """SELECT coalesce(country, 'not known'), count(*), min(year), max(year)
FROM projects GROUP BY 1 ORDER BY 2 DESC, 1"""


class Total(msgspec.Struct, frozen=True):
    """The projects whose one figure is in ``currency``: their sum, how many have a rate of their
    day, and the sum of those in US dollars."""

    currency: str
    projects: int
    total: Decimal
    with_rate: int
    usd: Decimal


class Named(msgspec.Struct, frozen=True):
    """A code in words, and how many projects have it."""

    code: str
    name: str
    projects: int
    project_keys: tuple[str, ...]


class Country(msgspec.Struct, frozen=True):
    """The projects of the whole collection whose buyers are in ``country``, and their years."""

    country: str
    projects: int
    first: int | None
    last: int | None


class Collection(msgspec.Struct, frozen=True):
    """What was given, and by what it was read: what a brief can say depends on it.

    ``snapshot`` is the id of the committed state, ``generation`` its number. ``naming``: the
    surveillance projects that name any platform.
    """

    case: str
    generation: int
    snapshot: str
    software: str
    taxonomy: str
    files: int
    failed: int
    waiting: int
    projects: int
    surveillance: int
    naming: int
    countries: tuple[Country, ...]
    more_countries: int
    illustrative: bool


class Head(msgspec.Struct, frozen=True):
    """All of a brief but its projects. ``confirmed`` and ``platform_confirmed`` count projects in
    which a person said that it is surveillance, and that it names this platform; ``by_model``
    those in which only a learned model named the platform's notice surveillance."""

    platform: str
    name: str
    projects: int
    notices: int
    first: date | None
    last: date | None
    undated: int
    with_amount: int
    with_rate: int
    usd: Decimal
    with_supplier: int
    totals: tuple[Total, ...]
    capabilities: tuple[Named, ...]
    functions: tuple[Named, ...]
    confirmed: int
    platform_confirmed: int
    by_model: int
    rules: tuple[PlatformRule, ...]
    own_rules: bool
    collection: Collection

    @property
    def without_amount(self) -> int:
        """Projects that state no amount."""
        return self.projects - self.with_amount


def named_platforms(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """How many surveillance projects name each platform, most first."""
    return dict(connection.execute(_NAMED).fetchall())


def head_of(
    connection: duckdb.DuckDBPyConnection,
    platform: str,
    collection: Collection,
    taxonomy: Taxonomy,
    rules: PlatformRules,
) -> Head:
    """The figures of one platform."""
    asked = {"code": platform}
    cursor = connection.execute(_FIGURES, asked)
    names = [column[0] for column in cursor.description or ()]
    figures = dict(zip(names, cursor.fetchall()[0], strict=True))
    confirmed, platform_confirmed, by_model = connection.execute(_BASIS, asked).fetchall()[0]
    return Head(
        platform=platform,
        name=label(platform, taxonomy=taxonomy),
        **figures,
        totals=tuple(Total(*row) for row in connection.execute(_TOTALS, asked).fetchall()),
        capabilities=_codes(connection, "capabilities", platform, taxonomy),
        functions=_codes(connection, "functions", platform, taxonomy),
        confirmed=confirmed,
        platform_confirmed=platform_confirmed,
        by_model=by_model,
        rules=rules.of(platform),
        own_rules=platform in rules.own,
        collection=collection,
    )


def _codes(
    connection: duckdb.DuckDBPyConnection, column: str, platform: str, taxonomy: Taxonomy
) -> tuple[Named, ...]:
    rows: Sequence[tuple[str, int, list[str]]] = connection.execute(
        _CODES.format(column=column, chosen=CHOSEN), {"code": platform}
    ).fetchall()
    return tuple(
        Named(code, label(code, taxonomy=taxonomy), count, tuple(keys))
        for code, count, keys in rows
    )


def collection_of(
    connection: duckdb.DuckDBPyConnection, case: Case, state: Manifest, taxonomy: Taxonomy
) -> Collection:
    """What the case holds in one committed state, to which ``connection`` is bound."""
    files, failed, waiting = connection.execute(_FILES).fetchall()[0]
    projects, surveillance, naming = connection.execute(_PROJECTS).fetchall()[0]
    countries = [Country(*row) for row in connection.execute(_COUNTRIES).fetchall()]
    coded = connection.execute("SELECT DISTINCT taxonomy_version FROM notices ORDER BY 1")
    versions = " and ".join(version for (version,) in coded.fetchall())
    return Collection(
        case=case.settings.name,
        generation=state.generation,
        snapshot=state.index.key[:12] if state.index else "",
        software=__version__,
        taxonomy=versions or taxonomy.version,
        files=files,
        failed=failed,
        waiting=waiting,
        projects=projects,
        surveillance=surveillance,
        naming=naming,
        countries=tuple(countries[:_MOST_COUNTRIES]),
        more_countries=max(0, len(countries) - _MOST_COUNTRIES),
        illustrative=illustrative(connection),
    )
