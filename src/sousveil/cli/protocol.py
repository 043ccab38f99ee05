"""``sousveil protocol``: the report of a review, ready to print."""

from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from sousveil.cli.options import CaseArgument, Json, Wait


def protocol(
    case: CaseArgument,
    output: Annotated[
        Path | None,
        typer.Option("--output", metavar="FOLDER", help="Where to write; CASE/protocol if none."),
    ] = None,
    as_json: Json = False,
    wait: Wait = 0.0,
) -> None:
    """Write how the records were reviewed: figure, methods section, and a row for each record."""
    import msgspec

    from sousveil.case.folder import Case
    from sousveil.pipeline.protocol import write_protocol
    from sousveil.report.protocol import numbers

    opened = Case.open(case)
    folder = output or opened.root / "protocol"
    with opened.writing(wait) if output is None else nullcontext():
        made = write_protocol(opened, folder)
    if as_json:
        told = {"folder": str(folder), **numbers(made)}
        typer.echo(msgspec.json.encode(told).decode())
        return
    for box in made.boxes.values():
        typer.echo(f"{box.label:<40}{box.number:>10,}")
    if not made.coders:
        typer.echo("Nobody has decided on any project: the report says so.")
    for problem in made.wrong:
        typer.echo(problem, err=True)
    typer.echo(f"Written to {folder}: protocol.html, protocol.png, methods.txt, review-log.csv …")
