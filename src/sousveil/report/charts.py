"""Charts as SVG and PNG, drawn without a browser or a network."""

import altair as alt
import vl_convert as vlc

from sousveil.report.figures import Figure, Scalar, by_year
from sousveil.text.controls import drawable, for_xml

_FONT = "Noto Sans CJK SC, Noto Sans, DejaVu Sans, sans-serif"
_INK = "#1d4e89"
_WIDTH = 560
_MOST_BARS = 20


def chart(figure: Figure, names: dict[str, str]) -> alt.Chart | alt.LayerChart | None:
    """The chart of a figure, or None where it has no rows. ``names`` puts codes in words, and the
    value that is drawn."""
    rows = figure.records()
    if not rows or figure.definition.shape == "table":
        return None
    if figure.definition.shape == "bars":
        return _bars(figure, rows[:_MOST_BARS], names)
    if figure.definition.shape == "years":
        return _years(figure, names)
    return _trend(rows, names)


def _bars(figure: Figure, rows: list[dict[str, Scalar]], names: dict[str, str]) -> alt.LayerChart:
    label, value = figure.definition.label, figure.definition.value
    data: list[dict[str, object]] = [
        {"label": names.get(str(row[label]), str(row[label])), "value": row[value] or 0}
        for row in rows
    ]
    base = _chart(data).encode(
        y=alt.Y("label:N", sort=None, title=None, axis=alt.Axis(labelLimit=440)),
        x=alt.X("value:Q", title=names.get(value, value), axis=_whole_numbers(rows, value)),
    )
    bars = base.mark_bar(color=_INK, height={"band": 0.7})
    text = base.mark_text(align="left", dx=4).encode(text=alt.Text("value:Q", format=",d"))
    drawing: alt.LayerChart = (bars + text).properties(width=_WIDTH, height=max(60, 22 * len(data)))
    return drawing


def _years(figure: Figure, names: dict[str, str]) -> alt.Chart:
    value = figure.definition.value
    data: list[dict[str, object]] = [
        {"year": str(year), "value": total} for year, total in by_year(figure)
    ]
    title = names.get(value, "US dollars" if value == "usd" else value)
    drawing: alt.Chart = (
        _chart(data)
        .mark_bar(color=_INK)
        .encode(
            x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0)),
            y=alt.Y("value:Q", title=title, axis=alt.Axis(format="~s", tickMinStep=1)),
        )
        .properties(width=_WIDTH, height=220)
    )
    return drawing


def _trend(rows: list[dict[str, Scalar]], names: dict[str, str]) -> alt.Chart:
    data: list[dict[str, object]] = [
        {
            "year": str(row["year"]),
            "level": row["level"],
            "projects": row["projects"],
            "ladder": names.get(str(row["ladder"]), str(row["ladder"]).replace("_", " and ")),
        }
        for row in rows
    ]
    years = [int(row["year"] or 0) for row in rows]
    every = [str(year) for year in range(min(years), max(years) + 1)]
    drawing: alt.Chart = (
        _chart(data)
        .mark_circle(color=_INK, opacity=0.75)
        .encode(
            x=alt.X(
                "year:O", title=None, axis=alt.Axis(labelAngle=0), scale=alt.Scale(domain=every)
            ),
            y=alt.Y(
                "level:Q",
                title=names.get("level", "level"),
                scale=alt.Scale(domain=[-0.5, 6.5]),
                axis=alt.Axis(values=list(range(7)), format="d"),
            ),
            size=alt.Size("projects:Q", scale=alt.Scale(range=[60, 600]), legend=None),
            row=alt.Row("ladder:N", title=None),
        )
        .properties(width=_WIDTH, height=170)
    )
    return drawing


def _chart(data: list[dict[str, object]]) -> alt.Chart:
    return alt.Chart(alt.Data(values=data))  # type: ignore[no-untyped-call]


def captioned(
    drawing: alt.Chart | alt.LayerChart, title: str, lines: list[str]
) -> alt.Chart | alt.LayerChart:
    """The chart with its title, and lines below it that say what was counted."""
    told = alt.TitleParams(
        title, subtitle=lines, anchor="start", offset=14, fontSize=16, subtitleColor="#555555"
    )
    captioned: alt.Chart | alt.LayerChart = drawing.properties(title=told)
    return captioned


def svg(drawing: alt.Chart | alt.LayerChart, title: str) -> str:
    """The chart as SVG to stand in a page, named for screen readers."""
    text = str(vlc.vegalite_to_svg(_spec(drawing)))
    named = drawable(title).replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    return text.replace("<svg ", f'<svg role="img" aria-label="{named}" ', 1)


def png(drawn: str) -> bytes:
    """A drawn SVG as PNG at twice screen resolution."""
    return bytes(vlc.svg_to_png(for_xml(drawn), scale=2))


def _whole_numbers(rows: list[dict[str, Scalar]], value: str) -> alt.Axis:
    """An axis for counts: where they are few, each whole number and nothing between."""
    largest = int(max(float(row[value] or 0) for row in rows))
    if largest <= 10:
        return alt.Axis(values=list(range(largest + 1)), format="d")
    return alt.Axis(format=",d")


def _spec(drawing: alt.Chart | alt.LayerChart) -> dict[str, object]:
    styled = drawing.configure(font=_FONT, background="white").configure_view(stroke=None)
    return {name: _cleaned(part) for name, part in styled.to_dict(format="vega-lite").items()}


def _cleaned(part: object) -> object:
    """A part of a specification with all its words drawable: one character that XML does not
    allow, in a name or a query, ends the whole process inside the library."""
    if isinstance(part, str):
        return drawable(part)
    if isinstance(part, dict):
        return {_cleaned(name): _cleaned(value) for name, value in part.items()}
    if isinstance(part, list):
        return [_cleaned(value) for value in part]
    return part
