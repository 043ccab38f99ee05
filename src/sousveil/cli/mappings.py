"""``sousveil mappings``: what the columns of tables mean."""

from typing import Annotated

import typer

from sousveil.cli.answer import answer
from sousveil.cli.options import CaseArgument, Json, Wait


def mappings(
    case: CaseArgument,
    write: Annotated[
        bool, typer.Option("--write", help="Write what was guessed to mappings/tables.toml.")
    ] = False,
    as_json: Json = False,
    wait: Wait = 0.0,
) -> None:
    """Say what the columns of each table were taken to mean, and let it be corrected."""
    from sousveil.case.folder import Case
    from sousveil.cli import show
    from sousveil.extract.tabular import field_names
    from sousveil.pipeline import mappings_shown

    opened = Case.open(case)
    if write:
        with opened.writing(wait):
            count = mappings_shown.write(opened, field_names())
        said = f"{count:,} entries written to {opened.root / mappings_shown.FILE}."
        if not count:
            said = "Nothing was written: no table is without an entry."
        answer({"written": count, "file": mappings_shown.FILE}, said, as_json)
    else:
        show.mappings(mappings_shown.shown(opened), as_json)
