"""``sousveil claims``: published statements counted, explained, checked again and passed on."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sousveil.cli.options import CaseArgument, Json, Wait

if TYPE_CHECKING:
    from sousveil.errors import ClaimError

EXIT_WRONG_CLAIMS = 2

claims = typer.Typer(
    name="claims",
    help="Count published statements again: list, new, check, diff, bundle.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Names = Annotated[
    list[str] | None, typer.Argument(metavar="[NAME…]", help="Only these claims; all without.")
]


@claims.command(name="list")
def list_(case: CaseArgument, as_json: Json = False) -> None:
    """List the claims of a case and what their last check said."""
    from sousveil.case.claims import last_check
    from sousveil.case.folder import Case
    from sousveil.cli import show_claims
    from sousveil.pipeline import claims as pipeline

    opened = Case.open(case)
    right, wrong = pipeline.claims(opened)
    show_claims.listed([(each, last_check(opened, each.name)) for each in right], wrong, as_json)
    _finish(wrong)


@claims.command()
def new(
    case: CaseArgument,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Letters, digits, - and _.")],
    statement: Annotated[str, typer.Option(help="The statement, as published.")],
    who: Annotated[str, typer.Option(help="Who published it.")],
    where: Annotated[str, typer.Option(help="In what.")],
    date: Annotated[str, typer.Option(help="When: 2022, 2022-01 or 2022-01-31.")],
    query: Annotated[str, typer.Option(help="Which records are meant; may name @saved queries.")],
    expected: Annotated[
        str,
        typer.Option(
            help="KEY=VALUE: equals, more_than, at_least, at_most, exists, trend; about=N±SHARE."
        ),
    ],
    counts: Annotated[
        str, typer.Option(help="projects, notices, sum … See the reference of claims.")
    ] = "projects",
    currency: Annotated[str, typer.Option(help="Of a sum or amount: CNY, USD …")] = "",
    role: Annotated[str, typer.Option(help="Of organisations: buyer, supplier …")] = "",
    ladder: Annotated[str, typer.Option(help="Of a trend: online or video_police.")] = "",
    url: Annotated[str, typer.Option(help="Where it can be read.")] = "",
    note: Annotated[str, typer.Option(help="What else is to be known.")] = "",
    every: Annotated[
        bool, typer.Option("--all-records", help="The case holds all records it speaks of.")
    ] = False,
    wait: Wait = 0.0,
) -> None:
    """Write a claim's file, to be edited further."""
    from sousveil.case.folder import Case
    from sousveil.claims import stating
    from sousveil.model.claim import Claim, Definition, Source
    from sousveil.pipeline import claims as pipeline

    claim = Claim(
        name,
        statement,
        Source(who, where, date, url),
        Definition(query, "all" if every else "some"),
        stating.counted(counts, currency=currency, role=role, ladder=ladder),
        stating.expected(expected),
        note,
    )
    opened = Case.open(case)
    with opened.writing(wait):
        path = pipeline.new_claim(opened, claim)
    typer.echo(f"Written: {path}")


@claims.command()
def check(
    case: CaseArgument,
    names: Names = None,
    evidence: Annotated[
        bool, typer.Option("--evidence", help="Print the records that make up each figure.")
    ] = False,
    look: Annotated[
        bool, typer.Option("--dry-run", help="Keep no check, and note none in the ledger.")
    ] = False,
    as_json: Json = False,
    wait: Wait = 0.0,
) -> None:
    """Count claims, say which hold and why, and keep the check.

    Exits with 2 where a claim's file could not be used; all others are checked.
    """
    from sousveil.case.folder import Case
    from sousveil.cli import show_claims
    from sousveil.pipeline import claims as pipeline

    opened = Case.open(case)
    if look:
        checked = pipeline.check(opened, names or ())
    else:
        with opened.writing(wait):
            checked = pipeline.check(opened, names or ())
            pipeline.keep(opened, checked.checks)
    show_claims.checked(checked, as_json, evidence=evidence or bool(names))
    _finish(checked.wrong)


@claims.command()
def diff(case: CaseArgument, names: Names = None, as_json: Json = False) -> None:
    """Say what changed since each claim's last check, and which records made it change."""
    from sousveil.case.folder import Case
    from sousveil.cli import show_claims
    from sousveil.pipeline import claims as pipeline

    found, checked = pipeline.differences(Case.open(case), names or ())
    show_claims.differences(found, checked, as_json)
    _finish(checked.wrong)


@claims.command()
def bundle(
    case: CaseArgument,
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="A .tar or .zip file.")],
    evidence: Annotated[
        bool,
        typer.Option(
            "--only-evidence", help="Only the originals that the claims' figures rest on."
        ),
    ] = False,
    as_json: Json = False,
    wait: Wait = 0.0,
) -> None:
    """Write what lets anybody check the claims on another machine: originals, decisions, claims.

    Originals name persons: pass a bundle on with care.
    """
    from sousveil.case.folder import Case
    from sousveil.cli import show_claims
    from sousveil.pipeline import claims as pipeline

    opened = Case.open(case)
    with opened.writing(wait):  # nobody adds to what is being packed
        made = pipeline.bundle(opened, out, only_evidence=evidence)
    show_claims.bundled(made, as_json)


def _finish(wrong: "list[ClaimError] | tuple[ClaimError, ...]") -> None:
    if wrong:
        raise typer.Exit(EXIT_WRONG_CLAIMS)
