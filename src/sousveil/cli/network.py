"""``sousveil network``: organisations and what ties them, as GraphML and as a picture."""

from pathlib import Path
from typing import Annotated

import typer

from sousveil.cli.options import CaseArgument, Json


def network(
    case: CaseArgument,
    out: Annotated[Path, typer.Option("--out", metavar="FILE.graphml", help="The whole network.")],
    svg: Annotated[
        Path | None,
        typer.Option("--svg", metavar="FILE.svg", help="A picture of the largest part, too."),
    ] = None,
    query: Annotated[
        str | None,
        typer.Option("--query", help="Only of notices it finds; @name is a saved query."),
    ] = None,
    most: Annotated[
        int, typer.Option("--most", min=1, max=60, help="Buyers and suppliers drawn, each.")
    ] = 20,
    as_json: Json = False,
) -> None:
    """Write who buys from whom, who bids for the same, who owns whom."""
    import msgspec

    from sousveil.case.folder import Case
    from sousveil.pipeline.exporting import chosen
    from sousveil.report.export import whole_file
    from sousveil.report.network import write_network
    from sousveil.report.network_picture import write_picture

    opened = Case.open(case)
    some = chosen(opened, query)
    with whole_file(out) as file:
        written = write_network(opened, file, some)
    if svg is not None:
        write_picture(opened, svg, some, most=most)
    if as_json:
        typer.echo(msgspec.json.encode(written).decode())
        return
    typer.echo(
        f"{written.organisations:,} organisations, {written.trades:,} pairs of buyer and supplier,"
        f" {written.rivals:,} pairs that bid for the same, {written.owners:,} links of ownership"
        f" written to {out}."
    )
    if written.crowded:
        typer.echo(
            f"Bids of {written.crowded:,} projects with more than {written.most_bidders} bidders"
            " tie nobody together: they are left out."
        )
