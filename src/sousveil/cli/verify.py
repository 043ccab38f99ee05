"""``sousveil verify``: is everything as it was recorded?"""

import typer

from sousveil.cli.answer import answer
from sousveil.cli.options import CaseArgument, Json

EXIT_DIFFERS = 5


def verify(case: CaseArgument, as_json: Json = False) -> None:
    """Check every original, ledger and derived table, and name what differs."""
    from sousveil.case.folder import Case
    from sousveil.case.verify import verify as check

    opened = Case.open(case)
    findings = list(check(opened))
    for finding in findings if not as_json else ():
        typer.echo(f"{finding.part}: {finding.name}: {finding.problem}")
    answer(
        {
            "originals": len(opened.documents()) if not findings else None,
            "differences": [
                {"part": f.part, "name": f.name, "problem": f.problem} for f in findings
            ],
        },
        f"{len(findings)} differences." if findings else "Everything is as recorded.",
        as_json,
    )
    if findings:
        raise typer.Exit(EXIT_DIFFERS)
