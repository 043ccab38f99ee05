"""What a figure needs beside its rows: names in words for its codes, and its data as a file."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from sousveil.reference import Taxonomy, label
from sousveil.reference.glossary import gloss
from sousveil.report.export import csv_cell
from sousveil.report.figures import Figure, Scalar


def names_of(figure: Figure, taxonomy: Taxonomy) -> dict[str, str]:
    """What is written for the labels of a figure's rows: codes in words, names with a gloss."""
    definition = figure.definition
    values = [str(record[definition.label]) for record in figure.records()]
    if definition.facet:
        return {value: label(value, taxonomy=taxonomy) for value in values}
    named: dict[str, str] = {}
    for value in values:
        # A country's code before a province needs no gloss of its own.
        english = gloss(value.split(" ", 1)[-1] if definition.name == "places" else value)
        if english:
            named[value] = f"{value} [gloss: {english}]"
    return named


def with_coverage(figure: Figure, names: Mapping[str, str]) -> dict[str, str]:
    """Labels of bars that compare places: each with the number of projects given from it."""
    label = figure.definition.label
    return {
        str(r[label]): f"{names.get(str(r[label]), r[label])} (of {r['projects_given']:,} given)"
        for r in figure.records()
        if "projects_given" in r
    }


def csv_of(columns: Sequence[str], rows: Iterable[Sequence[Scalar]]) -> bytes:
    """Rows as a CSV file that spreadsheets read as UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([csv_cell(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")
