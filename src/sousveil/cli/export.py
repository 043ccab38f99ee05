"""``sousveil export``: records for other tools, all of them or what a query finds."""

from pathlib import Path
from typing import Annotated

import typer

from sousveil.cli.options import CaseArgument


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
    from sousveil.pipeline.exporting import STANDARDS, check_export, write_export
    from sousveil.report.export import WHAT, whole_file

    if what not in (*WHAT, *STANDARDS):
        known = ", ".join((*WHAT, *STANDARDS))
        raise UsageError(f"There is no export '{what}'.", f"Use one of {known}.")
    check_export(what, form, by_query=query is not None)
    opened = Case.open(case)
    if out is None:
        write_export(opened, what, form, sys.stdout.buffer, query)
        return
    with whole_file(out) as file:
        said = write_export(opened, what, form, file, query)
    typer.echo(f"{said} written to {out}", err=True)
