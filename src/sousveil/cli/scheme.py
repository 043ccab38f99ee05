"""``sousveil scheme``: what coders of a case are asked, as a file to edit."""

from typing import TYPE_CHECKING

import typer

from sousveil.cli.answer import answer
from sousveil.cli.options import CaseArgument, Json, Wait

if TYPE_CHECKING:
    from sousveil.model.scheme import Question, Scheme
    from sousveil.reference.taxonomy import Code, Taxonomy

EXIT_WRONG_SCHEME = 2

scheme = typer.Typer(
    name="scheme",
    help="What coders are asked: questions, codes in use, who codes, the agreement wanted.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@scheme.command()
def new(case: CaseArgument, as_json: Json = False, wait: Wait = 0.0) -> None:
    """Write scheme.toml into the case, with every question and code, to be edited there."""
    from sousveil.case.folder import Case
    from sousveil.pipeline.scheme import begin_scheme

    opened = Case.open(case)
    with opened.writing(wait):
        path = begin_scheme(opened)
    answer({"file": str(path)}, f"{path} is there to be edited.", as_json)


@scheme.command()
def show(case: CaseArgument, as_json: Json = False) -> None:
    """Show the questions with the definitions of the codes in use."""
    import msgspec

    from sousveil.case.folder import Case
    from sousveil.case.own_taxonomy import taxonomy_of
    from sousveil.errors import DecisionError
    from sousveil.pipeline.scheme import scheme_of

    opened = Case.open(case)
    found = scheme_of(opened)
    if found is None:
        raise DecisionError(
            "The case has no coding scheme.", f"'sousveil scheme new {case}' writes one."
        )
    if as_json:
        typer.echo(msgspec.json.encode(found).decode())
        return
    who = ", ".join(found.coders) or "anybody"
    settles = ", ".join(found.adjudicators) or "anybody"
    typer.echo(f"{found.name} (scheme {found.hash})")
    typer.echo(f"Coded by {who}, {found.readers} a project; settled by {settles}.")
    typer.echo(f"Wanted: alpha of {found.threshold:g} for each question and code.")
    for line in definitions(found, taxonomy_of(opened)):
        typer.echo(line)


@scheme.command()
def check(case: CaseArgument, as_json: Json = False) -> None:
    """Check scheme.toml: each fault is named with its line."""
    import json

    import msgspec

    from sousveil.case.folder import Case
    from sousveil.case.scheme import FILE
    from sousveil.pipeline.scheme import check_scheme

    found = check_scheme(Case.open(case))
    faults = found if isinstance(found, list) else []
    if as_json:
        digest = None if isinstance(found, list) else found.hash
        told = {"hash": digest, "faults": msgspec.to_builtins(faults)}
        typer.echo(json.dumps(told, ensure_ascii=False))
    elif isinstance(found, list):
        for fault in faults:
            typer.echo(f"{FILE}, line {fault.line}: {fault.problem}.", err=True)
    else:
        codes = sum(len(one.codes or ()) for one in found.questions)
        typer.echo(
            f"Scheme {found.hash}: {len(found.questions)} questions, {codes} codes named. "
            "It can be used."
        )
    if faults:
        raise typer.Exit(EXIT_WRONG_SCHEME)


def definitions(scheme: "Scheme", taxonomy: "Taxonomy") -> list[str]:
    """The questions of a scheme and what the codes in use mean, as lines."""
    from sousveil.coding.scheme import in_use
    from sousveil.model.scheme import FACETS

    lines: list[str] = []
    for one in scheme.questions:
        lines += ["", f"{one.id}: {one.asks}", *_told(one, "  ")]
        for code in in_use(scheme, one.id, taxonomy) if one.id in FACETS else ():
            lines += [f"  {code.id}: {code.definition or code.en}", *_told(code, "    ")]
    return lines


def _told(one: "Question | Code", indent: str) -> list[str]:
    """What belongs to a question or code and what does not, where it says so."""
    lines = []
    for name, words in (("includes", "With"), ("excludes", "Without")):
        if said := getattr(one, name):
            lines.append(f"{indent}{words}: {said}")
    for name, words in (("examples", "Falls under it"), ("counterexamples", "Does not")):
        lines += [f"{indent}{words}: {said}" for said in getattr(one, name)]
    return lines
