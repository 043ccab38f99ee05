"""What was given of each country, and what was found in it: the queries and their rows.

One scan of the notices, whatever their number: rows come back by country and language only.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import duckdb

from sousveil.reference import Taxonomy
from sousveil.report.countries import SPECIFICATION, Country, Given, judged, well_covered
from sousveil.report.figures import KIND, Row, Scalar, table

_MOST_CAPABILITIES = 3

RECORDS = f"""WITH given AS (
    SELECT coalesce(p.country, '') AS country, n.document_sha256, n.source_standard,
           n.duplicate_of, year(n.published) AS year, {KIND} AS kind,
           coalesce(json_extract_string(n.notice, '$.language'), '') AS language,
           len(list_filter(
               from_json(json_extract(n.notice, '$.sections'),
                         '[{{"role":"VARCHAR","start":"BIGINT","end":"BIGINT"}}]'),
               lambda s: s."role" = 'purpose'
                   OR (s."role" = 'body' AND s."end" - s."start" >= {SPECIFICATION}))) > 0 AS told
    FROM notices n LEFT JOIN projects p ON p.project_key = n.project_key)
SELECT country, CASE WHEN grouping(language) = 0 THEN language END AS language,
       count(*) AS records, count(duplicate_of) AS copies,
       count(DISTINCT document_sha256) AS documents,
       string_agg(DISTINCT source_standard, ', ' ORDER BY source_standard) AS sources,
       min(year) AS first_year, max(year) AS last_year, count(*) - count(year) AS undated,
       count(*) FILTER (kind = 'call') AS calls, count(*) FILTER (kind = 'outcome') AS outcomes,
       count(*) FILTER (kind NOT IN ('call', 'outcome')) AS plans,
       count(*) FILTER (told) AS with_specification
FROM given GROUP BY GROUPING SETS ((country), (country, language)) ORDER BY 1, 3 DESC, 2"""
"""What was given of each country, then the same by language."""

PROJECTS = """SELECT coalesce(country, '') AS country, count(*) AS projects,
       count(amount) AS with_amount, count(*) FILTER (surveillance) AS surveillance,
       count(amount_usd) FILTER (surveillance) AS in_usd,
       round(sum(amount_usd) FILTER (surveillance), 0) AS usd,
       round(median(amount_usd) FILTER (surveillance), 0) AS median_usd,
       string_agg(project_key, ' ' ORDER BY project_key) FILTER (surveillance) AS project_keys
FROM projects GROUP BY 1 ORDER BY projects DESC, 1"""

CAPABILITIES = f"""SELECT country, code, projects FROM (
    SELECT country, code, count(*) AS projects,
           row_number() OVER (PARTITION BY country ORDER BY count(*) DESC, code) AS rank
    FROM (SELECT coalesce(country, '') AS country, unnest(capabilities) AS code
          FROM projects WHERE surveillance) GROUP BY country, code)
WHERE rank <= {_MOST_CAPABILITIES} ORDER BY country, rank"""

IN_PART = """SELECT coalesce(p.country, '') AS country, count(DISTINCT f.document_sha256) AS files
FROM files f JOIN notices n ON n.document_sha256 = f.document_sha256
LEFT JOIN projects p ON p.project_key = n.project_key
WHERE f.failed_records > 0 GROUP BY 1"""

QUERIES = (RECORDS, PROJECTS, CAPABILITIES, IN_PART)


def countries_of(connection: duckdb.DuckDBPyConnection, taxonomy: Taxonomy) -> list[Country]:
    """Every country with projects, those with most first, judged; [] if there is only one."""
    projects = _mappings(connection, PROJECTS)
    if sum(1 for row in projects if row["country"]) < 2:
        return []
    whole: dict[str, Mapping[str, Scalar]] = {}
    languages: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for row in _mappings(connection, RECORDS):
        if row["language"] is None:
            whole[str(row["country"])] = row
        else:
            languages[str(row["country"])].append((str(row["language"]), _int(row["records"])))
    capabilities: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for row in _mappings(connection, CAPABILITIES):
        capabilities[str(row["country"])].append((str(row["code"]), _int(row["projects"])))
    in_part = {str(r["country"]): _int(r["files"]) for r in _mappings(connection, IN_PART)}
    covered = well_covered(taxonomy)
    return judged(
        _country(
            row,
            whole[code],
            languages[code],
            covered,
            in_part.get(code, 0),
            tuple(capabilities[code]),
        )
        for row in projects
        if (code := str(row["country"])) in whole
    )


def _country(
    project: Mapping[str, Scalar],
    record: Mapping[str, Scalar],
    languages: Sequence[tuple[str, int]],
    covered: frozenset[str],
    in_part: int,
    capabilities: tuple[tuple[str, int], ...],
) -> Country:
    given = Given(
        projects=_int(project["projects"]),
        records=_int(record["records"]),
        copies=_int(record["copies"]),
        documents=_int(record["documents"]),
        sources=str(record["sources"] or ""),
        first_year=None if record["first_year"] is None else _int(record["first_year"]),
        last_year=None if record["last_year"] is None else _int(record["last_year"]),
        undated=_int(record["undated"]),
        calls=_int(record["calls"]),
        outcomes=_int(record["outcomes"]),
        plans=_int(record["plans"]),
        with_specification=_int(record["with_specification"]),
        with_amount=_int(project["with_amount"]),
        in_part=in_part,
        languages=tuple(languages),
        covered=sum(n for name, n in languages if name.partition("-")[0] in covered),
    )
    usd, median = project["usd"], project["median_usd"]
    return Country(
        code=str(project["country"]),
        given=given,
        surveillance=_int(project["surveillance"]),
        in_usd=_int(project["in_usd"]),
        usd=None if usd is None else float(usd),
        median_usd=None if median is None else float(median),
        capabilities=capabilities,
        project_keys=str(project["project_keys"] or ""),
    )


COLUMNS = (
    "country", "projects_given", "records", "copies", "documents", "sources", "first_year",
    "last_year", "undated_records", "calls", "outcomes", "plans_and_filings",
    "records_with_specification", "languages", "records_in_covered_languages",
    "projects_with_amount", "files_read_in_part", "surveillance", "share", "why_no_share", "in_usd",
    "usd", "median_usd", "capabilities", "project_keys",
)  # fmt: skip
"""Columns of ``countries.csv``."""


def rows(countries: Iterable[Country]) -> list[Row]:
    """All figures, a row a country, coverage in the same row."""
    return [
        (
            *(c.code or "not known", g.projects, g.records, g.copies, g.documents, g.sources),
            *(g.first_year, g.last_year, g.undated, g.calls, g.outcomes, g.plans),
            *(g.with_specification, " ".join(f"{name or '?'}:{n}" for name, n in g.languages)),
            *(g.covered, g.with_amount, g.in_part, c.surveillance),
            *(None if c.share is None else round(c.share, 4), c.why, c.in_usd, c.usd, c.median),
            *(" ".join(f"{code}:{n}" for code, n in c.capabilities), c.project_keys),
        )
        for c in countries
        for g in (c.given,)
    ]


def _mappings(connection: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Scalar]]:
    columns, found = table(connection, query)
    return [dict(zip(columns, row, strict=True)) for row in found]


def _int(value: Scalar) -> int:
    return int(value or 0)
