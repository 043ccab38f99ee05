"""The figures of a search as a page shows them: every name leads to its page, every number to the
records behind it."""

from collections.abc import Callable, Sequence
from math import ceil, log10, sqrt
from typing import Literal

import msgspec

from sousveil.pipeline.overviews import Overview
from sousveil.reference import Taxonomy
from sousveil.reference.glossary import gloss
from sousveil.report import tile_map
from sousveil.report.figures import Figure, Scalar, by_year, measured
from sousveil.report.tile_map import NOT_KNOWN, Tile
from sousveil.report.trend import Trend, outcome
from sousveil.web import labels
from sousveil.web.entity_addresses import organisation_page, place_page, platform_page
from sousveil.web.figure_records import FIELDS, NOT_STATED, path_of, records_address
from sousveil.web.languages import text
from sousveil.web.search_state import State

Measure = Literal["projects", "usd"]
Kind = Literal["bars", "years", "levels", "map"]

MOST_BARS = 12
"""Bars that are shown before "more"."""
MOST_ROWS = 60
"""Rows of a table beside a figure; the data has all."""
_SHADES = 4
_NAMED_YEARS = 12
_FEWEST_COLUMNS = 8


class Bar(msgspec.Struct, frozen=True):
    """A row of bars. ``share`` of the longest in percent; ``page`` is what the name leads to,
    ``records`` what the number does. ``with_usd`` of the projects state an amount in dollars;
    ``given``: of how many of the place, where places are compared."""

    label: str
    gloss: str | None
    share: float
    projects: int
    usd: float | None
    with_usd: int
    page: str | None
    records: str
    given: int | None


class Column(msgspec.Struct, frozen=True):
    """A year: where its column stands and how high it is, in percent. Its name is written where
    it is ``named``, ``minor`` ones not where there is little room."""

    year: int
    value: float
    told: str
    left: float
    width: float
    height: float
    named: bool
    minor: bool
    records: str


class Cell(msgspec.Struct, frozen=True):
    """How many projects of a year stand on a level; ``shade`` from 0 to 4."""

    projects: int
    shade: int
    records: str


class Ladder(msgspec.Struct, frozen=True):
    """A ladder: years, and levels from the highest, each with a cell a year; what its test says."""

    name: str
    years: Sequence[int]
    levels: Sequence[tuple[int, Sequence[Cell]]]
    trend: Trend | None
    says: str | None


class Panel(msgspec.Struct, frozen=True):
    """One figure. ``columns`` and ``rows`` are its table, of ``of_rows``; ``query`` counts it."""

    name: str
    kind: Kind
    query: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    of_rows: int
    bars: Sequence[Bar] = ()
    more: Sequence[Bar] = ()
    years: Sequence[Column] = ()
    ladders: Sequence[Ladder] = ()
    drawing: str | None = None


class Telling(msgspec.Struct, frozen=True):
    """In which words and for which search figures are told."""

    language: str
    taxonomy: Taxonomy
    state: State
    measure: Measure = "projects"

    def name(self, figure: Figure, value: str) -> str:
        """What a row of a figure is called."""
        if value in NOT_STATED:
            return text(self.language, "facet.none")
        facet = figure.definition.facet
        if facet == "buyer_type":
            return labels.named(facet, value, self.language)
        if facet:
            return labels.code_label(value, self.language, self.taxonomy)
        if figure.definition.name == "places":
            country, _, province = value.partition(" ")
            named = labels.country_label(country, self.language)
            return f"{named} · {province}" if province else named
        return value


def panels(
    overview: Overview, told: Telling, names: Sequence[str], trends: Sequence[Trend] | None
) -> list[Panel]:
    """The figures of these names, those without rows left out; ``trends`` None: not tested."""
    figures = [overview.figures[name] for name in names]
    return [_panel(figure, trends or (), told) for figure in figures if figure.rows]


def drawn(figure: Figure, measure: Measure) -> Figure:
    """A figure as it draws a measure, where it has that."""
    return measured(figure, measure) if measure in figure.columns else figure


def _panel(whole: Figure, trends: Sequence[Trend], told: Telling) -> Panel:
    figure = drawn(whole, told.measure)
    columns = figure.shown_columns
    at = [figure.columns.index(column) for column in columns]
    rows = [
        [cell(figure, figure.columns[n], row[n], told) for n in at]
        for row in figure.rows[:MOST_ROWS]
    ]
    kinds: dict[str, Kind] = {"bars": "bars", "years": "years", "trend": "levels"}
    kind = "map" if figure.definition.name == "places" else kinds[figure.definition.shape]
    found = Panel(
        figure.definition.name, kind, figure.definition.query, columns, rows, len(figure.rows)
    )
    match kind:
        case "years":
            return msgspec.structs.replace(found, years=_columns(figure, told))
        case "levels":
            return msgspec.structs.replace(found, ladders=_ladders(figure, trends, told))
        case "map":
            found = msgspec.structs.replace(found, drawing=_map(figure, told))
    every = _bars(figure, told)
    return msgspec.structs.replace(found, bars=every[:MOST_BARS], more=every[MOST_BARS:])


def cell(figure: Figure, column: str, value: Scalar, told: Telling) -> str:
    """A value of a table in words."""
    if value is None:
        return "–"
    if column == figure.definition.label and figure.definition.shape != "trend":
        return told.name(figure, str(value))
    if column == "ladder":
        return labels.named("ladder", str(value), told.language)
    if column == "capabilities":
        codes = str(value).split()
        return ", ".join(labels.code_label(c, told.language, told.taxonomy) for c in codes)
    if isinstance(value, int | float) and not column.endswith("year"):
        return f"{value:,.0f}"
    return str(value)


def _bars(figure: Figure, told: Telling) -> list[Bar]:
    name = figure.definition.name
    label, value = figure.definition.label, figure.definition.value
    at = "org_key" if name in FIELDS else label
    records = figure.records()
    most = max(float(row[value] or 0) for row in records)
    found = []
    for row in records:
        said = str(row[label])
        with_usd = int(row["with_amount"] or 0)
        found.append(
            Bar(
                told.name(figure, said),
                gloss(said.partition(" ")[2] or said) if told.language == "en" else None,
                round(100 * float(row[value] or 0) / most, 2) if most else 0.0,
                int(row["projects"] or 0),
                float(row["usd"] or 0) if with_usd else None,
                with_usd,
                _page(figure, row),
                records_address(told.state, name, **{at: row[at]}),
                int(row["projects_given"] or 0) if "projects_given" in row else None,
            )
        )
    return found


def _page(figure: Figure, row: dict[str, Scalar]) -> str | None:
    name, said = figure.definition.name, str(row[figure.definition.label])
    if name in FIELDS:
        return organisation_page(str(row["org_key"]))
    if said in NOT_STATED:
        return None
    if name == "places":
        path = path_of(said)
        return place_page(path) if path else None
    return platform_page(said) if name == "platforms" else None


def _columns(figure: Figure, told: Telling) -> list[Column]:
    years = by_year(figure)
    most = max(value for _, value in years)
    step, every = 100 / max(_FEWEST_COLUMNS, len(years)), ceil(len(years) / _NAMED_YEARS)
    return [
        Column(
            year,
            value,
            _short(value) if value else "",
            round(at * step + step * 0.12, 3),
            round(step * 0.76, 3),
            round(100 * value / most, 2) if most else 0.0,
            at % every == 0,
            at % (2 * every) != 0,
            records_address(told.state, figure.definition.name, year=year),
        )
        for at, (year, value) in enumerate(years)
    ]


def _short(value: float) -> str:
    """A number for a narrow place: 940, 2.4k, 13M."""
    for size, unit in ((1e9, "bn"), (1e6, "M"), (1e3, "k")):
        if value >= size:
            digits = max(0, 1 - int(log10(value / size)))
            return f"{value / size:.{digits}f}{unit}"
    return f"{value:,.0f}"


def _ladders(figure: Figure, trends: Sequence[Trend], told: Telling) -> list[Ladder]:
    counts: dict[str, dict[tuple[int, int], int]] = {}
    for row in figure.records():
        place = int(row["year"] or 0), int(row["level"] or 0)
        counts.setdefault(str(row["ladder"]), {})[place] = int(row["projects"] or 0)
    tests = {trend.ladder: trend for trend in trends}
    return [_ladder(name, found, tests.get(name), told) for name, found in counts.items()]


def _ladder(
    name: str, counts: dict[tuple[int, int], int], trend: Trend | None, told: Telling
) -> Ladder:
    seen = [year for year, _ in counts]
    years = list(range(min(seen), max(seen) + 1))
    most = max(counts.values())

    def cell_of(year: int, level: int) -> Cell:
        count = counts.get((year, level), 0)
        address = records_address(told.state, "sophistication", ladder=name, year=year, level=level)
        return Cell(count, ceil(_SHADES * sqrt(count / most)), address)

    levels = [
        (level, [cell_of(year, level) for year in years])
        for level in range(max(level for _, level in counts), -1, -1)
    ]
    return Ladder(name, years, levels, trend, outcome(trend) if trend else None)


def _map(figure: Figure, told: Telling) -> str:
    """The map as SVG, in which all is escaped."""
    found = tile_map.tiles(figure)
    return tile_map.tile_map(found, tile_name(told.language), None, lambda t: _tile_link(t, told))


def tile_name(language: str) -> Callable[[Tile], str]:
    """What tiles are called in a language."""

    def name(tile: Tile) -> str:
        if not tile.country:
            return text(language, "facet.none")
        if tile.province:
            return labels.place_label(f"{tile.country}/{tile.province}", language)
        return labels.country_label(tile.country, language)

    return name


def _tile_link(tile: Tile, told: Telling) -> str:
    label = " ".join(part for part in (tile.country, tile.province) if part)
    return records_address(told.state, "places", place=label or NOT_KNOWN)
