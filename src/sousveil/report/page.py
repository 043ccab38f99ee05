"""The report: one self-contained HTML page, with each figure's data and pictures beside it."""

import base64
import shutil
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import jinja2
import msgspec

from sousveil import __version__
from sousveil.case.atomic import storage_errors
from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.case.own_taxonomy import taxonomy_of
from sousveil.reference import Taxonomy, label
from sousveil.reference.media_names import media_name
from sousveil.report import charts, countries, coverage, figures, organisation_page
from sousveil.report.countries import Country
from sousveil.report.export import export_file
from sousveil.report.figure_files import csv_of, names_of, with_coverage
from sousveil.report.figures import Figure
from sousveil.report.headline import headline_of
from sousveil.report.levels import levelled
from sousveil.report.telling import telling
from sousveil.report.trend import trends
from sousveil.text.controls import on_page

_MOST_FAILURES = 200
_MOST_TABLE_ROWS = 30
_MOST_COUNTRIES = 12


class Drawn(msgspec.Struct, frozen=True):
    """A figure ready for the page. ``data`` is the CSV as a data: address."""

    figure: Figure
    svg: str | None
    data: str
    names: dict[str, str]


class Compared(msgspec.Struct, frozen=True):
    """The comparison of countries ready for the page; ``more`` stand in the data alone."""

    shown: Sequence[Country]
    more: Sequence[Country]
    reasons: Mapping[str, Sequence[str]]
    data: str


def build_report(case: Case, folder: Path) -> Path:
    """Write ``report.html``, and ``figures/<name>.csv``, ``.svg`` and ``.png``, pages of buyers
    and suppliers and the exports beside it; returns the page. What was there before is replaced.

    Raises StorageError where the folder cannot be written.
    """
    aside = folder.with_name(f".{folder.name}.aside")
    with storage_errors(folder):
        shutil.rmtree(aside, ignore_errors=True)
        (aside / "figures").mkdir(parents=True)
        taxonomy = taxonomy_of(case)
        with connect(case) as connection:
            drawn = [
                _draw(figure, aside / "figures", taxonomy) for figure in figures.draw(connection)
            ]
            compared = _compared(connection, taxonomy, aside / "figures")
            organisations = organisation_page.write_pages(
                connection, case, taxonomy, aside / organisation_page.FOLDER
            )
            page = _render(case, connection, drawn, compared, taxonomy, organisations)
        (aside / "report.html").write_text(page, encoding="utf-8")
        export_file(case, "notices", "csv", aside / "notices.csv")
        export_file(case, "projects", "csv", aside / "projects.csv")
        export_file(case, "files", "csv", aside / "files.csv")
        shutil.rmtree(folder, ignore_errors=True)
        aside.replace(folder)
    return folder / "report.html"


def _draw(figure: Figure, folder: Path, taxonomy: Taxonomy) -> Drawn:
    names = names_of(figure, taxonomy)
    content = csv_of(figure.columns, figure.rows)
    name = figure.definition.name
    (folder / f"{name}.csv").write_bytes(content)
    drawing = charts.chart(figure, names | with_coverage(figure, names))
    svg = None
    if drawing is not None:
        svg = charts.svg(drawing, figure.definition.title)
        (folder / f"{name}.svg").write_text(svg, encoding="utf-8")
        (folder / f"{name}.png").write_bytes(charts.png(svg))
    return Drawn(figure, svg, _address(content), names)


def _address(content: bytes) -> str:
    return f"data:text/csv;charset=utf-8;base64,{base64.b64encode(content).decode()}"


def _compared(
    connection: duckdb.DuckDBPyConnection, taxonomy: Taxonomy, folder: Path
) -> Compared | None:
    """The comparison of countries, with its data beside the page; None where there is but one."""
    found = coverage.countries_of(connection, taxonomy)
    if not found:
        return None
    content = csv_of(coverage.COLUMNS, coverage.rows(found))
    (folder / "countries.csv").write_bytes(content)
    return Compared(
        shown=found[:_MOST_COUNTRIES],
        more=found[_MOST_COUNTRIES:],
        reasons=countries.reasons(found),
        data=_address(content),
    )


def _render(
    case: Case,
    connection: duckdb.DuckDBPyConnection,
    drawn: Sequence[Drawn],
    compared: Compared | None,
    taxonomy: Taxonomy,
    organisations: organisation_page.Frame,
) -> str:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("sousveil.report"),
        autoescape=True,
        finalize=on_page,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["number"] = _number
    environment.filters["format_name"] = media_name
    environment.filters["code_name"] = label
    environment.filters["languages"] = countries.spelled
    failures = connection.execute(
        "SELECT path, reason, message, hint FROM files WHERE status = 'failed' OR"
        " failed_records > 0 ORDER BY reason, path LIMIT ?",
        [_MOST_FAILURES],
    ).fetchall()
    (failed,) = connection.execute(
        "SELECT count(*) FROM files WHERE status = 'failed' OR failed_records > 0"
    ).fetchall()[0]
    flagged = connection.execute(
        "SELECT notice_id, coalesce(project_name, title), flags, source_path FROM notices"
        " WHERE len(flags) > 0 AND surveillance ORDER BY notice_id LIMIT 50"
    ).fetchall()
    coded_with = connection.execute(
        "SELECT DISTINCT taxonomy_version FROM notices ORDER BY 1"
    ).fetchall()
    return environment.get_template("report.html.j2").render(
        case=case.settings,
        version=__version__,
        made=datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        generation=case.manifest().generation,
        headline=headline_of(connection),
        coverage=figures.table(connection, figures.COVERAGE),
        coverage_query=figures.COVERAGE,
        years=figures.table(connection, figures.COVERAGE_YEARS),
        years_query=figures.COVERAGE_YEARS,
        organisations=organisations,
        compared=compared,
        comparing=countries,
        comparing_queries=coverage.QUERIES,
        most_names=_MOST_COUNTRIES,
        figures=drawn,
        most_rows=_MOST_TABLE_ROWS,
        trends=trends(levelled(connection).values()),
        levels_query=figures.LEVELS,
        telling=list(telling(connection, taxonomy)),
        failures=failures,
        failed=failed,
        flagged=flagged,
        illustrative=figures.illustrative(connection),
        taxonomy=" and ".join(version for (version,) in coded_with) or taxonomy.version,
    )


def _number(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}"
    return str(value)
