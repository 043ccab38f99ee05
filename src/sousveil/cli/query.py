"""``sousveil query``: queries that are kept by name, and counts of many at once."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sousveil.cli.options import CaseArgument, Json, Wait

if TYPE_CHECKING:
    from sousveil.case.folder import Case
    from sousveil.pipeline.question_files import Question, WrongLine

EXIT_WRONG_LINES = 2

queries = typer.Typer(
    name="query",
    help="Save queries by name, and count many at once.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Name = Annotated[str, typer.Argument(metavar="NAME", help="Letters, digits, - and _.")]


@queries.command()
def save(
    case: CaseArgument,
    name: Name,
    query: Annotated[str, typer.Argument(help="See the query language in the documentation.")],
    note: Annotated[str, typer.Option("--note", help="What it is meant to find.")] = "",
    replace: Annotated[bool, typer.Option("--replace", help="Write over one of that name.")] = (
        False
    ),
    wait: Wait = 0.0,
) -> None:
    """Keep a query by name; @NAME stands for it in searches, exports and other queries."""
    from sousveil.case.folder import Case
    from sousveil.case.queries import SavedQuery, save_query
    from sousveil.pipeline.find import check_saved

    opened = Case.open(case)
    with opened.writing(wait):
        check_saved(opened, name, query)
        path = save_query(opened, SavedQuery(name, query, note), replace=replace)
    typer.echo(f"Saved: {path}")


@queries.command(name="list")
def list_(case: CaseArgument, as_json: Json = False) -> None:
    """List the saved queries."""
    from sousveil.case.folder import Case
    from sousveil.case.queries import saved_queries
    from sousveil.cli import show_queries

    show_queries.saved(saved_queries(Case.open(case)), as_json)


@queries.command()
def show(case: CaseArgument, name: Name, as_json: Json = False) -> None:
    """Show a saved query, and what it says with those it names put in."""
    from sousveil.case.folder import Case
    from sousveil.case.queries import saved_query
    from sousveil.cli import show_queries
    from sousveil.pipeline.find import parsed

    opened = Case.open(case)
    item = saved_query(opened, name)
    show_queries.one(item, str(parsed(opened, item.query)), as_json)


@queries.command()
def remove(case: CaseArgument, name: Name, wait: Wait = 0.0) -> None:
    """Forget a saved query."""
    from sousveil.case.folder import Case
    from sousveil.case.queries import remove_query

    opened = Case.open(case)
    with opened.writing(wait):
        remove_query(opened, name)
    typer.echo(f"Removed: {name}")


@queries.command()
def run(
    case: CaseArgument,
    source: Annotated[
        Path | None,
        typer.Option("--from", metavar="FILE", help="Text, CSV, TOML or JSON Lines of queries."),
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Write a CSV file.")] = None,
    as_json: Json = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress.")] = False,
) -> None:
    """Count what each query finds: those of a file, or all saved ones.

    Exits with 2 where a query or line could not be used; all others are counted.
    """
    from sousveil.case.folder import Case
    from sousveil.cli import show, show_queries
    from sousveil.pipeline.questions import Counting

    opened = Case.open(case)
    with Counting.of(opened) as counting, show.progress(quiet or as_json) as shown:
        shown.start("Counting", None)
        results = counting.count(_asked(opened, source))
        if as_json:
            wrong = show_queries.as_json(counting.snapshot, results, shown)
        elif out is not None:
            wrong = show_queries.as_csv(counting.snapshot, results, out, shown)
        else:
            wrong = show_queries.as_table(counting.snapshot, results, shown)
    if wrong:
        raise typer.Exit(EXIT_WRONG_LINES)


def _asked(case: "Case", source: Path | None) -> "Iterator[Question | WrongLine]":
    from sousveil.case.queries import saved_queries
    from sousveil.pipeline.question_files import Question, read_questions

    if source is not None:
        yield from read_questions(source)
    else:
        yield from (Question(each.name, each.query) for each in saved_queries(case))
