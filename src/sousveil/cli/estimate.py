"""``sousveil sample``, ``estimate``, ``agreement``: what coding says of a query, of coders, and of
when to stop."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from sousveil.coding.agreement import Agreement
    from sousveil.coding.intervals import Estimate
    from sousveil.coding.sampled import Estimated

CaseArgument = Annotated[Path, typer.Argument(metavar="CASE", help="The case folder.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object for scripts.")]


def sample(
    case: CaseArgument,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the sample is called.")],
    query: Annotated[str, typer.Option("--query", help="The query that is to be judged.")],
    hits: Annotated[int, typer.Option("--hits", min=1, help="Projects of what it finds.")] = 100,
    others: Annotated[
        int, typer.Option("--others", min=1, help="Projects of what it does not find.")
    ] = 100,
    seed: Annotated[int, typer.Option("--seed", help="The same seed draws the same.")] = 1,
    as_json: Json = False,
    wait: Annotated[
        float, typer.Option("--wait", metavar="SECONDS", help="Wait for another writer this long.")
    ] = 0.0,
) -> None:
    """Draw projects by chance, of what a query finds and of what it does not."""
    import msgspec

    from sousveil.case.folder import Case
    from sousveil.pipeline.estimating import draw

    opened = Case.open(case)
    with opened.writing(wait):
        drawn = draw(opened, name, query, hits=hits, others=others, seed=seed)
    if as_json:
        typer.echo(msgspec.json.encode(drawn).decode())
        return
    for stratum in drawn.strata:
        typer.echo(f"{len(stratum.projects):,} of {stratum.population:,} {stratum.name} drawn.")
    typer.echo(f"'sousveil code CASE --coder YOU --sample {drawn.name}' shows them.")


def estimate(
    case: CaseArgument,
    name: Annotated[
        str | None,
        typer.Argument(metavar="[SAMPLE]", help="A sample of the case; without: when to stop."),
    ] = None,
    width: Annotated[
        float, typer.Option("--width", min=0.001, max=0.5, help="The half-width wished for.")
    ] = 0.05,
    query: Annotated[
        str, typer.Option("--query", help="Without a sample: only projects that it finds.")
    ] = "",
    recall: Annotated[
        float, typer.Option("--recall", min=0.5, max=0.999, help="The share to be found.")
    ] = 0.95,
    coder: Annotated[
        str | None, typer.Option("--coder", metavar="NAME", help="By one coder's decisions alone.")
    ] = None,
    as_json: Json = False,
) -> None:
    """What a sample says of its query: how many hits are right, how many it missed, how many there
    are in all. Without a sample: whether a review by likelihood may stop."""
    import msgspec

    from sousveil.case.folder import Case
    from sousveil.cli.show_stop import told
    from sousveil.pipeline import estimating

    opened = Case.open(case)
    if name is None:
        stop = estimating.stop(opened, query, recall, coder)
        lines = [msgspec.json.encode(stop).decode()] if as_json else told(stop)
        for line in lines:
            typer.echo(line)
        return
    said = estimating.estimate(opened, name, width)
    if as_json:
        typer.echo(msgspec.json.encode(said).decode())
        return
    _tell_estimate(said, width)


def _tell_estimate(said: "Estimated", width: float) -> None:
    typer.echo(f"Query {said.query}, as of {said.at[:10]}; projects, 95 % intervals")
    for one in said.strata:
        opened = f", {one.open:,} open" if one.open else ""
        typer.echo(
            f"  {one.name:<7}{one.population:>8,} in all, {one.read:,} of {one.drawn:,} drawn "
            f"read: {one.positive:,} relevant{opened}"
        )
    for label, found in (("Right of what it finds", said.precision), ("Found", said.recall)):
        typer.echo(f"{label:<24}{_share(found)}")
    typer.echo(f"{'Relevant in all':<24}{_number(said.relevant)}")
    if said.more is None or not any(said.more.values()):
        return
    wished = ", ".join(f"{count:,} more {part}" for part, count in said.more.items() if count)
    of = "of what is found" if said.recall else "of what is right"
    typer.echo(f"For ± {width:.0%} {of}: {wished}.")
    wanted = {one.name: one.read + said.more[one.name] for one in said.strata}
    if any(wanted[one.name] > one.drawn for one in said.strata):
        sizes = " ".join(f"--{name} {count}" for name, count in wanted.items())
        typer.echo(f"Draw on: sousveil sample CASE '{said.name}' --query '{said.query}' {sizes}")


def _share(found: "Estimate | None") -> str:
    if found is None:
        return "cannot be told yet"
    return f"{found.value:.1%} ({found.low:.1%} to {found.high:.1%})"


def _number(found: "Estimate | None") -> str:
    if found is None:
        return "cannot be told yet"
    return f"{found.value:,.0f} ({found.low:,.0f} to {found.high:,.0f})"


def agreement(
    case: CaseArgument,
    sample: Annotated[
        str | None, typer.Option("--sample", metavar="NAME", help="On its projects alone.")
    ] = None,
    as_json: Json = False,
) -> None:
    """How far coders agree beyond chance, and on which projects they do not."""
    import msgspec

    from sousveil.case.folder import Case
    from sousveil.pipeline.estimating import agreed

    found = agreed(Case.open(case), sample)
    if as_json:
        typer.echo(msgspec.json.encode(found).decode())
        return
    coders = ", ".join(found.relevance.coders) or "nobody"
    typer.echo(f"Coders: {coders}. Projects that two or more decided on: {found.relevance.units:,}")
    _tell("relevant", found.relevance)
    for code, one in found.capabilities.items():
        _tell(code, one)
    for differing in found.relevance.disagreements:
        said = ", ".join(f"{coder} {code}" for coder, code in differing.codes)
        typer.echo(f"  {differing.unit[:12]}  {said}")


def _tell(label: str, one: "Agreement") -> None:
    if not one.units:
        return
    figures = (("agreed", one.agreed), ("kappa", one.kappa), ("alpha", one.alpha))
    told = "  ".join(
        f"{name} {found.value:.2f} ({found.low:.2f} to {found.high:.2f})"
        for name, found in figures
        if found is not None
    )
    typer.echo(f"  {label:<28}{told}  of {one.units:,}")
