"""``sousveil joins``: why notices are one project and names one organisation, and undoing it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sousveil.cli.options import CaseArgument, Json, Wait

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sousveil.pipeline.join_effects import Expected
    from sousveil.pipeline.joins import Joined, Listed

joins = typer.Typer(
    name="joins",
    help="List why notices and names were joined; accept, reject, split.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

By = Annotated[str, typer.Option("--by", metavar="NAME", help="Who judges.")]
Note = Annotated[str, typer.Option("--note", help="Why, in your own words.")]
_NEXT = "'sousveil process CASE' takes it up."


@joins.command("list")
def list_joins(
    case: CaseArgument,
    of: Annotated[str | None, typer.Option("--of", help="project or organisation.")] = None,
    key: Annotated[
        str | None, typer.Option("--key", help="Of one project or organisation.")
    ] = None,
    below: Annotated[
        float | None, typer.Option("--below", min=0.0, max=1.0, help="Less probable than this.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=100_000)] = 50,
    as_json: Json = False,
) -> None:
    """List what was joined and why, a line a project or organisation, the weakest first; with
    --key every join of one. --json has every join."""
    import msgspec

    from sousveil.case.folder import Case
    from sousveil.errors import UsageError
    from sousveil.pipeline.joins import joined, listed

    if of not in (None, "project", "organisation"):
        raise UsageError(f"There are no joins of '{of}'.", "Use project or organisation.")
    opened = Case.open(case)
    if as_json:
        found = listed(opened, of, key, below, limit)  # type: ignore[arg-type]
        typer.echo(msgspec.json.encode(found).decode())
    elif key is not None:
        _show_joins(listed(opened, of, key, below, limit))  # type: ignore[arg-type]
    else:
        _show_groups(*joined(opened, of, below, limit))  # type: ignore[arg-type]


def _show_joins(found: "Sequence[Listed]") -> None:
    from rich.console import Console

    from sousveil.cli.show import plain

    console = Console(soft_wrap=True)
    for join in found:
        console.print(plain(f"{join.probability:.2f}  {join.reason}  ({join.of} {join.key[:10]})"))
        for end, name, english in (
            (join.left, join.left_name, join.left_gloss),
            (join.right, join.right_name, join.right_gloss),
        ):
            told = f"  [gloss] {english}" if english else ""
            console.print(plain(f"      {end[:12]}  {name or '(no name)'}{told}"))
        if join.levels:
            agreed = ", ".join(f"{part} {level}" for part, level in sorted(join.levels.items()))
            console.print(plain(f"      {agreed}"))
    typer.echo(f"{len(found):,} joins listed, the least probable first.")


def _show_groups(found: "Sequence[Joined]", there_are: int) -> None:
    from rich.console import Console

    from sousveil.cli.show import plain

    console = Console(soft_wrap=True)
    for one in found:
        of = "notices" if one.of == "project" else "names"
        reasons = "; ".join(why if n == 1 else f"{why} ({n:,})" for why, n in one.reasons)
        english = f"  [gloss] {one.gloss}" if one.gloss else ""
        name = " ".join((one.name or "(no name)").split())
        console.print(
            plain(
                f"{one.probability:.2f}  {one.of} {one.key[:10]}  {one.members:,} {of}  {name}"
                f"{english}  | {reasons}"
            )
        )
    typer.echo(
        f"{len(found):,} of {there_are:,} listed, the least probable join first. --key KEY lists"
        " the joins of one, with the ids that accept, reject and split take."
    )


@joins.command()
def accept(
    case: CaseArgument,
    left: Annotated[str, typer.Argument(help="A notice id or name id, or its beginning.")],
    right: Annotated[str, typer.Argument(help="The other one.")],
    by: By,
    note: Note = "",
    as_json: Json = False,
    wait: Wait = 0.0,
) -> None:
    """Say that two are one, whatever the rules say."""
    _judge(case, "same", left, right, by, note, as_json, wait)


@joins.command()
def reject(
    case: CaseArgument,
    left: Annotated[str, typer.Argument(help="A notice id or name id, or its beginning.")],
    right: Annotated[str, typer.Argument(help="The other one.")],
    by: By,
    note: Note = "",
    as_json: Json = False,
    wait: Wait = 0.0,
) -> None:
    """Say that two are not one, directly or through others."""
    _judge(case, "different", left, right, by, note, as_json, wait)


@joins.command()
def split(
    case: CaseArgument,
    key: Annotated[str, typer.Argument(help="A project or organisation, by its key.")],
    members: Annotated[list[str], typer.Argument(help="The ids that do not belong to it.")],
    by: By,
    note: Note = "",
    as_json: Json = False,
    wait: Wait = 0.0,
) -> None:
    """Take members out of a project or organisation."""
    import msgspec

    from sousveil.case.folder import Case
    from sousveil.pipeline import joins as pipeline
    from sousveil.pipeline.join_effects import expected

    opened = Case.open(case)
    with opened.writing(wait):
        told = pipeline.split(opened, key, members, by, note)
    effect = expected(opened, told)
    if as_json:
        typer.echo(msgspec.json.encode({"judgements": told, "expected": effect}).decode())
    else:
        typer.echo(f"{len(members):,} taken out, {len(told):,} judgements kept. {_NEXT}")
        _say_expected(effect)


def _judge(
    case: Path, verdict: str, left: str, right: str, by: str, note: str, as_json: bool, wait: float
) -> None:
    import msgspec

    from sousveil.case.folder import Case
    from sousveil.pipeline.join_effects import expected
    from sousveil.pipeline.joins import judge

    opened = Case.open(case)
    with opened.writing(wait):
        told = judge(opened, verdict, left, right, by, note)  # type: ignore[arg-type]
    effect = expected(opened, [told])
    if as_json:
        whole = {**msgspec.to_builtins(told), "expected": effect}
        typer.echo(msgspec.json.encode(whole).decode())
    else:
        words = {"same": "are one", "different": "are not one"}[told.verdict]
        typer.echo(f"Kept: {told.left[:12]} and {told.right[:12]} {words}. {_NEXT}")
        _say_expected(effect)


def _say_expected(effect: "Expected | None") -> None:
    """The projects touched, as they are and as they will be."""
    if effect is None:
        return
    from sousveil.reference.glossary import gloss
    from sousveil.text.controls import visible

    for words, totals in (("Now", effect.before), ("Then", effect.after)):
        for total in totals:
            sum_ = f"{total.currency} {total.amount:,.2f}" if total.amount is not None else "no sum"
            english = gloss(total.name) if total.name else None
            name = visible(total.name or "") + (f"  [gloss] {english}" if english else "")
            head = f"  {words}: {total.project_key[:10]}  {total.notices:,} notices  {sum_}"
            typer.echo(f"{head}  {name}".rstrip())
