"""``sousveil cite``: a record, words in it, or a figure, ready for a footnote."""

from typing import Annotated

import typer

from sousveil.cli.options import CaseArgument


def cite(
    case: CaseArgument,
    notice_id: Annotated[
        str | None, typer.Argument(metavar="NOTICE", help="A notice id, or its first digits.")
    ] = None,
    field: Annotated[
        str | None, typer.Option("--field", help="The words that this field was read from.")
    ] = None,
    query: Annotated[
        str | None, typer.Option("--query", help="The figure that this query counts.")
    ] = None,
    form: Annotated[str, typer.Option("--format", help="text, bibtex or csl.")] = "text",
) -> None:
    """Cite a notice, the words of one of its fields, or what a query counts."""
    from sousveil.case.folder import Case
    from sousveil.errors import UsageError
    from sousveil.pipeline.citing import figure
    from sousveil.report import citation

    if (notice_id is None) == (query is None):
        raise UsageError("Nothing to cite, or two things.", "Give a notice id, or --query.")
    if form not in ("text", "bibtex", "csl"):
        raise UsageError(f"There is no format '{form}'.", "Use text, bibtex or csl.")
    opened = Case.open(case)
    found = figure(opened, query) if query else citation.cite(opened, notice_id or "", field)
    if form == "csl":
        typer.echo(citation.csl_file(found), nl=False)
    elif form == "bibtex":
        typer.echo(citation.as_bibtex(found), nl=False)
    else:
        typer.echo(citation.as_text(found))
