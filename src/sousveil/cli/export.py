"""``sousveil export``: records for other tools, all of them or what a query finds."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from sousveil.case.folder import Case


def export(
    case: Annotated[Path, typer.Argument(metavar="CASE", help="The case folder.")],
    what: Annotated[
        str,
        typer.Argument(help="notices, pages, projects, files, organisations, mentions or joins."),
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

    if what not in (*WHAT, "ftm"):
        raise UsageError(f"There is no export '{what}'.", f"Use one of {', '.join(WHAT)}, ftm.")
    if form not in ("jsonl", "csv", "parquet"):
        raise UsageError(f"There is no format '{form}'.", "Use jsonl, csv or parquet.")
    opened = Case.open(case)
    if what == "ftm":
        _ftm(opened, form, out, query)
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


def _ftm(case: "Case", form: str, out: Path | None, query: str | None) -> None:
    import sys

    from sousveil.errors import UsageError
    from sousveil.report.export import whole_file
    from sousveil.report.ftm import write_ftm

    if form != "jsonl" or query is not None:
        raise UsageError(
            "FollowTheMoney entities are written as JSON Lines, of the whole case.",
            "Leave out --format and --query.",
        )
    if out is None:
        write_ftm(case, sys.stdout.buffer)
    else:
        with whole_file(out) as file:
            count = write_ftm(case, file)
        typer.echo(f"{count} entities written to {out}", err=True)
