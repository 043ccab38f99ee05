"""Figures to take away: the data as CSV, the picture as SVG or PNG, each saying what it counts."""

from collections.abc import Callable
from typing import Literal, NamedTuple
from urllib.parse import quote

from starlette.responses import Response

from sousveil.report.figure_files import csv_of
from sousveil.report.figures import Figure
from sousveil.report.found import Head
from sousveil.report.network_picture import Words as NetworkWords
from sousveil.report.tile_map import Words, tile_map, tiles
from sousveil.web.figures_view import Telling, tile_name
from sousveil.web.languages import text

Form = Literal["csv", "svg", "png"]
_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "svg": "image/svg+xml; charset=utf-8",
    "png": "image/png",
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
}
_LONGEST = 110
"""Characters of a line in a picture."""


class Source(NamedTuple):
    """What a picture says of itself: the query, what it found, the case and its state."""

    query: str
    found: Head
    case: str
    state: int
    illustrative: bool


def lines(source: Source, language: str) -> tuple[str, ...]:
    """What stands in a picture besides the figure, a line each."""
    query = text(language, "figures.line.query", query=source.query or "*")
    found = text(
        language,
        "figures.line.found",
        projects=f"{source.found.surveillance:,}",
        notices=f"{source.found.notices:,}",
        case=source.case,
        state=source.state,
    )
    told = [query, found]
    if source.illustrative:
        told.append(text(language, "figures.illustrative"))
    return tuple(one if len(one) <= _LONGEST else f"{one[: _LONGEST - 1]}…" for one in told)


def network_words(language: str, query: str | None = None) -> NetworkWords:
    """What stands in the picture of the network; ``query``: said in it, where it stands alone."""
    told = {
        name: text(language, f"network.in_picture.{name}")
        for name in NetworkWords.__struct_fields__
        if name not in ("title", "note", "illustrative")
    }
    note = "" if query is None else text(language, "figures.line.query", query=query or "*")
    return NetworkWords(
        title=text(language, "figures.name.network"),
        note=note if len(note) <= _LONGEST else f"{note[: _LONGEST - 1]}…",
        illustrative=text(language, "network.illustrative"),
        **told,
    )


def figure_file(figure: Figure, form: Form, told: Telling, source: Source) -> Response | None:
    """A figure as a file; None for a picture of no rows."""
    name = figure.definition.name
    if form == "csv":
        return download(csv_of(figure.columns, figure.rows), f"{name}.csv")
    if not figure.rows:
        return None
    return _picture(_svg(figure, told, source), form, name)


def picture_file(svg: str, form: Form, name: str) -> Response:
    """A drawn picture as a file."""
    return _picture(svg, form, name)


def _picture(svg: str, form: Form, name: str) -> Response:
    if form == "svg":
        return download(svg.encode(), f"{name}.svg")
    from sousveil.report.charts import png

    return download(png(svg), f"{name}.png")


def _svg(figure: Figure, told: Telling, source: Source) -> str:
    from sousveil.report import charts

    title = text(told.language, f"figures.name.{figure.definition.name}")
    said = lines(source, told.language)
    if figure.definition.name == "places":
        words = Words(title, said, text(told.language, "figures.others"))
        return tile_map(tiles(figure), tile_name(told.language), words)
    chart = charts.chart(figure, _names(figure, told))
    assert chart is not None
    return charts.svg(charts.captioned(chart, title, list(said)), title)


def _names(figure: Figure, told: Telling) -> dict[str, str]:
    """The words of a chart: of its rows, its ladders and its axis."""
    label = figure.definition.label
    say: Callable[[str], str] = lambda name: text(told.language, name)  # noqa: E731
    names = {column: say(f"figures.column.{column}") for column in ("projects", "usd", "level")}
    for row in figure.records():
        names[str(row[label])] = told.name(figure, str(row[label]))
        if "ladder" in row:
            names[str(row["ladder"])] = say(f"value.ladder.{row['ladder']}")
    return names


def download(content: bytes, name: str) -> Response:
    """A file that browsers save, not show."""
    return Response(
        content,
        media_type=_TYPES[name.rpartition(".")[2]],
        headers={"content-disposition": f"attachment; filename*=UTF-8''{quote(name)}"},
    )
