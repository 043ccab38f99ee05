"""``sousveil export``: records for other tools, all of them or what a query finds."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sousveil.cli.options import CaseArgument

if TYPE_CHECKING:
    from typing import BinaryIO

    from sousveil.case.folder import Case


def export(
    case: CaseArgument,
    what: Annotated[
        str,
        typer.Argument(
            help="notices, pages, projects, links, files, organisations, mentions, joins,"
            " ownership, ftm, ocds-releases, ocds-records or bods."
        ),
    ],
    form: Annotated[str, typer.Option("--format", help="jsonl, csv or parquet.")] = "jsonl",
    out: Annotated[Path | None, typer.Option("--out", help="A file; standard output if none.")] = (
        None
    ),
    query: Annotated[
        str | None,
        typer.Option("--query", help="Only what it finds; @name is a saved query."),
    ] = None,
) -> None:
    """Write records for other tools: docs/reference/export.md says what each column means."""
    import sys

    from sousveil.case.folder import Case
    from sousveil.errors import UsageError
    from sousveil.pipeline.find import index_of, parsed
    from sousveil.report.export import WHAT, Chosen, export_file
    from sousveil.report.export import export as write

    if what not in (*WHAT, *_STANDARDS):
        known = ", ".join((*WHAT, *_STANDARDS))
        raise UsageError(f"There is no export '{what}'.", f"Use one of {known}.")
    if form not in ("jsonl", "csv", "parquet"):
        raise UsageError(f"There is no format '{form}'.", "Use jsonl, csv or parquet.")
    opened = Case.open(case)
    if what in _STANDARDS:
        _standard(opened, what, form, out, query)
        return
    chosen = None
    if query is not None:
        state = opened.manifest()
        ids = index_of(opened, state).ids(parsed(opened, query))
        chosen = Chosen(tuple(ids), state)
    if out is None:
        write(opened, what, form, sys.stdout.buffer, chosen)  # type: ignore[arg-type]
    else:
        count = export_file(opened, what, form, out, chosen)  # type: ignore[arg-type]
        typer.echo(f"{count} {what} written to {out}", err=True)


_STANDARDS = ("ftm", "ocds-releases", "ocds-records", "bods")
"""Exports in the form of a standard: JSON Lines of the whole case."""


def _standard(case: "Case", what: str, form: str, out: Path | None, query: str | None) -> None:
    import sys

    from sousveil.errors import UsageError
    from sousveil.report.export import whole_file

    if form != "jsonl" or query is not None:
        raise UsageError(
            f"'{what}' is written as JSON Lines, of the whole case.",
            "Leave out --format and --query.",
        )
    if out is None:
        _write(case, what, sys.stdout.buffer)
        return
    with whole_file(out) as file:
        said = _write(case, what, file)
    typer.echo(f"{said} written to {out}", err=True)


def _write(case: "Case", what: str, out: "BinaryIO") -> str:
    if what == "ftm":
        from sousveil.report.ftm import write_ftm

        return f"{write_ftm(case, out):,} entities"
    if what == "bods":
        from sousveil.report.bods import write_bods

        return f"{write_bods(case, out):,} statements"
    from sousveil.report.ocds import write_ocds

    written = write_ocds(case, what, out)  # type: ignore[arg-type]
    left = f" ({written.undated:,} notices without any date left out)" if written.undated else ""
    return f"{written.lines:,} {what.removeprefix('ocds-')}{left}"
