"""``sousveil ownership``: who owns whom, taken in, checked, and counted by group."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sousveil.cli.options import CaseArgument, Json, Wait

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sousveil.pipeline.ownership import Problem
    from sousveil.report.groups import Groups

EXIT_WRONG_ROWS = 2
_SHOWN = 100


def ownership(
    case: CaseArgument,
    add: Annotated[
        Path | None,
        typer.Option("--add", metavar="FILE", help="BODS (JSON, JSON Lines) or a CSV of parents."),
    ] = None,
    check: Annotated[
        bool,
        typer.Option("--check", help="Say what is wrong, by file and line; with --add: only try."),
    ] = False,
    groups: Annotated[
        bool, typer.Option("--groups", help="Who is behind suppliers: totals by group.")
    ] = False,
    at: Annotated[
        str | None,
        typer.Option("--at", metavar="DATE", help="Groups on this day, not the last notice's."),
    ] = None,
    as_json: Json = False,
    wait: Wait = 0.0,
) -> None:
    """Take in who owns whom, check it, or count suppliers by group."""
    from sousveil.errors import UsageError

    if (add is None and not check and not groups) or (groups and (check or add is not None)):
        raise UsageError(
            "Say what to do with ownership.", "Use one of --add FILE, --check and --groups."
        )
    if add is not None:
        _add(case, add, check, as_json, wait)
    elif check:
        _check(case, as_json)
    else:
        _groups(case, at, as_json)


def _add(case: Path, file: Path, only_try: bool, as_json: bool, wait: float) -> None:
    import msgspec

    from sousveil.case.folder import Case
    from sousveil.pipeline.ownership import take

    opened = Case.open(case)
    if only_try:
        taken = take(opened, file, keep=False)
    else:
        with opened.writing(wait):
            taken = take(opened, file)
    if as_json:
        typer.echo(msgspec.json.encode(taken).decode())
    else:
        _tell(taken.problems)
        typer.echo(
            f"{taken.links:,} links between organisations, {taken.natural_persons:,} natural"
            " persons counted and not kept."
        )
        if taken.kept:
            typer.echo(f"Kept in {taken.kept}; 'sousveil process CASE' takes it up.")
        elif not only_try:
            typer.echo("Nothing was added: there are no links in it, or they are there already.")
    _finish(taken.problems)


def _check(case: Path, as_json: bool) -> None:
    import msgspec

    from sousveil.case.folder import Case
    from sousveil.pipeline.ownership import check

    problems = check(Case.open(case))
    if as_json:
        typer.echo(msgspec.json.encode({"problems": problems}).decode())
    else:
        _tell(problems)
        typer.echo(f"{len(problems):,} problems." if problems else "Everything can be used.")
    _finish(problems)


def _tell(problems: "Sequence[Problem]") -> None:
    for problem in problems:
        where = f"{problem.file}, line {problem.line}" if problem.line else problem.file
        typer.echo(f"{where}: {problem.reason}.", err=True)


def _finish(problems: "Sequence[Problem]") -> None:
    if any(not problem.taken for problem in problems):
        raise typer.Exit(EXIT_WRONG_ROWS)


def _groups(case: Path, at: str | None, as_json: bool) -> None:
    from datetime import date

    import msgspec

    from sousveil.case.folder import Case
    from sousveil.errors import UsageError
    from sousveil.report.groups import groups

    try:
        on = date.fromisoformat(at) if at else None
    except ValueError:
        raise UsageError("--at is no date.", "Write it as YYYY-MM-DD.") from None
    found = groups(Case.open(case), on)
    if as_json:
        typer.echo(msgspec.json.encode(found).decode())
    else:
        _show(found)


def _show(found: "Groups") -> None:
    from rich.console import Console

    from sousveil.cli.show import plain
    from sousveil.reference.glossary import gloss

    console = Console(soft_wrap=True)
    for one in found.groups[:_SHOWN]:
        english = gloss(one.name)
        console.print(plain(f"{one.name}{f'  [gloss] {english}' if english else ''}", "bold"))
        console.print(
            f"    {one.projects:,} projects supplied, USD {one.usd:,.0f} stated by"
            f" {one.with_amount:,}; of surveillance {one.surveillance:,},"
            f" USD {one.surveillance_usd:,.0f}"
        )
        told = f"    {one.organisations:,} organisations, {one.suppliers:,} of them suppliers: "
        console.print(plain(told + "; ".join(one.members)))
    if len(found.groups) > _SHOWN:
        typer.echo(f"{len(found.groups) - _SHOWN:,} more groups: --json has all.")
    typer.echo(
        f"{len(found.groups):,} groups as of {found.on or 'no known day'}, from {found.links:,}"
        f" links. {found.natural_persons:,} natural persons counted above them."
        f" {found.ungrouped_suppliers:,} suppliers in no group."
    )
    for name in found.contested:
        console.print(plain(f"In no group, for two could control it: {name}"))
