"""``sousveil serve``: the reading room of a case, for a browser on this machine."""

from pathlib import Path
from typing import Annotated

import typer

from sousveil.cli.options import CaseArgument


def serve(
    case: CaseArgument,
    port: Annotated[
        int, typer.Option("--port", min=0, max=65_535, help="0: any that is free.")
    ] = 0,
    no_open: Annotated[
        bool, typer.Option("--no-open", help="Print the address; open no browser.")
    ] = False,
) -> None:
    """Read a case in the browser; only this machine can reach it. Ctrl-C ends it."""
    from sousveil.case.folder import Case
    from sousveil.web.room import Room
    from sousveil.web.serving import listening, prepare, run

    room = Room(Case.open(case))
    prepare(room)
    with listening(port) as socket:
        run(room, socket, _told if no_open else _told_and_opened)


def _told(address: str, _: Path) -> None:
    typer.echo(f"Open this address; it works once: {address}")
    typer.echo("Ctrl-C ends it.", err=True)


def _told_and_opened(address: str, page: Path) -> None:
    import webbrowser

    _told(address, page)
    webbrowser.open(page.as_uri())
