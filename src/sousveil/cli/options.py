"""The options that many commands share, said once."""

from pathlib import Path
from typing import Annotated

import typer

CaseArgument = Annotated[Path, typer.Argument(metavar="CASE", help="The case folder.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object for scripts.")]
Wait = Annotated[
    float, typer.Option("--wait", metavar="SECONDS", help="Wait for another writer this long.")
]
