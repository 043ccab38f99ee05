"""``sousveil decide``: brings a coder's decisions into a case."""

from pathlib import Path
from typing import Annotated

import typer

from sousveil.cli.options import CaseArgument, Json, Wait

EXIT_WRONG_ROWS = 2


def decide(
    case: CaseArgument,
    table: Annotated[
        Path, typer.Option("--from", metavar="CSV", help="notice_id, relevant, capabilities …")
    ],
    coder: Annotated[
        str, typer.Option("--coder", metavar="NAME", help="Whose decisions they are.")
    ],
    as_json: Json = False,
    wait: Wait = 0.0,
) -> None:
    """Bring in a coder's decisions from a table; 'process' then takes them up."""
    import msgspec

    from sousveil.case.folder import Case
    from sousveil.pipeline.deciding import take

    opened = Case.open(case)
    with opened.writing(wait):
        taken = take(opened, table, coder)
    if as_json:
        typer.echo(msgspec.json.encode(taken).decode())
    else:
        for row in taken.wrong:
            typer.echo(f"Line {row.line} was not taken: {row.reason}.", err=True)
        typer.echo(f"{taken.added:,} decisions added, {taken.repeated:,} were there already.")
        if taken.added:
            typer.echo("'sousveil process CASE' takes them up.")
    if taken.wrong:
        raise typer.Exit(EXIT_WRONG_ROWS)
