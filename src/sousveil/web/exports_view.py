"""What the page of exports shows: what can be had of a case, or of what a query finds, and how."""

import shlex
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlencode

import msgspec

from sousveil.pipeline.exporting import STANDARDS, forms
from sousveil.report.export import WHAT

RECORDS: tuple[str, ...] = WHAT
OTHERS: tuple[str, ...] = (*STANDARDS, "network")
MEDIA_TYPES = {
    "jsonl": "application/jsonl",
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "graphml": "application/graphml+xml",
    "svg": "image/svg+xml",
}


class Way(msgspec.Struct, frozen=True):
    """A form that an export can be had in, and where."""

    form: str
    address: str


class ExportRow(msgspec.Struct, frozen=True):
    """An export. ``what`` names its words in the catalogues too."""

    what: str
    ways: Sequence[Way]


class ExportsView(msgspec.Struct, frozen=True):
    """The exports that can be had, those of records first. ``command`` writes the first of them."""

    records: Sequence[ExportRow]
    others: Sequence[ExportRow]
    command: str


def exports_view(query: str | None, case: Path) -> ExportsView:
    """The exports by a query, or of the whole case."""
    command = ["sousveil", "export", str(case), "notices"]
    if query is not None:
        command += ["--query", query]
    return ExportsView(_rows(RECORDS, query), _rows(OTHERS, query), shlex.join(command))


def _rows(names: Sequence[str], query: str | None) -> list[ExportRow]:
    ending = f"?{urlencode({'q': query})}" if query is not None else ""
    found = []
    for what in names:
        ways = [
            Way(form, f"/exports/{what}.{form}{ending}")
            for form in forms(what, by_query=query is not None)
        ]
        if ways:
            found.append(ExportRow(what, ways))
    return found
