"""The page of a review: figure, methods section, who decided, and where each number is from."""

from collections.abc import Iterator

from sousveil.report import charts
from sousveil.report.environment import html_environment
from sousveil.report.flow_picture import flow_svg
from sousveil.report.methods import NOBODY, methods, methods_text
from sousveil.report.protocol import Protocol

_NOTE = "Files, then notices; from “Joined” on projects, each of which counts once."
_MOST_DISAGREEMENTS = 100


def write_page(protocol: Protocol) -> Iterator[tuple[str, bytes]]:
    """The files of the report by name: page, figure, methods section."""
    case = protocol.given.collection.case
    figure = flow_svg(protocol.boxes, f"How the records of “{case}” were reviewed", _note(protocol))
    paragraphs = methods(protocol)
    page = html_environment().get_template("protocol.html.j2").render(
        p=protocol,
        c=protocol.given.collection,
        figure=figure,
        paragraphs=paragraphs,
        nobody=NOBODY,
        boxes=list(protocol.boxes.values()),
        most=_MOST_DISAGREEMENTS,
    )  # fmt: skip
    yield "protocol.html", page.encode()
    yield "protocol.svg", figure.encode()
    yield "protocol.png", charts.png(figure)
    yield "methods.txt", methods_text(paragraphs, f"How the records of “{case}” were read").encode()


def _note(protocol: Protocol) -> str:
    illustrative = "Illustrative records. " if protocol.given.collection.illustrative else ""
    return f"{illustrative}{_NOTE}"
