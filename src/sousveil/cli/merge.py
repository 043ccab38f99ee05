"""``sousveil merge``: brings another copy of a case in."""

from pathlib import Path
from typing import Annotated

import typer

from sousveil.cli.options import Json, Wait


def merge(
    case: Annotated[Path, typer.Argument(metavar="CASE", help="The case folder that takes it in.")],
    other: Annotated[
        Path, typer.Argument(metavar="OTHER", help="Another copy of the case; it is only read.")
    ],
    as_json: Json = False,
    wait: Wait = 0.0,
) -> None:
    """Bring in the originals, decisions, judgements and checks of another copy of a case."""
    import msgspec

    from sousveil.case.folder import Case
    from sousveil.pipeline.merging import merge as bring_in

    opened = Case.open(case)
    with opened.writing(wait):
        merged = bring_in(opened, Case.open(other))
    if as_json:
        typer.echo(msgspec.json.encode(merged).decode())
        return
    typer.echo(
        f"{merged.originals:,} originals, {merged.decisions:,} decisions, "
        f"{merged.judgements:,} judgements of joins and {merged.checks:,} checks of claims came in."
    )
    if merged.anything:
        typer.echo("'sousveil process CASE' takes them up.")
